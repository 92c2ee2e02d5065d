"""What a compiled condition is made of: its parts, the run over a deal, and the ways in which either can fail."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from termsheet.deal import Deal, Node
from termsheet.houserules.quantities import KINDS
from termsheet.values.points import Point

Json = dict[str, Any]
Truth = bool | None

STEPS = 1_000_000  # of a rule on a deal: about a second
LETTERS = 50  # of a text that is read, for a step
ABSENT: Any = object()
TEXTS = ("text", "word", "who")
SIDES = ("us", "them")

NOUNS = {
    "section": "a section", "map": "a section", "list": "a list", "listed": "a list", "yes-no": "yes or no",
    "who": "one or more parties", "text": "a text", "word": "a word", "condition": "true or false",
    "choice": "a choice", **{name: kind.noun for name, kind in KINDS.items()},
}  # fmt: skip
EXAMPLES = {
    "any": 'any(exit.rights, it.notice < "30 days")', "all": "all(metrics, said(it.owner))",
    "count": "count(parties)", "sum": "sum(commercial.payments, it.amount)", "said": 'said("exit.wind_down")',
    "days": 'days("90 days")', "after": 'after(it.due, "invoice") > "30 days"', "money": 'money("EUR 50,000")',
    "mentions": 'mentions(legal.governing_law.law, "Ireland")', "like": 'like(deal.id, "LEG-####")',
}  # fmt: skip


class Fault(Exception):
    """A condition or a message that is not well formed: the sentence, the remedy, and the line in the text."""

    def __init__(self, message: str, help: str, line: int = 1) -> None:
        super().__init__(message)
        self.message = message
        self.help = help
        self.line = line


class TooLong(Exception):
    """The budget of steps is spent."""


class Frame:
    """One run over a deal: what `it` is, the steps that are left, and what first left the condition undecided.

    `us` is the party whose side is taken, for the positions of a playbook; a house rule takes none.
    """

    __slots__ = ("deal", "left", "stack", "undecided", "us")

    def __init__(self, deal: Deal, steps: int = STEPS, us: str = "") -> None:
        self.deal = deal
        self.us = us
        self.left = steps
        self.stack: list[Node] = []
        self.undecided = ""

    def spend(self, steps: int) -> None:
        """Pay for steps."""
        self.left -= steps
        if self.left < 0:
            raise TooLong

    def unknown(self, words: str) -> Truth:
        """None: nothing can be told of a place that says nothing, or holds a Point."""
        self.undecided = self.undecided or words
        return None


Run = Callable[[Frame], Any]
Test = Callable[[Frame], Truth]


class Expr(NamedTuple):
    """A part of a condition, compiled: its kind, what gives its value, and how its author wrote it.

    A `place` gives a node of the deal, whose value may be `ABSENT` or a Point; anything else gives a plain value, or
    None where nothing can be told. `value` is that of a constant; `items` are those of a list that is written out.
    """

    kind: str
    run: Run
    words: str
    schema: Json = {}
    place: bool = False
    private: bool = False
    value: Any = None
    items: tuple[Expr, ...] = ()

    @property
    def noun(self) -> str:
        """What a sentence calls it."""
        return f"`{self.words}` is {NOUNS[self.kind]}"


class Path(NamedTuple):
    """A path as a rule gives it: below an entry (`up` entries out, 0 for `it`), or below the deal (None)."""

    up: int | None
    keys: tuple[str, ...]

    def at(self, frame: Frame) -> str:
        """The path in a deal."""
        words = ".".join(self.keys)
        if self.up is None:
            return words
        entry = frame.stack[-1 - self.up]
        return entry.below(words) if words else entry.path


def below(node: Node, key: str) -> Node:
    """What stands under a key of a place: a Point below a Point, `ABSENT` where nothing does."""
    value = node.value
    if isinstance(value, dict):
        value = value.get(key, ABSENT)
    elif not isinstance(value, Point):
        value = ABSENT
    return Node(node._root, (*node.route, key), value)


def entries(expr: Expr, frame: Frame) -> list[Node] | None:
    """The entries of a list, Points among them; None where a Point stands in place of the list."""
    found = expr.run(frame)
    if found is None or isinstance(found, list):
        return found
    return None if isinstance(found.value, Point) else flat([found])


def flat(found: list[Node]) -> list[Node]:
    """The entries of several lists (or maps) as one list."""
    made: list[Node] = []
    for node in found:
        if isinstance(node.value, list | dict):
            keys = node.value if isinstance(node.value, dict) else range(len(node.value))
            made += [Node(node._root, (*node.route, key), node.value[key]) for key in keys]
        elif node.value is not ABSENT:
            made.append(node)
    return made


def is_said(value: Any) -> bool:
    """Whether a value says anything; a Point does."""
    return value is not ABSENT and (value.strip() if isinstance(value, str) else value) not in ("", [], {})


def same(value: Any) -> Run:
    """What gives a value, whatever the deal."""
    return lambda frame: value
