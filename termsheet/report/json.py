"""The report as one JSON object, for other tools."""

from __future__ import annotations

import json
from collections import Counter

from termsheet import __version__
from termsheet.errors import TermsheetError
from termsheet.finding import Finding
from termsheet.lint import Report

VERSION = "1"


def render(report: Report, *, baseline: bool = False) -> str:
    """`version`, `tool`, `findings`, `files`, `errors` and `summary`; notes are always in it.

    What stands in the baseline is counted, and listed under `baseline` where that is asked for.
    """
    counts = Counter(finding.severity for finding in report.findings() if not finding.waived)
    crashes = [
        {"file": file.source.name, "message": crash} for file in report.files for crash in file.crashed
    ]
    aside = [_finding(finding) for file in report.files for finding in file.baseline]
    return json.dumps(
        {
            "version": VERSION,
            "tool": {"name": "termsheet", "version": __version__},
            "findings": [_finding(finding) for finding in report.findings()],
            **({"baseline": aside} if baseline else {}),
            "files": [
                {"file": file.source.name, "stage": file.stage, "reached": file.reached, "blocking": file.blocking}
                for file in report.files
            ],
            "errors": [_error(error) for error in report.errors] + crashes,
            "summary": {
                "rules_run": report.rules_run,
                "files": len(report.files),
                **{name: counts[name] for name in ("error", "warning", "note")},
                "waived": sum(bool(finding.waived) for finding in report.findings()),
                "baseline": len(aside),
            },
        },
        indent=2,
        ensure_ascii=False,
    ) + "\n"  # fmt: skip


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "file": finding.file,
        "line": finding.line,
        "column": finding.column,
        "path": finding.path,
        "rule": finding.rule,
        "severity": finding.severity,
        "message": finding.message,
        "help": finding.help,
        "paste": [paste._asdict() for paste in finding.pastes],
        "waived": finding.waived or None,
    }


def _error(error: TermsheetError) -> dict[str, object]:
    return {
        "file": error.file,
        "line": error.line,
        "column": error.column,
        "message": error.message,
        "help": error.help,
    }
