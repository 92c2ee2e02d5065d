"""How a report is shown: one module a format, each a function of the report that returns text."""

from __future__ import annotations

from termsheet.lint import Report


def render(
    report: Report,
    style: str,
    *,
    fail_on: str = "warning",
    notes: bool = False,
    baseline: bool = False,
    colour: bool = False,
) -> str:
    """The report as `full`, `concise` or `json`.

    `notes` shows notes too (JSON always holds them), `baseline` what stands in the baseline.
    """
    if style == "json":
        from termsheet.report import json

        return json.render(report, baseline=baseline)
    if style == "concise":
        from termsheet.report import concise

        return concise.render(report, fail_on=fail_on, notes=notes, baseline=baseline, colour=colour)
    from termsheet.report import full

    return full.render(report, fail_on=fail_on, notes=notes, baseline=baseline, colour=colour)
