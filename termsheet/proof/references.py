"""References: each leads to a place of the paper, and none to where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from termsheet.document import Paragraph, Ref, shown
from termsheet.pattern import pattern
from termsheet.proof.passages import Paper, Passage, Remark

_LISTS_THEM = pattern(r"\bbinding_paragraphs\(")
_THIS = pattern(r"\bthis \w+\s$", re.I)


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
        if reference.target not in (passage.clause, passage.id):
            continue
        source = paper.library.get(passage.clause)
        if source is not None and any(map(_LISTS_THEM.search, source.texts.values())):
            continue
        before = shown(passage.inlines[: passage.inlines.index(reference)])
        if not _THIS.search(before):
            yield passage.remark(
                "to-itself", f"a reference to {reference.shown} stands in {reference.shown} itself"
            )


def _references(paper: Paper) -> Iterator[tuple[Passage, Ref]]:
    for passage in paper.passages:
        for inline in passage.inlines:
            if isinstance(inline, Ref):
                yield passage, inline
