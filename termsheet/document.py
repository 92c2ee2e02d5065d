"""The Document: a term sheet as a tree of immutable values, which every writer reads and none changes.

It knows nothing of Word, HTML or Markdown. Numbers and cross-references are computed on it once
(`termsheet.numbering`), so that every output agrees. Every block carries a stable id: the clause id, plus the
paragraph's own name, plus, in a list, the key of the entry that it came from, never an index.

    Document
    ├── cover: Cover | None          the front page, in a form that has one
    ├── intro: Paragraph…            what stands above the first part
    ├── parts: Part…                 "Part A – Commercial terms"
    │   └── clauses: Clause…         numbered; one row of the two-column form
    │       └── blocks: Paragraph | Table
    │           └── inlines: Text | Value | Term | Ref | Open | Break
    ├── schedules: Clause…           "Schedule 1": what a clause leaves to the end of the paper
    ├── closing: Paragraph…          what stands above the signatures
    ├── signatures: Signature…
    └── open_points: OpenPoint…      what a draft still leaves open
"""

from __future__ import annotations

from collections.abc import Iterator

from termsheet.immutable import immutable


@immutable
class Text:
    """Words of the clause itself."""

    text: str
    strong: bool = False
    emphasis: bool = False


@immutable
class Value:
    """Words that come from the deal. `raw` is what the file says, `shown` what the paper prints."""

    path: str
    raw: str
    shown: str
    strong: bool = False


@immutable
class Term:
    """A defined term: bold and in quotation marks where it is defined, plain where it is used."""

    text: str
    defines: bool = False
    marks: str = "“”"


@immutable
class Ref:
    """A live reference to a block. `shown` is its number, filled in by `termsheet.numbering`."""

    target: str
    shown: str = ""


@immutable
class Open:
    """A point that is still open or is withheld, printed as a bracket. `shown` includes the brackets."""

    path: str
    shown: str
    withheld: bool = False


@immutable
class Break:
    """A new line within a paragraph."""


INSERTED, DELETED, MOVED_FROM, MOVED_TO = "inserted", "deleted", "moved-from", "moved-to"
GONE = (DELETED, MOVED_FROM)
WAS = "was/"  # before the id of what went, so that nothing points to it


@immutable
class Change:
    """In a comparison: words that came, went or moved. `kind` is INSERTED, DELETED, MOVED_FROM or MOVED_TO."""

    inline: Text | Value | Term | Ref | Open | Break
    kind: str


Inline = Text | Value | Term | Ref | Open | Break | Change


@immutable
class Paragraph:
    """A paragraph. Level 0 is a paragraph of its clause, 1 is (a), 2 is (i), 3 is (A).

    `label` is its own number as printed ("12.1", "(a)"; empty for the only paragraph of a clause), `number` the full
    one by which others refer to it ("12.1(a)"). In a comparison, `revision` says what has happened to the whole of it,
    and `was` is the id that it had.
    """

    id: str
    inlines: tuple[Inline, ...]
    level: int = 0
    label: str = ""
    number: str = ""
    revision: str = ""
    was: str = ""

    @property
    def defines(self) -> bool:
        """Whether it defines a term, and so has no number of its own."""
        first = self.inlines[0] if self.inlines else None
        term = first.inline if isinstance(first, Change) else first
        return isinstance(term, Term) and term.defines


@immutable
class Column:
    """A column of a table. `numeric` columns are set flush right."""

    title: str
    numeric: bool = False


@immutable
class Row:
    """A row of a table, one sequence of inlines for each column."""

    id: str
    cells: tuple[tuple[Inline, ...], ...]
    revision: str = ""


@immutable
class Table:
    """A table with a header row."""

    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    revision: str = ""


Block = Paragraph | Table


@immutable
class Clause:
    """A numbered clause. `label` is "12.", `number` is "12"; of a schedule, both are "Schedule 1".

    In the parts of the parties and of the background a clause has neither number nor heading: its items are numbered.
    In a comparison, `revised` is the title with its changes, and `before` the clause as it was.
    """

    id: str
    title: str
    blocks: tuple[Block, ...]
    binding: bool = False
    label: str = ""
    number: str = ""
    revision: str = ""
    revised: tuple[Inline, ...] = ()
    before: Clause | None = None

    @property
    def heading(self) -> tuple[Inline, ...]:
        """The title as inlines."""
        return self.revised or (Text(self.title),)


@immutable
class Part:
    """A part of the paper under its own band. `heading` is the whole line ("Part A – Commercial terms").

    `kind` is `terms`, or one of an agreement's `parties`, (1), and `recitals`, (A).
    """

    id: str
    heading: str
    clauses: tuple[Clause, ...]
    binding: bool = False
    kind: str = "terms"
    revision: str = ""
    revised: tuple[Inline, ...] = ()


@immutable
class SignatureLine:
    """A line to fill in: "Name", "Title", "Date". `inlines` is empty where it is left blank."""

    label: str
    inlines: tuple[Inline, ...] = ()


@immutable
class Signature:
    """The signature block of one signatory of one party."""

    id: str
    lead: str
    party: tuple[Inline, ...]
    lines: tuple[SignatureLine, ...]
    revision: str = ""


@immutable
class OpenPoint:
    """A point that the draft leaves open: what it is, where it is printed, whose turn it is."""

    path: str
    what: str
    target: str
    by: str = ""
    number: str = ""


@immutable
class CoverParty:
    """A party as the front page names it: "Pulsara Devices GmbH", "as Device maker"."""

    name: tuple[Inline, ...]
    role: tuple[Inline, ...] = ()


@immutable
class Cover:
    """The front page: when the paper is dated, and between whom it is made."""

    date: str
    between: str
    joins: str
    parties: tuple[CoverParty, ...]


@immutable
class Furniture:
    """What stands around the text. Lines of `first_left` are set one below the other on page one.

    `internal` warns at the head of a paper that holds the notes of one side.
    """

    first_left: tuple[str, ...] = ()
    left: str = ""
    right: str = ""
    footer: str = ""
    page_of: str = "Page {page} of {pages}"
    watermark: str = ""
    internal: str = "Internal: not to be sent"


@immutable
class Standing:
    """What stands above and around the text, as inlines; in a comparison, with its changes.

    `draft` is what the front page says of a draft, `legend` are the lines of the first page.
    """

    draft: tuple[Inline, ...] = ()
    title: tuple[Inline, ...] = ()
    subtitle: tuple[Inline, ...] = ()
    date: tuple[Inline, ...] = ()
    legend: tuple[Paragraph, ...] = ()
    left: tuple[Inline, ...] = ()
    right: tuple[Inline, ...] = ()
    footer: tuple[Inline, ...] = ()


@immutable
class Words:
    """Standing words of the form that the writers print.

    `schedule` is the pattern of the label of a schedule, and without `contents` there is no table of contents. A word
    for the `signature` that ends in a colon ("By:") stands before the line to sign on, another below it.
    """

    term: str = "Term"
    summary: str = "Summary"
    open_points: str = "Open points"
    signatures: str = "Signatures"
    signature: str = "Signature"
    paragraph: str = "paragraph"
    contents: str = ""
    schedule: str = "Schedule {}"


@immutable
class Document:
    """A whole paper, ready to be written.

    `layout` is `columns` (a table with the headings at left) or `clauses` (one column, as long agreements are set). The
    signatures stand at the end, or before the schedules. In a comparison, `revised` is what stands around the text.
    """

    title: str
    subtitle: str
    intro: tuple[Paragraph, ...]
    parts: tuple[Part, ...]
    closing: tuple[Paragraph, ...]
    signatures: tuple[Signature, ...]
    schedules: tuple[Clause, ...] = ()
    cover: Cover | None = None
    form: str = "term-sheet"
    layout: str = "columns"
    signatures_last: bool = True
    language: str = "en-GB"
    paper: str = "a4"
    theme: str = "modern"
    furniture: Furniture = Furniture()
    words: Words = Words()
    open_points: tuple[OpenPoint, ...] = ()
    subject: str = ""
    keywords: tuple[str, ...] = ()
    revised: Standing | None = None

    @property
    def standing(self) -> Standing:
        """What stands above and around the text."""
        if self.revised:
            return self.revised
        page, date = self.furniture, self.cover.date if self.cover else ""
        return Standing(
            draft=_line(page.right if page.watermark else ""),
            title=_line(self.title),
            subtitle=_line(self.subtitle),
            date=_line(date),
            legend=tuple(Paragraph(line, _line(line)) for line in page.first_left if line),
            left=_line(page.left),
            right=_line(page.right),
            footer=_line(page.footer),
        )

    def clauses(self) -> Iterator[Clause]:
        """Every clause, in the order of the paper, and then the schedules."""
        for part in self.parts:
            yield from part.clauses
        yield from self.schedules

    def blocks(self) -> Iterator[Block]:
        """Every block: those above the clauses, those of the clauses and schedules, and those above the signatures."""
        yield from self.intro
        for clause in self.clauses():
            yield from clause.blocks
        yield from self.closing

    def inlines(self) -> Iterator[Inline]:
        """Every inline, in the order of the paper."""
        for party in self.cover.parties if self.cover else ():
            yield from (*party.name, *party.role)
        for block in self.blocks():
            yield from block_inlines(block)
        for signature in self.signatures:
            yield from signature.party
            for line in signature.lines:
                yield from line.inlines


def block_inlines(block: Block) -> Iterator[Inline]:
    """The inlines of a paragraph, or of every cell of a table."""
    if isinstance(block, Paragraph):
        yield from block.inlines
        return
    for row in block.rows:
        for cell in row.cells:
            yield from cell


def _line(text: str) -> tuple[Inline, ...]:
    return (Text(text),) if text else ()


def fate(inlines: tuple[Inline, ...]) -> str:
    """In a comparison: what has happened to all of these inlines alike, such as INSERTED; or nothing."""
    kinds = {inline.kind if isinstance(inline, Change) else "" for inline in inlines}
    return kinds.pop() if len(kinds) == 1 else ""


def shown(inlines: tuple[Inline, ...]) -> str:
    """The inlines as plain text, just as every writer prints their words."""
    return "".join(map(_shown, inlines))


def printed(inlines: tuple[Inline, ...]) -> str:
    """The same; of a comparison, also what went."""
    if Change in map(type, inlines):
        inlines = tuple(one.inline if isinstance(one, Change) else one for one in inlines)
    return shown(inlines)


def _shown(inline: Inline) -> str:
    if isinstance(inline, Text):
        return inline.text
    if isinstance(inline, Term):
        return f"{inline.marks[0]}{inline.text}{inline.marks[1]}" if inline.defines else inline.text
    if isinstance(inline, Break):
        return "\n"
    if isinstance(inline, Change):
        return "" if inline.kind in GONE else _shown(inline.inline)
    return inline.shown
