"""A table of a clause: a row for each entry of a list, a column for each path that any of them gives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from termsheet.document import Column, Inline, Row, Table, Text
from termsheet.library import text
from termsheet.library.callables import capital, listed
from termsheet.library.view import Absent, Leaf, OpenPoint, Printer, Series, at, entry_key

_NUMERIC = ("measure", "money", "rate")


def table(printer: Printer, entries: Sequence[Any], path: str, caption: str, columns: str) -> Table | None:
    """The table of the clause that is being printed, or None where there is nothing to show.

    `columns` holds a path and a title a line; a column that is empty throughout is left out, unless all are.
    """
    titles = text.columns(columns, printer.clause)
    cells = [_cells(entry, [column for column, _ in titles]) for entry in entries]
    if not entries:
        return None
    used = [index for index in range(len(titles)) if any(row[index] for row in cells)] or [0]
    with printer.figures():
        rows = tuple(
            Row(
                f"{printer.clause}/{entry_key(entry)}", tuple(_inlines(printer, row[index]) for index in used)
            )
            for entry, row in zip(entries, cells, strict=True)
        )
    heads = tuple(Column(titles[index][1], all(_is_numeric(row[index]) for row in cells)) for index in used)
    return Table(f"{printer.clause}/table-{path}", caption, heads, rows)


def _cells(entry: Any, columns: list[str]) -> list[Any]:
    """The cells of an entry. One that is open as a whole prints one bracket."""
    if isinstance(entry, OpenPoint):
        return [entry, *([""] * (len(columns) - 1))]
    return [at(entry, column) for column in columns]


def _inlines(printer: Printer, cell: Any) -> tuple[Inline, ...]:
    if isinstance(cell, Absent) or not cell:
        return (Text("–"),)
    words = listed(cell) if isinstance(cell, Series) else str(capital(cell))
    return tuple(text.resolved(words, printer.tokens))


def _is_numeric(cell: Any) -> bool:
    return isinstance(cell, Absent) or (isinstance(cell, Leaf) and cell._form in _NUMERIC)
