"""Where a deal stands, as JSON, for other tools of the own side."""

from __future__ import annotations

import json
from typing import Any

from termsheet.immutable import as_dict
from termsheet.positions.table import Row
from termsheet.standing import STANDINGS, Stand, Stands


def render(file: str, stands: Stands, found: list[Row]) -> str:
    """One object: what it was judged by, how many there are of each standing, and every stand."""
    counts = stands.counts()
    return json.dumps(
        {
            "version": "1",
            "private": True,
            "file": file,
            "playbook": stands.playbook,
            "us": stands.us or None,
            "standing": {word: counts[word] for word in STANDINGS},
            "without_side": stands.sided,
            "not_asked": stands.unasked,
            "positions": [{**_shown(stand), "line": line or None} for stand, line in found],
        },
        indent=2,
        ensure_ascii=False,
    ) + "\n"  # fmt: skip


def _shown(stand: Stand) -> dict[str, Any]:
    shown = as_dict(stand)
    del shown["at"]  # `path` is what a reader goes to
    return shown
