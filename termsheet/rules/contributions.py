"""Contributions: what each party brings."""

from __future__ import annotations

from collections.abc import Iterator

from termsheet.deal import Deal
from termsheet.rules.rule import Hit, called, missing, parties_without, rule, said


@rule(
    "contributions-missing",
    severity="error",
    help="say for each party what it brings: cash, people, technology, customers …",
)
def nothing_contributed(deal: Deal) -> Iterator[Hit]:
    """Each party contributes something in writing.

    ## Why
    The article "Mastering Strategic Partnerships" describes the first draft of a term sheet as one that
    outlines objectives and contributions. A party that brings nothing has nothing to lose; and under some
    laws a promise for which nothing is given in return does not bind.

    ## Bad
    ```yaml
    contributions:
      - by: acme
        kind: technology
        what: The monitoring devices and their software
    ```

    ## Good
    ```yaml
    contributions:
      - by: acme
        kind: technology
        what: The monitoring devices and their software
      - by: borealis
        kind: customers
        what: Access to 40 clinics
    ```

    ## When to waive
    When a party joins only to give its consent, such as a parent company.
    """
    if not said(deal, "contributions"):
        yield missing(deal, "contributions", "the deal does not say what each party brings")
        return
    idle = parties_without(deal, "contributions", "by")
    if idle:
        yield missing(
            deal, "contributions", f"there is no contribution of {called(deal, *idle)}", parties=idle
        )
