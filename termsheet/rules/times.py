"""Days of a deal as far as they are known: written out, or counted from the start, the end or a dated event."""

from __future__ import annotations

from datetime import date

from termsheet.deal import Deal, Node
from termsheet.values.calendar import add, last_day
from termsheet.values.when import When


def day(deal: Deal, node: Node, path: str) -> date | None:
    """The day at a path, or None where none is known for certain."""
    return _day(deal, node.parsed(path, "when"), 3)


def start_of_term(deal: Deal) -> date | None:
    """The day on which the deal takes effect."""
    return day(deal, deal, "term.effective")


def end_of_term(deal: Deal) -> date | None:
    """The last day of the first term."""
    return _end(deal, 3)


def may_go_on(deal: Deal) -> bool:
    """Whether the deal may run on after its first term, or this is not known."""
    return deal.has("term.renewal") and deal.text("term.renewal.kind") != "no-renewal"


def over_before_paper(deal: Deal) -> bool:
    """Whether the deal, as far as it does not renew itself, is over on the date of its paper."""
    written, end = deal.parsed("deal.date", "date"), end_of_term(deal)
    return bool(written and end and end < written and deal.text("term.renewal.kind") != "automatic")


def day_of_paper(deal: Deal) -> date | None:
    """The date of the paper, or None where there is none or the term shows that it cannot be right."""
    written, start = deal.parsed("deal.date", "date"), start_of_term(deal)
    far = written and start and (start - written).days > 366
    return None if far or over_before_paper(deal) else written


def end_of_promises(deal: Deal) -> date | None:
    """The last day on which anything can be owed: that of the first term, or of one renewal where there may be one."""
    end = end_of_term(deal)
    if end is None or not may_go_on(deal):
        return end
    length = deal.parsed("term.renewal.for", "duration") or deal.parsed("term.initial", "duration")
    return add(end, length) if length else None


def _day(deal: Deal, when: When | None, depth: int) -> date | None:
    if when is None or not depth:
        return None
    start = when.date or _event(deal, when.event, depth - 1)
    if start is None or when.offset is None:
        return start
    return add(start, when.offset, before=when.before)


def _event(deal: Deal, event: str, depth: int) -> date | None:
    if event == "effective":
        return _day(deal, deal.parsed("term.effective", "when"), depth)
    if event == "end":
        return _end(deal, depth)
    for entry in deal.each("events"):
        if entry.text("id") == event:
            return _day(deal, entry.parsed("expected", "when"), depth)
    return None


def _end(deal: Deal, depth: int) -> date | None:
    written = deal.parsed("term.ends", "when")
    if written is not None:
        return None if written.event == "end" else _day(deal, written, depth)
    start = _day(deal, deal.parsed("term.effective", "when"), depth)
    length = deal.parsed("term.initial", "duration")
    return last_day(start, length) if start is not None and length is not None else None
