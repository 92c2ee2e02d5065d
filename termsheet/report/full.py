"""The report for people: each finding with its source line, its reason, its remedy and the YAML to paste."""

from __future__ import annotations

import unicodedata

from termsheet.finding import Finding
from termsheet.lint import FileReport, Report
from termsheet.report.verdict import lines, paint, visible


def render(report: Report, *, fail_on: str, notes: bool, colour: bool) -> str:
    """Every finding as a block, what could not be done, and the verdict."""
    blocks = [_error(str(error), colour) for error in report.errors]
    for file in report.files:
        told: set[str] = set()
        for finding in visible(file.findings, notes):
            blocks.append(_block(finding, file, told, colour))
        blocks += [_error(crash, colour) for crash in file.crashed]
    verdict = "\n".join(lines(report, fail_on=fail_on, notes=notes))
    return "\n\n".join([*blocks, verdict]) + "\n"


def _error(sentence: str, colour: bool) -> str:
    return f"{paint('error', 'error', colour)}: {sentence}"


def _block(finding: Finding, file: FileReport, told: set[str], colour: bool) -> str:
    head = paint(f"{finding.severity}[{finding.rule}]", finding.severity, colour)
    text = [f"{head}: {finding.message}", f"  --> {finding.file}:{finding.line}:{finding.column}"]
    text += _excerpt(finding, file, colour)
    key = f"{finding.rule} {finding.help}"
    if finding.help and (key not in told or finding.stub):
        text += _help(finding, repeat=key in told)
    told.add(key)
    return "\n".join(text)


def _excerpt(finding: Finding, file: FileReport, colour: bool) -> list[str]:
    """The source line with a caret under the place; under the parent, where the thing itself is absent."""
    line = file.source.line(finding.line).replace("\t", " ")
    if not line.strip():
        return []
    margin = " " * len(str(finding.line))
    before = _width(line[: finding.column - 1])
    marked = _width(line[finding.column - 1 : finding.column - 1 + finding.width]) or 1
    mark = paint("^" * marked, finding.severity, colour)
    label = _label(finding)
    return [f"{margin} |", f"{finding.line} | {line}", f"{margin} | {' ' * before}{mark}{label}"]


def _label(finding: Finding) -> str:
    if not finding.anchor and finding.line == 1 and finding.stub:
        return ""
    return f" `{finding.path}` is not here" if finding.anchor and finding.path else ""


def _help(finding: Finding, repeat: bool) -> list[str]:
    margin = " " * len(str(finding.line))
    first, *rest = finding.help.splitlines()
    text = [] if repeat else [f"{margin} = help: {first}", *(f"{margin}         {line}" for line in rest)]
    if finding.stub:
        where = _where(finding)
        text.append(f"{margin} = paste {where}:")
        text += [f"{margin}     {line}" for line in finding.stub.splitlines()]
    return text


def _where(finding: Finding) -> str:
    parent = finding.path.rpartition(".")[0]
    return f"under `{parent}`" if parent else "at the top level"


def _width(text: str) -> int:
    """Columns on a terminal: East Asian wide characters take two, combining marks none."""
    return sum(0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
