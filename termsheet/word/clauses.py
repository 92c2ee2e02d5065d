"""The body of an agreement: parties, background and clauses, one below the other; and the schedules."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise

from termsheet.document import GONE, INSERTED, MOVED_TO, WAS, Clause, Paragraph, Part, Table, Text
from termsheet.word import tables
from termsheet.word.inlines import runs
from termsheet.word.markup import line_break, paragraph
from termsheet.word.numbering import STEP
from termsheet.word.paper import Paper

_FRONT = {"parties": "Parties", "recitals": "Recitals"}


def clauses(paper: Paper) -> str:
    """The parts, each under its heading."""
    return "".join(_part(part, paper) for part in paper.document.parts)


def schedules(paper: Paper) -> str:
    """The schedules, each on a page of its own."""
    return _in_turn(paper.document.schedules, paper, lambda schedule: _schedule(schedule, paper))


def _part(part: Part, paper: Paper) -> str:
    words = runs(part.revised or (Text(part.heading),), paper)
    mark = paper.revisions.mark(part.revision)
    found = paragraph("FrontHeading", paper.around(part.id, words), mark=mark) if part.heading else ""
    return found + _in_turn(part.clauses, paper, lambda clause: _clause(clause, part.kind, paper))


def _in_turn(clauses: Sequence[Clause], paper: Paper, made: Callable[[Clause], str]) -> str:
    """The clauses, one after the other.

    Where those that came have a table, LibreOffice cannot reject what stands above it without leaving a paragraph like
    the first of them, which may not be one with a number: a tiny one without a word comes before them.
    """
    found = ""
    for came, some in groupby(clauses, lambda clause: clause.revision in (INSERTED, MOVED_TO)):
        group = [*some]
        if came and any(isinstance(block, Table) for clause in group for block in clause.blocks):
            found += paragraph("Spacer", mark=paper.revisions.mark(INSERTED))
        found += "".join(map(made, group))
    return found


def _clause(clause: Clause, kind: str, paper: Paper) -> str:
    headed = kind == "terms"
    mark = paper.revisions.mark(clause.revision)
    heading = paragraph("Heading1", paper.around(clause.id, runs(clause.heading, paper)), mark=mark) if headed else ""
    blocks = "".join(_blocks(clause, paper, kind, STEP, "" if headed else clause.id))
    return paper.revisions.moved(clause.revision, clause.id.removeprefix(WAS), heading + blocks)


def _schedule(schedule: Clause, paper: Paper) -> str:
    """Its number is Word's own; its title stands on the line below."""
    kind = schedule.revision
    above = paper.revisions.around(kind, line_break()) if kind else line_break()
    words = paper.around(schedule.id, above + runs(schedule.heading, paper))
    heading = paragraph("ScheduleHeading", words, mark=paper.revisions.mark(kind))
    return heading + "".join(_blocks(schedule, paper, "schedule", 0))


def _blocks(clause: Clause, paper: Paper, kind: str, indent: int, unheaded: str = "") -> Iterator[str]:
    """The blocks of a clause. What leads to a list or to a table keeps to it.

    `unheaded` is the id of a clause without a heading, for which its first paragraph stands.
    """
    for block, following in pairwise((*clause.blocks, None)):
        if isinstance(block, Table):
            if block.revision in GONE:  # where LibreOffice accepts it, it leaves a paragraph like the last above it
                yield paragraph("Spacer", mark=paper.revisions.neither())
            yield tables.data_table(block, paper, paper.sheet.measure - indent, indent=indent)
        elif block is not None:
            leads = isinstance(following, Table) or (following is not None and following.level > block.level)
            words = paper.around(block.id, runs(block.inlines, paper))
            words = paper.around(unheaded, words) if unheaded and block is clause.blocks[0] else words
            style, was = styles(block, clause, lambda one, flush: _style(one, kind, flush))
            made = paragraph(style, words, keep_next=leads, mark=paper.revisions.mark(block.revision),
                             was=paper.revisions.restyled(was) if was != style else "")  # fmt: skip
            alone = "" if clause.revision else block.revision
            yield paper.revisions.moved(alone, block.id.removeprefix(WAS), made)


def styles(
    block: Paragraph, clause: Clause, style_of: Callable[[Paragraph, bool], str]
) -> tuple[str, str]:
    """The style of a paragraph, and in a redline the one that it had. Items of a clause without numbers stand flush."""
    if clause.before is None:
        style = style_of(block, _flush(block, clause))
        return style, style
    before = clause.before
    then = next((one for one in before.blocks if one.id == block.was), block)
    if block.revision in GONE:
        style = style_of(block, _flush(block, before))
        return style, style
    style = style_of(block, _flush(block, clause))
    was = style_of(then, _flush(then, before)) if isinstance(then, Paragraph) and not block.revision else style
    return style, was


def _flush(item: Paragraph, clause: Clause) -> bool:
    """Whether it is an item, and none of the paragraphs of its clause has a number of its own."""
    if not item.level:
        return False
    whole = [block for block in clause.blocks if isinstance(block, Paragraph) and block.label and not block.level]
    return not whole or (clause.before is not None and all(block.revision in GONE for block in whole))


def _style(block: Paragraph, kind: str, flush: bool) -> str:
    if kind == "schedule":
        item = f"ScheduleItem{block.level}{'Flush' if flush else ''}"
        return item if block.level else "ScheduleParagraph" if block.label else "ScheduleText"
    if kind in _FRONT:
        return _FRONT[kind]
    if block.level:
        return f"ClauseItem{block.level}"
    return "Clause2" if block.label else "Definition" if block.defines else "ClauseText"
