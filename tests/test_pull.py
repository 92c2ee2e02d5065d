"""Pull: what was changed in a Word file comes back into the deal, and nothing else does."""

from __future__ import annotations

import io
import json
import random
import re
import subprocess
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
from conftest import EXAMPLES, ROOT
from redlines.office import python_with_uno

from termsheet import source
from termsheet.assemble import assemble
from termsheet.document import Value
from termsheet.errors import TermsheetError
from termsheet.library.shelves import shelves
from termsheet.returned import package, prose
from termsheet.returned.package import Package
from termsheet.returned.prose import Piece, edited, same
from termsheet.returned.pull import Pulled, _wording, pull
from termsheet.returned.typed import Reader, Unreadable
from termsheet.returned.values import values
from termsheet.returned.wanted import Place, place
from termsheet.returned.write import written
from termsheet.style import Style
from termsheet.typography import typeset
from termsheet.wellformed import checked
from termsheet.word.controls import element
from termsheet.word.options import Options
from termsheet.word.writer import write

DEAL = """\
# The deal of the tests.  Every comment stays where it is.
deal:
  title: "Hafen sensors"     # in quotes
  type: pilot
  currency: EUR
  date: 2027-01-15
parties:
  - id: acme
    name: Acme Sensors GmbH
    short: Acme
    role: sensor maker
    jurisdiction: Germany
  - id: borealis
    name: 'Borealis Ports Ltd'
    short: Borealis
    role: port operator
    jurisdiction: Ireland
scope:
  summary: Acme's sensors watch the cranes of Borealis, and
    both learn from what they see.   # over two lines
  in:
    - sensors on twelve cranes
    - "a dashboard for the crane drivers"
  territory: [Germany, Ireland]
pilot:
  start: 2027-03-01
  end: 2027-08-31
  criteria:
    - metric: uptime
      threshold: ">= 97%"
metrics:
  - id: uptime
    name: Uptime of the sensors
    target: { value: 99.5%, by: 2027-08-31 }
contributions:
  - by: acme
    what: twelve sensors
    value: 64000   # in euro
    due: 2027-02-20
term:
  effective: 2027-02-01
  initial: 12 months
exit:
  rights:
    - ground: convenience
      by: each
      notice: 90 days
legal:
  governing_law:
    law: the law of Ireland
  liability:
    - protects: each
      cap: EUR 500,000
"""


@pytest.fixture
def deal(tmp_path: Path) -> Path:
    path = tmp_path / "deal.yaml"
    path.write_bytes(DEAL.encode())
    return path


def drafted(text: str = DEAL, form: str = "term-sheet", style: Style | None = None, **more: Any) -> bytes:
    read = source.parse(text, "deal.yaml")
    found, malformed = checked(read)
    assert not malformed, malformed
    made = assemble(found, form, draft=True, style=style)
    return write(made.document, Options(digest=made.digest, **more))


def repacked(data: bytes, change: Callable[[str, bytes], bytes | None], more: Mapping[str, bytes] | None = None) -> bytes:
    """The file with its parts changed, left out (None) and added to."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = change(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
        for name, part in (more or {}).items():
            new.writestr(name, part)
    return made.getvalue()


def control(path: str, way: int = 1) -> re.Pattern[str]:
    bound = re.escape(f"/t:{element(path)}[{way}]")
    return re.compile(rf"(<w:sdt><w:sdtPr>(?:(?!</w:sdtPr>).)*{bound}\"(?:(?!</w:sdtPr>).)*</w:sdtPr><w:sdtContent>)(.*?)(</w:sdtContent></w:sdt>)")


def came_back(data: bytes, text: Mapping[str, str] = {}, store: Mapping[str, str] = {}, *, count: int = 0,
              way: int = 1) -> bytes:  # fmt: skip
    """The file with the first `count` (all) controls of paths typed over, and with the store changed."""

    def change(name: str, part: bytes) -> bytes:
        words = part.decode() if name.endswith(".xml") else ""
        if name == "word/document.xml":
            for path, typed in text.items():
                runs = typed if typed.startswith("<w:") else f"<w:r><w:t>{escape(typed)}</w:t></w:r>"
                words, done = control(path, way).subn(lambda found, runs=runs: found[1] + runs + found[3], words, count)
                assert done, path
        elif name == "customXml/item1.xml":
            for path, typed in store.items():
                tag = element(path)
                old = re.findall(rf"<{tag}>[^<]*</{tag}>", words)[way - 1]
                words = words.replace(old, f"<{tag}>{escape(typed)}</{tag}>")
        else:
            return part
        return words.encode()

    return repacked(data, change)


def pulled(path: Path, data: bytes, **more: Any) -> Pulled:
    returned = path.with_name("returned.docx")
    returned.write_bytes(data)
    return pull(str(returned), source.read(str(path)), str(path), **more)


def diff(one: str, two: str) -> list[tuple[str, str]]:
    lines = zip(one.splitlines(), two.splitlines(), strict=True)
    return [(old.strip(), new.strip()) for old, new in lines if old != new]


# --- what was typed, read by its form --------------------------------------------------------------------------

TYPED = {
    "en-GB": [
        ("money", "64000", "EUR 64,000", "64000"),
        ("money", "64000", "EUR\u00a072,500", "72500"),
        ("money", "64000", "€72,500.50", "72500.50"),
        ("money", "64,000", "72,500 EUR", "72,500"),
        ("money", "64000", "GBP 72,500", "GBP 72500"),
        ("money", "EUR 64,000", "€1.5 million", "EUR 1,500,000"),
        ("money", "EUR 500", "EUR 1,200", "EUR 1,200"),
        ("money", "150 USD per hour", "USD 175 per hour", "175 USD per hour"),
        ("money", "", "EUR 50,000", "EUR 50,000"),
        ("date", "2027-03-31", "31 March 2028", "2028-03-31"),
        ("date", "2027-03-31", "31\u00a0March 2028", "2028-03-31"),
        ("date", "2027-03-31", "the 1st of April 2028", "2028-04-01"),
        ("date", "2027-03-31", "April 1, 2028", "2028-04-01"),
        ("date", "2027-03-31", "1 Apr 2028", "2028-04-01"),
        ("date", "2027-03-31", "2028-04-01", "2028-04-01"),
        ("date", "2027-03-31", "31/03/2028", "2028-03-31"),
        ("when", "2027-03-31", "60 days after signature", "60 days after signature"),
        ("when", "2027-03-31", "ten Business Days before the end of the term", "10 business days before end"),
        ("when", "signature", "the Effective Date", "effective"),
        ("when", "end", "the end of the quarter", "quarter end"),
        ("duration", "12 months", "three years", "3 years"),
        ("duration", "12 months", "a year", "1 year"),
        ("duration", "30 days", "ninety (90) days", "90 days"),
        ("duration", "5 working days", "7 Business Days", "7 working days"),
        ("duration", "12 months", "without limit in time", "indefinite"),
        ("duration", "term", "the term and 2 years after it ends", "term + 2 years"),
        ("cadence", "monthly", "quarterly", "quarterly"),
        ("cadence", "monthly", "every 4 months", "every 4 months"),
        ("cadence", "monthly", "every two weeks", "biweekly"),
        ("rate", "12%", "15 %", "15%"),
        ("rate", "12%", "twelve and a half per cent", None),
        ("rate", "12%", "fifteen per cent (15%)", "15%"),
        ("rate", "12%", "12.5%", "12.5%"),
        ("measure", ">= 97%", "at least 98%", ">= 98%"),
        ("measure", "at least 97%", "more than 98%", "more than 98%"),
        ("measure", "12000 users", "15,000 users", "15000 users"),
        ("measure", ">= 4.2 of 5", "at least 4.5 of 5", ">= 4.5 of 5"),
        ("measure", "EUR 1,000,000", "EUR 1,200,000", "EUR 1,200,000"),
        ("number", "2", "three", None),
        ("number", "2", "3", "3"),
        ("enum", "wet-ink", "Electronic", "electronic"),
        ("who", "acme", "Borealis", "borealis"),
        ("who", "acme", "Borealis Ports Ltd", "borealis"),
        ("who", "acme", "each party", "each"),
        ("who", "acme", "Each party’s", "each"),
        ("text", "fair", "fair and quick", "fair and quick"),
        # never guessed
        ("money", "64000", "64.000", None),
        ("money", "64000", "$64,000", None),
        ("money", "64000", "EUR 64,000 or so", None),
        ("date", "2027-03-31", "03/04/2028", None),
        ("date", "2027-03-31", "31 April 2028", None),
        ("date", "2027-03-31", "soon", None),
        ("duration", "30 days", "ninety (60) days", None),
        ("duration", "30 days", "30", None),
        ("duration", "30 days", "2 years and 6 months", None),
        ("who", "acme", "Cobalt", None),
        ("enum", "wet-ink", "by carrier pigeon", None),
        ("text", "fair", "", None),
        ("text", "fair", "\ue000", None),
    ],
    "en-US": [
        ("money", "USD 64,000", "$72,500", "USD 72,500"),
        ("date", "2027-03-31", "April 1, 2028", "2028-04-01"),
        ("duration", "30 days", "one hundred twenty (120) days", "120 days"),
        ("rate", "12%", "fifteen percent (15%)", "15%"),
    ],
    "de-DE": [
        ("money", "64000", "72.500 EUR", "72500"),
        ("money", "64000", "72.500,50 €", "72500.50"),
        ("money", "64000", "72,500", None),
        ("date", "2027-03-31", "1. April 2028", "2028-04-01"),
        ("date", "2027-03-31", "03.04.2028", "2028-04-03"),
        ("duration", "30 days", "90 Tage", "90 days"),
        ("duration", "30 days", "90 Tagen", "90 days"),
        ("duration", "30 days", "neunzig (90) Tage", "90 days"),
        ("duration", "30 days", "einem Jahr", "1 year"),
        ("duration", "30 days", "10 Werktage", "10 business days"),
        ("duration", "30 days", "unbefristet", "indefinite"),
        ("when", "signature", "60 Tage nach Unterzeichnung", "60 days after signature"),
        ("when", "signature", "dem Wirksamkeitsdatum", "effective"),
        ("cadence", "monthly", "vierteljährlich", "quarterly"),
        ("cadence", "monthly", "alle 4 Monate", "every 4 months"),
        ("rate", "12%", "12,5 %", "12.5%"),
        ("measure", ">= 97%", "mindestens 98 %", ">= 98%"),
        ("enum", "wet-ink", "elektronisch", "electronic"),
        ("who", "acme", "die Parteien", "all"),
    ],
}


@pytest.mark.parametrize(
    ("language", "form", "raw", "typed", "wanted"),
    [(language, *case) for language, cases in TYPED.items() for case in cases],
)
def test_what_is_typed_is_read_by_its_form(language: str, form: str, raw: str, typed: str, wanted: str | None) -> None:
    currency = "USD" if language == "en-US" else "EUR"
    text = DEAL.replace("currency: EUR", f"currency: {currency}\n  language: {language}")
    found, _ = checked(source.parse(text, "deal.yaml"))
    reader = Reader(found, _wording(found, shelves(found.house), None))
    schema = {"x-form": form} | ({"enum": ["wet-ink", "electronic", "either"]} if form == "enum" else {})
    aim = Place("a.path", ("a",), form, schema, raw or None)
    shown = raw if form == "text" else reader.wording.shown(raw, form) if raw and form != "number" else "[● open]"
    if wanted is None:
        with pytest.raises(Unreadable):
            reader.read(aim, shown, typed)
    else:
        assert reader.read(aim, shown, typed) == Piece(0, len(raw), wanted)


@pytest.mark.parametrize("style", [Style(), Style(numbers="words-and-digits", money="symbol")])
def test_whatever_a_paper_shows_is_read_as_what_the_deal_says(style: Style) -> None:
    """Every value of every example in both forms: what is printed reads back as what it was printed from."""
    count = 0
    for example in EXAMPLES:
        found, _ = checked(source.read(str(example)))
        settings: Any = type("Settings", (), {"style": style})
        reader = Reader(found, _wording(found, shelves(found.house), settings))
        for form in ("term-sheet", "agreement"):
            document = assemble(found, form, draft=True, style=style).document
            for inline in {one for one in document.inlines() if isinstance(one, Value)}:
                aim = place(found, inline.path)
                if aim is None:
                    continue
                shown = typeset(inline.shown)
                piece = reader.read(aim, shown, shown)
                raw = aim.raw or ""
                made = raw[: piece.start] + piece.text + raw[piece.end :]
                from termsheet.returned.merge import _is_alike

                assert _is_alike(raw, made, aim), (example.name, inline)
                count += 1
    assert count > 4_000


@pytest.mark.parametrize(
    ("raw", "shown", "typed", "wanted"),
    [
        ("run the first line", "Run the first line", "Run the second line", "run the second line"),
        ("run the first line", "Run the first line", "Staff the first line", "staff the first line"),
        ("NASA runs it", "NASA runs it", "ESA runs it", "ESA runs it"),
        ("the cranes work.", "the cranes work", "the cranes stand", "the cranes stand."),
        ("Acme's cranes", "Acme’s cranes", "Acme’s new cranes", "Acme's new cranes"),
        ("from 1 May 2027 on", "from 1\u00a0May 2027 on", "from 1\u00a0May 2028 on", "from 1 May 2028 on"),
        ("one  two\n  three", "one two three", "one two four", "one  two\n  four"),
        ("First.\n\nSecond.", "Second.", "Second and last.", "First.\n\nSecond and last."),
        ("a, b and c", "a, b and c", "a and c", "a and c"),
        ("use it", "use it", "use it – at night", "use it – at night"),
        ("one", "something else", "anything", None),
    ],
)
def test_a_text_is_changed_only_where_it_was_changed(raw: str, shown: str, typed: str, wanted: str | None) -> None:
    piece = edited(raw, shown, typed)
    made = raw[: piece.start] + piece.text + raw[piece.end :] if piece else None
    assert made == wanted


def test_what_an_editor_does_by_itself_is_no_change() -> None:
    assert same("Acme's \"sensors\" - 12 May", "Acme’s  “sensors” – 12\u00a0May ")
    assert same("1/2 of it...", "½ of it…")
    assert not same("12 May", "13 May")
    assert prose.cleaned("a\u2011b\u00ad c") == "a-b c"


# --- and written into the YAML -----------------------------------------------------------------------------------

YAML = """\
plain: one two three   # a comment
single: 'it''s one'
double: "say \\"one\\""
folded: >-
  one two
  three four
kept: |
  five six

  seven eight
wrapped: one two
  nine
flow: {a: one, b: [two, three]}
point: open
section:
  open:
    what: much
empty:
anchor: &x one
alias: *x
"""


@pytest.mark.parametrize(
    ("route", "new", "was", "now"),
    [
        (("plain",), "one 2 three", "plain: one two three", "plain: one 2 three"),
        (("plain",), "one: two # three", "plain: one two three", 'plain: "one: two # three"'),
        (("plain",), "- open", "plain: one two three", 'plain: "- open"'),
        (("plain",), "open", "plain: one two three", 'plain: "open"'),
        (("single",), "it's two", "single: 'it''s one'", "single: 'it''s two'"),
        (("double",), 'say "two"', 'double: "say \\"one\\""', 'double: "say \\"two\\""'),
        (("folded",), "one two 3 four", "  three four", "  3 four"),
        (("kept",), "five six\n\nseven 8\n", "  seven eight", "  seven 8"),
        (("wrapped",), "one two 3", "  nine", "  3"),
        (("flow", "a"), "1, 2", "flow: {a: one, b: [two, three]}", 'flow: {a: "1, 2", b: [two, three]}'),
        (("flow", "b", 1), "3", "flow: {a: one, b: [two, three]}", "flow: {a: one, b: [two, 3]}"),
        (("point",), "EUR 5,000", "point: open", "point: EUR 5,000"),
        (("empty",), "filled", "empty:", "empty: filled"),
        (("alias",), "two", "alias: *x", "alias: two"),
    ],
)
@pytest.mark.parametrize("nl", ["\n", "\r\n"])
def test_only_the_characters_of_a_value_change(route: Any, new: str, was: str, now: str, nl: str) -> None:
    text = YAML.replace("\n", nl)
    made = written(source.parse(text, "deal.yaml"), route, new)
    assert made is not None
    lines = YAML.split("\n")
    (at,) = (place for place, line in enumerate(lines) if line.startswith(was))
    assert made.text == nl.join([*lines[:at], now + lines[at].removeprefix(was), *lines[at + 1 :]])


def test_a_section_that_is_open_takes_a_value() -> None:
    made = written(source.parse(YAML, "deal.yaml"), ("section",), "EUR 5,000")
    assert made is not None
    assert "point: open\nsection: EUR 5,000\nempty:" in made.text


def test_what_others_share_is_not_changed() -> None:
    assert written(source.parse(YAML, "deal.yaml"), ("anchor",), "two") is None


# --- round trips -------------------------------------------------------------------------------------------------

EDITS = {
    "parties[acme].name": ("Acme Sensing GmbH", "name: Acme Sensors GmbH", "name: Acme Sensing GmbH"),
    "parties[borealis].name": ("Borealis Ports plc", "name: 'Borealis Ports Ltd'", "name: 'Borealis Ports plc'"),
    "scope.in[sensors-on-twelve-cranes]": ("sensors on ten cranes", "- sensors on twelve cranes", "- sensors on ten cranes"),
    "pilot.end": ("30 September 2027", "end: 2027-08-31", "end: 2027-09-30"),
    "pilot.criteria[uptime].threshold": ("at least 98%", 'threshold: ">= 97%"', 'threshold: ">= 98%"'),
    "contributions[twelve-sensors].value": ("€72,500", "value: 64000   # in euro", "value: 72500   # in euro"),
    "term.initial": ("eighteen (18) months", "initial: 12 months", "initial: 18 months"),
    "exit.rights[convenience-each].notice": ("60 days", "notice: 90 days", "notice: 60 days"),
    "legal.liability[each].cap": ("EUR 750,000", "cap: EUR 500,000", "cap: EUR 750,000"),
    "legal.governing_law.law": ("the law of Germany", "law: the law of Ireland", "law: the law of Germany"),
}  # fmt: skip


@pytest.mark.parametrize("where", ["text", "store", "both"])
def test_values_of_every_kind_come_back(deal: Path, where: str) -> None:
    typed = {path: edit[0] for path, edit in EDITS.items()}
    data = came_back(drafted(), typed if where != "store" else {}, typed if where != "text" else {})
    made = pulled(deal, data)
    assert not made.conflicts
    assert not made.unclear
    assert sorted(diff(DEAL, made.after.text)) == sorted(edit[1:] for edit in EDITS.values())
    assert {change.path for change in made.changes} == set(EDITS)
    assert made.shows["contributions[twelve-sensors].value"] == "EUR\u00a072,500"
    assert made.answers == "the deal as it is"


def test_nothing_comes_back_where_nothing_was_changed(deal: Path, run_cli: Any) -> None:
    for form in ("term-sheet", "agreement"):
        made = pulled(deal, drafted(form=form))
        assert (made.changes, made.conflicts, made.unclear, made.merged.gone) == ([], [], [], [])
    code, out, _ = run_cli("pull", str(deal.with_name("returned.docx")), str(deal))
    assert code == 0
    assert "answers the deal as it is: no value changed; words and comments: `termsheet review`" in out


def test_signs_that_an_editor_changes_are_no_change(deal: Path) -> None:
    typed = {"scope.summary": "Acme's sensors  watch the cranes of\u00a0Borealis, and both learn from what they see. "}
    assert not pulled(deal, came_back(drafted(), typed)).changes


def test_a_value_in_many_places_is_changed_by_one_of_them(deal: Path) -> None:
    path = "parties[acme].name"
    data = drafted(form="agreement")
    count = len(control(path).findall(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()))
    assert count >= 3
    made = pulled(deal, came_back(data, {path: "Acme Sensing GmbH"}, count=1))
    (change,) = made.changes
    assert (change.new, change.said[0].count, change.where.places) == ("Acme Sensing GmbH", 1, count)


def test_two_new_values_are_a_conflict_and_are_not_written(deal: Path, run_cli: Any) -> None:
    path = "legal.liability[each].cap"
    data = came_back(came_back(drafted(), {path: "EUR 750,000"}), {"term.initial": "2 years"}, {path: "EUR 800,000"})
    returned = deal.with_name("returned.docx")
    returned.write_bytes(data)
    code, out, _ = run_cli("pull", str(returned), str(deal), "--write")
    assert code == 1
    assert "CONFLICT: two things are said" in out
    assert "EUR 750,000" in out
    assert "EUR 800,000" in out
    assert diff(DEAL, deal.read_text()) == [("initial: 12 months", "initial: 2 years")]


def test_the_same_said_in_two_ways_is_no_conflict(deal: Path) -> None:
    path = "legal.liability[each].cap"
    made = pulled(deal, came_back(drafted(), {path: "€750,000"}, {path: "EUR 750,000.00"}))
    assert [change.new for change in made.changes] == ["EUR 750,000"]
    assert not made.conflicts


def test_the_deal_may_have_moved_on(deal: Path, run_cli: Any) -> None:
    run_cli("send", str(deal), "--draft", "-q")
    draft = deal.with_name("deal.sent") / "1" / "draft.docx"
    moved = DEAL.replace("initial: 12 months", "initial: 2 years").replace("notice: 90 days", "notice: 60 days")
    deal.write_text(moved)
    typed = {"term.initial": "3 years", "exit.rights[convenience-each].notice": "60 days", "pilot.end": "1 July 2027"}
    made = pulled(deal, came_back(draft.read_bytes(), typed))
    assert made.answers == "round 1"
    assert [(one.path, one.says, one.reason) for one in made.conflicts] == [
        ("term.initial", "2 years", "the deal has moved on since")
    ]
    assert made.merged.settled == ["exit.rights[convenience-each].notice"]
    assert [change.new for change in made.changes] == ["2027-07-01"]


def test_tracked_changes_count_as_accepted(deal: Path) -> None:
    by = 'w:id="900" w:author="B" w:date="2027-01-20T10:00:00Z"'
    runs = (
        f'<w:r><w:t>EUR </w:t></w:r><w:del {by}><w:r><w:delText>500,000</w:delText></w:r></w:del>'
        f"<w:ins {by}><w:r><w:t>600,000</w:t></w:r></w:ins><w:moveFrom {by}><w:r><w:t>x</w:t></w:r></w:moveFrom>"
    )
    made = pulled(deal, came_back(drafted(), {"legal.liability[each].cap": runs}))
    assert [change.new for change in made.changes] == ["EUR 600,000"]


def test_what_is_gone_is_left_to_do_until_the_deal_has_left_it_out(deal: Path, run_cli: Any) -> None:
    gone = '<w:del w:id="900" w:author="B" w:date="2027-01-20T10:00:00Z"><w:r><w:delText>EUR 500,000</w:delText></w:r></w:del>'
    returned, sent = deal.with_name("returned.docx"), deal.with_name("sent.docx")
    sent.write_bytes(drafted())
    returned.write_bytes(came_back(drafted(), {"legal.liability[each].cap": gone, "pilot.end": "1 July 2027"}))
    code, out, _ = run_cli("pull", str(returned), str(deal), "--write")
    assert code == 1
    assert "written to" in out
    assert "no longer in the text, or no longer bound: legal.liability[each].cap" in out
    args = ("pull", str(returned), str(deal), "--sent", str(sent))
    assert run_cli(*args)[0] == 1
    deal.write_text(deal.read_text("utf-8") + "\nclauses:\n  omit:\n    - clause: liability.cap\n      reason: agreed\n", "utf-8")
    code, out, _ = run_cli(*args)
    assert (code, "no longer in the text" in out) == (0, False), out
    assert "the deal says so already" in out


def test_a_value_that_the_text_no_longer_shows_is_told(deal: Path) -> None:
    by = 'w:id="900" w:author="B" w:date="2027-01-20T10:00:00Z"'
    gone = f"<w:del {by}><w:r><w:delText>EUR 500,000</w:delText></w:r></w:del>"
    made = pulled(deal, came_back(drafted(), {"legal.liability[each].cap": gone}))
    assert [path for path, _ in made.merged.gone] == ["legal.liability[each].cap"]

    def unwrap(name: str, part: bytes) -> bytes:
        if name != "word/document.xml":
            return part
        return control("term.initial").sub(lambda found: found[2], part.decode()).encode()

    made = pulled(deal, repacked(came_back(drafted(), store={"pilot.end": "1 July 2027"}), unwrap))
    assert [path for path, _ in made.merged.gone] == ["term.initial"]
    assert [change.new for change in made.changes] == ["2027-07-01"]


def test_an_emptied_control_is_asked_about(deal: Path) -> None:
    made = pulled(deal, came_back(drafted(), {"term.initial": " "}))
    assert [(one.path, one.reason.split(":")[0]) for one in made.unclear] == [("term.initial", "was emptied")]


def test_an_open_point_is_filled_in(deal: Path) -> None:
    text = DEAL.replace("cap: EUR 500,000", "cap: open  # ask the board").replace(
        "initial: 12 months", "initial: { open: { what: how long } }"
    )
    deal.write_text(text)
    typed = {"legal.liability[each].cap": "[● EUR 750,000]", "term.initial": "two years"}
    made = pulled(deal, came_back(drafted(text), typed))
    assert not made.unclear
    assert diff(text, made.after.text) == [
        ("initial: { open: { what: how long } }", "initial: 2 years"),
        ("cap: open  # ask the board", "cap: EUR 750,000  # ask the board"),
    ]


def test_a_name_is_changed_where_it_is_given_and_followed_elsewhere(deal: Path) -> None:
    text = (ROOT / "examples" / "telehealth-alliance.yaml").read_text()
    deal.write_text(text)
    data = drafted(text)
    uses = [key.path for key, text in values(Package(data, "draft")).store.items() if text == "Pulsara" and key.way == 1]
    assert len(uses) > 20
    made = pulled(deal, came_back(data, dict.fromkeys(uses, "Pulsar")))
    assert not made.conflicts
    assert {one.reason.split(":")[0] for one in made.unclear} <= {"stands for more than one value"}
    assert diff(text, made.after.text) == [("short: Pulsara", "short: Pulsar")]


def test_a_reference_to_another_party_comes_back_as_its_id(deal: Path) -> None:
    made = pulled(deal, came_back(drafted(), {"contributions[twelve-sensors].by": "Borealis"}))
    assert diff(DEAL, made.after.text) == [("- by: acme", "- by: borealis")]


def test_what_cannot_be_understood_is_told_with_its_words(deal: Path, run_cli: Any) -> None:
    returned = deal.with_name("returned.docx")
    returned.write_bytes(came_back(drafted(), {"term.initial": "until the cranes rust"}))
    code, out, _ = run_cli("pull", str(returned), str(deal), "--write")
    assert code == 1
    assert "NOT UNDERSTOOD" in out
    assert "until the cranes rust" in out
    assert deal.read_text() == DEAL


def test_the_report_names_line_path_clause_and_both_ways_of_saying_it(deal: Path, run_cli: Any) -> None:
    returned = deal.with_name("returned.docx")
    returned.write_bytes(came_back(drafted(), {"contributions[twelve-sensors].value": "EUR 72,500"}))
    code, out, _ = run_cli("pull", str(returned), str(deal))
    line = DEAL.splitlines().index("    value: 64000   # in euro") + 1
    assert code == 1
    assert re.search(rf"deal\.yaml:{line}: contributions\[twelve-sensors\]\.value \(\d[\w.()]* \w[^)]*\)\n", out)
    assert "    64000 → 72500\n    shown: EUR 64,000 → EUR 72,500\n" in out
    code, out, _ = run_cli("pull", str(returned), str(deal), "--format", "json")
    found = json.loads(out)
    assert code == 1
    assert found["changes"][0]["new"] == "72500"
    assert found["changes"][0]["line"] == line
    code, out, _ = run_cli("pull", str(returned), str(deal), "--format", "markdown")
    assert f"| {line} | `contributions[twelve-sensors].value` |" in out
    assert deal.read_text() == DEAL
    assert run_cli("pull", str(returned), str(deal), "--write", "-q")[0] == 0
    assert run_cli("lint", str(deal), "--fail-on", "error", "-q")[0] in (0, 1)
    assert diff(DEAL, deal.read_text()) == [("value: 64000   # in euro", "value: 72500   # in euro")]


def test_a_byte_order_mark_and_line_breaks_stay(deal: Path, run_cli: Any) -> None:
    text = DEAL.replace("\n", "\r\n")
    deal.write_bytes(b"\xef\xbb\xbf" + text.encode())
    returned = deal.with_name("returned.docx")
    returned.write_bytes(came_back(drafted(), {"term.initial": "2 years"}))
    assert run_cli("pull", str(returned), str(deal), "--write", "-q")[0] == 0
    assert deal.read_bytes() == b"\xef\xbb\xbf" + text.replace("12 months", "2 years").encode()


def test_a_file_reaches_nothing_that_was_not_sent(deal: Path) -> None:
    store = "<internal.us>acme</internal.us><legal.liability>x</legal.liability>"

    def change(name: str, part: bytes) -> bytes:
        return part.replace(b"</deal>", store.encode() + b"</deal>") if name == "customXml/item1.xml" else part

    made = pulled(deal, repacked(drafted(), change))
    assert (made.changes, made.merged.foreign) == ([], 2)


# --- what editors drop -------------------------------------------------------------------------------------------


def renamed_prefix(name: str, part: bytes) -> bytes:
    if name != "word/document.xml":
        return part
    return part.replace(b"xmlns:t=", b"xmlns:ns0=").replace(b"/t:", b"/ns0:")


def no_alias(name: str, part: bytes) -> bytes:
    return re.sub(rb"<w:alias [^>]*/>", b"", part) if name == "word/document.xml" else part


def no_binding(name: str, part: bytes) -> bytes:
    return re.sub(rb"<w:dataBinding [^>]*/>", b"", part) if name == "word/document.xml" else part


def no_store(name: str, part: bytes) -> bytes | None:
    return None if name.startswith("customXml/item1") else part


def document2(name: str, part: bytes) -> bytes | None:
    """As Word for the web calls it."""
    return part.replace(b"word/document.xml", b"word/document2.xml") if name == "_rels/.rels" else part


@pytest.mark.parametrize("drop", [renamed_prefix, no_alias, no_binding])
def test_an_editor_may_drop_what_it_does_not_know(deal: Path, drop: Any) -> None:
    data = repacked(came_back(drafted(), {"term.initial": "2 years", "pilot.end": "1 July 2027"}), drop)
    made = pulled(deal, data)
    assert sorted(change.new for change in made.changes) == ["2 years", "2027-07-01"]
    assert not made.conflicts
    assert not made.unclear


def test_the_document_may_be_called_otherwise(deal: Path) -> None:
    data = came_back(drafted(), {"term.initial": "2 years"})
    body = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml")
    data = repacked(data, lambda name, part: None if name == "word/document.xml" else document2(name, part),
                    {"word/document2.xml": body})  # fmt: skip
    assert [change.new for change in pulled(deal, data).changes] == ["2 years"]


def test_without_a_store_the_last_round_is_taken(deal: Path, run_cli: Any) -> None:
    data = repacked(came_back(drafted(), {"term.initial": "2 years"}), no_store)
    with pytest.raises(TermsheetError, match="no longer says which paper it answers"):
        pulled(deal, data)
    run_cli("send", str(deal), "--draft", "-q")
    made = pulled(deal, data)
    assert made.answers == "round 1, the last one"
    assert [change.new for change in made.changes] == ["2 years"]


# --- which paper it answers --------------------------------------------------------------------------------------


def test_another_deal_is_refused_by_its_parties(deal: Path) -> None:
    other = (ROOT / "examples" / "telehealth-alliance.yaml").read_text()
    with pytest.raises(TermsheetError, match="another deal: its parties are Pulsara Devices GmbH and Clinivia"):
        pulled(deal, drafted(other))


def test_another_text_of_the_deal_asks_for_what_was_sent(deal: Path) -> None:
    old = DEAL.replace("12 months", "6 months")
    data = came_back(drafted(old), {"pilot.end": "1 July 2027", "term.initial": "2 years"})
    with pytest.raises(TermsheetError, match="but another text of this deal; give the draft that was sent"):
        pulled(deal, data)
    sent = deal.with_name("sent.docx")
    sent.write_bytes(drafted(old))
    made = pulled(deal, data, explicit=str(sent))
    assert [change.new for change in made.changes] == ["2027-07-01", "2 years"]
    sent.write_bytes(drafted(DEAL))
    with pytest.raises(TermsheetError, match="but another paper"):
        pulled(deal, data, explicit=str(sent))


def test_a_plain_file_is_refused(deal: Path) -> None:
    with pytest.raises(TermsheetError, match="rendered with `--plain`, or unwrapped"):
        pulled(deal, drafted(bound=False))


# --- hostile files -----------------------------------------------------------------------------------------------


def zipped(parts: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return made.getvalue()


def part(target: str, content: bytes) -> Callable[[bytes], bytes]:
    return lambda data: repacked(data, lambda name, old: content if name == target else old)


ENTITY = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>'
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><d>&b;</d>'
HOSTILE: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "empty": (lambda data: b"", "the file is empty"),
    "text": (lambda data: b"hello", "not a Word file"),
    "pdf": (lambda data: b"%PDF-1.7", "a PDF"),
    "rtf": (lambda data: b"{\\rtf1}", "an RTF file"),
    "html": (lambda data: b"<html/>", "a web page or XML"),
    "old Word": (lambda data: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "a file of old Word"),
    "encrypted": (
        lambda data: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "locked by a password",
    ),
    "cut": (lambda data: data[: len(data) // 2], "damaged"),
    "bits": (lambda data: data[:300] + bytes(400) + data[700:], "damaged"),
    "no document": (lambda data: zipped({"a.txt": b"a"}), "not a Word file"),
    "odt": (lambda data: zipped({"mimetype": b"x", "content.xml": b"<a/>"}), "OpenDocument"),
    "macro": (lambda data: repacked(data, lambda name, old: old, {"word/vbaProject.bin": b"x"}), "holds macros"),
    "entity": (part("word/document.xml", ENTITY), "declares a document type"),
    "entity in the store": (part("customXml/item1.xml", ENTITY), "declares a document type"),
    "laughs": (part("word/document.xml", LAUGHS), "declares a document type"),
    "bomb": (part("word/document.xml", b" " * (package.LARGEST_PART + 10)), "unpacks to more than"),
    "bomb in the store": (part("customXml/item1.xml", b" " * (package.LARGEST_PART + 10)), "unpacks to more than"),
    "not well-formed": (part("word/document.xml", b"<w:document"), "not well-formed"),
    "encoding": (part("word/document.xml", b'<?xml version="1.0" encoding="klingon"?><a/>'), "not well-formed|damaged"),
    "deep": (part("word/document.xml", b"<a>" * 600 + b"</a>" * 600), "nested deeper"),
    "many parts": (lambda data: zipped({f"{n}": b"" for n in range(package.MOST_PARTS + 1)}), "more than 5,000 parts"),
    "many values": (
        part("word/document.xml", b'<w:d xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
             + b"<w:sdt></w:sdt>" * 20_001 + b"</w:d>"),
        "more than 20,000 values",
    ),
    "two stores": (
        lambda data: repacked(data, lambda name, old: old,
                              {"customXml/item2.xml": zipfile.ZipFile(io.BytesIO(data)).read("customXml/item1.xml")}),
        "values of two papers",
    ),
    "elements that are no path": (
        lambda data: repacked(data, lambda name, old: old.replace(b"</deal>", b"<a_FFFFFFFFFF_>x</a_FFFFFFFFFF_></deal>")
                              if name == "customXml/item1.xml" else old),
        "",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_gets_one_sentence(deal: Path, run_cli: Any, kind: str) -> None:
    make, said = HOSTILE[kind]
    returned = deal.with_name("returned.docx")
    returned.write_bytes(make(drafted()))
    code, out, err = run_cli("pull", str(returned), str(deal), "--write")
    assert deal.read_text() == DEAL
    if not said:
        assert code == 0
        assert "never sent: 1 value" in out
        return
    assert code == 2
    assert re.search(said, err)
    assert len(err.strip().splitlines()) == 1
    assert "Traceback" not in err


def test_a_password_of_the_zip_is_told(deal: Path) -> None:
    data = bytearray(drafted())
    for found in re.finditer(b"PK\x01\x02|PK\x03\x04", bytes(data)):
        data[found.start() + (8 if found[0][2] == 1 else 6)] |= 1
    with pytest.raises(TermsheetError, match="locked by a password"):
        pulled(deal, bytes(data))


def test_damage_of_any_kind_ends_in_a_sentence_or_a_file() -> None:
    data, chance, said = drafted(), random.Random(20270115), list[str]()
    for _ in range(150):
        spoilt = bytearray(data)
        for _ in range(chance.choice((1, 1, 3, 20))):
            at = chance.choice((chance.randrange(len(spoilt)), len(spoilt) - chance.randrange(1, 1500)))
            spoilt[at : at + chance.randrange(1, 40)] = chance.randbytes(chance.randrange(3))
        try:
            values(Package(bytes(spoilt), "returned.docx"))
        except TermsheetError as error:
            said.append(str(error))
    assert len(said) > 50
    assert all(len(sentence.splitlines()) == 1 for sentence in said)


def test_ten_thousand_comments_do_not_matter(deal: Path) -> None:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    one = '<w:comment w:id="{}" w:author="B"><w:p><w:r><w:t>Why?</w:t></w:r></w:p></w:comment>'
    comments = f"<w:comments {space}>{''.join(map(one.format, range(10_000)))}</w:comments>"
    data = came_back(drafted(), {"term.initial": "2 years"})
    data = repacked(data, lambda name, old: old, {"word/comments.xml": comments.encode()})
    assert [change.new for change in pulled(deal, data).changes] == ["2 years"]


def test_what_is_typed_cannot_write_yaml(deal: Path) -> None:
    evil = "fair\ninternal: {us: acme}\n# \"x\" 'y' \\ & *a !tag {{ deal }}"
    made = pulled(deal, came_back(drafted(), store={"scope.in[sensors-on-twelve-cranes]": evil}))
    (change,) = made.changes
    assert made.after.data["scope"]["in"][0] == change.new
    assert "internal" not in made.after.data


# --- LibreOffice as the editor -----------------------------------------------------------------------------------


UNO = python_with_uno()
needs_uno = pytest.mark.skipif(UNO is None, reason="LibreOffice with its Python interface (python3-uno) is not installed")


def libreoffice(folder: Path, data: bytes, edits: list[tuple[str, int, str]]) -> tuple[bytes, list[int]]:
    """The file as LibreOffice saves it after words were typed over, and how often each was found."""
    (folder / "sent.docx").write_bytes(data)
    assert UNO
    command = [UNO, str(ROOT / "tests" / "uno_editor.py"), str(folder / "sent.docx"), str(folder / "edited.docx"),
               str(folder / "profile")]  # fmt: skip
    run = subprocess.run(command, input=json.dumps(edits), capture_output=True, text=True, timeout=180)
    assert run.returncode == 0, run.stderr
    return (folder / "edited.docx").read_bytes(), json.loads(run.stdout.splitlines()[-1])


@needs_uno
def test_a_file_that_libreoffice_saved_unchanged_brings_no_change(deal: Path, tmp_path: Path) -> None:
    data, _ = libreoffice(tmp_path, drafted(form="agreement"), [])
    made = pulled(deal, data)
    assert (made.changes, made.conflicts, made.unclear, made.merged.gone) == ([], [], [], [])


@needs_uno
@pytest.mark.parametrize("form", ["term-sheet", "agreement"])
def test_values_typed_in_libreoffice_come_back(deal: Path, tmp_path: Path, form: str) -> None:
    sent = drafted(form=form)
    shown = {key.path: text for key, text in values(Package(sent, "sent")).store.items() if key.way == 1}
    used = {path: edit for path, edit in EDITS.items() if path in shown}
    assert len(used) >= 9
    # A party's name in just one of its places; every other value where it first stands.
    edits = [(shown[path], 0 if path == "pilot.end" else 1, edit[0]) for path, edit in used.items()]
    data, counts = libreoffice(tmp_path, sent, edits)
    assert all(counts)
    made = pulled(deal, data)
    assert not made.conflicts
    assert not made.unclear
    ours = {change.path for change in made.changes}
    assert set(used) <= ours | {"pilot.end"}
    assert {edit[1:] for edit in used.values()} <= set(diff(DEAL, made.after.text)) | {EDITS["pilot.end"][1:]}


@needs_uno
def test_what_is_changed_in_the_store_is_shown_and_saved_by_libreoffice(deal: Path, tmp_path: Path) -> None:
    typed = {path: edit[0] for path, edit in EDITS.items()}
    data, counts = libreoffice(tmp_path, came_back(drafted(), store=typed), [("EUR 750,000", -1, "")])
    assert counts == [1]
    made = pulled(deal, data)
    assert not made.conflicts
    assert not made.unclear
    assert sorted(diff(DEAL, made.after.text)) == sorted(edit[1:] for edit in EDITS.values())


def test_what_libreoffice_stores_of_a_tracked_change_is_no_second_answer(deal: Path) -> None:
    """It stores what is deleted and what is put in, one behind the other."""
    by = 'w:id="1" w:author="B" w:date="2027-01-02T00:00:00Z"'
    typed = {"legal.liability[each].cap": (
        f'<w:r><w:t>EUR </w:t></w:r><w:del {by}><w:r><w:delText>500,000</w:delText></w:r></w:del>'
        f'<w:ins {by}><w:r><w:t>650,000</w:t></w:r></w:ins>'
    )}  # fmt: skip
    made = pulled(deal, came_back(drafted(), typed, dict.fromkeys(typed, "EUR 500,000650,000")))
    assert not made.conflicts
    assert [change.new for change in made.changes] == ["EUR 650,000"]
    other = pulled(deal, came_back(drafted(), typed, dict.fromkeys(typed, "EUR 700,000")))
    assert [conflict.reason for conflict in other.conflicts] == ["two things are said"]


def test_a_tracked_change_that_libreoffice_7_has_cut_in_pieces_comes_back(deal: Path) -> None:
    """As it writes one in a bound value: pieces that cross each other, and the whole once more behind each."""

    def piece(found: re.Match[str], inner: str, kind: str = "") -> str:
        head, _, tail = found.groups()
        mark = f'<w:{kind} w:id="7" w:author="B">' if kind else ""
        if kind:
            inner = f"{mark}<w:r>{inner}</w:r></w:{kind}>"
            return f"{mark}{head}</w:{kind}>{inner}{tail}"
        return f"{head}<w:r>{inner}</w:r>{tail}"

    def change(name: str, old: bytes) -> bytes:
        if name != "word/document.xml":
            return old
        words = old.decode()
        found = control("term.initial").search(words)
        assert found
        whole = "1218 months"
        made = (piece(found, f"<w:t>{whole}</w:t>")
                + piece(found, f"<w:delText>12</w:delText><w:delText>{whole}</w:delText>", "del")
                + piece(found, f"<w:t>18</w:t><w:t>{whole}</w:t>", "ins")
                + piece(found, f'<w:t xml:space="preserve"> months</w:t><w:t>{whole}</w:t>'))  # fmt: skip
        return (words[: found.start()] + made + words[found.end() :]).encode()

    made = pulled(deal, repacked(drafted(), change))
    assert [(one.path, one.new) for one in made.changes] == [("term.initial", "18 months")]
    assert (made.conflicts, made.unclear) == ([], [])


def test_help_and_errors_of_the_command(deal: Path, run_cli: Any) -> None:
    assert run_cli("pull", "--help")[0] == 0
    code, _, err = run_cli("pull", str(deal.with_name("nothing.docx")), str(deal))
    assert code == 2
    assert "there is no such file" in err
    code, _, err = run_cli("pull", str(deal), str(deal))
    assert code == 2
    assert "not a Word file" in err
