"""What to write in place of a value whose form is evidently another one: said to its author, and never done for him."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from termsheet.pattern import pattern
from termsheet.values import duration
from termsheet.values.errors import FormError

VAGUE = frozenset(
    """
    promptly; immediately; at once; forthwith; without delay; without undue delay; asap; a.s.a.p.; as soon as possible;
    as soon as practicable; soon; shortly; timely; in time; in good time; in due course; when possible; if possible;
    as needed; when needed; as required; as agreed; from time to time; always; ongoing; continuous; continuously; now;
    later; eventually; regularly; periodically
    """.replace("\n    ", " ").strip().split("; ")
)  # fmt: skip
"""Words that stand where a day is wanted, and name none."""
NO_DAY = "names no day"
A_DAY = "write a date, such as 2027-03-31, or a time counted from an event, such as `60 days after signature`"

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_TIMES = {"k": 3, "thousand": 3, "m": 6, "mn": 6, "mio": 6, "million": 6, "bn": 9, "billion": 9}
_SUM = pattern(
    rf"((?:[A-Z]{{3}} ?)?)(\d{{1,9}}(?:\.\d{{1,3}})?) ?({'|'.join(_TIMES)})((?: [A-Z]{{3}})?)", re.IGNORECASE
)
_QUARTER = pattern(r"q([1-4])[ /-]?(\d{4})|(\d{4})[ /-]?q([1-4])")
_MONTH = pattern(rf"({'|'.join(_MONTHS)})[a-z]*\.?,? (\d{{4}})")
_YEAR_MONTH = pattern(r"(\d{4})-(\d{1,2})")
_NET = pattern(r"net (\d{1,3})(?: days)?|(\d{1,3}) days net")
_AFTER = pattern(
    r"(?:for )?(.+?) (?:after|from|beyond|past|following) (?:the )?(?:end(?: of the term)?|term|termination|expiry)"
)


def remedy(form: str, value: str) -> str:
    """The remedy for a value of a form, where it is plain what its author had in mind; or nothing."""
    text = " ".join(value.split())
    find: dict[str, Callable[[str], str]] = {"money": _sum, "when": _time, "date": _span, "duration": _after}
    return find[form](text) if form in find else ""


def _sum(text: str) -> str:
    """`EUR 5m`: in digits; a single `m` may be meant otherwise."""
    match = _SUM.fullmatch(text)
    if not match:
        return ""
    power = _TIMES[match[3].lower()]
    amount = Decimal(match[2]) * 10**power
    unsure = " if millions are meant" if match[3].lower() == "m" else ""
    return f"write `{match[1]}{amount:,.0f}{match[4]}`{unsure}" if amount % 1 == 0 else ""


def _time(text: str) -> str:
    if text.lower() in VAGUE:
        return A_DAY
    if match := _NET.fullmatch(text.lower()):
        days = match[1] or match[2]
        return f"say from when: `{days} days after invoice` or `{days} days after receipt`"
    try:
        length = duration.parse(text)
    except FormError:
        return _span(text)
    return f"say from when, such as `{text} after signature`" if length.unit and not length.word else ""


def _span(text: str) -> str:
    """`Q4 2027`, `May 2027`: the first day of it, or the last."""
    if match := _QUARTER.fullmatch(text.lower()):
        year, last = int(match[2] or match[3]), int(match[1] or match[4]) * 3
        first = last - 2
    elif match := _MONTH.fullmatch(text.lower()):
        year, first = int(match[2]), _MONTHS.index(match[1]) + 1
        last = first
    elif match := _YEAR_MONTH.fullmatch(text):
        year, first = int(match[1]), int(match[2])
        last = first
    elif re.fullmatch(r"[12]\d{3}", text):
        year, first, last = int(text), 1, 12
    else:
        return ""
    if not (1900 <= year <= 2999 and 1 <= first <= 12):
        return ""
    from termsheet.values.calendar import period_end  # few deals need it

    end = period_end(date(year, last, 1), 1)
    return f"name the day: `{year}-{first:02}-01` if its first is meant, `{end}` if its last"


def _after(text: str) -> str:
    """`3 years after the end`: a length on top of the term."""
    match = _AFTER.fullmatch(text.lower())
    try:
        length = duration.parse(match[1]) if match else None
    except FormError:
        return ""
    return (
        f"write `term + {match[1]}` if it runs on after the end"
        if match and length and not length.word
        else ""
    )
