"""Ids and references to them that differ in case, or in what joins the parts of a word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from termsheet import schema
from termsheet.fix.several import several
from termsheet.fix.site import Json, Site
from termsheet.fix.spelling import meant, same
from termsheet.fix.words import keys
from termsheet.fix.written import key_edit, value_edit
from termsheet.schema import references
from termsheet.source import Route, Source
from termsheet.splice import Edit
from termsheet.values.when import EVENTS


def reference(site: Site) -> Edit | None:
    """A reference to an id that is written a little differently. Whom a misspelt one means, nobody can tell."""
    value, known = site.params["value"], site.params["known"]
    if "x-keys" in schema.at(site.route[:-1]):
        target = same(value, known)
        return key_edit(site.read, site.route, target) if target and target not in site.siblings else None
    if schema.at(site.route).get("x-form") == "when":
        return _event(site, value)
    everyone = references.EVERYONE if "person" in site.params["kinds"] else ()
    target = meant(value, [*known, *everyone])
    if target not in everyone:
        target = same(value, known) or _by_name(site, value)
    if target:
        return value_edit(site.read, site.route, target)
    return several(site, value, known) if schema.at(site.route).get("x-form") == "who" else None


def _by_name(site: Site, name: str) -> str:
    """The id of the one party or person of a name, which was written in place of it."""
    named = {
        entry.text("id")
        for section in ("parties", "people", "third_parties")
        for entry in site.deal.each(section)
        if name.casefold() in (entry.text("name").casefold(), entry.text("short").casefold())
    }
    return named.pop() if len(named) == 1 and named <= set(site.params["known"]) else ""


def _event(site: Site, word: str) -> Edit | None:
    """A misspelt event of the vocabulary, such as `signatrue`."""
    target = meant(word, site.params["known"], keys())
    text = site.read.marks[site.route].scalar or ""
    if target not in EVENTS or not text.lower().endswith(word):
        return None
    return value_edit(site.read, site.route, text[: -len(word)] + target)


def ill_formed(site: Site) -> tuple[Edit | None, ...]:
    """An id in the form of ids, wherever it stands; nothing where two entries would have it."""
    old = site.params["value"]
    new = _slug(old)
    places = [*references.places(site.deal.value, schema.deal_schema())]
    declared = [_slug(value) for _, value, record, _ in places if record.get("x-form") == "id"]
    if not references.ID.fullmatch(new) or new in references.RESERVED or declared.count(new) != 1:
        return ()
    return value_edit(site.read, site.route, new), *_named(site.read, places, old, new)


def _slug(value: Any) -> str:
    return re.sub(r"[\s_-]+", "-", value.strip().lower()) if isinstance(value, str) else ""


def _named(
    read: Source, places: Iterable[tuple[Route, Any, Json, str]], old: str, new: str
) -> Iterator[Edit | None]:
    """An edit for each reference to an id."""
    for route, value, record, _ in places:
        if "x-keys" in record and isinstance(value, dict):
            yield from (key_edit(read, (*route, name), new) for name in value if name == old)
        elif record.get("x-form") in ("ref", "who"):
            items = enumerate(value) if isinstance(value, list) else ()
            routes = [route] if value == old else [(*route, index) for index, item in items if item == old]
            yield from (value_edit(read, inner, new) for inner in routes)
