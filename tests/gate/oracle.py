"""LibreOffice as an oracle: it counts lists and computes references itself, and shares no code with us."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from termsheet.document import Document, Paragraph, Ref

from . import package
from .fields import Field, fields
from .numbers import numbers
from .package import W
from .papers import PAPERS, Paper, batch
from .rendering import converted, spoken
from .text import words


def squeezed(read: str) -> str:
    """Without any space, however a reader breaks its lines."""
    return re.sub(r"\s+", "", read).replace("\u2011", "-").replace("\u00ad", "").lstrip("\ufeff")


@cache
def text(paper: Paper) -> str:
    """A paper as text, with the numbers that LibreOffice counts."""
    found = converted({one.name: one.data for one in batch(paper, PAPERS)}, "txt")
    return found[paper.name].read_text("utf-8-sig")


def unfound(data: bytes, pdf: Path) -> list[str]:
    """The references of a file that its pages do not show as it says they are.

    In what was laid out every one shows a question mark, which LibreOffice computes. Each is looked for with the words
    around it, few enough not to be torn by the end of a page.
    """
    read = squeezed(spoken(pdf, "-raw"))
    return [f"{before[-20:]}[{shown}]{after[:20]}" for before, shown, after in _places(data)
            if not any(before[-near:] + shown + after[:near] in read for near in (12, 6, 3))]  # fmt: skip


def _places(data: bytes) -> Iterator[tuple[str, str, str]]:
    """What each reference shows, and what stands before and behind it in its paragraph."""
    body = package.opened(data).body
    for one in fields(body)[0]:
        if one.kind == "REF":
            before, after = _around(one)
            yield before, squeezed(one.shown), after


def references(data: bytes) -> list[str]:
    """What every reference of a file shows, in order."""
    return [shown for _, shown, _ in _places(data)]


def _around(one: Field) -> tuple[str, str]:
    """The words before and behind a field, with what other fields show."""
    sides, depth, side = ["", "", ""], 0, 0
    for element in one.paragraph.iter(f"{W}fldChar", f"{W}t"):
        kind = element.get(f"{W}fldCharType")
        depth += {"begin": 1, "end": -1}.get(kind or "", 0)
        if element is one.begin:
            side, level = 1, depth
        elif side == 1 and kind == "end" and depth < level:
            side = 2
        if element.tag == f"{W}t":
            sides[side] += element.text or ""
    return squeezed(sides[0]), squeezed(sides[2])


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
