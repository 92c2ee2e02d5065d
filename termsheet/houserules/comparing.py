"""How two parts of a condition are compared: as what, whether they are equal, and which is more.

Truth is true, false or None: where one side says nothing, or only `open`, there is nothing to compare.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from termsheet.deal import Deal, Node
from termsheet.houserules.expression import (
    LETTERS,
    NOUNS,
    TEXTS,
    Expr,
    Fault,
    Frame,
    Run,
    Test,
    Truth,
    entries,
    is_said,
    same,
)
from termsheet.houserules.quantities import KINDS, as_measure, judged
from termsheet.immutable import replace
from termsheet.rules.rule import brief
from termsheet.rules.times import moment
from termsheet.schema.messages import closest
from termsheet.values.errors import FormError
from termsheet.values.money import Money
from termsheet.values.points import Point

_SIGNS = {
    "eq": "==",
    "ne": "!=",
    "lt": "<",
    "lteq": "<=",
    "gt": ">",
    "gteq": ">=",
    "in": "in",
    "notin": "not in",
}
_ORDERS: dict[str, Callable[[int], bool]] = {
    "lt": lambda sign: sign < 0,
    "lteq": lambda sign: sign <= 0,
    "gt": lambda sign: sign > 0,
    "gteq": lambda sign: sign >= 0,
}
_REMEDIES = {
    kind: f'compare it with {known.noun} in quotes, such as "{known.example}"'
    for kind, known in KINDS.items()
} | {"yes-no": "compare it with true or false", "number": "compare it with a number, without quotes"}
_UNDATED = 200  # steps: two times are tried on many days
_TIMED = 20


def compared(left: Expr, op: str, right: Expr, line: int) -> Test:
    """Whether two single values stand to each other as the sign says."""
    kind = _common(left, right, _SIGNS[op], line)
    one, other = (reader(side, kind, line) for side in (left, right))
    if op in ("eq", "ne"):
        return _equality(one, other, kind, op == "eq")
    if kind not in KINDS:
        raise Fault(
            f"`{_SIGNS[op]}` does not go with {NOUNS[kind]}", "compare it with `==`, `!=` or `in`", line
        )
    order, decide = KINDS[kind].order, _ORDERS[op]

    def run(frame: Frame) -> Truth:
        a, b = one(frame), other(frame)
        if a is None or b is None:
            return None
        if kind == "moment" and not (a.day and b.day):
            frame.spend(_UNDATED)
        return judged(order(a, b), decide)

    return run


def _equality(one: Run, other: Run, kind: str, wanted: bool) -> Test:
    alike = KINDS[kind].same if kind in KINDS else _same_parties if kind == "who" else _same_text

    def run(frame: Frame) -> Truth:
        a, b = one(frame), other(frame)
        found = None if a is None or b is None else alike(a, b)
        return None if found is None else found is wanted

    return run


def member(left: Expr, op: str, right: Expr, item: Expr | None, line: int) -> Test:
    """Whether a value is among those of a list, or a text stands in another. `item` is an entry of the list."""
    if right.kind == "listed":
        found = any_of([compared(left, "eq", one, line) for one in right.items])
    elif right.kind == "list" and item is not None:
        found = _among(left, right, item, line)
    elif right.kind in TEXTS and left.kind in TEXTS:
        kind = "who" if right.kind == "who" else "text"
        found = _within(reader(left, "text", line), reader(right, kind, line))
    else:
        raise Fault(
            f"{right.noun}, and `in` wants a list or a text", 'write it.ground in ["breach", "payment"]', line
        )
    return found if op == "in" else negated(found)


def _among(left: Expr, right: Expr, item: Expr, line: int) -> Test:
    cell: list[Node] = []
    equal = compared(left, "eq", item._replace(run=lambda frame: cell[-1], words=right.words), line)

    def run(frame: Frame) -> Truth:
        there = entries(right, frame)
        if not there:  # what is not said cannot be compared
            return frame.unknown(right.words)
        unsure = False
        for entry in there:
            frame.spend(3)
            cell.append(entry)
            found = equal(frame)
            cell.pop()
            if found:
                return True
            unsure = unsure or found is None
        return None if unsure else False

    return run


def _within(part: Run, whole: Run) -> Test:
    """Whether a text stands in another, or a party among several."""

    def run(frame: Frame) -> Truth:
        small, large = part(frame), whole(frame)
        return small in large if isinstance(small, str) and large is not None else None

    return run


def reader(expr: Expr, kind: str, line: int) -> Run:
    """What reads the value of a part as one of a kind; it gives None where there is nothing to compare."""
    if isinstance(expr.value, str) and kind in KINDS:
        constant = _constant(expr.value, kind, line)
        return same(constant) if kind != "money" else lambda frame: _in_currency(constant, frame.deal)
    if not expr.place:
        return _converted(expr, kind)

    def run(frame: Frame) -> Any:
        node = expr.run(frame)
        if isinstance(node.value, str):
            frame.spend(len(node.value) // LETTERS)
        if isinstance(node.value, Point) or not is_said(node.value):
            return frame.unknown(expr.words)
        try:
            return _value(node, expr, kind, frame)
        except FormError:
            return frame.unknown(expr.words)

    return run


def _value(node: Node, expr: Expr, kind: str, frame: Frame) -> Any:
    if kind == "who":
        return _parties(node.value, frame.deal)
    if expr.kind in (*TEXTS, "yes-no"):
        return node.value
    if expr.kind == "moment":
        frame.spend(_TIMED)
        parent = frame.deal.get_route(node.route[:-1])
        return parent and moment(frame.deal, parent, str(node.route[-1]))
    return _in_kind(expr.kind, kind, KINDS[expr.kind].read(str(node.value)), frame.deal)


def _converted(expr: Expr, kind: str) -> Run:
    """The value of what is not a place: a constant, or what was reckoned."""
    if kind == "who":
        return lambda frame: _parties(expr.run(frame), frame.deal)
    if kind not in ("money", "measure"):
        return expr.run
    return lambda frame: (
        None if (value := expr.run(frame)) is None else _in_kind(expr.kind, kind, value, frame.deal)
    )


def _in_kind(kind: str, wanted: str, value: Any, deal: Deal) -> Any:
    """A value of one kind as one of another: a number as an amount, an amount as a measured value."""
    if kind == "money" or wanted == "money":
        value = _in_currency(value if kind == "money" else Money(value), deal)
    return as_measure(kind, value) if wanted == "measure" != kind else value


def _constant(text: str, kind: str, line: int) -> Any:
    wanted = KINDS[kind]
    try:
        return wanted.read(text)
    except FormError as error:
        raise Fault(
            f"`{brief(text)}` {error}", f'write {wanted.noun}, such as "{wanted.example}"', line
        ) from None


def _in_currency(value: Money, deal: Deal) -> Money:
    return value if value.currency else replace(value, currency=deal.text("deal.currency"))


def _parties(value: Any, deal: Deal) -> list[str] | None:
    words = value if isinstance(value, list) else [value]
    if not all(isinstance(word, str) for word in words):
        return None
    return deal.party_ids if any(word in ("each", "all", "jointly") for word in words) else words


def _common(left: Expr, right: Expr, sign: str, line: int) -> str:
    """As what two parts are compared."""
    for side in (left, right):
        if side.kind in ("list", "listed", "section", "map", "condition", "choice"):
            raise Fault(f"{side.noun}, and `{sign}` compares single values", _singly(side, sign), line)
    for one, other in ((left, right), (right, left)):
        if isinstance(one.value, str) and not isinstance(other.value, str):
            return _beside(one, other, line)
    kinds = {left.kind, right.kind}
    if len(kinds) == 1:
        return kinds.pop()
    if kinds <= {*TEXTS}:
        return "who" if "who" in kinds else "text"
    if "measure" in kinds and kinds <= {"measure", "number", "rate", "money"}:
        return "measure"
    if kinds == {"number", "money"}:
        return "money"
    raise Fault(f"{left.noun}, and {right.noun}", _REMEDIES.get(left.kind, "compare two of a kind"), line)


def _singly(many: Expr, sign: str) -> str:
    """How to ask of every entry what was asked of a list."""
    if many.kind != "list":
        return "name one value in it, such as exit.wind_down.length"
    if many.place:
        return f'write "…" in {many.words}'
    parent, _, key = many.words.rpartition(".")
    return f"write any({parent}, it.{key} {sign} …)"


def _beside(text: Expr, other: Expr, line: int) -> str:
    """As what a text in quotes is compared: what stands beside it decides."""
    if other.kind in ("yes-no", "number"):
        raise Fault(f"{other.noun}, and {text.noun}", _REMEDIES[other.kind], line)
    if other.kind == "word":
        allowed = [str(word) for word in other.schema["enum"]]
        if text.value not in allowed:
            meant = closest(text.value, allowed)
            hint = f"; did you mean `{meant}`?" if meant else ""
            raise Fault(f"`{brief(text.value)}` is never a value of `{other.words}`{hint}",
                        f'write "{meant}"' if meant else f"use one of {', '.join(allowed)}", line)  # fmt: skip
        return "text"
    return other.kind


def _same_text(one: Any, other: Any) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return one.split() == other.split()
    return bool(one == other)


def _same_parties(one: list[str], other: list[str]) -> bool:
    return {*one} == {*other}


def both(one: Test, other: Test) -> Test:
    """Whether both hold."""

    def run(frame: Frame) -> Truth:
        first = one(frame)
        if first is False:
            return False
        second = other(frame)
        return second if first or second is False else None

    return run


def either(one: Test, other: Test) -> Test:
    """Whether one of two holds."""
    return negated(both(negated(one), negated(other)))


def any_of(tests: Sequence[Test]) -> Test:
    """Whether one of several holds."""

    def run(frame: Frame) -> Truth:
        found = [test(frame) for test in tests]
        return True if any(found) else None if None in found else False

    return run


def negated(test: Test) -> Test:
    """Whether a condition does not hold."""
    return lambda frame: None if (found := test(frame)) is None else not found
