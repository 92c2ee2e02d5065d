"""Lint: a source is normalised, checked against the schema, and read by every rule; what they find is a report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from termsheet import schema, source, stubs
from termsheet.deal import STAGES, Deal
from termsheet.errors import LoadError, TermsheetError
from termsheet.rules.rule import SEVERITIES, Rule
from termsheet.schema import check, messages, references
from termsheet.schema.check import Problem, Route
from termsheet.schema.normalise import normalise
from termsheet.source import Source
from termsheet.values.points import Point


@dataclass(frozen=True)
class Finding:
    """A defect of a deal: where it is, which rule found it, how grave it is, what is wrong and how to mend it.

    `line` and `column` count from 1. `path` names the place in the deal; for an absence, `anchor` is the part of the
    path that is there, and the line is its line. `stub` is the YAML to paste. `since` is the stage it counts from.
    """

    file: str
    line: int
    column: int
    path: str
    rule: str
    severity: str
    message: str
    help: str
    stub: str = ""
    anchor: str = ""
    since: str = "sketch"
    waived: str = ""
    width: int = 1


@dataclass(frozen=True)
class FileReport:
    """What was found in one file. `reached` is the highest stage that nothing stands against, or None."""

    source: Source
    stage: str
    findings: tuple[Finding, ...]
    later: tuple[Finding, ...]
    reached: str | None
    blocking: dict[str, int]
    crashed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Report:
    """What was found in a batch: the files, and those that could not be read."""

    files: tuple[FileReport, ...]
    errors: tuple[TermsheetError, ...]
    rules_run: int

    def findings(self) -> Iterator[Finding]:
        """Every finding that counts at its file's stage."""
        for file in self.files:
            yield from file.findings

    def exit_code(self, fail_on: str) -> int:
        """0 clean, 1 findings at or above the threshold, 2 where something could not be done."""
        if self.errors or any(file.crashed for file in self.files):
            return 2
        threshold = SEVERITIES.index(fail_on)
        grave = (SEVERITIES.index(finding.severity) >= threshold for finding in self.findings() if not finding.waived)
        return int(any(grave))


def lint(paths: Iterable[str], rules: Sequence[Rule], *, stage: str | None = None, stdin_name: str = "<stdin>") -> Report:
    """Lint every file; one that cannot be read does not stop the others."""
    files: list[FileReport] = []
    errors: list[TermsheetError] = []
    for path in paths:
        try:
            files.append(lint_source(source.read(path, stdin_name), rules, stage=stage))
        except LoadError as error:
            errors.append(error)
    return Report(tuple(files), tuple(errors), len(rules))


def lint_source(deal_source: Source, rules: Sequence[Rule], *, stage: str | None = None) -> FileReport:
    """Lint one source that has been read."""
    deal, found = checked(deal_source)
    crashed: list[str] = []
    for item in rules:
        try:
            found.extend(_apply(item, deal, deal_source))
        except Exception as error:  # a rule that crashes is named, and the run goes on
            crashed.append(f"rule {item.slug} failed on {deal_source.name} ({type(error).__name__}: {error})")
    return _report(deal_source, found, stage or deal.stage, crashed)


def checked(deal_source: Source) -> tuple[Deal, list[Finding]]:
    """The deal, with a Point where something is malformed, and a finding for each such place."""
    root = schema.deal_schema()
    data = normalise(deal_source, root)
    problems = [*check.errors(data, root)]
    told = {problem.route for problem in problems}
    problems += [problem for problem in references.problems(data, root) if problem.route not in told]
    deal = Deal(data, root)
    found = [_trap(deal_source, trap) for trap in deal_source.traps]
    found += [_malformed(deal, deal_source, problem) for problem in problems]
    for problem in problems:
        _blank(data, problem)
    return deal, found


def _blank(data: Any, problem: Problem) -> None:
    """Put a Point where something is malformed, and where a misspelt key was meant to stand."""
    route = problem.route
    for key in route[:-1]:
        if isinstance(data, Point):
            return
        data = data[key]
    if isinstance(data, Point) or not route:
        return
    if problem.keyword == "additionalProperties":
        data.pop(route[-1], None)
        meant = messages.message(problem).meant
        if meant:
            data.setdefault(meant, Point("malformed"))
    elif isinstance(data, list) or problem.keyword != "x-ref" or route[-1] in data:
        data[route[-1]] = Point("malformed")


def _trap(deal_source: Source, trap: source.Trap) -> Finding:
    return _placed(deal_source, trap.route, slug=trap.slug, severity="error", text=trap.message, help=trap.help)


def _malformed(deal: Deal, deal_source: Source, problem: Problem) -> Finding:
    words = messages.message(problem)
    finding = _placed(deal_source, problem.route, slug=messages.SLUGS[problem.keyword], severity="error",
                      text=words.text, help=words.help, on_key=problem.keyword == "additionalProperties")  # fmt: skip
    return replace(finding, path=deal.path_of(problem.route))


def _apply(item: Rule, deal: Deal, deal_source: Source) -> Iterator[Finding]:
    severity = item.severity_for(deal.types)
    if severity == "off" or not item.applies(deal):
        return
    for hit in item.check(deal):
        route = deal.route_of(hit.path)
        if _is_malformed(deal, route):
            continue
        finding = _placed(deal_source, route, slug=item.slug, severity=severity, text=hit.text, help=hit.help or item.help)
        text = hit.stub if "\n" in hit.stub or ": " in hit.stub else stubs.stub(hit.stub, deal.party_ids) if hit.stub else ""
        yield replace(finding, path=hit.path, stub=text, since=item.since)


def _is_malformed(deal: Deal, route: Route) -> bool:
    value: Any = deal.value
    for key in route:
        if isinstance(value, Point):
            break
        try:
            value = value[key]
        except (KeyError, IndexError, TypeError):
            return False
    return isinstance(value, Point) and value.kind == "malformed"


def _placed(
    deal_source: Source, route: Route, *, slug: str, severity: str, text: str, help: str, on_key: bool = False
) -> Finding:
    """A finding at the line of the route, or of its nearest ancestor that is there (at that one's key)."""
    there = deal_source.nearest(route)
    mark = deal_source.marks[there]
    absent = there != route
    span = mark.key if mark.key and (absent or on_key or mark.scalar is None) else mark.value
    if not there:  # the whole file: its first key stands for it
        first = next((inner.key for inner in deal_source.marks.values() if inner.key), mark.value)
        span = first
    line, column = deal_source.position(span.start)
    end = deal_source.position(span.end)
    width = end[1] - column if end[0] == line else len(deal_source.line(line)) + 1 - column
    return Finding(deal_source.name, line, column, "", slug, severity, text, help,
                   anchor=".".join(str(key) for key in there) if absent else "", width=max(1, width))  # fmt: skip


def _report(deal_source: Source, found: list[Finding], stage: str, crashed: list[str]) -> FileReport:
    found.sort(key=lambda finding: (finding.line, finding.column, finding.rule, finding.path))
    rank = STAGES.index(stage)
    now = tuple(finding for finding in found if STAGES.index(finding.since) <= rank)
    later = tuple(finding for finding in found if STAGES.index(finding.since) > rank)
    grave = [finding for finding in found if finding.severity != "note" and not finding.waived]
    blocking = {name: sum(STAGES.index(finding.since) <= index for finding in grave) for index, name in enumerate(STAGES)}
    reached = [name for name in STAGES if not blocking[name]]
    return FileReport(deal_source, stage, now, later, reached[-1] if reached else None,
                      {name: count for name, count in blocking.items() if count}, tuple(crashed))  # fmt: skip
