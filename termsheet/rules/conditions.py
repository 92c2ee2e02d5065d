"""Conditions: what must be met before the deal takes effect, or after."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from termsheet.deal import Deal, Node
from termsheet.rules.rule import Hit, brief, called, listed, missing, rule, said
from termsheet.rules.times import before, day, moment, start_of_term
from termsheet.values.calendar import add


@rule(
    "conditions-loose",
    needs="conditions",
    severity="warning",
    help="say who sees to it, by when, and what happens if it is not met",
)
def loose(deal: Deal) -> Iterator[Hit]:
    """A condition has somebody who sees to it, a day, and a consequence.

    ## Why
    A condition that nobody works on and no day ends keeps the parties bound to wait. Each then asks a court whether
    the other may still walk away. A long stop under `process` ends all conditions, and is day and consequence enough.

    ## Bad
    ```yaml
    conditions:
      - text: The boards of both parties have approved the deal.
        kind: precedent
    ```

    ## Good
    ```yaml
    conditions:
      - text: The boards of both parties have approved the deal.
        kind: precedent
        by: each
        due: 2027-03-31
        if_not: each party may withdraw by notice
    ```

    ## When to waive
    When the condition is in the hands of nobody, such as the coming into force of a law; the day is wanted all the
    same.
    """
    ended = said(deal, "process.long_stop")
    for entry in deal.each("conditions"):
        lacking = [] if said(entry, "by") else ["by"]
        lacking += [] if said(entry, "due") or ended else ["due"]
        lacking += [] if said(entry, "if_not") or ended else ["if_not"]
        if lacking:
            nouns = {"by": "no owner", "due": "no day", "if_not": "no consequence"}
            text = f'"{brief(entry.name, 30)}" is a condition with {listed(nouns[key] for key in lacking)}'
            yield missing(entry, lacking[0], text, "\n".join(f"{key}: open" for key in lacking))


@rule(
    "conditions-after-start",
    needs=("conditions", "term.effective"),
    severity="error",
    since="sketch",
    help="let the deal take effect when its conditions are met, or make this one a condition subsequent",
)
def after_start(deal: Deal) -> Iterator[Hit]:
    """A deal does not take effect before what it depends on is due.

    ## Why
    A condition precedent keeps the deal from taking effect. With a date of effect that comes first, either the
    condition is none, or the date is wrong; money may by then have been paid on the strength of it.

    ## Bad
    ```yaml
    conditions:
      - text: The licence of the regulator is granted.
        kind: precedent
        due: 2027-09-30
    term:
      effective: 2027-04-01
    ```

    ## Good
    ```yaml
    events:
      - id: licence
        name: Licence
        means: the licence of the regulator is granted
    conditions:
      - text: The licence of the regulator is granted.
        kind: precedent
        due: 2027-09-30
    term:
      effective: licence
    ```

    ## When to waive
    Never; limit the condition to the part that waits for it, with `for`.
    """
    start = start_of_term(deal)
    for entry in deal.each("conditions") if start else ():
        due = day(deal, entry, "due")
        limited = any(said(entry, key) for key in ("for", "if", "unless", "territory"))
        if start and due and due > start and entry.text("kind") == "precedent" and not limited:
            text = f"the deal takes effect on {start}, before this condition is due on {due}"
            yield Hit(entry.below("due"), text)


@rule(
    "conditions-money-first",
    needs=("conditions", "venture.funding"),
    severity="warning",
    help="let the money fall due when the conditions are met, or go to an account that is held for both",
)
def money_first(deal: Deal) -> Iterator[Hit]:
    """Money for a venture is not due before the conditions are.

    ## Why
    Who has paid in and then waits for a permit that does not come is an owner of a venture that may not begin. A day
    that counts from the signature is taken to count from the date of the paper.

    ## Bad
    ```yaml
    conditions:
      - text: The environmental permit is granted.
        kind: precedent
        by: acme
        due: 2027-09-30
        if_not: each party may withdraw
    venture:
      form: company
      funding:
        - by: acme
          amount: EUR 600,000
          due: 2027-04-30
    ```

    ## Good
    ```yaml
    events:
      - id: closing
        name: Closing
        means: all conditions are met
    conditions:
      - text: The environmental permit is granted.
        kind: precedent
        by: acme
        due: 2027-09-30
        if_not: each party may withdraw
    venture:
      form: company
      funding:
        - by: acme
          amount: EUR 600,000
          due: 10 business days after closing
    ```

    ## When to waive
    When the money pays for the steps that meet the conditions.
    """
    ahead = [
        day(deal, entry, "due") for entry in deal.each("conditions") if entry.text("kind") == "precedent"
    ]
    latest = max((found for found in ahead if found), default=None)
    paid = [(entry, _paid(deal, entry)) for entry in deal.each("venture.funding") if latest]
    early = [entry for entry, paid_on in paid if latest and paid_on and paid_on < latest and entry.text("by")]
    if early:
        whose = dict.fromkeys(entry.text("by") for entry in early)
        verb = "pays" if len(whose) == 1 else "pay"
        text = f"{brief(called(deal, *whose), 36)} {verb} in before the conditions are due on {latest}"
        yield Hit(early[0].below("due"), text)


def _paid(deal: Deal, entry: Node) -> date | None:
    """When money is paid in; the paper is taken to be signed on its date."""
    when, written = entry.parsed("due", "when"), deal.parsed("deal.date", "date")
    if when and written and when.event in ("signature", "last-signature") and not when.before:
        return add(written, when.offset) if when.offset else written
    return day(deal, entry, "due")


@rule(
    "conditions-after-long-stop",
    needs=("conditions", "process.long_stop"),
    severity="error",
    since="sketch",
    help="bring the condition forward, or move the long stop",
)
def after_long_stop(deal: Deal) -> Iterator[Hit]:
    """No condition is due after the last day on which conditions may be met.

    ## Why
    At the long stop the parties are free of a deal whose conditions are not met. A condition that is due later is
    never in time.

    ## Bad
    ```yaml
    conditions:
      - text: The licence of the regulator is granted.
        kind: precedent
        due: 2027-09-30
    process:
      long_stop: 2027-06-30
    ```

    ## Good
    ```yaml
    conditions:
      - text: The licence of the regulator is granted.
        kind: precedent
        due: 2027-09-30
    process:
      long_stop: 2027-12-31
    ```

    ## When to waive
    Never; a condition that is met after the deal has begun is `kind: subsequent`.
    """
    last = moment(deal, deal, "process.long_stop")
    for entry in deal.each("conditions"):
        due = moment(deal, entry, "due")
        limited = any(said(entry, key) for key in ("for", "if", "unless", "territory"))
        if last and due and before(last, due) and entry.text("kind") == "precedent" and not limited:
            text = f"due {due.at}, after the long stop ({last.words})"
            yield Hit(entry.below("due"), text)
