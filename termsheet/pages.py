"""The pages of the rules, as `termsheet explain` and `termsheet rules` show them."""

from __future__ import annotations

import inspect
import json
from collections.abc import Sequence

from termsheet.errors import TermsheetError
from termsheet.rules.rule import Rule, listed
from termsheet.schema.messages import closest


def page(slug: str, rules: Sequence[Rule]) -> str:
    """The page of a rule: its head, then its docstring. Raises TermsheetError where there is no such rule."""
    found = {rule.slug: rule for rule in rules}.get(slug)
    if found is None:
        meant = closest(slug, [rule.slug for rule in rules])
        raise TermsheetError(f"no rule is called `{slug}`" + (f"; did you mean `{meant}`?" if meant else ""),
                             help="`termsheet rules` lists them all")  # fmt: skip
    head = f"{found.slug}\n{'=' * len(found.slug)}\n\n{_severities(found)}; speaks from stage {found.since}\n"
    head += f"remedy: {found.help}\n\n"
    return head + inspect.cleandoc(found.page) + "\n"


def _severities(rule: Rule) -> str:
    kinds: dict[str, list[str]] = {}
    for kind, severity in rule.types.items():
        kinds.setdefault(severity, []).append(kind)
    return rule.severity + "".join(f", {severity} for {listed(those)}" for severity, those in kinds.items())


def listing(
    rules: Sequence[Rule],
    *,
    area: str | None = None,
    kind: str | None = None,
    severity: str | None = None,
    style: str = "table",
) -> str:
    """The rules as a table or as JSON, filtered."""
    chosen = [
        (rule, rule.severity_for([kind] if kind else [])) for rule in rules if area in (None, rule.area)
    ]
    known = sorted({rule.area for rule in rules})
    if area is not None and area not in known:
        raise TermsheetError(f"there is no area `{area}`", help=f"use one of {', '.join(known)}")
    chosen = [(rule, grade) for rule, grade in chosen if severity in (None, grade)]
    if style == "json":
        rows = [_row(rule, grade) for rule, grade in chosen]
        return json.dumps(rows, indent=2, ensure_ascii=False) + "\n"
    width = max((len(rule.slug) for rule, _ in chosen), default=0)
    lines = [
        f"{rule.slug:<{width}}  {grade:<7}  {rule.since:<10}  {_summary(rule)}" for rule, grade in chosen
    ]
    return "\n".join([*lines, f"{len(chosen)} rules"]) + "\n"


def _row(rule: Rule, grade: str) -> dict[str, object]:
    return {
        "rule": rule.slug,
        "area": rule.area,
        "severity": grade,
        "types": dict(rule.types),
        "stage": rule.since,
        "summary": _summary(rule),
        "help": rule.help,
        "page": inspect.cleandoc(rule.page),
    }


def _summary(rule: Rule) -> str:
    return inspect.cleandoc(rule.page).split("\n\n")[0].replace("\n", " ")
