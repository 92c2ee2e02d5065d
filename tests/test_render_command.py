"""`termsheet render`: what is asked of a file is in the file, and what cannot be done is told in one sentence."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from office import needs_office

DEAL = ROOT / "examples" / "telehealth-alliance.yaml"
NOTES = "We can live with 27% of Net Programme Revenue. Below that, we walk away."


def part(path: Path, name: str) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name).decode() if name in archive.namelist() else ""


@pytest.fixture
def rendered(run_cli: Any, tmp_path: Path):
    """Renders the example with options, and gives the file."""

    def render(*options: str, name: str = "draft.docx", deal: Path = DEAL) -> Path:
        target = tmp_path / name
        code, _, err = run_cli("render", str(deal), "-o", str(target), *options)
        assert code == 0, err
        return target

    return render


@pytest.fixture
def refused(run_cli: Any, tmp_path: Path):
    """Renders the example with options, and gives the sentence by which that is refused."""

    def render(*options: str, name: str = "draft.docx") -> str:
        target = tmp_path / name
        code, _, err = run_cli("render", str(DEAL), "-o", str(target), *options)
        assert code == 2
        assert "Traceback" not in err
        assert not target.exists()
        return err

    return render


def test_theme_and_sheet(rendered: Any) -> None:
    path = rendered("--theme", "classic", "--paper", "letter")
    assert 'w:ascii="Times New Roman"' in part(path, "word/styles.xml")
    assert 'w:w="12240" w:h="15840"' in part(path, "word/document.xml")
    path = rendered()
    assert 'w:ascii="Arial"' in part(path, "word/styles.xml")
    assert 'w:w="11906" w:h="16838"' in part(path, "word/document.xml")


def test_a_house_says_its_theme(rendered: Any, tmp_path: Path) -> None:
    (tmp_path / ".termsheet.yaml").write_text("style: {theme: classic}\n")
    deal = Path(shutil.copy(DEAL, tmp_path))
    assert 'w:ascii="Times New Roman"' in part(rendered(deal=deal), "word/styles.xml")
    assert 'w:ascii="Arial"' in part(rendered("--theme", "modern", deal=deal), "word/styles.xml")


def test_what_a_round_of_comments_needs(rendered: Any) -> None:
    path = rendered("--track-changes", "--protect", "comments", "--author", "Anna Berg", "--plain")
    settings = part(path, "word/settings.xml")
    assert "<w:trackRevisions/>" in settings
    assert 'w:edit="comments"' in settings
    assert "<dc:creator>Anna Berg</dc:creator>" in part(path, "docProps/core.xml")
    assert not part(path, "customXml/item1.xml")
    assert part(rendered(), "customXml/item1.xml")


def test_the_digest_tells_deal_library_and_form_apart(rendered: Any, tmp_path: Path) -> None:
    def digest(path: Path) -> dict[str, str]:
        words = re.search("<digest>(.*?)</digest>", part(path, "customXml/item1.xml"))[1]
        return dict(word.split(":") for word in words.split())

    def differs(*options: str, deal: Path = DEAL) -> set[str]:
        found = digest(rendered(*options, name="other.docx", deal=deal))
        return {name for name, value in found.items() if value != usual[name]}

    usual = digest(rendered())
    text = DEAL.read_text(encoding="utf-8")
    other, private = tmp_path / "other.yaml", tmp_path / "private.yaml"
    other.write_text(text.replace("60 clinics by the end", "61 clinics by the end", 1), encoding="utf-8")
    private.write_text(text.replace("27% of Net", "26% of Net"), encoding="utf-8")
    assert text not in (other.read_text(encoding="utf-8"), private.read_text(encoding="utf-8"))
    assert set(usual) == {"deal", "library", "form"}
    assert differs() == set()
    assert differs(deal=other) == {"deal"}
    assert differs(deal=private) == set()
    assert differs("--form", "agreement") == {"form", "library"}


def test_notes_for_the_own_side(rendered: Any) -> None:
    path = rendered("--internal", "--side", "pulsara")
    comments = part(path, "word/comments.xml")
    assert NOTES in comments
    assert "We walk away: " in comments
    assert 'w:author="playbook neutral"' in comments
    for header in ("word/header1.xml", "word/header2.xml"):
        assert "Internal: not to be sent" in part(path, header)
    usual = rendered(name="sent.docx")
    assert not part(usual, "word/comments.xml")
    assert "Internal" not in part(usual, "word/header1.xml")


def test_findings_stand_at_the_clause_that_they_concern(rendered: Any, tmp_path: Path) -> None:
    deal = tmp_path / "deal.yaml"
    text = DEAL.read_text(encoding="utf-8")
    deal.write_text(text.replace("\n    definition: clinics under contract", "\n    unit: clinics under contract", 1), encoding="utf-8")
    path = rendered("--internal", "--draft", deal=deal)
    comments = part(path, "word/comments.xml").split("<w:comment ")[1:]
    order = next(place for place, comment in enumerate(comments) if "[metrics-not-defined]" in comment)
    assert 'w:author="termsheet lint"' in comments[order]
    document = part(path, "word/document.xml")
    anchored = document.partition(f'<w:commentRangeStart w:id="{order}"/>')[2].partition("<w:commentRangeEnd")[0]
    assert ">Metrics<" in anchored


@pytest.mark.parametrize("name", ["draft.md", "draft.txt", "draft.html", "draft.pdf"])
def test_notes_go_into_no_other_file(refused: Any, name: str) -> None:
    assert "comments in Word's margin; end the output in .docx" in refused("--internal", name=name)


def test_what_is_word_s_alone(refused: Any) -> None:
    assert "are matters of Word; end the output in .docx" in refused("--track-changes", name="draft.md")
    assert "has no table of contents" in refused("--paginate")


def test_a_side_and_a_playbook_that_are_not_there(refused: Any) -> None:
    assert "no party is called `nobody`; its parties are pulsara and clinivia" in refused("--internal", "--side", "nobody")
    assert "no playbook is called `bible`" in refused("--internal", "--playbook", "bible")
    assert "are for the notes of --internal" in refused("--side", "pulsara")


@pytest.mark.parametrize(("name", "options"), [("draft.pdf", ()), ("draft.docx", ("--form", "agreement", "--paginate"))])
def test_without_libreoffice_one_sentence_says_so(
    refused: Any, monkeypatch: pytest.MonkeyPatch, name: str, options: tuple[str, ...]
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("termsheet.word.office._ELSEWHERE", ())
    assert "set by LibreOffice, and there is none on this machine; install it" in refused(*options, name=name)


@needs_office
def test_a_pdf_is_tagged_and_names_the_paper(rendered: Any) -> None:
    pypdf = pytest.importorskip("pypdf")
    read = pypdf.PdfReader(rendered("--form", "agreement", name="draft.pdf"))
    root = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert read.metadata.title == "Remote blood pressure monitoring alliance – Agreement"
    assert [entry.title for entry in read.outline[:2]] == ["1. Definitions", "2. Term"]
    contents = read.pages[1].extract_text()
    page = int(re.search(r"Scope[ .…\t]*?(\d+)", contents)[1])
    front = next(place for place, page in enumerate(read.pages) if "This agreement is dated" in page.extract_text())
    assert "SCOPE" in read.pages[front + page - 1].extract_text().upper()
