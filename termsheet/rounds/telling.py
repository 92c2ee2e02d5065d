"""What moved from round to round, as a table, as Markdown and as JSON."""

from __future__ import annotations

import json as plain
from collections.abc import Iterator, Sequence
from typing import Any

from termsheet.columns import columns
from termsheet.positions.table import PRIVATE
from termsheet.report import escape
from termsheet.rounds.columns import table as lined
from termsheet.rounds.moves import Moves, Position, Term
from termsheet.rules.rule import brief

_NOTHING = "–"
_LEAST = 14  # columns for a value; with less, the rounds stand one below the other
_PATH = 40


def table(moves: Moves, *, every: bool = False, width: int = 80) -> str:
    """The rounds, the terms that moved, and the positions: for a terminal of that width."""
    blocks = [_head(moves)]
    stops = [stop.name for stop in moves.stops]
    terms = [(term.path, [value or _NOTHING for value in term.values]) for term in _terms(moves, every)]
    if terms:
        blocks.append("\n".join(_lines("term", stops, terms, width)))
    else:
        blocks.append("no term has moved" if len(stops) > 1 else "it is as it was sent")
    if moves.book:
        rows = [(_named(position), _standings(position)) for position in _positions(moves, every)]
        blocks.append(f"{moves.book}\n{PRIVATE}")
        if rows:
            blocks.append("\n".join(_lines("position", [*stops, ""], rows, width)))
        blocks.append(_counted(moves))
    return "\n\n".join(blocks) + "\n"


def markdown(moves: Moves, *, every: bool = False) -> str:
    """The same as Markdown, no value cut short."""
    stops = [stop.name for stop in moves.stops]
    blocks = [f"# {escape.markdown(moves.title)}", "\n".join(f"- {escape.markdown(line)}" for line in _rounds(moves))]
    terms = [[escape.code(term.path), *(escape.markdown(value) if value else _NOTHING for value in term.values)]
             for term in _terms(moves, every)]  # fmt: skip
    blocks.append(_grid(["term", *stops], terms) if terms else "No term has moved.")
    if moves.book:
        rows = [
            [escape.markdown(name), *values]
            for name, values in ((_named(position), _standings(position)) for position in _positions(moves, every))
        ]
        blocks += [f"## {escape.markdown(moves.book)}", PRIVATE]
        blocks += [_grid(["position", *stops, ""], rows)] if rows else []
        blocks.append(_counted(moves))
    return "\n\n".join(blocks) + "\n"


def json(moves: Moves, *, every: bool = False) -> str:
    """The same as JSON."""
    stops = [{"round": stop.number or None, "sent_on": stop.sent_on.isoformat() if stop.sent_on else None,
              "form": stop.form, "to": stop.to, "note": stop.note} for stop in moves.stops]  # fmt: skip
    page: dict[str, Any] = {"deal": moves.name, "title": moves.title, "rounds": stops}
    page["terms"] = [{"path": term.path, "values": list(term.values)} for term in _terms(moves, every)]
    if moves.book:
        page["playbook"] = moves.book
        page["positions"] = [
            {"position": position.stand.position, "entry": position.stand.entry, "question": position.stand.question,
             "standings": list(position.standings), "verdict": position.verdict}
            for position in _positions(moves, every)
        ]  # fmt: skip
        page["counts"] = moves.counts()
    return plain.dumps(page, ensure_ascii=False, indent=2) + "\n"


def _terms(moves: Moves, every: bool) -> list[Term]:
    return [term for term in moves.terms if every or term.moved]


def _positions(moves: Moves, every: bool) -> list[Position]:
    return [position for position in moves.positions if every or len(set(position.standings)) > 1]


def _head(moves: Moves) -> str:
    return "\n".join([moves.title, *_rounds(moves)])


def _rounds(moves: Moves) -> Iterator[str]:
    for stop in moves.stops:
        if stop.sent_on:
            to = f", to {stop.to}" if stop.to else ""
            note = f": {stop.note}" if stop.note else ""
            yield f"{stop.name}, {stop.sent_on}, {stop.form}{to}{note}"
        else:
            yield "now: the deal as it stands, not sent"


def _named(position: Position) -> str:
    stand = position.stand
    return stand.position + (f": {stand.entry}" if stand.entry else "")


def _standings(position: Position) -> list[str]:
    return [*(word or _NOTHING for word in position.standings), position.verdict]


def _counted(moves: Moves) -> str:
    counts = [f"{count} {word}" for word, count in moves.counts().items() if count]
    return f"of {len(moves.positions)} positions: {', '.join(counts) or 'none has moved'}"


def _lines(
    first: str, stops: Sequence[str], rows: Sequence[tuple[str, list[str]]], width: int
) -> Iterator[str]:
    """A table where there is room for one; else each row as a paragraph of its own."""
    wide = min(_PATH, max(columns(name) for name, _ in rows))
    full = max(columns(value) for _, values in rows for value in values)
    each = min(full, (width - wide) // len(stops) - 2)
    if each < min(full, _LEAST) or _alike([[brief(value, each) for value in values] for _, values in rows], rows):
        for name, values in rows:
            yield name
            for stop, value in zip(stops, values, strict=True):
                yield from [f"  {stop}: {value}" if stop else f"  {value}"] if value else []
        return
    cut = [[brief(name, wide), *(brief(value, each) for value in values)] for name, values in rows]
    yield from lined([first, *stops], cut)


def _alike(cut: Sequence[Sequence[str]], rows: Sequence[tuple[str, list[str]]]) -> bool:
    """Whether what was cut looks the same where it is not, or names of rows do: such a table tells nothing."""
    names = [brief(name, _PATH) for name, _ in rows]
    return len(set(names)) < len({name for name, _ in rows}) or any(
        len(set(shown)) < len(set(values)) for shown, (_, values) in zip(cut, rows, strict=True)
    )


def _grid(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
