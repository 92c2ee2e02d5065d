"""`termsheet explain`."""

from __future__ import annotations

import click


@click.command()
@click.argument("slug", metavar="RULE")
def explain(slug: str) -> int:
    """Tell what a rule checks, why, how a deal does it wrong and right, and when to waive it."""
    from termsheet import pages
    from termsheet.rules import RULES

    click.echo(pages.page(slug, RULES), nl=False)
    return 0
