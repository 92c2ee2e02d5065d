"""Numbers that are written in words and in digits say the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from termsheet.proof.passages import Paper, Passage, Remark

_BOTH = re.compile(
    r"((?:[a-zäöüß]+[ -])*[a-zäöüß]+) (?:(?:per ?cent|Prozent) )?\((\d[\d,]*(?:\.\d+)?)\s?%?\)"
)
_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million"
)
_NUMBERS = frozenset(_SMALL.split())


def in_words(paper: Paper) -> Iterator[Remark]:
    """ "Ninety (60) days"."""
    if not paper.document.language.startswith("en"):
        return
    for passage in paper.passages:
        for match in _BOTH.finditer(passage.text.lower()):
            said = _number_words(match[1])
            if said and said != _number_words(_in_words(match[2])):
                yield _remark(passage, match)


def _number_words(text: str) -> list[str]:
    """The words of the number with which a text ends."""
    words = re.findall(r"[a-z]+", text)
    made: list[str] = []
    for word in reversed(words):
        if word in _NUMBERS or (made and word in ("and", "point")):
            made.insert(0, word)
        else:
            break
    return [word for word in made if word != "and"]


def _in_words(digits: str) -> str:
    from num2words import num2words

    return str(num2words(Decimal(digits.replace(",", "")), lang="en"))


def _remark(passage: Passage, match: re.Match[str]) -> Remark:
    words = f"the number in words is another than in digits: “{passage.text[match.start() : match.end()]}”"
    return Remark("number", words, passage.id, passage.path_at(match.start(2)))
