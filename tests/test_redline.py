"""A redline: what was changed is marked and nothing else, accepting it gives the new paper, rejecting it the old."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

import pytest
from redlines import body, paragraphs
from redlines.office import Office, python_with_uno
from redlines.pairs import papers
from redlines.tried import BY, PLAIN, tried

from termsheet.compare.merged import merged
from termsheet.compare.words import compared
from termsheet.document import DELETED, INSERTED, Change, Ref, Text, Value, shown
from termsheet.word.writer import write

PAIRS = 40
needs_uno = pytest.mark.skipif(python_with_uno() is None, reason="LibreOffice with its Python interface (python3-uno) is not installed")


@pytest.mark.parametrize("seed", range(PAIRS))
def test_accepting_gives_the_new_paper_and_rejecting_the_old(seed: int) -> None:
    old, new, said = papers(seed)
    assert list(tried(old, new)) == [], said


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    started = Office(tmp_path_factory.mktemp("office"))
    yield started
    started.close()


@needs_uno
@pytest.mark.xdist_group("redlines-in-libreoffice")
@pytest.mark.parametrize("seed", [0, 3, 10, 13, 22, 47])
def test_libreoffice_accepts_and_rejects_as_we_do(seed: int, office: Office) -> None:
    old, new, said = papers(seed)
    assert list(tried(old, new, office)) == [], said


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
    xml = write(merged(*papers(1)[:2]), BY)
    with zipfile.ZipFile(io.BytesIO(xml)) as archive:
        text = archive.read("word/document.xml").decode()
    marks = re.findall(r"<w:(?:ins|del|moveFrom|moveTo|pPrChange) ([^>]*?)/?>", text)
    assert marks
    assert all('w:author="Anna Berg" w:date="2027-01-15T' in mark for mark in marks)
    ids = re.findall(r'w:id="(\d+)"', " ".join(marks))
    assert len(ids) == len(set(ids))
