"""A paper is proof-read: each check finds a planted defect, and nothing is remarked on a paper that is right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml_cases
from conftest import EXAMPLES, ROOT

from termsheet import source
from termsheet.assemble import assemble
from termsheet.deal import Deal
from termsheet.document import Clause, Document, Inline, Paragraph, Part, Ref, Term, Text, Value
from termsheet.errors import LibraryError
from termsheet.immutable import replace
from termsheet.library.shelf import library as shelf
from termsheet.proof import CHECKS, Remark, proof
from termsheet.render import _right
from termsheet.wellformed import checked
from termsheet.wording import wording

CASES = yaml_cases.load("proof")
DEALS = [*EXAMPLES, *sorted((ROOT / "tests" / "precision").glob("*.deal.yaml")), ROOT / "tests/rules/deals/complete.deal.yaml"]  # fmt: skip
_MARKS = re.compile(r"<([^|>]+)\|([^>]*)>|\*\*(.+?)\*\*|_(.+?)_|\[\[(.+?)\]\]")


def _inlines(text: str) -> Iterator[Inline]:
    place = 0
    for match in _MARKS.finditer(text):
        if match.start() > place:
            yield Text(text[place : match.start()])
        place = match.end()
        if match[1]:
            yield Value(match[1], match[2], match[2])
        elif match[3]:
            yield Term(match[3], defines=True)
        elif match[4]:
            yield Term(match[4])
        else:
            yield Ref(match[5], "1")
    if place < len(text):
        yield Text(text[place:])


def _document(text: str) -> Document:
    blocks = []
    for order, line in enumerate(text.split("\n")):
        item = re.match(r"( *)- ", line)
        level = len(item[1]) // 2 + 1 if item else 0
        blocks.append(Paragraph(f"x.y/p{order}", tuple(_inlines(line[item.end() if item else 0 :])), level))
    part = Part("part", "Part", (Clause("x.y", "Title", tuple(blocks), label="1.", number="1"),))
    return Document("T", "S", (), (part,), (), ())


WORDS = wording("en-GB", "EUR", str).words
DEAL = Deal({"parties": [{"id": "acme", "name": "Devices Ltd", "short": "Acme"}]})


def remarks(text: str) -> tuple[Remark, ...]:
    return proof(_document(text), DEAL, shelf(), WORDS)


@pytest.mark.parametrize(("check", "text"), [(case["check"], text) for case in CASES for text in case["bad"]])
def test_a_planted_defect_is_found(check: str, text: str) -> None:
    assert {remark.check for remark in remarks(text)} == {check}


@pytest.mark.parametrize("text", [text for case in CASES for text in case["good"]])
def test_what_is_right_gets_no_remark(text: str) -> None:
    assert [str(remark) for remark in remarks(text)] == []


def test_every_check_has_its_cases() -> None:
    tried = {remark.check for case in CASES for text in case["bad"] for remark in remarks(text)}
    assert len(tried | {"twice"}) == len(CHECKS)


def test_a_name_of_another_deal_is_found() -> None:
    found = remarks("Each party pays Borealis Systems GmbH on time.")
    assert "stranger" in {remark.check for remark in found}


def test_a_subject_treated_twice_is_found() -> None:
    library = shelf()
    document = _document("It pays.")
    first, second = (
        replace(document.parts[0].clauses[0], id=name) for name in ("legal.notices", "legal.forum")
    )
    document = replace(document, parts=(replace(document.parts[0], clauses=(first, second)),))
    assert "twice" not in {remark.check for remark in proof(document, DEAL, library, WORDS)}
    same = {name: replace(library[name], subject="one") for name in ("legal.notices", "legal.forum")}
    assert "twice" in {remark.check for remark in proof(document, DEAL, library | same, WORDS)}


def test_a_remark_on_words_of_the_deal_gives_their_path() -> None:
    (found,) = remarks("It pays <commercial.model|a share of Net Sales each month>.")
    assert str(found) == "commercial.model: “Net Sales” reads as a defined term, and nothing defines it"
    assert not found.wrong


def test_paragraphs_of_one_id_are_told_apart() -> None:
    document = _document("It says:\n<a.b|one>\nIt pays.")
    clause = document.parts[0].clauses[0]
    blocks = tuple(replace(block, id="x.y/p1") for block in clause.blocks)
    document = replace(document, parts=(replace(document.parts[0], clauses=(replace(clause, blocks=blocks),)),))
    assert proof(document, DEAL, shelf(), WORDS) == ()


def test_what_makes_the_paper_wrong_is_refused() -> None:
    with pytest.raises(
        LibraryError, match=r"the paper would be wrong, in x\.y/p0: a reference leads to x\.z"
    ):
        _right(remarks("See paragraph [[x.z]]."))
    _right(remarks("It pays  the fee."))


@pytest.mark.parametrize("path", DEALS, ids=lambda path: path.stem)
@pytest.mark.parametrize("language", ["", "en-US"])
def test_the_papers_of_the_library_get_no_remark(path: Path, language: str) -> None:
    deal, _ = checked(source.read(str(path)))
    if language:
        deal.value["deal"]["language"] = language
    assert [str(remark) for remark in assemble(deal, draft=True).remarks] == []


def test_render_tells_what_to_read_again(tmp_path: Path) -> None:
    from termsheet.render import Wanted, render

    text = EXAMPLES[0].read_text(encoding="utf-8")
    deal = tmp_path / "deal.yaml"
    deal.write_text(re.sub(r"(?m)^  summary: ", "  summary: (", text, count=1), encoding="utf-8")
    lines = list(render(str(deal), None, Wanted(draft=True)).remarks())
    assert "read it again: scope.summary: “(” and “)” do not match" in lines
