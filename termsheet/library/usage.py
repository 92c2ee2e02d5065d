"""How a country writes dates, numbers, money and lists.

All that is known of it comes from Babel. Of the languages that termsheet is written in, it was taken from there
beforehand (`schemas/usage.jsonl`, by `python -m termsheet.library.build`): to import Babel takes longer than to write
all the values of a paper. For any other, Babel is asked.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Context, Decimal
from functools import cache
from typing import NamedTuple

from termsheet import data

FILE = "usage.jsonl"
STYLES = ("standard", "or")
_EXACT = Context(prec=60)  # more digits than a deal may write
_USUAL = 2  # decimals of a currency of which nothing else is known


class Usage(NamedTuple):
    """What a country does. `day` is a date with `{day}`, `{month}` and `{year}`, `percent` and `money` hold a `{}`.

    `lists` has the patterns of each of STYLES. `signs` are those of the currencies that it writes with a sign;
    `hundreds` says that it groups an amount of money by hundreds above the thousand.
    """

    tag: str
    day: str
    months: Sequence[str]
    point: str
    comma: str
    percent: str
    money: str
    hundreds: bool
    lists: Mapping[str, Mapping[str, str]]
    signs: Mapping[str, str]

    @property
    def language(self) -> str:
        """The language alone: `en`."""
        return self.tag.partition("-")[0]

    @property
    def territory(self) -> str:
        """The country alone: `GB`, or nothing."""
        return self.tag.partition("-")[2]

    def date(self, day: date) -> str:
        """A date: "15 January 2027"."""
        return self.day.format(day=day.day, month=self.months[day.month - 1], year=day.year)

    def number(self, number: Decimal, places: int, *, hundreds: bool = False) -> str:
        """A number with so many decimals: "1,234.50"."""
        whole, _, rest = f"{_EXACT.quantize(number.copy_abs(), Decimal(10) ** -places):f}".partition(".")
        size, groups = 3, []
        while len(whole) > size:
            groups.append(whole[-size:])
            whole, size = whole[:-size], 2 if hundreds else 3
        grouped = self.comma.join((whole, *reversed(groups)))
        return f"{'-' * number.is_signed()}{grouped}{self.point if rest else ''}{rest}"

    def amount(self, amount: Decimal, places: int, sign: str) -> str:
        """An amount of money with the sign of its currency: "€1,234.50"."""
        return self.money.format(self.number(amount, places, hundreds=self.hundreds)).replace("¤", sign)

    def series(self, items: Sequence[str], style: str = "standard") -> str:
        """A list: "A, B and C"."""
        if len(items) < 2:
            return "".join(items)
        said = self.lists[style]
        if len(items) == 2 and "2" in said:
            return said["2"].format(*items)
        made = said["start"].format(*items[:2])
        for item in items[2:-1]:
            made = said["middle"].format(made, item)
        return said["end"].format(made, items[-1])


def decimals(currency: str) -> int:
    """How many decimals a currency has."""
    return _file()[0].get(currency, _USUAL)


@cache
def usage(tag: str) -> Usage:
    """The usage of a language in a country: `en-GB`. Raises ValueError or KeyError where nobody knows of it."""
    line = _file()[1].get(tag)
    if line is not None:
        return Usage(tag, *json.loads(line))
    from termsheet.library import cldr

    return cldr.usage(tag)


@cache
def _file() -> tuple[Mapping[str, int], Mapping[str, str]]:
    """The decimals of the currencies that have not two, and what is told of each tag."""
    try:
        with open(os.path.join(data.place("schemas"), FILE), encoding="utf-8") as file:
            first, *lines = file.read().splitlines()
        apart = [line.partition("\t") for line in lines]
        return json.loads(first), {tag: told for tags, _, told in apart for tag in tags.split()}
    except (OSError, ValueError):  # it saves time and nothing else
        from termsheet.library import cldr

        return cldr.decimals(), {}
