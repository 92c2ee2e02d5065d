"""How wide words are, near enough to share out columns and to judge how tall a row will be.

Widths are those of Arial (which Helvetica and Liberation Sans share), in thousandths of the size.
"""

from __future__ import annotations

import re
from functools import lru_cache

_FIRST = 32
_WIDTHS = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
)  # fmt: skip
_CHARACTERS = {chr(_FIRST + place): width for place, width in enumerate(_WIDTHS)} | {"\n": 0, "\u200b": 0}
_SQUARE = "\u2e80"  # from here on, nearly every letter fills a square

BOLD = 1.08
_AVERAGE = 500  # of English prose, with the loss at ragged ends
_RAGGED = 1.04

_WIDE = re.compile(f"[{_SQUARE}-\U0010ffff]")
_GAPS = re.compile(r"[ \n\t]+")


@lru_cache(maxsize=2048)  # tables are measured more than once
def width(text: str, size: float = 10.0) -> float:
    """The width of a line in twips, set at `size` points."""
    return sum(_CHARACTERS.get(character) or _other(character) for character in text) * size / 50


def longest_word(text: str, size: float = 10.0) -> float:
    """The width of the longest word, which is the least that a column needs."""
    return max((width(word, size) for word in _GAPS.split(text) if not _breaks_anywhere(word)), default=0.0)


def longest_line(text: str, size: float = 10.0) -> float:
    """The width of the longest line, which is the most that a column can use."""
    return max((width(line, size) for line in text.split("\n")), default=0.0)


def lines(text: str, available: float, size: float = 10.0) -> int:
    """About how many lines the text fills; by an average letter, where none is wide."""
    if _WIDE.search(text):
        return sum(int(width(line, size) * _RAGGED // available) + 1 for line in text.split("\n"))
    return sum(int(len(line) * _AVERAGE * size / 50 // available) + 1 for line in text.split("\n"))


def _other(character: str) -> int:
    return _CHARACTERS.get(character, 556 if character < _SQUARE else 1000)


def _breaks_anywhere(word: str) -> bool:
    return bool(word) and all(_SQUARE <= character < "\uff00" for character in word)
