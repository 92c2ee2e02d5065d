"""The work plan: phases and milestones, with dates."""

from __future__ import annotations

from collections.abc import Iterator

from termsheet.deal import Deal, Node
from termsheet.rules.rule import Hit, by_type, missing, rule, said, unclear


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
    "plan-nothing-binds",
    needs="work_plan.phases",
    severity="warning",
    help="let at least the dates bind on which the other side relies",
)
def nothing_binds(deal: Deal) -> Iterator[Hit]:
    """Some date of the plan binds.

    ## Why
    A plan whose every date is an estimate promises nothing: nobody is late, and the right to leave for breach
    never arises. The rule speaks where each milestone says `binding: no`.

    ## Bad
    ```yaml
    work_plan:
      phases:
        - name: Launch
          milestones:
            - name: First clinic live
              due: 2027-06-30
              binding: false
    ```

    ## Good
    ```yaml
    work_plan:
      phases:
        - name: Launch
          milestones:
            - name: First clinic live
              due: 2027-06-30
              binding: true
    ```

    ## When to waive
    When the dates hang on an authority, and a long stop date ends the wait.
    """
    phases = deal.each("work_plan.phases")
    milestones = [milestone for phase in phases for milestone in phase.each("milestones")]
    if any(unclear(node, "milestones") for node in phases) or unclear(deal, "work_plan.phases"):
        return
    if milestones and all(milestone.plain("binding") is False for milestone in milestones):
        yield Hit(milestones[0].below("binding"), "no date of the plan binds")
