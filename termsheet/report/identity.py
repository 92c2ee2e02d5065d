"""What a finding is known by from one run to the next: its rule, its path and its evidence.

Neither its message, which may be worded better some day, nor its line, which moves. Equal ones are told apart by their
turn in the file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from termsheet.digests import sha256
from termsheet.finding import Finding
from termsheet.outcome import FileReport
from termsheet.report.places import relative


def known(file: FileReport, *, baseline: bool = False, alone: bool = False) -> Iterator[tuple[Finding, str]]:
    """The findings of a file, and of its baseline, each with a fingerprint; `alone` leaves the file out of it."""
    turns: Counter[tuple[str, ...]] = Counter()
    name = () if alone else (relative(file.name),)
    for finding in (*file.findings, *(file.baseline if baseline else ())):
        what = (finding.rule, finding.path, finding.evidence)
        turns[what] += 1
        yield finding, fingerprint(*name, *what, *([str(turns[what])] if turns[what] > 1 else []))


def fingerprint(*parts: str) -> str:
    """A hash of what something is known by."""
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass"))[:32]
