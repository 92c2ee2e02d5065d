"""The dates as one JSON object, for other tools."""

from __future__ import annotations

import json
from typing import Any

from termsheet import __version__
from termsheet.due.agenda import Agenda, DealDates
from termsheet.due.model import Due, Undated

VERSION = "1"


def render(agenda: Agenda) -> str:
    """`version`, `tool`, `as_of`, `from`, `until`, `dates`, `undated` and `errors`."""
    wish = agenda.wish
    return json.dumps(
        {
            "version": VERSION,
            "tool": {"name": "termsheet", "version": __version__},
            "as_of": str(wish.as_of),
            "from": _or_none(wish.since),
            "until": _or_none(wish.until),
            "dates": [_date(due, of) for due, of in agenda.dates],
            "undated": [_undated(entry, of) for entry, of in agenda.undated],
            "errors": [
                {"file": error.file, "line": error.line, "column": error.column, "message": error.message}
                for error in agenda.errors
            ],
        },
        indent=2,
        ensure_ascii=False,
    ) + "\n"  # fmt: skip


def _date(due: Due, of: DealDates) -> dict[str, Any]:
    return {
        "date": str(due.day),
        **_entry(due, of),
        "arithmetic": due.how or None,
        "every": due.every or None,
        "number": due.number or None,
    }


def _undated(entry: Undated, of: DealDates) -> dict[str, Any]:
    return {**_entry(entry, of), "reason": entry.why, "hangs_on": entry.hangs_on or None}


def _entry(found: Due | Undated, of: DealDates) -> dict[str, Any]:
    entry = found.entry
    return {
        "kind": entry.kind,
        "what": entry.what,
        "who": [*entry.who],
        "to": [*entry.to],
        "deal": of.title,
        "id": of.deal.text("deal.id") or None,
        "file": of.name,
        "line": of.line(found),
        "path": entry.path,
        "private": entry.private,
    }


def _or_none(value: object) -> str | None:
    return None if value is None else str(value)
