"""The words of a paragraph against those of another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import NamedTuple

from termsheet.document import DELETED, INSERTED, Break, Change, Inline, Open, Ref, Term, Text, Value
from termsheet.pattern import pattern
from termsheet.typography import typeset

# A stretch of white space, a figure with its signs, a word, or a sign.
_WORD = pattern(
    r"[^\S\u00a0]+|\u00a0|[€£$¥]?\d[\d.,:/]*\d%?|[€£$¥]?\d%?|[^\W\d_]+(?:[.'’&/-][^\W\d_]+)*|.", re.DOTALL
)
_ALIKE = 0.35  # below this share of common words, a paragraph is replaced as a whole

_THE_SAME = 0.5  # share of common words from which on two paragraphs are one that was changed


class _Token(NamedTuple):
    """What is compared, and what is printed."""

    key: tuple[str, ...]
    inline: Inline

    @property
    def blank(self) -> bool:
        return self.key[0] == "text" and not self.key[1].strip()


def compared(old: Sequence[Inline], new: Sequence[Inline]) -> tuple[Inline, ...]:
    """The inlines of the new with those of the old, and what was taken out or put in marked as such.

    Values lose their paths: in a redline nothing is to be filled in.
    """
    old, new = unbound(old), unbound(new)
    if len(old) == len(new) and all(map(_same, old, new)):
        return new
    before, after = list(_tokens(old)), list(_tokens(new))
    keys = [token.key for token in before], [token.key for token in after]
    matcher = SequenceMatcher(None, *keys, autojunk=False)
    solid = sum(not token.blank for token in (*before, *after))
    same = 2 * sum(not before[start + place].blank
                   for start, _, size in matcher.get_matching_blocks() for place in range(size))  # fmt: skip
    if not solid or same / solid < _ALIKE:
        return whole(old, DELETED) + whole(new, INSERTED)
    marked: list[tuple[_Token, str]] = []
    for tag, start, end, low, high in _cleaned(matcher, before):
        if tag == "equal":
            marked += [(token, "") for token in after[low:high]]
            continue
        marked += [(token, DELETED) for token in before[start:end]]
        marked += [(token, INSERTED) for token in after[low:high]]
    return tuple(_joined(marked))


def alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether these words are those, changed, and not other words."""
    return bool(one and other) and SequenceMatcher(None, one, other, autojunk=False).ratio() >= _THE_SAME


def whole(inlines: Sequence[Inline], kind: str) -> tuple[Inline, ...]:
    """All of some inlines, marked as one change."""
    return tuple(Change(inline, kind) for inline in unbound(inlines) if not isinstance(inline, Change))


def unbound(inlines: Sequence[Inline]) -> tuple[Inline, ...]:
    """The inlines without the paths of values, set as on a page; words of one look that stand together are one text."""
    made: list[Inline] = []
    for inline in map(_worded, inlines):
        last = made[-1] if made else None
        if isinstance(inline, Text) and isinstance(last, Text) and _look(inline) == _look(last):
            made[-1] = Text(last.text + inline.text, inline.strong, inline.emphasis)
        else:
            made.append(inline)
    return tuple(inline for inline in made if not isinstance(inline, Text) or inline.text)


def _worded(inline: Inline) -> Inline:
    if isinstance(inline, Text):
        return Text(typeset(inline.text), inline.strong, inline.emphasis)
    if isinstance(inline, Value):
        return Text(typeset(inline.shown), inline.strong)
    return Text(inline.text) if isinstance(inline, Term) and not inline.defines else inline


def _look(text: Text) -> tuple[bool, bool]:
    return text.strong, text.emphasis


def _same(one: Inline, other: Inline) -> bool:
    """Whether nothing has changed: a number that only counts on has not."""
    return one == other or (isinstance(one, Ref) and isinstance(other, Ref) and one.target == other.target)


def _tokens(inlines: Sequence[Inline]) -> Iterator[_Token]:
    """The words of what is `unbound`."""
    for inline in inlines:
        if isinstance(inline, Text):
            look = f"{inline.strong:d}{inline.emphasis:d}"
            for word in _WORD.findall(inline.text):
                yield _Token(("text", word, look), Text(word, inline.strong, inline.emphasis))
        elif isinstance(inline, Ref):
            yield _Token(("ref", inline.target), inline)
        elif isinstance(inline, Term):
            yield _Token(("term", inline.text), inline)
        elif isinstance(inline, Open):
            yield _Token(("open", inline.shown), inline)
        elif isinstance(inline, Break):
            yield _Token(("break",), inline)


_Step = tuple[str, int, int, int, int]


def _cleaned(matcher: SequenceMatcher[tuple[str, ...]], before: Sequence[_Token]) -> Iterator[_Step]:
    """The steps from one to the other, where a lone space between two changes is part of the change."""
    steps: list[_Step] = []
    codes = matcher.get_opcodes()
    for place, (tag, start, end, low, high) in enumerate(codes):
        inside = 0 < place < len(codes) - 1
        if tag == "equal" and inside and all(token.blank for token in before[start:end]):
            tag = "replace"
        if steps and tag != "equal" and steps[-1][0] != "equal":
            _, first, _, lowest, _ = steps[-1]
            steps[-1] = ("replace", first, end, lowest, high)
        else:
            steps.append((tag, start, end, low, high))
    yield from steps


def _joined(marked: Sequence[tuple[_Token, str]]) -> Iterator[Inline]:
    """Tokens as inlines: words of one look that stand together are one text again."""
    for (kind, text), group in groupby(marked, lambda one: (one[1], one[0].key[0] == "text")):
        found = [token.inline for token, _ in group]
        for inline in _texts(found) if text else found:
            yield Change(inline, kind) if kind and not isinstance(inline, Change) else inline


def _texts(found: Sequence[Inline]) -> Iterator[Inline]:
    texts = [inline for inline in found if isinstance(inline, Text)]
    for (strong, emphasis), group in groupby(texts, _look):
        yield Text("".join(text.text for text in group), strong, emphasis)
