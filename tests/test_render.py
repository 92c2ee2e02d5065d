"""From a deal to a paper: the right clauses, right numbers, and every word of the deal as it was written."""

from __future__ import annotations

import copy
import hashlib
import os
import re
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from conftest import EXAMPLES, ROOT
from office import counted, labels, needs_office, needs_poppler, pages, saved

from termsheet import source, writers
from termsheet.assemble import Assembly, assemble
from termsheet.deal import Deal
from termsheet.document import Document, Open, Paragraph, Ref, Table, Term, Value, block_inlines, shown
from termsheet.errors import LibraryError, Refused, WriteError
from termsheet.render import render
from termsheet.schema import deal_schema
from termsheet.verify import verify
from termsheet.wellformed import checked

UNPRINTED: dict[str, list[str]] = {}
BY_NAME = pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)


def made(text: str, *, draft: bool = True, form: str = "term-sheet") -> Assembly:
    """The paper of a deal given as text."""
    deal, found = checked(source.parse(text, "deal.yaml"))
    assert [finding.message for finding in found] == []
    return assemble(deal, form, draft=draft)


def paper(path: Path) -> Document:
    return made(path.read_text(encoding="utf-8"), draft=False).document


def words(document: Document) -> str:
    """The text of a paper without its line breaks."""
    return re.sub(r"\s+", " ", writers.read_text(writers.write(document, ".txt"), ".txt"))


SHORT = """
deal: {title: Short deal, type: pilot, binding: listed, currency: EUR}
parties:
  - id: acme
    name: Acme Devices GmbH
    short: Acme
  - id: bora
    name: Borealis Oy
    short: Borealis
"""


# --- the examples


@BY_NAME
@pytest.mark.parametrize("form", ["term-sheet", "agreement"])
def test_an_example_is_rendered_as_approved(path: Path, form: str) -> None:
    """The text of every paper is kept beside the examples, so that each change of a clause is seen in review."""
    deal, _ = checked(source.read(str(path)))
    text = writers.write(assemble(deal, form).document, ".txt").decode()
    approved = ROOT / "examples" / "drafts" / f"{path.stem}{'.agreement' * (form == 'agreement')}.txt"
    if os.environ.get("UPDATE_APPROVED"):
        approved.parent.mkdir(exist_ok=True)
        approved.write_text(text, encoding="utf-8", newline="\n")
    assert text == approved.read_text(encoding="utf-8")


@BY_NAME
@pytest.mark.parametrize("suffix", [suffix for suffix in writers.SUFFIXES if suffix != ".pdf"])
def test_every_value_of_an_example_is_in_every_format(path: Path, suffix: str, tmp_path: Path) -> None:
    target = tmp_path / f"draft{suffix}"
    made = render(str(path), str(target))
    text = re.sub(r"\s+", "", writers.read_text(target.read_bytes(), suffix)).replace("\u2011", "-").replace("’", "'")
    lost, found = [], 0
    for block in made.document.blocks():
        for value in (inline for inline in block_inlines(block) if isinstance(inline, Value)):
            cells_side_by_side = suffix == ".txt" and isinstance(block, Table)
            pieces = value.shown.split() if cells_side_by_side else [value.shown]
            lost += [value.path for piece in pieces if re.sub(r"\s+", "", piece).replace("’", "'") not in text]
            found += 1
    assert found > 200
    assert lost == []


@BY_NAME
def test_an_example_leaves_nothing_unsaid(path: Path) -> None:
    """What the deal gives stands in the paper, but for what only steers it."""
    assembly = made(path.read_text(encoding="utf-8"))
    assert list(assembly.unused) == UNPRINTED.get(path.stem, [])


def test_a_third_party_is_known_by_where_it_is_named() -> None:
    """As with people: its name stands where the deal refers to it, and no clause lists third parties."""
    body = """
third_parties:
  - id: lab
    name: Nordlab Testing
    relation: subcontractor
responsibilities:
  - activity: test the samples
    lead: lab
"""
    assembly = made(SHORT + body)
    assert "Nordlab Testing" in words(assembly.document)
    assert list(assembly.unused) == []


@pytest.mark.parametrize(
    ("said", "printed"),
    [
        ("Oslo", "the courts of Oslo"),
        ("the courts of Oslo", "the courts of Oslo"),
        ("the Osaka District Court", "the Osaka District Court"),
        ("the state and federal courts in Denver", "the state and federal courts in Denver"),
    ],
)
def test_courts_are_not_called_courts_twice(said: str, printed: str) -> None:
    text = words(made(SHORT + f"legal:\n  forum:\n    courts: {said}\n    exclusive: yes\n").document)
    assert f"Only {printed} may decide a dispute" in text


@pytest.mark.parametrize(
    ("said", "printed"),
    [
        ("Malawi", "the law of Malawi"),
        ("the laws of Singapore", "the laws of Singapore"),
        ("South African law", "South African law"),
    ],
)
def test_a_law_is_not_called_a_law_twice(said: str, printed: str) -> None:
    text = words(made(SHORT + f"legal:\n  governing_law:\n    law: {said}\n").document)
    assert f"is governed by {printed}." in text


def test_a_third_party_is_told_where_it_is_named() -> None:
    """One that another place names is in the paper; one that nothing names is left unsaid."""
    more = """
third_parties:
  - {id: expert, name: an actuary, relation: other}
  - {id: rival, name: Corvus Imaging, relation: rival}
disputes:
  ladder:
    - {step: expert, who: expert, within: 20 days}
"""
    assembly = made(SHORT + more)
    assert "an actuary" in words(assembly.document)
    assert list(assembly.unused) == ["third_parties[rival]"]


@BY_NAME
def test_validators_find_nothing(path: Path, tmp_path: Path) -> None:
    audit = pytest.importorskip("openxml_audit")
    integrity = pytest.importorskip("ooxml_integrity")
    file = saved(tmp_path, writers.write(paper(path), ".docx"))
    assert audit.OpenXmlValidator().validate(str(file)).errors == []
    assert list(integrity.check(str(file))) == []


@BY_NAME
@needs_office
def test_libreoffice_counts_as_the_document_does(path: Path, tmp_path: Path) -> None:
    document = paper(path)
    assert counted(saved(tmp_path, writers.write(document, ".docx"))) == labels(document)


@BY_NAME
@needs_office
@needs_poppler
def test_libreoffice_resolves_references_to_our_numbers(path: Path, tmp_path: Path) -> None:
    """With every cached number spoilt, the pages still show ours."""
    document = paper(path)
    data = writers.write(document, ".docx")
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/document.xml":
                part = re.sub(
                    rb"( REF .*?\"separate\"/></w:r><w:r>(?:<w:rPr>.*?</w:rPr>)?<w:t[^>]*>)[^<]*",
                    rb"\1?",
                    part,
                )
            new.writestr(name, part)
    text = re.sub(r"\s+", " ", " ".join(pages(saved(tmp_path, out.getvalue()))).replace("\u00a0", " "))
    references = [inline.shown for inline in document.inlines() if isinstance(inline, Ref)]
    assert references
    for number in references:
        assert re.search(rf"(?i:{document.words.paragraph})(?:s|n)?\b[^.]*\b{re.escape(number)}", text), number


@BY_NAME
@needs_office
@needs_poppler
def test_the_last_page_is_not_blank(path: Path, tmp_path: Path) -> None:
    document = paper(path)
    found = pages(saved(tmp_path, writers.write(document, ".docx")))
    assert any(line.label in found[-1] for signature in document.signatures for line in signature.lines)
    assert document.furniture.page_of.format(page=len(found), pages=len(found)) in found[-1]


@BY_NAME
def test_the_same_deal_gives_the_same_bytes(path: Path, tmp_path: Path) -> None:
    sums = set()
    for seed, zone in (("1", "UTC"), ("77", "Pacific/Auckland")):
        target = tmp_path / f"{seed}.docx"
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone}
        command = [sys.executable, "-m", "termsheet", "render", str(path), "-q", "-o", str(target)]
        subprocess.run(command, check=True, env=environment, cwd=ROOT)
        sums.add(hashlib.sha256(target.read_bytes()).hexdigest())
    assert len(sums) == 1


@BY_NAME
def test_the_text_is_free_of_what_drafts_get_wrong(path: Path) -> None:
    for block in paper(path).blocks():
        if isinstance(block, Paragraph):
            text = shown(block.inlines)
            assert text.strip(), block.id
            assert not re.search(r"  | [,.;:]|\.\.(?!\.)|,,|;;|\(\)|\bNone\b|\[●", text), (
                f"{block.id}: {text}"
            )


@BY_NAME
def test_no_sentence_of_the_library_is_over_forty_words(path: Path) -> None:
    """Counted without the words of the deal, which are its author's."""
    for clause in paper(path).clauses():
        for block in clause.blocks:
            if isinstance(block, Table):
                continue
            text = "".join("X" if isinstance(inline, Value) else shown((inline,)) for inline in block.inlines)
            for sentence in re.split(r"(?<=[.;:])\s", text):
                assert len(sentence.split()) <= 40, f"{block.id}: {sentence}"


def test_block_ids_are_unique_and_never_an_index() -> None:
    for path in EXAMPLES:
        document = paper(path)
        ids = [block.id for block in document.blocks()]
        assert len(ids) == len(set(ids)), path.stem
        entries = [block.id for block in document.blocks() if block.id.startswith("responsibilities.matrix/")]
        assert not [name for name in entries if re.search(r"\[\d+\]", name)]


# --- words of the deal


NASTY = ["R&D <b>\"x\"</b> 'y'", "*a* _b_ `c` **d**", "|x|y| # z", "é 中文 😀 ñ", "שלום עולם مرحبا", "{{ deal.title }} {% if %} {#x}",
         "[link](#exit.rights) ![i](u)", "1. one - two + three", "\\n \\ \\\\ ~~s~~", "&amp; &lt; &#x41;", "long " + "paragraph " * 1000 + "end"]  # fmt: skip


def _poisoned(deal: Deal) -> dict[str, str]:
    """Every text of the deal replaced by a nasty one of its own; gives each by its path."""
    poison: dict[str, str] = {}
    texts = [0]

    def walk(node: Any, schema: dict[str, Any]) -> None:
        from termsheet.schema import child, resolve

        schema = resolve(schema, deal.schema)
        for key, value in list(node.items()) if isinstance(node, dict) else list(enumerate(node)):
            inner = child(schema, key, deal.schema) or {}
            if isinstance(value, dict | list):
                walk(value, inner)
            elif isinstance(value, str) and inner.get("type") == "string" and "x-form" not in inner:
                texts[0] += 1
                node[key] = f"§{texts[0]} {NASTY[texts[0] % len(NASTY)]} §{texts[0]}"
                poison[str(texts[0])] = node[key]

    for name in deal.value:
        if name not in ("deal", "internal", "clauses", "waivers", "schema"):
            walk(deal.value[name], deal.schema["properties"][name])
    return poison


@BY_NAME
def test_any_text_reaches_word_unchanged(path: Path) -> None:
    deal, _ = checked(source.read(str(path)))
    poison = _poisoned(deal)
    document = assemble(deal, draft=True).document
    text = (
        writers.read_text(writers.write(document, ".docx"), ".docx")
        .replace("\u00a0", " ")
        .replace("\u2011", "-")
    )
    printed = {number for inline in document.inlines() for number in re.findall(r"§(\d+)", shown((inline,)))}
    assert len(printed) > 90
    for number in printed:
        assert poison[number] in text, poison[number][:80]


def test_a_text_of_several_paragraphs() -> None:
    document = made(
        SHORT
        + "provisions:\n  - title: Odd one\n    text: |\n      First part,\n      still first.\n\n      Second.\n"
    ).document
    clause = next(clause for clause in document.clauses() if clause.title == "Odd one")
    assert [shown(block.inlines) for block in clause.blocks if isinstance(block, Paragraph)] == [
        "First part, still first.",
        "Second.",
    ]


# --- selection, binding, open points


def test_a_clause_without_what_it_reads_is_left_out_and_the_report_says_so() -> None:
    assembly = made(SHORT)
    assert not any(clause.id.startswith("exit.") for clause in assembly.document.clauses())
    assert ("objectives.smart", "the deal does not give `objectives`") in assembly.left_out


def test_an_open_section_is_one_bracket_and_is_listed() -> None:
    document = made(
        SHORT + "legal:\n  governing_law: {open: {what: whose law, who: bora}}\nscope:\n  in: open\n"
    ).document
    clause = next(clause for clause in document.clauses() if clause.id == "legal.governing-law")
    assert shown(clause.blocks[0].inlines) == "[● whose law]"  # type: ignore[union-attr]
    points = {point.path: point for point in document.open_points}
    assert points["legal.governing_law"].number == clause.number
    assert points["legal.governing_law"].by == "Borealis"
    assert "scope.in" in points


def test_withheld_is_a_bracket_that_is_not_open() -> None:
    document = made(SHORT + "legal:\n  governing_law: withheld\n").document
    assert any(isinstance(inline, Open) and inline.withheld for inline in document.inlines())
    assert document.open_points == ()


@pytest.mark.parametrize(("mode", "verb"), [("all", "shall"), ("nothing", "intend")])
def test_duties_are_as_firm_as_the_paper(mode: str, verb: str) -> None:
    text = words(made(SHORT.replace("binding: listed", f"binding: {mode}") + "responsibilities:\n  - {activity: sell, lead: acme}\n"
                      "legal:\n  confidentiality:\n    - {mode: this-paper, binds: each, lasts: 2 years}\n").document)  # fmt: skip
    assert verb in text
    assert ("shall" in text) == (mode == "all")


def test_the_binding_part_is_listed_with_live_numbers() -> None:
    document = paper(EXAMPLES[0])
    effect = next(clause for clause in document.clauses() if clause.id == "status.effect")
    text = next(shown(block.inlines) for block in effect.blocks if isinstance(block, Paragraph))
    first, last = re.findall(r"\d+", text)[:2]
    assert " to " in text
    assert [str(number) for number in range(int(first), int(last) + 1)] == [
        clause.number for clause in document.clauses() if clause.binding
    ]
    references = [
        inline for block in effect.blocks for inline in block_inlines(block) if isinstance(inline, Ref)
    ]
    assert {first, last} <= {reference.shown for reference in references}


def test_a_binding_provision_is_listed() -> None:
    text = SHORT + "provisions:\n  - {title: Standstill, text: No party sells., binding: yes}\n"
    document = made(text).document
    number = next(clause.number for clause in document.clauses() if clause.title == "Standstill")
    effect = next(clause for clause in document.clauses() if clause.id == "status.effect")
    assert number in [
        inline.shown for block in effect.blocks for inline in block_inlines(block) if isinstance(inline, Ref)
    ]


def test_a_clause_made_binding_moves_to_the_binding_part() -> None:
    text = SHORT + "scope: {in: [x]}\nclauses: {binding: [scope.statement]}\n"
    part = next(part for part in made(text).document.parts if part.binding)
    assert "scope.statement" in [clause.id for clause in part.clauses]


def test_an_omitted_clause_is_out() -> None:
    text = (
        SHORT
        + "scope: {in: [x]}\nclauses:\n  omit:\n    - {clause: scope.statement, reason: said elsewhere}\n"
    )
    assembly = made(text)
    assert "scope.statement" not in [clause.id for clause in assembly.document.clauses()]
    assert ("scope.statement", "the deal leaves it out: said elsewhere") in assembly.left_out


def test_which_clauses_the_deal_leaves_out_is_told(tmp_path: Path, run_cli: Any) -> None:
    deal = tmp_path / "deal.yaml"
    omit = "clauses:\n  omit:\n    - clause: scope.statement\n      reason: said elsewhere\n"
    deal.write_text(SHORT + "scope:\n  in:\n    - x\n" + omit, "utf-8")
    code, _, err = run_cli("render", str(deal), "--draft", "-o", str(tmp_path / "draft.txt"))
    assert code == 0
    assert "(3 clauses)" in err
    assert "\nscope.statement: the deal leaves it out: said elsewhere\n" in err
    assert "but not in this form" not in err


@pytest.mark.parametrize("form", ["term-sheet", "agreement"])
def test_what_belongs_to_a_clause_that_the_deal_leaves_out_is_not_told_once_more(form: str) -> None:
    text = SHORT + "commercial:\n  model: fees\n  late_interest: 8% a year\n"
    omit = "clauses:\n  omit:\n    - {clause: money.terms, reason: said elsewhere}\n"
    provision = "provisions:\n  - {title: Payment, after: money.terms, text: Late money bears interest., binding: yes}\n"
    whole, without = made(text, form=form), made(text + omit + provision, form=form)
    assert "money.terms" in [clause.id for clause in whole.document.clauses()]
    assert without.unused == whole.unused


def test_a_term_is_defined_only_where_it_is_used() -> None:
    without = made(SHORT).document
    used = made(
        SHORT + "exit:\n  rights:\n    - {by: each, ground: convenience, notice: 10 business days}\n"
    ).document
    assert "“Business Day”" not in words(without)
    assert "“Business Day”" in words(used)


@BY_NAME
def test_every_defined_term_is_used(path: Path) -> None:
    document = paper(path)
    text = "\n".join(shown(tuple(block_inlines(block))) for block in document.blocks())
    for term in [inline.text for inline in document.inlines() if isinstance(inline, Term) and inline.defines]:
        assert len(re.findall(rf"\b{re.escape(term)}", text)) >= 2, term


@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_signatures_for_any_number_of_parties(count: int) -> None:
    parties = "".join(f"  - {{id: p{number}, name: Party {number}}}\n" for number in range(count))
    document = made(f"deal: {{title: X, type: pilot}}\nparties:\n{parties}").document
    assert [shown(signature.party) for signature in document.signatures] == [
        f"Party {number}" for number in range(count)
    ]


# --- what is private


SENTINEL = "SENTINEL-7f3a"


def test_nothing_private_is_in_any_file(tmp_path: Path) -> None:
    text = EXAMPLES[0].read_text(encoding="utf-8")
    text = re.sub(r"(?m)^internal:\n(?:[ #].*\n|\n)*", "", text)
    text = text.replace("\nreview:\n", f"\nreview:\n  internal_alignment: {SENTINEL}\n", 1)
    text = text.replace("\nmetrics:\n  - id:", f"\nmetrics:\n  - note: {SENTINEL}\n    id:", 1)
    text = text.replace(
        "\nrisks:\n", f"\nrisks:\n  - text: {SENTINEL}\n    owner: each\n    shared: false\n", 1
    )
    text += f"\ninternal:\n  notes: {SENTINEL}\n  strategy:\n    objectives: [{SENTINEL}]\nwaivers:\n  - {{rule: scope-missing, path: scope, reason: {SENTINEL}}}\n"
    assert text.count(SENTINEL) >= 5
    document = made(text).document
    for suffix in writers.SUFFIXES:
        data = writers.write(document, suffix)
        parts = [data]
        if suffix == ".docx":
            with zipfile.ZipFile(BytesIO(data)) as archive:
                parts = [archive.read(name) for name in archive.namelist()]
        assert not any(SENTINEL.encode() in part for part in parts), suffix


def test_an_american_agreement_is_set_as_americans_set_it() -> None:
    text = SHORT + "metrics: [{name: Leads, target: {value: 40}, baseline: {value: 3}, owner: acme}]\n"
    spoken = [text.replace("{title", f"{{language: {language}, title", 1) for language in ("en-GB", "en-US")]
    british, american = (made(deal, form="agreement").document for deal in spoken)
    assert (british.paper, american.paper) == ("a4", "letter")
    assert (british.words.signature, american.words.signature) == ("Signature", "By:")
    texts = [writers.write(document, ".txt").decode() for document in (british, american)]
    assert [text.index("SIGNATURES") > text.index("SCHEDULE 1") for text in texts] == [True, False]
    assert ["reference to a Section" in text for text in texts] == [False, True]
    assert re.search(r"^By: +_+$", texts[1], re.M)
    for document in (british, american):
        text = writers.read_text(writers.write(document, ".docx"), ".docx")
        assert (text.index("Date:") > text.rindex("Metrics")) is document.signatures_last


def test_a_clause_cannot_read_what_is_private() -> None:
    from termsheet.library.environment import run
    from termsheet.library.view import Printer
    from termsheet.wording import wording

    deal, _ = checked(source.parse(SHORT + "review: {internal_alignment: x}\ninternal: {notes: y}\n", "d"))
    printer = Printer(deal, wording("en-GB", "EUR", str))
    with pytest.raises(
        LibraryError, match=r"reads `review\.internal_alignment`, which the schema does not have"
    ):
        run("{{ review.internal_alignment }}", {"review": printer.root("review")}, "x")


# --- the sandbox


@pytest.mark.parametrize("attack", ["{{ 'a' * 10**8 }}", "{{ 10 ** 10 ** 10 }}", "{{ ''.__class__.__mro__ }}", "{% for x in range(10**7) %}{% endfor %}",
                                    "{{ cycler.__init__.__globals__ }}", "{{ 'a' ~ range(100000) }}", "{% include 'x' %}"])  # fmt: skip
def test_the_sandbox_holds(attack: str) -> None:
    from termsheet.library.environment import run

    with pytest.raises(LibraryError, match="clause x"):
        run(attack, {}, "x")


# --- reading back


def test_verify_finds_a_lost_word_a_tag_and_a_placeholder() -> None:
    document = made(SHORT).document
    text = writers.write(document, ".txt").decode()
    verify(document, text)
    with pytest.raises(WriteError, match="has lost “Acme Devices GmbH”"):
        verify(document, text.replace("Acme Devices GmbH", "Acme"))
    with pytest.raises(WriteError, match="still holds the tag"):
        verify(document, text + "{{ x }}")
    with pytest.raises(WriteError, match="placeholder that the draft does not list"):
        verify(document, text + "[● price]")


def test_a_deal_is_not_changed_by_rendering_it() -> None:
    deal, _ = checked(source.read(str(EXAMPLES[0])))
    before = copy.deepcopy(deal.value)
    assemble(deal)
    assert deal.value == before
    assert deal.schema is deal_schema()


def test_a_deal_with_errors_is_refused(tmp_path: Path) -> None:
    deal = tmp_path / "deal.yaml"
    deal.write_text(SHORT)
    with pytest.raises(Refused, match="has errors at stage `term-sheet`"):
        render(str(deal), None)
