"""Lists: none of one item, and the word that joins the items stands before the last alone."""

from __future__ import annotations

from collections.abc import Iterator

from termsheet.document import Paragraph
from termsheet.library.text import lists
from termsheet.pattern import pattern
from termsheet.proof.passages import Paper, Passage, Remark

_JOINED = pattern(r"; \w+$")


def alone(paper: Paper) -> Iterator[Remark]:
    """A list of one item."""
    for items in _lists(paper):
        if len(items) == 1:
            yield items[0].remark("alone", f"the only item of a list: “{items[0].text[:30]}”")


def conjunctions(paper: Paper) -> Iterator[Remark]:
    """Items joined by "and" or "or" elsewhere than before the last, or not there; a list that does not end."""
    for items in _lists(paper):
        joined = [_JOINED.search(item.text) is not None for item in items]
        parted = [item.text.endswith(";") for item in items]
        for item, wrong in zip(items, joined[:-2], strict=False):
            if wrong:
                yield item.remark("conjunction", f"joined before the last item: “…{item.text[-30:]}”")
        if joined[-1] or parted[-1]:
            yield items[-1].remark("conjunction", f"the last item goes on: “…{items[-1].text[-30:]}”")
        elif len(items) > 1 and parted[-2]:
            yield items[-2].remark("conjunction", f"nothing joins the last item: “…{items[-2].text[-30:]}”")


def _lists(paper: Paper) -> Iterator[list[Passage]]:
    """The items of each list."""
    for blocks in paper.clauses():
        passages = [passage for _, passage in blocks if passage]
        for places in lists([block for block, _ in blocks if isinstance(block, Paragraph)]):
            yield [passages[place] for place in places]
