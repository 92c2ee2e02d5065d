"""Dates: whether they stand in an order that time allows."""

from __future__ import annotations

from collections.abc import Iterator

from termsheet.deal import Deal
from termsheet.rules.places import places
from termsheet.rules.rule import Hit, brief, rule
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
    """Targets, objectives and milestones fall due while the deal runs.

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
    ]
    for entry, key in dated:
        due = day(deal, entry, key)
        if due and due > end:
            yield Hit(entry.below(key), f'"{brief(entry.name)}" is due on {due}, after the end on {end}')
    for phase in deal.each("work_plan.phases"):
        last, steps = day(deal, phase, "end"), [day(deal, step, "due") for step in phase.each("milestones")]
        if last and last > end and not any(step and step > end for step in steps):
            yield Hit(phase.below("end"), f'"{brief(phase.name)}" runs until {last}, after the end on {end}')


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
    first = day(deal, deal, "review.first")
    for metric in deal.each("metrics") if first else ():
        due = day(deal, metric, "target.by")
        if first and due and due < first:
            yield Hit(
                metric.below("target.by"),
                f'"{brief(metric.name, 30)}" is due on {due}, before the first review',
            )


@rule(
    "dates-work-before-agreement",
    needs=("work_plan", "process.definitive_by"),
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
    node = deal.get("process")
    if signed is None or node is None or deal.has("process.interim_work"):
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


@rule(
    "dates-work-before-term",
    needs=("work_plan.phases", "term.effective"),
    severity="warning",
    help="let the deal take effect when the work begins, or set terms under `process.interim_work`",
)
def work_before_term(deal: Deal) -> Iterator[Hit]:
    """No phase of the work begins before the deal takes effect.

    ## Why
    Until the first day of the term there is no licence, no duty and no cap, and work that is done is done at
    the risk of who does it. One finding is enough; a phase that starts before the full agreement is told by
    `dates-work-before-agreement`.

    ## Bad
    ```yaml
    work_plan:
      phases:
        - name: Launch
          start: 2027-06-01
    term:
      effective: 2027-07-01
    ```

    ## Good
    ```yaml
    work_plan:
      phases:
        - name: Launch
          start: 2027-07-01
    term:
      effective: 2027-07-01
    ```

    ## When to waive
    When the term only counts the years of sale, and the paper binds from signature.
    """
    begins, signed = start_of_term(deal), day(deal, deal, "process.definitive_by")
    if begins is None or deal.has("process.interim_work"):
        return
    for phase in deal.each("work_plan.phases"):
        start = day(deal, phase, "start")
        if start and start < begins and (signed is None or start >= signed):
            text = f'"{brief(phase.name, 24)}" starts on {start}, before the deal takes effect on {begins}'
            yield Hit(phase.below("start"), text)
            return


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
    told = any(work_before_agreement.check(deal))  # work that starts as well is the graver half of the same
    if signed and start and start < signed and not deal.has("process.interim_work") and not told:
        yield Hit("process.definitive_by", f"the deal takes effect on {start}, before its full agreement")
