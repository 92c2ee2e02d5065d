"""The text of a Word file, passage by passage: as it was before its tracked changes, as it is after them, and what
was said in its comments.

A passage is a paragraph; where a tracked change joins or splits paragraphs, it is all of them. Formatting, headers and
automatic numbers are no text. The result of a reference is marked, since a number that only counts on is no change.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from termsheet.errors import TermsheetError
from termsheet.immutable import immutable
from termsheet.pattern import pattern
from termsheet.returned.package import Package
from termsheet.returned.prose import plain

MOST_PASSAGES, MOST_COMMENTS, LONGEST = 10_000, 2_000, 2_000_000
IN, OUT, BOTH = "in", "out", "both"
_LEFT = "left"  # taken out by a change that counts as accepted

_SPELT = {"w tab": " ", "w br": "\n", "w cr": "\n", "w noBreakHyphen": "-", "w ptab": " "}
_FALLBACK = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"
_FORMULA = "http://schemas.openxmlformats.org/officeDocument/2006/math t"
_KINDS = {"w ins": IN, "w moveTo": IN, "w del": OUT, "w moveFrom": OUT, "w cellIns": IN, "w cellDel": OUT}
_LABEL = pattern(
    r"(?:[^\W\d_]{1,20}\.?\s)?(?:\d{1,3}|\([0-9a-zA-Z]{1,5}\))(?:\.\d{1,3})*\.?(?:\([0-9a-zA-Z]{1,5}\))*"
)
_LOST = pattern(r"(?:Error|Fehler)\s?[:!]")  # what a reference shows whose clause is gone
_FIELD = pattern("\ue000[^\ue001]*\ue001")
_FIELDS = pattern("(?:\ue000[^\ue001]*\ue001)+")
_WORD = pattern(r"[^\W\d_]{2,}(?=\.?\s)")
_SPACE = " \t\n\r\u00a0\u200b\u200d"
_OWN = pattern("[\ue000\ue001]")


class Mark(NamedTuple):
    """Who made a change or a comment, and when. Both may be empty."""

    who: str = ""
    when: str = ""


NOBODY = Mark()


class Piece(NamedTuple):
    """Words of a passage: `kind` is IN or OUT where they came or went in a tracked change, BOTH where one after the
    other, or else empty."""

    text: str
    kind: str = ""
    mark: Mark = NOBODY
    moved: bool = False


@dataclass
class Comment:
    """A comment, and the words that it is about."""

    id: str
    mark: Mark
    text: str = ""
    about: str = ""


@dataclass
class _Raw:
    """A paragraph of the file. `ends` is what a tracked change did to its end."""

    pieces: list[Piece] = field(default_factory=list)
    ends: str = ""
    mark: Mark = NOBODY
    moved: bool = False
    style: str = ""
    cell: int = 0
    row: int = 0
    note: str = ""
    listed: bool = False
    bookmarks: set[str] = field(default_factory=set)
    comments: list[str] = field(default_factory=list)


@immutable
class Passage:
    """A passage. `before` and `after` are empty where it was not there, or is no longer there."""

    before: str
    after: str
    pieces: tuple[Piece, ...] = ()
    style: str = ""
    row: int = 0
    note: str = ""
    listed: bool = False
    bookmarks: frozenset[str] = frozenset()
    comments: tuple[str, ...] = ()

    @property
    def marks(self) -> list[Mark]:
        """Who changed it, each once, in order."""
        return list(dict.fromkeys(piece.mark for piece in self.pieces if piece.kind in (IN, OUT)))

    @property
    def moved(self) -> bool:
        """Whether all that changed in it is marked as moved."""
        changed = [piece for piece in self.pieces if piece.kind in (IN, OUT) and piece.text.strip()]
        return bool(changed) and all(piece.moved for piece in changed)


@immutable
class Paper:
    """All that was read of a file."""

    passages: tuple[Passage, ...]
    comments: dict[str, Comment]


def full(text: str) -> str:
    """A text with the numbers of its references as they stand there."""
    return _OWN.sub("", text)


def renumbered(text: str, other: str) -> str:
    """A text with the numbers of its references as another has them, where both have as many: they count on alone."""
    theirs = _FIELD.findall(other)
    if len(theirs) != len(_FIELD.findall(text)):
        return text
    told = iter(theirs)
    return _FIELD.sub(lambda _: next(told), text)


def bare(text: str) -> str:
    """What a text is known by: without the numbers of its references, and without what editors change themselves."""
    return plain(_FIELDS.sub(_unnumbered, text))


def _unnumbered(field: re.Match[str]) -> str:
    word = _WORD.match(full(field[0]))
    return f"{word[0]} §" if word else "§"


def alike(one: str, other: str) -> bool:
    """Whether two texts say the same."""
    return bare(one) == bare(other) or plain(full(one)) == plain(full(other))


def read(package: Package, settled: Collection[Mark] = ()) -> Paper:
    """Read a file; the changes that bear one of the marks `settled` count as accepted, and are no changes.

    Raises TermsheetError for what is beyond all bounds.
    """
    notes = [name for name in ("word/footnotes.xml", "word/endnotes.xml") if name in package.names]
    reader = _Reader(package, settled)
    reader.walk(package.main)
    for name in notes:
        reader.walk(name, "footnote" if "foot" in name else "endnote")
    passages = [one for raws in _stretches([*_run_on(reader.raws)]) for one in _passages(raws)]
    comments = _comments(package) if "word/comments.xml" in package.names else {}
    for id, about in reader.about.items():
        if id in comments:
            comments[id].about = plain(full("".join(about)))
    return Paper(tuple(unlisted(passages)), comments)


class _Field:
    """A field while it is read."""

    def __init__(self, kind: str, code: str = "", holder: _Raw | None = None) -> None:
        self.kind, self.code = kind, code
        self.result = holder is not None
        self.holder, self.start = holder, len(holder.pieces) if holder else 0

    def shows(self, holder: _Raw | None) -> None:
        """From here on stands what it shows."""
        self.result, self.holder, self.start = True, holder, len(holder.pieces) if holder else 0

    def ended(self) -> None:
        """Mark what it shows as a number, if it is one, and no tracked change is within it."""
        if self.holder is None or self.name not in ("REF", "PAGEREF", "NOTEREF"):
            return
        pieces = [piece for piece in self.holder.pieces[self.start :] if piece.text]
        if pieces and all(piece.kind == self.kind for piece in pieces):
            words = full("".join(piece.text for piece in pieces))
            if _LABEL.fullmatch(words.strip()) or _LOST.match(words):
                self.holder.pieces[self.start :] = [pieces[0]._replace(text=f"\ue000{words}\ue001")]

    @property
    def name(self) -> str:
        return (self.code.split() or [""])[0].upper()


class _Reader:
    """What stands in a part, paragraph by paragraph."""

    def __init__(self, package: Package, settled: Collection[Mark]) -> None:
        self.package, self.settled = package, settled
        self.raws: list[_Raw] = []
        self.about: dict[str, list[str]] = {}
        self.length = 0
        self.count = 0
        self._clear("")

    def walk(self, part: str, note: str = "") -> None:
        self._clear(note)
        self.package.walk(part, self._start, self._end, self._words)

    def _clear(self, note: str) -> None:
        self.note = note
        self.tags: list[str] = []
        self.open: list[_Raw] = []  # a text box stands within a paragraph
        self.changes: list[tuple[str, Mark, bool]] = []
        self.scopes: list[tuple[str, Mark]] = []  # rows and cells, with what happened to each
        self.cells: list[int] = [0]
        self.rows: list[int] = []
        self.fields: list[_Field] = []
        self.waiting: list[str] = []
        self.marked: set[str] = set()
        self.hidden = 0
        self.skipped = 0

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        above = self.tags[-1] if self.tags else ""
        self.tags.append(tag)
        self.hidden += tag == _FALLBACK
        if self.hidden or self.skipped:
            self.skipped += tag in ("w footnote", "w endnote")
            return
        if tag in ("w footnote", "w endnote") and attributes.get("w type", "normal") != "normal":
            self.skipped += 1
        elif tag == "w p":
            self._paragraph()
        elif tag in _KINDS:
            self._change(
                tag, above, Mark(attributes.get("w author", "")[:200], attributes.get("w date", "")[:40])
            )
        elif tag == "w tr" or tag == "w tc":
            self.count += 1
            (self.rows if tag == "w tr" else self.cells).append(self.count)
            self.scopes.append(("", Mark()))
        elif tag == "w fldChar":
            self._field(attributes.get("w fldCharType", ""))
        elif tag == "w fldSimple":
            holder = self.open[-1] if self.open else None
            self.fields.append(_Field(self._kind(), attributes.get("w instr", ""), holder))
        elif tag in ("w commentRangeStart", "w commentReference"):
            self._commented(attributes.get("w id", ""))
        elif tag == "w commentRangeEnd":
            self.marked.discard(attributes.get("w id", ""))
        elif tag == "w altChunk":
            self._paragraph()
            self._said("[another document, embedded]")
        elif not self.open:
            return
        elif tag in ("w drawing", "w pict", "w object"):
            self._said("[picture]")
        elif tag == "w pStyle" and above == "w pPr" and "w pPrChange" not in self.tags:
            self.open[-1].style = attributes.get("w val", "")
        elif tag == "w bookmarkStart":
            self.open[-1].bookmarks.add(attributes.get("w name", ""))
        elif tag in _SPELT and above == "w r":
            self._said(_SPELT[tag])
        elif tag == "w sym" and above == "w r":
            self._said(f"[{attributes.get('w font', '')} {attributes.get('w char', '')}]")

    def _end(self, tag: str) -> None:
        self.tags.pop()
        if tag == _FALLBACK:
            self.hidden -= 1
        if tag in ("w footnote", "w endnote") and self.skipped:
            self.skipped -= 1
        if self.hidden or self.skipped:
            return
        if tag in ("w p", "w altChunk") and self.open:
            self.open.pop()
        elif tag in _KINDS and self.tags and self.tags[-1] not in ("w rPr", "w trPr", "w tcPr"):
            if self.changes:
                self.changes.pop()
        elif tag == "w tr" and self.rows:
            self.rows.pop()
            self.scopes.pop()
        elif tag == "w tc" and len(self.cells) > 1:
            self.cells.pop()
            self.scopes.pop()
        elif tag == "w fldSimple" and self.fields:
            self.fields.pop().ended()

    def _words(self, text: str) -> None:
        if self.hidden or self.skipped or not self.open:
            return
        if self.tags[-1] in ("w instrText", "w delInstrText"):
            if self.fields and not self.fields[-1].result:
                self.fields[-1].code += text[:200]
        elif self.tags[-1] in ("w t", "w delText", _FORMULA):
            self._said(text)

    def _paragraph(self) -> None:
        if len(self.raws) >= MOST_PASSAGES:
            raise self.package.error(
                f"the file has more than {MOST_PASSAGES:,} paragraphs", "ask who sent it"
            )
        row = self.rows[-1] if self.rows else 0
        listed = any(one.name == "TOC" for one in self.fields)
        made = _Raw(cell=self.cells[-1], row=row, listed=listed, note=self.note, comments=self.waiting)
        self.waiting = []
        self.raws.append(made)
        self.open.append(made)

    def _change(self, tag: str, above: str, mark: Mark) -> None:
        kind, moved = _KINDS[tag], "move" in tag
        if mark in self.settled:
            kind = "" if kind == IN else _LEFT
        if above in ("w trPr", "w tcPr"):
            if self.scopes:
                self.scopes[-1] = (kind, mark)
        elif above == "w rPr":
            if self.open and len(self.tags) > 2 and self.tags[-3] == "w pPr":
                raw = self.open[-1]
                if not kind or raw.ends == _LEFT:
                    return
                raw.ends = BOTH if raw.ends and raw.ends != kind and kind != _LEFT else kind
                raw.mark, raw.moved = mark, moved
        else:
            self.changes.append((kind, mark, moved))

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self.fields.append(_Field(self._kind()))
        elif kind == "separate" and self.fields:
            self.fields[-1].shows(self.open[-1] if self.open else None)
            if self.fields[-1].name == "TOC" and self.open:
                self.open[-1].listed = True
        elif kind == "end" and self.fields:
            self.fields.pop().ended()

    def _commented(self, id: str) -> None:
        if id in self.about:
            return
        if len(self.about) >= MOST_COMMENTS:
            raise _crowded(self.package)
        self.about[id] = []
        (self.open[-1].comments if self.open else self.waiting).append(id)
        if self.tags[-1] == "w commentRangeStart":
            self.marked.add(id)

    def _said(self, text: str) -> None:
        if self.fields and not self.fields[-1].result:
            return
        self.length += len(text)
        if self.length > LONGEST:
            raise self.package.error(f"the file holds more than {LONGEST:,} characters", "ask who sent it")
        changes = self._around()
        if any(kind == _LEFT for kind, _, _ in changes):
            return
        text = _OWN.sub("", text)
        for id in self.marked:
            if len(self.about[id]) < 200:
                self.about[id].append(text[:200])
        _, mark, moved = changes[-1] if changes else ("", NOBODY, False)
        self.open[-1].pieces.append(Piece(text, self._kind(), mark, moved))

    def _around(self) -> list[tuple[str, Mark, bool]]:
        """The tracked changes around what is read."""
        rows = [(kind, mark, False) for kind, mark in self.scopes]
        return [change for change in (*rows, *self.changes) if change[0]]

    def _kind(self) -> str:
        kinds = {kind for kind, _, _ in self._around()}
        return BOTH if len(kinds) > 1 else next(iter(kinds), "")


def _run_on(raws: Sequence[_Raw]) -> Iterator[_Raw]:
    """The paragraphs; one whose end was taken out by a change that counts as accepted runs on in the next."""
    held: _Raw | None = None
    for place, raw in enumerate(raws):
        if held is not None:
            raw.comments[:0] = held.comments
            if held.pieces:
                raw.pieces[:0] = held.pieces
                raw.style, raw.bookmarks = held.style, raw.bookmarks | held.bookmarks
        after = raws[place + 1] if place + 1 < len(raws) else None
        if raw.ends == _LEFT:
            raw.ends = ""
            if after is not None and (after.cell, after.note) == (raw.cell, raw.note):
                held = raw
                continue
        held = None
        yield raw


def _stretches(raws: Sequence[_Raw]) -> Iterator[list[_Raw]]:
    """The paragraphs that a tracked change joins or splits, together; a cell and a note end what stands in it."""
    found: list[_Raw] = []
    for place, raw in enumerate(raws):
        found.append(raw)
        after = raws[place + 1] if place + 1 < len(raws) else None
        if raw.ends and after is not None and (after.cell, after.note) == (raw.cell, raw.note):
            continue
        yield from _apart(found)
        found = []


def _apart(raws: list[_Raw]) -> Iterator[list[_Raw]]:
    """Paragraphs that came or went as wholes are passages of their own; what is left belongs together."""
    ends = {raw.ends for raw in raws[:-1]}
    if ends == {IN} and sum(_has(raw, OUT) for raw in raws) <= 1:
        yield from ([raw] for raw in raws)
        return
    if ends == {OUT} and sum(_has(raw, IN) for raw in raws) <= 1:
        yield from ([raw] for raw in raws)
        return
    left: list[_Raw] = []
    for raw in raws:
        if (
            (raw.ends == IN and not _has(raw, OUT))
            or (raw.ends == OUT and not _has(raw, IN))
            or raw.ends == BOTH
        ):
            if left and left[-1].ends:
                left.append(raw)
                continue
            yield [raw]
        else:
            left.append(raw)
            if not raw.ends:
                yield left
                left = []
    if left:
        yield left


def _has(raw: _Raw, side: str) -> bool:
    """Whether it has words on one side of its changes: OUT the older, IN the newer."""
    return any(piece.kind in ("", side) and piece.text.strip() for piece in raw.pieces)


def _passages(raws: list[_Raw]) -> Iterator[Passage]:
    before = _side(raws, OUT)
    after = _side(raws, IN)
    comments = tuple(id for raw in raws for id in raw.comments)
    if before or after or comments:
        pieces = [piece for raw in raws for piece in raw.pieces]
        if len(raws) > 1:
            pieces += [Piece("\n", raw.ends, raw.mark, raw.moved) for raw in raws[:-1] if raw.ends]
        bookmarks = frozenset(one for raw in raws for one in raw.bookmarks)
        listed = any(raw.listed for raw in raws)
        yield Passage(
            before,
            after,
            tuple(pieces),
            raws[0].style,
            raws[0].row,
            raws[0].note,
            listed,
            bookmarks,
            comments,
        )


def _side(raws: list[_Raw], kind: str) -> str:
    """The words of one side: OUT the older, IN the newer."""
    made = ""
    for raw in raws:
        made += "".join(piece.text for piece in raw.pieces if piece.kind in ("", kind))
        made += "\n" if raw.ends in ("", kind) else ""
    made = made.strip(_SPACE)  # LibreOffice leaves a joiner behind in a row that it put in
    return made if full(made).strip() else ""


def unlisted(passages: Iterable[Passage], known: Iterable[str] = ()) -> Iterator[Passage]:
    """All but the contents: lines that say no more than a heading does, or than one of the texts that are `known`."""
    found = list(passages)
    texts = {plain(full(text)) for one in found if not one.listed for text in (one.before, one.after) if text}
    texts.update(plain(full(text)) for text in known)
    for one in found:
        if not one.listed or not all(
            _repeats(plain(full(text)), texts) for text in (one.before, one.after) if text
        ):
            yield one


def _repeats(entry: str, texts: set[str]) -> bool:
    entry = re.sub(r"\s*\d{1,4}$", "", entry)
    words = entry.split(" ")
    return any(" ".join(words[start:]) in texts for start in range(min(len(words), 4)))


def _crowded(package: Package) -> TermsheetError:
    return package.error(f"the file has more than {MOST_COMMENTS:,} comments", "ask who sent it")


def _comments(package: Package) -> dict[str, Comment]:
    found: dict[str, Comment] = {}
    inside: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        inside.append(tag)
        if tag == "w comment":
            if len(found) >= MOST_COMMENTS:
                raise _crowded(package)
            mark = Mark(attributes.get("w author", "")[:200], attributes.get("w date", "")[:40])
            id = attributes.get("w id", "")
            found[id] = Comment(id, mark)
            inside[-1] = f"w comment {id}"

    def end(tag: str) -> None:
        inside.pop()
        if tag == "w p":
            words("\n", always=True)

    def words(text: str, always: bool = False) -> None:
        holder = next((tag for tag in inside if tag.startswith("w comment ")), "")
        comment = found.get(holder.removeprefix("w comment ")) if holder else None
        if comment is not None and (always or inside[-1] == "w t") and len(comment.text) < 20_000:
            comment.text += text

    package.walk("word/comments.xml", start, end, words)
    for comment in found.values():
        comment.text = comment.text.strip()
    return found
