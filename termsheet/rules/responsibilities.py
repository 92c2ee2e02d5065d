"""Responsibilities: who does what, each with one lead."""

from __future__ import annotations

import re
from collections.abc import Iterator

from termsheet.deal import Deal, Node, slug
from termsheet.rules.rule import Hit, brief, by_type, called, listed, missing, rule, said, sides, unclear

_SUPPORT = re.compile(
    r"\b(support|help ?desk|customer (care|service)|service desk|tickets?)\b", re.IGNORECASE
)


@rule(
    "responsibilities-missing",
    severity="error",
    help="list what is to be done, and for each activity the one party that leads it",
)
def no_responsibilities(deal: Deal) -> Iterator[Hit]:
    """The deal says who does what.

    ## Why
    The article "Why Strategic Partnerships Fail and How to Succeed" tells of a collaboration that stalled
    after three months because roles were never set, and names responsibilities among the four key elements of
    an agreement.

    ## Bad
    ```yaml
    scope:
      summary: The parties market the M series together.
    ```

    ## Good
    ```yaml
    responsibilities:
      - activity: run the joint webinars
        area: marketing
        lead: borealis
    ```

    ## When to waive
    For a plain licence in which the licensee owes nothing but money.
    """
    if not said(deal, "responsibilities"):
        yield missing(deal, "responsibilities", "the deal does not say who does what")


@rule(
    "responsibilities-no-lead",
    needs="responsibilities",
    severity="error",
    help="name the one party that answers for it as `lead`",
)
def no_lead(deal: Deal) -> Iterator[Hit]:
    """Each activity has a lead.

    ## Why
    The article "Why Strategic Partnerships Fail and How to Succeed" describes partners of whom each assumed
    that the other would look after customers. An activity without a name beside it is done by nobody.

    ## Bad
    ```yaml
    responsibilities:
      - activity: answer questions of joint customers
        area: support
    ```

    ## Good
    ```yaml
    responsibilities:
      - activity: answer questions of joint customers
        area: support
        lead: borealis
        support: acme
    ```

    ## When to waive
    When a committee shares the work out later; write the committee as `lead` instead.
    """
    for entry in deal.each("responsibilities"):
        if not said(entry, "lead"):
            yield missing(entry, "lead", f'nobody leads "{brief(entry.name)}"')


@rule(
    "responsibilities-two-leads",
    needs="responsibilities",
    severity="error",
    help="choose one lead; the others may be `support`, or split the activity into two",
)
def two_leads(deal: Deal) -> Iterator[Hit]:
    """No activity has two leads.

    ## Why
    The article "Why Strategic Partnerships Fail and How to Succeed" tells of two partners who both did the
    marketing and lost 50,000 dollars to it. Where both lead, each may wait for the other, and neither is in
    breach. Entries that are limited to different territories, parts of the scope or conditions are not taken
    for one activity.

    ## Bad
    ```yaml
    responsibilities:
      - activity: run the joint webinars
        lead: jointly
    ```

    ## Good
    ```yaml
    responsibilities:
      - activity: run the joint webinars
        lead: borealis
        support: acme
    ```

    ## When to waive
    For a duty that each party owes for itself, such as keeping its own licences; say so in the activity.
    """
    seen: dict[tuple[str, ...], tuple[str, ...]] = {}
    for entry in deal.each("responsibilities"):
        leads = _leads(deal, entry)
        if len(leads) > 1:
            names = listed(brief(called(deal, lead), 20) for lead in leads[:2])
            yield Hit(entry.below("lead"), f'"{brief(entry.name, 30)}" has more than one lead: {names}')
            continue
        for key in _sameness(entry) if leads else ():
            if seen.setdefault(key, leads) != leads:
                names = listed(brief(called(deal, lead), 20) for lead in (*seen[key], *leads))
                yield Hit(entry.below("lead"), f'"{brief(entry.name, 30)}" has more than one lead: {names}')
                break


def _leads(deal: Deal, entry: Node) -> tuple[str, ...]:
    """Who leads, persons taken as their party; nobody where a Point leaves it unclear."""
    if unclear(entry, "lead"):
        return ()
    leads = [tuple(sides(deal, word)) or (word,) for word in entry.who("lead")]
    if any(len(lead) > 1 for lead in leads):
        return ()
    return tuple(dict.fromkeys(lead[0] for lead in leads))


def _sameness(entry: Node) -> Iterator[tuple[str, ...]]:
    """What makes two entries the same activity: the same words, or the same tier of the same area."""
    limits = tuple(str(entry.plain(key)) for key in ("for", "territory", "if", "unless", "starts", "until"))
    if entry.text("activity"):
        yield ("activity", slug(entry.text("activity")), *limits)
    if entry.text("area") and entry.text("tier"):
        yield ("tier", entry.text("area"), slug(entry.text("tier")), entry.text("hours"), *limits)


@rule(
    "responsibilities-no-customer-support",
    needs="responsibilities",
    severity="off",
    types=by_type(warning="integration reseller licensing co-development strategic-alliance"),
    help="say who answers the customers' questions, at which tier and how fast",
)
def no_customer_support(deal: Deal) -> Iterator[Hit]:
    """Somebody owns customer support, where the deal brings customers something to use.

    ## Why
    The article "Why Strategic Partnerships Fail and How to Succeed" tells of a deal that broke because both
    sides assumed that the other would handle customer support. The rule looks for an activity of the area
    `support`, or one that names it in words.

    ## Bad
    ```yaml
    deal:
      title: Clinic integration
      type: integration
    responsibilities:
      - activity: build the connector
        area: development
        lead: acme
    ```

    ## Good
    ```yaml
    deal:
      title: Clinic integration
      type: integration
    responsibilities:
      - activity: answer the first questions of clinics
        area: support
        lead: borealis
    ```

    ## When to waive
    When the result of the deal is not used by customers, such as joint research.
    """
    entries = deal.each("responsibilities")
    if unclear(deal, "responsibilities") or said(deal, "integration.support"):
        return
    if any(
        entry.text("area") == "support" or unclear(entry, "area") or unclear(entry, "activity")
        for entry in entries
    ):
        return
    if not any(_SUPPORT.search(entry.text("activity")) for entry in entries):
        stub = "- activity: answer the questions of customers\n  area: support\n  lead: open"
        yield missing(deal, "responsibilities", "nobody looks after customer support", stub)


@rule(
    "responsibilities-twice",
    needs="responsibilities",
    severity="error",
    since="sketch",
    help="keep one of them",
)
def twice(deal: Deal) -> Iterator[Hit]:
    """No activity is given to two parties in two entries.

    ## Why
    Two leads in two lines are two leads, and each will think that the other does it.

    ## Bad
    ```yaml
    responsibilities:
      - activity: run the webinars
        lead: acme
      - activity: Run the webinars
        lead: borealis
    ```

    ## Good
    ```yaml
    responsibilities:
      - activity: run the webinars
        lead: acme
      - activity: send the invitations
        lead: borealis
    ```

    ## When to waive
    Never; limit the entries by `territory` or `for` instead.
    """
    held: dict[str, list[str]] = {}
    for entry in deal.each("responsibilities"):
        if any(said(entry, key) for key in ("for", "territory", "if", "unless", "tier", "starts", "until")):
            continue
        key = " ".join(entry.text("activity").lower().split())
        lead = entry.who("lead")
        if key and lead and held.setdefault(key, lead) != lead:
            yield Hit(entry.below("lead"), f'"{brief(entry.text("activity"))}" has another lead elsewhere')


@rule(
    "responsibilities-fix-before-response",
    needs="responsibilities",
    severity="error",
    since="sketch",
    help="let the time to solve be longer than the time to answer",
)
def fix_before_response(deal: Deal) -> Iterator[Hit]:
    """A fault is not to be solved sooner than it is answered.

    ## Why
    Two hours to solve and four to answer: one of the two figures stands in the wrong column, and the party
    that is on call will choose.

    ## Bad
    ```yaml
    responsibilities:
      - activity: resolve device faults
        lead: acme
        levels:
          - level: critical
            response: 4 hours
            fix: 2 hours
    ```

    ## Good
    ```yaml
    responsibilities:
      - activity: resolve device faults
        lead: acme
        levels:
          - level: critical
            response: 2 hours
            fix: 4 hours
    ```

    ## When to waive
    Never.
    """
    for entry in deal.each("responsibilities"):
        for level in entry.each("levels"):
            answer, fix = level.parsed("response", "duration"), level.parsed("fix", "duration")
            if not answer or not fix or not answer.unit or not fix.unit:
                continue
            comparable = answer.unit == fix.unit or "business" not in answer.unit + fix.unit
            if comparable and fix.days < answer.days:
                times = f"solved in {level.text('fix')}, and answered in {level.text('response')}"
                yield Hit(level.below("fix"), f'"{brief(level.name, 30)}" is to be {times}')
