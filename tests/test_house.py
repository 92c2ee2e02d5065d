"""A house's own clauses and forms, on top of those of termsheet, and texts in another language."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT

from termsheet import forms, source, writers
from termsheet.assemble import Assembly, assemble
from termsheet.document import Document
from termsheet.errors import LibraryError, Refused
from termsheet.house import House
from termsheet.library.shelf import library
from termsheet.render import render
from termsheet.wellformed import checked

DEAL = """
deal: {title: Short deal, type: pilot, binding: nothing, currency: EUR, language: LANGUAGE}
parties:
  - {id: acme, name: Acme Devices GmbH, short: Acme}
  - {id: bora, name: Borealis Oy, short: Borealis}
scope: {territory: [Finland, Norway], summary: the parties test the device together}
term: {initial: 3 months}
"""
OWN = """---
title: Sustainability
subject: sustainability
since: "1"
source: own
---

Each party keeps its use of energy low. {#energy}
"""


class Folder:
    """The folders of a house below a folder of the test."""

    def __init__(self, top: Path) -> None:
        self.top = top
        for name in ("clauses", "templates"):
            (top / name).mkdir(exist_ok=True)

    def put(self, name: str, text: str) -> Folder:
        """Write a file."""
        path = self.top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return self

    @property
    def house(self) -> House:
        return House((self.top / "clauses",), (self.top / "templates",))

    def paper(self, more: str = "", form: str = "term-sheet", language: str = "en-GB") -> Assembly:
        """The paper of the short deal."""
        deal, found = checked(source.parse(DEAL.replace("LANGUAGE", language) + more, "deal.yaml"))
        assert [finding.message for finding in found] == []
        return assemble(deal, form, draft=True, house=self.house)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def words(document: Document) -> str:
    return re.sub(r"\s+", " ", writers.read_text(writers.write(document, ".txt"), ".txt"))


def ids(document: Document) -> list[str]:
    return [clause.id for clause in document.clauses()]


# --- clauses


def test_a_house_clause_replaces_the_one_of_its_id(folder: Folder) -> None:
    folder.put("clauses/scope/territory.md", OWN.replace("Sustainability", "Where").replace("Each party keeps its use of energy low.", "Everywhere."))  # fmt: skip
    text = words(folder.paper().document)
    assert "Everywhere." in text
    assert "Finland" not in text
    assert library(folder.house.clauses)["scope.territory"].title == "Where"
    assert library()["scope.territory"].title != "Where"


def test_a_house_clause_extends_the_one_of_its_id(folder: Folder) -> None:
    folder.put(
        "clauses/scope/territory.md",
        "---\nextends: true\ntitle: Where\nvariants:\n  north: \"'Norway' in scope.territory\"\n---\n\n"
        "## north\n\nThe north: {{ scope.territory | list }}. {#north}\n",
    )
    clause = library(folder.house.clauses)["scope.territory"]
    assert dict(clause.variants) == {"default": "otherwise", "north": "'Norway' in scope.territory"}
    assert clause.reads == ("scope",)
    assert [Path(file).name for file in clause.files] == ["territory.md", "territory.md"]
    assert "The north: Finland and Norway." in words(folder.paper().document)


def test_an_extension_without_a_text_changes_the_front_matter(folder: Folder) -> None:
    folder.put("clauses/scope/territory.md", "---\nextends: true\ntitle: Where\n---\n")
    titles = [clause.title for clause in folder.paper().document.clauses()]
    assert "Where" in titles
    assert library()["scope.territory"].title not in titles


def test_an_extension_gives_a_form_its_own_text(folder: Folder) -> None:
    folder.put(
        "clauses/scope/territory.md",
        "---\nextends: true\n---\n\n## default (term-sheet)\n\nOnly: {{ scope.territory | list }}. {#only}\n",
    )
    assert "Only: Finland and Norway." in words(folder.paper().document)


def test_positions_are_replaced_and_added_by_their_id(folder: Folder) -> None:
    folder.put(
        "clauses/term/renewal.md",
        "---\nextends: true\npositions:\n  - {id: kind, question: Ours?}\n  - {id: extra, question: More?}\n---\n",
    )
    given = [position.value for position in library(folder.house.clauses)["term.renewal"].positions]
    assert [position["id"] for position in given] == ["kind", "notice", "extra"]
    assert given[0]["question"] == "Ours?"


def test_a_new_clause_stands_where_a_deal_adds_it(folder: Folder) -> None:
    folder.put("clauses/house/sustainability.md", OWN)
    assert "house.sustainability" not in ids(folder.paper().document)
    assert "house.sustainability" in ids(folder.paper("clauses: {add: [house.sustainability]}\n").document)


def test_of_two_folders_the_later_wins(folder: Folder, tmp_path: Path) -> None:
    folder.put("clauses/scope/territory.md", OWN)
    folder.put("more/scope/territory.md", "---\nextends: true\ntitle: Third\n---\n")
    clause = library((tmp_path / "clauses", tmp_path / "more"))["scope.territory"]
    assert clause.title == "Third"
    assert len(clause.files) == 2
    assert library((tmp_path / "more", tmp_path / "clauses"))["scope.territory"].title == "Sustainability"


def test_nothing_leaks_from_one_deal_into_the_next(folder: Folder) -> None:
    folder.put("clauses/scope/territory.md", OWN)
    first = words(folder.paper().document)
    deal, _ = checked(source.parse(DEAL.replace("LANGUAGE", "en-GB"), "deal.yaml"))
    assert "Finland and Norway" in words(assemble(deal, draft=True).document)
    assert words(folder.paper().document) == first


def test_a_file_that_changes_is_read_again(folder: Folder) -> None:
    folder.put("clauses/scope/territory.md", OWN)
    assert "energy low" in words(folder.paper().document)
    folder.put("clauses/scope/territory.md", OWN.replace("low.", "very low."))
    assert "energy very low" in words(folder.paper().document)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("clauses/house/x.md", "---\nextends: true\n---\n", "extends the clause `house.x`, which is not there"),
        ("clauses/scope/territory.md", "no front matter\n", "does not begin with its front matter"),
        ("clauses/scope/territory.md", "---\ntitle: A\n---\n\nText.\n", "subject"),
        ("clauses/scope/territory.md", "---\nextends: true\nvariants: {a: otherwise}\n---\n", "one text for each of its variants"),
        ("clauses/house/x.fr.md", "---\ntitle: A\ntranslates: '1'\n---\n\nTexte.\n", "translates a clause that is not there"),
        ("templates/term-sheet.yaml", "extends: nothing\n", "extends the form `nothing`, which is not there"),
        ("templates/term-sheet.yaml", "extends: term-sheet\nadd: [{clause: a, after: b}]\n", "names the clause `b`, which the form does not have"),
        ("templates/term-sheet.yaml", "extends: term-sheet\nadd: [{clause: a}]\n", "does not say where `a` stands"),
        ("templates/term-sheet.yaml", "extends: term-sheet\nadd: [{clause: term.initial, after: scope.territory}]\n", "adds `term.initial`, which the form has already"),
        ("templates/term-sheet.yaml", "extends: term-sheet\nheadings: {x: y}\n", "has a heading for the part `x`"),
        ("templates/term-sheet.fr.yaml", "extends: term-sheet\n", "`extends` is not a matter of words"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_with_its_file(
    folder: Folder, name: str, text: str, message: str
) -> None:
    folder.put(name, text).put("templates/words.yaml", FRENCH)
    with pytest.raises(LibraryError, match=re.escape(message)) as raised:
        folder.paper(language="fr" if ".fr." in name else "en-GB")
    assert raised.value.file.endswith(name.rpartition("/")[2])


def test_forms_that_extend_each_other(folder: Folder) -> None:
    folder.put("templates/a.yaml", "extends: b\n").put("templates/b.yaml", "extends: a\n")
    with pytest.raises(LibraryError, match="extends itself: a → b → a"):
        folder.paper(form="a")


# --- forms


def test_a_house_form_changes_a_little(folder: Folder) -> None:
    folder.put("clauses/house/sustainability.md", OWN)
    folder.put(
        "templates/term-sheet.yaml",
        "extends: term-sheet\ntitle: Heads of Terms\nheadings: {commercial: The deal}\n"
        "add:\n  - {clause: house.sustainability, after: scope.statement}\nwithout: [scope.territory]\n"
        "words: {signed_for: Signed for}\n",
    )
    document = folder.paper().document
    assert document.title == "Heads of Terms"
    assert "The deal" in document.parts[0].heading
    found = ids(document)
    assert found[found.index("scope.statement") + 1] == "house.sustainability"
    assert "scope.territory" not in found
    assert document.signatures[0].lead == "Signed for"
    assert document.words.term == "Term"


def test_a_house_form_of_another_name(folder: Folder) -> None:
    folder.put("templates/brief.yaml", "extends: term-sheet\ntitle: In brief\n")
    assert folder.paper(form="brief").document.title == "In brief"
    assert folder.paper().document.title == "Term Sheet"
    assert forms.names(folder.house.templates)[-1] == "brief"
    with pytest.raises(LibraryError, match=r"there is no form `term`; use term-sheet.*, brief"):
        folder.paper(form="term")


def test_a_house_form_that_stands_for_itself(folder: Folder) -> None:
    page = (ROOT / "templates" / "term-sheet.yaml").read_text(encoding="utf-8")
    folder.put("templates/term-sheet.yaml", page.replace("title: Term Sheet", "title: Outline"))
    assert folder.paper().document.title == "Outline"


# --- through the configuration


def configured(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    Folder(tmp_path).put("clauses/house/sustainability.md", OWN)
    (tmp_path / ".termsheet.yaml").write_text("clauses: clauses\ntemplates: templates\nselect: [clauses]\n")
    deal = tmp_path / "deal.yaml"
    deal.write_text(DEAL.replace("LANGUAGE", "en-GB") + "clauses: {add: [house.sustainability]}\n")
    return deal


def test_render_takes_the_folders_of_the_configuration(tmp_path: Path, run_cli: Any) -> None:
    deal = configured(tmp_path)
    code, out, err = run_cli("render", str(deal))
    assert (code, "energy low" in out) == (0, True), err


def test_lint_knows_the_clauses_of_the_house(tmp_path: Path, run_cli: Any) -> None:
    deal = configured(tmp_path)
    assert run_cli("lint", str(deal))[0] == 0
    code, out, _ = run_cli("lint", "--isolated", "--select", "clauses", str(deal))
    assert code == 1
    assert "no clause has the id `house.sustainability`" in out


def test_lint_knows_the_variants_that_a_house_adds(tmp_path: Path, run_cli: Any) -> None:
    deal = configured(tmp_path)
    Folder(tmp_path).put(
        "clauses/status/preamble.md",
        "---\nextends: true\nvariants: {short: 'false'}\n---\n\n## short\n\nIn short. {#short}\n",
    )
    text = deal.read_text().replace(
        "clauses: {add", "clauses: {use: [{clause: status.preamble, variant: WISH}], add"
    )
    for wish, code in (("short", 0), ("nothing", 0), ("long", 1)):
        deal.write_text(text.replace("WISH", wish))
        assert run_cli("lint", str(deal))[0] == code, wish
    deal.write_text(text.replace("WISH", "short"))
    assert "In short." in run_cli("render", str(deal))[1]


# --- other languages

FRENCH = (ROOT / "templates" / "words.yaml").read_text(encoding="utf-8").replace("\nen:", "\nfr:")
FORM = """
title: Accord de principe
headings: {commercial: Conditions commerciales}
words: {part: "Partie {} – {}", means: désigne}
"""


def french(folder: Folder) -> Folder:
    """A house that has a few things in French."""
    folder.put("templates/words.yaml", FRENCH)
    folder.put("templates/term-sheet.fr.yaml", FORM)
    folder.put("templates/small.yaml", SMALL).put("templates/small.fr.yaml", FORM)
    head = "---\ntitle: {}\ntranslates: '0.1'\n---\n\n"
    folder.put(
        "clauses/scope/territory.fr.md",
        head.format("Territoire") + "Territoire : {{ scope.territory | list }}. {#territory}\n",
    )
    folder.put(
        "clauses/status/preamble.fr.md",
        head.format("Préambule")
        + "".join(
            f"## {name}\n\nPréambule {name}. {{#p}}\n\n" for name in ("all", "nothing", "listed", "unsettled")
        ),
    )
    return folder


SMALL = """
form: term-sheet
title: Term Sheet
subtitle: ""
intro: [status.preamble]
parts:
  - {id: commercial, heading: Commercial terms, clauses: [scope.territory]}
words: {part: "Part {} – {}", term: T, summary: S, open_points: O, signatures: S, signature: S, signed_for: F, signed_by: B, name: N, title: T, date: D, means: means}
duty: {binding: {one: shall, many: shall}, intended: {one: intends to, many: intend to}}
furniture: {}
"""


@pytest.mark.parametrize("language", ["fr", "fr-CH"])
def test_a_deal_takes_the_texts_of_its_language(folder: Folder, language: str) -> None:
    made = french(folder).paper(form="small", language=language)
    assert made.document.title == "Accord de principe"
    assert made.document.parts[0].heading == "Partie A – Conditions commerciales"
    assert [clause.title for clause in made.document.clauses()] == ["Territoire"]
    text = words(made.document)
    assert "Territoire : Finland et Norway." in text
    assert "Préambule nothing." in text
    assert made.foreign == ()


def test_an_english_deal_takes_none_of_it(folder: Folder) -> None:
    made = french(folder).paper(form="small")
    assert made.document.title == "Term Sheet"
    text = words(made.document)
    assert "Finland and Norway" in text
    assert "Territoire" not in text


def test_what_has_no_text_in_the_language_is_named(folder: Folder) -> None:
    made = french(folder).paper(language="fr")
    assert "scope.statement" in made.foreign
    assert "scope.territory" not in made.foreign
    assert "the form term-sheet" not in made.foreign
    (folder.top / "templates" / "term-sheet.fr.yaml").unlink()
    assert "the form term-sheet" in folder.paper(language="fr").foreign


def test_a_house_text_on_top_of_a_translated_one_is_not_translated(folder: Folder) -> None:
    french(folder)
    folder.put(
        "more/scope/territory.md", "---\nextends: true\n---\n\nAll of {{ scope.territory | list }}. {#x}\n"
    )
    folders = (*folder.house.clauses, folder.top / "more")
    assert library(folders, "fr")["scope.territory"].foreign == {("default", "")}
    folder.put("more/scope/territory.fr.md", "---\ntitle: Lieu\ntranslates: '0.1'\n---\n\nTout. {#x}\n")
    clause = library(folders, "fr")["scope.territory"]
    assert (clause.title, clause.foreign) == ("Lieu", frozenset())


def test_a_form_changed_on_top_of_a_translation_is_not_translated(folder: Folder) -> None:
    french(folder)
    (folder.top / "more").mkdir()
    templates = (*folder.house.templates, folder.top / "more")
    folder.put("more/small.yaml", "extends: small\nwithout: [scope.territory]\n")
    assert forms.form("small", templates, "fr").own_words
    folder.put("more/small.yaml", "extends: small\ntitle: Heads of Terms and more\n")
    assert not forms.form("small", templates, "fr").own_words
    assert forms.form("small", templates, "en").own_words


def test_render_refuses_what_is_not_translated_in_one_sentence(tmp_path: Path, run_cli: Any) -> None:
    deal = configured(tmp_path)
    french(Folder(tmp_path))
    deal.write_text(deal.read_text().replace("en-GB", "fr"))
    with pytest.raises(
        Refused,
        match=r"no text in the language `fr` for .*house\.sustainability.*; translate them, or render a draft with `--draft`",
    ):
        render(str(deal), None)
    code, _, err = run_cli("render", str(deal), "--draft", "-o", str(tmp_path / "out.txt"))
    assert code == 0, err
    assert re.search(r"printed in English, for want of a text in `fr`: .*house\.sustainability", err)
    text = (tmp_path / "out.txt").read_text(encoding="utf-8")
    assert "Territoire : Finland et Norway." in re.sub(r"\s+", " ", text)
    assert "energy low" in re.sub(r"\s+", " ", text)
