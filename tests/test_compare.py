"""`termsheet diff` and `termsheet redline`: what has changed between two deals, as people and as Word read it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from office import needs_office
from redlines import accepted, around, bare, body, paragraphs, rejected

TEXT = (ROOT / "examples" / "telehealth-alliance.yaml").read_text(encoding="utf-8")
CHANGED = (
    TEXT.replace("initial: 3 years", "initial: 5 years")
    .replace("connection of the monitors to the platform", "connection of all monitors to the platform")
    .replace("We can live with 27%", "We can live with 26%")
)
needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@pytest.fixture
def deals(tmp_path: Path) -> tuple[str, str]:
    old, new = tmp_path / "old.yaml", tmp_path / "new.yaml"
    old.write_text(TEXT, encoding="utf-8")
    new.write_text(CHANGED, encoding="utf-8")
    return str(old), str(new)


def test_a_diff_tells_values_by_their_clause(deals: tuple[str, str], run_cli: Any) -> None:
    code, out, _ = run_cli("diff", *deals)
    assert code == 1
    assert out.startswith(f"2 values changed from {deals[0]} to {deals[1]}\n")
    assert "\n4. Scope\n  scope.in[connection-of-all-monitors-to-the]\n    - connection of the monitors to the platform\n    + connection of all monitors to the platform\n" in out
    assert "\n54. Term\n  term.initial\n    - 3 years\n    + 5 years\n" in out
    assert "27%" not in out


def test_a_deal_that_has_not_changed(deals: tuple[str, str], run_cli: Any) -> None:
    code, out, _ = run_cli("diff", deals[0], deals[0])
    assert (code, out) == (0, f"nothing has changed from {deals[0]} to {deals[0]}\n")


def test_other_formats(deals: tuple[str, str], run_cli: Any) -> None:
    _, out, _ = run_cli("diff", *deals, "--format", "json")
    read = json.loads(out)
    assert {"path": "term.initial", "old": "3 years", "new": "5 years", "clause": "54. Term"} in read["changes"]
    _, out, _ = run_cli("diff", *deals, "--format", "markdown")
    assert "| 54. Term | `term.initial` | 3 years | 5 years |" in out


def test_from_which_position_to_which(deals: tuple[str, str], run_cli: Any) -> None:
    _, out, _ = run_cli("diff", *deals, "--side", "pulsara", "--format", "json")
    moved = [(one["position"], one["old"], one["new"], one["approves"]) for one in json.loads(out)["positions"]]
    assert moved == [("term.initial/length", "preferred", "fallback", "head of partnerships")]


@needs_git
def test_since_a_revision(tmp_path: Path, run_cli: Any) -> None:
    deal = tmp_path / "deal with a space.yaml"
    git = ["git", "-C", str(tmp_path), "-c", "user.name=A", "-c", "user.email=a@example.com"]
    deal.write_text(TEXT, encoding="utf-8")
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "first"]):
        subprocess.run([*git, *command], check=True, capture_output=True)
    deal.write_text(CHANGED, encoding="utf-8")
    code, out, _ = run_cli("diff", str(deal), "--from", "HEAD")
    assert code == 1
    assert "term.initial" in out
    code, _, err = run_cli("diff", str(deal), "--from", "no-such-branch")
    assert code == 2
    assert "cannot be read at `no-such-branch`" in err
    code, _, err = run_cli("diff", str(deal), "--from=--output=x")
    assert code == 2
    assert "is no revision" in err


def test_since_a_round(tmp_path: Path, run_cli: Any) -> None:
    deal = tmp_path / "deal.yaml"
    deal.write_text(TEXT, encoding="utf-8")
    assert run_cli("send", str(deal))[0] == 0
    deal.write_text(CHANGED, encoding="utf-8")
    code, out, _ = run_cli("diff", str(deal), "--from", "sent:1")
    assert (code, "from round 1 to" in out, "term.initial" in out) == (1, True, True)
    code, _, err = run_cli("diff", str(deal), "--from", "sent:7")
    assert code == 2
    assert "there is no round `7`; name one of: sent:1" in err
    target = tmp_path / "redline.docx"
    assert run_cli("redline", str(deal), "--from", "sent:last", "-o", str(target))[0] == 0
    assert zipfile.ZipFile(target).read("word/document.xml").count(b"<w:ins ") > 1


@pytest.mark.parametrize("form", ["term-sheet", "agreement"])
@pytest.mark.parametrize("theme", ["modern", "classic"])
def test_a_redline_as_a_file(deals: tuple[str, str], run_cli: Any, tmp_path: Path, form: str, theme: str) -> None:
    files = [tmp_path / f"{name}.docx" for name in ("red", "old", "new")]
    look = ("--form", form, "--theme", theme)
    code, _, err = run_cli("redline", *deals, "-o", str(files[0]), "--author", "Anna Berg", "--date", "2027-01-15", *look)
    assert code == 0
    assert "changes from" in err
    for deal, file in zip(deals, files[1:], strict=True):
        assert run_cli("render", deal, "-o", str(file), "--plain", *look)[0] == 0
    red, old, new = (file.read_bytes() for file in files)
    assert bare(paragraphs(accepted(red))) == bare(paragraphs(body(new)))
    assert bare(paragraphs(rejected(red))) == bare(paragraphs(body(old)))
    with zipfile.ZipFile(files[0]) as archive:
        text = archive.read("word/document.xml").decode()
    assert 'w:author="Anna Berg" w:date="2027-01-15T00:00:00Z"' in text
    assert ">3 years</w:delText>" in text or ">3</w:delText>" in text


def test_a_redline_for_the_screen(deals: tuple[str, str], run_cli: Any, tmp_path: Path) -> None:
    target = tmp_path / "red.html"
    assert run_cli("redline", *deals, "-o", str(target))[0] == 0
    page = target.read_text(encoding="utf-8")
    assert "<del>3</del><ins>5</ins> years" in page
    assert "27%" not in page


def test_what_cannot_be_compared(deals: tuple[str, str], run_cli: Any, tmp_path: Path) -> None:
    target = str(tmp_path / "red.docx")
    for arguments, sentence in (
        (("redline", *deals, "-o", str(tmp_path / "red.md")), "a redline is no `.md`; end the output in .docx or .html"),
        (("redline", deals[0], "-o", target), "name two deals, or one and what it is compared with under --from"),
        (("diff", deals[0]), "name two deals, or one and what it is compared with under --from"),
        (("diff", *deals, "--from", "HEAD"), "name two deals, or one and what it is compared with under --from"),
        (("diff", deals[0], str(tmp_path / "gone.yaml")), "gone.yaml"),
    ):
        code, _, err = run_cli(*arguments)
        assert code == 2
        assert sentence in err
        assert "Traceback" not in err
    assert not Path(target).exists()


def test_a_new_deal_that_is_not_fit_is_refused(deals: tuple[str, str], run_cli: Any, tmp_path: Path) -> None:
    Path(deals[1]).write_text(CHANGED.replace("initial: 5 years", "initial: open"), encoding="utf-8")
    target = tmp_path / "red.docx"
    code, _, err = run_cli("redline", *deals, "-o", str(target))
    assert (code, target.exists()) == (1, False)
    assert "has open points" in err
    assert run_cli("redline", *deals, "-o", str(target), "--draft")[0] == 0


@pytest.mark.parametrize("form", ["term-sheet", "agreement"])
def test_what_stands_around_the_text_is_marked_too(deals: tuple[str, str], run_cli: Any, tmp_path: Path, form: str) -> None:
    changed = CHANGED.replace("title: Remote blood pressure", "title: Remote heart rhythm").replace("version: 3", "version: 4")
    Path(deals[1]).write_text(changed.replace("Clinivia Telehealth Limited", "Clinivia Care Limited"), encoding="utf-8")
    files = [tmp_path / f"{name}.docx" for name in ("red", "old", "new")]
    assert run_cli("redline", *deals, "-o", str(files[0]), "--form", form, "--draft")[0] == 0
    for deal, file in zip(deals, files[1:], strict=True):
        assert run_cli("render", deal, "-o", str(file), "--plain", "--form", form, "--draft")[0] == 0
    red, old, new = (file.read_bytes() for file in files)
    assert (around(red, "accept"), around(red, "reject")) == (around(new), around(old))
    assert any("(3)" in line for line in around(old))
    with zipfile.ZipFile(files[0]) as archive:
        assert b"w:delText" in archive.read("word/header1.xml")
        assert b"w:delText" in archive.read("word/footer1.xml")
    first = [words for _, words in paragraphs(accepted(red))[:12]]
    assert any("heart rhythm" in words for words in first)
    assert bare(paragraphs(rejected(red))) == bare(paragraphs(body(old)))


def test_titles_that_came_or_went_are_marked_on_the_screen(deals: tuple[str, str], run_cli: Any, tmp_path: Path) -> None:
    at = TEXT.index("\nrisks:")
    Path(deals[1]).write_text(TEXT[:at] + TEXT[TEXT.index("\nforce_majeure:") :], encoding="utf-8")
    target = tmp_path / "red.html"
    for old, new, tag in ((*deals, "del"), (*reversed(deals), "ins")):
        assert run_cli("redline", old, new, "-o", str(target), "--form", "agreement")[0] == 0
        page = target.read_text(encoding="utf-8")
        assert re.search(rf"<h3><span class=\"label\"><{tag}>\d+\.</{tag}> </span><{tag}>Known risks</{tag}></h3>", page)
        assert re.search(rf"<h2><span class=\"which\"><{tag}>Schedule \d</{tag}></span> <{tag}>Known risks</{tag}></h2>", page)
        assert f'<th scope="col"><{tag}>Risk</{tag}></th>' in page
        assert not set(re.findall(r'href="#([^"]+)"', page)) - set(re.findall(r' id="([^"]+)"', page))
        contents = page[page.index('<nav class="contents"') : page.index("</nav>")]
        assert ("Known risks" in contents) == (tag == "ins")


def test_a_redline_takes_what_render_takes_for_word(deals: tuple[str, str], run_cli: Any, tmp_path: Path) -> None:
    target = tmp_path / "red.docx"
    assert run_cli("redline", *deals, "-o", str(target), "--protect", "tracked", "--track-changes")[0] == 0
    with zipfile.ZipFile(target) as archive:
        settings = archive.read("word/settings.xml")
    assert b'<w:documentProtection w:edit="trackedChanges" w:enforcement="1"/>' in settings
    assert b"<w:trackRevisions/>" in settings
    code, _, err = run_cli("redline", *deals, "-o", str(tmp_path / "red.html"), "--protect", "tracked")
    assert code == 2
    assert "matters of Word; end the output in .docx" in err


@needs_office
def test_the_contents_of_a_redline_have_pages(deals: tuple[str, str], run_cli: Any, tmp_path: Path) -> None:
    at = TEXT.index("\nrisks:")
    Path(deals[1]).write_text(TEXT[:at] + TEXT[TEXT.index("\nforce_majeure:") :], encoding="utf-8")
    target = tmp_path / "red.docx"
    assert run_cli("redline", *deals, "-o", str(target), "--form", "agreement", "--paginate")[0] == 0
    with zipfile.ZipFile(target) as archive:
        text = archive.read("word/document.xml").decode()
    assert len(re.findall("PAGEREF", text)) == len(re.findall('<w:pStyle w:val="TOC1"/>', text)) > 60


def test_the_older_deal_is_a_draft_only_where_it_must_be(deals: tuple[str, str], run_cli: Any, tmp_path: Path) -> None:
    target = tmp_path / "red.docx"
    for text, drafted in ((TEXT, False), (TEXT.replace("initial: 3 years", "initial: open"), True)):
        Path(deals[0]).write_text(text, encoding="utf-8")
        assert run_cli("redline", *deals, "-o", str(target), "--form", "agreement")[0] == 0
        with zipfile.ZipFile(target) as archive:
            assert ("Draft (3)" in archive.read("word/document.xml").decode()) == drafted


def test_a_round_is_compared_in_its_own_form(tmp_path: Path, run_cli: Any) -> None:
    deal, target = tmp_path / "deal.yaml", tmp_path / "redline.html"
    deal.write_text(TEXT, encoding="utf-8")
    code, _, err = run_cli("redline", str(deal), "--from", "sent:last", "-o", str(target))
    assert code == 2
    assert "no round of it was sent; `termsheet send` freezes the first" in err
    assert run_cli("send", str(deal), "--form", "agreement")[0] == 0
    deal.write_text(CHANGED, encoding="utf-8")
    code, _, err = run_cli("redline", str(deal), "--from", "sent:last", "-o", str(target))
    assert (code, "all is marked" in err) == (0, False)
    few = int(err.split("(")[1].split()[0])
    assert 0 < few < 40
    code, _, err = run_cli("redline", str(deal), "--from", "sent:1", "-o", str(target), "--form", "term-sheet")
    assert code == 0
    assert "round 1 was sent as agreement, and is compared with term-sheet: nearly all is marked" in err
    assert int(err.split("(")[1].split()[0]) > 10 * few
    _, agreement, _ = run_cli("diff", str(deal), "--from", "sent:1")
    assert agreement == run_cli("diff", str(deal), "--from", "sent:1", "--form", "agreement")[1]


def test_a_value_of_many_lines_stands_below_its_sign(deals: tuple[str, str], run_cli: Any) -> None:
    old, new = deals
    text = Path(new).read_text("utf-8")
    Path(new).write_text(text + "\nprovisions:\n  - title: Set-off\n    text: |-\n      One.\n\n      Two.\n", "utf-8")
    assert "    + One.\n\n      Two.\n" in run_cli("diff", old, new)[1]


def test_entries_that_are_called_alike_are_told_apart(tmp_path: Path, run_cli: Any) -> None:
    """Three fees, of which the first is paid late: none of them has moved until one of them does."""
    text = (ROOT / "examples" / "eco-distribution.yaml").read_text("utf-8")
    one, two = tmp_path / "one.yaml", tmp_path / "two.yaml"
    one.write_text(text, "utf-8")
    two.write_text(text.replace("keep: 7 years", "keep: 8 years"), "utf-8")
    found = json.loads(run_cli("diff", str(one), str(two), "--side", "verdantia", "--format", "json")[1])
    assert ([change["path"] for change in found["changes"]], found["positions"]) == (["commercial.records.keep"], [])
    two.write_text(text.replace("45 days after invoice", "30 days after invoice"), "utf-8")
    found = json.loads(run_cli("diff", str(one), str(two), "--side", "verdantia", "--format", "json")[1])
    assert [(stand["position"], stand["old"], stand["new"], stand["path"]) for stand in found["positions"]] == [
        ("money.fees/payment-days", "fallback", "preferred", "commercial.payments[fee-nordlys-verdantia].due")
    ]


def test_provisions_and_clauses_that_are_left_out_are_told_in_words(tmp_path: Path, run_cli: Any) -> None:
    old, new = tmp_path / "old.yaml", tmp_path / "new.yaml"
    kept = "\nprovisions:\n  - title: Quiet days\n    text: {}\n    binding: {}\n"
    old.write_text(TEXT + kept.format("No calls on Sunday.", "yes") + "  - title: Visits\n    text: One a year.\n", "utf-8")
    made = TEXT + kept.format("No calls on Monday.", "no")
    made += "  - title: Payment\n    after: money.model\n    text: |-\n      Money is due.\n\n      At once.\n    binding: yes\n"
    made += "clauses:\n  omit:\n    - clause: publicity\n      reason: a secret of our own\n"
    new.write_text(made, "utf-8")
    code, out, _ = run_cli("diff", str(old), str(new))
    assert code == 1
    assert out.startswith(f"3 provisions, 1 clause changed from {old} to {new}\n")
    changed = "“Quiet days”, no longer binding\n    - No calls on Sunday.\n    + No calls on Monday.\n"
    assert f"  provision changed: {changed}" in out
    assert "  provision removed: “Visits”, not binding\n    - One a year.\n" in out
    assert "  provision added: “Payment”, binding\n    + Money is due.\n\n      At once.\n" in out
    assert "Publicity\n  clause left out: “Publicity” (publicity)\n" in out
    assert not any(word in out for word in ("provisions[", "clauses.omit", "in no clause", "secret"))
    _, back, _ = run_cli("diff", str(new), str(old), "--format", "markdown")
    assert "| provision removed: “Payment”, binding | Money is due.<br><br>At once. | – |" in back
    assert "| clause no longer left out: “Publicity” (publicity) | – | – |" in back
    _, out, _ = run_cli("diff", str(old), str(new), "--format", "json")
    paths = [one["path"] for one in json.loads(out)["changes"]]
    assert "provisions[payment].text" in paths
    assert "clauses.omit[publicity].clause" in paths
