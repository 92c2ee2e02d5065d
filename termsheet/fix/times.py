"""Dates, points in time, lengths of time and frequencies in another form than the vocabulary's."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from termsheet.fix import numbers
from termsheet.fix.spelling import meant
from termsheet.pattern import pattern
from termsheet.values import FormError, cadence, duration

_SEPARATED = pattern(r"(\d{1,4})([./-]) ?(\d{1,2})\2 ?(\d{1,4})", re.ASCII)
_NAMED = pattern(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?: of)?[ -](?P<month>[a-z]+)\.?,?[ -](?P<year>\d{4})"
    r"|(?P<month2>[a-z]+)\.? (?P<day2>\d{1,2})(?:st|nd|rd|th)?,? (?P<year2>\d{4})",
    re.ASCII,
)
_MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december"]  # fmt: skip

_LENGTHS = (  # a unit of two words, or of one
    re.compile(r"(.+?)(?:[\s-]+|(?<=[\d)]))([a-z]+[\s-]+[a-z]+)"),
    re.compile(r"(.+?)(?:[\s-]+|(?<=[\d)]))([a-z]+)"),
)
_SHORT = {"yr": "year", "mth": "month", "mo": "month", "wk": "week", "hr": "hour", "min": "minute"}
_KINDS = ("", "business ", "working ", "calendar ")
_RELATIVE = pattern(r"(.+?)( (?:after|before) (?:the )?(?:\w+ end|[\w-]+))", re.IGNORECASE)
_PERIODS = {"day": "daily", "week": "weekly", "month": "monthly", "quarter": "quarterly", "year": "yearly"}
_TIMES = pattern(r"(.+?) times ((?:a|per|each|every) \w+)")


def of_day(text: str) -> str:
    """`31 January 2027` as `2027-01-31`; nothing where day and month may be meant the other way round."""
    parts = _named(text.lower()) or _separated(text)
    try:
        return date(*parts).isoformat() if parts and 1900 <= parts[0] < 2200 else ""
    except ValueError:
        return ""


def _separated(text: str) -> tuple[int, int, int] | None:
    match = _SEPARATED.fullmatch(text)
    if not match:
        return None
    first, middle, last = int(match[1]), int(match[3]), int(match[4])
    if len(match[1]) == 4 and len(match[4]) <= 2:
        return first, middle, last
    if len(match[1]) > 2 or len(match[4]) != 4:
        return None
    if middle > 12:
        return last, first, middle
    return (last, middle, first) if first > 12 or first == middle else None


def _named(text: str) -> tuple[int, int, int] | None:
    match = _NAMED.fullmatch(text)
    if not match:
        return None
    word, day, year = (match[name] or match[f"{name}2"] for name in ("month", "day", "year"))
    word = "sep" if word == "sept" else word
    months = [number for number, month in enumerate(_MONTHS, 1) if word in (month, month[:3])]
    return (int(year), months[0], int(day)) if months else None


def of_moment(text: str) -> str:
    """A date, or a length of time before or after an event."""
    if found := of_day(re.sub(r"^on ", "", text, flags=re.IGNORECASE)):
        return found
    relative = _RELATIVE.fullmatch(text)
    length = of_length(relative[1]) if relative else ""
    return length + relative[2] if relative and length else ""


def of_length(text: str) -> str:
    """`thirty (30) days` as `30 days`."""
    text = text.lower()
    if text.startswith("term + "):
        rest = of_length(text.removeprefix("term + "))
        return f"term + {rest}" if rest else ""
    for match in filter(None, (length.fullmatch(text) for length in _LENGTHS)):
        number = 1 if match[1] in ("a", "an") else numbers.whole(match[1])
        unit = _unit(re.sub(r"[\s-]+", " ", match[2]))
        if number is not None and unit:
            return f"{number} {unit}{'s' * (number != 1)}"
    return ""


def _unit(word: str) -> str:
    """The unit of time that is meant, in the singular."""
    units = _units()
    one = _SHORT.get(word.removesuffix("s"), word.removesuffix("s"))
    if one in units:
        return one
    return meant(word, [f"{unit}s" for unit in units]).removesuffix("s") or meant(word, units)


@cache
def _units() -> list[str]:
    """Every unit of time that the vocabulary knows, `working day` and its like too."""
    names = dict.fromkeys(kind + unit for kind in _KINDS for unit in duration.UNITS)
    return [name for name in names if _is_unit(name)]


def _is_unit(name: str) -> bool:
    try:
        duration.parse(f"1 {name}")
    except FormError:
        return False
    return True


def of_cadence(text: str) -> str:
    """`montly` as `monthly`, `each quarter` as `quarterly`, `2 weeks` as `every 2 weeks`."""
    text = text.lower()
    each = re.fullmatch(r"(?:each|per|once per) (\w+)", text)
    if each:
        return _PERIODS.get(each[1], "")
    if text[:1].isdigit() and (length := of_length(text)):
        return f"every {length}"
    if text.startswith("every "):
        length = of_length(text.removeprefix("every "))
        return f"every {length}" if length else ""
    if times := _TIMES.fullmatch(text):
        number = numbers.whole(times[1])
        return f"{number} times {times[2]}" if number is not None else ""
    word = meant(text, cadence.WORDS)
    return "" if word == "biweekly" else word  # `bi-weekly` is also said of twice a week
