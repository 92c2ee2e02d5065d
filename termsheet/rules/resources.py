"""Resources: the people, time and budget that each party commits."""

from __future__ import annotations

from collections.abc import Iterator

from termsheet.deal import Deal, Node
from termsheet.rules.rule import Hit, by_type, called, missing, parties_without, rule, said


@rule(
    "resources-missing",
    severity="error",
    types=by_type(note="licensing referral reseller"),
    help="say for each party how many people, how much of their time, or what budget; `none` where none",
)
def nothing_committed(deal: Deal) -> Iterator[Hit]:
    """Each party commits people, time or a budget.

    ## Why
    The article "Mastering Strategic Partnerships" advises a budget of its own and set hours from the
    outset, and at least 5 to 10 hours a month to manage the partnership. What nobody has set aside is done
    last.

    ## Bad
    ```yaml
    resources:
      - by: acme
        role: Integration engineers
        people: 2 people
      - by: borealis
        role: Clinic liaison
    ```

    ## Good
    ```yaml
    resources:
      - by: acme
        role: Integration engineers
        people: 2 people
      - by: borealis
        role: Clinic liaison
        time: 10 hours per month
    ```

    ## When to waive
    When a party takes part with money alone, and `contributions` says how much.
    """
    if not said(deal, "resources"):
        yield missing(deal, "resources", "no party commits time or budget")
        return
    idle = parties_without(deal, "resources", "by", _counts)
    if idle:
        text = f"there are no people, no time and no budget of {called(deal, *idle)}"
        yield missing(deal, "resources", text, parties=idle)


def _counts(entry: Node) -> bool:
    return any(said(entry, key) for key in ("people", "time", "budget"))
