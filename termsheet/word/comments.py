"""Comments in Word's margin, anchored at the words that they are about."""

from __future__ import annotations

from collections.abc import Sequence

from termsheet.errors import WriteError
from termsheet.word.markup import HEAD, SPACES, paragraph, quoted, run
from termsheet.word.options import Note

_LOOK = '<w:rPr><w:rStyle w:val="CommentReference"/></w:rPr>'


class Comments:
    """The comments of one file. Each is set once, at the first block of its target."""

    def __init__(self, notes: Sequence[Note]) -> None:
        self._waiting: dict[str, list[Note]] = {}
        for note in notes:
            self._waiting.setdefault(note.target, []).append(note)
        self._set: list[Note] = []

    def around(self, key: str, runs: str) -> str:
        """The runs of the block with that id, in the range of the comments on it."""
        for note in self._waiting.pop(key, ()):
            number = len(self._set)
            self._set.append(note)
            mark = f'<w:r>{_LOOK}<w:commentReference w:id="{number}"/></w:r>'
            runs = f'<w:commentRangeStart w:id="{number}"/>{runs}<w:commentRangeEnd w:id="{number}"/>{mark}'
        return runs

    def part(self) -> str:
        """The part word/comments.xml, or nothing. Raises WriteError where one has no place."""
        if self._waiting:
            raise WriteError(f"a note has no place in the paper: {min(self._waiting)!r}")
        if not self._set:
            return ""
        found = "".join(_comment(number, note) for number, note in enumerate(self._set))
        return f"{HEAD}<w:comments {SPACES}>{found}</w:comments>"


def _comment(number: int, note: Note) -> str:
    initials = "".join(word[0] for word in note.author.split()).upper()[:3]
    first, *others = note.text.split("\n")
    words = paragraph("CommentText", f"<w:r>{_LOOK}<w:annotationRef/></w:r>" + run(first))
    words += "".join(paragraph("CommentText", run(line)) for line in others)
    by = f"w:author={quoted(note.author)} w:initials={quoted(initials)}"
    return f'<w:comment w:id="{number}" {by}>{words}</w:comment>'
