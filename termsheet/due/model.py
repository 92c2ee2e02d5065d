"""A date that a deal implies, and what has no date yet."""

from __future__ import annotations

from datetime import date

from termsheet.immutable import immutable
from termsheet.source import Route


@immutable
class Entry:
    """What falls due, of which kind, who answers for it and to whom, and where the deal says so.

    `private` is what the own side keeps to itself; `routine` what only a diary wants, such as a weekly call.
    """

    kind: str
    what: str
    path: str
    route: Route
    who: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    private: bool = False
    routine: bool = False


@immutable
class Due:
    """An entry and its day. `how` is the arithmetic, empty where the file names the day itself.

    Of what recurs, `every` says how often, and `number` counts from 1, whatever part of it is shown.
    """

    entry: Entry
    day: date
    how: str = ""
    every: str = ""
    number: int = 0


@immutable
class Undated:
    """An entry without a day, why it has none, and the event (`signature`, `launch`) that would bring it."""

    entry: Entry
    why: str
    hangs_on: str = ""
