"""Run the checks, and make a report of what they find."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from termsheet.deal import Deal
from termsheet.errors import TermsheetError
from termsheet.finding import Finding
from termsheet.house import House
from termsheet.immutable import replace
from termsheet.library.checks import CHECKS
from termsheet.library.checks.check import Check, Hit
from termsheet.library.checks.stock import Stock, take
from termsheet.outcome import FileReport, Judged, Report
from termsheet.source import Mark, Source, Span
from termsheet.waivers import waived

if TYPE_CHECKING:
    from termsheet.settings import Settings


def run(house: House, checked: Sequence[Path], settings: Callable[[str], Settings] | None = None) -> Report:
    """The report on the clauses and forms below some folders (or files), as they stand on top of the rest.

    `settings` tells what holds for each file: which checks are off there, and how grave the others are.
    """
    failed: list[TermsheetError] = []
    stock = take(house, checked, failed)
    texts = {page.name: page.text for page in stock.pages}
    texts |= {form.file: form.read.text for form in stock.forms if form.checked}
    for error in failed:
        if error.file and Path(error.file).is_file():
            texts.setdefault(error.file, Path(error.file).read_text(encoding="utf-8", errors="replace"))
    sources = {name: _source(name, text) for name, text in texts.items()}
    found: dict[str, list[Finding]] = {name: [] for name in sources}
    crashed: list[str] = []
    for finding in _findings(stock, sources, failed, crashed):
        severity = settings(finding.file).of_check(finding.rule, finding.severity) if settings else ""
        finding = replace(finding, severity=severity or finding.severity)
        if finding.severity != "off" and finding not in found[finding.file]:
            found[finding.file].append(finding)
    slugs = [item.slug for item in CHECKS]
    off = {name: _off(slugs, settings and settings(name)) for name in sources}
    for page in stock.pages:
        if page.front.comments:
            found[page.name] = waived(
                found[page.name],
                Deal({}),
                _named(page.front, page.name),
                slugs,
                date.today(),
                off[page.name],
                everywhere=True,
            )
    reports = tuple(_report(sources[name], findings) for name, findings in sorted(found.items()))
    if crashed and reports:
        reports = (replace(reports[0], crashed=tuple(crashed)), *reports[1:])
    lost = tuple(error for error in failed if error.file not in sources)
    ran = len(slugs) - min(map(len, off.values()), default=0)
    return Report(reports, lost, ran, nouns=("check", "file"))


def _off(slugs: Sequence[str], held: Settings | None) -> list[str]:
    """The checks that are switched off."""
    return [slug for slug in slugs if held and held.of_check(slug, "") == "off"]


def _findings(
    stock: Stock, sources: dict[str, Source], failed: Sequence[TermsheetError], crashed: list[str]
) -> Iterator[Finding]:
    malformed = next(item for item in CHECKS if item.slug == "clause-malformed")
    for error in failed:
        if error.file in sources:
            hit = Hit(error.file, error.line or 1, error.message, help=error.help)
            yield _finding(malformed, hit, sources[error.file], error.column)
    for item in CHECKS:
        try:
            for hit in item.function(stock):
                yield _finding(item, hit, sources[hit.file])
        except Exception as error:  # a check that crashes is named, and the run goes on
            crashed.append(f"check {item.slug} failed ({type(error).__name__}: {error})")


def _finding(item: Check, hit: Hit, source: Source, column: int = 0) -> Finding:
    line, mark = hit.line, " ".join(hit.mark.split())
    text = source.line(line)
    place = text.find(mark) if mark else -1
    indent = len(text) - len(text.lstrip())
    column = column or (place if place >= 0 else indent) + 1
    width = len(mark) if place >= 0 else max(1, len(text.rstrip()) - column + 1)
    return Finding(source.name, line, column, mark, item.slug, hit.severity or item.severity, hit.text,
                   hit.help or item.help, width=width)  # fmt: skip


def _named(front: Source, name: str) -> Source:
    return Source(name, front.text, front.data, front.marks, front.traps, front.comments)


def _source(name: str, text: str) -> Source:
    return Source(name, text, {}, {(): Mark(None, Span(0, 0), None, False)}, (), ())


def _report(source: Source, findings: list[Finding]) -> FileReport:
    findings.sort(key=lambda finding: (finding.line, finding.column))
    lines = {finding.line: source.line(finding.line) for finding in findings}
    return FileReport(source.name, Judged(source, Deal({})), "", tuple(findings), (), None, {}, lines)
