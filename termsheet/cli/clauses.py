"""`termsheet clauses`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from termsheet.cli.common import SEVERITIES, TYPES, by_configuration
from termsheet.cli.tools import coloured, refuse_both, settings
from termsheet.report import FORMATS

if TYPE_CHECKING:
    from termsheet.house import House
    from termsheet.settings import Settings


def _known(ctx: click.Context, param: click.Parameter, word: str) -> list[str]:
    """The clauses that begin with a word, for a shell."""
    from termsheet.library.shelf import library

    return [id for id in library(_configured(".", None, False).clauses) if id.startswith(word)]


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
@by_configuration
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
    found = run(house, (*own, *ours), _settings(paths, config, isolated))
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
        path.absolute()
        for path in paths
        if path.is_dir() and not any(path.resolve().is_relative_to(folder.resolve()) for folder in inside)
    ]
    return House((*known.clauses, *more), known.templates)


def _settings(
    paths: tuple[Path, ...], config: str | None, isolated: bool
) -> Callable[[str], Settings] | None:
    """What the configuration of the first path, or of this folder, says of each file that is checked."""
    from termsheet.source import configuration

    place = str(paths[0]) if paths else "."
    return settings([place], None if isolated else config or configuration(place), isolated)


def _configured(place: str, config: str | None, isolated: bool) -> House:
    """The folders that the configuration of a place names."""
    from termsheet.house import NO_HOUSE
    from termsheet.source import configuration

    refuse_both(config, isolated)
    if isolated or not (config or configuration(place)):
        return NO_HOUSE
    from termsheet.settings import settings_for

    return settings_for(place, config).house


@clauses.command("list")
@click.option(
    "--type", "kind", type=click.Choice(TYPES), help="Only the clauses that serve this type of deal."
)
@click.option("--area", help="Only the clauses of an area: what stands before the first dot, such as exit.")
@click.option(
    "--binding/--not-binding", default=None, help="Only those that bind in a term sheet, or do not."
)
@click.option(
    "--negotiable/--not-negotiable", default=None, help="Only those that have positions, or have none."
)
@click.option("--format", "style", type=click.Choice(["table", "json"]), default="table", show_default=True,
              help="How they are shown.")  # fmt: skip
@by_configuration
def listing(
    kind: str | None,
    area: str | None,
    binding: bool | None,
    negotiable: bool | None,
    style: str,
    config: str | None,
    isolated: bool,
) -> int:
    """List the clauses: those of termsheet, with those of the house on top."""
    from termsheet.library import catalogue

    found = catalogue.entries(
        _configured(".", config, isolated), kind=kind, area=area, binding=binding, negotiable=negotiable
    )
    click.echo(catalogue.record(found) if style == "json" else catalogue.table(found), nl=False)
    return 0


@clauses.command()
@click.argument("clause", metavar="ID", shell_complete=_known)
@click.option("--deal", metavar="FILE", help="Fill it from this deal, and show what the deal calls for.")
@by_configuration
def show(clause: str, deal: str | None, config: str | None, isolated: bool) -> int:
    """Show a clause: what it reads, its positions, and each variant as a deal fills it, in each form."""
    from termsheet.library import exhibit

    house = _configured(deal or ".", config, isolated)
    click.echo(exhibit.shown_in_full(exhibit.clause_of(clause, house), house, deal), nl=False)
    return 0


@clauses.command()
@click.argument("clause", metavar="ID", shell_complete=_known)
@click.option("--from", "revision", metavar="REVISION", help="Compare with what git has at a revision.")
@by_configuration
def diff(clause: str, revision: str | None, config: str | None, isolated: bool) -> int:
    """Show word by word how the house's clause differs from that of termsheet.

    With --from, how a clause differs from what it was at a revision of git. Exit code: 0 the same, 1 it differs.
    """
    from termsheet.library import changes
    from termsheet.paths import shown

    house = _configured(".", config, isolated)
    made = (
        changes.against_revision(clause, house, revision)
        if revision
        else changes.against_built_in(clause, house)
    )
    old, new, name = made
    text = changes.compared(old, new, colour=coloured(None))
    if not text:
        click.echo(f"{clause} is as it is in `{name}`", err=True)
        return 0
    click.echo(f"{clause}: {name} → {shown(Path(new.file))}\n\n{text}", nl=False, color=True)
    return 1
