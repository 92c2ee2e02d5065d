"""Every clause, in every pair of what it reads: nothing that a draft gets wrong, and every variant is reached."""

from __future__ import annotations

import combinations
import pytest
from conftest import ROOT

from termsheet.library.shelf import library

CLAUSES = [(language, clause.id) for language in ("en", "de") for clause in combinations.spoken_in(language)
           if not clause.term]  # fmt: skip


@pytest.mark.parametrize(("language", "name"), CLAUSES)
def test_a_clause_in_every_combination(language: str, name: str) -> None:
    clause = library(language=language)[name]
    faults: dict[str, None] = {}
    papers = 0
    with combinations.heard() as said:
        for form, _deal, made in combinations.papers(clause):
            papers += 1
            for fault in combinations.faults(made):
                faults.setdefault(f"{form}: {fault}")
    assert papers > 0
    assert [*faults] == []
    assert {(variant, form) for found, variant, form in said if found == name} == set(clause.texts)


def test_a_fault_is_seen() -> None:
    """The checks themselves, on a paper with a planted fault."""
    deal = combinations.base(2, "pilot", 0)
    combinations.put(deal, "scope", {"summary": "the two  spaces"})
    form = combinations.only("term-sheet", "scope.statement")
    made = combinations.assemble(combinations.read(deal), form or "", draft=True)
    assert [fault for fault in combinations.faults(made) if "  " in fault]
    assert ROOT
