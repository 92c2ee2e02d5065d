"""The report for people: each finding with its source line, its reason, its remedy and the YAML to paste."""

from __future__ import annotations

from termsheet.columns import columns
from termsheet.finding import Finding
from termsheet.outcome import FileReport, Report
from termsheet.report.verdict import closing, in_baseline, paint, visible, waived, where
from termsheet.report.view import View

_LONGEST = 160
_MARGIN = 40


def render(report: Report, view: View) -> str:
    """Every finding as a block, what could not be done, and the verdict."""
    blocks = [_error(str(error), view.colour) for error in report.errors]
    for file in report.files:
        told: set[str] = set()
        for finding in visible(file.findings, view):
            blocks.append(_block(finding, file, told, view.colour))
        blocks += [_error(crash, view.colour) for crash in file.crashed]
    accepted = [] if view.quiet else waived(report.findings())
    if accepted := accepted + (in_baseline(report) if view.baseline else []):
        blocks.append("\n".join(accepted))
    if last := closing(report, view):
        blocks.append("\n".join(last))
    return "\n\n".join(blocks) + "\n" if blocks else ""


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
    """The source line with a caret under the place; under the parent, where the thing itself is absent.

    None where the line says nothing but the name of the section.
    """
    line = file.lines.get(finding.line, "").replace("\t", " ")
    if not line.strip() or _is_absent_section(finding) or line.rstrip() == f"{finding.path}:":
        return []
    margin = " " * len(str(finding.line))
    place = finding.column - 1
    if len(line) > _LONGEST:  # of a very long line, what stands around the place
        start = max(0, place - _MARGIN)
        line, place = line[start : start + _LONGEST], place - start
    before = columns(line[:place])
    marked = columns(line[place : place + finding.width]) or 1
    mark = paint("^" * marked, finding.severity, colour)
    label = _label(finding)
    return [f"{margin} |", f"{finding.line} | {line}", f"{margin} | {' ' * before}{mark}{label}"]


def _is_absent_section(finding: Finding) -> bool:
    """Whether a whole section is absent, so that no line of the file has to do with it."""
    return bool(finding.pastes) and not finding.pastes[0].under and not finding.pastes[0].instead


def _label(finding: Finding) -> str:
    return f" `{finding.path}` is not here" if finding.anchor and finding.path else ""


def _help(finding: Finding, repeat: bool) -> list[str]:
    margin = " " * len(str(finding.line))
    first, *rest = finding.help.splitlines()
    text = [] if repeat else [f"{margin} = help: {first}", *(f"{margin}         {line}" for line in rest)]
    for paste in finding.pastes:
        text.append(f"{margin} = paste {where(paste)}:")
        text += [f"{margin}     {line}" for line in paste.yaml.splitlines()]
    return text
