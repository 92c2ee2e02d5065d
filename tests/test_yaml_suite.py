"""The cases of the YAML test suite: a deal says what the specification says, or is refused in one sentence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from termsheet import source
from termsheet.errors import LoadError
from termsheet.source import Shape

CASES = json.loads((Path(__file__).parent / "data" / "yaml-test-suite.json").read_text(encoding="utf-8"))
LISTS = Shape("start with a key", True)

# No YAML, and read all the same, by ruamel as by us: nothing that was written is lost.
LENIENT = {
    "9C9N": "lines in brackets that are not indented",
    "QB6E": "lines in quotes that are not indented",
    "DK95/01": "a tab at the start of a line in quotes",
    "Y79Y/03": "a tab before a text in brackets",
    "9JBA": "a comment without a space before it, behind a bracket",
    "CVW2": "a comment without a space before it, behind a comma",
    "SU5Z": "a comment without a space before it, behind a quote",
    "X4QW": "a comment without a space before it, behind `>`",
    "S98Z": "blank lines above a text that are indented deeper than it",
    "G5U8": "a dash in brackets, which is a text",
    "YJV2": "a dash in brackets, which is a text",
}
# YAML, and told as a trap: a deal never means it.
TRAPS = {"8KB6": "schema-comma-split", "9BXH": "schema-comma-split"}
# YAML, and read by ruamel and by us with one character of white space less.
SPACE = {"L24T/01": "a line of spaces at the end of a text of lines, with no line break behind it"}
# Valid, but without an answer in the suite, for JSON cannot say it: a key that is empty or no text, or nothing at all.
UNSAID = {
    "4ABK": {"unquoted": "separate"},
    "96NN/01": {"foo": "\tbar"},
    "DFF7": {"explicit": "entry", "implicit": "entry"},
    "FRK4": {"": "bar"},
    "JEF9/02": [""],
    "NHX8": {"": None},
    "S3PD": {"plain key": "in-line value", "": None, "quoted key": ["entry"]},
    "SM9W/01": {"": None},
    "UKK6/00": [{"": None}],
}


def outcome(text: str) -> tuple[Any, str]:
    """What a deal says, with the traps in it; or the sentence that refuses it."""
    try:
        read = source.parse(text, "deal.yaml", LISTS)
    except LoadError as error:
        return None, str(error)
    return read.data, " ".join(trap.slug for trap in read.traps)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_case_is_read_as_specified_or_refused_in_one_sentence(case: dict[str, Any]) -> None:
    id = case["id"]
    data, said = outcome(case["yaml"])
    if said.startswith("deal.yaml"):
        assert said.isprintable()
        assert "; " in said
        assert id not in LENIENT
    elif case.get("fail"):
        assert id in LENIENT
        assert data is not None
    elif id in UNSAID:
        assert data == UNSAID[id]
    elif id in TRAPS:
        assert said.split()[0] == TRAPS[id]
    elif id in SPACE:
        assert json.dumps(data).replace(r"\n", "") == json.dumps(case["json"][0]).replace(r"\n", "")
    else:
        assert [data] == case["json"]


def test_of_what_is_valid_little_is_refused_that_a_deal_has_a_use_for() -> None:
    """Refused are texts and second documents at the top, tags, keys that are maps or have anchors."""
    valid = [case for case in CASES if not case.get("fail")]
    refused = [case for case in valid if outcome(case["yaml"])[1].startswith("deal.yaml")]
    assert len(valid) == 308
    assert len(refused) <= 160
