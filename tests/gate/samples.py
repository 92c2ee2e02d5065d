"""The good files that defects are planted in."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from termsheet.document import OpenPoint
from termsheet.immutable import replace
from termsheet.render import Wanted, render
from termsheet.word.office import pages
from termsheet.word.options import Options
from termsheet.word.writer import write

from .papers import Paper

SAMPLES = ("term-sheet", "agreement", "draft", "internal", "protected")
TERMS, AGREEMENT = Paper("picking-robot-pilot", "term-sheet"), Paper("picking-robot-pilot", "agreement")

NOTED = Paper("telehealth-alliance", "term-sheet")  # which has notes of its own


@cache
def samples() -> dict[str, bytes]:
    """A term sheet, an agreement, a draft with open points and a watermark, one with notes, one that is protected."""
    return dict(zip(SAMPLES, (TERMS.data, AGREEMENT.data, _draft(), _internal(), _protected()), strict=True))


def _draft() -> bytes:
    document = TERMS.document
    target = next(document.clauses())
    points = (OpenPoint("x", "What is open", document.intro[0].id), OpenPoint("y", "What else is open", target.id, "", target.number))
    furniture = replace(document.furniture, watermark="DRAFT")
    return write(replace(document, open_points=points, furniture=furniture))


def _internal() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return render(str(NOTED.path), str(Path(folder, "own.docx")), Wanted(internal=True, isolated=True)).data


def _protected() -> bytes:
    return write(AGREEMENT.document, Options(protection="tracked", tracked=True))


@cache
def paged() -> bytes:
    """The agreement with page numbers in its contents."""
    return write(AGREEMENT.document, Options(pages=pages(AGREEMENT.document, Options())))
