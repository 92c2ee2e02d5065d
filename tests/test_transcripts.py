"""From `termsheet new` to a paper with nothing but the tool's own messages: what was typed, and what was answered.

A file of `tests/transcripts/` is a list of steps. A step is a command (`run`), with its exit code (`exit`, else 0),
all that the linter finds, in its order (`finds`), and other words that are said (`says`); or edits of the deal, as
`tests/editing.py` has them.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from editing import edited
from ruamel.yaml import YAML

TRANSCRIPTS = sorted((Path(__file__).parent / "transcripts").glob("*.yaml"))


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_transcript(run_cli: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    deal = Path("deal.yaml")
    for number, step in enumerate(YAML(typ="base", pure=True).load(path.read_text(encoding="utf-8")), 1):
        if "run" not in step:
            deal.write_text(edited(deal.read_text(encoding="utf-8"), step), encoding="utf-8", newline="\n")
            continue
        code, out, err = run_cli(*shlex.split(step["run"]))
        told = f"step {number}: {step['run']}\n{out}{err}"
        assert code == int(step.get("exit", 0)), told
        assert re.findall(r"^(?:error|warning)\[(.+)$", out, re.MULTILINE) == [
            words.replace(": ", "]: ", 1) for words in step.get("finds", [])
        ], told
        for words in step.get("says", []):
            assert words in out + err, told
    assert "meets `term-sheet`" in run_cli("lint", "deal.yaml")[1]
    assert Path("paper.docx").read_bytes()[:2] == b"PK"


def test_there_is_a_transcript_for_three_types() -> None:
    assert {"co-marketing", "reseller", "pilot"} <= {path.stem for path in TRANSCRIPTS}
