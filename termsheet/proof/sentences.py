"""Sentences: none is empty, each begins and ends as one, and none of the library's is too long to read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from termsheet.document import Table, Term
from termsheet.proof.passages import THEIRS, Paper, Passage, Remark

LONGEST = 40  # words
_END = re.compile(r"[.:!?…][”“’)]*$")
_ITEM_END = re.compile(r"[.:;,!?][”“’)]*$|; \w+$")
_SMALL = re.compile(r"(?<=[.!?] )[a-z]")
_LETTER = re.compile(r"[^\W\d_]")
_PART = re.compile(r"(?<=[.;:])\s")


def empty(paper: Paper) -> Iterator[Remark]:
    """A paragraph in which nothing stands."""
    for passage in paper.paragraphs:
        if not _LETTER.search(passage.text) and not re.search(r"\d", passage.text):
            yield passage.remark("empty", "the paragraph is empty")


def starts(paper: Paper) -> Iterator[Remark]:
    """A sentence of the library that begins with a small letter; an item of a list may."""
    for passage in paper.paragraphs:
        if not passage.item and re.match(r"[a-z]", passage.own):
            yield passage.remark("start", f"begins with a small letter: “{passage.text[:30]}”")
        for match in _SMALL.finditer(passage.own):
            yield passage.remark(
                "start", f"a sentence begins with a small letter: “{passage.text[match.start() :][:30]}”"
            )


def ends(paper: Paper) -> Iterator[Remark]:
    """A paragraph with words of the library that does not end as a sentence, or as an item of a list."""
    for passage in paper.paragraphs:
        pattern = _ITEM_END if passage.item else _END
        if _LETTER.search(passage.own) and not pattern.search(passage.text):
            yield passage.remark("end", f"does not end as a sentence: “…{passage.text[-30:]}”")


def leads(paper: Paper) -> Iterator[Remark]:
    """A lead-in, "as follows:", that nothing follows."""
    for passage, following in paper.blocks():
        if passage.text.endswith(":") and passage.own.endswith(":") and not _follows(passage, following):
            yield passage.remark("lead", f"nothing follows “{passage.text[-30:]}”")


def _follows(passage: Passage, following: Passage | Table | None) -> bool:
    """A table, a list, definitions, or a text of the deal that stands alone."""
    if not isinstance(following, Passage):
        return following is not None
    first = following.inlines[0] if following.inlines else None
    defines = isinstance(first, Term) and first.defines
    return defines or following.level > passage.level or not following.own.strip(THEIRS)


def lengths(paper: Paper) -> Iterator[Remark]:
    """A sentence of more than forty words of the library; what the deal puts in counts as one word each."""
    for passage in paper.paragraphs:
        for sentence in _PART.split(re.sub(f"{THEIRS}+", "X", passage.own)):
            count = len(sentence.split())
            if count > LONGEST:
                yield passage.remark("long", f"a sentence of {count} words: “{sentence[:40]}…”")
