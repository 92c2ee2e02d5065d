"""Values, lists and words of agreement, as a lawyer writes them in each language."""

from __future__ import annotations

from typing import Any

import pytest
import yaml_cases

from termsheet import source
from termsheet.assemble import assemble
from termsheet.document import Document, Term, block_inlines, shown
from termsheet.errors import LibraryError
from termsheet.forms import form
from termsheet.library.callables import Names
from termsheet.library.environment import run
from termsheet.library.view import Printer
from termsheet.schema import deal_schema
from termsheet.style import Style
from termsheet.wellformed import checked
from termsheet.wording import Wording, wording

LANGUAGES = ("en-GB", "en-US", "de")
CASES = yaml_cases.load("wording")
NAMES = {"acme": "Acme", "bora": "Borealis Systems", "launch": "Launch"}


def made(language: str, style: Style | None = None) -> Wording:
    return wording(language, "EUR", lambda word: NAMES.get(word, word), style)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['form']}-{case['text']}")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_value_reads_so(case: dict[str, str], language: str) -> None:
    plain, text, kind = made(language), case["text"], case["form"]
    expected = case[language]
    found = {
        "": plain.shown(text, kind),
        " in words": made(language, Style("words-and-digits", "symbol")).shown(text, kind),
        " dative": plain.shown(text, kind, "dative"),
        " possessive": plain.shown(text, kind, "possessive"),
        " on": plain.on(text) if kind == "when" else "",
    }
    for key, words in found.items():
        wanted = case.get(f"{language}{key}", "" if key == " on" else expected)
        assert words.replace("\u00a0", "~") == wanted, key


@pytest.mark.parametrize(
    ("language", "items", "conjunction", "expected"),
    [
        ("en-GB", [], "and", ""),
        ("en-GB", ["A"], "and", "A"),
        ("en-GB", ["A", "B"], "and", "A and B"),
        ("en-GB", ["A", "B", "C"], "and", "A, B and C"),
        ("en-US", ["A", "B", "C"], "and", "A, B, and C"),
        ("de", ["A", "B", "C"], "and", "A, B und C"),
        ("en-GB", ["A", "B", "C"], "or", "A, B or C"),
        ("en-US", ["A", "B", "C"], "or", "A, B, or C"),
        ("de", ["A", "B"], "or", "A oder B"),
        ("en-GB", ["sales and marketing", "support"], "and", "sales and marketing, and support"),
        ("en-GB", ["research", "sales and marketing", "support"], "and", "research, sales and marketing, and support"),
        ("en-GB", ["sales and marketing", "support"], "or", "sales and marketing or support"),
        ("en-GB", ["Cork, Ireland", "Bonn"], "and", "Cork, Ireland; and Bonn"),
        ("en-GB", ["A; x", "B", "C"], "or", "A; x; B; or C"),
        ("en-GB", ["EUR 5,000", "EUR 6,000", "EUR 1"], "and", "EUR 5,000, EUR 6,000 and EUR 1"),
        ("en-US", ["January 15, 2027", "March 1, 2027"], "and", "January 15, 2027; and March 1, 2027"),
        ("de", ["Forschung und Lehre", "Druck"], "and", "Forschung und Lehre sowie Druck"),
        ("de", ["Forschung oder Lehre", "Druck"], "or", "Forschung oder Lehre oder Druck"),
    ],
)  # fmt: skip
def test_a_list_reads_so(language: str, items: list[str], conjunction: str, expected: str) -> None:
    assert made(language).series(items, conjunction) == expected


def test_english_without_a_country_is_british() -> None:
    assert made("en").shown("2027-01-15", "date") == "15 January 2027"


@pytest.mark.parametrize("language", ["fr", "xx", "en-XX"])
def test_a_language_without_words_is_told(language: str) -> None:
    with pytest.raises(
        LibraryError, match=r"cannot be written in the language .* there are clauses in `en`, `de`"
    ):
        made(language)


def test_german_has_a_word_for_every_word_of_the_schema() -> None:
    words = made("de").words["enum"]
    missing = [word for word in _enums(deal_schema()) if isinstance(word, str) and word not in words]
    assert missing == ["termsheet/1"]


def _enums(schema: Any) -> list[Any]:
    if isinstance(schema, list):
        return [word for item in schema for word in _enums(item)]
    if not isinstance(schema, dict):
        return []
    return [*schema.get("enum", ()), *(word for item in schema.values() for word in _enums(item))]


def test_the_languages_have_the_same_words() -> None:
    assert _keys(made("en-GB").words) - _keys(made("de").words) == {
        "who.nobody",
        "proof",
        "proof.proper",
        "proof.roles",
        "proof.heads",
    }
    assert _keys(made("de").words) - _keys(made("en-GB").words) == {"within.case"}


def _keys(words: Any) -> set[str]:
    inner = {
        key: value
        for key, value in words.items()
        if isinstance(value, dict) and key not in ("enum", "cadence")
    }
    return set(words) | {f"{key}.{below}" for key, value in inner.items() for below in value}


# --- what a clause may call


DEAL = """
deal: {{title: T, type: pilot, currency: EUR, language: {language}}}
parties:
  - {{id: acme, name: Acme}}
  - {{id: bora, name: Borealis Systems}}
{more}
responsibilities:
  - {{activity: one, lead: acme}}
  - {{activity: two, lead: each}}
  - {{activity: three, lead: all}}
  - {{activity: four, lead: jointly}}
  - {{activity: five, lead: [acme, bora]}}
  - {{activity: six, lead: [acme]}}
term: {{effective: 2027-01-15, initial: 1 month, ends: end, minimum: 3 months}}
process: {{expires: last-signature}}
"""
LEADS = ("acme", "each", "all", "jointly", "both", "single")


def said(text: str, *, binds: bool = True, parties: int = 2, language: str = "en-GB") -> str:
    """What a clause with this text prints; `acme`, `each` … are ways to name who leads an activity."""
    more = "".join(f"  - {{id: p{number}, name: P{number}}}\n" for number in range(parties - 2))
    deal, found = checked(source.parse(DEAL.format(language=language, more=more), "deal.yaml"))
    assert [finding.message for finding in found] == []
    printer = Printer(deal, wording(language, "EUR", deal.party_name))
    names = Names(printer, included=bool, binding=list, form=form("term-sheet", language=language))
    leads = printer.root("responsibilities")
    context = {name: leads[place]["lead"] for place, name in enumerate(LEADS)} | {
        "term": printer.root("term"),
        "last": printer.root("process")["expires"],
    }
    return printer.read(run(text, context | names.context(binds), "x"))


@pytest.mark.parametrize(
    ("text", "binding", "intended"),
    [
        ("{{ duty(acme) }}", "Acme shall", "Acme intends to"),
        ("{{ duty(each) }}", "Each party shall", "Each party intends to"),
        ("{{ duty(all) }}", "The parties shall", "The parties intend to"),
        ("{{ duty(both) }}", "Acme and Borealis Systems shall", "Acme and Borealis Systems intend to"),
        ("{{ duty(single) }}", "Acme shall", "Acme intends to"),
        ('{{ duty("a party that leaves") }}', "A party that leaves shall", "A party that leaves intends to"),
        ("{{ ban(acme) }}", "Acme shall not", "Acme does not intend to"),
        ("{{ ban(each) }}", "No party shall", "No party intends to"),
        ('{{ ban("each") }}', "No party shall", "No party intends to"),
        ("{{ ban(jointly) }}", "The parties jointly shall not", "The parties jointly do not intend to"),
        ("{{ may(acme) }}", "Acme may", "Acme may"),
        ("{{ may(each) }}", "Each party may", "Each party may"),
        ('{{ may("all") }}', "The parties may", "The parties may"),
    ],
)
def test_a_duty_is_as_firm_as_its_paragraph(text: str, binding: str, intended: str) -> None:
    assert said(text) == binding
    assert said(text, binds=False) == intended


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ plural(acme, 'is', 'are') }}", "is"),
        ("{{ plural(each, 'has', 'have') }}", "has"),
        ("{{ plural(all, 'its', 'their') }}", "their"),
        ("{{ plural(both, 'party', 'parties') }}", "parties"),
        ("{{ plural(single, 'party', 'parties') }}", "party"),
        ("{{ plural(term.initial, 'ends', 'end') }}", "ends"),
        ("{{ plural(term.minimum, 'ends', 'end') }}", "end"),
        ("{{ plural(1, 'user', 'users') }} {{ plural(0, 'user', 'users') }}", "user users"),
        ("{{ acme | possessive }} and {{ both | possessive }}", "Acme’s and Acme’s and Borealis Systems’"),
        ("{{ each | possessive | capital }}", "Each party’s"),
        ("{{ all | capital | possessive }}", "The parties’"),
        ("{{ on(term.effective) }}, {{ on(term.ends) }}", "on 15 January 2027, at the end of the term"),
        ("{{ within(term.initial) }}, {{ lasting(term.minimum) }}", "within 1 month, for 3 months"),
        ("{{ others(acme) }}", "Acme"),
    ],
)
def test_words_agree(text: str, expected: str) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("amount", "expected"),
    [("USD 0", True), ("0 devices", True), ("0.00", True), ("USD 10", False), ("0.5 devices", False)],
)
def test_an_amount_may_be_nothing_at_all(amount: str, expected: bool) -> None:
    deal, _ = checked(source.parse(f"commercial: {{payments: [{{tiers: [{{over: {amount}}}]}}]}}", "deal.yaml"))
    printer = Printer(deal, wording("en-GB", "EUR", deal.party_name))
    context = {"tier": printer.root("commercial")["payments"][0]["tiers"][0]}
    assert run("{{ tier.over is zero }}", context, "x") == str(expected)


@pytest.mark.parametrize(
    ("parties", "expected"),
    [(2, "the other party / the other party / the other party’s"),
     (3, "each other party / the other parties / each other party’s")],
)  # fmt: skip
def test_the_others_are_one_or_more(parties: int, expected: str) -> None:
    text = '{{ others(each) }} / {{ others() }} / {{ others("all", "possessive") }}'
    assert said(text, parties=parties) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ within(term.minimum) }}", "innerhalb von 3 Monaten"),
        ("{{ within(term.initial) }}", "innerhalb von 1 Monat"),
        ("{{ lasting(term.minimum) }}", "für 3 Monate"),
        ("nach {{ term.minimum | dative }} mit {{ each | dative }}", "nach 3 Monaten mit jeder Partei"),
        ("die Rechte {{ all | possessive }}", "die Rechte der Parteien"),
        ("{{ on(term.effective) }} / {{ on(term.ends) }}", "am 15. Januar 2027 / zum Ende der Laufzeit"),
        ("mit {{ others(each, 'dative') }}", "mit der anderen Partei"),
        ("{{ may(all) }} / {{ both }}", "Die Parteien können / Acme und Borealis Systems"),
        ("{{ on(last) }}", "mit der letzten Unterzeichnung"),
        ("nach {{ last | dative }}", "nach der letzten Unterzeichnung"),
        ("{{ paper }} / {{ paper | dative }} / {{ paper | accusative | capital }}",
         "dieses Eckpunktepapier / diesem Eckpunktepapier / Dieses Eckpunktepapier"),
        ("während {{ the_deal | possessive }}", "während der Zusammenarbeit"),
        ("{{ duty(acme) }} … {{ ban(each) }}", "Acme verpflichtet sich, … Jede Partei verpflichtet sich,"),
    ],
)
def test_german_words_stand_in_their_case(text: str, expected: str) -> None:
    assert said(text, language="de") == expected


# --- the spelling of a country, in a whole paper


US = """
deal: {title: Licence programme, type: licensing, currency: USD, language: LANGUAGE}
parties:
  - {id: acme, name: Acme Licence Centre}
  - {id: bora, name: Borealis}
grants:
  - {from: acme, to: bora, kind: licence, exclusivity: non-exclusive, what: the licence programme}
commercial:
  bases:
    - {id: base, name: Net Programme Revenue, of: fees of the programme}
  payments:
    - {kind: licence-fee, from: bora, to: acme, rate: 5%, base: base}
provisions:
  - {title: Licence centre, text: The licence centre is open.}
"""


def paper(language: str) -> Document:
    text = US.replace("LANGUAGE", language)
    deal, found = checked(source.parse(text, "deal.yaml"))
    assert [finding.message for finding in found] == []
    return assemble(deal, draft=True).document


def test_the_library_is_spelt_as_the_country_spells_and_the_deal_as_it_is_written() -> None:
    british, american = (_lines(paper(language)) for language in ("en-GB", "en-US"))
    assert "licence of the licence programme" in british
    assert "license of the licence programme" in american
    assert "license fee" in american.lower()
    assert "Acme Licence Centre" in american
    assert "The licence centre is open." in american
    assert "“Net Programme Revenue” means fees of the programme" in american
    assert "Licence centre" in [clause.title for clause in paper("en-US").clauses()]
    assert paper("en-US").subtitle == "Licence programme"
    terms = {inline.text for inline in paper("en-US").inlines() if isinstance(inline, Term)}
    assert "Net Programme Revenue" in terms


def _lines(document: Document) -> str:
    return "\n".join(shown(tuple(block_inlines(block))) for block in document.blocks())


@pytest.mark.parametrize(
    ("text", "expected"),
    [("licence", "license"), ("Licence", "License"), ("LICENCE", "LICENSE"), ("sublicences", "sublicenses"),
     ("licencename", "licencename"), ("five per cent of it", "five percent of it"), ("for and on behalf of", "for and on behalf of")],
)  # fmt: skip
def test_whole_words_are_spelt_and_keep_their_case(text: str, expected: str) -> None:
    from termsheet.spelling import spelt

    assert spelt(text, made("en-US").spelling) == expected
    assert spelt(text, made("en-GB").spelling) == text


def test_a_table_keeps_its_figures() -> None:
    text = US.replace("LANGUAGE", "en-GB")
    text += "governance:\n  decisions:\n    - {matter: budget, body: acme, within: 10 business days}\n"
    text += "term: {effective: 2027-01-15, initial: 12 months}\n"
    deal, found = checked(source.parse(text, "deal.yaml"))
    assert [finding.message for finding in found] == []
    document = assemble(deal, draft=True, style=Style("words-and-digits")).document
    lines = "\n".join(shown((inline,)) for inline in document.inlines())
    assert "twelve (12) months" in lines
    assert "10 Business Days" in lines
    assert "ten (10) Business Days" not in lines
