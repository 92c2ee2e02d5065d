"""Whether a deal is well formed: the source is normalised and checked against the schema."""

from __future__ import annotations

from typing import Any

from termsheet import blanks, schema
from termsheet.deal import Deal
from termsheet.finding import Finding, placed
from termsheet.immutable import replace
from termsheet.schema import check, messages, references
from termsheet.schema.check import Problem
from termsheet.schema.normalise import normalise
from termsheet.source import Source, Trap
from termsheet.values.points import Point


def checked(deal_source: Source) -> tuple[Deal, list[Finding]]:
    """The deal, with a Point where something is malformed, and a finding for each such place."""
    deal, problems = malformed(deal_source)
    found = [trapped(deal, deal_source, trap) for trap in deal_source.traps]
    found += [told(deal, deal_source, problem) for problem in problems]
    for problem in problems:
        _blank(deal.value, problem)
    return deal, found


def malformed(deal_source: Source) -> tuple[Deal, list[Problem]]:
    """The deal as it is written, and each place where it is not well formed."""
    root = schema.deal_schema()
    data = normalise(deal_source, root)
    for key in blanks.untouched(deal_source, data, root):
        del data[key]
    problems = [*check.errors(data, root)]
    routes = {problem.route for problem in problems}
    problems += [problem for problem in references.problems(data, root) if problem.route not in routes]
    return Deal(data, root), problems


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


def trapped(deal: Deal, deal_source: Source, trap: Trap) -> Finding:
    """The finding for a trap of YAML."""
    finding = placed(
        deal_source, trap.route, slug=trap.slug, severity="error", text=trap.message, help=trap.help
    )
    return replace(finding, path=deal.path_of(trap.route))


def told(deal: Deal, deal_source: Source, problem: Problem) -> Finding:
    """The finding for a place that is not well formed."""
    words = messages.message(problem)
    finding = placed(deal_source, problem.route, slug=messages.SLUGS[problem.keyword], severity="error",
                      text=words.text, help=words.help, on_key=problem.keyword == "additionalProperties")  # fmt: skip
    return replace(finding, path=deal.path_of(problem.route))
