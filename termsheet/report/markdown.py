"""A table for each file, as a comment on a pull request or a summary of a job shows it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

from termsheet.errors import TermsheetError, advised
from termsheet.finding import Finding
from termsheet.outcome import FileReport, Report
from termsheet.report import statistics
from termsheet.report.escape import code, markdown
from termsheet.report.places import relative
from termsheet.report.verdict import counts, failures, plural, standing, visible
from termsheet.report.view import View

_MOST = 60_000  # characters; GitHub refuses a comment of more than 65,536
_HEAD = ("Line", "Severity", "Rule", "What", "Remedy")


def render(report: Report, view: View) -> str:
    """What could not be done, a table for each file that has findings, and a closing line."""
    blocks = ["\n".join(map(_failure, failures(report)))]
    last = [*(_statistics(report) if view.statistics else ()), *_verdict(report, view)]
    room, left = _MOST - sum(map(len, [*blocks, *last])), 0
    for file in report.files:
        rows = list(_rows(file, view))
        head = [f"### {code(relative(file.name))}", "", *_table(_HEAD)]
        fitting = _fitting(rows, room - len("\n".join(head)))
        left += len(rows) - len(fitting)
        if fitting:
            blocks.append("\n".join([*head, *fitting]))
            room -= len(blocks[-1])
        if not view.quiet and file.stage and (fitting or len(report.files) == 1):
            blocks.append(f"{_capital(standing(file))}.")
    blocks.append(f"And {plural(left, 'finding')} more; `termsheet lint` lists them all." if left else "")
    return "".join(f"{block}\n\n" for block in [*blocks, *last] if block)[:-1]


def _failure(error: TermsheetError) -> str:
    place = ":".join(str(part) for part in (relative(error.file), error.line, error.column) if part)
    return f"- **error** {code(place)}: {markdown(advised(error.message, error.help))}"


def _rows(file: FileReport, view: View) -> Iterator[str]:
    told: set[str] = set()
    for finding in visible(file.findings, view):
        yield _finding(finding, finding.severity, "as above" if finding.help in told else finding.help)
        told |= {finding.help} if finding.help else set()
    for finding in file.findings if not view.quiet else ():
        if finding.waived:
            yield _finding(finding, "waived", finding.waived)


def _finding(finding: Finding, severity: str, remedy: str) -> str:
    return _row(str(finding.line), severity, code(finding.rule), markdown(finding.message), markdown(remedy))


def _fitting(rows: list[str], room: int) -> list[str]:
    sizes = accumulate(len(row) + 1 for row in rows)
    return [row for row, size in zip(rows, sizes, strict=True) if size <= room]


def _verdict(report: Report, view: View) -> list[str]:
    return [] if view.quiet else [f"**{markdown(counts(report, view))}**"]


def _statistics(report: Report) -> Iterator[str]:
    for head, rows in statistics.tables(report):
        lines = [_row(*map(str, row[:-1]), code(str(row[-1]))) for row in rows]
        yield "\n".join([*_table(tuple(map(_capital, head)), numbers=len(head) - 1), *lines])


def _table(head: tuple[str, ...], numbers: int = 1) -> list[str]:
    return [_row(*head), _row(*("--:" if index < numbers else "---" for index in range(len(head))))]


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
