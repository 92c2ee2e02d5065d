"""The schema of a deal: what is well formed, and the sentence for what is not.

vocabulary.py   the notation of schemas/deal.vocabulary.yaml
build.py        makes the schema files from it
normalise.py    takes the data as the schema means it (text as written, `open` and its like as Points)
check.py        errors(data) -> route, keyword, params
references.py   ids: declared once, and referred to only where declared
messages.py     one sentence and one remedy for each keyword
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from termsheet import data


@cache
def deal_schema() -> dict[str, Any]:
    """The strict schema of a deal."""
    with open(f"{data.place('schemas')}/deal.strict.json", "rb") as file:
        schema: dict[str, Any] = json.load(file)
    return schema


def names() -> list[str]:
    """The names of the published schemas, that of a deal first."""
    found = sorted(
        path.name.removesuffix(".schema.json") for path in data.folder("schemas").glob("*.schema.json")
    )
    return sorted(found, key=lambda name: name != "deal")


def text(name: str, *, strict: bool = False) -> str:
    """The text of a published schema; `strict` is that by which termsheet checks a deal. Raises TermsheetError."""
    from termsheet.errors import TermsheetError
    from termsheet.schema.messages import closest

    if name not in names():
        meant = closest(name, names())
        hint = f"did you mean `{meant}`?" if meant else f"there are {', '.join(names())}"
        raise TermsheetError(f"there is no schema `{name}`; {hint}")
    if strict and name != "deal":
        raise TermsheetError(f"the schema `{name}` has no strict form", help="leave out `--strict`")
    file = "deal.strict.json" if strict else f"{name}.schema.json"
    return (data.folder("schemas") / file).read_text(encoding="utf-8")


def title(name: str) -> str:
    """What a published schema is of."""
    return str(json.loads(text(name)).get("title", ""))


def resolve(schema: dict[str, Any], root: dict[str, Any]) -> dict[str, Any]:
    """The schema itself, or the definition that it refers to."""
    reference = schema.get("$ref")
    if reference is None:
        return schema
    target: dict[str, Any] = root["$defs"][reference.removeprefix("#/$defs/")]
    return target


def at(route: tuple[str | int, ...]) -> dict[str, Any]:
    """The strict schema of a place in a deal, or an empty one where the vocabulary has no such place."""
    root = deal_schema()
    found: dict[str, Any] | None = root
    for key in route:
        found = child(found, key, root) if found else None
    return found or {}


def child(schema: dict[str, Any], key: str | int, root: dict[str, Any]) -> dict[str, Any] | None:
    """The schema of a property or an item, or None where the schema has no such thing."""
    schema = resolve(schema, root)
    if isinstance(key, int):
        found = schema.get("items")
    else:
        found = schema.get("properties", {}).get(key) or schema.get("additionalProperties")
    return resolve(found, root) if found else None
