"""Resources: the people, time and budget that each party commits."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from termsheet.deal import Deal, Node
from termsheet.rules.rule import (
    Hit,
    brief,
    by_type,
    called,
    missing,
    parties_without,
    rule,
    said,
    sides,
    unclear,
)

# How many hours a month an hour in each of these is.
_MONTHLY = {"week": Decimal(52) / 12, "month": 1, "quarter": Decimal(1) / 3, "year": Decimal(1) / 12}


@rule(
    "resources-missing",
    severity="error",
    types=by_type(note="licensing referral reseller"),
    help="say for each party how many people, how much of their time, or what budget; `none` where none",
)
def nothing_committed(deal: Deal) -> Iterator[Hit]:
    """Each party commits people, time or a budget.

    ## Why
    The article "Why Strategic Partnerships Fail and How to Succeed" advises a budget of its own and set hours
    from the outset, and at least 5 to 10 hours a month to manage the partnership. What nobody has set aside
    is done last. People, or a sum of money, that a party brings under `contributions` are set aside too.

    ## Bad
    ```yaml
    resources:
      - by: acme
        role: Integration engineers
        people: 2 people
      - by: borealis
        role: Clinic liaison
    ```

    ## Good
    ```yaml
    resources:
      - by: acme
        role: Integration engineers
        people: 2 people
      - by: borealis
        role: Clinic liaison
        time: 10 hours per month
    ```

    ## When to waive
    When one party does all the work, and the other only lends its name.
    """
    if not said(deal, "resources"):
        yield missing(deal, "resources", "no party commits time or budget")
        return
    brought = {
        side
        for entry in deal.each("contributions")
        if entry.text("kind") == "people" or (entry.text("kind") == "cash" and said(entry, "value"))
        for word in entry.who("by")
        for side in sides(deal, word)
    }
    idle = [party for party in parties_without(deal, "resources", "by", _counts) if party not in brought]
    if idle:
        commits = "commits" if len(idle) == 1 else "commit"
        text = f"{called(deal, *idle)} {commits} neither people nor time nor a budget"
        yield missing(deal, "resources", text, parties=idle)


def _counts(entry: Node) -> bool:
    return any(said(entry, key) for key in ("people", "time", "budget"))


@rule(
    "resources-lead-no-time",
    needs=("resources", "responsibilities"),
    severity="warning",
    types=by_type(note="licensing referral reseller"),
    help="commit people or time of the party that leads",
)
def lead_no_time(deal: Deal) -> Iterator[Hit]:
    """A party that leads work commits people or time to it.

    ## Why
    The articles count the lack of people among the causes of failure. A party that gives money and leads the
    work has nobody to do it. People whom it brings under `contributions` will do.

    ## Bad
    ```yaml
    responsibilities:
      - activity: run the webinars
        lead: acme
    resources:
      - by: acme
        budget: EUR 20,000
    ```

    ## Good
    ```yaml
    responsibilities:
      - activity: run the webinars
        lead: acme
    resources:
      - by: acme
        time: 10 hours per month
        budget: EUR 20,000
    ```

    ## When to waive
    When the budget pays an agency that does the work.
    """
    if unclear(deal, "resources") or any(unclear(entry, "by") for entry in deal.each("resources")):
        return
    paying = {party for entry in deal.each("resources") if said(entry, "budget") for party in entry.who("by")}
    ready = {
        party
        for entry in (*deal.each("resources"), *deal.each("contributions"))
        if said(entry, "people") or said(entry, "time") or entry.text("kind") == "people"
        for party in entry.who("by")
    }
    leads = {
        side
        for entry in deal.each("responsibilities")
        for word in entry.who("lead")
        for side in sides(deal, word)
    }
    for party in deal.party_ids:
        if party in leads & paying and party not in ready:
            text = f"{called(deal, party)} leads work, and commits neither people nor time"
            at = next(entry for entry in deal.each("resources") if party in entry.who("by"))
            yield missing(at, "time", text, "time: open")


@rule(
    "resources-manager-few-hours",
    needs="governance.managers",
    severity="warning",
    types=by_type(note="licensing referral reseller pilot"),
    help="give the manager more time; the article advises at least five hours a month",
)
def manager_few_hours(deal: Deal) -> Iterator[Hit]:
    """A partnership manager has at least five hours a month for it.

    ## Why
    The article "Why Strategic Partnerships Fail and How to Succeed" advises at least 5 to 10 hours a month to
    manage the partnership. With less, the weekly call is all that happens: a manager in title only.

    ## Bad
    ```yaml
    people:
      - id: ada
        party: acme
        name: Ada Weber
    governance:
      managers:
        - person: ada
          time: 2 hours per month
    ```

    ## Good
    ```yaml
    people:
      - id: ada
        party: acme
        name: Ada Weber
    governance:
      managers:
        - person: ada
          time: 10 hours per month
    ```

    ## When to waive
    For a deal that runs by itself, such as a licence.
    """
    for manager in deal.each("governance.managers"):
        time = manager.parsed("time", "measure")
        words = time.unit.lower().split() if time else []
        match words:
            case ["hour" | "hours", "per" | "a" | "each" | "every", period] if period in _MONTHLY:
                if time.number * _MONTHLY[period] < 5:
                    person = deal.declared.get(manager.text("person"))
                    name = person.value if person and isinstance(person.value, str) else manager.name
                    text = f"the manager {brief(name, 30)} has only {manager.text('time')} for it"
                    yield Hit(manager.below("time"), text)
