"""The place of the deal that a bound value stands for: its form, what the file says there, and its names."""

from __future__ import annotations

from typing import Any

from termsheet.deal import Deal, Node
from termsheet.immutable import immutable
from termsheet.schema import child, resolve
from termsheet.schema.references import MOMENTS, WHO
from termsheet.source import Route

Json = dict[str, Any]


@immutable
class Place:
    """A place of the deal. `raw` is what the deal says there, or None of a point that is open or of nothing at all."""

    path: str
    route: Route
    form: str
    schema: Json
    raw: str | None


def place(deal: Deal, path: str) -> Place | None:
    """The place of a path; None where the vocabulary has no single value there.

    The id of a party or person is printed as its name: what is typed there is meant for that.
    """
    route = deal.route_of(path)
    schema = _schema(deal, route)
    form = _form(schema)
    node = deal.get_route(route)
    if form == "id" and node is not None and isinstance(node.value, str):
        named = deal.declared.get(node.value)
        if named is None or named.route == route:
            return None
        return place(deal, named.path)
    if not form:
        return None
    return Place(path, route, form, schema, _said(node))


def _said(node: Node | None) -> str | None:
    value = node.value if node is not None else None
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if isinstance(value, str | int | float) else None


def _schema(deal: Deal, route: Route) -> Json:
    found: Json | None = deal.schema
    above: Json = {}
    for key in route:
        above = found or {}
        found = child(above, key, deal.schema) if above else None
    if route and isinstance(route[-1], int) and above.get("x-form") == "who":
        return {"x-form": "who", "type": "string"}
    return resolve(found or {}, deal.schema)


def _form(schema: Json) -> str:
    """The form of a single value; nothing where there is a list, a section or no such place."""
    kind = schema.get("type")
    if "enum" in schema:
        return "enum"
    if "x-form" in schema:
        return str(schema["x-form"])
    if kind in ("integer", "number"):
        return "number"
    return "text" if kind in ("string", ["string", "array"]) else ""


def names(deal: Deal, schema: Json) -> dict[str, str]:
    """The ids that a reference of that schema may hold, each by what the paper calls it."""
    kinds = (schema["x-of"],) if "x-of" in schema else WHO if schema.get("x-form") == "who" else MOMENTS
    declared = _kinds(deal)
    return {
        name: str(node.value)
        for name, node in deal.declared.items()
        if isinstance(node.value, str) and (declared.get(name) in kinds or name not in declared)
    }


def _kinds(deal: Deal) -> dict[str, str]:
    from termsheet.schema.references import places

    return {
        value: kind
        for _, value, schema, kind in places(deal.value, deal.schema)
        if schema.get("x-form") == "id" and isinstance(value, str)
    }
