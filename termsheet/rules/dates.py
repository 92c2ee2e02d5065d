"""Dates: whether they stand in an order that time allows."""

from __future__ import annotations

from collections.abc import Iterator

from termsheet.deal import Deal, Node
from termsheet.rules.places import places
from termsheet.rules.rule import Hit, missing, quoted, rule, said
from termsheet.rules.times import Moment, before, day, end, end_of_term, may_go_on, moment, start_of_term

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
    which of the two dates was agreed. Dates are compared, and times that are counted from one event.

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
        if not isinstance(value, dict):
            continue
        node = Node(deal, route, value)
        for first, last in _PAIRS:
            if first not in value or last not in value:
                continue
            begins, ends = moment(deal, node, first), moment(deal, node, last)
            if begins and ends and before(ends, begins):
                text = f"`{last}` ({ends.words}) comes before `{first}` ({begins.words})"
                yield Hit(node.below(last), text)
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
    if may_go_on(deal):
        return
    over = end(deal)
    dated = [
        *((entry, "target.by") for entry in deal.each("metrics")),
        *((entry, "due") for entry in deal.each("objectives")),
        *((entry, "due") for phase in deal.each("work_plan.phases") for entry in phase.each("milestones")),
    ]
    for entry, key in dated:
        due = moment(deal, entry, key)
        if due and before(over, due):
            rest = f" is due {due.at}, after {_the_end(over)}"
            yield Hit(entry.below(key), quoted(entry.name, rest))


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
    written, over = deal.parsed("deal.date", "date"), end_of_term(deal)
    if written and over and over < written and not may_go_on(deal):
        yield Hit("deal.date", f"the paper is of {written}, and the deal ended on {over}")


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
    first quarter. A deal that may be renewed is passed over.

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
    path = _first_review(deal)
    first, over = moment(deal, deal, path), end(deal)
    if first and not may_go_on(deal) and before(over, first):
        yield Hit(path, f"the first review is {first.at}, after {_the_end(over)}")


def _the_end(end: Moment) -> str:
    return f"the end on {end.day}" if end.day else "the end"


def _first_review(deal: Deal) -> str:
    return "review.first" if said(deal, "review.first") else "review.next"


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
    anyone looks. Where the managers look at the figures in between (`review.operational`), or the metric
    decides a pilot, somebody does.

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
    When nothing could be steered before it, such as a target of a single day.
    """
    if said(deal, "review.operational"):
        return
    piloted = {criterion.text("metric") for criterion in deal.each("pilot.criteria")}
    first = moment(deal, deal, _first_review(deal))
    for metric in deal.each("metrics"):
        due = moment(deal, metric, "target.by")
        if due and before(due, first) and not (metric.text("id") and metric.text("id") in piloted):
            rest = f" is due {due.at}, before the first review"
            yield Hit(metric.below("target.by"), quoted(metric.name, rest))


@rule(
    "dates-work-before-agreement",
    needs="process.definitive_by",
    severity="warning",
    help="say under `process.interim_work` whether work may start, up to what cost, and who owns it",
)
def work_before_agreement(deal: Deal) -> Iterator[Hit]:
    """Where work starts before the full agreement, the deal says on what terms.

    ## Why
    Work that is done on the strength of a term sheet has led to some of the dearest disputes about whether
    there was a contract. It needs a cap, a payer and an owner of what it makes, or a line that nobody starts.
    A pilot is work too. Where all of this paper binds, its own terms hold until then.

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
    early = _early_work(deal)
    if early:
        rest = " starts before the full agreement is due, with no terms until then"
        text = quoted(early.name, rest) if early.path != "pilot" else f"the pilot{rest}"
        yield missing(deal, "process.interim_work", text)


def _early_work(deal: Deal) -> Node | None:
    """The first phase, or the pilot, that starts before the full agreement with no terms to hold until then."""
    signed = day(deal, deal, "process.definitive_by")
    if signed is None or said(deal, "process.interim_work") or deal.text("deal.binding") == "all":
        return None
    for work in (*deal.each("work_plan.phases"), deal.get("pilot")):
        start = day(deal, work, "start") if work else None
        if start and start < signed:
            return work
    return None


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
    bridged = said(deal, "process.interim_work") or deal.text("deal.binding") == "all"
    if signed and start and start < signed and not bridged and not _early_work(deal):
        yield Hit(
            "process.definitive_by", f"the deal takes effect on {start}, before its full agreement is due"
        )
