"""Rounds: what was sent is kept as it was, and holds the deal to its clauses until newer ones are accepted."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import EXAMPLES, ROOT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from termsheet import assemble, data, document, frozen, put, rounds, source
from termsheet.errors import TermsheetError, WriteError
from termsheet.immutable import fields, is_immutable, replace
from termsheet.library import shelf
from termsheet.rounds import library, lock, store
from termsheet.wellformed import checked

DEAL = ROOT / "examples" / "telehealth-alliance.yaml"
NAME = "deal.yaml"
NDA = "A word that only this house writes."


@pytest.fixture
def deal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A deal in a folder of its own, whose name has a space and an umlaut; that folder is the current one."""
    folder = tmp_path / "Verträge und mehr"
    folder.mkdir()
    shutil.copy(DEAL, folder / NAME)
    monkeypatch.chdir(folder)
    return folder / NAME


@pytest.fixture
def moving(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The built-in library, copied to where it can be changed; gives what replaces a word of one of its files."""
    mine = tmp_path / "built in"
    for name in ("clauses", "templates"):
        shutil.copytree(data.folder(name), mine / name)
    theirs = data.place
    monkeypatch.setattr(data, "place", lambda name: str(mine / name) if (mine / name).is_dir() else theirs(name))

    def change(name: str, old: str, new: str) -> None:
        path = mine / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")
        shelf._built_in.cache_clear()

    yield change
    shelf._built_in.cache_clear()


@pytest.fixture
def ok(run_cli: Any) -> Any:
    """Runs a command that must succeed, and gives what it says: standard output and standard error."""

    def run(*arguments: str) -> str:
        code, out, err = run_cli(*arguments)
        assert code == 0, err
        return str(out + err)

    return run


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def drawn(ok: Any, *options: str) -> bytes:
    ok("render", NAME, "--draft", "-o", "out.docx", *options)
    return Path("out.docx").read_bytes()


def words(paper: bytes) -> str:
    import io

    with zipfile.ZipFile(io.BytesIO(paper)) as archive:
        return archive.read("word/document.xml").decode()


# -- a Document as data


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_document_is_the_same_after_it_was_kept(path: Path) -> None:
    made, _ = checked(source.read(str(path)))
    for form in ("term-sheet", "agreement"):
        paper = assemble.assemble(made, form, draft=True).document
        text = frozen.dumps(paper)
        assert frozen.loads(text) == paper
        assert frozen.dumps(frozen.loads(text)) == text


_KINDS = [kind for kind in vars(document).values() if isinstance(kind, type) and is_immutable(kind)]


def test_every_class_of_a_document_can_be_kept() -> None:
    reached: set[type] = set()

    def walk(kind: type) -> None:
        if kind in reached:
            return
        reached.add(kind)
        for _, hint in frozen._hints(kind).values():
            _inner(hint, walk)

    walk(document.Document)
    assert reached == set(_KINDS)


def _inner(hint: Any, walk: Any) -> None:
    for inner in getattr(hint, "__args__", ()):
        _inner(inner, walk)
    if isinstance(hint, type) and is_immutable(hint):
        walk(hint)


def _built(kind: type) -> st.SearchStrategy[Any]:
    """Any value of a class of the document."""
    return st.builds(kind, **{name: st.from_type(hint) for name, (_, hint) in frozen._hints(kind).items()})


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.data())
def test_any_document_is_the_same_after_it_was_kept(drawn: st.DataObject) -> None:
    text = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=4)
    st.register_type_strategy(str, text)
    for kind in _KINDS:
        st.register_type_strategy(kind, _built)
    paragraphs = st.lists(st.from_type(document.Paragraph), max_size=3).map(tuple)
    tables = st.lists(st.from_type(document.Table), max_size=2).map(tuple)
    clause = st.builds(document.Clause, id=text, title=text, blocks=st.one_of(paragraphs, tables), binding=st.booleans())
    part = st.builds(document.Part, id=text, heading=text, clauses=st.lists(clause, max_size=2).map(tuple))
    paper = drawn.draw(
        st.builds(
            document.Document,
            title=text,
            subtitle=text,
            intro=paragraphs,
            parts=st.lists(part, max_size=2).map(tuple),
            closing=paragraphs,
            signatures=st.lists(st.from_type(document.Signature), max_size=2).map(tuple),
            cover=st.none() | st.from_type(document.Cover),
            signatures_last=st.booleans(),
            furniture=st.from_type(document.Furniture),
            words=st.from_type(document.Words),
            open_points=st.lists(st.from_type(document.OpenPoint), max_size=2).map(tuple),
            keywords=st.lists(text, max_size=2).map(tuple),
        )
    )
    assert frozen.loads(frozen.dumps(paper)) == paper


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda page: page.pop("title"), "lacks `title`"),
        (lambda page: page.update(colour="red"), "unknown key `colour`"),
        (lambda page: page.update(title=3), "`document.title` is of another type"),
        (lambda page: page.update(signatures_last=1), "`document.signatures_last` is of another type"),
        (lambda page: page.update(parts={}), "`document.parts` is no list"),
        (lambda page: page["intro"].append(3), "has no keys"),
        (lambda page: page["intro"][0]["inlines"][0].pop("is"), "does not say which of"),
    ],
)
def test_what_is_no_document_is_told(change: Any, words: str) -> None:
    made, _ = checked(source.read(str(DEAL)))
    page = json.loads(frozen.dumps(assemble.assemble(made, draft=True).document))
    change(page)
    with pytest.raises(TermsheetError, match=words):
        frozen.loads(json.dumps(page))
    for text in ("", "{", "[" * 100_000):
        with pytest.raises(TermsheetError, match="is not JSON"):
            frozen.loads(text)


# -- send


def test_the_folder_of_the_rounds() -> None:
    for name, folder in (
        ("deal.yaml", "deal.sent"),
        ("x.deal.yaml", "x.deal.sent"),
        ("a.YML", "a.sent"),
        ("a.b", "a.b.sent"),
        ("Übung 1.yaml", "Übung 1.sent"),
    ):
        assert rounds.folder(Path("in") / name) == Path("in") / folder


def test_a_round_keeps_the_paper_the_deal_and_what_they_were_made_of(deal: Path, ok: Any) -> None:
    text = deal.read_bytes()
    said = ok("send", NAME, "--draft", "--to", "Müller & Co", "--note", "first", "--on", "2026-05-01", "-o", "copy.docx")
    assert "round 1 is out: deal.sent/1/draft.docx" in said
    (sent,) = store.rounds(deal)
    assert (sent.number, sent.form, sent.sent_on) == (1, "term-sheet", date(2026, 5, 1))
    assert (sent.said.to, sent.said.note, sent.options) == ("Müller & Co", "first", {"draft": True})
    assert sent.draft == Path("copy.docx").read_bytes()
    assert sent.deal.encode() == text == deal.read_bytes()
    made, _ = checked(source.read(NAME))
    fresh = assemble.assemble(made, draft=True)
    assert sent.document == fresh.document
    assert sent.digest == fresh.digest
    assert sent.digest.encode() in _all(sent.draft)
    assert library.texts_of(sent.folder.parent, sent.library) == library.current(made.house)
    assert sorted(path.name for path in sent.folder.iterdir()) == [
        "deal.yaml", "document.json", "draft.docx", "library.json", "round.json",
    ]  # fmt: skip


def _all(paper: bytes) -> bytes:
    import io

    with zipfile.ZipFile(io.BytesIO(paper)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


def test_rounds_share_what_is_equal(deal: Path, ok: Any) -> None:
    ok("send", NAME, "--draft")
    before = {path for path in Path("deal.sent/library").rglob("*") if path.is_file()}
    rewrite(deal, "58%", "55%")
    ok("send", NAME, "--draft")
    assert before == {path for path in Path("deal.sent/library").rglob("*") if path.is_file()}
    assert [sent.number for sent in store.rounds(deal)] == [1, 2]
    assert "58%" in store.rounds(deal)[0].deal


def test_the_form_is_that_of_the_last_round(deal: Path, ok: Any) -> None:
    ok("send", NAME, "--draft", "--form", "agreement")
    rewrite(deal, "58%", "55%")
    ok("send", NAME, "--draft")
    assert [sent.form for sent in store.rounds(deal)] == ["agreement", "agreement"]


def test_the_look_is_that_of_the_last_round(deal: Path, ok: Any, run_cli: Any) -> None:
    ok("send", NAME, "--draft", "--theme", "classic", "--paper", "letter")
    code, _, err = run_cli("send", NAME, "--draft")
    assert (code, "its paper is that of round 1" in err) == (1, True)
    rewrite(deal, "58%", "55%")
    assert "its look" not in ok("send", NAME, "--draft")
    said = ok("send", NAME, "--draft", "--theme", "modern")
    assert "its look is modern on letter; that of round 2 was classic on letter" in said
    sent = [(one.said.theme, one.said.paper) for one in store.rounds(deal)]
    assert sent == [("classic", "letter"), ("classic", "letter"), ("modern", "letter")]
    rewrite(deal, "55%", "54%")
    assert "its look" not in ok("redline", NAME, "--from", "sent:1", "-o", "red.docx", "--draft")
    for suffix in ("html", "docx"):
        said = ok("redline", NAME, "--from", "sent:1", "-o", f"red.{suffix}", "--draft", "--paper", "a4")
        assert "its look is classic on a4; that of round 1 was classic on letter" in said


def test_the_look_of_a_house_is_kept_as_long_as_its_file_is_there(deal: Path, ok: Any, run_cli: Any) -> None:
    ok("render", NAME, "--draft", "-o", "house.docx")
    ok("send", NAME, "--draft", "--reference", "house.docx")
    rewrite(deal, "58%", "55%")
    assert "its look" not in ok("send", NAME, "--draft")
    assert store.rounds(deal)[1].options["reference"] == "house.docx"
    Path("house.docx").unlink()
    code, _, err = run_cli("send", NAME, "--draft", "--again")
    assert (code, "house.docx: round 2 has its look from this file, and it is not there; name it" in err) == (2, True)
    ok("redline", NAME, "--from", "sent:1", "-o", "red.html", "--draft")
    said = ok("send", NAME, "--draft", "--paper", "letter")
    assert "its look is modern on letter; that of round 2 was that of house.docx" in said


def test_what_has_not_changed_is_sent_again_only_when_asked(deal: Path, ok: Any, run_cli: Any) -> None:
    ok("send", NAME, "--draft")
    code, _, err = run_cli("send", NAME, "--draft")
    assert (code, err) == (
        1,
        "termsheet: deal.yaml is not sent: its paper is that of round 1, word for word; change the deal, or send it once "
        "more with `--again`\n",
    )
    rewrite(deal, "# A strategic alliance", "# An alliance")
    assert run_cli("send", NAME, "--draft")[0] == 1
    ok("send", NAME, "--draft", "--again")
    ok("send", NAME, "--draft", "--protect", "tracked")
    assert [dict(sent.options) for sent in store.rounds(deal)] == [
        {"draft": True}, {"draft": True}, {"draft": True, "protect": "tracked"},
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--internal",), "--internal is for the own side only"),
        (("-o", "copy.pdf"), "copy.pdf: what is sent is a Word file; end the copy in .docx"),
        (("--reference", "a.docx", "--theme", "classic"), "--reference brings its own look"),
        (("--form", "nda"), "there is no form `nda`"),
        (("--on", "yesterday"), "yesterday"),
    ],
)
def test_what_cannot_be_sent_is_told(deal: Path, run_cli: Any, options: tuple[str, ...], words: str) -> None:
    code, _, err = run_cli("send", NAME, "--draft", *options)
    assert code == 2
    assert words in err
    assert "Traceback" not in err
    assert not Path("deal.sent").exists()


def test_neither_standard_input_nor_what_is_not_there_is_sent(deal: Path, run_cli: Any) -> None:
    assert run_cli("send", "-", stdin=deal.read_bytes())[0::2] == (
        2, "termsheet: a round is kept beside the file of its deal; name the file\n",
    )  # fmt: skip
    code, _, err = run_cli("send", "no.yaml")
    assert (code, err) == (2, "termsheet: no.yaml: there is no such file; check its name and folder\n")


def test_a_deal_that_is_not_fit_is_refused_and_nothing_is_kept(deal: Path, run_cli: Any) -> None:
    rewrite(deal, "value: 58%", "value: open")
    code, _, err = run_cli("send", NAME)
    assert code == 1
    assert "open points" in err
    assert not Path("deal.sent").exists()


def test_nothing_private_is_in_what_goes_out(deal: Path, ok: Any) -> None:
    secret = "We can live with 27% of Net Programme Revenue"
    assert secret in deal.read_text("utf-8")
    ok("send", NAME, "--draft", "--note", "a note of ours")
    sent = store.last(deal)
    assert sent
    paper = _all(sent.draft)
    assert secret.encode() not in paper
    assert b"a note of ours" not in paper
    assert secret not in frozen.dumps(sent.document)


# -- never half a round, never another one


def test_a_round_that_is_cut_off_leaves_nothing(deal: Path, ok: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    ok("send", NAME, "--draft")
    sent = store.last(deal)
    assert sent
    files = {name: (sent.folder / name).read_bytes() for name in sent.hashes}
    before = _tree(Path("deal.sent"))
    left = 0

    def fails(move: Any) -> Any:
        def moved(*names: Any) -> None:
            nonlocal left
            left -= 1
            if not left:
                raise OSError(28, "No space left on device")
            move(*names)

        return moved

    with monkeypatch.context() as patch:
        patch.setattr(put.os, "replace", fails(os.replace))
        patch.setattr(store.os, "rename", fails(os.rename))
        for at in range(1, len(files) + 3):  # each of its files, its record, and the folder
            left = at
            with pytest.raises(WriteError, match="no space left on device"):
                store.freeze(deal, 2, sent.said, files)
            assert _tree(Path("deal.sent")) == before
    assert store.freeze(deal, 2, sent.said, files).draft == sent.draft


def test_a_first_round_that_is_cut_off_holds_nothing(deal: Path, monkeypatch: pytest.MonkeyPatch, run_cli: Any, ok: Any) -> None:
    def killed(*names: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(store.os, "rename", killed)
        assert run_cli("send", NAME, "--draft")[0] != 0
    assert store.rounds(deal) == ()
    assert not [path for path in Path("deal.sent").iterdir() if path.name.endswith(".tmp")]
    assert "round" not in ok("render", NAME, "--draft", "-o", "out.docx")
    assert not [name for name in source.deal_files(".") if "sent" in name]
    ok("send", NAME, "--draft")


def _tree(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_round_is_never_written_again(deal: Path, ok: Any) -> None:
    ok("send", NAME, "--draft")
    before = _tree(Path("deal.sent"))
    sent = store.last(deal)
    assert sent
    with pytest.raises(WriteError, match="was sent already"):
        store.freeze(deal, 1, sent.said, {"draft.docx": b""})
    assert _tree(Path("deal.sent")) == before


def test_a_file_that_is_not_what_was_frozen_is_told(deal: Path, ok: Any) -> None:
    ok("send", NAME, "--draft")
    for name in ("draft.docx", "deal.yaml", "document.json", "library.json", "round.json"):
        file = Path("deal.sent/1") / name
        whole = file.read_bytes()
        for damage in (b"", b"{}", b"[]", whole[:-1] + b"x", None):
            file.unlink() if damage is None else file.write_bytes(damage)
            with pytest.raises(TermsheetError) as told:
                _read_whole(deal)
            assert name in str(told.value)
            assert "version control" in str(told.value)
        file.write_bytes(whole)


def _read_whole(deal: Path) -> tuple[Any, ...]:
    sent = store.rounds(deal)[0]
    return sent.draft, sent.deal, sent.document, sent.library


def test_a_clause_that_is_not_what_was_frozen_is_told(deal: Path, ok: Any, run_cli: Any) -> None:
    ok("send", NAME, "--draft")
    (file,) = Path("deal.sent/library").rglob("confidentiality.????????????.md")
    rewrite(file, "confidential", "public")
    for command in (("render", NAME, "--draft"), ("send", NAME, "--draft", "--again")):
        code, _, err = run_cli(*command)
        assert code == 2
        assert err.count("\n") == 1
        assert f"{file.name}: a file of the rounds is not what was frozen" in err


@pytest.mark.parametrize("place", ["built-in/clauses/../../../x.md", "x/clauses/a.md", "built-in/templates/a/b.yaml", "/etc/x.md"])
def test_a_place_leads_nowhere_else(deal: Path, place: str) -> None:
    with pytest.raises(TermsheetError, match="names no text of a library"):
        library.frozen(deal.parent, {place: "0" * 64})


def test_a_folder_that_may_not_be_written_to_is_told(deal: Path, run_cli: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: Any, **__: Any) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(store.Path, "mkdir", refused)
    code, _, err = run_cli("send", NAME, "--draft")
    assert (code, err) == (
        2,
        "termsheet: deal.sent: the round cannot be written (permission denied); choose a folder that may be written to\n",
    )


def test_a_file_where_the_rounds_belong_is_told(deal: Path, run_cli: Any) -> None:
    Path("deal.sent").write_text("mine")
    code, _, err = run_cli("send", NAME, "--draft")
    assert code == 2
    assert "deal.sent: the round cannot be written (file exists)" in err
    assert Path("deal.sent").read_text() == "mine"


def test_what_was_sent_is_no_deal_of_the_folder(deal: Path, ok: Any, run_cli: Any) -> None:
    ok("send", NAME, "--draft")
    assert [Path(name).name for name in source.deal_files(".")] == [NAME]
    assert "1 deal" in run_cli("lint", ".")[1]


# -- the lock


def _house(folder: Path) -> None:
    """A house with a clause that replaces one of termsheet, one that extends one, and a form that extends one."""
    for name in ("clauses", "forms"):
        (folder / name).mkdir()
    (folder / ".termsheet.yaml").write_text("clauses: clauses\ntemplates: forms\n", "utf-8")
    shutil.copy(data.folder("clauses") / "confidentiality.md", folder / "clauses")
    (folder / "forms" / "term-sheet.yaml").write_text("extends: term-sheet\ntitle: House Sheet\n", "utf-8")


def test_a_library_that_moves_changes_no_byte(deal: Path, moving: Any, ok: Any, run_cli: Any) -> None:
    _house(deal.parent)
    ok("send", NAME, "--draft")
    sent = store.last(deal)
    assert sent
    assert drawn(ok) == sent.draft
    agreement = drawn(ok, "--form", "agreement")
    # a clause that is printed, one that would come in, the conditions of one, a form, the words, a house's clause
    moving("clauses/communication/protocol.md", "since:", "changed: '2.0'\nsince:")
    moving("clauses/communication/protocol.md", "\n\n", f"\n\n{NDA}\n\n")
    moving("clauses/publicity.md", "title:", "title: New ")
    moving("clauses/money/model.md", "when: ", "when: false and ")
    moving("templates/term-sheet.yaml", "Commercial terms", "The commercial part")
    moving("templates/words.yaml", "means", "shall mean")
    rewrite(Path("clauses/confidentiality.md"), "title:", "title: Our ")
    rewrite(Path("forms/term-sheet.yaml"), "House Sheet", "Another Sheet")
    (data.folder("clauses") / "ip" / "foreground.md").unlink()
    shelf._built_in.cache_clear()
    assert drawn(ok) == sent.draft
    assert drawn(ok, "--form", "agreement") == agreement
    shutil.copy(NAME, "other.yaml")
    code, _, err = run_cli("render", "other.yaml", "--draft")
    assert (code, "ip.foreground" in err) == (2, True)  # that library would not even make a paper
    ok("send", NAME, "--draft", "--again")
    last = store.last(deal)
    assert last
    assert (last.number, last.draft, last.library) == (2, sent.draft, sent.library)


def test_it_says_that_a_round_holds_the_paper_once_the_library_moves(deal: Path, moving: Any, ok: Any) -> None:
    assert "round" not in ok("render", NAME, "--draft", "-o", "out.docx")
    ok("send", NAME, "--draft")
    assert "round" not in ok("render", NAME, "--draft", "-o", "out.docx")
    moving("clauses/publicity.md", "title:", "title: New ")
    said = ok("render", NAME, "--draft", "-o", "out.docx")
    assert "rendered with the clauses of round 1; the library has changed since: see `termsheet outdated`" in said
    ok("upgrade", NAME, "--yes")
    assert "round" not in ok("render", NAME, "--draft", "-o", "out.docx")


def test_a_clause_that_a_change_of_the_deal_calls_for_is_that_of_the_round(deal: Path, moving: Any, ok: Any) -> None:
    text = deal.read_text("utf-8")
    start = text.index("\nexclusivity:")
    end = text.index("\n\n", start)
    deal.write_text(text[:start] + text[end:], "utf-8")
    ok("send", NAME, "--draft")
    assert "exclusivity" not in {clause.id.partition(".")[0] for clause in store.rounds(deal)[0].document.clauses()}
    deal.write_text(text, "utf-8")
    before = drawn(ok)
    for path in (data.folder("clauses") / "exclusivity").glob("*.md"):
        moving(f"clauses/exclusivity/{path.name}", "title:", "title: Other ")
    assert drawn(ok) == before
    assert "exclusiv" in words(before).lower()


def test_a_clause_that_only_todays_library_lacks_refuses_no_paper(deal: Path, moving: Any, ok: Any, run_cli: Any) -> None:
    from termsheet.rules import clauses

    with deal.open("a", encoding="utf-8") as file:
        file.write("\nclauses:\n  omit:\n    - clause: publicity\n      reason: none is wanted\n")
        file.write("  use:\n    - clause: status.effect\n      variant: all\n")
    ok("send", NAME)
    ok("render", NAME, "-o", "out.docx")
    moving("clauses/status/effect.md", "all", "whole")
    (data.folder("clauses") / "publicity.md").unlink()
    clauses._of.cache_clear()
    assert run_cli("lint", NAME, "--select", "clauses")[0] == 1
    ok("render", NAME, "-o", "out.docx")
    sent = store.last(deal)
    assert sent
    assert Path("out.docx").read_bytes() == sent.draft
    rewrite(deal, "clause: publicity", "clause: publicty")
    code, _, err = run_cli("render", NAME, "-o", "out.docx")
    assert (code, "no clause has the id `publicty`" in err) == (1, True)
    rewrite(deal, "clause: publicty", "clause: publicity")
    rewrite(deal, "variant: all", "variant: every")
    code, _, err = run_cli("render", NAME, "-o", "out.docx")
    assert (code, "has no variant `every`" in err) == (2, True)
    clauses._of.cache_clear()


def test_the_preview_is_held_too(deal: Path, moving: Any, ok: Any) -> None:
    from termsheet.preview.desk import Desk, Wanted

    ok("send", NAME, "--draft")
    moving("clauses/publicity.md", "title:", "title: Brand-new ")
    page = str(Desk(Wanted(NAME)).page())
    assert "Brand-new" not in page
    assert "rendered with the clauses of round 1" in page


def test_a_form_that_came_later_is_told(deal: Path, ok: Any, run_cli: Any) -> None:
    _house(deal.parent)
    ok("send", NAME, "--draft")
    Path("forms/note.yaml").write_text("extends: term-sheet\ntitle: Note\n", "utf-8")
    code, _, err = run_cli("render", NAME, "--draft", "--form", "note")
    assert (code, err) == (
        2,
        "termsheet: the form `note` is newer than round 1, which holds the deal; accept it: `termsheet upgrade DEAL "
        "form:note`\n",
    )
    ok("upgrade", NAME, "form:note", "--yes")
    ok("render", NAME, "--draft", "--form", "note")


# -- outdated and upgrade


def test_outdated_says_what_has_changed(deal: Path, moving: Any, ok: Any, run_cli: Any) -> None:
    assert "no round is out" in ok("outdated")
    ok("send", NAME, "--draft", "--on", "2026-05-01")
    assert "round 1 of 2026-05-01, nothing is newer" in ok("outdated", NAME)
    moving("clauses/publicity.md", "\n---\n", f"\nchanged: '1.2'\n---\n\n{NDA}\n")
    moving("clauses/confidentiality.md", "title:", "title: Our ")
    moving("templates/agreement.yaml", "Agreement", "Contract")
    moving("clauses/ip/foreground.md", "approves: head of legal", "approves: nobody")  # no matter of the paper
    code, out, _ = run_cli("outdated", ".", "--format", "json")
    assert code == 1
    (page,) = json.loads(out)["deals"]
    assert (page["round"], page["sent_on"], page["upgraded"]) == (1, "2026-05-01", False)
    newer = {item["item"]: item for item in page["newer"]}
    assert list(newer) == ["confidentiality", "publicity", "form:agreement"]
    assert (newer["confidentiality"]["changes"], newer["confidentiality"]["major"]) == (["conditions"], False)
    publicity = newer["publicity"]
    assert publicity["changes"] == ["text"]
    assert (publicity["held"], publicity["now"], publicity["since"], publicity["major"]) == ("0.1", "1.2", "0.1", True)
    assert (publicity["in_paper"], newer["form:agreement"]["in_paper"]) == (True, False)
    code, out, _ = run_cli("outdated")
    assert code == 1
    assert "publicity        0.1   1.2  text, legal meaning (major)  yes" in out


def test_upgrade_shows_what_changes_in_the_paper_and_asks(deal: Path, moving: Any, ok: Any, run_cli: Any) -> None:
    ok("send", NAME, "--draft")
    text, sent = deal.read_bytes(), drawn(ok)
    assert "nothing is newer than round 1" in ok("upgrade", NAME)
    moving("clauses/publicity.md", "\n---\n", f"\nchanged: '0.2'\n---\n\n{NDA}\n")
    moving("clauses/confidentiality.md", "title:", "title: Our ")
    code, out, err = run_cli("upgrade", NAME)
    assert (code, err) == (1, f"{NAME}: nothing is accepted; accept with `--yes`\n")
    assert f"{{+{NDA}" in out
    assert "[-" not in out.replace("[-Confidentiality", "")
    assert "0.1 → 0.2" in out
    assert drawn(ok) == sent
    said = ok("upgrade", NAME, "publicity", "--yes")
    assert NDA in said
    assert "1 accepted" in said
    one = drawn(ok)
    assert NDA in words(one)
    assert "Our " not in words(one)
    assert "and those accepted since" in ok("render", NAME, "--draft", "-o", "out.docx")
    ok("upgrade", NAME, "--yes")
    both = drawn(ok)
    assert "Our " in words(both)
    assert deal.read_bytes() == text
    assert "nothing is newer" in ok("outdated")
    ok("send", NAME, "--draft")
    assert not Path("deal.sent/lock.json").exists()
    assert drawn(ok) == both == store.rounds(deal)[1].draft
    assert store.rounds(deal)[0].draft == sent
    library.frozen(Path("deal.sent"), store.rounds(deal)[0].library)


@pytest.mark.parametrize("answer", [True, False])
def test_at_a_terminal_it_asks(
    deal: Path, moving: Any, ok: Any, run_cli: Any, monkeypatch: pytest.MonkeyPatch, answer: bool
) -> None:
    ok("send", NAME, "--draft")
    moving("clauses/publicity.md", "title:", "title: New ")
    asked: list[str] = []
    monkeypatch.setattr("termsheet.cli.upgrade.sys.stdin", type("Terminal", (), {"isatty": lambda self: True})())
    monkeypatch.setattr("click.confirm", lambda text, **_: asked.append(text) or answer)
    assert run_cli("upgrade", NAME)[0] == int(not answer)
    assert asked == ["Accept 1?"]
    assert Path("deal.sent/lock.json").exists() is answer


def test_upgrade_names_what_is_not_newer(deal: Path, moving: Any, ok: Any, run_cli: Any) -> None:
    code, _, err = run_cli("upgrade", NAME)
    assert (code, err) == (
        2, "termsheet: deal.yaml: no round is out: its clauses are those of today; `termsheet send` freezes a round\n",
    )  # fmt: skip
    ok("send", NAME, "--draft")
    moving("clauses/publicity.md", "title:", "title: New ")
    code, _, err = run_cli("upgrade", NAME, "publicty")
    assert (code, err) == (2, "termsheet: deal.yaml: nothing is newer of `publicty`; did you mean `publicity`?\n")


def test_what_makes_no_paper_is_not_accepted(deal: Path, moving: Any, ok: Any, run_cli: Any) -> None:
    ok("send", NAME, "--draft")
    before = drawn(ok)
    moving("templates/term-sheet.yaml", "- publicity\n", "- publicity\n      - fresh\n")
    fresh = data.folder("clauses") / "fresh.md"
    fresh.write_text(f"---\ntitle: Fresh\nsubject: what is fresh\nsince: '0.2'\n---\n\n{NDA}\n", "utf-8")
    shelf._built_in.cache_clear()
    code, _, err = run_cli("upgrade", NAME, "form:term-sheet", "--yes")
    assert code == 2
    assert "no paper can be made: the form `term-sheet` names a clause that is not there: fresh" in err
    assert drawn(ok) == before
    ok("upgrade", NAME, "form:term-sheet", "fresh", "--yes")
    assert NDA in words(drawn(ok))


def test_an_upgrade_that_is_cut_off_changes_nothing(
    deal: Path, moving: Any, ok: Any, run_cli: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ok("send", NAME, "--draft")
    before = drawn(ok)
    moving("clauses/publicity.md", "title:", "title: New ")
    real = put.os.replace

    def fails(old: str, new: Any) -> None:
        if str(new).endswith("lock.json"):
            raise OSError(28, "No space left on device")
        real(old, new)

    with monkeypatch.context() as patch:
        patch.setattr(put.os, "replace", fails)
        assert run_cli("upgrade", NAME, "--yes")[0] == 2
    assert drawn(ok) == before
    for text in ("", "[]", '{"round": 1}', '{"round": 1, "library": {"../x": "0"}}'):
        Path("deal.sent/lock.json").write_text(text)
        code, _, err = run_cli("render", NAME, "--draft")
        assert code == 2
        assert err.count("\n") == 1
    Path("deal.sent/lock.json").write_text('{"round": 7, "library": {}}')  # of a round that is not out
    assert drawn(ok) == before
    held = lock.lock(deal)
    assert held
    assert not held.upgraded


# -- rounds


def test_rounds_shows_what_moved(deal: Path, ok: Any, run_cli: Any) -> None:
    code, _, err = run_cli("rounds", NAME)
    assert (code, err) == (2, "termsheet: deal.yaml: no round of it was sent; `termsheet send` freezes the first\n")
    ok("send", NAME, "--draft", "--on", "2026-05-01", "--to", "Clinivia")
    assert "it is as it was sent" in ok("rounds", NAME)
    rewrite(deal, "value: 58%", "value: 55%")
    ok("send", NAME, "--draft", "--on", "2026-05-09")
    rewrite(deal, "value: 55%", "value: open")
    rewrite(deal, "We can live with", "We could live with")  # private, and no term
    page = json.loads(ok("rounds", NAME, "--format", "json"))
    assert [(stop["round"], stop["sent_on"], stop["to"]) for stop in page["rounds"]] == [
        (1, "2026-05-01", "Clinivia"), (2, "2026-05-09", ""), (None, None, ""),
    ]  # fmt: skip
    assert page["terms"] == [{"path": "metrics[adherence].baseline.value", "values": ["58%", "55%", "open"]}]
    assert len(json.loads(ok("rounds", NAME, "--format", "json", "--all"))["terms"]) > 100
    assert "metrics[adherence].baseline.value" in ok("rounds", NAME)
    assert "| 58% | 55% | open |" in ok("rounds", NAME, "--format", "markdown")
    ok("rounds", NAME, "--format", "markdown", "-o", "moves.md")
    assert "| 58% | 55% | open |" in Path("moves.md").read_text("utf-8")


def test_rounds_counts_what_was_conceded(deal: Path, ok: Any) -> None:
    ok("send", NAME, "--draft")
    rewrite(deal, "rule: subject-matter", "rule: joint")
    rewrite(deal, "      use: the other may use them free of charge", "      accounting: none\n      use: the other may use them free of charge")
    page = json.loads(ok("rounds", NAME, "--side", "pulsara", "--format", "json"))
    (owner,) = [entry for entry in page["positions"] if entry["position"] == "ip.foreground/owner"]
    assert (owner["standings"], owner["verdict"]) == (["preferred", "fallback"], "conceded")
    assert page["counts"]["conceded"] == 1
    said = ok("rounds", NAME, "--side", "pulsara")
    assert "1 conceded" in said
    assert "Private: for the own side only" in said
    ok("send", NAME, "--draft")
    rewrite(deal, "rule: joint", "rule: subject-matter")
    page = json.loads(ok("rounds", NAME, "--side", "pulsara", "--format", "json"))
    assert page["counts"]["conceded"] == 0


def test_what_is_kept_is_all_that_a_round_says(deal: Path, ok: Any) -> None:
    ok("send", NAME, "--draft", "--author", "Ä", "--theme", "classic", "--paper", "letter")
    sent = store.last(deal)
    assert sent
    record = json.loads((sent.folder / "round.json").read_text("utf-8"))
    assert set(record) == {"round", "files", *fields(store.Sent)}
    assert (sent.said.theme, sent.said.paper) == ("classic", "letter")
    assert replace(sent.said, note="x").note == "x"
    assert Path("deal.sent/.gitattributes").read_text().endswith("* -text\n")


def test_a_send_removes_what_a_killed_one_has_left(tmp_path: Path, run_cli: Any) -> None:
    deal = tmp_path / "deal.yaml"
    deal.write_bytes(next(path for path in EXAMPLES if path.name == "telehealth-alliance.yaml").read_bytes())
    home = tmp_path / "deal.sent"
    (home / "library" / "clauses").mkdir(parents=True)
    old = [home / ".termsheet-a1.tmp", home / ".termsheet-b2.tmp", home / "library" / "clauses" / ".termsheet-c3.tmp"]
    kept = [home / ".termsheet-young.tmp", home / "notes.tmp", home / ".termsheet-mine.txt"]
    old[0].mkdir()
    (old[0] / "draft.docx").write_bytes(b"half")
    for path in (*old[1:], *kept):
        path.write_bytes(b"half")
    for path in (*old, *kept[1:]):
        os.utime(path, (1_000_000, 1_000_000))
    assert run_cli("send", str(deal), "--draft")[0] == 0
    assert [path for path in old if path.exists()] == []
    assert all(path.exists() for path in kept)


def test_a_copy_that_cannot_be_written_sends_nothing(deal: Path, run_cli: Any) -> None:
    for copy, why in (("no folder/copy.docx", "its folder does not exist"), ("copy.docx", "is a folder")):
        Path("copy.docx").mkdir(exist_ok=True)
        code, _, err = run_cli("send", NAME, "--draft", "-o", copy)
        assert code == 2
        assert err.startswith(f"termsheet: {copy}: ")
        assert why in err
        assert not store.rounds(deal)


@pytest.mark.parametrize("command", ["send", "rounds", "outdated", "upgrade"])
def test_what_is_no_deal_is_told(deal: Path, run_cli: Any, command: str) -> None:
    code, out, err = run_cli(command, "nothing.yaml")
    assert (code, out, "nothing.yaml: there is no such file" in err) == (2, "", True)
    if command != "outdated":
        for folder in (".", ".."):
            code, _, err = run_cli(command, folder)
            assert (code, f"{folder}: this is a folder" in err) == (2, True)


def test_no_row_of_rounds_is_cut_to_what_is_alike(deal: Path, ok: Any) -> None:
    ok("send", NAME, "--draft")
    rewrite(deal, "within six months of launch", "within nine months of launch")
    told = ok("rounds", NAME)
    assert "within six months of launch" in told
    assert "within nine months of launch" in told


def test_positions_of_entries_that_are_called_alike_are_told_apart(deal: Path, ok: Any) -> None:
    shutil.copy(ROOT / "examples" / "eco-distribution.yaml", deal)
    ok("send", NAME)
    rewrite(deal, "45 days after invoice", "30 days after invoice")
    page = json.loads(ok("rounds", NAME, "--side", "verdantia", "--format", "json"))
    assert [(one["position"], one["standings"], one["verdict"]) for one in page["positions"]] == [
        ("money.fees/payment-days", ["fallback", "preferred"], "gained")
    ]


@pytest.mark.parametrize(
    "command",
    [("render", NAME, "--draft", "-o"), ("redline", NAME, "--from", "sent:1", "--draft", "-o"),
     ("rounds", NAME, "-o"), ("send", NAME, "--draft", "--again", "-o")],
)  # fmt: skip
def test_nothing_is_written_over_what_was_sent(deal: Path, ok: Any, run_cli: Any, command: tuple[str, ...]) -> None:
    ok("send", NAME, "--draft")
    before = Path("deal.sent/1/draft.docx").read_bytes()
    code, _, err = run_cli(*command, "deal.sent/1/draft.docx")
    assert (code, "is of a round that was sent, and stays as it is; name another file" in err) == (2, True)
    assert Path("deal.sent/1/draft.docx").read_bytes() == before
    assert len(store.rounds(deal)) == 1


def test_a_round_that_is_dated_before_the_last_is_told(deal: Path, run_cli: Any) -> None:
    assert run_cli("send", NAME, "--draft", "--on", "2026-05-09")[0] == 0
    code, _, err = run_cli("send", NAME, "--draft", "--again", "--on", "2026-05-01")
    assert (code, "it is dated 2026-05-01, before round 1 of 2026-05-09: if that is wrong" in err) == (0, True)
    assert "it is dated" not in run_cli("send", NAME, "--draft", "--again", "--on", "2026-05-01")[2]
