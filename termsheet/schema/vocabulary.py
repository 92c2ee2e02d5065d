"""The vocabulary page, read into JSON Schema.

`schemas/deal.vocabulary.yaml` is where the format of a deal is written; this module knows its notation and nothing
of what is written there.
"""

from __future__ import annotations

import re
from typing import Any

from termsheet.errors import LibraryError
from termsheet.pattern import pattern
from termsheet.values import FORMS

Json = dict[str, Any]

_LINE = pattern(r"(?P<private>private )?(?P<form>.+?) — (?P<about>.+)", re.DOTALL)
_SCALARS: dict[str, Json] = {
    "text": {"type": "string"},
    "id": {"type": "string", "x-form": "id"},
    "yes-no": {"type": "boolean"},
    "integer": {"type": "integer"},
    "who": {"type": ["string", "array"], "items": {"type": "string"}, "x-form": "who"},
    **{name: {"type": "string", "x-form": name} for name in FORMS},
}
_META = ("about", "key", "declares", "required", "says")


def strict_schema(vocabulary: dict[str, dict[str, str]]) -> Json:
    """The strict JSON Schema of a deal, from the records of the vocabulary page (in their order)."""
    kinds = {record["declares"] for record in vocabulary.values() if "declares" in record}
    entries = {record for page in vocabulary.values() for line in page.values() for record in _listed(line)}
    definitions = {
        name: _record(name, page, vocabulary, kinds, entry=name in entries)
        for name, page in vocabulary.items()
        if name != "entry"
    }
    definitions |= {name: scalar | _example(name) for name, scalar in _SCALARS.items()}
    root = definitions.pop("deal-file")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:termsheet:schema:deal:1",
        "title": "A deal",
        **root,
        "required": ["deal"],
        "$defs": definitions,
    }


def _example(form: str) -> Json:
    return {"description": f"{FORMS[form].noun}, such as {FORMS[form].example}"} if form in FORMS else {}


def _listed(line: str) -> list[str]:
    match = re.match(r"(?:private )?list of ([a-z-]+) —", line)
    return [match[1]] if match else []


def _record(name: str, page: dict[str, str], vocabulary: Json, kinds: set[str], *, entry: bool) -> Json:
    lines = {key: line for key, line in page.items() if key not in _META}
    if entry:
        lines = {"id": vocabulary["entry"]["id"]} | lines
        lines |= {key: line for key, line in vocabulary["entry"].items() if key not in lines}
    schema: Json = {"type": "object", "additionalProperties": False}
    if "about" in page:
        schema["description"] = page["about"]
    schema["properties"] = {
        key: _property(f"{name}.{key}", line, vocabulary, kinds) for key, line in lines.items()
    }
    if "required" in page:
        schema["required"] = page["required"].split(", ")
    if "says" in page:
        schema["x-says"] = {
            keys: _meaning(schema["properties"][keys.partition(" ")[0]]) for keys in page["says"].split(", ")
        }
    if "key" in page:
        schema["x-key"] = page["key"].split(", ")
    if entry:
        schema["x-declares"] = page.get("declares", "entry")
    return schema


def _meaning(schema: Json) -> str:
    """What a key means, as the end of a sentence: `who brings it`."""
    words = str(schema["description"]).removesuffix(".").partition(",")[0]
    return words[0].lower() + words[1:]


def _property(place: str, line: str, vocabulary: Json, kinds: set[str]) -> Json:
    match = _LINE.fullmatch(line)
    if not match:
        raise LibraryError(f"the vocabulary's line for {place} is not of the form `form — what it means.`")
    about, *examples = match["about"].split(" | ")
    schema = _form(place, match["form"], vocabulary, kinds) | {"description": about}
    if examples:
        schema["examples"] = examples
    if match["private"]:
        schema["x-internal"] = True
    return schema


def _form(place: str, form: str, vocabulary: Json, kinds: set[str]) -> Json:
    if form.startswith("reference to "):
        return {"type": "string", "x-form": "ref", "x-of": form.removeprefix("reference to ")}
    if form.startswith("list of "):
        item = form.removeprefix("list of ")
        record = {"$ref": f"#/$defs/{item}"} if item in vocabulary else None
        return {"type": "array", "items": record or _form(place, item, vocabulary, kinds)}
    if form.startswith("one of "):
        return {"enum": form.removeprefix("one of ").split(", ")}
    if form == "shares":
        return _form(place, "map of party to rate", vocabulary, kinds)
    if form.startswith("map of party to "):
        value = _form(place, form.removeprefix("map of party to "), vocabulary, kinds)
        return {"type": "object", "x-keys": "party", "additionalProperties": value}
    if form in kinds:  # outside a list, the name of a kind that declares ids means a reference to one of them
        return {"type": "string", "x-form": "ref", "x-of": form}
    if form in _SCALARS or form in vocabulary:
        return {"$ref": f"#/$defs/{form}"}
    raise LibraryError(f"the vocabulary's line for {place} names a form that is not there: {form}")
