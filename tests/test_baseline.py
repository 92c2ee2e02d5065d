"""A baseline: what was there does not count, what is new does, and what is mended is told."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from conftest import EXAMPLES, ROOT

from termsheet import source
from termsheet.immutable import replace
from termsheet.lint import lint_source
from termsheet.rules import RULES

SCHEMA = json.loads((ROOT / "schemas" / "baseline.schema.json").read_text(encoding="utf-8"))
DEAL = """\
deal:
  title: A pilot
  type: pilot
exit:
  rights:
    - by: acme
      ground: convenience
      notice: 30 days
"""
SELECT = ("--select", "exit-one-sided,exit-no-wind-down,ip-missing")
PARTIES = "parties:\n  - {id: acme, name: Acme}\n  - {id: other, name: Other}\n"

Lint = Callable[..., tuple[int, str, str]]


@pytest.fixture
def lint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run_cli: Any) -> Lint:
    """Lint `a.yaml` (a deal with three findings) or other deals by three rules, against `base.yaml`."""
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text(DEAL + PARTIES)

    def run(*arguments: str, deal: str = "a.yaml", **options: Any) -> tuple[int, str, str]:
        given: tuple[str, ...] = run_cli(
            "lint",
            "--format",
            "concise",
            "--baseline",
            "base.yaml",
            *SELECT,
            *arguments,
            *deal.split(),
            **options,
        )
        return given  # type: ignore[return-value]

    return run


def entries() -> dict[str, list[dict[str, str]]]:
    data = source.read("base.yaml").data
    jsonschema.Draft202012Validator(SCHEMA).validate(data)
    found: dict[str, list[dict[str, str]]] = data["files"]
    return found


def edit(old: str, new: str, deal: str = "a.yaml") -> None:
    text = Path(deal).read_text(encoding="utf-8")
    assert old in text
    Path(deal).write_text(text.replace(old, new), encoding="utf-8")


def test_what_was_there_does_not_count(lint: Lint) -> None:
    code, _, err = lint("--write-baseline")
    assert (code, err) == (0, "wrote base.yaml (3 findings in 1 deal)\n")
    assert Path("base.yaml").read_text(encoding="utf-8").partition("version:")[2] == (
        ' 1\nfiles:\n  "a.yaml":\n'
        '    - {rule: "exit-no-wind-down", path: "exit.wind_down"}\n'
        '    - {rule: "exit-one-sided", path: "exit.rights[convenience-acme].by", found: "acme"}\n'
        '    - {rule: "ip-missing", path: "ip"}\n'
    )
    code, out, _ = lint()
    assert code == 0
    assert (
        out.splitlines()[0]
        == f"0 errors, 0 warnings, 3 in the baseline  ·  3 of {len(RULES)} rules on 1 deal"
    )
    assert "3 findings stand between it and `term-sheet`" in out  # hidden is not mended


def test_it_is_shown_on_request(lint: Lint) -> None:
    lint("--write-baseline")
    for style in ("full", "concise"):
        assert "[exit-one-sided]" not in lint("--format", style)[1]
        _, out, _ = lint("--format", style, "--show", "baseline", "--show", "notes")
        assert "a.yaml:6:11: baseline[exit-one-sided] only Acme may leave at will" in out
    report = json.loads(lint("--format", "json")[1])
    assert (report["findings"], report["summary"]["baseline"], "baseline" in report) == ([], 3, False)
    report = json.loads(lint("--format", "json", "--show", "baseline")[1])
    assert len(report["baseline"]) == 3


def test_a_new_finding_and_a_new_deal_count_in_full(lint: Lint) -> None:
    lint("--write-baseline")
    code, out, _ = lint("--select", "scope-missing")
    assert code == 1
    assert "1 error, 0 warnings, 3 in the baseline" in out
    Path("b.yaml").write_text(DEAL + PARTIES)
    code, out, _ = lint(deal="a.yaml b.yaml")
    assert code == 1
    assert "1 error, 2 warnings, 3 in the baseline" in out
    assert "b.yaml:6:11: " in out
    assert "a.yaml:6:11: " not in out


def test_it_survives_edits_elsewhere_but_not_of_what_was_found(lint: Lint) -> None:
    lint("--write-baseline")
    edit("deal:\n", "# a comment\n\ndeal:\n  version: 2\n")
    edit("30 days", "60 days")
    edit("by: acme", "by:   'acme'")  # written otherwise, and the same
    assert lint()[0] == 0
    edit("by:   'acme'", "by: other")
    edit("id: acme", "id: third")
    code, out, _ = lint()
    assert code == 1
    assert "[exit-one-sided]" in out


def test_what_is_mended_is_told_and_pruned(lint: Lint) -> None:
    lint("--write-baseline")
    edit("by: acme", "by: each")
    code, out, _ = lint()
    assert code == 1
    told = "a.yaml:6:7: warning[baseline-stale] `exit-one-sided` is in the baseline and is found no more"
    assert out.splitlines()[0] == told.replace("6:7", re.search(r":(\d+:\d+):", out)[1])  # type: ignore[index]
    assert lint("--fail-on", "error")[0] == 0
    edit("exit:\n", "exit:\n  wind_down: {length: 1 month, live_work: It is finished.}\n")
    _, out, _ = lint()
    assert "`exit-no-wind-down` and 1 other in the baseline are found no more" in out
    code, out, err = lint("--prune")
    assert (code, err) == (0, "took 2 entries out of base.yaml\n")
    assert entries() == {"a.yaml": [{"rule": "ip-missing", "path": "ip"}]}
    before = os.stat("base.yaml").st_mtime_ns
    assert lint("--prune")[2] == "took nothing out of base.yaml\n"
    assert os.stat("base.yaml").st_mtime_ns == before


def test_what_a_run_could_not_find_is_neither_stale_nor_lost(lint: Lint, run_cli: Any) -> None:
    lint("--write-baseline")
    whole = entries()
    only = ("lint", "--baseline", "base.yaml", "--select", "ip", "a.yaml")
    assert run_cli(*only)[0] == 0
    assert run_cli(*only, "--prune")[2] == "took nothing out of base.yaml\n"
    assert run_cli(*only, "--write-baseline")[0] == 0
    assert entries() == whole
    edit("ground: convenience", "grund: convenience")  # malformed: rules pass over it
    code, out, _ = lint()
    assert code == 1
    assert "schema-unknown-key" in out
    assert "baseline-stale" not in out
    lint("--prune")
    assert entries() == whole
    lint("--write-baseline")
    assert {(entry["rule"], entry["path"]) for entry in whole["a.yaml"]} <= {
        (entry["rule"], entry["path"]) for entry in entries()["a.yaml"]
    }


def test_an_entry_of_a_later_stage_is_not_stale(lint: Lint) -> None:
    lint("--write-baseline")
    code, out, _ = lint("--stage", "sketch")
    assert (code, "baseline-stale" in out) == (0, False)


def test_an_entry_of_a_rule_that_is_no_more_is_stale(lint: Lint) -> None:
    lint("--write-baseline")
    edit('"ip-missing"', '"ip-retired"', "base.yaml")
    code, out, _ = lint()
    assert code == 1
    assert "`ip-retired` is in the baseline and is found no more" in out


def test_other_files_stay_and_files_that_are_gone_do_not(lint: Lint) -> None:
    Path("deals").mkdir()
    Path("deals/b.yaml").write_text(DEAL + PARTIES)
    lint("--write-baseline", deal="deals/b.yaml")
    _, _, err = lint("--write-baseline")
    assert err == "wrote base.yaml (3 findings in 1 deal)\n"
    assert sorted(entries()) == ["a.yaml", "deals/b.yaml"]
    Path("deals/b.yaml").unlink()
    code, _, err = lint()
    assert code == 0
    assert err == "base.yaml: names a file that is gone (deals/b.yaml); `--prune` takes it out\n"
    assert lint("--prune")[2] == "took 3 entries out of base.yaml\n"
    assert sorted(entries()) == ["a.yaml"]


def test_files_are_named_from_the_baseline_whatever_folder_we_are_in(
    lint: Lint, run_cli: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    Path("deals/ü").mkdir(parents=True)
    Path("deals/ü/b.yaml").write_text(DEAL + PARTIES)
    lint("--write-baseline", deal="deals")
    assert list(entries()) == ["deals/ü/b.yaml"]
    monkeypatch.chdir(tmp_path / "deals" / "ü")
    assert run_cli("lint", "--baseline", "../../base.yaml", *SELECT, "b.yaml")[0] == 0
    assert run_cli("lint", "--baseline", "../../base.yaml", *SELECT, str(tmp_path / "deals"))[0] == 0


def test_a_name_in_either_form_of_unicode(lint: Lint) -> None:
    Path("cafe\u0301.yaml").write_text(DEAL + PARTIES)
    lint("--write-baseline", deal="cafe\u0301.yaml")
    assert list(entries()) == ["caf\u00e9.yaml"]
    assert lint(deal="cafe\u0301.yaml")[0] == 0


def test_a_name_that_is_not_in_utf_8_cannot_be_written(lint: Lint, tmp_path: Path) -> None:
    name = os.fsdecode(b"S\xfcd.yaml")
    try:
        (tmp_path / name).write_text(DEAL, encoding="utf-8")
    except OSError:
        pytest.skip("this system has no such names")
    code, _, err = lint("--write-baseline", name)
    assert (code, err.count("\n")) == (2, 1)
    assert "a baseline cannot name this file: its name is not in UTF-8; rename it" in err
    assert not (tmp_path / "base.yaml").exists()
    lint("--write-baseline")
    assert lint(name)[0] == 1  # which is told all the same


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names are always in Unicode")
def test_a_baseline_holds_whatever_the_system_speaks(lint: Lint, tmp_path: Path) -> None:
    (tmp_path / "Süd.yaml").write_text(DEAL, encoding="utf-8")
    lint("--write-baseline", "Süd.yaml")
    plain = {
        **os.environ,
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-m", "termsheet", "lint", ".", "--baseline", "base.yaml", *SELECT, "--prune"]
    run = subprocess.run(command, cwd=tmp_path, env=plain, capture_output=True, text=True, check=False)
    assert "5 in the baseline" in run.stdout
    assert run.stderr.startswith("took nothing out")


def test_standard_input_has_the_baseline_of_its_name(lint: Lint) -> None:
    lint("--write-baseline")
    text = (DEAL + PARTIES).encode()
    assert lint("--stdin-filename", "a.yaml", deal="-", stdin=text)[0] == 0
    assert lint(deal="-", stdin=text)[0] == 1
    code, _, err = lint("--write-baseline", deal="-", stdin=text)
    assert code == 2
    assert (
        err
        == "termsheet: <stdin>: a baseline names files, and this is none; name it with `--stdin-filename`\n"
    )


def test_what_never_stands_in_it(lint: Lint) -> None:
    edit("deal:\n", "deal:\n  titel: X\n")
    edit("notice: 30 days", "notice: 30 days # termsheet: ignore[ip-missing] nothing arises")
    edit("exit:\n", "exit: # termsheet: ignore[exit-no-wind-down] it stops at once\n")
    code, out, _ = lint("--write-baseline")
    assert code == 1
    assert {entry["rule"] for entry in entries()["a.yaml"]} == {"exit-one-sided", "ip-missing"}
    assert "schema-unknown-key" in out
    assert "waiver-unused" in out
    edit('"ip-missing"', '"schema-unknown-key"', "base.yaml")
    code, _, err = lint()
    assert code == 2
    assert re.match(
        r"termsheet: base.yaml:\d+:\d+: `schema-unknown-key` cannot stand in a baseline; mend what", err
    )


def test_a_finding_that_is_waived_since_is_stale(lint: Lint) -> None:
    lint("--write-baseline")
    edit("exit:\n", "exit: # termsheet: ignore[exit-no-wind-down] it stops at once\n")
    _, out, _ = lint()
    assert "`exit-no-wind-down` is in the baseline and is waived" in out


def test_the_threshold_says_what_is_written(lint: Lint, run_cli: Any) -> None:
    arguments = (
        "lint",
        "--baseline",
        "base.yaml",
        str(EXAMPLES[0]),
        str(ROOT / "examples" / "broken" / "deal.yaml"),
    )
    run_cli(*arguments, "--write-baseline")
    few = sum(map(len, entries().values()))
    run_cli(*arguments, "--write-baseline", "--fail-on", "note")
    many = sum(map(len, entries().values()))
    assert 0 < few < many
    Path("base.yaml").unlink()  # of a malformed deal, what it holds would stay
    run_cli(*arguments, "--write-baseline", "--fail-on", "error")
    assert 0 < sum(map(len, entries().values())) < few


def test_what_is_written_is_sorted_and_the_same_each_time(lint: Lint, run_cli: Any) -> None:
    deals = [str(path) for path in sorted((ROOT / "tests" / "precision").glob("*.yaml"))]
    command = ("lint", "--baseline", "base.yaml", "--write-baseline", "--fail-on", "note")
    run_cli(*command, *deals)
    text = Path("base.yaml").read_bytes()
    assert run_cli(*command, *reversed(deals))[0] == 0
    assert Path("base.yaml").read_bytes() == text
    assert b"\r" not in text
    assert list(entries()) == sorted(entries())
    for found in entries().values():
        keys = [(entry["rule"], entry["path"], entry.get("found", "")) for entry in found]
        assert keys == sorted(keys)


def test_every_finding_of_every_deal_can_stand_in_it(lint: Lint, run_cli: Any) -> None:
    """Of all that rules find in deals of every type, nothing counts and nothing is stale once it is written."""
    deals = [str(path) for path in sorted((ROOT / "tests" / "precision").glob("*.yaml"))]
    for text in (DEAL, "deal: {title: Y, type: licensing}\n"):
        Path(f"{len(deals)}.yaml").write_text(text)
        deals.append(f"{len(deals)}.yaml")
    command = ("lint", "--baseline", "base.yaml", "--fail-on", "note", "--format", "json", *deals)
    assert run_cli(*command, "--write-baseline")[0] == 0
    code, out, _ = run_cli(*command)
    report = json.loads(out)
    assert (code, report["findings"]) == (0, [])
    assert report["summary"]["baseline"] == sum(map(len, entries().values())) > 50


def test_what_was_found_is_quoted_or_hashed(tmp_path: Path) -> None:
    from termsheet.baseline import entry_of
    from termsheet.evidence import evidence

    long = "as the parties see fit " * 9
    text = (
        "deal: {title: X, type: pilot}\nexit: {wind_down: {length: 1 month}}\nterm:\n  initial: |\n    12\n    months\n"
        f"rationale: {{why: {long}}}\nlessons: [one, 'two,  three']\nip:\n"
    )
    report = lint_source(source.parse(text, "x.yaml"), RULES)

    def found(path: str) -> str:
        judged = evidence(path, report.deal, report.source)
        return entry_of(replace(report.findings[0], path=path, evidence=judged)).found

    assert found("term.initial") == "12 months"
    assert found("exit.wind_down") == "length: 1 month"
    assert found("exit") == ""
    assert found("exit.effects") == ""
    assert found("ip") == ""
    assert found("lessons") == "one, two, three"
    assert re.fullmatch(r"as the parties see fit .{37}… [0-9a-f]{12}", found("rationale.why"))


WRONG = [
    ("version: 2\nfiles: {}", "base.yaml:1:10: `2` is not a value of `version`; use one of 1"),
    ('version: "1"\nfiles: {}', "base.yaml:1:10: `version` should be a number; write `1` without quotation marks"),
    ("files: {}", "base.yaml:1:1: a baseline has no `version`"),
    ("version: 1\nfiles:\n  a.yaml:\n    - {rule: exit-missing}", "base.yaml:4:7: an entry of `files.a.yaml` has no `path`"),
    ("version: 1\nfiles:\n  a.yaml:\n<<<<<<< HEAD\n", "base.yaml:4:1: a merge left its mark here (`<<<<<<<`); keep "),
    ("- a", "base.yaml:1:1: the file holds a list where keys and values are wanted; write it with `termsheet lint "),
]  # fmt: skip


@pytest.mark.parametrize(("text", "sentence"), WRONG, ids=[text for text, _ in WRONG])
@pytest.mark.parametrize("option", [(), ("--write-baseline",), ("--prune",)])
def test_a_baseline_that_cannot_be_read_is_left_alone(
    lint: Lint, text: str, sentence: str, option: tuple[str, ...]
) -> None:
    Path("base.yaml").write_text(text)
    code, out, err = lint(*option)
    assert code == 2
    assert err.startswith(f"termsheet: {sentence}")
    assert out == ""
    assert Path("base.yaml").read_text() == text


@pytest.mark.skipif(sys.platform == "win32", reason="a lock of POSIX")
def test_two_that_write_it_at_once_write_all_of_it(
    lint: Lint, run_cli: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from termsheet import baseline

    put, others = baseline._put, []

    def slow(*arguments: Any) -> None:
        if not others:  # while the first one is at it, a second one starts
            command = [
                sys.executable,
                "-m",
                "termsheet",
                "lint",
                "b.yaml",
                "--baseline",
                "base.yaml",
                "--write-baseline",
            ]
            others.append(subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
            with pytest.raises(subprocess.TimeoutExpired):
                others[0].wait(timeout=3)
        put(*arguments)

    monkeypatch.setattr(baseline, "_put", slow)
    Path("a.yaml").write_text(DEAL)
    Path("b.yaml").write_text(DEAL)
    run_cli("lint", "a.yaml", "--baseline", "base.yaml", "--write-baseline")
    assert others[0].wait(timeout=60) == 0
    assert {'  "a.yaml":', '  "b.yaml":'} <= {*Path("base.yaml").read_text().splitlines()}


def test_a_baseline_that_is_not_there(lint: Lint, run_cli: Any) -> None:
    code, _, err = lint()
    assert code == 2
    assert (
        err
        == "termsheet: base.yaml: there is no such baseline; write it with `termsheet lint --write-baseline`\n"
    )
    code, _, err = run_cli("lint", "a.yaml", "--write-baseline")
    assert code == 2
    assert "no baseline is named" in err
    code, _, err = lint("--write-baseline", "--prune")
    assert code == 2
    assert "choose one" in err
    code, _, err = run_cli("lint", "a.yaml", "--baseline", "base.json", "--write-baseline")
    assert code == 2
    assert "base.json: a baseline is a YAML file; end its name in `.yaml`" in err


def test_the_baseline_of_the_configuration(lint: Lint, run_cli: Any) -> None:
    Path("x/deals").mkdir(parents=True)
    Path("x/.termsheet.yaml").write_text("select: exit\nbaseline: known.yaml\n")
    Path("x/deals/b.yaml").write_text(DEAL + PARTIES)
    assert run_cli("lint", "x/deals")[0] == 2
    assert run_cli("lint", "x/deals", "--write-baseline")[0] == 0
    assert list(source.read("x/known.yaml").data["files"]) == ["deals/b.yaml"]
    assert run_cli("lint", "x/deals")[0] == 0
    assert run_cli("lint", "x/deals", "--isolated")[0] == 1
    lint("--write-baseline")
    assert lint(deal="a.yaml x")[0] == 1  # the command line's baseline is that of every file
    assert run_cli("lint", *SELECT, "x", "a.yaml", "--format", "concise")[1].count(" x/deals") == 0


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_write_that_fails_leaves_what_was_there(
    lint: Lint, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    lint("--write-baseline")
    before = Path("base.yaml").read_bytes()
    edit("by: acme", "by: each")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, call, fail)
    code, _, err = lint("--prune")
    assert code == 2
    assert "base.yaml: cannot be written (no space left on device)" in err
    assert Path("base.yaml").read_bytes() == before
    assert sorted(path.name for path in Path().iterdir()) == ["a.yaml", "base.yaml"]


def test_a_rule_that_crashes_leaves_the_baseline_as_it_is(
    lint: Lint, monkeypatch: pytest.MonkeyPatch
) -> None:
    from termsheet.rules.rule import Rule

    lint("--write-baseline")
    before = Path("base.yaml").read_bytes()
    monkeypatch.setattr(Rule, "applies", lambda self, deal: 1 / 0)
    code, out, _ = lint()
    assert (code, "baseline-stale" in out) == (2, False)
    code, _, err = lint("--write-baseline")
    assert code == 2
    assert "the baseline is left as it is: rule" in err
    assert Path("base.yaml").read_bytes() == before


def test_a_deal_that_cannot_be_read_keeps_its_entries(lint: Lint) -> None:
    Path("b.yaml").write_text(DEAL + PARTIES)
    lint("--write-baseline", deal="a.yaml b.yaml")
    Path("b.yaml").write_text("deal: [")
    assert lint("--write-baseline", deal="a.yaml b.yaml")[0] == 2
    assert sorted(entries()) == ["a.yaml", "b.yaml"]


def test_what_a_baseline_cannot_hold_is_counted(lint: Lint) -> None:
    edit("notice: 30 days", "notice: soon")
    edit("title: A pilot", "titel: A pilot")
    _, _, err = lint("--write-baseline")
    assert err.endswith("\n2 findings (`schema-…`, `waiver-…`) cannot stand in it and must be mended\n")


def test_an_entry_that_the_deal_waives_is_not_told_as_mended(lint: Lint) -> None:
    lint("--write-baseline")
    edit("- by: acme", "- by: acme # termsheet: ignore[exit-one-sided] agreed")
    assert "`exit-one-sided` is in the baseline and is waived\n" in lint()[1]
