"""The benchmarks time nothing here: what they print from a result is looked at, and that the work is there to be done."""

from __future__ import annotations

import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from conftest import ROOT

from termsheet import source
from termsheet.lint import lint_source
from termsheet.rules import RULES

if not (ROOT / "benchmarks").is_dir():
    pytest.skip("the benchmarks are not part of what is packed", allow_module_level=True)
sys.path.insert(0, str(ROOT))

from benchmarks import harness, lint, steps

TOOL = {"memory": 20 * 2**20, "turns": []}
RESULT = {
    "date": "2027-01-31",
    "version": "0.1.0",
    "versions": {"yamllint": "1.38.0"},
    "machine": {"cores": 2, "memory": 16, "system": "Linux", "processor": "x86_64", "python": "CPython 3.11", "load": 0.1},
    "short": {"lines": 277, "tools": {
        "yamllint": {"wall": 0.2, "cpu": 0.19, "share_wall": 0.5, "share_cpu": 0.474, **TOOL},
        "termsheet": {"wall": 0.1, "cpu": 0.09, "share_wall": 1.0, "share_cpu": 1.0, **TOOL}}},
}  # fmt: skip
RESULT |= {"long": RESULT["short"], "sixty": RESULT["short"], "hook": RESULT["short"], "portfolio": {"1000": RESULT["short"]}}


def test_tables_come_from_a_result() -> None:
    found = lint.tables(RESULT)
    assert found["short"].splitlines()[-2:] == [
        "| **termsheet** | 100 ms | 90 ms | 20 MB |  |  |",
        "| yamllint | 200 ms | 190 ms | 20 MB | 0.50 | 0.47 |",
    ]
    assert "| 1,000 | termsheet | 0.10 s | 0.10 ms | 0.09 ms | 20 MB |" in found["portfolio"]
    assert found["machine"].endswith("The others: yamllint 1.38.0.")


def test_pages_have_a_place_for_every_table() -> None:
    of_papers = {f"render-{name}" for name in ("machine", "cold", "twenty", "growth")}
    for page, markers in ((harness.SPEED, {"targets", *lint.tables(RESULT), *of_papers}),
                          (steps.PAGE, {"machine", "steps", "imports", "rules"})):  # fmt: skip
        text = page.read_text(encoding="utf-8")
        assert all(text.count(f"<!-- {marker} -->\n") == 1 for marker in markers), page.name


def test_text_goes_between_its_markers(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("a\n<!-- one -->\nold\n<!-- end -->\nb\n<!-- two -->\n<!-- end -->\n", encoding="utf-8")
    for _ in range(2):
        harness.put(page, "one", r"new \1")
    assert page.read_text(encoding="utf-8") == (
        "a\n<!-- one -->\n\nnew \\1\n\n<!-- end -->\nb\n<!-- two -->\n<!-- end -->\n"
    )
    with pytest.raises(SystemExit, match="no place for `three`"):
        harness.put(page, "three", "")


def test_a_chart_is_sound() -> None:
    chart = ElementTree.fromstring(harness.bars("A & B", [("ours", 1.0, "1 s"), ("theirs", 0.0, "0 s")], ["ours"]))
    bars = [bar.attrib for bar in chart if bar.tag.endswith("rect")]
    assert [bar["class"] for bar in bars] == ["o", "p"]
    assert all(float(bar["width"]) > 0 for bar in bars)


def test_a_ratio_is_the_median_of_those_within_turns() -> None:
    ours = [harness.Turn(wall, wall, 1) for wall in (1.0, 2.0, 30.0)]
    theirs = [harness.Turn(wall, wall, 1) for wall in (2.0, 8.0, 60.0)]
    assert harness.ratio(ours, theirs, "wall") == 0.5


def test_the_deal_that_is_timed_is_clean_and_of_its_length() -> None:
    read = source.read(str(lint.SHORT))
    report = lint_source(read, RULES)
    assert not [finding for finding in report.findings if not finding.waived]
    assert report.reached == "term-sheet"
    assert 260 <= len(read.text.splitlines()) <= 280


def test_copies_differ_and_one_in_ten_has_a_flaw(tmp_path: Path) -> None:
    made = lint.varied(tmp_path / "deals", 20, (lint.SHORT,), flaws=True)
    texts = [path.read_text(encoding="utf-8") for path in made]
    assert len(set(texts)) == 20
    assert sum("governence:" in text for text in texts) == 2
