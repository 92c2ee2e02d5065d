"""The parties: who they are, as a register knows them."""

from __future__ import annotations

from collections.abc import Iterator

from termsheet.deal import Deal
from termsheet.rules.rule import Hit, brief, listed, missing, rule, unclear, unsaid
from termsheet.values.points import Point

_NOUNS = {"form": "legal form", "jurisdiction": "jurisdiction", "address": "address"}


@rule(
    "parties-missing",
    severity="error",
    help="name each party with an id, its registered name, legal form and jurisdiction",
)
def fewer_than_two(deal: Deal) -> Iterator[Hit]:
    """The deal has at least two parties.

    ## Why
    A promise needs somebody who makes it and somebody to whom it is made. All of the 202 public partnership
    contracts that we counted name their parties. Every duty, cost and right below refers to one of them by
    id.

    ## Bad
    ```yaml
    parties:
      - id: acme
        name: Acme Devices GmbH
    ```

    ## Good
    ```yaml
    parties:
      - id: acme
        name: Acme Devices GmbH
      - id: borealis
        name: Borealis Health Ltd
    ```

    ## When to waive
    When the file is a form for an offer that any partner may accept.
    """
    entries = deal.plain("parties") or []
    if unclear(deal, "parties") or len(entries) > 1:
        return
    if not entries:
        yield missing(deal, "parties", "the deal names no parties")
    else:
        second = "second-party" if "second-party" not in deal.party_ids else "other-party"
        yield missing(deal, "parties", "the deal names only one party", parties=(second,))


@rule(
    "parties-no-name",
    needs="parties",
    severity="error",
    help="write the full name, exactly as in the register or the passport",
)
def no_name(deal: Deal) -> Iterator[Hit]:
    """Each party has its registered name.

    ## Why
    A brand or trading name is not a legal person and cannot be sued. The wrong company of a group, or a
    name spelled two ways, is a common defect of real contracts. Practice guides begin their checklists with
    full legal names and a look at the register.

    ## Bad
    ```yaml
    parties:
      - id: acme
        short: Acme
      - id: borealis
        name: Borealis Health Ltd
    ```

    ## Good
    ```yaml
    parties:
      - id: acme
        name: Acme Devices GmbH
        short: Acme
      - id: borealis
        name: Borealis Health Ltd
    ```

    ## When to waive
    When the contracting company of a group is not yet chosen, and a later point says when it will be.
    """
    for party in deal.each("parties"):
        if unsaid(party, ["name"]):
            name = party.text("short") or party.text("id") or "a party"
            kind = "full" if any(party.plain(key) is True for key in ("person", "internal")) else "registered"
            yield missing(party, "name", f"{brief(name)} has no {kind} name")


@rule(
    "parties-not-identified",
    needs="parties",
    severity="error",
    help="copy the legal form and the jurisdiction from the register; for an individual, the address",
)
def not_identified(deal: Deal) -> Iterator[Hit]:
    """Each party can be found in a register: legal form and jurisdiction; for an individual, an address.

    ## Why
    The form and the jurisdiction say which company is meant, whether it exists, and who may sign for it.
    Two companies of one name in two states are not rare. Units of the same company (`internal: true`) need
    neither.

    ## Bad
    ```yaml
    parties:
      - id: acme
        name: Acme Devices
      - id: borealis
        name: Borealis Health Ltd
        form: a private limited company
        jurisdiction: Ireland
    ```

    ## Good
    ```yaml
    parties:
      - id: acme
        name: Acme Devices GmbH
        form: a limited liability company
        jurisdiction: Germany
      - id: borealis
        name: Borealis Health Ltd
        form: a private limited company
        jurisdiction: Ireland
    ```

    ## When to waive
    For a public body whose form is set by statute; name the statute in the reason.
    """
    for party in deal.each("parties"):
        if party.plain("internal") is True or isinstance(party.value, Point):
            continue
        lacking = unsaid(party, ["address"] if party.plain("person") is True else ["form", "jurisdiction"])
        if lacking:
            stub = "\n".join(f"{key}: open" for key in lacking)
            text = f"{brief(party.name)} has no {listed((_NOUNS[key] for key in lacking), 'or')}"
            yield missing(party, lacking[0], text, stub)
