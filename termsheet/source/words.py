"""Places and pieces of a text, as messages show them."""

from __future__ import annotations

import re
from bisect import bisect_right


def line_starts(text: str) -> list[int]:
    return [0, *(found.end() for found in re.finditer(r"\r\n?|\n", text))]


def position(text: str, offset: int) -> tuple[int, int]:
    starts = line_starts(text[: offset + 1])
    line = bisect_right(starts, offset)
    return line, offset - starts[line - 1] + 1


def show(text: str, length: int = 48) -> str:
    """A text of the file that is safe in a message: one line, short, printable on any terminal."""
    text = " ".join(text.split())
    if len(text) > length:
        text = text[: length - 1] + "…"
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


def quoted(text: str, otherwise: str) -> str:
    """The text in quotes, to be copied from a message, or another example where that gets long or odd."""
    text = " ".join(text.split())
    return f'"{text}"' if len(text) <= 60 and text.isprintable() and not set('"\\') & set(text) else otherwise
