"""What conditions compare: lengths of time, money, rates, measures and points in time, each only where it is sure.

A comparison gives the signs that are possible: -1 where the first may be less, 0 where they may be equal, 1 where it
may be more. Of `3 months` and `90 days` all three are; of EUR 100 and USD 100, as nothing can be told, none is.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal, DecimalException
from functools import lru_cache
from typing import Any, NamedTuple

from termsheet.immutable import replace
from termsheet.rules.times import Moment, Step, before
from termsheet.values import cadence, dates, duration, measure, money
from termsheet.values.calendar import add
from termsheet.values.duration import Duration
from termsheet.values.errors import FormError
from termsheet.values.measure import Measure
from termsheet.values.money import Money, Rate

_SAME_UNIT = {"quarter": ("month", 3), "year": ("month", 12), "week": ("day", 7), "hour": ("minute", 60)}
_FIRSTS = tuple(date(year, month, 1) for year in (2027, 2028) for month in range(1, 13))
_ANY_UNIT = "*"


class Length(NamedTuple):
    """A length of time: the least and the most calendar days that it can be, and itself where it is one duration."""

    low: float
    high: float
    given: Duration | None = None

    @property
    def key(self) -> tuple[str, str, int] | None:
        """What it is counted in, and how many: two lengths in one unit are compared exactly."""
        if self.given is None:
            return None
        unit, each = _SAME_UNIT.get(self.given.unit, (self.given.unit, 1))
        return (self.given.word if self.given.word == "term" else "", unit, self.given.number * each)


def length(text: str) -> Length:
    """A length of time, or the time between two turns of something that recurs."""
    try:
        return lasting(duration.parse(text))
    except FormError as error:
        try:
            found = cadence.parse(text)
        except FormError:
            raise error from None
        spread = lasting(found.period)
        if found.times == 1:
            return spread
        return Length(spread.low / found.times, spread.high / found.times)


def lasting(given: Duration) -> Length:
    """A duration as a length of time."""
    if given.word == "immediately":
        return Length(0, 0, Duration(0, "day"))
    if given.word == "indefinite":
        return Length(float("inf"), float("inf"), given)
    low, high = _days(given.number, given.unit) if given.unit else (0.0, 0.0)
    return Length(low, float("inf") if given.word else high, given)


@lru_cache(1024)
def _days(number: int, unit: str) -> tuple[float, float]:
    """The least and the most calendar days that a count of a unit can take."""
    unit, each = _SAME_UNIT.get(unit, (unit, 1))
    number *= each
    if unit == "month":
        ends = [(start, add(start, Duration(number, "month"))) for start in _FIRSTS]
        spans = [(end - start).days for start, end in ends if end is not None]
        return (min(spans), max(spans)) if spans else (number * 30.0, number * 31.0)
    if unit == "business day":  # weekends at the least; at the most one more of them, and holidays
        return number + 2.0 * (number // 5), number + 2.0 * (number // 5 + 1) + 5 + number // 20
    if unit == "business hour":
        return number / 24, _days(number // 8 + 1, "business day")[1]
    days = number if unit == "day" else number / 1440
    return days, days


Signs = tuple[int, ...]


class _Kind(NamedTuple):
    """A kind of quantity: how its text is read, how two are put in order, and whether they are equal."""

    read: Callable[[str], Any]
    order: Callable[[Any, Any], Signs]
    same: Callable[[Any, Any], bool | None]
    noun: str
    example: str


def _sign(one: Any, other: Any) -> Signs:
    return (int(one > other) - int(one < other),)


def _by_order(order: Callable[[Any, Any], Signs]) -> Callable[[Any, Any], bool | None]:
    def same(one: Any, other: Any) -> bool | None:
        return judged(order(one, other), lambda sign: not sign)

    return same


def judged(signs: Signs, wanted: Callable[[int], bool]) -> bool | None:
    """What is true of every sign that is possible, or None where that differs."""
    found = {wanted(sign) for sign in signs}
    return found.pop() if len(found) == 1 else None


def _order_lengths(one: Length, other: Length) -> Signs:
    if one.key and other.key and one.key[:2] == other.key[:2]:
        return _sign(one.key[2], other.key[2])
    possible = {
        -1: one.low < other.high,
        0: one.low <= other.high and other.low <= one.high,
        1: one.high > other.low,
    }
    return tuple(sign for sign, may in possible.items() if may)


def _same_length(one: Length, other: Length) -> bool | None:
    signs = _order_lengths(one, other)
    if len(signs) > 1 and one.key and other.key:
        return False  # `90 days` is not `3 months`, whichever is longer
    return judged(signs, lambda sign: not sign)


def _order_money(one: Money, other: Money) -> Signs:
    if (one.currency, one.per.casefold()) != (other.currency, other.per.casefold()):
        return ()
    return _sign(one.amount, other.amount)


def _order_measures(one: Measure, other: Measure) -> Signs:
    if _ANY_UNIT in (one.unit, other.unit):
        alike = not any(side.rate or side.money for side in (one, other))
    elif one.money and other.money:
        return _order_money(one.money, other.money)
    else:
        alike = one.unit.casefold() == other.unit.casefold() and bool(one.rate) == bool(other.rate)
        alike = alike and bool(one.money) == bool(other.money)
    return _sign(one.number, other.number) if alike else ()


def _order_moments(one: Moment, other: Moment) -> Signs:
    if one.day and other.day:
        return _sign(one.day, other.day)
    if before(one, other):
        return (-1,)
    if before(other, one):
        return (1,)
    return (0,) if (one.start, one.steps) == (other.start, other.steps) else ()


KINDS = {
    "number": _Kind(Decimal, _sign, _by_order(_sign), "a number", "3"),
    "length": _Kind(length, _order_lengths, _same_length, "a length of time", "90 days"),
    "money": _Kind(money.parse, _order_money, _by_order(_order_money), "an amount of money", "EUR 50,000"),
    "rate": _Kind(lambda text: money.parse_rate(text).percent, _sign, _by_order(_sign), "a rate", "20%"),
    "measure": _Kind(measure.parse, _order_measures, _by_order(_order_measures), "a measured value", "12000 users"),
    "moment": _Kind(lambda text: Moment(dates.parse(text), (), text), _order_moments, _by_order(_order_moments),
                    "a time", "2027-12-31"),
}  # fmt: skip


def as_measure(kind: str, value: Any) -> Measure:
    """A number, a rate or an amount beside a measured value."""
    if kind == "number":
        return Measure(value, _ANY_UNIT)
    return Measure(value, rate=Rate(value)) if kind == "rate" else Measure(value.amount, money=value)


def computed(sign: str, one: Any, other: Any) -> Any:
    """What `+`, `-`, `*` or `/` make of two values; None where they do not go together."""
    try:
        if isinstance(one, Moment):
            return other.given and one.then(Step(other.given, "before" if sign == "-" else "after"))
        if isinstance(one, Length):
            return _on_length(sign, one, other)
        if isinstance(one, Money):
            return _on_money(sign, one, other)
        return _on_numbers(sign, one, other)
    except (DecimalException, OverflowError, ZeroDivisionError):
        return None


def _on_numbers(sign: str, one: Decimal, other: Decimal) -> Decimal:
    if sign == "+":
        return one + other
    if sign == "-":
        return one - other
    return one * other if sign == "*" else one / other


def _on_length(sign: str, one: Length, other: Any) -> Length | None:
    if sign == "+":
        made = Length(one.low + other.low, one.high + other.high)
    elif sign == "-":
        made = Length(one.low - other.high, one.high - other.low)
    else:
        factor = float(other) if sign == "*" else 1 / float(other)
        low, high = sorted((one.low * factor, one.high * factor))
        made = Length(low, high)
    return None if made.low != made.low or made.high != made.high else made  # infinite less infinite


def _on_money(sign: str, one: Money, other: Any) -> Money | None:
    if not isinstance(other, Money):
        return replace(one, amount=_on_numbers(sign, one.amount, other))
    if (one.currency, one.per.casefold()) != (other.currency, other.per.casefold()):
        return None
    return replace(one, amount=_on_numbers(sign, one.amount, other.amount))
