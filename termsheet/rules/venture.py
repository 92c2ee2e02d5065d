"""Venture: the form, the money, the shares, what needs both, and the way out of a deadlock."""

from __future__ import annotations

from collections.abc import Iterator

from termsheet.deal import Deal
from termsheet.rules.rule import Hit, brief, by_type, called, listed, missing, rule, said, unsaid


@rule(
    "venture-missing",
    severity="off",
    types=by_type(error="joint-venture"),
    help="say what is formed, who holds how much, who pays in, and what happens when the owners disagree",
)
def no_venture(deal: Deal) -> Iterator[Hit]:
    """A joint venture says what is formed.

    ## Why
    A joint venture is a company to some, a partnership in law to others, and a contract to a third. Which of them it
    is decides who is liable, who is taxed, and who may sell.

    ## Bad
    ```yaml
    deal:
      title: Clinic venture
      type: joint-venture
    ```

    ## Good
    ```yaml
    deal:
      title: Clinic venture
      type: joint-venture
    venture:
      form: contractual
    ```

    ## When to waive
    When a shareholders' agreement settles it; name it under `papers`.
    """
    if not said(deal, "venture"):
        yield missing(deal, "venture", "the deal does not say what venture is formed")


@rule(
    "venture-no-form",
    needs="venture",
    severity="error",
    help="choose `company`, `partnership` or `contractual`",
)
def no_form(deal: Deal) -> Iterator[Hit]:
    """A venture has a form.

    ## Why
    Where the form is not chosen, the law may choose a partnership, in which each party answers for all debts.

    ## Bad
    ```yaml
    venture:
      purpose: monitoring in clinics
    ```

    ## Good
    ```yaml
    venture:
      form: company
      purpose: monitoring in clinics
    ```

    ## When to waive
    Never.
    """
    if not said(deal, "venture.form"):
        yield missing(deal, "venture.form", "the venture has no form")


@rule(
    "venture-no-shares",
    needs="venture",
    severity="error",
    help="say who holds how much",
)
def no_shares(deal: Deal) -> Iterator[Hit]:
    """A venture says who holds how much.

    ## Why
    The shares decide votes, profit and loss. Where they are silent, some laws give each owner the same, whatever it
    paid in.

    ## Bad
    ```yaml
    venture:
      form: company
      purpose: monitoring in clinics
    ```

    ## Good
    ```yaml
    venture:
      form: company
      purpose: monitoring in clinics
      shares:
        acme: 60%
        borealis: 40%
    ```

    ## When to waive
    When a table of shares in an annex says it.
    """
    if not said(deal, "venture.shares") and deal.text("venture.form") != "contractual":
        yield missing(deal, "venture.shares", "the venture does not say who holds how much")


@rule(
    "venture-no-funding",
    needs="venture",
    severity="error",
    help="say who pays in how much, and when",
)
def no_funding(deal: Deal) -> Iterator[Hit]:
    """A venture says who pays in what, and when.

    ## Why
    A venture without money is an intention. What each pays in, when, and what happens to who does not pay belong in
    the first paper.

    ## Bad
    ```yaml
    venture:
      form: company
      purpose: monitoring in clinics
    ```

    ## Good
    ```yaml
    venture:
      form: company
      purpose: monitoring in clinics
      funding:
        - by: acme
          amount: EUR 600,000
          due: signature
    ```

    ## When to waive
    When it is funded by customers alone from the first day; write `none`.
    """
    if not said(deal, "venture.funding"):
        yield missing(deal, "venture.funding", "the venture has no funding")
    for entry in deal.each("venture.funding"):
        lacking = unsaid(entry, ("amount", "due"))
        if lacking:
            payer = brief(called(deal, *entry.who("by")) if entry.who("by") else "a party", 30)
            what = listed(({"due": "date"}.get(key, key) for key in lacking), "or")
            stub = "\n".join(f"{key}: open" for key in lacking)
            yield missing(entry, lacking[0], f"what {payer} pays in has no {what}", stub)


@rule(
    "venture-no-reserved-matters",
    needs="venture",
    severity="error",
    help="list what needs more than a simple majority",
)
def no_reserved(deal: Deal) -> Iterator[Hit]:
    """A venture lists the matters that need more than a simple majority.

    ## Why
    Without a list, the majority may sell the business, change its purpose and set its own pay. It is the first thing
    that a minority owner's lawyer asks for.

    ## Bad
    ```yaml
    venture:
      form: company
      purpose: monitoring in clinics
    ```

    ## Good
    ```yaml
    venture:
      form: company
      purpose: monitoring in clinics
      reserved_matters:
        - matter: sale of the business
          majority: unanimous
    ```

    ## When to waive
    When every decision is unanimous; say so.
    """
    if not said(deal, "venture.reserved_matters"):
        yield missing(deal, "venture.reserved_matters", "the venture has no reserved matters")


@rule(
    "venture-no-deadlock",
    needs="venture",
    severity="error",
    help="say what happens when the owners cannot agree",
)
def no_deadlock(deal: Deal) -> Iterator[Hit]:
    """A venture says how a deadlock is broken.

    ## Why
    Two owners with equal votes and no way out leave a court to wind the venture up.

    ## Bad
    ```yaml
    venture:
      form: company
      purpose: monitoring in clinics
    ```

    ## Good
    ```yaml
    venture:
      form: company
      purpose: monitoring in clinics
      deadlock:
        steps:
          - step: executives
        final:
          - buy-sell
    ```

    ## When to waive
    When one owner decides in the end.
    """
    if not said(deal, "venture.deadlock"):
        yield missing(deal, "venture.deadlock", "the venture does not say how a deadlock is broken")


@rule(
    "venture-no-transfer",
    needs="venture",
    severity="warning",
    help="say who may sell, to whom, and who may buy first",
)
def no_transfer(deal: Deal) -> Iterator[Hit]:
    """A venture says who may sell its share.

    ## Why
    An owner chose this partner and no other. Without a rule on transfer, the share may go to a rival, or can never
    be sold at all.

    ## Bad
    ```yaml
    venture:
      form: company
      purpose: monitoring in clinics
    ```

    ## Good
    ```yaml
    venture:
      form: company
      purpose: monitoring in clinics
      transfer:
        preemption: the others may buy first, at the price offered
    ```

    ## When to waive
    When the law of the form forbids transfer.
    """
    if not said(deal, "venture.transfer"):
        yield missing(deal, "venture.transfer", "the venture does not say who may sell its share")
