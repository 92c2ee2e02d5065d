"""What is told of a file that came back: to people, to a page, and to a script."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from termsheet.report.escape import code, markdown
from termsheet.report.verdict import plural
from termsheet.returned.merge import TEXT, Changed, Conflict, Said, Unclear, Where
from termsheet.returned.pull import Pulled
from termsheet.source import Route
from termsheet.source.words import show

_LONGEST = 160
_MOST_GONE = 10
_WHERE = {"store": "the bound value of the file", TEXT: "the text"}

Item = Changed | Conflict | Unclear


def text(pulled: Pulled, written: bool) -> str:
    """For people: each change with its line, its path, its clause, and what it was and is."""
    lines = [line for change in pulled.changes for line in _changed(pulled, change)]
    lines += [line for conflict in pulled.conflicts for line in _conflict(pulled, conflict)]
    lines += [line for unclear in pulled.unclear for line in _unclear(pulled, unclear)]
    return "\n".join([*lines, *remarks(pulled), summary(pulled, written)]) + "\n"


def _changed(pulled: Pulled, change: Changed) -> Iterator[str]:
    yield f"{_head(pulled, change)}"
    yield f"    {_show(change.old) or '(open)'} → {_show(change.new)}"
    shows = pulled.shows.get(change.path, change.typed)
    if (change.was, shows) != (change.old, change.new):
        yield f"    shown: {_show(change.was)} → {_show(shows)}"
    told = _told(change.said, change.where)
    if told:
        yield f"    {told}"


def _conflict(pulled: Pulled, conflict: Conflict) -> Iterator[str]:
    yield f"{_head(pulled, conflict)} CONFLICT: {conflict.reason}"
    yield f"    sent: {_show(conflict.was)}"
    if conflict.says:
        yield f"    the deal: {_show(conflict.says)}"
    for said in conflict.said:
        yield f"    {_wheres(said)}: {_show(said.typed)}{f' ({said.reason})' if said.reason else ''}"


def _unclear(pulled: Pulled, unclear: Unclear) -> Iterator[str]:
    yield f"{_head(pulled, unclear)} NOT UNDERSTOOD"
    yield f"    {_show(unclear.was)} → {_show(unclear.typed) or '(nothing)'}"
    yield f"    {unclear.reason}"


def remarks(pulled: Pulled) -> Iterator[str]:
    """What is no change of a value, and worth to be known."""
    gone = pulled.merged.gone
    if gone:
        named = ", ".join(f"{show(path, 100)} ({where})" for path, where in gone[:_MOST_GONE])
        more = f" and {len(gone) - _MOST_GONE} more" if len(gone) > _MOST_GONE else ""
        yield f"no longer in the text, or no longer bound: {named}{more}"
    if pulled.merged.settled:
        yield f"the deal says so already: {', '.join(pulled.merged.settled[:_MOST_GONE])}"
    if pulled.merged.foreign:
        yield f"left alone, because they were never sent: {plural(pulled.merged.foreign, 'value')}"


def summary(pulled: Pulled, written: bool) -> str:
    """One line for all."""
    counts = [
        (len(pulled.changes), "value changed", "values changed"),
        (len(pulled.conflicts), "conflict", "conflicts"),
        (len(pulled.unclear), "not understood", "not understood"),
    ]
    told = ", ".join(f"{count} {one if count == 1 else many}" for count, one, many in counts if count)
    did = f"; written to {pulled.before.name}" if written and pulled.changes else ""
    none = "no value is left to write" if pulled.merged.settled or pulled.merged.gone else "no value changed"
    head = f"{show(pulled.returned, 200)} answers {pulled.answers}: {told or none}{did}"
    return f"{head}; words and comments: `termsheet review`"


def page(pulled: Pulled, written: bool) -> str:
    """A page in Markdown: a table of changes, then what the author has to settle."""
    lines = [f"## What came back in {code(pulled.returned)}", "", markdown(summary(pulled, written)), ""]
    if pulled.changes:
        lines += ["| Line | Path | Clause | Was | Is now |", "|---|---|---|---|---|"]
        for change in pulled.changes:
            shows = pulled.shows.get(change.path, change.typed)
            lines.append(_row(_line(pulled, change.route), code(change.path), str(change.where), change.was, shows))
        lines.append("")
    settle: list[tuple[Conflict | Unclear, list[str]]] = [
        *((item, [said.typed for said in item.said]) for item in pulled.conflicts),
        *((item, [item.typed]) for item in pulled.unclear),
    ]
    if settle:
        lines += ["### To settle", "", "| Line | Path | Clause | Was | Typed | Why |", "|---|---|---|---|---|---|"]
        for item, typed in settle:
            line = _line(pulled, item.route)
            lines.append(_row(line, code(item.path), str(item.where), item.was, " / ".join(typed), item.reason))
        lines.append("")
    lines += [line for remark in remarks(pulled) for line in (markdown(remark), "")]
    return "\n".join(lines)


def _row(line: int, path: str, *cells: str) -> str:
    return f"| {line} | {path} | {' | '.join(markdown(_show(cell)) for cell in cells)} |"


def as_json(pulled: Pulled, written: bool) -> str:
    """Everything, for a script."""
    made: dict[str, Any] = {
        "version": 1,
        "returned": pulled.returned,
        "deal": pulled.before.name,
        "answers": pulled.answers,
        "written": written and bool(pulled.changes),
        "changes": [
            _place(pulled, item) | {"old": item.old, "new": item.new, "was": item.was, "typed": item.typed,
                                    "shows": pulled.shows.get(item.path, item.typed), "said": _saids(item.said)}
            for item in pulled.changes
        ],
        "conflicts": [
            _place(pulled, item)
            | {"reason": item.reason, "deal": item.says, "was": item.was, "said": _saids(item.said)}
            for item in pulled.conflicts
        ],
        "unclear": [
            _place(pulled, item) | {"reason": item.reason, "was": item.was, "typed": item.typed}
            for item in pulled.unclear
        ],
        "gone": [path for path, _ in pulled.merged.gone],
        "settled": pulled.merged.settled,
        "foreign": pulled.merged.foreign,
    }  # fmt: skip
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


def _place(pulled: Pulled, item: Item) -> dict[str, Any]:
    clause = {"number": item.where.number, "title": item.where.title}
    return {"path": item.path, "line": _line(pulled, item.route), "clause": clause}


def _saids(said: tuple[Said, ...]) -> list[dict[str, Any]]:
    return [{"typed": one.typed, "value": one.value, "in": list(one.where), "reason": one.reason} for one in said]


def _head(pulled: Pulled, item: Item) -> str:
    clause = f" ({item.where})" if str(item.where) else ""
    return f"{pulled.before.name}:{_line(pulled, item.route)}: {item.path}{clause}"


def _line(pulled: Pulled, route: Route) -> int:
    mark = pulled.before.marks[pulled.before.nearest(route)]
    return pulled.before.position((mark.value if mark.scalar is not None else mark.key or mark.value).start)[0]


def _told(said: tuple[Said, ...], where: Where) -> str:
    """In how many of its places a value was changed, where not in all."""
    typed = sum(one.count for one in said)
    if not typed:
        return "changed in the bound value of the file only"
    return f"changed in {typed} of the {where.places} places where it is shown" if typed < where.places else ""


def _wheres(said: Said) -> str:
    return " and ".join(_WHERE[where] for where in said.where)


def _show(words: str) -> str:
    return show(words, _LONGEST)
