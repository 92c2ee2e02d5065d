"""What a house's Word file says of its look."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from lxml import etree

from termsheet.word.reference import letterhead
from termsheet.word.reference.archive import Archive, W
from termsheet.word.reference.letterhead import Letterhead
from termsheet.word.reference.lists import Lists
from termsheet.word.reference.looks import Colours, Reader, Styles, face, theme_of, whole
from termsheet.word.themes import Sheet

if TYPE_CHECKING:
    from termsheet.document import Document
    from termsheet.word.reference.fitted import Fitted

_OFF = ("0", "false", "off")
_NARROWEST = 4320  # twips, three inches: less than that is no page for a contract
_EMPTY = f'<w:styles xmlns:w="{W[1:-1]}"/>'
_ROMAN = ("times", "garamond", "cambria", "georgia", "book", "palatino", "century", "bodoni", "minion", "baskerville",
          "caslon", "didot", "serif", "roman", "goudy", "sabon", "constantia", "antiqua", "perpetua")  # fmt: skip


class Face(NamedTuple):
    """What the table of fonts says of one: its family (roman or swiss) and its panose."""

    family: str = ""
    panose: str = ""


@dataclass
class Reference:
    """The look of a house, as its file has it. `sheet` is None where the file says nothing of its pages."""

    name: str
    styles: Styles
    lists: Lists
    colours: Colours
    fonts: dict[str, Face]
    sheet: Sheet | None
    letterhead: Letterhead
    remarks: list[str] = field(default_factory=list)

    def fitted(self, document: Document) -> Fitted:
        """What a paper takes of it."""
        from termsheet.word.reference.fitted import Fitted

        return Fitted(self, document)

    def face(self, font: str) -> Face:
        """The family and the panose of a font, guessed by its name where the file does not say."""
        known = self.fonts.get(font, Face())
        if known.family:
            return known
        sans = "sans" in font.lower()
        serif = not sans and any(word in font.lower() for word in _ROMAN)
        return known._replace(family="roman" if serif else "swiss")


def read(path: str) -> Reference:
    """Read a .docx or .dotx file. Raises WriteError where it is none, or is damaged, locked or far too large."""
    archive = Archive(path)
    try:
        return _read(archive)
    finally:
        archive.close()


def _read(archive: Archive) -> Reference:
    document = archive.document()
    parts = {relation.kind: relation.target for relation in archive.related(archive.main).values()
             if not relation.external}  # fmt: skip
    roots = {kind: archive.xml(parts[kind]) for kind in ("styles", "numbering", "theme", "fontTable", "settings")
             if kind in parts}  # fmt: skip
    colours = theme_of(roots.get("theme"))
    lists = Lists(roots.get("numbering"), Reader(colours))
    styles = roots.get("styles")
    sections = list(document.iter(f"{W}sectPr"))
    settings = roots.get("settings")
    even = settings.find(f"{W}evenAndOddHeaders") if settings is not None else None
    remarks = []
    if any(relation.kind == "vbaProject" for relation in archive.related(archive.main).values()):
        remarks.append(f"{archive.name}: its macros were not taken")
    sheet, said = _sheet(sections)
    remarks += [f"{archive.name}: {said}"] if said else []
    return Reference(
        archive.name,
        Styles(styles if styles is not None else etree.fromstring(_EMPTY), colours, lists),
        lists,
        colours,
        dict(_faces(roots.get("fontTable"))),
        sheet,
        letterhead.read(archive, sections, even=even is not None and even.get(f"{W}val", "1") not in _OFF),
        remarks,
    )


def _faces(root: Any) -> Iterator[tuple[str, Face]]:
    for font in root.iter(f"{W}font") if root is not None else ():
        name = face(font.get(f"{W}name", ""))
        family, panose = font.find(f"{W}family"), font.find(f"{W}panose1")
        kind = family.get(f"{W}val", "") if family is not None else ""
        code = panose.get(f"{W}val", "") if panose is not None else ""
        digits = code if len(code) == 20 and all(sign in "0123456789ABCDEFabcdef" for sign in code) else ""
        if name:
            yield name, Face({"roman": "roman", "swiss": "swiss", "modern": "swiss"}.get(kind, ""), digits)


def _sheet(sections: list[Any]) -> tuple[Sheet | None, str]:
    """The page of the last section that stands upright, and what is to be said where it cannot be ours."""
    pages = [page for section in reversed(sections) if (page := _page(section)) is not None]
    upright = [page for page in pages if page.width <= page.height]
    page = next(iter([*upright, *pages]), None)
    if page is None:
        return None, ""
    if page.measure < _NARROWEST or page.height - abs(page.top) - abs(page.bottom) < _NARROWEST:
        return None, "its margins leave too little room for a text, and were not taken"
    return page, ""


def _page(section: Any) -> Sheet | None:
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    if size is None or margins is None:
        return None
    lengths = [whole(size.get(f"{W}{name}")) for name in ("w", "h")]
    edges = {name: whole(margins.get(f"{W}{name}")) for name in ("left", "right", "top", "bottom", "header", "footer")}
    if not all(lengths) or not all(edges.values()):
        return None
    width, height = map(int, lengths)
    gutter = max(int(whole(margins.get(f"{W}gutter")) or 0), 0)
    sides = {name: max(int(value), 0) if name not in ("top", "bottom") else int(value) for name, value in edges.items()}
    sides["left"] += gutter
    return Sheet(width, height, **sides)
