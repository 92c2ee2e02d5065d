"""Measured values and thresholds: `12000 users`, `>= 4.2 of 5`, `20%`, `EUR 1,000,000`."""

from __future__ import annotations

import re
from decimal import Decimal

from termsheet.immutable import immutable, replace
from termsheet.pattern import pattern
from termsheet.values import money
from termsheet.values.errors import FormError
from termsheet.values.money import Money, Rate

COMPARATORS = {">=": "at least", "<=": "at most", ">": "more than", "<": "less than"}
_COMPARED = pattern(r"(>=|<=|>|<|at least |at most |more than |less than )?\s*(.+)", re.DOTALL)
_COUNTED = pattern(rf"({money.NUMBER})(?:\s*%(\s+.+)|\s+(.+))?")


@immutable
class Measure:
    """A number with its unit, a rate or an amount; with `at least` and the like where it is a threshold."""

    number: Decimal
    unit: str = ""
    comparator: str = ""
    rate: Rate | None = None
    money: Money | None = None


def parse(text: str) -> Measure:
    """A measured value, or a threshold."""
    compared = _COMPARED.fullmatch(" ".join(text.split()))
    if not compared:
        raise FormError("holds no number")
    sign = (compared[1] or "").strip()
    return replace(_value(compared[2]), comparator=COMPARATORS.get(sign, sign))


def _value(text: str) -> Measure:
    for parse_form in (money.parse_rate, money.parse):
        try:
            found = parse_form(text)
        except FormError:
            continue
        if isinstance(found, Rate):
            return Measure(found.percent, rate=found)
        if found.currency in money.CODES or (
            found.currency and not text[:1].isdigit()
        ):  # `2 FTE` is no money
            return Measure(found.amount, money=found)
    counted = _COUNTED.fullmatch(text)
    if not counted:
        run_together = re.match(rf"({money.NUMBER})[^\W\d]", text)
        raise FormError("has no space after its number" if run_together else "does not begin with a number")
    if counted[2]:
        return Measure(money.number(counted[1]), counted[2].strip(), rate=Rate(money.number(counted[1])))
    return Measure(money.number(counted[1]), counted[3] or "")
