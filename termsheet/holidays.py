"""Public holidays: those of a place, by the `holidays` package, or a list of days.

A place is a country as ISO 3166 codes it, with a part of it where that has days of its own: `DE`, `DE-BY`, `GB-ENG`. Or
it is the name of a country or a part of the United Kingdom: `Germany`, `England`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from termsheet.errors import TermsheetError
from termsheet.pattern import pattern
from termsheet.values import FormError, dates

Spec = str | date | Iterable[str | date]

_NAMES = {"england": "GB-ENG", "northern ireland": "GB-NIR", "scotland": "GB-SCT", "wales": "GB-WLS"}
_DATED = pattern(r"\b(\d{4})-\d\d-\d\d\b")
_AFTER, _FAR = 15, 100  # years: how long after the last day that a file names, and how far from the others


def days(spec: Spec, years: Iterable[int]) -> frozenset[date]:
    """The holidays that a place, a day, or several of them stand for, in the years that are asked for.

    Raises TermsheetError where a place is not known, a day is not in the calendar, or the package is not installed.
    """
    parts = [spec] if isinstance(spec, str | date) else [*spec]
    wanted = sorted(set(years))
    return frozenset(day for part in parts for day in _of(part, wanted))


def years(text: str, *days: date) -> range:
    """The years in which a file counts days: from the first that it (or a day beside it) names to 15 after the last."""
    near = days[0].year
    named = {int(year) for year in _DATED.findall(text)} | {day.year for day in days}
    found = [year for year in named if abs(year - near) <= _FAR]
    return range(max(1, min(found) - 1), max(found) + _AFTER + 1)


def _of(part: str | date, years: list[int]) -> Iterable[date]:
    if isinstance(part, date):
        return [part]
    text = part.strip()
    if text[:1].isdigit():
        try:
            return [dates.parse(text)]
        except FormError as error:
            raise TermsheetError(f"`{text}` {error}", help="write a holiday as 2027-12-24") from None
    return _place(text, years)


def _place(text: str, years: list[int]) -> Iterable[date]:
    country, _, part = _code(text).partition("-")
    try:
        import holidays
    except ImportError:
        raise TermsheetError(
            f"the holidays of `{text}` need a package that is not installed",
            help="run `pip install 'termsheet[calendar]'`, or list the days",
        ) from None
    places: dict[str, Any] = holidays.list_supported_countries(include_aliases=True)
    if country not in places:
        raise TermsheetError(
            f"no place is called `{text}`",
            help="name a country, or its ISO 3166 code, such as DE, DE-BY or GB-ENG",
        )
    if part and part not in places[country]:
        known = ", ".join(f"{country}-{name}" for name in sorted(places[country]) if len(name) <= 3)
        raise TermsheetError(
            f"`{country}` has no part called `{part}`",
            help=f"it is one of {known}" if known else f"write `{country}`",
        )
    found: Iterable[date] = holidays.country_holidays(country, subdiv=part or None, years=years)
    return [*found]


def _code(text: str) -> str:
    """The code of a place that may be written as a name."""
    if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]+)?", text):
        return text.upper()
    from babel import Locale

    names = {str(name).lower(): code for code, name in Locale("en").territories.items() if len(code) == 2}
    return _NAMES.get(text.lower()) or names.get(text.lower(), text)
