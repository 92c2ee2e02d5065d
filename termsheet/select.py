"""Which clauses are in the paper, in which part, and whether they bind. Settled before any text is rendered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from typing import Any

from termsheet.deal import Deal, Node
from termsheet.errors import LibraryError
from termsheet.forms import Form, FormPart
from termsheet.immutable import immutable
from termsheet.library.clause import OTHERWISE, ClauseSource
from termsheet.library.running import holds
from termsheet.library.view import Printer, at

OMITTED = "the deal leaves it out"


@immutable
class Chosen:
    """A clause that is in: one of the library (`source`), or a provision of the deal (`provision`).

    `open_path` names what a clause must read and what is still a Point: it then prints one bracket. Where the deal says
    that there is `none` of it, the clause speaks its own words for that.
    """

    id: str
    binding: bool
    source: ClauseSource | None = None
    provision: Node | None = None
    open_path: str = ""
    none: bool = False

    @property
    def text(self) -> ClauseSource:
        """The clause of the library; a provision has none."""
        if self.source is None:
            raise LibraryError(f"{self.id} is a provision, and no clause of the library")
        return self.source


@immutable
class Selection:
    """The clauses of a paper, and those left out with the reason.

    `withheld` are those that would be in, did the deal itself not leave them out.
    """

    intro: tuple[Chosen, ...]
    parts: tuple[tuple[FormPart, tuple[Chosen, ...]], ...]
    closing: tuple[Chosen, ...]
    left_out: tuple[tuple[str, str], ...]
    withheld: tuple[Chosen, ...] = ()

    def included(self, clause: str) -> bool:
        """Whether a clause is in the paper."""
        return clause in self._ids

    @cached_property
    def _ids(self) -> frozenset[str]:
        return frozenset(chosen.id for _, clauses in self.parts for chosen in clauses)

    def binding(self) -> list[list[str]]:
        """The clauses that bind, in the order of the paper, those that follow one another together."""
        runs: list[list[str]] = [[]]
        for chosen in (chosen for _, clauses in self.parts for chosen in clauses):
            if chosen.binding:
                runs[-1].append(chosen.id)
            elif runs[-1]:
                runs.append([])
        return [run for run in runs if run]


class Selector:
    """Chooses clauses for one deal."""

    def __init__(self, deal: Deal, form: Form, library: Mapping[str, ClauseSource], printer: Printer) -> None:
        self.deal = deal
        self.form = form
        self.library = library
        self.printer = printer
        self.roots = {**_roots(deal, printer), "form": form.name}
        self.left_out: list[tuple[str, str]] = []
        self.withheld: list[Chosen] = []
        omitted = deal.each("clauses.omit")
        self.omitted = {entry.text("clause"): entry.text("reason") for entry in omitted}
        self.binding = tuple(deal.plain("clauses.binding") or ())
        self.not_binding = tuple(deal.plain("clauses.not_binding") or ())
        self.used = {entry.text("clause"): entry.text("variant") for entry in deal.each("clauses.use")}

    def select(self) -> Selection:
        """The clauses of the form that this deal calls for; a clause that binds moves to the part that binds."""
        parts = {
            part.id: [found for name in part.clauses if (found := self._choose(name, part.binding))]
            for part in self.form.parts
        }
        self._add(parts)
        self._move(parts)
        self._provide(parts)
        intro = tuple(found for name in self.form.intro if (found := self._choose(name, False)))
        closing = tuple(found for name in self.form.closing if (found := self._choose(name, False)))
        return Selection(
            intro,
            tuple((part, tuple(parts[part.id])) for part in self.form.parts),
            closing,
            tuple(self.left_out),
            tuple(self.withheld),
        )

    def variant(self, clause: ClauseSource, context: Mapping[str, object]) -> str:
        """The one variant whose condition holds, or the one that the deal names under `clauses.use`."""
        wish = self.used.get(clause.id)
        if wish:
            if wish not in clause.variants:
                raise LibraryError(f"clause {clause.id} has no variant `{wish}`; it has {', '.join(clause.variants)}",
                                   help="change `clauses.use`")  # fmt: skip
            return wish
        found = [name for name, condition in clause.variants.items()
                 if condition != OTHERWISE and self.holds(condition, context, clause.id)]  # fmt: skip
        if not found:
            found = [name for name, condition in clause.variants.items() if condition == OTHERWISE]
        if len(found) != 1:
            which = " and ".join(found) or "none"
            raise LibraryError(f"clause {clause.id} should have one variant for this deal, and {which} fits",
                               help=f"name one of {', '.join(clause.variants)} under `clauses.use`")  # fmt: skip
        return found[0]

    def holds(self, condition: str, context: Mapping[str, object], clause: str) -> bool:
        """Whether a condition over the deal holds; an empty one does."""
        self.printer.clause = clause
        return holds(condition, context, clause)

    def _choose(self, name: str, binding: bool) -> Chosen | None:
        clause = self.library.get(name)
        if clause is None:
            raise LibraryError(f"the form `{self.form.name}` names a clause that is not there: {name}")
        found = Chosen(name, self._binds(clause, binding), source=clause, open_path=self._is_open(clause),
                       none=self._is_none(clause))  # fmt: skip
        if clause.id in self.omitted:
            self.left_out.append((name, f"{OMITTED}: {self.omitted[clause.id] or 'no reason given'}"))
            with suppress(LibraryError):  # its conditions may be what is wrong with it
                self.withheld += [] if self._against(clause) else [found]
            return None
        reason = self._against(clause)
        if reason:
            self.left_out.append((name, reason))
            return None
        return found

    def _against(self, clause: ClauseSource) -> str:
        """Why a clause would not be in, whatever the deal itself leaves out; or nothing."""
        types = self.deal.types
        if clause.types and types and not set(clause.types) & set(types):
            return f"it does not serve a deal of type {types[0]}"
        if types and all(clause.id in self.form.leave_out.get(kind, ()) for kind in types):
            return f"the form leaves it out of a deal of type {types[0]}"
        if self._is_none(clause):
            return ""
        for path in clause.reads:
            if not self._stands(path):
                return f"the deal does not give `{path}`"
        if not self.holds(clause.when, self.roots, clause.id):
            return "the deal does not call for it"
        if clause.where and not self._is_open(clause) and not self.entries(clause):
            return f"no entry of `{clause.each}` calls for it"
        return ""

    def entries(self, clause: ClauseSource) -> list[Any]:
        """The entries for which a clause speaks."""
        return [entry for entry in at(self.roots, clause.each)
                if self.holds(clause.where, {**self.roots, "entry": entry}, clause.id)]  # fmt: skip

    def _is_none(self, clause: ClauseSource) -> bool:
        """Whether the deal says that there is none of what a clause must read, and the clause has words for that."""
        return clause.answers_none and any(self.deal.point(path) == "none" for path in clause.reads)

    def _is_open(self, clause: ClauseSource) -> str:
        """What a clause must read and what is still a Point, or nothing."""
        return next((path for path in clause.reads if self._is_point(path)), "")

    def _stands(self, path: str) -> bool:
        """Whether something stands at the path, or a Point at it or above it."""
        return self.deal.has(path) or self._is_point(path)

    def _is_point(self, path: str) -> bool:
        keys = path.split(".")
        points = (self.deal.point(".".join(keys[: length + 1])) for length in range(len(keys)))
        return any(kind not in ("", "none") for kind in points)

    def _binds(self, clause: ClauseSource, part_binds: bool) -> bool:
        if clause.id in self.binding:
            return self._effect(True)
        if clause.id in self.not_binding:
            return self._effect(False)
        return self._effect(clause.binding or part_binds)

    def _effect(self, usual: bool) -> bool:
        """Whether something binds that usually does or does not: a deal may say that all binds, or nothing."""
        mode = "all" if self.form.binds else self.deal.text("deal.binding")
        return mode == "all" if mode in ("all", "nothing") else usual

    def _add(self, parts: dict[str, list[Chosen]]) -> None:
        """Clauses that the deal adds stand at the end of the last part that binds as they do."""
        standing = {chosen.id for clauses in parts.values() for chosen in clauses}
        for name in self.deal.plain("clauses.add") or ():
            found = self._choose(name, False) if isinstance(name, str) and name not in standing else None
            if found:
                parts[self._home(found.binding)].append(found)

    def _move(self, parts: dict[str, list[Chosen]]) -> None:
        """A clause whose effect the deal changes stands with those of its kind, unless all bind or none does."""
        if self.form.binds or self.deal.text("deal.binding") in ("all", "nothing"):
            return
        for part in self.form.parts:
            for chosen in [chosen for chosen in parts[part.id] if chosen.binding != part.binding]:
                parts[part.id].remove(chosen)
                parts[self._home(chosen.binding)].append(chosen)

    def _provide(self, parts: dict[str, list[Chosen]]) -> None:
        """Provisions follow the clause that they name, or stand last among those that bind as they do."""
        for entry in self.deal.each("provisions"):
            binds = self._effect(bool(entry.plain("binding")))
            made = Chosen(f"provisions.{entry.path[len('provisions[') : -1]}", binds, provision=entry)
            after = entry.text("after")
            for clauses in parts.values() if after else ():
                place = next((index for index, chosen in enumerate(clauses) if chosen.id == after), None)
                if place is not None:
                    clauses.insert(place + 1, made)
                    break
            else:
                parts[self._home(binds)].append(made)

    def _home(self, binding: bool) -> str:
        terms: Sequence[FormPart] = [part for part in self.form.parts if part.kind == "terms"]
        return ([part for part in terms if part.binding == binding] or terms)[-1].id


def _roots(deal: Deal, printer: Printer) -> dict[str, object]:
    """The keys of the deal that a clause may read: all but the private ones."""
    properties = deal.schema["properties"]
    return {name: printer.root(name) for name in properties if not properties[name].get("x-internal")}
