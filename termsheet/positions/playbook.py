"""A playbook: the positions of the clauses, as one playbook after the other changes them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from termsheet import config, source
from termsheet.errors import ConfigError, LibraryError
from termsheet.immutable import immutable
from termsheet.library.clause import ClauseSource
from termsheet.library.given import Given
from termsheet.library.shelf import files, library, stamp
from termsheet.paths import shown
from termsheet.pattern import pattern
from termsheet.positions import opf
from termsheet.positions.position import OFF, Draft, Position, Read, compiled
from termsheet.source import Route, Shape, Source

SHAPE = Shape("start with `name:`, what the playbook is called")
NEUTRAL = "neutral"
_ID = pattern(r"[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)*/[a-z0-9][a-z0-9-]*")
_PLAIN = pattern(r"[\w-]+")
Folders = tuple[Path, ...]
Clauses = Mapping[str, ClauseSource]


@immutable
class Playbook:
    """A playbook, ready to judge by; `side` and `types` are what it is written for."""

    name: str
    file: str
    about: str
    version: str
    side: str
    types: tuple[str, ...]
    positions: tuple[Position, ...]


def load(name: str, house: Folders = ()) -> Playbook:
    """The playbook of a name, or in a file; a house brings positions too. Raises a sentence on what is wrong."""
    return _loaded(_found(name, Path()), house)


def named(name: str, deal: Source, route: Route, house: Folders = ()) -> Playbook:
    """The playbook that a deal names: a name, or a file relative to the deal."""
    try:
        return _loaded(_found(name, Path(deal.name).parent), house)
    except ConfigError as error:
        if error.file:
            raise
        raise Given(name, deal, route).error(error.message, error.help) from None


def _found(name: str, folder: Path) -> Path:
    """The file of a playbook."""
    known = config.playbooks()
    if name in known:
        return known[name]
    found = Path(os.path.abspath(folder / os.path.expanduser(name)))
    if _PLAIN.fullmatch(name) and not found.exists():
        raise ConfigError(f"no playbook is called `{name}`{config.meant(name, list(known))}",
                          help=f"use {', '.join(known)}, or a file with its ending")  # fmt: skip
    if not found.is_file():
        raise ConfigError(f"there is no playbook `{name}`", help=f"it is looked for at {shown(found)}")
    return found


def _loaded(file: Path, house: Folders) -> Playbook:
    return _compiled(file, house, stamp(file), *map(files, house))


@cache
def _compiled(file: Path, house: Folders, *state: object) -> Playbook:
    """The playbook of a file, compiled once, until the file or a clause of the house changes."""
    clauses = library(house)
    read = _read(file, (), clauses)
    positions = []
    for name, draft in read.drafts.items():
        clause = clauses.get(name.partition("/")[0])
        title, types = (clause.title, clause.types) if clause else (opf.TITLE, ())
        positions.append(compiled(name, draft, title, types))
    about = (read.about, read.version, read.side, read.types)
    return Playbook(read.name, shown(file), *about, tuple(positions))


def _read(file: Path, above: tuple[Path, ...], clauses: Clauses) -> Read:
    """What a file says, on top of what it extends."""
    if file in above:
        way = " → ".join(shown(path) for path in (*above[above.index(file) :], file))
        raise ConfigError(
            f"the playbook extends itself: {way}", file=shown(file), help="take one `extends` out"
        )
    outside = _foreign(file)
    if outside is not None:
        return outside
    found = config.checked(file, "playbook")
    page = found.data
    drafts = _base(found, file, above, clauses)
    for name, value in page.get("positions", {}).items():
        _apply(drafts, name, Given(value, found, ("positions", name)), clauses)
    for role in page.get("approvers", {}):
        _rename(drafts, role, Given(page["approvers"][role], found, ("approvers", role)))
    return Read(page["name"], page.get("about", "").strip(), page.get("version", ""), page.get("side", ""),
                 tuple(page.get("types", ())), drafts)  # fmt: skip


def _foreign(file: Path) -> Read | None:
    """What a playbook in the Open Playbook Format says, or None where it is one of our own."""
    found = source.read(shown(file), shape=SHAPE)
    return opf.read(found) if isinstance(found.data, dict) and opf.KEY in found.data else None


def _base(found: Source, file: Path, above: tuple[Path, ...], clauses: Clauses) -> dict[str, Draft]:
    """The positions that a playbook builds on."""
    if "extends" not in found.data:
        return dict(_of_clauses(clauses))
    extended = Given(found.data["extends"], found, ("extends",))
    try:
        base = _found(extended.value, file.parent)
    except ConfigError as error:
        raise extended.error(error.message, error.help) from None
    return {name: dict(draft) for name, draft in _read(base, (*above, file), clauses).drafts.items()}


def _of_clauses(clauses: Clauses) -> Iterator[tuple[str, Draft]]:
    """The clauses' own positions."""
    for clause in clauses.values():
        known: set[str] = set()
        for given in clause.positions:
            own = given.value["id"]
            if own in known:
                raise given.at("id").error(
                    f"the position `{own}` stands in the clause twice", "give one another id"
                )
            if not _ID.fullmatch(f"{clause.id}/{own}"):
                raise given.at("id").error(
                    f"`{own}` cannot be the id of a position", "use a-z, 0-9 and hyphens"
                )
            known.add(own)
            yield f"{clause.id}/{own}", {key: given.at(key) for key in given.value if key != "id"}


def _apply(drafts: dict[str, Draft], name: str, given: Given, clauses: Clauses) -> None:
    """Put what a playbook says of one position on top of what is there."""
    known = name in drafts
    if given.value == OFF:
        if not known:
            raise _unknown(name, drafts, given, clauses)
        del drafts[name]
        return
    _refuse_words(given)
    if not known and not _is_new(name, given, clauses):
        raise _unknown(name, drafts, given, clauses)
    draft = drafts.setdefault(name, {})
    for key in given.value:
        draft[key] = given.at(key)


def _refuse_words(given: Given) -> None:
    """A position, or one of its answers, is a section or `off`, and no other word."""
    answers = (given.at(key) for key in ("preferred", "fallback", "walk_away") if key in given.value)
    for part in (given, *(answers if isinstance(given.value, dict) else ())):
        if isinstance(part.value, str) and part.value != OFF:
            keys = "`if` and `says`" if part is not given else "`preferred` and the like"
            raise part.error(f"`{part.route[-1]}` is `{part.value}`", f"give it {keys}, or write `off`")


def _is_new(name: str, given: Given, clauses: Clauses) -> bool:
    """Whether it is a position of its own: on a clause that there is, and with a question."""
    return bool(_ID.fullmatch(name)) and name.partition("/")[0] in clauses and "question" in given.value


def _unknown(name: str, drafts: dict[str, Draft], given: Given, clauses: Clauses) -> LibraryError:
    clause, slash, _ = name.partition("/")
    if not slash or not _ID.fullmatch(name):
        return given.error(
            f"`{name}` is not the id of a position", "write clause and position, as exit.rights/notice"
        )
    if clause not in clauses:
        hint = config.meant(clause, list(clauses))
        return given.error(
            f"no clause is called `{clause}`{hint}", "a position begins with the id of its clause"
        )
    hint = config.meant(name, list(drafts))
    more = "" if given.value == OFF else "; a new one needs a `question:`"
    return given.error(f"no position is called `{name}`{hint}", f"name one that the clauses have{more}")


def _rename(drafts: dict[str, Draft], role: str, given: Given) -> None:
    """Call a role that approves as the house does."""
    there = [draft for draft in drafts.values() if "approves" in draft and draft["approves"].value == role]
    if not there:
        roles = sorted({draft["approves"].value for draft in drafts.values() if "approves" in draft})
        raise given.error(f"no position is approved by `{role}`{config.meant(role, roles)}",
                          f"the roles are {', '.join(roles)}")  # fmt: skip
    for draft in there:
        draft["approves"] = given
