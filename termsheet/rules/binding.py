"""Binding effect: what of the paper binds, until when it stands, and who pays for it."""

from __future__ import annotations

from collections.abc import Iterator

from termsheet.deal import Deal
from termsheet.rules.exclusivity import binding_lock_out
from termsheet.rules.rule import Hit, missing, rule, said


@rule(
    "binding-not-stated",
    severity="error",
    help="say whether `all` of it binds, only the `listed` paragraphs, or `nothing`",
)
def not_stated(deal: Deal) -> Iterator[Hit]:
    """The deal says what of it binds.

    ## Why
    Courts have enforced parts of papers that were thought not to bind, and refused to enforce others that
    were thought to. One word here prints the statement of effect and the list of binding paragraphs.

    ## Bad
    ```yaml
    deal:
      title: Clinic monitoring
    ```

    ## Good
    ```yaml
    deal:
      title: Clinic monitoring
      binding: listed
    ```

    ## When to waive
    Never.
    """
    if not said(deal, "deal.binding"):
        yield missing(deal, "deal.binding", "the deal does not say what of it binds")


@rule(
    "binding-no-expiry",
    severity="warning",
    help="say when this paper lapses if the full agreement is not signed",
)
def no_expiry(deal: Deal) -> Iterator[Hit]:
    """A paper that does not bind in full says when it lapses.

    ## Why
    An old term sheet without an end comes back years later, with its exclusivity and its prices. A date
    also keeps both sides at the table. A paper that binds in full has its term instead.

    ## Bad
    ```yaml
    process:
      definitive_by: 60 days after signature
    ```

    ## Good
    ```yaml
    process:
      definitive_by: 60 days after signature
      expires: 90 days after signature
    ```

    ## When to waive
    When the paper is a record of talks only, and `binding: nothing` holds.
    """
    if not said(deal, "process.expires") and deal.text("deal.binding") != "all":
        yield missing(deal, "process.expires", "this paper never lapses")


@rule("binding-no-costs", severity="warning", help="say who pays for making the deal; `each` pays its own")
def no_costs(deal: Deal) -> Iterator[Hit]:
    """The deal says who pays for its making.

    ## Why
    Lawyers, advisers and filings cost money whether or not the agreement is signed. The paragraph on costs
    is usually one of those that bind.

    ## Bad
    ```yaml
    process:
      expires: 90 days after signature
    ```

    ## Good
    ```yaml
    costs_of_paper:
      borne_by: each
    ```

    ## When to waive
    For an order under an agreement that settles it.
    """
    if not said(deal, "costs_of_paper"):
        yield missing(deal, "costs_of_paper", "the deal does not say who pays for its making")


@rule(
    "binding-no-shop-no-end",
    needs="exclusivity",
    severity="error",
    help="give the day on which the parties are free again",
)
def no_shop_no_end(deal: Deal) -> Iterator[Hit]:
    """A binding promise not to negotiate with others ends on a day.

    ## Why
    A lock-out for no fixed time has been held void for uncertainty, and where it is valid it holds a party
    without limit. "While the talks go on" is no end: either side may say that they still do.

    ## Bad
    ```yaml
    deal:
      title: Clinic monitoring
      binding: listed
    exclusivity:
      - kind: no-shop
        binds: acme
        while: the parties negotiate
    ```

    ## Good
    ```yaml
    deal:
      title: Clinic monitoring
      binding: listed
    exclusivity:
      - kind: no-shop
        binds: acme
        ends: 60 days after signature
    ```

    ## When to waive
    Never; a long date is better than none.
    """
    for entry in deal.each("exclusivity"):
        if binding_lock_out(deal, entry) and not said(entry, "ends") and not said(entry, "until"):
            yield missing(entry, "ends", "the promise not to negotiate with others binds, and has no end")
