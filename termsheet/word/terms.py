"""The table of terms: a band for each part; for each clause its heading at left and its text at right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from termsheet.document import Block, Clause, Document, Paragraph, Part, Table, shown
from termsheet.word import measure, tables
from termsheet.word.inlines import runs
from termsheet.word.marks import Marks
from termsheet.word.markup import paragraph, run
from termsheet.word.tables import CELL_PADDING
from termsheet.word.themes import Theme

_HEADING_INDENT = 425
_NARROWEST, _BROADEST = 2620, 3200
_TALLEST_WHOLE = 8  # lines: a taller row may split over two pages
_JOINING = frozenset(
    ("a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with")
)
_ITEM_INDENT = 500


def terms(document: Document, marks: Marks, theme: Theme, available: int) -> str:
    """The table of terms, or nothing where there are none."""
    if not document.parts:
        return ""
    left = _heading_width([clause.title for clause in document.clauses()])
    widths = (left, available - left)
    words = (document.words.term, document.words.summary)
    heads = (paragraph("ColumnHeading", run(word)) for word in words)
    rows = [tables.row("".join(map(tables.cell, widths, heads)), header=True)]
    for part in document.parts:
        if part.heading:
            rows.append(_band(part, marks, theme, available))
        for clause in part.clauses:
            rows += _clause(clause, marks, widths)
    return tables.table("TermTable", widths, rows, caption=document.title)


def kept_together(title: str, available: float) -> str:
    """A heading that breaks well in a narrow column: no "and" dangles, no compound is cut that fits."""
    words = [word.replace("-", "\u2011") if _fits(word, available) else word for word in title.split(" ")]
    found = words[:1]
    for word in words[1:]:
        last = found[-1].rsplit("\u00a0", 1)[-1]
        joined = f"{found[-1]}\u00a0{word}"
        if last.lower() in _JOINING and _fits(joined, available):
            found[-1] = joined
        else:
            found.append(word)
    return " ".join(found)


def _fits(words: str, available: float) -> bool:
    return measure.width(words) * measure.BOLD <= available


def _heading_width(titles: Sequence[str]) -> int:
    """The left column, a little broader where a long word asks for it."""
    longest = max((measure.longest_word(title) for title in titles), default=0.0) * measure.BOLD
    return min(max(_NARROWEST, int(longest) + _HEADING_INDENT + CELL_PADDING + 20), _BROADEST)


def _band(part: Part, marks: Marks, theme: Theme, available: int) -> str:
    style, fill = ("PartBinding", theme.ink) if part.binding else ("Heading1", theme.band)
    heading = paragraph(style, marks.around(part.id, run(part.heading)))
    return tables.row(tables.cell(available, heading, span=2, fill=fill))


def _clause(clause: Clause, marks: Marks, widths: tuple[int, int]) -> Iterator[str]:
    """One row; but a table cramped in the right column goes below it, over both columns."""
    left, right = widths
    title = kept_together(clause.title, left - CELL_PADDING - _HEADING_INDENT)
    heading = paragraph("Heading2", marks.around(clause.id, run(title)))
    stretches = list(_stretches(clause.blocks, right - CELL_PADDING, left + right - CELL_PADDING))
    for place, (broad, blocks) in enumerate(stretches):
        open_sides = (["top"] if place else []) + (["bottom"] if place < len(stretches) - 1 else [])
        available = (left + right if broad else right) - CELL_PADDING
        content = "".join(_block(block, marks, available) for block in blocks) or paragraph("TermText")
        whole = sum(_height(block, available) for block in blocks) <= _TALLEST_WHOLE
        if broad:
            cells = tables.cell(left + right, content, span=2, open_sides=open_sides)
        else:
            cells = tables.cell(left, paragraph("TermText") if place else heading, open_sides=open_sides)
            cells += tables.cell(right, content, open_sides=open_sides)
        yield tables.row(cells, whole=whole)


def _stretches(blocks: Sequence[Block], narrow: int, whole: int) -> Iterator[tuple[bool, list[Block]]]:
    """Blocks that share a row, and whether that row spans both columns. The first never does."""

    def broad(block: Block) -> bool:
        return isinstance(block, Table) and tables.cramped(block, narrow, whole)

    if not blocks or broad(blocks[0]):
        yield False, []
    for spans, group in groupby(blocks, broad):
        yield spans, list(group)


def _block(block: Block, marks: Marks, available: int) -> str:
    if isinstance(block, Table):
        return tables.data_table(block, marks, available)
    style = f"TermItem{block.level}" if block.level else "TermParagraph" if block.label else "TermText"
    return paragraph(style, marks.around(block.id, runs(block.inlines, marks)))


def _height(block: Block, available: int) -> int:
    if isinstance(block, Paragraph):
        return measure.lines(shown(block.inlines), available - _ITEM_INDENT * (block.level + bool(block.label)))
    return tables.height(block, available)
