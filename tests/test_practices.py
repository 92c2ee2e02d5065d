"""The map of what the sources advise: it is whole, what it names is there, and its page is up to date."""

from __future__ import annotations

import shutil
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from termsheet import data, practices
from termsheet.practices import DOCS, KINDS, Practice, page, problem, read
from termsheet.schema import child, deal_schema, resolve

MAP = read((DOCS / "practices.yaml").read_text(encoding="utf-8"))

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


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("rule", "exit-no-such"),
        ("rule", "exit-missing, exit-no-such"),
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


# --- what the map names is taken away, one at a time: each row that leans on it is told ---------------------


def named(kind: str) -> list[str]:
    return sorted({name for row in MAP.practices if row.answered_by == kind for name in row.names})


def told(kind: str, name: str) -> None:
    """Every row that names it has a problem now."""
    rows = [row for row in MAP.practices if row.answered_by == kind and name in row.names]
    assert rows
    assert [row.row for row in rows if problem(row) != f"there is no {kind} `{name}`"] == []


def entry(schema: dict[str, Any], root: dict[str, Any]) -> dict[str, Any]:
    """The schema of a map, or of the entries of a list."""
    schema = resolve(schema, root)
    return entry(schema["items"], root) if "items" in schema else schema


@pytest.mark.parametrize("slug", named("rule"))
def test_a_rule_that_is_taken_away_is_told(slug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(practices._SLUGS, slug)
    told("rule", slug)


@pytest.mark.parametrize("path", named("field"))
def test_a_field_that_is_taken_away_is_told(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    root: dict[str, Any] = deepcopy(deal_schema())
    *steps, last = path.split(".")
    schema = root
    for step in steps:
        schema = entry(child(schema, step, root) or {}, root)
    del schema["properties"][last]
    monkeypatch.setattr(practices, "deal_schema", lambda: root)
    told("field", path)


@pytest.mark.parametrize("clause", named("clause"))
def test_a_clause_that_is_taken_away_is_told(
    clause: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(data.folder("clauses"), tmp_path / "clauses")
    (tmp_path / "clauses" / f"{clause.replace('.', '/')}.md").unlink()
    monkeypatch.setattr(data, "folder", lambda name: tmp_path / name)
    told("clause", clause)


def test_the_page_is_up_to_date() -> None:
    """Run `python -m termsheet.practices` after a change of the map."""
    assert (DOCS / "practices.md").read_text(encoding="utf-8") == page(MAP)
