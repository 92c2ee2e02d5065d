"""The values that changed: the positions of the playbook that they touch, and the findings that they open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from termsheet.compare.sides import Side
from termsheet.compare.terms import positions
from termsheet.document import Document
from termsheet.errors import TermsheetError
from termsheet.review.issues import CHANGED, DELETED, Issue, Judged, Opened
from termsheet.wellformed import checked

if TYPE_CHECKING:
    from termsheet.deal import Deal
    from termsheet.review.review import Review
    from termsheet.settings import Settings
    from termsheet.source import Source
    from termsheet.standing import Choice

GONE, UNREAD = "not in the paper", "not read"


def judged(
    result: Review, deal: Deal, source: Source, settings: Settings | None, choice: Choice, document: Document
) -> None:
    """Tell at each issue, or else of the whole, what its changes of values do. `deal` is the deal as it is."""
    stands = choice(deal, source, settings)
    result.heading = stands.heading() if stands else ""
    by_path = {stand.path: stand for stand in stands.stands} if stands else {}
    for issue in result.issues:
        gone = issue.kind == DELETED
        barred = {one.path for one in issue.proposals if one.reason}
        paths = issue.paths if gone else [path for path in issue.paths if path in barred]
        for stand in (by_path[path] for path in paths if path in by_path):
            issue.positions.append(Judged(stand.position, stand.title, stand.entry, stand.standing,
                                          GONE if gone else UNREAD, stand.approves))  # fmt: skip
    pulled = result.pulled
    if pulled is None or pulled.after.text == pulled.before.text:
        return
    after = checked(pulled.after)[0]
    after.house = deal.house
    was = Side("as it is", deal, pulled.before, document, settings)
    now = Side("as it came back", after, pulled.after, document, settings)
    for one in positions(was, now, choice):
        made = Judged(one.position, one.title, one.entry, one.old, one.new, one.approves)
        holder = _holder(result.issues, one.path)
        (holder.positions if holder else result.positions).append(made)
    for path, opened in _opened(pulled.before, pulled.after, settings):
        holder = _holder(result.issues, path)
        (holder.findings if holder else result.findings).append(opened)


def _holder(issues: list[Issue], path: str) -> Issue | None:
    """The issue that changes what lies at a path, or nearest to it."""
    changed = [issue for issue in issues if issue.kind == CHANGED]
    there = [(issue, one.path) for issue in changed for one in issue.proposals if not one.reason]
    for close in (lambda one: one == path, lambda one: _above(one, path), lambda one: _above(path, one)):
        found = next((issue for issue, one in there if close(one)), None)
        if found is not None:
            return found
    distinct = {one for _, one in there}
    return there[0][0] if len(distinct) == 1 else None


def _above(one: str, other: str) -> bool:
    return bool(one) and other.startswith((f"{one}.", f"{one}["))


def _opened(before: Source, after: Source, settings: Settings | None) -> Iterator[tuple[str, Opened]]:
    """The findings that were not there before."""
    from termsheet.lint import lint_source
    from termsheet.rules import RULES

    try:
        then, now = (lint_source(one, RULES, settings=settings) for one in (before, after))
    except TermsheetError:
        return
    known = {(one.rule, one.path) for one in then.findings}
    for one in now.findings:
        if (one.rule, one.path) not in known and not one.waived:
            yield one.path, Opened(one.rule, one.path, one.severity, one.message)
