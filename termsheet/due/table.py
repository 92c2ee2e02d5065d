"""The dates as a table for people: each with its arithmetic and its place in the file on a second line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import click

from termsheet.columns import columns
from termsheet.due.agenda import Agenda, DealDates
from termsheet.due.model import Due, Entry
from termsheet.rules.rule import brief
from termsheet.values.calendar import add
from termsheet.values.duration import Duration

_WIDE, _LONGEST = 72, 100  # of what falls due: the column, and a text that juts out of it
_TITLE = 28  # of a deal among several
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_YEAR = Duration(1, "year")
_OFTEN = 80  # days: what recurs more often takes one row

Row = tuple[Due, DealDates, str]


def render(agenda: Agenda, *, colour: bool = False, every: bool = False) -> str:
    """The table, what has no date yet, and a closing line. `every` gives each time of what recurs a row."""
    rows = [*_rows(agenda, every)]
    blocks = [f"error: {error}" for error in agenda.errors]
    names = _names(agenda.deals)
    if len(agenda.deals) == 1:
        blocks.append(_heading(agenda.deals[0], colour))
    if rows:
        blocks.append("\n".join(_table(rows, names, colour)))
    if agenda.undated:
        blocks.append("\n".join(_no_date(agenda, names, colour)))
    blocks.append("\n".join(_closing(agenda, rows)))
    return "\n\n".join(blocks) + "\n"


def people(entry: Entry, of: DealDates) -> str:
    """Who answers for it and to whom, in words: every party is `all parties`."""
    who, to = _together(entry.who, of), _together(entry.to, of)
    if who == to:
        to = ""
    return f"{who} to {to}" if who and to else who or (f"to {to}" if to else "")


def _together(names: tuple[str, ...], of: DealDates) -> str:
    everybody = {of.deal.party_name(party) for party in of.deal.party_ids}
    if len(everybody) > 1 and everybody <= set(names):
        return "both parties" if len(everybody) == 2 else "all parties"
    return brief(", ".join(names), 60)


def _rows(agenda: Agenda, every: bool) -> Iterator[Row]:
    """Each date, and what is left out after it: what recurs more than a year ahead, or more often than quarterly."""
    if every:
        yield from ((due, of, "") for due, of in agenda.dates)
        return
    kept: dict[tuple[int, str, str], list[Due]] = {}
    for due, of in agenda.dates:
        kept.setdefault((id(of), due.entry.path, due.entry.kind), []).append(due)
    last: dict[int, str] = {}
    left: set[int] = set()
    for series in kept.values():
        shown = _shown(series)
        if len(shown) < len(series):
            hidden = series[len(shown) :]
            left |= {id(due) for due in hidden}
            last[id(shown[-1])] = f"{shown[-1].every}; {len(hidden)} more to {hidden[-1].day}"
    for due, of in agenda.dates:
        if id(due) not in left:
            yield due, of, last.get(id(due), "")


def _shown(series: list[Due]) -> list[Due]:
    """Those that get a row of their own."""
    first = series[0]
    if not first.every or len(series) < 2:
        return series
    ahead = add(first.day, _YEAR) or date.max
    often = (series[-1].day - first.day).days < _OFTEN * (len(series) - 1)
    return series[:1] if often else [due for due in series if due.day < ahead]


def _heading(of: DealDates, colour: bool) -> str:
    words = f"{of.title} ({of.number})" if of.number and of.number != of.title else of.title
    return _paint(words, colour, bold=True)


def _names(deals: Sequence[DealDates]) -> dict[int, str]:
    """What the rows of each deal call it, where they are several: its title, as far as there is room.

    Where two would be called the same, the number of the deal stands first, or its file, if the number is no help.
    """
    if len(deals) == 1:
        return {}
    titles = {id(of): brief(of.title, _TITLE) for of in deals}
    numbers = {id(of): of.deal.text("deal.id") for of in deals}
    often = Counter([*titles.values(), *numbers.values()])
    for of in deals:
        if often[titles[id(of)]] > 1:
            number, file = numbers[id(of)], of.name
            alone = number and often[number] == 1
            titles[id(of)] = brief(f"{number} {of.title}", _TITLE) if alone else _end(file)
    return titles


def _end(text: str) -> str:
    return text if len(text) <= _TITLE else f"…{text[1 - _TITLE :]}"


def _table(rows: list[Row], names: dict[int, str], colour: bool) -> Iterator[str]:
    kind_wide = _widest(due.entry.kind for due, _, _ in rows)
    deal_wide = _widest(names.get(id(of), "") for _, of, _ in rows)
    what_wide = min(_WIDE, _widest(brief(due.entry.what, _LONGEST) for due, _, _ in rows))
    margin = " " * 16
    for due, of, more in rows:
        cells = [f"{due.day} {_DAYS[due.day.weekday()]}"]
        cells += [_pad(names[id(of)], deal_wide)] if names else []
        cells += [_pad(due.entry.kind, kind_wide), _pad(brief(due.entry.what, _LONGEST), what_wide)]
        yield "  ".join([*cells, people(due.entry, of)]).rstrip()
        notes = [note for note in (due.how, more or due.every, due.entry.path) if note]
        yield margin + _paint("  ·  ".join(notes), colour, dim=True)


def _no_date(agenda: Agenda, names: dict[int, str], colour: bool) -> Iterator[str]:
    yield _paint("No date yet", colour, bold=True)
    deal_wide = _widest(names.get(id(of), "") for _, of in agenda.undated)
    kind_wide = _widest(entry.entry.kind for entry, _ in agenda.undated)
    what_wide = min(_WIDE, _widest(brief(entry.entry.what, _LONGEST) for entry, _ in agenda.undated))
    for entry, of in agenda.undated:
        cells = [_pad(names[id(of)], deal_wide)] if names else []
        cells += [_pad(entry.entry.kind, kind_wide), _pad(brief(entry.entry.what, _LONGEST), what_wide)]
        yield "  " + "  ".join([*cells, people(entry.entry, of)]).rstrip()
        yield "    " + _paint(f"{entry.why}  ·  {entry.entry.path}", colour, dim=True)


def _closing(agenda: Agenda, rows: list[Row]) -> Iterator[str]:
    wish, count = agenda.wish, len(agenda.dates)
    span = f"from {wish.since}" if wish.since else f"as of {wish.as_of}"
    span += f" until {wish.until}" if wish.until else ""
    words = [f"{count} date{'s' * (count != 1)} {span}"]
    before, later = sum(of.before for of in agenda.deals), sum(of.later for of in agenda.deals)
    if before:
        words.append(f"{before} before (`--all`)")
    if later:
        words.append(f"{later} later")
    if len(rows) < count:
        words.append(f"{count - len(rows)} that recur are summed up (`--recurring`)")
    if agenda.undated:
        words.append(f"{len(agenda.undated)} without a date")
    yield "  ·  ".join(words)
    if hint := _hint(agenda):
        yield hint
    if _on_business_days(agenda):
        yield "business days are Monday to Friday; `--holidays GB-ENG` leaves out the holidays of a place"
    for of in agenda.deals:
        if of.malformed:
            places = f"{of.malformed} place{'s' * (of.malformed != 1)}"
            yield f"{of.name}: {places} malformed and passed over; `termsheet lint` tells which"


def _hint(agenda: Agenda) -> str:
    """What to add so that most of what has no date gets one."""
    events = Counter(entry.hangs_on for entry, _ in agenda.undated if entry.hangs_on)
    options = []
    for name, _ in events.most_common(3):
        if name in ("signature", "last-signature"):
            options.append("`--signature DATE`")
        elif name not in ("effective", "end"):
            options.append(f"`--event {name}=DATE`")
    options = list(dict.fromkeys(options))
    return f"to date what hangs on an event, add {' or '.join(options)}" if options else ""


def _on_business_days(agenda: Agenda) -> bool:
    """Whether a deal for which no holidays are named counts business days."""
    return any("business day" in due.how for due, of in agenda.dates if not of.deal.holidays)


def _widest(texts: Iterable[str]) -> int:
    return max((columns(text) for text in texts), default=0)


def _pad(text: str, width: int) -> str:
    return text + " " * (width - columns(text))


def _paint(text: str, colour: bool, *, bold: bool = False, dim: bool = False) -> str:
    return click.style(text, bold=bold or None, dim=dim or None) if colour else text
