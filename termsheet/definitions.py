"""Defined terms: pulled in by use, and marked where they are used.

A definition of the library stands in `clauses/definitions/`, one of the deal under `definitions`. A term that nothing
uses is not printed. A use is the exact defined form, or its declared plural, as a whole word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import Any, TypeVar

from termsheet.deal import Deal
from termsheet.document import (
    Block,
    Clause,
    Document,
    Inline,
    Paragraph,
    Part,
    Row,
    Table,
    Term,
    Text,
    Value,
    block_inlines,
    shown,
)
from termsheet.immutable import replace
from termsheet.library.clause import ClauseSource

_T = TypeVar("_T", bound=Block)
SLOT = "definitions"
Render = Callable[[str], tuple[Block, ...]]
Library = Mapping[str, ClauseSource]


def with_definitions(
    document: Document, deal: Deal, render: Render, library: Library, words: Mapping[str, Any]
) -> Document:
    """The document with the definitions that it uses in the clause `definitions`, and every use of a term marked.

    They follow the first paragraph of that clause. Without a use, that paragraph is taken out, and with it a clause
    that says no more.
    """
    text = _words(document.blocks())
    found = [*_own(deal, words), *_library(document, text, deal, render, library)]
    used = sorted(_reached(found, text), key=lambda item: item[0].casefold())
    parts = tuple(_filled(part, [block for _, blocks in used for block in blocks]) for part in document.parts)
    document = replace(document, parts=tuple(part for part in parts if part.clauses))
    return _marked(document, _forms(document, library))


def _own(deal: Deal, words: Mapping[str, Any]) -> Iterator[tuple[str, tuple[Block, ...]]]:
    """The definitions of the deal, and its events that say what counts as one."""
    terms = {entry.text("term") for entry in deal.each("definitions")}
    said = [(entry, entry.text("term"), words["means"]) for entry in deal.each("definitions")]
    said += [(entry, name, words["happens"]) for entry in deal.each("events")
             if (name := entry.text("name"))[:1].isupper() and name not in terms]  # fmt: skip
    for entry, term, verb in said:
        means = entry.get("means")
        if term and means is not None and isinstance(means.value, str):
            inlines: tuple[Inline, ...] = (
                Term(term, defines=True, marks=words["quotes"][:2]),
                Text(f" {verb} "),
                Value(means.path, means.value, means.value),
            )
            end = "" if means.value.endswith(".") else "."
            key = entry.path.partition("[")[2][:-1]
            yield term, (Paragraph(f"{SLOT}/{key}", (*inlines, *([Text(end)] if end else []))),)


def _library(
    document: Document, said: str, deal: Deal, render: Render, library: Library
) -> Iterator[tuple[str, tuple[Block, ...]]]:
    """The library's definitions that the paper reaches: used in it, or in a definition that is."""
    own = {entry.text("term") for entry in deal.each("definitions")} | set(_defined(document.blocks()))
    waiting = {item.id: item for item in library.values() if item.term and item.term not in own}
    texts = [said, *(entry.text("means") for entry in deal.each("definitions"))]
    while texts:
        text = texts.pop()
        for item in [item for item in waiting.values() if _uses(text, (item.term, *item.plurals))]:
            blocks = render(waiting.pop(item.id).id)
            texts.append(_words(blocks))
            yield item.term, blocks


def _reached(
    found: list[tuple[str, tuple[Block, ...]]], said: str
) -> Iterator[tuple[str, tuple[Block, ...]]]:
    texts = [_words(blocks) for _, blocks in found]
    whole = said + " ".join(texts)
    for (term, blocks), text in zip(found, texts, strict=True):
        words, enough = re.escape(term), text.count(term) + 1
        begun = re.finditer(rf"{words}(?<=\b{words})", whole)
        if len([*islice(begun, enough)]) == enough:
            yield term, blocks


def _words(blocks: Iterable[Block]) -> str:
    return "\n".join(shown(tuple(block_inlines(block))) for block in blocks)


def _defined(blocks: Iterable[Block]) -> Iterator[str]:
    inlines = chain.from_iterable(map(block_inlines, blocks))
    return (inline.text for inline in inlines if isinstance(inline, Term) and inline.defines)


def _uses(text: str, forms: Iterable[str]) -> bool:
    return any(form in text and re.search(rf"\b{re.escape(form)}\b", text) for form in forms)


def _filled(part: Part, blocks: list[Block]) -> Part:
    made: list[Clause] = []
    for clause in part.clauses:
        if clause.id != SLOT:
            made.append(clause)
        elif blocks or len(clause.blocks) > 1:
            lead, *more = clause.blocks
            made.append(replace(clause, blocks=(lead, *blocks, *more) if blocks else tuple(more)))
    return replace(part, clauses=tuple(made))


def _forms(document: Document, library: Library) -> list[str]:
    """Every term that the paper defines, with its plurals, the longest first."""
    plurals = {item.term: item.plurals for item in library.values() if item.term}
    terms = set(_defined(document.blocks()))
    forms = {form for term in terms for form in (term, *plurals.get(term, (f"{term}s",)))}
    return sorted(forms, key=len, reverse=True)


def _marked(document: Document, forms: list[str]) -> Document:
    if not forms:
        return document
    terms = "|".join(map(re.escape, forms))
    maybe, pattern = re.compile(terms).search, re.compile(rf"\b({terms})\b")

    def marked(clauses: Iterable[Clause]) -> tuple[Clause, ...]:
        return tuple(replace(clause, blocks=tuple(map(block, clause.blocks))) for clause in clauses)

    def block(block: _T) -> _T:
        if isinstance(block, Table):
            rows = tuple(Row(row.id, tuple(map(inlines, row.cells))) for row in block.rows)
            return replace(block, rows=rows)
        made = inlines(block.inlines)
        return block if made is block.inlines else replace(block, inlines=made)

    def inlines(said: tuple[Inline, ...]) -> tuple[Inline, ...]:
        if not any(isinstance(inline, Text) and (not inline.text or maybe(inline.text)) for inline in said):
            return said
        return tuple(piece for inline in said for piece in _terms(inline, pattern))

    parts = tuple(replace(part, clauses=marked(part.clauses)) for part in document.parts)
    intro, closing = tuple(map(block, document.intro)), tuple(map(block, document.closing))
    return replace(document, parts=parts, schedules=marked(document.schedules), intro=intro, closing=closing)


def _terms(inline: Inline, pattern: re.Pattern[str]) -> Iterator[Inline]:
    if not isinstance(inline, Text) or inline.strong:
        yield inline
        return
    for index, piece in enumerate(pattern.split(inline.text)):
        if piece:
            yield Term(piece) if index % 2 else replace(inline, text=piece)
