"""How a value reads in a paper: dates, money, durations, names and lists, as a lawyer writes them in the language.

What depends on the language comes from Babel; the few words of our own stand in `templates/words.yaml`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

from termsheet import data, source
from termsheet.errors import LibraryError
from termsheet.values import FORMS
from termsheet.values.cadence import Cadence
from termsheet.values.duration import Duration
from termsheet.values.measure import Measure
from termsheet.values.money import Money, Rate
from termsheet.values.when import When


@dataclass(frozen=True)
class Wording:
    """The way of writing values in one language. `names` turns an id of the deal into what the paper calls it."""

    locale: Locale
    words: dict[str, Any]
    currency: str
    names: Callable[[str], str]

    def shown(self, text: str, form: str) -> str:
        """The text of a value of a form, as the paper prints it. Text itself is printed as it stands."""
        if form in ("who", "ref", "id"):
            return self.name(text)
        if form == "enum":
            return str(self.words["enum"].get(text, text.replace("-", " ")))
        if form not in FORMS or form in ("currency", "language"):
            return text
        return self._parsed(FORMS[form].parse(text))

    def name(self, word: str) -> str:
        """What the paper calls a party, person or body; `each` and its like in words."""
        return str(self.words["who"].get(word) or self.names(word))

    def series(self, items: Sequence[str], conjunction: str = "and") -> str:
        """Items as a list in words: "A, B and C", with the comma that the language's own usage wants."""
        return format_list(list(items), "standard" if conjunction == "and" else "or", self.locale)

    def _parsed(self, value: Any) -> str:
        if isinstance(value, Duration):
            return self.duration(value)
        if isinstance(value, When):
            return self._when(value)
        if isinstance(value, Money):
            return self._money(value)
        if isinstance(value, Rate):
            return f"{self._number(value.percent)}%"
        if isinstance(value, Measure):
            return self._measure(value)
        if isinstance(value, Cadence):
            return self._cadence(value)
        return str(format_date(value, "long", self.locale))

    def duration(self, value: Duration) -> str:
        """A length of time: "90 days", "1 month", "the term and 2 years after it"."""
        counted = self._counted(value.number, value.unit) if value.unit else ""
        if not value.word:
            return counted
        return str(self.words["duration"][value.word + ("+" if counted else "")]).format(counted)

    def _counted(self, count: int, unit: str) -> str:
        one, many = self.words["unit"][unit]
        return f"{self._number(Decimal(count))} {one if count == 1 else many}"

    def _when(self, value: When) -> str:
        if value.date is not None:
            return str(format_date(value.date, "long", self.locale))
        event = str(self.words["event"].get(value.event) or self.names(value.event))
        if value.offset is None:
            return event
        side = self.words["before" if value.before else "after"]
        return f"{self.duration(value.offset)} {side} {event}"

    def _money(self, value: Money) -> str:
        code = value.currency or self.currency
        amount = f"{code}\u00a0{self._number(value.amount)}" if code else self._number(value.amount)
        return f"{amount} {self.words['per']} {value.per}" if value.per else amount

    def _measure(self, value: Measure) -> str:
        number = f"{self._number(value.number)}%" if value.rate else self._number(value.number)
        text = self._money(value.money) if value.money else f"{number} {value.unit}".strip()
        return f"{self.words['comparator'][value.comparator]} {text}" if value.comparator else text

    def _cadence(self, value: Cadence) -> str:
        if value.times != 1:
            times = self.words["times"].get(str(value.times)) or self.words["times"]["many"].format(
                value.times
            )
            return f"{times} {self.words['each'].format(self.words['unit'][value.period.unit][0])}"
        word = self.words["cadence"].get(f"{value.period.number} {value.period.unit}")
        return str(word or self.words["every"].format(self._counted(value.period.number, value.period.unit)))

    def _number(self, number: Decimal) -> str:
        places = max(0, -int(number.as_tuple().exponent))
        pattern = "#,##0" + ("." + "0" * places if places else "")
        return str(format_decimal(number, pattern, self.locale))


def wording(
    language: str, currency: str, names: Callable[[str], str], folders: tuple[Path, ...] = ()
) -> Wording:
    """The wording of a language (`en-GB`); dates, numbers and lists follow its country.

    A house's `words.yaml`, in a folder of templates, adds languages.
    """
    pages = [folder / "words.yaml" for folder in (data.folder("templates"), *folders)]
    words: dict[str, Any] = {}
    for page in filter(Path.is_file, pages):
        words |= source.parse(page.read_text(encoding="utf-8"), str(page)).data
    try:
        return Wording(
            Locale.parse(language.replace("-", "_")), words[language.partition("-")[0]], currency, names
        )
    except (KeyError, ValueError, UnknownLocaleError):
        known = ", ".join(f"`{name}`" for name in words)
        raise LibraryError(f"a paper cannot be written in the language `{language}` yet",
                           help=f"change `deal.language`; there are clauses in {known}") from None  # fmt: skip
