"""How wide a text is on a terminal and in plain text."""

from __future__ import annotations

import unicodedata


def columns(text: str) -> int:
    """How many columns a text takes: East Asian wide characters take two, combining marks none."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )
