"""Whole numbers in words, and figures as they are grouped elsewhere: `thirty (30)`, `1.250.000,50`."""

from __future__ import annotations

import re

from termsheet.pattern import pattern

_SMALL = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
          "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]  # fmt: skip
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_WORDS = pattern(
    rf"(?:({'|'.join(_SMALL[1:10])}) hundred(?: and)?)? ?"
    rf"(?:({'|'.join(_TENS)})(?:[ -]({'|'.join(_SMALL[1:10])}))?|({'|'.join(_SMALL)}))?"
)
_BOTH = pattern(r"(.+?) ?\( ?(.+?) ?\)")

# Figures that say which of their signs is the decimal one, lakhs among them. `50.000` does not.
_GROUPED = pattern(r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d{1,2})?")
_PLAIN = pattern(r"\d+(?:\.(?:\d{1,2}|\d{4,12}))?")
_SPACED = pattern(r"\d{1,3}(?:[ '’]\d{3})+(?:[.,]\d{1,2})?")
_DOTTED = pattern(r"\d{1,3}(?:\.\d{3}){2,}(?:,\d{1,2})?|\d{1,3}(?:\.\d{3})+,\d{1,2}")
_DECIMAL_COMMA = pattern(r"\d+,\d{1,2}")


def whole(text: str) -> int | None:
    """A whole number in digits, in words or in both (which agree), or None."""
    text = " ".join(text.lower().split())
    both = _BOTH.fullmatch(text)
    if both:
        first, second = whole(both[1]), whole(both[2])
        return first if first == second else None
    if re.fullmatch(r"\d{1,6}|\d{1,3}(?:,\d{3})+", text, re.ASCII):
        return int(text.replace(",", ""))
    words = _WORDS.fullmatch(text)
    if not words or not text:
        return None
    hundreds, tens, ones, small = words.groups()
    number = 100 * (_SMALL.index(hundreds) if hundreds else 0)
    number += 10 * (_TENS.index(tens) + 2) if tens else 0
    return number + sum(_SMALL.index(word) for word in (ones, small) if word)


def figure(text: str) -> str:
    """A figure with commas between the thousands and a point before the decimals, or nothing where it may be two."""
    if not text.isascii() and "’" not in text:
        return ""
    if _PLAIN.fullmatch(text):
        return text
    if _GROUPED.fullmatch(text):
        return _joined(text.replace(",", ""))
    if _SPACED.fullmatch(text):
        return _joined(re.sub(r"[ '’]", "", text).replace(",", "."))
    if _DOTTED.fullmatch(text):
        return _joined(text.replace(".", "").replace(",", "."))
    return text.replace(",", ".") if _DECIMAL_COMMA.fullmatch(text) else ""


def _joined(digits: str) -> str:
    number, point, decimals = digits.partition(".")
    return f"{int(number):,}{point}{decimals}"
