"""A text that a comma cut in pieces."""

from __future__ import annotations

from termsheet import schema
from termsheet.fix.written import quoted_edit
from termsheet.source import Route, Source, Trap
from termsheet.splice import Edit


def whole(read: Source, trap: Trap) -> Edit | None:
    """The whole text in quotes; nothing where one of the pieces is a key that may stand there."""
    if trap.whole is None:
        return None
    pieces = [piece.strip() for piece in read.text[slice(*trap.whole)].split(",")]
    known = schema.at(trap.route[:-1]).get("properties", {})
    return None if set(pieces[1:]) & set(known) else quoted_edit(read, trap.whole)


def caught(read: Source, route: Route) -> bool:
    """Whether a trap holds what stands at a route, so that it is not all of what its author wrote."""
    value = read.marks[read.nearest(route)].value
    return any(
        trap.route == route
        or (trap.whole is not None and trap.whole.start < value.end and value.start < trap.whole.end)
        for trap in read.traps
    )
