"""`termsheet due`."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import PurePath
from typing import TYPE_CHECKING

import click

from termsheet.cli.common import by_configuration
from termsheet.cli.days import Day, Event, Span
from termsheet.cli.tools import coloured, files, settings

if TYPE_CHECKING:
    from termsheet.values.duration import Duration

_MOST_YEARS = 100  # of what recurs daily, each day is listed
_FORMATS = {".json": "json", ".ics": "ics", ".ical": "ics"}


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="DEAL...")
@click.option("--format", "style", type=click.Choice(["table", "json", "ics"]),
              help="How they are shown (default: as the output file is called, else a table).")  # fmt: skip
@click.option("-o", "--output", metavar="FILE", help="The file to write, instead of the screen.")
@by_configuration
@click.option("--as-of", type=Day(), help="The day that counts as today.  [default: today]")
@click.option("--from", "since", type=Day(), help="Only from this day on.  [default: --as-of]")
@click.option("--until", type=Day(), help="Only until this day.")
@click.option("--within", type=Span(), help="Only so long from the first day on: 90d, 12w, 6m, 1y.")
@click.option("--all", "past", is_flag=True, help="Past dates too.")
@click.option("--recurring", is_flag=True,
              help="Routine calls and measurements too, and in the table each time of what recurs.")  # fmt: skip
@click.option("--signature", type=Day(), help="The day of the last signature, where the file has none.")
@click.option("--event", "events", type=Event(), multiple=True,
              help="The day of an event for this run, such as launch=2027-09-01.")  # fmt: skip
@click.option("--holidays", multiple=True, metavar="PLACE|DATE",
              help="What is no business day: a place, such as DE or GB-ENG, or a day.")  # fmt: skip
@click.option("--remind", type=Span(), help="For ics: an alarm so long before each date, such as 7d.")
@click.option("--internal", is_flag=True, help="For ics: private entries too, such as waivers.")
@click.option("--stdin-filename", default="<stdin>", help="The name to report for standard input (`-`).")
@click.option(
    "--colour/--no-colour",
    "--color/--no-color",
    default=None,
    help="Colour, or none (default: on a terminal).",
)
def due(
    paths: tuple[str, ...],
    style: str | None,
    output: str | None,
    config: str | None,
    isolated: bool,
    as_of: date | None,
    since: date | None,
    until: date | None,
    within: Duration | None,
    past: bool,
    recurring: bool,
    signature: date | None,
    events: tuple[tuple[str, date], ...],
    holidays: tuple[str, ...],
    remind: Duration | None,
    internal: bool,
    stdin_filename: str,
    colour: bool | None,
) -> int:
    """List every date and deadline that deals imply, with the arithmetic.

    Reviews, reports, milestones, payments, notice windows, renewals, the end and what comes after it. DEAL is a file, a
    folder (every deal below it), or `-` for standard input. What has no date yet stands apart, with the reason.
    Exit code: 0 listed, 2 something could not be read or written.
    """
    from termsheet.due import agenda as dates
    from termsheet.due import ics, json, table

    today = as_of or date.today()
    days = {"signature": signature, "last-signature": signature} if signature else {}
    first = since or (None if past else today)
    if first and until and until < first:
        raise click.UsageError(
            f"`--until` is before {first}, the first day; give a later one, or an earlier `--from`"
        )
    wish = dates.Wish(
        as_of=today,
        since=first,
        until=_until(today, since or today, until, within),
        days={**days, **dict(events)},
        holidays=holidays,
        routine=recurring,
    )
    style = style or _FORMATS.get(PurePath(output or "").suffix.lower(), "table")
    if style != "ics" and (remind or internal):
        raise click.UsageError("`--remind` and `--internal` are for `--format ics`")
    named = files(paths)
    holds = settings([stdin_filename if name == "-" else name for name in named], config, isolated)
    found = dates.agenda(named, wish, stdin_name=stdin_filename, settings=holds)
    if style == "ics":
        made = ics.render(found, remind=_whole_days(remind), private=internal)
    elif style == "json":
        made = json.render(found).encode("utf-8", "replace")
    else:
        painted = coloured(colour) and output in (None, "-")
        made = table.render(found, colour=painted, every=recurring).encode("utf-8", "replace")
    _write(made, output)
    if style == "ics":
        for error in found.errors:
            click.echo(f"termsheet: {error}", err=True)
    return 2 if found.errors else 0


def _until(today: date, first: date, until: date | None, within: Duration | None) -> date | None:
    """The last day that is wanted."""
    from termsheet.values.calendar import add

    if until and within:
        raise click.UsageError("`--until` and `--within` are two ways to say the same; give one")
    last = add(first, within) if within else until
    if within and last is None:
        raise click.UsageError("`--within` takes days, weeks, months or years")
    if last and last.year > today.year + _MOST_YEARS:
        raise click.UsageError(f"{last} is more than {_MOST_YEARS} years ahead; name a day that is nearer")
    return last


def _whole_days(remind: Duration | None) -> timedelta | None:
    if remind is None:
        return None
    if remind.unit not in ("day", "week"):
        raise click.UsageError("`--remind` takes days or weeks, such as 7d")
    return timedelta(days=remind.number * (7 if remind.unit == "week" else 1))


def _write(made: bytes, output: str | None) -> None:
    if output in (None, "-"):
        click.echo(made.decode(), nl=False, color=True)
        return
    from pathlib import Path

    from termsheet.put import put

    put(Path(output), made)
    click.echo(f"wrote {output}", err=True)
