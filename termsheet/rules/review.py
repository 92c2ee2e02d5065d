"""Review: when the parties look at the results, and what they may then decide."""

from __future__ import annotations

from collections.abc import Iterator

from termsheet.deal import Deal
from termsheet.rules.rule import Hit, by_type, missing, rule, said

_LIGHT = by_type(warning="licensing referral reseller")
_QUARTER, _MONTH = 92, 31


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
    second-year goals. It warns of the agreement that is signed and forgotten.

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
    if not said(deal, "review"):
        yield missing(deal, "review", "the deal has no reviews")


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
