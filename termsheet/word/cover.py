"""The front of an agreement: its cover, and the table of its contents."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from termsheet.document import (
    DELETED,
    GONE,
    INSERTED,
    Change,
    Clause,
    Cover,
    Inline,
    Text,
    fate,
    printed,
    shown,
)
from termsheet.immutable import replace
from termsheet.word.clause_styles import TITLE_TRACKING
from termsheet.word.inlines import runs
from termsheet.word.markup import field, line_break, paragraph, run, tab
from termsheet.word.measure import BOLD
from termsheet.word.opening import standing
from termsheet.word.options import TITLE
from termsheet.word.paper import Paper
from termsheet.word.revisions import one_of_two, sides
from termsheet.word.sections import section

_BEGIN = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
_SEPARATE = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
# By outline level, not by the names of styles: those are parted by a sign that depends on the reader's country.
_CONTENTS = '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-1" \\h \\z \\u </w:instrText></w:r>'


def cover(page: Cover, paper: Paper) -> str:
    """The cover, a section of its own without header and footer."""
    lines = paper.document.standing
    legend = (lines.draft, *(line.inlines for line in lines.legend))
    found = "".join(standing("CoverLegend", line, paper) for line in legend)
    found += paragraph("CoverDate", runs(lines.date, paper)) + _title(lines.title, paper)
    found += standing("CoverSubtitle", lines.subtitle, paper) + paragraph("CoverBetween", run(page.between))
    then, now = sides([fate(party.name) for party in page.parties])
    for place, party in enumerate(page.parties):
        joins = one_of_two(Text(page.joins), place in then[1:][-1:], place in now[1:][-1:])
        found += standing("CoverText", joins, paper)
        found += standing("CoverParty", party.name, paper) + standing("CoverRole", party.role, paper)
    return found + paragraph("Tail", section=section(paper, furnished=False))


def _title(title: tuple[Inline, ...], paper: Paper) -> str:
    """The title; in a comparison, where it has changed, that which was above that which is."""
    if not any(isinstance(inline, Change) for inline in title):
        return paragraph("CoverTitle", paper.around(TITLE, _balanced(shown(title), paper)))
    there = [inline for inline in title if not (isinstance(inline, Change) and inline.kind == INSERTED)]
    was, revisions = _balanced(printed(tuple(there)), paper), paper.revisions
    found = paragraph("CoverTitle", revisions.around(DELETED, was), mark=revisions.mark(DELETED))
    words = revisions.around(INSERTED, _balanced(shown(title), paper))
    return found + paragraph("CoverTitle", paper.around(TITLE, words), mark=revisions.mark(INSERTED))


def _balanced(title: str, paper: Paper) -> str:
    """In lines of much the same length, where it does not fit on one. It is printed in spaced letters."""
    theme = paper.theme
    large = replace(theme.ruler, size=theme.ruler.size + theme.title_growth / 2)
    room = (paper.sheet.measure - 2 * theme.cover_inset) / BOLD
    lines = large.balanced(title.upper() if theme.title_caps else title, room - len(title) * TITLE_TRACKING / 2)
    words = iter(title.split(" "))
    return line_break().join(run(" ".join(islice(words, line.count(" ") + 1))) for line in lines)


def contents(paper: Paper) -> str:
    """The table of contents, a section with pages of its own: live, and right before anybody updates it."""
    document = paper.document
    entries = list(_entries(paper, document.clauses()))
    if not entries:
        return ""
    entries[0] = _BEGIN + _CONTENTS + _SEPARATE + entries[0]
    entries[-1] += _END
    listed = "".join(paragraph("TOC1", entry) for entry in entries)
    heading = paragraph("TOCHeading", run(document.words.contents))
    block = (
        '<w:sdt><w:sdtPr><w:id w:val="99001"/><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
        f"<w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>{heading}{listed}</w:sdtContent></w:sdt>"
    )
    return block + paragraph("Tail", section=section(paper, numbers="lowerRoman"))


def _entries(paper: Paper, clauses: Iterator[Clause]) -> Iterator[str]:
    """What Word would make of each heading: its number, its words and, where it is known, its page."""
    for clause in clauses:
        if not clause.label or clause.revision in GONE:
            continue
        name = paper.marks.name(clause.id)
        page = paper.options.pages.get(clause.id, "")
        label = clause.label.removesuffix(".") if paper.house and paper.house.dotless else clause.label
        words = run(label) + tab() + run(clause.title)
        words += tab() + field(f"PAGEREF {name} \\h", page) if page else ""
        yield f'<w:hyperlink w:anchor="{name}" w:history="1">{words}</w:hyperlink>'
