"""What a finding is known by from one run to the next: its rule, its path and its evidence.

Neither its message, which may be worded better some day, nor its line, which moves. Equal ones are told apart by their
turn in the file.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from functools import reduce
from operator import getitem

from termsheet.finding import Finding
from termsheet.lint import FileReport
from termsheet.report.places import relative


def known(file: FileReport, *, baseline: bool = False, alone: bool = False) -> Iterator[tuple[Finding, str]]:
    """The findings of a file, and of its baseline, each with a fingerprint; `alone` leaves the file out of it."""
    turns: Counter[tuple[str, ...]] = Counter()
    name = () if alone else (relative(file.source.name),)
    for finding in (*file.findings, *(file.baseline if baseline else ())):
        what = (finding.rule, finding.path, evidence(finding, file))
        turns[what] += 1
        yield finding, fingerprint(*name, *what, *([str(turns[what])] if turns[what] > 1 else []))


def evidence(finding: Finding, file: FileReport) -> str:
    """What was judged, as written but for white space: the value, or the values right below; nothing for a section."""
    route, marks = file.deal.route_of(finding.path), file.source.marks
    there = file.source.nearest(route)
    if marks[there].scalar is not None:  # a single value may stand where a list is meant
        return _plain(marks[there].scalar)
    value = reduce(getitem, there, file.source.data)
    keys = value if isinstance(value, dict) else range(len(value))
    below = {key: marks[(*there, key)].scalar for key in keys}
    if there != route or None in below.values():
        return ""
    return ", ".join(f"{key}: {_plain(text)}" for key, text in below.items())


def fingerprint(*parts: str) -> str:
    """A hash of what something is known by."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _plain(text: str | None) -> str:
    return " ".join((text or "").split())
