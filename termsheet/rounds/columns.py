"""A table in plain text."""

from __future__ import annotations

from collections.abc import Sequence

from termsheet.columns import columns

_GAP = "  "


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """The lines of a table, each column as wide as its widest entry."""
    widths = [max(columns(row[index]) for row in (heads, *rows)) for index in range(len(heads))]
    return [_line(row, widths) for row in (heads, *rows)]


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = (cell + " " * (width - columns(cell)) for cell, width in zip(row, widths, strict=True))
    return _GAP.join(cells).rstrip()
