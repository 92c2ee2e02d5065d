"""A value of a file of the library, with its place, for what is read of it later."""

from __future__ import annotations

from typing import Any, NamedTuple

from termsheet.errors import LibraryError
from termsheet.source import Route, Source


class Given(NamedTuple):
    """A value, and where it stands; `first_line` is that of the source in its file (front matter begins at 2)."""

    value: Any
    source: Source
    route: Route
    first_line: int = 1

    def at(self, key: str | int) -> Given:
        """What stands below it under a key."""
        return Given(self.value[key], self.source, (*self.route, key), self.first_line)

    @property
    def file(self) -> str:
        """The file that it stands in."""
        return self.source.name

    @property
    def line(self) -> int:
        """The line that it stands in."""
        mark = self.source.marks[self.source.nearest(self.route)]
        return self.source.position((mark.key or mark.value).start)[0] + self.first_line - 1

    def error(self, message: str, help: str, line: int = 0) -> LibraryError:
        """The sentence on what is wrong with it; `line` counts within a text that stands as a block."""
        mark = self.source.marks[self.source.nearest(self.route)]
        at, column = self.source.position(
            (mark.value if mark.scalar is not None else mark.key or mark.value).start
        )
        if line and self.source.text[mark.value.start : mark.value.start + 1] == "|":
            at, column = at + line, 0
        return LibraryError(message, file=self.file, line=at + self.first_line - 1, column=column, help=help)
