"""One line a finding: `path:line:column: severity[slug] message`."""

from __future__ import annotations

from termsheet.lint import Report
from termsheet.report.verdict import in_baseline, lines, paint, visible, waived


def render(report: Report, *, fail_on: str, notes: bool, baseline: bool, colour: bool) -> str:
    """Every finding on a line of its own, then the verdict."""
    text = [str(error) for error in report.errors]
    for finding in visible(report.findings(), notes):
        head = paint(f"{finding.severity}[{finding.rule}]", finding.severity, colour)
        text.append(f"{finding.file}:{finding.line}:{finding.column}: {head} {finding.message}")
    text += waived(report.findings()) + (in_baseline(report) if baseline else [])
    text += [crash for file in report.files for crash in file.crashed]
    return "\n".join([*text, *lines(report, fail_on=fail_on, notes=notes)]) + "\n"
