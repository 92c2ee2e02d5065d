"""What a deal gives and its paper does not say: nothing is left out in silence."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from termsheet.deal import Deal
from termsheet.schema import child
from termsheet.schema.check import Route
from termsheet.values.points import Point

# What steers the paper or the work on it, and is not a term of the deal.
STEERING = ("schema", "deal", "clauses", "people", "provisions", "definitions", "events",
            "signoff", "papers")  # fmt: skip


def unused(deal: Deal, used: Collection[Route]) -> Iterator[str]:
    """The paths that no clause has looked at, as high up as nothing below was used.

    Words of a fixed list, references, yes and no, and the names of entries only steer, and are passed over.
    """
    above: set[Route] = set()
    for route in used:
        while route not in above:
            above.add(route)
            route = route[:-1]
    for name, value in deal.value.items():
        if name not in STEERING and not deal.schema["properties"][name].get("x-internal"):
            yield from _below(deal, value, (name,), above, deal.schema)


def _below(
    deal: Deal, value: Any, route: Route, used: Collection[Route], around: dict[str, Any]
) -> Iterator[str]:
    """What is not used of a value at a key that is not private, in the schema of what is around it."""
    seen = route in used
    if seen and not isinstance(value, dict | list):
        return
    schema = child(around, route[-1], deal.schema) or {}
    if _steers(value, schema):
        return
    if not seen:
        yield deal.path_of(route)
        return
    known = schema.get("properties", {})
    for key, item in value.items() if isinstance(value, dict) else enumerate(value):
        if not known.get(key, {}).get("x-internal"):
            yield from _below(deal, item, (*route, key), used, schema)


def _steers(value: Any, schema: dict[str, Any]) -> bool:
    if isinstance(value, bool) or (isinstance(value, Point) and value.kind == "none"):
        return True
    if isinstance(value, dict) and value.get("shared") is False:
        return True
    return "enum" in schema or schema.get("x-form") in ("id", "ref", "who")
