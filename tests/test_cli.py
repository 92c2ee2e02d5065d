"""The command line as a user meets it: exit codes, one sentence for bad input, nothing half-written."""

from __future__ import annotations

import json
import os
import re
import stat
from pathlib import Path
from typing import Any

import pytest
from conftest import EXAMPLES, ROOT

CLEAN = "deal: {title: X, type: pilot}\n"


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_is_clean_without_a_waiver(run_cli: Any, path: Path) -> None:
    code, out, _ = run_cli("lint", "--format", "json", str(path))
    report = json.loads(out)
    assert [finding for finding in report["findings"] if finding["severity"] != "note"] == []
    assert code == 0
    assert report["files"][0]["reached"] in ("term-sheet", "signature")
    assert report["summary"]["rules_run"] >= 40
    assert "waivers:" not in path.read_text(encoding="utf-8")


BAD = [
    ("missing.yaml", None, "missing.yaml: there is no such file; check its name and folder"),
    ("empty.yaml", b"", "empty.yaml: the file is empty; start with `deal:` and a title below it"),
    (
        "picture.yaml",
        b"\x89PNG\0\0",
        "picture.yaml: this is not a text file; give the deal's .yaml file, saved as UTF-8",
    ),
    (
        "word.yaml",
        b"PK\x03\x04rest",
        "word.yaml: this is a Word or zip file, not YAML; give the deal's .yaml file, saved as UTF-8",
    ),
    (
        "syntax.yaml",
        b"deal: {title: [X}\n",
        "syntax.yaml:1:17: this bracket does not close the one that is open; close `[` with `]`, and `{` with `}`",
    ),
    (
        "twice.yaml",
        b"deal: {}\nexit: 1\nexit: 2\n",
        "twice.yaml:3:1: the key `exit` is given twice, first in line 2; keep one of the two, or join them",
    ),
]


@pytest.mark.parametrize(("name", "content", "sentence"), BAD, ids=[case[0] for case in BAD])
@pytest.mark.parametrize("command", ["lint", "render"])
def test_a_file_that_cannot_be_loaded(
    run_cli: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: str,
    name: str,
    content: bytes | None,
    sentence: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    if content is not None:
        Path(name).write_bytes(content)
    code, out, err = run_cli(command, name)
    assert code == 2
    assert sentence in out + err
    assert "Traceback" not in out + err


def test_one_unreadable_file_does_not_stop_the_others(run_cli: Any, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    good.write_text(CLEAN)
    bad.write_text("deal: [")
    code, out, _ = run_cli("lint", "--format", "json", str(bad), str(good))
    report = json.loads(out)
    assert code == 2
    assert [Path(error["file"]).name for error in report["errors"]] == ["bad.yaml"]
    assert report["errors"][0]["line"] == 1
    assert [Path(file["file"]).name for file in report["files"]] == ["good.yaml"]
    assert report["findings"]


def test_json_is_one_object_with_its_envelope(run_cli: Any, tmp_path: Path) -> None:
    deal = tmp_path / "deal.yaml"
    deal.write_text(CLEAN)
    code, out, _ = run_cli("lint", "--format", "json", str(deal))
    report = json.loads(out)
    assert code == 1
    assert set(report) == {"version", "tool", "findings", "files", "errors", "summary"}
    keys = {"file", "line", "column", "path", "rule", "severity", "message", "help", "waived"}
    assert all(keys <= set(finding) for finding in report["findings"])
    assert set(report["files"][0]) == {"file", "stage", "reached", "blocking"}
    assert report["files"][0]["stage"] == "term-sheet"
    assert report["files"][0]["reached"] == "sketch"
    assert report["files"][0]["blocking"]["term-sheet"] == sum(
        finding["severity"] != "note" for finding in report["findings"]
    )


def test_two_lines_get_findings_in_all_six_areas(run_cli: Any, tmp_path: Path) -> None:
    deal = tmp_path / "deal.yaml"
    deal.write_text("deal:\n  title: X\n  type: strategic-alliance\n")
    _, out, _ = run_cli("lint", "--format", "json", str(deal))
    pastes = {
        paste["yaml"].partition(":")[0]: finding
        for finding in json.loads(out)["findings"]
        for paste in finding["paste"]
    }
    for area in ("scope", "responsibilities", "metrics", "review", "ip", "exit"):
        assert pastes[area]["rule"] == f"{area}-missing"
        assert pastes[area]["line"] == 1
        assert pastes[area]["help"]


@pytest.mark.parametrize(("threshold", "code"), [("error", 0), ("warning", 0), ("note", 1)])
def test_fail_on(run_cli: Any, tmp_path: Path, threshold: str, code: int) -> None:
    text = EXAMPLES[0].read_text(encoding="utf-8").replace("  title:", "  version: open\n  title:", 1)
    deal = tmp_path / "deal.yaml"
    deal.write_text(
        "\n".join(line for line in text.splitlines() if line.count("version:") == 0 or "open" in line),
        encoding="utf-8",
    )
    found, out, _ = run_cli("lint", "--fail-on", threshold, str(deal))
    assert found == code, out


def test_stage_overrides_the_file(run_cli: Any, tmp_path: Path) -> None:
    deal = tmp_path / "deal.yaml"
    deal.write_text(CLEAN)
    code, out, _ = run_cli("lint", "--stage", "sketch", str(deal))
    assert code == 0
    assert "meets `sketch`" in out
    assert "between it and `term-sheet`" in out


def test_standard_input(run_cli: Any) -> None:
    code, out, _ = run_cli(
        "lint",
        "--format",
        "concise",
        "--stdin-filename",
        "deals/x.yaml",
        "-",
        stdin=b"\xef\xbb\xbfdeal: {title: X, type: pilot}\r\n",
    )
    assert code == 1
    assert "deals/x.yaml:1:1: " in out


def test_a_folder_is_every_deal_below_it(run_cli: Any, tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "deal.yml").write_text(CLEAN)
    (tmp_path / "other.yaml").write_text("kind: other\n")
    _, out, _ = run_cli("lint", "--format", "json", str(tmp_path))
    assert [Path(file["file"]).name for file in json.loads(out)["files"]] == ["deal.yml"]


def test_a_folder_without_a_deal_is_not_clean(run_cli: Any, tmp_path: Path) -> None:
    code, _, err = run_cli("lint", str(tmp_path))
    assert code == 2
    assert "holds no deal" in err


def test_no_colour_but_where_it_is_wanted(
    run_cli: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deal = tmp_path / "deal.yaml"
    deal.write_text(CLEAN)
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    assert "\x1b" not in run_cli("lint", str(deal))[1]
    assert "\x1b[1;31m" in run_cli("lint", "--colour", str(deal))[1]


def test_the_report_of_the_broken_example_is_as_approved(
    run_cli: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    code, out, _ = run_cli("lint", "examples/broken/deal.yaml")
    approved = ROOT / "examples" / "broken" / "report.txt"
    if os.environ.get("UPDATE_APPROVED"):
        approved.write_text(out, encoding="utf-8", newline="\n")
    assert code == 1
    assert out == approved.read_text(encoding="utf-8")


# Rendering


def test_render_refuses_errors_and_open_points_but_not_for_a_draft(run_cli: Any, tmp_path: Path) -> None:
    deal, draft = tmp_path / "deal.yaml", tmp_path / "draft.txt"
    text = EXAMPLES[0].read_text(encoding="utf-8")
    deal.write_text(text.replace("\nterm:\n", "\nprocess_: 1\nterm:\n", 1), encoding="utf-8")
    code, _, err = run_cli("render", str(deal), "-o", str(draft), "--draft")
    assert code == 1
    assert "is not well formed" in err
    deal.write_text(text + "\nlessons: open\nrisks_: []\n".replace("risks_: []\n", ""), encoding="utf-8")
    if "\nlessons:" not in text:
        code, _, err = run_cli("render", str(deal), "-o", str(draft))
        assert code == 1
        assert "open points, and is not rendered: lessons" in err
    deal.write_text(CLEAN)
    code, _, err = run_cli("render", str(deal), "-o", str(draft))
    assert code == 1
    assert "has errors at stage `term-sheet`, and is not rendered" in err
    assert not draft.exists()
    code, _, _ = run_cli("render", str(deal), "-o", str(draft), "--draft")
    assert code == 0
    assert "TERM SHEET" in draft.read_text(encoding="utf-8")


def test_an_output_of_an_unknown_kind(run_cli: Any, tmp_path: Path) -> None:
    code, _, err = run_cli("render", str(EXAMPLES[0]), "-o", str(tmp_path / "draft.pages"))
    assert code == 2
    assert "there is no writer for `.pages`; end the output in .docx, .pdf, .html, .md, .txt" in err


def test_an_output_in_a_folder_that_is_not_there(run_cli: Any, tmp_path: Path) -> None:
    code, _, err = run_cli("render", str(EXAMPLES[0]), "-o", str(tmp_path / "no" / "draft.docx"))
    assert code == 2
    assert "draft.docx: cannot be written (its folder does not exist); choose another place for it" in err


def test_what_cannot_be_written_is_called_as_it_was_typed(
    run_cli: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder.docx").mkdir()
    for name, why in (("no/draft.docx", "cannot be written"), ("folder.docx", "is a folder")):
        code, _, err = run_cli("render", str(EXAMPLES[0]), "-o", name)
        assert (code, err.startswith(f"termsheet: {os.path.normpath(name)}: {why}")) == (2, True)


@pytest.mark.parametrize(
    "error", [OSError(28, "No space left on device"), PermissionError(13, "Permission denied")]
)
def test_an_output_that_cannot_be_written_leaves_the_old_one(
    run_cli: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError
) -> None:
    target = tmp_path / "draft.docx"
    target.write_bytes(b"the old draft")

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(os, "fsync" if error.errno == 28 else "replace", fail)
    code, _, err = run_cli("render", str(EXAMPLES[0]), "-o", str(target))
    assert code == 2
    assert f"cannot be written ({error.strerror.lower()})" in err
    assert target.read_bytes() == b"the old draft"
    assert [path.name for path in tmp_path.iterdir()] == ["draft.docx"]


@pytest.mark.skipif(os.name != "posix", reason="modes are of POSIX")
def test_a_written_file_is_as_readable_as_any_other(run_cli: Any, tmp_path: Path) -> None:
    run_cli("render", str(EXAMPLES[0]), "-o", str(tmp_path / "draft.txt"))
    (tmp_path / "other.txt").write_text("")
    assert stat.S_IMODE((tmp_path / "draft.txt").stat().st_mode) == stat.S_IMODE(
        (tmp_path / "other.txt").stat().st_mode
    )


def test_help_says_that_it_is_no_advice(run_cli: Any) -> None:
    code, out, _ = run_cli("--help")
    assert code == 0
    assert "no legal advice" in " ".join(out.split())


def test_a_wrong_option_is_two(run_cli: Any) -> None:
    code, _, err = run_cli("lint", "--formatt", "json", "x")
    assert code == 2
    assert "--format" in err


def test_the_types_of_the_command_line_are_those_of_the_schema() -> None:
    from termsheet.cli.common import TYPES
    from termsheet.schema import deal_schema

    assert deal_schema()["$defs"]["deal"]["properties"]["type"]["enum"] == TYPES


WAIVERS = """\
deal: {title: X, type: pilot}
exit: # termsheet: ignore[exit-no-wind-down] agreed to stop at once
  rights:
    - by: each
      ground: convenience
      notice: 30 days # termsheet: ignore[exit-no-notise] never
waivers:
  - {rule: scope-missing, path: scope, reason: TODO}
  - {rule: metrics-missing, path: metrics, reason: a pilot of one day}
  - {rule: exit-missing, path: exit, reason: nothing is missing}
  - {rule: ip-missing, reason: none arises}
  - {rule: term-missing, path: term, reason: old, until: 2020-01-31}
  - {rule: schema-unknown-key, path: exit, reason: no}
"""


def test_waivers(run_cli: Any, tmp_path: Path) -> None:
    deal = tmp_path / "deal.yaml"
    deal.write_text(WAIVERS)
    _, out, _ = run_cli("lint", "--format", "json", str(deal))
    found = json.loads(out)["findings"]
    waived = {finding["rule"]: finding["waived"] for finding in found if finding["waived"]}
    assert waived == {"exit-no-wind-down": "agreed to stop at once", "metrics-missing": "a pilot of one day"}
    told = {(finding["rule"], finding["line"]) for finding in found if finding["rule"].startswith("waiver-")}
    assert told == {
        ("waiver-unknown-rule", 6),
        ("waiver-no-reason", 8),
        ("waiver-unused", 10),
        ("waiver-no-path", 11),
        ("waiver-expired", 12),
        ("waiver-of-schema", 13),
    }


def test_waived_findings_stay_in_the_report_and_do_not_count(run_cli: Any, tmp_path: Path) -> None:
    deal = tmp_path / "deal.yaml"
    deal.write_text(WAIVERS)
    for style in ("full", "concise"):
        _, out, _ = run_cli("lint", "--format", style, str(deal))
        assert "waived[exit-no-wind-down]" in out
        assert "agreed to stop at once" in out
        assert "2 waived" in out


def test_explain_and_rules(run_cli: Any) -> None:
    code, out, _ = run_cli("explain", "exit-no-wind-down")
    assert code == 0
    for part in ("## Why", "## Bad", "## Good", "## When to waive"):
        assert part in out
    code, _, err = run_cli("explain", "exit-no-winddown")
    assert code == 2
    assert "did you mean `exit-no-wind-down`?" in err
    assert "`exit` is an area; `termsheet rules --area exit` lists its rules" in run_cli("explain", "exit")[2]
    code, out, _ = run_cli("rules", "--area", "exit", "--format", "json")
    assert code == 0
    assert {rule["area"] for rule in json.loads(out)} == {"exit"}
    assert run_cli("rules", "--area", "nope")[0] == 2


def test_a_final_paper_has_no_bracket(run_cli: Any, tmp_path: Path) -> None:
    """Where a name is `none`, nothing is open by the file's word, but the paper would print a bracket."""
    deal = tmp_path / "deal.yaml"
    text = EXAMPLES[0].read_text(encoding="utf-8")
    text = re.sub(r"(?m)^(    name: )Net.*$", r"\1none", text, count=1)
    deal.write_text(text, encoding="utf-8")
    code, _, err = run_cli("render", str(deal), "-o", str(tmp_path / "x.docx"))
    assert code == 1
    assert "has open points" in err
    assert not (tmp_path / "x.docx").exists()


@pytest.mark.parametrize("suffix", [".txt", ".md", ".docx"])
def test_a_draft_of_a_deal_with_everything_open(run_cli: Any, tmp_path: Path, suffix: str) -> None:
    deal = tmp_path / "deal.yaml"
    deal.write_text(
        "deal: {title: open, type: pilot, binding: open}\nparties:\n  - {id: a, name: open}\n  - {id: b, name: B}\n"
        "responsibilities:\n  - {activity: open, lead: open, due: open}\n  - {activity: sell, lead: a}\n"
        "metrics:\n  - {name: Sales, owner: a, baseline: {value: open}, target: {value: open, by: open}}\nscope: open\n"
    )
    code, _, err = run_cli("render", "--draft", str(deal), "-o", str(tmp_path / f"draft{suffix}"))
    assert code == 0, err
    assert "open points" in err


def test_a_file_named_deal_is_never_skipped(run_cli: Any, tmp_path: Path) -> None:
    (tmp_path / "good.yaml").write_text(CLEAN)
    (tmp_path / "bad.deal.yaml").write_text("a: [")
    code, out, _ = run_cli("lint", "--format", "concise", str(tmp_path))
    assert code == 2
    assert "bad.deal.yaml:1:5" in out


def test_a_misspelt_command_is_told_with_the_nearest(run_cli: Any) -> None:
    code, _, err = run_cli("lnit", "x.yaml")
    assert code == 2
    assert "did you mean `lint`?" in err


WAIVED = """\
deal:
  title: Clinic monitoring
papers:
  - title: Data processing agreement
    status: to-be-signed
    due: 2027-03-19
waivers:
  - rule: scope-missing
    path: scope
    reason: it is in the master agreement
    until: 2027-06-30
"""


@pytest.mark.parametrize(
    ("as_of", "found"),
    [
        ("2027-03-19", []),
        ("2027-03-20", ["dates-paper-overdue"]),
        ("2027-06-30", ["dates-paper-overdue"]),
        ("2027-07-01", ["dates-paper-overdue", "waiver-expired"]),
    ],
)
def test_dates_and_waivers_are_judged_as_of_a_day(as_of: str, found: list[str], run_cli: Any) -> None:
    arguments = ("lint", "-", "--format", "json", "--stage", "signature", "--as-of", as_of)
    shown = json.loads(run_cli(*arguments, stdin=WAIVED.encode())[1])["findings"]
    assert [row["rule"] for row in shown if row["rule"] in ("dates-paper-overdue", "waiver-expired")] == found


def test_as_of_takes_a_day(run_cli: Any) -> None:
    code, _, err = run_cli("lint", "-", "--as-of", "next week")
    assert code == 2
    assert "`next week` is not written as year-month-day; write it as 2027-03-31" in err


def test_of_many_deals_those_that_fall_short_are_named_and_the_others_counted(
    run_cli: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = EXAMPLES[0].read_text(encoding="utf-8")
    for name in "abcdef":
        Path(f"{name}.deal.yaml").write_text(text, encoding="utf-8")
    Path("g.deal.yaml").write_text("deal:\n  title: Pilot\n  type: pilot\n")
    lines = run_cli("lint", ".")[1].splitlines()
    last = lines[next(number for number, line in enumerate(lines) if "  ·  " in line) + 1 :]
    assert len(last) == 2
    assert "g.deal.yaml: meets `sketch`; " in last[0]
    assert last[1].startswith("6 deals meet `")
