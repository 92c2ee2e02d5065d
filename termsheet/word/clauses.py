"""The body of an agreement: parties, background and clauses, one below the other; and the schedules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from termsheet.document import Block, Clause, Paragraph, Part, Table
from termsheet.word import tables
from termsheet.word.inlines import runs
from termsheet.word.markup import line_break, paragraph, run
from termsheet.word.numbering import STEP
from termsheet.word.paper import Paper

_FRONT = {"parties": "Parties", "recitals": "Recitals"}


def clauses(paper: Paper) -> str:
    """The parts, each under its heading."""
    return "".join(_part(part, paper) for part in paper.document.parts)


def schedules(paper: Paper) -> str:
    """The schedules, each on a page of its own."""
    return "".join(_schedule(schedule, paper) for schedule in paper.document.schedules)


def _part(part: Part, paper: Paper) -> str:
    heading = paper.around(part.id, run(part.heading)) if part.heading else ""
    found = paragraph("FrontHeading", heading) if heading else ""
    for clause in part.clauses:
        if part.kind == "terms":
            found += paragraph("Heading1", paper.around(clause.id, run(clause.title)))
        unheaded = "" if part.kind == "terms" else clause.id
        found += "".join(_blocks(clause.blocks, paper, part.kind, STEP, unheaded))
    return found


def _schedule(schedule: Clause, paper: Paper) -> str:
    """Its number is Word's own; its title stands on the line below."""
    heading = paragraph("ScheduleHeading", paper.around(schedule.id, line_break() + run(schedule.title)))
    numbered = any(isinstance(block, Paragraph) and block.label and not block.level for block in schedule.blocks)
    kind = "schedule" if numbered else "flush schedule"
    return heading + "".join(_blocks(schedule.blocks, paper, kind, 0))


def _blocks(
    blocks: Sequence[Block], paper: Paper, kind: str, indent: int, unheaded: str = ""
) -> Iterator[str]:
    """The blocks of a clause. What leads to a list or to a table keeps to it.

    `unheaded` is the id of a clause without a heading, for which its first paragraph stands.
    """
    for block, following in pairwise((*blocks, None)):
        if isinstance(block, Table):
            yield tables.data_table(block, paper, paper.sheet.measure - indent, indent=indent)
        elif block is not None:
            leads = isinstance(following, Table) or (following is not None and following.level > block.level)
            words = paper.around(block.id, runs(block.inlines, paper))
            words = paper.around(unheaded, words) if unheaded and block is blocks[0] else words
            yield paragraph(_style(block, kind), words, keep_next=leads)


def _style(block: Paragraph, kind: str) -> str:
    if kind.endswith("schedule"):
        item = f"ScheduleItem{block.level}{'Flush' if kind.startswith('flush') else ''}"
        return item if block.level else "ScheduleParagraph" if block.label else "ScheduleText"
    if kind in _FRONT:
        return _FRONT[kind]
    if block.level:
        return f"ClauseItem{block.level}"
    return "Clause2" if block.label else "Definition" if block.defines else "ClauseText"
