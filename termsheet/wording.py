"""How a value reads in a paper: dates, money, durations, names and lists, as a lawyer writes them in the language.

What depends on the country comes from Babel (`termsheet.library.usage`); the few words of our own stand in
`templates/words.yaml`. How the house writes numbers and money is its `Style`.

Some languages change a word with its place in the sentence: its `case` is `plain`, `accusative`, `dative`,
`possessive`, or, of a time, `at` (after the word that leads to it).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from termsheet import data, source
from termsheet.errors import LibraryError
from termsheet.immutable import immutable, replace
from termsheet.library.shelves import Folder, listed
from termsheet.library.usage import Usage, decimals, usage
from termsheet.pattern import pattern
from termsheet.spelling import spelt
from termsheet.style import Style
from termsheet.values import FORMS, FormError
from termsheet.values.cadence import Cadence
from termsheet.values.duration import Duration
from termsheet.values.measure import Measure
from termsheet.values.money import Money, Rate
from termsheet.values.when import When

if TYPE_CHECKING:
    from babel import Locale

PLAIN, ACCUSATIVE, DATIVE, POSSESSIVE, AT = "plain", "accusative", "dative", "possessive", "at"
EVERYONE = ("each", "all", "jointly")
_PARTS = pattern(r"[,;](?!\d)")  # an item that holds one is parted from the next by a semicolon
_PAGE = "words.yaml"
_SHARED = "en-GB"  # English without a country, as the clauses are written


@immutable
class Wording:
    """The way of writing values in one language. `names` turns an id of the deal into what the paper calls it."""

    usage: Usage
    words: Mapping[str, Any]
    currency: str
    names: Callable[[str], str]
    style: Style = Style()

    @property
    def locale(self) -> Locale:
        """The locale, for what is read in the language and not written."""
        from babel import Locale

        return Locale.parse(self.usage.tag.replace("-", "_"))

    @property
    def spelling(self) -> Mapping[str, str]:
        """The words of the library that the country spells in another way."""
        found: Mapping[str, str] = self.words.get("spelling", {})
        return found

    def in_digits(self) -> Wording:
        """The wording of a table, where figures stand in columns."""
        return replace(self, style=self.style._replace(numbers="digits"))

    def shown(self, text: str, form: str, case: str = PLAIN) -> str:
        """The text of a value of a form, as the paper prints it. Text itself is printed as it stands."""
        if form in ("who", "ref", "id"):
            return self.name(text, case)
        if form == "enum":
            return spelt(str(self.words["enum"].get(text, text.replace("-", " "))), self.spelling)
        if form not in FORMS or form in ("currency", "language"):
            return text
        return self._parsed(FORMS[form].parse(text), case)

    def name(self, word: str, case: str = PLAIN) -> str:
        """What the paper calls a party, person or body; `each` and its like in words."""
        if word in EVERYONE:
            return _in_case(self.words["who"][word], case)
        name = self.names(word)
        if case != POSSESSIVE:
            return name
        pattern = self.words["possessive"]["s" if name.endswith(("s", "S")) else "name"]
        return str(pattern).replace("{}", name)

    def body(self, name: str) -> str:
        """What the paper calls a committee where it acts: "the Steering committee"."""
        pattern = str(self.words.get("body", "{}"))
        return name if name.lower().startswith(pattern.partition("{}")[0]) else pattern.replace("{}", name)

    def others(self, parties: int, case: str = PLAIN, *, all_of_them: bool = False) -> str:
        """All parties but one, by how many there are: "the other party", "each other party", "the other parties"."""
        key = "two" if parties == 2 else "all" if all_of_them else "many"
        return _in_case(self.words["others"][key], case)

    def series(self, items: Sequence[str], conjunction: str = "and", shown: Sequence[str] = ()) -> str:
        """Items as a list in words: "A, B and C", with the comma that the language's own usage wants.

        Semicolons part items of which one holds a comma; where one holds the conjunction, something else goes before
        the last: a comma, or another word.
        `shown` are the items as they are read, where they are tokens.
        """
        read = shown or items
        key = "and" if conjunction == "and" else "or"
        style = "standard" if key == "and" else "or"
        word = self.usage.series(["", ""], style).strip()
        if len(items) > 1 and any(map(_PARTS.search, read)):
            return f"{'; '.join(items[:-1])}; {word} {items[-1]}"
        if len(items) > 1 and any(f" {word} " in item for item in read):
            return f"{', '.join(items[:-1])}{self.words['parted'][key]} {items[-1]}"
        return self.usage.series(items, style)

    def on(self, text: str) -> str:
        """The word that leads to a point in time: "on" a day, "at" the end of the term; none to "60 days after"."""
        try:
            value = FORMS["when"].parse(text)
        except FormError:
            return ""
        if value.offset is not None:
            return ""
        found = self.words["event"].get(value.event)
        own = found.get("on") if isinstance(found, dict) else None
        return str(own or self.words["on"]["date" if value.date else "event"])

    def _parsed(self, value: Any, case: str) -> str:
        if isinstance(value, Duration):
            return self.duration(value, case)
        if isinstance(value, When):
            return self._when(value, case)
        if isinstance(value, Money):
            return self._money(value)
        if isinstance(value, Rate):
            return self._percent(value.percent)
        if isinstance(value, Measure):
            return self._measure(value)
        if isinstance(value, Cadence):
            return self._cadence(value)
        return self.usage.date(value)

    def duration(self, value: Duration, case: str = PLAIN) -> str:
        """A length of time: "90 days", "1 month", "the term and 2 years after it ends"."""
        counted = self._counted(value.number, value.unit, PLAIN if value.word else case) if value.unit else ""
        if not value.word:
            return counted
        return _in_case(self.words["duration"][value.word + ("+" if counted else "")], case).format(counted)

    def _counted(self, count: int, unit: str, case: str = PLAIN) -> str:
        one, many, *dative = self.words["unit"][unit]
        word = one if count == 1 else dative[0] if dative and case == DATIVE else many
        digits = self._number(Decimal(count))
        in_words = self._in_words(Decimal(count))
        return f"{in_words} ({digits}) {word}" if in_words else f"{digits} {word}"

    def _when(self, value: When, case: str) -> str:
        if value.date is not None:
            return self.usage.date(value.date)
        found = self.words["event"].get(value.event) or self.names(value.event)
        if value.offset is None:
            return _in_case(found, case)
        side = self.words["before" if value.before else "after"]
        return f"{self.duration(value.offset)} {side} {_in_case(found, DATIVE)}"

    def _money(self, value: Money) -> str:
        code = value.currency or self.currency
        amount = self._amount(value.amount, code)
        return f"{amount} {self.words['per']} {value.per}" if value.per else amount

    def _amount(self, amount: Decimal, code: str) -> str:
        """An amount with its currency: whole, or with as many decimals as the currency has, or more if given."""
        given = _places(amount)
        places = max(given, decimals(code)) if code and amount % 1 else given
        sign = self.usage.signs.get(code)
        if code and sign is not None and self.style.money != "code":
            return self.usage.amount(amount, places, sign)
        number = self.usage.number(amount, places)
        return f"{code}\u00a0{number}" if code else number

    def _percent(self, number: Decimal) -> str:
        digits = self.usage.percent.format(self._number(number))
        in_words = self._in_words(number)
        return f"{in_words} {self.words['percent']} ({digits})" if in_words else digits

    def _measure(self, value: Measure) -> str:
        if value.money:
            text = self._money(value.money)
        else:
            number = self._percent(value.number) if value.rate else self._number(value.number)
            unit = value.unit
            if unit.startswith("of "):
                unit = f"{self.words['of']} {unit.removeprefix('of ')}"
            text = f"{number} {unit}".strip()
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
        return self.usage.number(number, _places(number))

    def _in_words(self, number: Decimal) -> str:
        """The number in words, where the house wants it; not where the word would change with what follows it."""
        if self.style.numbers != "words-and-digits" or (number == 1 and self.usage.language != "en"):
            return ""
        from num2words import num2words

        text = str(num2words(number, lang=self.usage.language)).replace(",", "")
        return text.replace(" and ", " ") if self.usage.territory == "US" else text


def _places(number: Decimal) -> int:
    return max(0, -int(number.as_tuple().exponent))


class Cased(str):
    """A word that prints in its plain case, and knows the others."""

    __slots__ = ("_cases",)
    _cases: Mapping[str, str]

    def __new__(cls, given: str | Mapping[str, str]) -> Cased:
        made = super().__new__(cls, _in_case(given, PLAIN))
        made._cases = given if isinstance(given, Mapping) else {}
        return made

    def in_case(self, case: str) -> str:
        """The word for its place in the sentence."""
        return self._cases.get(case, self)


def _in_case(entry: Any, case: str) -> str:
    """The form of a word for its place in the sentence; a word with one form has it everywhere."""
    return str(entry.get(case, entry[PLAIN]) if isinstance(entry, dict) else entry)


@lru_cache(maxsize=16)
def _page(page: str, stamp: int) -> Mapping[str, Any]:
    """A page of words, read once until it changes (`stamp`)."""
    with open(page, "rb") as file:
        raw = file.read()
    from termsheet.library import prepared  # which asks for the words of the language itself

    known: Mapping[str, Any] | None = prepared.page(raw)
    return source.parse(raw.decode(), page).data if known is None else known


def wording(
    language: str, currency: str, names: Callable[[str], str], style: Style | None = None,
    folders: tuple[Folder, ...] | None = None,
) -> Wording:  # fmt: skip
    """The wording of a language (`en-GB`); dates, numbers and lists follow its country.

    The words stand in the `words.yaml` of the folders of templates, those of termsheet where none are named: a later
    one adds languages.
    """
    every = (data.place("templates"),) if folders is None else folders
    pages = [path for folder in every for name, path in listed(folder, _PAGE) if name == _PAGE]
    words: dict[str, Any] = {}
    for page in filter(os.path.isfile, pages):
        words |= _page(page, os.stat(page).st_mtime_ns)
    try:
        country = usage(_SHARED if language == "en" else language)
        said = words[language.partition("-")[0]] | (words.get(language, {}) if "-" in language else {})
        return Wording(country, said, currency, names, style or Style())
    except (KeyError, ValueError):
        known = ", ".join(f"`{name}`" for name in words if "-" not in name)
        raise LibraryError(f"a paper cannot be written in the language `{language}` yet",
                           help=f"change `deal.language`; there are clauses in {known}") from None  # fmt: skip
