"""The work plan: phases and milestones, with dates."""

from __future__ import annotations

from collections.abc import Iterator

from termsheet.deal import Deal, Node
from termsheet.rules.rule import Hit, brief, by_type, missing, rule, said, unclear
from termsheet.rules.times import day


@rule(
    "plan-missing",
    severity="error",
    types=by_type(note="licensing referral reseller"),
    help="name the phases, each with a start and an end, and the milestones with a date and an owner",
)
def no_dated_plan(deal: Deal) -> Iterator[Hit]:
    """There is a work plan with dates.

    ## Why
    The article "Why Strategic Partnerships Fail and How to Succeed" asks for detailed work plans with
    timelines, and holds that they take away 40 % of the doubt about who does what when. A plan without a
    single date is a wish. A pilot with dated milestones has its plan there.

    ## Bad
    ```yaml
    work_plan:
      phases:
        - name: Integration
        - name: Launch
    ```

    ## Good
    ```yaml
    work_plan:
      phases:
        - name: Integration
          start: signature
          end: 3 months after signature
        - name: Launch
          milestones:
            - name: First clinic live
              due: 2027-06-30
    ```

    ## When to waive
    When the plan is an annex to follow; name it under `annexes` with its status.
    """
    if any(said(milestone, "due") for milestone in deal.each("pilot.milestones")):
        return
    if not said(deal, "work_plan"):
        yield missing(deal, "work_plan", "there is no work plan")
    elif not said(deal, "work_plan.phases"):
        yield missing(deal, "work_plan.phases", "the work plan has no phases")
    elif not unclear(deal, "work_plan.phases") and not any(
        _dated(phase) for phase in deal.each("work_plan.phases")
    ):
        first = deal.each("work_plan.phases")[0]
        yield missing(first, "start", "the work plan has no dates", "start: open\nend: open")


def _dated(phase: Node) -> bool:
    return said(phase, "start") or said(phase, "end") or _has_due(phase)


def _has_due(phase: Node) -> bool:
    return unclear(phase, "milestones") or any(
        said(milestone, "due") for milestone in phase.each("milestones")
    )


@rule(
    "plan-milestone-outside-phase",
    severity="warning",
    needs="work_plan",
    yields=("dates-out-of-order", "dates-before-paper", "dates-promise-after-end"),
    help="bring the day into the phase",
)
def outside_phase(deal: Deal) -> Iterator[Hit]:
    """A milestone falls within its phase, or within a month of its end.

    ## Why
    A milestone before its phase starts, or after it ends, belongs to another phase, or one of the dates
    was moved alone.

    ## Bad
    ```yaml
    work_plan:
      phases:
        - name: Connection
          start: 2027-04-01
          end: 2027-05-31
          milestones:
            - name: Connector released
              due: 2027-07-31
    ```

    ## Good
    ```yaml
    work_plan:
      phases:
        - name: Connection
          start: 2027-04-01
          end: 2027-05-31
          milestones:
            - name: Connector released
              due: 2027-05-31
    ```

    ## When to waive
    When the result of a phase is accepted after it.
    """
    for phase in deal.each("work_plan.phases"):
        start, end = day(deal, phase, "start"), day(deal, phase, "end")
        for milestone in phase.each("milestones"):
            due, name = day(deal, milestone, "due"), brief(milestone.name, 30)
            if start and due and due < start:
                yield Hit(
                    milestone.below("due"), f'"{name}" is due on {due}, before its phase starts on {start}'
                )
            elif end and due and (due - end).days > 31:  # a decision on the results may follow
                yield Hit(milestone.below("due"), f'"{name}" is due on {due}, after its phase ends on {end}')
