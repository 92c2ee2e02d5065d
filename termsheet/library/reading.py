"""What the text of a clause does with a deal, read off its Jinja without running it.

A `Reading` holds the paths that a text reads, what it prints, what it refers to, and its own words as a tree of pieces:
which of them are printed depends on the deal. `termsheet.library.walking` makes it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from termsheet.immutable import immutable
from termsheet.library.logic import Formula
from termsheet.library.places import Place, plain


class Read(NamedTuple):
    """A path that is read; `known` tells whether the schema has it."""

    path: str
    line: int
    known: bool


class Print(NamedTuple):
    """A place that is printed, with what holds there."""

    place: Place
    line: int
    facts: tuple[Formula, ...]
    listed: bool = False


class Reference(NamedTuple):
    """A clause that the text names: in `ref`, `included`, `schedule` or a `link`."""

    clause: str
    way: str
    line: int
    facts: tuple[Formula, ...]


class Compared(NamedTuple):
    """A word with which a place is compared, that is none of its words."""

    path: str
    word: str
    words: tuple[str, ...]
    line: int


class Words(NamedTuple):
    """The clause's own words; `facts` hold there."""

    text: str
    line: int
    facts: tuple[Formula, ...] = ()


class Shown(NamedTuple):
    """Something that is printed and counts as so many `words`; `call` names what prints it, `place` what is printed."""

    line: int
    words: int = 1
    call: str = ""
    place: Place | None = None


@immutable
class Choice:
    """Pieces of which one is printed, each where its formula holds."""

    branches: tuple[tuple[Formula, tuple[Piece, ...]], ...]


Piece = Words | Shown | Choice


@dataclass
class Reading:
    """What a text does with a deal."""

    reads: list[Read] = field(default_factory=list)
    prints: list[Print] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    compared: list[Compared] = field(default_factory=list)
    unknown: list[tuple[str, int]] = field(
        default_factory=list
    )  # names, filters and tests that there are not
    aside: list[Words] = field(default_factory=list)  # said at one place, and printed at another
    pieces: tuple[Piece, ...] = ()
    always: set[str] = field(default_factory=set)  # paths that the schema requires

    def paths(self) -> set[str]:
        """The paths of a deal that it reads, without the names of entries."""
        return {plain(read.path) for read in self.reads if read.known}

    @cached_property
    def words(self) -> tuple[Words, ...]:
        """Its own words, wherever they stand; a macro that is called more than once says them once."""
        said = (piece for piece in (*flat(self.pieces), *self.aside) if isinstance(piece, Words))
        return tuple({(piece.text, piece.line): piece for piece in reversed([*said])}.values())[::-1]


def flat(pieces: Sequence[Piece]) -> Iterator[Piece]:
    for piece in pieces:
        if isinstance(piece, Choice):
            for _, inner in piece.branches:
                yield from flat(inner)
        else:
            yield piece
