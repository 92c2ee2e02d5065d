"""The terms in two columns: a band for each part; for each clause its heading at left and its text at right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from termsheet.document import Block, Change, Clause, Inline, Paragraph, Part, Table, Text, printed
from termsheet.word import tables
from termsheet.word.clauses import styles
from termsheet.word.inlines import runs
from termsheet.word.markup import paragraph, run
from termsheet.word.measure import BOLD, Ruler
from termsheet.word.paper import Paper
from termsheet.word.tables import CELL_PADDING

_HEADING_INDENT = 425
_NARROWEST, _BROADEST = 2620, 3400
_TALLEST_WHOLE = 10  # lines: a taller row may split over two pages
_TALLEST_TABLE = 20  # the same for a row with a table
_JOINING = frozenset(
    ("a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with")
)
_ITEM_INDENT = 500


def terms(paper: Paper) -> str:
    """A table of terms for each part, below its band."""
    document, available = paper.document, paper.sheet.measure
    left = _heading_width([clause.title for clause in document.clauses()], paper.theme.ruler, available)
    widths = (left, available - left)
    return "".join(_part(part, paper, widths) for part in document.parts if part.clauses)


def _part(part: Part, paper: Paper, widths: tuple[int, int]) -> str:
    kind, revisions, document = part.revision, paper.revisions, paper.document
    style = "PartBinding" if part.binding else "Heading1"
    words = paper.around(part.id, runs(part.revised or (Text(part.heading),), paper))
    band = paragraph(style, words, mark=revisions.mark(kind)) if part.heading else ""
    heads = (run(word) for word in (document.words.term, document.words.summary))
    cells = (paragraph("ColumnHeading", revisions.around(kind, head) if kind else head, mark=revisions.mark(kind))
             for head in heads)  # fmt: skip
    header = tables.row("".join(map(tables.cell, widths, cells)), header=True, mark=revisions.row(kind))
    rows = (row for clause in part.clauses for row in _clause(clause, paper, widths))
    caption = part.heading or document.title
    table = tables.table("TermTable", widths, (header, *rows), caption=caption)
    return band + table + paragraph("Spacer", mark=revisions.mark(kind))


def kept_together(title: str, available: float, ruler: Ruler) -> str:
    """A heading that breaks well in a narrow column: no "and" dangles, no compound is cut that fits."""
    words = [word.replace("-", "\u2011") if _fits(word, available, ruler) else word for word in title.split(" ")]
    found = words[:1]
    for word in words[1:]:
        last = found[-1].rsplit("\u00a0", 1)[-1]
        joined = f"{found[-1]}\u00a0{word}"
        if last.lower() in _JOINING and _fits(joined, available, ruler):
            found[-1] = joined
        else:
            found.append(word)
    return " ".join(found)


def _fits(words: str, available: float, ruler: Ruler) -> bool:
    return ruler.width(words) * BOLD <= available


def _heading_width(titles: Sequence[str], ruler: Ruler, available: int) -> int:
    """The left column, a little broader where a long word asks for it, and narrower on narrow paper."""
    longest = max(map(ruler.longest_word, titles), default=0.0) * BOLD
    wanted = min(max(_NARROWEST, int(longest) + _HEADING_INDENT + CELL_PADDING + 20), _BROADEST)
    return min(wanted, available * 2 // 5)


def _clause(clause: Clause, paper: Paper, widths: tuple[int, int]) -> Iterator[str]:
    """One row; of a long clause one for each paragraph with what belongs to it, so that pages break between them.

    A clause with a table that is cramped in the right column takes both columns, below its heading.
    """
    left, right = widths
    ruler, blocks = paper.theme.ruler, clause.blocks
    narrow, whole = right - CELL_PADDING, left + right - CELL_PADDING
    broad = any(isinstance(block, Table) and paper.fit(block).cramped(narrow, whole) for block in blocks)
    title = clause.title if broad else kept_together(clause.title, left - CELL_PADDING - _HEADING_INDENT, ruler)
    heads: tuple[Inline, ...] = clause.revised or (Text(title),)
    heads = (Change(Text(title), clause.revision),) if clause.revision else heads
    words = paper.around(clause.id, runs(heads, paper))
    heading = paragraph("Heading2", words, mark=paper.revisions.mark(clause.revision))
    stretches = list(_stretches(clause, whole if broad else narrow, paper))
    for place, (stretch, short) in enumerate(stretches):
        last = place == len(stretches) - 1
        open_sides = (["top"] if place else []) + ([] if last else ["bottom"])
        kind = clause.revision or (stretch[0].revision if stretch and place else "")
        mark = paper.revisions.mark(kind)
        content = "".join(_block(block, clause, paper, whole if broad else narrow) for block in stretch)
        if broad:
            cells = tables.cell(left + right, ("" if place else heading) + content, span=2, open_sides=open_sides)
        else:
            empty = paragraph("TermText", mark=mark)
            cells = tables.cell(left, empty if place else heading, open_sides=open_sides)
            cells += tables.cell(right, content or empty, open_sides=open_sides)
        yield tables.row(cells, whole=short, mark=paper.revisions.row(kind))


def _stretches(clause: Clause, available: int, paper: Paper) -> Iterator[tuple[list[Block], bool]]:
    """The blocks that share a row, and whether that is short enough to stay whole.

    In a redline, a block that came or went has a row of its own, since Word cannot take out the last of a cell; and so
    has a table of a clause that came or went, since LibreOffice takes out no row of words with a table in it.
    """
    heights = [_height(block, available, paper) for block in clause.blocks]
    changed = not clause.revision and any(block.revision for block in clause.blocks)
    apart = bool(clause.revision) and any(isinstance(block, Table) for block in clause.blocks)
    long = changed or apart or sum(heights) > _TALLEST_WHOLE
    stretch: list[Block] = []
    height = 0
    if (changed and clause.blocks[0].revision) or (apart and isinstance(clause.blocks[0], Table)):
        yield [], True
    for block, lines in zip(clause.blocks, heights, strict=True):
        full = height + lines > _TALLEST_WHOLE and len(stretch) > 1 and not isinstance(block, Table)
        begins = isinstance(block, Paragraph) and (not block.level or full)
        parted = changed or (apart and any(isinstance(one, Table) for one in (block, *stretch[-1:])))
        if long and stretch and (parted or begins):
            yield stretch, height <= _tallest(stretch)
            stretch, height = [], 0
        stretch.append(block)
        height += lines
    yield stretch, height <= _tallest(stretch)


def _tallest(blocks: Sequence[Block]) -> int:
    return _TALLEST_TABLE if any(isinstance(block, Table) for block in blocks) else _TALLEST_WHOLE


def _block(block: Block, clause: Clause, paper: Paper, available: int) -> str:
    """A block in its cell."""
    mark = paper.revisions.mark(block.revision)
    if isinstance(block, Table):
        return paragraph("Spacer", mark=mark) + tables.data_table(block, paper, available)
    style, was = styles(block, clause, _style)
    words = paper.around(block.id, runs(block.inlines, paper))
    return paragraph(style, words, mark=mark, was=paper.revisions.restyled(was) if was != style else "")


def _style(block: Paragraph, flush: bool) -> str:
    item = f"TermItem{block.level}{'Flush' if flush else ''}"
    return item if block.level else "TermParagraph" if block.label else "TermText"


def _height(block: Block, available: int, paper: Paper) -> int:
    if isinstance(block, Paragraph):
        indent = _ITEM_INDENT * (block.level + bool(block.label))
        return paper.theme.ruler.lines(printed(block.inlines), available - indent)
    return paper.fit(block).height(available)
