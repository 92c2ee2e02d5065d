"""The lines of what was sent: each passage of the paper with its clause, its number and the values that it shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from termsheet.document import Block, Clause, Document, Inline, Open, Paragraph, Ref, Value, shown
from termsheet.immutable import immutable, replace
from termsheet.pattern import pattern
from termsheet.returned.prose import plain
from termsheet.review.align import Line, aligned, steps
from termsheet.review.paper import Passage, bare, full

_TOKEN = pattern(r"[^\W_]+|\S")


class Place(NamedTuple):
    """Where something stands: the number and the title of its clause, and the clause's id."""

    number: str = ""
    title: str = ""
    clause: str = ""


NOWHERE = Place()


class Held(NamedTuple):
    """A value that a line shows, and where in its text."""

    path: str
    shown: str
    start: int
    end: int


@immutable
class SentLine:
    """A passage of what was sent. `shown` is its text as the document has it, in which the values have their places."""

    passage: Passage
    place: Place = NOWHERE
    shown: str = ""
    values: tuple[Held, ...] = ()

    @property
    def text(self) -> str:
        """Its text in the file."""
        return self.passage.after


@immutable
class _Known:
    text: str
    shown: str
    place: Place
    values: tuple[Held, ...] = ()


def lines(document: Document, passages: Sequence[Passage]) -> list[SentLine]:
    """The passages of what was sent, each with what the document knows of it."""
    known = [one for one in _known(document) if bare(one.text)]
    pairs = aligned([Line(one.text) for one in known], [Line(passage.after) for passage in passages])
    found = {pair.new: known[pair.old] for pair in pairs}
    made: list[SentLine] = []
    place = Place(title=document.title)
    for number, passage in enumerate(passages):
        one = found.get(number)
        if one is None:
            made.append(SentLine(passage, place))
        else:
            place = one.place
            made.append(SentLine(passage, place, one.shown, one.values))
    return made


def touched(line: SentLine, after: str) -> list[str]:
    """The paths of the values of a line that a newer text no longer shows as they were."""
    if not line.values:
        return []
    spans = [match.span() for match in _TOKEN.finditer(line.shown)]
    old = [plain(line.shown[start:end]) for start, end in spans]
    new = [plain(word) for word in _TOKEN.findall(full(after))]
    found: dict[str, None] = {}
    for tag, start, end, _, _ in steps(old, new):
        if tag == "equal":
            continue
        if start < end:
            low, high = spans[start][0], spans[end - 1][1]
            hit = [one for one in line.values if one.start < high and one.end > low]
        else:  # words put in: within a value, not beside it
            at = spans[start][0] if start < len(spans) else len(line.shown)
            hit = [one for one in line.values if one.start < at < one.end]
        found.update(dict.fromkeys(one.path for one in hit))
    return list(found)


def _known(document: Document) -> Iterator[_Known]:
    home = Place(title=document.title)
    yield _line((), home, document.title)
    yield _line((), home, document.subtitle)
    if document.cover:
        yield _line((), home, document.cover.date)
        for party in document.cover.parties:
            yield _line(party.name, home)
            yield _line(party.role, home)
    for block in document.intro:
        yield from _block(block, home)
    for part in document.parts:
        yield _line((), Place(title=part.heading), part.heading)
        if document.layout == "columns":
            yield _line((), Place(title=part.heading), document.words.term)
            yield _line((), Place(title=part.heading), document.words.summary)
        for clause in part.clauses:
            yield from _clause(clause)
    ends = (_schedules, _signatures) if document.signatures_last else (_signatures, _schedules)
    for block in document.closing:
        yield from _block(block, home)
    for end in ends:
        yield from end(document)


def _schedules(document: Document) -> Iterator[_Known]:
    for schedule in document.schedules:
        yield from _clause(schedule)


def _signatures(document: Document) -> Iterator[_Known]:
    place = Place(title=document.words.signatures)
    for signature in document.signatures:
        yield _line((), place, signature.lead)
        yield _line(signature.party, place)
        for line in signature.lines:
            yield _line(line.inlines, place)


def _clause(clause: Clause) -> Iterator[_Known]:
    place = Place(clause.number, clause.title, clause.id)
    yield _line((), place, clause.title)
    for block in clause.blocks:
        yield from _block(block, place)


def _block(block: Block, place: Place) -> Iterator[_Known]:
    if isinstance(block, Paragraph):
        yield _line(block.inlines, _numbered(place, block.number))
        return
    for column in block.columns:
        yield _line((), place, column.title)
    for row in block.rows:
        for cell in row.cells:
            yield _line(cell, place)


def _numbered(place: Place, number: str) -> Place:
    """The same place with the full number of a paragraph, where it has one."""
    return place._replace(number=number) if number else place


def _line(inlines: Sequence[Inline], place: Place, words: str = "") -> _Known:
    text, said, values = words, words, []
    for inline in inlines:
        one = shown((inline,))
        if isinstance(inline, Value | Open):
            values.append(Held(inline.path, one, len(said), len(said) + len(one)))
        said += one
        text += f"\ue000{one}\ue001" if isinstance(inline, Ref) else one
    return _Known(text, said, place, tuple(values))


def unbookmarked(passage: Passage) -> Passage:
    """A passage without bookmarks that editors set for themselves."""
    ours = frozenset(name for name in passage.bookmarks if name.startswith("_Ref_"))
    return replace(passage, bookmarks=ours)
