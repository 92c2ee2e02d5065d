"""Text for a terminal: what a deal holds never moves the cursor, clears the screen or turns what is read."""

from __future__ import annotations

from termsheet.pattern import pattern

_COLOUR = pattern("(\x1b\\[(?:0|1;3[0-9])m)")
_HIDDEN = pattern(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|\r(?!\n)"
)


def printable(text: str, *, colour: bool = False) -> str:
    """The text with an escape, such as `\\x1b`, for each character that nobody sees; colours of our own stay."""
    if not _HIDDEN.search(text):
        return text
    if colour:
        parts = _COLOUR.split(text)
        return "".join(part if at % 2 else printable(part) for at, part in enumerate(parts))
    return _HIDDEN.sub(lambda found: found[0].encode("unicode_escape").decode(), text)
