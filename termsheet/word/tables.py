"""Tables: rows, cells, and tables of data whose columns share the width by what stands in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from termsheet.document import Row, Table
from termsheet.word.inlines import runs
from termsheet.word.markup import paragraph, quoted, run
from termsheet.word.paper import Paper

_SHORT = 8  # rows: a table of no more stays on one page
CELL_PADDING = 216  # both sides of a cell of the main table, in twips


def table(
    style: str, widths: Sequence[int], rows: Iterable[str], *, caption: str, headed: bool = True, indent: int = 0
) -> str:
    """A table of fixed columns, in twips."""
    moved = f'<w:tblInd w:w="{indent}" w:type="dxa"/>' if indent else ""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    described = f"<w:tblCaption w:val={quoted(caption)}/>" if caption else ""
    first = 'w:val="0620" w:firstRow="1"' if headed else 'w:val="0600" w:firstRow="0"'
    look = f'{first} w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"'
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>{moved}'
        f'<w:tblLayout w:type="fixed"/><w:tblLook {look}/>'
        f"{described}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def row(cells: str, *, whole: bool = True, header: bool = False, mark: str = "") -> str:
    """A row. A whole one does not split over pages, a header is repeated on each; `mark` tells that it came or went."""
    properties = ("<w:cantSplit/>" if whole else "") + ("<w:tblHeader/>" if header else "") + mark
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{cells}</w:tr>"


def cell(width: int, content: str, *, span: int = 1, open_sides: Sequence[str] = ()) -> str:
    """A cell. Word has no style for a row that runs on into the next, without a line or a gap between."""
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    properties += f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    if open_sides:
        borders = "".join(f'<w:{side} w:val="nil"/>' for side in open_sides)
        margins = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in open_sides)
        properties += f"<w:tcBorders>{borders}</w:tcBorders><w:tcMar>{margins}</w:tcMar>"
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def data_table(data: Table, paper: Paper, available: int, *, indent: int = 0) -> str:
    """A table of data, which fills the width, with the paragraph that must follow it."""
    widths = paper.fit(data).shares(available)
    kind, revisions = data.revision, paper.revisions
    titles = [run(column.title) for column in data.columns]
    titles = [revisions.around(kind, title) if kind else title for title in titles]
    titles[0] = paper.around(data.id, titles[0])
    styles = ("TableHeadingRight" if column.numeric else "TableHeading" for column in data.columns)
    heads = (paragraph(style, title, mark=revisions.mark(kind)) for style, title in zip(styles, titles, strict=True))
    head = row("".join(map(cell, widths, heads)), header=True, mark=revisions.row(kind))
    last = len(data.rows) - 1
    body = (
        _data_row(entry, data, paper, widths, keep_next=last < _SHORT and place < last)
        for place, entry in enumerate(data.rows)
    )
    return table("DataTable", widths, (head, *body), caption=data.caption, indent=indent) + paragraph(
        "Spacer", mark=revisions.mark(kind)
    )


def _data_row(entry: Row, data: Table, paper: Paper, widths: Sequence[int], *, keep_next: bool) -> str:
    """A row, which in a short table keeps to the next."""
    contents = [runs(words, paper) for words in entry.cells]
    contents[0] = paper.around(entry.id, contents[0])
    styles = ("TableNumber" if column.numeric else "TableText" for column in data.columns)
    cells = (paragraph(style, content, keep_next=keep_next, mark=paper.revisions.mark(entry.revision))
             for style, content in zip(styles, contents, strict=True))  # fmt: skip
    return row("".join(map(cell, widths, cells)), mark=paper.revisions.row(entry.revision))
