"""Numbers: computed once on the Document, so that every writer and every reference agrees.

Clauses are numbered through the whole paper (1., 2., …); items of a clause are (a), (i), (A) by depth and run through
the clause, so that a number is never met twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from termsheet.document import Block, Clause, Document, Inline, Paragraph, Ref, Row, Table
from termsheet.errors import LibraryError

_T = TypeVar("_T", bound=Block)
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def numbered(document: Document) -> Document:
    """The document with every number and every reference filled in."""
    count = 0
    parts = []
    for part in document.parts:
        clauses = []
        for clause in part.clauses:
            count += 1
            clauses.append(_clause(clause, count))
        parts.append(replace(part, clauses=tuple(clauses)))
    return _referred(replace(document, parts=tuple(parts)))


def _clause(clause: Clause, number: int) -> Clause:
    counters = [0, 0, 0]
    blocks = tuple(
        _item(block, str(number), counters) if isinstance(block, Paragraph) else block
        for block in clause.blocks
    )
    return replace(clause, label=f"{number}.", number=str(number), blocks=blocks)


def _item(paragraph: Paragraph, clause: str, counters: list[int]) -> Paragraph:
    level = paragraph.level
    if not level:
        return replace(paragraph, number=clause)
    counters[level - 1] += 1
    counters[level:] = [0] * (len(counters) - level)
    labels = [_label(count, depth) for depth, count in enumerate(counters[:level], start=1)]
    return replace(paragraph, label=labels[-1], number=clause + "".join(labels))


def _label(count: int, depth: int) -> str:
    if depth == 2:
        return f"({roman(count)})"
    word = letters(count)
    return f"({word.upper()})" if depth == 3 else f"({word})"


def letters(count: int) -> str:
    """1 is a, 26 is z, 27 is aa, 28 is bb: as Word counts in letters."""
    turns, place = divmod(count - 1, 26)
    return chr(ord("a") + place) * (turns + 1)


def roman(count: int) -> str:
    """Lower-case Roman numerals."""
    word = ""
    for value, sign in _ROMAN:
        times, count = divmod(count, value)
        word += sign * times
    return word


def _referred(document: Document) -> Document:
    numbers: dict[str, str] = {}
    for clause in document.clauses():
        numbers[clause.id] = clause.number
        numbers.update({block.id: block.number for block in clause.blocks if isinstance(block, Paragraph)})
    parts = tuple(
        replace(part, clauses=tuple(
            replace(clause, blocks=tuple(_block(block, numbers) for block in clause.blocks))
            for clause in part.clauses))
        for part in document.parts
    )  # fmt: skip
    points = tuple(replace(point, number=numbers.get(point.target, "")) for point in document.open_points)
    return replace(document, parts=parts, open_points=points,
                   intro=tuple(_block(block, numbers) for block in document.intro),
                   closing=tuple(_block(block, numbers) for block in document.closing))  # fmt: skip


def _block(block: _T, numbers: Mapping[str, str]) -> _T:
    if isinstance(block, Table):
        rows = tuple(Row(row.id, tuple(_inlines(cell, numbers) for cell in row.cells)) for row in block.rows)
        return replace(block, rows=rows)
    return replace(block, inlines=_inlines(block.inlines, numbers))


def _inlines(inlines: tuple[Inline, ...], numbers: Mapping[str, str]) -> tuple[Inline, ...]:
    return tuple(_number(inline, numbers) for inline in inlines)


def _number(inline: Inline, numbers: Mapping[str, str]) -> Inline:
    if not isinstance(inline, Ref):
        return inline
    if inline.target not in numbers:
        raise LibraryError(f"a reference leads to {inline.target}, which is not in the paper")
    return replace(inline, shown=numbers[inline.target])
