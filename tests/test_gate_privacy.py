"""What is private of a deal changes no byte of a paper that leaves, and nothing of it is found in one."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import pytest
from gate.bench import packed, taken_apart
from gate.papers import EXAMPLES, FORMS, Paper
from gate.privacy import planted, traces
from gate.samples import TERMS

from termsheet import source, writers
from termsheet.assemble import assemble
from termsheet.render import Wanted, render
from termsheet.wellformed import checked

pytestmark = pytest.mark.xdist_group("gate")
SENTINEL = "SENTINEL-7f3a9c"
SUFFIXES = [suffix for suffix in writers.SUFFIXES if suffix != ".pdf"]  # a PDF is made of the bytes of a .docx
BY_NAME = pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
BY_FORM = pytest.mark.parametrize("form", FORMS)


@BY_NAME
@BY_FORM
def test_what_is_private_changes_no_byte(path: Path, form: str) -> None:
    text, places = planted(path.read_text(encoding="utf-8"), SENTINEL)
    assert len(set(places)) > 25
    deal, found = checked(source.parse(text, f"{SENTINEL}.yaml"))
    assert [one.message for one in found] == []
    made = assemble(deal, form)
    paper = Paper(path.stem, form)
    assert made.digest == paper.assembly.digest
    for suffix in SUFFIXES:
        data = writers.write(made.document, suffix)
        assert data == writers.write(paper.document, suffix), suffix
        assert traces(data, SENTINEL, text.encode()) == [], suffix


def test_every_private_place_of_the_schema_is_tried_in_some_example() -> None:
    places = {place for path in EXAMPLES for place in planted(path.read_text(encoding="utf-8"), SENTINEL)[1]}
    assert len(places) > 80
    assert {"internal", "waivers", "comments", "review.internal_alignment", "risks. that is not shared",
            "signoff.departments", "parties.note", "provisions.why"} <= places  # fmt: skip


# --- the whole way, from a folder whose every file is private


PLAYBOOK = f"""
name: {SENTINEL} playbook
about: {SENTINEL} wants it all
positions:
  exit.rights/notice:
    question: {SENTINEL} asks
    preferred: {{if: 'it.notice >= "12 months"', says: "{SENTINEL} wants a year"}}
    fallback: {{if: 'it.notice >= "1 month"', says: "{SENTINEL} takes a month"}}
    walk_away: {{says: "{SENTINEL} leaves"}}
    guidance: "{SENTINEL} says so"
    approves: "{SENTINEL} counsel"
"""


@pytest.fixture(scope="module")
def private(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A deal in a folder with the sentinel in every name, in its configuration and in its playbook."""
    folder = tmp_path_factory.mktemp(f"{SENTINEL} folder")
    text, _ = planted(EXAMPLE.read_text(encoding="utf-8"), SENTINEL)
    (folder / f"{SENTINEL} playbook.yaml").write_text(PLAYBOOK, encoding="utf-8")
    (folder / ".termsheet.yaml").write_text(f"# {SENTINEL}\nplaybook: {SENTINEL} playbook.yaml\n", encoding="utf-8")
    (folder / f"{SENTINEL} deal.yaml").write_text(text, encoding="utf-8")
    return folder / f"{SENTINEL} deal.yaml"


EXAMPLE = next(path for path in EXAMPLES if path.stem == "picking-robot-pilot")


@BY_FORM
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_no_file_that_leaves_tells_what_is_private(private: Path, tmp_path: Path, suffix: str, form: str) -> None:
    ours, theirs = private.with_suffix(suffix), tmp_path / f"open{suffix}"
    made = render(str(private), str(ours), Wanted(form=form, draft=True))
    render(str(EXAMPLE), str(theirs), Wanted(form=form, draft=True))
    assert made.data == ours.read_bytes() == theirs.read_bytes()
    assert traces(made.data, SENTINEL, private.read_bytes()) == []


def test_with_internal_it_is_told(private: Path, tmp_path: Path) -> None:
    """The control: the sentinel does reach a paper that is meant for the own side, and is found there."""
    data = render(str(private), str(tmp_path / "own.docx"), Wanted(draft=True, internal=True)).data
    found = traces(data, SENTINEL)
    assert "word/comments.xml: plain" in found


# --- the search itself


def _with(name: str, part: bytes) -> bytes:
    return packed(taken_apart(TERMS.data) | {name: part})


@pytest.mark.parametrize(
    ("name", "part", "how"),
    [
        ("customXml/item9.xml", SENTINEL.encode(), "customXml/item9.xml: plain"),
        ("customXml/item9.xml", SENTINEL.lower().encode(), "customXml/item9.xml: plain"),
        (f"customXml/{SENTINEL}.xml", b"", "name of a part: plain"),
        ("docProps/x.bin", SENTINEL.encode("utf-16-le"), "docProps/x.bin: UTF-16"),
        ("docProps/x.bin", SENTINEL.encode().hex().encode(), "docProps/x.bin: in hexadecimal"),
        ("docProps/x.bin", base64.b64encode(SENTINEL.encode()), "docProps/x.bin: in base64"),
        ("docProps/x.bin", base64.b64encode(b"a" + SENTINEL.encode()), "docProps/x.bin: in base64"),
        ("docProps/x.bin", base64.b64encode(b"ab" + SENTINEL.encode()), "docProps/x.bin: in base64"),
        ("docProps/x.bin", hashlib.sha256(b"deal").hexdigest().encode(), "docProps/x.bin: sha256 of the deal"),
        ("docProps/x.bin", hashlib.md5(SENTINEL.encode()).hexdigest().encode(), "docProps/x.bin: md5 of it"),
    ],
)
def test_the_search_finds_it_however_it_is_spelt(name: str, part: bytes, how: str) -> None:
    assert how in traces(_with(name, part), SENTINEL, b"deal")
    assert traces(TERMS.data, SENTINEL, b"deal") == []
