"""`termsheet explain`."""

from __future__ import annotations

import click

from termsheet.cli.common import complete_rules, house_rules, rules_here


@click.command()
@click.argument("slug", metavar="RULE", shell_complete=complete_rules)
@house_rules
def explain(slug: str, house: tuple[str, ...]) -> int:
    """Tell what a rule checks, why, how a deal does it wrong and right, and when to waive it."""
    from termsheet import pages

    click.echo(pages.page(slug, rules_here(house)), nl=False)
    return 0
