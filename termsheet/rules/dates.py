"""Dates: whether they stand in an order that time allows."""

from __future__ import annotations

from collections.abc import Iterator

from termsheet.deal import Deal
from termsheet.rules.places import places
from termsheet.rules.rule import Hit, brief, listed, missing, rule, unsaid
from termsheet.rules.times import day, end_of_term, may_go_on, start_of_term

_PAIRS = (
    ("start", "end"),
    ("starts", "until"),
    ("starts", "ends"),
    ("effective", "ends"),
    ("first", "next"),
    ("first", "breakeven"),
    ("opens", "until"),
    ("filed", "granted"),
    ("granted", "expires"),
    ("filed", "expires"),
)

_DUE = ("contributions", "responsibilities", "marketing.deliverables")


@rule("dates-out-of-order", severity="error", since="sketch", help="put the two dates in order")
def out_of_order(deal: Deal) -> Iterator[Hit]:
    """What ends does so after it has begun.

    ## Why
    A phase that ends before it starts was moved in one place and not in the other. Nobody can say later
    which of the two dates was agreed. Only dates that are known for certain are compared.

    ## Bad
    ```yaml
    work_plan:
      phases:
        - name: Roll-out
          start: 2027-06-01
          end: 2027-05-31
    ```

    ## Good
    ```yaml
    work_plan:
      phases:
        - name: Roll-out
          start: 2027-06-01
          end: 2028-05-31
    ```

    ## When to waive
    Never.
    """
    for route, value, _ in places(deal):
        node = deal.get_route(route) if isinstance(value, dict) else None
        for first, last in _PAIRS if node is not None else ():
            begins, ends = (day(deal, node, key) for key in (first, last)) if node else (None, None)
            if node and begins and ends and ends < begins:
                yield Hit(node.below(last), f"`{last}` is {ends}, before `{first}` on {begins}")
                break


@rule(
    "dates-promise-after-end",
    needs="term",
    severity="warning",
    help="bring the date forward, lengthen the term, or say how the deal is renewed",
)
def promise_after_end(deal: Deal) -> Iterator[Hit]:
    """What is promised for a day falls due while the deal runs: targets, milestones, duties, deliverables.

    ## Why
    A target that falls due after the end is owed by nobody. It is a sign that the term and the plan were
    written by two people. A deal that may be renewed is passed over.

    ## Bad
    ```yaml
    term:
      effective: 2027-01-01
      initial: 12 months
    metrics:
      - name: Clinics live
        target:
          value: 40 clinics
          by: 2028-06-30
    ```

    ## Good
    ```yaml
    term:
      effective: 2027-01-01
      initial: 18 months
    metrics:
      - name: Clinics live
        target:
          value: 40 clinics
          by: 2028-06-30
    ```

    ## When to waive
    When the figure is read after the end on purpose, such as a yield that comes late.
    """
    end = end_of_term(deal)
    if end is None or may_go_on(deal):
        return
    dated = [
        *((entry, "target.by") for entry in deal.each("metrics")),
        *((entry, "due") for entry in deal.each("objectives")),
        *((entry, "due") for phase in deal.each("work_plan.phases") for entry in phase.each("milestones")),
        *((entry, "due") for path in _DUE for entry in deal.each(path)),
    ]
    for entry, key in dated:
        due = day(deal, entry, key)
        if due and due > end:
            yield Hit(entry.below(key), f'"{brief(entry.name)}" is due on {due}, after the end on {end}')


@rule(
    "dates-over-before-paper",
    severity="error",
    help="correct the date of the paper, or the term",
)
def over_before_paper(deal: Deal) -> Iterator[Hit]:
    """The deal is not over before its paper is written.

    ## Why
    A term that ended before the paper's own date is left over from an earlier deal from which this one was
    copied.

    ## Bad
    ```yaml
    deal:
      title: Clinic monitoring
      date: 2028-03-01
    term:
      effective: 2027-01-01
      initial: 12 months
    ```

    ## Good
    ```yaml
    deal:
      title: Clinic monitoring
      date: 2027-03-01
    term:
      effective: 2027-01-01
      initial: 12 months
    ```

    ## When to waive
    When the paper settles what has been done already.
    """
    written, end = deal.parsed("deal.date", "date"), end_of_term(deal)
    if written and end and end < written and not may_go_on(deal):
        yield Hit("deal.date", f"the paper is of {written}, and the deal ended on {end}")


@rule(
    "dates-first-review-late",
    needs=("term", "review"),
    severity="error",
    help="hold the first review while the deal runs",
)
def review_after_end(deal: Deal) -> Iterator[Hit]:
    """The first review is held while the deal runs.

    ## Why
    A review after the end changes nothing. With a review every quarter, the first one is due within the
    first quarter.

    ## Bad
    ```yaml
    term:
      effective: 2027-01-01
      initial: 12 months
    review:
      every: quarterly
      first: 2028-02-01
    ```

    ## Good
    ```yaml
    term:
      effective: 2027-01-01
      initial: 12 months
    review:
      every: quarterly
      first: 2027-04-01
    ```

    ## When to waive
    When the review looks back on a deal that is done, as its only one.
    """
    first, end = day(deal, deal, "review.first"), end_of_term(deal)
    if first and end and first > end:
        yield Hit("review.first", f"the first review is on {first}, after the end on {end}")


@rule(
    "dates-target-before-review",
    needs=("metrics", "review"),
    severity="warning",
    help="review before the target falls due, or give the target more time",
)
def target_before_review(deal: Deal) -> Iterator[Hit]:
    """No target falls due before the parties have met once to look at the figures.

    ## Why
    The article "Why Strategic Partnerships Fail and How to Succeed" has the results reviewed each quarter so
    that the parties can still steer. A target that is due before the first review is won or lost before
    anyone looks.

    ## Bad
    ```yaml
    metrics:
      - name: Clinics live
        target:
          value: 40 clinics
          by: 2027-03-31
    review:
      every: quarterly
      first: 2027-07-01
    ```

    ## Good
    ```yaml
    metrics:
      - name: Clinics live
        target:
          value: 40 clinics
          by: 2027-12-31
    review:
      every: quarterly
      first: 2027-07-01
    ```

    ## When to waive
    When the managers look at the figure each week, and `review.operational` says so.
    """
    first, end = day(deal, deal, "review.first"), end_of_term(deal)
    if first is None or (end and first > end):
        return  # that the review comes too late is told by dates-first-review-late
    for metric in deal.each("metrics"):
        due, known = day(deal, metric, "target.by"), day(deal, metric, "baseline.as_of")
        if due and due < first and not (known and due < known):
            yield Hit(
                metric.below("target.by"),
                f'"{brief(metric.name, 30)}" is due on {due}, before the first review',
            )


@rule(
    "dates-work-before-agreement",
    needs="process",
    severity="warning",
    help="say under `process.interim_work` whether work may start, up to what cost, and who owns it",
)
def work_before_agreement(deal: Deal) -> Iterator[Hit]:
    """Where work starts before the full agreement, the deal says on what terms.

    ## Why
    Work that is done on the strength of a term sheet has led to some of the dearest disputes about whether
    there was a contract. It needs a cap, a payer and an owner of what it makes, or a line that nobody starts.

    ## Bad
    ```yaml
    work_plan:
      phases:
        - name: Design
          start: 2027-02-01
    process:
      definitive_by: 2027-03-31
    ```

    ## Good
    ```yaml
    work_plan:
      phases:
        - name: Design
          start: 2027-02-01
    process:
      definitive_by: 2027-03-31
      interim_work:
        allowed: true
        what: the technical design
        cap: EUR 15,000
        paid_by: each
        ip: each party owns what it makes
    ```

    ## When to waive
    When the work before the agreement is that of one side alone, for itself.
    """
    signed = day(deal, deal, "process.definitive_by")
    if deal.has("process.interim_work"):
        yield from _interim_work_loose(deal)
        return
    if signed is None:
        return
    for phase in deal.each("work_plan.phases"):
        start = day(deal, phase, "start")
        if start and start < signed:
            yield Hit(
                "process.interim_work",
                f'"{brief(phase.name, 30)}" starts before the full agreement, on no terms',
                "process.interim_work",
            )
            return


def _interim_work_loose(deal: Deal) -> Iterator[Hit]:
    work = deal.get("process.interim_work")
    if work is None or deal.plain("process.interim_work.allowed") is not True:
        return
    nouns = {"cap": "no cap", "paid_by": "no payer", "ip": "no owner of its results"}
    lacking = unsaid(work, nouns)
    if lacking:
        text = f"work before the full agreement has {listed(nouns[key] for key in lacking)}"
        yield missing(work, lacking[0], text, "\n".join(f"{key}: open" for key in lacking))


@rule(
    "dates-agreement-after-start",
    severity="note",
    needs=("process.definitive_by", "term.effective"),
    help="let the term begin with the full agreement, or say what applies until then",
)
def agreement_after_start(deal: Deal) -> Iterator[Hit]:
    """The full agreement is signed before the term begins.

    ## Why
    Between the two days the parties perform a deal whose full terms are still in talks. Interim terms under
    `process.interim_work` bridge the gap.

    ## Bad
    ```yaml
    process:
      definitive_by: 2027-06-30
    term:
      effective: 2027-04-01
    ```

    ## Good
    ```yaml
    process:
      definitive_by: 2027-03-15
    term:
      effective: 2027-04-01
    ```

    ## When to waive
    When the term is meant to count back to an earlier day.
    """
    signed, start = day(deal, deal, "process.definitive_by"), start_of_term(deal)
    if signed and start and start < signed and not deal.has("process.interim_work"):
        yield Hit("process.definitive_by", f"the deal takes effect on {start}, before its full agreement")


@rule(
    "dates-milestone-outside-phase",
    needs="work_plan.phases",
    severity="warning",
    help="move the milestone into its phase, or to the phase in which it falls",
)
def milestone_outside_phase(deal: Deal) -> Iterator[Hit]:
    """A milestone falls within its phase.

    ## Why
    A milestone before its phase begins, or after the next one has begun, was left behind when the plan was moved. A
    few days after the phase, such as for a decision, are no defect as long as the next phase waits for it.

    ## Bad
    ```yaml
    work_plan:
      phases:
        - name: Preparation
          start: 2027-08-01
          end: 2027-09-30
          milestones:
            - name: Artwork approved
              due: 2027-10-08
        - name: Campaign
          start: 2027-10-01
          end: 2028-01-31
    ```

    ## Good
    ```yaml
    work_plan:
      phases:
        - name: Preparation
          start: 2027-08-01
          end: 2027-09-30
          milestones:
            - name: Artwork approved
              due: 2027-09-24
        - name: Campaign
          start: 2027-10-01
          end: 2028-01-31
    ```

    ## When to waive
    When a report on the phase is meant, and nothing waits for it.
    """
    phases = deal.each("work_plan.phases")
    starts = [day(deal, phase, "start") for phase in phases]
    for phase, start in zip(phases, starts, strict=True):
        end = day(deal, phase, "end")
        for milestone in phase.each("milestones"):
            due = day(deal, milestone, "due")
            name = brief(milestone.name, 30)
            if due and start and due < start:
                text = f'"{name}" is due on {due}, before its phase begins on {start}'
                yield Hit(milestone.below("due"), text)
            elif due and end and due > end and any(end <= other <= due for other in starts if other):
                text = f'"{name}" is due on {due}, after its phase and into the next'
                yield Hit(milestone.below("due"), text)


@rule(
    "dates-start-before-paper",
    needs="deal.date",
    severity="note",
    help="let the deal begin on or after the day of the paper, or say what the earlier day is for",
)
def start_before_paper(deal: Deal) -> Iterator[Hit]:
    """The deal does not take effect before the day of its paper.

    ## Why
    A day of effect in the past gives rights and duties for a time in which nobody had promised anything. Tax, the
    ownership of what was made and the start of every period hang on it.

    ## Bad
    ```yaml
    deal:
      title: Clinic monitoring
      date: 2027-02-10
    term:
      effective: 2027-01-01
      initial: 2 years
    ```

    ## Good
    ```yaml
    deal:
      title: Clinic monitoring
      date: 2027-02-10
    term:
      effective: 2027-03-01
      initial: 2 years
    ```

    ## When to waive
    There is nothing to waive: it is a note, shown only on request.
    """
    written, start, end = deal.parsed("deal.date", "date"), start_of_term(deal), end_of_term(deal)
    if written and start and start < written and not (end and end < written):
        yield Hit("term.effective", f"the deal takes effect on {start}, before the paper of {written}")
