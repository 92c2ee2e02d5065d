"""What of a report is shown."""

from __future__ import annotations

from termsheet.immutable import immutable


@immutable
class View:
    """How a report is wanted.

    `fail_on` is the least severity that fails, `notes` shows notes too, `baseline` what stands in the baseline,
    `colour` is for a terminal, `quiet` leaves nothing but the findings, `statistics` adds counts by rule, severity
    and file.
    """

    fail_on: str = "warning"
    notes: bool = False
    baseline: bool = False
    colour: bool = False
    quiet: bool = False
    statistics: bool = False
