"""The checklist: one module an area, each rule a plain function with its page as docstring.

To add a rule, write it in the module of its area; `RULES` finds it there.
"""

from __future__ import annotations

from termsheet.rules import exit
from termsheet.rules.rule import Rule

AREAS = (exit,)

RULES: tuple[Rule, ...] = tuple(item for area in AREAS for item in vars(area).values() if isinstance(item, Rule))
