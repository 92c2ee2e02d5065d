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
            text = f'the risk "{brief(entry.text("text"))}"' if entry.text("text") else "a risk"
            yield missing(entry, "owner", f"nobody watches {text}", "owner: open")


@rule(
    "risk-force-majeure-short",
    needs="force_majeure.events",
    severity="note",
    help="add what is meant, or say in a waiver why a party bears the rest",
)
def force_majeure_short(deal: Deal) -> Iterator[Hit]:
    """The list of events beyond control holds war, supply chain and IT outage.

    ## Why
    An article takes the IT outage of 2024 as its example, and two more have come since the older lists were
    written: war in Europe and broken supply chains. A list is often read as complete. One that goes on in
    words, under `includes`, is passed over.

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
    if said(deal, "force_majeure.includes"):
        return
    nouns = {"war": "war", "supply-chain": "broken supply chains", "it-outage": "IT outages"}
    lacking = [noun for key, noun in nouns.items() if key not in events]
    if lacking:
        yield Hit("force_majeure.events", f"the list of events leaves out {listed(lacking)}")


@rule(
    "risk-no-mitigation",
    needs="risks",
    severity="warning",
    help="say under `mitigation` what is done about it",
)
def no_mitigation(deal: Deal) -> Iterator[Hit]:
    """Something is done about a grave risk, and about a risk of regulation.

    ## Why
    The article "Why Strategic Partnerships Fail and How to Succeed" tells of a regulatory risk that was seen
    early, given to lawyers, and never became a fine. A grave risk that is only listed proves that the parties
    knew of it. For a risk of regulation, `legal.regulated` will do as well.

    ## Bad
    ```yaml
    risks:
      - kind: regulatory
        text: The connection changes the class of the device.
        owner: acme
    ```

    ## Good
    ```yaml
    risks:
      - kind: regulatory
        text: The connection changes the class of the device.
        owner: acme
        mitigation: opinion of the notified body before the pilot
    ```

    ## When to waive
    When both sides accept the risk as it is; write `mitigation: none`.
    """
    for entry in deal.each("risks"):
        regulated = entry.text("kind") == "regulatory" and not said(deal, "legal.regulated")
        if (regulated or entry.text("impact") == "high") and not said(entry, "mitigation"):
            text = f'nothing is done about the risk "{brief(entry.name)}"'
            yield missing(entry, "mitigation", text, "mitigation: open")


@rule(
    "risk-missing",
    severity="note",
    types=by_type(warning="strategic-alliance joint-venture co-development"),
    help="list what may go wrong, who watches it and what is done about it; `none` where nothing is seen",
)
def none_listed(deal: Deal) -> Iterator[Hit]:
    """The deal names the risks that both sides see.

    ## Why
    A risk that is named has somebody who watches it. One that nobody named is discovered by both sides
    in the same week, and each blames the other for it.

    ## Bad
    ```yaml
    scope:
      summary: Acme supplies monitoring devices for use in Borealis clinics.
    ```

    ## Good
    ```yaml
    risks:
      - text: clinics are not reimbursed for monitored care
        owner: acme
        mitigation: the price is tested in one region first
    ```

    ## When to waive
    When a risk register is kept elsewhere; then name it in one line.
    """
    if not said(deal, "risks"):
        yield missing(deal, "risks", "the deal names no risks")


@rule(
    "risk-force-majeure-no-events",
    severity="warning",
    needs="force_majeure",
    help="list the events",
)
def no_events(deal: Deal) -> Iterator[Hit]:
    """The section on events beyond control says which events count.

    ## Why
    Courts read such a clause closely. An event that is not in the list excuses nobody, and a clause
    without a list excuses whatever a judge thinks fit.

    ## Bad
    ```yaml
    force_majeure:
      notice: 3 days
      exit_after: 60 days
    ```

    ## Good
    ```yaml
    force_majeure:
      events:
        - natural-disaster
        - war
        - supply-chain
        - it-outage
      notice: 3 days
      exit_after: 60 days
    ```

    ## When to waive
    When the law that governs the deal has a general rule that suffices, as French or Spanish law has.
    """
    if not said(deal, "force_majeure.events") and not said(deal, "force_majeure.includes"):
        yield missing(deal, "force_majeure.events", "the deal does not say which events beyond control count")
