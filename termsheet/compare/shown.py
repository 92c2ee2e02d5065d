"""What has changed between two deals, as text, Markdown and JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from termsheet.compare.sides import Side
from termsheet.compare.terms import Moved, Position

_NOT_THERE = "–"


def text(old: Side, new: Side, moved: Sequence[Moved], stands: Sequence[Position]) -> str:
    """For the terminal: clause by clause, each value with what it was and what it is."""
    return "\n".join(_lines(old, new, moved, stands)) + "\n"


def _lines(old: Side, new: Side, moved: Sequence[Moved], stands: Sequence[Position]) -> Iterator[str]:
    yield f"{_counted(len(moved))} from {old.name} to {new.name}"
    last = None
    for one in moved:
        if one.clause != last:
            yield ""
            yield one.clause or "in no clause"
            last = one.clause
        yield f"  {one.path}"
        yield from _lined("-", one.old)
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
    lines = [f"**{_counted(len(moved))}** from {_cell(old.name)} to {_cell(new.name)}", ""]
    if moved:
        lines += ["| Clause | Path | Was | Is |", "|---|---|---|---|"]
        lines += [f"| {_cell(one.clause)} | `{one.path}` | {_cell(one.old)} | {_cell(one.new)} |" for one in moved]
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


def _counted(count: int) -> str:
    return "nothing has changed" if not count else f"{count} value{'s' * (count != 1)} changed"


def _cell(words: str) -> str:
    return (words or _NOT_THERE).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("\n", "<br>")
