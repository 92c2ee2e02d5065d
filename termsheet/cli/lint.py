"""`termsheet lint`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from termsheet.cli.common import SEVERITIES, STAGES, coloured, configured, files, settings

if TYPE_CHECKING:
    from termsheet.lint import Report
    from termsheet.settings import Settings


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="DEAL...")
@click.option("--format", "style", type=click.Choice(["full", "concise", "json"]), default="full", show_default=True,
              help="How findings are shown.")  # fmt: skip
@click.option("--stage", type=click.Choice(STAGES),
              help="Check as if the deal were at this stage, whatever the file says.")  # fmt: skip
@click.option("--fail-on", type=click.Choice(SEVERITIES), default="warning", show_default=True,
              help="The least severity that makes the exit code 1.")  # fmt: skip
@configured
@click.option("--write-baseline", "write", is_flag=True, help="Write what counts now into the baseline.")
@click.option("--prune", is_flag=True, help="Take out of the baseline what is found no more.")
@click.option("--show", type=click.Choice(["notes", "baseline"]), multiple=True,
              help="Show notes as well, or what stands in the baseline.")  # fmt: skip
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
    config: str | None,
    isolated: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    baseline: str | None,
    write: bool,
    prune: bool,
    show: tuple[str, ...],
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

    named = files(paths)
    holds = settings(
        [stdin_filename if name == "-" else name for name in named],
        config,
        isolated,
        select=select,
        ignore=ignore,
        baseline=baseline,
    )
    found = linter.lint(named, RULES, stage=stage, stdin_name=stdin_filename, settings=holds)
    if holds or write or prune:
        found = _compared(found, holds, write, prune, fail_on)
    text = report.render(
        found,
        style,
        fail_on=fail_on,
        notes="notes" in show,
        baseline="baseline" in show,
        colour=coloured(colour),
    )
    click.echo(text, nl=False, color=True)
    return found.exit_code(fail_on)


def _compared(
    found: Report, holds: Callable[[str], Settings] | None, write: bool, prune: bool, fail_on: str
) -> Report:
    """The report less what stands in the baselines of its files, once these are written or pruned as asked."""

    def where(name: str) -> Path | None:
        return holds(name).baseline if holds else None

    if not any(where(file.source.name) for file in found.files):
        if found.files and (write or prune):
            raise click.UsageError("no baseline is named; name one with --baseline, or in the configuration")
        return found
    from termsheet import baseline

    if write and prune:
        raise click.UsageError("--write-baseline writes it anew, and --prune only takes out; choose one")
    done = baseline.write(found, where, fail_on) if write else baseline.prune(found, where) if prune else []
    found, remarks = baseline.compare(found, where)
    for line in (*done, *remarks):
        click.echo(line, err=True)
    return found
