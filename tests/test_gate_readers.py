"""Whoever reads a paper with pandoc, mammoth or docx2python gets every value, term and reference of it."""

from __future__ import annotations

import pytest
from gate.papers import PAPERS, Paper
from gate.readers import READERS, count, has_pandoc, lost

from termsheet.document import Paragraph, Value
from termsheet.immutable import replace

pytestmark = pytest.mark.xdist_group("gate")
BY_READER = pytest.mark.parametrize(
    "reader",
    [pytest.param("pandoc", marks=pytest.mark.skipif(not has_pandoc, reason="pandoc is not installed")),
     "mammoth", "docx2python"],
)  # fmt: skip


@BY_READER
@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_a_reader_gets_every_word(reader: str, paper: Paper) -> None:
    if reader != "pandoc":
        pytest.importorskip(reader)
    assert count(paper.document) > 200
    assert lost(paper.document, READERS[reader](paper.data)) == []


@BY_READER
def test_a_word_that_is_lost_would_be_noticed(reader: str) -> None:
    if reader != "pandoc":
        pytest.importorskip(reader)
    paper = PAPERS[0]
    more = Paragraph("more", (Value("x", "1", "EUR 123,456.78"),))
    assert lost(replace(paper.document, closing=(more,)), READERS[reader](paper.data)) == ["EUR 123,456.78"]
