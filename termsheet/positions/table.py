"""Where a deal stands, for people: a table on a wide screen, and one position below the other on a narrow one."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from termsheet.columns import columns
from termsheet.deal import Deal
from termsheet.source import Route, Source
from termsheet.standing import Stand, Stands

PRIVATE = "Private: for the own side only. Not to be sent, and not to lie on the table."
_COLOURS = {
    "walk-away": "1;31",
    "unjudged": "1;33",
    "outside": "33",
    "open": "35",
    "fallback": "36",
    "preferred": "32",
}
_WIDE = 110  # columns from which on the six columns have room
_WIDEST = 160
_HEADS = ("clause and question", "where we stand", "ours", "fallback", "walk-away", "approves")
_SHARES = (26, 26, 18, 15, 16, 13)
_LABEL = 10


class Row(NamedTuple):
    """A stand, and the line of the deal that decides it (0: none)."""

    stand: Stand
    line: int


def rows(stands: Stands, deal: Deal, source: Source, only: Iterable[str] = ()) -> list[Row]:
    """The stands with their lines; of these standings only, where some are asked for."""
    wanted = {*only}
    return [
        Row(stand, _line(deal.route_of(stand.path), source))
        for stand in stands.stands
        if not wanted or stand.standing in wanted or ("unjudged" in wanted and stand.unjudged)
    ]


def _line(route: Route, source: Source) -> int:
    there = source.nearest(route)
    mark = source.marks[there]
    return source.position((mark.key or mark.value).start)[0] if there else 0


def render(title: str, stands: Stands, found: list[Row], *, width: int = 80, colour: bool = False) -> str:
    """The whole page: what it is, each position, and how many there are of each standing."""
    width = min(width, _WIDEST)
    head = [title, stands.heading(), PRIVATE]
    body = _table(found, width, colour) if width >= _WIDE else _blocks(found, width, colour)
    parts = ["\n".join(line for text in head for line in _wrapped(text, width)), *body]
    parts.append("\n".join(_wrapped(stands.summary(), width)))
    return "\n\n".join(parts) + "\n"


def _blocks(found: list[Row], width: int, colour: bool) -> Iterator[str]:
    for row in found:
        stand = row.stand
        name = f"{stand.title} ({stand.position})" + (f": {stand.entry}" if stand.entry else "")
        lines = [*_wrapped(name, width), *_labelled("", stand.question, width)]
        first = _labelled("stands", f"{label(stand)}{_said(row)}", width)
        lines += [first[0].replace(label(stand), _paint(stand, label(stand), colour), 1), *first[1:]]
        for word, text in (
            ("ours", stand.preferred),
            ("fallback", stand.fallback),
            ("walk-away", stand.walk_away),
            ("approves", stand.approves),
            ("", stand.guidance),
        ):
            lines += _labelled(word, text, width) if text else []
        yield "\n".join(lines)


def _labelled(word: str, text: str, width: int) -> list[str]:
    indent = f"  {word:<{_LABEL}}"
    return textwrap.wrap(text, width, initial_indent=indent, subsequent_indent=" " * len(indent))


def _table(found: list[Row], width: int, colour: bool) -> Iterator[str]:
    gaps = 2 * (len(_HEADS) - 1)
    room = width - gaps
    widths = [room * share // sum(_SHARES) for share in _SHARES]
    widths[0] += room - sum(widths)
    yield "\n".join([_joined(_HEADS, widths), "─" * width])
    for row in found:
        yield "\n".join(_lines(row, widths, colour))


def _lines(row: Row, widths: list[int], colour: bool) -> Iterator[str]:
    stand = row.stand
    about = [stand.title, *([f"· {stand.entry}"] if stand.entry else []), stand.question, stand.position]
    answers = (stand.preferred, stand.fallback, stand.walk_away, stand.approves)
    texts = [about, [label(stand), _said(row).lstrip(" :")], *([text or "–"] for text in answers)]
    cells = [
        [line for text in parts if text for line in _wrapped(text, width)]
        for parts, width in zip(texts, widths, strict=True)
    ]
    for index in range(max(map(len, cells))):
        line = [cell[index] if index < len(cell) else "" for cell in cells]
        made = _joined(line, widths)
        if index == 0:
            made = made.replace(f"  {label(stand)}", f"  {_paint(stand, label(stand), colour)}", 1)
        yield made.rstrip()
    if stand.guidance:
        yield from textwrap.wrap(stand.guidance, sum(widths), initial_indent="  → ", subsequent_indent="    ")


def _joined(cells: Iterable[str], widths: list[int]) -> str:
    return "  ".join(
        cell + " " * (width - columns(cell)) for cell, width in zip(cells, widths, strict=True)
    ).rstrip()


def label(stand: Stand) -> str:
    """The standing; and that nobody can tell of the red line, where that stands beside it."""
    beside = " (red line unjudged)" if stand.unjudged and stand.standing != "unjudged" else ""
    return stand.standing.upper() + beside if stand.standing == "walk-away" else stand.standing + beside


def _said(row: Row) -> str:
    """What the deal says, why it is unjudged, and where."""
    stand = row.stand
    said = [*([stand.value] if stand.value else []), *([stand.unjudged] if stand.unjudged else [])]
    place = f" (line {row.line})" if row.line else ""
    return (f": {'; '.join(said)}" if said else "") + place


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width) or [""]


def _paint(stand: Stand, text: str, colour: bool) -> str:
    return f"\x1b[{_COLOURS[stand.standing]}m{text}\x1b[0m" if colour else text
