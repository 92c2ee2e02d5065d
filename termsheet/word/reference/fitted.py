"""What one paper takes of a house's look: its theme and its sheet before it is written, its parts afterwards."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from lxml import etree

from termsheet.document import Document
from termsheet.immutable import replace
from termsheet.word import base, furniture
from termsheet.word.markup import HEAD, SPACES, R, paragraph, quoted
from termsheet.word.reference import letterhead
from termsheet.word.reference.adopted import Adopted
from termsheet.word.reference.archive import A, W
from termsheet.word.reference.colours import AUTO, WHITE, colourful, contrast, dark, mixed
from termsheet.word.reference.letterhead import PLACEHOLDERS
from termsheet.word.reference.looks import Styles, theme_of
from termsheet.word.reference.matches import Matcher
from termsheet.word.reference.restyle import Restyling, other_numbers, relist, unmatched
from termsheet.word.reference.roles import LABELS
from termsheet.word.themes import Sheet, Theme, sheet, theme

if TYPE_CHECKING:
    from termsheet.word.reference.house import Reference

Parts = dict[str, str | bytes]

_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_MEANT = 3  # names that are shown of those looked for
# The parts of headers and footers, by kind of page: their number and the ids of their relations.
_PLACES = {
    "default": (1, base.HEADER, base.FOOTER),
    "first": (2, base.FIRST_HEADER, base.FIRST_FOOTER),
    "even": (3, base.EVEN_HEADER, base.EVEN_FOOTER),
    "cover": (4, base.COVER_HEADER, base.COVER_FOOTER),
}
_OF_US = ("default", "first")
_NOTEWORTHY = {
    "columns": ("Heading1",),
    "clauses": ("Heading1", "Clause2", "ClauseItem1", "ClauseItem2", "ClauseItem3"),
}
_OTHERS = {
    "Title": "the title", "Parties": "parties", "Recitals": "the background", "Definition": "definitions",
    "ScheduleHeading": "schedules", "TableText": "tables",
}  # fmt: skip


class Fitted:
    """A house's look for one document."""

    def __init__(self, reference: Reference, document: Document) -> None:
        self._house = reference
        self._document = document
        plain, page = theme(document.theme), sheet(document.paper)
        self.sheet: Sheet = reference.sheet or page
        self._ours = self._styles(base.parts(plain, page, document.language, document.layout, "Schedule {}"))
        self._found = Matcher(reference.styles, reference.lists).matches(self._ours, document.layout)
        self.theme: Theme = self._theme(plain)
        letters = reference.letterhead
        if self._found.native and not any(map(letterhead.meant, letters.sheets())):
            letters = letterhead.Letterhead()  # the header of a paper of ours is that of another deal
        self._letters = letters
        self._headers = letters.headers if any(map(letterhead.shows, letters.headers.values())) else {}
        self._footers = letters.footers if any(map(letterhead.shows, letters.footers.values())) else {}
        self.even = bool({"even"} & (self._headers.keys() | self._footers.keys()))
        self.covered = bool(document.cover) and letters.titled and "first" in {**self._headers, **self._footers}
        heading = self._found.get("Heading1" if document.layout == "clauses" else "Heading2")
        level = heading.level if heading else None
        self.dotless = level is not None and (level.format, level.text) == ("decimal", "{}")

    @staticmethod
    def _styles(parts: Mapping[str, str]) -> Styles:
        colours = theme_of(etree.fromstring(parts["word/theme/theme1.xml"].encode()))
        return Styles(etree.fromstring(parts["word/styles.xml"].encode()), colours)

    @cached_property
    def _body(self) -> str:
        match = self._found.get("BodyText")
        return match.key if match else self._house.styles.default("paragraph")

    def _theme(self, ours: Theme) -> Theme:
        """Our theme with the font, the size and the colours of the house."""
        styles, colours = self._house.styles, self._house.colours
        body = styles.look(self._body)
        font, spacing = body.run["rFonts"]["val"], body.paragraph["spacing"]
        face = self._house.face(font)
        size = min(max(int(body.run["sz"]["val"]), 12), 36)
        leading = int(spacing["line"]) if spacing["lineRule"] == "auto" else 240
        ink = self._ink()
        link = colours.named.get("hlink", "")
        title = self._found.get("CoverTitle") or self._found.get("Title")
        large = styles.look(title.key).run if title else None
        return replace(
            ours, font=font, family=face.family, panose=face.panose or ours.panose, size=size,
            leading=min(max(leading, 200), 480), ink=ink, rule=mixed(ink, WHITE, 0.45), band=mixed(ink, WHITE, 0.08),
            link=link if link and not colours.stock else ink,
            title_growth=min(max(int(large["sz"]["val"]) - size, 0), 40) if large else ours.title_growth,
            cover_inset=0 if self._flush() else ours.cover_inset,
            title_caps=large["caps"]["val"] == "1" if large else ours.title_caps,
        )  # fmt: skip

    def _flush(self) -> bool:
        """Whether titles of the house stand at left or right, and the cover with them."""
        title = self._found.get("CoverTitle") or self._found.get("Title")
        return bool(title and self._house.styles.look(title.key).paragraph["jc"]["val"] not in ("center", "both"))

    def _ink(self) -> str:
        """The colour of headings and of dark bands: that of the headings of the house, or of its theme, or black."""
        heading = self._found.get("Heading1")
        colour = self._house.styles.look(heading.key).run["color"]["val"] if heading else AUTO
        if colour != AUTO and colourful(colour) and contrast(colour, WHITE) > 2:
            return dark(colour)
        named = self._house.colours.named
        for name in () if self._house.colours.stock else ("dk2", "accent1"):
            if name in named and colourful(named[name]) and contrast(named[name], WHITE) > 2:
                return dark(named[name])
        return "000000"

    # --- the parts ------------------------------------------------------------------------------------------

    def dress(self, parts: Mapping[str, str | bytes]) -> Parts:
        """The parts of a paper with the house's look on them."""
        made = dict(parts)
        styles, lists = self._tree(made, "word/styles.xml"), self._tree(made, "word/numbering.xml")
        ours = Styles(styles, theme_of(self._tree(made, "word/theme/theme1.xml")))
        carried = [key for key, sheets in (("Header", self._headers), ("Footer", self._footers)) if sheets]
        work = Restyling(ours, self._house.styles, self._found, self.theme, carried)
        work.restyle(self._document.layout, self._body)
        relist(lists, self._house.styles, ours, self._found, self._document.layout)
        if carried:
            self._letterhead(made, Adopted(ours, self._house.styles, self._found, self.sheet))
        made["word/styles.xml"], made["word/numbering.xml"] = _written(styles), _written(lists)
        made["word/fontTable.xml"] = self._fonts(str(made["word/styles.xml"]))
        made["word/theme/theme1.xml"] = self._drawing_theme(self._tree(made, "word/theme/theme1.xml"))
        if self.even:
            settings = str(made["word/settings.xml"])
            made["word/settings.xml"] = settings.replace(
                "<w:characterSpacingControl", "<w:evenAndOddHeaders/><w:characterSpacingControl", 1
            )
        return made

    @staticmethod
    def _tree(parts: Mapping[str, str | bytes], name: str) -> Any:
        content = parts[name]
        return etree.fromstring(content.encode() if isinstance(content, str) else content)

    def _fonts(self, styles: str) -> str:
        found = ""
        for font in sorted(set(re.findall(r'w:ascii="([^"]+)"', styles))):
            face = self._house.face(font)
            panose = f'<w:panose1 w:val="{face.panose}"/>' if face.panose else ""
            found += (
                f'<w:font w:name={quoted(font)}>{panose}<w:charset w:val="00"/><w:family w:val="{face.family}"/>'
                '<w:pitch w:val="variable"/></w:font>'
            )
        return f"{HEAD}<w:fonts {SPACES}>{found}</w:fonts>"

    def _drawing_theme(self, root: Any) -> str:
        """What Word offers for colours is what the house has."""
        colours = self._house.colours
        for name, value in colours.named.items():
            for found in root.iterfind(f".//{A}clrScheme/{A}{name}/{A}srgbClr"):
                found.set("val", value)
        for kind, font in (("majorFont", colours.major), ("minorFont", colours.minor)):
            for found in root.iterfind(f".//{A}{kind}/{A}latin"):
                found.set("typeface", font or self.theme.font)
        return _written(root)

    # --- header and footer ----------------------------------------------------------------------------------

    def _letterhead(self, parts: Parts, adopted: Adopted) -> None:
        kinds = ["default", *(["first"] if not self._document.cover else []), *(["even"] if self.even else [])]
        sheets: dict[str, letterhead.Sheet] = {}
        drawn = 1
        for kind in [*kinds, *(["cover"] if self.covered else [])]:
            header, footer = self._source(self._headers, kind), self._source(self._footers, kind)
            asked = {found for page in (header, footer) if page for found in letterhead.asked(page)}
            counted = any(page and letterhead.counts(page) for page in (header, footer))
            for tag, source in (("header", header), ("footer", footer)):
                name = f"word/{tag}{_PLACES[kind][0]}.xml"
                if source is None:
                    if kind in _OF_US:
                        continue  # ours stays
                    source = letterhead.blank(tag)
                root = letterhead.filled(source, letterhead.says(self._document, kind))
                adopted.restyle(root, tag)
                if kind != "cover":
                    place = 0 if tag == "footer" else len(root)  # between the house and the text
                    root[place:place] = list(self._lines(tag, kind, asked, counted))
                    self._watermark(root, tag, kind)
                if not len(root) or root[-1].tag != f"{W}p":
                    root.append(_fragment(paragraph("Tail"))[0])
                filled = letterhead.Sheet(root, source.pictures, source.links)
                drawn = letterhead.numbered(filled, drawn)
                parts[name] = _written(root)
                sheets[name] = filled
        self._name(parts, sheets)

    def _source(self, sheets: dict[str, letterhead.Sheet], kind: str) -> letterhead.Sheet | None:
        if kind == "first" and not self._letters.titled:
            return sheets.get("default")
        return sheets.get("first" if kind == "cover" else kind)

    def _lines(self, tag: str, kind: str, asked: set[str], counted: bool) -> Iterator[Any]:
        """What must stand on a page though the house has no place for it: the legend, the draft, the page number."""
        said = self._document.furniture
        if tag == "header":
            legend = bool(said.left or (kind == "first" and said.first_left)) and "legend" not in asked
            draft = bool(said.right) and "draft" not in asked
            if legend or draft:
                line = furniture.header_line(said, left=legend, right=draft, first=kind == "first")
                yield from _fragment(paragraph("HeaderLine", line))
        elif not counted:
            yield from _fragment(paragraph("FooterLine", furniture.footer_line(said, left="footer" not in asked)))

    def _watermark(self, root: Any, tag: str, kind: str) -> None:
        text = self._document.furniture.watermark
        if tag == "footer" or not text:
            return
        if root.find(f"{W}p") is None:
            root.extend(_fragment(paragraph("HeaderLine")))
        root.findall(f"{W}p")[-1].extend(_fragment(furniture.watermark(text, self.theme.font, _PLACES[kind][0] + 7)))

    def _name(self, parts: Parts, sheets: dict[str, letterhead.Sheet]) -> None:
        """Tell the package of the parts, their pictures and links."""
        named = letterhead.media(list(sheets.values()))
        types, relations = str(parts["[Content_Types].xml"]), str(parts["word/_rels/document.xml.rels"])
        suffixes: dict[str, str] = {}
        for name, written in sheets.items():
            file = name.removeprefix("word/")
            if made := letterhead.relations(written, named, HEAD, _PACKAGE, R):
                parts[f"word/_rels/{file}.rels"] = made
            for picture in written.pictures.values():
                parts[named[id(picture)]] = picture.data
                suffixes[picture.suffix] = picture.kind
            if f'"/{name}"' not in types:
                tag = "header" if file.startswith("header") else "footer"
                key = next(place[1 if tag == "header" else 2] for place in _PLACES.values() if str(place[0]) in file)
                override = f'<Override PartName="/{name}" ContentType="{_KIND}.{tag}+xml"/>'
                types = types.replace("</Types>", f"{override}</Types>")
                relation = f'<Relationship Id="{key}" Type="{R}/{tag}" Target="{file}"/>'
                relations = relations.replace("</Relationships>", f"{relation}</Relationships>")
        kinds = sorted(suffixes.items())
        defaults = "".join(f'<Default Extension="{suffix}" ContentType="{kind}"/>' for suffix, kind in kinds)
        parts["[Content_Types].xml"] = types.replace("<Override", f"{defaults}<Override", 1)
        parts["word/_rels/document.xml.rels"] = relations

    # --- what is said ---------------------------------------------------------------------------------------

    def remarks(self) -> Iterator[str]:
        """What the paper did not take of the house, one sentence each."""
        name = self._house.name
        yield from self._house.remarks
        others = other_numbers(self._found)
        if others:
            listed = _listed([f"“{theirs}” for {ours}" for theirs, ours in others])
            which = "number" if len(others) == 1 else "numbers"
            verb = "is not that" if len(others) == 1 else "are not those"
            taken = "was" if len(others) == 1 else "were"
            yield f"{name}: its {which} {listed} {verb} of the form, and {taken} not taken"
        layout = self._document.layout
        if missing := unmatched(self._found, _NOTEWORTHY[layout]):
            labels = _listed([LABELS.get(key, "1.") for key in missing])
            looked = self._asked(missing[0])
            yield f"{name}: no style for {labels} (looked for {looked}): what has none follows its text"
        if layout == "clauses" and (others_missing := unmatched(self._found, _OTHERS)):
            listed = _listed([_OTHERS[key] for key in others_missing])
            yield f"{name}: no style for {listed}: they follow its text and headings"
        yield from self._about_letterhead(name)

    def _asked(self, key: str) -> str:
        names = self._found.asked[key]
        return ", ".join(names[:_MEANT]) + (", …" if len(names) > _MEANT else "")

    def _about_letterhead(self, name: str) -> Iterator[str]:
        letters = self._letters
        if letters.dropped:
            counted = Counter(letters.dropped)
            fields = sorted(counted.keys() - _DROPPED.keys())
            said = [f"the field{'s' * (len(fields) > 1)} {', '.join(fields)}"] if fields else []
            said += [words for key, words in _DROPPED.items() if counted[key]]
            yield f"{name}: of its header and footer, {_listed(said)} could not be taken"
        asked = {found for sheet in letters.sheets() for found in letterhead.asked(sheet)}
        if unknown := sorted(asked - set(PLACEHOLDERS)):
            wanted = _listed([f"{{{found}}}" for found in unknown])
            known = ", ".join(f"{{{found}}}" for found in PLACEHOLDERS)
            yield f"{name}: its header or footer asks for {wanted}, and knows only {known}: it is printed as it stands"


_DROPPED = {
    "watermark": "its watermark (a draft has its own)",
    "picture": "a picture that is not in the file",
    "drawing": "a drawing that needs another part of the file",
}


def _listed(words: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _fragment(xml: str) -> Any:
    """Elements from text that this package has written."""
    if not xml:
        return []
    return list(etree.fromstring(f"<w:x {SPACES} {furniture.VML}>{xml}</w:x>"))


def _written(root: Any) -> str:
    etree.cleanup_namespaces(root, keep_ns_prefixes=_ignorable(root))
    return HEAD + str(etree.tostring(root, encoding="unicode"))


def _ignorable(root: Any) -> list[str]:
    """The prefixes that the root names in an attribute must stay declared."""
    said = " ".join(value for key, value in root.attrib.items() if key.endswith(("}Ignorable", "}MustUnderstand")))
    required = " ".join(found.get("Requires", "") for found in root.iter() if etree.QName(found).localname == "Choice")
    return ["w", "r", *f"{said} {required}".split()]
