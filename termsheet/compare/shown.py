"""What has changed between two deals, as text, Markdown and JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from termsheet.compare.sides import Side
from termsheet.compare.terms import Moved, Position
from termsheet.compare.told import VALUE, counted, told

_NOT_THERE = "–"


def text(old: Side, new: Side, moved: Sequence[Moved], stands: Sequence[Position]) -> str:
    """For the terminal: clause by clause, each value with what it was and what it is."""
    return "\n".join(_lines(old, new, moved, stands)) + "\n"


def _lines(old: Side, new: Side, moved: Sequence[Moved], stands: Sequence[Position]) -> Iterator[str]:
    items = told(old, new, moved)
    yield f"{counted(items)} from {old.name} to {new.name}"
    last = None
    for one in items:
        if one.clause != last:
            yield ""
            yield one.clause or "in no clause"
            last = one.clause
        yield f"  {one.words}"
        if one.kind == VALUE or one.old:
            yield from _lined("-", one.old)
        if one.kind == VALUE or one.new:
            yield from _lined("+", one.new)
    if stands:
        yield ""
        yield "positions"
    for stand in stands:
        entry = f", {stand.entry}" if stand.entry else ""
        who = f" ({stand.approves} approves)" if stand.approves else ""
        yield f"  {stand.title}{entry} ({stand.position}): {stand.old} → {stand.new}{who}"


def _lined(sign: str, value: str) -> Iterator[str]:
    """A value behind its sign; its further lines stand below the first."""
    first, *rest = (value or _NOT_THERE).splitlines()
    yield f"    {sign} {first}"
    yield from (f"      {line}".rstrip() for line in rest)


def markdown(old: Side, new: Side, moved: Sequence[Moved], stands: Sequence[Position]) -> str:
    """For a pull request."""
    items = told(old, new, moved)
    lines = [f"**{counted(items)}** from {_cell(old.name)} to {_cell(new.name)}", ""]
    if items:
        lines += ["| Clause | What | Was | Is |", "|---|---|---|---|"]
        lines += [f"| {_cell(one.clause)} | {f'`{one.words}`' if one.kind == VALUE else _cell(one.words)} "
                  f"| {_cell(one.old)} | {_cell(one.new)} |" for one in items]  # fmt: skip
    if stands:
        lines += ["", "| Position | Was | Is | Approves |", "|---|---|---|---|"]
        lines += [f"| {_cell(stand.title)} (`{stand.position}`){_cell(f', {stand.entry}' if stand.entry else '')} "
                  f"| {stand.old} | {stand.new} | {_cell(stand.approves)} |" for stand in stands]  # fmt: skip
    return "\n".join(lines) + "\n"


def as_json(old: Side, new: Side, moved: Sequence[Moved], stands: Sequence[Position]) -> str:
    """For other tools."""
    return json.dumps(
        {
            "version": "1",
            "old": old.name,
            "new": new.name,
            "changes": [one._asdict() for one in moved],
            "positions": [stand._asdict() for stand in stands],
        },
        indent=2,
        ensure_ascii=False,
    ) + "\n"  # fmt: skip


def _cell(words: str) -> str:
    return (words or _NOT_THERE).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("\n", "<br>")
