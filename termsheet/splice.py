"""Edits of a text: each replaces a stretch of it, and every character outside stays as it was."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple


class Edit(NamedTuple):
    """What replaces `text[start:end]`; an insertion where `start` is `end`."""

    start: int
    end: int
    text: str


def splice(text: str, edits: Iterable[Edit]) -> str:
    """The text with all edits made at once. Raises ValueError where two overlap or insert at one place."""
    ordered = sorted(set(edits))
    if not apart(ordered) or any(not 0 <= edit.start <= edit.end <= len(text) for edit in ordered):
        raise ValueError("the edits overlap, or stand outside the text")
    return "".join(_pieces(text, ordered))


def apart(edits: Iterable[Edit]) -> bool:
    """Whether no two edits touch the same characters or insert at one place (the same edit twice is one)."""
    ordered = sorted(set(edits))
    return all(
        one.end <= two.start and (one.start, one.end) != (two.start, two.end)
        for one, two in pairwise(ordered)
    )


def moved(offsets: Iterable[int], edits: Iterable[Edit]) -> dict[int, int]:
    """Where offsets of the text stand after the edits; those inside what is replaced, at its start."""
    ordered = deque(sorted(set(edits)))
    after: dict[int, int] = {}
    shift = 0
    for offset in sorted(set(offsets)):
        while ordered and ordered[0].end <= offset:
            edit = ordered.popleft()
            shift += len(edit.text) - (edit.end - edit.start)
        after[offset] = (min(offset, ordered[0].start) if ordered else offset) + shift
    return after


def line_break(text: str) -> str:
    """How the lines of a text end: as the first one does."""
    first = re.search(r"\r\n?|\n", text)
    return first[0] if first else "\n"


def _pieces(text: str, ordered: list[Edit]) -> Iterator[str]:
    at = 0
    for edit in ordered:
        yield text[at : edit.start]
        yield edit.text
        at = edit.end
    yield text[at:]
