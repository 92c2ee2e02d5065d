"""Misspelt keys and words of the vocabulary."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from termsheet import schema
from termsheet.fix.several import several
from termsheet.fix.site import Site
from termsheet.fix.spelling import meant
from termsheet.fix.written import key_edit, value_edit
from termsheet.splice import Edit
from termsheet.values.points import WORDS


def key(site: Site) -> Edit | None:
    """A misspelt key, where the key that is meant is not there and no other one is meant by it too."""
    known = site.params["known"]
    target = meant(str(site.route[-1]), known, keys())
    if not target or target in [*site.siblings, *(meant(name, known, keys()) for name in site.siblings)]:
        return None
    return key_edit(site.read, site.route, target)


def word(site: Site) -> Edit | None:
    """A misspelt word of a list of words."""
    value, allowed = str(site.params["value"]), [str(name) for name in site.params["allowed"]]
    if value.lower() in WORDS:
        return point(site)
    target = meant(value, [*allowed, *WORDS], _listed_words())
    if target in allowed:
        return value_edit(site.read, site.route, target)
    return several(site, value, allowed) if isinstance(site.route[-1], int) else None


def point(site: Site) -> Edit | None:
    """`None` as `none`. In quotes it may be meant as text."""
    mark = site.read.marks[site.route]
    small = (mark.scalar or "").lower()
    return value_edit(site.read, site.route, small) if mark.plain and small in WORDS else None


@cache
def keys() -> frozenset[str]:
    """Every key of the vocabulary: one that stands in the wrong place is not misspelt."""
    root = schema.deal_schema()
    return frozenset(
        name for record in (root, *root["$defs"].values()) for name in record.get("properties", ())
    )


@cache
def _listed_words() -> frozenset[str]:
    return frozenset(str(name) for name in _enums(schema.deal_schema()))


def _enums(node: Any) -> Iterator[Any]:
    if isinstance(node, dict):
        listed = node.get("enum")
        yield from listed if isinstance(listed, list) else ()
        node = list(node.values())
    for inner in node if isinstance(node, list) else ():
        yield from _enums(inner)
