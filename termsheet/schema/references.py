"""Ids: each declared once, in one namespace, and referred to only where it is declared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from termsheet.immutable import replace
from termsheet.pattern import pattern
from termsheet.schema import resolve
from termsheet.schema.check import Problem, Route
from termsheet.values import FORMS, FormError
from termsheet.values.points import WORDS, Point
from termsheet.values.when import EVENTS

Json = dict[str, Any]

ID = pattern(r"[a-z][a-z0-9-]*")
EVERYONE = ("each", "all", "jointly")
RESERVED = {*EVERYONE, *WORDS, *EVENTS, "term"}
WHO = ("party", "person", "body", "third-party")
MOMENTS = ("event", "milestone", "phase", "condition", "paper")


def problems(data: Any, root: Json) -> Iterator[Problem]:
    """Ids that are ill formed, reserved or declared twice, then references to what nothing declares."""
    declared: dict[str, str] = {}
    found = list(places(data, root))
    unsure = set(_nameless(data))
    for route, value, schema, kind in found:
        if schema.get("x-form") == "id":
            for problem in _declare(route, value, kind, declared):
                unsure.add(kind)
                yield problem
    absent = sorted({"person", "metric", "objective", "base", "minimum"} - set(declared.values()))
    if "party" not in declared.values():
        unsure.add("party")  # that there are none is told elsewhere
    dangling = [
        problem
        for route, value, schema, _ in found
        if schema.get("x-form") != "id"
        for problem in _refer(route, value, schema, declared)
    ]
    for (
        name
    ) in absent:  # where there are none at all, one reference tells for all, whatever the order of keys
        of_kind = [problem for problem in dangling if name in problem.params["kinds"]]
        one = min(of_kind, key=lambda problem: [str(step) for step in problem.route], default=None)
        dangling = [problem for problem in dangling if problem is one or problem not in of_kind]
    named = _named(data) if dangling else {}
    for problem in dangling:
        if not unsure & set(problem.params["kinds"]):  # else no reference to them can be judged
            yield replace(problem, params=problem.params | {"named": named})


def _named(data: Any) -> dict[str, str]:
    """The ids of entries by their names, which are often written in place of ids; empty where one has no id."""
    return {
        entry[key].lower().replace(" ", "-"): str(entry.get("id") or "")
        for section in ("parties", "people", "third_parties", "events", "metrics")
        for entry in (data[section] if isinstance(data.get(section), list) else ())
        for key in ("name", "short")
        if isinstance(entry, dict) and isinstance(entry.get(key), str)
    }


def _nameless(data: Any) -> Iterator[str]:
    """The kinds whose entries cannot be told apart: an entry without an id, or something that is no list."""
    for name, kind in (("parties", "party"), ("people", "person")):
        entries = data.get(name, []) if isinstance(data, dict) else []
        if not isinstance(entries, Point) and not (
            isinstance(entries, list) and all(isinstance(entry, dict) and "id" in entry for entry in entries)
        ):
            yield kind


def places(data: Any, root: Json) -> Iterator[tuple[Route, Any, Json, str]]:
    """Every place that declares an id or refers to one: its route, its value, its schema, and the kind declared."""
    return _walk(data, root, (), root)


def _walk(
    value: Any, schema: Json, route: Route, root: Json, kind: str = ""
) -> Iterator[tuple[Route, Any, Json, str]]:
    schema = resolve(schema, root)
    if schema.get("x-form") in ("id", "ref", "who", "when") or "x-keys" in schema:
        yield route, value, schema, kind
    if isinstance(value, dict):
        properties, rest = schema.get("properties", {}), schema.get("additionalProperties")
        for key, item in value.items():
            inner = properties.get(key) or rest
            if inner:
                yield from _walk(item, inner, (*route, key), root, schema.get("x-declares", "entry"))
    elif isinstance(value, list) and "items" in schema and schema.get("x-form") != "who":
        for index, item in enumerate(value):
            yield from _walk(item, schema["items"], (*route, index), root)


def _declare(route: Route, value: Any, kind: str, declared: dict[str, str]) -> Iterator[Problem]:
    if not isinstance(value, str):
        return
    if not ID.fullmatch(value):
        yield Problem(route, "x-id", {"value": value})
    elif value in RESERVED:
        yield Problem(route, "x-id-reserved", {"value": value})
    elif value in declared:
        yield Problem(route, "x-id-twice", {"value": value})
    declared.setdefault(value, kind)  # even an ill-formed id is declared: one mistake, one finding


def _refer(route: Route, value: Any, schema: Json, declared: dict[str, str]) -> Iterator[Problem]:
    if isinstance(value, Point):
        return
    form = schema.get("x-form")
    if "x-keys" in schema:
        for key in value if isinstance(value, dict) else ():
            yield from _known((*route, key), key, (schema["x-keys"],), declared)
    elif form == "ref":
        yield from _known(route, value, (schema["x-of"],), declared)
    elif form == "who":
        yield from _who(route, value, declared)
    elif form == "when":
        yield from _moment(route, value, declared)


def _who(route: Route, value: Any, declared: dict[str, str]) -> Iterator[Problem]:
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _known((*route, index), item, WHO, declared)
    elif value not in EVERYONE:
        yield from _known(route, value, WHO, declared)


def _moment(route: Route, value: Any, declared: dict[str, str]) -> Iterator[Problem]:
    try:
        reference = FORMS["when"].parse(value).reference if isinstance(value, str) else ""
    except FormError:
        return  # the schema check has told already
    if reference and declared.get(reference) not in MOMENTS:
        known = [name for name, kind in declared.items() if kind in MOMENTS]
        yield Problem(
            route, "x-ref", {"value": reference, "kinds": ("event", "milestone"), "known": [*EVENTS, *known]}
        )


def _known(route: Route, value: Any, kinds: tuple[str, ...], declared: dict[str, str]) -> Iterator[Problem]:
    if isinstance(value, str) and declared.get(value) not in kinds:
        known = [name for name, kind in declared.items() if kind in kinds]
        yield Problem(route, "x-ref", {"value": value, "kinds": kinds, "known": known})
