"""Text that was edited: what of it is a change, and what an editor or the writer of the paper made of the signs.

A paper may show a text with a capital letter, without its last stop, in pieces, or followed by "’s". So the words that
were shown are found again in the text, and only those that were changed are changed there.
"""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

from termsheet.pattern import pattern

_SIGNS = str.maketrans({
    "’": "'", "‘": "'", "‚": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "–": "-", "—": "-", "‑": "-", "−": "-", "…": "...", "\u00ad": "", "\u200b": "", "\ufeff": "",
    "½": "1/2", "¼": "1/4", "¾": "3/4",
})  # fmt: skip
_STOPS = ".;,:"
_WORD = pattern(r"\S+")


class Piece(NamedTuple):
    """What replaces `text[start:end]` of a text of the deal."""

    start: int
    end: int
    text: str


def same(one: str, other: str) -> bool:
    """Whether two texts differ in nothing but spaces, and signs that editors change by themselves."""
    return plain(one) == plain(other)


def plain(text: str) -> str:
    """A text without what editors change by themselves: curly quotes, dashes, spaces that do not break."""
    return " ".join(re.sub(r"-+", "-", unicodedata.normalize("NFC", text).translate(_SIGNS)).split())


def edited(raw: str, shown: str, typed: str, *, curly: bool = False) -> Piece | None:
    """The change to a text of the deal that was shown in a way and is typed in another; None where it is not found.

    `curly` says that the deal itself writes curly apostrophes.
    """
    there = [*_WORD.finditer(raw)]
    was, now = shown.split(), _words(typed)
    start = _found([match[0] for match in there], was)
    if start is None or not was:
        return None
    words = there[start : start + len(was)]
    now = _cased(now, was[0], words[0][0])
    now = _stopped(now, was[-1], words[-1][0])
    made: list[tuple[str, str]] = []
    matcher = SequenceMatcher(None, [plain(word) for word in was], [plain(word) for word, _ in now], autojunk=False)
    ours = _words(raw[words[0].start() :], keep=True)
    for kind, low, high, first, last in matcher.get_opcodes():
        if kind == "equal":
            made += ours[low:high]
        else:
            made += [(_cleaned(word, curly), gap) for word, gap in now[first:last]]
    text = "".join(word + gap for word, gap in made[:-1]) + (made[-1][0] if made else "")
    return Piece(words[0].start(), words[-1].end(), text)


def cleaned(typed: str, *, curly: bool = False) -> str:
    """What was typed, without the signs that only set it: spaces that do not break, soft hyphens."""
    return "".join(_cleaned(word, curly) + gap for word, gap in _words(typed)).strip()


def _words(text: str, *, keep: bool = False) -> list[tuple[str, str]]:
    """The words, each with what parts it from the next: a space or new lines, or what stands there to `keep`."""
    words = [*_WORD.finditer(text)]
    gaps = [text[one.end() : two.start()] for one, two in pairwise(words)]
    gaps = gaps if keep else ["\n" * gap.count("\n") or " " for gap in gaps]
    return [(word[0], gap) for word, gap in zip(words, [*gaps, " "][: len(words)], strict=True)]


def _found(there: list[str], was: list[str]) -> int | None:
    """Where the words that were shown stand in the text, as the one place where they do."""
    have, want = [_loose(word) for word in there], [_loose(word) for word in was]
    exact = [at for at in range(len(have) - len(want) + 1) if have[at : at + len(want)] == want]
    if len(exact) > 1:
        strict = [at for at in exact if [*map(plain, there[at : at + len(was)])] == [*map(plain, was)]]
        exact = strict if len(strict) == 1 else []
    return exact[0] if exact else None


def _loose(word: str) -> str:
    return plain(word).casefold().rstrip(_STOPS)


def _cased(now: list[tuple[str, str]], shown: str, raw: str) -> list[tuple[str, str]]:
    """A capital that only stands at the start of a sentence is not the deal's."""
    if not now or not shown[:1].isupper() or not raw[:1].islower():
        return now
    word, gap = now[0]
    if word[:1].isupper() and not word[1:2].isupper():
        word = word[:1].lower() + word[1:]
    return [(word, gap), *now[1:]]


def _stopped(now: list[tuple[str, str]], shown: str, raw: str) -> list[tuple[str, str]]:
    """A stop that the paper left out, because its sentence goes on, stays in the deal; and the other way round."""
    if not now:
        return now
    word, gap = now[-1]
    stop = raw[-1:] if raw[-1:] in tuple(_STOPS) and shown[-1:] != raw[-1:] else ""
    extra = shown[-1:] if shown[-1:] in tuple(_STOPS) and raw[-1:] != shown[-1:] else ""
    if stop and not word.endswith(tuple(".;,:!?")):
        word += stop
    if extra:
        word = word.removesuffix(extra)
    return [*now[:-1], (word, gap)]


def _cleaned(word: str, curly: bool) -> str:
    word = word.replace("\u2011", "-").replace("\u00ad", "").replace("\u200b", "").replace("\ufeff", "")
    return word if curly else re.sub(r"(?<=\w)’", "'", word)
