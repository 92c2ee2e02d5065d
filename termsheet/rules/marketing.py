"""Marketing: what a campaign makes, and whose its leads are."""

from __future__ import annotations

from collections.abc import Iterator

from termsheet.deal import Deal
from termsheet.rules.rule import Hit, brief, missing, rule, said, unsaid


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


@rule(
    "marketing-leads-no-consent",
    needs="marketing.leads",
    severity="warning",
    help="say on what consent, or other footing in law, a lead is passed on",
)
def leads_no_consent(deal: Deal) -> Iterator[Hit]:
    """Leads that are shared are shared on a consent.

    ## Why
    A lead is a person with an address. In Europe and in many states of America, who passes it on to be sold
    to needs the person's consent or another ground, and the fine falls on both. The rule is silent where
    `data.personal` is no.

    ## Bad
    ```yaml
    marketing:
      leads:
        owner: the party that brought it
        share: with the other party
    ```

    ## Good
    ```yaml
    marketing:
      leads:
        owner: the party that brought it
        share: with the other party
        consent: a box on the landing page, not ticked in advance, that names both parties
    ```

    ## When to waive
    When only names of companies are passed on.
    """
    shared = deal.plain("marketing.leads.share")
    if shared and deal.plain("data.personal") is not False and not said(deal, "marketing.leads.consent"):
        yield missing(deal, "marketing.leads.consent", "leads are shared, on no consent", "consent: open")
