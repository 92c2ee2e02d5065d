"""Every place of a deal with what the schema says of it, for the rules that read the whole file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from termsheet.deal import Deal, once
from termsheet.schema import resolve
from termsheet.schema.check import Route

Json = dict[str, Any]


Place = tuple[Route, Any, Json]
"""The way to a value, the value, and its schema."""


@once
def places(deal: Deal) -> list[Place]:
    """Every place that the other side may see, in the order of the file."""
    return [*_walk(deal.value, deal.schema, (), deal.schema)]


def _walk(value: Any, schema: Json, route: Route, root: Json) -> Iterator[Place]:
    schema = resolve(schema, root)
    yield route, value, schema
    if isinstance(value, dict):
        properties, rest = schema.get("properties", {}), schema.get("additionalProperties")
        for key, item in value.items():
            inner = properties.get(key) or rest
            if inner and not inner.get("x-internal"):
                yield from _walk(item, inner, (*route, key), root)
    elif isinstance(value, list) and "items" in schema:
        for index, item in enumerate(value):
            yield from _walk(item, schema["items"], (*route, index), root)
