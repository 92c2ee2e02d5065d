"""Walk through the text of a clause as it would run: through every branch, into the macros that it calls.

At each place it is known which conditions hold there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from jinja2 import nodes

from termsheet.library.environment import environment
from termsheet.library.expressions import Expressions, Scope, scope_of
from termsheet.library.logic import Formula, both, no
from termsheet.library.optional import written_out
from termsheet.library.places import WORDS, Place, item_of
from termsheet.library.reading import Choice, Piece, Print, Reading, Reference, Shown, Words, flat

_DEPTH = 12  # of macros that call macros
_LINKS = re.compile(r"\[[^\]]*\]\(#([^)\s]+)\)")
_TABLE = re.compile(r"^::: table (?P<path>\S+)[^\n]*\n(?P<columns>.*?)^:::[ \t]*$", re.MULTILINE | re.DOTALL)
_LIMITS = ("for", "territory", "starts", "until", "if", "unless")
_PRINTING = ("duty", "ban", "may", "others", "within", "lasting", "on")  # what these are given, they print
_HELPED = {
    "duty": 3,
    "ban": 4,
    "may": 2,
    "ref": 2,
    "within": 2,
    "lasting": 2,
    "on": 2,
}  # words that a call counts as
_SAME = ("capital", "led_by", "the", "possessive", "dative")  # filters that print what they are given


def reading(text: str, *, each: str = "", form: str = "", facts: Sequence[Formula] = ()) -> Reading:
    """What a text does. `each` is the list of whose entries it speaks, `form` the one form that it serves, if only one.

    Raises jinja2.TemplateSyntaxError, or LibraryError where optional words are not well formed.
    """
    walk = Walk(form)
    scope = scope_of(each)
    parsed = environment().parse(written_out(text, environment(), ""))
    walk.made.pieces = tuple(walk.body(parsed.body, scope, tuple(facts)))
    for match in _TABLE.finditer(text):
        walk.table(match["path"], match["columns"], text.count("\n", 0, match.start()) + 1, scope)
    walk.made.always = walk.always
    return walk.made


@cache
def condition(text: str, *, each: str = "") -> tuple[Formula, Reading]:
    """A condition of the front matter as a formula, and what it reads. Raises jinja2.TemplateSyntaxError."""
    walk = Walk("")
    if not text.strip():
        return True, walk.made
    parsed = environment().parse("{% if " + text + " %}{% endif %}").body[0]
    assert isinstance(parsed, nodes.If)
    scope = scope_of(each)
    walk.places(parsed.test, scope)
    return walk.formula(parsed.test, scope), walk.made


class Walk(Expressions):
    """Makes the reading of one text, as `made`."""

    def __init__(self, form: str) -> None:
        super().__init__(form)
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
        entries = [Place(f"{place.path}[{self.count}]", item_of(place.schema)) for place in places]
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
            fallback = isinstance(node.node, nodes.Or) and isinstance(node.node.right, nodes.Const)
            scope.names[node.target.name] = [] if fallback else places  # with a fallback, nothing is wanting
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
            self.places(node.left, scope)
            test = self.formula(node.left, scope)
            if test is True:
                yield from self.output(node.left, scope, facts)
                return
            first = tuple(self.output(node.left, scope, (*facts, test)))
            second = tuple(self.output(node.right, scope, (*facts, no(test))))
            yield Choice(((test, first), (no(test), second)))
        elif isinstance(node, nodes.Filter):
            yield from self.filtered(node, scope, facts)
        elif isinstance(node, nodes.Call):
            yield from self.call(node, scope, facts)
        elif isinstance(node, nodes.Name | nodes.Getattr | nodes.Getitem):
            places = self.places(node, scope)
            if len(places) == 1 and places[0].path and places[0].path not in WORDS:
                self.made.prints.append(Print(places[0], node.lineno, facts))
            yield Shown(node.lineno, place=places[0] if len(places) == 1 else None)
        else:
            self.places(node, scope)
            yield Shown(node.lineno)

    def filtered(self, node: nodes.Filter, scope: Scope, facts: tuple[Formula, ...]) -> Iterator[Piece]:
        if node.node is None:
            return
        if node.name in _SAME:
            self.used(node)
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
        if name in ("choose", "plural"):
            yield self.answers(node, facts)
            return
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

    def answers(self, node: nodes.Call, facts: tuple[Formula, ...]) -> Choice:
        """The words of which `choose` and `plural` print those that fit."""
        said = [*node.args[1:], *(keyword.value for keyword in node.kwargs)]
        words = [Words(str(one.value), one.lineno, facts) for one in said if isinstance(one, nodes.Const)]
        rest = (Shown(node.lineno),) if len(words) < len(said) else ()
        return Choice((*((True, (one,)) for one in words), (True, rest)))

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
