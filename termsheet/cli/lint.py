"""`termsheet lint`."""

from __future__ import annotations

import click

from termsheet.cli.common import SEVERITIES, STAGES, coloured, files


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="DEAL...", type=click.Path())
@click.option("--format", "style", type=click.Choice(["full", "concise", "json"]), default="full", show_default=True,
              help="How findings are shown.")  # fmt: skip
@click.option("--stage", type=click.Choice(STAGES),
              help="Check as if the deal were at this stage, whatever the file says.")  # fmt: skip
@click.option("--fail-on", type=click.Choice(SEVERITIES), default="warning", show_default=True,
              help="The least severity that makes the exit code 1.")  # fmt: skip
@click.option("--show", type=click.Choice(["notes"]), help="Show notes as well.")
@click.option("--stdin-filename", default="<stdin>", help="The name to report for standard input (`-`).")
@click.option(
    "--colour/--no-colour",
    "--color/--no-color",
    default=None,
    help="Colour, or none (default: on a terminal).",
)
def lint(
    paths: tuple[str, ...],
    style: str,
    stage: str | None,
    fail_on: str,
    show: str | None,
    stdin_filename: str,
    colour: bool | None,
) -> int:
    """Check deals for what is missing, vague, one-sided or contradictory.

    DEAL is a file, a folder (every deal below it), or `-` for standard input.
    Exit code: 0 clean, 1 findings, 2 something could not be read or done.
    """
    from termsheet import lint as linter
    from termsheet import report
    from termsheet.rules import RULES

    found = linter.lint(files(paths), RULES, stage=stage, stdin_name=stdin_filename)
    text = report.render(found, style, fail_on=fail_on, notes=show == "notes", colour=coloured(colour))
    click.echo(text, nl=False, color=True)
    return found.exit_code(fail_on)
