"""Tables, sections, headers and footers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from .numbers import value
from .package import Package, R, V, W
from .text import name, words

_UNHEADED = re.compile(r"Signature|Cover")  # tables that lay out, and have nothing to head


def check_tables(package: Package) -> Iterator[str]:
    """Tables fill their grid, say what they are, and repeat their heading."""
    for part, story in package.stories():
        for table in story.iter(f"{W}tbl"):
            caption = value(table, "tblPr/tblCaption")
            for one in (*_grid(table), *_head(table)):
                yield f"{part}: the table {caption!r} {one}"


def _head(table: etree._Element) -> Iterator[str]:
    rows = table.findall(f"{W}tr")
    if not rows:
        yield "has no row"
        return
    if not value(table, "tblPr/tblCaption").strip():
        yield "has no caption"
    headed = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows]
    if not _UNHEADED.match(value(table, "tblPr/tblStyle")):
        if not headed[0]:
            yield "does not repeat its first row"
        elif all(headed):
            yield "has nothing but its heading"
        look = table.find(f"{W}tblPr/{W}tblLook")
        if look is not None and look.get(f"{W}firstRow") not in ("1", "true", "on"):
            yield "has a heading that its style does not know of"
    if any(headed[at] and not headed[at - 1] for at in range(1, len(headed))):
        yield "repeats a row that is not its first"


def _grid(table: etree._Element) -> Iterator[str]:
    grid = [int(one.get(f"{W}w", "0")) for one in table.findall(f"{W}tblGrid/{W}gridCol")]
    if not grid:
        yield "has no grid"
    for at, row in enumerate(table.findall(f"{W}tr"), 1):
        column = int(value(row, "trPr/gridBefore", "0"))
        for cell in _cells(row):
            span = int(value(cell, "tcPr/gridSpan", "1"))
            width = cell.find(f"{W}tcPr/{W}tcW")
            if width is not None and width.get(f"{W}type") == "dxa" and int(width.get(f"{W}w", "0")) != sum(grid[column : column + span]):
                yield f"has a cell in row {at} that is as wide as {width.get(f'{W}w')}, and its columns {sum(grid[column : column + span])}"
            column += span
            yield from (f"{one} in row {at}" for one in _cell(cell))
        column += int(value(row, "trPr/gridAfter", "0"))
        if column != len(grid):
            yield f"has {column} columns in row {at}, and {len(grid)} in its grid"
    wide = table.find(f"{W}tblPr/{W}tblW")
    if wide is not None and wide.get(f"{W}type") == "dxa" and int(wide.get(f"{W}w", "0")) != sum(grid):
        yield f"is as wide as {wide.get(f'{W}w')}, and its columns {sum(grid)}"


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    """The cells of a row, also where a content control stands around them."""
    for one in row:
        if one.tag == f"{W}tc":
            yield one
        elif one.tag == f"{W}sdt":
            yield from one.findall(f"{W}sdtContent/{W}tc")


def _cell(cell: etree._Element) -> Iterator[str]:
    last = cell[-1] if len(cell) else None
    if last is None or last.tag == f"{W}tcPr":
        yield "has a cell with nothing in it"
    elif last.tag == f"{W}tbl" or (last.tag != f"{W}p" and last.find(f".//{W}p") is None) or (last.tag == f"{W}sdt" and last.find(f"{W}sdtContent/{W}p") is None):
        yield "has a cell that does not end with a paragraph"


def check_sections(package: Package) -> Iterator[str]:
    """Every section has a size, all the same; a first page of its own has its own header, and is asked for."""
    sections = [*package.body.iter(f"{W}sectPr")]
    if package.body[-1].tag != f"{W}sectPr":
        yield "the body does not end with a section"
    sizes = set()
    for at, section in enumerate(sections, 1):
        size = section.find(f"{W}pgSz")
        if size is None or section.find(f"{W}pgMar") is None:
            yield f"section {at} has no size or no margins"
        else:
            sizes.add((size.get(f"{W}w"), size.get(f"{W}h"), size.get(f"{W}orient", "portrait")))
        yield from (f"section {at} {one}" for one in _furniture(package, section, at))
    if len(sizes) > 1:
        yield f"the sections have pages of different sizes: {sorted(sizes)}"
    used = {one.get(f"{R}id") for one in package.body.iter(f"{W}headerReference", f"{W}footerReference")}
    for kind in ("header", "footer"):
        for one in package.related(kind):
            if one.id not in used:
                yield f"no section has the {kind} {one.target}"


def _furniture(package: Package, section: etree._Element, at: int) -> Iterator[str]:
    kinds = {one.id: one.kind.rsplit("/", 1)[-1] for one in package.relations if one.source == "word/document.xml"}
    said = []
    for one in section.findall(f"{W}headerReference") + section.findall(f"{W}footerReference"):
        kind = "header" if one.tag == f"{W}headerReference" else "footer"
        if kinds.get(one.get(f"{R}id", "")) != kind:
            yield f"refers to a {kind} that is none"
        said.append((kind, one.get(f"{W}type")))
    if len(said) != len(set(said)):
        yield "refers to two headers or footers of one kind"
    first = any(kind == "first" for _, kind in said)
    asked = section.find(f"{W}titlePg") is not None
    if first and not asked:
        yield "has a header or footer for a first page, and does not set it apart"
    if asked and not first and at == 1:
        yield "sets a first page apart, and has neither header nor footer for it"
    settings = package.only("settings")
    if any(kind == "even" for _, kind in said) and (settings is None or settings.find(f"{W}evenAndOddHeaders") is None):
        yield "has a header for even pages that is never shown"


def check_pictures(package: Package) -> Iterator[str]:
    """Whoever hears the paper hears what a picture or watermark is."""
    for part, story in package.stories():
        for one in story.iter(f"{V}shape", f"{V}rect", f"{V}oval"):
            if not one.get("alt", "").strip():
                yield f"{part}: a watermark or shape has no alternative text"
        for one in story.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"):
            if not (one.get("descr") or "").strip():
                yield f"{part}: a picture has no alternative text"


def check_signatures(package: Package) -> Iterator[str]:
    """The rows of a signature block do not split."""
    for table in package.body.iter(f"{W}tbl"):
        if value(table, "tblPr/tblStyle").startswith("Signature"):
            for row in table.findall(f"{W}tr"):
                if row.find(f"{W}trPr/{W}cantSplit") is None:
                    yield f"a signature block may split at “{words(row)[:40]}”"
            if not any(name(one).startswith("Signature") for one in table.iter(f"{W}p")):
                yield "a signature block has none of the styles that keep it whole"


def check_settings(package: Package) -> Iterator[str]:
    """Word shows the paper as it is meant, and protects it where it says so."""
    settings = package.only("settings")
    if settings is None:
        yield "there are no settings"
        return
    zoom = settings.find(f"{W}zoom")
    if zoom is not None and not zoom.get(f"{W}percent", "").isdigit():
        yield "the zoom has no measure"
    mode = [one.get(f"{W}val") for one in settings.iter(f"{W}compatSetting") if one.get(f"{W}name") == "compatibilityMode"]
    if mode != ["15"]:
        yield f"Word opens it in compatibility mode: {mode}"
    protection = settings.find(f"{W}documentProtection")
    if protection is not None and (protection.get(f"{W}enforcement") not in ("1", "true", "on") or not protection.get(f"{W}edit")):
        yield "the protection is not enforced, or says not what it is"
