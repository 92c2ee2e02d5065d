"""Pilot: what it is limited to, what decides it, who decides, and what follows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from termsheet.deal import Deal
from termsheet.pattern import pattern
from termsheet.rules.rule import COUNTED, Hit, brief, by_type, missing, rule, said, unclear, unsaid
from termsheet.rules.times import day, end_of_promises, end_of_term, over_before_paper

_PILOT = pattern(
    r"\bpilot(?!ed\b|[- ](?:line|plant|factory|facility|reactor|light|training)s?\b)", re.IGNORECASE
)
_WEIGHT = by_type(error="pilot", off="licensing co-marketing referral reseller")
_LATE = 31


@rule(
    "pilot-missing",
    yields="pilot-not-described",
    severity="warning",
    types=by_type(error="pilot", note="licensing co-marketing referral reseller"),
    help="say when the pilot runs, what it is limited to, and what decides it",
)
def no_pilot(deal: Deal) -> Iterator[Hit]:
    """The deal starts small: it has a pilot.

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
    A pilot without an end becomes the deal, without anyone having decided it and on a pilot's terms. Where
    the whole deal is a pilot, it ends with its term.

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
    if not said(deal, "pilot.end") and not _is_whole(deal):
        yield missing(deal, "pilot.end", "the pilot has no end")


def _is_whole(deal: Deal) -> bool:
    """Whether the whole deal is the pilot, and has an end."""
    length = deal.parsed("term.initial", "duration")
    ends = said(deal, "term.ends") or (said(deal, "term.initial") and (length is None or bool(length.unit)))
    return deal.types == ["pilot"] and ends


def _end(deal: Deal) -> date | None:
    """The last day of the pilot, if it is known."""
    if said(deal, "pilot.end") or not _is_whole(deal):
        return day(deal, deal, "pilot.end")
    return end_of_term(deal)


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
        yield missing(deal, "pilot.criteria", "the pilot does not say what counts as a success")


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
    A milestone of the pilot with a gate says it as well.

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
    if any(said(milestone, "gate") for milestone in deal.each("pilot.milestones")):
        return
    nouns = {"by": "who decides after it", "due": "by when it is decided"}
    if not said(deal, "pilot.decision"):
        yield missing(deal, "pilot.decision", "the pilot does not say who decides after it, and by when")
        return
    for key in unsaid(deal, [f"pilot.decision.{key}" for key in nouns]):
        yield missing(deal, key, f"the pilot does not say {nouns[key.rpartition('.')[2]]}")


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
    What makes a pilot cheap to lose is its limit: so many users, sites or months, and no more than so much money. A
    number in the pilot's own scope is a limit too.

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
    if not said(deal, "pilot.limits") and not COUNTED.search(deal.text("pilot.scope")):
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
    A pilot that goes wrong in its first month should not run to its last because nobody may stop it. A right
    to leave at will, or a gate that stops the work, does the same.

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
    When nothing can go wrong that is worth stopping for.
    """
    gates = any(said(milestone, "gate.stop_if") for milestone in deal.each("pilot.milestones"))
    at_will = any(right.text("ground") == "convenience" for right in deal.each("exit.rights"))
    if not said(deal, "pilot.stop_if") and not gates and not at_will:
        yield missing(deal, "pilot.stop_if", "the pilot does not say when it is stopped early")


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
    due, end = day(deal, deal, "pilot.decision.due"), _end(deal)
    if due is None:
        return
    start = day(deal, deal, "pilot.start")
    if end and (due - end).days > _LATE and not (start and end < start):
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
    due, end = day(deal, deal, "pilot.decision.due"), _end(deal)
    last = end_of_promises(deal)
    if due and end and due < end and not (last and last < end):
        yield Hit("pilot.decision.due", f"the pilot is decided on {due}, before it ends on {end}")


@rule(
    "pilot-after-term",
    needs=("pilot", "term"),
    severity="error",
    since="sketch",
    help="let the deal run at least until the pilot ends",
)
def after_term(deal: Deal) -> Iterator[Hit]:
    """The pilot ends while the deal still runs, without a renewal.

    ## Why
    In the days after the term there is a pilot and no deal: no licence, no price, no cap. The pilot was made
    longer in one place and not in the other.

    ## Bad
    ```yaml
    pilot:
      start: 2027-02-01
      end: 2027-06-30
    term:
      effective: 2027-02-01
      ends: 2027-05-31
    ```

    ## Good
    ```yaml
    pilot:
      start: 2027-02-01
      end: 2027-05-31
    term:
      effective: 2027-02-01
      ends: 2027-05-31
    ```

    ## When to waive
    Never.
    """
    ends, over = day(deal, deal, "pilot.end"), end_of_term(deal)
    if ends and over and ends > over and not over_before_paper(deal):
        yield Hit("pilot.end", f"the pilot ends on {ends}, after the first term on {over}")


@rule(
    "pilot-renews",
    needs="term.renewal",
    severity="off",
    types=by_type(warning="pilot"),
    help="end it with the term, and let the decision after the pilot say what follows",
)
def renews(deal: Deal) -> Iterator[Hit]:
    """A deal that is a pilot does not renew by itself.

    ## Why
    A pilot ends in a decision. One that renews by itself needs none: it goes on whatever it has shown, on a
    pilot's terms.

    ## Bad
    ```yaml
    deal:
      title: Clinic pilot
      type: pilot
    term:
      initial: 4 months
      renewal:
        kind: automatic
        for: 12 months
    ```

    ## Good
    ```yaml
    deal:
      title: Clinic pilot
      type: pilot
    term:
      initial: 4 months
      renewal:
        kind: by-consent
        for: 12 months
    ```

    ## When to waive
    When the pilot is one part of a larger deal, and the term is that of the whole.
    """
    if deal.text("term.renewal.kind") == "automatic":
        yield Hit("term.renewal.kind", "the pilot renews by itself, whatever it has shown")


@rule(
    "pilot-criterion-no-threshold",
    needs="pilot.criteria",
    severity="warning",
    types=_WEIGHT,
    help='give the value at which it is met, such as `threshold: ">= 6 clinics"`',
)
def no_threshold(deal: Deal) -> Iterator[Hit]:
    """Each criterion of a pilot has a threshold.

    ## Why
    A metric without a value decides nothing: when the figures are in, each side names the value that suits
    it.

    ## Bad
    ```yaml
    pilot:
      end: 2027-05-31
      criteria:
        - metric: live
    metrics:
      - id: live
        name: Clinics live
    ```

    ## Good
    ```yaml
    pilot:
      end: 2027-05-31
      criteria:
        - metric: live
          threshold: ">= 6 clinics"
    metrics:
      - id: live
        name: Clinics live
    ```

    ## When to waive
    When the metric is only to be watched; leave it out of the criteria instead.
    """
    for entry in deal.each("pilot.criteria"):
        if not said(entry, "threshold"):
            names = [
                metric.name for metric in deal.each("metrics") if metric.text("id") == entry.text("metric")
            ]
            noun = brief(names[0] if names else entry.name)
            yield missing(
                entry, "threshold", f'"{noun}" is to decide the pilot, at no value', "threshold: open"
            )


@rule(
    "pilot-threshold-above-target",
    needs=("pilot.criteria", "metrics"),
    severity="warning",
    help="bring the two into line: a pilot asks for no more than the deal's own target",
)
def threshold_above_target(deal: Deal) -> Iterator[Hit]:
    """A pilot does not ask for more than the target of the same metric.

    ## Why
    A pilot that must reach 90 % of a metric whose target is 85 % can reach its target and fail. One of the
    two figures was changed in the talks, and the other was not. A target that is due before the pilot begins
    is passed over.

    ## Bad
    ```yaml
    pilot:
      end: 2027-05-31
      criteria:
        - metric: live
          threshold: ">= 9 clinics"
    metrics:
      - id: live
        name: Clinics live
        target:
          value: ">= 8 clinics"
          by: 2027-05-31
    ```

    ## Good
    ```yaml
    pilot:
      end: 2027-05-31
      criteria:
        - metric: live
          threshold: ">= 8 clinics"
    metrics:
      - id: live
        name: Clinics live
        target:
          value: ">= 8 clinics"
          by: 2027-05-31
    ```

    ## When to waive
    When the pilot is run where the figure is known to be better.
    """
    metrics = {metric.text("id"): metric for metric in deal.each("metrics") if metric.text("id")}
    start = day(deal, deal, "pilot.start")
    for entry in deal.each("pilot.criteria"):
        metric = metrics.get(entry.text("metric"))
        asked, aim = entry.parsed("threshold", "measure"), metric and metric.parsed("target.value", "measure")
        due = day(deal, metric, "target.by") if metric else None
        if not metric or not asked or not aim or asked.unit != aim.unit or (due and start and due < start):
            continue
        more = asked.comparator.startswith(("at least", "more")) and asked.number > aim.number
        less = asked.comparator.startswith(("at most", "less")) and asked.number < aim.number
        if more or less:
            values = (brief(text, 16) for text in (entry.text("threshold"), metric.text("target.value")))
            shown = ", and its target is ".join(values)
            yield Hit(entry.below("threshold"), f'the pilot asks "{brief(metric.name, 16)}" for {shown}')


@rule(
    "pilot-fee-twice",
    needs=("pilot.fee", "commercial.payments"),
    severity="error",
    since="sketch",
    help="write the fee once, as a payment with its due date",
)
def fee_twice(deal: Deal) -> Iterator[Hit]:
    """The fee of the pilot is the same wherever it stands.

    ## Why
    The payer has read one figure and the payee the other. The rule compares the pilot's fee with the one
    payment that names the pilot.

    ## Bad
    ```yaml
    pilot:
      end: 2027-05-31
      fee: EUR 18,000
    commercial:
      payments:
        - kind: fee
          what: pilot fee
          from: acme
          to: borealis
          amount: EUR 20,000
    ```

    ## Good
    ```yaml
    pilot:
      end: 2027-05-31
      fee: EUR 20,000
    commercial:
      payments:
        - kind: fee
          what: pilot fee
          from: acme
          to: borealis
          amount: EUR 20,000
    ```

    ## When to waive
    When the two are different sums; say in `what` for what each is.
    """
    fee = deal.parsed("pilot.fee", "money")
    named = [
        payment
        for payment in deal.each("commercial.payments")
        if payment.text("kind") == "fee" and "pilot" in payment.text("what").lower()
    ]
    if fee is None or fee.per or len(named) != 1 or any(said(named[0], key) for key in ("per", "every")):
        return
    amount = named[0].parsed("amount", "money")
    if amount and not amount.per and amount.currency == fee.currency and amount.amount != fee.amount:
        text = f"the pilot costs {deal.text('pilot.fee')} here, and {named[0].text('amount')} as a payment"
        yield Hit("pilot.fee", text)


@rule(
    "pilot-milestone-outside",
    needs="pilot.milestones",
    severity="warning",
    help="let the pilot start when it is prepared, or move the milestone",
)
def milestone_outside(deal: Deal) -> Iterator[Hit]:
    """A milestone of the pilot falls within it.

    ## Why
    What is due before the pilot starts, or after it has ended, falls under none of its limits, and is paid for by
    nobody. What must be ready before the start belongs to the work plan.

    ## Bad
    ```yaml
    pilot:
      start: 2027-02-01
      end: 2027-05-31
      milestones:
        - name: First clinic live
          due: 2027-01-15
    ```

    ## Good
    ```yaml
    pilot:
      start: 2027-02-01
      end: 2027-05-31
      milestones:
        - name: First clinic live
          due: 2027-02-15
    ```

    ## When to waive
    When it only prepares the pilot, or reports on it.
    """
    start, end = day(deal, deal, "pilot.start"), day(deal, deal, "pilot.end")
    for milestone in deal.each("pilot.milestones"):
        due = day(deal, milestone, "due")
        if due and start and due < start:
            text = f'"{brief(milestone.name, 24)}" is due on {due}, before the pilot starts on {start}'
            yield Hit(milestone.below("due"), text)
        elif due and end and (due - end).days > _LATE:
            text = f'"{brief(milestone.name, 24)}" is due on {due}, after the pilot ended on {end}'
            yield Hit(milestone.below("due"), text)


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


@rule(
    "pilot-not-described",
    severity="warning",
    help="add `pilot` with its limits, thresholds and day of decision",
)
def not_described(deal: Deal) -> Iterator[Hit]:
    """A deal that speaks of a pilot describes it.

    ## Why
    A pilot without limits, thresholds and a day of decision goes on until somebody forgets it. Half of
    the worth of a pilot is that it ends.

    ## Bad
    ```yaml
    scope:
      in:
        - a six-month pilot with six clinics
    ```

    ## Good
    ```yaml
    scope:
      in:
        - a six-month pilot with six clinics
    pilot:
      start: 2027-06-01
      end: 2027-11-30
      limits:
        - six clinics
      criteria:
        - metric: adherence
          threshold: ">= 65%"
      decision:
        by: each
        due: 2027-12-14
      conversion: the launch begins at the prices stated here
      stop_if: a patient is harmed
    metrics:
      - id: adherence
        name: Adherence
        owner: acme
        source: the platform log
        definition: readings received divided by readings scheduled
        baseline:
          value: 58%
        target:
          value: 73%
          by: 2028-12-31
    ```

    ## When to waive
    When the pilot is that of somebody else, or over.
    """
    if said(deal, "pilot") or "pilot" in deal.types:
        return
    for phase in deal.each("work_plan.phases"):
        if phase.text("kind") == "pilot" or _PILOT.search(phase.text("name")):
            yield missing(
                deal,
                "pilot",
                f'the phase "{brief(phase.name, 30)}" is a pilot, and nothing says how it is judged',
            )
            return
    for node in (*deal.each("scope.in"), *deal.each("objectives")):
        words = node.value if isinstance(node.value, str) else node.text("text")
        if _PILOT.search(words):
            yield missing(deal, "pilot", "the deal speaks of a pilot, and nothing says how it is judged")
            return
