"""What a source is: the text, the data in it, and where each part of the data stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from functools import cached_property
from typing import Any, NamedTuple

from termsheet.immutable import immutable
from termsheet.source.words import line_starts

Route = tuple[str | int, ...]
"""The way to a node: `("parties", 0, "name")`. The root is `()`."""


class Span(NamedTuple):
    """A stretch of `Source.text`, in characters; `text[start:end]` is what stands there."""

    start: int
    end: int


@immutable
class Shape:
    """What a file is to hold: how it starts (the remedy where it does not), and whether it may be a list."""

    start: str
    lists: bool = False


DEAL = Shape("start with `deal:` and a title below it")


class Mark(NamedTuple):
    """Where a node stands, and how it is written.

    `key` is None for list items and the root. `value` includes an anchor or tag, and never the line break
    that follows; an empty value is an empty span right after its colon or dash. `scalar` is the content
    as written ("0012345", "NO"), or None for a map or list; `plain` says that it stands without quotes.
    Of a node that an alias brought in, the value is the alias; below the alias, the key is the alias too.
    """

    key: Span | None
    value: Span
    scalar: str | None
    plain: bool


@immutable
class Trap:
    """YAML that is valid and says something else than its author meant; `whole` is the text that was cut in pieces."""

    slug: str
    route: Route
    message: str
    help: str
    whole: Span | None = None


@immutable
class Comment:
    """A comment that speaks to termsheet; `line` counts from 1, `text` lacks the `#`."""

    line: int
    text: str


@immutable
class Source:
    """A deal file that was read. `text` has no BOM and keeps its line breaks; `data` is plain Python data."""

    name: str
    text: str
    data: Any
    marks: Mapping[Route, Mark]
    traps: tuple[Trap, ...]
    comments: tuple[Comment, ...]

    __eq__ = object.__eq__

    @cached_property
    def _starts(self) -> list[int]:
        return line_starts(self.text)

    @cached_property
    def holders(self) -> frozenset[Route]:
        """The routes below which something stands."""
        return frozenset(route[:-1] for route in self.marks if route)

    def position(self, offset: int) -> tuple[int, int]:
        """The line and column of an offset, both from 1, the column in characters."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def offset(self, line: int, column: int) -> int:
        """The offset of a line and column, both from 1."""
        return self._starts[line - 1] + column - 1

    def line(self, number: int) -> str:
        """The text of a line, counted from 1, without its line break; empty where there is no such line."""
        if not 1 <= number <= len(self._starts):
            return ""
        end = self._starts[number] if number < len(self._starts) else len(self.text)
        return self.text[self._starts[number - 1] : end].rstrip("\r\n")

    def nearest(self, route: Route) -> Route:
        """The longest part of `route`, from the root, that exists in the file."""
        while route not in self.marks:
            route = route[:-1]
        return route
