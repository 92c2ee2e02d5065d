"""Days of the calendar: a length of time after a day, the last day of a term, and days that recur.

Months clip to their end: one month after 31 January is the last day of February. A term takes in its first day: 12
months from 1 January end on 31 December, and a month from 31 January on the last day of February. Business days are
Monday to Friday less the holidays; the day from which they are counted is not one of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from termsheet.immutable import replace
from termsheet.values.duration import Duration

Holidays = frozenset[date]

ENDS = {"month end": 1, "quarter end": 3, "year end": 12}  # in months
_DAYS = {"day": 1, "week": 7}
MONTHS = {"month": 1, "quarter": 3, "year": 12}
_FRIDAY = 4


def add(
    start: date, length: Duration, *, before: bool = False, holidays: Holidays | None = None
) -> date | None:
    """The day so long after (or before) another.

    None where the length has no days that the calendar knows, such as hours, or business days where nobody has said
    which holidays there are (an empty set says that there are none).
    """
    number = -length.number if before else length.number
    if length.word and length.word != "immediately":
        return None
    if not length.unit:
        return start
    try:
        if length.unit in _DAYS:
            return start + timedelta(days=number * _DAYS[length.unit])
        if length.unit in MONTHS:
            year, month = divmod(start.year * 12 + start.month - 1 + number * MONTHS[length.unit], 12)
            return date(year, month + 1, min(start.day, _days(year, month + 1)))
        if length.unit == "business day" and holidays is not None:
            return _business_day(start, length.number, -1 if before else 1, holidays)
    except (ValueError, OverflowError):
        return None
    return None


def _days(year: int, month: int) -> int:
    """How many days a month has."""
    return 31 if month == 12 else (date(year, month + 1, 1) - date(year, month, 1)).days


def _business_day(day: date, left: int, step: int, holidays: Holidays) -> date:
    """The business day so many after (1) or before (-1) a day: whole weeks at once, then again for the holidays."""
    while left:
        weekend = max(0, day.weekday() - _FRIDAY)  # counted as from the business day behind it
        day -= timedelta(days=weekend if step > 0 else -(3 - weekend) if weekend else 0)
        weeks, days = divmod(left, 5)
        over = not 0 <= day.weekday() + step * days <= _FRIDAY
        then = day + step * timedelta(days=7 * weeks + days + 2 * over)
        low, high = (day, then) if step > 0 else (then, day)
        left = sum(low <= free <= high and free != day and free.weekday() <= _FRIDAY for free in holidays)
        day = then
    return day


def last_day(start: date, length: Duration, *, holidays: Holidays | None = None) -> date | None:
    """The last day of a term that begins on a day, or None where it has none."""
    if length.unit == "business day" and length.number:
        return add(start - timedelta(days=1), length, holidays=holidays) if start > date.min else None
    after = add(start, length, holidays=holidays)
    if after is None or after <= start:
        return None
    clipped = length.unit in MONTHS and after.day != start.day
    return after if clipped else after - timedelta(days=1)


def period_end(day: date, months: int) -> date:
    """The last day of the month, quarter or year (of so many months, counted from January) that a day lies in."""
    month = day.month + -day.month % months
    return date(day.year, month, _days(day.year, month))


def recurring(first: date, step: Duration, *, holidays: Holidays | None = None) -> Iterator[date]:
    """A day, and then every day that lies a whole number of steps after it, to the end of the calendar.

    Each is counted from the first one, so that 31 January, 28 February and 31 March follow each other.
    """
    found: date | None = first
    count = 0
    while found is not None:
        yield found
        count += 1
        found = add(first, replace(step, number=step.number * count), holidays=holidays)
