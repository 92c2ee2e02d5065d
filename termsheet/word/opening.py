"""What stands above the terms: title, introduction and, in a draft, the list of what is still open."""

from __future__ import annotations

from termsheet.document import Document, OpenPoint, Paragraph, Words
from termsheet.word.inlines import runs
from termsheet.word.marks import Marks
from termsheet.word.markup import paragraph, run, tab


def opening(document: Document, marks: Marks) -> str:
    """Everything above the first part."""
    found = paragraph("Title", run(document.title))
    if document.subtitle:
        found += paragraph("Subtitle", run(document.subtitle))
    found += "".join(body(block, marks) for block in document.intro)
    return found + _open_points(document.open_points, document.words, marks)


def body(block: Paragraph, marks: Marks, plain: str = "BodyText") -> str:
    """A paragraph outside the table of terms."""
    style = f"BodyItem{block.level}" if block.level else plain
    return paragraph(style, marks.around(block.id, runs(block.inlines, marks)))


def _open_points(points: tuple[OpenPoint, ...], words: Words, marks: Marks) -> str:
    if not points:
        return ""
    entries = (paragraph("OpenPoint", _open_point(point, words, marks)) for point in points)
    return paragraph("OpenPointsHeading", run(words.open_points)) + "".join(entries) + paragraph("Spacer")


def _open_point(point: OpenPoint, words: Words, marks: Marks) -> str:
    """The paragraph, as a live reference, and what is open there. What has no number is itself the link."""
    owner = run(f" – {point.by}", "OpenPointOwner") if point.by else ""
    if not marks.knows(point.target):
        return run(point.number) + tab() + run(point.what) + owner
    if not point.number:
        return tab() + marks.jump(point.target, point.what, "Hyperlink") + owner
    number = marks.reference(point.target, point.number, "Hyperlink")
    return run(f"{words.paragraph}\u00a0") + number + tab() + run(point.what) + owner
