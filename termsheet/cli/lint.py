"""`termsheet lint`."""

from __future__ import annotations

from typing import Any

import click

from termsheet.cli.common import SEVERITIES, STAGES, configured, house_rules, judged_by
from termsheet.cli.days import Day
from termsheet.cli.workers import spread
from termsheet.report import FORMATS


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="DEAL...", type=click.Path())
@click.option("--format", "style", type=click.Choice(FORMATS), default="full", show_default=True,
              help="How findings are shown.")  # fmt: skip
@click.option("-o", "--output", "--output-file", metavar="FILE",
              help="Write the report to a file; its last lines are shown all the same.")  # fmt: skip
@click.option("--stage", type=click.Choice(STAGES),
              help="Check as if the deal were at this stage, whatever the file says.")  # fmt: skip
@click.option("--as-of", type=Day(), help="The day on which dates and waivers are judged (default: today).")
@click.option("--fail-on", type=click.Choice(SEVERITIES), default="warning", show_default=True,
              help="The least severity that makes the exit code 1.")  # fmt: skip
@configured
@house_rules
@judged_by
@click.option(
    "--fix", is_flag=True, help="Mend what has one right answer, such as a misspelt key, in the files."
)
@click.option("--diff", is_flag=True, help="Show what --fix would change, and write nothing.")
@click.option("--write-baseline", is_flag=True, help="Write what counts now into the baseline.")
@click.option("--prune", is_flag=True, help="Take out of the baseline what is found no more.")
@click.option("--show", type=click.Choice(["notes", "baseline"]), multiple=True,
              help="Show notes as well, or what stands in the baseline.")  # fmt: skip
@click.option("--statistics", is_flag=True, help="Count findings by rule, by severity and by file.")
@click.option("--cache/--no-cache", default=True,
              help="Keep reports, and take that of a deal where nothing has changed (default), or judge each anew.")
@spread
@click.option("-q", "--quiet", is_flag=True, help="Show nothing but findings.")
@click.option("--stdin-filename", default="<stdin>", help="The name to report for standard input (`-`).")
@click.option(
    "--colour/--no-colour",
    "--color/--no-color",
    default=None,
    help="Colour, or none (default: on a terminal).",
)
def lint(**wish: Any) -> int:
    """Check deals for what is missing, vague, one-sided or contradictory.

    DEAL is a file, a folder (every deal below it), or `-` for standard input.
    With --fix the report is on what remains; the fixed text of standard input goes to standard output.
    Exit code: 0 clean, 1 findings (with --diff: something to fix), 2 something could not be read or done.
    """
    from termsheet.cli.linting import Wish, run

    return run(Wish(**wish))
