"""The work plan: phases and milestones, with dates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from termsheet.deal import Deal, Node
from termsheet.pattern import pattern
from termsheet.rules.rule import Hit, brief, by_type, listed, missing, rule, said, unclear, unsaid
from termsheet.rules.times import day

_TRIAL = ("pilot", "validate", "certification")
_TELLS = pattern(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty)\b|\w{3,}ed\b", re.IGNORECASE
)


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
    single date is a wish. A pilot with dated milestones has its plan there, and so has a deal that is nothing but a
    pilot with a beginning and an end.

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
    only_pilot = [*deal.types] == ["pilot"] and said(deal, "pilot.start") and said(deal, "pilot.end")
    if only_pilot or any(said(milestone, "due") for milestone in deal.each("pilot.milestones")):
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


@rule(
    "plan-milestone-loose",
    severity="note",
    types=by_type(warning="co-development pilot integration"),
    help="say by when, who answers for it, and how both sides can tell that it is reached",
)
def milestone_loose(deal: Deal) -> Iterator[Hit]:
    """A milestone has a date, an owner and a test by which it is accepted.

    ## Why
    A milestone without a test is reached when the party that works on it says so. The articles ask for work
    plans with an owner and a date for each step. Who leads the phase counts as the owner of its milestones. A
    name that holds a number, or says what was done, such as "contract signed", is a test, and so is that of an event
    which the deal defines.

    ## Bad
    ```yaml
    deal:
      title: Clinic integration
      type: integration
    work_plan:
      phases:
        - name: Roll-out
          milestones:
            - name: First clinic live
              due: 2027-06-30
    ```

    ## Good
    ```yaml
    deal:
      title: Clinic integration
      type: integration
    work_plan:
      phases:
        - name: Roll-out
          milestones:
            - name: First clinic live
              due: 2027-06-30
              owner: acme
              acceptance: first reading received
    ```

    ## When to waive
    When anyone can see that it is reached.
    """
    phases = [deal, *deal.each("work_plan.phases")]
    nouns = {"due": "date", "owner": "owner", "acceptance": "acceptance test"}
    events = [entry.text("name").lower() for entry in deal.each("events") if said(entry, "means")]
    events = [name for name in events if name]
    for phase in phases:
        for milestone in phase.each("pilot.milestones" if phase is deal else "milestones"):
            lacking = unsaid(milestone, nouns)
            if "owner" in lacking and phase is not deal and said(phase, "owner"):
                lacking.remove("owner")
            told = any(name in milestone.text("name").lower() for name in events)
            if "acceptance" in lacking and (told or _TELLS.search(milestone.text("name"))):
                lacking.remove("acceptance")
            if lacking:
                text = f'"{brief(milestone.name)}" has no {listed((nouns[key] for key in lacking), "or")}'
                yield missing(milestone, lacking[0], text, "\n".join(f"{key}: open" for key in lacking))


@rule(
    "plan-gate-no-decider",
    needs="work_plan.phases",
    severity="warning",
    help="name the party, person or body that decides as `decided_by`",
)
def gate_no_decider(deal: Deal) -> Iterator[Hit]:
    """Where the work may stop at a gate, somebody decides.

    ## Why
    "The work stops" is in the passive for a reason. Without a name, the party that gains from going on goes
    on, and bills for it.

    ## Bad
    ```yaml
    work_plan:
      phases:
        - name: Prototype
          milestones:
            - name: Sensor reads at 40 degrees
              gate:
                stop_if: the error is above 5%
    ```

    ## Good
    ```yaml
    work_plan:
      phases:
        - name: Prototype
          milestones:
            - name: Sensor reads at 40 degrees
              gate:
                decided_by: each
                stop_if: the error is above 5%
    ```

    ## When to waive
    When a measurement decides by itself, and a named laboratory takes it.
    """
    for phase in deal.each("work_plan.phases"):
        for milestone in phase.each("milestones"):
            if said(milestone, "gate") and not said(milestone, "gate.decided_by"):
                text = f'nobody decides at the gate "{brief(milestone.name)}"'
                yield missing(milestone, "gate.decided_by", text, "decided_by: open")


@rule(
    "plan-launch-before-pilot",
    needs="work_plan.phases",
    severity="warning",
    help="launch when the trial is over, or say which part of the launch waits for it",
)
def launch_before_pilot(deal: Deal) -> Iterator[Hit]:
    """The launch waits for the end of the trial.

    ## Why
    A trial whose launch has begun tests nothing: what it finds is found by customers. The rule compares the
    phases of the kinds `pilot`, `validate` and `certification` with those of `launch` and `scale`.

    ## Bad
    ```yaml
    work_plan:
      phases:
        - name: Trial
          kind: pilot
          start: 2027-02-01
          end: 2027-05-31
        - name: Launch
          kind: launch
          start: 2027-05-01
    ```

    ## Good
    ```yaml
    work_plan:
      phases:
        - name: Trial
          kind: pilot
          start: 2027-02-01
          end: 2027-05-31
        - name: Launch
          kind: launch
          start: 2027-06-15
    ```

    ## When to waive
    When the launch begins with customers who know that it is a trial.
    """
    trials = [phase for phase in deal.each("work_plan.phases") if phase.text("kind") in _TRIAL]
    for phase in deal.each("work_plan.phases"):
        start = day(deal, phase, "start") if phase.text("kind") in ("launch", "scale") else None
        for trial in trials:
            begun, over = day(deal, trial, "start"), day(deal, trial, "end")
            if start and begun and over and begun <= start < over:
                names = f'"{brief(phase.name, 18)}" starts on {start}, and "{brief(trial.name, 18)}"'
                yield Hit(phase.below("start"), f"{names} runs until {over}")
                break


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
