"""The papers that the gate judges: every example in every form and theme, written once in a run."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from termsheet import source
from termsheet.assemble import Assembly, assemble
from termsheet.document import Document
from termsheet.immutable import immutable, replace
from termsheet.wellformed import checked
from termsheet.word.options import Options
from termsheet.word.writer import write

EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "examples").glob("*.yaml"))
FORMS = ("term-sheet", "agreement")
THEMES = ("modern", "classic")
_BATCH = 6


@immutable
class Paper:
    """One example as one form, in one theme and on one size of paper."""

    example: str
    form: str
    theme: str = "modern"
    size: str = ""

    @property
    def name(self) -> str:
        return ".".join(filter(None, (self.example, self.form, self.theme, self.size)))

    @property
    def path(self) -> Path:
        return next(path for path in EXAMPLES if path.stem == self.example)

    @property
    def assembly(self) -> Assembly:
        return _assembled(self.example, self.form)

    @property
    def document(self) -> Document:
        return _document(self)

    @property
    def data(self) -> bytes:
        return _data(self)


PAPERS = [Paper(path.stem, form) for path in EXAMPLES for form in FORMS]
EVERY = [replace(paper, theme=theme) for paper in PAPERS for theme in THEMES]

# Laid out are all in one theme, and in the other those whose pages are compared with approved ones.
LAID_OUT = [
    *PAPERS,
    Paper("pfas-catalyst-license", "term-sheet", "classic", "letter"),
    Paper("telehealth-alliance", "agreement", "classic"),
]


@cache
def _assembled(example: str, form: str) -> Assembly:
    deal, found = checked(source.read(str(Paper(example, form).path)))
    assert not found, [one.message for one in found]
    return assemble(deal, form)


@cache
def _document(paper: Paper) -> Document:
    document = paper.assembly.document
    return replace(document, theme=paper.theme, paper=paper.size or document.paper)


@cache
def _data(paper: Paper) -> bytes:
    return write(_document(paper), Options(digest=paper.assembly.digest))


def batch(paper: Paper, of: list[Paper]) -> list[Paper]:
    """The paper and its neighbours, which are laid out together with it."""
    at = of.index(paper) // _BATCH * _BATCH
    return of[at : at + _BATCH]
