"""One line a finding: `path:line:column: severity[slug] message`."""

from __future__ import annotations

from termsheet.outcome import Report
from termsheet.report.verdict import closing, in_baseline, paint, visible, waived
from termsheet.report.view import View


def render(report: Report, view: View) -> str:
    """Every finding on a line of its own, then the verdict."""
    text = [str(error) for error in report.errors]
    for finding in visible(report.findings(), view):
        head = paint(f"{finding.severity}[{finding.rule}]", finding.severity, view.colour)
        text.append(f"{finding.file}:{finding.line}:{finding.column}: {head} {finding.message}")
    text += [] if view.quiet else waived(report.findings())
    text += in_baseline(report) if view.baseline else []
    text += [crash for file in report.files for crash in file.crashed]
    last = closing(report, view)
    return "".join(f"{line}\n" for line in [*text, *([""] if view.statistics and text else []), *last])
