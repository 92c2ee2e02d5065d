"""Inlines as runs."""

from __future__ import annotations

from itertools import groupby

from termsheet.document import Break, Change, Inline, Open, Ref, Term, Text, Value, fate
from termsheet.word.markup import line_break, run
from termsheet.word.paper import Paper

_END = Break()
_NO_BREAK_SPACE = "\u00a0"
_STYLES = {
    (False, False): "",
    (True, False): "Strong",
    (False, True): "Emphasis",
    (True, True): "StrongEmphasis",
}


def runs(inlines: tuple[Inline, ...], paper: Paper, style: str = "") -> str:
    """The runs of a paragraph. `style` is the character style of whatever has none of its own.

    Changes of one kind that stand together are one.
    """
    followed = zip(inlines, (*inlines[1:], _END), strict=True)
    if Change not in map(type, inlines):
        return "".join([_inline(inline, following, paper, style) for inline, following in followed])
    made, whole = [], bool(fate(inlines))
    for kind, some in groupby(followed, lambda pair: fate(pair[:1])):
        words = "".join(_inline(inline, following, paper, style) for inline, following in some)
        made.append(paper.revisions.around(kind, words, whole=whole) if kind else words)
    return "".join(made)


def _inline(inline: Inline, following: Inline, paper: Paper, style: str) -> str:
    match inline:
        case Text():
            words = inline.text
            if words.endswith(" ") and _is_number(following):
                words = words[:-1] + _NO_BREAK_SPACE  # no number stands at the start of a line without the word before
            return run(words, _STYLES[inline.strong, inline.emphasis] or style)
        case Value():
            chosen = _STYLES[inline.strong, False] or style
            return paper.bound(inline, run(inline.shown, chosen), chosen)
        case Term(defines=True):
            return run(inline.marks[0], style) + run(inline.text, "DefinedTerm") + run(inline.marks[1], style)
        case Term():
            return run(inline.text, style)
        case Ref():
            return paper.marks.reference(inline.target, inline.shown, style)
        case Open():
            return _open(inline, paper)
        case Break():
            return line_break()
        case Change(inline=Ref() as reference):
            return paper.marks.changed(reference.target, reference.shown, style)
        case Change():
            return _inline(inline.inline, following, paper, style)


def _open(point: Open, paper: Paper) -> str:
    """A bracket to be filled in; what is withheld is nobody's to fill in."""
    words = run(point.shown, "Blank")
    return words if point.withheld else paper.bound(point, words, "Blank")


def _is_number(inline: Inline) -> bool:
    return isinstance(inline.inline if isinstance(inline, Change) else inline, Ref)
