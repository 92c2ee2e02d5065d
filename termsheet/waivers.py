"""Waivers: findings that the author accepts, each with its reason. They stay in the report.

A comment `# termsheet: ignore[slug] reason` stands on the line of what is waived, or of something above it in the
file's tree; alone on a line, it speaks of the line below. An entry of the deal's `waivers` names rule, path and reason.
What is malformed cannot be waived. A waiver of an unknown rule or without a reason is an error, one that nothing needs
is a warning.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date
from typing import NamedTuple

from termsheet.deal import Deal
from termsheet.finding import Finding, placed
from termsheet.immutable import replace
from termsheet.pattern import pattern
from termsheet.source import Route, Source

_COMMENT = pattern(r"termsheet:\s*ignore\[([^\]]*)\]\s*(.*)")
_NO_REASON = pattern(r"(todo|tbd|fixme|xxx)\b.*|[\W_]*", re.IGNORECASE)


class Waiver(NamedTuple):
    """A waiver: of which rule, for what, why, and where it stands in the file (`route`, or a line for a comment)."""

    rule: str
    reason: str
    covers: tuple[Route, ...]
    route: Route
    line: int = 0
    until: date | None = None


def waived(
    found: list[Finding],
    deal: Deal,
    source: Source,
    known: Collection[str],
    today: date,
    off: Collection[str] = (),
    *,
    everywhere: bool = False,
) -> list[Finding]:
    """The findings with those marked that a waiver covers, and a finding for each waiver that is wrong or unused.

    Of a rule that is off, nothing is found: whether its waiver is used cannot be told. A comment may speak of all of
    the file, wherever it stands (`everywhere`).
    """
    if not source.comments and not deal.has("waivers"):
        return found
    made: list[Finding] = []
    for waiver in [*_comments(source), *_entries(deal)]:
        waiver = waiver._replace(covers=((),)) if everywhere else waiver
        defect = _defect(waiver, {*known, *off}, today)
        if defect:
            made.append(_about(waiver, source, *defect))
            continue
        if waiver.rule in off:
            continue
        hit = [index for index, finding in enumerate(found) if _covers(waiver, finding, deal)]
        for index in hit:
            found[index] = replace(found[index], waived=waiver.reason)
        there = [finding.path for finding in found if finding.rule == waiver.rule]
        if not hit and there:
            text = f"`{waiver.rule}` is not found where the waiver stands"
            made.append(_about(waiver, source, "waiver-unused", "warning", text, f"waive it at `{there[0]}`"))
        elif not hit:
            made.append(
                _about(
                    waiver,
                    source,
                    "waiver-unused",
                    "warning",
                    f"nothing here is found by `{waiver.rule}`",
                    "take the waiver out",
                )
            )
    return found + made


def _comments(source: Source) -> Iterator[Waiver]:
    meant = [(comment, match) for comment in source.comments if (match := _COMMENT.search(comment.text))]
    if not meant:
        return
    on_line: dict[int, list[Route]] = {}
    for route, mark in source.marks.items():
        if route:
            on_line.setdefault(source.position((mark.key or mark.value).start)[0], []).append(route)
    last, below = source.position(len(source.text))[0], 0
    for comment, match in meant:
        if below < comment.line:  # else it stands among others, above the same line
            below = comment.line
        while source.line(below).lstrip().startswith("#") and below < last:
            below += 1
        there = tuple(on_line.get(below, ()))
        for slug in match[1].split(","):
            yield Waiver(slug.strip(), match[2].strip(), there, there[0] if there else (), comment.line)


def _entries(deal: Deal) -> Iterator[Waiver]:
    for entry in deal.each("waivers"):
        path = entry.text("path")
        yield Waiver(entry.text("rule"), entry.text("reason"), (deal.route_of(path),) if path else (), entry.route,
                     until=entry.parsed("until", "date"))  # fmt: skip


def _defect(waiver: Waiver, known: Collection[str], today: date) -> tuple[str, str, str, str] | None:
    """Slug, severity, sentence and remedy for a waiver that cannot hold."""
    if waiver.rule.startswith("schema-"):
        return (
            "waiver-of-schema",
            "error",
            f"`{waiver.rule}` cannot be waived: the place is malformed",
            "mend it",
        )
    if not waiver.rule:
        return "waiver-unknown-rule", "error", "the waiver names no rule", "name the rule as the report does"
    if waiver.rule not in known:
        from termsheet.schema.messages import closest

        meant = closest(waiver.rule, sorted(known))
        hint = f"; did you mean `{meant}`?" if meant else ""
        return (
            "waiver-unknown-rule",
            "error",
            f"no rule is called `{waiver.rule}`{hint}",
            "name the rule as the report does",
        )
    if not waiver.covers:
        text = f"the waiver of `{waiver.rule}` names no path"
        return "waiver-no-path", "error", text, "name the path as the report does, such as `exit.wind_down`"
    if _NO_REASON.fullmatch(waiver.reason):
        return (
            "waiver-no-reason",
            "error",
            f"the waiver of `{waiver.rule}` gives no reason",
            "say why the finding is accepted",
        )
    if waiver.until is not None and waiver.until < today:
        return (
            "waiver-expired",
            "warning",
            f"the waiver of `{waiver.rule}` ran out on {waiver.until}",
            "mend the finding, or renew the waiver",
        )
    return None


def _covers(waiver: Waiver, finding: Finding, deal: Deal) -> bool:
    if finding.rule != waiver.rule:
        return False
    route = deal.route_of(finding.path)
    return any(route[: len(covered)] == covered for covered in waiver.covers)


def _about(waiver: Waiver, source: Source, slug: str, severity: str, text: str, help: str) -> Finding:
    finding = placed(source, waiver.route, slug=slug, severity=severity, text=text, help=help)
    if waiver.line:
        column = source.line(waiver.line).index("#") + 1
        return replace(finding,
            line=waiver.line,
            column=column,
            width=len(source.line(waiver.line)) + 1 - column,
            anchor="",
        )
    return finding
