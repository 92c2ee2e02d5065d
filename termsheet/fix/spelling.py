"""The known word that a misspelt one stands for, where only one can be meant."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

_FROM = ((8, 2), (4, 1))  # from how many letters on so many slips of the pen are forgiven
_GAP = 2  # by how much the next word has to be further away


def same(word: str, known: Collection[str]) -> str:
    """The one known word that differs in case only, or in what joins its parts; or nothing."""
    found = {name for name in known if bare(name) == bare(word)}
    return found.pop() if len(found) == 1 else ""


def meant(word: str, known: Collection[str], real: Collection[str] = ()) -> str:
    """The one known word that is meant, or nothing.

    A few slips are forgiven, but never in a digit, where another word is nearly as close, or where the word is a
    `real` one, which stands in the wrong place.
    """
    if found := same(word, known):
        return found
    return _near(word, frozenset(known)) if known and word not in real else ""


@lru_cache  # the same mistake is often made in many places
def _near(word: str, known: frozenset[str]) -> str:
    """The one known word that is a few slips away."""
    ranked = sorted((_slips(bare(word), bare(name)), name) for name in known)
    slips, name = ranked[0]
    second = ranked[1][0] if len(ranked) > 1 else slips + _GAP
    allowed = next((most for length, most in _FROM if len(bare(name)) >= length), 0)
    if slips > allowed or second - slips < _GAP or _digits(word) != _digits(name):
        return ""
    return name


def bare(word: str) -> str:
    """A word without case and without what joins its parts."""
    return re.sub(r"[-_\s]+", "", word.lower())


def _digits(word: str) -> str:
    return re.sub(r"\D", "", word)


def _slips(one: str, two: str) -> int:
    """How many letters are wrong, missing, too many or swapped with their neighbour (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(two) + 1))
    for i, letter in enumerate(one, 1):
        last, before, row = before, row, [i]
        for j, other in enumerate(two, 1):
            row.append(min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other)))
            if i > 1 and j > 1 and letter == two[j - 2] and one[i - 2] == other:
                row[j] = min(row[j], last[j - 2] + 1)
    return row[-1]
