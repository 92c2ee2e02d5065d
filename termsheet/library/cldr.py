"""What Babel knows of the usage of a country (`termsheet.library.usage`)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date
from babel.localedata import locale_identifiers

from termsheet.library.usage import STYLES, Usage

_NUMBER = re.compile(r"[#0][#0,.]*")
_TAG = re.compile(r"[a-z]{2,3}(?:-[A-Z]{2})?")


def tags(language: str) -> list[str]:
    """The language itself, and in each country of which Babel knows: `en-GB`."""
    every = (name.replace("_", "-") for name in locale_identifiers())
    return sorted(tag for tag in every if tag.partition("-")[0] == language and _TAG.fullmatch(tag))


def decimals() -> dict[str, int]:
    """The decimals of each currency of which more is known than that it has two."""
    fractions: Mapping[str, tuple[int, ...]] = get_global("currency_fractions")
    return {code: places for code, (places, *_) in sorted(fractions.items()) if len(code) == 3}


def usage(tag: str) -> Usage:
    """The usage of a language in a country. Raises ValueError or KeyError where Babel does not know it."""
    try:
        locale = Locale.parse(tag.replace("-", "_"))
    except UnknownLocaleError as error:
        raise KeyError(tag) from error
    money, percent = locale.currency_formats["standard"].pattern, locale.percent_formats[None].pattern
    return Usage(
        tag,
        *_day(locale),
        str(locale.number_symbols["latn"]["decimal"]),
        str(locale.number_symbols["latn"]["group"]),
        _around(percent),
        _around(money),
        "#,##,##0" in money,
        {style: dict(locale.list_patterns[style].items()) for style in STYLES},
        {code: sign for code, sign in sorted(locale.currency_symbols.items()) if not sign[-1:].isalpha()},
    )


def _around(pattern: Any) -> str:
    """What stands around a number that is not below zero, with `{}` in its place."""
    return _NUMBER.sub("{}", str(pattern).partition(";")[0], count=1)


def _day(locale: Locale) -> tuple[str, list[str]]:
    """The pattern of a date, and its months."""
    pattern = str(locale.date_formats["long"].format)
    month = next(field for field in ("MMMM", "MMM", "M") if f"%({field})s" in pattern)
    months = [format_date(date(2000, number, 1), month, locale) for number in range(1, 13)]
    era = format_date(date(2000, 1, 1), "G", locale)
    return pattern % {"d": "{day}", "dd": "{day:02}", month: "{month}", "y": "{year}", "G": era}, months
