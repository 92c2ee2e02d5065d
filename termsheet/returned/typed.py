"""What was typed in a paper, as the deal writes it: read by the form of its place, and never guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from termsheet.deal import Deal
from termsheet.pattern import pattern
from termsheet.returned import prose, sums, times, wanted
from termsheet.returned.numerals import number
from termsheet.returned.prose import Piece, plain
from termsheet.returned.wanted import Place
from termsheet.values import FORMS, FormError
from termsheet.wording import EVERYONE, Wording

_ODD = pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ue000-\uf8ff\ufffe\uffff]")


class Unreadable(ValueError):
    """What was typed cannot be read as a value of its place. The message is half a sentence that says why."""


class Reader:
    """Reads what is typed, in the language of a deal. `fresh` are names that the same file gives, by their ids."""

    def __init__(self, deal: Deal, wording: Wording, *, curly: bool = False) -> None:
        self.deal = deal
        self.wording = wording
        self.curly = curly
        self.fresh: Mapping[str, str] = {}
        self._names = cache(self._listed)

    def read(self, place: Place, shown: str, typed: str) -> Piece:
        """The change to what the deal says at a place, where it showed one thing and another was typed."""
        if _ODD.search(typed):
            raise Unreadable("holds a character that cannot stand in a deal")
        if not plain(typed):
            raise Unreadable("was emptied: take it out of the deal, or write `open` there")
        if place.raw is None:
            typed = _unbracketed(typed)
        elif place.form == "text":
            return self._text(place.raw, shown, typed)
        raw = place.raw or ""
        typed = prose.cleaned(typed, curly=self.curly)
        made = typed if place.form == "text" else self._value(place, raw, " ".join(typed.split()))
        return Piece(0, len(raw), made)

    def _text(self, raw: str, shown: str, typed: str) -> Piece:
        piece = prose.edited(raw, shown, typed, curly=self.curly)
        if piece is None:
            owner = self._owned(shown)
            piece = prose.edited(raw, owner, self._owned(typed), curly=self.curly) if owner != shown else None
        if piece is None:
            raise Unreadable("is shown in other words than the deal has: change it there")
        return piece

    def _owned(self, words: str) -> str:
        """A name without what makes it possessive."""
        for possessive in self.wording.words["possessive"].values():
            match = re.fullmatch(re.escape(plain(str(possessive))).replace(re.escape("{}"), "(.+)"), plain(words))
            if match:
                return match[1]
        return words

    def _value(self, place: Place, raw: str, typed: str) -> str:
        read: dict[str, Callable[[Place, str, str], str]] = {
            "enum": self._word, "who": self._name, "ref": self._name, "date": self._date, "when": self._when,
            "duration": self._duration, "cadence": self._cadence, "money": self._money, "rate": self._rate,
            "measure": self._measure, "number": self._number,
        }  # fmt: skip
        made = read[place.form](place, raw, typed) if place.form in read else typed
        if not made:
            noun = FORMS[place.form].noun if place.form in FORMS else _NOUNS.get(place.form, "such a value")
            raise Unreadable(f"cannot be read as {noun}")
        if place.form in FORMS:
            try:
                FORMS[place.form].parse(made)
            except FormError as error:
                raise Unreadable(str(error)) from error
        return made

    # -- each form

    def _date(self, place: Place, raw: str, typed: str) -> str:
        found = times.read_date(typed, self.wording.locale)
        return found.isoformat() if found else ""

    def _when(self, place: Place, raw: str, typed: str) -> str:
        return times.read_when(typed, self.wording, {name: id for id, name in wanted.names(self.deal, {}).items()})

    def _duration(self, place: Place, raw: str, typed: str) -> str:
        found = times.read_duration(typed, self.wording)
        return times.written(found, raw) if found else ""

    def _cadence(self, place: Place, raw: str, typed: str) -> str:
        return times.read_cadence(typed, self.wording)

    def _money(self, place: Place, raw: str, typed: str) -> str:
        found = sums.read_money(typed, self.wording)
        return sums.written_money(found, raw, self.wording.currency) if found else ""

    def _rate(self, place: Place, raw: str, typed: str) -> str:
        found = sums.read_rate(typed, self.wording)
        return f"{sums.figure(found, grouped=False)}%" if found is not None else ""

    def _measure(self, place: Place, raw: str, typed: str) -> str:
        found = sums.read_measure(typed, self.wording)
        return sums.written_measure(found, raw, self.wording.currency) if found else ""

    def _number(self, place: Place, raw: str, typed: str) -> str:
        found = number(typed, self.wording.locale)
        return sums.figure(found, grouped=False) if found is not None else ""

    def _word(self, place: Place, raw: str, typed: str) -> str:
        words = {plain(self.wording.shown(word, "enum")).casefold(): word
                 for word in place.schema["enum"] if isinstance(word, str)}  # fmt: skip
        words |= {plain(word).casefold(): word for word in place.schema["enum"] if isinstance(word, str)}
        return words.get(plain(typed).casefold(), "")

    def _name(self, place: Place, raw: str, typed: str) -> str:
        called = plain(typed).casefold()
        if raw in self.fresh and called in (plain(self.fresh[raw]).casefold(), plain(self._owned(self.fresh[raw]))):
            return raw
        found = {id for name, id in self._names(place.form, place.schema.get("x-of", "")) if name == called}
        if raw in found:
            return raw
        if len(found) > 1:
            raise Unreadable("is the name of several")
        if not found:
            raise Unreadable("is no name that the deal has; to rename somebody, change the name where it is given")
        return found.pop()

    def _listed(self, form: str, of: str) -> tuple[tuple[str, str], ...]:
        """What parties, people and bodies are called, in each case, with their ids."""
        schema = {"x-form": form} | ({"x-of": of} if of else {})
        listed: list[tuple[str, str]] = []
        for id, name in wanted.names(self.deal, schema).items():
            listed += [(called, id) for called in self._called(id, name)]
        for word in EVERYONE if form == "who" else ():
            entry: Any = self.wording.words["who"][word]
            cases = entry.values() if isinstance(entry, Mapping) else (entry,)
            listed += [(str(case), word) for case in cases]
        return tuple((plain(name).casefold(), id) for name, id in listed)

    def _called(self, id: str, name: str) -> set[str]:
        printed = self.wording.names(id)
        full = self.deal.party_name(id)
        entry = next((party.text("name") for party in self.deal.each("parties") if party.text("id") == id), "")
        return {found for found in (id, name, printed, full, entry, self.wording.name(id, "possessive")) if found}


_NOUNS = {"number": "a number", "enum": "one of the words that may stand there"}


def _unbracketed(typed: str) -> str:
    """What was typed into a bracket, or in its place."""
    text = typed.strip()
    if text.startswith("[") and text.endswith("]"):
        text = text[1:-1].strip().removeprefix("●").strip()
    return text
