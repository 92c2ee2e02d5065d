"""The translations of the library: each says all that its clause says, of the version that it names."""

from __future__ import annotations

import re

import pytest
from conftest import ROOT

from termsheet import forms
from termsheet.library.clause import ClauseSource
from termsheet.library.shelf import File, library, read
from termsheet.library.shelf import files as files_of

PAGES = [file for file in files_of(ROOT / "clauses") if file.language != "en"]
NAME = re.compile(r"\{#([a-z0-9-]+)\}")
LEADS = re.compile(r'\b(?:ref|included|schedule)\("[^)]*\)')
VALUE = re.compile(r"\b(?:[a-z_]+)(?:\.[a-z_]+)+\b")


def english(id: str) -> ClauseSource:
    return library()[id]


@pytest.mark.parametrize("file", PAGES, ids=lambda file: f"{file.id}.{file.language}")
def test_a_translation_has_every_text_of_its_clause(file: File) -> None:
    page, clause = read(file), english(file.id)
    assert set(page.texts) == set(clause.texts)
    assert page.front.data["translates"] == clause.front.get("changed", clause.front["since"])
    assert ("term" in page.front.data) == bool(clause.term)


@pytest.mark.parametrize("file", PAGES, ids=lambda file: f"{file.id}.{file.language}")
@pytest.mark.parametrize("what", [NAME, LEADS, VALUE], ids=["paragraphs", "references", "values"])
def test_a_translation_says_as_much_as_its_clause(file: File, what: re.Pattern[str]) -> None:
    told, wanted = (set(what.findall("\n".join(texts.values()))) for texts in (read(file).texts, english(file.id).texts))
    assert told == wanted


@pytest.mark.parametrize("name", forms.FORMS)
def test_a_german_form_has_every_word_of_its_own(name: str) -> None:
    german, own = forms.form(name, language="de"), forms.form(name)
    assert german.own_words
    assert german.words.keys() == own.words.keys()
    assert german.furniture.keys() == own.furniture.keys()
    assert [part.id for part in german.parts] == [part.id for part in own.parts]
    for told, wanted in (*zip(german.parts, own.parts, strict=True),):
        assert told.heading != wanted.heading
    for told, wanted in ((german.paper, own.paper), (german.deal, own.deal), (german.noun, own.noun)):
        assert told != wanted
