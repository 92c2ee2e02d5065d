"""What `termsheet lint` does with `--fix` and `--diff`."""

from __future__ import annotations

from collections.abc import Iterable

import click

from termsheet import source
from termsheet.cli.tools import write
from termsheet.errors import LoadError, TermsheetError, WriteError
from termsheet.fix.files import MendedFile, mend_file
from termsheet.fix.settle import Check
from termsheet.outcome import FileReport, Report
from termsheet.report.verdict import plural
from termsheet.revise import revise


def fix(paths: list[str], check: Check, rules_run: int, stdin_name: str) -> tuple[Report, list[str]]:
    """Fix the files, and give the report on what remains, and a line for each fix, the last for all."""
    reports: list[FileReport] = []
    errors: list[TermsheetError] = []
    fixed: list[MendedFile] = []
    for path in paths:
        try:
            file = mend_file(path, check, stdin_name)
            try:
                _write(path, file)
            except WriteError as error:
                errors.append(error)
                reports.append(check(source.parse(file.before, file.name)))
            else:
                fixed.append(file)
                reports.append(file.mended.report)
        except LoadError as error:
            errors.append(error)
    ran = max((report.ran for report in reports), default=rules_run)
    return Report(tuple(reports), tuple(errors), ran), _told(fixed, "fixed", "fixed")


def show(paths: list[str], check: Check, stdin_name: str, target: str | None, quiet: bool) -> int:
    """Show what would be fixed as a diff. Exit code: 1 where there is something, 2 where a file cannot be read."""
    files: list[MendedFile] = []
    for path in paths:
        try:
            files.append(mend_file(path, check, stdin_name))
        except LoadError as error:
            click.echo(f"termsheet: {error}", err=True)
    diff = "".join(file.diff() for file in files)
    if target:
        write(target, diff, paths)
    else:
        click.echo(diff.encode(), nl=False)
    if not quiet:
        click.echo("\n".join(_told(files, "would fix", "to fix")), err=True)
    return 2 if len(files) < len(paths) else int(any(file.changed for file in files))


def _write(path: str, file: MendedFile) -> None:
    if path == "-":
        click.echo(file.after.encode(), nl=False)
    elif file.changed:
        revise(path, file.after.encode())


def _told(files: Iterable[MendedFile], each: str, done: str) -> list[str]:
    """What was done to each file, and how much to all."""
    files = list(files)
    counts = [len(file.mended.done) for file in files if file.changed]
    left = sum(len(file.mended.dropped) for file in files)
    text = f"{sum(counts)} {done} in {plural(len(counts), 'file')}" if counts else f"nothing {done}"
    more = f", {left} not fixed because of what would be found then" if left else ""
    return [*(line for file in files for line in file.said(each)), text + more]
