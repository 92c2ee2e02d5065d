"""Cases of tests, as data: each file under `tests/cases/` is a list of maps."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML


def load(name: str) -> list[dict[str, Any]]:
    """The cases of a file."""
    text = (Path(__file__).parent / "cases" / f"{name}.yaml").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = YAML(typ="safe", pure=True).load(text)
    return found
