"""How long a Word file takes to write, beside python-docx and docxtpl, in one run: `python benchmarks/word.py`.

All three write the same words of the same Document: headings at left, text at right, tables of data. What termsheet
writes besides (numbers, references, content controls, sections) the others do not. Before anything is timed, the words
of the three files are compared. Figures are ratios of medians of interleaved turns, so that the machine counts little.
"""

from __future__ import annotations

import io
import re
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import docx
import docxtpl

from termsheet import assemble, source
from termsheet.document import Clause, Document, Paragraph, shown
from termsheet.immutable import replace
from termsheet.lint import lint_source
from termsheet.rules import RULES
from termsheet.word.options import Options
from termsheet.word.reader import text_of
from termsheet.word.writer import write

ROOT = Path(__file__).parent.parent
TURNS = 15


def paper(name: str, form: str) -> Document:
    """The paper of an example."""
    deal = lint_source(source.read(str(ROOT / "examples" / f"{name}.yaml")), RULES).deal
    return assemble.assemble(deal, form, draft=True).document


def lines(clause: Clause) -> list[str]:
    """The text of a clause, with the numbers typed: the others have none of their own."""
    return [f"{block.label} {shown(block.inlines)}" for block in clause.blocks if isinstance(block, Paragraph)]


def tables(clause: Clause) -> list[list[list[str]]]:
    """The tables of a clause as text."""
    return [
        [[column.title for column in block.columns], *([shown(cell) for cell in row.cells] for row in block.rows)]
        for block in clause.blocks if not isinstance(block, Paragraph)
    ]  # fmt: skip


def by_python_docx(document: Document) -> bytes:
    """As its documentation shows: paragraphs and tables with named styles."""
    made = docx.Document()
    made.add_heading(document.title, 0)
    for part in document.parts:
        made.add_heading(part.heading, 1)
        table = made.add_table(rows=0, cols=2)
        for clause in part.clauses:
            left, right = table.add_row().cells
            left.paragraphs[0].add_run(f"{clause.label} {clause.title}").bold = True
            for line in lines(clause):
                right.add_paragraph(line, style="Body Text")
            for rows in tables(clause):
                inner = right.add_table(rows=0, cols=len(rows[0]))
                for row in rows:
                    for cell, text in zip(inner.add_row().cells, row, strict=True):
                        cell.text = text
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def template() -> bytes:
    """A template for docxtpl, made once: a row for each clause."""
    made = docx.Document()
    made.add_heading("{{ title }}", 0)
    made.add_paragraph("{%p for part in parts %}")
    made.add_heading("{{ part.heading }}", 1)
    table = made.add_table(rows=3, cols=2)
    table.cell(0, 0).text = "{%tr for clause in part.clauses %}"
    table.cell(1, 0).text = "{{ clause.title }}"
    right = table.cell(1, 1)
    right.text = "{%p for line in clause.lines %}"
    right.add_paragraph("{{ line }}")
    right.add_paragraph("{%p endfor %}")
    table.cell(2, 0).text = "{%tr endfor %}"
    made.add_paragraph("{%p endfor %}")
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


TEMPLATE = template()


def by_docxtpl(document: Document) -> bytes:
    """With the tables as lines of text: a table in a loop in a cell is more than its tags can say."""
    parts = [
        {"heading": part.heading, "clauses": [
            {"title": f"{clause.label} {clause.title}",
             "lines": lines(clause) + [" ".join(row) for rows in tables(clause) for row in rows]}
            for clause in part.clauses]}
        for part in document.parts
    ]  # fmt: skip
    made = docxtpl.DocxTemplate(io.BytesIO(TEMPLATE))
    made.render({"title": document.title, "parts": parts}, autoescape=True)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def words(data: bytes) -> set[str]:
    """The words of a Word file, without their numbers."""
    return set(re.findall(r"[^\W\d_]{2,}", text_of(data).replace("\u2011", "-")))


def timed(*writers: Callable[[], object]) -> list[float]:
    """The median processor time of each in seconds, turn by turn."""
    spent: list[list[float]] = [[] for _ in writers]
    for _ in range(TURNS):
        for place, writer in enumerate(writers):
            begun = time.process_time()
            writer()
            spent[place].append(time.process_time() - begun)
    return [statistics.median(times) for times in spent]


def longer(document: Document, times: int) -> Document:
    """An agreement that many times as long, with ids and numbers of its own in every part."""
    from termsheet.numbering import numbered

    def again(clause: Clause, turn: int) -> Clause:
        blocks = tuple(replace(block, id=f"{turn}/{block.id}") for block in clause.blocks)
        return replace(clause, id=f"{turn}/{clause.id}", blocks=blocks)

    parts = tuple(
        replace(part, id=f"{turn}/{part.id}", clauses=tuple(again(clause, turn) for clause in part.clauses))
        if turn else part
        for turn in range(times) for part in document.parts if not turn or part.kind == "terms"
    )  # fmt: skip
    return numbered(replace(document, parts=parts), "Schedule {}", "{}, paragraph\u00a0{}")


def main() -> None:
    """Print the ratios."""
    sheet = paper("picking-robot-pilot", "term-sheet")
    ours = words(write(sheet))
    for theirs in (by_python_docx(sheet), by_docxtpl(sheet)):
        body = set().union(*(re.findall(r"[^\W\d_]{2,}", line) for clause in sheet.clauses() for line in lines(clause)))
        assert body <= words(theirs), body - words(theirs)
        assert body <= ours, body - ours
    plain = Options(bound=False)
    mine, bound, api, templated = timed(lambda: write(sheet, plain), lambda: write(sheet),
                                        lambda: by_python_docx(sheet), lambda: by_docxtpl(sheet))  # fmt: skip
    print(f"A term sheet of {len(list(sheet.clauses()))} paragraphs, written by termsheet in {mine * 1000:.1f} ms:")
    for name, spent_there in (("python-docx", api), ("docxtpl", templated), ("with every value bound", bound)):
        print(f"  {name:<22} takes {spent_there / mine:5.1f} times as long")
    print("An agreement, by its length:")
    agreement = paper("foam-box-codevelopment", "agreement")
    lengths = [longer(agreement, times) for times in (1, 2, 4)]
    spent = timed(*(lambda document=document: write(document) for document in lengths))  # type: ignore[misc]
    blocks = [sum(1 for _ in document.blocks()) for document in lengths]
    for count, time_spent in zip(blocks, spent, strict=True):
        share = (time_spent / count) / (spent[0] / blocks[0])
        print(f"  {count:5} blocks: {time_spent * 1000:6.1f} ms, {share:.2f} of the first for each block")


if __name__ == "__main__":
    sys.exit(main())
