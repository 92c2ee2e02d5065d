"""Every platform: consoles that know few characters, line breaks, names as each system writes them, and what is so by construction."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from conftest import EXAMPLES, ROOT

from termsheet import source, writers
from termsheet.assemble import assemble
from termsheet.wellformed import checked

UNICODE = (
    'deal: {title: "Ω ≥ € – 漢字 😀", type: pilot}\nparties: [{id: a, name: "Ünï 漢 GmbH"}, {id: b, name: "Ωb"}]\n'
    'scope: {in: ["Łódź → Århus"]}\n"кey": 1\n'
)
COMMANDS = [
    *(["lint", "--no-cache", "--show", "notes", "--format", style, "deal.yaml"]
      for style in ("full", "concise", "markdown", "json", "sarif", "github", "gitlab", "junit")),
    ["lint", "--diff", "deal.yaml"], ["render", "good.yaml", "--draft"], ["diff", "good.yaml", "other.yaml"],
    ["due", "good.yaml"], ["stub", "exit", "good.yaml"], ["clauses", "show", "ip.foreground"], ["positions", "good.yaml", "--side", "a"],
    ["lint", "Ω≥.yaml"], ["rounds", "good.yaml"],
]  # fmt: skip


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_a_console_that_knows_few_characters_stops_no_command(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "deal.yaml").write_text(UNICODE, encoding="utf-8")
    good = UNICODE.replace('"кey": 1\n', "")
    (tmp_path / "good.yaml").write_text(good, encoding="utf-8")
    (tmp_path / "other.yaml").write_text(good.replace("Ünï", "Üñï"), encoding="utf-8")
    code = (
        "import sys, io\nfrom termsheet.__main__ import main\n"
        f"for words in {COMMANDS!r}:\n    try:\n        main(words)\n    except SystemExit as leave:\n"
        "        assert leave.code in (0, 1, 2), (words, leave.code)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path, capture_output=True, check=False,
        env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0", "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("ends", ["\r\n", "\n"])
def test_the_line_breaks_of_a_deal_stay_whatever_writes_into_it(run_cli: Any, tmp_path: Path, ends: str) -> None:
    text = EXAMPLES[0].read_text(encoding="utf-8")
    deal = tmp_path / "deal.yaml"
    deal.write_bytes(text.replace("\n", ends).encode())
    draft = tmp_path / "draft.docx"
    assert run_cli("render", str(deal), "--draft", "-o", str(draft), "--isolated")[0] == 0
    deal.write_bytes(text.replace("\n", ends).replace("type: ", "Type: ", 1).encode())
    assert run_cli("lint", "--fix", str(deal), "--isolated")[0] in (0, 1)
    assert run_cli("stub", "--missing", str(deal))[0] in (0, 1)
    after = deal.read_bytes()
    assert b"Type: " not in after
    assert after.count(b"\n") == after.count(ends.encode())
    assert b"\r\r" not in after


def test_what_is_typed_in_parts_stays_in_parts() -> None:
    """macOS writes `é` as two characters in the names of files; in a deal either form stays what it is."""
    for form in ("NFC", "NFD"):
        name = unicodedata.normalize(form, "Société Générale Ångström")
        text = f'deal: {{title: T, type: pilot}}\nparties: [{{id: a, name: "{name}"}}, {{id: b, name: Bora}}]\n'
        document = assemble(checked(source.parse(text, "d"))[0], draft=True).document
        for suffix in writers.SUFFIXES:
            assert name in " ".join(writers.read_text(writers.write(document, suffix), suffix).split())


def test_a_file_whose_name_is_written_in_parts_is_found_as_it_is(run_cli: Any, tmp_path: Path) -> None:
    deal = tmp_path / unicodedata.normalize("NFD", "Société.deal.yaml")
    deal.write_text("deal: {title: T, type: pilot}\n", encoding="utf-8")
    code, out, _ = run_cli("lint", str(tmp_path), "--no-cache", "--format", "json")
    assert code == 1
    assert unicodedata.normalize("NFC", deal.name) in unicodedata.normalize("NFC", str(json.loads(out)))


SOURCES = sorted((ROOT / "termsheet").rglob("*.py"))


def test_no_text_is_read_or_written_in_an_encoding_that_depends_on_the_machine() -> None:
    wrong = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or ast.unparse(node.func) == "writers.read_text":
                continue
            named = {keyword.arg for keyword in node.keywords}
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            modes = [arg.value for arg in node.args[1:2] if isinstance(arg, ast.Constant)]
            is_text = name in ("read_text", "write_text") or (
                name in ("open", "fdopen") and isinstance(node.func, ast.Name) and not any("b" in str(mode) for mode in modes)
            )
            if (is_text or "text" in named or "universal_newlines" in named) and name in (
                "read_text", "write_text", "open", "fdopen", "run", "Popen", "check_output",
            ) and "encoding" not in named and len(node.args) < 4:  # fmt: skip
                wrong.append(f"{path.relative_to(ROOT)}:{node.lineno} {ast.unparse(node)[:80]}")
    assert wrong == []


def test_what_is_written_has_the_same_line_breaks_on_every_system() -> None:
    """`write_text` without `newline` would write `\\r\\n` on Windows."""
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "write_text"
        and not {keyword.arg for keyword in node.keywords} >= {"newline"}
    ]  # fmt: skip
    assert wrong == []


def test_nothing_of_posix_is_imported_where_there_may_be_none() -> None:
    """`fcntl`, `pwd` and the like are imported within a function, where their absence is caught."""
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in SOURCES
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, (ast.Import, ast.ImportFrom))
        and {getattr(node, "module", ""), *(alias.name for alias in node.names)} & {"fcntl", "pwd", "grp", "resource", "termios"}
    ]  # fmt: skip
    assert wrong == []


def test_text_is_read_as_it_was_typed_where_the_system_knows_ascii_alone(tmp_path: Path) -> None:
    plain = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}

    def run(*arguments: str) -> None:
        subprocess.run([sys.executable, "-m", "termsheet", *arguments], cwd=tmp_path, env=plain, check=True,
                       capture_output=True)  # fmt: skip

    shutil.copy(ROOT / "examples" / "telehealth-alliance.yaml", tmp_path / "deal.yaml")
    run("send", "deal.yaml", "--to", "Ω Ltd", "--note", "grüße")
    record = (tmp_path / "deal.sent" / "1" / "round.json").read_text("utf-8")
    assert "Ω Ltd" in record
    assert "grüße" in record
    run("new", "--type", "pilot", "--title", "Ω", "--party", "Ärzte GmbH", "--party", "B", "new.yaml")
    made = (tmp_path / "new.yaml").read_text("utf-8")
    assert "title: Ω" in made
    assert "Ärzte GmbH" in made
