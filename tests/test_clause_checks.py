"""The checks of the library: each defect that is planted is found, and nothing is found in a good clause."""

from __future__ import annotations

import inspect
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from conftest import ROOT
from yaml_cases import load

from termsheet import pages
from termsheet.house import House
from termsheet.library.checks import CHECKS, docs
from termsheet.library.checks.run import run
from termsheet.rules import RULES

HEAD = "---\ntitle: One\nsubject: one\nsource: own\nsince: '1'\n---\n\n"
CASES = load("clauses")


def found(top: Path, files: dict[str, str], *, placed: bool = True) -> list[str]:
    """What is found in the files of a house, as slugs with lines."""
    if placed and "templates/term-sheet.yaml" not in files and "clauses/house/one.md" in files:
        standing = "extends: term-sheet\nadd:\n  - {clause: house.one, after: scope.territory}\n"
        files = {**files, "templates/term-sheet.yaml": standing}
    for folder in ("clauses", "templates"):
        (top / folder).mkdir()
    for name, text in files.items():
        path = top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    report = run(House((top / "clauses",), (top / "templates",)), (top,))
    assert report.errors == ()
    assert [file.crashed for file in report.files if file.crashed] == []
    return sorted(f"{finding.rule} {finding.line}" for finding in report.findings())


def whole(text: str) -> str:
    """The text of a file, with a plain front matter where it has none."""
    return text if text.startswith("---") else HEAD + text


@pytest.mark.parametrize("case", [case for case in CASES if "found" in case], ids=lambda case: case["name"])
def test_a_planted_defect_is_found(case: dict[str, Any], tmp_path: Path) -> None:
    files = case.get("files") or {"clauses/house/one.md": whole(case["bad"])}
    assert found(tmp_path, files, placed=case.get("placed", True)) == sorted(case["found"])


@pytest.mark.parametrize("case", [case for case in CASES if "good" in case], ids=lambda case: case["name"])
def test_nothing_is_found_in_a_good_clause(case: dict[str, Any], tmp_path: Path) -> None:
    assert found(tmp_path, {"clauses/house/one.md": whole(case["good"])}) == []


def test_every_check_has_a_case() -> None:
    slugs = {entry.split()[0] for case in CASES for entry in case.get("found", ())}
    assert slugs == {item.slug for item in CHECKS}


@pytest.mark.parametrize("item", CHECKS, ids=lambda item: item.slug)
def test_the_examples_of_a_page(item: Any, tmp_path: Path) -> None:
    """Where the bad example of a page is a text, it is found by that check, and the good one by none."""
    page = inspect.cleandoc(item.page)
    assert re.findall(r"^## (\w+)", page, re.MULTILINE) == ["Why", "Bad", "Good"]
    bad, good = page.partition("## Good")[::2]
    texts = [re.findall(r"```markdown\n(.*?)```", part, re.DOTALL) for part in (bad, good)]
    if not all(texts) or "## default" in bad or "term:" in bad:
        return
    (tmp_path / "bad").mkdir()
    (tmp_path / "good").mkdir()
    assert item.slug in {
        hit.split()[0] for hit in found(tmp_path / "bad", {"clauses/house/one.md": whole(texts[0][0])})
    }
    text = whole(texts[1][0])
    if "entry." in text:
        text = text.replace("subject: one", "subject: one\neach: reports\nreads: [reports]")
        text = text.replace("duty(entry.by)", 'duty(entry.by or "each")')
    assert found(tmp_path / "good", {"clauses/house/one.md": text}) == []


def test_every_check_is_explained(run_cli: Any) -> None:
    for item in CHECKS:
        assert pages.page(item.slug, RULES).startswith(f"{item.slug}\n=")
    assert run_cli("explain", "clause-archaism")[0] == 0


def test_the_docs_are_what_the_checks_say() -> None:
    """`python -m termsheet.pages` writes them."""
    assert (ROOT / "docs" / "clause-checks.md").read_text(encoding="utf-8") == docs()


def test_the_example_of_the_docs_is_clean(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "clauses.md").read_text(encoding="utf-8")
    example = re.search(r"```markdown\n(---\ntitle: Term.*?)```", text, re.DOTALL)
    assert example
    assert found(tmp_path, {"clauses/house/one.md": example[1]}) == []


# --- the command


def house(tmp_path: Path, text: str) -> Path:
    """A repository whose configuration names a folder of clauses."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "own" / "house").mkdir(parents=True)
    (tmp_path / ".termsheet.yaml").write_text("clauses: own\n")
    path = tmp_path / "own" / "house" / "one.md"
    path.write_text(whole(text), encoding="utf-8")
    return path


def test_the_clauses_of_the_configuration_are_checked(
    tmp_path: Path, run_cli: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = house(tmp_path, "The licence is null and void. {#void}\n")
    monkeypatch.chdir(tmp_path)
    code, out, _ = run_cli("clauses", "check")
    assert code == 1
    assert "warning[clause-doublet]: `null and void` is said twice" in out
    assert "--> own/house/one.md:8:16" in out
    assert "^^^^^^^^^^^^^" in out
    assert out.rstrip().endswith(
        f"1 warning, 1 note (`--show notes` lists them)  ·  {len(CHECKS)} checks on 1 file"
    )
    assert run_cli("clauses", "check", "--fail-on", "error")[0] == 0
    assert "clause-in-no-form" in run_cli("clauses", "check", "--show", "notes")[1]
    path.write_text(whole("The licence is void. {#void}\n"))
    code, out, _ = run_cli("clauses", "check", "-q")
    assert (code, out) == (0, "")


@pytest.mark.parametrize(
    ("settings", "code", "said"),
    [
        ("ignore: [clause-doublet]", 0, ""),
        ("severity: {clause-doublet: off}", 0, ""),
        ("severity: {clause-doublet: note}", 0, ""),
        ("severity: {clause-doublet: error}", 1, "error[clause-doublet]"),
        ("paths: [{match: own/house/**, ignore: clause-doublet}]", 0, ""),
        ("paths: [{match: deals/**, ignore: clause-doublet}]", 1, "warning[clause-doublet]"),
        ("ignore: all", 1, "warning[clause-doublet]"),
        ("extends: base.yaml\nselect: exit", 0, ""),
    ],
)
def test_the_configuration_sets_checks(
    settings: str, code: int, said: str, tmp_path: Path, run_cli: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    house(tmp_path, "The licence is null and void. {#void}\n")
    (tmp_path / ".termsheet.yaml").write_text(f"clauses: own\n{settings}\n")
    (tmp_path / "base.yaml").write_text("ignore: [clause-doublet]\n")
    monkeypatch.chdir(tmp_path)
    found, out, err = run_cli("clauses", "check", "-q")
    assert (found, err) == (code, "")
    assert said in out
    assert run_cli("clauses", "check", "--isolated", "own", "-q")[0] == 1
    if "ignore: [clause" in settings:
        assert f"{len(CHECKS) - 1} checks on 1 file" in run_cli("clauses", "check")[1]


def test_a_waiver_of_a_check_that_is_off_is_neither_unknown_nor_unused(
    tmp_path: Path, run_cli: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = house(tmp_path, "The licence is void. {#void}\n")
    path.write_text(path.read_text().replace("---\n", "---\n# termsheet: ignore[clause-doublet] both\n", 1))
    (tmp_path / ".termsheet.yaml").write_text("clauses: own\nignore: clause-doublet\n")
    monkeypatch.chdir(tmp_path)
    assert run_cli("clauses", "check", "-q")[:2] == (0, "")


def test_a_folder_or_a_file_that_is_named_is_checked(tmp_path: Path, run_cli: Any) -> None:
    path = house(tmp_path, "The licence is null and void. {#void}\n")
    other = path.with_name("two.md")
    other.write_text(whole("The licence is null and void. {#void}\n").replace("one", "two"))
    code, out, _ = run_cli("clauses", "check", "--format", "concise", str(path))
    assert (code, out.count("clause-doublet")) == (1, 1)
    code, out, _ = run_cli("clauses", "check", "--isolated", "--format", "concise", str(tmp_path / "own"))
    assert (code, out.count("clause-doublet")) == (1, 2)


@pytest.mark.parametrize(
    "style", ["json", "sarif", "github", "gitlab", "junit", "markdown", "concise", "full"]
)
def test_every_format_shows_a_finding(tmp_path: Path, run_cli: Any, style: str) -> None:
    path = house(tmp_path, "The licence is null and void. {#void}\n")
    code, out, err = run_cli("clauses", "check", "--format", style, str(path))
    assert code == 1, err
    assert "clause-doublet" in out
    if style == "json":
        schema = json.loads((ROOT / "schemas" / "report.schema.json").read_text(encoding="utf-8"))
        assert list(jsonschema.Draft202012Validator(schema).iter_errors(json.loads(out))) == []
        first = next(
            finding for finding in json.loads(out)["findings"] if finding["rule"] == "clause-doublet"
        )
        assert (first["line"], first["column"], first["severity"]) == (8, 16, "warning")
        assert first["help"] == "write: void"


def test_what_cannot_be_read_ends_with_two(tmp_path: Path, run_cli: Any) -> None:
    assert run_cli("clauses", "check", str(tmp_path / "nowhere"))[0] == 2
    (tmp_path / ".termsheet.yaml").write_text("clauses: nowhere\n")
    (tmp_path / "x.md").write_text("x")
    assert run_cli("clauses", "check", str(tmp_path / "x.md"))[0] == 2


def test_the_built_in_library_is_checked_where_nothing_else_is(
    tmp_path: Path, run_cli: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, _ = run_cli("clauses", "check", "--format", "json")
    report = json.loads(out)
    assert code in (0, 1)
    assert report["errors"] == []
    assert report["summary"]["files"] > 70


# --- waivers


WAIVED = "---\ntitle: One\nsubject: one\nsource: own\n# termsheet: ignore[{}] {}\n---\n\nThe licence is null and void. {{#void}}\n"


@pytest.mark.parametrize(
    ("slug", "reason", "left"),
    [
        ("clause-doublet", "a court wants both words", []),
        ("clause-doublet", "", ["waiver-no-reason 5", "clause-doublet 8"]),
        ("clause-doublets", "a reason", ["waiver-unknown-rule 5", "clause-doublet 8"]),
        ("clause-doublet,clause-archaism", "a reason", ["waiver-unused 5"]),
    ],
)
def test_a_comment_in_the_front_matter_waives_a_finding(
    slug: str, reason: str, left: list[str], tmp_path: Path
) -> None:
    folder = tmp_path / "own" / "house"
    folder.mkdir(parents=True)
    (folder / "one.md").write_text(WAIVED.format(slug, reason))
    report = run(House((tmp_path / "own",)), (tmp_path,))
    assert [f"{finding.rule} {finding.line}" for finding in report.findings()
            if not finding.waived and finding.severity != "note"] == left  # fmt: skip
