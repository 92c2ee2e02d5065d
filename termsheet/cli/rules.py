"""`termsheet rules`."""

from __future__ import annotations

import click

from termsheet.cli.common import SEVERITIES, TYPES


@click.command()
@click.option("--area", help="Only the rules of an area, such as exit.")
@click.option(
    "--type", "kind", type=click.Choice(TYPES), help="Severities for this type of deal, such as licensing."
)
@click.option("--severity", type=click.Choice(SEVERITIES), help="Only the rules of a severity.")
@click.option(
    "--format",
    "style",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="How they are shown.",
)
def rules(area: str | None, kind: str | None, severity: str | None, style: str) -> int:
    """List the rules: slug, severity, the stage from which each speaks, and what it checks."""
    from termsheet import pages
    from termsheet.rules import RULES

    click.echo(pages.listing(RULES, area=area, kind=kind, severity=severity, style=style), nl=False)
    return 0
