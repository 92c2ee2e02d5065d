"""Review: when the parties look at the results, and what they may then decide."""

from __future__ import annotations

from collections.abc import Iterator

from termsheet.deal import Deal
from termsheet.rules.rule import Hit, by_type, listed, missing, rule, said, unsaid
from termsheet.rules.times import day

_LIGHT = by_type(warning="licensing referral reseller")
_HALF_YEAR, _QUARTER, _MONTH = 184, 92, 31


@rule(
    "review-missing",
    severity="error",
    types=_LIGHT,
    help="say how often the results are reviewed, when first, and what may follow",
)
def no_review(deal: Deal) -> Iterator[Hit]:
    """The deal has reviews.

    ## Why
    The article "Why Strategic Partnerships Fail and How to Succeed" asks for review clauses with quarterly
    assessments, and holds that partnerships with quarterly reviews are half as likely again to reach their
    second-year goals. It warns of the agreement that is signed and forgotten. Of a pilot of two months at most, the
    decision is the review.

    ## Bad
    ```yaml
    metrics:
      - name: Clinics live
    ```

    ## Good
    ```yaml
    review:
      every: quarterly
      first: 2027-04-15
      outcomes:
        - adjust
        - exit
    ```

    ## When to waive
    For a deal that is over before a first review could be held.
    """
    if not said(deal, "review") and not _short_pilot(deal):
        yield missing(deal, "review", "the deal has no reviews")


def _short_pilot(deal: Deal) -> bool:
    """Whether the deal is a pilot of two months at most, whose decision is its review."""
    start, end = day(deal, deal, "pilot.start"), day(deal, deal, "pilot.end")
    short = start is not None and end is not None and (end - start).days <= 2 * _MONTH
    return short and [*deal.types] == ["pilot"] and said(deal, "pilot.decision.due")


@rule(
    "review-no-cadence",
    needs="review",
    severity="error",
    types=_LIGHT,
    help="say how often: `quarterly`, or `every 6 weeks`",
)
def no_cadence(deal: Deal) -> Iterator[Hit]:
    """The review says how often it is held.

    ## Why
    A review "as needed" is called when the parties already disagree. The article "Why Strategic Partnerships
    Fail and How to Succeed" recommends one every quarter.

    ## Bad
    ```yaml
    review:
      first: 2027-04-15
    ```

    ## Good
    ```yaml
    review:
      every: quarterly
      first: 2027-04-15
    ```

    ## When to waive
    When only one review is meant, such as at the end of a short pilot.
    """
    if not said(deal, "review.every"):
        yield missing(deal, "review.every", "the review does not say how often it is held")


@rule(
    "review-no-first-date",
    needs="review",
    severity="error",
    types=_LIGHT,
    help="give the date of the first review",
)
def no_first_date(deal: Deal) -> Iterator[Hit]:
    """The first review has a date.

    ## Why
    A frequency without a beginning starts when somebody remembers. With a date, the first review is in the
    calendar before the work begins; the article "Why Strategic Partnerships Fail and How to Succeed" warns of
    agreements that are set up and forgotten.

    ## Bad
    ```yaml
    review:
      every: quarterly
    ```

    ## Good
    ```yaml
    review:
      every: quarterly
      first: 3 months after effective
    ```

    ## When to waive
    When the first date is set by another paper, such as the partner programme.
    """
    if not said(deal, "review.first") and not said(deal, "review.next"):
        yield missing(deal, "review.first", "the first review has no date")


@rule(
    "review-too-seldom",
    needs="review.every",
    severity="warning",
    help="review more often, or say why not under `review.reason`",
)
def too_seldom(deal: Deal) -> Iterator[Hit]:
    """Reviews are held every quarter at least (every month in a pilot), or the deal says why not.

    ## Why
    The article "Why Strategic Partnerships Fail and How to Succeed" recommends quarterly reviews; a pilot of
    a few months would see just one of them. A yearly review finds a problem when the year is lost.

    ## Bad
    ```yaml
    review:
      every: yearly
    ```

    ## Good
    ```yaml
    review:
      every: yearly
      reason: The licence is paid once a year, and nothing is developed.
    ```

    ## When to waive
    Write the `reason` instead: the other side should read it too.
    """
    cadence = deal.parsed("review.every", "cadence")
    pilot = deal.types == ["pilot"]
    if cadence is None or said(deal, "review.reason"):
        return
    if cadence.days > (_MONTH if pilot else _QUARTER):
        usual = "every month in a pilot" if pilot else "every quarter"
        yield Hit("review.every", f"reviews are held {deal.text('review.every')}, less often than {usual}")


@rule(
    "review-no-outcomes",
    needs="review",
    severity="warning",
    help="list what a review may decide: scale, adjust, pivot, pause, exit",
)
def no_outcomes(deal: Deal) -> Iterator[Hit]:
    """The review says what it may decide.

    ## Why
    The article "Why Strategic Partnerships Fail and How to Succeed" wants the agreement to allow for changes
    by what the data show: to scale what works and to turn round what does not. A meeting that cannot decide
    anything is a report.

    ## Bad
    ```yaml
    review:
      every: quarterly
      first: 2027-04-15
    ```

    ## Good
    ```yaml
    review:
      every: quarterly
      first: 2027-04-15
      outcomes:
        - scale
        - adjust
        - exit
    ```

    ## When to waive
    When the terms are fixed for the whole term on purpose.
    """
    if not said(deal, "review.outcomes"):
        yield missing(deal, "review.outcomes", "the review does not say what it may decide")


@rule(
    "review-parts-too-seldom",
    needs="review",
    severity="note",
    help="look more often, or say why not under `review.reason`",
)
def parts_too_seldom(deal: Deal) -> Iterator[Hit]:
    """What has a rhythm of its own is looked at as often as the articles advise.

    ## Why
    The article "Why Strategic Partnerships Fail and How to Succeed" advises to read the data every month and
    to discuss the strategy twice a year, and tells of a look at the resources after six months. The rule
    speaks where the deal names a rhythm, and it is slower.

    ## Bad
    ```yaml
    review:
      every: quarterly
      data: quarterly
    ```

    ## Good
    ```yaml
    review:
      every: quarterly
      data: monthly
      resources: every 6 months
    ```

    ## When to waive
    For a deal in which little moves, such as a licence with a yearly fee.
    """
    usual = {
        "data": ("the data is read", _MONTH, "every month"),
        "operational": ("the working level looks", _MONTH, "every month"),
        "resources": ("resources are looked at", _HALF_YEAR, "every six months"),
        "strategy": ("the direction is discussed", _HALF_YEAR, "twice a year"),
    }
    for key, (what, days, often) in usual.items():
        cadence = deal.parsed(f"review.{key}", "cadence")
        if cadence and cadence.days > days and not said(deal, "review.reason"):
            yield Hit(f"review.{key}", f"{what} {deal.text(f'review.{key}')}, less often than {often}")


@rule(
    "review-red-flag-loose",
    needs="review.health.red_flags",
    severity="warning",
    help="name the metric, the value at which it is a sign, and what is then done",
)
def red_flag_loose(deal: Deal) -> Iterator[Hit]:
    """A sign of trouble has a metric, a threshold and an action.

    ## Why
    The article "Why Strategic Partnerships Fail and How to Succeed" advises to watch for red flags, such as
    falling engagement, and to act early. Without a threshold nobody sees the flag; without an action nobody
    does anything about it.

    ## Bad
    ```yaml
    metrics:
      - id: live
        name: Clinics live
    review:
      health:
        red_flags:
          - metric: live
    ```

    ## Good
    ```yaml
    metrics:
      - id: live
        name: Clinics live
    review:
      health:
        red_flags:
          - metric: live
            threshold: "< 10 clinics"
            action: the sponsors meet within two weeks
    ```

    ## When to waive
    When the sign cannot be counted, and `action` says who judges it.
    """
    for flag in deal.each("review.health.red_flags"):
        lacking = unsaid(flag, ("metric", "threshold", "action"))
        if lacking:
            stub = "\n".join(f"{key}: open" for key in lacking)
            yield missing(flag, lacking[0], f"a sign of trouble has no {listed(lacking, 'or')}", stub)


@rule(
    "review-no-attendees",
    severity="warning",
    needs="review",
    types=by_type(note="licensing co-marketing referral reseller"),
    help="name the people, the parties or the committee",
)
def no_attendees(deal: Deal) -> Iterator[Hit]:
    """The review says who takes part.

    ## Why
    A review that nobody must attend is attended by those who have nothing to decide.

    ## Bad
    ```yaml
    review:
      every: quarterly
      first: 2027-04-15
      outcomes:
        - adjust
    ```

    ## Good
    ```yaml
    review:
      every: quarterly
      first: 2027-04-15
      attended_by:
        - acme
        - borealis
      outcomes:
        - adjust
    ```

    ## When to waive
    When the committee that reviews is named under `governance.bodies` with its meetings.
    """
    if not said(deal, "review.attended_by") and not said(deal, "governance.bodies"):
        yield missing(
            deal,
            "review.attended_by",
            "the deal does not say who takes part in the review",
            "attended_by: open",
        )
    elif not said(deal, "review.attended_by") and len(deal.each("governance.bodies")) != 1:
        yield missing(
            deal,
            "review.attended_by",
            "the deal does not say which body holds the review",
            "attended_by: open",
        )
