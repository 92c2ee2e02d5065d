"""`termsheet upgrade`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from termsheet.cli.common import by_configuration
from termsheet.cli.outdated import said
from termsheet.cli.tools import coloured, settings

if TYPE_CHECKING:
    from termsheet.rounds.newer import Changed, Newer


@click.command()
@click.argument("deal", metavar="DEAL", type=click.Path())
@click.argument("items", nargs=-1, metavar="[CLAUSE]...")
@click.option("-y", "--yes", is_flag=True, help="Accept them without being asked.")
@by_configuration
@click.option(
    "--colour/--no-colour",
    "--color/--no-color",
    default=None,
    help="Colour, or none (default: on a terminal).",
)
def upgrade(
    deal: str, items: tuple[str, ...], yes: bool, config: str | None, isolated: bool, colour: bool | None
) -> int:
    """Accept newer clauses for a deal with a round out; shows what they change in its paper, and asks.

    CLAUSE is as `termsheet outdated` lists it; without one, all that is newer. The deal itself is not touched.
    Exit code: 0 accepted, or nothing is newer; 1 not accepted; 2 something could not be read or written.
    """
    from termsheet.errors import ConfigError, LibraryError
    from termsheet.rounds.lock import accept
    from termsheet.rounds.newer import held

    holds = settings([deal], config, isolated)
    found = held(deal, holds(deal) if holds else None)
    if found is None:
        raise ConfigError("no round is out: its clauses are those of today", file=deal,
                          help="`termsheet send` freezes a round")  # fmt: skip
    chosen = found.chosen(items)
    if not chosen and not items:
        click.echo(f"{deal}: nothing is newer than round {found.lock.round.number}", err=True)
        return 0
    texts = found.texts(chosen)
    try:
        changed = found.changed(texts)
    except LibraryError as error:
        more = "accept what it belongs to as well" if items else "mend the library first"
        raise LibraryError(f"of what is newer no paper can be made: {error.message}", file=error.file or deal,
                           help=more) from error  # fmt: skip
    click.echo(_shown(chosen, changed, coloured(colour)).encode(), nl=False)
    if not yes and not _agreed(len(chosen)):
        hint = "" if _asks() else "; accept with `--yes`"
        click.echo(f"{deal}: nothing is accepted{hint}", err=True)
        return 1
    accept(found.lock, texts)
    click.echo(f"{deal}: {len(chosen)} accepted; the next round is made of them", err=True)
    return 0


def _shown(chosen: tuple[Newer, ...], changed: list[Changed], colour: bool) -> str:
    """What is accepted, and what it changes in the paper."""
    from termsheet.rounds.columns import table

    rows = [[newer.item, f"{newer.was or '–'} → {newer.now or '–'}", said(newer)] for newer in chosen]
    lines = table(["accepts", "version", "what has changed"], rows)
    if not changed:
        return "\n".join([*lines, "", "no word of the paper changes", ""])
    for change in changed:
        lines += ["", f"# {change.title or change.clause}{f' ({change.clause})' * bool(change.clause)}", ""]
        lines.append(change.words(colour=colour))
    return "\n".join([*lines, ""])


def _asks() -> bool:
    """Whether there is somebody to ask."""
    return bool(sys.stdin and sys.stdin.isatty())


def _agreed(count: int) -> bool:
    """Whether somebody at a terminal says yes; without one, nobody does."""
    return _asks() and click.confirm(f"Accept {count}?", default=False, err=True)
