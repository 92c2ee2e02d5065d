"""Sentences: none is empty, each begins and ends as one, and none of the library's is too long to read."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from termsheet.document import Block, Paragraph
from termsheet.pattern import pattern
from termsheet.proof.passages import THEIRS, Paper, Passage, Remark

LONGEST = 40  # words
_END = pattern(r"[.:!?…][”“’)]*$")
_ITEM_END = pattern(r"[.:;,!?][”“’)]*$|; \w+$")
_SMALL = pattern(r"[.!?] (?=[a-z])")
_LETTER = pattern(r"[^\W\d_]")
_SAID = pattern(r"[^\W_]")
_PART = pattern(r"(?<=[.;:])\s")
_THEIRS = pattern(f"{THEIRS}+")


def empty(paper: Paper) -> Iterator[Remark]:
    """A paragraph in which nothing stands."""
    for passage in paper.paragraphs:
        if not _SAID.search(passage.text):
            yield passage.remark("empty", "the paragraph is empty")


def starts(paper: Paper) -> Iterator[Remark]:
    """A sentence of the library that begins with a small letter; an item of a list may."""
    for passage in paper.paragraphs:
        if not passage.item and "a" <= passage.own[:1] <= "z":
            yield passage.remark("start", f"begins with a small letter: “{passage.text[:30]}”")
        for match in _SMALL.finditer(passage.own):
            yield passage.remark(
                "start", f"a sentence begins with a small letter: “{passage.text[match.end() :][:30]}”"
            )


def ends(paper: Paper) -> Iterator[Remark]:
    """A paragraph with words of the library that does not end as a sentence, or as an item of a list."""
    for passage in paper.paragraphs:
        pattern = _ITEM_END if passage.item else _END
        if _LETTER.search(passage.own) and not pattern.search(passage.text):
            yield passage.remark("end", f"does not end as a sentence: “…{passage.text[-30:]}”")


def leads(paper: Paper) -> Iterator[Remark]:
    """A lead-in, "as follows:", that nothing follows."""
    for blocks in paper.clauses():
        for (_, passage), following in pairwise((*blocks, (None, None))):
            if passage and passage.own.endswith(":") and not _follows(passage, *following):
                yield passage.remark("lead", f"nothing follows “{passage.text[-30:]}”")


def _follows(lead: Passage, block: Block | None, passage: Passage | None) -> bool:
    """A table, a list, definitions, or a text of the deal that stands alone."""
    if not isinstance(block, Paragraph) or passage is None:
        return block is not None
    return block.defines or passage.level > lead.level or not passage.own.strip(THEIRS)


def lengths(paper: Paper) -> Iterator[Remark]:
    """A sentence of more than forty words of the library; what the deal puts in counts as one word each."""
    for passage in paper.paragraphs:
        if len(passage.own.split()) <= LONGEST:
            continue
        for sentence in _PART.split(_THEIRS.sub("X", passage.own)):
            count = len(sentence.split())
            if count > LONGEST:
                yield passage.remark("long", f"a sentence of {count} words: “{sentence[:40]}…”")
