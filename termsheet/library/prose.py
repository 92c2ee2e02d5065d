"""The clause's own words as sentences and paragraphs, whatever a deal puts between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from termsheet.library.logic import Formula, possible
from termsheet.library.reading import Choice, Piece, Reading, Words

_END = re.compile(r"[.;:!?][\"”»]?(?=\s|$)|\n[ \t]*\n|\n[ \t]*- |\s*\{#[a-z0-9-]+\}")
_TABLE = re.compile(r"^::: table .*?^:::[ \t]*$", re.MULTILINE | re.DOTALL)
_STATES = 24  # ways through a sentence that are followed at once


class Long(NamedTuple):
    """A sentence that is too long: how many words, and the line on which it begins."""

    words: int
    line: int


class Block(NamedTuple):
    """A paragraph or an item of a text: its line, its words, and whether an entry of a list gives it a name."""

    line: int
    text: str
    item: bool
    repeated: bool
    place: int  # paragraphs of which only one is printed share a place


class _State(NamedTuple):
    words: int
    line: int
    glued: bool  # whether what follows without a space belongs to the last word
    facts: tuple[Formula, ...]


def long_sentences(reading: Reading, most: int, facts: Sequence[Formula]) -> list[Long]:
    """The sentences that have more words than that, where everything stands that can stand together.

    A value counts as one word, whatever its length.
    """
    found: dict[int, int] = {}
    walk = _Counting(most, tuple(facts), found)
    walk.ended(walk.through(reading.pieces, [_State(0, 0, False, ())]))
    return [Long(words, line) for line, words in sorted(found.items())]


class _Counting:
    def __init__(self, most: int, facts: tuple[Formula, ...], found: dict[int, int]) -> None:
        self.most = most
        self.facts = facts
        self.found = found

    def through(self, pieces: Sequence[Piece], states: list[_State]) -> list[_State]:
        for piece in pieces:
            if isinstance(piece, Words):
                states = self.said(piece, states)
            elif isinstance(piece, Choice):
                states = _fewer([
                    state
                    for formula, inner in piece.branches
                    for state in self.through(inner, [it._replace(facts=(*it.facts, formula)) for it in states])
                ])  # fmt: skip
            else:
                states = [
                    it._replace(
                        words=it.words + piece.words - it.glued, line=it.line or piece.line, glued=True
                    )
                    for it in states
                ]
        return states

    def said(self, piece: Words, states: list[_State]) -> list[_State]:
        text = _TABLE.sub(lambda match: "\n\n" * (match[0].count("\n") // 2 + 1), piece.text)
        place = 0
        for end in _END.finditer(text):
            states = [
                _grown(state, text[place : end.start()], piece.line + text.count("\n", 0, place))
                for state in states
            ]
            states = self.ended(states)
            place = end.end()
        return [_grown(state, text[place:], piece.line + text.count("\n", 0, place)) for state in states]

    def ended(self, states: list[_State]) -> list[_State]:
        """The sentence is over: the longest that can be is kept where it is too long."""
        for state in sorted(states, key=lambda it: -it.words):
            if state.words <= self.most:
                break
            if possible([*self.facts, *state.facts]):
                self.found[state.line] = max(self.found.get(state.line, 0), state.words)
                break
        return [_State(0, 0, False, ())]


def _grown(state: _State, text: str, line: int) -> _State:
    words = [word for word in text.split() if re.search(r"\w", word)]
    if not words:
        return state._replace(glued=state.glued and not text)
    joined = state.glued and not text[0].isspace() and bool(re.match(r"\w", text))
    first = line + text[: len(text) - len(text.lstrip())].count("\n")
    return _State(
        state.words + len(words) - joined,
        state.line or first,
        bool(re.search(r"\w$", text)),
        state.facts,
    )


def _fewer(states: list[_State]) -> list[_State]:
    """The longest ways; of those that are equally long, the one on which the least is known."""
    kept: dict[tuple[int, bool], _State] = {}
    for state in states:
        key = (state.words, state.glued)
        if key not in kept or len(state.facts) < len(kept[key].facts):
            kept[key] = state
    return sorted(kept.values(), key=lambda state: -state.words)[:_STATES]


_CONTROL = re.compile(r"\s*(?:\{%-?\s*(?P<word>\w+)(?:(?!%\}).)*%\}\s*)+")
_STATEMENT = re.compile(r"\{%-?\s*(\w+)")


def blocks(text: str) -> Iterator[Block]:
    """The paragraphs and the items of a text, in its order."""
    depth = macro = place = 0
    lines = _TABLE.sub(lambda match: "\n" * match[0].count("\n"), text).split("\n")
    running: list[tuple[int, str]] = []

    def closed() -> Iterator[Block]:
        if running:
            words = "\n".join(line for _, line in running)
            item = bool(re.match(r"\s*(?:\[\[)?(?:- |\d+\. |\{\{ *\"- \")", words))
            yield Block(running[0][0], words, item, depth > 0, place)
            running.clear()

    for number, line in enumerate(lines, start=1):
        statements = _STATEMENT.findall(line)
        opened = statements.count("macro") - statements.count("endmacro")
        if macro or opened or "macro" in statements:
            macro += opened
            continue
        control = _CONTROL.fullmatch(line) is not None and bool(statements)
        if not line.strip() or (control and {"else", "elif", "for", "endfor"} & {*statements}):
            yield from closed()
            place += not line.strip()
        elif not control:
            running.append((number, line))
        depth += statements.count("for") - statements.count("endfor") if control else 0
    yield from closed()
