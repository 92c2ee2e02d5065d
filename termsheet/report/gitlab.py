"""A Code Quality report of GitLab: findings in the widget and in the diff of a merge request."""

from __future__ import annotations

import json

from termsheet.errors import advised
from termsheet.outcome import Report
from termsheet.report.identity import fingerprint, known
from termsheet.report.places import relative
from termsheet.report.verdict import failures, shows
from termsheet.report.view import View

_SEVERITIES = {"note": "info", "warning": "minor", "error": "major"}


def render(report: Report, view: View) -> str:
    """A list of the findings that are shown; what could not be read or checked is `critical`."""
    entries = [
        _entry("not-checked", "critical", error.message, error.help, error.file, error.line,
               fingerprint("not-checked", relative(error.file), error.message))
        for error in failures(report)
    ]  # fmt: skip
    entries += [
        _entry(finding.rule, _SEVERITIES[finding.severity], finding.message, finding.help,
               finding.file, finding.line, mark)
        for file in report.files
        for finding, mark in known(file)
        if shows(finding, view)
    ]  # fmt: skip
    return json.dumps(entries, indent=2, ensure_ascii=False) + "\n"


def _entry(
    rule: str, severity: str, message: str, help: str, file: str, line: int, mark: str
) -> dict[str, object]:
    return {
        "description": advised(message, help),
        "check_name": rule,
        "fingerprint": mark,
        "severity": severity,
        "location": {"path": relative(file), "lines": {"begin": line or 1}},
    }
