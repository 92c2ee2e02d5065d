"""What `termsheet lint` does with `--fix` and `--diff`."""

from __future__ import annotations

from collections.abc import Iterable

import click

from termsheet import source
from termsheet.errors import LoadError, TermsheetError, WriteError
from termsheet.fix.files import MendedFile, mend_file
from termsheet.fix.settle import Check
from termsheet.lint import FileReport, Report
from termsheet.report.verdict import plural
from termsheet.revise import revise


def fix(paths: list[str], check: Check, rules_run: int, stdin_name: str) -> Report:
    """Fix the files, tell on standard error what was done, and report what remains."""
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
    _tell(fixed, "fixed", "nothing fixed")
    ran = max((len(report.rules) for report in reports), default=rules_run)
    return Report(tuple(reports), tuple(errors), ran)


def show(paths: list[str], check: Check, stdin_name: str) -> int:
    """Show what would be fixed as a diff. Exit code: 1 where there is something, 2 where a file cannot be read."""
    files: list[MendedFile] = []
    for path in paths:
        try:
            files.append(mend_file(path, check, stdin_name))
            click.echo(files[-1].diff().encode(), nl=False)
        except LoadError as error:
            click.echo(f"termsheet: {error}", err=True)
    _tell(files, "to fix", "nothing to fix")
    return 2 if len(files) < len(paths) else int(any(file.changed for file in files))


def _write(path: str, file: MendedFile) -> None:
    if path == "-":
        click.echo(file.after.encode(), nl=False)
    elif file.changed:
        revise(path, file.after.encode())


def _tell(files: Iterable[MendedFile], done: str, nothing: str) -> None:
    """What was done to each file, and how much to all."""
    files = list(files)
    for line in (line for file in files for line in file.said()):
        click.echo(line, err=True)
    counts = [len(file.mended.done) for file in files if file.changed]
    left = sum(len(file.mended.dropped) for file in files)
    text = f"{sum(counts)} {done} in {plural(len(counts), 'file')}" if counts else nothing
    more = f", {left} not fixed because of what would be found then" if left else ""
    click.echo(text + more, err=True)
