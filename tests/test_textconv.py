"""`termsheet git-textconv`: a Word file as lines, with its numbers."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT

from termsheet import source
from termsheet.assemble import assemble
from termsheet.document import Clause, Paragraph, shown
from termsheet.wellformed import checked
from termsheet.writers import write

EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
BY_NAME = pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)


@BY_NAME
@pytest.mark.parametrize("form", ["term-sheet", "agreement"])
def test_every_paragraph_is_a_line_with_its_number(path: Path, form: str, run_cli: Any, tmp_path: Path) -> None:
    document = assemble(checked(source.read(str(path)))[0], form).document
    file = tmp_path / "paper.docx"
    file.write_bytes(write(document, ".docx"))
    code, out, _ = run_cli("git-textconv", str(file))
    assert code == 0
    lines = [line.replace("\u00a0", " ").replace("’", "'") for line in out.splitlines()]
    cells = [cell for line in lines for cell in line.split(" | ")]
    for clause in document.clauses():
        wanted = [f"{block.label}\t{_plain(block)}" if block.label else _plain(block)
                  for block in clause.blocks if isinstance(block, Paragraph)]  # fmt: skip
        missing = [line for line in wanted if line not in lines and line not in cells]
        assert missing == []
        if clause.label:
            assert any(cell.startswith(clause.label) and clause.title.replace("-", "") in cell.replace("-", "") for cell in cells)


def _plain(block: Paragraph | Clause) -> str:
    return shown(block.inlines).replace("\u00a0", " ").replace("\u2011", "-").replace("\n", " ").replace("’", "'")


def test_tracked_changes_are_marked(run_cli: Any, tmp_path: Path) -> None:
    text = EXAMPLES[0].read_text(encoding="utf-8")
    old, new, red = tmp_path / "old.yaml", tmp_path / "new.yaml", tmp_path / "red.docx"
    old.write_text(text, encoding="utf-8")
    new.write_text(text.replace("refill", "reuse", 3), encoding="utf-8")
    assert run_cli("redline", str(old), str(new), "-o", str(red), "--draft")[0] == 0
    _, out, _ = run_cli("git-textconv", str(red))
    assert "[-refill" in out
    assert "{+reuse" in out


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_git_shows_what_has_changed(tmp_path: Path) -> None:
    text = EXAMPLES[0].read_text(encoding="utf-8")
    git = ["git", "-C", str(tmp_path), "-c", "user.name=A", "-c", "user.email=a@example.com"]
    (tmp_path / ".gitattributes").write_text("*.docx diff=word\n")
    command = f'"{sys.executable}" -m termsheet git-textconv'
    for call in (["init", "-q"], ["config", "diff.word.textconv", command]):
        subprocess.run([*git, *call], check=True, capture_output=True)
    for turn, words in enumerate((text, text.replace("45 days", "40 days"))):
        document = assemble(checked(source.parse(words, "deal.yaml"))[0]).document
        (tmp_path / "paper.docx").write_bytes(write(document, ".docx"))
        subprocess.run([*git, "add", "."], check=True, capture_output=True)
        subprocess.run([*git, "commit", "-qm", str(turn)], check=True, capture_output=True)
    shown_there = subprocess.run([*git, "diff", "HEAD~1", "--", "paper.docx"], check=True, capture_output=True, text=True).stdout
    changed = [line for line in shown_there.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    assert changed
    assert all("45 days" in line if line[0] == "-" else "40 days" in line for line in changed)


def test_what_is_no_word_file(run_cli: Any, tmp_path: Path) -> None:
    code, _, err = run_cli("git-textconv", str(EXAMPLES[0]))
    assert code == 2
    assert "this is not a Word file" in err
    code, _, err = run_cli("git-textconv", str(tmp_path / "gone.docx"))
    assert code == 2
    assert "there is no such file" in err
