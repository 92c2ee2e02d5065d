"""The language of conditions: Jinja's own grammar, read by Jinja's own parser, and judged here in counted steps.

Nothing of Python can be reached, because nothing of Python is there: a name is a section of the deal, `it`, or one of
the functions below, and what follows a dot is a key of the schema. What is compiled is a function of the deal; it
takes as many steps as it has parts, once for each entry of the lists that it goes through, and has a budget.

A condition is true, false, or (as None) neither: where the deal says nothing, or only `open`, there is nothing to
compare, and a rule is silent.

    any(list, condition)       whether the condition holds for an entry, as `it` (`outer` is what was `it` around it)
    all(list, condition)       whether it holds for every entry
    count(list, condition)     for how many it holds; without a condition, how many there are
    sum(list, value)           the sum of a value of every entry
    said("exit.wind_down")     whether the deal says anything there
    days("90 days")            a length of time, to be compared or reckoned with
    money("EUR 50,000")        an amount of money, likewise
    after(it.due, "invoice")   how long after its event a point in time is, where that is one of the events named
    mentions(text, "word")     whether a text, or an entry of a list, holds one of the words, in large or small letters
    like(text, "A-###*")       whether a text has this form: `#` is a digit, `?` any character, `*` any number of them
    x is open, withheld, none  whether this word stands there
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any, NoReturn

from jinja2 import nodes

from termsheet.deal import Node
from termsheet.houserules import parsing
from termsheet.houserules.comparing import both, compared, either, member, negated, reader
from termsheet.houserules.expression import (
    ABSENT,
    EXAMPLES,
    LETTERS,
    NOUNS,
    SIDES,
    TEXTS,
    Expr,
    Fault,
    Frame,
    Json,
    Path,
    Run,
    Test,
    Truth,
    below,
    entries,
    flat,
    is_said,
    same,
)
from termsheet.houserules.printing import shown
from termsheet.houserules.quantities import KINDS, Length, computed, lasting
from termsheet.rules.rule import brief
from termsheet.schema import child, deal_schema, resolve
from termsheet.schema.messages import closest
from termsheet.values.duration import Duration
from termsheet.values.money import Money
from termsheet.values.points import WORDS, Point
from termsheet.values.when import EVENTS

_LONGEST_MESSAGE = 200
_TIMED = 5  # steps: a time is read
_OF_FORM = {"duration": "length", "cadence": "length", "when": "moment", "date": "moment", "money": "money",
            "rate": "rate", "measure": "measure", "who": "who"}  # fmt: skip
_OF_TYPE = {
    "object": "section",
    "array": "list",
    "boolean": "yes-no",
    "integer": "number",
    "number": "number",
}
_ARGUMENTS = {
    "any": (2, 2),
    "all": (2, 2),
    "sum": (2, 2),
    "count": (1, 2),
    "like": (2, 2),
    "mentions": (2, 20),
    "after": (1, len(EVENTS) + 1),
}
_ARITHMETIC = {"Add": "+", "Sub": "-", "Mul": "*", "Div": "/"}
_REFUSED = {"Neg": "-", "Pos": "+", "Pow": "**", "Mod": "%", "FloorDiv": "//", "Slice": "[:]", "Dict": "{…}"}
_LOGICAL = {"And": "… and …", "Or": "… or …", "Not": "not …", "Compare": "… == …", "Test": "… is …"}
_INSTEAD = {
    "length": "count(…)", "count": "count(…)", "sum": EXAMPLES["sum"], "lower": "mentions(…)", "upper": "mentions(…)",
    "selectattr": "any(list, …) or count(list, …)", "select": "any(list, …)", "rejectattr": "all(list, …)",
    "map": "the key of the list itself, such as exit.rights.ground",
    "defined": EXAMPLES["said"], "undefined": f"not {EXAMPLES['said']}", "said": EXAMPLES["said"],
}  # fmt: skip


class Language:
    """A compiler of the conditions, messages and paths of one rule.

    `scopes` are `it` and what lies around it, the innermost last. `read` are the places that were read, in turn.
    Where it is `sided`, as for a position, there are `us` and `them` too; `takes_side` tells whether they were used.
    """

    def __init__(self, scopes: Sequence[Expr] = (), *, sided: bool = False) -> None:
        self.sided = sided
        self.takes_side = False
        self.root = deal_schema()
        self.scopes = list(scopes)
        self.outside = len(self.scopes)
        self.read: list[Path] = []

    def condition(self, text: str) -> Test:
        """A condition, ready to run."""
        found = self._truth(self._expr(parsing.condition(text)))
        if not self.read:
            help = f"name a place of the deal, such as {EXAMPLES['said']}"
            raise Fault(f"`{brief(text)}` reads nothing of the deal", help)
        return found

    def message(self, text: str) -> Run:
        """A message with values in `{{ … }}`, ready to run."""
        parts = [
            same(node.data) if isinstance(node, nodes.TemplateData) else shown(self._expr(node))
            for node in parsing.message(text)
        ]
        return lambda frame: brief("".join(part(frame) or "…" for part in parts), _LONGEST_MESSAGE)

    def path(self, text: str, line: int = 1) -> tuple[Path, Expr]:
        """A path that a rule names, such as `exit.wind_down` or `it.notice`, and what stands there."""
        if not re.fullmatch(r"\w+(\.\w+)*", text):
            raise Fault(
                f"`{brief(text)}` is not a path", "write keys with dots between, such as exit.wind_down", line
            )
        first, *rest = text.split(".")
        found = self._name(first, line)
        for key in rest:
            found = self._below(found, key, line)
        return self._path(text), found

    # --- places of the deal -------------------------------------------------------------------------------

    def _path(self, words: str) -> Path:
        """The path of a place, as far as its first list."""
        first, *keys = words.split(".")
        found, kept = self._name(first, 1), []
        for key in keys:
            if found.kind == "list":
                break
            found = self._below(found, key, 1)
            kept.append(key)
        if first in ("it", "outer"):
            return Path(int(first == "outer"), tuple(kept))
        return Path(None, (first, *kept))

    def _keep(self, words: str) -> None:
        """Keep a place that was read, if it can be named outside of any(…) and the like."""
        path, inner = self._path(words), len(self.scopes) - self.outside
        if path.up is None:
            self.read.append(path)
        elif path.up >= inner:
            self.read.append(Path(path.up - inner, path.keys))

    def _place(self, node: nodes.Node) -> Expr:
        """A place of the deal: `exit.wind_down`, `it.notice`, `rationale.success[it.id]`."""
        if isinstance(node, nodes.Name):
            return self._name(node.name, node.lineno)
        if isinstance(node, nodes.Getattr):
            return self._below(self._place(node.node), node.attr, node.lineno)
        if isinstance(node, nodes.Getitem):
            return self._at_key(self._place(node.node), node.arg, node.lineno)
        help = "only places of the deal have keys, such as exit.wind_down"
        raise Fault(f"{self._expr(node).noun}, and has no keys", help, node.lineno)

    def _name(self, name: str, line: int) -> Expr:
        if name in ("it", "outer"):
            return self._entry(name, line)
        schema = self.root["properties"].get(name)
        if schema is None:
            self._unknown_name(name, line)
        found = resolve(schema, self.root)

        def run(frame: Frame) -> Node:
            return Node(frame.deal, (name,), frame.deal.value.get(name, ABSENT))

        return Expr(_kind(found), run, name, found, place=True, private=bool(schema.get("x-internal")))

    def _entry(self, name: str, line: int) -> Expr:
        place = -2 if name == "outer" else -1
        if len(self.scopes) < -place:
            help = f"use it inside any(…) and the like, as in {EXAMPLES['any']}, or give the rule an `each:`"
            raise Fault(f"`{name}` stands for nothing here", help, line)
        return self.scopes[place]._replace(run=lambda frame: frame.stack[place], words=name)

    def _unknown_name(self, name: str, line: int) -> NoReturn:
        if name in EXAMPLES:
            raise Fault(f"`{name}` is a function, and wants its brackets", f"write {EXAMPLES[name]}", line)
        if name in SIDES:
            help = (
                'name a party in quotes, as in it.by == "acme"'
                if not self.sided
                else "compare it: us in it.by"
            )
            raise Fault(f"`{name}` stands for a side, and " + ("has no keys" if self.sided else "a rule takes none"),
                        help, line)  # fmt: skip
        if name in ("yes", "no"):
            raise Fault(f"`{name}` is not known here", f"write {'true' if name == 'yes' else 'false'}", line)
        meant = closest(name, [*self.root["properties"], *EXAMPLES])
        hint = f"; did you mean `{meant}`?" if meant else ""
        help = "begin with a section such as exit or legal, or put a text in quotes"
        raise Fault(f"`{brief(name)}` is not a section of a deal{hint}", help, line)

    def _below(self, base: Expr, key: str, line: int) -> Expr:
        """What stands under a key; of a list, under the key of every entry."""
        if base.kind == "list":
            return self._below_each(base, key, line)
        schema = base.schema if base.kind in ("section", "map") else {}
        found = child(schema, key, self.root) if schema else None
        if found is None:
            self._unknown_key(base, key, list(schema.get("properties", {})), line)
        private = base.private or bool(schema.get("properties", {}).get(key, {}).get("x-internal"))
        return Expr(_kind(found), lambda frame: below(base.run(frame), key), f"{base.words}.{key}", found,
                    place=True, private=private)  # fmt: skip

    def _below_each(self, base: Expr, key: str, line: int) -> Expr:
        inner = self._below(self.item(base), key, line)
        many = inner.kind == "list"

        def run(frame: Frame) -> list[Node] | None:
            there = entries(base, frame)
            if there is None:
                return None
            frame.spend(len(there))
            found = [below(entry, key) for entry in there]
            return flat(found) if many else found

        schema = inner.schema if many else {"type": "array", "items": inner.schema}
        return Expr("list", run, f"{base.words}.{key}", schema, private=inner.private)

    def _unknown_key(self, base: Expr, key: str, known: list[str], line: int) -> NoReturn:
        if not known:
            raise Fault(f"{base.noun}, and has no key `{brief(key)}`", "end the path before it", line)
        meant = closest(key, known)
        hint = f"; did you mean `{meant}`?" if meant else ""
        help = f"write {base.words}.{meant}" if meant else f"use one of {', '.join(known)}"
        raise Fault(f"`{base.words}` has no key `{brief(key)}`{hint}", help, line)

    def _at_key(self, base: Expr, arg: nodes.Node, line: int) -> Expr:
        """The part of a party, in a map by party."""
        key = self._expr(arg)
        if isinstance(key.value, str):
            return self._below(base, key.value, line)
        if base.kind != "map" or key.kind not in TEXTS:
            help = "write rationale.success[it.id]; of a list, ask any(…) or count(…)"
            raise Fault(f"{base.noun}, and `[…]` takes the part of a party from a map", help, line)
        found, read = resolve(base.schema["additionalProperties"], self.root), reader(key, "text", line)

        def run(frame: Frame) -> Node:
            name = read(frame)
            return below(base.run(frame), name if isinstance(name, str) else "")

        return Expr(_kind(found), run, f"{base.words}[…]", found, place=True, private=base.private)

    def item(self, base: Expr) -> Expr:
        """What stands for an entry of a list, or for a value of a map, while it is compiled."""
        found = resolve(base.schema.get("items") or base.schema.get("additionalProperties") or {}, self.root)
        return Expr(_kind(found), base.run, base.words, found, place=True, private=base.private)

    # --- the parts of an expression -----------------------------------------------------------------------

    def _expr(self, node: nodes.Node) -> Expr:
        if isinstance(node, nodes.Name) and node.name in SIDES and self.sided:
            return self._side(node.name)
        if isinstance(node, nodes.Name | nodes.Getattr | nodes.Getitem):
            found = self._place(node)
            self._keep(found.words.partition("[")[0])
            return found
        if isinstance(node, nodes.Const):
            return self._constant(node.value, node.lineno)
        if isinstance(node, nodes.List | nodes.Tuple):
            return Expr("listed", same(None), "[…]", items=tuple(map(self._expr, node.items)))
        if isinstance(node, nodes.Neg) and isinstance(node.node, nodes.Const):
            number = self._constant(node.node.value, node.lineno)
            if number.kind == "number":
                return self._constant(-node.node.value, node.lineno)
        if isinstance(node, nodes.BinExpr) and type(node).__name__ in _ARITHMETIC:
            return self._arithmetic(node)
        if isinstance(node, nodes.Concat):
            parts = [shown(self._expr(part)) for part in node.nodes]
            return Expr("text", lambda frame: "".join(part(frame) or "…" for part in parts), "… ~ …")
        if isinstance(node, nodes.CondExpr):
            test, yes = self._truth(self._expr(node.test)), self._expr(node.expr1)
            no = self._expr(node.expr2) if node.expr2 is not None else self._constant("", node.lineno)
            return Expr("choice", test, "… if … else …", items=(yes, no))
        if isinstance(node, nodes.Call):
            return self._call(node)
        return Expr("condition", self._logical(node), _LOGICAL.get(type(node).__name__, "…"))

    def _side(self, name: str) -> Expr:
        """The party whose side is taken, or every other one."""
        self.takes_side = True
        if name == "us":
            return Expr("who", lambda frame: frame.us, name)
        return Expr("who", lambda frame: [party for party in frame.deal.party_ids if party != frame.us], name)

    def _logical(self, node: nodes.Node) -> Test:
        if isinstance(node, nodes.And | nodes.Or):
            left, right = (self._truth(self._expr(side)) for side in (node.left, node.right))
            return (both if isinstance(node, nodes.And) else either)(left, right)
        if isinstance(node, nodes.Not):
            return negated(self._truth(self._expr(node.node)))
        if isinstance(node, nodes.Compare):
            return self._comparison(node)
        if isinstance(node, nodes.Test):
            return self._is_word(node)
        if isinstance(node, nodes.Filter):
            instead = (
                f"write {_INSTEAD[node.name]}"
                if node.name in _INSTEAD
                else f"there are {', '.join(EXAMPLES)}"
            )
            raise Fault(
                f"`| {brief(node.name)}` is a filter, and house rules have none", instead, node.lineno
            )
        name = _REFUSED.get(type(node).__name__, type(node).__name__.lower())
        help = "docs/house-rules.md shows all that there is"
        raise Fault(f"`{name}` is not part of the language of house rules", help, node.lineno)

    def _constant(self, value: Any, line: int) -> Expr:
        if value is None:
            raise Fault("`none` cannot be compared", "write `exit is none`, or `not said(exit)`", line)
        if isinstance(value, bool):
            return Expr("yes-no", same(value), str(value).lower(), value=value)
        if isinstance(value, str):
            return Expr("text", same(value), f'"{brief(value)}"', value=value)
        number = Decimal(str(value))
        return Expr("number", same(number), brief(str(value)), value=number)

    def _arithmetic(self, node: nodes.BinExpr) -> Expr:
        sign = _ARITHMETIC[type(node).__name__]
        left, right = self._expr(node.left), self._expr(node.right)
        if sign == "*" and left.kind == "number":
            left, right = right, left
        result = _result(sign, left.kind, right.kind)
        if not result:
            help = "reckon with numbers, amounts or lengths of time, as in days(it.notice) + days(it.cure)"
            raise Fault(
                f"`{sign}` does not go with {NOUNS[left.kind]} and {NOUNS[right.kind]}", help, node.lineno
            )
        one, other = (reader(side, side.kind, node.lineno) for side in (left, right))

        def run(frame: Frame) -> Any:
            a, b = one(frame), other(frame)
            return None if a is None or b is None else computed(sign, a, b)

        return Expr(result, run, f"{left.words} {sign} {right.words}", private=left.private or right.private)

    def _comparison(self, node: nodes.Compare) -> Test:
        left, found = self._expr(node.expr), None
        for operand in node.ops:
            right = self._expr(operand.expr)
            if operand.op in ("in", "notin"):
                if left.words == "them" and not left.place:
                    help = "ask `us not in it.by`, or `it.by == them`"
                    raise Fault("`them` may be several parties", help, node.lineno)
                item = self.item(right) if right.kind == "list" else None
                one = member(left, operand.op, right, item, node.lineno)
            else:
                one = compared(left, operand.op, right, node.lineno)
            left, found = right, one if found is None else both(found, one)
        assert found is not None
        return found

    def _is_word(self, node: nodes.Test) -> Test:
        """`exit is open`."""
        if node.name not in WORDS:
            instead = _INSTEAD.get(node.name) or "one of " + ", ".join(f"`is {word}`" for word in WORDS)
            raise Fault(f"`is {brief(node.name)}` is not known here", f"write {instead}", node.lineno)
        place, word = self._expr(node.node), node.name
        if not place.place:
            raise Fault(
                f"{place.noun}, and not one place of the deal", "write exit.wind_down is open", node.lineno
            )

        def run(frame: Frame) -> bool:
            value = place.run(frame).value
            return isinstance(value, Point) and value.kind == word

        return run

    def _truth(self, expr: Expr) -> Test:
        """Whether a part of a condition holds: a place of the deal does where it says anything but `no`."""
        if expr.kind == "condition" or (expr.kind == "yes-no" and not expr.place):
            return expr.run
        if expr.kind == "list" and not expr.place:
            return lambda frame: None if (found := expr.run(frame)) is None else bool(found)
        if expr.kind == "choice":
            yes, no = map(self._truth, expr.items)
            return lambda frame: None if (found := expr.run(frame)) is None else (yes if found else no)(frame)
        if not expr.place:
            raise Fault(f"{expr.noun}, and neither true nor false", "compare it, as in count(parties) > 2")

        def run(frame: Frame) -> Truth:
            value = expr.run(frame).value
            if isinstance(value, Point):
                return frame.unknown(expr.words)
            return value if isinstance(value, bool) else is_said(value)

        return run

    # --- the functions ------------------------------------------------------------------------------------

    def _call(self, node: nodes.Call) -> Expr:
        name = node.node.name if isinstance(node.node, nodes.Name) else ""
        if name not in EXAMPLES:
            meant = closest(name, list(EXAMPLES))
            hint = f"; did you mean `{meant}`?" if meant else ""
            what = f"`{brief(name)}`" if name else "what stands before the bracket"
            raise Fault(f"{what} is not a function{hint}", f"there are {', '.join(EXAMPLES)}", node.lineno)
        least, most = _ARGUMENTS.get(name, (1, 1))
        if not least <= len(node.args) <= most or node.kwargs or node.dyn_args or node.dyn_kwargs:
            raise Fault(f"`{name}` is not called like this", f"write {EXAMPLES[name]}", node.lineno)
        functions: dict[str, Callable[[list[nodes.Expr], int], Expr]] = {
            "any": self._any, "all": self._all, "count": self._count, "sum": self._sum, "said": self._said,
            "mentions": self._mentions, "like": self._like, "after": self._after,
            "days": lambda args, line: self._quantity("length", args[0], line),
            "money": lambda args, line: self._quantity("money", args[0], line),
        }  # fmt: skip
        return functions[name](node.args, node.lineno)

    def _walk(
        self, args: list[nodes.Expr], line: int, made: Callable[[Expr], Run]
    ) -> Callable[[Frame], Iterator[Any]]:
        """What the second argument is for each entry of the first; None for an entry of which nothing can be told."""
        base = self._expr(args[0])
        if base.kind not in ("list", "map"):
            raise Fault(f"{base.noun}, and not a list", f"name a list, as in {EXAMPLES['any']}", line)
        self.scopes.append(self.item(base))
        body = made(self._expr(args[1])) if len(args) > 1 else same(True)
        self.scopes.pop()
        cost = 1 + sum(map(parsing.size, args[1:]))

        def run(frame: Frame) -> Iterator[Any]:
            there = entries(base, frame)
            if there is None:
                yield frame.unknown(base.words)
            for entry in there or ():
                frame.spend(cost)
                if isinstance(entry.value, Point):
                    yield frame.unknown(base.words)
                elif entry.value is not ABSENT:
                    frame.stack.append(entry)
                    found = body(frame)
                    frame.stack.pop()
                    yield found

        return run

    def _any(self, args: list[nodes.Expr], line: int) -> Expr:
        walk = self._walk(args, line, self._truth)

        def run(frame: Frame) -> Truth:
            unsure = False
            for found in walk(frame):
                if found:
                    return True
                unsure = unsure or found is None
            return None if unsure else False

        return Expr("condition", run, "any(…)")

    def _all(self, args: list[nodes.Expr], line: int) -> Expr:
        walk = self._walk(args, line, self._truth)

        def run(frame: Frame) -> Truth:
            unsure = False
            for found in walk(frame):
                if found is False:
                    return False
                unsure = unsure or found is None
            return None if unsure else True

        return Expr("condition", run, "all(…)")

    def _count(self, args: list[nodes.Expr], line: int) -> Expr:
        walk = self._walk(args, line, self._truth)

        def run(frame: Frame) -> Decimal | None:
            found = [*walk(frame)]
            return None if None in found else Decimal(found.count(True))

        return Expr("number", run, "count(…)")

    def _sum(self, args: list[nodes.Expr], line: int) -> Expr:
        summed: list[Expr] = []

        def made(body: Expr) -> Run:
            if body.kind not in ("number", "money", "rate"):
                raise Fault(f"{body.noun}, and cannot be summed", f"write {EXAMPLES['sum']}", line)
            summed.append(body)
            return reader(body, body.kind, line)

        walk = self._walk(args, line, made)
        kind = summed[0].kind

        def run(frame: Frame) -> Any:
            found = [*walk(frame)]
            if None in found:
                return None
            total = found[0] if found else Money(Decimal(0)) if kind == "money" else Decimal(0)
            for value in found[1:]:
                total = None if total is None else computed("+", total, value)
            return total

        return Expr(kind, run, "sum(…)", private=summed[0].private)

    def _said(self, args: list[nodes.Expr], line: int) -> Expr:
        given = args[0].value if isinstance(args[0], nodes.Const) else None
        if isinstance(given, str):
            _, place = self.path(given, line)
            self._keep(given)
        else:
            place = self._expr(args[0])
        if not place.place:
            help = f"write {EXAMPLES['said']}, or any(exit.rights, said(it.notice))"
            raise Fault(f"{place.noun}, and not one place of the deal", help, line)
        return Expr("condition", lambda frame: is_said(place.run(frame).value), "said(…)")

    def _quantity(self, kind: str, arg: nodes.Expr, line: int) -> Expr:
        inner = self._expr(arg)
        if inner.kind != kind and not isinstance(inner.value, str):
            raise Fault(
                f"{inner.noun}, and not {NOUNS[kind]}", f'write it such as "{KINDS[kind].example}"', line
            )
        return Expr(kind, reader(inner, kind, line), inner.words, private=inner.private)

    def _after(self, args: list[nodes.Expr], line: int) -> Expr:
        place, named = self._expr(args[0]), [self._expr(arg) for arg in args[1:]]
        events = [event.value for event in named]
        if place.kind != "moment" or not place.place:
            raise Fault(f"{place.noun}, and not a place with a time", f"write {EXAMPLES['after']}", line)
        for event in named:
            if event.value not in EVENTS:
                word = str(event.value or event.words)
                meant = closest(word, list(EVENTS))
                hint = f"; did you mean `{meant}`?" if meant else ""
                raise Fault(f"`{brief(word)}` is no event that every deal knows{hint}",
                            f"name one in quotes: {', '.join(EVENTS)}", line)  # fmt: skip

        def run(frame: Frame) -> Length | None:
            node = place.run(frame)
            frame.spend(_TIMED)
            parent = frame.deal.get_route(node.route[:-1])
            when = parent and parent.parsed(str(node.route[-1]), "when")
            if not when or when.date or when.before or (events and when.event not in events):
                frame.unknown(place.words)
                return None
            return lasting(when.offset or Duration(0, "day"))

        return Expr("length", run, "after(…)", private=place.private)

    def _mentions(self, args: list[nodes.Expr], line: int) -> Expr:
        text, words = self._expr(args[0]), [self._expr(arg).value for arg in args[1:]]
        if text.kind not in (*TEXTS, "list") or not all(
            isinstance(word, str) and word.strip() for word in words
        ):
            raise Fault(
                "`mentions` looks for words in quotes in a text", f"write {EXAMPLES['mentions']}", line
            )
        sought = [re.escape(" ".join(word.split())) for word in words]
        wanted = re.compile("|".join(rf"(?<!\w){word}(?!\w)" for word in sought), re.IGNORECASE)
        letters = sum(map(len, sought))

        def holds(frame: Frame, value: Any) -> Truth:
            if not isinstance(value, str):
                return frame.unknown(text.words)
            frame.spend(1 + letters * len(value) // LETTERS)
            return wanted.search(" ".join(value.split())) is not None

        if text.kind != "list":
            read = reader(text, "text", line)
            return Expr("condition", lambda frame: holds(frame, read(frame)), "mentions(…)")

        def run(frame: Frame) -> Truth:
            there = entries(text, frame)
            if not there:
                return frame.unknown(text.words)
            found = [holds(frame, entry.value) for entry in there]
            return True if any(found) else None if None in found else False

        return Expr("condition", run, "mentions(…)")

    def _like(self, args: list[nodes.Expr], line: int) -> Expr:
        text, form = self._expr(args[0]), self._expr(args[1]).value
        if not isinstance(form, str) or text.kind not in TEXTS:
            raise Fault("`like` compares a text with a form in quotes", f"write {EXAMPLES['like']}", line)
        read = reader(text, "text", line)

        def run(frame: Frame) -> Truth:
            value = read(frame)
            if not isinstance(value, str):
                return None
            frame.spend(1 + len(value) * len(form))
            return _fits(value.strip(), form)

        return Expr("condition", run, "like(…)")


def _kind(schema: Json) -> str:
    if "enum" in schema:
        return "word"
    if schema.get("type") == "object" and schema.get("additionalProperties"):
        return "map"
    return _OF_FORM.get(schema.get("x-form", "")) or _OF_TYPE.get(str(schema.get("type"))) or "text"


def _result(sign: str, left: str, right: str) -> str:
    """The kind of what is reckoned, or nothing where two kinds do not go together."""
    if sign in "+-":
        if (left, right) == ("moment", "length"):
            return "moment"
        return left if left == right and left in ("number", "length", "money", "rate") else ""
    return left if right == "number" and left in ("number", "length", "money", "rate") else ""


def _fits(text: str, form: str) -> bool:
    """Whether a text has a form; that takes no longer than both lengths multiplied."""
    at = place = back = 0
    star = -1
    while at < len(text):
        here = form[place : place + 1]
        if here == "*":
            star, back, place = place, at, place + 1
        elif here == "?" or (here == "#" and text[at].isdigit()) or here == text[at]:
            at, place = at + 1, place + 1
        elif star >= 0:
            back += 1
            at, place = back, star + 1
        else:
            return False
    return not form[place:].strip("*")
