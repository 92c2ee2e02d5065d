"""What clauses and conditions may call.

A clause sees the keys of the deal, `entry` where it has one for each entry of a list, and

    duty(who)             "Acme shall", or "Acme intends to" where the paragraph does not bind
    ban(who)              "Acme shall not", or "Acme does not intend to"; of each party "No party shall"
    may(who)              "Acme may"
    plural(who, "is", "are")   the first word for one, the second for several: of parties, of a list, of a number
    included("clause")    whether another clause is in the paper
    ref("clause")         "paragraph 12", live; `ref("clause", "name")` one of its paragraphs
    schedule("clause")    "Schedule 1", live: the schedule of a clause, in a form that has schedules
    paper, noun           what the paper calls itself ("this term sheet") and its clauses ("paragraph")
    the_deal              what it calls what the parties have agreed ("the deal", in an agreement "this agreement")
    binding_paragraphs()  the numbers of the paragraphs that bind
    others(who)           "each other party" (of two: "the other party") where everyone is meant, else who it is
    others()              "the other parties" (of two: "the other party")
    limits(entry)         ", in Germany, from 1 May 2027, if …": the limits that an entry of any list may carry
    within(time)          "within 5 days", or "at once"
    lasting(time)         "for 2 years", or "without limit in time"
    choose(word, a="…")   the words for each answer: of a list of words, or `yes=` and `no=`; a point that is open
                          prints its bracket (after the words of `open=`, where given), nothing given prints nothing
    on(time)              "on 15 January 2027", "on signature", "at the end of the term", "60 days after signature"
    list                  a filter: a list in words, `list("or")` with another conjunction, `list(";")` with semicolons
    possessive            a filter: "Acme’s", "the parties’"
    accusative, dative    filters for translations, also of `paper` and `the_deal`: "diesen Vertrag", "90 Tagen"
    capital               a filter: with a capital letter first
    is open, is none      tests: of a point that is open or withheld; of what the deal says there is none of
    is zero               a test: of an amount or a measure that is nothing at all, such as "USD 0"
    led_by                a filter: "the law of Ireland", whether the deal says so or only "Ireland"
    the                   a filter: "the ICC Rules", whether the deal says the article or not
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from termsheet.document import Ref, Text, Value
from termsheet.errors import LibraryError
from termsheet.library.view import Absent, Leaf, Nothing, OpenPoint, Printer, Record, Series
from termsheet.pattern import pattern
from termsheet.wording import ACCUSATIVE, AT, DATIVE, EVERYONE, PLAIN, POSSESSIVE, Cased

if TYPE_CHECKING:
    from termsheet.forms import Form

_COUNT = pattern(r"\d+\b")
_ZERO = pattern(r"\D*0[0.,]*\D*")


def choose(answer: Any, **words: str) -> str:
    """The words for an answer. A word of the file is written with `_` for `-`: `with_consent="…"`."""
    lead = words.pop("open", "")
    if isinstance(answer, OpenPoint):
        between = " " if lead or any(said.startswith(" ") for said in words.values()) else ""
        sentence = lead.strip()[:1].isupper() or any(said.rstrip().endswith(".") for said in words.values())
        stop = "." if sentence else ""
        return f"{lead}{between}{answer}{stop}"
    if isinstance(answer, Absent) or answer is None:
        return ""
    value = answer._value if isinstance(answer, Leaf) else answer
    key = ("no", "yes")[value] if isinstance(value, bool) else str(value).replace("-", "_")
    return words.get(key, words.get("otherwise", ""))


def listed(items: Any, conjunction: str = "and") -> str:
    """A list in words. Items that hold commas are parted by semicolons."""
    if isinstance(items, (Leaf, OpenPoint)):
        return str(items)
    printer: Printer | None = getattr(items, "_printer", None)
    if isinstance(items, Record):
        given = [key for key in items._value if items[key]] if printer else []
        parts = [f"{_party(items, key)} {items[key]}" for key in given]
    else:
        items = [*items]  # what `selectattr` and the like give can be read only once
        parts = [str(item) for item in items]
    if printer is None:
        return _joined(items, parts, conjunction)
    return _series(parts, conjunction, printer)


def _party(items: Record, key: str) -> str:
    """The key of a map by party, as a token like any other value."""
    printer = items._printer
    return printer.token(Value(items._path, key, printer.wording.name(key)))


def _series(parts: list[str], conjunction: str, printer: Printer) -> str:
    if conjunction == ";":
        return "; ".join(parts)
    return printer.wording.series(parts, conjunction, [printer.read(part) for part in parts])


def _joined(items: Iterable[Any], parts: list[str], conjunction: str) -> str:
    """A list made in the clause itself (by `selectattr` and the like) speaks the language of its first entry."""
    for item in items:
        printer = getattr(item, "_printer", None)
        if printer is not None:
            return _series(parts, conjunction, printer)
    return f" {conjunction} ".join(parts)


def capital(value: Any) -> Any:
    """The value with a capital letter first; a value of the deal stays one."""
    if isinstance(value, Leaf):
        return value._as(capital=True)
    if isinstance(value, str):
        return value[:1].upper() + value[1:]
    return value


def _led_by(value: Any, words: str) -> str:
    """The value after these words, unless it names the thing itself: "the law of Ireland", "the High Court"."""
    noun = words.split()[1].removesuffix("s")
    named = isinstance(value, Leaf) and re.search(rf"\b{noun}s?\b", str(value._value), re.IGNORECASE)
    return str(value) if named or isinstance(value, OpenPoint) else f"{words} {value}"


def _the(value: Any) -> str:
    """The value after its article, unless it has one: "the ICC Rules"."""
    said = str(value._value) if isinstance(value, Leaf) else ""
    return str(value) if said.lower().startswith("the ") or isinstance(value, OpenPoint) else f"the {value}"


def _possessive(who: Any) -> Any:
    return _in_case(who, POSSESSIVE)


def _accusative(value: Any) -> Any:
    return _in_case(value, ACCUSATIVE)


def _dative(value: Any) -> Any:
    return _in_case(value, DATIVE)


def _in_case(value: Any, case: str) -> Any:
    """The value for its place in the sentence; of several, each."""
    if isinstance(value, Leaf):
        return value._as(case=case)
    if isinstance(value, Cased):
        return value.in_case(case)
    if isinstance(value, Series):
        return _series([str(_in_case(item, case)) for item in value], "and", value._printer)
    return value


class Names:
    """What a clause may call: some of it says another thing where its paragraphs bind (`binds`)."""

    def __init__(self, printer: Printer, *, included: Callable[[str], bool], binding: Callable[[], list[list[str]]],
                 form: Form) -> None:
        self.printer = printer
        self.included = included
        self.binding = binding
        self.form = form
        self._contexts = {binds: self._context(binds) for binds in (True, False)}

    def context(self, binds: bool) -> Mapping[str, Any]:
        """The names of one clause, beside the keys of the deal."""
        return self._contexts[binds]

    def _context(self, binds: bool) -> dict[str, Any]:
        return {
            "duty": lambda who, *more: self._duty(binds, who, *more),
            "ban": lambda who, *more: self._ban(binds, who, *more),
            "may": self._may,
            "plural": _plural,
            "on": self._on,
            "included": self.included,
            "ref": self._ref,
            "schedule": lambda clause: self.printer.token(Ref(f"{clause}/schedule")),
            "paper": self.form.paper,
            "the_deal": self.form.deal,
            "noun": self.form.noun,
            "binding_paragraphs": self._binding,
            "others": self._others,
            "limits": self._limits,
            "within": lambda time: self._timed("within", time),
            "lasting": lambda time: self._timed("lasting", time),
            "binds": binds,
            "form": self.form.name,
        }

    def _duty(self, binds: bool, who: Any, *more: Any) -> str:
        """Who is to do something, and the verb that says how firmly."""
        return self._said(self.form.duty["binding" if binds else "intended"], who, *more)

    def _ban(self, binds: bool, who: Any, *more: Any) -> str:
        """Who is not to do something. Of each party, where the language has a word for none of them, no party is."""
        nobody = self.printer.wording.words["who"].get("nobody")
        if nobody and not more and _is_word(who, "each"):
            return f"{capital(nobody)} {self.form.duty['binding' if binds else 'intended']['one']}"
        if not self.form.ban:
            raise LibraryError(f"clause {self.printer.clause} says `ban`, for which the form has no words",
                               help="give the form `ban:`, with the same keys as `duty:`")  # fmt: skip
        return self._said(self.form.ban["binding" if binds else "intended"], who, *more)

    def _may(self, who: Any, *more: Any) -> str:
        """Who is free to do something."""
        return self._said(self.printer.wording.words["may"], who, *more)

    def _said(self, verbs: Mapping[str, str], who: Any, *more: Any) -> str:
        """Who it is, at the start of a sentence, and the verb for one or for many."""
        verb = verbs["many" if more or _is_many(who) else "one"]
        if more:
            parts = [str(item) for item in (who, *more)]
            return f"{_series(parts, 'and', self.printer)} {verb}"
        if isinstance(who, str):  # the clause's own word: `duty("all")` is "The parties shall"
            who = self.printer.wording.name(who)
        return f"{capital(who)} {verb}"

    def _ref(self, clause: str, paragraph: str = "") -> str:
        if not self.included(clause):
            raise LibraryError(
                f"clause {self.printer.clause} refers to {clause}, which is not in the paper; "
                f'guard it with `included("{clause}")`'
            )
        target = f"{clause}/{paragraph}" if paragraph else clause
        return self.printer.token(Text(f"{self.form.noun}\u00a0"), Ref(target))

    def _others(self, who: Any = None, case: str = PLAIN) -> str:
        """Those to whom a party owes something: where everyone owes it, all but itself."""
        count = len(self.printer.deal.party_ids)
        if who is None:
            return self.printer.wording.others(count, case, all_of_them=True)
        if _is_word(who, *EVERYONE):
            return self.printer.wording.others(count, case)
        return str(_in_case(who, case))

    def _limits(self, entry: Any) -> str:
        """What limits an entry, each after a comma."""
        if isinstance(entry, OpenPoint):
            return ""
        words = self.printer.wording.words["limits"]
        bare = self.printer.wording.words.get("everywhere", ())  # "worldwide" takes no word before it
        given = ((words[key], entry[key]) for key in words if entry[key])
        return "".join(
            f", {listed(value)}"
            if isinstance(value, Series) and value._value[0] in bare
            else f", {word} {listed(value) if isinstance(value, Series) else value}"
            for word, value in given
        )

    def _timed(self, way: str, time: Any) -> str:
        """A length of time as an adverb; some have words of their own."""
        words = self.printer.wording.words[way]
        if isinstance(time, Leaf) and time._value in words:
            return str(words[time._value])
        return f"{words['otherwise']} {_in_case(time, words.get('case', PLAIN))}"

    def _on(self, time: Any) -> str:
        """A point in time with the word that leads to it."""
        if not isinstance(time, Leaf):
            return str(time)
        lead = self.printer.wording.on(str(time._value))
        return f"{lead} {_in_case(time, AT)}" if lead else str(time)

    def _binding(self) -> str:
        """The numbers of the clauses that bind: "3, 7 and 12 to 18"."""
        pieces = [
            piece
            for run in self.binding()
            for piece in self._run([self.printer.token(Ref(name)) for name in run])
        ]
        return self.printer.wording.series(pieces)

    def _run(self, numbers: list[str]) -> list[str]:
        to = self.printer.wording.words["to"]
        return numbers if len(numbers) < 3 else [f"{numbers[0]} {to} {numbers[-1]}"]


def _plural(who: Any, one: str, many: str) -> str:
    """The word that fits the number: of parties, of the entries of a list, of a count ("1 month", "3 months")."""
    return many if _is_many(who) else one


def _is_many(who: Any) -> bool:
    if isinstance(who, (Series, list, tuple)):
        return len(who) > 1
    value = who._value if isinstance(who, Leaf) else who
    count = _COUNT.match(str(value).replace(",", ""))
    return value in ("all", "jointly") or (count is not None and count[0] != "1")


def _is_zero(amount: Any) -> bool:
    """Whether an amount or a measure is nothing at all: "USD 0", "0 devices"."""
    return isinstance(amount, Leaf) and _ZERO.fullmatch(str(amount._value)) is not None


def _is_word(who: Any, *words: str) -> bool:
    """Whether it is one of the words that stand for parties, in the deal or in the clause itself."""
    value = who._value if isinstance(who, Leaf) else who
    return isinstance(value, str) and value in words


FILTERS: Mapping[str, Any] = {
    "list": listed, "capital": capital, "led_by": _led_by, "the": _the, "possessive": _possessive,
    "accusative": _accusative, "dative": _dative,
}  # fmt: skip
TESTS: Mapping[str, Any] = {
    "open": lambda value: isinstance(value, OpenPoint),
    "none": lambda value: isinstance(value, Nothing),
    "zero": _is_zero,
}
