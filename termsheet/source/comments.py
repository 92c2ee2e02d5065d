"""The comments that speak to termsheet, such as waivers."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping

from termsheet.source.model import Comment, Mark, Route, Span
from termsheet.source.words import line_starts


def comments(text: str, marks: Mapping[Route, Mark]) -> tuple[Comment, ...]:
    if "termsheet:" not in text:
        return ()
    texts = sorted(span for mark in marks.values() for span in _text_spans(text, mark))
    starts = [span.start for span in texts]

    def inside(offset: int) -> bool:
        at = bisect_right(starts, offset)
        return at > 0 and offset < texts[at - 1].end

    found = []
    for number, start in enumerate(line_starts(text), 1):
        line = re.compile(r"[^\r\n]*").match(text, start)
        assert line is not None
        hashes = (hit.start() + start for hit in re.finditer(r"(?:(?<=[ \t])|^)#", line[0]))
        comment = next((offset for offset in hashes if not inside(offset)), line.end())
        if "termsheet:" in text[comment : line.end()]:
            found.append(Comment(number, text[comment + 1 : line.end()].strip()))
    return tuple(found)


def _text_spans(text: str, mark: Mark) -> Iterator[Span]:
    """Where no comment can start: the key and the scalar; of a block scalar, what is below its first line."""
    if mark.key is not None:
        yield mark.key
    if mark.scalar is None:
        return
    start, end = mark.value
    header = re.compile(r"[^\r\n'\"]*[|>][^\r\n]*").match(text, start, end)
    yield Span(header.end(), end) if header and not mark.plain else mark.value
