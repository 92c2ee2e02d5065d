"""What only the laid out pages show: blank pages, headings at the foot, split signatures, wrong pages in the contents.

Every paragraph gets a bookmark at its beginning and one at its end, which change nothing on the page; LibreOffice
exports them as destinations, so that each paragraph is found on its page without looking for its words.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from lxml import etree

from . import package
from .bench import SPACES, Bench, made, spoilt
from .fields import bookmarks, fields
from .numbers import Lists, counted, value
from .package import Package, W
from .papers import LAID_OUT, Paper, batch
from .rendering import converted, spoken
from .text import outline, start, words

_FIRST_ID = 700_000
_PLACE = re.compile(r'^\s*(\d+) \[ XYZ\s+(\S+)\s+(\S+)\s+\S+\s+\] "gate([az])(\d+)"$', re.MULTILINE)
_WORD = re.compile(r'<word xMin="(\S+)" yMin="\S+" xMax="(\S+)" yMax="\S+">(.*?)</word>')


@cache
def marked(data: bytes) -> bytes:
    """The file with a bookmark at the beginning and the end of every paragraph of its body, and no reference computed."""

    def mark(file: Bench) -> None:
        for at, paragraph in enumerate(file.body().iter(f"{W}p")):
            before = 1 if len(paragraph) and paragraph[0].tag == f"{W}pPr" else 0
            for element in reversed(_bookmark(f"gatea{at}", _FIRST_ID + 2 * at)):
                paragraph.insert(before, element)
            paragraph.extend(_bookmark(f"gatez{at}", _FIRST_ID + 2 * at + 1))
        for code in file.tree().xpath("//w:r[w:instrText[contains(., ' REF ')]]", namespaces=SPACES):
            _forget(code)

    return spoilt(data, mark)


def _forget(code: etree._Element) -> None:
    """What a reference shows becomes a question mark, until LibreOffice computes it."""
    run = code
    while run is not None and not any(one.get(f"{W}fldCharType") == "end" for one in run.iter(f"{W}fldChar")):
        for shown in run.iter(f"{W}t"):
            shown.text = "?"
        run = run.getnext()


def _bookmark(label: str, key: int) -> list[etree._Element]:
    return [made(f'<w:bookmarkStart w:id="{key}" w:name="{label}"/>'), made(f'<w:bookmarkEnd w:id="{key}"/>')]


@dataclass(frozen=True)
class Layout:
    """Where each paragraph of a paper stands: the pages on which it begins and ends, counted from 1."""

    package: Package
    pdf: Path
    pages: int
    begins: dict[int, int]
    ends: dict[int, int]

    @property
    def paragraphs(self) -> list[etree._Element]:
        return [*self.package.body.iter(f"{W}p")]


def laid_out(data: bytes, pdf: Path) -> Layout:
    """The layout of a file from the PDF of its marked copy."""
    said = subprocess.run(["pdfinfo", str(pdf)], check=True, capture_output=True, text=True).stdout
    placed = subprocess.run(["pdfinfo", "-dests", str(pdf)], check=True, capture_output=True, text=True).stdout
    found: dict[str, dict[int, int]] = {"a": {}, "z": {}}
    for page, _, _, end, at in _PLACE.findall(placed):
        found[end][int(at)] = int(page)
    total = re.search(r"Pages:\s+(\d+)", said)
    assert total
    # LibreOffice drops the bookmark behind the last field of some paragraphs: those end where they begin.
    return Layout(package.opened(data), pdf, int(total[1]), found["a"], found["a"] | found["z"])


def layouts(files: dict[str, bytes]) -> dict[str, Layout]:
    """The layout of each file, all made in one call."""
    pdfs = converted({key: marked(data) for key, data in files.items()}, "pdf")
    return {key: laid_out(data, pdfs[key]) for key, data in files.items()}


@cache
def layout(paper: Paper) -> Layout:
    """The layout of one of the papers that are laid out."""
    files = {one.name: marked(one.data) for one in batch(paper, LAID_OUT)}
    return laid_out(paper.data, converted(files, "pdf")[paper.name])


def findings(of: Layout) -> list[str]:
    """All that is wrong with the pages, each finding led by the name of its check."""
    return [f"{label}: {one}" for label, check in CHECKS.items() for one in check(of)]


def check_places(layout: Layout) -> Iterator[str]:
    """Nothing is hidden: every paragraph stands on a page, and each of its words can be read."""
    read = _run_together(spoken(layout.pdf, "-raw"))
    for at, paragraph in enumerate(layout.paragraphs):
        text = words(paragraph)
        if text.strip() and not 1 <= layout.begins.get(at, 0) <= layout.ends[at]:
            yield f"{start(paragraph)} is on no page"
        for word in text.split():
            if _run_together(word) not in read:
                yield f"“{word}” of {start(paragraph)} cannot be read"


def _run_together(text: str) -> str:
    return re.sub(r"[\s\u00ad]+", "", text).replace("\u2011", "-").casefold()


def check_blank(layout: Layout) -> Iterator[str]:
    """Every page has words on it."""
    full = set()
    for at, paragraph in enumerate(layout.paragraphs):
        if words(paragraph).strip() and at in layout.begins:
            full.update(range(layout.begins[at], layout.ends.get(at, layout.begins[at]) + 1))
    for page in range(1, layout.pages + 1):
        if page not in full:
            yield f"page {page} of {layout.pages} is blank"


def check_stranded(layout: Layout) -> Iterator[str]:
    """Below a heading there is text, and below the heading of a table a row, on the same page."""
    lists = Lists(layout.package)
    waiting: list[int] = []
    for at, paragraph in enumerate(layout.paragraphs):
        if not words(paragraph).strip():
            continue
        if outline(lists, paragraph) is not None:
            waiting.append(at)
            continue
        for heading in waiting:
            first, last = layout.begins.get(heading), layout.ends.get(heading)
            if first != last:
                yield f"{start(layout.paragraphs[heading])} is torn over pages {first} and {last}"
            elif last != layout.begins.get(at):
                yield f"{start(layout.paragraphs[heading])} is the last on page {last}"
        waiting = []
    order = {paragraph: at for at, paragraph in enumerate(layout.paragraphs)}
    for table in layout.package.body.iter(f"{W}tbl"):
        for row, following in pairwise(table.findall(f"{W}tr")):
            if row.find(f"{W}trPr/{W}tblHeader") is not None and following.find(f"{W}trPr/{W}tblHeader") is None:
                head, first = (order[next(one.iter(f"{W}p"))] for one in (row, following))
                if layout.begins.get(head) != layout.begins.get(first):
                    yield f"the heading of a table, {start(layout.paragraphs[head])}, is the last on page {layout.begins.get(head)}"


def check_signatures(layout: Layout) -> Iterator[str]:
    """A signature block stands on one page."""
    order = {paragraph: at for at, paragraph in enumerate(layout.paragraphs)}
    for table in layout.package.body.iter(f"{W}tbl"):
        if value(table, "tblPr/tblStyle").startswith("Signature"):
            inside = [order[one] for one in table.iter(f"{W}p") if words(one).strip()]
            over = {place.get(at) for at in inside for place in (layout.begins, layout.ends)}
            if len(over) > 1:
                yield f"the block of “{words(table)[:60]}” is on pages {sorted(filter(None, over))}"


def check_contents(layout: Layout) -> Iterator[str]:
    """A page in the contents is the one that its heading stands on, as that page is numbered."""
    marks = bookmarks(layout.package)
    order = {paragraph: at for at, paragraph in enumerate(layout.paragraphs)}
    for one in fields(layout.package.document)[0]:
        if one.kind != "PAGEREF" or not one.shown or one.target not in marks:
            continue
        at = order.get(marks[one.target].paragraph, -1)
        printed = _printed(layout, at)
        if one.shown != printed:
            yield f"the contents says page {one.shown} of {start(layout.paragraphs[at])}, which is on {printed}"


def _printed(layout: Layout, at: int) -> str:
    """The number of the page that a paragraph begins on, as its section counts."""
    first, begun, form, number = 0, 1, "decimal", layout.begins.get(at, 0)
    ends = [(index, one.find(f"{W}pPr/{W}sectPr")) for index, one in enumerate(layout.paragraphs)
            if one.find(f"{W}pPr/{W}sectPr") is not None]  # fmt: skip
    ends.append((len(layout.paragraphs), layout.package.body[-1]))
    running = 0
    for index, section in ends:
        page = layout.begins.get(first, 1)
        kind = section.find(f"{W}pgNumType")
        begun = int(kind.get(f"{W}start")) if kind is not None and kind.get(f"{W}start") else running + 1
        form = kind.get(f"{W}fmt", "decimal") if kind is not None else "decimal"
        last = layout.begins.get(min(index, len(layout.paragraphs) - 1), layout.pages)
        if at <= index:
            return counted(form, number - page + begun)
        running, first = begun + last - page, index + 1
    return ""


def check_edges(layout: Layout) -> Iterator[str]:
    """No word runs into the edge of the paper."""
    for page, text in enumerate(spoken(layout.pdf, "-bbox").split("<page ")[1:], 1):
        size = re.match(r'width="(\S+)"', text)
        width = float(size[1]) if size else 0
        for left, right, word in _WORD.findall(text):
            if float(left) < 36 or float(right) > width - 36:
                yield f"“{word}” on page {page} stands less than half an inch from the edge"


CHECKS = {
    "places": check_places,
    "blank": check_blank,
    "stranded": check_stranded,
    "signatures": check_signatures,
    "contents": check_contents,
    "edges": check_edges,
}
