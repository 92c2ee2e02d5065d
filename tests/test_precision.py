"""Deals written from common practice, one for each type, with the flaws that real deals have: their exact findings."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from termsheet.cli.group import cli

HERE = Path(__file__).parent / "precision"
DEALS = sorted(path.name for path in HERE.glob("*.deal.yaml"))


@pytest.mark.parametrize("name", DEALS)
def test_findings_are_exactly_those_approved(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(HERE)
    arguments = ["lint", name, "--stage", "signature", "--show", "notes", "--format", "concise"]
    arguments += ["--as-of", "2027-01-15"]
    shown = CliRunner().invoke(cli, arguments).output
    approved = HERE / name.replace(".deal.yaml", ".txt")
    if os.environ.get("UPDATE_APPROVED"):
        approved.write_text(shown, encoding="utf-8")
    assert shown == approved.read_text(encoding="utf-8")
