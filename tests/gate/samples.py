"""The good files that defects are planted in."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from termsheet.word.writer import write

from .papers import Paper

SAMPLES = ("term-sheet", "agreement", "draft", "internal")
TERMS, AGREEMENT = Paper("picking-robot-pilot", "term-sheet"), Paper("picking-robot-pilot", "agreement")


@cache
def samples() -> dict[str, bytes]:
    """A term sheet, an agreement, a draft with open points and a watermark, and a paper with comments."""
    return dict(zip(SAMPLES, (TERMS.data, AGREEMENT.data, _draft(), _internal()), strict=True))


def _draft() -> bytes:
    from termsheet.document import OpenPoint

    document = TERMS.document
    target = next(document.clauses())
    points = (OpenPoint("x", "What is open", document.intro[0].id), OpenPoint("y", "What else is open", target.id, "", target.number))
    furniture = replace(document.furniture, watermark="DRAFT")
    return write(replace(document, open_points=points, furniture=furniture))


def _internal() -> bytes:
    from termsheet.word.options import Note, Options

    clauses = [*TERMS.document.clauses()]
    notes = tuple(Note(clause.id, f"A note on {clause.title}", "Our side") for clause in clauses[:3])
    return write(TERMS.document, Options(notes=notes))


@cache
def paged() -> bytes:
    """The agreement with page numbers in its contents."""
    from termsheet.word.office import pages
    from termsheet.word.options import Options

    return write(AGREEMENT.document, Options(pages=pages(AGREEMENT.document, Options())))
