"""Places of a deal, as its schema knows them: what a clause may read, whatever a deal gives."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from termsheet.schema import child, deal_schema, resolve

Schema = dict[str, Any]
WORDS: dict[str, Schema] = {
    **{name: {"type": "string"} for name in ("paper", "noun", "form", "the_deal")},
    **{name: {"type": "boolean"} for name in ("binds", "draft")},
}  # what a clause may name beside the keys of a deal


class Place(NamedTuple):
    """A place of the deal that an expression may stand for. Without a schema, nothing is known of it."""

    path: str
    schema: Schema | None


def plain(path: str) -> str:
    """A path without the numbers of entries: `exit.rights[1].by` is `exit.rights.by`."""
    return re.sub(r"\[\d+\]", "", path)


def place_of(path: str) -> Place | None:
    """The place of a path of the front matter, or None where the schema has no such place."""
    found = Place("", deal_schema())
    for key in path.split("."):
        schema = child_of(found.schema, key)
        if schema is None:
            return None
        found = Place(f"{found.path}.{key}".lstrip("."), schema)
    return found


@cache
def roots() -> dict[str, list[Place]]:
    """What a clause may name: the keys of a deal but for the private ones, and the words of the paper."""
    root = deal_schema()
    properties = root["properties"]
    roots = {
        name: [Place(name, resolve(properties[name], root))]
        for name in properties
        if not properties[name].get("x-internal")
    }
    return roots | {name: [Place(name, schema)] for name, schema in WORDS.items()} | {"loop": []}


def child_of(schema: Schema | None, key: str | int) -> Schema | None:
    """The schema below another; what is private is not there."""
    if schema is None:
        return None
    schema = resolve(schema, deal_schema())
    if isinstance(key, str) and schema.get("properties", {}).get(key, {}).get("x-internal"):
        return None
    return child(schema, key, deal_schema())


def item_of(schema: Schema | None) -> Schema | None:
    """The schema of what a loop over a place goes through."""
    schema = resolve(schema or {}, deal_schema())
    found = schema.get("items") or schema.get("additionalProperties") or None
    return resolve(found, deal_schema()) if isinstance(found, dict) else None
