"""Word files of invented houses, made with python-docx, as a firm's own template would be."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor, Twips

SECRET = "Project Nightingale: do not tell Kestrel"
AUTHOR = "Cornelia Whitlock-Fynn"
NAVY, GOLD = "1B2A5C", "B08D3C"


def png(width: int = 240, height: int = 60, colour: str = NAVY) -> bytes:
    """A picture: a block of one colour with a lighter bar below, as a logo may be."""
    dark, light = bytes.fromhex(colour), bytes.fromhex(GOLD)
    rows = (b"\x00" + (dark if row < height * 0.75 else light) * width for row in range(height))
    chunks = ((b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)), (b"IDAT", zlib.compress(b"".join(rows))),
              (b"IEND", b""))  # fmt: skip
    made = (struct.pack(">I", len(d)) + kind + d + struct.pack(">I", zlib.crc32(kind + d)) for kind, d in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(made)


def style(
    document: Any, name: str, *, font: str = "", size: float = 0, colour: str = "", bold: bool | None = None,
    caps: bool | None = None, italic: bool | None = None, before: float | None = None, after: float | None = None,
    line: float | None = None, align: str = "", left: int | None = None, first: int | None = None, based: str = "",
    kind: Any = WD_STYLE_TYPE.PARAGRAPH,
) -> Any:  # fmt: skip
    """A style of that name, made or changed."""
    made = document.styles[name] if name in document.styles else document.styles.add_style(name, kind)
    if based:
        made.base_style = document.styles[based]
    if font:
        made.font.name = font
        fonts = made.element.rPr.find(qn("w:rFonts"))
        for script in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{script}"), None)
    made.font.size = Pt(size) if size else made.font.size
    made.font.color.rgb = RGBColor.from_string(colour) if colour else made.font.color.rgb
    for attribute, value in (("bold", bold), ("all_caps", caps), ("italic", italic)):
        if value is not None:
            setattr(made.font, attribute, value)
    if kind is WD_STYLE_TYPE.PARAGRAPH:
        shape = made.paragraph_format
        for attribute, length in (("space_before", before), ("space_after", after)):
            if length is not None:
                setattr(shape, attribute, Pt(length))
        shape.line_spacing = line if line is not None else shape.line_spacing
        shape.alignment = getattr(WD_ALIGN_PARAGRAPH, align) if align else shape.alignment
        shape.left_indent = Twips(left) if left is not None else shape.left_indent
        shape.first_line_indent = Twips(first) if first is not None else shape.first_line_indent
    return made


def multilevel(document: Any, levels: list[tuple[str, str, str, int, int]], number: int = 77, run: str = "") -> None:
    """A multilevel list: for each level its format, its text, its style, its left indent and how far it hangs."""
    made = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:pStyle w:val="{document.styles[name].style_id}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr>{run if not depth else ""}</w:lvl>'
        for depth, (form, text, name, left, hanging) in enumerate(levels)
    )
    part = document.part.numbering_part.element
    abstract = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>{made}</w:abstractNum>'
    part.insert(0, parse_xml(abstract))
    part.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'))
    for depth, (_, _, name, _, _) in enumerate(levels):
        properties = document.styles[name].element.get_or_add_pPr()
        for found in properties.findall(qn("w:numPr")):
            properties.remove(found)
        level = f'<w:ilvl w:val="{depth}"/>' if depth else ""
        properties.insert_element_before(
            parse_xml(f'<w:numPr {nsdecls("w")}>{level}<w:numId w:val="{number}"/></w:numPr>'),
            "w:suppressLineNumbers", "w:pBdr", "w:shd", "w:tabs", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl",
        )  # fmt: skip


def field(paragraph: Any, code: str, shown: str = "99") -> None:
    """A field as Word writes it, in five runs."""
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("shown", shown), ("end", "")):
        run = paragraph.add_run(shown if kind == "shown" else "")
        if kind == "":
            run._r.append(parse_xml(f'<w:instrText {nsdecls("w")} xml:space="preserve"> {text} </w:instrText>'))
        elif kind != "shown":
            run._r.append(parse_xml(f'<w:fldChar {nsdecls("w")} w:fldCharType="{kind}"/>'))


def classic(folder: Path, *, name: str = "classic.docx", change: Callable[[Any], None] | None = None) -> Path:
    """Serif, navy headings in small size, justified text, a logo and a rule on the first page, legend placeholders."""
    made = Document()
    style(made, "Normal", font="Cambria", size=11, after=8, line=1.15)
    style(made, "Body Text", align="JUSTIFY", after=8, based="Normal")
    style(made, "Title", font="Garamond", size=24, colour=NAVY, bold=False, align="CENTER", after=6)
    style(made, "Subtitle", font="Garamond", size=13, colour=GOLD, italic=True, align="CENTER", after=14)
    style(made, "Heading 1", font="Garamond", size=13, colour=NAVY, bold=True, caps=False, before=16, after=6)
    style(made, "Level 2", align="JUSTIFY", after=8, based="Normal")
    style(made, "Level 3", align="JUSTIFY", after=6, based="Normal")
    style(made, "Level 4", align="JUSTIFY", after=6, based="Normal")
    style(made, "Level 5", align="JUSTIFY", after=6, based="Normal")
    style(made, "Definitions", align="JUSTIFY", after=8, left=851, based="Normal")
    style(made, "Sch Heading", font="Garamond", size=14, colour=NAVY, bold=True, align="CENTER", after=14)
    style(made, "Header", font="Cambria", size=9, colour=NAVY)
    style(made, "Footer", font="Cambria", size=8.5, colour="666666")
    for name_of_part in ("Header", "Footer"):
        stops = made.styles[name_of_part].paragraph_format.tab_stops
        stops.clear_all()
        if name_of_part == "Header":
            stops.add_tab_stop(Twips(4252), WD_TAB_ALIGNMENT.CENTER)
        stops.add_tab_stop(Twips(8504), WD_TAB_ALIGNMENT.RIGHT)
    style(made, "Defterm", bold=True, colour=NAVY, kind=WD_STYLE_TYPE.CHARACTER)
    multilevel(made, [
        ("decimal", "%1", "Heading 1", 851, 851), ("decimal", "%1.%2", "Level 2", 851, 851),
        ("lowerLetter", "(%3)", "Level 3", 1418, 567), ("lowerRoman", "(%4)", "Level 4", 1985, 567),
        ("upperLetter", "(%5)", "Level 5", 2552, 567),
    ])  # fmt: skip
    section = made.sections[0]
    section.page_width, section.page_height = Twips(11906), Twips(16838)
    section.left_margin = section.right_margin = Twips(1701)
    section.top_margin, section.bottom_margin = Twips(1985), Twips(1701)
    section.different_first_page_header_footer = True
    logo = section.first_page_header.paragraphs[0]
    logo.add_run().add_picture(io.BytesIO(png()), width=Twips(2400))
    section.first_page_header.add_paragraph("{legend}")
    section.header.paragraphs[0].text = "Whitlock & Fynn LLP\t{leg"
    section.header.paragraphs[0].add_run("end}").bold = True
    section.header.paragraphs[0].add_run("\t{draft}")
    for footer in (section.footer, section.first_page_footer):
        footer.paragraphs[0].text = "{footer}\tPage "
        field(footer.paragraphs[0], "PAGE")
        footer.paragraphs[0].add_run(" of ")
        field(footer.paragraphs[0], "NUMPAGES")
    return _saved(made, folder / name, change)


def modern(folder: Path, *, name: str = "modern.docx", change: Callable[[Any], None] | None = None) -> Path:
    """Calibri on Letter paper, wide margins, teal headings, everything flush left, a header of one line."""
    made = Document()
    style(made, "Normal", font="Calibri", size=10.5, after=6, line=1.2)
    style(made, "Title", font="Calibri Light", size=28, colour="0B7A75", bold=False, align="LEFT")
    style(made, "Heading 1", font="Calibri Light", size=15, colour="0B7A75", bold=False, before=18, after=6)
    style(made, "Heading 2", font="Calibri", size=10.5, colour="000000", bold=False, before=0, after=6)
    style(made, "Heading 3", font="Calibri", size=10.5, colour="000000", bold=False, before=0, after=6)
    multilevel(made, [
        ("decimal", "%1.", "Heading 1", 567, 567), ("decimal", "%1.%2", "Heading 2", 567, 567),
        ("lowerLetter", "(%3)", "Heading 3", 1134, 567),
    ])  # fmt: skip
    section = made.sections[0]
    section.page_width, section.page_height = Twips(12240), Twips(15840)
    section.left_margin, section.right_margin = Twips(2268), Twips(1985)
    section.header.paragraphs[0].text = "northlight counsel"
    section.footer.paragraphs[0].text = "northlight counsel pllc · 12 Harbour Row · northlight.example"
    return _saved(made, folder / name, change)


def _saved(made: Any, path: Path, change: Callable[[Any], None] | None) -> Path:
    made.add_paragraph(SECRET)
    made.core_properties.author = made.core_properties.last_modified_by = AUTHOR
    made.core_properties.comments = SECRET
    if change:
        change(made)
    made.save(str(path))
    return path


def landscape(made: Any) -> None:
    """A last section that lies on its side, for a table."""
    section = made.add_section()
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width


def changed(path: Path, part: str, pattern: str, instead: str, *, name: str = "") -> Path:
    """The file with something else in one of its parts."""
    target = path.with_name(name or f"changed-{path.name}")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            content = old.read(entry)
            if entry == part:
                text = re.sub(pattern, instead, content.decode(), count=1, flags=re.DOTALL)
                assert text.encode() != content, "nothing was changed"
                content = text.encode()
            new.writestr(entry, content)
    return target


def added(path: Path, parts: dict[str, bytes], *, name: str = "") -> Path:
    """The file with more parts, which may replace others."""
    target = path.with_name(name or f"added-{path.name}")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            if entry not in parts:
                new.writestr(entry, old.read(entry))
        for entry, content in parts.items():
            new.writestr(entry, content)
    return target
