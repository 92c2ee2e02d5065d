"""Contributions: what each party brings."""

from __future__ import annotations

from collections.abc import Iterator

from termsheet.deal import Deal
from termsheet.rules.rule import Hit, brief, by_type, called, missing, parties_without, rule, said, unclear


@rule(
    "contributions-missing",
    severity="error",
    help="say for each party what it brings: cash, people, technology, customers …",
)
def nothing_contributed(deal: Deal) -> Iterator[Hit]:
    """Each party contributes something in writing.

    ## Why
    The article "Why Strategic Partnerships Fail and How to Succeed" describes the first draft of a term sheet
    as one that outlines objectives and contributions. A party that brings nothing has nothing to lose; and
    under some laws a promise for which nothing is given in return does not bind.

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


@rule(
    "contributions-no-right-to-use",
    needs="contributions",
    severity="warning",
    types=by_type(error="co-marketing"),
    help="grant the right to use it: `kind: brand` for a brand, `kind: licence` for IP",
)
def no_right_to_use(deal: Deal) -> Iterator[Hit]:
    """What is contributed as a brand or as IP may be used.

    ## Why
    A contribution that nobody may use is worth nothing. A brand needs leave to use it, and IP needs a
    licence; bringing it to the table gives neither.

    ## Bad
    ```yaml
    contributions:
      - by: acme
        kind: brand
        what: the mark ACME
    ```

    ## Good
    ```yaml
    contributions:
      - by: acme
        kind: brand
        what: the mark ACME
    grants:
      - kind: brand
        from: acme
        to: borealis
        what: the mark ACME
    ```

    ## When to waive
    When it is transferred and not licensed.
    """
    if unclear(deal, "grants") or deal.point("grants"):
        return
    wanted = {"brand": ("brand",), "ip": ("licence", "licence-back", "access", "appointment")}
    for entry in deal.each("contributions"):
        kinds = wanted.get(entry.text("kind"), ())
        givers = entry.who("by")
        given = {
            giver
            for grant in deal.each("grants")
            if grant.text("kind") in kinds or unclear(grant, "kind")
            for giver in (grant.who("from") or deal.party_ids)
        }
        if kinds and givers and not set(givers) <= given:
            text = f'nobody is given the right to use "{brief(entry.text("what") or entry.name)}"'
            stub = f"- kind: {kinds[0]}\n  from: {givers[0]}\n  to: open\n  what: open"
            yield missing(deal, "grants", text, stub)


@rule(
    "contributions-to-itself",
    needs="contributions",
    severity="error",
    since="sketch",
    help="name another party, or leave out `to`",
)
def to_itself(deal: Deal) -> Iterator[Hit]:
    """A contribution goes to another party.

    ## Why
    What a party brings to itself, nobody else can use.

    ## Bad
    ```yaml
    contributions:
      - by: acme
        to: acme
        what: the devices
    ```

    ## Good
    ```yaml
    contributions:
      - by: acme
        to: borealis
        what: the devices
    ```

    ## When to waive
    Never.
    """
    for entry in deal.each("contributions"):
        if len(entry.who("by")) == 1 and entry.who("by") == entry.who("to"):
            yield Hit(entry.below("to"), f'"{brief(entry.text("what"))}" is contributed to its own giver')
