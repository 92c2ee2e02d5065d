"""Scope: what the deal covers, where, and what it does not."""

from __future__ import annotations

from collections.abc import Iterator

from termsheet.deal import Deal
from termsheet.rules.rule import Hit, by_type, missing, rule, said, unclear


@rule(
    "scope-missing",
    severity="error",
    help="say what the parties will do together, for which products, where, and what is left out",
)
def no_scope(deal: Deal) -> Iterator[Hit]:
    """The deal has a scope.

    ## Why
    The article "Why Strategic Partnerships Fail and How to Succeed" names scope as the first of four key
    elements, with responsibilities, metrics and exit. Exclusivity, IP and money all refer to the scope: what
    has no edge cannot be licensed, priced or ended.

    ## Bad
    ```yaml
    objectives:
      - text: Grow together.
    ```

    ## Good
    ```yaml
    scope:
      summary: Acme supplies monitoring devices for use in Borealis clinics.
      in:
        - Devices of the M series
      out:
        - Hospital equipment
      territory:
        - Ireland
    ```

    ## When to waive
    When the scope stands in an annex; then name the annex in `scope.summary` instead.
    """
    if not said(deal, "scope"):
        yield missing(deal, "scope", "the deal does not say what it covers")


@rule(
    "scope-nothing-in",
    needs="scope",
    severity="error",
    help="say what is covered, in a sentence or as a list",
)
def nothing_in(deal: Deal) -> Iterator[Hit]:
    """The scope says what is covered, as a sentence or as a list.

    ## Why
    A scope that only lists countries or exclusions leaves the work itself to be guessed. The article "Why
    Strategic Partnerships Fail and How to Succeed" counts vague agreements among the habits that make
    partnerships fail.

    ## Bad
    ```yaml
    scope:
      territory:
        - Ireland
    ```

    ## Good
    ```yaml
    scope:
      summary: Acme supplies monitoring devices for use in Borealis clinics.
      territory:
        - Ireland
    ```

    ## When to waive
    When orders made under the deal each carry their own scope.
    """
    inside = any(said(part, "in") for part in deal.each("scope.parts"))
    if (
        not inside
        and not unclear(deal, "scope.parts")
        and not said(deal, "scope.summary")
        and not said(deal, "scope.in")
    ):
        yield missing(deal, "scope.in", "the scope does not say what is covered")


@rule(
    "scope-no-exclusions",
    needs="scope",
    severity="warning",
    types=by_type(note="co-marketing referral"),
    help="list what is not covered or kept back; `none` where nothing is",
)
def no_exclusions(deal: Deal) -> Iterator[Hit]:
    """The scope says what is left out.

    ## Why
    Quarrels over scope are often about what one side thought was in. A list of what is out, or kept back by
    a party, costs a minute and settles them. The word `none` is an answer as well.

    ## Bad
    ```yaml
    scope:
      summary: Acme supplies monitoring devices for use in Borealis clinics.
    ```

    ## Good
    ```yaml
    scope:
      summary: Acme supplies monitoring devices for use in Borealis clinics.
      out:
        - Devices for use at home
    ```

    ## When to waive
    Write `out: none` rather than a waiver.
    """
    if not said(deal, "scope.out") and not any(said(part, "out") for part in deal.each("scope.parts")):
        yield missing(deal, "scope.out", "the scope does not say what is left out")


@rule(
    "scope-no-territory-or-products",
    needs="scope",
    severity="error",
    help="name the countries, or the products or services concerned",
)
def no_territory_or_products(deal: Deal) -> Iterator[Hit]:
    """The scope names a territory, or products or services; joint development may name its field instead.

    ## Why
    The article "Partnerships. What moves the needle?" speaks of entering new markets with products made
    together: both are what a deal is about. A deal that names neither reaches everything the parties sell,
    everywhere, which is seldom meant and may raise questions of competition law.

    ## Bad
    ```yaml
    scope:
      summary: The parties market their products together.
    ```

    ## Good
    ```yaml
    scope:
      summary: The parties market the M series together.
      products:
        - M series monitors
      territory:
        - Ireland
        - Germany
    ```

    ## When to waive
    When the deal is truly worldwide and for all products; `territory: none` says so as well.
    """
    edges = ["territory", "products"] + ["field_of_use"] * ("co-development" in deal.types)
    told = any(said(deal, f"scope.{key}") for key in edges)
    parts = deal.each("scope.parts")
    if not told and not unclear(deal, "scope.parts") and not any(said(part, "territory") for part in parts):
        yield missing(
            deal,
            "scope.territory",
            "the scope names neither a territory nor products",
            "products: open\nterritory: open",
        )


@rule(
    "scope-no-customers",
    needs="scope",
    severity="off",
    types=by_type(warning="co-marketing"),
    help="say for whom it is meant, under `scope.customers`",
)
def no_customers(deal: Deal) -> Iterator[Hit]:
    """Joint marketing says at whom it is aimed.

    ## Why
    The article "Why Strategic Partnerships Fail and How to Succeed" tells of a campaign that reached the
    wrong people, because nobody had said who the right ones were.

    ## Bad
    ```yaml
    deal:
      title: Spring campaign
      type: co-marketing
    scope:
      summary: The parties advertise the M series together.
    ```

    ## Good
    ```yaml
    deal:
      title: Spring campaign
      type: co-marketing
    scope:
      summary: The parties advertise the M series together.
      customers:
        - doctors in private practice
    ```

    ## When to waive
    When it is truly meant for everybody; `customers: none` says so as well.
    """
    if not said(deal, "scope.customers"):
        yield missing(deal, "scope.customers", "the deal does not say at whom the campaign is aimed")
