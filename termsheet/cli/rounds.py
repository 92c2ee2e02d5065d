"""`termsheet rounds`."""

from __future__ import annotations

import shutil

import click

from termsheet.cli.common import by_configuration, judged_by
from termsheet.cli.tools import settings, write


@click.command()
@click.argument("deal", metavar="DEAL", type=click.Path())
@judged_by
@click.option("--format", "style", type=click.Choice(["table", "markdown", "json"]), default="table",
              show_default=True, help="How it is shown.")  # fmt: skip
@click.option("--all", "every", is_flag=True, help="What has not moved as well.")
@click.option("-o", "--output", metavar="FILE", help="The file to write, instead of the screen.")
@by_configuration
def rounds(
    deal: str,
    playbook: str | None,
    side: str | None,
    style: str,
    every: bool,
    output: str | None,
    config: str | None,
    isolated: bool,
) -> int:
    """Show how each term of a deal moved from round to round; with a playbook, how much was conceded.

    A position is conceded where the deal has moved from what the own side prefers towards its fallback or its red line,
    and gained the other way round. Where a playbook is named, in the deal or here, that is private.
    Exit code: 0 shown, 2 something could not be read or written.
    """
    from termsheet.positions.playbook import NEUTRAL
    from termsheet.rounds import telling
    from termsheet.rounds.moves import moves
    from termsheet.standing import Choice

    holds = settings([deal], config, isolated)
    choice = Choice(playbook or "", side or "", NEUTRAL if side else "")
    found = moves(deal, holds(deal) if holds else None, choice)
    if style == "json":
        text = telling.json(found, every=every)
    elif style == "markdown":
        text = telling.markdown(found, every=every)
    else:
        text = telling.table(found, every=every, width=shutil.get_terminal_size().columns)
    if output in (None, "-"):
        click.echo(text.encode(), nl=False)
        return 0
    write(output or "", text, [deal])
    click.echo(f"wrote {output}", err=True)
    return 0
