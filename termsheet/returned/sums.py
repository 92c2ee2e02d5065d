"""Money, rates and measured values, as they are typed in a language, in the words of a deal."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from babel.numbers import get_currency_symbol

from termsheet.pattern import pattern
from termsheet.returned.numerals import counted, number
from termsheet.values import FormError, measure, money
from termsheet.values.measure import COMPARATORS, Measure
from termsheet.values.money import CODES, Money

if TYPE_CHECKING:
    from termsheet.wording import Wording

_WRITTEN = pattern(
    rf"\s*(?:(?P<before>[A-Z]{{3}})\s*)?(?P<sum>{money.NUMBER})(?:\s*(?P<after>[A-Z]{{3}}))?(?:\s+(?:per|a|an|each)\s.*)?"
)
_GROUPED = pattern(r"\d,\d{3}")
_TIMES = {"thousand": 3, "million": 6, "billion": 9, "mio.": 6, "mio": 6, "millionen": 6, "mrd.": 9, "milliarden": 9}
_SIGN = r"[^\d\s.,-]{1,4}"
_MANY = "|".join(map(re.escape, _TIMES))
_TYPED = pattern(
    rf"(?:(?P<before>{_SIGN}) ?)?(?P<sum>\d(?:[\d.,’' ]*[\d–-])?(?: (?:{_MANY}))?)(?: ?(?P<after>{_SIGN}))?",
    re.IGNORECASE,
)


def read_money(text: str, wording: Wording) -> Money | None:
    """An amount, or None."""
    text = " ".join(text.split())
    text, _, per = text.partition(f" {wording.words['per']} ")
    code, rest = _currency(text, wording)
    if rest is None:
        return None
    amount = number(rest, wording.locale)
    times = re.fullmatch(r"(\S+) (\S+)", rest)
    if amount is None and times and times[2].lower() in _TIMES:
        few = number(times[1], wording.locale)
        amount = few * 10 ** _TIMES[times[2].lower()] if few is not None else None
    return None if amount is None else Money(amount, code, per)


def _currency(text: str, wording: Wording) -> tuple[str, str | None]:
    """The currency that an amount names, and the amount; None in place of it where the currency is not known."""
    match = _TYPED.fullmatch(text)
    if not match or (match["before"] and match["after"]):
        return "", None
    sign = match["before"] or match["after"] or ""
    if not sign:
        return "", match["sum"]
    if sign.upper() in CODES:
        return sign.upper(), match["sum"]
    named = [code for code in sorted(CODES) if get_currency_symbol(code, wording.locale) == sign]
    if sign == "$" and not named and get_currency_symbol(wording.currency, "en").endswith("$"):
        named = [wording.currency]
    return (named[0], match["sum"]) if len(named) == 1 else ("", None)


def written_money(found: Money, old: str, currency: str) -> str:
    """An amount as the deal writes it: its currency where it stood, and commas where there were some."""
    match = _WRITTEN.fullmatch(old)
    was = (match["before"] or match["after"] or "") if match else ""
    code = found.currency or was or ("" if match else currency)
    if match and not was and code == currency:
        code = ""
    small = not match or Decimal(match["sum"].replace(",", "")) < 1000
    figures = figure(found.amount, grouped="," in match["sum"] if match and not small else bool(code))
    amount = f"{figures} {code}" if match and match["after"] and code else f"{code} {figures}".strip()
    return f"{amount} per {found.per}" if found.per else amount


def read_rate(text: str, wording: Wording) -> Decimal | None:
    """A percentage, or None."""
    text = " ".join(text.split())
    percent = re.escape(str(wording.words["percent"]))
    both = re.fullmatch(rf"(.+?) {percent} \((.+?)\s?%\)", text, re.IGNORECASE)
    if both:
        found = counted(f"{both[1]} ({both[2]})", wording.locale)
        return found[0] if found and not found[1] else None
    plain = re.fullmatch(rf"(.+?)\s?(?:%|per cent|percent|{percent})", text, re.IGNORECASE)
    found = counted(plain[1], wording.locale) if plain else None
    return found[0] if found and not found[1] else None


def read_measure(text: str, wording: Wording) -> Measure | None:
    """A measured value or a threshold, or None."""
    text = " ".join(text.split())
    comparator = ""
    words = [(str(said), name) for name, said in wording.words["comparator"].items()]
    for said, name in (*words, *COMPARATORS.items()):
        if text.lower().startswith(said.lower()) and not text[len(said) : len(said) + 1].isalpha():
            text, comparator = text[len(said) :].strip(), name
            break
    rate = read_rate(text, wording)
    if rate is not None:
        return Measure(rate, comparator=comparator, rate=money.Rate(rate))
    amount = read_money(text, wording)
    if amount and amount.currency:
        return Measure(amount.amount, comparator=comparator, money=amount)
    found = counted(text, wording.locale)
    if found is None:
        return None
    value, unit = found
    percent = unit.startswith("%")
    unit = unit.removeprefix("%").strip()
    of = f"{wording.words['of']} "
    if unit.startswith(of):
        unit = f"of {unit.removeprefix(of)}"
    return Measure(value, unit, comparator, money.Rate(value) if percent else None)


def written_measure(found: Measure, old: str, currency: str) -> str:
    """A measured value as the deal writes it, with the sign or word of comparison that stood there."""
    sign = re.match(r"\s*(>=|<=|>|<|at least |at most |more than |less than )?\s*", old)
    lead = sign[1] or "" if sign else ""
    value = old[sign.end() :] if sign else old
    if COMPARATORS.get(lead, lead.strip()) != found.comparator:
        signs = {name: sign for sign, name in COMPARATORS.items()}
        lead = signs[found.comparator] if lead in COMPARATORS and found.comparator else found.comparator
        lead = f"{lead} " if lead else ""
    elif lead in COMPARATORS:
        lead = old[: sign.end()].lstrip() if sign else lead
    if found.money:
        return lead + written_money(found.money, value, currency)
    figures = figure(found.number, grouped=bool(_GROUPED.search(value)))
    unit = found.unit
    try:
        was = measure.parse(value)
        unit = was.unit if was.unit.casefold() == unit.casefold() else unit
    except FormError:
        pass
    return f"{lead}{figures}{'%' if found.rate else ''}{' ' + unit if unit else ''}"


def figure(value: Decimal, *, grouped: bool) -> str:
    """A number in digits as a deal writes it."""
    exact = value.to_integral_value() if value % 1 == 0 else value
    return f"{exact:,f}" if grouped else f"{exact:f}"
