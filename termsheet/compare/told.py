"""What has changed, in words: a provision, or a clause that is left out, is one thing, and no list of keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple

from termsheet.compare.sides import Side
from termsheet.compare.terms import Moved
from termsheet.errors import LibraryError
from termsheet.pattern import pattern
from termsheet.report.verdict import plural

VALUE, PROVISION, CLAUSE = "value", "provision", "clause"
_ENTRY = pattern(r"(provisions\[[^\]]*\])\.(title|text|after|binding)|(clauses\.omit\[[^\]]*\])\.(clause)")


class Told(NamedTuple):
    """Something that has changed: a value by its path, or what `words` say with its text, where it has one."""

    clause: str
    kind: str
    words: str
    old: str = ""
    new: str = ""


def told(old: Side, new: Side, moved: Sequence[Moved]) -> list[Told]:
    """What has changed, in its order. What belongs to one provision, or one clause left out, stands together."""
    groups: dict[str, dict[str, Moved]] = {}
    for one in moved:
        found = _ENTRY.fullmatch(one.path)
        entry, key = (found[1] or found[3], found[2] or found[4]) if found else (one.path, "")
        groups.setdefault(entry, {})[key] = one
    return [item for entry, parts in groups.items() for item in _told(old, new, entry, parts)]


def _told(old: Side, new: Side, entry: str, parts: Mapping[str, Moved]) -> Iterator[Told]:
    if "" in parts:
        one = parts[""]
        yield Told(one.clause, VALUE, one.path, one.old, one.new)
    elif "clause" in parts:
        yield _left_out(old, new, parts["clause"])
    else:
        yield _provision(old, new, entry, parts)


def _left_out(old: Side, new: Side, one: Moved) -> Told:
    id = one.new or one.old
    printed = [(clause.label, clause.title) for side in (old, new) for clause in side.document.clauses()
               if clause.id == id]  # fmt: skip
    label, title = printed[0] if printed else ("", _title(new, id))
    how = "clause left out" if one.new else "clause no longer left out"
    return Told(f"{label} {title}".strip(), CLAUSE, f"{how}: {f'“{title}” ({id})' if title else id}")


def _title(side: Side, id: str) -> str:
    """The title of a clause that no paper prints, as the library has it."""
    from termsheet.house import NO_HOUSE
    from termsheet.library.shelf import shelved
    from termsheet.library.shelves import shelves

    with suppress(LibraryError):
        stock = shelves(side.settings.house if side.settings else NO_HOUSE)
        clause = shelved(stock.clauses, side.deal.text("deal.language") or "en-GB").get(id)
        return clause.title if clause else ""
    return ""


def _provision(old: Side, new: Side, entry: str, parts: Mapping[str, Moved]) -> Told:
    nodes = [side.deal.get_route(side.deal.route_of(entry)) for side in (old, new)]
    before, after = nodes
    node = after or before
    name = f"“{node.name}”" if node else entry
    binds = [bool(one and one.plain("binding")) for one in nodes]
    how, more = "changed", []
    if before is None or after is None:
        how = "removed" if after is None else "added"
        more = ["binding" if any(binds) else "not binding"]
    else:
        more += ["now binding" if binds[1] else "no longer binding"] if binds[0] != binds[1] else []
        more += ["in another place"] if "after" in parts else []
    text = parts.get("text")
    words = ", ".join((f"provision {how}: {name}", *more))
    clause = next(iter(parts.values())).clause
    return Told(clause, PROVISION, words, text.old if text else "", text.new if text else "")


def counted(items: Sequence[Told]) -> str:
    """How much has changed."""
    kinds = [item.kind for item in items]
    counts = [(kind, kinds.count(kind)) for kind in (VALUE, PROVISION, CLAUSE) if kind in kinds]
    many = ", ".join(plural(count, kind) for kind, count in counts)
    return f"{many} changed" if many else "nothing has changed"
