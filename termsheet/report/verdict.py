"""What the last lines of a report say, and the colours that all reports share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from termsheet.deal import STAGES
from termsheet.errors import TermsheetError, WriteError
from termsheet.finding import Finding, Paste
from termsheet.outcome import FileReport, Report
from termsheet.report.view import View

_MANY = 6  # deals from which on those that have reached their stage are counted together
_COLOURS = {"error": "31", "warning": "33", "note": "36", "bold": "1"}


def paint(text: str, name: str, colour: bool) -> str:
    """The text in the colour of a severity, where colour is wanted."""
    return f"\x1b[1;{_COLOURS[name]}m{text}\x1b[0m" if colour else text


def shows(finding: Finding, view: View) -> bool:
    """Whether a finding is shown: all are but the notes, unless they are asked for, and but those that are waived."""
    return not finding.waived and (view.notes or finding.severity != "note")


def visible(findings: Iterable[Finding], view: View) -> list[Finding]:
    """The findings that are shown."""
    return [finding for finding in findings if shows(finding, view)]


def failures(report: Report) -> list[TermsheetError]:
    """What could not be done: the files that could not be read, and the rules that crashed, each with its file."""
    crashes = [
        TermsheetError(crash, file=file.name) for file in report.files for crash in file.crashed
    ]
    return [*report.errors, *crashes]


def waived(findings: Iterable[Finding]) -> list[str]:
    """A line for each finding that is waived, with its reason."""
    return [
        f"{found.file}:{found.line}:{found.column}: waived[{found.rule}] {found.message} – {found.waived}"
        for found in findings
        if found.waived
    ]


def in_baseline(report: Report) -> list[str]:
    """A line for each finding that stands in the baseline."""
    return [
        f"{found.file}:{found.line}:{found.column}: baseline[{found.rule}] {found.message}"
        for file in report.files
        for found in file.baseline
    ]


def where(paste: Paste) -> str:
    """Where YAML is to be pasted."""
    if paste.instead:
        return f"in place of the empty `{paste.under}`"
    return f"under `{paste.under}`" if paste.under else "at the top level"


def plural(count: int, noun: str) -> str:
    """A count with its noun: `1 error`, `2 errors`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def closing(report: Report, view: View) -> list[str]:
    """The last lines: statistics where they are wanted, then the verdict, unless nothing but findings is."""
    verdict = [] if view.quiet else lines(report, view)
    if not view.statistics:
        return verdict
    from termsheet.report import statistics

    return [*statistics.lines(report), *([""] if verdict else []), *verdict]


def lines(report: Report, view: View) -> list[str]:
    """The verdict in words: what was found, how much was checked, and how far each deal is."""
    if not report.files and not report.errors:
        return ["nothing was checked"]
    return [counts(report, view), *_standings([file for file in report.files if file.stage])]


def _standings(files: Sequence[FileReport]) -> Iterator[str]:
    """How far each deal is; of many, those that have reached their own stage are counted together."""
    if len(files) == 1:
        yield from _standing(files[0])
        return
    met: Counter[str] = Counter()
    for file in files:
        if len(files) >= _MANY and file.reached and file.stage not in file.blocking:
            met[file.reached] += 1
        else:
            yield from (f"{file.name}: {line}" for line in _standing(file))
    for stage in STAGES:
        if count := met[stage]:
            yield f"{plural(count, 'deal')} {'meets' if count == 1 else 'meet'} `{stage}`"


def _standing(file: FileReport) -> Iterator[str]:
    """How far a deal is, and where it stands on the positions of a playbook, if one is named."""
    yield standing(file)
    if file.stands:
        yield file.stands.summary()


def counts(report: Report, view: View) -> str:
    """What was found, and how much was checked."""
    count = Counter(finding.severity for finding in report.findings() if not finding.waived)
    waived = sum(bool(finding.waived) for finding in report.findings())
    found = [plural(count["error"], "error"), plural(count["warning"], "warning")]
    if count["note"]:
        found.append(plural(count["note"], "note") + ("" if view.notes else " (`--show notes` lists them)"))
    if waived:
        found.append(f"{waived} waived")
    if known := sum(len(file.baseline) for file in report.files):
        found.append(f"{known} in the baseline")
    unwritten = sum(isinstance(error, WriteError) for error in report.errors)
    for count_of, done in ((len(report.errors) - unwritten, "read"), (unwritten, "written")):
        found += [f"{plural(count_of, 'file')} could not be {done}"] if count_of else []
    checked = f"{_rules(report)} on {plural(len(report.files), report.nouns[1])}"
    threshold = "" if view.fail_on == "warning" else f"  ·  fails on {view.fail_on}"
    return f"{', '.join(found)}  ·  {checked}{threshold}"


def _rules(report: Report) -> str:
    """How many rules ran, and of how many where some are switched off: `40 to 350 of 352 rules`."""
    if report.nouns[0] != "rule":
        return plural(report.rules_run, report.nouns[0])
    least = min((file.ran for file in report.files), default=report.rules_run)
    ran = f"{least} to {report.rules_run}" if least != report.rules_run else f"{report.rules_run}"
    of = max((file.ran + len(file.off) for file in report.files if file.off), default=0)
    return f"{ran} of {plural(of, 'rule')}" if of else f"{ran} rule{'s' * (ran != '1')}"


def standing(file: FileReport) -> str:
    """How far a deal is: "meets sketch; 4 findings stand between it and term-sheet".

    What is counted is the way to the deal's own stage, or, once it is there, to the next one.
    """
    met = f"meets `{file.reached}`" if file.reached else "does not yet meet `sketch`"
    ahead = [stage for stage in STAGES[STAGES.index(file.stage) :] if stage in file.blocking]
    if not ahead:
        return met
    count = file.blocking[ahead[0]]
    stand = "finding stands" if count == 1 else "findings stand"
    return f"{met}; {count} {stand} between it and `{ahead[0]}`"
