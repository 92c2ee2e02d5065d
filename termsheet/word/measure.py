"""How wide words are, near enough to share out columns and to judge how tall a row will be.

Widths are those of Arial and of Times New Roman, in thousandths of the size; other fonts are near one of the two.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from termsheet.immutable import immutable
from termsheet.pattern import pattern

_FIRST = 32
_SWISS = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
)  # fmt: skip
_ROMAN = (
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278,
    500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444,
    921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889, 722, 722,
    556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500,
    333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500,
    500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
)  # fmt: skip


_SQUARE = "\u2e80"  # from here on, nearly every letter fills a square


class _Face(dict[str, int]):
    """How wide each character is. Others are as wide as a figure, or fill a square."""

    def __init__(self, widths: Sequence[int]) -> None:
        super().__init__((chr(_FIRST + place), width) for place, width in enumerate(widths))
        self.update({"\n": 0, "\u200b": 0})

    def __missing__(self, letter: str) -> int:
        return self["0"] if letter < _SQUARE else 1000


_FACES = {"swiss": _Face(_SWISS), "roman": _Face(_ROMAN)}

BOLD = 1.11
_AVERAGE = {"swiss": 490, "roman": 436}  # of English prose
_LOST = 2.5  # letters at the ragged end of a line, about half a word
_RAGGED = 1.04

_GAPS = pattern(r"[ \n\t]+")


@immutable
class Ruler:
    """Measures text of a family ("swiss" or "roman") at a size in points. All widths are in twips."""

    family: str
    size: float

    def width(self, text: str) -> float:
        """The width of a line."""
        return _width(text, self.family) * self.size / 50

    def longest_word(self, text: str) -> float:
        """The width of the longest word, which is the least that a column needs."""
        words = [word for word in _GAPS.split(text) if not _breaks_anywhere(word)]
        return max(map(self.width, words), default=0.0)

    def longest_line(self, text: str) -> float:
        """The width of the longest line, which is the most that a column can use."""
        return max(map(self.width, text.split("\n")), default=0.0)

    def balanced(self, text: str, available: float) -> list[str]:
        """The text in as few lines as fit, and those as even as can be."""
        words = text.split(" ")
        fewest = len(self._filled(words, available))
        narrower = (self.width(text) * share / 100 for share in range(5, 101))
        enough = (lines for width in narrower if len(lines := self._filled(words, width)) <= fewest)
        return next(enough, [text])

    def _filled(self, words: Sequence[str], available: float) -> list[str]:
        found = [words[0]]
        for word in words[1:]:
            if self.width(f"{found[-1]} {word}") <= available:
                found[-1] += f" {word}"
            else:
                found.append(word)
        return found

    def lines(self, text: str, available: float) -> int:
        """About how many lines the text fills; by an average letter, where none is wide."""
        if not text.isascii() and max(text) >= _SQUARE:
            return sum(int(self.width(line) * _RAGGED // available) + 1 for line in text.split("\n"))
        average = _AVERAGE[self.family] * self.size / 50
        filled = max(available - _LOST * average, average)
        return sum(int(len(line) * average // filled) + 1 for line in text.split("\n"))


@lru_cache(maxsize=2048)  # tables are measured more than once
def _width(text: str, family: str) -> int:
    return sum(map(_FACES[family].__getitem__, text))


def _breaks_anywhere(word: str) -> bool:
    return word[:1] >= _SQUARE and all(_SQUARE <= character < "\uff00" for character in word)
