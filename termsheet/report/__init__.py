"""How a report is shown: one module a format, named as the format, with `render(report, view)` that returns text.

To add a format, write its module and name it in `FORMATS`; it is imported when it is asked for.

    view.py         what is wanted: notes, colour, statistics …
    verdict.py      the closing lines              statistics.py   counts by rule, severity and file
    identity.py     what a finding is known by     places.py       what a file is called in a repository
    escape.py       text in Markdown and in XML
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from termsheet.printable import printable
from termsheet.report.view import View

if TYPE_CHECKING:
    from termsheet.outcome import Report

__all__ = ["FORMATS", "FOR_PEOPLE", "View", "closing", "render"]

FOR_PEOPLE = ("full", "concise", "markdown")
_FOR_TERMINALS = ("full", "concise", "github")
FORMATS = (*FOR_PEOPLE, "json", "sarif", "github", "gitlab", "junit")


def render(report: Report, style: str, view: View) -> str:
    """The report in one of the `FORMATS`."""
    text: str = import_module(f"termsheet.report.{style}").render(report, view)
    return printable(text, colour=view.colour) if style in _FOR_TERMINALS else text


def closing(report: Report, view: View) -> str:
    """The last lines of a report, for the terminal where the report itself goes to a file."""
    from termsheet.report import verdict

    return "".join(f"{line}\n" for line in verdict.closing(report, view))
