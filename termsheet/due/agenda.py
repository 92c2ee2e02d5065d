"""The dates of several deals, sorted by day, within a window."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from termsheet import holidays, source
from termsheet.deal import Deal
from termsheet.due.entries import collect
from termsheet.due.model import Due, Undated
from termsheet.errors import LoadError, TermsheetError
from termsheet.immutable import immutable
from termsheet.source import Source
from termsheet.values.when import EVENTS
from termsheet.wellformed import checked

if TYPE_CHECKING:
    from termsheet.settings import Settings


@immutable
class Wish:
    """What is asked for: as of which day, from when until when, and what the deals leave open.

    `since` and `until` are None where nothing limits them. `days` tells the days of events (`signature`, `launch`).
    `holidays` are places (`DE`, `GB-ENG`) or days. `routine` asks for weekly calls and the like as well.
    """

    as_of: date
    since: date | None = None
    until: date | None = None
    days: Mapping[str, date] = {}
    holidays: tuple[str | date, ...] = ()
    routine: bool = False


@immutable
class DealDates:
    """The dates of one deal within the window, how many lie before it and after it, and what has no day."""

    source: Source
    deal: Deal
    dates: tuple[Due, ...]
    undated: tuple[Undated, ...]
    before: int
    later: int
    malformed: int

    @property
    def name(self) -> str:
        """The file as it can be shown, be its name in UTF-8 or not."""
        return self.source.name.encode("utf-8", "replace").decode()

    @property
    def title(self) -> str:
        """What the list calls the deal, in one line."""
        return " ".join((self.deal.text("deal.title") or self.number or self.name).split())

    @property
    def number(self) -> str:
        """The deal's own number, in one line."""
        return " ".join(self.deal.text("deal.id").split())

    def line(self, entry: Due | Undated) -> int:
        """The line of the file where an entry stands."""
        mark = self.source.marks[self.source.nearest(entry.entry.route)]
        return self.source.position((mark.key or mark.value).start)[0]


@immutable
class Agenda:
    """The dates of all deals, and the files that could not be read."""

    wish: Wish
    deals: tuple[DealDates, ...]
    errors: tuple[TermsheetError, ...]

    @property
    def dates(self) -> list[tuple[Due, DealDates]]:
        """Every date with its deal, by day."""
        found = [(due, of) for of in self.deals for due in of.dates]
        return sorted(found, key=lambda pair: pair[0].day)

    @property
    def undated(self) -> list[tuple[Undated, DealDates]]:
        """What has no day, deal by deal."""
        return [(entry, of) for of in self.deals for entry in of.undated]


def agenda(
    paths: Iterable[str],
    wish: Wish,
    *,
    stdin_name: str = "<stdin>",
    settings: Callable[[str], Settings] | None = None,
) -> Agenda:
    """The dates of every deal; a file that cannot be read does not stop the others. `settings` gives its holidays.

    Raises TermsheetError where a day is told of an event that no deal has.
    """
    deals: list[DealDates] = []
    errors: list[TermsheetError] = []
    for path in paths:
        try:
            read = source.read(path, stdin_name)
            deals.append(of_source(read, wish, settings and settings(read.name)))
        except LoadError as error:
            errors.append(error)
    if deals:
        _known(wish, deals)
    return Agenda(wish, tuple(deals), tuple(errors))


def of_source(read: Source, wish: Wish, settings: Settings | None = None) -> DealDates:
    """The dates of one deal that has been read. Its holidays are those of its settings, and those wished for."""
    deal, findings = checked(read)
    deal.as_of = wish.as_of
    deal.days = dict(wish.days)
    if wish.holidays or (settings and settings.holidays):
        told = [*filter(None, (wish.since, wish.until)), *wish.days.values()]
        years = holidays.years(read.text, wish.as_of, *told)
        kept = settings.days_off(years) if settings else frozenset()
        deal.holidays = kept | holidays.days(wish.holidays, years)
    book = collect(deal, wish.until)
    dates = sorted(
        (due for due in book.dates if wish.routine or not due.entry.routine), key=lambda due: due.day
    )
    undated = tuple(entry for entry in book.undated if wish.routine or not entry.entry.routine)
    since, until = wish.since or date.min, wish.until or date.max
    return DealDates(
        read,
        deal,
        tuple(due for due in dates if since <= due.day <= until),
        undated,
        sum(due.day < since for due in dates),
        sum(due.day > until for due in dates),
        sum(finding.rule.startswith("schema-") for finding in findings),
    )


def _years(read: Source, wish: Wish) -> range:
    """The years in which a deal has dates that may be wanted."""
    told = [*filter(None, (wish.since, wish.until)), *wish.days.values()]
    return holidays.years(read.text, wish.as_of, *told)


def _known(wish: Wish, deals: Sequence[DealDates]) -> None:
    """Every event of which a day is told is one of a deal."""
    events = {entry.text("id") for of in deals for entry in of.deal.each("events")} | set(EVENTS)
    for name in wish.days:
        if name not in events:
            from termsheet.schema.messages import closest

            meant = closest(name, sorted(filter(None, events)))
            hint = f"did you mean `{meant}`?" if meant else "name it as the deal does, under `events`"
            raise TermsheetError(f"no deal has an event called `{name}`", help=hint)
