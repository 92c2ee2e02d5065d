"""Whether data is well formed: `errors(data, schema) -> (route, keyword, params)`.

A validator for just the keywords that the strict schemas use. jsonschema is its judge in the tests; it is not used
here because importing it takes longer than all of a lint. A keyword that is not known here is an error of the schema.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from termsheet.immutable import immutable
from termsheet.schema import resolve
from termsheet.values import FORMS, FormError
from termsheet.values.points import KEYS, WORDS, Point

Json = dict[str, Any]
Route = tuple[str | int, ...]

KEYWORDS = {"type", "enum", "properties", "additionalProperties", "required", "items", "pattern", "$ref", "$defs",
            "$schema", "$id", "title", "description", "examples"}  # fmt: skip
_TYPES: dict[str, Any] = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "integer": int,
    "number": (int, float),
}


@immutable
class Problem:
    """A place that is not well formed: where, by which keyword, and what the message needs to know."""

    route: Route
    keyword: str
    params: dict[str, Any]


def errors(data: Any, schema: Json, root: Json | None = None) -> Iterator[Problem]:
    """Every problem of the data, in the order of the data. Points fit anywhere."""
    yield from _node(data, schema, (), root or schema)


def _node(value: Any, schema: Json, route: Route, root: Json) -> Iterator[Problem]:
    if isinstance(value, Point):
        for key in value.odd:
            yield Problem((*route, "open", key), "additionalProperties", {"key": key, "known": list(KEYS)})
        return
    schema = resolve(schema, root)
    wanted = schema.get("type")
    if wanted is not None and not _is(value, wanted):
        item = resolve(schema.get("items", {}), root)
        yield Problem(route, "type", {"wanted": wanted, "value": value, "schema": schema, "item": item})
        return
    if "enum" in schema and not any(value == word and type(value) is type(word) for word in schema["enum"]):
        yield Problem(route, "enum", {"allowed": schema["enum"], "value": value})
    form = FORMS.get(schema.get("x-form", ""))
    if form is not None:
        yield from _form(value, schema["x-form"], route)
    if isinstance(value, str) and value not in WORDS and value.lower() in WORDS and "enum" not in schema:
        yield Problem(route, "x-word", {"value": value})
    if isinstance(value, dict):
        yield from _mapping(value, schema, route, root)
    elif isinstance(value, list) and "items" in schema:
        for index, item in enumerate(value):
            yield from _node(item, schema["items"], (*route, index), root)


def _is(value: Any, wanted: str | list[str]) -> bool:
    for name in [wanted] if isinstance(wanted, str) else wanted:
        if isinstance(value, _TYPES[name]) and (name == "boolean" or not isinstance(value, bool)):
            return True
    return False


def _form(value: Any, name: str, route: Route) -> Iterator[Problem]:
    try:
        FORMS[name].parse(value)
    except FormError as error:
        yield Problem(route, "x-form", {"form": name, "value": value, "reason": str(error)})


def _mapping(value: Json, schema: Json, route: Route, root: Json) -> Iterator[Problem]:
    properties, rest = schema.get("properties", {}), schema.get("additionalProperties", {})
    for key, item in value.items():
        if key in properties:
            yield from _node(item, properties[key], (*route, key), root)
        elif rest is False:
            yield Problem((*route, key), "additionalProperties", {"key": key, "known": list(properties)})
        elif rest:
            yield from _node(item, rest, (*route, key), root)
    for key in schema.get("required", ()):
        if key not in value:
            yield Problem((*route, key), "required", {"key": key})
