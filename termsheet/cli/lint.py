"""`termsheet lint`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from termsheet.cli.common import (
    SEVERITIES,
    STAGES,
    coloured,
    configured,
    files,
    house_rules,
    judged_by,
    settings,
    watched,
    write,
)
from termsheet.cli.days import Day
from termsheet.cli.workers import executor, spread
from termsheet.report import FOR_PEOPLE, FORMATS
from termsheet.standing import Choice

if TYPE_CHECKING:
    from termsheet.lint import FileReport, Report
    from termsheet.settings import Settings
    from termsheet.source import Source


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
def lint(
    paths: tuple[str, ...],
    style: str,
    output: str | None,
    stage: str | None,
    as_of: date | None,
    fail_on: str,
    config: str | None,
    isolated: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    baseline: str | None,
    house: tuple[str, ...],
    playbook: str | None,
    side: str | None,
    fix: bool,
    diff: bool,
    write_baseline: bool,
    prune: bool,
    show: tuple[str, ...],
    statistics: bool,
    cache: bool,
    jobs: int | None,
    dask: str | None,
    quiet: bool,
    stdin_filename: str,
    colour: bool | None,
) -> int:
    """Check deals for what is missing, vague, one-sided or contradictory.

    DEAL is a file, a folder (every deal below it), or `-` for standard input.
    With --fix the report is on what remains; the fixed text of standard input goes to standard output.
    Exit code: 0 clean, 1 findings (with --diff: something to fix), 2 something could not be read or done.
    """
    from termsheet import batch, report
    from termsheet import lint as linter

    target = None if output in (None, "-") else output
    if statistics and not target and style not in FOR_PEOPLE:
        raise click.UsageError(f"`--statistics` would spoil a report as {style}: add `--output`, "
                               f"or use one of the formats {', '.join(FOR_PEOPLE)}.")  # fmt: skip
    deals = files(paths)
    named = [stdin_filename if name == "-" else name for name in deals]
    holds = settings(named, config, isolated, select=select, ignore=ignore, baseline=baseline, house=house)
    folders = [path for path in paths if Path(path).is_dir()]
    if holds and folders and not isolated and not quiet:
        from termsheet.settings import idle

        for line in idle(named, folders, config):
            click.echo(f"termsheet: {line}", err=True)
    if house:
        batch.checklist(house)  # what is wrong with them is told once, before anything is read
    if playbook:
        from termsheet.positions.playbook import load

        load(playbook)
    view = report.View(
        fail_on=fail_on,
        notes="notes" in show or fail_on == "note",  # what fails is shown
        baseline="baseline" in show,
        colour=bool(colour) if target else coloured(colour),
        quiet=quiet,
        statistics=statistics,
    )
    fixed: list[str] = []
    if fix or diff:
        from termsheet.cli import fixing

        rules = batch.checklist(house)
        choice = Choice(playbook or "", side or "")

        def check(read: Source) -> FileReport:
            held = holds(read.name) if holds else None
            return linter.lint_source(read, rules, stage=stage, as_of=as_of, settings=held, choice=choice)

        if diff:
            return fixing.show(deals, check, stdin_filename, target, quiet)
        found, fixed = fixing.fix(deals, check, len(rules), stdin_filename)
    else:
        asked = batch.Asked(stage, as_of, config, isolated, select, ignore, baseline, house, playbook or "",
                                side or "", stdin_filename, cache)  # fmt: skip
        hidden = quiet or not (target or sys.stdout.isatty())
        with (
            executor(jobs, dask, len(deals), worth=batch.WORTH) as workers,
            watched(batch.reports(deals, asked, executor=workers), len(deals), hidden=hidden) as reports,
        ):
            found = batch.report(reports, asked)
    if side and found.files and not any(file.stands or file.crashed for file in found.files):
        raise click.UsageError("`--side` reads a playbook from a side, and none is named; add `--playbook`")
    if holds or write_baseline or prune:
        found = _compared(found, holds, write_baseline, prune, fail_on)
    text = report.render(found, style, view)
    if target:
        if style in ("full", "concise"):  # the fixes belong to the report, and their count to its last lines
            text = "".join(f"{line}\n" for line in fixed) + "\n" * bool(fixed) + text
            fixed = fixed[-1:]
        write(target, text, deals)
        text = report.closing(found, view)
    if fixed and not quiet:
        click.echo("\n".join(fixed), err=True)
    # A report for other tools is UTF-8, whatever the terminal speaks.
    plain = target or style in ("full", "concise")
    click.echo(
        text if plain else text.encode("utf-8", "replace"), nl=False, color=True, err=fix and "-" in paths
    )
    return found.exit_code(fail_on)


def _compared(
    found: Report, holds: Callable[[str], Settings] | None, write: bool, prune: bool, fail_on: str
) -> Report:
    """The report less what stands in the baselines of its files, once these are written or pruned as asked."""

    def where(name: str) -> Path | None:
        return holds(name).baseline if holds else None

    if not any(where(file.name) for file in found.files):
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
