"""Counts by rule, by severity and by file, of what is not waived: which clause is it that we keep forgetting?

Beside each file stands the stage that it meets.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from termsheet.finding import SEVERITIES
from termsheet.outcome import Report


class Table(NamedTuple):
    """A table of counts: its headings and its rows; numbers stand first, and what they count stands last."""

    head: tuple[str, ...]
    rows: list[tuple[int | str, ...]]


def tables(report: Report) -> list[Table]:
    """The tables that have rows, the most frequent first."""
    found = [finding for finding in report.findings() if not finding.waived]
    rules = Counter(finding.rule for finding in found)
    deals = Counter(rule for _, rule in {(finding.file, finding.rule) for finding in found})
    grades = Counter(finding.severity for finding in found)
    files = Counter({file.name: 0 for file in report.files})
    files.update(finding.file for finding in found)
    reached = {file.name: file.reached or "nothing" for file in report.files}
    made = [
        Table(("findings", "deals", "rule"), [(count, deals[rule], rule) for rule, count in _ranked(rules)]),
        Table(
            ("findings", "severity"), [(grades[name], name) for name in reversed(SEVERITIES) if grades[name]]
        ),
        Table(
            ("findings", "meets", "file"), [(count, reached[name], name) for name, count in _ranked(files)]
        ),
    ]
    return [table for table in made if table.rows]


def lines(report: Report) -> list[str]:
    """The tables as text, with an empty line between them."""
    text: list[str] = []
    for head, rows in tables(report):
        widths = [max(len(str(row[index])) for row in [head, *rows]) for index in range(len(head) - 1)]
        text += [""] if text else []
        for row in [head, *rows]:
            counts = [f"{cell!s:>{width}}" for cell, width in zip(row, widths, strict=False)]
            text.append("  ".join([*counts, str(row[-1])]))
    return text


def _ranked(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
