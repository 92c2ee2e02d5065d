"""Public holidays: those of a place, by the `holidays` package, or a list of days.

A place is a country as ISO 3166 codes it, with a part of it where that has days of its own: `DE`, `DE-BY`, `GB-ENG`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from termsheet.errors import TermsheetError
from termsheet.values import FormError, dates

Spec = str | date | Iterable[str | date]


def days(spec: Spec, years: Iterable[int]) -> frozenset[date]:
    """The holidays that a place, a day, or several of them stand for, in the years that are asked for.

    Raises TermsheetError where a place is not known, a day is not in the calendar, or the package is not installed.
    """
    parts = [spec] if isinstance(spec, str | date) else [*spec]
    wanted = sorted(set(years))
    return frozenset(day for part in parts for day in _of(part, wanted))


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
    country, _, part = text.upper().partition("-")
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
            f"no place is called `{text}`", help="name it as ISO 3166 does, such as DE, DE-BY or GB-ENG"
        )
    if part and part not in places[country]:
        known = ", ".join(f"{country}-{name}" for name in sorted(places[country]) if len(name) <= 3)
        raise TermsheetError(
            f"`{country}` has no part called `{part}`",
            help=f"it is one of {known}" if known else f"write `{country}`",
        )
    found: Iterable[date] = holidays.country_holidays(country, subdiv=part or None, years=years)
    return [*found]
