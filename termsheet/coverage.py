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
    above = {route[:length] for route in used for length in range(len(route) + 1)}
    for name, value in deal.value.items():
        schema = deal.schema["properties"][name]
        if name not in STEERING and not schema.get("x-internal"):
            yield from _below(deal, value, (name,), above, child(deal.schema, name, deal.schema) or {})


def _below(
    deal: Deal, value: Any, route: Route, used: Collection[Route], schema: dict[str, Any]
) -> Iterator[str]:
    """What is not used of a value below a key that is not private."""
    if _steers(value, schema):
        return
    if route not in used:
        yield deal.path_of(route)
    elif isinstance(value, dict):
        for key, item in value.items():
            if not schema.get("properties", {}).get(key, {}).get("x-internal"):
                yield from _below(deal, item, (*route, key), used, child(schema, key, deal.schema) or {})
    elif isinstance(value, list):
        inner = child(schema, 0, deal.schema) or {}
        for index, item in enumerate(value):
            yield from _below(deal, item, (*route, index), used, inner)


def _steers(value: Any, schema: dict[str, Any]) -> bool:
    if isinstance(value, bool) or (isinstance(value, Point) and value.kind == "none"):
        return True
    if isinstance(value, dict) and value.get("shared") is False:
        return True
    return "enum" in schema or schema.get("x-form") in ("id", "ref", "who")
