"""A finding: what is wrong with a deal, and where in its file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termsheet.immutable import immutable

if TYPE_CHECKING:
    from termsheet.source import Route, Source

SEVERITIES = ("note", "warning", "error")


@immutable
class Paste:
    """YAML to paste: under a path (empty: the top level), or `instead` of the empty key that is there."""

    under: str
    yaml: str
    instead: bool = False


@immutable
class Finding:
    """A defect of a deal: where it is, which rule found it, how grave it is, what is wrong and how to mend it.

    `line` and `column` count from 1. `path` names the place in the deal; for an absence, `anchor` is the part of the
    path that is there, and the line is its line. `pastes` is the YAML to add, and where; `stub` is all of it.
    `since` is the stage it counts from, `waived` the reason where the author accepts it, `width` that of the caret.
    `evidence` is what stood there and was judged (`termsheet.evidence`).
    """

    file: str
    line: int
    column: int
    path: str
    rule: str
    severity: str
    message: str
    help: str
    pastes: tuple[Paste, ...] = ()
    anchor: str = ""
    since: str = "sketch"
    waived: str = ""
    width: int = 1
    evidence: str = ""

    @property
    def stub(self) -> str:
        """All of the YAML to add."""
        return "\n".join(paste.yaml for paste in self.pastes)


def placed(
    deal_source: Source, route: Route, *, slug: str, severity: str, text: str, help: str, on_key: bool = False
) -> Finding:
    """A finding at the line of the route, or of its nearest ancestor that is there (at that one's key)."""
    there = deal_source.nearest(route)
    mark = deal_source.marks[there]
    absent = there != route
    span = mark.key if mark.key and (absent or on_key or mark.scalar is None) else mark.value
    if not there:  # the whole file: its first key stands for it
        first = next((inner.key for inner in deal_source.marks.values() if inner.key), mark.value)
        span = first
    line, column = deal_source.position(span.start)
    end = deal_source.position(span.end)
    width = end[1] - column if end[0] == line else len(deal_source.line(line)) + 1 - column
    return Finding(deal_source.name, line, column, "", slug, severity, text, help,
                   anchor=".".join(str(key) for key in there) if absent else "", width=max(1, width))  # fmt: skip
