"""The spelling of a country: clauses are written in British English, and a paper in American English follows its own.

The words stand in `templates/words.yaml`. Only the library's own words are changed, never what the deal says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from functools import cache
from operator import is_
from typing import Any, TypeVar

from termsheet.deal import Deal
from termsheet.document import (
    Clause,
    Column,
    Document,
    Part,
    Signature,
    SignatureLine,
    Table,
    Term,
    Text,
    Words,
)
from termsheet.immutable import fields, is_immutable, replace
from termsheet.pattern import pattern

_T = TypeVar("_T")

# What of each kind is written by the library; what is not named here comes from the deal.
_OWN: dict[type, tuple[str, ...]] = {
    Text: ("text",),
    Term: ("text",),
    Clause: ("title",),
    Part: ("heading",),
    Table: ("caption",),
    Column: ("title",),
    Signature: ("lead",),
    SignatureLine: ("label",),
    Words: fields(Words),
}
_WORD = pattern(r"\w+")


def spelt(text: str, spelling: Mapping[str, str]) -> str:
    """The text in a spelling: whole words, each in the case in which it stands."""
    return _speller(spelling)(text) if spelling else text


def respelt(document: Document, spelling: Mapping[str, str], deal: Deal) -> Document:
    """The document with the library's own words in a spelling. Terms and titles that the deal gives stay."""
    return _walked(document, _speller(spelling), _texts(deal.value)) if spelling else document


def _speller(spelling: Mapping[str, str]) -> Callable[[str], str]:
    """Puts a text into the spelling. Most texts have none of its words, which is soon seen."""
    first, words = _prepared(tuple(spelling))

    def spelt(text: str) -> str:
        if first.isdisjoint(_WORD.findall(text.lower())):
            return text
        return words.sub(lambda match: _cased(spelling[match[0].lower()], match[0]), text)

    return spelt


@cache
def _prepared(words: tuple[str, ...]) -> tuple[frozenset[str], re.Pattern[str]]:
    """The first words of what is spelt in another way, and a pattern of all of it."""
    longest = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return frozenset(_WORD.findall(word)[0] for word in words), re.compile(rf"\b(?:{longest})\b", re.I)


def _texts(value: Any) -> frozenset[str]:
    if isinstance(value, str):
        return frozenset((value,))
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return frozenset[str]().union(*map(_texts, inner))


def _walked(value: _T, spell: Callable[[str], str], said: Collection[str]) -> _T:
    if isinstance(value, tuple):
        made = [_walked(item, spell, said) for item in value]
        return value if all(map(is_, made, value)) else tuple(made)  # type: ignore[return-value]
    kind: Any = type(value)
    changed: dict[str, Any] = {}
    for field in _OWN.get(kind, ()):
        old = getattr(value, field)
        new = old if isinstance(value, Term | Clause) and _given(old, said) else spell(old)
        if new != old:
            changed[field] = new
    for field in _within(kind):
        inner = getattr(value, field)
        walked = _walked(inner, spell, said)
        if walked is not inner:
            changed[field] = walked
    return replace(value, **changed) if changed else value


@cache
def _within(kind: type) -> tuple[str, ...]:
    """The fields of a class of the document in which others stand; none of any other class."""
    inner = fields(kind) if is_immutable(kind) else ()
    return tuple(name for name in inner if kind.__annotations__[name] not in ("str", "bool", "int"))


def _given(text: str, said: Collection[str]) -> bool:
    """Whether a term or title is the deal's: it is among its texts, or is the plural of one."""
    return text in said or text.removesuffix("s") in said


def _cased(word: str, like: str) -> str:
    if like.isupper() and len(like) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if like[:1].isupper() else word
