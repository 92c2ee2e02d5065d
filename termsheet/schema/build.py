"""Make the schema files from the vocabulary: `python -m termsheet.schema.build`.

`deal.strict.json` is what termsheet checks with; `deal.schema.json` is the published one, for editors and other
validators: it also admits the words `open`, `withheld` and `none` anywhere, any scalar where text is wanted, and
blanks (a key or a dash with nothing behind it).
"""

from __future__ import annotations

import json
from typing import Any

from termsheet import data, source
from termsheet.schema.vocabulary import Json, strict_schema

SCALAR = ["string", "number", "boolean"]
BLANK = {"type": "null"}


def main() -> None:
    """Write both schema files."""
    for name, schema in built().items():
        (data.folder("schemas") / name).write_text(schema, encoding="utf-8", newline="\n")


def built() -> dict[str, str]:
    """The text of each schema file, by its name."""
    page = data.folder("schemas") / "deal.vocabulary.yaml"
    strict = strict_schema(source.parse(page.read_text(encoding="utf-8"), str(page)).data)
    return {
        "deal.strict.json": json.dumps(_bare(strict)) + "\n",
        "deal.schema.json": _dump(published(strict)),
    }


def _bare(schema: Any, *, names: bool = False) -> Any:
    """The schema without what only people read. `names` says that the keys are properties and not keywords."""
    if isinstance(schema, list):
        return [_bare(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: _bare(value, names=key in ("properties", "$defs") and not names)
        for key, value in schema.items()
        if names or key not in ("description", "examples")
    }


def published(strict: Json) -> Json:
    """The strict schema, opened for the three words, for blanks, and for any scalar where text is wanted."""
    schema: Json = _open(strict)
    schema["$defs"]["point"] = {
        "description": "A word that stands where a term is missing on purpose: `open` (still to be agreed), "
        "`withheld` (agreed, not shown here) or `none` (considered, and there is none).",
        "enum": ["open", "withheld", "none"],
    }
    schema["$defs"]["open-point"] = {
        "type": "object",
        "additionalProperties": False,
        "required": ["open"],
        "properties": {
            "open": {
                "description": "What is still to be agreed, whose turn it is, and until when.",
                "type": [*SCALAR, "object", "null"],
                "properties": {key: {"type": SCALAR} for key in ("what", "who", "by")},
                "additionalProperties": False,
            }
        },
    }
    return schema


def _open(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_open(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    opened = {
        key: _open(value)
        for key, value in schema.items()
        if key not in ("x-form", "x-of", "x-keys", "x-key", "x-says", "x-declares")
    }
    if schema.get("type") == "string":
        opened["type"] = SCALAR
    if schema.get("type") == ["string", "array"]:
        opened["type"] = [*SCALAR, "array"]
    if schema.get("type") == "boolean":
        opened = {key: value for key, value in opened.items() if key != "type"} | {
            "enum": [True, False, "yes", "no"]
        }
    if schema.get("type") == "array" and "items" in opened:
        opened["items"] = {"anyOf": [opened["items"], BLANK]}
    if schema.get("type") == "object" and "properties" in schema:
        opened["properties"] = {key: _pointed(value) for key, value in opened["properties"].items()}
    elif schema.get("type") == "object":
        opened["additionalProperties"] = _pointed(opened["additionalProperties"])
    return opened


def _pointed(schema: Json) -> Json:
    """A property that may also be one of the three words. The words come first: editors offer them so."""
    about = {key: schema.pop(key) for key in ("description", "examples", "x-internal") if key in schema}
    return about | {"anyOf": [schema, {"$ref": "#/$defs/point"}, {"$ref": "#/$defs/open-point"}, BLANK]}


def _dump(schema: Json) -> str:
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    main()
