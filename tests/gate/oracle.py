"""LibreOffice as an oracle: it counts lists and computes references itself, and shares no code with us."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

from termsheet.document import Document, Paragraph, Ref

from . import package
from .bench import Bench, made, spoilt
from .numbers import numbers
from .package import W
from .papers import PAPERS, Paper
from .rendering import converted, spoken
from .text import words

_MARKED = re.compile(r"@@(\d+):(.*?)@@")


def squeezed(text: str) -> str:
    """Without any space, however a reader breaks its lines."""
    return re.sub(r"\s+", "", text).replace("\u2011", "-").replace("\u00ad", "").lstrip("\ufeff")


@lru_cache(maxsize=1)
def texts() -> dict[Paper, str]:
    """Every paper as text, with the numbers that LibreOffice counts."""
    found = converted({paper.name: paper.data for paper in PAPERS}, "txt")
    return {paper: found[paper.name].read_text("utf-8-sig") for paper in PAPERS}


@lru_cache(maxsize=1)
def references() -> dict[Paper, list[str]]:
    """What LibreOffice makes of every reference of every paper, in order, where each was spoilt before."""
    found = converted({paper.name: spoilt(paper.data, forget) for paper in PAPERS}, "pdf")
    return {paper: computed(spoken(found[paper.name])) for paper in PAPERS}


def forget(file: Bench) -> None:
    """Every reference shows a question mark, between signs by which it is found on the page."""
    for at, code in enumerate(file.all("//w:r[w:instrText[contains(., ' REF ')]]")):
        begin, end = code.getprevious(), code
        while not _turns(end, "end"):
            end = end.getnext()
            for shown in end.iter(f"{W}t"):
                shown.text = "?"
        begin.addprevious(made(f'<w:r><w:t>@@{at}:</w:t></w:r>'))
        end.addnext(made("<w:r><w:t>@@</w:t></w:r>"))


def _turns(run: etree._Element, kind: str) -> bool:
    return any(one.get(f"{W}fldCharType") == kind for one in run.iter(f"{W}fldChar"))


def computed(text: str) -> list[str]:
    """The references between the signs, in their order in the paper and not on the page."""
    return [shown for _, shown in sorted((int(at), shown) for at, shown in _MARKED.findall(squeezed(text)))]


def counted(data: bytes) -> str:
    """The text of the body with the numbers that we count, as one line."""
    read = package.opened(data)
    own = numbers(read)
    return squeezed("".join((own[one].label if one in own else "") + words(one) for one in read.body.iter(f"{W}p")))


def first_difference(ours: str, theirs: str) -> str:
    """Where two texts part; empty where they are the same."""
    if ours == theirs:
        return ""
    at = next((at for at, (one, other) in enumerate(zip(ours, theirs, strict=False)) if one != other), min(len(ours), len(theirs)))
    return f"ours: …{ours[max(at - 40, 0) : at + 40]}…, theirs: …{theirs[max(at - 40, 0) : at + 40]}…"


def labels(document: Document) -> list[str]:
    """The number of every numbered block, in the order of the paper, as the Document has them."""
    made = [block.label for block in document.intro]
    for clause in document.clauses():
        made.append(clause.label)
        made += [block.label for block in clause.blocks if isinstance(block, Paragraph)]
    made += [block.label for block in document.closing]
    return [label for label in made if label]


def simulated(data: bytes) -> list[str]:
    """The number of every numbered paragraph, as the gate counts them."""
    return [number.label for number in numbers(package.opened(data)).values() if number.label]


def shown(document: Document) -> list[str]:
    """The text of every reference of the Document, in the order of the paper."""
    return [squeezed(one.shown) for one in _references(document)]


def _references(document: Document) -> Iterator[Ref]:
    return (one for one in document.inlines() if isinstance(one, Ref))
