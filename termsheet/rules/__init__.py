"""The checklist: one module an area, each rule a plain function with its page as docstring.

To add a rule, write it in the module of its area; `RULES` finds it there.
"""

from __future__ import annotations

from termsheet.rules import (
    binding,
    clauses,
    commercial,
    contributions,
    deal,
    disputes,
    exclusivity,
    exit,
    governance,
    ip,
    legal,
    metrics,
    names,
    parties,
    plan,
    rationale,
    resources,
    responsibilities,
    review,
    risk,
    scope,
    signature,
    term,
    wording,
)
from termsheet.rules.rule import Rule

AREAS = (
    deal,
    parties,
    rationale,
    scope,
    contributions,
    responsibilities,
    plan,
    resources,
    governance,
    metrics,
    review,
    commercial,
    ip,
    exclusivity,
    legal,
    disputes,
    risk,
    term,
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
