"""The map of what the sources advise: it is whole, what it names is there, and its page is up to date."""

from __future__ import annotations

import re

import pytest

from termsheet.practices import DOCS, KINDS, Practice, page, problem, promoted, read
from termsheet.rules import RULES

TEXT = (DOCS / "practices.yaml").read_text(encoding="utf-8")
MAP = read(TEXT)

# The codes of what legal practice asks for: the area, and how many there are of it, or their numbers.
LAW = {
    "PTY": range(1, 6),
    "SCP": [4],
    "WRK": [5],
    "GOV": [14],
    "EXT": [2, 3, 4, 10, 12, 13, 14, 15, 16],
    "IPR": [2, 3, 4, 5, 7, 8, 9, 10, 11],
    "MON": range(4, 12),
    "EXC": range(1, 7),
    "LIA": range(1, 6),
    "LGL": range(4, 10),
    "DSP": range(2, 5),
    "BND": range(1, 10),
    "DAT": range(2, 5),
    "CMP": range(3, 5),
    "MKT": [1, 2, 4],
    "JVS": range(1, 6),
    "INT": range(1, 4),
    "CHG": [1],
    "DRF": range(2, 11),
}


def test_every_row_is_there_once() -> None:
    articles = [f"S{number:03}" for number in range(1, 249)]
    law = [f"TS-{area}-{number:03}" for area, numbers in LAW.items() for number in numbers]
    assert [row.row for row in MAP.practices] == articles + law


@pytest.mark.parametrize("row", MAP.practices, ids=lambda row: row.row)
def test_what_answers_a_row_is_there(row: Practice) -> None:
    assert row.answered_by in KINDS
    assert problem(row) == ""
    assert row.article in MAP.articles
    assert (row.article == "law") == row.row.startswith("TS-")
    assert row.practice
    assert "|" not in row.practice + row.reason
    if row.answered_by == "planned":
        assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)+", row.name)


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("rule", "exit-no-such"),
        ("planned", "exit-missing"),
        ("field", "exit.no_such"),
        ("field", "metrics.target.no_such"),
        ("clause", "exit.no-such"),
        ("command", "no-such"),
        ("refused", ""),
        ("guess", "exit"),
    ],
)
def test_what_is_not_there_is_told(kind: str, name: str) -> None:
    assert problem(Practice("S001", "000", "an advice", kind, name))


def test_a_planned_rule_that_is_there_now_becomes_a_rule() -> None:
    planned = f"    answered_by: planned\n    name: {RULES[0].slug}\n"
    assert promoted(planned) == planned.replace("planned", "rule")
    assert promoted(TEXT) == TEXT


def test_the_page_is_up_to_date() -> None:
    """Run `python -m termsheet.practices` after a change of the map."""
    assert (DOCS / "practices.md").read_text(encoding="utf-8") == page(MAP)
