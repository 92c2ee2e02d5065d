"""What stands above the terms: title, introduction and, in a draft, the list of what is still open."""

from __future__ import annotations

from termsheet.document import Inline, OpenPoint, Paragraph, Words, fate
from termsheet.word.inlines import runs
from termsheet.word.markup import paragraph, run, tab
from termsheet.word.options import TITLE
from termsheet.word.paper import Paper


def opening(paper: Paper, *, titled: bool) -> str:
    """Everything above the first part, with the title unless a cover has it."""
    document = paper.document
    page = document.standing
    found = paragraph("Title", paper.around(TITLE, runs(page.title, paper))) if titled else ""
    found += standing("Subtitle", page.subtitle, paper) if titled else ""
    intro = "".join(body(block, paper) for block in document.intro)
    points = _open_points(document.open_points, document.words, paper)
    return found + (intro + points if titled else points + intro)


def standing(style: str, line: tuple[Inline, ...], paper: Paper) -> str:
    """A line that stands outside the text, where there is one."""
    return paragraph(style, runs(line, paper), mark=paper.revisions.mark(fate(line))) if line else ""


def body(block: Paragraph, paper: Paper, plain: str = "BodyText") -> str:
    """A paragraph outside the table of terms."""
    style = f"BodyItem{block.level}" if block.level else plain
    words = paper.around(block.id, runs(block.inlines, paper))
    return paragraph(style, words, mark=paper.revisions.mark(block.revision))


def _open_points(points: tuple[OpenPoint, ...], words: Words, paper: Paper) -> str:
    if not points:
        return ""
    entries = (paragraph("OpenPoint", _open_point(point, words, paper)) for point in points)
    return paragraph("OpenPointsHeading", run(words.open_points)) + "".join(entries) + paragraph("Spacer")


def _open_point(point: OpenPoint, words: Words, paper: Paper) -> str:
    """The paragraph, as a live reference, and what is open there. What has no number is itself the link."""
    owner = run(f" – {point.by}", "OpenPointOwner") if point.by else ""
    if not paper.marks.knows(point.target):
        return run(point.number) + tab() + run(point.what) + owner
    if not point.number:
        return tab() + paper.marks.jump(point.target, point.what, "Hyperlink") + owner
    number = paper.marks.reference(point.target, point.number, "Hyperlink")
    return run(f"{words.paragraph}\u00a0") + number + tab() + run(point.what) + owner
