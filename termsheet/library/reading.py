"""What the text of a clause does with a deal, read off its Jinja without running it.

The text is walked as it would run: through every branch, into the macros that it calls, with what is known to hold at
each place. What comes of it is a `Reading`: the paths that it reads, what it prints, what it refers to, and its own
words as a tree of pieces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from jinja2 import nodes

from termsheet.library.environment import environment
from termsheet.library.logic import Formula, both, either, no
from termsheet.schema import child, deal_schema, resolve

Schema = dict[str, Any]
_DEPTH = 12  # of macros that call macros
_LINKS = re.compile(r"\[[^\]]*\]\(#([^)\s]+)\)")
_TABLE = re.compile(r"^::: table (?P<path>\S+)[^\n]*\n(?P<columns>.*?)^:::[ \t]*$", re.MULTILINE | re.DOTALL)
_LIMITS = ("for", "territory", "starts", "until", "if", "unless")
_PRINTING = ("duty", "others", "within", "lasting")  # what these are given, they print
_HELPED = {"duty": 3, "ref": 2, "within": 2, "lasting": 2}  # how many words a call counts as
_WORDS = {"paper": {"type": "string"}, "noun": {"type": "string"}, "form": {"type": "string"},
          "binds": {"type": "boolean"}, "draft": {"type": "boolean"}}  # fmt: skip
_CALLS = (
    "duty",
    "included",
    "ref",
    "schedule",
    "binding_paragraphs",
    "others",
    "limits",
    "within",
    "lasting",
    "range",
)


class Place(NamedTuple):
    """A place of the deal that an expression may stand for. Without a schema, nothing is known of it."""

    path: str
    schema: Schema | None


class Read(NamedTuple):
    """A path that is read; `known` tells whether the schema has it."""

    path: str
    line: int
    known: bool


class Print(NamedTuple):
    """A place that is printed, with what holds there."""

    place: Place
    line: int
    facts: tuple[Formula, ...]
    listed: bool = False


class Reference(NamedTuple):
    """A clause that the text names: in `ref`, `included`, `schedule` or a `link`."""

    clause: str
    way: str
    line: int
    facts: tuple[Formula, ...]


class Compared(NamedTuple):
    """A word with which a place is compared, that is none of its words."""

    path: str
    word: str
    words: tuple[str, ...]
    line: int


class Words(NamedTuple):
    """The clause's own words; `facts` hold there."""

    text: str
    line: int
    facts: tuple[Formula, ...] = ()


class Shown(NamedTuple):
    """Something that is printed and counts as so many `words`; `call` names what prints it, `place` what is printed."""

    line: int
    words: int = 1
    call: str = ""
    place: Place | None = None


@dataclass(frozen=True)
class Choice:
    """Pieces of which one is printed, each where its formula holds."""

    branches: tuple[tuple[Formula, tuple[Piece, ...]], ...]


Piece = Words | Shown | Choice


@dataclass
class Reading:
    """What a text does with a deal."""

    reads: list[Read] = field(default_factory=list)
    prints: list[Print] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    compared: list[Compared] = field(default_factory=list)
    unknown: list[tuple[str, int]] = field(
        default_factory=list
    )  # names, filters and tests that there are not
    aside: list[Words] = field(default_factory=list)  # said at one place, and printed at another
    pieces: tuple[Piece, ...] = ()
    always: set[str] = field(default_factory=set)  # paths that the schema requires

    def paths(self) -> set[str]:
        """The paths of a deal that it reads, without the names of entries."""
        return {plain(read.path) for read in self.reads if read.known}

    def words(self) -> Iterator[Words]:
        """Its own words, wherever they stand."""
        seen = set()
        for piece in (*flat(self.pieces), *self.aside):
            if isinstance(piece, Words) and (piece.text, piece.line) not in seen:
                seen.add((piece.text, piece.line))  # a macro is called more than once
                yield piece


def flat(pieces: Sequence[Piece]) -> Iterator[Piece]:
    for piece in pieces:
        if isinstance(piece, Choice):
            for _, inner in piece.branches:
                yield from flat(inner)
        else:
            yield piece


def plain(path: str) -> str:
    """A path without the numbers of entries: `exit.rights[1].by` is `exit.rights.by`."""
    return re.sub(r"\[\d+\]", "", path)


def reading(text: str, *, each: str = "", form: str = "", facts: Sequence[Formula] = ()) -> Reading:
    """What a text does. `each` is the list of whose entries it speaks, `form` the one form that it serves, if only one.

    Raises jinja2.TemplateSyntaxError.
    """
    walk = _Walk(form)
    scope = _scope(each)
    parsed = environment().parse(text)
    walk.made.pieces = tuple(walk.body(parsed.body, scope, tuple(facts)))
    for node in parsed.find_all((nodes.Filter, nodes.Test)):
        known = environment().filters if isinstance(node, nodes.Filter) else environment().tests
        if node.name not in known:
            walk.made.unknown.append((node.name, node.lineno))
    for match in _TABLE.finditer(text):
        walk.table(match["path"], match["columns"], text.count("\n", 0, match.start()) + 1, scope)
    return walk.made


def condition(text: str, *, each: str = "") -> tuple[Formula, Reading]:
    """A condition of the front matter as a formula, and what it reads. Raises jinja2.TemplateSyntaxError."""
    walk = _Walk("")
    if not text.strip():
        return True, walk.made
    parsed = environment().parse("{% if " + text + " %}{% endif %}").body[0]
    assert isinstance(parsed, nodes.If)
    scope = _scope(each)
    walk.places(parsed.test, scope)
    return walk.formula(parsed.test, scope), walk.made


def place_of(path: str) -> Place | None:
    """The place of a path of the front matter, or None where the schema has no such place."""
    found = Place("", deal_schema())
    for key in path.split("."):
        schema = _child(found.schema, key)
        if schema is None:
            return None
        found = Place(f"{found.path}.{key}".lstrip("."), schema)
    return found


@cache
def _roots() -> dict[str, list[Place]]:
    root = deal_schema()
    properties = root["properties"]
    roots = {
        name: [Place(name, resolve(properties[name], root))]
        for name in properties
        if not properties[name].get("x-internal")
    }
    return roots | {name: [Place(name, schema)] for name, schema in _WORDS.items()} | {"loop": []}


def _scope(each: str) -> Scope:
    scope = Scope(dict(_roots()))
    if each:
        found = place_of(each)
        scope.names["entry"] = [Place(f"{each}[0]", _item(found.schema))] if found else []
    return scope


def _child(schema: Schema | None, key: str | int) -> Schema | None:
    """The schema below another; what is private is not there."""
    if schema is None:
        return None
    schema = resolve(schema, deal_schema())
    if isinstance(key, str) and schema.get("properties", {}).get(key, {}).get("x-internal"):
        return None
    return child(schema, key, deal_schema())


def _item(schema: Schema | None) -> Schema | None:
    """The schema of what a loop over a place goes through."""
    schema = resolve(schema or {}, deal_schema())
    found = schema.get("items") or schema.get("additionalProperties") or None
    return resolve(found, deal_schema()) if isinstance(found, dict) else None


@dataclass
class Scope:
    """What names stand for at a place: places, formulas and macros."""

    names: dict[str, list[Place]]
    formulas: dict[str, Formula] = field(default_factory=dict)
    macros: dict[str, nodes.Macro] = field(default_factory=dict)

    def inner(self, **more: list[Place]) -> Scope:
        """A scope within this one."""
        formulas = {name: formula for name, formula in self.formulas.items() if name not in more}
        return Scope({**self.names, **more}, formulas, dict(self.macros))


class _Walk:
    def __init__(self, form: str) -> None:
        self.made = Reading()
        self.form = form
        self.count = 0
        self.depth = 0

    # -- statements

    def body(
        self, statements: Sequence[nodes.Node], scope: Scope, facts: tuple[Formula, ...]
    ) -> Iterator[Piece]:
        for node in statements:
            if isinstance(node, nodes.Output):
                for shown in node.nodes:
                    yield from self.output(shown, scope, facts)
            elif isinstance(node, nodes.If):
                yield self.branches(node, scope, facts)
            elif isinstance(node, nodes.For):
                yield self.loop(node, scope, facts)
            elif isinstance(node, nodes.Macro):
                scope.macros[node.name] = node
            elif isinstance(node, nodes.Assign):
                self.assign(node, scope, facts)
            else:
                for inner in node.iter_child_nodes():
                    if isinstance(inner, nodes.Expr):
                        self.places(inner, scope)

    def branches(self, node: nodes.If, scope: Scope, facts: tuple[Formula, ...]) -> Choice:
        made: list[tuple[Formula, tuple[Piece, ...]]] = []
        others: tuple[Formula, ...] = ()
        for branch in (node, *node.elif_):
            self.places(branch.test, scope)
            test = self.formula(branch.test, scope)
            here = (*others, test)
            if False not in here:
                made.append((both(*here), tuple(self.body(branch.body, scope.inner(), (*facts, *here)))))
            others = (*others, no(test) if not isinstance(test, bool) else not test)
        if False not in others:
            made.append((both(*others), tuple(self.body(node.else_, scope.inner(), (*facts, *others)))))
        return Choice(tuple(made))

    def loop(self, node: nodes.For, scope: Scope, facts: tuple[Formula, ...]) -> Choice:
        places = self.places(node.iter, scope)
        self.count += 1
        entries = [Place(f"{place.path}[{self.count}]", _item(place.schema)) for place in places]
        known = [
            *facts,
            *self.sifted(node.iter, scope, entries),
            *(("given", entry.path) for entry in entries[:1]),
        ]
        if len(places) == 1 and places[0].path:
            known.append(("is", places[0].path))
        names = [node.target] if isinstance(node.target, nodes.Name) else node.target.find_all(nodes.Name)
        inner = scope.inner(**{name.name: entries if name is node.target else [] for name in names})
        if node.test is not None:
            self.places(node.test, inner)
            known.append(self.formula(node.test, inner))
        body = tuple(self.body(node.body, inner, tuple(known)))
        rest = tuple(self.body(node.else_, scope.inner(), facts))
        return Choice(((both(*known[len(facts) :]), body), (True, rest)))

    def sifted(self, node: nodes.Node, scope: Scope, entries: list[Place]) -> Iterator[Formula]:
        """What holds of the entries that a filter lets through."""
        found: nodes.Node | None = node
        while isinstance(found, nodes.Filter):
            node, found = found, found.node
            constant = [inner.value for inner in node.args if isinstance(inner, nodes.Const)]
            if node.name == "selectattr" and len(entries) == 1 and constant and isinstance(constant[0], str):
                path = f"{entries[0].path}.{constant[0]}"
                if len(node.args) == 1:
                    yield ("is", path)
                elif constant[1:2] in (["equalto"], ["=="], ["eq"]) and len(constant) == 3:
                    yield ("equals", path, constant[2])

    def assign(self, node: nodes.Assign, scope: Scope, facts: tuple[Formula, ...]) -> None:
        places = self.places(node.node, scope)
        if isinstance(node.target, nodes.Name):
            scope.names[node.target.name] = places
            scope.formulas[node.target.name] = self.formula(node.node, scope)
        self.said(node.node, facts)
        for call in node.node.find_all(nodes.Call):  # `set more = points(p)` prints later
            if isinstance(call.node, nodes.Name) and call.node.name in scope.macros:
                self.made.aside += [
                    piece for piece in flat([*self.call(call, scope, facts)]) if isinstance(piece, Words)
                ]

    def said(self, node: nodes.Node, facts: tuple[Formula, ...]) -> None:
        """The words that stand in an expression."""
        found = [node] if isinstance(node, nodes.Const) else node.find_all(nodes.Const)
        self.made.aside += [
            Words(const.value, const.lineno, facts) for const in found if isinstance(const.value, str)
        ]

    # -- what is printed

    def output(self, node: nodes.Node, scope: Scope, facts: tuple[Formula, ...]) -> Iterator[Piece]:
        if isinstance(node, nodes.TemplateData):
            for link in _LINKS.finditer(node.data):
                line = node.lineno + node.data.count("\n", 0, link.start())
                self.made.references.append(Reference(link[1], "link", line, facts))
            yield Words(node.data, node.lineno, facts)
        elif isinstance(node, nodes.Const):
            yield Words(str(node.value), node.lineno, facts)
        elif isinstance(node, nodes.CondExpr):
            self.places(node.test, scope)
            test = self.formula(node.test, scope)
            first = tuple(self.output(node.expr1, scope, (*facts, test)))
            second = tuple(self.output(node.expr2, scope, (*facts, no(test)))) if node.expr2 else ()
            yield Choice(((test, first), (no(test), second)))
        elif isinstance(node, nodes.Or):
            test = self.formula(node.left, scope)
            first = tuple(self.output(node.left, scope, (*facts, test)))
            second = tuple(self.output(node.right, scope, (*facts, no(test))))
            yield Choice(((test, first), (no(test), second)))
        elif isinstance(node, nodes.Filter):
            yield from self.filtered(node, scope, facts)
        elif isinstance(node, nodes.Call):
            yield from self.call(node, scope, facts)
        elif isinstance(node, nodes.Name | nodes.Getattr | nodes.Getitem):
            places = self.places(node, scope)
            if len(places) == 1 and places[0].path:
                self.made.prints.append(Print(places[0], node.lineno, facts))
            yield Shown(node.lineno, place=places[0] if len(places) == 1 else None)
        else:
            self.places(node, scope)
            yield Shown(node.lineno)

    def filtered(self, node: nodes.Filter, scope: Scope, facts: tuple[Formula, ...]) -> Iterator[Piece]:
        if node.node is None:
            return
        if node.name in ("capital", "led_by"):
            yield from self.output(node.node, scope, facts)
            return
        places = self.places(node, scope)
        if node.name == "list":
            self.made.prints += [
                Print(place, node.lineno, facts, listed=True) for place in places if place.path
            ]
        yield Shown(node.lineno, place=places[0] if len(places) == 1 else None)

    def call(self, node: nodes.Call, scope: Scope, facts: tuple[Formula, ...]) -> Iterator[Piece]:
        name = node.node.name if isinstance(node.node, nodes.Name) else ""
        if name in scope.macros:
            yield from self.macro(scope.macros[name], node, scope, facts)
            return
        self.places(node, scope)
        if name in ("ref", "schedule"):
            self.referred(node, name, facts)
        count = _HELPED.get(name, 1)
        for argument in node.args if name in _PRINTING else ():
            self.said(argument, facts)
            if isinstance(argument, nodes.Const):
                count += len(str(argument.value).split()) - 1
            else:
                [*self.output(argument, scope, facts)]
        if name == "limits":
            for entry in self.places(node.args[0], scope) if node.args else ():
                for key in _LIMITS:
                    self.below(entry, key, node.lineno)
        who = self.places(node.args[0], scope) if name in _PRINTING and node.args else []
        place = who[0] if len(who) == 1 else None
        yield Shown(node.lineno, count, name, place)

    def macro(
        self, macro: nodes.Macro, node: nodes.Call, scope: Scope, facts: tuple[Formula, ...]
    ) -> Iterator[Piece]:
        if self.depth > _DEPTH:
            return
        self.depth += 1
        inner = scope.inner()
        defaults = dict(zip([arg.name for arg in macro.args][::-1], macro.defaults[::-1], strict=False))
        given = dict(zip([arg.name for arg in macro.args], node.args, strict=False))
        given |= {keyword.key: keyword.value for keyword in node.kwargs}
        for argument in macro.args:
            value = given.get(argument.name, defaults.get(argument.name))
            inner.names[argument.name] = self.places(value, scope) if value is not None else []
            inner.formulas.pop(argument.name, None)
            if value is not None and not inner.names[argument.name]:
                inner.formulas[argument.name] = self.formula(value, scope)
        yield from self.body(macro.body, inner, facts)
        self.depth -= 1

    def referred(self, node: nodes.Call, way: str, facts: tuple[Formula, ...]) -> None:
        if node.args and isinstance(node.args[0], nodes.Const) and isinstance(node.args[0].value, str):
            self.made.references.append(Reference(node.args[0].value, way, node.lineno, facts))

    # -- what expressions stand for

    def places(self, node: nodes.Node | None, scope: Scope) -> list[Place]:
        """The places that an expression may stand for; what it reads is noted."""
        if isinstance(node, nodes.Name):
            if node.name in scope.names:
                for place in scope.names[node.name]:
                    if place.path and place.path not in _WORDS:
                        self.made.reads.append(Read(place.path, node.lineno, True))
                return scope.names[node.name]
            if node.name not in scope.macros and node.name not in _CALLS:
                self.made.unknown.append((node.name, node.lineno))
            return []
        if isinstance(node, nodes.Getattr):
            found = [self.below(place, node.attr, node.lineno) for place in self.places(node.node, scope)]
            return self.settled(found, node.attr, node.lineno)
        if isinstance(node, nodes.Getitem):
            return self.item(node, scope)
        if isinstance(node, nodes.Filter):
            return self.through(node, scope)
        if isinstance(node, nodes.Compare):
            self.compare(node, scope)
        elif isinstance(node, nodes.Or):
            return [*self.places(node.left, scope), *self.places(node.right, scope)]
        elif isinstance(node, nodes.CondExpr):
            self.places(node.test, scope)
            return [*self.places(node.expr1, scope), *self.places(node.expr2, scope)]
        elif isinstance(node, nodes.Call):
            if isinstance(node.node, nodes.Name):
                if node.node.name == "included":
                    self.referred(node, "included", ())
                elif node.node.name in scope.macros:
                    self.valued(scope.macros[node.node.name], node, scope)
                    return []
            for inner in node.iter_child_nodes():
                self.places(inner, scope)
        elif node is not None:
            for inner in node.iter_child_nodes():
                self.places(inner, scope)
        return []

    def valued(self, macro: nodes.Macro, node: nodes.Call, scope: Scope) -> None:
        """A macro whose result is only asked for: it reads, and prints nothing here."""
        kept, self.made = self.made, Reading()
        [*self.macro(macro, node, scope, ())]
        kept.reads += self.made.reads
        kept.compared += self.made.compared
        self.made = kept

    def below(self, place: Place, key: str, line: int) -> Place | None:
        """The place below another, or None where the schema has none."""
        if place.schema is None:
            return Place("", None)
        schema = _child(place.schema, key)
        path = f"{place.path}.{key}".lstrip(".")
        if schema is None:
            return None
        self.made.reads.append(Read(path, line, True))
        if key in resolve(place.schema, deal_schema()).get("required", ()):
            self.made.always.add(path)
        return Place(path, schema)

    def settled(self, found: list[Place | None], key: str, line: int) -> list[Place]:
        there = [place for place in found if place is not None]
        if found and not there:
            self.made.reads.append(Read(key, line, False))
        return there

    def item(self, node: nodes.Getitem, scope: Scope) -> list[Place]:
        places = self.places(node.node, scope)
        self.places(node.arg, scope)
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            found = [self.below(place, node.arg.value, node.lineno) for place in places]
            return self.settled(found, node.arg.value, node.lineno)
        key = "-".join(place.path for place in self.places(node.arg, scope)) or "?"
        return [Place(f"{place.path}.{{{key}}}", _item(place.schema)) for place in places if place.path]

    def through(self, node: nodes.Filter, scope: Scope) -> list[Place]:
        """What a filter gives: the list itself, one of its entries, or something of them."""
        places = self.places(node.node, scope)
        for inner in (*node.args, *(keyword.value for keyword in node.kwargs)):
            self.places(inner, scope)
        entries = [Place(f"{place.path}[0]", _item(place.schema)) for place in places]
        first = node.args[0].value if node.args and isinstance(node.args[0], nodes.Const) else None
        if node.name in ("selectattr", "rejectattr") and isinstance(first, str):
            self.settled([self.below(entry, first, node.lineno) for entry in entries], first, node.lineno)
            self.sifted_words(node, entries)
        if node.name == "map":
            return self.mapped(node, entries)
        if node.name in ("first", "last"):
            return entries
        if node.name in ("selectattr", "rejectattr", "select", "reject", "unique", "capital", "list"):
            return places
        return []

    def mapped(self, node: nodes.Filter, entries: list[Place]) -> list[Place]:
        for keyword in node.kwargs:
            if keyword.key == "attribute" and isinstance(keyword.value, nodes.Const):
                found = [self.below(entry, str(keyword.value.value), node.lineno) for entry in entries]
                inner = self.settled(found, str(keyword.value.value), node.lineno)
                return [
                    Place("", {"items": place.schema}) if place.schema else Place("", None) for place in inner
                ]
        return []

    def sifted_words(self, node: nodes.Filter, entries: list[Place]) -> None:
        constant = [inner.value for inner in node.args if isinstance(inner, nodes.Const)]
        if (
            len(constant) == 3
            and isinstance(constant[2], str)
            and constant[1] in ("equalto", "==", "eq", "ne", "!=")
        ):
            for entry in entries:
                self.worded(
                    f"{plain(entry.path)}.{constant[0]}",
                    _child(entry.schema, constant[0]),
                    constant[2:],
                    node.lineno,
                )

    def compare(self, node: nodes.Compare, scope: Scope) -> None:
        places = self.places(node.expr, scope)
        for operand in node.ops:
            right = self.places(operand.expr, scope)
            values = _constants(operand.expr)
            for place in places if operand.op in ("eq", "ne", "in", "notin") else ():
                self.worded(plain(place.path), place.schema, values, node.lineno)
            if operand.op in ("in", "notin") and isinstance(node.expr, nodes.Const):  # `"other" in events`
                for place in right:
                    self.worded(plain(place.path), _item(place.schema), [node.expr.value], node.lineno)

    def worded(self, path: str, schema: Schema | None, values: Sequence[Any], line: int) -> None:
        allowed = tuple(resolve(schema, deal_schema()).get("enum", ())) if schema else ()
        for value in values:
            if allowed and isinstance(value, str) and value not in allowed:
                self.made.compared.append(Compared(path, value, tuple(map(str, allowed)), line))

    # -- what conditions ask

    def formula(self, node: nodes.Node, scope: Scope) -> Formula:
        """A condition as a formula. Nothing is noted."""
        kept = self.made
        self.made = Reading()
        try:
            return self._formula(node, scope)
        finally:
            self.made = kept

    def _formula(self, node: nodes.Node, scope: Scope) -> Formula:
        if isinstance(node, nodes.Const):
            return bool(node.value)
        if isinstance(node, nodes.And):
            return both(self._formula(node.left, scope), self._formula(node.right, scope))
        if isinstance(node, nodes.Or):
            return either(self._formula(node.left, scope), self._formula(node.right, scope))
        if isinstance(node, nodes.Not):
            inner = self._formula(node.node, scope)
            return not inner if isinstance(inner, bool) else no(inner)
        if isinstance(node, nodes.Name) and node.name in scope.formulas:
            return scope.formulas[node.name]
        if isinstance(node, nodes.Name | nodes.Getattr | nodes.Getitem):
            places = self.places(node, scope)
            if len(places) == 1 and places[0].path:
                return ("is", places[0].path)
        if isinstance(node, nodes.Compare) and len(node.ops) == 1:
            found = self._compared(node, node.ops[0], scope)
            if found is not None:
                return found
        if (
            isinstance(node, nodes.Call)
            and isinstance(node.node, nodes.Name)
            and node.node.name == "included"
        ):
            values = _constants(node.args[0]) if node.args else []
            if values:
                return ("in", values[0])
        return ("other", self._key(node, scope))

    def _compared(self, node: nodes.Compare, operand: nodes.Operand, scope: Scope) -> Formula | None:
        places, values = self.places(node.expr, scope), _constants(operand.expr)
        if len(places) != 1 or not places[0].path or not values:
            return None
        path = places[0].path
        if path == "form" and self.form:
            found: Formula = self.form in values
            return (
                found if operand.op in ("eq", "in") else not found if operand.op in ("ne", "notin") else None
            )
        found = either(*(("equals", path, value) for value in values))
        if operand.op in ("eq", "in"):
            return found
        return no(found) if operand.op in ("ne", "notin") else None

    def _key(self, node: nodes.Node, scope: Scope) -> str:
        """What an expression is known by: two that ask the same are one."""
        names = {
            name.name: [place.path for place in scope.names.get(name.name, ())]
            for name in node.find_all(nodes.Name)
        }
        if isinstance(node, nodes.Name):
            names[node.name] = [place.path for place in scope.names.get(node.name, ())]
        return f"{node!r} {sorted(names.items())}"

    def table(self, path: str, columns: str, line: int, scope: Scope) -> None:
        """The paths of a table."""
        if "{" in path:
            return
        places = self.along([Place("", deal_schema())], path, line)
        entries = [Place(f"{place.path}[0]", _item(place.schema)) for place in places]
        for number, row in enumerate(columns.splitlines(), start=line + 1):
            column = row.partition(":")[0].strip()
            if column and "{" not in row:
                self.along(entries, column, number)

    def along(self, places: list[Place], path: str, line: int) -> list[Place]:
        for key in path.split("."):
            places = self.settled([self.below(place, key, line) for place in places], key, line)
        return places


def _constants(node: nodes.Node) -> list[Any]:
    """The constant, or the constants of a list; nothing where there is anything else in it."""
    if isinstance(node, nodes.Const):
        return [node.value]
    if isinstance(node, nodes.List | nodes.Tuple):
        values = [inner.value for inner in node.items if isinstance(inner, nodes.Const)]
        return values if len(values) == len(node.items) else []
    return []
