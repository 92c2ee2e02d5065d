"""Fields, bookmarks, references and contents: what is live must lead somewhere, and show what Word would compute."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from .numbers import Lists, Number, numbers, value
from .package import Package, W
from .text import SPELT, name, outline, start, words

_LONGEST = 40
_TAGS = (f"{W}fldChar", f"{W}instrText", f"{W}fldSimple", f"{W}t", *SPELT)
_NAME = re.compile(r"[^\W\d]\w*|_\w+")


@dataclass
class Field:
    """A field: its code, what it shows, and where it stands."""

    paragraph: etree._Element
    begin: etree._Element
    code: str = ""
    shown: str = ""
    separated: bool = False
    inner: list[Field] = field(default_factory=list)

    @property
    def kind(self) -> str:
        return (self.code.split() or [""])[0].upper()

    @property
    def target(self) -> str:
        return [*self.code.split(), "", ""][1]

    def has(self, switch: str) -> bool:
        return re.search(rf"\\{switch}(?![a-z])", self.code) is not None

    def argument(self, switch: str) -> str:
        found = re.search(rf'\\{switch}\s+(?:"([^"]*)"|([^\s\\]+))', self.code)
        return (found[1] or found[2] or "") if found else ""


@lru_cache(maxsize=64)
def fields(story: etree._Element) -> tuple[list[Field], list[str]]:
    """Every field of a part, those within others too, and what is wrong with how they begin and end."""
    found: list[Field] = []
    wrong: list[str] = []
    stack: list[Field] = []
    for paragraph in story.iter(f"{W}p"):
        for one in paragraph.iter(*_TAGS):
            if _owner(one) is paragraph:
                _step(one, paragraph, stack, found, wrong)
        for left in [one for one in stack if one.kind != "TOC"]:
            wrong.append(f"the field {left.code.strip()!r} does not end in its paragraph")
            stack.remove(left)
    wrong += [f"the field {left.code.strip()!r} does not end" for left in stack]
    return found, wrong


def _owner(element: etree._Element) -> etree._Element | None:
    return next(element.iterancestors(f"{W}p"), None)


def _step(one: etree._Element, paragraph: etree._Element, stack: list[Field], found: list[Field],
          wrong: list[str]) -> None:  # fmt: skip
    if one.tag == f"{W}fldSimple":
        found.append(Field(paragraph, one, one.get(f"{W}instr", ""), words(one), True))
    elif one.tag == f"{W}instrText":
        if not stack or stack[-1].separated:
            wrong.append(f"the code {one.text!r} stands in no field")
        else:
            stack[-1].code += one.text or ""
    elif one.tag == f"{W}fldChar":
        _turn(one, paragraph, stack, found, wrong)
    elif stack and one.getparent().tag == f"{W}r" and (one.tag == f"{W}t" or one.tag in SPELT):
        for open_ in stack:
            if open_.separated:
                open_.shown += (one.text or "") if one.tag == f"{W}t" else SPELT[one.tag]


def _turn(one: etree._Element, paragraph: etree._Element, stack: list[Field], found: list[Field],
          wrong: list[str]) -> None:  # fmt: skip
    kind = one.get(f"{W}fldCharType")
    if kind == "begin":
        made = Field(paragraph, one)
        if stack:
            stack[-1].inner.append(made)
        stack.append(made)
        found.append(made)
    elif not stack:
        wrong.append(f"a field has its {kind} without a beginning in {start(paragraph)}")
    elif kind == "separate":
        if stack[-1].separated:
            wrong.append(f"the field {stack[-1].code.strip()!r} has two results")
        stack[-1].separated = True
    else:
        ended = stack.pop()
        if not ended.separated:
            wrong.append(f"the field {ended.code.strip()!r} has no result")
        if ended.kind != "TOC" and ended.begin.getparent().getparent() is not one.getparent().getparent():
            wrong.append(f"the field {ended.code.strip()!r} ends in another element than it begins in")


@dataclass(frozen=True)
class Mark:
    """A bookmark: the paragraph where it begins, and what it holds."""

    paragraph: etree._Element | None
    text: str


@lru_cache(maxsize=2)
def bookmarks(package: Package) -> dict[str, Mark]:
    """Every bookmark of the body by its name."""
    running: dict[str, list[str]] = {}
    made: dict[str, tuple[str, etree._Element | None]] = {}
    found: dict[str, Mark] = {}
    for one in package.body.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd", f"{W}t", *SPELT):
        if one.tag == f"{W}bookmarkStart":
            key = one.get(f"{W}id", "")
            running[key] = []
            made[key] = one.get(f"{W}name", ""), _marked(one)
        elif one.tag == f"{W}bookmarkEnd":
            key = one.get(f"{W}id", "")
            if key in running:
                label, paragraph = made[key]
                found[label] = Mark(paragraph, "".join(running.pop(key)))
        elif one.getparent() is not None and one.getparent().tag == f"{W}r":
            piece = (one.text or "") if one.tag == f"{W}t" else SPELT.get(one.tag, "")
            for texts in running.values():
                texts.append(piece)
    return found


def _marked(one: etree._Element) -> etree._Element | None:
    """The paragraph that a bookmark begins in, or that follows it where it stands between two."""
    inside = _owner(one)
    if inside is not None:
        return inside
    following = one.getnext()
    while following is not None and following.tag in (f"{W}bookmarkStart", f"{W}bookmarkEnd"):
        following = following.getnext()
    return following if following is not None and following.tag == f"{W}p" else None


def check_bookmarks(package: Package) -> Iterator[str]:
    """Ids and names are unique, every beginning has its end, and no name is longer than Word allows."""
    ids: set[str] = set()
    names: set[str] = set()
    for part, story in package.stories():
        opened: dict[str, str] = {}
        for one in story.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd"):
            key, label = one.get(f"{W}id", ""), one.get(f"{W}name", "")
            if one.tag == f"{W}bookmarkEnd":
                if opened.pop(key, None) is None:
                    yield f"{part}: the bookmark {key} ends without a beginning"
                continue
            if key in ids:
                yield f"{part}: two bookmarks have the id {key}"
            if label.casefold() in names:
                yield f"{part}: two bookmarks have the name {label}"
            if len(label) > _LONGEST or not _NAME.fullmatch(label):
                yield f"{part}: {label!r} cannot be the name of a bookmark"
            ids.add(key)
            names.add(label.casefold())
            opened[key] = label
        for label in opened.values():
            yield f"{part}: the bookmark {label} has no end"


def check_fields(package: Package) -> Iterator[str]:
    """Fields begin, show something and end; none asks to be computed when the paper is opened."""
    for part, story in package.stories():
        found, wrong = fields(story)
        yield from (f"{part}: {one}" for one in wrong)
        for one in found:
            if not one.kind:
                yield f"{part}: a field has no code in {start(one.paragraph)}"
        for element in story.iter(etree.Element):
            if element.get(f"{W}dirty") not in (None, "0", "false", "off"):
                yield f"{part}: {etree.QName(element).localname} is dirty"
    settings = package.only("settings")
    if settings is not None and settings.find(f"{W}updateFields") is not None:
        yield "settings.xml has updateFields, so that Word asks a question when the paper is opened"


def check_targets(package: Package) -> Iterator[str]:
    """Every reference and every link leads to a bookmark."""
    marks = bookmarks(package)
    for part, story in package.stories():
        for one in fields(story)[0]:
            if one.kind in ("REF", "PAGEREF", "NOTEREF") and one.target not in marks:
                yield f"{part}: {one.code.strip()!r} leads nowhere"
            elif one.kind not in _KNOWN:
                yield f"{part}: the field {one.code.strip()!r} is not known to the gate"
        for link in story.iter(f"{W}hyperlink"):
            anchor = link.get(f"{W}anchor")
            if anchor is not None and anchor not in marks:
                yield f"{part}: a link leads to {anchor!r}, which is nowhere"
            if not words(link).strip():
                yield f"{part}: a link has no words"


_KNOWN = ("REF", "PAGEREF", "PAGE", "NUMPAGES", "SECTIONPAGES", "TOC", "HYPERLINK", "SECTION", "STYLEREF", "NOTEREF")


def check_references(package: Package) -> Iterator[str]:
    """What a reference shows is what Word will compute."""
    counted = numbers(package)
    marks = bookmarks(package)
    for part, story in package.stories():
        for one in fields(story)[0]:
            if one.kind == "REF" and one.target in marks:
                expected = _computed(one, marks[one.target], counted)
                if expected is None:
                    yield f"{part}: {one.code.strip()!r} leads to a paragraph without a number"
                elif one.shown != expected:
                    yield f"{part}: {one.code.strip()!r} shows {one.shown!r}, and Word computes {expected!r}"
            if one.kind in ("PAGEREF", "PAGE", "NUMPAGES") and not re.fullmatch(r"(\d+|[ivxlc]+)?", one.shown):
                yield f"{part}: {one.code.strip()!r} shows {one.shown!r}, which is no page"


def _computed(one: Field, mark: Mark, counted: dict[etree._Element, Number]) -> str | None:
    if not any(one.has(switch) for switch in "nwr"):
        return mark.text
    number = counted.get(mark.paragraph)
    if number is None or not number.label:
        return None
    shown = number.whole if one.has("w") else number.seen_from(counted.get(one.paragraph)) if one.has("r") else number.own
    return re.sub(r"[^\W\d_]{2,}\s*", "", shown) if one.has("t") else shown


def check_contents(package: Package) -> Iterator[str]:
    """The entries of a contents are the headings that its code picks, with their numbers, in order."""
    counted = numbers(package)
    marks = bookmarks(package)
    tables = [one for one in fields(package.document)[0] if one.kind == "TOC"]
    if len(tables) > 1:
        yield "there are two tables of contents"
    for table in tables:
        entries = _entries(package, table)
        inside = set(entries)
        picked = [(one, level) for one, level in _picked(package, table) if one not in inside]
        if len(entries) != len(picked):
            yield f"the contents has {len(entries)} entries, and the paper {len(picked)} headings"
        paged = {any(one.kind == "PAGEREF" for one in fields(entry)[0]) for entry in entries}
        if len(paged) > 1:
            yield "some entries of the contents have a page and others have none"
        for entry, (heading, level) in zip(entries, picked, strict=False):
            yield from _entry(entry, heading, level, counted.get(heading), table, marks)


def _picked(package: Package, table: Field) -> Iterator[tuple[etree._Element, int]]:
    """The headings that the code of a contents picks, each with the level of its entry."""
    lists = Lists(package)
    names = {key: value(one, "name").casefold() for key, one in lists.styles.items()}
    first, last = map(int, (table.argument("o") or "1-9").split("-"))
    levels = {f"heading {level}": level for level in range(first, last + 1)} if table.has("o") else {}
    given = re.split("[,;]", table.argument("t")) if table.has("t") else []
    levels |= {style.strip().casefold(): int(level) for style, level in zip(given[::2], given[1::2], strict=True)}
    for paragraph in package.body.iter(f"{W}p"):
        level = levels.get(names.get(name(paragraph), ""))
        if not level and table.has("u") and (at := outline(lists, paragraph)) is not None and first <= at + 1 <= last:
            level = at + 1
        if level and words(paragraph).strip():
            yield paragraph, level


def _entries(package: Package, table: Field) -> list[etree._Element]:
    """The paragraphs from the beginning of the field to its end that show something."""
    found, depth, inside = [], 0, False
    for paragraph in package.body.iter(f"{W}p"):
        if paragraph is table.paragraph:
            inside = True
        if not inside:
            continue
        if words(paragraph).strip():
            found.append(paragraph)
        for one in paragraph.iter(f"{W}fldChar"):
            depth += {"begin": 1, "end": -1}.get(one.get(f"{W}fldCharType", ""), 0)
        if depth <= 0:
            break
    return found


def _entry(entry: etree._Element, heading: etree._Element, level: int, number: Number | None, table: Field,
           marks: dict[str, Mark]) -> Iterator[str]:  # fmt: skip
    label = number.label if number else ""
    expected = _plain(f"{label} {words(heading)}")
    pages = [one for one in fields(entry)[0] if one.kind == "PAGEREF"]
    shown = words(entry)
    if pages and pages[0].shown:
        shown = shown.rstrip()[: -len(pages[0].shown)]
    if _plain(shown) != expected:
        yield f"the contents has “{_plain(shown)}”, and the heading is “{expected}”"
    if name(entry) != f"TOC{level}":
        yield f"the entry “{_plain(shown)}” is in the style {name(entry)}, and its level is {level}"
    links = [one.get(f"{W}anchor", "") for one in entry.iter(f"{W}hyperlink")]
    if table.has("h") and not links:
        yield f"the entry “{_plain(shown)}” is no link"
    for anchor in {*links, *(one.target for one in pages)}:
        if anchor in marks and marks[anchor].paragraph is not heading:
            yield f"the entry “{_plain(shown)}” leads to {start(marks[anchor].paragraph)}"


def _plain(text: str) -> str:
    return " ".join(text.replace("\u2011", "-").replace("\u00ad", "").split())
