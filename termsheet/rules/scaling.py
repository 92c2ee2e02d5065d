"""Scaling: how the deal may grow."""

from __future__ import annotations

from collections.abc import Iterator

from termsheet.deal import Deal
from termsheet.rules.rule import Hit, listed, missing, rule, said


@rule(
    "scaling-loose",
    needs="scaling",
    severity="note",
    help="say what makes the parties go on, and how it is checked that they can",
)
def loose(deal: Deal) -> Iterator[Hit]:
    """A plan to grow says what starts it and how it is checked that the parties can.

    ## Why
    The article "Why Strategic Partnerships Fail and How to Succeed" advises to audit whether the parties are
    ready before they grow; growth on a good mood breaks what worked. To grow by further partners takes
    a coordinator, and by new products a budget. The rule speaks where a strategy, milestones or a budget are
    named.

    ## Bad
    ```yaml
    scaling:
      strategy: geographic
    ```

    ## Good
    ```yaml
    scaling:
      strategy: geographic
      triggers:
        - 40 clinics live in Ireland
      readiness: support answers within a day for three months in a row
    ```

    ## When to waive
    When the review decides each step, and its agenda says so.
    """
    if not any(said(deal, f"scaling.{key}") for key in ("strategy", "milestones", "budget")):
        return
    nouns = {"triggers": "trigger", "readiness": "check that the parties are ready"}
    further = {"ecosystem": ("coordinator", "coordinator"), "product-line": ("budget", "budget")}
    nouns |= dict([further[kind]] if (kind := deal.text("scaling.strategy")) in further else [])
    lacking = [key for key in nouns if not said(deal, f"scaling.{key}")]
    if lacking:
        text = f"the plan to grow has no {listed((nouns[key] for key in lacking), 'or')}"
        yield missing(deal, f"scaling.{lacking[0]}", text, "\n".join(f"{key}: open" for key in lacking))
