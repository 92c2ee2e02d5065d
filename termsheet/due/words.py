"""Lengths of time, and how a day was counted, in words."""

from __future__ import annotations

from datetime import date

from termsheet.deal import Deal, Node
from termsheet.rules.times import event as event_of
from termsheet.values.duration import Duration
from termsheet.values.when import When

EACH = ("invoice", "receipt", "notice")  # events that happen many times


def length(duration: Duration) -> str:
    """`1 month`, `60 days`."""
    if not duration.unit:
        return duration.word
    return f"{duration.number} {duration.unit}{'s' * (duration.number != 1)}"


def counted(deal: Deal, when: When) -> str:
    """How the day of a point in time was found: `60 days before end 2030-03-31`; nothing where the file names it."""
    if when.date:
        return ""
    if when.offset is None:
        return f"{'at' if when.event == 'end' else 'on'} {when.event}{_likewise(deal, when.event)}"
    start = event_of(deal, when.event)
    day = f" {start.day}" if start and start.day else ""
    words = f"{length(when.offset)} {_way(when)} {when.event}{day}"
    return words + _likewise(deal, when.event)


def why_not(deal: Deal, when: When, text: str) -> tuple[str, str]:
    """Why a point in time has no day, and the event on which it hangs."""
    if when.date:
        return f"{text}: comes to no day", ""
    start = event_of(deal, when.event)
    if when.event in EACH:
        return f"{text}: counted from each {when.event}", ""
    if start and start.day:
        return f"{text}: not counted in days", ""
    if start is None or not isinstance(start.start, str):
        return f"{text}: hangs on itself", ""
    root = start.start
    if root == "end":
        return f"{text}: the deal has no last day", "end"
    if root != when.event:
        return f"{text}: {when.event} hangs on {root}, whose day is not known", root
    if root == "effective":
        return f"{text}: nothing says when the deal takes effect", "effective"
    return f"{text}: its day is not known", root


def term(start: date, duration: Duration, end: date) -> str:
    """`12 months from 2027-01-01 end on 2027-12-31`."""
    return f"{length(duration)} from {start} end on {end}"


def names(deal: Deal, node: Node, key: str) -> tuple[str, ...]:
    """Who stands at a key, by name; a person with the party, and whoever the file does not know as it is written."""
    return tuple(dict.fromkeys(_name(deal, word) for word in node.who(key)))


def all_of(deal: Deal) -> tuple[str, ...]:
    """Every party, by name."""
    return tuple(deal.party_name(party) for party in deal.party_ids)


def or_all(deal: Deal, node: Node, key: str) -> tuple[str, ...]:
    """Who stands at a key, or else every party."""
    return names(deal, node, key) or all_of(deal)


def _name(deal: Deal, word: str) -> str:
    for person in deal.each("people"):
        if person.text("id") == word:
            name = person.text("name") or person.text("title") or word
            sides = " and ".join(deal.party_name(side) for side in person.who("party"))
            return f"{name} ({sides})" if sides else name
    if word in deal.declared and word not in deal.party_ids:
        return str(deal.declared[word].value)
    return deal.party_name(word)


def _way(when: When) -> str:
    return "before" if when.before else "after"


def _likewise(deal: Deal, name: str) -> str:
    """The arithmetic of the event itself, where it hangs on another one."""
    if name in deal.days:
        return ""
    source = deal.parsed("term.effective", "when") if name == "effective" else None
    for entry in deal.each("events"):
        if entry.text("id") == name:
            source = entry.parsed("expected", "when")
    if source is None or source.date or source.event == name:
        return ""
    start = event_of(deal, source.event)
    day = f" {start.day}" if start and start.day else ""
    offset = f"{length(source.offset)} {_way(source)} " if source.offset else "on "
    return f" ({name} is {offset}{source.event}{day})"
