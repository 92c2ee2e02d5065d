"""Frequencies: `monthly`, `every 6 months`, `twice a year`."""

from __future__ import annotations

from termsheet.immutable import immutable
from termsheet.pattern import pattern
from termsheet.values import duration
from termsheet.values.duration import Duration
from termsheet.values.errors import FormError

WORDS = {
    "daily": Duration(1, "day"),
    "weekly": Duration(1, "week"),
    "biweekly": Duration(2, "week"),
    "fortnightly": Duration(2, "week"),
    "monthly": Duration(1, "month"),
    "quarterly": Duration(3, "month"),
    "half-yearly": Duration(6, "month"),
    "yearly": Duration(1, "year"),
    "annually": Duration(1, "year"),
}
_PARTS = {"year": ("month", 12), "quarter": ("month", 3), "week": ("day", 7), "month": ("month", 1)}
_TIMES = pattern(r"(once|twice|\d{1,6} times) (?:a|per|each|every) (day|week|month|quarter|year)")


@immutable
class Cadence:
    """How often: `times` within each `period`."""

    period: Duration
    times: int = 1

    @property
    def days(self) -> float:
        """About how many calendar days lie between one time and the next."""
        return self.period.days / self.times

    @property
    def step(self) -> Duration | None:
        """The length of time between one time and the next; None where it is no whole number of months or days."""
        if self.times == 1:
            return self.period
        unit, each = _PARTS.get(self.period.unit, ("", 0))
        number, rest = divmod(each * self.period.number, self.times)
        return Duration(number, unit) if number and not rest else None


def parse(text: str) -> Cadence:
    """A frequency: a word, `every` and a length of time, or a number of times in a period."""
    text = " ".join(text.split()).lower()
    if text in WORDS:
        return Cadence(WORDS[text])
    if text.startswith("every "):
        rest = text.removeprefix("every ")
        period = duration.parse(rest if rest[:1].isdigit() else f"1 {rest}")
        if not period.number:
            raise FormError("repeats after no time at all")
        return Cadence(period)
    match = _TIMES.fullmatch(text)
    if not match:
        raise FormError("does not say how often")
    times = {"once": 1, "twice": 2}.get(match[1]) or int(match[1].split()[0])
    if not times:
        raise FormError("says that it never happens")
    return Cadence(Duration(1, match[2]), times)
