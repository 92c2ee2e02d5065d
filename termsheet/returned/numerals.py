"""Numbers as a language writes them, and words for them."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from babel import Locale

from termsheet.pattern import pattern

_ONE = {"en": ("a", "an"), "de": ("ein", "eine", "einem", "einen", "einer", "eines")}
_MOST = 1000
_BOTH = pattern(r"(?P<words>[^\W\d][^()\d]*?)\s*\(\s*(?P<digits>\d[^()]*?)\s*\)\s*(?P<rest>.*)", re.DOTALL)


def number(text: str, locale: Locale) -> Decimal | None:
    """A number in digits as the language writes it, or None.

    None also where a point or comma may be meant for thousands as well as for decimals: "64,000" is sixty-four
    thousand in English, and nothing that anybody writes in German.
    """
    symbols = locale.number_symbols.get("latn", locale.number_symbols)
    group, decimal = str(symbols["group"]), str(symbols["decimal"])
    group = "’'" if group in "’'" else " " if group.isspace() else group
    signs = re.escape(f"{group} ")
    part = rf"(?:{re.escape(decimal)}(?P<part>\d{{1,12}}|[-–]{{1,2}}))?"
    match = re.fullmatch(rf"(?P<whole>\d{{1,3}}(?:[{signs}]\d{{3}}){{1,6}}|\d{{1,21}}){part}", " ".join(text.split()))
    if not match:
        return None
    whole = re.sub(r"\D", "", match["whole"])
    part = match["part"] if (match["part"] or "").isdigit() else ""
    if len(part) == 3 and len(match["whole"]) <= 3 and whole != "0":
        return None
    return Decimal(f"{whole}.{part}" if part else whole)


def counted(text: str, locale: Locale) -> tuple[Decimal, str] | None:
    """A number at the start of a text, in digits, in words or in both ("ninety (90) days"), and what follows it.

    None where there is none, and where the words say another number than the digits.
    """
    both = _BOTH.fullmatch(text)
    if both:
        digits = number(both["digits"], locale)
        return (digits, both["rest"]) if digits is not None and _is_said(digits, both["words"], locale) else None
    digits_first = re.match(r"\d[\d.,’'\s]*(?<=\d)(?=\s|%|$|[^\W\d])", text)
    if digits_first:
        found = number(digits_first[0], locale)
        return (found, text[digits_first.end() :].strip()) if found is not None else None
    words = text.split()
    for length in range(min(len(words), 6), 0, -1):
        said = _said(" ".join(words[:length]), locale)
        if said is not None:
            return said, " ".join(words[length:])
    return None


def _is_said(number: Decimal, words: str, locale: Locale) -> bool:
    """Whether words say a number, a whole one or another."""
    if number == _said(words, locale):
        return True
    from num2words import num2words

    try:
        return _plain(str(num2words(number, lang=locale.language))) == _plain(words)
    except (NotImplementedError, OverflowError):
        return False


def _said(words: str, locale: Locale) -> Decimal | None:
    found = _words(locale.language).get(_plain(words))
    return None if found is None else Decimal(found)


def _plain(words: str) -> str:
    return " ".join(word for word in re.split(r"[\s,-]+", words.lower()) if word != "and")


@cache
def _words(language: str) -> dict[str, int]:
    from num2words import num2words

    try:
        known = {_plain(str(num2words(value, lang=language))): value for value in range(_MOST + 1)}
    except NotImplementedError:
        known = {}
    return known | dict.fromkeys(_ONE.get(language, ()), 1)
