"""The Word writer: what a reader, a validator and LibreOffice make of the files that it writes."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree
from xml.sax.saxutils import unescape

import pytest
from office import counted, labels, needs_office, needs_poppler, pages, saved

from termsheet.document import (
    Block,
    Break,
    Clause,
    Column,
    Cover,
    CoverParty,
    Document,
    Furniture,
    Inline,
    Open,
    OpenPoint,
    Paragraph,
    Part,
    Ref,
    Row,
    Signature,
    SignatureLine,
    Table,
    Term,
    Text,
    Value,
    Words,
    shown,
)
from termsheet.errors import TermsheetError, WriteError
from termsheet.immutable import replace
from termsheet.numbering import numbered
from termsheet.word.controls import SPACE, STORE, element, path_of
from termsheet.word.options import Note, Options
from termsheet.word.reader import text_of
from termsheet.word.writer import write
from termsheet.word.zipped import unzipped, zipped

PLAIN = Options(bound=False)  # python-docx does not see what stands in a content control

LOREM = (
    "Each party will use reasonable endeavours to perform its obligations under this paragraph and will tell "
    "the other without delay of anything that is likely to keep it from doing so. "
)


# --- a deal made by hand ------------------------------------------------------------------------------------


def words(*pieces: str | Inline) -> tuple[Inline, ...]:
    """Inlines, where plain strings are the words of the clause."""
    return tuple(Text(piece) if isinstance(piece, str) else piece for piece in pieces)


def text(key: str, *pieces: str | Inline, level: int = 0) -> Paragraph:
    return Paragraph(key, words(*pieces), level)


def clause(key: str, title: str, *blocks: Block) -> Clause:
    return Clause(key, title, blocks)


def signature(name: str, *, by: str = "", person: bool = False) -> Signature:
    given = words(Value(f"{name}.signatory.name", by, by)) if by else ()
    lines = (SignatureLine("Name", given), SignatureLine("Title"), SignatureLine("Date"))
    lead = "Signed by" if person else "Signed for and on behalf of"
    party = words(Value("parties.name", name, name))
    return Signature(f"signature-{name}", lead, party, lines[2:] if person else lines)


def metrics() -> Table:
    titles = (("Measure", False), ("Baseline", True), ("Target", True), ("By", False))
    entries = (
        ("Qualified leads passed by Halcyon", "40", "120", "31 Dec 2027"),
        ("Revenue booked", "£0", "£1,250,000", "31 Dec 2027"),
        ("Time to first response", "48 hours", "4 hours", "30 Jun 2027"),
    )
    rows = [Row(f"row-{n}", tuple(words(cell) for cell in entry)) for n, entry in enumerate(entries)]
    total = ("Weighted score", "0", "100", "–")
    rows.append(Row("total", tuple(words(Text(cell, strong=True)) for cell in total)))
    return Table("metrics.table", "What is measured", tuple(Column(*title) for title in titles), tuple(rows))


def wide_table() -> Table:
    titles = ("Activity", "Responsible", "Accountable", "Budget", "Contingency", "Completion date")
    entries = (
        (
            "Joining of the two booking systems",
            "Northbridge",
            "Halcyon",
            "£1,250,000",
            "£187,500",
            "31 March 2027",
        ),
        ("Training of 140 account managers", "Halcyon", "Northbridge", "£64,000", "£9,600", "30 June 2027"),
        ("Joint launch at the trade fair", "Both", "Sponsors", "£310,000", "£46,500", "15 September 2027"),
    )
    rows = tuple(Row(f"work-{n}", tuple(words(cell) for cell in entry)) for n, entry in enumerate(entries))
    columns = tuple(Column(title, title in ("Budget", "Contingency")) for title in titles)
    return Table("work.table", "Work plan", columns, rows)


def commercial() -> Part:
    company = Value("parties[0].name", "Halcyon Robotics Limited", "Halcyon Robotics Limited")
    liable = (
        text("cap.lead", "Subject to paragraph ", Ref("law"), ", each party’s liability is limited:"),
        text("cap.a", "for damage to property, to ", Value("cap", "GBP 1M", "£1,000,000"), ";", level=1),
        text("cap.b", "for anything else, to the greater of:", level=1),
        text("cap.i", "the fees paid in the year before; and", level=2),
        text("cap.ii", "the cost of:", level=2),
        text("cap.A", "substitute services; and", level=3),
        text("cap.B", "recovery of data,", level=3),
        text("cap.c", "and in no case for loss of goodwill, as paragraph ", Ref("cap.i"), " says.", level=1),
        text("cap.end", "Nothing limits liability for fraud."),
    )
    return Part(
        "commercial",
        "Part A – Key commercial terms",
        (
            clause("parties", "Parties", text("parties.text", company, " (", Term("Halcyon", True), ").")),
            clause("purpose", "Purpose", text("purpose.text", LOREM * 2)),
            clause("metrics", "Measures of success", text("metrics.text", "Success is:"), metrics()),
            clause("work", "Work plan", text("work", "The work is:"), wide_table(), text("work.end", LOREM)),
            clause("liability", "Limits of liability", *liable),
            clause(
                "exclusive",
                "Non-solicitation and exclusivity",
                text("exclusive.text", Term("Halcyon"), " keeps to it for ", Open("term", "[● term]"), "."),
                text(
                    "exclusive.fee", "The fee is ", Open("fee", "[withheld]", True), ".", Break(), "In cash."
                ),
            ),
            clause("review", "Quarterly review", *(text(f"review.{n}", LOREM * 2) for n in range(5))),
        ),
    )


def binding() -> Part:
    effort = text("confidential.text", LOREM, Text("Not", strong=True), " less.")
    costs = text("costs.text", "Each bears its own, ", Text("pari passu", emphasis=True), ".")
    survive = ("Paragraphs ", Ref("confidential"), " to ", Ref("law"), " and ", Ref("cap.b"), " survive.")
    return Part(
        "binding",
        "Part B – Legally binding terms",
        (
            clause("confidential", "Confidentiality", effort),
            clause("costs", "Costs", costs),
            clause("law", "Governing law and jurisdiction", text("law.text", "England. ", *survive)),
        ),
        binding=True,
    )


def deal(parties: int = 3) -> Document:
    """A term sheet that uses everything the Document knows, already numbered."""
    people = ("Dr Amara Okafor", "Mr Tomasz Wilk")
    names = ("Northbridge Ventures III LP", "Halcyon Robotics Limited", people[0], "Kestrel AG", people[1])
    status = Text("subject to contract", strong=True)
    legend = ("Strictly private and confidential", "Subject to contract")
    return numbered(
        Document(
            title="Term Sheet",
            subtitle="Proposed alliance of Halcyon Robotics Limited and Northbridge Ventures III LP",
            intro=(text("intro", LOREM * 2, "Except for Part B, it is ", status, "."),),
            parts=(commercial(), binding()),
            closing=(text("closing", "The parties have signed on the dates below."),),
            signatures=tuple(
                signature(name, person=name in people, by="" if n else "Ms Ngozi Adeyemi-Clarke")
                for n, name in enumerate(names[:parties])
            ),
            furniture=Furniture(
                first_left=legend,
                left="Subject to contract",
                right="Draft (1): 21 November 2026",
                footer="Project Falcon – Term Sheet",
            ),
            subject="Strategic alliance",
            keywords=("term sheet", "alliance"),
        )
    )


def draft() -> Document:
    paper = deal(5)
    points = (
        OpenPoint("term", "How long exclusivity lasts", "exclusive.text", "Halcyon"),
        OpenPoint("cap", "The cap on damage to property, which the insurers must confirm", "cap.b", "Both"),
        OpenPoint("intro", "Whether the introduction names the affiliates", "intro"),
    )
    furniture = replace(paper.furniture, watermark="DRAFT")
    return numbered(replace(paper, open_points=points, furniture=furniture))


def long_paper() -> Document:
    """Forty clauses on Letter paper, each with items three deep and references to one of them."""

    def provision(key: str, title: str) -> Clause:
        see = ("See paragraph ", Ref("c1-1-2"), ".")
        return clause(key, title, *(text(f"{key}-{n}", LOREM, *see, level=n % 4) for n in range(6)))

    parts = tuple(
        Part(f"p{p}", f"Part {p}", tuple(provision(f"c{p}-{n}", f"Provision {n}") for n in range(10)))
        for p in range(4)
    )
    return numbered(replace(deal(1), parts=parts, paper="letter"))


ARABIC = "شركة هالسيون (2026) للروبوتات"
HEBREW = "חברת הלסיון בע״מ"
JAPANESE = "株式会社ハルシオン"
AWKWARD = (
    'Tab\there, line\nhere, R&D <tags> "quotes" non‑breaking soft\u00adhyphen  two 👩‍👧 éß½ 𝔘 ]]> {{ x }}'
)


def scripts() -> Document:
    """Arabic, Hebrew, Japanese, every awkward character, and a paragraph of ten thousand characters."""
    arabic, hebrew = Value("n", ARABIC, ARABIC), Value("m", HEBREW, HEBREW)
    both = text("a", "The party is ", arabic, " of Dubai, and ", hebrew, ".")
    clauses = (
        clause("arabic", "القانون المعمول به", both),
        clause("cjk", JAPANESE, text("b", "当事者は、" * 60, Open("o", "[● 期間]"))),
        clause("awkward", "Confidentiality/Non-disclosure", text("c", Value("v", AWKWARD, AWKWARD))),
        clause("giant", "Unternehmensverantwortlichkeitsvereinbarung", text("d", LOREM * 60)),
    )
    part = Part("p", "Part A – الشروط 条件", clauses)
    return numbered(replace(deal(1), parts=(part,), title="<Term & Sheet>"))


def agreement() -> Document:
    """An agreement with all that the other layout has: cover, contents, parties, background, clauses, schedules."""
    front = (
        Part("parties", "Parties", (clause("parties.block", "", text("p1", "One."), text("p2", "Two.")),), kind="parties"),
        Part("background", "Background", (clause("why", "", *(text(f"r{n}", LOREM) for n in range(3))),), kind="recitals"),
    )
    terms = replace(commercial(), heading="Agreed terms")
    definition = text("d1", Term("Net Sales", True), " means what ", Ref("s.2.a"), " counts, as party ", Ref("p2"), " says.")
    defined = clause("definitions", "Definitions", text("d.lead", "In this agreement:"), definition, text("d.end", LOREM))
    flat = clause("plan", "Plan", wide_table(), text("plan.more", "More on it:"), text("plan.a", "one.", level=1))
    counted_schedule = clause(
        "sales", "How sales are counted", text("s.1", "Count ", Ref("plan"), " and ", Ref("r1"), "."),
        text("s.2", "Less:"), text("s.2.a", "returns; and", level=1), text("s.2.b", "freight.", level=1),
    )
    paper = deal(2)
    named = tuple(CoverParty(given.party, words("as a party")) for given in paper.signatures)
    return numbered(
        replace(
            paper, title="Distribution of heat pumps and of the spare parts for them", subtitle="Agreement",
            layout="clauses", form="agreement", cover=Cover("Dated 1 May 2027", "between", "and", named),
            parts=(*front, replace(terms, clauses=(defined, *terms.clauses, *binding().clauses))), schedules=(flat, counted_schedule),
            words=Words(contents="Contents"), furniture=replace(paper.furniture, watermark="DRAFT", page_of="{page}"),
            open_points=(OpenPoint("term", "How long exclusivity lasts", "exclusive.text", "Halcyon"),),
        ), "Schedule {}", "{}, paragraph\u00a0{}",
    )  # fmt: skip


PAPERS = {"deal": deal, "draft": draft, "long": long_paper, "scripts": scripts, "agreement": agreement}


@pytest.fixture(params=PAPERS)
def paper(request: pytest.FixtureRequest) -> Document:
    return PAPERS[request.param]()


# --- reading what was written -------------------------------------------------------------------------------


def part_of(data: bytes, name: str = "word/document.xml") -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def with_document(data: bytes, xml: str) -> bytes:
    """The same file with another word/document.xml."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(name, xml if name == "word/document.xml" else old.read(name))
    return buffer.getvalue()


def opened(data: bytes):  # python-docx has no types
    docx = pytest.importorskip("docx")
    return docx.Document(io.BytesIO(data))


def texts(found) -> Iterator[tuple[str, str]]:
    """Style and text of every paragraph, in the order of the paper, as python-docx sees them."""
    from docx.text.paragraph import Paragraph as DocxParagraph

    for found_there in found.element.body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"):
        paragraph = DocxParagraph(found_there, found._body)
        yield paragraph.style.name, paragraph.text


# --- the file -----------------------------------------------------------------------------------------------


def test_validators_find_nothing(paper: Document, tmp_path: Path) -> None:
    audit = pytest.importorskip("openxml_audit")
    integrity = pytest.importorskip("ooxml_integrity")
    path = str(saved(tmp_path, write(paper)))
    assert audit.OpenXmlValidator().validate(path).errors == []
    assert list(integrity.check(path)) == []


@pytest.mark.parametrize("make", [draft, agreement])
def test_same_bytes_whatever_the_machine(make) -> None:
    script = f"import sys, test_word; sys.stdout.buffer.write(test_word.write(test_word.{make.__name__}()))"
    command = [sys.executable, "-c", script]
    folder = Path(__file__).parent
    found = set()
    for seed, zone in (("1", "Asia/Tokyo"), ("77", "America/Lima")):
        path = os.pathsep.join((str(folder), str(folder.parent)))
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": path}
        found.add(subprocess.run(command, env=env, check=True, capture_output=True).stdout)
    assert found == {write(make())}


def test_only_the_standard_library_is_imported() -> None:
    script = "import sys, termsheet.word.writer; print(*{'docx', 'lxml', 'jinja2'} & sys.modules.keys())"
    command = [sys.executable, "-c", script]
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    result = subprocess.run(command, env=env, check=True, capture_output=True, text=True)
    assert result.stdout.strip() == ""


def test_the_zip_tells_nothing_of_the_machine() -> None:
    with zipfile.ZipFile(io.BytesIO(write(deal()))) as archive:
        entries = archive.infolist()
    names = [entry.filename for entry in entries]
    assert names[0] == "[Content_Types].xml"
    assert names[1:] == sorted(names[1:])
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}


def test_no_formatting_but_styles(paper: Document) -> None:
    xml = part_of(write(paper))
    runs = set(re.findall(r"<(w:\w+)", "".join(re.findall(r"<w:rPr>(.*?)</w:rPr>", xml))))
    xml = re.sub("<w:sectPr>.*?</w:sectPr>", "", xml)
    paragraphs = set(re.findall(r"<(w:\w+)", "".join(re.findall(r"<w:pPr>(.*?)</w:pPr>", xml))))
    assert runs <= {"w:rStyle", "w:rtl"}
    assert paragraphs <= {"w:pStyle", "w:keepNext"}


def test_every_style_used_is_defined(paper: Document) -> None:
    data = write(paper)
    xml = part_of(data) + part_of(data, "word/header1.xml")
    used = set(re.findall(r'<w:(?:p|r|tbl)Style w:val="(\w+)"', xml))
    defined = set(re.findall(r'w:styleId="(\w+)"', part_of(data, "word/styles.xml")))
    assert used - defined == set()


def test_properties_name_the_paper_and_nobody() -> None:
    found = opened(write(deal())).core_properties
    assert found.title.startswith("Term Sheet – Proposed alliance")
    assert (found.subject, found.keywords) == ("Strategic alliance", "term sheet; alliance")
    assert found.language == "en-GB"
    assert (found.author, found.last_modified_by, found.created) == ("", "", None)
    assert "<Application>termsheet<" in part_of(write(deal()), "docProps/app.xml")


@pytest.mark.parametrize(("paper_name", "size"), [("a4", (11906, 16838)), ("letter", (12240, 15840))])
def test_paper_size(paper_name: str, size: tuple[int, int]) -> None:
    section = opened(write(replace(deal(), paper=paper_name))).sections[0]
    assert (section.page_width.twips, section.page_height.twips) == size


def test_language_reaches_the_styles() -> None:
    assert '<w:lang w:val="de-CH"' in part_of(write(replace(deal(), language="de_CH")), "word/styles.xml")


@pytest.mark.parametrize("wrong", [{"theme": "baroque"}, {"paper": "a3"}])
def test_unknown_theme_or_paper(wrong: dict[str, str]) -> None:
    with pytest.raises(WriteError, match="choose one of"):
        write(replace(deal(), **wrong))


# --- words --------------------------------------------------------------------------------------------------


def test_every_word_comes_out(paper: Document) -> None:
    found = text_of(write(paper)).replace("\u00a0", " ")
    for inline in paper.inlines():
        assert shown((inline,)).replace("\u00a0", " ") in found
    assert paper.title in found.replace("\n", " ")
    for part in paper.parts:
        assert part.heading in found


def test_awkward_characters_survive() -> None:
    data = write(scripts(), PLAIN)
    assert AWKWARD in text_of(data)
    assert 'R&D <tags> "quotes"' in "".join(words for _, words in texts(opened(data)))


@pytest.mark.parametrize("bad", ["\x00", "\x0b", "\x1f", "\ud800", "\ufffe"])
def test_what_xml_cannot_carry_is_refused_by_name(bad: str) -> None:
    wrong = replace(deal(), intro=(text("intro", f"before{bad}after"),))
    with pytest.raises(WriteError, match=f"U\\+{ord(bad):04X}"):
        write(wrong)


@pytest.mark.parametrize("field", ["title", "subject", "language"])
def test_furniture_and_properties_are_as_safe_as_text(field: str) -> None:
    write(replace(deal(), **{field: 'a "b" & <c>'}))
    with pytest.raises(WriteError, match="U\\+0001"):
        write(replace(deal(), **{field: "\x01"}))


def test_right_to_left_text_has_runs_of_its_own() -> None:
    xml = part_of(write(scripts()))
    marked = re.findall(r"<w:rPr><w:rtl/></w:rPr><w:t[^>]*>(.*?)</w:t>", xml)
    assert {ARABIC, HEBREW} <= set(marked)
    assert not any(re.search("[A-Za-z]", words) for words in marked)


def test_defined_terms_blanks_and_emphasis_have_styles() -> None:
    found = opened(write(deal(), PLAIN))
    runs = {
        (run.style.name, run.text)
        for table in found.tables
        for row in table.rows
        for cell in row.cells
        for paragraph in cell.paragraphs
        for run in paragraph.runs
    }
    assert {("Defined Term", "Halcyon"), ("Blank", "[● term]"), ("Blank", "[withheld]")} <= runs
    assert {("Strong", "Not"), ("Emphasis", "pari passu")} <= runs
    assert "(“Halcyon”)" in text_of(write(deal()))


# --- terms --------------------------------------------------------------------------------------------------


def test_headings_make_the_contents() -> None:
    headings = [(style, words) for style, words in texts(opened(write(deal(), PLAIN))) if "eading" in style]
    assert headings[0] == ("Heading 1", "Part A – Key commercial terms")
    assert ("Part Heading Binding", "Part B – Legally binding terms") in headings
    assert ("Heading 2", "Costs") in headings
    assert headings[-1] == ("Signature Heading", "Signatures")


def test_headings_break_well_in_the_narrow_column() -> None:
    found = text_of(write(deal()))
    assert "Non‑solicitation and\u00a0exclusivity" in found
    assert "Governing law and\u00a0jurisdiction" in found


def test_header_rows_repeat_and_tables_are_described(paper: Document) -> None:
    xml = part_of(write(paper))
    tables = [table for table in re.findall(r"<w:tblStyle w:val=\"(\w+)\"", xml) if table != "SignatureTable"]
    assert xml.count("<w:tblHeader/>") == len(tables)
    assert xml.count("<w:tblCaption ") == xml.count("<w:tbl>")


def test_no_cell_ends_in_a_table(paper: Document) -> None:
    assert "</w:tbl></w:tc>" not in part_of(write(paper))


def test_a_wide_table_takes_both_columns() -> None:
    rows = opened(write(deal())).tables[0].rows
    spans = [row for row in rows if row._tr.tc_lst[0].grid_span == 2 and row.cells[0].tables]
    assert [row.cells[0].tables[0].cell(0, 5).text for row in spans] == ["Completion date"]
    narrow = next(row for row in rows if "Success is:" in row.cells[1].text)
    figure = narrow.cells[1].tables[0].cell(2, 2).paragraphs[0]
    assert (figure.text, figure.style.name) == ("£1,250,000", "Table Number")


def test_columns_fill_the_width() -> None:
    rows = opened(write(deal())).tables[0].rows
    outer = next(row for row in rows if "Success is:" in row.cells[1].text).cells[1]
    inner = [column.width.twips for column in outer.tables[0].columns]
    assert sum(inner) == outer.width.twips - 216
    assert max(inner) == inner[0]


def test_short_rows_stay_whole_and_long_ones_may_split() -> None:
    rows = {row.cells[0].text: row._tr.xml for row in opened(write(scripts())).tables[0].rows}
    assert "cantSplit" in rows["Confidentiality/Non-disclosure"]
    assert "cantSplit" not in rows["Unternehmensverantwortlichkeitsvereinbarung"]


# --- numbers ------------------------------------------------------------------------------------------------


@needs_office
def test_libreoffice_counts_as_the_document_does(paper: Document, tmp_path: Path) -> None:
    assert counted(saved(tmp_path, write(paper))) == labels(paper)


@needs_office
@needs_poppler
def test_references_are_live_and_their_cache_is_right(tmp_path: Path) -> None:
    """LibreOffice computes REF fields when it lays out: cached nonsense must turn into our numbers."""
    data = write(draft())
    xml = part_of(data)
    spoilt, count = re.subn(
        r"( REF .*?\"separate\"/></w:r><w:r>(?:<w:rPr>.*?</w:rPr>)?<w:t[^>]*>)[^<]*", r"\1?", xml
    )
    assert count == 11
    (tmp_path / "spoilt").mkdir()
    asked = re.compile(r"[Pp]aragraphs?\s\d\S*(?: to \d+ and \S+)?")
    ours = asked.findall("\n".join(pages(saved(tmp_path, data))).replace("\u00a0", " "))
    theirs = asked.findall(
        "\n".join(pages(saved(tmp_path / "spoilt", with_document(data, spoilt)))).replace("\u00a0", " ")
    )
    assert ours == theirs
    expected = ["paragraph 6.1", "paragraph 5.1(b)", "paragraph 10,", "paragraph 5.1(b)(i)"]
    expected.append("Paragraphs 8 to 10 and 5.1(b)")
    assert ours == expected
    assert all(reference in text_of(data).replace("\u00a0", " ") for reference in expected)


def test_a_number_keeps_to_the_word_before_it() -> None:
    assert "Subject to paragraph\u00a010, each" in text_of(write(deal()))


def test_bookmarks_stand_only_where_something_points(paper: Document) -> None:
    xml = part_of(write(paper))
    names = re.findall(r'<w:bookmarkStart w:id="\d+" w:name="(\w+)"', xml)
    pointed = set(re.findall(r" REF (\w+) ", xml)) | set(re.findall(r'w:anchor="(\w+)"', xml))
    assert len(names) == len(set(names))
    assert set(names) == pointed
    assert all(len(name) <= 40 for name in names)


def test_a_reference_that_leads_nowhere_is_refused() -> None:
    wrong = replace(deal(), intro=(text("intro", "See ", Ref("nowhere", "7"), "."),))
    with pytest.raises(WriteError, match="nowhere"):
        write(wrong)


def test_a_stale_reference_is_refused() -> None:
    wrong = replace(deal(), intro=(text("intro", "See ", Ref("law", "7"), "."),))
    with pytest.raises(WriteError, match="shows '7', but its number is '10'"):
        write(wrong)


def test_a_number_that_word_would_count_otherwise_is_refused() -> None:
    paper = deal()
    first = replace(paper.parts[0].clauses[0], label="2.", number="2")
    part = replace(paper.parts[0], clauses=(first, *paper.parts[0].clauses[1:]))
    with pytest.raises(WriteError, match=r"Word would count '1\.'"):
        write(replace(paper, parts=(part, paper.parts[1])))


# --- furniture, open points, signatures ---------------------------------------------------------------------


def test_headers_and_footers() -> None:
    section = opened(write(deal())).sections[0]
    assert section.different_first_page_header_footer
    first = section.first_page_header.paragraphs[0].text
    assert first == "Strictly private and confidential\nSubject to contract\tDraft (1): 21\u00a0November 2026"
    assert section.header.paragraphs[0].text == "Subject to contract\tDraft (1): 21\u00a0November 2026"
    assert section.footer.paragraphs[0].text == "Project Falcon – Term Sheet\tPage 1 of 1"


def test_page_words_come_from_the_document() -> None:
    furniture = Furniture(page_of="Seite {page} von {pages}")
    footer = part_of(write(replace(deal(), furniture=furniture)), "word/footer1.xml")
    assert re.findall(r"<w:instrText[^>]*> (\w+) ", footer) == ["PAGE", "NUMPAGES"]
    assert "Seite " in footer


@pytest.mark.parametrize("header", ["word/header1.xml", "word/header2.xml"])
def test_the_watermark_stands_on_every_page_and_can_be_heard(header: str) -> None:
    assert 'alt="DRAFT"' in part_of(write(draft()), header)
    assert "pict" not in part_of(write(deal()), header)


def test_open_points_lead_to_their_paragraphs() -> None:
    data = write(draft())
    lines = [words for style, words in texts(opened(data)) if style == "Open Point"]
    assert lines[0] == "paragraph\u00a06.1\tHow long exclusivity lasts – Halcyon"
    assert lines[1].startswith("paragraph\u00a05.1(b)\tThe cap on damage")
    assert "Open Point" not in dict(texts(opened(write(deal(), PLAIN))))


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
def test_signatures_for_any_number_of_parties(count: int) -> None:
    paper = deal(count)
    tables = [table for table in opened(write(paper, PLAIN)).tables if table.style.name == "Signature Table"]
    assert len(tables) == (count + 1) // 2
    heads = [cell.text for table in tables for cell in table.rows[0].cells]
    for given in paper.signatures:
        assert f"{given.lead}\n{shown(given.party)}" in heads
    assert "Name:\tMs Ngozi Adeyemi-Clarke" in tables[0].cell(1, 0).text
    assert all("cantSplit" in row._tr.xml for table in tables for row in table.rows)


@needs_office
@needs_poppler
@pytest.mark.parametrize("count", [1, 3, 5])
def test_pages_end_with_the_signatures(count: int, tmp_path: Path) -> None:
    found = pages(saved(tmp_path, write(deal(count))))
    assert found[-1].count("Date:") >= 1
    assert f"Page {len(found)} of {len(found)}" in found[-1]
    assert all("Term Summary" in " ".join(page.split()) for page in found[1:-1])


def test_a_paper_without_terms_or_signatures() -> None:
    bare = Document("Note", "", (), (), (), ())
    assert text_of(write(bare)).startswith("Note\n")


def test_what_belongs_together_is_set_so(paper: Document) -> None:
    said = text("set", "On ", Value("day", "2027-03-31", "31 March 2027"), " EUR 4,500 of the parties' money, 9. Dezember, 5' long.")
    found = text_of(write(replace(paper, intro=(said,))))
    assert "On 31\u00a0March 2027 EUR\u00a04,500 of the parties’ money, 9.\u00a0Dezember, 5' long." in found
    assert "<day>31\u00a0March 2027</day>" in part_of(write(replace(paper, intro=(said,))), "customXml/item1.xml")


# --- an agreement -------------------------------------------------------------------------------------------


def test_the_contents_are_live_and_say_what_the_headings_say() -> None:
    paper = agreement()
    xml = part_of(write(paper))
    block = re.search(r"<w:docPartObj>.*?</w:sdtContent>", xml)[0]
    assert ' TOC \\o "1-1" \\h \\z \\u ' in block
    entries = re.findall(r'<w:hyperlink w:anchor="(\w+)"[^>]*>(.*?)</w:hyperlink>', block)
    words = ["\t".join(re.findall(r"<w:t [^>]*>(.*?)</w:t>", entry)) for _, entry in entries]
    assert words == [f"{clause.label}\t{clause.title}" for clause in paper.clauses() if clause.label]
    assert all(f'w:name="{anchor}"' in xml for anchor, _ in entries)
    assert "PAGEREF" not in block


def test_the_contents_give_the_pages_that_are_known() -> None:
    paper = agreement()
    xml = part_of(write(paper, Options(pages={"liability": "4"})))
    found = re.findall(r" PAGEREF (\w+) .{0,200}?<w:t [^>]*>(\w+)</w:t>", xml)
    assert [page for _, page in found] == ["4"]


def test_cover_and_contents_have_sections_of_their_own() -> None:
    sections = re.findall("<w:sectPr>.*?</w:sectPr>", part_of(write(agreement())))
    assert ["w:headerReference" in found for found in sections] == [False, True, True]
    assert [re.findall('w:pgNumType w:fmt="([a-zA-Z]+)"', found) for found in sections] == [[], ["lowerRoman"], ["decimal"]]


def test_a_long_title_fills_its_lines_evenly() -> None:
    lines = next(line for _, line in texts(opened(write(agreement(), PLAIN))) if "heat pumps" in line).split("\n")
    assert lines == ["Distribution of heat pumps and", "of the spare parts for them"]


def test_a_reference_into_a_schedule_is_live() -> None:
    paper = agreement()
    xml = part_of(write(paper))
    found = re.search(r"means what.</w:t></w:r>(.*?) counts", xml)[1]
    assert re.findall(r"<w:t [^>]*>(.*?)</w:t>", found)[:4] == ["Schedule 2", ", paragraph\u00a0", "2", "(a)"]
    assert len(re.findall(r" REF \w+ \\n \\h ", found)) == 3


def test_what_leads_to_a_list_or_a_table_keeps_to_it() -> None:
    xml = part_of(write(agreement()))
    kept = re.findall(r"<w:keepNext/></w:pPr>.*?</w:p>", xml)
    assert any("Less:" in found for found in kept)
    assert any("The work is:" in found for found in kept)
    assert not any("returns; and" in found for found in kept)


def test_a_long_clause_has_a_row_for_each_paragraph_and_no_line_between() -> None:
    rows = [row for table in opened(write(deal(), PLAIN)).tables for row in table.rows]
    first = next(place for place, row in enumerate(rows) if row.cells[0].text == "Quarterly review")
    review = [row._tr.xml for row in rows[first : first + 5]]
    assert [row.cells[0].text for row in rows[first + 1 : first + 5]] == [""] * 4
    assert all("<w:cantSplit/>" in row for row in review)
    assert ['<w:top w:val="nil"/>' in row for row in review] == [False, True, True, True, True]
    assert ['<w:bottom w:val="nil"/>' in row for row in review] == [True, True, True, True, False]


# --- values, comments, protection ---------------------------------------------------------------------------


@pytest.mark.parametrize("make", [draft, agreement])
def test_every_value_is_bound_to_its_element(make) -> None:
    paper = make()
    data = write(paper, Options(digest="abc"))
    store = ElementTree.fromstring(part_of(data, "customXml/item1.xml"))
    held = [(path_of(child.tag.partition("}")[2]), child.text) for child in store]
    assert held[0] == ("digest", "abc")
    values = {(inline.path, inline.shown) for inline in paper.inlines() if isinstance(inline, Value)}
    opened_points = {(inline.path, inline.shown) for inline in paper.inlines() if isinstance(inline, Open)}
    withheld = {(inline.path, inline.shown) for inline in paper.inlines() if isinstance(inline, Open) and inline.withheld}
    assert set(held[1:]) == (values | opened_points) - withheld
    names = [child.tag.partition("}")[2] for child in store]
    for place, shown_there in re.findall(r'w:xpath="/t:deal\[1\]/t:([^"]+)".*?<w:sdtContent>(.*?)</w:sdtContent>', part_of(data)):
        name, _, order = place.rstrip("]").partition("[")
        there = [child.text for child, found in zip(store, names, strict=True) if found == name][int(order) - 1]
        assert unescape("".join(re.findall(r"<w:t [^>]*>(.*?)</w:t>", shown_there))) == there


@pytest.mark.parametrize("path", ["parties[acme].name", "a_b.c-d", "digest", "2nd[é x].ü", "metrics[a/b].by"])
def test_the_name_of_an_element_gives_its_path_back(path: str) -> None:
    name = element(path)
    assert re.fullmatch(r"[A-Za-z_][\w.-]*", name, re.ASCII)
    assert path_of(name) == path


def test_a_plain_paper_has_no_controls() -> None:
    with zipfile.ZipFile(io.BytesIO(write(deal(), PLAIN))) as archive:
        assert not [name for name in archive.namelist() if "customXml" in name]
        assert b"w:dataBinding" not in archive.read("word/document.xml")


def test_notes_are_comments_at_their_clause() -> None:
    notes = (Note("liability", "Walk away above £2m.\nAsk the GC.", "Anna Berg"), Note("review.2", "Too often?"))
    found = opened(write(deal(), Options(notes=notes, bound=False)))
    assert [(comment.author, comment.text, comment.initials) for comment in found.comments] == [
        ("Anna Berg", "Walk away above £2m.\nAsk the GC.", "AB"), ("termsheet", "Too often?", "T"),
    ]  # fmt: skip
    xml = part_of(write(deal(), Options(notes=notes)))
    anchored = re.search(r'<w:commentRangeStart w:id="0"/>(.*?)<w:commentRangeEnd w:id="0"/>', xml)[1]
    assert "Limits of liability" in anchored.replace("\u00a0", " ")
    with zipfile.ZipFile(io.BytesIO(write(deal()))) as archive:
        assert "word/comments.xml" not in archive.namelist()


@pytest.mark.parametrize(("kind", "edit"), [("tracked", "trackedChanges"), ("comments", "comments"), ("read-only", "readOnly")])
def test_protection(kind: str, edit: str) -> None:
    assert f'<w:documentProtection w:edit="{edit}" w:enforcement="1"/>' in part_of(
        write(deal(), Options(protection=kind)), "word/settings.xml"
    )


def test_what_protects_nothing_is_refused() -> None:
    with pytest.raises(WriteError, match="choose one of: tracked"):
        write(deal(), Options(protection="password"))


def test_the_store_of_the_values_is_named_after_their_space() -> None:
    assert f"{{{uuid5(NAMESPACE_URL, SPACE)}}}".upper() == STORE


def test_changes_are_tracked_where_asked() -> None:
    assert "<w:trackRevisions/>" in part_of(write(deal(), Options(tracked=True)), "word/settings.xml")
    assert "<w:trackRevisions/>" not in part_of(write(deal()), "word/settings.xml")


@pytest.mark.parametrize("options", [Options(tracked=True, protection="tracked", author="Anna Berg",
                                             notes=(Note("cap.b", "Why?"), Note("cap.b", "Who?")))])  # fmt: skip
def test_validators_find_nothing_in_what_is_asked_for(options: Options, tmp_path: Path) -> None:
    audit = pytest.importorskip("openxml_audit")
    integrity = pytest.importorskip("ooxml_integrity")
    path = str(saved(tmp_path, write(agreement(), options)))
    assert audit.OpenXmlValidator().validate(path).errors == []
    assert list(integrity.check(path)) == []


# --- the reader ---------------------------------------------------------------------------------------------


def test_the_reader_refuses_what_declares_entities() -> None:
    data = write(deal())
    bomb = '<!DOCTYPE w [<!ENTITY a "aaaa">]>'
    xml = part_of(data).replace("<w:document", f"{bomb}<w:document", 1)
    with pytest.raises(TermsheetError, match="declares a document type"):
        text_of(with_document(data, xml))


def test_the_reader_reads_what_other_programs_write() -> None:
    space = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    drawn = "<w:r><w:t>{}</w:t></w:r>".format
    inner = f"<mc:AlternateContent>{drawn('old')}<mc:Fallback>{drawn('older')}</mc:Fallback></mc:AlternateContent>"
    runs = f'<w:r><w:t\n xml:space="preserve">R&amp;D &#8212; </w:t><w:t/><w:br\n w:type="page"/></w:r>{drawn("new")}'
    more = f'<w:r><w:tab /></w:r><mc:AlternateContent xmlns:mc="{space}"><mc:Fallback>{inner}{drawn("last")}</mc:Fallback>'
    xml = part_of(write(Document("Note", "", (), (), (), ())))
    head, tail = xml[: xml.index("<w:p>")], xml[xml.index("<w:sectPr>") :]
    stops = '<w:pPr><w:tabs><w:tab w:val="left" w:pos="1"/></w:tabs></w:pPr>'
    body = f"{head}<w:p>{stops}{runs}{more}</mc:AlternateContent></w:p ><w:p/>{tail}"
    assert text_of(with_document(write(deal()), body)).startswith("R&D — \nnew\t\n\n")


@pytest.mark.parametrize("data", [b"", b"not a zip", b"PK\x03\x04broken"])
def test_the_reader_refuses_what_is_no_word_file(data: bytes) -> None:
    with pytest.raises(TermsheetError, match="not a Word file"):
        text_of(data)


def test_a_zip_is_one_to_other_programs_too() -> None:
    parts = {"word/a.xml": b"<a/>" * 999, "word/mürbe.xml": b"", "word/c.png": bytes(range(256))}
    with zipfile.ZipFile(io.BytesIO(zipped(parts))) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == parts
    for way in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        theirs = io.BytesIO()
        with zipfile.ZipFile(theirs, "w", way) as archive:
            archive.comment = b"with a remark at its end"
            for name, content in parts.items():
                archive.writestr(name, content)
        assert dict(unzipped(theirs.getvalue(), lambda name: True, 4000)) == parts
        assert [*unzipped(theirs.getvalue(), lambda name: name.endswith(".png"), 256)] == [("word/c.png", parts["word/c.png"])]


def test_a_zip_that_is_broken_is_refused() -> None:
    made = zipped({"word/document.xml": b"<a/>" * 99})
    for place in range(len(made)):
        damaged = bytearray(made)
        damaged[place] ^= 0xFF
        with suppress(ValueError):
            assert dict(unzipped(bytes(damaged), lambda name: True, 4000)).get("word/document.xml", b"<a/>" * 99) == b"<a/>" * 99
    with pytest.raises(ValueError, match="larger than 100 bytes"):
        dict(unzipped(made, lambda name: True, 100))
    with pytest.raises(ValueError, match="checksum"):
        dict(unzipped(made.replace(made[14:18], b"abcd"), lambda name: True, 4000))


def test_the_reader_agrees_with_python_docx(paper: Document) -> None:
    data = write(paper, PLAIN)
    theirs = "\n".join(words for _, words in texts(opened(data)))
    ours = text_of(data).replace("‑", "-").replace("\u00ad", "")
    assert ours.startswith(theirs)
