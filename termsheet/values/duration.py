"""Lengths of time: `3 months`, `10 business days`, `immediately`, `term + 2 years`."""

from __future__ import annotations

from termsheet.immutable import immutable, replace
from termsheet.pattern import pattern
from termsheet.values.errors import FormError

UNITS = ("minute", "hour", "business hour", "day", "business day", "week", "month", "quarter", "year")
WORDS = ("immediately", "indefinite", "term")
_SAME = {
    "working day": "business day",
    "calendar day": "day",
    "working hour": "business hour",
    "calendar month": "month",
}
_COUNTED = pattern(r"(\d{1,6})\s+((?:business |working |calendar )?[a-z]+?)s?")
_DAYS = {"minute": 1 / 1440, "hour": 1 / 24, "business hour": 1 / 8, "day": 1, "business day": 7 / 5, "week": 7,
         "month": 365.25 / 12, "quarter": 365.25 / 4, "year": 365.25}  # fmt: skip


@immutable
class Duration:
    """A count of a unit; or a word (`immediately`, `indefinite`, `term`) with a count of a unit on top of it."""

    number: int = 0
    unit: str = ""
    word: str = ""

    @property
    def days(self) -> float:
        """About how many calendar days, to compare lengths; without end for `indefinite` and what hangs on the term."""
        if self.word in ("indefinite", "term"):
            return float("inf")
        return self.number * _DAYS[self.unit] if self.unit else 0.0


def parse(text: str) -> Duration:
    """A length of time. Numbers are whole and written in digits."""
    text = " ".join(text.split()).lower()
    if text in WORDS:
        return Duration(word=text)
    if text.startswith("term + "):
        return replace(_counted(text.removeprefix("term + ")), word="term")
    return _counted(text)


def _counted(text: str) -> Duration:
    match = _COUNTED.fullmatch(text)
    if not match:
        raise FormError("is not a number with a unit of time")
    unit = _SAME.get(match[2], match[2])
    if unit not in UNITS:
        raise FormError(f"has no unit of time that is known ({', '.join(u + 's' for u in UNITS[3:])})")
    return Duration(int(match[1]), unit)
