"""One HTML page that needs nothing else: to read on a screen or a phone, to print, to send.

No script, no font and no picture is loaded, and nothing is in it that the paper does not say. Every block has its own
id, made from that of the Document; numbers are printed as text, so that they are found and copied. `Notes` are what a
preview sets beside the clauses; a file that is sent has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import groupby, pairwise
from unicodedata import bidirectional
from urllib.parse import quote

from termsheet.document import (
    GONE,
    Block,
    Break,
    Change,
    Clause,
    Cover,
    CoverParty,
    Document,
    Inline,
    Open,
    OpenPoint,
    Paragraph,
    Part,
    Ref,
    Row,
    Signature,
    SignatureLine,
    Standing,
    Table,
    Term,
    Text,
    Value,
    Words,
    printed,
)
from termsheet.immutable import immutable
from termsheet.writers.stylesheet import stylesheet

_BROAD = 48  # signs side by side from which on a table takes the whole width of a term sheet
_LONG = 28  # signs of a word from which on it may be cut in a table
_RIGHT_TO_LEFT = frozenset(("R", "AL"))
_OF_PAGE = "page/"  # what the ids begin with that are of no block
_NO_BREAK_SPACE = "\u00a0"


@immutable
class Notes:
    """What a preview adds, as HTML: at the end of the head, above the paper, and beside the clauses by their ids."""

    head: str = ""
    above: str = ""
    beside: Mapping[str, str] = {}


def write(document: Document, notes: Notes | None = None) -> str:
    """The whole paper as one page. With `notes`, values tell the path that they come from.

    Raises WriteError for a theme or a paper that does not exist.
    """
    return _Page(document, notes).whole()


class _Anchors:
    """The ids of a page: no two are alike, and what points to a block finds the first of its id."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._taken: set[str] = set()
        self._placed: set[str] = set()

    def place(self, key: str) -> str:
        """The attribute that gives the next block of that id its own."""
        name, count = self._name(key), 1
        while name in self._placed:
            count += 1
            name = f"{self._name(key)}-{count}"
        self._placed.add(name)
        return f' id="{escape(name)}"'

    def to(self, key: str) -> str:
        """The attribute that leads to a block."""
        return f' href="#{quote(self._name(key), safe="/")}"'

    def _name(self, key: str) -> str:
        if key not in self._names:
            name = re.sub(r"\s+", "-", key)
            while name in self._taken:
                name += "-"
            self._names[key] = name
            self._taken.add(name)
        return self._names[key]


class _Page:
    def __init__(self, document: Document, notes: Notes | None) -> None:
        self.document = document
        self.words: Words = document.words
        self.page: Standing = document.standing
        self.notes = notes or Notes()
        self.annotated = notes is not None
        self.anchors = _Anchors()

    def whole(self) -> str:
        document = self.document
        lines = [
            "<!DOCTYPE html>",
            f'<html lang="{escape(document.language)}">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="robots" content="noindex">',
            f"<title>{escape(' – '.join(filter(None, (document.title, document.subtitle))))}</title>",
            f"<style>{stylesheet(document)}</style>{self.notes.head}",
            "</head>",
            f'<body class="{escape(document.layout)}">',
            self._skip(),
            *self._watermark(),
            self.notes.above,
            '<div class="sheet">',
            *(self._cover(document.cover) if document.cover else self._title()),
            *self._contents(),
            f"<main{self.anchors.place(_OF_PAGE + 'main')}>",
            *self._main(),
            "</main>",
            *([f"<footer>{self._inlines(self.page.footer)}</footer>"] * bool(self.page.footer)),
            "</div>",
            "</body>",
            "</html>",
        ]
        return "\n".join(filter(None, lines)) + "\n"

    # -- what stands above the text

    def _skip(self) -> str:
        """The way past the front page and the contents, called as what it leads to."""
        parts = self.document.parts
        name = parts[0].heading if parts else self.document.title
        return f'<a class="skip"{self.anchors.to(_OF_PAGE + "main")}>{escape(name)}</a>'

    def _watermark(self) -> Iterator[str]:
        if mark := self.document.furniture.watermark:
            yield f'<div class="watermark" aria-hidden="true">{escape(mark)}</div>'

    def _legend(self) -> str:
        left = "<br>".join(self._inlines(line.inlines) for line in self.page.legend)
        return f'<div class="legend"><p class="status">{left}</p><p>{self._inlines(self.page.right)}</p></div>'

    def _title(self) -> Iterator[str]:
        yield f"<header>{self._legend()}"
        yield from self._headline()
        yield "</header>"

    def _headline(self) -> Iterator[str]:
        yield f"<h1>{self._inlines(self.page.title)}</h1>"
        if self.page.subtitle:
            yield f'<p class="subtitle">{self._inlines(self.page.subtitle)}</p>'

    def _cover(self, cover: Cover) -> Iterator[str]:
        yield f'<header class="cover">{self._legend()}'
        yield f'<p class="date">{self._inlines(self.page.date)}</p>'
        yield '<div class="headline">'
        yield from self._headline()
        yield "</div>"
        joins = (cover.between, *[cover.joins] * len(cover.parties))
        for word, party in zip(joins, cover.parties, strict=False):
            yield f'<p class="joins">{escape(word)}</p>'
            yield from self._cover_party(party)
        yield "</header>"

    def _cover_party(self, party: CoverParty) -> Iterator[str]:
        yield f'<p class="party">{self._inlines(party.name)}</p>'
        if party.role:
            yield f'<p class="role">{self._inlines(party.role)}</p>'

    def _contents(self) -> Iterator[str]:
        if not self.words.contents:
            return
        heading = _OF_PAGE + "contents"
        yield f'<nav class="contents" aria-labelledby="{heading}">'
        yield f"<h2{self.anchors.place(heading)}>{escape(self.words.contents)}</h2>"
        yield "<ul>"
        for clause in self.document.clauses():
            if clause.label and clause.revision not in GONE:
                kind = ' class="later"' if clause in self.document.schedules else ""
                words = f"{_label(clause.label)}{escape(clause.title)}"
                yield f'<li{kind}><a{self.anchors.to(clause.id)}>{words}</a></li>'
        yield "</ul></nav>"

    # -- the text

    def _main(self) -> Iterator[str]:
        document = self.document
        for paragraph in document.intro:
            yield self._paragraph(paragraph)
        yield from self._open_points(document.open_points)
        if document.layout == "columns":
            heads = (self.words.term, self.words.summary)
            yield f'<div class="heads">{"".join(f"<span>{escape(head)}</span> " for head in heads)}</div>'
        for part in document.parts:
            yield from self._part(part)
        ending = [self._schedules(document.schedules), self._signatures(document)]
        for end in ending if document.signatures_last else reversed(ending):
            yield from end

    def _open_points(self, points: Sequence[OpenPoint]) -> Iterator[str]:
        if not points:
            return
        heading = _OF_PAGE + "open"
        yield f'<section class="open" aria-labelledby="{heading}">'
        yield f"<h2{self.anchors.place(heading)}>{escape(self.words.open_points)}</h2>"
        yield "<ul>"
        for point in points:
            where = f"{self.words.paragraph}{_NO_BREAK_SPACE}{point.number} " if point.number else ""
            whose = f' <span class="whose">– {escape(point.by)}</span>' if point.by else ""
            link = f'<span class="where">{escape(where)}</span>{escape(point.what)}'
            yield f"<li><a{self.anchors.to(point.target)}>{link}</a>{whose}</li>"
        yield "</ul></section>"

    def _part(self, part: Part) -> Iterator[str]:
        binding = " binding" if part.binding else ""
        yield f'<section class="part {escape(part.kind)}{binding}">'
        heading = self._inlines(part.revised) or escape(part.heading)
        yield f"<h2{self.anchors.place(f'{_OF_PAGE}part/{part.id}')}>{heading}</h2>"
        for clause in part.clauses:
            yield from self._clause(clause)
        yield "</section>"

    def _clause(self, clause: Clause) -> Iterator[str]:
        yield self.notes.beside.get(clause.id, "")
        yield f'<section class="clause"{self.anchors.place(clause.id)}>'
        if clause.label:
            yield f"<h3>{_label(clause.label, clause.revision)}{self._inlines(clause.heading)}</h3>"
        yield from self._blocks(clause)
        yield "</section>"

    def _schedules(self, schedules: Sequence[Clause]) -> Iterator[str]:
        for schedule in schedules:
            yield from self._schedule(schedule)

    def _schedule(self, schedule: Clause) -> Iterator[str]:
        yield self.notes.beside.get(schedule.id, "")
        yield f'<section class="schedule"{self.anchors.place(schedule.id)}>'
        label = _changed(escape(schedule.label), schedule.revision)
        yield f'<h2><span class="which">{label}</span> {self._inlines(schedule.heading)}</h2>'
        yield from self._blocks(schedule)
        yield "</section>"

    def _blocks(self, clause: Clause) -> Iterator[str]:
        """The text of a clause; what is too broad for its column stands below the heading."""
        numbered = any(isinstance(block, Paragraph) and block.label and not block.level for block in clause.blocks)
        for broad, blocks in groupby(clause.blocks, _is_broad):
            kind = "broad" if broad else "text numbered" if numbered else "text"
            yield f'<div class="{kind}">'
            for block in blocks:
                yield self._table(block) if isinstance(block, Table) else self._paragraph(block)
            yield "</div>"

    def _paragraph(self, paragraph: Paragraph) -> str:
        label = _label(paragraph.label, paragraph.revision) if paragraph.label else ""
        kind = f' class="level-{paragraph.level}{" item" if label else ""}"'
        return f"<p{kind}{self.anchors.place(paragraph.id)}>{label}{self._inlines(paragraph.inlines)}</p>"

    def _table(self, table: Table) -> str:
        """A table that can be moved aside where it is broader than the screen."""
        place = self.anchors.place(table.id)
        heads = "".join(
            f'<th scope="col"{_numeric(column.numeric)}>{_changed(escape(column.title), table.revision)}</th>'
            for column in table.columns
        )
        rows = "\n".join(self._row(row, table) for row in table.rows)
        kind = "table tight" if max(_needs(table)) > _LONG else "table"
        return (
            f'<div class="{kind}" role="group" aria-label="{escape(table.caption)}" tabindex="0">'
            f"<table{place}><caption>{escape(table.caption)}</caption>\n"
            f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody></table></div>"
        )

    def _row(self, row: Row, table: Table) -> str:
        first, *others = (
            (_numeric(column.numeric), self._inlines(cell))
            for column, cell in zip(table.columns, row.cells, strict=True)
        )
        cells = "".join(f"<td{look}>{words}</td>" for look, words in others)
        return f'<tr><th scope="row"{first[0]}>{first[1]}</th>{cells}</tr>'

    # -- signatures

    def _signatures(self, document: Document) -> Iterator[str]:
        if not document.signatures and not document.closing:
            return
        heading = _OF_PAGE + "signatures"
        yield f'<section class="signatures" aria-labelledby="{heading}">'
        yield f"<h2{self.anchors.place(heading)}>{escape(self.words.signatures)}</h2>"
        for paragraph in document.closing:
            yield self._paragraph(paragraph)
        yield '<div class="signers">'
        for signature in document.signatures:
            yield self._signature(signature)
        yield "</div></section>"

    def _signature(self, signature: Signature) -> str:
        word = self.words.signature
        before = [SignatureLine(word.rstrip(":"))] if word.endswith(":") else []
        kind = signature.revision
        lines = "\n".join(
            f"<div><dt>{_changed(escape(line.label), kind)}:</dt> "
            f'<dd{"" if line.inlines else _BLANK}>{self._inlines(line.inlines)}</dd></div>'
            for line in (*before, *signature.lines)
        )
        lead = f"{_changed(escape(signature.lead), kind)}<br>" if signature.lead else ""
        hand = "" if before else f'<p class="hand">{_changed(escape(word), kind)}</p>\n'
        return (
            f'<div class="signer"{self.anchors.place(signature.id)}>\n'
            f"<p>{lead}<strong>{self._inlines(signature.party)}</strong></p>\n"
            f"{hand}<dl>\n{lines}\n</dl>\n</div>"
        )

    # -- inlines

    def _inlines(self, inlines: tuple[Inline, ...]) -> str:
        followed = pairwise((*inlines, Break()))
        return "".join(self._inline(inline, following) for inline, following in followed)

    def _inline(self, inline: Inline, following: Inline) -> str:
        match inline:
            case Text():
                words = _kept_to_number(inline.text) if isinstance(following, Ref) else inline.text
                return _set(_escaped(words), inline.strong, inline.emphasis)
            case Value():
                return self._from_deal(inline)
            case Term(defines=True):
                return f"{escape(inline.marks[0])}<dfn>{_escaped(inline.text)}</dfn>{escape(inline.marks[1])}"
            case Term():
                return _escaped(inline.text)
            case Ref():
                return f"<a{self.anchors.to(inline.target)}>{escape(inline.shown)}</a>" if inline.shown else ""
            case Open():
                listed = f' aria-describedby="{_OF_PAGE}open"' if self._is_listed(inline) else ""
                return f"<mark{listed}{self._path(inline.path)}>{_escaped(inline.shown)}</mark>"
            case Break():
                return "<br>"
            case Change(inline=Ref() as reference) if inline.kind in GONE:  # what it led to may be no more
                return _changed(escape(reference.shown), inline.kind)
            case Change():
                return _changed(self._inline(inline.inline, following), inline.kind)

    def _from_deal(self, value: Value) -> str:
        words, path = _set(_escaped(value.shown), value.strong), self._path(value.path)
        if not value.shown.isascii() and not _RIGHT_TO_LEFT.isdisjoint(map(bidirectional, value.shown)):
            return f"<bdi{path}>{words}</bdi>"
        return f"<span{path}>{words}</span>" if path else words

    def _is_listed(self, inline: Open) -> bool:
        return any(point.path == inline.path for point in self.document.open_points)

    def _path(self, path: str) -> str:
        if not self.annotated:
            return ""
        where = escape(path)
        return f' class="value" data-path="{where}" title="{where}"'


_BLANK = ' class="blank"'


def _label(label: str, kind: str = "") -> str:
    """A number that hangs in the margin. The space after it is its own, so that it is copied with it."""
    return f'<span class="label">{_changed(escape(label), kind)} </span>'


def _changed(words: str, kind: str) -> str:
    """Words that came or went, in a comparison."""
    tag = "del" if kind in GONE else "ins"
    return f"<{tag}>{words}</{tag}>" if kind and words else words


def _numeric(numeric: bool) -> str:
    return ' class="number"' if numeric else ""


def _is_broad(block: Block) -> bool:
    """Whether a table needs more room than the column of a term sheet has: words are not cut, figures not wrapped."""
    return isinstance(block, Table) and sum(needed + 2 for needed in _needs(block)) > _BROAD


def _needs(table: Table) -> Iterator[int]:
    """The least width of each column, in signs."""
    for place, column in enumerate(table.columns):
        cells = [column.title, *(printed(row.cells[place]) for row in table.rows)]
        yield max(len(piece) for cell in cells for piece in ([cell] if column.numeric else cell.split(" ")))


def _set(words: str, strong: bool, emphasis: bool = False) -> str:
    words = f"<em>{words}</em>" if emphasis else words
    return f"<strong>{words}</strong>" if strong else words


def _escaped(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _kept_to_number(text: str) -> str:
    """A number never stands at the start of a line without the word before it."""
    return text[:-1] + _NO_BREAK_SPACE if text.endswith(" ") else text
