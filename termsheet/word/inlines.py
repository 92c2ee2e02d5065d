"""Inlines as runs."""

from __future__ import annotations

from itertools import pairwise

from termsheet.document import Break, Inline, Open, Ref, Term, Text, Value
from termsheet.word.marks import Marks
from termsheet.word.markup import line_break, run

_NO_BREAK_SPACE = "\u00a0"
_STYLES = {
    (False, False): "",
    (True, False): "Strong",
    (False, True): "Emphasis",
    (True, True): "StrongEmphasis",
}


def runs(inlines: tuple[Inline, ...], marks: Marks, style: str = "") -> str:
    """The runs of a paragraph. `style` is the character style of whatever has none of its own."""
    followed = pairwise((*inlines, Break()))
    return "".join(_inline(inline, following, marks, style) for inline, following in followed)


def _inline(inline: Inline, following: Inline, marks: Marks, style: str) -> str:
    match inline:
        case Text():
            words = _kept_to_number(inline.text) if isinstance(following, Ref) else inline.text
            return run(words, _STYLES[inline.strong, inline.emphasis] or style)
        case Value():
            return _value(inline, style)
        case Term(defines=True):
            return run(inline.marks[0], style) + run(inline.text, "DefinedTerm") + run(inline.marks[1], style)
        case Term():
            return run(inline.text, style)
        case Ref():
            return marks.reference(inline.target, inline.shown, style)
        case Open():
            return run(inline.shown, "Blank")
        case Break():
            return line_break()


def _value(value: Value, style: str) -> str:
    """Words from the deal: the one place that a content control, bound to `value.path`, will wrap."""
    return run(value.shown, _STYLES[value.strong, False] or style)


def _kept_to_number(text: str) -> str:
    """A number never stands at the start of a line without the word before it."""
    return text[:-1] + _NO_BREAK_SPACE if text.endswith(" ") else text
