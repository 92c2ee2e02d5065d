"""The spelling of a country: clauses are written in British English, and a paper in American English follows its own.

The words stand in `templates/words.yaml`. Only the library's own words are changed, never what the deal says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
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


def spelt(text: str, spelling: Mapping[str, str]) -> str:
    """The text in a spelling: whole words, each in the case in which it stands."""
    if not spelling:
        return text
    return _pattern(tuple(spelling)).sub(lambda match: _cased(spelling[match[0].lower()], match[0]), text)


def respelt(document: Document, spelling: Mapping[str, str], deal: Deal) -> Document:
    """The document with the library's own words in a spelling. Terms and titles that the deal gives stay."""
    return _walked(document, spelling, _texts(deal.value)) if spelling else document


def _texts(value: Any) -> frozenset[str]:
    if isinstance(value, str):
        return frozenset((value,))
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return frozenset[str]().union(*map(_texts, inner))


def _walked(value: _T, spelling: Mapping[str, str], said: frozenset[str]) -> _T:
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return tuple(_walked(item, spelling, said) for item in value)  # type: ignore[return-value]
    if not is_immutable(type(value)):
        return value
    own = _OWN.get(type(value), ())
    changed: dict[str, Any] = {}
    for field in fields(type(value)):
        old = getattr(value, field)
        kept = said if isinstance(value, Term | Clause) else frozenset[str]()
        new = _own(old, spelling, kept) if field in own else _walked(old, spelling, said)
        if new is not old and new != old:
            changed[field] = new
    return replace(value, **changed) if changed else value


def _own(text: str, spelling: Mapping[str, str], said: frozenset[str]) -> str:
    """Words of the library. A term or title that the deal gave is among its texts, or is the plural of one."""
    return text if text in said or text.removesuffix("s") in said else spelt(text, spelling)


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(
        r"\b(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + r")\b", re.I
    )


def _cased(word: str, like: str) -> str:
    if like.isupper() and len(like) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if like[:1].isupper() else word
