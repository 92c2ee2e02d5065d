"""Lint: a source is normalised, checked against the schema, and read by every rule; what they find is a report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from termsheet import stubs
from termsheet.deal import STAGES, Deal
from termsheet.errors import TermsheetError
from termsheet.evidence import evidence
from termsheet.finding import Finding, placed
from termsheet.immutable import replace
from termsheet.outcome import FileReport, Judged
from termsheet.source import Route, Source
from termsheet.values.points import Point
from termsheet.wellformed import checked

if TYPE_CHECKING:
    from termsheet.rules.rule import Rule
    from termsheet.settings import Settings
    from termsheet.standing import Choice


def lint_source(
    deal_source: Source,
    rules: Sequence[Rule],
    *,
    stage: str | None = None,
    as_of: date | None = None,
    holidays: frozenset[date] | None = None,
    settings: Settings | None = None,
    choice: Choice | None = None,
    errors_only: bool = False,
) -> FileReport:
    """Lint one source that has been read. `as_of` is the day on which it is judged (today).

    Where the `holidays` are known, times in business days have their day as well. `settings` is what a configuration
    says of the file: its rules, the stage that it is held to, and its holidays. `choice` tells which playbook holds.
    With `errors_only` the errors are those of any report, and of what is less only what tells their causes.
    """
    deal, found = checked(deal_source)
    rules, off = (settings.rules, settings.off) if settings else (rules, frozenset[str]())
    deal.judged_at = stage or (settings.stage_of(deal) if settings else "")
    deal.as_of = as_of or deal.as_of
    deal.house = settings.house if settings else deal.house
    deal.holidays = (
        _holidays(settings, deal_source, deal.as_of) if settings and holidays is None else holidays
    )
    crashed: list[str] = []
    stands = None
    try:
        stands = choice(deal, deal_source, settings) if choice else None
    except TermsheetError as error:
        crashed.append(str(error))
    if stands:
        deal.stands = stands.stands
        rules = (*rules, *_of_positions(settings))
    for item, severity in _graded(rules, deal.types, errors_only):
        try:
            found.extend(_apply(item, severity, deal, deal_source))
        except TermsheetError as error:  # a house rule that was cut off says so itself
            crashed.append(f"{error} (on {deal_source.name})")
        except Exception as error:  # a rule that crashes is named, and the run goes on
            crashed.append(f"rule {item.slug} failed on {deal_source.name} ({type(error).__name__}: {error})")
    found = _causes(found, rules)
    if deal_source.comments or deal.has("waivers"):
        from termsheet.waivers import waived  # most deals waive nothing

        run = {item.slug for item in rules}
        asleep = {item.slug for item in _of_positions()} - run
        found = waived(found, deal, deal_source, run, deal.as_of, off | asleep)
    report = _report(Judged(deal_source, deal, rules), found, deal.stage, crashed)
    return replace(report, off=off, stands=stands)


def _graded(rules: Sequence[Rule], types: list[str], errors_only: bool) -> list[tuple[Rule, str]]:
    """The rules that speak of a deal of these types, and how grave what they find is."""
    found = [(item, severity) for item in rules if (severity := item.severity_for(types)) != "off"]
    if not errors_only:
        return found
    causes = {slug for item, severity in found if severity == "error" for slug in item.yields}
    return [(item, severity) for item, severity in found if severity == "error" or item.slug in causes]


def _of_positions(settings: Settings | None = None) -> tuple[Rule, ...]:
    """The rules that tell where a deal stands on the positions of a playbook."""
    if settings:
        return settings.positions
    from termsheet.rules.position import POSITIONS  # most deals are judged by no playbook

    return POSITIONS


def _holidays(settings: Settings, deal_source: Source, as_of: date) -> frozenset[date] | None:
    """The holidays that a configuration names, over the years that a deal speaks of."""
    if not settings.holidays:
        return None
    from termsheet import holidays

    return settings.days_off(holidays.years(deal_source.text, as_of))


def _apply(item: Rule, severity: str, deal: Deal, deal_source: Source) -> Iterator[Finding]:
    if not item.applies(deal):
        return
    for hit in item.check(deal):
        route = deal.route_of(hit.path)
        if _is_malformed(deal, route):
            continue
        finding = placed(
            deal_source, route, slug=item.slug, severity=severity, text=hit.text, help=hit.help or item.help
        )
        pastes = stubs.pastes(hit, deal, deal_source)
        yield replace(finding, path=hit.path, pastes=pastes, since=item.since)


def _causes(found: list[Finding], rules: Sequence[Rule]) -> list[Finding]:
    """The findings without those whose cause another rule has told of the same entry (`Rule.yields`)."""
    yields = {item.slug: item.yields for item in rules if item.yields}
    places: dict[str, list[str]] = {}
    for finding in found:
        places.setdefault(finding.rule, []).append(finding.path)
    return [
        finding
        for finding in found
        if not any(
            _touch(finding.path, other)
            for slug in yields.get(finding.rule, ())
            for other in places.get(slug, ())
        )
    ]


def _touch(path: str, other: str) -> bool:
    """Whether two places stand in one entry (of a list, or else in one section), or one entry in the other."""
    short, long = sorted((_entry(path), _entry(other)), key=len)
    return long.startswith(short) and long[len(short) : len(short) + 1] in ("", ".", "[")


def _entry(path: str) -> str:
    return path[: path.rindex("]") + 1] if "]" in path else path.partition(".")[0]


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


def _report(judged: Judged, found: list[Finding], stage: str, crashed: list[str]) -> FileReport:
    read, deal, rules = judged.source, judged.deal, judged.rules
    found.sort(key=lambda finding: (finding.line, finding.column))  # else in the order of the checklist
    done: set[str] = set()
    found = [
        replace(finding, pastes=(*stubs.in_turn(finding.pastes, done),), evidence=evidence(finding.path, deal, read))
        for finding in found
    ]
    rank = STAGES.index(stage)
    now = tuple(finding for finding in found if STAGES.index(finding.since) <= rank)
    later = tuple(finding for finding in found if STAGES.index(finding.since) > rank)
    grave = [finding for finding in found if finding.severity != "note" and not finding.waived]
    blocking = {
        name: sum(STAGES.index(finding.since) <= index for finding in grave)
        for index, name in enumerate(STAGES)
    }
    reached = [name for name in STAGES if not blocking[name]]
    return FileReport(read.name, judged, stage, now, later, reached[-1] if reached else None,
                      {name: count for name, count in blocking.items() if count},
                      {finding.line: read.line(finding.line) for finding in now}, tuple(crashed),
                      ran=len(rules))  # fmt: skip
