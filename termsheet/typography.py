"""How words are set on a page: what must not part at the end of a line, and apostrophes that are no foot marks.

Only the writers for pages set words so; text, Markdown and the deal keep what was typed.
"""

from __future__ import annotations

from termsheet.pattern import pattern

_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    "|Januar|Jänner|Februar|März|Mai|Juni|Juli|Oktober|Dezember"
)
_NO_BREAK = "\u00a0"
# A day and its month, a currency and its sum. It begins with the space, so that a search leaps from one to the next.
_TOGETHER = pattern(rf" (?:(?<=\d )|(?<=\d\. ))(?=(?:{_MONTHS})\b)| (?<=\b[A-Z]{{3}} )(?=\d)")
_INSIDE = pattern(r"(?<=[^\W\d])'(?=[^\W\d])")
_AFTER = pattern(r"(?<=[^\W\d])'(?=[\s.,;:)\]!?]|$)")
_OPENS = pattern(r"(?<!\w)'(?=\w)")  # a quotation, whose end is no apostrophe


def typeset(text: str) -> str:
    """The text as it is set: no shorter, no longer, and the same to a reader."""
    if "'" in text:
        text = _INSIDE.sub("’", text)
        text = text if _OPENS.search(text) else _AFTER.sub("’", text)
    return _TOGETHER.sub(_NO_BREAK, text)
