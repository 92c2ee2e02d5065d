"""What a command imports is part of its speed: a hook runs on every commit."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from conftest import ROOT

ALLOWED = {"click", "ruamel", "_ruamel_yaml", "termsheet"}

_PROBE = """
import json, sys
before = set(sys.modules)
from termsheet.__main__ import main
try:
    main(sys.argv[1:])
except SystemExit:
    pass
print("\\n" + json.dumps(sorted(set(sys.modules) - before)))
"""


def _imported(*arguments: str) -> set[str]:
    run = subprocess.run(
        [sys.executable, "-c", _PROBE, *arguments], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return set(json.loads(run.stdout.splitlines()[-1]))


def _foreign(modules: set[str]) -> set[str]:
    tops = {name.partition(".")[0] for name in modules}
    return {
        name
        for name in tops
        if name not in sys.stdlib_module_names and not name.startswith(("__editable__", "_cython", "cython"))
    }


def test_lint_imports_only_what_it_needs() -> None:
    found = _imported("lint", str(ROOT / "examples" / "telehealth-alliance.yaml"))
    assert _foreign(found) <= ALLOWED
    heavy = {
        "termsheet.assemble",
        "termsheet.document",
        "termsheet.word",
        "termsheet.library",
        "termsheet.due",
        "termsheet.preview",
        "termsheet.rounds",
        "termsheet.writers",
        "http.server",
        "termsheet.holidays",
        "difflib",
        "importlib.metadata",
        "termsheet.fix",
        "jsonschema",
    }
    assert not heavy & found


def test_a_format_is_imported_when_it_is_asked_for() -> None:
    from termsheet.report import FORMATS

    deal = str(ROOT / "examples" / "telehealth-alliance.yaml")
    modules = {f"termsheet.report.{name}" for name in FORMATS}
    for style in FORMATS:
        found = _imported("lint", "--format", style, deal)
        assert found & modules == {f"termsheet.report.{style}"}
        assert _foreign(found) <= ALLOWED
        assert "xml.etree" not in found or style == "junit"
    assert not _imported("lint", "--help") & modules
    assert "termsheet.put" not in _imported("lint", deal)


def test_version_imports_neither_rules_nor_yaml() -> None:
    assert _foreign(_imported("--version")) <= {"click", "termsheet"}


def test_rules_never_import_the_renderer() -> None:
    for path in (ROOT / "termsheet" / "rules").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        for word in (
            "jinja2",
            "docx",
            "termsheet.assemble",
            "termsheet.library",
            "termsheet.word",
            "termsheet.render",
        ):
            assert f"import {word}" not in text, path.name
            assert f"from {word}" not in text, path.name


def test_render_needs_neither_python_docx_nor_jinja_nor_babel_nor_a_parser_of_markdown(tmp_path: Path) -> None:
    deal = ROOT / "examples" / "telehealth-alliance.yaml"
    found = _imported("render", str(deal), "--draft", "-q", "-o", str(tmp_path / "draft.docx"))
    assert (tmp_path / "draft.docx").exists()
    assert not {"babel", "docx", "lxml", "jsonschema", "jinja2", "markdown_it", "num2words"} & _foreign(found)


def test_due_imports_a_library_of_calendars_only_for_one() -> None:
    found = _imported("due", str(ROOT / "examples" / "telehealth-alliance.yaml"))
    assert _foreign(found) <= ALLOWED
    assert "termsheet.due.table" in found


def test_preview_imports_its_server_when_it_runs_and_render_never(tmp_path: Path) -> None:
    assert not {"http.server", "termsheet.preview"} & _imported("preview", "--help")
    deal = ROOT / "examples" / "telehealth-alliance.yaml"
    found = _imported("render", str(deal), "--draft", "-q", "-o", str(tmp_path / "draft.html"))
    assert not {"http.server", "termsheet.preview"} & found


def test_a_lint_of_files_alone_imports_neither_click_nor_what_it_brings() -> None:
    heavy = {"click", "dataclasses", "inspect", "pathlib", "termsheet.cli.group", "hashlib"}
    deal = str(ROOT / "examples" / "telehealth-alliance.yaml")
    # ruamel.yaml's own parser comes with some of them where libyaml's is not installed
    assert not heavy & _imported("lint", "--no-cache", deal)


def test_a_paper_by_deal_and_file_alone_imports_neither_click_nor_a_parser_of_markdown(tmp_path: Path) -> None:
    heavy = {"click", "dataclasses", "inspect", "termsheet.cli.group", "jinja2", "markdown_it", "babel"}
    deal = str(ROOT / "examples" / "telehealth-alliance.yaml")
    assert not heavy & _imported("render", "-q", deal, "-o", str(tmp_path / "draft.docx"))
    assert (tmp_path / "draft.docx").exists()
