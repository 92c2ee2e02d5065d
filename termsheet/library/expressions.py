"""What the expressions of a clause stand for, and what its conditions ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from jinja2 import nodes

from termsheet.library.environment import environment
from termsheet.library.logic import Formula, both, either, no
from termsheet.library.places import WORDS, Place, Schema, child_of, item_of, place_of, plain, roots
from termsheet.library.reading import Compared, Piece, Read, Reading, Reference
from termsheet.schema import deal_schema, resolve

CALLS = ("duty", "ban", "may", "plural", "included", "ref", "schedule", "binding_paragraphs", "others", "limits",
         "within", "lasting", "on", "choose", "range")  # fmt: skip


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


def scope_of(each: str) -> Scope:
    """What the names of a clause stand for at its start; `entry` is one of the list `each`."""
    scope = Scope(dict(roots()))
    if each:
        found = place_of(each)
        scope.names["entry"] = [Place(f"{each}[0]", item_of(found.schema))] if found else []
    return scope


class Expressions:
    """Notes in `made` what expressions read. `form` is the one form that the text serves, if only one."""

    def __init__(self, form: str) -> None:
        self.made = Reading()
        self.form = form
        self.always: set[str] = set()  # paths that the schema requires

    def macro(
        self, macro: nodes.Macro, node: nodes.Call, scope: Scope, facts: tuple[Formula, ...]
    ) -> Iterator[Piece]:
        """What a macro prints where it is called."""
        raise NotImplementedError

    def referred(self, node: nodes.Call, way: str, facts: tuple[Formula, ...]) -> None:
        """Note a clause that a call names."""
        if node.args and isinstance(node.args[0], nodes.Const) and isinstance(node.args[0].value, str):
            self.made.references.append(Reference(node.args[0].value, way, node.lineno, facts))

    # -- what expressions stand for

    def places(self, node: nodes.Node | None, scope: Scope) -> list[Place]:
        """The places that an expression may stand for; what it reads is noted."""
        if isinstance(node, nodes.Name):
            if node.name in scope.names:
                for place in scope.names[node.name]:
                    if place.path and place.path not in WORDS:
                        self.made.reads.append(Read(place.path, node.lineno, True))
                return scope.names[node.name]
            if node.name not in scope.macros and node.name not in CALLS:
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
                elif node.node.name == "choose" and node.args:
                    self.chosen(node, scope)
            for inner in node.iter_child_nodes():
                self.places(inner, scope)
        elif node is not None:
            if isinstance(node, nodes.Test):
                self.used(node)
            for inner in node.iter_child_nodes():
                self.places(inner, scope)
        return []

    def used(self, node: nodes.Filter | nodes.Test) -> None:
        """Note a filter or a test that there is not."""
        known = environment().filters if isinstance(node, nodes.Filter) else environment().tests
        if node.name not in known:
            self.made.unknown.append((node.name, node.lineno))

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
        schema = child_of(place.schema, key)
        path = f"{place.path}.{key}".lstrip(".")
        if schema is None:
            return None
        self.made.reads.append(Read(path, line, True))
        if key in resolve(place.schema, deal_schema()).get("required", ()):
            self.always.add(path)
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
        return [Place(f"{place.path}.{{{key}}}", item_of(place.schema)) for place in places if place.path]

    def through(self, node: nodes.Filter, scope: Scope) -> list[Place]:
        """What a filter gives: the list itself, one of its entries, or something of them."""
        self.used(node)
        places = self.places(node.node, scope)
        for inner in (*node.args, *(keyword.value for keyword in node.kwargs)):
            self.places(inner, scope)
        entries = [Place(f"{place.path}[0]", item_of(place.schema)) for place in places]
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
                    child_of(entry.schema, constant[0]),
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
                    self.worded(plain(place.path), item_of(place.schema), [node.expr.value], node.lineno)

    def chosen(self, node: nodes.Call, scope: Scope) -> None:
        """The answers of `choose` are words of the key."""
        words = [
            keyword.key for keyword in node.kwargs if keyword.key not in ("open", "otherwise", "yes", "no")
        ]
        for place in self.places(node.args[0], scope):
            allowed = resolve(place.schema or {}, deal_schema()).get("enum", ())
            known = {str(word).replace("-", "_"): word for word in allowed}
            self.worded(
                plain(place.path), place.schema, [known.get(word, word) for word in words], node.lineno
            )

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
                return places[0].path in self.always or ("is", places[0].path)
        if isinstance(node, nodes.Test) and node.name in ("open", "zero"):  # what is so is there
            return both(self._formula(node.node, scope), ("other", self._key(node, scope)))
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
        entries = [Place(f"{place.path}[0]", item_of(place.schema)) for place in places]
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
