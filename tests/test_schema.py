"""The schema: built from the vocabulary, judged by jsonschema, and told in our own sentences."""

from __future__ import annotations

import copy
import json
import random
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml_cases
from conftest import EXAMPLES, ROOT

from termsheet import schema, source
from termsheet.schema import build, check, messages
from termsheet.schema.normalise import normalise
from termsheet.values import FORMS, FormError
from termsheet.values.points import Point
from termsheet.wellformed import checked

STRICT = schema.deal_schema()


def test_the_schema_files_are_what_the_vocabulary_says() -> None:
    for name, text in build.built().items():
        assert (ROOT / "schemas" / name).read_text(encoding="utf-8") == text, (
            f"run python -m termsheet.schema.build ({name})"
        )


@pytest.mark.parametrize(
    "name",
    [
        "deal.strict.json",
        "deal.schema.json",
        "clause.schema.json",
        "form.schema.json",
        "config.schema.json",
        "baseline.schema.json",
        "rule.schema.json",
        "playbook.schema.json",
    ],
)
def test_every_schema_is_a_schema(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(
        json.loads((ROOT / "schemas" / name).read_text(encoding="utf-8"))
    )


def _keywords(node: Any, *, names: bool = False) -> set[str]:
    if isinstance(node, list):
        return set().union(*map(_keywords, node)) if node else set()
    if not isinstance(node, dict):
        return set()
    inner = [
        _keywords(value, names=key in ("properties", "$defs") and not names)
        for key, value in node.items()
        if names or not key.startswith("x-")
    ]
    return (set() if names else set(node)).union(*inner) if inner else set(node)


@pytest.mark.parametrize(
    "name",
    [
        "deal.strict.json",
        "clause.schema.json",
        "form.schema.json",
        "config.schema.json",
        "baseline.schema.json",
        "rule.schema.json",
        "playbook.schema.json",
    ],
)
def test_no_schema_uses_a_keyword_that_the_checker_does_not_know(name: str) -> None:
    found = _keywords(json.loads((ROOT / "schemas" / name).read_text(encoding="utf-8")))
    assert {word for word in found if not word.startswith("x-")} <= check.KEYWORDS


def test_every_property_has_a_description() -> None:
    published = json.loads((ROOT / "schemas" / "deal.schema.json").read_text(encoding="utf-8"))
    records = {"deal file": published, **published["$defs"]}
    bare = [
        f"{name}.{key}"
        for name, record in records.items()
        for key, page in record.get("properties", {}).items()
        if not page.get("description")
    ]
    assert bare == []


def _damaged(data: Any, chance: random.Random) -> Any:
    """The data with one thing changed: a key renamed, a value of another type, an enum word bent."""
    data = copy.deepcopy(data)
    places: list[tuple[Any, Any]] = []

    def collect(node: Any) -> None:
        items = node.items() if isinstance(node, dict) else enumerate(node)
        for key, value in list(items):
            places.append((node, key))
            if isinstance(value, dict | list):
                collect(value)

    collect(data)
    node, key = chance.choice(places)
    if isinstance(node, dict) and chance.random() < 0.3:
        node[f"{key}x"] = node.pop(key)
    else:
        node[key] = chance.choice(["bent", 7, True, ["a", {"b": "c"}], {"d": "e"}, None, 1.5])
    return data


def _plain(node: Any) -> Any:
    """Points are for us alone: the judge sees the data without them."""
    if isinstance(node, dict):
        return {key: _plain(value) for key, value in node.items() if not isinstance(value, Point)}
    if isinstance(node, list):
        return [_plain(value) for value in node if not isinstance(value, Point)]
    return node


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_checker_agrees_with_jsonschema(path: Path) -> None:
    read = source.read(str(path))
    clean = _plain(normalise(read, STRICT))
    judge = jsonschema.Draft202012Validator(STRICT)
    chance = random.Random(path.stem)
    judged = 0
    for _ in range(150):
        data = _damaged(clean, chance)
        ours = {
            (problem.route, problem.keyword)
            for problem in check.errors(data, STRICT)
            if not problem.keyword.startswith("x-")
        }
        theirs = set()
        for error in judge.iter_errors(data):
            route = tuple(error.absolute_path)
            if error.validator == "additionalProperties":
                known = error.schema["properties"]
                theirs |= {((*route, key), error.validator) for key in error.instance if key not in known}
            elif error.validator == "required":
                theirs |= {
                    ((*route, key), error.validator)
                    for key in error.validator_value
                    if key not in error.instance
                }
            else:
                theirs.add((route, error.validator))
        assert ours == theirs
        judged += len(theirs)
    assert judged > 100


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_published_schema_accepts_the_examples_and_the_three_words(path: Path) -> None:
    published = jsonschema.Draft202012Validator(
        json.loads((ROOT / "schemas" / "deal.schema.json").read_text(encoding="utf-8"))
    )
    data = source.read(str(path)).data
    assert [error.message for error in published.iter_errors(data)] == []
    data["exit"] = "none"
    data["term"] = {"initial": {"open": {"what": "the length", "who": "acme"}}, "effective": "withheld"}
    assert [error.message for error in published.iter_errors(data)] == []
    data["exit"] = {"wind_downs": {}}
    assert not published.is_valid(data)


@pytest.mark.parametrize("case", yaml_cases.load("schema"), ids=lambda case: case["name"])
def test_what_is_malformed_is_told(case: dict[str, Any]) -> None:
    _, found = checked(source.parse(case["deal"], "deal.yaml"))
    told = [
        f"{finding.line}:{finding.column} {finding.path} {finding.rule}: {finding.message}; {finding.help}"
        for finding in found
    ]
    assert told == case["told"]


@pytest.mark.parametrize("case", yaml_cases.load("values"), ids=lambda case: f"{case['form']} {case['text']}")
def test_values(case: dict[str, Any]) -> None:
    form = FORMS[case["form"]]
    if "wrong" in case:
        with pytest.raises(FormError) as refused:
            form.parse(case["text"])
        assert str(refused.value) == case["wrong"]
    else:
        assert repr(form.parse(case["text"])) == case["value"]


@pytest.mark.parametrize("name", sorted(FORMS))
def test_the_example_of_every_form_is_of_the_form(name: str) -> None:
    for example in FORMS[name].example.split(", or "):
        FORMS[name].parse(example.strip('"'))


def test_every_problem_has_a_sentence() -> None:
    assert set(messages.SLUGS) == set(messages._MESSAGES)


def test_a_scalar_is_text_as_it_is_written_where_text_is_wanted() -> None:
    read = source.parse(
        "deal: {title: 1.10, version: 0012345, type_reason: NO, date: 2026-01-31, confidential: yes}", "d"
    )
    data = normalise(read, STRICT)["deal"]
    assert data == {
        "title": "1.10",
        "version": "0012345",
        "type_reason": "NO",
        "date": "2026-01-31",
        "confidential": True,
    }


def test_the_three_words_are_points_unless_quoted() -> None:
    read = source.parse(
        'deal: {title: open, version: "open", binding: nothing}\nexit: none\nparties: [{id: a, affiliates: none}]',
        "d",
    )
    data = normalise(read, STRICT)
    assert data["deal"]["title"] == Point("open")
    assert data["deal"]["version"] == "open"
    assert data["exit"] == Point("none")
    assert data["parties"][0]["affiliates"] == "none"
