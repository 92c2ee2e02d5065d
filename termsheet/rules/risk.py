"""Risk: events beyond control."""

from __future__ import annotations

from collections.abc import Iterator

from termsheet.deal import Deal
from termsheet.rules.rule import Hit, brief, by_type, listed, missing, rule, said, unclear, unsaid


@rule(
    "risk-no-force-majeure",
    severity="warning",
    types=by_type(error="strategic-alliance joint-venture co-development", note="pilot"),
    help="say which events count, how soon they are told, and when a party may leave; or `none`",
)
def no_force_majeure(deal: Deal) -> Iterator[Hit]:
    """The deal says what happens in events beyond control.

    ## Why
    The article "Why Strategic Partnerships Fail and How to Succeed" tells of an agreement that overlooked
    this and was hit by a broken supply chain; another names wars and IT outages. English law, for one, has no
    general rule on it: without a clause little is excused.

    ## Bad
    ```yaml
    term:
      initial: 2 years
    ```

    ## Good
    ```yaml
    force_majeure:
      events:
        - natural-disaster
        - supply-chain
        - it-outage
      notice: 5 business days
      exit_after: 90 days
    ```

    ## When to waive
    Write `force_majeure: none` where the rules of the law are enough, rather than a waiver.
    """
    if not said(deal, "force_majeure"):
        yield missing(deal, "force_majeure", "the deal does not say what happens in events beyond control")


@rule(
    "risk-force-majeure-no-limits",
    needs="force_majeure",
    severity="warning",
    types=by_type(note="pilot"),
    help="say how soon the others are told, and after how long a party may leave",
)
def no_limits(deal: Deal) -> Iterator[Hit]:
    """An event beyond control has to be told, and does not suspend the deal for ever.

    ## Why
    A party that waits for goods must know that they will not come. And an excuse without a limit keeps both
    tied to a deal that nobody can perform.

    ## Bad
    ```yaml
    force_majeure:
      events:
        - supply-chain
      notice: 5 business days
    ```

    ## Good
    ```yaml
    force_majeure:
      events:
        - supply-chain
      notice: 5 business days
      exit_after: 90 days
    ```

    ## When to waive
    When either party may leave at will on short notice anyway.
    """
    nouns = {"notice": "time to tell the others", "exit_after": "time after which a party may leave"}
    grounds = [right.text("ground") for right in deal.each("exit.rights")]
    lacking = [
        key
        for key in unsaid(deal.get("force_majeure") or deal, nouns)
        if key == "notice" or "force-majeure" not in grounds
    ]
    if lacking:
        text = f"force majeure has no {listed((nouns[key] for key in lacking), 'or')}"
        yield missing(deal, f"force_majeure.{lacking[0]}", text, "\n".join(f"{key}: open" for key in lacking))


@rule(
    "risk-no-owner",
    needs="risks",
    severity="warning",
    help="name who watches it",
)
def no_owner(deal: Deal) -> Iterator[Hit]:
    """Each risk has an owner.

    ## Why
    A risk that everyone knows and nobody watches comes as a surprise.

    ## Bad
    ```yaml
    risks:
      - text: An authority forbids the devices.
    ```

    ## Good
    ```yaml
    risks:
      - text: An authority forbids the devices.
        owner: acme
    ```

    ## When to waive
    For a risk that both accept and nobody can watch.
    """
    for entry in deal.each("risks"):
        if not said(entry, "owner"):
            yield missing(entry, "owner", f'nobody watches the risk "{brief(entry.name)}"', "owner: open")


@rule(
    "risk-force-majeure-short",
    needs="force_majeure.events",
    severity="note",
    help="add war, supply chain and IT outage, or say in a waiver that they are not meant",
)
def force_majeure_short(deal: Deal) -> Iterator[Hit]:
    """The list of events beyond control holds war, supply chain and IT outage.

    ## Why
    An article takes the IT outage of 2024 as its example, and two more have come since the older lists were
    written: war in Europe and broken supply chains. A list is often read as complete.

    ## Bad
    ```yaml
    force_majeure:
      events:
        - natural-disaster
    ```

    ## Good
    ```yaml
    force_majeure:
      events:
        - natural-disaster
        - war
        - supply-chain
        - it-outage
    ```

    ## When to waive
    When a party is meant to bear one of them, such as an outage of its own service.
    """
    events = deal.plain("force_majeure.events")
    if not isinstance(events, list) or unclear(deal, "force_majeure.events") or "other" in events:
        return
    nouns = {"war": "war", "supply-chain": "broken supply chains", "it-outage": "IT outages"}
    lacking = [noun for key, noun in nouns.items() if key not in events]
    if lacking:
        yield Hit("force_majeure.events", f"the list of events leaves out {listed(lacking)}")
