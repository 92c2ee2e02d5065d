"""Points in time of a deal: their day as far as it is known, and their order where they hang on one event."""

from __future__ import annotations

from datetime import date

from termsheet.deal import Deal, Node
from termsheet.immutable import immutable, replace
from termsheet.rules.rule import brief
from termsheet.values.calendar import Holidays, add, last_day
from termsheet.values.duration import Duration
from termsheet.values.when import When

_DEPTH = 3
_ANY_DAYS = tuple(
    date(year, month, day) for year in (2027, 2028) for month in range(1, 13) for day in (1, 28)
)  # what any day may be, but for the days that some months lack


@immutable
class Step:
    """A length of time after a day, or before it; or a term that begins on it (`term`: to its last day)."""

    length: Duration
    way: str = "after"

    def from_day(self, day: date, holidays: Holidays | None) -> date | None:
        """The day to which it leads."""
        if self.way == "term":
            return last_day(day, self.length, holidays=holidays)
        return add(day, self.length, before=self.way == "before", holidays=holidays)


@immutable
class Moment:
    """A day, or an event whose day is not known; and the lengths of time that are counted from there.

    `text` is what the file says. Where nobody has said which holidays there are, what is counted in business days has
    no certain day.
    """

    start: date | str
    steps: tuple[Step, ...] = ()
    text: str = ""
    holidays: Holidays | None = None

    @property
    def day(self) -> date | None:
        """Its day, where one is known for certain."""
        return self.if_on(self.start) if isinstance(self.start, date) else None

    @property
    def words(self) -> str:
        """What a message calls it."""
        return str(self.day or brief(self.text, 28))

    @property
    def at(self) -> str:
        """The same, as what falls on it is said to be: `on 2027-03-31`, `60 days after signature`."""
        return f"on {self.day}" if self.day else self.words

    def if_on(self, start: date) -> date | None:
        """Its day, if what it hangs on were on that day."""
        found: date | None = start
        for step in self.steps:
            found = step.from_day(found, self.holidays) if found else None
        return found

    def after(self, length: Duration) -> Moment:
        """So long after it."""
        return self.then(Step(length))

    def then(self, step: Step) -> Moment:
        """What a step from it leads to."""
        return replace(self, steps=(*self.steps, step))


def before(one: Moment | None, other: Moment | None) -> bool:
    """Whether one comes before the other for certain, be the day of their event what it may."""
    if one is None or other is None:
        return False
    if one.day and other.day:
        return one.day < other.day
    pairs = ((one.if_on(start), other.if_on(start)) for start in _ANY_DAYS)
    return one.start == other.start and all(first and last and first < last for first, last in pairs)


def moment(deal: Deal, node: Node, path: str) -> Moment | None:
    """The point in time at a path."""
    found = _moment(deal, node.parsed(path, "when"), _DEPTH)
    return found and replace(found, text=" ".join(node.text(path).split()))


def end(deal: Deal) -> Moment:
    """The last day of the first term."""
    return _end(deal, _DEPTH) or _on(deal, "end")


def day(deal: Deal, node: Node, path: str) -> date | None:
    """The day at a path, or None where none is known for certain."""
    found = moment(deal, node, path)
    return found.day if found else None


def start_of_term(deal: Deal) -> date | None:
    """The day on which the deal takes effect."""
    return day(deal, deal, "term.effective")


def end_of_term(deal: Deal) -> date | None:
    """The last day of the first term."""
    return end(deal).day


def may_go_on(deal: Deal) -> bool:
    """Whether the deal may run on after its first term, or this is not known."""
    if "none" in (deal.point("term.renewal"), deal.point("term.renewal.kind")):
        return False
    return deal.has("term.renewal") and deal.text("term.renewal.kind") != "no-renewal"


def _moment(deal: Deal, when: When | None, depth: int) -> Moment | None:
    if when is None or not depth:
        return None
    start = _on(deal, when.date) if when.date else _event(deal, when.event, depth - 1)
    if start is None or when.offset is None:
        return start
    return start.then(Step(when.offset, "before" if when.before else "after"))


def over_before_paper(deal: Deal) -> bool:
    """Whether the deal, a renewal included and unless it renews itself, is over on the date of its paper."""
    written, last = deal.parsed("deal.date", "date"), end_of_promises(deal)
    return bool(written and last and last < written and deal.text("term.renewal.kind") != "automatic")


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
    return renewed_to(deal, end)


def renewed_to(deal: Deal, end: date, times: int = 1) -> date | None:
    """The last day of the term that follows a term's last day, or of the one so many times later."""
    length = deal.parsed("term.renewal.for", "duration") or deal.parsed("term.initial", "duration")
    after = add(end, Duration(1, "day"))
    if length is None or after is None:
        return None
    return last_day(after, replace(length, number=length.number * times), holidays=deal.holidays)


def event(deal: Deal, name: str) -> Moment | None:
    """The point in time of an event: one that every deal knows, or one of its own."""
    return _event(deal, name, _DEPTH)


def signed(deal: Deal) -> date | None:
    """The day of the last signature, once every signatory of every party has one."""
    dates = [
        signatory.parsed("date", "date")
        for party in deal.each("parties")
        for signatory in party.each("signatories") or [party]
    ]
    return max(dates) if dates and all(dates) else None


def _on(deal: Deal, start: date | str) -> Moment:
    return Moment(start, holidays=deal.holidays)


def _event(deal: Deal, event: str, depth: int) -> Moment | None:
    when: When | None = None
    if told := deal.days.get(event):
        return _on(deal, told)
    if event in ("signature", "last-signature") and (day := signed(deal)):
        return _on(deal, day)
    if event == "end":
        return (None if may_go_on(deal) else _end(deal, depth)) or _on(deal, event)
    if event == "effective":
        when = deal.parsed("term.effective", "when")
    for entry in deal.each("events"):
        if entry.text("id") == event:
            when = entry.parsed("expected", "when")
    return _moment(deal, when, depth) if when else _on(deal, event)


def _end(deal: Deal, depth: int) -> Moment | None:
    written = deal.parsed("term.ends", "when")
    if written is not None:
        return None if written.event == "end" else _moment(deal, written, depth)
    start = _moment(deal, deal.parsed("term.effective", "when"), depth)
    length = deal.parsed("term.initial", "duration")
    if start is None or length is None or not length.number or length.word:
        return None
    return start.then(Step(length, "term"))
