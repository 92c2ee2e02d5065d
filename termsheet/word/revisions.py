"""Tracked changes: what was put in, taken out and moved, as Word marks it."""

from __future__ import annotations

from termsheet.document import DELETED, GONE, INSERTED, MOVED_FROM, MOVED_TO
from termsheet.word.markup import quoted
from termsheet.word.options import Revised

_TAGS = {INSERTED: "ins", DELETED: "del", MOVED_FROM: "moveFrom", MOVED_TO: "moveTo"}
_FIRST_ID = 700_001  # apart from bookmarks and comments, whose ids share a space in some editors


class Revisions:
    """The tracked changes of one file, by one author at one time."""

    def __init__(self, revised: Revised | None, *, moves: bool) -> None:
        self._moves = moves  # rows of a table come and go
        self._by = f"w:author={quoted(revised.author)} w:date={quoted(revised.date)}" if revised else ""
        self._count = 0

    def around(self, kind: str, runs: str) -> str:
        """Runs that were put in, taken out or moved."""
        if not runs:
            return ""
        tag = self._tag(kind)
        if tag == "del":
            runs = runs.replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>")
            runs = runs.replace("<w:instrText ", "<w:delInstrText ").replace("</w:instrText>", "</w:delInstrText>")
        return f"<w:{tag} {self._next()}>{runs}</w:{tag}>"

    def mark(self, kind: str) -> str:
        """The mark of a paragraph that came or went as a whole; nothing where it stayed."""
        return f"<w:rPr><w:{self._tag(kind)} {self._next()}/></w:rPr>" if kind else ""

    def row(self, kind: str) -> str:
        """The same for the row of a table, which Word does not know to move."""
        return f"<w:{'del' if kind in GONE else 'ins'} {self._next()}/>" if kind else ""

    def restyled(self, style: str) -> str:
        """That a paragraph had another style."""
        return f'<w:pPrChange {self._next()}><w:pPr><w:pStyle w:val="{style}"/></w:pPr></w:pPrChange>'

    def moved(self, kind: str, name: str, paragraphs: str) -> str:
        """Paragraphs that were moved, in the range by which Word finds the other end of the move."""
        if kind not in (MOVED_FROM, MOVED_TO) or not self._moves:
            return paragraphs
        tag, number = _TAGS[kind], self._number()
        start = f"<w:{tag}RangeStart w:id=\"{number}\" {self._by} w:name={quoted(name)}/>"
        return f'{start}{paragraphs}<w:{tag}RangeEnd w:id="{number}"/>'

    def _tag(self, kind: str) -> str:
        if self._moves:
            return _TAGS[kind]
        return "del" if kind in GONE else "ins"

    def _next(self) -> str:
        return f'w:id="{self._number()}" {self._by}'

    def _number(self) -> int:
        self._count += 1
        return _FIRST_ID + self._count
