"""Two deals in business terms: what has changed, in which clause, and from which position to which."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from termsheet.beside import nearest
from termsheet.compare.sides import Side
from termsheet.compare.words import alike
from termsheet.deal import Deal
from termsheet.private import private
from termsheet.source import Route
from termsheet.standing import Choice, found_again
from termsheet.values.points import Point


class Moved(NamedTuple):
    """A value that has changed. Empty is not there. `clause` is its number and title in the newer paper that has it."""

    path: str
    old: str
    new: str
    clause: str = ""


class Position(NamedTuple):
    """A position of the playbook on which the deal stands otherwise now."""

    position: str
    title: str
    entry: str
    old: str
    new: str
    path: str
    approves: str = ""


def moved(old: Side, new: Side) -> list[Moved]:
    """The values that differ, in the order of the newer deal, and then what only the older has."""
    before, after = dict(_leaves(old.deal)), dict(_leaves(new.deal))
    paths = [*after, *(path for path in before if path not in after)]
    changed = [path for path in paths if before.get(path, "") != after.get(path, "")]
    names = _renamed(before, after, changed)
    changed = [path for path in changed if path not in names.values()]
    clauses = _clauses(old, [path for path in changed if path not in after])
    clauses |= _clauses(new, [path for path in changed if path in after])
    return [Moved(path, before.get(names.get(path, path), ""), after.get(path, ""), clauses[path]) for path in changed]


def _renamed(before: Mapping[str, str], after: Mapping[str, str], changed: Sequence[str]) -> dict[str, str]:
    """The old path of each new one that is an entry of the same list in other words: its path comes from them."""
    gone = [path for path in changed if path not in after]
    found: dict[str, str] = {}
    for path in (path for path in changed if path not in before and path.endswith("]")):
        place = path.rpartition("[")[0]
        for other in gone:
            there = other.rpartition("[")[0] == place and other.endswith("]")
            if there and alike(before[other].split(), after[path].split()):
                found[path] = other
                gone.remove(other)
                break
    return found


def positions(old: Side, new: Side, choice: Choice) -> list[Position]:
    """Where the deal stands otherwise on a playbook. Raises TermsheetError where it or the side cannot be read."""
    stood, stands = (choice(side.deal, side.source, side.settings) for side in (old, new))
    if stood is None or stands is None:
        return []
    before, after = found_again([stood.stands, stands.stands])
    return [
        Position(stand.position, stand.title, stand.entry, then.standing, stand.standing, stand.path, stand.approves)
        for key, stand in after.items()
        if (then := before.get(key)) and then.standing != stand.standing
    ]  # fmt: skip


def _clauses(side: Side, paths: list[str]) -> dict[str, str]:
    names = {clause.id: f"{clause.label} {clause.title}" for clause in side.document.clauses()}
    return {path: names.get(clause, "") for path, clause in nearest(side.document, paths).items()}


def _leaves(deal: Deal) -> Iterator[tuple[str, str]]:
    """Every value of a deal that is not private, by its path, as the file writes it."""
    home = {path for path, _ in private(deal)}
    for route, value in _walked(deal.value, ()):
        path = deal.path_of(route)
        if not any(path == place or path.startswith((f"{place}.", f"{place}[")) for place in home):
            yield path, _words(value)


def _walked(value: Any, route: Route) -> Iterator[tuple[Route, Any]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    if inner is None:
        yield route, value
        return
    for key, item in inner:
        yield from _walked(item, (*route, key))


def _words(value: Any) -> str:
    if isinstance(value, Point):
        return f"{value.kind}{f' ({value.what})' if value.what else ''}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
