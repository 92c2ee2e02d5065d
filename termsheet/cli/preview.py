"""`termsheet preview`."""

from __future__ import annotations

import sys

import click

from termsheet.cli.common import by_configuration
from termsheet.cli.tools import refuse_both


@click.command()
@click.argument("deal", metavar="DEAL", type=click.Path())
@click.option("--form", "form_name", default="term-sheet", show_default=True, help="The form of the paper.")
@click.option("--theme", default="", metavar="NAME", help="The look of the paper: modern or classic.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="The port to listen on.  [default: a free one]")
@click.option("--no-open", is_flag=True, help="Open no browser.")
@by_configuration
def preview(
    deal: str, form_name: str, theme: str, port: int, no_open: bool, config: str | None, isolated: bool
) -> int:
    """Show the draft of a deal in a browser, with its findings beside the clauses, while it is written.

    The page reloads when the deal, its configuration or the clauses of the house change. It is for this computer alone.
    Exit code: 0 ended with Ctrl-C, 2 something could not be read, or the port is in use.
    """
    from termsheet.preview.desk import Desk, Wanted
    from termsheet.preview.server import Server
    from termsheet.source.reading import read_bytes
    from termsheet.word import themes

    refuse_both(config, isolated)
    if deal == "-":
        raise click.UsageError("a preview needs a file that it can watch")
    read_bytes(deal, deal)  # what is not there is told at once
    if theme:
        themes.theme(theme)
    with Server(Desk(Wanted(deal, form_name, theme, config, isolated)), port) as server:
        click.echo(f"{server.address} shows {deal}; Ctrl-C ends it")
        sys.stdout.flush()
        if not no_open and sys.stdout.isatty():
            import webbrowser

            webbrowser.open(server.address)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            click.echo()
    return 0
