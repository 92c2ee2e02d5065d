"""Stubs put into a deal: the one that is asked for, or all that the findings offer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from textwrap import indent
from typing import Any, NamedTuple

from termsheet import schema, source
from termsheet.deal import Deal, entry_key
from termsheet.errors import TermsheetError
from termsheet.finding import Paste
from termsheet.insert import Misfit, insert, value_at
from termsheet.outcome import FileReport
from termsheet.outline import keys_of, outline, route_of
from termsheet.schema.messages import closest
from termsheet.source import Route, Source
from termsheet.stubs import paste
from termsheet.values.points import Point
from termsheet.wellformed import checked

_ROUNDS = 5


class Completed(NamedTuple):
    """A deal with stubs in it: what was put in, and what could not be."""

    read: Source
    pasted: tuple[Paste, ...]
    refused: tuple[TermsheetError, ...] = ()


def complete(read: Source, path: str) -> Completed:
    """The deal with the stub of a path. Raises TermsheetError where nothing can be put in there."""
    keys_of(path)
    deal, _ = checked(read)
    route = _route(deal, read, path)
    made = paste(deal, deal.path_of(route), outline(path, deal.party_ids), written=read.marks)
    pasted = (*_people(deal, made.yaml), made)
    for item in pasted:
        read = insert(read, checked(read)[0], item)
    return Completed(read, pasted)


def complete_all(read: Source, check: Callable[[Source], FileReport]) -> Completed:
    """The deal with the stub of every error and warning that has one; and of those that come up then."""
    done: list[Paste] = []
    refused: dict[str, TermsheetError] = {}
    for _ in range(_ROUNDS):
        wanted = [item for item in _offered(check(read)) if item.yaml not in refused]
        for item in wanted:
            try:
                made = insert(read, checked(read)[0], item)
                done += [item] if made is not read else []  # two findings may ask for one key
                read = made
            except Misfit as error:
                refused[item.yaml] = error
        if not wanted:
            break
    return Completed(read, tuple(done), tuple(refused.values()))


def names(item: Paste) -> list[str]:
    """The paths of what a paste brings: down to the first key or entry that is not the only one."""
    data = source.parse("stub:\n" + indent(item.yaml, "  "), "stub").data["stub"]
    if isinstance(data, list):
        record = schema.at((*route_of(keys_of(item.under)), 0))
        return [f"{item.under}[{key}]" if (key := entry_key(entry, record)) else item.under for entry in data]
    above = item.under.rpartition(".")[0] if item.instead else item.under
    return [".".join(filter(None, (above, *_only(key, value)))) for key, value in data.items()]


def _only(key: str, value: Any) -> list[str]:
    """A key, and those below it as long as each is the only one."""
    keys = [key]
    while isinstance(value, dict) and len(value) == 1:
        key, value = next(iter(value.items()))
        keys.append(key)
    return keys


def _offered(report: FileReport) -> Iterator[Paste]:
    for finding in report.findings:
        if finding.severity != "note" and not finding.waived:
            yield from finding.pastes


def _people(deal: Deal, yaml: str) -> Iterator[Paste]:
    """The entries of people whom a stub names and the deal does not declare."""
    named = set(re.findall(r"\bperson: ([a-z][a-z0-9-]*)", yaml)) - {"open", *deal.declared}
    entries = re.split(r"\n(?=  - )", outline("people", deal.party_ids))[1:]
    wanted = [entry for entry in entries if set(re.findall(r"- id: (\S+)", entry)) & named]
    if wanted:
        lines = "\n".join(wanted).splitlines()
        yield paste(deal, "people", "\n".join(line[2:] for line in lines))


def _route(deal: Deal, read: Source, path: str) -> Route:
    """Where in the file a path leads, through the one entry of a list, or the one that it names."""
    route: Route = ()
    for name, key in re.findall(r"\[([^\]]*)\]|([^.\[\]]+)", path):
        here = value_at(read, route)
        if name:
            route = (*route, _entry(deal, read, route, name))
            continue
        if schema.at(route).get("type") == "array":
            if not isinstance(here, list) or len(here) != 1:
                raise _which(deal, read, route, key)
            route, here = (*route, 0), here[0]
        _refuse_value(deal, read, route)
        route = (*route, key.strip())
    value = value_at(read, route)
    if value not in (None, {}, []):
        raise _there(deal, read, route)
    return route


def _refuse_value(deal: Deal, read: Source, route: Route) -> None:
    """A key can stand only in a section: not where a text, a number or a word such as `open` stands."""
    value = value_at(read, route)
    node = deal.get_route(route)
    if value is None or (isinstance(value, dict) and not (node and isinstance(node.value, Point))):
        return
    said = f"says `{read.marks[route].scalar}`" if read.marks[route].scalar else "holds no keys"
    raise _error(read, route, f"`{deal.path_of(route)}` {said}", "take that out first")


def _entry(deal: Deal, read: Source, route: Route, name: str) -> int:
    node = deal.get_route(route)
    count = len(node.value) if node and isinstance(node.value, list) else 0
    names = [deal.path_of((*route, index)).rpartition("[")[2].rstrip("]") for index in range(count)]
    if name in names:
        return names.index(name)
    near = closest(name, names)
    help = f"did you mean `{near}`?" if near else "there are " + ", ".join(f"`{word}`" for word in names)
    text = f"no entry of `{deal.path_of(route)}` is called `{name}`"
    raise _error(read, route, text, help if names else f"put in the list first: `termsheet stub {route[-1]}`")


def _which(deal: Deal, read: Source, route: Route, key: str) -> TermsheetError:
    here = value_at(read, route)
    place = deal.path_of(route)
    if here not in (None, []) and not isinstance(here, list):
        _refuse_value(deal, read, route)
    if not here:
        return _error(
            read, route, f"`{place}` has no entry yet", f"put in the list first: `termsheet stub {place}`"
        )
    first = deal.path_of((*route, 0))
    return _error(read, route, f"`{place}` is a list", f"name the entry, such as `{first}.{key}`")


def _there(deal: Deal, read: Source, route: Route) -> TermsheetError:
    return _error(read, route, f"`{deal.path_of(route)}` is there already", "nothing was changed")


def _error(read: Source, route: Route, text: str, help: str) -> TermsheetError:
    mark = read.marks[read.nearest(route)]
    line, column = read.position((mark.key or mark.value).start)
    return TermsheetError(text, file=read.name, line=line, column=column, help=help)
