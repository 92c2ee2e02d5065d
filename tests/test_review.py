"""Review: everything that was changed in a mark-up is told, and nothing that nobody changed."""

from __future__ import annotations

import copy
import io
import json
import os
import random
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import markup
import pytest
from conftest import EXAMPLES
from lxml import etree
from office import converted, needs_office
from redlines.pairs import papers

from termsheet import source
from termsheet.assemble import assemble
from termsheet.errors import TermsheetError
from termsheet.returned.package import Package
from termsheet.returned.prose import plain
from termsheet.review import shown
from termsheet.review.issues import ADDED, CHANGED, COMMENT, DELETED, MOVED, Issue
from termsheet.review.lines import Place
from termsheet.review.review import Review, accepted, review
from termsheet.standing import Choice
from termsheet.wellformed import checked
from termsheet.word.options import Options
from termsheet.word.writer import write

NAMES = ("telehealth-alliance.yaml", "gruendach-empfehlung.yaml")
FORMS = ("term-sheet", "agreement")
SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{SPACE}}}"
BY = {f"{W}author": "Anna Berg", f"{W}date": "2027-03-04T10:00:00Z"}
PAPERS = [(name, form) for name in NAMES for form in FORMS]
_DRAFTS: dict[tuple[str, str], bytes] = {}


def example(name: str) -> Path:
    return next(path for path in EXAMPLES if path.name == name)


def drafted(name: str, form: str) -> bytes:
    if (name, form) not in _DRAFTS:
        deal, _ = checked(source.read(str(example(name))))
        made = assemble(deal, form, draft=True)
        _DRAFTS[name, form] = write(made.document, Options(digest=made.digest))
    return _DRAFTS[name, form]


def edited(data: bytes, change: Callable[[etree._Element], None], more: dict[str, str] | None = None) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/document.xml":
                tree = etree.fromstring(part)
                change(tree)
                part = etree.tostring(tree, xml_declaration=True, encoding="UTF-8")
            new.writestr(name, part)
        for name, text in (more or {}).items():
            new.writestr(name, text)
    return made.getvalue()


def reviewed(tmp_path: Path, name: str, data: bytes, **more: Any) -> Review:
    returned, deal = tmp_path / "returned.docx", tmp_path / "deal.yaml"
    returned.write_bytes(data)
    if not deal.exists():
        deal.write_bytes(example(name).read_bytes())
    return review(str(returned), source.read(str(deal)), str(deal), **more)


def text(node: etree._Element) -> str:
    spelt = {f"{W}br": "\n", f"{W}tab": " ", f"{W}noBreakHyphen": "-"}
    return "".join(
        one.text or "" if one.tag in (f"{W}t", f"{W}delText") else spelt.get(str(one.tag), "")
        for one in node.iter(f"{W}t", f"{W}delText", *spelt)
    )


def newer(node: etree._Element) -> str:
    """Its words with all that was taken out left out."""
    found = copy.deepcopy(node)
    for one in [*found.iter(f"{W}del")]:
        one.getparent().remove(one)
    return text(found)


def paragraphs(tree: etree._Element, most: int = 10_000) -> list[etree._Element]:
    """The paragraphs of clauses that hold words enough to be known, outside of the contents."""
    found = []
    for node in tree.iter(f"{W}p"):
        style = node.find(f"{W}pPr/{W}pStyle")
        named = style.get(f"{W}val") if style is not None else ""
        listed = named.upper().startswith("TOC") or any(one.find(f".//{W}docPartObj") is not None for one in node.iterancestors(f"{W}sdt"))
        if not listed and len(text(node).split()) > 8:
            found.append(node)
    return found[:most]


def run(words: str, *, gone: bool = False) -> etree._Element:
    made = etree.Element(f"{W}r")
    inner = etree.SubElement(made, f"{W}delText" if gone else f"{W}t")
    inner.text = words
    inner.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made


def tracked(kind: str, *runs: etree._Element) -> etree._Element:
    made = etree.Element(f"{W}{kind}", BY)
    made.set(f"{W}id", "900001")
    made.extend(runs)
    return made


def split(node: etree._Element, rng: random.Random) -> tuple[etree._Element, str, str, str]:
    """A run of the paragraph itself, and its words: before, of, and after a word in it."""
    runs = [one for one in node.iter(f"{W}r") if one.find(f"{W}t") is not None and re.search(r"\w{3,}", one.find(f"{W}t").text)]
    one = rng.choice(runs)
    words = [*re.finditer(r"\w{3,}", one.find(f"{W}t").text)]
    word = rng.choice(words)
    whole = one.find(f"{W}t").text
    return one, whole[: word.start()], word[0], whole[word.end() :]


def around(one: etree._Element, *parts: etree._Element) -> None:
    holder = one.getparent()
    place = holder.index(one)
    holder.remove(one)
    for part in reversed(parts):
        holder.insert(place, part)


def ends(node: etree._Element, kind: str) -> None:
    """Mark the end of a paragraph as put in or taken out."""
    properties = node.find(f"{W}pPr")
    if properties is None:
        properties = etree.Element(f"{W}pPr")
        node.insert(0, properties)
    for old in properties.findall(f"{W}rPr"):
        properties.remove(old)
    etree.SubElement(etree.SubElement(properties, f"{W}rPr"), f"{W}{kind}", BY).set(f"{W}id", "900002")


def take_out(node: etree._Element, kind: str = "del") -> None:
    """Take all words of a paragraph out, and its end."""
    for one in [*node.iter(f"{W}r")]:
        for inner in one.iter(f"{W}t"):
            inner.tag = f"{W}delText"
        holder, place = one.getparent(), one.getparent().index(one)
        holder.insert(place, tracked(kind, one))
    ends(node, kind)


def fresh(node: etree._Element, words: str, kind: str = "") -> etree._Element:
    """A new paragraph that looks like another."""
    made = etree.Element(f"{W}p")
    if node.find(f"{W}pPr") is not None:
        made.append(copy.deepcopy(node.find(f"{W}pPr")))
    made.append(tracked(kind, run(words)) if kind else run(words))
    if kind:
        ends(made, kind)
    return made


@dataclass
class Planted:
    """A change that was made by program: what must be told of it."""

    kind: str
    tracked: bool
    before: str
    after: str


def plant(tree: etree._Element, rng: random.Random, count: int) -> list[Planted]:
    """Changes of all kinds, at random, in paragraphs that are apart from each other."""
    every = paragraphs(tree)
    places = sorted(rng.sample(range(0, len(every) - 1, 2), min(count, len(every) // 2 - 2)))
    made: list[Planted] = []
    for number, place in enumerate(places):
        node = every[place]
        before = text(node)
        way = rng.choice(("replace", "insert", "delete", "paragraph in", "paragraph out"))
        is_tracked = rng.random() < 0.5
        alone = len(node.getparent().findall(f"{W}p")) > 1 or node.getparent().tag == f"{W}body"
        if way == "paragraph out" and not (alone or is_tracked):
            way = "insert"
        if way in ("replace", "insert", "delete"):
            one, head, word, tail = split(node, rng)
            new = {"replace": f"changed{number}", "insert": f"{word} added{number}", "delete": ""}[way]
            if is_tracked and way == "insert":
                parts = [run(head + word), tracked("ins", run(f" added{number}")), run(tail)]
            elif is_tracked:
                parts = [run(head), tracked("del", run(word, gone=True))]
                parts += [tracked("ins", run(new)), run(tail)] if new else [run(tail)]
            else:
                parts = [run(head + new + tail)]
            around(one, *parts)
            made.append(Planted(CHANGED, is_tracked, before, newer(node)))
        elif way == "paragraph in":
            words = f"New paragraph {number} says what nobody has said of it before{number}."
            node.addnext(fresh(node, words, "ins" if is_tracked else ""))
            made.append(Planted(ADDED, is_tracked, "", words))
        else:
            made.append(Planted(DELETED, is_tracked, before, ""))
            if is_tracked:
                take_out(node)
            else:
                node.getparent().remove(node)
    return made


def is_told(one: Planted, issue: Issue) -> bool:
    if issue.kind != one.kind or issue.tracked != one.tracked:
        return False
    return plain(one.before) in plain(issue.before) and plain(one.after) in plain(issue.after)


def unexplained(issues: list[Issue], planted: list[Planted]) -> tuple[list[Planted], list[Issue]]:
    """What was planted and not told, and what was told and not planted."""
    missed = [one for one in planted if not any(is_told(one, issue) for issue in issues)]
    return missed, [issue for issue in issues if not any(is_told(one, issue) for one in planted)]


# --- nothing, where nothing was changed ------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "form"), PAPERS)
def test_a_paper_that_comes_back_as_it_went_has_no_issue(tmp_path: Path, name: str, form: str) -> None:
    made = reviewed(tmp_path, name, drafted(name, form))
    assert (made.issues, made.share) == ([], 1.0)


@pytest.mark.parametrize(("name", "form"), PAPERS)
def test_formatting_and_what_editors_do_themselves_is_no_change(tmp_path: Path, name: str, form: str) -> None:
    def change(tree: etree._Element) -> None:
        for one in tree.iter(f"{W}r"):
            properties = etree.Element(f"{W}rPr")
            for tag in ("b", "i", "strike", "caps"):
                etree.SubElement(properties, f"{W}{tag}")
            etree.SubElement(properties, f"{W}rPrChange", BY).set(f"{W}id", "9")
            for old in one.findall(f"{W}rPr"):
                one.remove(old)
            one.insert(0, properties)
        for one in [*tree.iter(f"{W}t")]:
            one.text = one.text.replace("’", "'").replace("“", '"').replace("”", '"').replace("\u00a0", " ").replace("–", "-")
            if len(one.text) > 6:  # an editor cuts runs where it likes
                other = run(one.text[4:])
                one.text = one.text[:4]
                one.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                one.getparent().addnext(other)
        for node in tree.iter(f"{W}p"):
            properties = node.find(f"{W}pPr")
            if properties is not None:
                etree.SubElement(properties, f"{W}pPrChange", BY).append(etree.Element(f"{W}pPr"))
        for control in [*tree.iter(f"{W}sdt")]:  # unwrapped
            content = control.find(f"{W}sdtContent")
            if control.find(f"{W}sdtPr/{W}dataBinding") is not None:
                around(control, *content)

    assert reviewed(tmp_path, name, edited(drafted(name, form), change)).issues == []


@needs_office
@pytest.mark.parametrize("form", FORMS)
def test_a_paper_that_was_saved_as_odt_and_again_as_docx_has_no_issue(tmp_path: Path, form: str) -> None:
    path = tmp_path / "paper.docx"
    path.write_bytes(drafted(NAMES[0], form))
    odt = converted(path, "odt", ".odt")
    path.unlink()
    made = reviewed(tmp_path, NAMES[0], converted(odt, "docx", ".docx").read_bytes())
    assert [(issue.kind, issue.before, issue.after) for issue in made.issues] == []


# --- everything that was changed -------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("name", "form"), PAPERS)
def test_all_that_was_planted_is_told_and_nothing_else(tmp_path: Path, name: str, form: str, seed: int) -> None:
    planted: list[Planted] = []
    rng = random.Random(f"{name} {form} {seed}")
    data = edited(drafted(name, form), lambda tree: planted.extend(plant(tree, rng, 25)))
    made = reviewed(tmp_path, name, data)
    missed, invented = unexplained(made.issues, planted)
    assert len(planted) > 10
    assert (missed, invented) == ([], [])


def kinds(made: Review) -> list[tuple[str, bool]]:
    return [(issue.kind, issue.tracked) for issue in made.issues]


def row_of(tree: etree._Element, words: str) -> etree._Element:
    """The row of the table of terms whose heading is that."""
    cell = next(node for node in tree.iter(f"{W}p") if plain(text(node)) == words)
    return next(cell.iterancestors(f"{W}tr"))


def section_of(tree: etree._Element, words: str) -> list[etree._Element]:
    """The heading of a clause of an agreement, and all that stands below it up to the next."""
    body = tree[0]
    headings = [node for node in body if (style := node.find(f"{W}pPr/{W}pStyle")) is not None and style.get(f"{W}val") == "Heading1"]
    first = next(node for node in headings if plain(text(node)) == words)
    nodes = [*body]
    after = nodes.index(headings[headings.index(first) + 1])
    return nodes[nodes.index(first) : after]


@pytest.mark.parametrize("is_tracked", [True, False])
def test_a_row_that_is_deleted_is_a_clause_that_is_deleted(tmp_path: Path, is_tracked: bool) -> None:
    def change(tree: etree._Element) -> None:
        row = row_of(tree, "Governing law")
        if not is_tracked:
            row.getparent().remove(row)
            return
        properties = row.find(f"{W}trPr")
        if properties is None:
            properties = etree.Element(f"{W}trPr")
            row.insert(0, properties)
        etree.SubElement(properties, f"{W}del", BY).set(f"{W}id", "9")

    made = reviewed(tmp_path, NAMES[0], edited(drafted(NAMES[0], "term-sheet"), change))
    assert kinds(made) == [(DELETED, is_tracked)]
    issue = made.issues[0]
    assert issue.whole
    assert issue.place.title == "Governing law"
    assert "legal.governing_law.law" in issue.paths
    assert issue.who == ("Anna Berg" if is_tracked else "")


@pytest.mark.parametrize("is_tracked", [True, False])
def test_a_clause_that_is_moved_is_one_issue(tmp_path: Path, is_tracked: bool) -> None:
    def change(tree: etree._Element) -> None:
        nodes = section_of(tree, "Governing law")
        goal = section_of(tree, "Commission")[0]
        if is_tracked:
            for node in nodes:
                other = copy.deepcopy(node)
                goal.addprevious(other)
                for one in [*other.iter(f"{W}r")]:
                    holder, place = one.getparent(), one.getparent().index(one)
                    holder.insert(place, tracked("moveTo", one))
                ends(other, "moveTo")
                take_out(node, "moveFrom")
        else:
            for node in nodes:
                goal.addprevious(node)

    made = reviewed(tmp_path, NAMES[0], edited(drafted(NAMES[0], "agreement"), change))
    assert kinds(made) == [(MOVED, is_tracked)]
    issue = made.issues[0]
    assert issue.whole
    assert issue.place.title == "Governing law"
    assert issue.before.startswith("Governing law\n")


def test_a_clause_that_is_added_is_one_issue(tmp_path: Path) -> None:
    def change(tree: etree._Element) -> None:
        heading, *rest = section_of(tree, "Governing law")
        heading.addprevious(fresh(heading, "Audit of everything", "ins"))
        heading.addprevious(fresh(rest[0], "Pulsara opens all of its books to Clinivia each week.", "ins"))

    made = reviewed(tmp_path, NAMES[0], edited(drafted(NAMES[0], "agreement"), change))
    assert kinds(made) == [(ADDED, True)]
    issue = made.issues[0]
    assert issue.whole
    assert issue.after == "Audit of everything\nPulsara opens all of its books to Clinivia each week."
    assert issue.where == "after 63.2 Courts and arbitration"


@pytest.mark.parametrize("form", FORMS)
def test_a_comment_is_told_with_its_words(tmp_path: Path, form: str) -> None:
    def change(tree: etree._Element) -> None:
        node = paragraphs(tree)[7]
        start, end = etree.Element(f"{W}commentRangeStart"), etree.Element(f"{W}commentRangeEnd")
        for one in (start, end):
            one.set(f"{W}id", "3")
        node.insert(1, start)
        node.append(end)

    comments = (
        f'<w:comments xmlns:w="{SPACE}"><w:comment w:id="3" w:author="Ben" w:date="2027-03-05T08:00:00Z">'
        "<w:p><w:r><w:t>Too &lt;broad&gt; for us.</w:t></w:r></w:p></w:comment></w:comments>"
    )
    made = reviewed(tmp_path, NAMES[0], edited(drafted(NAMES[0], form), change, {"word/comments.xml": comments}))
    assert kinds(made) == [(COMMENT, True)]
    issue = made.issues[0]
    assert (issue.after, issue.who, issue.when) == ("Too <broad> for us.", "Ben", "2027-03-05T08:00:00Z")
    assert len(issue.before.split()) > 8
    assert issue.place.title
    assert "&lt;broad&gt;" in shown.html(made)
    assert "<broad>" not in shown.html(made)


def test_paragraphs_that_are_joined_and_split_in_tracked_changes_are_told(tmp_path: Path) -> None:
    def change(tree: etree._Element) -> None:
        one, other = (node for node in section_of(tree, "Governing law")[1:3])
        ends(one, "del")
        assert other is not None
        node = section_of(tree, "Liability")[1]
        head, tail = fresh(node, "First half"), fresh(node, " and second half.")
        ends(head, "ins")
        node.addnext(tail)
        node.addnext(head)

    made = reviewed(tmp_path, NAMES[0], edited(drafted(NAMES[0], "agreement"), change))
    assert (CHANGED, True) in kinds(made)
    assert any("First half" in issue.after for issue in made.issues)


def test_a_footnote_and_a_number_typed_over_a_reference_are_told(tmp_path: Path) -> None:
    def change(tree: etree._Element) -> None:
        begin = next(node for node in tree.iter(f"{W}instrText") if node.text.strip().startswith("REF"))
        node = next(begin.iterancestors(f"{W}p"))
        runs = list(node.iter(f"{W}r"))
        start = next(place for place, one in enumerate(runs) if begin in [*one])
        result = next(one for one in runs[start:] if one.find(f"{W}t") is not None)
        result.find(f"{W}t").text = "1 and any other paragraph"

    notes = (
        f'<w:footnotes xmlns:w="{SPACE}"><w:footnote w:id="0" w:type="separator"><w:p/></w:footnote><w:footnote w:id="2">'
        "<w:p><w:r><w:t>This is subject to the consent of the bank.</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    made = reviewed(tmp_path, NAMES[0], edited(drafted(NAMES[0], "term-sheet"), change, {"word/footnotes.xml": notes}))
    assert kinds(made) == [(CHANGED, False), (ADDED, False)]
    assert made.issues[1].where == "footnote"


def test_changes_that_stand_close_together_are_all_told(tmp_path: Path) -> None:
    """Every paragraph of a stretch is changed, tracked and untracked by turns, some of them both ways."""

    def change(tree: etree._Element) -> None:
        for number, node in enumerate(paragraphs(tree)[10:50]):
            one, head, word, tail = split(node, random.Random(number))
            if number % 3 == 0:
                around(one, run(f"{head}odd{number}x{tail}"))
            elif number % 3 == 1:
                around(one, run(head), tracked("del", run(word, gone=True)), tracked("ins", run(f"odd{number}x")), run(tail))
            else:
                around(one, run(f"also{number}x {head}"), tracked("ins", run(f"odd{number}x ")), run(word + tail))

    for name, form in PAPERS:
        made = reviewed(tmp_path, name, edited(drafted(name, form), change))
        (tmp_path / "deal.yaml").unlink()
        told = [(number, issue.tracked) for number in range(40) for issue in made.issues if f"odd{number}x" in issue.after
                and f"odd{number}x" not in issue.before]  # fmt: skip
        also = [number for number in range(40) for issue in made.issues if f"also{number}x" in issue.after
                and f"also{number}x" not in issue.before and not issue.tracked]  # fmt: skip
        assert told == [(number, number % 3 != 0) for number in range(40)], (name, form)
        assert also == list(range(2, 40, 3)), (name, form)
        assert len(made.issues) == 40 + 13, (name, form)


# --- hostile files ---------------------------------------------------------------------------------------------------


def repacked(parts: dict[str, bytes]) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        made = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                if name not in parts:
                    new.writestr(name, old.read(name))
            for name, part in parts.items():
                new.writestr(name, part)
        return made.getvalue()

    return change


def body(inner: bytes) -> dict[str, bytes]:
    return {"word/document.xml": b'<w:document xmlns:w="%s"><w:body>%s</w:body></w:document>' % (SPACE.encode(), inner)}


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SAID = b'<w:comment w:id="%d" w:author="B"><w:p><w:r><w:t>Why?</w:t></w:r></w:p></w:comment>'
TEN_THOUSAND = b'<w:comments xmlns:w="%s">%s</w:comments>' % (SPACE.encode(), b"".join(SAID % id for id in range(10_000)))
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><d>&b;</d>'
CROSSED = b'<w:del w:id="1"><w:sdt><w:sdtPr><w:dataBinding w:xpath="a"/></w:sdtPr><w:sdtContent></w:del>'
HOSTILE: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "empty": (lambda data: b"", "the file is empty"),
    "pdf": (lambda data: b"%PDF-1.7", "this is a PDF"),
    "old Word": (lambda data: OLE + bytes(2000), "a file of old Word"),
    "encrypted": (lambda data: OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "locked by a password"),
    "cut": (lambda data: data[: len(data) // 2], "damaged"),
    "macro": (repacked({"word/vbaProject.bin": b"x"}), "holds macros"),
    "bomb": (repacked({"word/document.xml": b" " * (200 << 20)}), "unpacks to more than 64 MB"),
    "entity": (repacked({"word/document.xml": LAUGHS.replace(b'"ha"', b'SYSTEM "file:///etc/passwd"')}), "declares a document type"),
    "laughs in the comments": (repacked({"word/comments.xml": LAUGHS}), "declares a document type"),
    "ten thousand comments": (repacked({"word/comments.xml": TEN_THOUSAND}), "more than 2,000 comments"),
    "a hundred thousand paragraphs": (repacked(body(b"<w:p><w:r><w:t>Words.</w:t></w:r></w:p>" * 100_000)), "more than 10,000 paragraphs"),
    "no end of broken controls": (repacked(body(b"<w:p>" + CROSSED * 300_000 + b"</w:p>")), "nested deeper"),
    "no end of controls": (repacked(body(b"<w:p>" + CROSSED + b"</w:p>" + b"<w:sdt>" * 2_000_000)), "not well-formed|nested deeper"),
}  # fmt: skip


@pytest.mark.skipif(os.name != "posix", reason="limits of time and memory are of POSIX")
@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_gets_one_sentence_in_bounded_time_and_memory(tmp_path: Path, kind: str) -> None:
    import resource

    make, said = HOSTILE[kind]
    returned, deal = tmp_path / "returned.docx", tmp_path / "deal.yaml"
    returned.write_bytes(make(drafted(NAMES[0], "term-sheet")))
    deal.write_bytes(example(NAMES[0]).read_bytes())

    def bounded() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
        resource.setrlimit(resource.RLIMIT_CPU, (60, 60))

    done = subprocess.run([sys.executable, "-m", "termsheet", "review", str(returned), str(deal)],
                          capture_output=True, text=True, preexec_fn=bounded)  # fmt: skip
    assert done.returncode == 2, done.stderr
    assert re.search(said, done.stderr)
    assert len(done.stderr.strip().splitlines()) == 1
    assert not done.stdout


@pytest.mark.skipif(os.name != "posix", reason="pipes with a name are of POSIX")
def test_what_is_no_file_gets_one_sentence(tmp_path: Path, run_cli: Any) -> None:
    deal = tmp_path / "deal.yaml"
    deal.write_bytes(example(NAMES[0]).read_bytes())
    os.mkfifo(tmp_path / "pipe.docx")
    (tmp_path / "folder.docx").mkdir()
    for command in ("review", "pull"):
        for name, said in (("pipe.docx", "a pipe or a device"), ("folder.docx", "is a directory"), ("none.docx", "no such file")):
            code, out, err = run_cli(command, str(tmp_path / name), str(deal))
            assert (code, out, len(err.splitlines())) == (2, "", 1)
            assert said in err
        assert "a pipe or a device" in run_cli(command, "/dev/zero", str(deal))[2]


# --- marked up in LibreOffice ------------------------------------------------------------------------------------------


needs_uno = pytest.mark.skipif(markup.python_with_uno() is None, reason="LibreOffice with its Python interface (python3-uno) is not installed")


@needs_uno
def test_all_that_was_planted_in_libreoffice_is_told_and_nothing_else(tmp_path: Path) -> None:
    """Thirty changes in three papers; `python -m tests.markup` plants some hundreds."""
    outcome = markup.run(30, 7, tmp_path, say=lambda line: None)
    assert outcome.planted.total() >= 28
    assert (outcome.missed, outcome.invented, outcome.wrong) == ([], [], [])
    assert len(outcome.lost) < 4


@needs_uno
def test_a_look_that_was_changed_in_libreoffice_is_no_change(tmp_path: Path) -> None:
    office = markup.Office(tmp_path / "profile")
    try:
        for odt in (False, True):
            _, back = markup.marked_up(office, tmp_path, "telehealth-alliance", "term-sheet", "classic", "0", [], odt=odt, look=True)
            assert markup.reviewed("telehealth-alliance", back).issues == []
    finally:
        office.close()


@needs_office
@pytest.mark.parametrize("form", FORMS)
def test_comments_that_libreoffice_saved_are_told(tmp_path: Path, form: str) -> None:
    """On a word and on a paragraph, one of them answered."""

    def change(tree: etree._Element) -> None:
        for id, node in zip(("3", "5"), paragraphs(tree)[20:40:10], strict=True):
            start, end, point = (etree.Element(f"{W}{tag}") for tag in ("commentRangeStart", "commentRangeEnd", "commentReference"))
            for one in (start, end, point):
                one.set(f"{W}id", id)
            node.insert(1, start)
            node.append(end)
            last = etree.SubElement(node, f"{W}r")
            last.append(point)

    said = '<w:comment w:id="{}" w:author="Ben" w:date="2027-03-05T08:00:00Z" w:initials="B"><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:comment>'
    comments = f'<w:comments xmlns:w="{SPACE}">{said.format(3, "Too broad.")}{said.format(5, "Why us?")}</w:comments>'
    data = edited(drafted(NAMES[0], form), change, {"word/comments.xml": comments})
    path = tmp_path / "paper.docx"
    path.write_bytes(with_comments(data))
    odt = converted(path, "odt", ".odt")
    path.unlink()
    made = reviewed(tmp_path, NAMES[0], converted(odt, "docx", ".docx").read_bytes())
    assert [(issue.kind, issue.after, issue.who, issue.when[:10]) for issue in made.issues] == [
        (COMMENT, "Too broad.", "Ben", "2027-03-05"), (COMMENT, "Why us?", "Ben", "2027-03-05")]  # fmt: skip
    assert all(issue.place.title and len(issue.before.split()) > 3 for issue in made.issues)


def with_comments(data: bytes) -> bytes:
    """The file, in which its comments are named as a part."""
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
    link = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "[Content_Types].xml":
                part = part.replace(b"</Types>", f'<Override PartName="/word/comments.xml" ContentType="{kind}"/></Types>'.encode())
            if name == "word/_rels/document.xml.rels":
                part = part.replace(b"</Relationships>", f'<Relationship Id="rIdC" Type="{link}" Target="comments.xml"/></Relationships>'.encode())
            new.writestr(name, part)
    return made.getvalue()


# --- what a change means ---------------------------------------------------------------------------------------------


def typed_over(data: bytes, path: str, words: str) -> bytes:
    from termsheet.word.controls import element

    def change(tree: etree._Element) -> None:
        for control in tree.iter(f"{W}sdt"):
            bound = control.find(f"{W}sdtPr/{W}dataBinding")
            if bound is not None and f"/t:{element(path)}[" in bound.get(f"{W}xpath"):
                content = control.find(f"{W}sdtContent")
                old = [*content]
                for one in old:
                    for inner in one.iter(f"{W}t"):
                        inner.tag = f"{W}delText"
                content.append(tracked("del", *old))
                content.append(tracked("ins", run(words)))

    return edited(data, change)


@pytest.mark.parametrize("form", FORMS)
def test_a_value_is_judged_and_can_be_accepted(tmp_path: Path, form: str) -> None:
    data = typed_over(drafted(NAMES[0], form), "exit.rights[convenience-each].notice", "5 days")
    made = reviewed(tmp_path, NAMES[0], data, choice=Choice("", "pulsara", "neutral"))
    assert {issue.kind for issue in made.issues} == {CHANGED}
    assert all(issue.tracked for issue in made.issues)
    assert all("exit.rights[convenience-each].notice" in issue.paths for issue in made.issues)
    assert made.issues[0].proposals[0][:3] == ("exit.rights[convenience-each].notice", "90 days", "5 days")
    assert made.pulled is not None
    after = accepted(made.pulled, ("exit.rights[convenience-each].notice",))
    before = made.pulled.before.text.splitlines()
    assert [line.strip() for line in after.text.splitlines() if line not in before] == ["notice: 5 days"]
    with pytest.raises(TermsheetError, match="did not come back changed"):
        accepted(made.pulled, ("deal.title",))


# --- what is not ours ------------------------------------------------------------------------------------------------


def test_a_paper_of_another_deal_gets_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(TermsheetError, match="another"):
        reviewed(tmp_path, NAMES[0], drafted(NAMES[1], "agreement"))
    deal, _ = checked(source.read(str(example(NAMES[1]))))
    bare = write(assemble(deal, "agreement", draft=True).document, Options(bound=False))
    with pytest.raises(TermsheetError, match="this is not a mark-up of the deal as it is"):
        reviewed(tmp_path, NAMES[0], bare)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 10_001, "more than 10,000 paragraphs"),
        ("<w:p><w:r><w:t>" + "a " * 2_100_000 + "</w:t></w:r></w:p>", "more than 2,000,000 characters"),
        ("<w:p/>", "no text"),
        ("<w:p><w:r><w:t>a b c</w:t></w:r></w:p>" * 9_000, "not a mark-up"),
        ("<w:tc><w:tr><w:fldChar w:fldCharType='end'/></w:tr></w:tc><w:p><w:ins/></w:p>", "no text"),
    ],
)
def test_a_hostile_file_gets_a_sentence(tmp_path: Path, body: str, told: str) -> None:
    def change(tree: etree._Element) -> None:
        tree[0].clear()
        tree[0].extend(etree.fromstring(f'<w:x xmlns:w="{SPACE}">{body}</w:x>'))

    with pytest.raises(TermsheetError, match=told):
        reviewed(tmp_path, NAMES[0], edited(drafted(NAMES[0], "term-sheet"), change))


def test_long_repetitions_are_answered_in_time(tmp_path: Path) -> None:
    def change(tree: etree._Element) -> None:
        for node in paragraphs(tree)[:40]:
            node.append(tracked("ins", run("a b " * 4_000)))
            node.append(run(" and the" * 1_000))

    made = reviewed(tmp_path, NAMES[0], edited(drafted(NAMES[0], "term-sheet"), change))
    assert len(made.issues) >= 40
    assert shown.table(made)
    assert shown.as_json(made)


# --- the command -----------------------------------------------------------------------------------------------------


def test_a_redline_is_reviewed_as_what_it_marks(tmp_path: Path, run_cli: Any) -> None:
    old, new, returned = tmp_path / "deal.yaml", tmp_path / "new.yaml", tmp_path / "back.docx"
    was = example(NAMES[0]).read_text("utf-8")
    old.write_text(was, "utf-8")
    new.write_text(was.replace("within 10 business days", "within 20 business days").replace("12 months", "18 months"), "utf-8")
    assert run_cli("send", str(old), "--draft", "--form", "agreement")[0] == 0
    args = ("--draft", "--form", "agreement", "--author", "Anna Berg", "-o", str(returned))
    assert run_cli("redline", str(old), str(new), *args)[0] == 0
    code, out, _ = run_cli("review", str(returned), str(old), "--format", "json")
    told = json.loads(out)
    assert code == 1
    assert told["answers"] == "round 1"
    words = [[(one["text"], one["change"]) for one in issue["words"] if one["change"]] for issue in told["issues"]]
    swapped = ([("12", "deleted"), ("18", "inserted")], [("10", "deleted"), ("20", "inserted")])
    assert words
    assert all(one in swapped for one in words)
    assert all(issue["kind"] == "changed" and issue["tracked"] and issue["paths"] for issue in told["issues"])
    assert {one["who"] for issue in told["issues"] for one in issue["by"]} == {"Anna Berg"}


def test_the_command_tells_in_every_form_and_writes_what_is_accepted(tmp_path: Path, run_cli: Any) -> None:
    deal, returned = tmp_path / "deal.yaml", tmp_path / "back.docx"
    deal.write_bytes(example(NAMES[0]).read_bytes())
    returned.write_bytes(drafted(NAMES[0], "term-sheet"))
    assert run_cli("review", str(returned), str(deal))[:2] == (0, f"{returned} answers the deal as it is: nothing was changed\n")
    path = "exit.rights[convenience-each].notice"
    returned.write_bytes(typed_over(drafted(NAMES[0], "term-sheet"), path, "5 days"))
    for style, words in (("table", "[-90-]{+5+} days"), ("markdown", "<del>90</del><ins>5</ins>"), ("html", "<ins>5</ins>")):
        code, out, _ = run_cli("review", str(returned), str(deal), "--side", "pulsara", "--format", style)
        assert code == 1
        assert words in out
        assert path in re.sub(r"</?(?:span|wbr)>", "", out)
        assert "Anna Berg" in out
    code, out, err = run_cli("review", str(returned), str(deal), "--accept", path)
    assert (code, out) == (0, f"taken: {path}: 90 days → 5 days\nleft: 0 issues\n")
    assert path in err
    assert "notice: 5 days" in deal.read_text("utf-8")
    returned.write_bytes(b"%PDF-1.7")
    code, out, err = run_cli("review", str(returned), str(deal))
    assert code == 2
    assert not out
    assert "this is a PDF" in err


def test_paths_on_a_page_break_at_their_joints_and_a_list_is_named_once() -> None:
    paths = ("scope.territory[belgium]", "deal.title", "scope.territory[france]", "exit.rights[each].notice", "exit.rights[each].cure")
    issue = Issue(CHANGED, True, Place("1", "Scope", "scope.field"), "a", "b", paths=paths)
    page = shown.html(Review("back.docx", "round 1", [issue], 1.0))
    told = [one.replace("<span>", "").replace("</span>", "") for one in re.findall("<code>(.*?)</code>", page)]
    assert told == [
        "scope.<wbr>territory<wbr>[belgium, france]", "deal.<wbr>title", "exit.<wbr>rights<wbr>[each].<wbr>notice",
        "exit.<wbr>rights<wbr>[each].<wbr>cure",
    ]  # fmt: skip
    assert "<span>[belgium,</span> <span>france]</span>" in page


def sent_and_back(tmp_path: Path, run_cli: Any, change: Callable[[etree._Element], None], form: str = "agreement") -> tuple[Path, Path]:
    """A deal of which a round is out, and its paper with a change."""
    deal, returned = tmp_path / "deal.yaml", tmp_path / "back.docx"
    deal.write_bytes(example(NAMES[0]).read_bytes())
    assert run_cli("send", str(deal), "--draft", "--form", form)[0] == 0
    returned.write_bytes(edited((tmp_path / "deal.sent/1/draft.docx").read_bytes(), change))
    return deal, returned


def retyped(tree: etree._Element, words: str, typed: str) -> None:
    """Other words in the one run that has them, tracked."""
    one = next(node for node in tree.iter(f"{W}r") if node.find(f"{W}t") is not None and words in node.find(f"{W}t").text)
    head, tail = one.find(f"{W}t").text.split(words, 1)
    around(one, run(head), tracked("del", run(words, gone=True)), tracked("ins", run(typed)), run(tail))


def own_redline(tmp_path: Path, run_cli: Any, form: str, *, is_sent: bool) -> tuple[Path, Path]:
    """A deal of two rounds, the second perhaps not sent, and the redline from the one to the other."""
    deal, returned = tmp_path / "deal.yaml", tmp_path / "back.docx"
    was = example(NAMES[0]).read_text("utf-8")
    deal.write_text(was, "utf-8")
    assert run_cli("send", str(deal), "--draft", "--form", form)[0] == 0
    now = was.replace("within 10 business days", "within 20 business days").replace("12 months", "18 months")
    deal.write_text(f"{now}\nclauses:\n  omit:\n    - clause: publicity.releases\n      reason: not wanted\n", "utf-8")
    if is_sent:
        assert run_cli("send", str(deal), "--draft", "--form", form)[0] == 0
    args = ("--from", "sent:1", "--draft", "--author", "Own House", "-o", str(returned))
    assert run_cli("redline", str(deal), *args)[0] == 0
    return deal, returned


@pytest.mark.parametrize("is_sent", [True, False])
@pytest.mark.parametrize("form", FORMS)
def test_a_redline_of_ones_own_tells_what_the_other_side_did_alone(tmp_path: Path, run_cli: Any, form: str, is_sent: bool) -> None:
    deal, returned = own_redline(tmp_path, run_cli, form, is_sent=is_sent)
    called = "round 2" if is_sent else "the deal as it is"
    code, out, _ = run_cli("review", str(returned), str(deal))
    assert code == 0, out
    assert f"its changes (Own House, {date.today()}) lead to {called}, and are left out" in out
    assert f"answers {called}: nothing was changed" in out

    def change(tree: etree._Element) -> None:
        retyped(tree, "the law of", "the laws of")
        for node in [*tree.iter(f"{W}ins")]:  # they strike one of our own words, and undo another
            if text(node) == "18" and node.get(f"{W}author") == "Own House":
                for inner in node.iter(f"{W}t"):
                    inner.tag = f"{W}delText"
                runs = [*node]
                node.append(tracked("del", *runs))
                break
        silent = next(node for node in tree.iter(f"{W}ins") if text(node) == "20")
        gone = next(node for node in tree.iter(f"{W}del") if text(node) == "10")
        for inner in gone.iter(f"{W}delText"):
            inner.tag = f"{W}t"
        gone.getparent().replace(gone, gone[0])
        silent.getparent().remove(silent)

    returned.write_bytes(edited(returned.read_bytes(), change))
    code, out, _ = run_cli("review", str(returned), str(deal), "--format", "json")
    told = json.loads(out)
    assert code == 1
    assert told["answers"] == called
    assert {one["who"] for one in told["own"]} == {"Own House"}
    words = [(issue["tracked"], [(one["text"], one["change"]) for one in issue["words"] if one["change"]]) for issue in told["issues"]]
    assert (False, [("20", "deleted"), ("10", "inserted")]) in words
    assert any(found[0] == (" 18 ", "deleted") for is_tracked, found in words if is_tracked)
    assert sum("laws" in str(found) for _, found in words) == 1
    assert len(words) == 3, words
    if is_sent:  # named by its file, the round from which it starts has our own changes as well
        code, out, _ = run_cli("review", str(returned), str(deal), "--sent", str(tmp_path / "deal.sent/1/draft.docx"), "--format", "json")
        assert json.loads(out)["own"] == []
        assert len(json.loads(out)["issues"]) > 3


def test_what_is_signed_like_a_redline_of_ones_own_is_told(tmp_path: Path, run_cli: Any) -> None:
    deal, returned = own_redline(tmp_path, run_cli, "agreement", is_sent=True)

    def change(tree: etree._Element) -> None:
        retyped(tree, "the law of", "the laws of")
        for node in tree.iter(f"{W}ins", f"{W}del"):
            if node.get(f"{W}author") == "Anna Berg":
                node.set(f"{W}author", "Own House")
                node.set(f"{W}date", f"{date.today()}T00:00:00Z")

    returned.write_bytes(edited(returned.read_bytes(), change))
    told = json.loads(run_cli("review", str(returned), str(deal), "--format", "json")[1])["issues"]
    assert [issue["tracked"] for issue in told] == [False]
    assert "the laws of" in told[0]["after"]


@pytest.mark.parametrize("seed", [1, 14, 27, 52])
def test_all_that_a_redline_does_itself_is_known(seed: int) -> None:
    from termsheet.compare.merged import merged
    from termsheet.review.issues import found, passages_of
    from termsheet.review.lines import lines
    from termsheet.review.own import own, settled
    from termsheet.review.paper import read
    from termsheet.word.options import Revised

    old, new, _ = papers(seed)
    by = Revised("Anna Berg", "2027-01-15T00:00:00Z")
    red = Package(write(merged(old, new), Options(bound=False, revised=by)), "redline")
    then, now = (read(Package(write(one, Options(bound=False)), "paper")) for one in (old, new))
    ways = settled(red, read(red))
    made = own(ways, read(red), now)
    assert made
    assert not found(lines(new, passages_of(now)), read(red, made.marks), []).issues
    assert not own(ways, read(red), then)


@needs_office
def test_a_redline_of_ones_own_that_libreoffice_saved_is_known(tmp_path: Path, run_cli: Any) -> None:
    deal, returned = own_redline(tmp_path, run_cli, "agreement", is_sent=True)
    converted(returned, "odt", ".odt")
    converted(returned.with_suffix(".odt"), "docx", ".docx")
    code, out, _ = run_cli("review", str(returned), str(deal))
    assert code == 0, out
    assert "its changes (Own House" in out


def test_words_that_no_field_holds_become_provisions(tmp_path: Path, run_cli: Any) -> None:
    books = "Pulsara opens all of its books to Clinivia each week."

    def change(tree: etree._Element) -> None:
        heading, *rest = section_of(tree, "Governing law")
        retyped(rest[0], "is governed by", "is ruled only by")
        heading.addprevious(fresh(heading, "Audit of everything", "ins"))
        heading.addprevious(fresh(rest[0], books, "ins"))
        for node in section_of(tree, "Publicity"):
            node.getparent().remove(node)

    deal, returned = sent_and_back(tmp_path, run_cli, change)
    was = deal.read_text("utf-8")
    code, out, err = run_cli("review", str(returned), str(deal), "--provisions", "all")
    assert code == 0, err
    assert out.count("taken: issue") == 3
    assert out.endswith("left: 0 issues\n")
    assert "provisions[audit-of-everything]" in err
    now = deal.read_text("utf-8")
    lines = now.splitlines()
    assert [line for line in was.splitlines() if line not in lines] == []
    data = source.read(str(deal)).data
    titles = {entry["title"]: entry for entry in data["provisions"]}
    assert titles["Audit of everything"]["text"] == books
    assert "is ruled only by" in titles["Governing law"]["text"]
    omitted = {entry["clause"] for entry in data["clauses"]["omit"]}
    assert {"legal.governing-law", "publicity.releases"} & omitted
    assert "legal.governing-law" in omitted
    # The paper says so now, each in its place.
    code, _, err = run_cli("render", str(deal), "--draft", "--form", "agreement", "-o", str(tmp_path / "new.md"))
    assert code == 0, err
    paper = (tmp_path / "new.md").read_text("utf-8")
    assert books in paper
    assert paper.count("is ruled only by the law of Ireland") == 1
    assert "is governed by the law of Ireland" not in paper
    # And a second look at the same mark-up says that the deal has it.
    told = json.loads(run_cli("review", str(returned), str(deal), "--format", "json")[1])["issues"]
    assert [issue["agreed"] for issue in told] == [True] * len(told)
    assert "in the deal by now" in run_cli("review", str(returned), str(deal))[1]
    again = deal.read_text("utf-8")
    code, _, err = run_cli("review", str(returned), str(deal), "--provisions", "all")
    assert code == 0
    assert "the deal says so already" in err
    assert deal.read_text("utf-8") == again


def test_what_cannot_be_a_provision_is_told(tmp_path: Path, run_cli: Any) -> None:
    path = "exit.rights[convenience-each].notice"
    deal, returned = sent_and_back(tmp_path, run_cli, lambda tree: None)
    returned.write_bytes(typed_over(returned.read_bytes(), path, "5 days"))
    was = deal.read_bytes()
    code, _, err = run_cli("review", str(returned), str(deal), "--provisions", "1")
    assert code == 1
    assert "take them with `--accept`" in err
    code, _, err = run_cli("review", str(returned), str(deal), "--provisions", "9")
    assert code == 2
    assert "there is no issue 9" in err
    assert deal.read_bytes() == was


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("is_tracked", [True, False])
def test_a_clause_of_which_the_heading_alone_is_left_is_deleted(tmp_path: Path, run_cli: Any, form: str, is_tracked: bool) -> None:
    def change(tree: etree._Element) -> None:
        if form == "agreement":
            _, *rest = section_of(tree, "Governing law")
        else:
            rest = [*[*row_of(tree, "Governing law").iter(f"{W}tc")][-1].iter(f"{W}p")]
        for node in rest:
            if is_tracked:
                strike(node)
            elif form == "agreement":
                node.getparent().remove(node)
            else:
                for one in [*node]:
                    if one.tag != f"{W}pPr":
                        node.remove(one)

    def strike(node: etree._Element) -> None:
        for one in [*node.iter(f"{W}r")]:
            for inner in one.iter(f"{W}t"):
                inner.tag = f"{W}delText"
            holder, place = one.getparent(), one.getparent().index(one)
            holder.insert(place, tracked("del", one))
        if form == "agreement":
            properties = node.find(f"{W}pPr")
            marks = properties.find(f"{W}rPr")
            if marks is None:
                marks = etree.SubElement(properties, f"{W}rPr")
            etree.SubElement(marks, f"{W}del", BY).set(f"{W}id", "9")

    deal, returned = sent_and_back(tmp_path, run_cli, change, form)
    issue = json.loads(run_cli("review", str(returned), str(deal), "--format", "json")[1])["issues"][0]
    assert (issue["kind"], issue["tracked"], issue["whole_clause"]) == (DELETED, is_tracked, True)
    path = "legal.governing_law.law"
    assert path in issue["paths"]
    code, _, err = run_cli("review", str(returned), str(deal), "--accept", path)
    assert code == 2
    assert "is no longer in the text: its clause was deleted" in err
    assert "`--provisions 1`" in err
    code, out, err = run_cli("review", str(returned), str(deal), "--provisions", "1")
    assert code == 0, err
    assert "taken: issue 1" in out
    assert "left: 0 issues" in out
    assert [one["clause"] for one in source.read(str(deal)).data["clauses"]["omit"]] == ["legal.governing-law"]
    assert run_cli("pull", str(returned), str(deal))[0] == 0
