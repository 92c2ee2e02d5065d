"""A redline of one's own that came back: its own changes are told apart from those of the other side.

They are known by the hours that a redline writes, and by what they say: with them accepted, the file is nearer to what
was sent. Nothing can hide behind them: whatever differs from what was sent once they are accepted is told.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from termsheet.pattern import pattern
from termsheet.returned.package import Package
from termsheet.review.paper import Mark, Paper, bare, read

_HOURS = pattern(r"(\d{4}-\d\d-\d\d)T(?:00|23):00:00(?:\.0+)?Z?")
_MOST = 4  # whose changes are tried


class Own(NamedTuple):
    """The marks of the redline, and how many passages still differ from what was sent."""

    marks: frozenset[Mark]
    apart: int


def signatures(paper: Paper) -> list[frozenset[Mark]]:
    """The marks that may be those of a redline, by author and day."""
    found: dict[tuple[str, str], set[Mark]] = defaultdict(set)
    for mark in {piece.mark for passage in paper.passages for piece in passage.pieces if piece.kind}:
        day = _HOURS.fullmatch(mark.when)
        if day:
            found[mark.who, day[1]].add(mark)
    return [_both(marks) for _, marks in sorted(found.items())[:_MOST]]


def _both(marks: set[Mark]) -> frozenset[Mark]:
    """With those of both hours: that of a row without words may stand at no word."""
    hours = ("T00:", "T23:")
    return frozenset(Mark(one.who, re.sub("T(?:00|23):", hour, one.when)) for one in marks for hour in hours)


def settled(package: Package, returned: Paper) -> list[tuple[frozenset[Mark], Paper]]:
    """The file with the changes of each signature accepted: read once, however many papers it may lead to."""
    return [(marks, read(package, marks)) for marks in signatures(returned)]


def own(ways: Sequence[tuple[frozenset[Mark], Paper]], returned: Paper, sent: Paper) -> Own | None:
    """The changes of a redline that leads to what was sent, if there are any."""
    best, made = _apart(returned, sent), None
    for marks, paper in ways:
        apart = _apart(paper, sent)
        if apart < best:
            best, made = apart, Own(marks, apart)
    return made


def _apart(paper: Paper, sent: Paper) -> int:
    """How many passages differ, with all that is tracked rejected."""
    there = Counter(bare(one.after) for one in sent.passages if one.after)
    here = Counter(bare(one.before) for one in paper.passages if one.before)
    return ((there - here) + (here - there)).total()
