"""Workflow commands of GitHub Actions, which become annotations on a pull request."""

from __future__ import annotations

from termsheet.errors import advised
from termsheet.outcome import Report
from termsheet.report.places import relative
from termsheet.report.verdict import counts, failures, visible
from termsheet.report.view import View

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


def render(report: Report, view: View) -> str:
    """A command for each finding that is shown and for what could not be done, then one line for the log."""
    text = [
        _command("error", error.message, error.help, file=error.file, line=error.line, col=error.column)
        for error in failures(report)
    ]
    text += [
        _command(_COMMANDS[finding.severity], finding.message, finding.help,
                 file=finding.file, line=finding.line, col=finding.column, title=finding.rule)
        for finding in visible(report.findings(), view)
    ]  # fmt: skip
    text += [] if view.quiet else [counts(report, view)]
    return "".join(f"{line}\n" for line in text)


def _command(name: str, message: str, help: str, *, file: str, line: int, col: int, title: str = "") -> str:
    places = {"file": relative(file), "line": line, "col": col, "title": title}
    said = ",".join(f"{key}={_property(str(value))}" for key, value in places.items() if value)
    return f"::{name} {said}::{_data(advised(message, help))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
