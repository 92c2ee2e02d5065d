"""A redline: what was changed is marked and nothing else, accepting it gives the new paper, rejecting it the old."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from office import saved
from redlines import accepted, bare, body, pair, paragraphs, rejected

from termsheet import source
from termsheet.assemble import assemble
from termsheet.compare.merged import merged
from termsheet.compare.words import compared
from termsheet.document import DELETED, INSERTED, Change, Document, Ref, Text, Value, shown
from termsheet.errors import TermsheetError
from termsheet.wellformed import checked
from termsheet.word.options import Options, Revised
from termsheet.word.writer import write

PLAIN = Options(bound=False)
BY = Options(bound=False, revised=Revised("Anna Berg", "2027-01-15T09:00:00Z"))
PAIRS = 40


@cache
def paper(text: str, form: str) -> Document:
    return assemble(checked(source.parse(text, "deal.yaml"))[0], form, draft=True).document


@cache
def papers(seed: int) -> tuple[Document, Document]:
    """The papers of a pair of deals. A change that no paper can be made of is passed over."""
    form = "agreement" if seed // 10 % 2 else "term-sheet"
    for turn in range(20):
        old, new, _ = pair(seed + 1000 * turn)
        try:
            made = paper(old, form), paper(new, form)
        except TermsheetError:
            continue
        theme = "classic" if seed % 3 else "modern"
        return replace(made[0], theme=theme), replace(made[1], theme=theme)
    raise AssertionError(f"no pair for {seed}")


@pytest.mark.parametrize("seed", range(PAIRS))
def test_accepting_gives_the_new_paper_and_rejecting_the_old(seed: int, tmp_path: Path) -> None:
    old, new = papers(seed)
    data = write(merged(old, new), BY)
    assert bare(paragraphs(accepted(data))) == bare(paragraphs(body(write(new, PLAIN))))
    assert bare(paragraphs(rejected(data))) == bare(paragraphs(body(write(old, PLAIN))))
    audit = pytest.importorskip("openxml_audit")
    integrity = pytest.importorskip("ooxml_integrity")
    path = str(saved(tmp_path, data))
    assert audit.OpenXmlValidator().validate(path).errors == []
    assert list(integrity.check(path)) == []


@pytest.mark.parametrize("seed", range(0, 20, 3))
def test_a_paper_against_itself_has_no_mark(seed: int) -> None:
    new = papers(seed)[1]
    data = write(merged(new, new), BY)
    assert not re.search(b"<w:(?:ins|del|moveFrom|moveTo|pPrChange) ", data)
    assert paragraphs(body(data)) == paragraphs(body(write(new, PLAIN)))


@pytest.mark.parametrize(("old", "new", "marked"), [
    ("pays within 30 days of the invoice", "pays within 45 days of the invoice", "pays within [-30-]{+45+} days of the invoice"),
    ("a sum of £15,000,000 is due", "a sum of £17,500,000 is due", "a sum of [-£15,000,000-]{+£17,500,000+} is due"),
    ("at 7.25% a year", "at 6.75% a year", "at [-7.25%-]{+6.75%+} a year"),
    ("the fee is due", "the yearly fee is due", "the{+ yearly+} fee is due"),
    ("the yearly fee is due", "the fee is due", "the[- yearly-] fee is due"),
    ("all is new here now", "nothing of the kind stands", "[-all is new here now-]{+nothing of the kind stands+}"),
])  # fmt: skip
def test_whole_words_and_whole_figures(old: str, new: str, marked: str) -> None:
    signs = {DELETED: "[-{}-]", INSERTED: "{{+{}+}}"}
    found = compared((Text(old),), (Value("p", new, new),))
    assert "".join(signs[one.kind].format(shown((one.inline,))) if isinstance(one, Change) else one.text for one in found) == marked


def test_a_number_that_only_moved_up_is_no_change() -> None:
    old, new = (Text("See "), Ref("law", "12")), (Text("See "), Ref("law", "13"))
    assert compared(old, new) == new


def test_the_author_and_the_day_stand_at_every_change() -> None:
    xml = write(merged(*papers(1)), BY)
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(xml)) as archive:
        text = archive.read("word/document.xml").decode()
    marks = re.findall(r"<w:(?:ins|del|moveFrom|moveTo|pPrChange) ([^>]*?)/?>", text)
    assert marks
    assert all('w:author="Anna Berg" w:date="2027-01-15T09:00:00Z"' in mark for mark in marks)
    ids = re.findall(r'w:id="(\d+)"', " ".join(marks))
    assert len(ids) == len(set(ids))
