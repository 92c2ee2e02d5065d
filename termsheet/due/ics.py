"""The dates as an iCalendar file: all-day events, each with an id that stays the same from run to run."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from pathlib import PureWindowsPath  # it knows both kinds of slash
from uuid import UUID, uuid5

from termsheet.due.agenda import Agenda, DealDates
from termsheet.due.model import Due
from termsheet.due.table import people
from termsheet.errors import TermsheetError

_SPACE = UUID("5b1f3a52-6f1e-5b0c-9a53-0d1c5f0c7e11")


def render(agenda: Agenda, *, remind: timedelta | None = None, private: bool = False) -> bytes:
    """The calendar. Private entries, such as waivers, are in it only where `private` asks for them.

    Raises TermsheetError where the library is not installed. The same deals and day give the same bytes.
    """
    try:
        import icalendar
    except ImportError:
        raise TermsheetError(
            "a calendar needs a package that is not installed", help="run `pip install 'termsheet[calendar]'`"
        ) from None
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//termsheet//termsheet due//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if len(agenda.deals) == 1:
        calendar.add(
            "x-wr-calname", icalendar.vText(agenda.deals[0].title)
        )  # the library escapes known names only
    keys = _keys(agenda)
    for due, of in agenda.dates:
        if due.entry.private and not private:
            continue
        event = icalendar.Event()
        event.add(
            "uid",
            str(uuid5(_SPACE, "\n".join([keys[id(of)], due.entry.path, due.entry.kind, str(due.number)]))),
        )
        event.add("dtstamp", datetime.combine(agenda.wish.as_of, time(), UTC))
        event.add("dtstart", due.day)
        if due.day < date.max:
            event.add("dtend", due.day + timedelta(days=1))
        event.add("summary", f"{_first_up(due.entry.what)} ({of.title})")
        event.add("description", _description(due, of))
        event.add("categories", [due.entry.kind])
        event.add("transp", "TRANSPARENT")
        if remind is not None:
            alarm = icalendar.Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", _first_up(due.entry.what))
            alarm.add("trigger", -remind)
            event.add_component(alarm)
        calendar.add_component(event)
    made: bytes = calendar.to_ical()
    return made


def _keys(agenda: Agenda) -> dict[int, str]:
    """What a deal is known by: its number or title, with the name of its file where two deals share them."""
    named = {id(of): of.number or of.title for of in agenda.deals}
    often = Counter(named.values())
    return {
        id(of): name if often[name := named[id(of)]] == 1 else f"{name}\n{of.name}" for of in agenda.deals
    }


def _description(due: Due, of: DealDates) -> str:
    who = people(due.entry, of)
    lines = [f"{due.entry.kind}: {due.entry.what}", who, due.how, due.every]
    return "\n".join([*filter(None, lines), f"{PureWindowsPath(of.name).name}: {due.entry.path}"])


def _first_up(text: str) -> str:
    return text[:1].upper() + text[1:]
