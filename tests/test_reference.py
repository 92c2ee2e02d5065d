"""A house's own look: what is taken of a Word file, what is told, and what never travels."""

from __future__ import annotations

import io
import random
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from docx import Document as opened_file
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Twips
from gate.semantics import findings
from houses import (
    AUTHOR,
    NAVY,
    SECRET,
    added,
    changed,
    classic,
    field,
    landscape,
    modern,
    multilevel,
    png,
    style,
)
from lxml import etree
from office import counted, labels, needs_office, needs_poppler, pages, saved
from test_word import agreement, deal, draft, part_of

from termsheet import assemble, source
from termsheet.document import Document
from termsheet.errors import WriteError
from termsheet.immutable import replace
from termsheet.lint import lint_source
from termsheet.rules import RULES
from termsheet.word.options import Options
from termsheet.word.reference import Reference, read
from termsheet.word.reference.colours import contrast, dark, mixed
from termsheet.word.reference.looks import Styles, theme_of
from termsheet.word.writer import write

EXAMPLE = ROOT / "examples" / "telehealth-alliance.yaml"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("houses")


@pytest.fixture(scope="module")
def old_house(folder: Path) -> Reference:
    return read(str(classic(folder)))


@pytest.fixture(scope="module")
def new_house(folder: Path) -> Reference:
    return read(str(modern(folder)))


def dressed(document: Document, house: Reference | Path, **options: Any) -> bytes:
    reference = read(str(house)) if isinstance(house, Path) else house
    return write(document, Options(reference=reference, **options))


def remarks(document: Document, house: Reference | Path) -> list[str]:
    reference = read(str(house)) if isinstance(house, Path) else house
    return list(reference.fitted(document).remarks())


def looks(data: bytes) -> Callable[[str], dict[str, Any]]:
    """The effective properties of a style of the output, by its name."""
    theme = theme_of(etree.fromstring(part_of(data, "word/theme/theme1.xml").encode()))
    styles = Styles(etree.fromstring(part_of(data, "word/styles.xml").encode()), theme)

    def look(name: str) -> dict[str, Any]:
        key = styles.find(name) or styles.find(name, "character")
        paragraph, run = styles.look(key)
        flat = {name: values.get("val", values) for name, values in run.items()}
        return flat | {f"p:{name}": values for name, values in paragraph.items()}

    return look


def lines(part: Any) -> list[str]:
    """The paragraphs of a header or footer, whatever keeps their words together."""
    return [paragraph.text.replace("\u00a0", " ") for paragraph in part.paragraphs]


def level(data: bytes, key: str) -> str:
    found = re.search(rf'<w:lvl [^>]*>(?:(?!</w:lvl>).)*<w:pStyle w:val="{key}"/>.*?</w:lvl>', part_of(data, "word/numbering.xml"))
    assert found, key
    return found[0]


def names(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.namelist()


# --- styles -------------------------------------------------------------------------------------------------


def test_text_and_headings_look_like_the_house(old_house: Reference) -> None:
    look = looks(dressed(agreement(), old_house))
    assert (look("Body Text")["rFonts"], look("Body Text")["sz"]) == ("Cambria", "22")
    assert look("Body Text")["p:spacing"] == {"before": "0", "after": "160", "line": "276", "lineRule": "auto"}
    heading = look("heading 1")
    assert (heading["rFonts"], heading["sz"], heading["color"], heading["b"], heading["caps"]) == ("Garamond", "26", NAVY, "1", "0")
    assert heading["p:spacing"]["before"] == "320"
    assert look("Cover Title")["rFonts"] == "Garamond"
    assert look("Schedule Heading")["sz"] == "28"  # by the name Sch Heading
    assert look("Definition")["p:ind"]["left"] == "851"  # by the name Definitions
    assert look("Defined Term")["color"] == NAVY  # by the name Defterm


def test_what_holds_the_paper_together_stays(old_house: Reference) -> None:
    paper = agreement()
    ours, theirs = (part_of(data, "word/styles.xml") for data in (write(paper), dressed(paper, old_house)))
    for tag in ("outlineLvl", "numPr", "keepNext/", "pageBreakBefore"):
        assert ours.count(f"<w:{tag}") == theirs.count(f"<w:{tag}"), tag
    ids = re.compile(r'w:styleId="(\w+)"')
    assert set(ids.findall(ours)) <= set(ids.findall(theirs))
    assert part_of(write(paper)).count("<w:pStyle") == part_of(dressed(paper, old_house)).count("<w:pStyle")


def test_a_style_says_only_what_differs_from_what_it_inherits(new_house: Reference) -> None:
    styles = part_of(dressed(agreement(), new_house), "word/styles.xml")
    clause = re.search(r'<w:style [^>]*w:styleId="Clause2".*?</w:style>', styles)[0]
    assert "w:rFonts" not in clause
    assert "w:sz " not in clause


def test_columns_take_fonts_and_colours_but_no_indents(old_house: Reference) -> None:
    data = dressed(deal(), old_house)
    look, plain = looks(data), looks(write(deal()))
    assert (look("heading 2")["rFonts"], look("heading 2")["color"], look("heading 2")["sz"]) == ("Garamond", NAVY, "22")
    assert look("heading 1")["rFonts"] == "Garamond"
    assert look("Part Heading Binding")["color"] == "FFFFFF"
    assert look("Part Heading Binding")["p:shd"]["fill"] == NAVY
    for name in ("heading 2", "Term Item 1", "Term Text"):
        assert look(name)["p:ind"] == plain(name)["p:ind"]
    assert level(data, "TermParagraph") == level(write(deal()), "TermParagraph")


def test_theme_fonts_and_colours_are_resolved(folder: Path) -> None:
    def themed(made: Any) -> None:
        fonts = made.styles.element.find(f"{{{nsdecls('w')[9:-1]}}}docDefaults")
        assert fonts is not None
        for name in ("Normal", "Heading 1"):
            run = made.styles[name].element.get_or_add_rPr()
            for child in list(run):
                run.remove(child)
            kind = "minorHAnsi" if name == "Normal" else "majorHAnsi"
            run.append(parse_xml(f'<w:rFonts {nsdecls("w")} w:asciiTheme="{kind}" w:hAnsiTheme="{kind}"/>'))
        run.append(parse_xml(f'<w:color {nsdecls("w")} w:val="auto" w:themeColor="accent2"/>'))

    path = modern(folder, name="themed.docx", change=themed)
    theme = next(name for name in names(path.read_bytes()) if "theme/theme" in name)
    path = changed(path, theme, r'(<a:majorFont>\s*<a:latin typeface=")[^"]*', r"\1Perpetua")
    path = changed(path, theme, r'(<a:minorFont>\s*<a:latin typeface=")[^"]*', r"\1Gill Sans MT")
    path = changed(path, theme, r"<a:accent2>.*?</a:accent2>", '<a:accent2><a:srgbClr val="7A1F3D"/></a:accent2>')
    data = dressed(agreement(), path)
    assert looks(data)("Body Text")["rFonts"] == "Gill Sans MT"
    assert looks(data)("heading 1")["rFonts"] == "Perpetua"
    assert looks(data)("heading 1")["color"] == "7A1F3D"
    assert 'w:name="Perpetua"' in part_of(data, "word/fontTable.xml")
    assert "7A1F3D" in part_of(data, "word/theme/theme1.xml")


def test_german_names(folder: Path) -> None:
    def german(made: Any) -> None:
        for old, new in (("Heading 1", "Überschrift 1"), ("Body Text", "Textkörper")):
            made.styles[old].element.find(f"{{{nsdecls('w')[9:-1]}}}name").set(f"{{{nsdecls('w')[9:-1]}}}val", new)
        style(made, "Präambel", font="Verdana", italic=True)
        style(made, "Überschrift 1", colour="AA0000")

    data = dressed(agreement(), modern(folder, name="deutsch.docx", change=german))
    assert looks(data)("heading 1")["color"] == "AA0000"
    assert (looks(data)("Recitals")["rFonts"], looks(data)("Recitals")["i"]) == ("Verdana", "1")


@pytest.mark.parametrize("name", ["Level 2", "level_2", "LEVEL2", "Level-2"])
def test_a_name_is_found_however_it_is_spelt(name: str, folder: Path) -> None:
    bare = opened_file()
    style(bare, name, font="Tahoma")
    bare.save(folder / "bare.docx")
    assert looks(dressed(agreement(), folder / "bare.docx"))("Clause 2")["rFonts"] == "Tahoma"


def test_a_heading_that_is_numbered_is_taken_before_one_that_is_not(folder: Path) -> None:
    made = opened_file()
    style(made, "Heading 1", font="Arial Black")
    style(made, "Level 1", font="Book Antiqua", bold=True)
    style(made, "Level 2", font="Book Antiqua")
    multilevel(made, [("decimal", "%1.", "Level 1", 720, 720), ("decimal", "%1.%2", "Level 2", 720, 720)])
    made.save(folder / "levels.docx")
    look = looks(dressed(agreement(), folder / "levels.docx"))
    assert look("heading 1")["rFonts"] == look("Clause 2")["rFonts"] == "Book Antiqua"


def test_a_body_text_that_nobody_touched_is_not_the_text_of_the_house(folder: Path) -> None:
    made = opened_file()
    style(made, "Normal", font="Tahoma", after=11, align="JUSTIFY")
    made.save(folder / "stock.docx")
    look = looks(dressed(agreement(), folder / "stock.docx"))
    assert look("Definition")["p:spacing"]["after"] == look("Body Text")["p:spacing"]["after"] == "220"


def test_a_cover_keeps_its_rules_and_stands_where_the_titles_of_the_house_do(folder: Path) -> None:
    made = opened_file()
    style(made, "Cover Title", size=22, align="LEFT", colour="6A1B3A")
    made.save(folder / "cover.docx")
    look = looks(dressed(agreement(), folder / "cover.docx"))
    assert look("Cover Title")["p:pBdr/top"]["val"] == "single"
    assert (look("Cover Title")["sz"], look("Cover Title")["color"]) == ("44", "6A1B3A")
    assert {look(f"Cover {name}")["p:jc"]["val"] for name in ("Title", "Subtitle", "Date", "Party", "Between")} == {"left"}


def test_white_headings_of_a_house_stay_legible(folder: Path) -> None:
    made = opened_file()
    style(made, "Heading 1", colour="FFFFFF", font="Calibri")
    style(made, "Table Heading", colour="FFFFFF")
    made.save(folder / "white.docx")
    data = dressed(agreement(), folder / "white.docx")
    assert looks(data)("heading 1")["color"] != "FFFFFF"
    head = re.search(r'w:styleId="DataTable".*?</w:style>', part_of(data, "word/styles.xml"))[0]
    assert contrast(re.search(r'w:fill="(\w{6})"', head)[1], "FFFFFF") > 4


def test_our_own_paper_restyled_is_taken_whole(folder: Path) -> None:
    """Rendered, restyled in Word and given back: what was changed is there, and what was not is as it was."""
    for number, paper in enumerate((deal(), agreement())):
        path = folder / f"own-{number}.docx"
        path.write_bytes(write(paper))
        again = dressed(paper, path)
        assert remarks(paper, path) == []
        before, after = looks(write(paper)), looks(again)
        for name in re.findall(r'<w:name w:val="([^"]+)"', part_of(write(paper), "word/styles.xml")):
            if not name.startswith(("House", "Header Line", "No List", "Normal Table")):
                assert {k: v for k, v in before(name).items() if k != "p:tabs"} == {
                    k: v for k, v in after(name).items() if k != "p:tabs"
                }, name
        assert part_of(again, "word/header1.xml") == part_of(write(paper), "word/header1.xml")
    own = opened_file(str(folder / "own-0.docx"))
    style(own, "Term Text", font="Verdana", left=300)
    own.styles["Term Item 1"].paragraph_format.left_indent = Twips(1200)
    own.styles["Term Item 1"].paragraph_format.first_line_indent = Twips(-600)
    own.save(folder / "own-restyled.docx")
    data = dressed(deal(), folder / "own-restyled.docx")
    assert looks(data)("Term Text")["rFonts"] == "Verdana"
    assert looks(data)("Term Text")["p:ind"]["left"] == "300"
    assert '<w:ind w:left="1200" w:hanging="600"/>' in level(data, "TermItem1")


# --- lists --------------------------------------------------------------------------------------------------


def test_equal_numbers_bring_their_indents_and_their_look(old_house: Reference) -> None:
    data = dressed(agreement(), old_house)
    assert '<w:ind w:left="851" w:hanging="851"/>' in level(data, "Heading1")
    assert '<w:lvlText w:val="%1"/>' in level(data, "Heading1")  # this house writes no dot
    assert '<w:ind w:left="1418" w:hanging="567"/>' in level(data, "ClauseItem1")
    assert '<w:ind w:left="2552" w:hanging="567"/>' in level(data, "ClauseItem3")
    contents = re.search(r"<w:docPartObj>.*?</w:sdtContent>", part_of(data))[0]
    assert '<w:t xml:space="preserve">1</w:t>' in contents
    assert remarks(agreement(), old_house)[:-1] == []


def other_numbers(made: Any) -> None:
    run = '<w:rPr><w:b/><w:color w:val="AA0000"/></w:rPr>'
    multilevel(made, [
        ("upperRoman", "Article %1", "Heading 1", 0, 0), ("decimal", "%1.%2", "Heading 2", 600, 600),
        ("decimal", "%1.%2.%3", "Heading 3", 1300, 700),
    ], number=88, run=run)  # fmt: skip


def test_other_numbers_are_not_taken_and_that_is_told(folder: Path) -> None:
    path = modern(folder, name="article.docx", change=other_numbers)
    data = dressed(agreement(), path)
    for key in ("Heading1", "ClauseItem1"):
        ours = level(write(agreement()), key)
        assert re.search(r"<w:numFmt[^>]*>", ours)[0] in level(data, key)
        assert re.search(r"<w:lvlText[^>]*>", ours)[0] in level(data, key)
    assert "AA0000" not in part_of(data, "word/numbering.xml")
    assert '<w:ind w:left="1300" w:hanging="700"/>' in level(data, "ClauseItem1")  # where the words stand is taken
    assert 'w:left="0"' not in level(data, "Heading1")
    assert remarks(agreement(), path)[0] == (
        "article.docx: its numbers “Article I” for 1. and “I.1.1” for (a) are not those of the form, and were not taken"
    )
    assert remarks(deal(), path) == [
        "article.docx: its number “Article I” for 1. is not that of the form, and was not taken"
    ]


def test_the_look_of_a_number_and_what_follows_it(folder: Path) -> None:
    def coloured(made: Any) -> None:
        run = '<w:rPr><w:b w:val="0"/><w:color w:val="C00000"/></w:rPr>'
        multilevel(made, [("decimal", "%1.", "Heading 1", 0, 0), ("decimal", "%1.%2.", "Heading 2", 0, -720)], number=88, run=run)
        found = made.part.numbering_part.element[0][1]
        found.insert(3, parse_xml(f'<w:suff {nsdecls("w")} w:val="space"/>'))

    data = dressed(agreement(), modern(folder, name="coloured.docx", change=coloured))
    assert '<w:suff w:val="space"/>' in level(data, "Heading1")
    assert '<w:color w:val="C00000"/>' in level(data, "Heading1")
    assert '<w:b w:val="0"/>' in level(data, "Heading1")
    assert '<w:lvlText w:val="%1.%2."/>' in level(data, "Clause2")
    assert '<w:ind w:left="0" w:firstLine="720"/>' in level(data, "Clause2")


@needs_office
@pytest.mark.parametrize("make", [deal, agreement])
def test_libreoffice_still_counts_as_the_document_does(make: Callable[[], Document], folder: Path, tmp_path: Path) -> None:
    path = modern(folder, name="counted.docx", change=other_numbers)
    paper = make()
    assert counted(saved(tmp_path, dressed(paper, path))) == labels(paper)


# --- pages, header and footer -------------------------------------------------------------------------------


def test_page_and_margins(old_house: Reference, new_house: Reference, folder: Path) -> None:
    section = opened_file(io.BytesIO(dressed(deal(), old_house))).sections[0]
    assert (section.page_width.twips, section.left_margin.twips, section.top_margin.twips) == (11906, 1701, 1985)
    data = dressed(agreement(), new_house)
    for found in re.findall(r"<w:pgSz[^>]*>", part_of(data)):
        assert found == '<w:pgSz w:w="12240" w:h="15840"/>'
    assert 'w:right="1985"' in part_of(data)
    widths = {int(found) for found in re.findall(r'<w:tblW w:w="(\d+)"', part_of(dressed(deal(), new_house)))}
    assert max(widths) == 12240 - 2268 - 1985
    upright = dressed(deal(), modern(folder, name="turned.docx", change=landscape))
    assert '<w:pgSz w:w="12240" w:h="15840"/>' in part_of(upright)


def test_margins_that_leave_no_room_are_not_taken(folder: Path) -> None:
    def narrow(made: Any) -> None:
        made.sections[0].left_margin = Twips(9000)

    path = modern(folder, name="narrow.docx", change=narrow)
    assert '<w:pgSz w:w="11906" w:h="16838"/>' in part_of(dressed(deal(), path))
    assert "narrow.docx: its margins leave too little room for a text, and were not taken" in remarks(deal(), path)


def test_header_and_footer_come_along(old_house: Reference) -> None:
    data = dressed(deal(), old_house)
    section = opened_file(io.BytesIO(data)).sections[0]
    assert lines(section.header)[0] == "Whitlock & Fynn LLP\tSubject to contract\tDraft (1): 21 November 2026"
    first = section.first_page_header
    assert lines(first)[1:] == [
        "Strictly private and confidential\nSubject to contract", "\tDraft (1): 21 November 2026",
    ]  # fmt: skip
    assert lines(section.footer)[0] == "Project Falcon – Term Sheet\tPage 1 of 1"
    assert re.findall(r"<w:instrText[^>]*> (\w+) ", part_of(data, "word/footer1.xml")) == ["PAGE", "NUMPAGES"]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.read("word/media/house1.png") == png()
        assert 'Target="media/house1.png"' in archive.read("word/_rels/header2.xml.rels").decode()
        assert '<Default Extension="png" ContentType="image/png"/>' in archive.read("[Content_Types].xml").decode()


def test_an_agreement_has_the_first_page_on_its_cover(old_house: Reference) -> None:
    data = dressed(agreement(), old_house)
    sections = re.findall("<w:sectPr>.*?</w:sectPr>", part_of(data))
    assert re.findall(r'w:headerReference w:type="(\w+)" r:id="(\w+)"', sections[0]) == [("default", "rIdCoverH")]
    assert "r:embed" in part_of(data, "word/header4.xml")
    assert "private" not in part_of(data, "word/header4.xml")  # the cover says it itself


def test_legend_and_page_number_stand_where_the_house_has_no_place_for_them(new_house: Reference) -> None:
    section = opened_file(io.BytesIO(dressed(deal(), new_house))).sections[0]
    assert lines(section.header) == [
        "northlight counsel", "Subject to contract\tDraft (1): 21 November 2026",
    ]  # fmt: skip
    assert lines(section.footer)[0] == "Project Falcon – Term Sheet\tPage 1 of 1"
    first = lines(section.first_page_header)
    assert first[0] == "northlight counsel"
    assert first[1].startswith("Strictly private and confidential\n")


def test_a_watermark_of_ours_stands_in_the_header_of_the_house(old_house: Reference) -> None:
    data = dressed(draft(), old_house)
    for name in ("word/header1.xml", "word/header2.xml"):
        assert 'alt="DRAFT"' in part_of(data, name)


def test_a_house_without_header_keeps_ours(folder: Path) -> None:
    def bare(made: Any) -> None:
        made.sections[0].header.is_linked_to_previous = made.sections[0].footer.is_linked_to_previous = True

    path = modern(folder, name="bare-header.docx", change=bare)
    assert part_of(dressed(deal(), path), "word/header1.xml") == part_of(write(deal()), "word/header1.xml")
    assert remarks(deal(), path) == []


def test_a_house_with_a_footer_alone_keeps_our_header_whole(folder: Path) -> None:
    def footer_alone(made: Any) -> None:
        made.sections[0].header.is_linked_to_previous = True

    data = dressed(deal(), modern(folder, name="footer-alone.docx", change=footer_alone))
    header = re.search(r'w:styleId="Header".*?</w:style>', part_of(data, "word/styles.xml"))[0]
    assert f'<w:tab w:val="right" w:pos="{12240 - 2268 - 1985}"/>' in header
    assert "northlight" in part_of(data, "word/footer1.xml")


def test_even_pages(folder: Path) -> None:
    def even(made: Any) -> None:
        made.settings.odd_and_even_pages_header_footer = True
        made.sections[0].even_page_header.paragraphs[0].text = "Even {title}"
        field(made.sections[0].even_page_footer.paragraphs[0], "PAGE")

    data = dressed(agreement(), modern(folder, name="even.docx", change=even))
    section = opened_file(io.BytesIO(data)).sections[-1]
    assert section.even_page_header.paragraphs[0].text == f"Even {agreement().title}"
    assert "<w:evenAndOddHeaders/>" in part_of(data, "word/settings.xml")


def test_a_section_takes_the_header_of_the_one_before_it(folder: Path) -> None:
    data = dressed(deal(), modern(folder, name="linked.docx", change=landscape))
    assert "northlight counsel" in part_of(data, "word/header1.xml")


def test_styles_that_only_the_header_has_come_along(folder: Path) -> None:
    def own(made: Any) -> None:
        style(made, "Firm Line", font="Rockwell", size=7, colour="336699")
        style(made, "Firm Mark", font="Rockwell", bold=True, kind=WD_STYLE_TYPE.CHARACTER)
        header = made.sections[0].header
        header.add_paragraph("Offices", style="Firm Line").add_run("!", style="Firm Mark")
        header.add_table(1, 2, Twips(5000)).style = "Table Grid"

    data = dressed(deal(), modern(folder, name="own-style.docx", change=own))
    assert (looks(data)("House Firm Line")["rFonts"], looks(data)("House Firm Line")["sz"]) == ("Rockwell", "14")
    styles = part_of(data, "word/styles.xml")
    used = set(re.findall(r'<w:(?:p|r|tbl)Style w:val="(\w+)"', part_of(data, "word/header1.xml")))
    assert used <= set(re.findall(r'w:styleId="(\w+)"', styles))
    assert 'w:val="House Table Grid"' in styles


def test_placeholders_that_nobody_knows_are_told(folder: Path) -> None:
    def asks(made: Any) -> None:
        made.sections[0].header.paragraphs[0].text = "{client} · {subtitle}"

    path = modern(folder, name="asks.docx", change=asks)
    assert "asks.docx: its header or footer asks for {client}, and knows only" in remarks(deal(), path)[0]
    assert "{client} · Proposed alliance" in part_of(dressed(deal(), path), "word/header1.xml")


def test_what_a_placeholder_says_cannot_be_markup(folder: Path) -> None:
    def asks(made: Any) -> None:
        made.sections[0].header.paragraphs[0].text = "{title}"

    paper = replace(deal(), title="R&D <w:p/> {draft}")
    found = part_of(dressed(paper, modern(folder, name="safe.docx", change=asks)), "word/header1.xml")
    assert "R&amp;D &lt;w:p/&gt; {draft}" in found


# --- what never travels -------------------------------------------------------------------------------------

FORBIDDEN = (SECRET, "Nightingale", AUTHOR, "Whitlock-Fynn", "python-docx", "rsid", "Q:\\clients", "evil.example", "vbaProject",
             "Jane Roe", "Acme Secret", "paraId", "w:ins ", "w:del ")


def private(made: Any) -> None:
    """All that a header of a house may hold and nobody else should see."""
    header = made.sections[0].header
    line = header.paragraphs[0]
    line._p.set("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}rsidR", "00AB12CD")
    for code, shown in (("FILENAME \\p", "Q:\\clients\\acme.docx"), ("DOCPROPERTY Client", "Acme Secret"), ("PAGE", "7")):
        field(header.add_paragraph(), code, shown)
    w = nsdecls("w")
    line._p.append(parse_xml(f'<w:bookmarkStart {w} w:id="7" w:name="x"/>'))
    line._p.append(parse_xml(f'<w:del {w} w:id="1" w:author="Jane Roe"><w:r><w:delText>gone</w:delText></w:r></w:del>'))
    line._p.append(parse_xml(f'<w:ins {w} w:id="2" w:author="Jane Roe"><w:r><w:t>kept</w:t></w:r></w:ins>'))
    line._p.append(parse_xml(f'<w:fldSimple {w} w:instr=" AUTHOR "><w:r><w:t>{AUTHOR}</w:t></w:r></w:fldSimple>'))
    line._p.append(parse_xml(f'<w:fldSimple {w} w:instr=" TITLE "><w:r><w:t>{SECRET}</w:t></w:r></w:fldSimple>'))
    good = header.part.relate_to("https://firm.example/a?b=1&c=2", LINK, is_external=True)
    bad = header.part.relate_to("file:///Q:\\clients\\evil.example", LINK, is_external=True)
    for key in (good, bad):
        r = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
        line._p.append(parse_xml(f'<w:hyperlink {w} {r} r:id="{key}"><w:r><w:t>link</w:t></w:r></w:hyperlink>'))
    picture = header.add_paragraph().add_run()
    picture.add_picture(io.BytesIO(png(20, 20)))
    for named in picture._r.iter("{*}docPr", "{*}cNvPr"):
        named.set("descr", "Q:\\clients\\logo.png")
    linked = header.add_paragraph().add_run()
    linked.add_picture(io.BytesIO(png(21, 21)))
    key = header.part.relate_to("https://evil.example/pixel.png", IMAGE, is_external=True)
    for blip in linked._r.iter("{*}blip"):
        name = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
        del blip.attrib[f"{name}embed"]
        blip.set(f"{name}link", key)
    made.add_comment(made.paragraphs[0].runs, SECRET, author=AUTHOR)


LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"


def test_nothing_private_of_the_house_travels(folder: Path) -> None:
    path = modern(folder, name="private.docx", change=private)
    data = dressed(agreement(), path)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            content = archive.read(name).decode("utf-8", "replace")
            assert not [word for word in FORBIDDEN if word in content], name
    header = part_of(data, "word/header1.xml")
    assert "kept" in header
    assert "gone" not in header
    assert "bookmark" not in header
    assert agreement().title in header  # TITLE shows ours
    assert header.count("<w:hyperlink") == 1
    assert "https://firm.example/a?b=1&amp;c=2" in part_of(data, "word/_rels/header1.xml.rels")
    assert header.count("<w:drawing") == 1
    assert remarks(agreement(), path)[-1] == (
        "private.docx: of its header and footer, the fields AUTHOR, DOCPROPERTY, FILENAME and a picture that is not in the "
        "file could not be taken"
    )


def test_the_watermark_of_a_house_is_not_ours(folder: Path, tmp_path: Path) -> None:
    def marked(made: Any) -> None:
        v = 'xmlns:v="urn:schemas-microsoft-com:vml"'
        shape = f'<v:shape {v} id="PowerPlusWaterMarkObject1" style="width:10pt"><v:textpath string="SPECIMEN"/></v:shape>'
        line = made.sections[0].header.paragraphs[0]
        line._p.append(parse_xml(f'<w:r {nsdecls("w")}><w:pict>{shape}</w:pict></w:r>'))

    path = modern(folder, name="marked.docx", change=marked)
    assert "SPECIMEN" not in part_of(dressed(deal(), path), "word/header1.xml")
    assert "its watermark" in remarks(deal(), path)[-1]


def test_macros_are_left_behind_and_that_is_told(folder: Path) -> None:
    path = modern(folder, name="plain.docx")
    relation = '<Relationship Id="rId99" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/>'
    path = changed(path, "word/_rels/document.xml.rels", "</Relationships>", f"{relation}</Relationships>")
    path = added(path, {"word/vbaProject.bin": b"macro"}, name="house.docm")
    assert remarks(deal(), path) == ["house.docm: its macros were not taken"]
    assert not [name for name in names(dressed(deal(), path)) if "vba" in name.lower()]


# --- files that are none, or are dangerous ------------------------------------------------------------------


def test_a_template_is_read_like_a_document(folder: Path) -> None:
    path = modern(folder, name="for-template.docx")
    path = changed(path, "[Content_Types].xml", r"document\.main\+xml", "template.main+xml", name="house.dotx")
    assert looks(dressed(deal(), path))("heading 1")["color"] == "0B7A75"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is not a Word file"),
        (b"PK\x03\x04broken", "is not a Word file"),
        (b"%PDF-1.7", "is not a Word file"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "is protected by a password"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600, "is a file of an old Word"),
    ],
)
def test_what_is_no_word_file_is_refused(content: bytes, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "house.docx"
    path.write_bytes(content)
    with pytest.raises(WriteError, match=sentence) as told:
        read(str(path))
    assert "\n" not in str(told.value)
    assert str(told.value).startswith(str(path))


def test_a_zip_without_a_document_and_a_folder_and_nothing(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "sheet.docx", "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    for name, sentence in (("sheet.docx", "not a Word file"), ("", "cannot be read"), ("none.docx", "cannot be read")):
        with pytest.raises(WriteError, match=sentence):
            read(str(tmp_path / name))


@pytest.mark.parametrize("part", ["word/styles.xml", "word/document.xml", "word/numbering.xml", "word/header1.xml"])
def test_a_document_type_is_refused_before_it_is_read(part: str, folder: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    path = changed(modern(folder, name="dtd.docx"), part, r"(<\w+:\w+ )", rf"{bomb}\1", name="dtd-2.docx")
    with pytest.raises(WriteError, match=f"its part {part} declares a document type"):
        read(str(path))


@pytest.mark.parametrize("part", ["word/styles.xml", "word/document.xml", "word/media/image1.png"])
def test_a_part_that_unpacks_to_far_too_much_is_refused(part: str, folder: Path) -> None:
    path = added(classic(folder, name="bomb.docx"), {part: b" " * (40 * 1024 * 1024)}, name="bomb-2.docx")
    assert path.stat().st_size < 1_000_000
    with pytest.raises(WriteError, match="too large"):
        read(str(path))


def test_a_damaged_part_is_named(folder: Path) -> None:
    path = modern(folder, name="damaged.docx")
    with pytest.raises(WriteError, match=r"its part word/styles\.xml is damaged"):
        read(str(added(path, {"word/styles.xml": b"<w:styles"}, name="damaged-1.docx")))
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        entry = archive.getinfo("word/styles.xml")
    content[entry.header_offset + 80 : entry.header_offset + 400] = b"\xff" * 320
    (folder / "damaged-2.docx").write_bytes(content)
    with pytest.raises(WriteError, match=r"its part word/styles\.xml is damaged"):
        read(str(folder / "damaged-2.docx"))


def test_odd_values_in_styles_do_no_harm(folder: Path) -> None:
    def odd(made: Any) -> None:
        normal = made.styles["Normal"].element.get_or_add_rPr()
        normal.append(parse_xml(f'<w:color {nsdecls("w")} w:val="&quot;&gt;&lt;x/&gt;"/>'))
        normal.append(parse_xml(f'<w:rFonts {nsdecls("w")} w:ascii="A&quot;B&lt;" w:hAnsi="x"/>'))
        normal.append(parse_xml(f'<w:sz {nsdecls("w")} w:val="many"/>'))
        heading = made.styles["Heading 1"].element
        heading.append(parse_xml(f'<w:basedOn {nsdecls("w")} w:val="Heading1"/>'))
        heading.get_or_add_pPr().append(parse_xml(f'<w:ind {nsdecls("w")} w:left="99999999" w:hanging="1e400"/>'))

    data = dressed(agreement(), modern(folder, name="odd.docx", change=odd))
    etree.fromstring(part_of(data, "word/styles.xml").encode())


@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_wrong_with_a_file_does_no_harm(seed: int, folder: Path) -> None:
    """Attributes and elements go, move and say nonsense: the paper is well-formed, or the file is refused."""
    chance = random.Random(seed)
    path = (classic, modern)[seed % 2](folder, name="mutant.docx", change=private if seed % 3 else None)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if re.search(r"word/[^/]*\.xml$|rels$|theme", name)}
    for _ in range(4):
        name = chance.choice(sorted(parts))
        root = etree.fromstring(parts[name])
        for _ in range(8):
            element = chance.choice(list(root.iter(etree.Element)))
            if element.attrib and chance.random() < 0.6:
                nonsense = chance.choice(["", "-1", "x", "1e309", "99999999999", '&<"', "\u202e", "true", "heading 1"])
                element.set(chance.choice(sorted(element.attrib)), nonsense)
            elif element.getparent() is not None:
                element.getparent().remove(element)
        parts[name] = etree.tostring(root)
    try:
        reference = read(str(added(path, parts, name="mutant-2.docx")))
    except WriteError:
        return
    for paper in (deal(), agreement()):
        data = dressed(paper, reference)
        assert list(reference.fitted(paper).remarks()) is not None
        for name in names(data):
            if name.endswith((".xml", ".rels")):
                etree.fromstring(part_of(data, name).encode())


# --- the whole ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [deal, draft, agreement])
@pytest.mark.parametrize("house", ["old_house", "new_house", "private"])
def test_validators_find_nothing(make: Any, house: str, folder: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    audit = pytest.importorskip("openxml_audit")
    integrity = pytest.importorskip("ooxml_integrity")
    reference = modern(folder, name="private.docx", change=private) if house == "private" else request.getfixturevalue(house)
    path = str(saved(tmp_path, dressed(make(), reference)))
    assert audit.OpenXmlValidator().validate(path).errors == []
    assert list(integrity.check(path)) == []


@pytest.mark.parametrize("form", ["term-sheet", "agreement"])
@pytest.mark.parametrize("house", ["old_house", "new_house"])
def test_the_gate_finds_nothing_more(form: str, house: str, request: pytest.FixtureRequest) -> None:
    read_deal = lint_source(source.read(str(EXAMPLE)), RULES).deal
    paper = assemble.assemble(read_deal, form, draft=True).document
    assert set(findings(dressed(paper, request.getfixturevalue(house)))) <= set(findings(write(paper)))


def test_the_same_bytes_twice(folder: Path) -> None:
    path = classic(folder, name="twice.docx")
    assert dressed(agreement(), path) == dressed(agreement(), path)


@needs_office
@needs_poppler
def test_no_page_is_empty_and_every_page_has_the_header(old_house: Reference, tmp_path: Path) -> None:
    found = pages(saved(tmp_path, dressed(deal(), old_house)))
    assert all(page.strip() for page in found)
    assert all("Whitlock & Fynn LLP" in page for page in found[1:])
    assert f"Page {len(found)} of {len(found)}" in found[-1]


def test_the_command(folder: Path, run_cli: Any) -> None:
    house, target = modern(folder, name="told.docx"), folder / "paper.docx"
    given = ("render", str(EXAMPLE), "--draft", "--form", "agreement", "--reference", str(house))
    code, _, err = run_cli(*given, "-o", str(target))
    assert code == 0
    assert "told.docx: no style for (i) and (A) (looked for Clause Item 2, Level 4, Level 4 Number, …)" in err
    assert looks(target.read_bytes())("heading 1")["color"] == "0B7A75"
    for more in (("--theme", "classic"), ("--paper", "a4"), ()):
        output = folder / ("paper.docx" if more else "paper.html")
        assert run_cli(*given, *more, "-o", str(output))[0] == 2
    code, _, err = run_cli("render", str(EXAMPLE), "--draft", "--reference", str(EXAMPLE), "-o", str(target))
    assert code == 2
    assert "is not a Word file; name a .docx or .dotx file" in err


def test_a_configuration_names_the_look(folder: Path, tmp_path: Path, run_cli: Any) -> None:
    modern(tmp_path, name="house.docx")
    (tmp_path / ".termsheet.yaml").write_text("reference: house.docx\n")
    (tmp_path / "deal.yaml").write_text(EXAMPLE.read_text("utf-8"), "utf-8")
    deal_file, target = str(tmp_path / "deal.yaml"), tmp_path / "x.docx"
    assert run_cli("render", deal_file, "--draft", "-o", str(target))[0] == 0
    assert "northlight" in part_of(target.read_bytes(), "word/header1.xml")
    assert run_cli("render", deal_file, "--draft", "--theme", "classic", "-o", str(target))[0] == 0
    assert "northlight" not in part_of(target.read_bytes(), "word/header1.xml")
    assert run_cli("render", deal_file, "--draft", "-o", str(tmp_path / "x.md"))[0] == 0


def test_without_a_reference_nothing_of_it_is_imported() -> None:
    code = (
        "import sys; from termsheet.word.writer import write; from termsheet.document import Document;"
        "write(Document('x', '', (), (), (), ()));"
        "assert not [name for name in sys.modules if 'reference' in name or name.startswith('lxml')]"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_colours() -> None:
    assert dark("FFFF00") != "FFFF00"
    assert contrast(dark("FFFF00"), "FFFFFF") >= 4.5
    assert dark("000080") == "000080"
    assert mixed("000000", "FFFFFF", 0.5) in ("7F7F7F", "808080")


SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" mc:Ignorable="w14"'
)
ANCHOR = (
    '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="5" behindDoc="0" locked="0"'
    ' layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="page"><wp:posOffset>400000'
    '</wp:posOffset></wp:positionH><wp:positionV relativeFrom="page"><wp:posOffset>300000</wp:posOffset></wp:positionV>'
    '<wp:extent cx="1800000" cy="400000"/><wp:wrapNone/><wp:docPr id="44" name="Text Box 3"/><wp:cNvGraphicFramePr/>'
)
SHAPE = (
    f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{ANCHOR}<a:graphic><a:graphicData'
    ' uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx><w:txbxContent><w:p w14:paraId="7ABC1234"><w:r>'
    "<w:t>Harbour {title}</w:t></w:r></w:p></w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic>"
    "</wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape id=\"s1\" style=\"width:100pt\"><v:textbox><w:txbxContent>"
    "<w:p><w:r><w:t>Harbour {title}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent>"
)
WORD_HEADER = (
    f'<?xml version="1.0"?><w:hdr {SPACES}><w:sdt><w:sdtPr><w:id w:val="123"/><w:docPartObj><w:docPartGallery'
    ' w:val="Page Numbers (Top of Page)"/><w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent><w:p><w:pPr><w:pStyle'
    ' w:val="Header"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PA</w:instrText></w:r><w:r>'
    '<w:instrText>GE \\* MERGEFORMAT</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>17</w:t></w:r>'
    f'<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:sdtContent></w:sdt><w:p><w:r>{SHAPE}</w:r></w:p>'
    f'<w:p><w:r><w:drawing>{ANCHOR}<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
    '<c:chart r:id="rId7"/></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r></w:p>'
    '<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid><w:gridCol w:w="4000"/></w:tblGrid><w:tr><w:tc><w:tcPr>'
    '<w:tcW w:w="4000" w:type="dxa"/></w:tcPr><w:p><w:r><w:pict><v:shape id="s2" style="width:60pt;height:20pt"><v:imagedata'
    ' r:id="rId8" o:title="logo"/></v:shape></w:pict></w:r></w:p></w:tc></w:tr></w:tbl><w:p/></w:hdr>'
)
RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId7" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart"'
    f' Target="charts/chart1.xml"/><Relationship Id="rId8" Type="{IMAGE}" Target="media/logo.png"/></Relationships>'
)


@pytest.fixture(scope="module")
def word_letterhead(folder: Path) -> Path:
    """A letterhead as Word makes it: text boxes twice over, page numbers from the gallery, a picture in VML, a chart."""
    parts = {"word/header1.xml": WORD_HEADER, "word/_rels/header1.xml.rels": RELATIONS, "word/charts/chart1.xml": "<x/>"}
    made = {name: content.encode() for name, content in parts.items()} | {"word/media/logo.png": png()}
    path = added(modern(folder, name="word.docx"), made, name="letterhead.docx")
    default = '<Default Extension="png" ContentType="image/png"/>'
    return changed(path, "[Content_Types].xml", "<Override", f"{default}<Override", name="letterhead-1.docx")


def test_a_letterhead_as_word_makes_it(word_letterhead: Path, tmp_path: Path) -> None:
    audit = pytest.importorskip("openxml_audit")
    data = dressed(deal(), word_letterhead)
    header = part_of(data, "word/header1.xml")
    assert header.count("Harbour Term Sheet") == 2
    assert re.findall(r"<w:instrText[^>]*>([^<]*)<", header) == [" PAGE ", ""]
    assert "c:chart" not in header
    assert "paraId" not in header
    assert header.count("r:id=") == 1
    assert "w:sdt" not in header
    assert lines(opened_file(io.BytesIO(data)).sections[0].footer) == [
        "northlight counsel pllc · 12 Harbour Row · northlight.example"
    ]  # the header counts the pages
    assert audit.OpenXmlValidator().validate(str(saved(tmp_path, data))).errors == []
    assert "a drawing that needs another part of the file" in remarks(deal(), word_letterhead)[-1]


@needs_office
@needs_poppler
def test_a_letterhead_as_word_makes_it_is_seen(word_letterhead: Path, tmp_path: Path) -> None:
    found = pages(saved(tmp_path, dressed(deal(), word_letterhead)))
    assert all("Harbour Term Sheet" in page for page in found)
