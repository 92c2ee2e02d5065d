"""Dates: whether they stand in an order that time allows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from termsheet.deal import Deal, Node, once
from termsheet.rules.places import places
from termsheet.rules.rule import Hit, brief, listed, missing, quoted, rule, said, unsaid
from termsheet.rules.times import (
    Moment,
    before,
    day,
    day_of_paper,
    end,
    end_of_promises,
    end_of_term,
    may_go_on,
    moment,
    over_before_paper,
    signed,
    start_of_term,
)

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
_DUE = ("due", "by", "start", "first", "next", "end", "ends", "until", "expires", "definitive_by", "after")
_OWED = ("objectives", "contributions", "commercial.payments", "responsibilities", "work_plan", "metrics", "pilot",
         "papers", "conditions", "reports", "marketing", "enablement")  # fmt: skip


_Promise = tuple[str, str, Moment]
"""A day by which something is promised: its path, what a message calls it, and the day."""


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
    yields=("dates-out-of-order", "metrics-ramp-out-of-order", "pilot-decision-late", "pilot-after-term"),
    severity="warning",
    help="bring the date forward, lengthen the term, or say how the deal is renewed",
)
def promise_after_end(deal: Deal) -> Iterator[Hit]:
    """What is promised for a day falls due while the deal runs: targets, milestones, duties, deliverables.

    ## Why
    A target that falls due after the end is owed by nobody. It is a sign that the term and the plan were
    written by two people. Where the deal may be renewed, the first renewal counts with it.

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
    if over_before_paper(deal):
        return
    late = [(path, name, due) for path, name, due in _promises(deal) if _too_late(deal, due)]
    for path, name, due in late:
        inner = path.removesuffix(".end") + ".milestones"  # the milestones of a phase tell for its end
        if path.startswith(_OWED) and not any(other.startswith(inner) for other, _, _ in late):
            yield Hit(path, f"{name} is {due.words}, after {_the_end(end(deal))}")


@rule(
    "dates-over-before-paper",
    severity="error",
    help="correct the date of the paper, or the term",
)
def paper_after_end(deal: Deal) -> Iterator[Hit]:
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
    if over_before_paper(deal):
        written, end = deal.text("deal.date"), end_of_term(deal)
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
    if first and _after_first_term(deal, first) and not over_before_paper(deal):
        yield Hit(path, f"the first review is {first.at}, after {_the_end(over)}")


def _the_end(end: Moment) -> str:
    return f"the end on {end.day}" if end.day else "the end"


def _too_late(deal: Deal, due: Moment) -> bool:
    """Whether a point in time lies after the end, that of one renewal included."""
    if not may_go_on(deal):
        return before(end(deal), due)
    last = end_of_promises(deal)
    return bool(last and due.day and due.day > last)


def _after_first_term(deal: Deal, due: Moment) -> bool:
    last = end_of_term(deal)
    return bool(last and due.day and due.day > last) or _too_late(deal, due)


def _first_review(deal: Deal) -> str:
    return "review.first" if said(deal, "review.first") else "review.next"


@rule(
    "dates-target-before-review",
    needs=("metrics", "review"),
    yields=("metrics-target-before-baseline", "dates-before-paper", "dates-promise-before-start"),
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
    first = moment(deal, deal, _first_review(deal))
    if said(deal, "review.operational") or (first and _after_first_term(deal, first)):
        return
    piloted = {criterion.text("metric") for criterion in deal.each("pilot.criteria")}
    for metric in deal.each("metrics"):
        due = moment(deal, metric, "target.by")
        if due and before(due, first) and not (metric.text("id") and metric.text("id") in piloted):
            rest = f" is due {due.at}, before the first review"
            yield Hit(metric.below("target.by"), quoted(metric.name, rest))


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
    if said(deal, "process.interim_work"):
        yield from _interim_work_loose(deal)
        return
    early, written = _early_work(deal), day_of_paper(deal)
    start, lapses = day(deal, early, "start") if early else None, day(deal, deal, "process.expires")
    signed = day(deal, deal, "process.definitive_by")
    if not early or (lapses and signed and lapses < signed) or (written and start and start < written):
        return
    rest = " starts before the full agreement is due, with no terms until then"
    text = quoted(early.name, rest) if early.path != "pilot" else f"the pilot{rest}"
    yield missing(deal, "process.interim_work", text)


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
    written = deal.parsed("deal.date", "date")
    if begins is None or deal.has("process.interim_work") or (written and not day_of_paper(deal)):
        return
    for phase in deal.each("work_plan.phases"):
        start = day(deal, phase, "start")
        if start and start < begins and (signed is None or start >= signed):
            text = f'"{brief(phase.name, 24)}" starts on {start}, before the deal takes effect on {begins}'
            yield Hit(phase.below("start"), text)
            return


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
    bridged = said(deal, "process.interim_work") or deal.text("deal.binding") == "all"
    if signed and start and start < signed and not bridged and not _early_work(deal):
        yield Hit(
            "process.definitive_by", f"the deal takes effect on {start}, before its full agreement is due"
        )


@rule(
    "dates-milestone-outside-phase",
    needs="work_plan.phases",
    yields=("dates-out-of-order", "dates-before-paper", "dates-promise-after-end"),
    severity="warning",
    help="move the milestone into its phase, or to the phase in which it falls",
)
def milestone_outside_phase(deal: Deal) -> Iterator[Hit]:
    """A milestone falls within its phase.

    ## Why
    A milestone before its phase begins, or after the next one has begun, was left behind when the plan was moved. A
    few days after the phase, such as for a decision, are no defect as long as the next phase waits for it, or runs
    beside.

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
            elif due and end and due > end and _into_next(starts, start, end, due):
                text = f'"{name}" is due on {due}, after its phase and into the next'
                yield Hit(milestone.below("due"), text)


def _into_next(starts: list[date | None], start: date | None, end: date, due: date) -> bool:
    """Whether another phase has begun between the end of this one and the day, or runs beside it a month later."""
    beside = start if start and (due - end).days > 31 else end
    return any(end <= other <= due or beside < other <= due for other in starts if other)


@rule(
    "dates-start-before-paper",
    needs="deal.date",
    severity="warning",
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
    When the parties mean to settle what they have done since that day.
    """
    written, start, end = deal.parsed("deal.date", "date"), start_of_term(deal), end_of_term(deal)
    if written and start and start < written and not (end and end < written):
        yield Hit("term.effective", f"the deal takes effect on {start}, before the paper of {written}")


@rule(
    "dates-before-paper",
    needs="deal.date",
    yields=(
        "dates-out-of-order",
        "dates-work-before-agreement",
        "metrics-target-before-baseline",
        "metrics-ramp-out-of-order",
        "pilot-decision-early",
        "binding-expiry-before-agreement",
    ),
    severity="warning",
    help="correct the day, or the date of the paper; what is done already needs no day",
)
def before_paper(deal: Deal) -> Iterator[Hit]:
    """Nothing is promised for a day before the date of the paper.

    ## Why
    A duty that fell due before it was written down is either done, and then no duty, or copied from an
    earlier deal. A baseline and the facts of a patent may of course be older. Of work that began under a deal which
    takes effect before its paper, `dates-start-before-paper` tells.

    ## Bad
    ```yaml
    deal:
      title: Clinic monitoring
      date: 2027-03-01
    contributions:
      - by: acme
        what: 300 monitors
        due: 2026-05-31
    ```

    ## Good
    ```yaml
    deal:
      title: Clinic monitoring
      date: 2027-03-01
    contributions:
      - by: acme
        what: 300 monitors
        due: 2027-05-31
    ```

    ## When to waive
    When the paper records work that began before it.
    """
    written, back = day_of_paper(deal), start_of_term(deal)
    for path, name, due in _promises(deal) if written else ():
        begun = path.endswith(".start") and back is not None and due.day is not None and back <= due.day
        if written and due.day and due.day < written and not begun:
            yield Hit(path, f"{name} is {due.day}, before the date of this paper")


@rule(
    "dates-promise-before-start",
    needs="term.effective",
    severity="warning",
    help="let the term begin earlier, or give the promise more time",
)
def promise_before_start(deal: Deal) -> Iterator[Hit]:
    """Targets and objectives fall due, and reviews are held, after the deal has taken effect.

    ## Why
    Nobody owes a result before the deal takes effect. Contributions and preparatory work may come earlier.

    ## Bad
    ```yaml
    term:
      effective: 2027-06-01
    metrics:
      - name: Clinics live
        target:
          value: 40 clinics
          by: 2027-03-31
    ```

    ## Good
    ```yaml
    term:
      effective: 2027-01-01
    metrics:
      - name: Clinics live
        target:
          value: 40 clinics
          by: 2027-03-31
    ```

    ## When to waive
    When the result is a condition of the deal.
    """
    start, written = start_of_term(deal), deal.parsed("deal.date", "date")
    if start is None or (written and day_of_paper(deal) is None):
        return
    for path, name, due in _promises(deal):
        is_result = path.startswith(("metrics", "objectives", "review.first")) and ".ramp" not in path
        if is_result and due.day and due.day < start and not (written and due.day < written):
            yield Hit(path, f"{name} is {due.day}, before the deal takes effect on {start}")


@rule(
    "dates-far-start",
    needs=("deal.date", "term.effective"),
    severity="warning",
    help="correct the date of the paper, or the day on which the deal takes effect",
)
def far_start(deal: Deal) -> Iterator[Hit]:
    """The deal takes effect within a year of its paper.

    ## Why
    Figures, people and markets move in a year. A longer gap is more often a slip in one of the two dates.

    ## Bad
    ```yaml
    deal:
      title: Clinic monitoring
      date: 2017-01-15
    term:
      effective: 2027-03-01
    ```

    ## Good
    ```yaml
    deal:
      title: Clinic monitoring
      date: 2027-01-15
    term:
      effective: 2027-03-01
    ```

    ## When to waive
    When the deal waits for an approval or a building that takes longer.
    """
    written, start = deal.parsed("deal.date", "date"), start_of_term(deal)
    if written and start and (start - written).days > 366:
        yield Hit("term.effective", f"the paper is of {written}, and the deal takes effect only on {start}")


@rule(
    "dates-past-at-signature",
    since="signature",
    severity="note",
    help="give what is still owed a new day, and take out what is done",
)
def past_at_signature(deal: Deal) -> Iterator[Hit]:
    """A paper that nobody has signed yet promises nothing for a day that has passed.

    ## Why
    Talks take longer than planned, and the plan in the paper stays as it was. Who signs it is late on the day of
    signature. The day of the check is today, or that of `--as-of`; one finding stands for all such days. Once the
    signatories have their dates, the rule is silent: `termsheet due` tells what comes then.

    ## Bad
    ```yaml
    objectives:
      - text: Equip 40 clinics.
        due: 2026-10-31
    ```

    ## Good
    ```yaml
    objectives:
      - text: Equip 40 clinics.
        due: 2027-10-31
    ```

    ## When to waive
    There is nothing to waive: it is a note, shown only on request.
    """
    written = deal.parsed("deal.date", "date")
    past = [
        (due.day, path, name)
        for path, name, due in _promises(deal)
        if due.day and (written or due.day) <= due.day < deal.as_of
    ]
    if past and signed(deal) is None:
        first, path, name = min(past, key=lambda promise: promise[0])
        more = f", and {len(past) - 1} more" if len(past) > 1 else ""
        yield Hit(path, f"{name} has passed unsigned: {first}{more}")


@rule(
    "dates-paper-overdue",
    yields="dates-before-paper",
    needs="papers",
    since="signature",
    severity="warning",
    help="have it signed and give `status: signed` with its date, or agree on a new day",
)
def paper_overdue(deal: Deal) -> Iterator[Hit]:
    """An agreement that is still to be signed is not past the day on which it was to be.

    ## Why
    The deal leans on a paper that nobody has signed, such as the one on data protection, and the day that was set
    for it has gone by. The day of the check is today, or that of `--as-of`.

    ## Bad
    ```yaml
    papers:
      - title: Data processing agreement
        kind: data-processing
        status: to-be-signed
        due: 2026-12-18
    ```

    ## Good
    ```yaml
    papers:
      - title: Data processing agreement
        kind: data-processing
        status: signed
        date: 2026-12-16
    ```

    ## When to waive
    When what follows from the delay (`if_not`) is what the parties want.
    """
    for paper in deal.each("papers"):
        due = day(deal, paper, "due")
        if paper.text("status") == "to-be-signed" and due and due < deal.as_of:
            text = f" was to be signed by {due}, and is not"
            yield Hit(paper.below("due"), quoted(paper.name, text))


@once
def _promises(deal: Deal) -> list[_Promise]:
    """Every day by which something is promised, but for the term itself."""
    return [*_dated(deal)]


def _dated(deal: Deal) -> Iterator[_Promise]:
    for route, value, schema in places(deal):
        if not route or route[0] in ("term", "deal") or not isinstance(value, dict):
            continue
        known = schema.get("properties", {})
        keys = [key for key in _DUE if key in value and known.get(key, {}).get("$ref") == "#/$defs/when"]
        node = deal.get_route(route) if keys else None
        if node is None or node.text("status") == "signed":
            continue
        for key in keys:
            if due := moment(deal, node, key):
                yield node.below(key), _called(deal, node, key), due


def _called(deal: Deal, node: Node, key: str) -> str:
    """What a message calls a day: the name of its entry, or of the entry around it, with the key where that helps."""
    for depth in range(len(node.route), 0, -1):
        if isinstance(node.route[depth - 1], int):
            entry = deal.get_route(node.route[:depth])
            if entry and entry.name != entry.path and not entry.name[:1].isdigit():
                return f'the day (`{key}`) of "{brief(entry.name, 20)}"'
    return f"`{node.below(key)}`"
