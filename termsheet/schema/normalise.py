"""Take the data as the schema means it.

Where the schema wants text, a scalar is taken as it is written (`0012345`, `1.10`, `NO`); where a term may stand, the
unquoted words `open`, `withheld` and `none` become Points. What is left blank is as good as absent: a key without
a value, a section or a list of nothing but such keys, and blank entries at the end of a list. Nothing is refused
here: what does not fit is left as it is, for `termsheet.schema.check` to tell.
"""

from __future__ import annotations

from typing import Any

from termsheet.schema import resolve
from termsheet.source import Route, Source
from termsheet.values.points import KEYS, WORDS, Point

Json = dict[str, Any]


def normalise(source: Source, root: Json) -> Any:
    """The data of the source, as plain data with Points in it."""
    return _node(source.data, (), root, source, root)


def _node(value: Any, route: Route, schema: Json, source: Source, root: Json) -> Any:
    schema = resolve(schema, root)
    if isinstance(value, dict):
        return _open_point(value, schema) or _mapping(value, route, schema, source, root)
    if isinstance(value, list):
        items = schema.get("items", {})
        last = next((index for index in reversed(range(len(value))) if not is_blank(value[index])), -1)
        made = [_node(value[index], (*route, index), items, source, root) for index in range(last + 1)]
        return Point("none") if made and all(item == Point("none") for item in made) else made
    return _scalar(value, route, schema, source)


def _mapping(value: Json, route: Route, schema: Json, source: Source, root: Json) -> Json:
    properties = schema.get("properties", {})
    rest = schema.get("additionalProperties") or {}
    return {
        key: _node(item, (*route, key), properties.get(key, rest), source, root)
        for key, item in value.items()
        if not is_blank(item)
    }


def is_blank(value: Any) -> bool:
    """Whether nothing but keys and dashes without a value stands there."""
    if isinstance(value, dict):
        return bool(value) and "open" not in value and all(map(is_blank, value.values()))
    return value is None or (isinstance(value, list) and bool(value) and all(map(is_blank, value)))


def _open_point(value: Json, schema: Json) -> Point | None:
    """`open: {what, who, by}` where a term would stand, instead of the bare word."""
    if list(value) != ["open"] or "open" in schema.get("properties", {}) or not schema:
        return None
    inner = value["open"]
    if isinstance(inner, dict):
        what, who, by = (str(inner.get(key) or "") for key in KEYS)
        return Point("open", what, who, by, tuple(key for key in inner if key not in KEYS))
    return Point("open", str(inner or ""))


def _scalar(value: Any, route: Route, schema: Json, source: Source) -> Any:
    mark = source.marks[route]
    if mark.plain and mark.scalar in WORDS and _may_be_point(mark.scalar, schema):
        return Point(mark.scalar)
    kind = schema.get("type")
    if kind == "boolean" and mark.scalar in ("yes", "no"):
        return mark.scalar == "yes"
    if value is not None and kind in ("string", ["string", "array"]) and mark.scalar is not None:
        return mark.scalar
    return value


def _may_be_point(word: str, schema: Json) -> bool:
    return bool(schema) and word not in schema.get("enum", ()) and schema.get("x-form") != "id"
