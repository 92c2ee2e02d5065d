"""Dates, lengths of time, frequencies and points in time, as they are typed in a language, in the words of a deal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from termsheet.immutable import replace
from termsheet.pattern import pattern
from termsheet.returned.numerals import counted
from termsheet.values import FORMS, FormError, cadence, duration
from termsheet.values.duration import Duration

if TYPE_CHECKING:
    from babel import Locale

    from termsheet.wording import Wording

_ISO = pattern(r"\d{4}-\d{2}-\d{2}")
_LONG = pattern(
    r"(?:(?:the|den|der|dem) )?(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?(?: day)?(?: of)? "
    r"(?P<month>[^\W\d]+)\.?,? (?P<year>\d{4})"
    r"|(?P<month2>[^\W\d]+)\.? (?P<day2>\d{1,2})(?:st|nd|rd|th)?,? (?P<year2>\d{4})"
)
_SHORT = pattern(r"(\d{1,2})([./])(\d{1,2})\2(\d{4})")
_ARTICLE = pattern(r"(?:the|der|die|das|dem|den|des) ")


def read_date(text: str, locale: Locale) -> date | None:
    """A day as people write it, or None. One in figures counts where it can be only one day."""
    text = " ".join(text.lower().split())
    if _ISO.fullmatch(text):
        return _day(*map(int, text.split("-")))
    long = _LONG.fullmatch(text)
    if long:
        month = _months(locale).get(long["month"] or long["month2"])
        return _day(int(long["year"] or long["year2"]), month, int(long["day"] or long["day2"])) if month else None
    short = _SHORT.fullmatch(text)
    if not short:
        return None
    first, second, year = int(short[1]), int(short[3]), int(short[4])
    if short[2] == "." and locale.language != "en":
        return _day(year, second, first)
    if first > 12 or second > 12 or first == second:
        return _day(year, min(first, second), max(first, second))
    return None


def read_duration(text: str, wording: Wording) -> Duration | None:
    """A length of time, or None."""
    text = " ".join(text.split())
    for words, found in _lengths(wording):
        match = re.fullmatch(words, text, re.IGNORECASE)
        if match:
            over = _length(match[1], wording) if match.groups() else Duration()
            return replace(over, word=found) if over else None
    return _length(text, wording)


def read_cadence(text: str, wording: Wording) -> str:
    """A frequency in the words of a deal, or nothing."""
    text = " ".join(text.lower().split())
    if wording.locale.language == "en" and _parses("cadence", text):
        return text
    for period, word in wording.words["cadence"].items():
        if text == str(word).lower():
            return _often(_length(f"{period}", wording, english=True))
    every = re.fullmatch(_pattern(str(wording.words["every"])), text, re.IGNORECASE)
    if every:
        length = _length(every[1], wording) or _length(f"1 {every[1]}", wording)
        return _often(length)
    return text if _parses("cadence", text) else ""


def read_when(text: str, wording: Wording, ids: Mapping[str, str]) -> str:
    """A point in time in the words of a deal, or nothing. `ids` are those of the deal's own events by their names."""
    text = " ".join(text.split())
    day = read_date(text, wording.locale)
    if day:
        return day.isoformat()
    events = {_bare(name): event for event, name in _events(wording)}
    events |= {_bare(name): event for name, event in ids.items()}
    if _bare(text) in events:
        return events[_bare(text)]
    for side in ("after", "before"):
        length, between, event = text.partition(f" {wording.words[side]} ")
        if between and _bare(event) in events:
            found = read_duration(length, wording)
            return f"{written(found)} {side} {events[_bare(event)]}" if found else ""
    return text if _parses("when", text) and " " in text else ""


def written(length: Duration, old: str = "") -> str:
    """A length of time as a deal writes it, with the unit in the words of what stood there, where it is the same."""
    if not length.unit:
        return length.word
    unit = length.unit
    try:
        was = duration.parse(old)
    except FormError:
        was = Duration()
    if was.unit == unit:
        unit = re.sub(r"^.*?\d+\s+", "", old.strip()).removesuffix("s")
    counted = f"{length.number} {unit}{'s' * (length.number != 1)}"
    return f"{length.word} + {counted}" if length.word else counted


def _length(text: str, wording: Wording, *, english: bool = False) -> Duration | None:
    found = counted(text, wording.locale)
    if found is None or found[0] % 1:
        return None
    words = found[1].lower()
    for unit, names in () if english else wording.words["unit"].items():
        if words in [str(name).lower() for name in names]:
            return Duration(int(found[0]), unit)
    try:
        return duration.parse(f"{int(found[0])} {words}")
    except FormError:
        return None


def _lengths(wording: Wording) -> Iterator[tuple[str, str]]:
    """The patterns of lengths that are words, each with the word of a deal; what stands on top comes first."""
    for key, entry in sorted(wording.words["duration"].items(), key=lambda item: not item[0].endswith("+")):
        for words in _forms(entry):
            yield _pattern(words), key.removesuffix("+")
    for key in ("within", "lasting"):
        for word, words in wording.words[key].items():
            if word in duration.WORDS:
                yield _pattern(str(words)), word


def _events(wording: Wording) -> Iterator[tuple[str, str]]:
    for event, entry in wording.words["event"].items():
        for words in _forms(entry):
            yield event, words


def _forms(entry: Any) -> list[str]:
    """A word in each of its cases."""
    return [str(words) for key, words in entry.items() if key != "on"] if isinstance(entry, Mapping) else [str(entry)]


def _bare(words: str) -> str:
    return _ARTICLE.sub("", " ".join(words.lower().split()), count=1)


def _pattern(words: str) -> str:
    return re.escape(words).replace(re.escape("{}"), "(.+)")


def _often(length: Duration | None) -> str:
    if length is None or not length.unit or not length.number:
        return ""
    word = next((word for word, period in cadence.WORDS.items() if period.days == length.days), "")
    return word or f"every {written(length)}"


def _parses(form: str, text: str) -> bool:
    try:
        FORMS[form].parse(text)
    except FormError:
        return False
    return True


def _months(locale: Locale) -> dict[str, int]:
    return {
        str(name).lower().rstrip("."): month
        for context in ("format", "stand-alone") for width in ("wide", "abbreviated")
        for month, name in locale.months[context][width].items()
    }  # fmt: skip


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
