"""Headers and footers of a house: read, cleaned of all that must not travel, and filled with what our paper says.

What travels: words, tables, pictures, shapes, tab stops, page numbers, and links to web pages and mail addresses. What
does not: macros, links to files, objects of other programs, comments, tracked changes, bookmarks, ids of the
house's own edits, fields that would show its properties, and its watermark.
"""

from __future__ import annotations

import copy
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from lxml import etree

from termsheet.document import Document
from termsheet.word.markup import escape, quoted
from termsheet.word.reference.archive import A, Archive, R, Relation, W

KINDS = ("default", "first", "even")
PLACEHOLDERS = ("title", "subtitle", "legend", "draft", "footer")

_V = "{urn:schemas-microsoft-com:vml}"
_O = "{urn:schemas-microsoft-com:office:office}"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_GONE = frozenset((
    "bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "commentReference", "proofErr",
    "permStart", "permEnd", "object", "control", "altChunk", "subDoc", "del", "moveFrom", "moveFromRangeStart",
    "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "numPr", "sectPr", "sectPrChange", "pPrChange",
    "rPrChange", "tblPrChange", "trPrChange", "tcPrChange", "tblGridChange", "tblPrExChange", "numberingChange",
    "footnoteReference", "endnoteReference", "sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr", "cnfStyle",
    "lastRenderedPageBreak", "annotationRef", "customXmlInsRangeStart", "customXmlInsRangeEnd",
    "customXmlDelRangeStart", "customXmlDelRangeEnd", "cellIns", "cellDel", "cellMerge", "ruby", "dayShort",
    "dayLong", "monthShort", "monthLong", "yearShort", "yearLong",
))  # fmt: skip
_NEVER = ("extLst", "hlinkClick", "hlinkHover", "hlinkMouseOver", "script", "OLEObject")
_EDITS = ("paraId", "textId", "anchorId", "editId")
_UNWRAPPED = ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo")
_PAGES = ("PAGE", "NUMPAGES", "SECTIONPAGES")
_MAGIC = {
    b"\x89PNG\r\n\x1a\n": ("png", "image/png"),
    b"\xff\xd8\xff": ("jpeg", "image/jpeg"),
    b"GIF8": ("gif", "image/gif"),
    b"BM": ("bmp", "image/bmp"),
    b"II*\x00": ("tiff", "image/tiff"),
    b"MM\x00*": ("tiff", "image/tiff"),
    b"\xd7\xcd\xc6\x9a": ("wmf", "image/x-wmf"),
    b"\x01\x00\x00\x00": ("emf", "image/x-emf"),
}
_SEEN = tuple(f"{W}{tag}" for tag in ("drawing", "pict", "fldChar", "fldSimple"))
_TRAVELS = re.compile(r"(?:https?://|mailto:)\S{1,1000}", re.IGNORECASE)
_LOCAL = re.compile(r"\\|:/|^/|/.*/")
_UNNAMED = "Logo"  # what is said of a picture of which the house says nothing
_ASKED = re.compile(r"\{([a-z][a-z_]{1,20})\}")


class Picture(NamedTuple):
    """An image of the house."""

    suffix: str
    kind: str
    data: bytes


@dataclass
class Sheet:
    """A header or a footer: its tree, the pictures and the links in it by the id of their relation."""

    root: Any
    pictures: dict[str, Picture] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)


def blank(tag: str) -> Sheet:
    """A header or footer without anything on it."""
    return Sheet(etree.Element(f"{W}{'hdr' if tag == 'header' else 'ftr'}", nsmap={"w": W[1:-1]}))


@dataclass
class Letterhead:
    """The headers and footers of a house, by kind of page, and what of them does not travel."""

    headers: dict[str, Sheet] = field(default_factory=dict)
    footers: dict[str, Sheet] = field(default_factory=dict)
    titled: bool = False
    dropped: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return any(map(shows, (*self.headers.values(), *self.footers.values())))

    def sheets(self) -> Iterator[Sheet]:
        """All of them."""
        yield from self.headers.values()
        yield from self.footers.values()


def shows(sheet: Sheet) -> bool:
    """Whether anything is to be seen on it."""
    return bool(words(sheet.root)) or any(True for _ in sheet.root.iter(*_SEEN, f"{W}tbl"))


def meant(sheet: Sheet) -> bool:
    """Whether it was made for other papers: it asks for what they say, or has a picture."""
    return bool(asked(sheet) & set(PLACEHOLDERS) or sheet.pictures)


def counts(sheet: Sheet) -> bool:
    """Whether it gives the number of the page."""
    codes = [found.text or "" for found in sheet.root.iter(f"{W}instrText")]
    codes += [found.get(f"{W}instr", "") for found in sheet.root.iter(f"{W}fldSimple")]
    return any(code.split()[:1] == ["PAGE"] for code in codes)


def words(root: Any) -> str:
    """The text of a part, without white space at its ends."""
    return "".join(found.text or "" for found in root.iter(f"{W}t")).strip()


# --- reading ------------------------------------------------------------------------------------------------


def read(archive: Archive, sections: list[Any], *, even: bool) -> Letterhead:
    """Those of the last section, which takes over from the sections before it what it does not name itself."""
    related = archive.related(archive.main)
    found = Letterhead()
    for section in sections:
        for kind, sheets in (("header", found.headers), ("footer", found.footers)):
            for named in section.iterfind(f"{W}{kind}Reference"):
                page = named.get(f"{W}type", "default")
                relation = related.get(named.get(f"{R}id", ""))
                if page in KINDS and relation and not relation.external:
                    root = archive.xml(relation.target)
                    if root is not None:
                        sheets[page] = _cleaned(archive, relation.target, root, found.dropped)
    last = sections[-1] if sections else None
    page = last.find(f"{W}titlePg") if last is not None else None
    found.titled = page is not None and page.get(f"{W}val", "1") not in ("0", "false", "off")
    if not even:
        found.headers.pop("even", None)
        found.footers.pop("even", None)
    return found


def _cleaned(archive: Archive, part: str, root: Any, dropped: list[str]) -> Sheet:
    sheet, related = Sheet(root), archive.related(part)
    full = [paragraph for paragraph in root.iter(f"{W}p") if not _bare(paragraph)]
    _strip(root)
    for link in list(root.iter(f"{W}hyperlink")):
        _link(link, related, sheet)
    _fields(root, dropped)
    _watermarks(root, dropped)
    _related(root, archive, related, sheet, dropped)
    for drawn in root.iter():
        if etree.QName(drawn).localname in ("docPr", "cNvPr"):
            drawn.set("name", "Picture")
            for said in ("descr", "title"):
                if _LOCAL.search(drawn.get(said, "")):
                    del drawn.attrib[said]
            if not drawn.get("descr"):
                drawn.set("descr", _UNNAMED)
    for paragraph in full:
        if _bare(paragraph) and _within(paragraph, root):
            _leave_out(paragraph)
    return sheet


def _bare(paragraph: Any) -> bool:
    """Whether nothing is to be seen of a paragraph."""
    return not _line(paragraph).strip() and not any(True for _ in paragraph.iter(*_SEEN, f"{W}br", f"{W}object"))


def _leave_out(paragraph: Any) -> None:
    """Take a paragraph out, unless it is the one that must be there."""
    siblings = [child for child in paragraph.getparent() if child.tag == f"{W}p"]
    if len(siblings) > 1 and (paragraph.getnext() is not None or paragraph.getprevious().tag == f"{W}p"):
        _remove(paragraph)


def _strip(root: Any) -> None:
    """Take out what no reader sees, and what belongs to the edits of the house."""
    for found in list(root.iter(f"{W}sdt")):
        bound = found.find(f"{W}sdtPr/{W}dataBinding")
        path = bound.get(f"{W}xpath", "") if bound is not None else ""
        if re.search(r"coreProperties.*:title", path):
            _say(found, "{title}")
    for element in list(root.iter()):
        name = etree.QName(element).localname
        if (element.tag.startswith(W) and name in _GONE) or name in _NEVER:
            _remove(element)
    for tag in _UNWRAPPED:
        for element in list(root.iter(f"{W}{tag}")):
            _unwrap(element)
    for element in root.iter():
        for attribute in list(element.attrib):
            name = etree.QName(attribute)
            print_of_edit = name.localname.startswith("rsid") or name.localname in _EDITS
            acting = name.namespace is None and (name.localname.startswith("on") or name.localname in ("href", "src"))
            if print_of_edit or acting or attribute in (f"{_O}href", f"{R}href"):
                del element.attrib[attribute]
            elif name.localname in ("Ignorable", "MustUnderstand"):
                known = [prefix for prefix in element.get(attribute, "").split() if prefix in element.nsmap]
                element.set(attribute, " ".join(known if element is root else []))


def _remove(element: Any) -> None:
    if (parent := element.getparent()) is not None:
        parent.remove(element)


def _unwrap(element: Any) -> None:
    parent = element.getparent()
    if parent is None:
        return
    place = parent.index(element)
    parent[place : place + 1] = list(element)


def _say(holder: Any, text: str) -> None:
    """Let the first words of an element say something else, and the others nothing."""
    for order, found in enumerate(holder.iter(f"{W}t")):
        found.text = "" if order else text


def _link(link: Any, related: dict[str, Relation], sheet: Sheet) -> None:
    key = link.get(f"{R}id", "")
    relation = related.get(key)
    if relation and relation.external and _TRAVELS.fullmatch(relation.target):
        sheet.links[key] = relation.target
        for attribute in set(link.attrib) - {f"{R}id"}:
            del link.attrib[attribute]
    else:
        _unwrap(link)


def _fields(root: Any, dropped: list[str]) -> None:
    """Fields that count pages stay; the title is ours to say; whatever else a field shows belongs to the house."""
    for simple in list(root.iter(f"{W}fldSimple")):
        code = _code(simple.get(f"{W}instr", ""))
        if code in _PAGES:
            simple.set(f"{W}instr", f" {code} ")
            _say(simple, "1")
            continue
        if code == "TITLE":
            _say(simple, "{title}")
            _unwrap(simple)
        elif code == "HYPERLINK":
            _unwrap(simple)
        else:
            dropped.append(code)
            _remove(simple)
    for paragraph in list(root.iter(f"{W}p")):
        _complex_fields(paragraph, dropped)


def _code(instruction: str) -> str:
    parts = instruction.split()
    if len(parts) > 1 and parts[0].upper() == "DOCPROPERTY" and parts[1].strip('"').lower() == "title":
        return "TITLE"
    return parts[0].upper()[:20] if parts else "?"


def _complex_fields(paragraph: Any, dropped: list[str]) -> None:
    """The runs from the begin of a field to its end; a field within a field goes with it."""
    runs = [run for run in paragraph.iter(f"{W}r") if _paragraph_of(run) is paragraph]
    depth, members, code, result = 0, list[Any](), "", list[Any]()
    separated = False
    for run in runs:
        marks = [mark.get(f"{W}fldCharType", "") for mark in run.iterfind(f"{W}fldChar")]
        if not depth and "begin" not in marks:
            if marks:  # of a field that began in another paragraph
                _remove(run)
            continue
        members.append(run)
        if depth == 1 and separated and not marks:
            result.append(run)
        if not separated and depth <= 1:
            code += "".join(found.text or "" for found in run.iterfind(f"{W}instrText"))
        for mark in marks:
            depth += {"begin": 1, "end": -1}.get(mark, 0)
            separated = separated or (mark == "separate" and depth == 1)
        if depth <= 0:
            _keep_field(_code(code), members, result, dropped)
            depth, members, code, result, separated = 0, [], "", [], False
    for run in members:  # a field without an end
        _remove(run)


def _keep_field(code: str, members: list[Any], result: list[Any], dropped: list[str]) -> None:
    nested = sum(1 for run in members for mark in run.iterfind(f"{W}fldChar") if mark.get(f"{W}fldCharType") == "begin")
    if code in _PAGES and nested == 1:
        for order, run in enumerate([run for run in members if run.find(f"{W}instrText") is not None]):
            for found in run.iterfind(f"{W}instrText"):
                found.text = "" if order else f" {code} "
                found.set(_XML_SPACE, "preserve")
        for order, run in enumerate(result):
            _say(run, "" if order else "1")
        return
    keeps = result if code in ("TITLE", "HYPERLINK") else []
    for run in members:
        if run not in keeps:
            _remove(run)
    if code == "TITLE":
        for order, run in enumerate(keeps):
            _say(run, "" if order else "{title}")
    elif code != "HYPERLINK":
        dropped.append(code)


def _paragraph_of(element: Any) -> Any:
    return next(element.iterancestors(f"{W}p"), None)


def _watermarks(root: Any, dropped: list[str]) -> None:
    for shape in list(root.iter(f"{_V}shape")):
        if "watermark" in (shape.get("id", "") + shape.get(f"{_O}spid", "")).lower():
            _remove(_drawn(shape))
            dropped.append("watermark")


def _drawn(element: Any) -> Any:
    """The drawing that an element is part of."""
    for holder in element.iterancestors():
        name = etree.QName(holder).localname
        if name == "AlternateContent" or (name in ("pict", "drawing") and _alternate(holder) is None):
            return holder
    return element


def _alternate(element: Any) -> Any:
    return next((above for above in element.iterancestors() if above.tag.endswith("}AlternateContent")), None)


def _related(root: Any, archive: Archive, related: dict[str, Relation], sheet: Sheet, dropped: list[str]) -> None:
    """Pictures that are in the file come along; a drawing that needs anything else of it does not."""
    for element in list(root.iter()):
        for attribute in list(element.attrib):
            if not attribute.startswith(R) or element.tag == f"{W}hyperlink":
                continue
            key = element.get(attribute, "")
            if key in sheet.pictures or not key:
                continue
            picture = _picture(archive, related.get(key)) if attribute in (f"{R}embed", f"{R}id") else None
            if picture and element.tag in (f"{A}blip", f"{_V}imagedata", f"{_V}fill"):
                sheet.pictures[key] = picture
            elif element.getroottree().getroot() is root and _within(element, root):
                _remove(_drawn(element))
                dropped.append("picture" if element.tag in (f"{A}blip", f"{_V}imagedata") else "drawing")
                break


def _within(element: Any, root: Any) -> bool:
    return element is root or any(above is root for above in element.iterancestors())


def _picture(archive: Archive, relation: Relation | None) -> Picture | None:
    if relation is None or relation.external or relation.kind != "image":
        return None
    data = archive.blob(relation.target)
    if data is None:
        return None
    for magic, (suffix, kind) in _MAGIC.items():
        if data.startswith(magic) and (suffix != "emf" or data[40:44] == b" EMF"):
            return Picture(suffix, kind, data)
    return None


# --- filling ------------------------------------------------------------------------------------------------


def asked(sheet: Sheet) -> set[str]:
    """The placeholders on a header or footer, known and unknown."""
    return {found for paragraph in sheet.root.iter(f"{W}p") for found in _ASKED.findall(_line(paragraph))}


def says(document: Document, kind: str) -> dict[str, str]:
    """What the placeholders stand for on a kind of page."""
    furniture = document.furniture
    legend = "\n".join(furniture.first_left) if kind == "first" and furniture.first_left else furniture.left
    said = {"title": document.title, "subtitle": document.subtitle, "footer": furniture.footer}
    if kind == "cover":  # which has its own
        return {**said, "legend": "", "draft": ""}
    return {**said, "legend": legend, "draft": furniture.right}


def filled(sheet: Sheet, said: dict[str, str]) -> Any:
    """A copy of the tree with the placeholders filled in. A line that has nothing to say is left out."""
    root = copy.deepcopy(sheet.root)
    for paragraph in list(root.iter(f"{W}p")):
        line = _line(paragraph)
        known = [found for found in _ASKED.finditer(line) if found[1] in said]
        for found in reversed(known):
            _replace(paragraph, found.start(), found.end(), said[found[1]])
        for run in paragraph.findall(f"{W}r") if known else ():
            if all(child.tag == f"{W}rPr" or (child.tag == f"{W}t" and not child.text) for child in run):
                paragraph.remove(run)
        if known and _bare(paragraph):
            _leave_out(paragraph)
    return root


def _texts(paragraph: Any) -> list[Any]:
    return [found for found in paragraph.iter(f"{W}t") if _paragraph_of(found) is paragraph]


def _line(paragraph: Any) -> str:
    return "".join(found.text or "" for found in _texts(paragraph))


def _replace(paragraph: Any, start: int, end: int, words: str) -> None:
    """Put words where a placeholder is, which Word may have cut into several runs."""
    place = 0
    first = True
    for found in _texts(paragraph):
        text = found.text or ""
        lower, upper = max(start - place, 0), min(end - place, len(text))
        place += len(text)
        if lower >= upper:
            continue
        found.text = text[:lower] + (words if first else "") + text[upper:]
        found.set(_XML_SPACE, "preserve")
        if first:
            _break_lines(found)
        first = False


def _break_lines(found: Any) -> None:
    lines = (found.text or "").split("\n")
    for line in lines:
        escape(line)  # refuses what XML cannot carry
    found.text = lines[0]
    place = found
    for line in lines[1:]:
        mark, text = etree.Element(f"{W}br"), etree.Element(f"{W}t")
        text.text = line
        text.set(_XML_SPACE, "preserve")
        place.addnext(mark)
        mark.addnext(text)
        place = text


def numbered(sheet: Sheet, first: int) -> int:
    """Give the drawings of a part ids that no other part has; returns the next that is free."""
    for found in sheet.root.iter():
        if etree.QName(found).localname == "docPr":
            found.set("id", str(first))
            first += 1
    return first


def media(sheets: list[Sheet]) -> dict[int, str]:
    """A name for each picture, the same for the same bytes."""
    named: dict[bytes, str] = {}
    for sheet in sheets:
        for picture in sheet.pictures.values():
            named.setdefault(picture.data, f"word/media/house{len(named) + 1}.{picture.suffix}")
    return {id(picture): named[picture.data] for sheet in sheets for picture in sheet.pictures.values()}


def relations(sheet: Sheet, names: dict[int, str], head: str, space: str, kinds: str) -> str:
    """The part that says where the pictures and links of a header or footer are; nothing where it has none."""
    found = [
        (key, "image", posixpath.relpath(names[id(picture)], "word"), "") for key, picture in sheet.pictures.items()
    ]
    found += [(key, "hyperlink", target, ' TargetMode="External"') for key, target in sheet.links.items()]
    if not found:
        return ""
    listed = "".join(
        f'<Relationship Id={quoted(key)} Type="{kinds}/{kind}" Target={quoted(target)}{mode}/>'
        for key, kind, target, mode in sorted(found)
    )
    return f'{head}<Relationships xmlns="{space}">{listed}</Relationships>'
