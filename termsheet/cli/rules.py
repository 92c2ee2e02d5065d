"""`termsheet rules`, and `termsheet rules test`."""

from __future__ import annotations

import click

from termsheet.cli.common import SEVERITIES, TYPES, house_rules, rules_here


@click.group(invoke_without_command=True, subcommand_metavar="[test FILE...]")
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
@house_rules
@click.pass_context
def rules(
    context: click.Context,
    area: str | None,
    kind: str | None,
    severity: str | None,
    style: str,
    house: tuple[str, ...],
) -> int:
    """List the rules: slug, severity, the stage from which each speaks, and what it checks."""
    if context.invoked_subcommand:
        return 0
    from termsheet import pages

    click.echo(
        pages.listing(rules_here(house), area=area, kind=kind, severity=severity, style=style), nl=False
    )
    return 0


@rules.command()
@click.argument("paths", nargs=-1, metavar="[FILE...]")
@click.pass_context
def test(context: click.Context, paths: tuple[str, ...]) -> int:
    """Run the bad and good examples of house rules.

    FILE is a file of house rules, or a folder of such files. Exit code: 0 every example is as it should be, 1 one is
    not, 2 a rule could not be read or run.
    """
    from pathlib import Path

    from termsheet import houserules
    from termsheet.errors import TermsheetError
    from termsheet.houserules import examples

    named = paths or (context.parent.params["house"] if context.parent else ())
    if not named:
        raise TermsheetError(
            "no house rule is named", help="name a file or a folder: `termsheet rules test FILE`"
        )
    trials = [examples.tried(rule) for rule in houserules.load(map(Path, named))]
    click.echo(examples.shown(trials), nl=False)
    if any(trial.crashed for trial in trials):
        return 2
    return int(any(trial.failures for trial in trials))
