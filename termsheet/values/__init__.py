"""The forms of value: one parser for each, and what a wrong one is told.

`FORMS` maps the name that the vocabulary uses to a `Form`. A parser takes the text as it stands in the file and
returns a frozen value, or raises `FormError` with half a sentence that says what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from termsheet.immutable import immutable
from termsheet.values import cadence, dates, duration, measure, money, when
from termsheet.values.errors import FormError

__all__ = ["FORMS", "Form", "FormError"]


@immutable
class Form:
    """A form of value: how it is read, what it is called in a message, and an example of the right form."""

    parse: Callable[[str], Any]
    noun: str
    example: str


def _form(parse: Callable[[str], Any], noun: str, example: str) -> Form:
    """The form, by which each text is read once: what is well formed is asked for by rules and printed."""
    return Form(lru_cache(maxsize=4096)(parse), noun, example)


FORMS: dict[str, Form] = {
    "date": _form(dates.parse, "a date", "2027-03-31"),
    "when": _form(when.parse, "a time", "2027-03-31, or 60 days after signature"),
    "duration": _form(duration.parse, "a length of time", "3 months, or 10 business days"),
    "cadence": _form(cadence.parse, "a frequency", "monthly, or every 6 months"),
    "money": _form(money.parse, "an amount of money", "EUR 50,000"),
    "rate": _form(money.parse_rate, "a rate", "20%"),
    "measure": _form(measure.parse, "a measured value", '12000 users, or ">= 4.2 of 5"'),
    "currency": _form(money.parse_currency, "a currency", "EUR"),
    "language": _form(dates.parse_language, "a language", "en-GB"),
}
