"""The checklist: one module an area, each rule a plain function with its page as docstring.

To add a rule, write it in the module of its area; `RULES` finds it there.
"""

from __future__ import annotations

from termsheet.rules import (
    binding,
    clauses,
    commercial,
    communication,
    conditions,
    contributions,
    data,
    dates,
    deal,
    disputes,
    exclusivity,
    exit,
    governance,
    integration,
    ip,
    legal,
    marketing,
    metrics,
    names,
    objectives,
    options,
    parties,
    pilot,
    plan,
    rationale,
    resources,
    responsibilities,
    review,
    risk,
    scaling,
    scope,
    signature,
    supply,
    term,
    venture,
    wording,
)
from termsheet.rules.rule import Rule

AREAS = (
    deal,
    parties,
    rationale,
    objectives,
    scope,
    conditions,
    contributions,
    responsibilities,
    plan,
    resources,
    governance,
    communication,
    metrics,
    review,
    pilot,
    commercial,
    ip,
    data,
    exclusivity,
    options,
    supply,
    integration,
    marketing,
    venture,
    legal,
    disputes,
    risk,
    scaling,
    term,
    dates,
    exit,
    binding,
    signature,
    clauses,
    wording,
    names,
)

RULES: tuple[Rule, ...] = tuple(
    item for area in AREAS for item in vars(area).values() if isinstance(item, Rule)
)
