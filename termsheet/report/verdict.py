"""What the last lines of a report say, and the colours that all reports share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from termsheet.deal import STAGES
from termsheet.errors import WriteError
from termsheet.finding import Finding
from termsheet.lint import FileReport, Report

_COLOURS = {"error": "31", "warning": "33", "note": "36", "bold": "1"}


def paint(text: str, name: str, colour: bool) -> str:
    """The text in the colour of a severity, where colour is wanted."""
    return f"\x1b[1;{_COLOURS[name]}m{text}\x1b[0m" if colour else text


def visible(findings: Iterable[Finding], notes: bool) -> list[Finding]:
    """The findings that are shown: all but the notes, unless they are asked for, and but those that are waived."""
    return [finding for finding in findings if not finding.waived and (notes or finding.severity != "note")]


def waived(findings: Iterable[Finding]) -> list[str]:
    """A line for each finding that is waived, with its reason."""
    return [
        f"{found.file}:{found.line}:{found.column}: waived[{found.rule}] {found.message} – {found.waived}"
        for found in findings
        if found.waived
    ]


def plural(count: int, noun: str) -> str:
    """A count with its noun: `1 error`, `2 errors`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def lines(report: Report, *, fail_on: str, notes: bool) -> list[str]:
    """The verdict in words: what was found, how much was checked, and how far each deal is."""
    said = [_standing(file, alone=len(report.files) == 1) for file in report.files]
    return (
        [_counts(report, fail_on, notes), *said] if report.files or report.errors else ["nothing was checked"]
    )


def _counts(report: Report, fail_on: str, notes: bool) -> str:
    count = Counter(finding.severity for finding in report.findings() if not finding.waived)
    waived = sum(bool(finding.waived) for finding in report.findings())
    found = [plural(count["error"], "error"), plural(count["warning"], "warning")]
    if count["note"]:
        found.append(plural(count["note"], "note") + ("" if notes else " (`--show notes` lists them)"))
    if waived:
        found.append(f"{waived} waived")
    unwritten = sum(isinstance(error, WriteError) for error in report.errors)
    for count_of, done in ((len(report.errors) - unwritten, "read"), (unwritten, "written")):
        found += [f"{plural(count_of, 'file')} could not be {done}"] if count_of else []
    checked = f"{plural(report.rules_run, 'rule')} on {plural(len(report.files), 'deal')}"
    threshold = "" if fail_on == "warning" else f"  ·  fails on {fail_on}"
    return f"{', '.join(found)}  ·  {checked}{threshold}"


def _standing(file: FileReport, alone: bool) -> str:
    """How far a deal is: "meets sketch; 4 findings stand between it and term-sheet".

    What is counted is the way to the deal's own stage, or, once it is there, to the next one.
    """
    name = "" if alone else f"{file.source.name}: "
    met = f"meets `{file.reached}`" if file.reached else "does not yet meet `sketch`"
    ahead = [stage for stage in STAGES[STAGES.index(file.stage) :] if stage in file.blocking]
    if not ahead:
        return f"{name}{met}"
    count = file.blocking[ahead[0]]
    stand = "finding stands" if count == 1 else "findings stand"
    return f"{name}{met}; {count} {stand} between it and `{ahead[0]}`"
