"""Signs: spaces, words and punctuation that stand twice or alone, and brackets that do not close.

What lies wholly within words of the deal is its author's. Brackets there are told all the same, by path.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from termsheet.document import Value
from termsheet.pattern import pattern
from termsheet.proof.passages import Paper, Remark

_SPACES = pattern(r"[ \u00a0]{2,}|^[ \u00a0]|[ \u00a0]$")
_TWICE = pattern(r"\b([^\W\d_]++)\s+\1\b", re.IGNORECASE)
_MAY_BE_TWICE = ("that", "had")
# Each alternative begins with a character that a search can leap to.
_LONELY = pattern(
    r" [,;:.!?)](?!\d)|\u00a0[,;:.!?)](?!\d)|\((?:[ \u00a0]?\)|[ \u00a0])|,[,.;:]|;[;.,]|:[:.,;]|\.(?<!\.\.)\.(?!\.)"
    r"|and(?<=\band) ?[;.,:](?!\d)|or(?<=\bor) ?[;.,:](?!\d)|-(?<=^-)[ \u00a0]|\*(?<=^\*)[ \u00a0]|•(?<=^•)[ \u00a0]"
    r"|\n[-*•][ \u00a0]"
)
_BRACKET = pattern("[()[\\]“”„]")
_PAIRS = (("(", ")"), ("[", "]"), ("“", "”"))
_GERMAN = ("„", "“")


def spaces(paper: Paper) -> Iterator[Remark]:
    """Two spaces in a row, or one at an end."""
    for passage in paper.passages:
        flat = passage.text.replace("\u00a0", " ")
        if "  " not in flat and flat.strip(" \n") == flat:
            continue
        for match in _SPACES.finditer(passage.text):
            if passage.is_own(match) or match.end() == len(passage.text):
                yield passage.remark(
                    "space", f"a space too many, after “{passage.text[: match.start()][-20:]}”"
                )


def doubled_words(paper: Paper) -> Iterator[Remark]:
    """The same word twice."""
    for passage in paper.passages:
        for match in _TWICE.finditer(passage.text):
            if passage.is_own(match) and match[1].lower() not in _MAY_BE_TWICE:
                yield passage.remark("doubled", f"the same word twice: “{match[0]}”")


def punctuation(paper: Paper) -> Iterator[Remark]:
    """Punctuation with nothing before it, or a bullet in the text."""
    for passage in paper.passages:
        for match in _LONELY.finditer(passage.text):
            if passage.is_own(match):
                near = passage.text[max(0, match.start() - 20) : match.end()]
                yield passage.remark("punctuation", f"a sign that stands alone or twice: “{near}”")


def brackets(paper: Paper) -> Iterator[Remark]:
    """Brackets and quotation marks that do not close."""
    german = str(paper.words.get("quotes", ""))[:2] == "".join(_GERMAN)
    pairs = (*_PAIRS[:2], _GERMAN) if german else _PAIRS
    for passage in paper.passages:
        for first, last in pairs if _BRACKET.search(passage.text) else ():
            if not _closes(passage.own, first, last):
                yield passage.remark("bracket", f"“{first}” and “{last}” do not match")
            for value in (inline for inline in passage.inlines if isinstance(inline, Value)):
                if first in "([" and value.raw == value.shown and not _closes(value.shown, first, last):
                    yield Remark("bracket", f"“{first}” and “{last}” do not match", passage.id, value.path)


def _closes(text: str, first: str, last: str) -> bool:
    opened, closed = text.count(first), text.count(last)
    if opened == closed <= 1:
        return text.find(first) <= text.find(last)
    depth = 0
    for sign in text:
        depth += (sign == first) - (sign == last)
        if depth < 0:
            return False
    return depth == 0
