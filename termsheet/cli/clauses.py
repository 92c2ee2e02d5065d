"""`termsheet clauses`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from termsheet.cli.common import SEVERITIES, coloured
from termsheet.report import FORMATS

if TYPE_CHECKING:
    from termsheet.house import House

_config = click.option(
    "--config", metavar="FILE", help="Read this configuration instead of `.termsheet.yaml`."
)
_isolated = click.option("--isolated", is_flag=True, help="Read no configuration.")


@click.group()
def clauses() -> None:
    """Look at the library of clauses, and check it: that of termsheet, with that of the house on top."""


@clauses.command()
@click.argument("paths", nargs=-1, metavar="[PATH...]", type=click.Path(exists=True, path_type=Path))
@click.option("--built-in", is_flag=True, help="Check the clauses and forms of termsheet as well.")
@click.option("--format", "style", type=click.Choice(FORMATS), default="full", show_default=True,
              help="How findings are shown.")  # fmt: skip
@click.option("--fail-on", type=click.Choice(SEVERITIES), default="warning", show_default=True,
              help="The least severity that makes the exit code 1.")  # fmt: skip
@click.option("--show", type=click.Choice(["notes"]), multiple=True, help="Show notes as well.")
@click.option("-q", "--quiet", is_flag=True, help="Show nothing but findings.")
@_config
@_isolated
def check(
    paths: tuple[Path, ...],
    built_in: bool,
    style: str,
    fail_on: str,
    show: tuple[str, ...],
    quiet: bool,
    config: str | None,
    isolated: bool,
) -> int:
    """Check clauses and forms: terms, references, keys, variants, and how they read.

    PATH is a folder of clauses, or a file or folder of those that the configuration names; without it, all of these
    are checked, or the library of termsheet where there are none.
    Exit code: 0 clean, 1 findings, 2 something could not be read or done.
    """
    from termsheet import data, report
    from termsheet.library.checks.run import run

    house = _house(paths, config, isolated)
    own = paths or (*house.clauses, *house.templates)
    ours = (data.folder("clauses"), data.folder("templates")) if built_in or not own else ()
    found = run(house, (*own, *ours))
    view = report.View(
        fail_on=fail_on,
        notes="notes" in show or fail_on == "note",
        colour=coloured(None) and sys.stdout.isatty(),
        quiet=quiet,
    )
    text = report.render(found, style, view)
    click.echo(
        text if style in ("full", "concise") else text.encode("utf-8", "replace"), nl=False, color=True
    )
    return found.exit_code(fail_on)


def _house(paths: tuple[Path, ...], config: str | None, isolated: bool) -> House:
    """The folders of the configuration; and a folder of clauses that is named and is none of them."""
    from termsheet import data
    from termsheet.house import House

    known = _configured(str(paths[0]) if paths else ".", config, isolated)
    inside = (*known.clauses, *known.templates, data.folder("clauses"), data.folder("templates"))
    more = [
        path
        for path in paths
        if path.is_dir() and not any(path.resolve().is_relative_to(folder.resolve()) for folder in inside)
    ]
    return House((*known.clauses, *more), known.templates)


def _configured(place: str, config: str | None, isolated: bool) -> House:
    """The folders that the configuration of a place names."""
    from termsheet.house import NO_HOUSE
    from termsheet.source import configuration

    if config and isolated:
        raise click.UsageError("--config names a configuration, and --isolated says to read none")
    if isolated or not (config or configuration(place)):
        return NO_HOUSE
    from termsheet.settings import settings_for

    return settings_for(place, config).house
