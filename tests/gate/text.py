"""The text of a paper: what stands in a paragraph, and what must not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from .numbers import Lists, Number, numbers, value
from .package import XML, Package, W

SPELT = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "\u2011", f"{W}softHyphen": "\u00ad"}
_LEFT_OVER = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}|[\ue000-\uf8ff\ufffd]")
_TYPED = re.compile(r"\s*(?:\d+(?:\.\d+)*\.|\d+(?:\.\d+)+(?=\t|\s[A-Z][a-z])|\((?:\d+|[a-z]{1,2}|[A-Z]{1,2}|[ivxl]+)\)|[•▪–-])\s(?!\s*[^\W\d_]+\s\d{4}\b)")
_MAY_BE_EMPTY = re.compile(r"Spacer|Tail|TermText|Signature|SignText|SignField|SignEnd")
_CLAUSE_STYLES = re.compile(r"Heading\d|Term|Body|Clause|Schedule|Sched|Definition|Part|Recital|Parties")
_MARKS = {f"{W}ins", f"{W}del", f"{W}moveFrom", f"{W}moveTo"}


def name(paragraph: etree._Element) -> str:
    """The id of its style."""
    return value(paragraph, "pPr/pStyle", "Normal")


def words(element: etree._Element) -> str:
    """All that it shows, with the results of fields, but nothing of paragraphs within (as in a text box)."""
    return "".join(piece for _, piece in pieces(element))


def pieces(element: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Each element of a run that shows something, with what it shows."""
    for one in element.iter(etree.Element):
        if one.tag == f"{W}t" and one.getparent().tag == f"{W}r":
            yield one, one.text or ""
        elif one.tag in SPELT and one.getparent().tag == f"{W}r":
            yield one, SPELT[one.tag]


def start(paragraph: etree._Element) -> str:
    """How it begins, to tell of it."""
    return f"“{words(paragraph)[:40]}” ({name(paragraph)})"


def check_left_over(package: Package) -> Iterator[str]:
    """No template tag, and no character that only a program knows."""
    for part, tree in package.trees.items():
        for one in tree.iter(etree.Element):
            for text in (one.text, one.tail, *one.attrib.values()):
                if text and (found := _LEFT_OVER.search(text)) and "{#" not in found[0]:
                    yield f"{part} still holds {found[0]!r} in “{text[:40]}”"
    for part, story in package.stories():
        for paragraph in story.iter(f"{W}p"):
            if found := _LEFT_OVER.search(words(paragraph)):
                yield f"{part} still holds {found[0]!r}"


def check_typed(package: Package) -> Iterator[str]:
    """Numbers are counted and not typed."""
    own = numbers(package)
    for paragraph in package.body.iter(f"{W}p"):
        if paragraph not in own and not _CLAUSE_STYLES.match(name(paragraph)):
            continue
        if (found := _TYPED.match(words(paragraph))) and not _begins_with_field(paragraph):
            yield f"{found[0].strip()!r} is typed in {start(paragraph)}"


def _begins_with_field(paragraph: etree._Element) -> bool:
    for one in paragraph.iter(f"{W}t", f"{W}fldChar"):
        return one.tag == f"{W}fldChar"
    return False


def check_spaces(package: Package) -> Iterator[str]:
    """No two spaces side by side, none at the ends of a paragraph, and none that XML would lose."""
    for part, story in package.stories():
        for paragraph in story.iter(f"{W}p"):
            text = words(paragraph)
            if re.search(r"[ \u00a0]{2}", text):
                yield f"two spaces in {start(paragraph)}"
            if text != text.strip(" \u00a0"):
                yield f"{start(paragraph)} begins or ends with a space"
        for one in story.iter(f"{W}t", f"{W}delText", f"{W}instrText"):
            text = one.text or ""
            if text != text.strip() and one.get(f"{XML}space") != "preserve":
                yield f"{part} loses the space in {text!r}"


def check_empty(package: Package) -> Iterator[str]:
    """No paragraph is empty but those whose style says so, and between the notes of one comment."""
    for part, story in package.stories():
        if etree.QName(story).localname == "comments":
            continue
        for paragraph in story.iter(f"{W}p"):
            if words(paragraph).strip() or paragraph.find(f".//{W}pict") is not None or paragraph.find(f".//{W}drawing") is not None:
                continue
            if not _MAY_BE_EMPTY.match(name(paragraph)) and not _only_a_field(paragraph):
                yield f"{part} has an empty paragraph in the style {name(paragraph)}"


def _only_a_field(paragraph: etree._Element) -> bool:
    """The last paragraph of a contents may hold nothing but the end of its field."""
    return paragraph.find(f".//{W}fldChar") is not None


def check_direct(package: Package) -> Iterator[str]:
    """Nothing is formatted but by styles; a paragraph may keep to what it leads in, which no style can know."""
    own = numbers(package)
    for part, story in package.stories():
        for paragraph in story.iter(f"{W}p"):
            for one in paragraph.findall(f"{W}pPr/*"):
                if one.tag == f"{W}keepNext" and one.get(f"{W}val") is None and _leads(paragraph, own):
                    continue
                if one.tag not in (f"{W}pStyle", f"{W}sectPr", f"{W}rPr", f"{W}pPrChange"):
                    yield f"{part}: {etree.QName(one).localname} in {start(paragraph)}"
            for one in paragraph.findall(f"{W}pPr/{W}rPr/*"):
                if one.tag not in _MARKS:
                    yield f"{part}: the mark of {start(paragraph)} has {etree.QName(one).localname}"
        for properties in story.iter(f"{W}rPr"):
            parent = properties.getparent()
            if parent.tag == f"{W}pPr" or parent.tag == f"{W}rPrChange":
                continue
            picture = parent.find(f"{W}pict") is not None or parent.find(f"{W}drawing") is not None
            for one in properties:
                allowed = one.tag in (f"{W}rStyle", f"{W}rtl", f"{W}rPrChange", *_MARKS)
                if not allowed and not (picture and one.tag == f"{W}noProof"):
                    yield f"{part}: {etree.QName(one).localname} on “{words(parent)[:40]}”"


def _leads(paragraph: etree._Element, own: dict[etree._Element, Number]) -> bool:
    """Whether a table, its items, or in a table of data another row follow."""
    following = paragraph.getnext()
    if following is None and paragraph.getparent().tag == f"{W}tc" and name(paragraph).startswith("Table"):
        return paragraph.getparent().getparent().getnext() is not None
    if following is None or following.tag == f"{W}tbl":
        return following is not None
    above, below = own.get(paragraph), own.get(following)
    return below is not None and below.level > (above.level if above else 0)


def check_styles(package: Package) -> Iterator[str]:
    """Every style that is used is defined, once, for what it is used on."""
    root = package.only("styles")
    every = [] if root is None else root.findall(f"{W}style")
    kinds = {one.get(f"{W}styleId", ""): one.get(f"{W}type", "") for one in every}
    if len(kinds) != len(every):
        yield "a style is defined twice"
    named = [value(one, "name") for one in every]
    for twice in {one for one in named if named.count(one) > 1}:
        yield f"two styles have the name {twice}"
    for one in every:
        for step in ("basedOn", "next", "link"):
            if (other := value(one, step)) and other not in kinds:
                yield f"the style {one.get(f'{W}styleId')} names {other}, which is not defined"
        if one.find(f".//{W}highlight") is not None:
            yield f"the style {one.get(f'{W}styleId')} has a highlight, which no style may have"
    used = (("pStyle", "paragraph"), ("rStyle", "character"), ("tblStyle", "table"))
    for part, story in package.stories():
        for tag, kind in used:
            for key in sorted({one.get(f"{W}val", "") for one in story.iter(f"{W}{tag}")}):
                if kinds.get(key) != kind:
                    yield f"{part} uses the {kind} style {key}, which is not defined"


def check_outline(package: Package) -> Iterator[str]:
    """The outline goes down by one level at a time."""
    lists = Lists(package)
    before = -1
    for paragraph in package.body.iter(f"{W}p"):
        level = outline(lists, paragraph)
        if level is None:
            continue
        if level > before + 1:
            yield f"the outline goes from level {before + 1} to {level + 1} at {start(paragraph)}"
        before = level
    if before < 0:
        yield "no paragraph is a heading"


def outline(lists: Lists, paragraph: etree._Element) -> int | None:
    """The outline level of a heading, from 0; None for what is no heading."""
    own = value(paragraph, "pPr/outlineLvl")
    found = own or next((level for style in lists.chain(name(paragraph)) if (level := value(style, "pPr/outlineLvl"))), "")
    return int(found) if found and int(found) < 9 else None


def check_language(package: Package) -> Iterator[str]:
    """The text has a language, the same for Word as for whoever reads the properties."""
    root = package.only("styles")
    found = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang") if root is not None else None
    language = found.get(f"{W}val", "") if found is not None else ""
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?", language):
        yield f"the text has no language: {language!r}"
    core = package.trees.get("docProps/core.xml")
    said = "" if core is None else core.findtext("{http://purl.org/dc/elements/1.1/}language", "")
    if said != language:
        yield f"the properties say {said!r}, the text {language!r}"
