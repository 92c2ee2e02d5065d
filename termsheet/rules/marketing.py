"""Marketing: what a campaign makes, and whose its leads are."""

from __future__ import annotations

from collections.abc import Iterator

from termsheet.deal import Deal
from termsheet.rules.rule import Hit, brief, missing, rule, unsaid


@rule(
    "marketing-deliverable-no-date",
    needs="marketing.deliverables",
    severity="warning",
    help="say how many, by when, or how often",
)
def deliverable_no_date(deal: Deal) -> Iterator[Hit]:
    """What a campaign makes has a number, a date or a rhythm.

    ## Why
    "Joint webinars" are one webinar for the side that makes them and twelve for the other. Without a number
    or a day, no side is ever late.

    ## Bad
    ```yaml
    marketing:
      deliverables:
        - what: joint webinars
          by: acme
    ```

    ## Good
    ```yaml
    marketing:
      deliverables:
        - what: joint webinars
          by: acme
          quantity: 4
          due: 2027-10-29
    ```

    ## When to waive
    When the work plan dates it.
    """
    for entry in deal.each("marketing.deliverables"):
        if len(unsaid(entry, ("quantity", "due", "every", "until"))) == 4:
            text = f'"{brief(entry.text("what") or entry.name)}" has neither a number nor a date'
            yield missing(entry, "quantity", text, "quantity: open\ndue: open")
