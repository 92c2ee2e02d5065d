"""Read the assembled paper as a lawyer's colleague does before it leaves, and tell what is wrong in its text.

    proof(document, deal, library, words)      every remark, in the order of the paper

What makes the paper wrong (a reference that leads nowhere, a term of the library that nothing defines) is `wrong`, and
no such paper is written. The rest is told to the author: a defect of the library's words by the block where it stands,
what comes from the deal's own words by its path.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from termsheet.deal import Deal
from termsheet.document import Document
from termsheet.library.clause import ClauseSource
from termsheet.proof import lists, names, numbers, references, sentences, signs, subjects, terms
from termsheet.proof.passages import Paper, Remark, paper_of

__all__ = ["CHECKS", "Remark", "proof"]

CHECKS: tuple[Callable[[Paper], Iterator[Remark]], ...] = (
    references.dangling,
    references.to_itself,
    terms.undefined,
    terms.capitals,
    terms.unused,
    terms.not_defined_by_the_deal,
    names.strangers,
    subjects.twice,
    signs.spaces,
    signs.doubled_words,
    signs.punctuation,
    signs.brackets,
    sentences.empty,
    sentences.starts,
    sentences.ends,
    sentences.leads,
    sentences.lengths,
    lists.alone,
    lists.conjunctions,
    numbers.in_words,
)


def proof(
    document: Document, deal: Deal, library: Mapping[str, ClauseSource], words: Mapping[str, Any]
) -> tuple[Remark, ...]:
    """Every remark on a paper, made from a deal and a library of clauses in a language with these words."""
    paper = paper_of(document, deal, library, words)
    order = {passage.id: place for place, passage in enumerate(paper.passages)}
    found = {remark: None for check in CHECKS for remark in check(paper)}
    return tuple(sorted(found, key=lambda remark: (not remark.wrong, order.get(remark.block, -1))))
