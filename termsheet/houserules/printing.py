"""How a message prints a value of the deal: in one line, cut short, and never read as anything but words."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from termsheet.deal import Deal, Node
from termsheet.houserules.expression import Expr, Fault, Frame, Run, flat, is_said
from termsheet.rules.rule import brief, called, listed
from termsheet.values.money import Money
from termsheet.values.points import Point

_MANY = 5
_NAMES = {"each": "each party", "all": "all parties", "jointly": "the parties jointly"}


def shown(expr: Expr) -> Run:
    """What gives a part of a message as text, or None where nothing can be told."""
    if expr.private:
        raise Fault(f"the message prints `{expr.words}`, which is private", "say it without the value")
    if expr.place:
        return lambda frame: _place(frame.deal, expr.run(frame), expr)
    if expr.kind == "list":
        return lambda frame: None if (found := expr.run(frame)) is None else _list(frame.deal, found, expr)
    if expr.kind in ("number", "money", "rate", "text"):
        return lambda frame: _plain(expr.run(frame), expr.kind)
    if expr.kind == "choice":
        yes, no = map(shown, expr.items)

        def run(frame: Frame) -> Any:
            return (yes if expr.run(frame) else no)(frame)

        return run
    raise Fault(f"{expr.noun}, and cannot be printed", "print a place of the deal, a number or an amount")


def _place(deal: Deal, node: Node, expr: Expr) -> str:
    value = node.value
    if isinstance(value, Point):
        return value.kind
    if not is_said(value):
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return clean(node.name)
    if expr.schema.get("x-form") in ("who", "ref"):
        return _who(deal, [str(word) for word in (value if isinstance(value, list) else [value])])
    return _list(deal, flat([node]), expr) if isinstance(value, list) else clean(value)


def _who(deal: Deal, words: list[str]) -> str:
    """Parties and people by their names."""
    if words[0] in _NAMES:
        return _NAMES[words[0]]
    if {*words} <= {*deal.party_ids}:
        return clean(called(deal, *words), 120)
    known = deal.declared
    return listed(clean(known[word].value if word in known else word) for word in words[:_MANY])


def _list(deal: Deal, found: list[Node], expr: Expr) -> str:
    item = expr._replace(schema=expr.schema.get("items", {}))
    names = [_place(deal, node, item) for node in found if is_said(node.value)]
    if len(names) > _MANY:
        names = [*names[: _MANY - 1], f"{len(names) - _MANY + 1} more"]
    return listed(names) if names else "nothing"


def _plain(value: Any, kind: str) -> str | None:
    if isinstance(value, Money):
        per = f" per {clean(value.per)}" if value.per else ""
        return f"{value.currency} {_figure(value.amount)}{per}".strip()
    if isinstance(value, Decimal):
        return _figure(value) + ("%" if kind == "rate" else "")
    return None if value is None else clean(value, 120)


def _figure(value: Decimal) -> str:
    text = f"{value:,.2f}" if abs(value) < 10**21 else f"{value:.3e}"
    return text.removesuffix(".00")


def clean(value: Any, width: int = 40) -> str:
    """A value in one short line, without what a terminal would obey."""
    return brief("".join(letter if letter.isprintable() else " " for letter in str(value)[:2000]), width)
