"""Tables: rows, cells, and tables of data whose columns share the width by what stands in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from termsheet.document import Row, Table, shown
from termsheet.word.inlines import runs
from termsheet.word.markup import paragraph, quoted, run
from termsheet.word.measure import BOLD, Ruler
from termsheet.word.paper import Paper

CELL_PADDING = 216  # both sides of a cell of the main table, in twips
_DATA_PADDING = 200
_WIDEST_WORD = 2600
_WIDEST_FIGURE = 1400  # a longer one may break
_TOO_TALL = 4  # lines that a broad table would spare


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


def row(cells: str, *, whole: bool = True, header: bool = False) -> str:
    """A row. A whole one does not split over pages, a header is repeated on each."""
    properties = ("<w:cantSplit/>" if whole else "") + ("<w:tblHeader/>" if header else "")
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
    widths = shares(data, available, paper.theme.data_ruler)
    titles = [run(column.title) for column in data.columns]
    titles[0] = paper.around(data.id, titles[0])
    styles = ("TableHeadingRight" if column.numeric else "TableHeading" for column in data.columns)
    head = row("".join(map(cell, widths, map(paragraph, styles, titles))), header=True)
    body = (_data_row(entry, data, paper, widths) for entry in data.rows)
    return table("DataTable", widths, (head, *body), caption=data.caption, indent=indent) + paragraph("Spacer")


def cramped(data: Table, available: int, broad: int, ruler: Ruler) -> bool:
    """Whether a broad table would cut no words where a narrow one does, or be far less tall."""
    least = sum(least for least, _ in _needs(data, ruler))
    return least > available or height(data, available, ruler) - height(data, broad, ruler) >= _TOO_TALL


def shares(data: Table, available: int, ruler: Ruler) -> list[int]:
    """The widths of the columns: what each needs; of the rest, small wishes are met before great ones."""
    needs = _needs(data, ruler)
    spare = available - sum(least for least, _ in needs)
    if spare < 0:
        scale = available / sum(least for least, _ in needs)
        return _whole([least * scale for least, _ in needs], available)
    widths = [least for least, _ in needs]
    by_wish = sorted(range(len(needs)), key=lambda place: needs[place][1] - needs[place][0])
    for rank, place in enumerate(by_wish):
        least, full = needs[place]
        given = min(full - least, spare / (len(needs) - rank))
        widths[place] += given
        spare -= given
    return _whole([width + spare * width / sum(widths) for width in widths], available)


def _whole(widths: Sequence[float], available: int) -> list[int]:
    whole = [int(width) for width in widths]
    return [*whole[:-1], available - sum(whole[:-1])]


def height(data: Table, available: int, ruler: Ruler) -> int:
    """About how many lines of text the table is tall."""
    widths = shares(data, available, ruler)
    inner = [width - _DATA_PADDING for width in widths]
    return 2 + sum(_row_height(entry, inner, ruler) for entry in data.rows)


def _row_height(entry: Row, widths: Sequence[int], ruler: Ruler) -> int:
    cells = zip(entry.cells, widths, strict=True)
    return max(ruler.lines(shown(words), width) for words, width in cells)


def _needs(data: Table, ruler: Ruler) -> list[tuple[float, float]]:
    """For each column the least width, and the width at which nothing in it wraps."""
    found = []
    for place, column in enumerate(data.columns):
        texts = [shown(entry.cells[place]) for entry in data.rows]
        title = ruler.longest_word(column.title) * BOLD
        most = max(map(ruler.longest_line, texts), default=0.0)
        whole = most if column.numeric and most <= _WIDEST_FIGURE else 0.0
        words = max(map(ruler.longest_word, texts), default=0.0)
        least = min(max(title, words, whole) * BOLD, _WIDEST_WORD)
        full = max(ruler.longest_line(column.title), most) * BOLD
        found.append((least + _DATA_PADDING, max(least, full) + _DATA_PADDING))
    return found


def _data_row(entry: Row, data: Table, paper: Paper, widths: Sequence[int]) -> str:
    contents = [runs(words, paper) for words in entry.cells]
    contents[0] = paper.around(entry.id, contents[0])
    styles = ("TableNumber" if column.numeric else "TableText" for column in data.columns)
    return row("".join(map(cell, widths, map(paragraph, styles, contents))))
