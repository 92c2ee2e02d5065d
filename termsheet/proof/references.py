"""References: each leads to a place of the paper, and none to where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from termsheet.document import Paragraph, Ref, shown
from termsheet.proof.passages import Paper, Passage, Remark

_LISTS_THEM = re.compile(r"\bbinding_paragraphs\(")


def dangling(paper: Paper) -> Iterator[Remark]:
    """A reference that leads nowhere, or that has no number."""
    places = {clause.id for clause in paper.document.clauses()}
    places |= {block.id for block in paper.document.blocks() if isinstance(block, Paragraph)}
    for passage, reference in _references(paper):
        if reference.target not in places or not reference.shown:
            yield passage.remark("dangling", f"a reference leads to {reference.target}, which is not in the paper",
                                 wrong=True)  # fmt: skip


def to_itself(paper: Paper) -> Iterator[Remark]:
    """A reference to the clause in which it stands, unless it says "this paragraph" or lists all that bind."""
    for passage, reference in _references(paper):
        source = paper.library.get(passage.clause)
        if source is not None and any(map(_LISTS_THEM.search, source.texts.values())):
            continue
        before = shown(passage.inlines[: passage.inlines.index(reference)])
        if reference.target in (passage.clause, passage.id) and not re.search(r"\bthis \w+\s$", before, re.I):
            yield passage.remark(
                "to-itself", f"a reference to {reference.shown} stands in {reference.shown} itself"
            )


def _references(paper: Paper) -> Iterator[tuple[Passage, Ref]]:
    for passage in paper.passages:
        for inline in passage.inlines:
            if isinstance(inline, Ref):
                yield passage, inline
