"""Pilot: what it is limited to, what decides it, who decides, and what follows."""

from __future__ import annotations

from collections.abc import Iterator

from termsheet.deal import Deal
from termsheet.rules.rule import Hit, brief, by_type, missing, rule, said, unclear
from termsheet.rules.times import day

_WEIGHT = by_type(error="pilot", off="licensing co-marketing referral reseller")
_LATE = 31


@rule(
    "pilot-missing",
    severity="note",
    types=by_type(error="pilot", off="co-marketing referral reseller licensing"),
    help="say when the pilot runs, what it is limited to, and what decides it",
)
def no_pilot(deal: Deal) -> Iterator[Hit]:
    """The deal starts small: it has a pilot, where it is of a kind that gains from one.

    ## Why
    The article "Why Strategic Partnerships Fail and How to Succeed" advises a small pilot before resources
    are committed in full. A deal that calls itself a pilot and does not describe it is a full commitment by
    another name.

    ## Bad
    ```yaml
    deal:
      title: Clinic pilot
      type: pilot
    ```

    ## Good
    ```yaml
    deal:
      title: Clinic pilot
      type: pilot
    pilot:
      start: 2027-02-01
      end: 2027-05-31
    ```

    ## When to waive
    When the parties have worked together before, on the same thing.
    """
    if not said(deal, "pilot") and not any(
        phase.text("kind") == "pilot" for phase in deal.each("work_plan.phases")
    ):
        yield missing(deal, "pilot", "the deal has no pilot")


@rule(
    "pilot-no-end",
    needs="pilot",
    severity="error",
    help="give the day on which the pilot ends",
)
def no_end(deal: Deal) -> Iterator[Hit]:
    """A pilot has an end.

    ## Why
    A pilot without an end becomes the deal, without anyone having decided it and on a pilot's terms.

    ## Bad
    ```yaml
    pilot:
      start: 2027-02-01
    ```

    ## Good
    ```yaml
    pilot:
      start: 2027-02-01
      end: 2027-05-31
    ```

    ## When to waive
    When the number of cases ends it, and `limits` says so.
    """
    if not said(deal, "pilot.end"):
        yield missing(deal, "pilot.end", "the pilot has no end")


@rule(
    "pilot-no-criteria",
    needs="pilot",
    severity="warning",
    types=_WEIGHT,
    help="name the metrics and the thresholds that decide it",
)
def no_criteria(deal: Deal) -> Iterator[Hit]:
    """A pilot has thresholds that decide it.

    ## Why
    The article "Why Strategic Partnerships Fail and How to Succeed" has a pilot judged by results. Thresholds
    that are set after the results are known decide nothing; each side finds the figure that suits it.

    ## Bad
    ```yaml
    pilot:
      start: 2027-02-01
      end: 2027-05-31
    ```

    ## Good
    ```yaml
    pilot:
      start: 2027-02-01
      end: 2027-05-31
      criteria:
        - metric: live
          threshold: ">= 6 clinics"
    metrics:
      - id: live
        name: Clinics live
    ```

    ## When to waive
    When the pilot tests only whether a thing works at all.
    """
    if not said(deal, "pilot.criteria"):
        yield missing(deal, "pilot.criteria", "the pilot has no criteria")


@rule(
    "pilot-no-decision",
    needs="pilot",
    severity="warning",
    types=_WEIGHT,
    help="say who decides, and by when",
)
def no_decision(deal: Deal) -> Iterator[Hit]:
    """A pilot says who decides after it, and by when.

    ## Why
    Pilots die of silence: the figures are in, nobody is charged with the decision, and the team drifts away.

    ## Bad
    ```yaml
    pilot:
      start: 2027-02-01
      end: 2027-05-31
    ```

    ## Good
    ```yaml
    pilot:
      start: 2027-02-01
      end: 2027-05-31
      decision:
        by: each
        due: 2027-06-15
    ```

    ## When to waive
    When the thresholds decide by themselves, and `conversion` says so.
    """
    if not said(deal, "pilot.decision"):
        yield missing(deal, "pilot.decision", "nobody is to decide after the pilot, by any day")


@rule(
    "pilot-no-limits",
    needs="pilot",
    severity="warning",
    types=_WEIGHT,
    help="limit the users, sites, volume or spend",
)
def no_limits(deal: Deal) -> Iterator[Hit]:
    """A pilot is limited.

    ## Why
    What makes a pilot cheap to lose is its limit: so many users, sites or months, and no more than so much money.

    ## Bad
    ```yaml
    pilot:
      start: 2027-02-01
      end: 2027-05-31
    ```

    ## Good
    ```yaml
    pilot:
      start: 2027-02-01
      end: 2027-05-31
      limits:
        - 6 clinics
    ```

    ## When to waive
    When `scope` of the pilot names each site.
    """
    if not said(deal, "pilot.limits"):
        yield missing(deal, "pilot.limits", "the pilot has no limits")


@rule(
    "pilot-no-conversion",
    needs="pilot",
    severity="warning",
    types=_WEIGHT,
    help="say what follows if it succeeds: at what price, on which paper",
)
def no_conversion(deal: Deal) -> Iterator[Hit]:
    """A pilot says what follows if it succeeds.

    ## Why
    After a success the price is negotiated again, by a party that can no longer walk away. Price and paper are
    settled before the start, when both still can.

    ## Bad
    ```yaml
    pilot:
      start: 2027-02-01
      end: 2027-05-31
    ```

    ## Good
    ```yaml
    pilot:
      start: 2027-02-01
      end: 2027-05-31
      conversion: the launch begins at the prices stated here, with no further paper
    ```

    ## When to waive
    When both sides want to be free after it, write `none`.
    """
    if not said(deal, "pilot.conversion"):
        yield missing(deal, "pilot.conversion", "the pilot does not say what follows if it succeeds")


@rule(
    "pilot-no-stop",
    needs="pilot",
    severity="note",
    help="say what stops it early, such as harm or cost",
)
def no_stop(deal: Deal) -> Iterator[Hit]:
    """A pilot says when it is stopped early.

    ## Why
    A pilot that goes wrong in its first month should not run to its last because nobody may stop it.

    ## Bad
    ```yaml
    pilot:
      start: 2027-02-01
      end: 2027-05-31
    ```

    ## Good
    ```yaml
    pilot:
      start: 2027-02-01
      end: 2027-05-31
      stop_if: a patient is harmed
    ```

    ## When to waive
    When a right to leave at will does the same.
    """
    if not said(deal, "pilot.stop_if"):
        yield missing(deal, "pilot.stop_if", "the pilot cannot be stopped early")


@rule(
    "pilot-decision-late",
    needs="pilot.decision",
    severity="warning",
    help="decide within a month of the pilot's end, before the next phase starts",
)
def decision_late(deal: Deal) -> Iterator[Hit]:
    """The decision follows the pilot within a month, before what it decides has begun.

    ## Why
    A team that waits for months is given other work. And a launch that starts before the decision has
    decided it.

    ## Bad
    ```yaml
    pilot:
      start: 2027-02-01
      end: 2027-05-31
      decision:
        by: each
        due: 2027-09-30
    ```

    ## Good
    ```yaml
    pilot:
      start: 2027-02-01
      end: 2027-05-31
      decision:
        by: each
        due: 2027-06-15
    ```

    ## When to waive
    When a result takes longer to show, such as a cure or a harvest.
    """
    due, end = day(deal, deal, "pilot.decision.due"), day(deal, deal, "pilot.end")
    if due is None:
        return
    if end and (due - end).days > _LATE:
        yield Hit("pilot.decision.due", f"the pilot ends on {end} and is decided only on {due}")
        return
    for phase in deal.each("work_plan.phases"):
        start = day(deal, phase, "start")
        if phase.text("kind") in ("launch", "scale") and start and start < due:
            text = f'"{brief(phase.name, 30)}" starts before the pilot is decided on {due}'
            yield Hit("pilot.decision.due", text)
            return


@rule(
    "pilot-decision-early",
    needs="pilot.decision",
    severity="error",
    help="decide when the pilot is over and its figures are in",
)
def decision_early(deal: Deal) -> Iterator[Hit]:
    """The decision does not come before the pilot's end.

    ## Why
    A decision before the figures are in could have been taken without a pilot.

    ## Bad
    ```yaml
    pilot:
      start: 2027-02-01
      end: 2027-05-31
      decision:
        by: each
        due: 2027-05-01
    ```

    ## Good
    ```yaml
    pilot:
      start: 2027-02-01
      end: 2027-05-31
      decision:
        by: each
        due: 2027-06-15
    ```

    ## When to waive
    When an early look is meant to extend the pilot or to stop it.
    """
    due, end = day(deal, deal, "pilot.decision.due"), day(deal, deal, "pilot.end")
    if due and end and due < end:
        yield Hit("pilot.decision.due", f"the pilot is decided on {due}, before it ends on {end}")


@rule(
    "pilot-no-milestones",
    needs=("pilot", "work_plan"),
    severity="note",
    types=by_type(warning="pilot"),
    help="name what is to be reached on the way, and by when",
)
def no_milestones(deal: Deal) -> Iterator[Hit]:
    """A pilot has milestones, its own or those of the plan.

    ## Why
    The article "Why Strategic Partnerships Fail and How to Succeed" tells of a pilot of six months with
    milestones. Without one, the first anyone hears of a pilot that stands still is its end.

    ## Bad
    ```yaml
    work_plan:
      phases:
        - name: Pilot
          start: 2027-02-01
    pilot:
      start: 2027-02-01
      end: 2027-05-31
    ```

    ## Good
    ```yaml
    work_plan:
      phases:
        - name: Pilot
          start: 2027-02-01
    pilot:
      start: 2027-02-01
      end: 2027-05-31
      milestones:
        - name: All six clinics live
          due: 2027-03-01
    ```

    ## When to waive
    For a pilot of a few weeks.
    """
    phases = deal.each("work_plan.phases")
    if unclear(deal, "work_plan.phases") or any(said(phase, "milestones") for phase in phases):
        return
    if not said(deal, "pilot.milestones"):
        yield missing(deal, "pilot.milestones", "the pilot has no milestones")
