"""From `termsheet new` to a paper with nothing but the tool's own messages: what was typed, and what was answered.

A file of `tests/transcripts/` is a list of steps. A step is a command (`run`), with its exit code (`exit`, else 0),
all that the linter finds, in its order (`finds`), and other words that are said (`says`); or edits of the deal, as
`tests/editing.py` has them.
"""

from __future__ import annotations

import json
import os
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
    deal, found = Path("deal.yaml"), []
    for number, step in enumerate(YAML(typ="base", pure=True).load(path.read_text(encoding="utf-8")), 1):
        if "run" not in step:
            deal.write_text(edited(deal.read_text(encoding="utf-8"), step), encoding="utf-8", newline="\n")
            found.append(None)
            continue
        code, out, err = run_cli(*shlex.split(step["run"]))
        told = f"step {number}: {step['run']}\n{out}{err}"
        heads = re.findall(r"^(?:error|warning)\[([a-z-]+)\]: (.+)$", out, re.MULTILINE)
        found.append([": ".join(head) for head in heads])
        if os.environ.get("UPDATE_APPROVED"):
            continue
        assert code == int(step.get("exit", 0)), told
        assert found[-1] == step.get("finds", []), told
        for words in step.get("says", []):
            assert words in out + err, told
    if os.environ.get("UPDATE_APPROVED"):
        _approve(path, found)
    assert "meets `term-sheet`" in run_cli("lint", "deal.yaml")[1]
    assert Path("paper.docx").read_bytes()[:2] == b"PK"


def _approve(path: Path, found: list[list[str] | None]) -> None:
    """Write what was found anew, and nothing else: read the difference, and edit the steps where they lead elsewhere."""
    head, *steps = re.split(r"(?m)^(?=- )", path.read_text(encoding="utf-8"))
    for number, (step, heads) in enumerate(zip(steps, found, strict=True)):
        if heads is not None:
            step = re.sub(r"(?m)^  finds:\n(?:    .*\n)*", "", step)
            lines = "".join(f"    - {json.dumps(words, ensure_ascii=False)}\n" for words in heads)
            at = re.search(r"(?m)^  says:", step)
            place = at.start() if at else len(step)
            steps[number] = step[:place] + (f"  finds:\n{lines}" if lines else "") + step[place:]
    path.write_text(head + "".join(steps), encoding="utf-8", newline="\n")


def test_there_is_a_transcript_for_three_types() -> None:
    assert {"co-marketing", "reseller", "pilot"} <= {path.stem for path in TRANSCRIPTS}
