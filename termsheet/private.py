"""What of a deal stays home: every place that its schema marks `x-internal`, and whatever is not shared.

    public(deal)        the deal without it, as plain data
    private(deal)       what it is, each with its path
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from termsheet.deal import Deal
from termsheet.schema import child
from termsheet.source import Route


def public(deal: Deal) -> Any:
    """The data of a deal without what is private."""
    return _public(deal.value, deal.schema, deal)


def private(deal: Deal) -> Iterator[tuple[str, Any]]:
    """The places that are private and what stands there, as high up as all below is private."""
    for route, value in _private(deal.value, deal.schema, deal, ()):
        yield deal.path_of(route), value


def _public(value: Any, schema: Any, deal: Deal) -> Any:
    if isinstance(value, dict):
        return {key: _shared(item, key, schema, deal) for key, item in value.items() if not _stays(item, key, schema)}
    if isinstance(value, list):
        return [_shared(item, index, schema, deal) for index, item in enumerate(value) if not _unshared(item)]
    return value


def _shared(item: Any, key: Any, schema: Any, deal: Deal) -> Any:
    """What is public of what stands under a key or at a place."""
    return _public(item, child(schema, key, deal.schema) or {}, deal) if isinstance(item, (dict, list)) else item


def _private(value: Any, schema: Any, deal: Deal, route: Route) -> Iterator[tuple[Route, Any]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inner:
        if _stays(item, key, schema):
            yield (*route, key), item
        else:
            yield from _private(item, child(schema, key, deal.schema) or {}, deal, (*route, key))


def _stays(item: Any, key: Any, schema: Any) -> bool:
    marked = isinstance(key, str) and schema.get("properties", {}).get(key, {}).get("x-internal")
    return bool(marked) or _unshared(item)


def _unshared(item: Any) -> bool:
    return isinstance(item, dict) and item.get("shared") is False
