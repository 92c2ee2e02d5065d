"""Money, currencies, rates and measured values in another form than the vocabulary's."""

from __future__ import annotations

import re
from decimal import Decimal

from termsheet.fix import numbers
from termsheet.pattern import pattern
from termsheet.values import FormError, measure
from termsheet.values.money import NUMBER

_CODES = ["EUR", "USD", "GBP", "CHF", "JPY", "CNY", "INR", "CAD", "AUD", "NZD", "SGD", "HKD", "SEK", "NOK", "DKK",
          "ISK", "PLN", "CZK", "HUF", "RON", "BGN", "TRY", "ZAR", "BRL", "MXN", "KRW", "AED", "SAR", "ILS",
          "THB"]  # fmt: skip
_NAMES = {"€": "EUR", "euro": "EUR", "euros": "EUR", "₹": "INR", "us$": "USD", "£": "GBP"}
_SHARED = {"$": "USD CAD AUD NZD SGD HKD MXN", "¥": "JPY CNY", "£": "GBP EGP"}  # signs of several
_SCALES = {"k": 1_000, "thousand": 1_000, "mn": 1_000_000, "mio": 1_000_000, "million": 1_000_000}
_UNIT = r"US\$|[€$£¥₹]|euros?|[A-Za-z]{3}"
_MONEY = pattern(
    rf"(?:(?P<before>{_UNIT})\s*)?(?P<figure>\d[\d.,'’ ]*?)\s*(?P<scale>k|thousand|mn|mio|million)?\.?"
    rf"(?:\s*(?P<after>{_UNIT}))?(?P<per>\s*/\s*\w+|\s+(?:per|a|an|each)\s+.+)?",
    re.IGNORECASE,
)
_RATE = pattern(r"(?P<number>.+?)\s*(?:%|％|per ?cent|pct\.?)", re.IGNORECASE)
_RUN_TOGETHER = pattern(
    rf"({NUMBER})(?!(?:k|mn|mio|bn|million|st|nd|rd|th)\b)([A-Za-z]{{2,}}\b.*)", re.DOTALL
)
_COMPARED = pattern(r"(>=|<=|>|<|≥|≤|at least |at most |more than |less than )?\s*(.+)", re.DOTALL)


def of_money(text: str, own: str) -> str:
    """`€50k` as `EUR 50,000`; nothing where the figure or the currency may be another one."""
    match = _MONEY.fullmatch(text)
    if not match:
        return ""
    amount = _scaled(match["figure"], match["scale"])
    units = [of_currency(unit, own) for unit in (match["before"], match["after"]) if unit]
    if not amount or "" in units or len(units) == 2:
        return ""
    per = re.sub(r"^\s*/\s*", " per ", match["per"] or "")
    return " ".join([*units, amount] if match["before"] else [amount, *units]) + per


def _scaled(figure: str, scale: str | None) -> str:
    amount = numbers.figure(figure)
    if not amount or not scale:
        return amount
    product = Decimal(amount.replace(",", "")) * _SCALES[scale.lower()]
    return f"{int(product):,}" if product == int(product) else ""


def of_currency(unit: str, own: str) -> str:
    """The code of a currency; of a sign that several have, the deal's own, if it is one of them."""
    if own and own in _SHARED.get(unit, "").split():
        return own
    code = _NAMES.get(unit.lower(), unit.upper())
    return code if code in (*_CODES, own) else ""


def of_rate(text: str) -> str:
    """`12,5 per cent` as `12.5%`. A number without a sign stays one."""
    match = _RATE.fullmatch(text)
    if not match:
        return ""
    number = numbers.whole(match["number"])
    digits = str(number) if number is not None else numbers.figure(match["number"])
    return f"{digits}%" if digits else ""


def of_measure(text: str, own: str) -> str:
    """`≥ 95 %` as `>= 95 %`, `200MW` as `200 MW`, and the forms of money and rates."""
    match = _COMPARED.fullmatch(text)
    if not match:
        return ""
    sign = {"≥": ">=", "≤": "<="}.get(match[1] or "", (match[1] or "").strip())
    value = (
        match[2]
        if _is_measure(match[2])
        else of_rate(match[2]) or of_money(match[2], own) or _parted(match[2])
    )
    return f"{sign} {value}".strip() if value else ""


def _parted(text: str) -> str:
    """A figure and its unit with a space between them."""
    match = _RUN_TOGETHER.fullmatch(text)
    return f"{match[1]} {match[2]}" if match else ""


def _is_measure(text: str) -> bool:
    try:
        measure.parse(text)
    except FormError:
        return False
    return True
