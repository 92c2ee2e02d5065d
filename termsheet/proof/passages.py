"""A paper as its proof-reader sees it: passages, in which the words of the deal are told from those of the library."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from termsheet.deal import Deal
from termsheet.document import Block, Document, Inline, Paragraph, Term, Text, Value, shown
from termsheet.immutable import immutable
from termsheet.library.clause import ClauseSource

_OURS = (Text, Term)
THEIRS = "\ufffc"  # stands for a character that the library did not write


@immutable
class Remark:
    """What is wrong, and where: the block, or for words of the deal their path. `wrong`: the paper cannot leave so."""

    check: str
    words: str
    block: str
    path: str = ""
    wrong: bool = False

    def __str__(self) -> str:
        return f"{self.path or self.block}: {self.words}"


@immutable
class Passage:
    """A paragraph, the cell of a table, or a title. `clause` is empty above the first part and below the last.

    `text` is what is printed, `own` the library's own words in it, each at its place, and `undefined` those of them
    that are no use of a defined term; a sign stands for every other character. An `item` is one of a list, or a party
    or recital with a letter or number in brackets of its own.
    """

    id: str
    clause: str
    inlines: tuple[Inline, ...]
    text: str
    own: str
    undefined: str
    kind: str = "paragraph"
    level: int = 0
    item: bool = False

    def path_at(self, place: int) -> str:
        """The path of the deal from which the character comes, or nothing."""
        for inline in self.inlines:
            place -= len(shown((inline,)))
            if place < 0:
                return inline.path if isinstance(inline, Value) else ""
        return ""

    def is_own(self, match: re.Match[str]) -> bool:
        """Whether the library wrote some of what was found in the text."""
        return self.own[match.start() : match.end()].strip(THEIRS) != ""

    def remark(self, check: str, words: str, *, wrong: bool = False) -> Remark:
        """A remark on the library's words in this passage."""
        return Remark(check, words, self.id, wrong=wrong)


@immutable
class Paper:
    """The passages of a paper, with what it defines and what its clauses are about.

    `known` is what the proof-reader knows of the language, `words` are the words of its values.
    """

    document: Document
    deal: Deal
    library: Mapping[str, ClauseSource]
    passages: tuple[Passage, ...]
    known: Mapping[str, Any]
    words: Mapping[str, Any]

    @cached_property
    def paragraphs(self) -> tuple[Passage, ...]:
        """The passages that are paragraphs."""
        return tuple(passage for passage in self.passages if passage.kind == "paragraph")

    @cached_property
    def terms(self) -> tuple[tuple[Passage, Term], ...]:
        """Every place where a term is defined or used."""
        return tuple((passage, inline) for passage in self.passages for inline in passage.inlines
                     if isinstance(inline, Term))  # fmt: skip

    @cached_property
    def defined(self) -> dict[str, str]:
        """Every term that the paper defines, and the block where it does."""
        return {term.text: passage.id for passage, term in self.terms if term.defines}

    @cached_property
    def called(self) -> frozenset[str]:
        """What the parties are called in this deal."""
        nodes = (*self.deal.each("parties"), *self.deal.each("third_parties"))
        return frozenset(node.text(key) for node in nodes for key in ("id", "short", "name"))

    def forms(self, term: str) -> tuple[str, ...]:
        """A term and its plurals."""
        return term, *self._plurals.get(term, (f"{term}s",))

    @cached_property
    def _plurals(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for item in self.library.values():
            found.setdefault(item.term, item.plurals)
        return found

    @cached_property
    def undefined(self) -> str:
        """All words of the library that are no use of a defined term."""
        return "\n".join([passage.undefined for passage in self.passages])

    def clauses(self) -> Iterator[list[tuple[Block, Passage | None]]]:
        """The blocks of each clause, each paragraph with its passage."""
        passages = iter(self.paragraphs[len(self.document.intro) :])
        for clause in self.document.clauses():
            yield [(block, next(passages) if isinstance(block, Paragraph) else None) for block in clause.blocks]


def paper_of(
    document: Document, deal: Deal, library: Mapping[str, ClauseSource], words: Mapping[str, Any]
) -> Paper:
    """The paper, taken apart."""
    return Paper(document, deal, library, tuple(_passages(document)), words.get("proof", {}), words)


def _passages(document: Document) -> Iterator[Passage]:
    yield from (_paragraph("", paragraph) for paragraph in document.intro)
    for clause in document.clauses():
        title = () if clause.id.startswith("provisions.") else (Text(clause.title),)
        yield _passage(clause.id, clause.id, title, "title")
        for block in clause.blocks:
            yield from _block(clause.id, block)
    yield from (_paragraph("", paragraph) for paragraph in document.closing)


def _block(clause: str, block: Block) -> Iterator[Passage]:
    if isinstance(block, Paragraph):
        yield _paragraph(clause, block)
        return
    for title in (block.caption, *(column.title for column in block.columns)):
        yield _passage(block.id, clause, (Text(title),), "title")
    for row in block.rows:
        for cell in row.cells:
            yield _passage(row.id, clause, cell, "cell")


def _paragraph(clause: str, paragraph: Paragraph) -> Passage:
    item = paragraph.level > 0 or paragraph.label.startswith("(")
    return _passage(paragraph.id, clause, paragraph.inlines, "paragraph", paragraph.level, item)


def _passage(
    key: str, clause: str, inlines: tuple[Inline, ...], kind: str, level: int = 0, item: bool = False
) -> Passage:
    text = own = undefined = ""
    for inline in inlines:
        words = inline.text if isinstance(inline, Text) else shown((inline,))
        hidden = THEIRS * len(words)
        text += words
        own += words if isinstance(inline, _OURS) else hidden
        undefined += words if isinstance(inline, Text) else hidden
    return Passage(key, clause, inlines, text, own, undefined, kind, level, item)
