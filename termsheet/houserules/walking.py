"""What `it` and `outer` are for an `each:`, and every way in which they stand in a deal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from termsheet.houserules.expression import Expr, Fault, Frame, entries
from termsheet.houserules.language import Language
from termsheet.values.points import Point

Walk = Callable[[Frame], Iterator[list[Any]]]


def walked(each: str) -> tuple[list[Expr], Walk]:
    """The scopes of a list that `each` names, and what goes through its entries. Raises Fault."""
    if not each:
        return [], lambda frame: iter([[]])
    scopes: list[Expr] = []
    lists: list[Expr] = []
    base: Expr | None = None
    for key in each.split("."):
        language = Language(scopes)
        _, base = language.path(key if base is None else f"{base.words}.{key}")
        if base.kind == "list":
            lists.append(base)
            scopes.append(language.item(base))
            base = scopes[-1]._replace(words="it")
    if base is None or base.words != "it":
        raise Fault(f"`{each}` is not a list", "name a list, such as exit.rights")

    def walk(frame: Frame, depth: int = 0, stack: tuple[Any, ...] = ()) -> Iterator[list[Any]]:
        if depth == len(lists):
            yield [*stack]
            return
        frame.stack = [*stack]
        for entry in entries(lists[depth], frame) or ():
            if not isinstance(entry.value, Point):
                yield from walk(frame, depth + 1, (*stack, entry))

    return scopes, walk
