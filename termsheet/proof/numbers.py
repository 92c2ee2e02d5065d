"""Numbers that are written in words and in digits say the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from termsheet.pattern import pattern
from termsheet.proof.passages import Paper, Remark

_DIGITS = pattern(r" \((\d{1,15}(?:,\d{3})*(?:\.\d{1,6})?)\s?%?\)")
_PERCENT = pattern(r" per ?cent$")
_WORDS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million"""
_NUMBERS = frozenset(_WORDS.split())
_WITHIN = ("and", "point")
_NEAR = 120  # characters: no number in words is longer


def in_words(paper: Paper) -> Iterator[Remark]:
    """Words and digits of one number that differ, as in "ninety (60) days"."""
    if not paper.document.language.startswith("en"):
        return
    for passage in paper.passages:
        for match in _DIGITS.finditer(passage.text):
            before = passage.text[max(0, match.start() - _NEAR) : match.start()].lower()
            said = _number(_PERCENT.sub("", before))
            if said and said != _number(_in_words(match[1])):
                words = f"in words it is another number than in digits: “{' '.join(said)}{match[0]}”"
                yield Remark("number", words, passage.id, passage.path_at(match.start(1)))


def _number(text: str) -> list[str]:
    """The words of the number with which a text ends, without "and"."""
    made: list[str] = []
    for word in reversed(re.findall(r"[^\W\d_]+|[.,;:()]", text)):
        if word not in _NUMBERS and not (made and word in _WITHIN):
            break
        made.insert(0, word)
    while made and made[0] in _WITHIN:  # "at that point ninety (90)"
        del made[0]
    return [word for word in made if word != "and"]


def _in_words(digits: str) -> str:
    from num2words import num2words

    return str(num2words(Decimal(digits.replace(",", "")), lang="en")).replace(",", "")
