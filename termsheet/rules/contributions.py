"""Contributions: what each party brings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from termsheet.deal import Deal, Node
from termsheet.pattern import pattern
from termsheet.rules import ip
from termsheet.rules.rule import (
    Hit,
    brief,
    by_type,
    called,
    hidden,
    missing,
    parties_without,
    rule,
    said,
    sides,
    unclear,
)

_COMES = pattern(r"\b(?:each|every|per)\b|^(?:all )?(?:the )?(?:costs?|expenses) of\b", re.IGNORECASE)


@rule(
    "contributions-missing",
    severity="error",
    types=by_type(note="referral reseller", warning="licensing co-marketing pilot"),
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
    types=by_type(error="co-marketing referral reseller"),
    help="grant the right to use it: `kind: brand` for a brand, `kind: licence` for IP",
)
def no_right_to_use(deal: Deal) -> Iterator[Hit]:
    """What is contributed as a brand or as IP may be used.

    ## Why
    A contribution that nobody may use is worth nothing. A brand needs leave to use it, and IP needs a
    licence; bringing it to the table gives neither. Where joint marketing lacks every leave of that kind,
    `ip-no-brand-grant` says so.

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
    if hidden(deal, "grants"):
        return
    wanted = {"brand": ("brand",), "ip": ("licence", "licence-back", "access", "appointment")}
    if ip.no_brand_grant.severity_for(deal.types) != "note" and any(ip.no_brand_grant.check(deal)):
        del wanted["brand"]
    told: set[tuple[str, str]] = set()
    for entry in deal.each("contributions"):
        kinds = wanted.get(entry.text("kind"), ())
        given = {
            giver
            for grant in deal.each("grants")
            if grant.text("kind") in kinds or unclear(grant, "kind")
            for giver in (_givers(deal, grant, "from") or deal.party_ids)
        }
        lacking = [giver for giver in _givers(deal, entry, "by") if giver not in given] if kinds else []
        if lacking and (kinds[0], lacking[0]) not in told:
            told.add((kinds[0], lacking[0]))
            text = f'nobody is given the right to use "{brief(entry.text("what") or entry.name)}"'
            stub = f"- kind: {kinds[0]}\n  from: {lacking[0]}\n  to: open\n  what: open"
            yield missing(deal, "grants", text, stub)


def _givers(deal: Deal, entry: Node, key: str) -> list[str]:
    """The parties behind the ids there; whoever is no party stands for itself."""
    return [side for word in entry.who(key) for side in sides(deal, word) or [word]]


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
    for entry in deal.each("contributions") if len(deal.party_ids) > 1 else ():
        if len(entry.who("by")) == 1 and entry.who("by") == entry.who("to"):
            yield Hit(entry.below("to"), f"{called(deal, *entry.who('by'))} contributes to itself")


@rule(
    "contributions-one-sided",
    needs="benefits",
    severity="warning",
    help="say under `benefits` what the other party gets",
)
def one_sided(deal: Deal) -> Iterator[Hit]:
    """Where benefits are listed, each party has one.

    ## Why
    The articles want each party to contribute and to gain. A list of gains that leaves one party out tells it
    that the deal is not for it. A payment or a right that it gets counts as a gain.

    ## Bad
    ```yaml
    benefits:
      - to: acme
        what: access to 40 clinics
    ```

    ## Good
    ```yaml
    benefits:
      - to: acme
        what: access to 40 clinics
      - to: borealis
        what: devices before they are on the market
    ```

    ## When to waive
    When a party joins only to give its consent, such as a parent company.
    """
    given = ("commercial.payments", "grants")
    if any(unclear(deal, path) or any(unclear(entry, "to") for entry in deal.each(path)) for path in given):
        return
    paid = {
        side
        for path in given
        for entry in deal.each(path)
        for word in entry.who("to")
        for side in sides(deal, word)
    }
    idle = [party for party in parties_without(deal, "benefits", "to") if party not in paid]
    if idle:
        stub = "\n".join(f"- to: {party}\n  what: open" for party in idle)
        yield missing(deal, "benefits", f"benefits are listed, and none of {called(deal, *idle)}", stub)


@rule(
    "contributions-no-day",
    severity="warning",
    needs="contributions",
    help="add `due`, or `every` where it recurs",
)
def no_day(deal: Deal) -> Iterator[Hit]:
    """Money, goods and people that a party brings come by a day, or in a rhythm.

    ## Why
    A contribution without a day is owed whenever the giver finds the time. The work that waits for it
    cannot be planned. What is given for each sale or customer, and the cost of a work, come with these.
    A sum that a payment or the funding of a venture names has the day of that.

    ## Bad
    ```yaml
    contributions:
      - by: acme
        kind: goods
        what: 300 monitors
    ```

    ## Good
    ```yaml
    contributions:
      - by: acme
        kind: goods
        what: 300 monitors
        due: 2027-05-31
    ```

    ## When to waive
    When it was made before the paper was written.
    """
    for entry in deal.each("contributions"):
        timed = any(said(entry, key) for key in ("due", "every", "starts", "until"))
        if (
            entry.text("kind") in ("cash", "goods", "people")
            and not timed
            and not _paid(deal, entry)
            and not _COMES.search(entry.text("what"))
        ):
            yield missing(
                entry,
                "due",
                f'nothing says when "{brief(entry.name)}" is made',
                "due: open  # such as: 2027-05-31",
            )


def _paid(deal: Deal, entry: Node) -> bool:
    """Whether a payment of the same party and sum, or what it pays into a venture, has a day already."""
    sum_ = entry.parsed("value", "money")
    ways = [(payment, "from") for payment in deal.each("commercial.payments")]
    ways += [(payment, "by") for payment in deal.each("venture.funding")]
    return sum_ is not None and any(
        payment.who(giver) == entry.who("by")
        and payment.parsed("amount", "money") == sum_
        and any(said(payment, key) for key in ("due", "every", "schedule", "trigger"))
        for payment, giver in ways
    )
