"""How a key or a value stands in the file, and the edit that makes it say something else.

What is written in a way that is not plainly its text (an alias, an anchor, an escape, several lines) gets no edit.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Collection, Iterable

from termsheet.pattern import pattern
from termsheet.source import Route, Source, Span
from termsheet.splice import Edit

_PLAIN = pattern(r"[^\W_][\w .,/%+<>=€£-]*", re.ASCII)  # whatever these begin, YAML reads it as text
_FLOW = pattern(r"(?:[&!]\S*\s+)*[\[{]")


def value_edit(read: Source, route: Route, words: str) -> Edit | None:
    """The edit that makes a value say `words`, in the quotes that it has, or in new ones where it needs them."""
    mark = read.marks[route]
    if mark.scalar is None:
        return None
    inner = _inner(read, mark.value, mark.scalar)
    if inner is None or set(words) & set("'\"\\"):
        return None
    if inner != mark.value or _is_plain(words, in_braces(read, route)):
        return Edit(*inner, words)
    return Edit(*inner, f'"{words}"')


def key_edit(read: Source, route: Route, words: str) -> Edit | None:
    """The edit that renames a key."""
    span = read.marks[route].key
    inner = _inner(read, span, str(route[-1])) if span else None
    return Edit(*inner, words) if inner else None


def bare_edit(read: Source, route: Route, words: str) -> Edit | None:
    """The edit that writes a word in place of a value and of its quotes."""
    mark = read.marks[route]
    inner = _inner(read, mark.value, mark.scalar) if mark.scalar is not None else None
    return Edit(*mark.value, words) if inner else None


def quoted_edit(read: Source, span: Span) -> Edit | None:
    """The edit that puts what stands on one line in quotes."""
    text = read.text[slice(*span)]
    return Edit(*span, quoted(text)) if text.isprintable() else None


def quoted(text: str) -> str:
    """The text in quotes, as YAML reads it."""
    return f'"{text}"' if not set('"\\') & set(text) else "'" + text.replace("'", "''") + "'"


def in_braces(read: Source, route: Route) -> bool:
    """Whether a node stands inside braces or brackets, where a comma ends a text."""
    return any(
        _FLOW.match(read.text, read.marks[route[:length]].value.start)
        for length in range(len(route))
        if read.marks[route[:length]].scalar is None
    )


def entries(read: Source, offsets: Iterable[int], among: Collection[Span] = ()) -> dict[int, Span]:
    """For each offset the innermost section, list or entry that holds it (of those `among` which to look).

    A section begins with its key, where what is missing in it is told.
    """
    spans = {
        Span((mark.key or mark.value).start, mark.value.end)
        for mark in read.marks.values()
        if mark.scalar is None
    }
    spans = {span for span in spans if not among or span in among}
    ordered = deque(sorted(spans, key=lambda span: (span.start, -span.end)))
    around = [Span(0, len(read.text))]
    found: dict[int, Span] = {}
    for offset in sorted(set(offsets)):
        while ordered and ordered[0].start <= offset:
            span = ordered.popleft()
            while around[1:] and around[-1].end <= span.start:
                around.pop()
            around.append(span)
        while around[1:] and around[-1].end <= offset:
            around.pop()
        found[offset] = around[-1]
    return found


def _inner(read: Source, span: Span, said: str) -> Span | None:
    """What stands between the quotes, or the whole where there are none."""
    start, end = span
    stands = read.text[start:end]
    if stands == said and said:
        return span
    return Span(start + 1, end - 1) if stands in (f'"{said}"', f"'{said}'") else None


def _is_plain(words: str, flow: bool) -> bool:
    return bool(_PLAIN.fullmatch(words)) and not (flow and "," in words)
