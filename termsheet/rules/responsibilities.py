"""Responsibilities: who does what, each with one lead."""

from __future__ import annotations

import re
from collections.abc import Iterator

from termsheet.deal import Deal, Node, slug
from termsheet.pattern import pattern
from termsheet.rules.rule import (
    Hit,
    brief,
    by_type,
    called,
    limits,
    listed,
    missing,
    rule,
    said,
    sides,
    unclear,
)

_SUPPORT = pattern(
    r"\b(support|help ?desk|customer (care|service)|service desk|tickets?)\b", re.IGNORECASE
)
_HELP = {"support": "support", "consulted": "adviser"}


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
            name = entry.text("activity") or entry.text("area") or entry.name
            yield missing(entry, "lead", f'nobody leads "{brief(name)}"')


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
    breach. One tier of support, at the same hours, is one activity in whatever words.

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
    seen: dict[tuple[str, ...], tuple[str, str]] = {}
    for entry in deal.each("responsibilities"):
        leads = _leads(deal, entry)
        if len(leads) == 1 and entry.text("area") and entry.text("tier"):
            key = (entry.text("area"), slug(entry.text("tier")), entry.text("hours"), *limits(entry))
            other, activity = seen.setdefault(key, (leads[0], _activity(entry)))
            if _activity(entry) != activity:
                leads = (*dict.fromkeys((other, *leads)),)
        if len(leads) > 1:
            names = listed(brief(called(deal, lead), 20) for lead in leads[:2])
            yield Hit(entry.below("lead"), f'"{brief(entry.name, 30)}" has more than one lead: {names}')


def _leads(deal: Deal, entry: Node) -> tuple[str, ...]:
    """Who leads, persons taken as their party; nobody where a Point leaves it unclear."""
    if unclear(entry, "lead"):
        return ()
    leads = [tuple(sides(deal, word)) or (word,) for word in entry.who("lead")]
    if any(len(lead) > 1 for lead in leads):
        return ()
    return tuple(dict.fromkeys(lead[0] for lead in leads))


def _activity(entry: Node) -> str:
    """The activity, in whatever letters it is written."""
    return " ".join(re.findall(r"\w+", entry.text("activity").lower()))


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
    `support`, or one that names it in words. An alliance or joint development is asked only where customers show
    elsewhere in the deal.

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
    if {*deal.types} <= {"strategic-alliance", "co-development"} and not _shows_customers(deal):
        return
    if any(
        entry.text("area") == "support" or unclear(entry, "area") or unclear(entry, "activity")
        for entry in entries
    ):
        return
    if not any(_SUPPORT.search(entry.text("activity")) for entry in entries):
        stub = "- activity: answer the questions of customers\n  area: support\n  lead: open"
        yield missing(deal, "responsibilities", "nobody looks after customer support", stub)


def _shows_customers(deal: Deal) -> bool:
    """Whether the deal speaks of customers: whom it is aimed at, whom a party brings, or who is kept at the end."""
    paths = ("scope.customers", "scope.channels", "marketing", "data.leads")
    brought = any(entry.text("kind") == "customers" for entry in deal.each("contributions"))
    kept = any(entry.text("what") == "customers" for entry in deal.each("exit.effects"))
    return brought or kept or any(said(deal, path) for path in paths)


@rule(
    "responsibilities-twice",
    needs="responsibilities",
    severity="error",
    since="sketch",
    help="keep one of them, or limit each by `territory` or `for`",
)
def twice(deal: Deal) -> Iterator[Hit]:
    """No activity has two entries with different leads.

    ## Why
    Two leads in two lines are two leads, and each will think that the other does it. Entries that are limited
    to different territories, parts of the scope, tiers, hours or conditions are not taken for one activity.

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
    held: dict[tuple[str, ...], str] = {}
    for entry in deal.each("responsibilities"):
        leads = _leads(deal, entry)
        if len(leads) != 1 or not _activity(entry) or any(unclear(entry, key) for key in ("tier", "hours")):
            continue
        key = (_activity(entry), slug(entry.text("tier")), entry.text("hours"), *limits(entry))
        other = held.setdefault(key, leads[0])
        if other != leads[0]:
            names = listed(brief(called(deal, lead), 20) for lead in (other, leads[0]))
            yield Hit(entry.below("lead"), f'"{brief(entry.name, 30)}" is led twice: by {names}')


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


_SMALL = frozenset(
    "a an and any all at by each every for from in into its of on or per the their to with daily weekly monthly "  # noqa: SIM905
    "quarterly yearly annual regular joint".split()
)
_PROMOTION = pattern(
    r"\b(?:prize draws?|raffles?|sweepstakes?|prize competitions?|giveaways?|lotter(?:y|ies)|influencers?)\b",
    re.IGNORECASE,
)


@rule(
    "responsibilities-no-promotion-rules",
    needs="responsibilities",
    severity="note",
    types=by_type(warning="co-marketing"),
    help="name who answers for the rules on prize draws and advertising (`area: compliance`)",
)
def no_promotion_rules(deal: Deal) -> Iterator[Hit]:
    """Where prizes are drawn or influencers paid, somebody answers for the rules on it.

    ## Why
    Prize draws need terms, a record of the winners and in many countries a permit; posts that are paid for must say so.
    The authority asks the party whose name is on the poster, and both names are.

    ## Bad
    ```yaml
    deal:
      title: Clinic campaign
      type: co-marketing
    responsibilities:
      - activity: run the prize draw at the fair
        area: marketing
        lead: acme
    ```

    ## Good
    ```yaml
    deal:
      title: Clinic campaign
      type: co-marketing
    responsibilities:
      - activity: run the prize draw at the fair
        area: marketing
        lead: acme
      - activity: write the terms of the prize draw and keep the record of the winners
        area: compliance
        lead: acme
    ```

    ## When to waive
    When an agency answers for it; name it in the activity.
    """
    entries = deal.each("responsibilities")
    told = any(said(deal, path) for path in ("legal.compliance", "legal.regulated"))
    if told or any(entry.text("area") == "compliance" or unclear(entry, "area") for entry in entries):
        return
    plans = [
        *((entry, "activity") for entry in entries),
        *((entry, "what") for entry in deal.each("marketing.deliverables")),
    ]
    for entry, key in plans:
        found = _PROMOTION.search(entry.text(key))
        if found:
            stub = "- activity: open\n  area: compliance\n  lead: open"
            text = f'nobody answers for the rules on the "{found[0]}"'
            yield missing(deal, "responsibilities", text, stub)
            return


@rule(
    "responsibilities-lead-supports",
    severity="error",
    since="sketch",
    needs="responsibilities",
    help="name the other party, or nobody",
)
def lead_supports(deal: Deal) -> Iterator[Hit]:
    """The lead of an activity is not also the one who helps.

    ## Why
    A party that leads and helps itself stands where the other party's name was meant to be.

    ## Bad
    ```yaml
    responsibilities:
      - activity: train the clinics
        lead: acme
        support: acme
    ```

    ## Good
    ```yaml
    responsibilities:
      - activity: train the clinics
        lead: acme
        support: borealis
    ```

    ## When to waive
    Never.
    """
    for entry in deal.each("responsibilities"):
        for key in ("support", "consulted"):
            word = entry.text(key)
            if word and word == entry.text("lead") and word in deal.party_ids:
                text = f'{called(deal, word)} leads "{brief(entry.name, 30)}" and is named as its {_HELP[key]} too'
                yield Hit(entry.below(key), text)


@rule(
    "responsibilities-overlap",
    needs="responsibilities",
    severity="warning",
    help="keep one of them, or say what is left to the other",
)
def overlap(deal: Deal) -> Iterator[Hit]:
    """No activity of one party is part of an activity of another.

    ## Why
    Two leads in two lines are two leads, and each will think that the other does it. An activity is part of another
    where all of its words, three at least, are found in the other; the same words are `responsibilities-twice`.

    ## Bad
    ```yaml
    responsibilities:
      - activity: run the weekly prize draw
        lead: acme
      - activity: run the prize draw and publish the winners
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
    held: list[tuple[set[str], tuple[str, ...], str]] = []
    for entry in deal.each("responsibilities"):
        limited = any(said(entry, key) for key in ("for", "territory", "if", "unless", "starts", "until"))
        if limited or unclear(entry, "tier"):
            continue
        words = set(re.findall(r"\w+", entry.text("activity").lower())) - _SMALL
        leads = _leads(deal, entry)
        for others, other_leads, tier in held if len(leads) == 1 else ():
            if (
                (words < others or others < words)
                and tier == entry.text("tier")
                and min(len(words), len(others)) >= 3
                and leads != other_leads
            ):
                yield Hit(entry.below("lead"), f'"{brief(entry.name)}" has another lead elsewhere')
                break
        if len(leads) == 1:
            held.append((words, leads, entry.text("tier")))
