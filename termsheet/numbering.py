"""Numbers: computed once on the Document, so that every writer and every reference agrees.

Clauses are numbered through the whole paper (1., 2., …). The paragraphs of a clause are 1.1, 1.2; the only paragraph of
a clause has no number of its own. Items are (a), (i), (A) by depth, and begin anew under each paragraph. Parties are
(1), (2), recitals (A), (B); a schedule is "Schedule 1", and its paragraphs are 1., 2.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from termsheet.document import Block, Clause, Document, Inline, Paragraph, Ref, Row, Table
from termsheet.errors import LibraryError
from termsheet.immutable import replace

_T = TypeVar("_T", bound=Block)
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def numbered(document: Document, schedule: str = "", within: str = "") -> Document:
    """The document with every number and every reference filled in.

    `schedule` is the pattern of a schedule's label ("Schedule {}"), `within` that of a reference to a paragraph of one
    ("{}, paragraph {}").
    """
    count = 0
    parts = []
    for part in document.parts:
        if part.kind != "terms":
            parts.append(replace(part, clauses=_front(part.clauses, part.kind)))
            continue
        clauses = []
        for clause in part.clauses:
            count += 1
            clauses.append(_clause(clause, count))
        parts.append(replace(part, clauses=tuple(clauses)))
    schedules = tuple(_schedule(clause, schedule.replace("{}", str(order)), within)
                      for order, clause in enumerate(document.schedules, start=1))  # fmt: skip
    return _referred(replace(document, parts=tuple(parts), schedules=schedules))


def _clause(clause: Clause, number: int) -> Clause:
    blocks = _blocks(clause.blocks, str(number), f"{number}.{{}}", f"{number}.{{}}")
    return replace(clause, label=f"{number}.", number=str(number), blocks=tuple(blocks))


def _schedule(clause: Clause, label: str, within: str) -> Clause:
    blocks = _blocks(clause.blocks, label, "{}.", within.replace("{}", label, 1))
    return replace(clause, label=label, number=label, blocks=tuple(blocks))


def _front(clauses: Iterable[Clause], kind: str) -> tuple[Clause, ...]:
    """The parties, (1), (2), or the recitals, (A), (B), counted through the part."""
    count = 0
    made = []
    for clause in clauses:
        blocks: list[Block] = []
        for block in clause.blocks:
            if isinstance(block, Paragraph):
                count += 1
                label = f"({count})" if kind == "parties" else f"({letters(count).upper()})"
                block = replace(block, level=0, label=label, number=label)
            blocks.append(block)
        made.append(replace(clause, label="", number="", blocks=tuple(blocks)))
    return tuple(made)


def _blocks(blocks: Iterable[Block], clause: str, label: str, number: str) -> Iterable[Block]:
    """The blocks of a clause. `label` is the pattern of a paragraph's label, `number` that of a reference to it."""
    whole = [*blocks]
    alone = sum(is_numbered(block) for block in whole) < 2
    count, above, counters = 0, clause, [0, 0, 0]
    for block in whole:
        if not isinstance(block, Paragraph):
            yield block
        elif block.level:
            yield _item(block, above, counters)
        elif block.defines or alone:
            yield _labelled(block, "", above)
        else:
            count += 1
            counters[:] = [0, 0, 0]
            above = number.replace("{}", str(count))
            yield _labelled(block, label.replace("{}", str(count)), above)


def _labelled(paragraph: Paragraph, label: str, number: str) -> Paragraph:
    same = (paragraph.label, paragraph.number) == (label, number)
    return paragraph if same else replace(paragraph, label=label, number=number)


def is_numbered(block: Block) -> bool:
    """Whether a block is a paragraph of its clause that counts: no item, and no definition."""
    return isinstance(block, Paragraph) and not block.level and not block.defines


def _item(paragraph: Paragraph, above: str, counters: list[int]) -> Paragraph:
    level = paragraph.level
    counters[level - 1] += 1
    counters[level:] = [0] * (len(counters) - level)
    labels = [_label(count, depth) for depth, count in enumerate(counters[:level], start=1)]
    return _labelled(paragraph, labels[-1], above + "".join(labels))


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

    def referred(clauses: Iterable[Clause]) -> tuple[Clause, ...]:
        return tuple(replace(clause, blocks=tuple(_block(block, numbers) for block in clause.blocks))
                     for clause in clauses)  # fmt: skip

    parts = tuple(replace(part, clauses=referred(part.clauses)) for part in document.parts)
    points = tuple(replace(point, number=numbers.get(point.target, "")) for point in document.open_points)
    return replace(document, parts=parts, schedules=referred(document.schedules), open_points=points,
                   intro=tuple(_block(block, numbers) for block in document.intro),
                   closing=tuple(_block(block, numbers) for block in document.closing))  # fmt: skip


def _block(block: _T, numbers: Mapping[str, str]) -> _T:
    if isinstance(block, Table):
        rows = tuple(Row(row.id, tuple(_inlines(cell, numbers) for cell in row.cells)) for row in block.rows)
        return replace(block, rows=rows)
    inlines = _inlines(block.inlines, numbers)
    return block if inlines is block.inlines else replace(block, inlines=inlines)


def _inlines(inlines: tuple[Inline, ...], numbers: Mapping[str, str]) -> tuple[Inline, ...]:
    if Ref not in map(type, inlines):
        return inlines
    return tuple(_number(inline, numbers) for inline in inlines)


def _number(inline: Inline, numbers: Mapping[str, str]) -> Inline:
    if not isinstance(inline, Ref):
        return inline
    if inline.target not in numbers:
        raise LibraryError(f"a reference leads to {inline.target}, which is not in the paper")
    return replace(inline, shown=numbers[inline.target])
