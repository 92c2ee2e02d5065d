"""The right form of a value that is written in another one, where it can be read in one way only."""

from __future__ import annotations

import re

from termsheet.fix import sums, times
from termsheet.values import FORMS, FormError


def right(form: str, text: str, own_currency: str = "") -> str:
    """The text in the form of the vocabulary, or nothing where more than one thing may be meant.

    `own_currency` is that of the deal. What is returned has been read by the form's own parser.
    """
    found = _written(form, " ".join(text.split()), own_currency)
    try:
        FORMS[form].parse(found)
    except FormError:
        return ""
    return found


def _written(form: str, text: str, own: str) -> str:
    match form:
        case "date":
            return times.of_day(text)
        case "when":
            return times.of_moment(text)
        case "duration":
            return times.of_length(text)
        case "cadence":
            return times.of_cadence(text)
        case "money":
            return sums.of_money(text, own)
        case "rate":
            return sums.of_rate(text)
        case "measure":
            return sums.of_measure(text, own)
        case "currency":
            return sums.of_currency(text, own)
        case "language":
            return _language(text)
    return ""


def _language(text: str) -> str:
    match = re.fullmatch(r"([A-Za-z]{2})(?:[-_]([A-Za-z]{2}))?", text)
    return "-".join([match[1].lower(), *([match[2].upper()] if match[2] else [])]) if match else ""
