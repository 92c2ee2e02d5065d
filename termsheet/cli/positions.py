"""`termsheet positions`."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import click

from termsheet.cli.common import by_configuration, judged_by
from termsheet.cli.tools import coloured, settings, write
from termsheet.standing import STANDINGS, Choice

if TYPE_CHECKING:
    from termsheet.deal import Deal
    from termsheet.positions.playbook import Playbook


@click.command()
@click.argument("path", metavar="[DEAL]", required=False, type=click.Path())
@judged_by
@click.option("--format", "style", type=click.Choice(["table", "markdown", "json"]), default="table",
              show_default=True, help="How it is shown.")  # fmt: skip
@click.option("--only", type=click.Choice(STANDINGS), multiple=True, help="Only where the deal stands so.")
@click.option("--export", type=click.Choice(["opf"]),
              help="Write the playbook itself in the Open Playbook Format instead.")  # fmt: skip
@click.option("-o", "--output", metavar="FILE", help="The file to write, instead of the screen.")
@by_configuration
@click.option(
    "--colour/--no-colour",
    "--color/--no-color",
    default=None,
    help="Colour, or none (default: on a terminal).",
)
def positions(
    path: str | None,
    playbook: str | None,
    side: str | None,
    style: str,
    only: tuple[str, ...],
    export: str | None,
    output: str | None,
    config: str | None,
    isolated: bool,
    colour: bool | None,
) -> int:
    """Show where a deal stands on each position of a playbook: the page to take into the room.

    Clause by clause: the question, what the deal says, what the own side prefers, accepts and walks away from, and who
    must approve. Without a playbook, the clauses' own positions. It is private: for the own side only.
    Exit code: 0 no red line is crossed, 1 one is, or nobody can tell, 2 something could not be read.
    """
    from termsheet import source
    from termsheet.positions import json, markdown, table
    from termsheet.positions.playbook import NEUTRAL, load
    from termsheet.positions.sides import taken
    from termsheet.wellformed import checked

    if not path:
        if not export:
            raise click.UsageError("name a deal; only `--export` needs none")
        return _export(load(playbook or NEUTRAL), output)
    read = source.read(path)
    deal, _ = checked(read)
    holds = settings([path], config, isolated)
    held = holds(path) if holds else None
    choice = Choice(playbook or "", side or "", NEUTRAL)
    if export:
        book = choice.book(deal, read, held)
        assert book is not None
        return _export(book, output, deal, taken(deal, side or "", read.name))
    stands = choice(deal, read, held)
    assert stands is not None
    found = table.rows(stands, deal, read, only)
    title = deal.text("deal.title") or read.name
    if style == "json":
        text = json.render(read.name, stands, found)
    elif style == "markdown":
        text = markdown.render(title, stands, found)
    else:
        width = shutil.get_terminal_size().columns
        text = table.render(title, stands, found, width=width, colour=coloured(colour) and not output)
    _deliver(text, output, path)
    return int(any(stand.unjudged or stand.standing == "walk-away" for stand in stands.stands))


def _export(book: Playbook, output: str | None, deal: Deal | None = None, us: str = "") -> int:
    """Write a playbook in the Open Playbook Format; with a deal and a side, whose it is."""
    from termsheet.positions import opf

    party, others = "", ""
    if deal and us:
        party = deal.party_name(us)
        others = ", ".join(
            node.text("role") or node.text("name") or node.text("id")
            for node in deal.each("parties")
            if node.text("id") != us
        )
    _deliver(opf.write(book, party, others), output)
    return 0


def _deliver(text: str, output: str | None, *inputs: str) -> None:
    if output in (None, "-"):
        click.echo(text, nl=False, color=True)
        return
    write(output, text, inputs)
    click.echo(f"wrote {output}", err=True)
