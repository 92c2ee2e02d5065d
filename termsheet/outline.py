"""The YAML of any path of the vocabulary: from the page of stubs, or else from the schema, with what each key means."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from termsheet import data, schema, stubs
from termsheet.errors import TermsheetError
from termsheet.pattern import pattern
from termsheet.schema.messages import HOMES, closest
from termsheet.source import Route
from termsheet.values import FORMS

_SHOWN = 6
Json = dict[str, Any]
_STEP = pattern(r"\[([^\]]*)\]|([^.\[\]]+)")


def keys_of(path: str) -> tuple[str, ...]:
    """The keys of a path, without the names of entries. Raises TermsheetError where the vocabulary has no such path."""
    keys = tuple(step[1].strip() for step in _STEP.findall(path) if step[1].strip())
    for length in range(1, len(keys) + 1):
        if not schema.at(route_of(keys[:length])):
            raise _unknown(path, keys, length - 1)
    if not keys:
        raise _unknown(path, (path,), 0)
    return keys


def route_of(keys: Sequence[str]) -> Route:
    """A route by these keys, through the first entry of every list on the way."""
    route: Route = ()
    for key in keys:
        if schema.at(route).get("type") == "array" and key:
            route = (*route, 0)
        route = (*route, key)
    return route


def _unknown(path: str, keys: tuple[str, ...], at: int) -> TermsheetError:
    record = _record(route_of(keys[:at]))
    near = closest(keys[at], list(record)) if keys[at] else ""
    elsewhere = [found for found in _paths() if found[-1] == keys[-1]]
    guess = [*keys[:at], near, *keys[at + 1 :]] if near else list(elsewhere[0] if elsewhere else ())
    if near and not schema.at(route_of(guess)):
        guess = guess[: at + 1]
    place = f"`{'.'.join(keys[:at])}`" if at else "a deal"
    text = f"`{keys[at]}` is not a key of {place}"
    alike = [".".join(found) for found in elsewhere if len(found) == len(elsewhere[0])]
    if not near and len(alike) > 1:
        more = f" and {len(alike) - _SHOWN} more" if len(alike) > _SHOWN else ""
        named = ", ".join(f"`{found}`" for found in alike[:_SHOWN])
        return TermsheetError(text, help=f"name the section that is meant: {named}{more}")
    if guess:
        return TermsheetError(f"{text}; did you mean `{'.'.join(guess)}`?")
    return TermsheetError(
        text, help="use one of " + ", ".join(f"`{key}`" for key in record) if record else ""
    )


def _record(route: Route) -> Json:
    found = schema.at(route)
    if found.get("type") == "array":
        found = schema.at((*route, 0))
    properties: Json = found.get("properties", {})
    return properties


@cache
def _paths() -> list[tuple[str, ...]]:
    """The paths of the vocabulary, the shortest first, up to four keys."""
    found: list[tuple[str, ...]] = [()]
    for keys in found:
        if len(keys) < 4 and "note" not in keys:
            found += [(*keys, key) for key in _record(route_of(keys))]
    return found[1:]


def outline(path: str, parties: Sequence[str] = ()) -> str:
    """The YAML for a path, its last key first, for the parties of a deal."""
    keys = keys_of(path)
    yaml = stubs.stub(path, parties, parties)
    return yaml if yaml != f"{keys[-1]}: open" else "\n".join(_made(keys))


def _made(keys: tuple[str, ...]) -> Iterator[str]:
    """A key that the page of stubs lacks: the keys below it, each open and with its meaning."""
    route = route_of(keys)
    listed = schema.at(route).get("type") == "array"
    inner = schema.at((*route, 0)) if listed else schema.at(route)
    record: Json = inner.get("properties", {})
    if not record:
        value = "a-name" if inner.get("x-form") == "id" else "open"
        yield f"{keys[-1]}: {value}{_comment(keys)}"
        return
    says = [keys.partition(" ")[0] for keys in inner.get("x-says", ())]
    named = ["id"] if "id" in record and inner.get("x-declares") in HOMES else []  # other places name its id
    chosen = (
        [*named, *says] if says else [*named, *(key for key in record if not (listed and key in _common()))]
    )
    yield f"{keys[-1]}:"
    for order, key in enumerate(chosen):
        dash = "" if not listed else "- " if order == 0 else "  "
        value = "a-name" if key == "id" else "open"
        yield f"  {dash}{key}: {value}{_comment((*keys, key))}"


@cache
def _common() -> frozenset[str]:
    """The keys that every entry of a list may have."""
    root = schema.deal_schema()
    records = [set(record["properties"]) for record in root["$defs"].values() if "x-declares" in record]
    return frozenset(set.intersection(*records))


def _comment(keys: tuple[str, ...]) -> str:
    """What a key means, and an example or the words that it takes."""
    about, kind = _described(keys), schema.at(route_of(keys))
    text = str(about.get("description", "")).rstrip(".")
    text = text if text[1:2].isupper() else text[:1].lower() + text[1:]
    if kind.get("type") == "array":
        kind = schema.at((*route_of(keys), 0))
    if "enum" in kind:
        return f"  # {text or 'one of'}: {', '.join(map(str, kind['enum']))}"
    form = FORMS.get(kind.get("x-form", ""))
    example = about.get("examples", [form.example if form else ""])[0]
    words = [text] * bool(text) + [f"such as: {example}"] * bool(example)
    return f"  # {', '.join(words)}" if words else ""


def _described(keys: tuple[str, ...]) -> Json:
    """What the published schema, which has the descriptions, says of a key."""
    root = _published()
    found: Json = root
    for key in keys:
        found = _property(_resolved(found, root), key)
    return found


def _property(record: Json, key: str) -> Json:
    found: Json = record.get("properties", {}).get(key) or record.get("additionalProperties") or {}
    return found if isinstance(found, dict) else {}


def _resolved(found: Json, root: Json) -> Json:
    """The record that a property holds, be it in a list."""
    found = found["anyOf"][0] if "anyOf" in found else found
    found = schema.resolve(found, root)
    return schema.resolve(found["items"], root) if "items" in found else found


@cache
def _published() -> Json:
    text = (data.folder("schemas") / "deal.schema.json").read_text(encoding="utf-8")
    loaded: Json = json.loads(text)
    return loaded
