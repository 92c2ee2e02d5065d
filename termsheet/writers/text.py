"""Plain text with real numbers, for the terminal, a diff or an e-mail."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from termsheet.columns import columns
from termsheet.document import Clause, Document, Paragraph, Part, Signature, Table, shown

WIDTH = 88
_HANG = 6


def write(document: Document) -> str:
    """The whole paper as text."""
    lines = [
        *filter(None, (*document.furniture.first_left, document.furniture.right)),
        "",
        document.title.upper(),
        document.subtitle,
        "",
    ]
    for paragraph in document.intro:
        lines += [*_wrapped(shown(paragraph.inlines)), ""]
    lines += _open_points(document)
    for part in document.parts:
        lines += _part(part)
    ending = [_schedules(document), _signatures(document)]
    for end in ending if document.signatures_last else reversed(ending):
        lines += end
    return "\n".join(line.rstrip() for line in lines).rstrip() + "\n"


def _schedules(document: Document) -> Iterator[str]:
    for schedule in document.schedules:
        yield from _schedule(schedule)


def _signatures(document: Document) -> Iterator[str]:
    yield from (document.words.signatures.upper(), "")
    for paragraph in document.closing:
        yield from (*_wrapped(shown(paragraph.inlines)), "")
    for signature in document.signatures:
        yield from (*_signature(signature, document.words.signature.rstrip(":")), "")


def extract(clause: Clause) -> str:
    """One clause of a paper as text."""
    return "\n".join(line.rstrip() for line in _clause(clause)).rstrip() + "\n"


def _open_points(document: Document) -> Iterator[str]:
    if not document.open_points:
        return
    yield document.words.open_points.upper()
    for point in document.open_points:
        whose = f", {point.by}" if point.by else ""
        yield from _wrapped(f"[ ] {point.what} ({document.words.paragraph} {point.number}{whose})", hang=4)
    yield ""


def _part(part: Part) -> Iterator[str]:
    yield from _heading(part.heading)
    for clause in part.clauses:
        yield from _clause(clause)


def _schedule(schedule: Clause) -> Iterator[str]:
    yield from _heading(f"{schedule.label} – {schedule.title}")
    yield from _blocks(schedule)


def _heading(text: str) -> Iterator[str]:
    yield text.upper()
    yield "=" * columns(text.upper())
    yield ""


def _clause(clause: Clause) -> Iterator[str]:
    if clause.label:
        yield f"{clause.label:<{_HANG}}{clause.title}"
        yield ""
    yield from _blocks(clause)


def _blocks(clause: Clause) -> Iterator[str]:
    for block in clause.blocks:
        if isinstance(block, Table):
            yield from _table(block)
        else:
            yield from _paragraph(block)
        yield ""


def _paragraph(paragraph: Paragraph) -> Iterator[str]:
    indent = paragraph.level * _HANG + (0 if paragraph.label else _HANG)
    lead = " " * indent + (f"{paragraph.label + ' ':<{_HANG}}" if paragraph.label else "")
    for index, line in enumerate(shown(paragraph.inlines).split("\n")):
        yield from _wrapped(line, lead=lead if not index else " " * len(lead), hang=len(lead))


def _wrapped(line: str, *, lead: str = "", hang: int = 0) -> list[str]:
    return textwrap.wrap(line, WIDTH, initial_indent=lead, subsequent_indent=" " * hang,
                         break_long_words=False, break_on_hyphens=False) or [lead]  # fmt: skip


def _table(table: Table) -> Iterator[str]:
    """The cells side by side, wrapped in columns of their own; one below the other where even words do not fit."""
    heads = [column.title for column in table.columns]
    rows = [[" ".join(shown(cell).split("\n")) for cell in row.cells] for row in table.rows]
    widths = _widths([heads, *rows])
    if widths is None:
        yield from _stacked(heads, rows)
        return
    numeric = [column.numeric for column in table.columns]
    yield from _row(heads, widths, numeric)
    yield " " * _HANG + "  ".join("-" * width for width in widths)
    for cells in rows:
        yield from _row(cells, widths, numeric)


def _widths(rows: list[list[str]]) -> list[int] | None:
    """The width of each column: what it wants, or its share of the line, but never less than its longest word."""
    wanted = [max(columns(cell) for cell in column) for column in zip(*rows, strict=True)]
    least = [
        max(columns(word) for cell in column for word in cell.split(" "))
        for column in zip(*rows, strict=True)
    ]
    room = WIDTH - _HANG - 2 * (len(wanted) - 1)
    if sum(least) > room:
        return None
    widths = least[:]
    while sum(widths) < room and widths != wanted:
        narrowest = min((place for place in range(len(widths)) if widths[place] < wanted[place]),
                        key=lambda place: widths[place] / wanted[place])  # fmt: skip
        widths[narrowest] += 1
    return widths


def _row(cells: list[str], widths: list[int], numeric: list[bool]) -> Iterator[str]:
    wrapped = [
        textwrap.wrap(cell, width, break_on_hyphens=False) for cell, width in zip(cells, widths, strict=True)
    ]
    for number in range(max(map(len, wrapped))):
        pieces = [lines[number] if number < len(lines) else "" for lines in wrapped]
        yield " " * _HANG + "  ".join(map(_padded, pieces, widths, numeric)).rstrip()


def _stacked(heads: list[str], rows: list[list[str]]) -> Iterator[str]:
    for index, cells in enumerate(rows):
        if index:
            yield ""
        for head, cell in zip(heads, cells, strict=True):
            yield from _wrapped(f"{head}: {cell}", lead=" " * _HANG, hang=_HANG + 2)


def _padded(cell: str, width: int, numeric: bool) -> str:
    space = " " * (width - columns(cell))
    return space + cell if numeric else cell + space


def _signature(signature: Signature, label: str) -> Iterator[str]:
    lines: Sequence[tuple[str, str]] = [(line.label, shown(line.inlines)) for line in signature.lines]
    yield f"{signature.lead} {shown(signature.party)}".lstrip()
    yield ""
    width = max(_HANG * 2, *(len(name) + 2 for name in (label, *(name for name, _ in lines))))
    for name, value in ((label, ""), *lines):
        yield f"{name + ':':<{width}}{value or '______________________________'}"
