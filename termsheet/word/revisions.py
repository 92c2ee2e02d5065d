"""Tracked changes: what was put in, taken out and moved, as Word marks it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from termsheet.document import DELETED, GONE, INSERTED, MOVED_FROM, MOVED_TO, Break, Change, Text
from termsheet.word.marks import bookmark
from termsheet.word.markup import quoted
from termsheet.word.options import Revised

_TAGS = {INSERTED: "ins", DELETED: "del", MOVED_FROM: "moveFrom", MOVED_TO: "moveTo"}
_LATER = "23:00:00Z"  # when paragraphs, rows and clauses came and went
_FIRST_ID = 700_001  # apart from bookmarks and comments, whose ids share a space in some editors


class Revisions:
    """The tracked changes of one file, by one author at one time."""

    def __init__(self, revised: Revised | None, counted: Mapping[str, tuple[int, int]], *, moves: bool) -> None:
        self._counted = counted  # by style; none in the look of a house, which has lists of its own
        self._moves = moves  # rows of a table come and go
        author, day, time = (revised.author, *revised.date.split("T")) if revised else ("", "", "")
        self._words = f"w:author={quoted(author)} w:date={quoted(f'{day}T{time}')}"
        # LibreOffice takes what was put in at the end of a paragraph and a paragraph put in after it for one change,
        # and then loses the end between them; but not where they are an hour apart.
        self._by = f"w:author={quoted(author)} w:date={quoted(f'{day}T{_LATER}')}"
        self._count = 0

    def around(self, kind: str, runs: str, *, whole: bool = True) -> str:
        """Runs that were put in, taken out or moved: the `whole` of a paragraph, or some of its words."""
        if not runs:
            return ""
        tag = self._tag(kind)
        if tag == "del":
            runs = runs.replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>")
            runs = runs.replace("<w:instrText ", "<w:delInstrText ").replace("</w:instrText>", "</w:delInstrText>")
        return f"<w:{tag} {self._next(whole)}>{runs}</w:{tag}>"

    def mark(self, kind: str) -> str:
        """The mark of a paragraph that came or went as a whole; nothing where it stayed."""
        return f"<w:rPr><w:{self._tag(kind)} {self._next()}/></w:rPr>" if kind else ""

    def row(self, kind: str) -> str:
        """The same for the row of a table, which Word does not know to move."""
        return f"<w:{'del' if kind in GONE else 'ins'} {self._next()}/>" if kind else ""

    def restyled(self, style: str) -> str:
        """That a paragraph had another style. LibreOffice has to be told its number outright."""
        told = ""
        if style in self._counted:
            number, level = self._counted[style]
            told = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        return f'<w:pPrChange {self._next()}><w:pPr><w:pStyle w:val="{style}"/>{told}</w:pPr></w:pPrChange>'

    def moved(self, kind: str, key: str, paragraphs: str) -> str:
        """Paragraphs that were moved, in a range named by a key, by which Word finds its other end."""
        if kind not in (MOVED_FROM, MOVED_TO) or not self._moves:
            return paragraphs
        tag, number = _TAGS[kind], self._number()
        start = f"<w:{tag}RangeStart w:id=\"{number}\" {self._by} w:name={quoted(bookmark(key))}/>"
        return f'{start}{paragraphs}<w:{tag}RangeEnd w:id="{number}"/>'

    def neither(self) -> str:
        """The mark of a paragraph that neither paper has: it is put in and taken out."""
        return f"<w:rPr><w:ins {self._next()}/><w:del {self._next()}/></w:rPr>"

    def _tag(self, kind: str) -> str:
        if self._moves:
            return _TAGS[kind]
        return "del" if kind in GONE else "ins"

    def _next(self, whole: bool = True) -> str:
        return f'w:id="{self._number()}" {self._by if whole else self._words}'

    def _number(self) -> int:
        self._count += 1
        return _FIRST_ID + self._count


def sides(kinds: Sequence[str]) -> tuple[list[int], list[int]]:
    """The places of those that the old paper has, and of those that the new one has."""
    then = [place for place, kind in enumerate(kinds) if kind not in (INSERTED, MOVED_TO)]
    return then, [place for place, kind in enumerate(kinds) if kind not in GONE]


def one_of_two(inline: Text | Break, then: bool, now: bool) -> tuple[Text | Break | Change, ...]:
    """What stands in the old paper, in the new one, in both or in neither."""
    if then == now:
        return (inline,) if now else ()
    return (Change(inline, INSERTED if now else DELETED),)
