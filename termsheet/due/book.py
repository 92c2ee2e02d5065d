"""The primitives of the list: a day, a length of time after a day, and what recurs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import count, takewhile
from typing import NamedTuple

from termsheet.deal import Deal, Node
from termsheet.due import words
from termsheet.due.model import Due, Entry, Undated
from termsheet.immutable import replace
from termsheet.rules.times import Moment, end_of_term, may_go_on, moment, renewed_to, start_of_term
from termsheet.source import Route
from termsheet.values import FormError, dates
from termsheet.values.cadence import Cadence
from termsheet.values.calendar import ENDS, MONTHS, add, last_day, period_end, recurring
from termsheet.values.duration import Duration
from termsheet.values.points import Point
from termsheet.values.when import When

_POINTS = {"open": "still open", "withheld": "agreed, and not shown"}
_AHEAD = Duration(10, "year")  # how far what recurs is listed where nothing ends it sooner
_YEAR = Duration(
    1, "year"
)  # how far beyond the last day that is wanted: what is due before something lies before it
_MOST = 200  # of renewals


class Item(NamedTuple):
    """What falls due: its kind, its words, and who answers for it and to whom (a key of the node, or names)."""

    kind: str
    what: str
    who: str | tuple[str, ...] = ""
    to: str | tuple[str, ...] = ""
    routine: bool = False
    private: bool = False


class Time(NamedTuple):
    """One time of what recurs: its day, the day that must lie within the deal, and the arithmetic."""

    day: date
    within: date
    how: str


class Book:
    """The dates of one deal, as they are collected.

    `until` is the last day that is wanted: what recurs is listed up to it, to the end of the deal, or for ten years.
    `ends` holds the last day of the first term, and of the renewed ones up to the one that the day of the list or
    `until` falls in. `end` is that of the term that runs on the day of the list.
    """

    def __init__(self, deal: Deal, until: date | None = None) -> None:
        self.deal = deal
        deal.holidays = deal.holidays or frozenset()  # where none are named, there are none
        self.dates: list[Due] = []
        self.undated: list[Undated] = []
        self.start = start_of_term(deal)
        self.ends = _ends(deal, max(until or deal.as_of, deal.as_of))
        self.is_over = "end" in deal.days
        self.end = deal.days.get("end") or next(
            (end for end in self.ends if end >= deal.as_of), self.ends[-1] if self.ends else None
        )
        if self.end:
            deal.days = {**deal.days, "end": self.end}
        self._last = (self.end if self.is_over or not self.ends else self.ends[-1]) or date.max
        start = max(deal.as_of, self.start or deal.as_of)
        self._horizon = min(self._last, (add(until, _YEAR) if until else add(start, _AHEAD)) or date.max)

    # --- one day --------------------------------------------------------------------------------------------

    def at(self, node: Node, key: str, item: Item) -> date | None:
        """What falls due at the point in time under a key; gives its day."""
        when, entry = node.parsed(key, "when"), self._entry(node, key, item)
        if when is None:
            self._point(node, key, entry)
            return None
        found = moment(self.deal, node, key)
        if found is None or found.day is None:
            self.undated.append(Undated(entry, *words.why_not(self.deal, when, _text(node, key))))
            return None
        self.put(entry, found.day, words.counted(self.deal, when) + self._unless_renewed(when.event))
        return found.day

    def after(
        self,
        node: Node,
        key: str,
        start: Moment | date | None,
        called: str,
        item: Item,
        *,
        before: bool = False,
    ) -> date | None:
        """What falls due a length of time after a point in time (or before it); gives its day."""
        length, entry = node.parsed(key, "duration"), self._entry(node, key, item)
        if length is None:
            self._point(node, key, entry)
            return None
        if not length.number:
            return None
        told = f"{words.length(length)} {'before' if before else 'after'} {called}"
        day = start.day if isinstance(start, Moment) else start
        if day is None:
            root = start.start if isinstance(start, Moment) else called
            hangs_on = root if isinstance(root, str) and " " not in root else ""
            self.undated.append(Undated(entry, f"{told.removesuffix(' on')}: its day is not known", hangs_on))
            return None
        found = add(day, replace(length, word=""), before=before, holidays=self.deal.holidays)
        if found is None:
            self.undated.append(Undated(entry, f"{told}: not counted in days"))
            return None
        self.put(entry, found, f"{told} {day}" + self._unless_renewed(called))
        return found

    def after_end(self, node: Node, key: str, item: Item) -> date | None:
        """What falls due a length of time after the end of the deal; gives its day."""
        return self.after(node, key, self.end, "end", item)

    def lasts(self, node: Node, key: str, item: Item) -> None:
        """A length of time that is counted from the end where it says so; else the deal says no day for its start."""
        length = node.parsed(key, "duration")
        if length and length.word == "term":
            self.after_end(node, key, item)
        elif length and length.number:
            why = f"{words.length(length)}: nothing says from when"
            self.undated.append(Undated(self._entry(node, key, item), why))

    def around(
        self, node: Node, key: str, days: list[date], item: Item, often: str, *, before: bool = False
    ) -> None:
        """What falls due a length of time before or after each of some days; `{day}` in its words is that day."""
        length = node.parsed(key, "duration")
        way = "before" if before else "after"
        for number, day in enumerate(days if length and length.number else (), start=1):
            found = add(day, length, before=before, holidays=self.deal.holidays)
            if found is None:
                each = item._replace(what=item.what.replace(" of {day}", ""))
                self.no_day(node, key, each, f"{words.length(length)} {way} it: not counted in days")
                return
            named = item._replace(what=item.what.format(day=day))
            how = f"{words.length(length)} {way} {day}"
            self.put(self._entry(node, key, named), found, how, often, number if often else 0)

    def on(self, node: Node, key: str, day: date | None, how: str, item: Item, number: int = 0) -> None:
        """What falls due on a day that is known already."""
        if day:
            self.put(self._entry(node, key, item), day, how, number=number)

    def no_day(self, node: Node, key: str, item: Item, why: str, hangs_on: str = "") -> None:
        """What has no day yet."""
        self.undated.append(Undated(self._entry(node, key, item), why, hangs_on))

    def settle(self, route: Route, point: Point) -> None:
        """An open point that somebody is to settle by a day."""
        path = self.deal.path_of(route)
        who = words.names(self.deal, Node(self.deal, (), {"who": point.who}), "who") if point.who else ()
        entry = Entry("open point", f"to be settled: {point.what or path}", path, route, who)
        try:
            self.put(entry, dates.parse(point.by))
        except FormError:
            self.undated.append(Undated(entry, f"by {point.by}: not a date"))

    # --- what recurs ----------------------------------------------------------------------------------------

    def series(self, node: Node, item: Item, *, due: str = "due", every: str = "every") -> list[date]:
        """What falls due once, or again and again where a cadence stands beside it; gives the days."""
        cadence, when = node.parsed(every, "cadence"), node.parsed(due, "when") if due else None
        if cadence is None and (when is None or when.event not in ENDS):
            self._point(node, every, self._entry(node, every, item))
            day = self.at(node, due, item) if due else None
            return [day] if day else []
        entry = self._entry(node, due if due and node.has(due) else every, item)
        often = _text(node, every) or f"each {when.event.removesuffix(' end') if when else ''}"
        if due and self._point(node, due, entry):
            return []
        if when and when.event not in ENDS:
            found = moment(self.deal, node, due)
            if found is None or found.day is None:
                text = f"{often}, {_text(node, due)}"
                self.undated.append(Undated(entry, *words.why_not(self.deal, when, text)))
                return []
            return self.repeated(
                entry, self._steps(found.day, cadence, words.counted(self.deal, when)), often, node
            )
        start = self._begins(node)
        if start is None:
            self._no_start(entry, often)
            return []
        times = _after_ends(start, when, cadence, self.deal) if when else self._periods(start, cadence)
        return self.repeated(entry, times, often, node)

    def repeated(self, entry: Entry, times: Iterator[Time], often: str, node: Node) -> list[date]:
        """Put what recurs in the list, as far as it goes; gives the days."""
        until = moment(self.deal, node, "until")
        last = min(self._horizon, until.day if until and until.day else self._horizon)
        days = []
        for number, time in enumerate(takewhile(lambda time: time.within <= last, times), start=1):
            self.put(entry, time.day, time.how, often, number)
            days.append(time.day)
        return days

    def _steps(self, first: date, cadence: Cadence | None, how: str) -> Iterator[Time]:
        """A first day, and then one after each step."""
        step = (cadence.step or cadence.period) if cadence else Duration()
        for number, day in enumerate(recurring(first, step, holidays=self.deal.holidays)):
            told = f"{words.length(replace(step, number=step.number * number))} after {first}"
            yield (
                Time(day, day, told) if number else Time(day, date.min, how)
            )  # the first is listed wherever it lies

    def _periods(self, start: date, cadence: Cadence | None) -> Iterator[Time]:
        """The last day of each period that is counted from the start, where the deal names no day."""
        step = (cadence.step or cadence.period) if cadence else Duration()
        for number in count(1):
            whole = replace(step, number=step.number * number)
            day = last_day(start, whole, holidays=self.deal.holidays)
            if day is None:
                return
            yield Time(day, day, f"no day is said; {words.term(start, whole, day)}")

    def _begins(self, node: Node) -> date | None:
        starts = moment(self.deal, node, "starts")
        return starts.day if starts and starts.day else self.start

    def _no_start(self, entry: Entry, often: str) -> None:
        text = _text(self.deal, "term.effective")
        effective = self.deal.parsed("term.effective", "when") or When(event="effective")
        why, root = words.why_not(self.deal, effective, f"{often} from effective ({text})" if text else often)
        self.undated.append(Undated(entry, why, root))

    # --- what is put ----------------------------------------------------------------------------------------

    def put(self, entry: Entry, day: date, how: str = "", every: str = "", number: int = 0) -> None:
        """Put a day in the list."""
        self.dates.append(Due(entry, day, how, every, number))

    def _entry(self, node: Node, key: str, item: Item) -> Entry:
        there = node.get(key)
        return Entry(
            item.kind,
            " ".join(item.what.split()),
            node.below(key),
            there.route if there else node.route,
            self._named(node, item.who),
            self._named(node, item.to),
            item.private,
            item.routine,
        )

    def _named(self, node: Node, who: str | tuple[str, ...]) -> tuple[str, ...]:
        return words.names(self.deal, node, who) if isinstance(who, str) else who

    def _point(self, node: Node, key: str, entry: Entry) -> bool:
        why = _POINTS.get(node.point(key), "")
        if why:
            self.undated.append(Undated(entry, why))
        return bool(why)

    def _unless_renewed(self, event: str) -> str:
        uncertain = event == "end" and not self.is_over and may_go_on(self.deal)
        return ", if the deal ends then" if uncertain else ""


def _text(node: Node, key: str) -> str:
    return " ".join(node.text(key).split())


def _after_ends(start: date, when: When, cadence: Cadence | None, deal: Deal) -> Iterator[Time]:
    """A length of time after (or before) the end of each month, quarter or year of the calendar, or of some of them."""
    months = ENDS[when.event]
    step = cadence.step if cadence else None
    wanted = step.number * MONTHS[step.unit] if step and step.unit in MONTHS else 0
    if wanted > months and 12 % wanted == 0:
        months = wanted
    first = period_end(start, months).replace(day=1)
    for month in recurring(first, Duration(months, "month")):
        anchor = period_end(month, 1)
        if when.offset is None:
            yield Time(anchor, anchor, f"at {when.event}")
        elif day := add(anchor, when.offset, before=when.before, holidays=deal.holidays):
            way = "before" if when.before else "after"
            yield Time(day, anchor, f"{words.length(when.offset)} {way} {when.event} {anchor}")
        else:
            return


def _ends(deal: Deal, reached: date) -> list[date]:
    end = end_of_term(deal)
    ends = [end] if end else []
    while ends and ends[-1] < reached and deal.text("term.renewal.kind") == "automatic" and len(ends) < _MOST:
        later = renewed_to(deal, ends[0], len(ends))
        if later is None or later <= ends[-1]:
            break
        ends.append(later)
    return ends
