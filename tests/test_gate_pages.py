"""The gate on the laid out pages, and LibreOffice as an oracle for every number and reference."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from gate import oracle, pages
from gate.bench import Bench, made, spoilt
from gate.package import W
from gate.papers import LAID_OUT, PAPERS, Paper
from gate.samples import SAMPLES, paged, samples
from office import needs_office, needs_poppler

pytestmark = [pytest.mark.xdist_group("office"), needs_office, needs_poppler]  # one worker lays all out, once


def named(paper: Paper) -> str:
    return paper.name


# --- pages


@pytest.mark.parametrize("paper", LAID_OUT, ids=named)
def test_pages_have_no_finding(paper: Paper) -> None:
    assert pages.findings(pages.layout(paper)) == []


def a_page_with_nothing_on_it(file: Bench) -> None:
    file.body()[-1].addprevious(made('<w:p><w:pPr><w:pStyle w:val="Tail"/><w:pageBreakBefore/></w:pPr></w:p>'))


def a_heading_at_the_foot(file: Bench) -> None:
    heading = file.all("//w:p[w:pPr/w:pStyle[@w:val='Heading1' or @w:val='SignatureHeading']][following-sibling::*[1][self::w:p]]")[0]
    heading.getnext().find(f"{W}pPr/{W}pStyle").addnext(made("<w:pageBreakBefore/>"))


def a_signature_over_two_pages(file: Bench) -> None:
    file.one("//w:style[@w:styleId='SignatureRule']//w:spacing", "word/styles.xml").set(f"{W}before", "14500")


def text_in_the_margin(file: Bench) -> None:
    file.one("//w:style[@w:styleId='BodyText']/w:pPr", "word/styles.xml").append(made('<w:ind w:left="-1300"/>'))


def hidden_text(file: Bench) -> None:
    file.one("//w:style[@w:styleId='SignatureField']", "word/styles.xml").append(made("<w:rPr><w:vanish/></w:rPr>"))


def a_page_in_the_contents_that_is_wrong(file: Bench) -> None:
    shown = file.all("//w:r[w:instrText[contains(., 'PAGEREF')]]/following-sibling::w:r[w:t][1]/w:t")[5]
    shown.text = str(int(shown.text) + 1)


def a_heading_that_moved_to_another_page(file: Bench) -> None:
    heading = file.all("//w:body/w:p[w:pPr/w:pStyle[@w:val='Heading1']]")[4]
    heading.find(f"{W}pPr/{W}pStyle").addnext(made("<w:pageBreakBefore/>"))


PLANTED: list[tuple[str, Callable[[Bench], None], str]] = [
    ("blank", a_page_with_nothing_on_it, "term-sheet"),
    ("blank", a_page_with_nothing_on_it, "agreement"),
    ("stranded", a_heading_at_the_foot, "term-sheet"),
    ("stranded", a_heading_at_the_foot, "agreement"),
    ("signatures", a_signature_over_two_pages, "term-sheet"),
    ("signatures", a_signature_over_two_pages, "agreement"),
    ("edges", text_in_the_margin, "agreement"),
    ("places", hidden_text, "agreement"),
    ("contents", a_page_in_the_contents_that_is_wrong, "paged"),
    ("contents", a_heading_that_moved_to_another_page, "paged"),
]


@pytest.fixture(scope="module")
def tried() -> dict[str, list[str]]:
    """The findings on every good sample and on every planted defect, all laid out in one call."""
    good = samples() | {"paged": paged()}
    files = {name: good[name] for name in (*SAMPLES, "paged")}
    for _, change, on in PLANTED:
        files[f"{change.__name__}.{on}"] = spoilt(good[on], change)
        assert files[f"{change.__name__}.{on}"] != good[on]
    return {name: pages.findings(layout) for name, layout in pages.layouts(files).items()}


@pytest.mark.parametrize("name", [*SAMPLES, "paged"])
def test_a_sample_is_good(tried: dict[str, list[str]], name: str) -> None:
    assert tried[name] == []


@pytest.mark.parametrize(("by", "change", "on"), PLANTED, ids=[f"{change.__name__}-{on}" for _, change, on in PLANTED])
def test_a_defect_is_found(tried: dict[str, list[str]], by: str, change: Callable[[Bench], None], on: str) -> None:
    assert any(found.startswith(f"{by}: ") for found in tried[f"{change.__name__}.{on}"])


def test_every_check_has_a_defect() -> None:
    assert set(pages.CHECKS) == {by for by, _, _ in PLANTED}


# --- the oracle


@pytest.mark.parametrize("paper", PAPERS, ids=named)
def test_libreoffice_counts_every_paragraph_as_we_do(paper: Paper) -> None:
    """The whole text with all its numbers: LibreOffice's, and the one that the gate counts."""
    assert oracle.first_difference(oracle.counted(paper.data), oracle.squeezed(oracle.text(paper))) == ""


@pytest.mark.parametrize("paper", PAPERS, ids=named)
def test_the_numbers_are_those_of_the_document(paper: Paper) -> None:
    assert oracle.simulated(paper.data) == oracle.labels(paper.document)


@pytest.mark.parametrize("paper", PAPERS, ids=named)
def test_libreoffice_computes_every_reference_as_the_document_does(paper: Paper) -> None:
    assert oracle.unfound(paper.data, pages.layout(paper).pdf) == []
    assert oracle.references(paper.data) == oracle.shown(paper.document) != []


@pytest.mark.parametrize("at", range(2))
def test_a_reference_that_is_off_would_be_noticed(at: int) -> None:
    """The file says another number than LibreOffice computes."""

    def stale(file: Bench) -> None:
        shown = "//w:r[w:instrText[contains(., ' REF ')]]/following-sibling::w:r[w:t][1]/w:t"
        file.all(shown)[at].text = "97"

    paper = PAPERS[0]
    found = oracle.unfound(spoilt(paper.data, stale), pages.layout(paper).pdf)
    assert ["[97]" in one for one in found] == [True]


def test_a_number_that_is_off_would_be_noticed() -> None:
    paper = PAPERS[0]
    theirs = oracle.squeezed(oracle.text(paper))
    assert "2.1" in theirs
    assert oracle.first_difference(oracle.counted(paper.data), theirs.replace("2.1", "2.2", 1)).startswith("ours: …")
