"""Calendar dates and language tags, as they stand in a deal."""

from __future__ import annotations

from datetime import date

from termsheet.pattern import pattern
from termsheet.values.errors import FormError

_ISO = pattern(r"(\d{4})-(\d{2})-(\d{2})")
_LANGUAGE = pattern(r"[a-z]{2}(-[A-Z]{2})?")


def parse(text: str) -> date:
    """A calendar date, written as year, month and day: `2027-03-31`."""
    match = _ISO.fullmatch(text.strip())
    if not match:
        raise FormError("is not written as year-month-day")
    year, month, day = map(int, match.groups())
    try:
        return date(year, month, day)
    except ValueError:
        raise FormError("is not in the calendar") from None


def parse_language(text: str) -> str:
    """A language, with or without a country: `en`, `en-GB`."""
    if not _LANGUAGE.fullmatch(text):
        raise FormError("is not a language code")
    return text
