"""Damage a deal in the ways in which people write what they mean in another form than the vocabulary's.

Every damage knows the text that is right: `right` and `wrong` are edits of one and the same text, so that several damages
can be made at once. A `sure` one has to be mended; any other may be left as it is, and never be mended to something else.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from termsheet import schema, source
from termsheet.schema import references
from termsheet.schema.normalise import normalise
from termsheet.source import Route, Source
from termsheet.splice import Edit, apart, splice

NUMBERS = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 10: "ten", 12: "twelve", 30: "thirty",
           60: "sixty", 90: "ninety"}  # fmt: skip
MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December"]  # fmt: skip
_SIGNS = {"EUR": "€", "USD": "$", "GBP": "£"}


@dataclass(frozen=True)
class Damage:
    """One damage: of which kind, the edits that make it, and those that make the text that is right."""

    how: str
    wrong: tuple[Edit, ...]
    right: tuple[Edit, ...]
    sure: bool = True


def made(text: str, damages: Iterable[Damage]) -> tuple[str, str]:
    """The damaged text, and the one that is right."""
    damages = list(damages)
    return (splice(text, [edit for damage in damages for edit in damage.wrong]),
            splice(text, [edit for damage in damages for edit in damage.right]))  # fmt: skip


def disjoint(damages: Iterable[Damage], most: int) -> list[Damage]:
    """The first damages that do not touch one another."""
    chosen: list[Damage] = []
    for damage in damages:
        if len(chosen) < most and apart(edit for one in (*chosen, damage) for edit in one.wrong):
            chosen.append(damage)
    return chosen


def damages(text: str, chance: random.Random) -> Iterator[Damage]:
    """Every kind of damage at every place of a deal where it can occur."""
    read = source.parse(text, "whole.deal.yaml")
    data = normalise(read, schema.deal_schema())
    currency = str(data["deal"].get("currency", ""))
    for route, mark in read.marks.items():
        if not route or route[0] in ("internal", "waivers"):
            continue
        if mark.key is not None:
            yield from _keys(read, route, chance)
        if mark.scalar is not None and text[slice(*mark.value)] == mark.scalar:
            for how, wrong, right, sure in _values(route, mark.scalar, currency, chance):
                yield _damage(how, mark.value, wrong, right or mark.scalar, sure)
            yield from _lines(read, route)
        yield from _shapes(read, route)
    yield from _ids(read, data)


def _damage(how: str, span: tuple[int, int], wrong: str, right: str, sure: bool = True) -> Damage:
    return Damage(how, (Edit(*span, wrong),), (Edit(*span, right),), sure)


def _slip(word: str, chance: random.Random) -> str:
    """The word with one slip of the pen behind its first letter."""
    at = chance.randrange(1, len(word) - 1)
    return chance.choice([
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + chance.choice("etaoin") + word[at + 1 :],
    ])  # fmt: skip


def _keys(read: Source, route: Route, chance: random.Random) -> Iterator[Damage]:
    span, name = read.marks[route].key, str(route[-1])
    if span is None or "x-keys" in schema.at(route[:-1]):
        return
    wrongs = {"key in capitals": name.upper(), "key with a capital": name.capitalize()}
    if "_" in name:
        wrongs |= {"key with hyphens": name.replace("_", "-"), "key with spaces": name.replace("_", " ")}
    for how, wrong in wrongs.items():
        yield _damage(how, span, wrong, name)
    if len(name) >= 5 and (slipped := _slip(name, chance)) != name:
        yield _damage("key with a slip", span, slipped, name, sure=False)


Wrong = tuple[
    str, str, str, bool
]  # how, what stands there wrongly, what is right (empty: what stood there), sure


def _values(route: Route, words: str, currency: str, chance: random.Random) -> Iterator[Wrong]:
    record = schema.at(route)
    form = record.get("x-form", "")
    if words in ("open", "none", "withheld"):
        yield "word in capitals", words.upper(), "", words == "none"
    elif "enum" in record and words != "termsheet/1":
        yield "listed word in capitals", words.upper(), "", True
        if "-" in words:
            yield "listed word with spaces", words.replace("-", " "), "", True
        if len(words) >= 5 and (slipped := _slip(words, chance)) != words:
            yield "listed word with a slip", slipped, "", False
    elif form in ("date", "when") and re.fullmatch(r"\d{4}-\d\d-\d\d", words):
        yield from _dates(date.fromisoformat(words))
    elif form in ("duration", "when"):
        yield from _lengths(words)
    elif form in ("money", "measure"):
        yield from _sums(words, currency)
    elif form == "rate" and "." not in words:
        yield "rate in words", words.replace("%", " percent"), "", True
        yield "rate with a decimal comma", words.replace("%", ",5 %"), words.replace("%", ".5%"), True
    elif form == "cadence" and len(words) > 5 and " " not in words:
        yield "frequency with a slip", _slip(words, chance), "", False
    elif form == "currency":
        yield "currency in small letters", words.lower(), "", True
    elif form == "language" and "-" in words:
        yield "language with an underscore", words.replace("-", "_").lower(), "", True
    elif record.get("type") == "boolean" and words in ("yes", "no"):
        for wrong in (words.capitalize(), words.upper(), words[0].upper()):
            yield "yes or no with a capital", wrong, "", True
        yield "yes or no in quotes", '"true"', "true", True
    elif record.get("type") == "integer":
        yield "number in quotes", f'"{words}"', "", True
        if int(words) in NUMBERS:
            yield "number in words", NUMBERS[int(words)], "", True


def _dates(day: date) -> Iterator[Wrong]:
    month = MONTHS[day.month - 1]
    for wrong in (f"{day:%Y/%m/%d}", f"{day.year}-{day.month}-{day.day}", f"{day:%Y.%m.%d}", f"{day.day} {month} {day.year}",
                  f"{month} {day.day}, {day.year}", f"{day.day}-{month[:3]}-{day.year}"):  # fmt: skip
        if wrong != day.isoformat():
            yield "date", wrong, "", True
    sure = day.day > 12 or day.day == day.month
    yield "date", f"{day:%d.%m.%Y}", "", sure
    yield "date", f"{day:%m/%d/%Y}", "", sure


def _lengths(words: str) -> Iterator[Wrong]:
    match = re.fullmatch(r"(\d+) ([a-z ]+?)( (?:after|before) .+)?", words)
    if not match:
        return
    number, unit, rest = int(match[1]), match[2], match[3] or ""
    yield "length without a space", f"{number}{unit}{rest}", "", True
    if number in NUMBERS:
        yield "length in words", f"{NUMBERS[number]} {unit}{rest}", "", True
        yield "length in words and figures", f"{NUMBERS[number]} ({number}) {unit}{rest}", "", True


def _sums(words: str, currency: str) -> Iterator[Wrong]:
    match = re.fullmatch(r"(?:([A-Z]{3}) )?([\d,]{3,})", words)
    if not match:
        return
    code, figure = match[1] or currency, match[2]
    if code not in _SIGNS or (match[1] is None and "," not in figure):
        return
    whole = f"{int(figure.replace(',', '')):,}"
    dotted = whole.replace(",", ".")
    yield "sum with a sign", f"{_SIGNS[code]}{whole}", f"{code} {whole}", code == currency or code != "USD"
    yield "sum with a comma for a point", f"{code} {dotted},00", f"{code} {whole}.00", "," in whole
    yield "sum with spaces", f"{code} {whole.replace(',', ' ')}", f"{code} {whole}", "," in whole
    yield "sum in small letters", f"{code.lower()} {whole}", f"{code} {whole}", True
    if whole.endswith(",000"):
        yield "sum in thousands", f"{code} {whole[:-4]}k", f"{code} {whole}", True


def _lines(read: Source, route: Route) -> Iterator[Damage]:
    """A text that only quotes keep together, and a colon without its space."""
    mark = read.marks[route]
    words, record = mark.scalar or "", schema.at(route)
    if record.get("type") == "string" and "x-form" not in record and not set("'\"#\\") & set(words):
        for how, prefix in (("colon in a text", "Note 1: "), ("text that begins with a sign", "@ ")):
            in_who = schema.at(route[:-1]).get("x-form") == "who"
            if mark.key is not None or (how == "colon in a text" and not in_who):
                yield _damage(how, mark.value, prefix + words, f'"{prefix}{words}"')
    if mark.key is not None and len(route) > 1 and read.text[mark.key.end : mark.value.start] == ": ":
        yield Damage(
            "no space after a colon", (Edit(mark.key.end + 1, mark.value.start, ""),), (), sure=False
        )


def _shapes(read: Source, route: Route) -> Iterator[Damage]:
    """A list of one entry without its dash, and an entry in braces whose text has a comma."""
    data: Any = read.data
    for key in route:
        data = data[key]
    mark, text = read.marks[route], read.text
    if isinstance(data, list) and len(data) == 1 and isinstance(data[0], str) and mark.key is not None:
        item = read.marks[*route, 0].value
        gap = text[mark.key.end + 1 : item.start]
        is_one = not re.search(r"[,;/&+]|\band\b|\bor\b", data[0])
        if re.fullmatch(r"\r?\n +- ", gap) and "x-form" not in schema.at(route) and is_one:
            yield _damage("list without a dash", (mark.key.end + 1, item.start), " ", gap)
    flat = isinstance(data, dict) and all(isinstance(value, str) for value in data.values())
    if flat and route and isinstance(route[-1], int):
        pairs = {key: re.sub(r"['\"#:\[\]{},\\]", "", value) for key, value in data.items()}
        for key in [key for key in data if schema.at((*route, key)).get("type") == "string"][-1:]:
            if "x-form" in schema.at((*route, key)):
                continue
            right, wrong = (
                "{" + ", ".join(f"{name}: {_cut(value, quotes) if name == key else value}" for name, value in pairs.items()) + "}"
                for quotes in ('"', "")
            )  # fmt: skip
            yield _damage("comma in a text", mark.value, wrong, right)


def _cut(words: str, quotes: str) -> str:
    return f"{quotes}{words}, Inc.{quotes}"


def _ids(read: Source, data: Any) -> Iterator[Damage]:
    """An id in another form: where it is declared and wherever it is named, or in one place that names it."""
    places = [*references.places(data, schema.deal_schema())]
    spans: dict[str, list[tuple[int, int]]] = {}
    for route, value, record, _ in places:
        if "x-keys" in record and isinstance(value, dict):
            for key in value:
                spans.setdefault(key, []).append(read.marks[*route, key].key)  # type: ignore[arg-type]
        elif record.get("x-form") in ("id", "ref", "who"):
            items = enumerate(value) if isinstance(value, list) else ()
            for inner, word in (
                [(route, value)] if isinstance(value, str) else [((*route, i), item) for i, item in items]
            ):
                spans.setdefault(word, []).append(read.marks[inner].value)
    moments = {value for route, value, record, _ in places if record.get("x-form") == "when"}
    for route, word, record, _ in places:
        if record.get("x-form") != "id" or any(word in str(moment) for moment in moments):
            continue
        for how, wrong in (("id in capitals", word.upper()), ("id in words", word.replace("-", " ").title())):
            right = tuple(Edit(*span, word) for span in spans[word])
            yield Damage(how, tuple(Edit(*span, wrong) for span in spans[word]), right)
            yield _damage(f"{how}, declared only", read.marks[route].value, wrong, word)
            for span in spans[word][1:]:
                if span != read.marks[route].value:
                    yield _damage(f"{how}, named only", span, wrong, word)
