"""The YAML to paste where something is missing, from `templates/stubs.yaml`.

The page holds every section once, in block style, with `open` where the author has to decide. `<a>` and `<b>`
are the ids of the first two parties; a line that holds `<p>` is repeated for every
party, with what is indented below it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING

from termsheet import data
from termsheet.deal import Deal
from termsheet.finding import Paste
from termsheet.pattern import pattern
from termsheet.schema.check import Route
from termsheet.values.points import Point

if TYPE_CHECKING:
    from termsheet.rules.rule import Hit
    from termsheet.source import Source

DEFAULT_PARTIES = ("first-party", "second-party")
_KEY = pattern(r"[a-z_]+(?=:)")
_ENTRY = pattern(r"\[[^\]]*\]")
_STEP = 2


def pastes(hit: Hit, deal: Deal, source: Source) -> tuple[Paste, ...]:
    """What to paste for a hit: its stub (a path of the page, or YAML), and what that leans on.

    Nothing where the keys of the stub stand in the file, left blank.
    """
    if not hit.stub:
        return ()
    is_yaml = "\n" in hit.stub or ": " in hit.stub
    wanted = [(hit.path, hit.stub) if is_yaml else (hit.stub, ""), *hit.also]
    found = (paste(deal, path, yaml, parties=hit.parties, written=source.marks) for path, yaml in wanted)
    return tuple(item for item in found if not _is_blank(item, deal, source))


def _is_blank(item: Paste, deal: Deal, source: Source) -> bool:
    """Whether keys that a paste brings, beside or below the first one, stand in the file without a value."""
    if not item.instead:
        return False
    route = deal.route_of(item.under)
    beside = {(*route[:-1], key) for key in re.findall(r"^([a-z_]+):", item.yaml, re.MULTILINE)} - {route}
    return route in source.holders or any(other in source.marks for other in beside)


def paste(
    deal: Deal, path: str, yaml: str = "", *, parties: Sequence[str] = (), written: Collection[Route] = ()
) -> Paste:
    """What to paste for a path, and where: into the list or map that is there already, or else as a key.

    Keys on the way that the deal lacks are written out. `yaml` replaces the stub page; it is filled in for
    `parties`; `written` holds the routes that stand in the file, be they empty.
    """
    yaml = yaml or stub(path, deal.party_ids, parties)
    is_entry = yaml.startswith("- ")
    if _filled(deal, path):
        return Paste(path, yaml if is_entry or not _heads(yaml, path) else _inside(yaml))
    if is_entry:
        yaml = _wrapped(_last(path), yaml)
    parent = path.rpartition(".")[0]
    while parent and not _filled(deal, parent):
        yaml, path, parent = _wrapped(_last(parent), yaml), parent, parent.rpartition(".")[0]
    instead = deal.route_of(path) in written
    return Paste(path if instead else parent, yaml, instead)


def in_turn(pastes: Iterable[Paste], done: set[str]) -> Iterator[Paste]:
    """The same, as they are pasted one after the other: a key that one has brought is there for the next.

    `done` holds the paths of the keys that were brought, and grows.
    """
    for item in pastes:
        key = _KEY.match(item.yaml)
        path = f"{item.under}.{key[0]}".lstrip(".") if key and not item.instead else ""
        if path in done and "\n" in item.yaml:
            yield Paste(path, _inside(item.yaml))
        else:
            yield item
        done |= {path} if path else set()


def stub(path: str, parties: Sequence[str] = (), only: Sequence[str] = ()) -> str:
    """The YAML for a path, its last key first. Names of entries in the path (`[leads]`) are passed over.

    `parties` are the parties of the deal, `only` those for whom an entry is wanted. Where the page lacks the
    path, an `open` key is made for it.
    """
    path = _ENTRY.sub("", path)
    lines = _block(path)
    if not lines:
        return f"{_last(path)}: open"
    ids = [*parties, *DEFAULT_PARTIES[len(parties) :]]
    text = "\n".join(_repeated([*lines], only or ids))
    return text.replace("<a>", ids[0]).replace("<b>", ids[1])


@cache
def _block(path: str) -> list[str]:
    """The lines of the page for a path, at the left margin."""
    first, *rest = path.split(".")
    lines = _child(_page(), first)
    for key in rest:
        lines = _child(_children(lines), key)
    return _dedented(lines)


@cache
def _page() -> list[str]:
    with open(f"{data.place('templates')}/stubs.yaml", encoding="utf-8") as file:
        return [line for line in file.read().splitlines() if line.strip() and not line.startswith("#")]


def _child(lines: list[str], key: str) -> list[str]:
    """The block of a key among the outermost lines."""
    for index, line in enumerate(lines):
        if line[0] != " " and line.startswith(f"{key}:"):
            return [line, *_below(lines[index + 1 :], 0)]
    return []


def _children(lines: list[str]) -> list[str]:
    """What stands below a key, at the left margin: the keys of a map, or those of a list's entries."""
    inner = _dedented(lines[1:])
    if inner and inner[0].startswith("- "):
        inner = _dedented(["  " + line[2:] if line.startswith("- ") else line for line in inner])
    return inner


def _below(lines: Sequence[str], depth: int) -> list[str]:
    """The lines up to the first that is not indented deeper."""
    return [*takewhile(lambda line: _depth(line) > depth, lines)]


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def _dedented(lines: Sequence[str]) -> list[str]:
    depth = min(map(_depth, lines), default=0)
    return [line[depth:] for line in lines]


def _repeated(lines: list[str], parties: Sequence[str]) -> list[str]:
    """The lines, each that holds `<p>` repeated for every party with what is indented below it."""
    found: list[str] = []
    while lines:
        block = [lines[0]]
        if "<p>" in lines[0]:
            block += _below(lines[1:], _depth(lines[0]))
            found += [line.replace("<p>", party) for party in parties for line in block]
        else:
            found += block
        lines = lines[len(block) :]
    return found


def _filled(deal: Deal, path: str) -> bool:
    """Whether a map or a list with something in it stands at a path."""
    value = deal.value
    for key in deal.route_of(path):
        try:
            value = value[key]
        except (KeyError, IndexError, TypeError):
            return False
    return bool(value) and isinstance(value, dict | list) and not isinstance(value, Point)


def _heads(yaml: str, path: str) -> bool:
    return yaml.startswith(f"{_last(path)}:")


def _inside(yaml: str) -> str:
    return "\n".join(_dedented(yaml.splitlines()[1:]))


def _wrapped(key: str, yaml: str) -> str:
    return "\n".join([f"{key}:", *(" " * _STEP + line for line in yaml.splitlines())])


def _last(path: str) -> str:
    return (path[: path.rindex("[")] if path.endswith("]") else path).rpartition(".")[2]
