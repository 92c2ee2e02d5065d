"""Subjects: each is treated once."""

from __future__ import annotations

from collections.abc import Iterator

from termsheet.proof.passages import Paper, Remark


def twice(paper: Paper) -> Iterator[Remark]:
    """A second clause on a subject that another clause of the paper treats."""
    first: dict[str, str] = {}
    for clause in paper.document.clauses():
        source = paper.library.get(clause.id)
        if source is None:
            continue
        before = first.setdefault(source.subject, clause.id)
        if before != clause.id:
            yield Remark("twice", f"treats “{source.subject}”, as {before} does", clause.id)
