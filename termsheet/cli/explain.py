"""`termsheet explain`."""

from __future__ import annotations

import click

from termsheet.cli.common import complete_rules


@click.command()
@click.argument("slug", metavar="RULE", shell_complete=complete_rules)
def explain(slug: str) -> int:
    """Tell what a rule checks, why, how a deal does it wrong and right, and when to waive it."""
    from termsheet import pages
    from termsheet.rules import RULES

    click.echo(pages.page(slug, RULES), nl=False)
    return 0
