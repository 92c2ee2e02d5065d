"""Days of the calendar: a length of time after a day, and the last day of a term."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from termsheet.values.duration import Duration

_DAYS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def add(start: date, length: Duration, *, before: bool = False) -> date | None:
    """The day so long after (or before) another, in whole months clipped to their end.

    None where the length has no days that the calendar knows, such as business days.
    """
    number = -length.number if before else length.number
    if length.word and length.word != "immediately":
        return None
    if not length.unit:
        return start
    try:
        if length.unit in _DAYS:
            return start + timedelta(days=number * _DAYS[length.unit])
        if length.unit in _MONTHS:
            year, month = divmod(start.year * 12 + start.month - 1 + number * _MONTHS[length.unit], 12)
            return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
    except (ValueError, OverflowError):
        return None
    return None


def last_day(start: date, length: Duration) -> date | None:
    """The last day of a term: 12 months from 1 January end on 31 December."""
    after = add(start, length)
    return after - timedelta(days=1) if after is not None and after > start else None
