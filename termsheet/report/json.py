"""The report as one JSON object, for other tools; its schema is `schemas/report.schema.json`."""

from __future__ import annotations

import json
from collections import Counter

from termsheet import __version__
from termsheet.errors import TermsheetError
from termsheet.finding import Finding
from termsheet.immutable import as_dict, replace
from termsheet.outcome import FileReport, Report
from termsheet.report.identity import known
from termsheet.report.verdict import failures
from termsheet.report.view import View
from termsheet.standing import STANDINGS

VERSION = "1"


def render(report: Report, view: View) -> str:
    """`version`, `tool`, `findings`, `files`, `errors` and `summary`; notes and what is waived are always in it.

    What stands in the baseline is counted, and listed under `baseline` where that is asked for.
    """
    counts = Counter(finding.severity for finding in report.findings() if not finding.waived)
    aside = [
        _finding(*found) for file in report.files for found in known(replace(file, findings=file.baseline))
    ]
    return json.dumps(
        {
            "version": VERSION,
            "tool": {"name": "termsheet", "version": __version__},
            "findings": [_finding(*found) for file in report.files for found in known(file)],
            **({"baseline": aside} if view.baseline else {}),
            "files": [_file(file) for file in report.files],
            "errors": [_error(error) for error in failures(report)],
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


def _file(file: FileReport) -> dict[str, object]:
    made: dict[str, object] = {
        "file": file.name,
        "stage": file.stage or None,
        "reached": file.reached,
        "blocking": file.blocking,
    }
    if file.stands:
        counts = file.stands.counts()
        made["playbook"] = {
            "name": file.stands.playbook,
            "us": file.stands.us or None,
            "standing": {word: counts[word] for word in STANDINGS},
            "without_side": file.stands.sided,
        }
    return made


def _finding(finding: Finding, fingerprint: str) -> dict[str, object]:
    return {
        "file": finding.file,
        "line": finding.line,
        "column": finding.column,
        "path": finding.path,
        "rule": finding.rule,
        "severity": finding.severity,
        "message": finding.message,
        "help": finding.help,
        "paste": [as_dict(paste) for paste in finding.pastes],
        "waived": finding.waived or None,
        "fingerprint": fingerprint,
    }


def _error(error: TermsheetError) -> dict[str, object]:
    return {
        "file": error.file,
        "line": error.line or None,
        "column": error.column or None,
        "message": error.message,
        "help": error.help,
    }
