"""The Word writer: what a reader, a validator and LibreOffice make of the files that it writes."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from termsheet.document import (
    Block,
    Break,
    Clause,
    Column,
    Document,
    Furniture,
    Inline,
    Open,
    OpenPoint,
    Paragraph,
    Part,
    Ref,
    Row,
    Signature,
    SignatureLine,
    Table,
    Term,
    Text,
    Value,
    shown,
)
from termsheet.errors import TermsheetError, WriteError
from termsheet.numbering import numbered
from termsheet.word.reader import text_of
from termsheet.word.writer import write

needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")

LOREM = (
    "Each party will use reasonable endeavours to perform its obligations under this paragraph and will tell the "
    "other without delay of anything that is likely to keep it from doing so. "
)


# --- a deal made by hand -------------------------------------------------------------------------------------


def words(*pieces: str | Inline) -> tuple[Inline, ...]:
    """Inlines, where plain strings are the words of the clause."""
    return tuple(Text(piece) if isinstance(piece, str) else piece for piece in pieces)


def text(key: str, *pieces: str | Inline, level: int = 0) -> Paragraph:
    return Paragraph(key, words(*pieces), level)


def clause(key: str, title: str, *blocks: Block) -> Clause:
    return Clause(key, title, blocks)


def signature(name: str, *, by: str = "", person: bool = False) -> Signature:
    given = words(Value(f"{name}.signatory.name", by, by)) if by else ()
    lines = (SignatureLine("Name", given), SignatureLine("Title"), SignatureLine("Date"))
    lead = "Signed by" if person else "Signed for and on behalf of"
    return Signature(f"signature-{name}", lead, words(Value("parties.name", name, name)), lines[2:] if person else lines)


def metrics() -> Table:
    titles = (("Measure", False), ("Baseline", True), ("Target", True), ("By", False))
    entries = (
        ("Qualified leads passed by Halcyon", "40", "120", "31 Dec 2027"),
        ("Revenue booked", "£0", "£1,250,000", "31 Dec 2027"),
        ("Time to first response", "48 hours", "4 hours", "30 Jun 2027"),
    )
    rows = [Row(f"row-{n}", tuple(words(cell) for cell in entry)) for n, entry in enumerate(entries)]
    rows.append(Row("total", tuple(words(Text(cell, strong=True)) for cell in ("Weighted score", "0", "100", "–"))))
    return Table("metrics.table", "What is measured", tuple(Column(*title) for title in titles), tuple(rows))


def wide_table() -> Table:
    titles = ("Activity", "Responsible", "Accountable", "Budget", "Contingency", "Completion date")
    entries = (
        ("Integration of the two booking systems", "Northbridge", "Halcyon", "£1,250,000", "£187,500", "31 March 2027"),
        ("Training of 140 account managers", "Halcyon", "Northbridge", "£64,000", "£9,600", "30 June 2027"),
        ("Joint launch at the trade fair", "Both", "Sponsors", "£310,000", "£46,500", "15 September 2027"),
    )
    rows = tuple(Row(f"work-{n}", tuple(words(cell) for cell in entry)) for n, entry in enumerate(entries))
    columns = tuple(Column(title, title in ("Budget", "Contingency")) for title in titles)
    return Table("work.table", "Work plan", columns, rows)


def commercial() -> Part:
    company = Value("parties[0].name", "Halcyon Robotics Limited", "Halcyon Robotics Limited")
    liable = (
        text("cap.lead", "Subject to paragraph ", Ref("law"), ", each party’s liability is limited:"),
        text("cap.a", "for damage to property, to ", Value("cap", "GBP 1M", "£1,000,000"), ";", level=1),
        text("cap.b", "for anything else, to the greater of:", level=1),
        text("cap.i", "the fees paid in the year before; and", level=2),
        text("cap.ii", "the cost of:", level=2),
        text("cap.A", "substitute services; and", level=3),
        text("cap.B", "recovery of data,", level=3),
        text("cap.c", "and in no case for loss of goodwill, as paragraph ", Ref("cap.i"), " says.", level=1),
        text("cap.end", "Nothing limits liability for fraud."),
    )
    return Part(
        "commercial",
        "Part A – Key commercial terms",
        (
            clause("parties", "Parties", text("parties.text", company, " (", Term("Halcyon", True), ") and others.")),
            clause("purpose", "Purpose", text("purpose.text", LOREM * 2)),
            clause("metrics", "Measures of success", text("metrics.text", "Success is:"), metrics()),
            clause("work", "Work plan", text("work.lead", "The work is:"), wide_table(), text("work.end", LOREM)),
            clause("liability", "Limits of liability", *liable),
            clause(
                "exclusive",
                "Non-solicitation and exclusivity",
                text("exclusive.text", Term("Halcyon"), " keeps to it for ", Open("exclusivity.term", "[● term]"), "."),
                text("exclusive.held", "The fee is ", Open("fee", "[withheld]", withheld=True), ".", Break(), "In cash."),
            ),
            clause("review", "Quarterly review", *(text(f"review.{n}", LOREM * 2) for n in range(5))),
        ),
    )


def binding() -> Part:
    survive = ("Paragraphs ", Ref("confidential"), " to ", Ref("law"), " and ", Ref("cap.b"), " survive.")
    return Part(
        "binding",
        "Part B – Legally binding terms",
        (
            clause("confidential", "Confidentiality", text("confidential.text", LOREM, Text("Not", strong=True), " less.")),
            clause("costs", "Costs", text("costs.text", "Each bears its own, ", Text("pari passu", emphasis=True), ".")),
            clause("law", "Governing law and jurisdiction", text("law.text", "England. ", *survive)),
        ),
        binding=True,
    )


def deal(parties: int = 3) -> Document:
    """A term sheet that uses everything the Document knows, already numbered."""
    names = ("Northbridge Ventures III LP", "Halcyon Robotics Limited", "Dr Amara Okafor", "Kestrel AG", "Mr Tomasz Wilk")
    people = ("Dr Amara Okafor", "Mr Tomasz Wilk")
    legend = ("Strictly private and confidential", "Subject to contract")
    return numbered(
        Document(
            title="Term Sheet",
            subtitle="Proposed alliance of Halcyon Robotics Limited and Northbridge Ventures III LP",
            intro=(text("intro", LOREM * 2, "Except for Part B, it is ", Text("subject to contract", strong=True), "."),),
            parts=(commercial(), binding()),
            closing=(text("closing", "The parties have signed on the dates below."),),
            signatures=tuple(
                signature(name, person=name in people, by="" if name in people or n else "Ms Ngozi Adeyemi-Clarke")
                for n, name in enumerate(names[:parties])
            ),
            furniture=Furniture(
                first_left=legend,
                left="Subject to contract",
                right="Draft (1): 21 November 2026",
                footer="Project Falcon – Term Sheet",
            ),
            subject="Strategic alliance",
            keywords=("term sheet", "alliance"),
        )
    )


def draft() -> Document:
    paper = deal(5)
    points = (
        OpenPoint("exclusivity.term", "How long exclusivity lasts", "exclusive.text", "Halcyon"),
        OpenPoint("cap", "The cap on damage to property, which both insurers have yet to confirm", "cap.b", "Both"),
        OpenPoint("intro", "Whether the introduction names the affiliates", "intro"),
    )
    furniture = replace(paper.furniture, watermark="DRAFT")
    return numbered(replace(paper, open_points=points, furniture=furniture))


def long_paper() -> Document:
    parts = tuple(
        Part(f"p{p}", f"Part {p}", tuple(clause(f"c{p}-{n}", f"Provision {n}", *(
            text(f"c{p}-{n}-{i}", LOREM, "See paragraph ", Ref("c1-1-2"), ".", level=i % 4) for i in range(6)
        )) for n in range(10)))
        for p in range(4)
    )
    return numbered(replace(deal(1), parts=parts, paper="letter"))


def scripts() -> Document:
    part = Part("p", "Part A – الشروط 条件", (
        clause("arabic", "القانون المعمول به", text("a", "The party is ", Value("n", "x", "شركة هالسيون (2026) للروبوتات"), " of Dubai, and ", Value("n", "x", "חברת הלסיון בע״מ"), ".")),
        clause("cjk", "株式会社ハルシオン・ロボティクス", text("b", "当事者は、" * 60, Open("o", "[● 期間]"))),
        clause("mixed", "Confidentiality/Non-disclosure", text("c", "Tab\there, line\nhere, R&D <tags> \"quotes\" non‑breaking soft\u00adhyphen 👩‍👧 éß½ 𝔘.")),
        clause("giant", "Unternehmensverantwortlichkeitsvereinbarung", text("d", LOREM * 60)),
    ))
    return numbered(replace(deal(1), parts=(part,), language="en-GB"))
