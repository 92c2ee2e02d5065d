"""What is taken from Babel beforehand says what Babel says: of dates, numbers, money and lists, in every country."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.localedata import locale_identifiers
from babel.numbers import format_currency, format_decimal, get_currency_precision, get_currency_symbol

from termsheet import data
from termsheet.library import build, cldr, usage
from termsheet.values.money import CODES

OURS = [tag for language in ("en", "de") for tag in cldr.tags(language)]
OTHERS = sorted(name.replace("_", "-") for name in locale_identifiers() if "_" not in name)
NUMBERS = [Decimal(text) for text in ("0", "7", "12.5", "999.99", "1234", "20000.001", "1234567.5", "98765432109876")]


def test_the_file_is_that_of_babel() -> None:
    """`python -m termsheet.library.build` writes it anew."""
    assert (data.folder("schemas") / usage.FILE).read_text(encoding="utf-8") == build.usages()


@pytest.mark.parametrize("tag", OURS)
def test_a_country_of_our_languages_needs_no_babel(tag: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = cldr.usage(tag)
    monkeypatch.setattr(cldr, "usage", None)
    usage.usage.cache_clear()
    assert usage.usage(tag) == asked._replace(months=[*asked.months])
    assert tag in (usage.usage(tag).language, f"{asked.language}-{asked.territory}")


@pytest.mark.parametrize("tag", [*OURS, *OTHERS])
def test_values_read_as_babel_writes_them(tag: str) -> None:
    found, locale = cldr.usage(tag), Locale.parse(tag.replace("-", "_"))
    for month in range(1, 13):
        day = date(2026, month, 2 * month)
        assert found.date(day) == format_date(day, "long", locale)
    for number in NUMBERS:
        for places in (0, 1, 3):
            pattern = "#,##0" + (f".{'0' * places}" if places else "")
            assert _plain(found.number(number, places)) == _plain(format_decimal(number, pattern, locale))
            assert found.number(-number - 1, places) == f"-{found.number(number + 1, places)}"
    for style in usage.STYLES:
        for count in range(5):
            items = [*"ABCDE"[:count]]
            assert found.series(items, style) == format_list(items, style, locale)  # type: ignore[arg-type]
    for code in ("EUR", "USD", "GBP", "CHF", "INR"):
        sign = get_currency_symbol(code, locale)
        assert found.signs.get(code, code) == (code if sign[-1:].isalpha() else sign)
        if code in found.signs and "#,##0.00" in locale.currency_formats["standard"].pattern:
            for said, shown in _amounts(locale, code):
                assert _plain(found.amount(said, 2, sign)) == _plain(shown)


def _amounts(locale: Locale, code: str) -> Iterator[tuple[Decimal, str]]:
    pattern = locale.currency_formats["standard"].pattern
    for number in NUMBERS:
        yield number, format_currency(number, code, pattern, locale, currency_digits=False)


def _plain(shown: str) -> str:
    """Without apostrophes: where they part thousands, Babel takes two of them for quotation marks and drops both."""
    return shown.replace("'", "")


def test_thousands_are_parted_everywhere() -> None:
    assert usage.usage("de-CH").number(Decimal(1234567), 0) in ("1'234'567", "1’234’567")
    assert usage.usage("en-IN").amount(Decimal(1234567), 2, "₹") == "₹12,34,567.00"
    assert usage.usage("en-IN").percent.format(12) == "12%"


def test_every_currency_has_its_decimals() -> None:
    for code in CODES:
        assert usage.decimals(code) == get_currency_precision(code)


def test_without_the_file_babel_is_asked(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.setattr(data, "place", lambda name: str(tmp_path))
    usage._file.cache_clear()
    usage.usage.cache_clear()
    try:
        assert usage.usage("en-GB") == cldr.usage("en-GB")
        assert usage.decimals("JPY") == 0
    finally:
        usage._file.cache_clear()
        usage.usage.cache_clear()


def test_every_digit_that_a_deal_may_write_is_printed() -> None:
    british = usage.usage("en-GB")
    assert british.number(Decimal("999999999999999999999.999999999999"), 12) == (
        "999,999,999,999,999,999,999.999999999999"
    )
    assert british.number(Decimal("-1E+5"), 0) == "-100,000"
