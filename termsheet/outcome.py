"""What was found: in one file, and in a batch of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

from termsheet.finding import SEVERITIES, Finding
from termsheet.immutable import immutable

if TYPE_CHECKING:
    from termsheet.deal import Deal
    from termsheet.errors import TermsheetError
    from termsheet.rules.rule import Rule
    from termsheet.source import Source
    from termsheet.standing import Stands


class Origin(Protocol):
    """What a file's report was made from: still at hand (`Judged`), or to be made again (`termsheet.portfolio`)."""

    @property
    def source(self) -> Source:
        """The file as it was read."""

    @property
    def deal(self) -> Deal:
        """The deal in it."""

    @property
    def rules(self) -> Sequence[Rule]:
        """The rules that ran."""


@immutable
class Judged:
    """What a report was just made from."""

    source: Source
    deal: Deal
    rules: Sequence[Rule] = ()


@immutable
class FileReport:
    """What was found in the file of a name. `reached` is the highest stage that nothing stands against, or None; what
    is no deal has no stage.

    `baseline` are findings that were there before: they do not count, but the deal is no further for it. `lines` holds
    the text of each line that a finding speaks of. `ran` counts the rules that ran, `off` holds the slugs of those that
    its configuration switches off. `stands` is where it stands on the positions of a playbook, where one was named.
    """

    name: str
    origin: Origin
    stage: str
    findings: tuple[Finding, ...]
    later: tuple[Finding, ...]
    reached: str | None
    blocking: dict[str, int]
    lines: dict[int, str]
    crashed: tuple[str, ...] = ()
    baseline: tuple[Finding, ...] = ()
    ran: int = 0
    off: frozenset[str] = frozenset()
    stands: Stands | None = None

    @property
    def source(self) -> Source:
        """The file as it was read."""
        return self.origin.source

    @property
    def deal(self) -> Deal:
        """The deal in it."""
        return self.origin.deal

    @property
    def rules(self) -> Sequence[Rule]:
        """The rules that ran."""
        return self.origin.rules


@immutable
class Report:
    """What was found in a batch: the files, and those that could not be read. `nouns` are what ran, and on what."""

    files: tuple[FileReport, ...]
    errors: tuple[TermsheetError, ...]
    rules_run: int
    nouns: tuple[str, str] = ("rule", "deal")

    def findings(self) -> Iterator[Finding]:
        """Every finding that counts at its file's stage."""
        for file in self.files:
            yield from file.findings

    def exit_code(self, fail_on: str) -> int:
        """0 clean, 1 findings at or above the threshold, 2 where something could not be done."""
        if self.errors or any(file.crashed for file in self.files):
            return 2
        threshold = SEVERITIES.index(fail_on)
        grave = (
            SEVERITIES.index(finding.severity) >= threshold
            for finding in self.findings()
            if not finding.waived
        )
        return int(any(grave))
