"""Metrics: how success is measured, from where, to where, by when and by whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from termsheet.deal import Deal, Node
from termsheet.pattern import pattern
from termsheet.rules.rule import Hit, brief, by_type, limits, missing, rule, said, unclear, unsaid
from termsheet.rules.times import day, day_of_paper, end_of_term, may_go_on, start_of_term
from termsheet.values.calendar import add
from termsheet.values.duration import Duration
from termsheet.values.measure import Measure

_LIGHT = by_type(warning="licensing referral reseller co-development")
_SCORECARD = by_type(note="licensing referral reseller co-development pilot")
_TOP = ("joint-leads", "media-mentions", "social-engagement", "sentiment", "joint-sessions")
_HALF_YEAR, _YEAR = Duration(6, "month"), Duration(1, "year")


@rule(
    "metrics-missing",
    severity="error",
    types=by_type(warning="licensing referral reseller"),
    help="name what will be measured, each with a baseline, a dated target and an owner",
)
def no_metrics(deal: Deal) -> Iterator[Hit]:
    """The deal has metrics.

    ## Why
    The article "Why Strategic Partnerships Fail and How to Succeed" names metrics among the four key
    elements. Of the 202 public partnership contracts that we counted, at most 34 % set any measurable target;
    the others cannot tell whether they worked.

    ## Bad
    ```yaml
    objectives:
      - text: Grow in Ireland.
    ```

    ## Good
    ```yaml
    metrics:
      - name: Clinics live
        owner: borealis
        source: clinic register of Borealis
        baseline:
          value: 0 clinics
        target:
          value: 40 clinics
          by: 2027-12-31
    ```

    ## When to waive
    When money alone measures the deal and `commercial` says how.
    """
    if not said(deal, "metrics"):
        yield missing(deal, "metrics", "the deal does not say how success is measured")


@rule(
    "metrics-no-baseline",
    needs="metrics",
    severity="error",
    types=_LIGHT,
    help="give the value before the start, with its date and source; `none` where there is none",
)
def no_baseline(deal: Deal) -> Iterator[Hit]:
    """Each metric has a baseline.

    ## Why
    The article "Why Strategic Partnerships Fail and How to Succeed" advises to set baselines before the
    launch. Growth of a fifth means nothing without the number that it grows from, and after the launch nobody
    can measure it any more. Of the 202 public partnership contracts that we counted, 3 % have one.

    ## Bad
    ```yaml
    metrics:
      - name: Clinics live
        target:
          value: 40 clinics
          by: 2027-12-31
    ```

    ## Good
    ```yaml
    metrics:
      - name: Clinics live
        baseline:
          value: 0 clinics
          as_of: signature
        target:
          value: 40 clinics
          by: 2027-12-31
    ```

    ## When to waive
    For something wholly new, write `baseline: none`; for one to be measured, `baseline: open`.
    """
    for metric in deal.each("metrics"):
        if not said(metric, "baseline.value"):
            path = "baseline.value" if said(metric, "baseline") else "baseline"
            yield missing(metric, path, f'"{brief(metric.name)}" has no baseline')


@rule(
    "metrics-no-target",
    needs="metrics",
    severity="error",
    types=_LIGHT,
    help="give the value to reach and the date by which",
)
def no_target(deal: Deal) -> Iterator[Hit]:
    """Each metric has a target: a value and a date.

    ## Why
    The article "Why Strategic Partnerships Fail and How to Succeed" gives the pattern: so many percent more,
    within so many months. A value without a date is never missed, and a date without a value is never met.
    The steps of a `ramp` count as targets, and so does the threshold in a deal that is a pilot.

    ## Bad
    ```yaml
    metrics:
      - name: Clinics live
        target:
          value: 40 clinics
    ```

    ## Good
    ```yaml
    metrics:
      - name: Clinics live
        target:
          value: 40 clinics
          by: 12 months after launch
    events:
      - id: launch
        means: the day on which the first clinic is live
    ```

    ## When to waive
    For a figure that is only watched, such as a warning sign.
    """
    decided = {entry.text("metric") for entry in deal.each("pilot.criteria") if said(entry, "threshold")}
    for metric in deal.each("metrics"):
        name = brief(metric.name)
        if not said(metric, "target"):
            piloted = "pilot" in deal.types and metric.text("id") in decided - {""}
            steps = "steps and no target" if said(metric, "ramp") else "no target"
            if not piloted:
                yield missing(metric, "target", f'"{name}" has {steps}')
        elif not said(metric, "target.value"):
            yield missing(metric, "target.value", f'the target of "{name}" has no value')
        elif not said(metric, "target.by"):
            yield missing(metric, "target.by", f'the target of "{name}" has no date')


@rule(
    "metrics-no-owner",
    needs="metrics",
    severity="error",
    types=_LIGHT,
    help="name who answers for the figure",
)
def no_owner(deal: Deal) -> Iterator[Hit]:
    """Each metric has an owner.

    ## Why
    Somebody has to fetch the figure, and to explain it when it falls. An article on failing partnerships
    puts missed quotas down to indicators that were not properly set. A party, a person or a body may own
    it; `jointly` is an answer, and so is `joint: true`.

    ## Bad
    ```yaml
    metrics:
      - name: Clinics live
    ```

    ## Good
    ```yaml
    metrics:
      - name: Clinics live
        owner: borealis
    ```

    ## When to waive
    When one person owns all figures and `communication.dashboard.owner` names that person.
    """
    for metric in deal.each("metrics"):
        joint = metric.plain("joint") is True or unclear(metric, "joint")
        if not said(metric, "owner") and not joint:
            yield missing(metric, "owner", f'nobody answers for "{brief(metric.name)}"')


@rule(
    "metrics-not-defined",
    needs="metrics",
    severity="warning",
    help="say what exactly is counted, and in which system it can be read",
)
def not_defined(deal: Deal) -> Iterator[Hit]:
    """Each metric says what is counted and where the figure comes from.

    ## Why
    Two systems count "a qualified lead" in two ways, and both parties are right. The article "Are Internal
    Obstacles Making Your Partnership Strategy Transactional Instead of Transformational?" calls clean data
    paramount. Settle the definition and the source while nothing hangs on it.

    ## Bad
    ```yaml
    metrics:
      - name: Qualified leads
        owner: acme
    ```

    ## Good
    ```yaml
    metrics:
      - name: Qualified leads
        owner: acme
        definition: contacts who asked for a demonstration and can decide on a purchase
        source: CRM of Acme
    ```

    ## When to waive
    When the name alone defines the figure, such as invoiced revenue.
    """
    for metric in deal.each("metrics"):
        lacking = unsaid(metric, ("definition", "source"))
        if lacking:
            stub = "\n".join(f"{key}: open" for key in lacking)
            yield missing(
                metric, lacking[0], f'"{brief(metric.name)}" has no {" and no ".join(lacking)}', stub
            )


@rule(
    "metrics-target-before-baseline",
    needs="metrics",
    severity="error",
    since="sketch",
    help="put the target after the day of the baseline",
)
def target_before_baseline(deal: Deal) -> Iterator[Hit]:
    """A target falls due after the day of its baseline.

    ## Why
    Growth needs two days. A target that is due on or before the day of its baseline compares a number with
    itself, or was carried over from last year's plan.

    ## Bad
    ```yaml
    metrics:
      - name: Clinics live
        baseline:
          value: 4 clinics
          as_of: 2027-12-31
        target:
          value: 40 clinics
          by: 2027-06-30
    ```

    ## Good
    ```yaml
    metrics:
      - name: Clinics live
        baseline:
          value: 4 clinics
          as_of: 2026-12-31
        target:
          value: 40 clinics
          by: 2027-06-30
    ```

    ## When to waive
    Never.
    """
    for metric in deal.each("metrics"):
        since, due = day(deal, metric, "baseline.as_of"), day(deal, metric, "target.by")
        if since and due and due <= since:
            text = f'"{brief(metric.name, 30)}" is due on {due}, but its baseline is of {since}'
            yield Hit(metric.below("target.by"), text)


@rule(
    "metrics-ramp-out-of-order",
    needs="metrics",
    yields="metrics-target-before-baseline",
    severity="error",
    since="sketch",
    help="put the steps in the order of their days, none later than the target",
)
def ramp_out_of_order(deal: Deal) -> Iterator[Hit]:
    """The steps of a ramp follow one another, and none comes after the target.

    ## Why
    A step that falls due after the target, or before the step above it, was not moved when the plan was.

    ## Bad
    ```yaml
    metrics:
      - name: Clinics live
        target:
          value: 40 clinics
          by: 2027-12-31
        ramp:
          - by: 2028-06-30
            value: 20 clinics
    ```

    ## Good
    ```yaml
    metrics:
      - name: Clinics live
        target:
          value: 40 clinics
          by: 2027-12-31
        ramp:
          - by: 2027-06-30
            value: 20 clinics
    ```

    ## When to waive
    Never.
    """
    for metric in deal.each("metrics"):
        steps = [found for step in metric.each("ramp") if (found := day(deal, step, "by"))]
        last = day(deal, metric, "target.by")
        if steps != sorted(steps) or (last and steps and steps[-1] > last):
            text = f'the steps of "{brief(metric.name)}" are not in the order of their days'
            yield Hit(metric.below("ramp"), text)


@rule(
    "metrics-one-category",
    needs="metrics",
    severity="warning",
    types=_SCORECARD,
    help="add a metric of another category: financial, operational, strategic or relational",
)
def one_category(deal: Deal) -> Iterator[Hit]:
    """The metrics are not all of one category.

    ## Why
    The articles ask for a scorecard: money alone shows last quarter, and activity alone shows nothing that
    lasts. The rule speaks where there are two or more metrics, and each names its category.

    ## Bad
    ```yaml
    metrics:
      - name: Clinics live
        category: operational
      - name: Readings sent
        category: operational
    ```

    ## Good
    ```yaml
    metrics:
      - name: Clinics live
        category: operational
      - name: Device sales
        category: financial
    ```

    ## When to waive
    When another paper holds the other side of the scorecard.
    """
    kinds = [metric.text("category") for metric in deal.each("metrics")]
    if len(kinds) > 1 and all(kinds) and len(set(kinds)) == 1 and not unclear(deal, "metrics"):
        yield Hit("metrics", f"every metric is of one category: {kinds[0]}")


@rule(
    "metrics-all-leading",
    needs="metrics",
    severity="warning",
    types=_SCORECARD,
    help="add a metric that shows results, such as revenue or customers kept",
)
def all_leading(deal: Deal) -> Iterator[Hit]:
    """Some metric shows results, and not activity alone.

    ## Why
    Leads, sessions and mentions are the top of the funnel. A deal that measures nothing else can be busy for
    years and earn nothing.

    ## Bad
    ```yaml
    metrics:
      - name: Joint leads
        kind: leading
      - name: Webinars held
        kind: leading
    ```

    ## Good
    ```yaml
    metrics:
      - name: Joint leads
        kind: leading
      - name: Orders from joint leads
        kind: lagging
    ```

    ## When to waive
    For a first campaign that is to show no more than interest.
    """
    metrics = deal.each("metrics")
    if unclear(deal, "metrics") or not metrics:
        return
    if all(_leading(metric) for metric in metrics):
        yield Hit("metrics", "every metric shows activity, and none a result")


def _leading(metric: Node) -> bool:
    """Whether a metric shows activity: as it says itself, or else by its entry of the catalogue."""
    if metric.has("kind"):
        return metric.text("kind") == "leading"
    return metric.text("catalogue") in _TOP


@rule(
    "metrics-all-lagging",
    needs="metrics",
    severity="note",
    help="add a metric that moves early, such as leads or sites under way",
)
def all_lagging(deal: Deal) -> Iterator[Hit]:
    """Some metric shows early whether the results will come.

    ## Why
    Revenue tells after a year that the first month went wrong. A leading figure lets the first review steer.

    ## Bad
    ```yaml
    metrics:
      - name: Device sales
        kind: lagging
      - name: Clinics kept
        kind: lagging
    ```

    ## Good
    ```yaml
    metrics:
      - name: Device sales
        kind: lagging
      - name: Clinics visited
        kind: leading
    ```

    ## When to waive
    When results come within weeks.
    """
    kinds = [metric.text("kind") for metric in deal.each("metrics")]
    if len(kinds) > 1 and set(kinds) == {"lagging"} and not unclear(deal, "metrics"):
        yield Hit("metrics", "every metric shows results that come late, and none shows them coming")


@rule(
    "metrics-nothing-beyond-a-year",
    needs="metrics",
    severity="warning",
    help="set a target beyond the first twelve months",
)
def nothing_beyond_a_year(deal: Deal) -> Iterator[Hit]:
    """A strategic deal measures something beyond twelve months.

    ## Why
    The articles set quick wins, a transactional mind, against partnerships that are built to last. One that
    is meant to last and measures only its first year is judged as a campaign. The rule speaks where
    `deal.intent` is `strategic`, every date is known, and the deal itself runs beyond its first year.

    ## Bad
    ```yaml
    deal:
      title: Clinic alliance
      intent: strategic
    term:
      effective: 2027-01-01
    metrics:
      - name: Clinics live
        target:
          value: 40 clinics
          by: 2027-12-31
    ```

    ## Good
    ```yaml
    deal:
      title: Clinic alliance
      intent: strategic
    term:
      effective: 2027-01-01
    metrics:
      - name: Clinics live
        target:
          value: 40 clinics
          by: 2028-12-31
    ```

    ## When to waive
    When the targets of later years are set at a yearly review, and `review.agenda` says so.
    """
    start, end = start_of_term(deal), end_of_term(deal)
    year = add(start, _YEAR) if start else None
    if year is None or deal.text("deal.intent") != "strategic" or unclear(deal, "metrics"):
        return
    if end and end <= year and not may_go_on(deal):
        return
    days = [found for metric in deal.each("metrics") for found in _due(deal, metric)]
    if all(found and found <= year for found in days):
        yield Hit("metrics", "the deal is strategic, and measures nothing beyond its first year")


def _due(deal: Deal, metric: Node) -> list[date | None]:
    """The days of the target and of the steps on the way; None where one is not known, or there is none."""
    days = [day(deal, step, "by") for step in metric.each("ramp")]
    if unclear(metric, "ramp"):
        days.append(None)
    if said(metric, "target.by") or not days:
        days.append(day(deal, metric, "target.by"))
    return days


@rule(
    "metrics-no-ramp",
    needs=("metrics", "term"),
    yields=("metrics-target-before-baseline", "metrics-units-differ"),
    severity="warning",
    types=by_type(note="licensing co-marketing referral reseller", off="pilot"),
    help="add a step on the way, or a metric that stands in until results show (`interim: true`)",
)
def no_ramp(deal: Deal) -> Iterator[Hit]:
    """A result that is due late has a step on the way.

    ## Why
    The articles warn against expecting results in the first months. A lagging figure with one far target is
    red, or unknown, until it is too late to act. Late is more than six months after the start.

    ## Bad
    ```yaml
    term:
      effective: 2027-01-01
    metrics:
      - name: Device sales
        kind: lagging
        target:
          value: 3400 devices
          by: 2028-12-31
    ```

    ## Good
    ```yaml
    term:
      effective: 2027-01-01
    metrics:
      - name: Device sales
        kind: lagging
        target:
          value: 3400 devices
          by: 2028-12-31
        ramp:
          - by: 2027-12-31
            value: 1000 devices
    ```

    ## When to waive
    When nothing can be read before the end, such as a harvest.
    """
    start = start_of_term(deal)
    soon = add(start, _HALF_YEAR) if start else None
    if soon is None or any(metric.plain("interim") is True for metric in deal.each("metrics")):
        return
    for metric in deal.each("metrics"):
        due = day(deal, metric, "target.by")
        if due and due > soon and metric.text("kind") == "lagging" and not said(metric, "ramp"):
            text = f'"{brief(metric.name)}" has one far target and no step on the way'
            yield missing(metric, "ramp", text, "ramp: open")


@rule(
    "metrics-read-too-seldom",
    needs=("metrics", "review.every"),
    severity="warning",
    types=by_type(note="licensing"),
    help="read the figure at least as often as the parties review it",
)
def read_too_seldom(deal: Deal) -> Iterator[Hit]:
    """Each metric is read at least as often as the results are reviewed.

    ## Why
    A review of a figure that has not moved since the last one reviews nothing: nobody looks at that metric in
    the time between. A figure whose source is made once a year, such as audited accounts, cannot be read sooner.

    ## Bad
    ```yaml
    metrics:
      - name: Device sales
        every: yearly
    review:
      every: quarterly
    ```

    ## Good
    ```yaml
    metrics:
      - name: Device sales
        every: monthly
    review:
      every: quarterly
    ```

    ## When to waive
    For a figure that others publish once a year.
    """
    review = deal.parsed("review.every", "cadence")
    for metric in deal.each("metrics") if review else ():
        every = metric.parsed("every", "cadence")
        yearly = _YEARLY.search(metric.text("source"))
        if every and every.days > review.days + 3 and not yearly:
            often = deal.text("review.every")
            text = f'"{brief(metric.name, 30)}" is read {metric.text("every")}, and reviewed {often}'
            yield Hit(metric.below("every"), text)


@rule(
    "metrics-twice",
    needs="metrics",
    severity="error",
    since="sketch",
    help="keep one of them, or limit each by `territory` or `for`",
)
def twice(deal: Deal) -> Iterator[Hit]:
    """No metric is written twice.

    ## Why
    Two entries of one name have two targets sooner or later, and each side reports the one that it meets.

    ## Bad
    ```yaml
    metrics:
      - name: Clinics live
        target:
          value: 40 clinics
          by: 2027-12-31
      - name: clinics live
        target:
          value: 60 clinics
          by: 2027-12-31
    ```

    ## Good
    ```yaml
    metrics:
      - name: Clinics live
        target:
          value: 40 clinics
          by: 2027-12-31
    ```

    ## When to waive
    When they are read in two territories, and `territory` says so.
    """
    seen: set[tuple[str, ...]] = set()
    for metric in deal.each("metrics"):
        key = (" ".join(metric.text("name").lower().split()), *limits(metric))
        if key[0] and key in seen:
            yield Hit(metric.path, f'"{brief(metric.name)}" stands twice among the metrics')
        seen.add(key)


@rule(
    "metrics-target-reached",
    yields="objectives-metric-differs",
    needs="metrics",
    severity="warning",
    help="set a target that asks for more than there is, or turn the sign",
)
def target_reached(deal: Deal) -> Iterator[Hit]:
    """A target is not met by the baseline already.

    ## Why
    A target that is met on the first day asks for nothing, and may let a figure get worse. It is often a sign
    that points the wrong way. Only targets with a sign, such as `<= 3%`, are compared, and no baseline of
    zero, which stands before the work has begun.

    ## Bad
    ```yaml
    metrics:
      - name: Clinics lost in a year
        baseline:
          value: 2%
        target:
          value: "<= 3%"
          by: 2027-12-31
    ```

    ## Good
    ```yaml
    metrics:
      - name: Clinics lost in a year
        baseline:
          value: 2%
        target:
          value: "<= 1%"
          by: 2027-12-31
    ```

    ## When to waive
    When the aim is to hold a figure while others change.
    """
    for metric in deal.each("metrics"):
        now, aim = metric.parsed("baseline.value", "measure"), metric.parsed("target.value", "measure")
        if not now or not aim or _unit(now) != _unit(aim) or not now.number:
            continue
        is_met = {
            "at least": now.number >= aim.number,
            "at most": now.number <= aim.number,
            "more than": now.number > aim.number,
            "less than": now.number < aim.number,
        }
        if is_met.get(aim.comparator):
            values = (brief(metric.text(key), 16) for key in ("baseline.value", "target.value"))
            text = f'"{brief(metric.name, 30)}" is at {", and the target is ".join(values)}'
            yield Hit(metric.below("target.value"), text)


@rule(
    "metrics-ramp-turns-back",
    needs="metrics",
    severity="warning",
    help="let each step be nearer to the target than the one before",
)
def ramp_turns_back(deal: Deal) -> Iterator[Hit]:
    """Each step of a ramp is nearer to the target than the one before.

    ## Why
    A step that goes back is mostly a slip of the pen, and the review that is held on its day will count as a
    success what is a loss.

    ## Bad
    ```yaml
    metrics:
      - name: Clinics live
        target:
          value: 40 clinics
          by: 2028-06-30
        ramp:
          - by: 2027-06-30
            value: 20 clinics
          - by: 2027-12-31
            value: 15 clinics
    ```

    ## Good
    ```yaml
    metrics:
      - name: Clinics live
        target:
          value: 40 clinics
          by: 2028-06-30
        ramp:
          - by: 2027-06-30
            value: 20 clinics
          - by: 2027-12-31
            value: 30 clinics
    ```

    ## When to waive
    When the figure moves with the seasons.
    """
    for metric in deal.each("metrics"):
        places = [*((step, "value") for step in metric.each("ramp")), (metric, "target.value")]
        steps = [node.parsed(key, "measure") for node, key in places]
        if len(steps) < 3 or not all(steps) or len({_unit(step) for step in steps}) > 1:
            continue
        numbers = [step.number for step in steps]
        if numbers not in (sorted(numbers), sorted(numbers, reverse=True)):
            shown = ", ".join(f"{number:,f}" for number in numbers)
            yield Hit(
                metric.below("ramp"), f'the steps of "{brief(metric.name, 30)}" turn back: {brief(shown, 36)}'
            )


@rule(
    "metrics-no-objective",
    needs=("objectives", "metrics"),
    severity="note",
    help="name the objective that it serves, or leave the metric out",
)
def no_objective(deal: Deal) -> Iterator[Hit]:
    """Where metrics are tied to objectives, none is left out.

    ## Why
    The articles ask for indicators that serve the shared goals. A figure that serves none is fetched and
    discussed in every review, and nothing follows from it. The rule speaks only where at least one metric has
    its objective.

    ## Bad
    ```yaml
    objectives:
      - id: growth
        text: Sell devices to 40 clinics in Ireland.
    metrics:
      - name: Clinics live
        objective: growth
      - name: Visits to the website
    ```

    ## Good
    ```yaml
    objectives:
      - id: growth
        text: Sell devices to 40 clinics in Ireland.
    metrics:
      - name: Clinics live
        objective: growth
      - name: Clinics visited
        objective: growth
    ```

    ## When to waive
    For a figure that is only watched, such as a warning sign.
    """
    objectives = deal.each("objectives")
    if unclear(deal, "objectives") or any(unclear(entry, "metric") for entry in objectives):
        return
    named = {entry.text("metric") for entry in objectives} - {""}
    metrics = deal.each("metrics")
    tied = [said(metric, "objective") or metric.text("id") in named for metric in metrics]
    for metric, is_tied in zip(metrics, tied, strict=True):
        if any(tied) and not is_tied:
            text = f'"{brief(metric.name)}" serves no objective'
            yield missing(metric, "objective", text, "objective: open")


@rule(
    "metrics-not-reported",
    needs="metrics",
    severity="note",
    help="name a dashboard, a report, or how long before a review the figures are sent",
)
def not_reported(deal: Deal) -> Iterator[Hit]:
    """The deal says how the figures reach both sides.

    ## Why
    The articles advise a shared dashboard, and open, regular reports up to those who decide. A figure that one
    side fetches and keeps is argued about when it is late and when it is bad.

    ## Bad
    ```yaml
    metrics:
      - name: Clinics live
        owner: borealis
    ```

    ## Good
    ```yaml
    metrics:
      - name: Clinics live
        owner: borealis
    reports:
      - by: borealis
        to: acme
        every: monthly
        shows: the clinics live, by county
    ```

    ## When to waive
    When both read the figures in one system.
    """
    if not any(said(deal, path) for path in ("reports", "communication.dashboard", "review.data_before")):
        yield missing(deal, "reports", "the deal does not say how the figures reach both sides")


@rule(
    "metrics-units-differ",
    needs="metrics",
    severity="error",
    since="sketch",
    help="give the baseline, the steps and the target in one unit",
)
def units_differ(deal: Deal) -> Iterator[Hit]:
    """The baseline and the target of a metric are of one kind: a count, a share, or money of one currency.

    ## Why
    From 0 % to 12 voyages is no way that anyone can measure: one of the two belongs to another metric.

    ## Bad
    ```yaml
    metrics:
      - name: Clinics live
        baseline:
          value: 10%
        target:
          value: 40 clinics
    ```

    ## Good
    ```yaml
    metrics:
      - name: Clinics live
        baseline:
          value: 10 clinics
        target:
          value: 40 clinics
    ```

    ## When to waive
    Never.
    """
    for metric in deal.each("metrics"):
        known = [
            (entry.below(key), entry.text(key), _kind(deal, value))
            for entry, key in [
                (metric, "target.value"),
                (metric, "baseline.value"),
                *((step, "value") for step in metric.each("ramp")),
            ]
            if (value := entry.parsed(key, "measure")) is not None and _kind(deal, value)
        ]
        for path, text, kind in known[1:]:
            if kind != known[0][2]:
                words = f"{brief(text, 20)} and {brief(known[0][1], 20)}"
                yield Hit(path, f'"{brief(metric.name, 30)}" is given in two units: {words}')
                break


def _kind(deal: Deal, value: Measure) -> str:
    """A currency, `share` or `count`; nothing for a bare number, which may stand for any of them."""
    if value.money is not None:
        return value.money.currency or deal.text("deal.currency")
    return "share" if value.rate is not None else "count" if value.unit else ""


def _unit(value: Measure) -> tuple[str, bool, str]:
    """What a value counts: two values can be compared where it is the same."""
    return value.unit.lower(), value.rate is not None, value.money.currency if value.money else ""


_YEARLY = pattern(r"\b(?:audited|annual|yearly)\b", re.IGNORECASE)
_AIM = pattern(
    r"(?:improve[ds]?|improving|improvement|better|increas(?:ed?|ing)|enhanced?|greater|higher|lower|reduced?|reduction"
    r"|fewer|more|stronger|faster)\b",
    re.IGNORECASE,
)
_COUNTED = pattern(
    r"\b(?:divided|than|against|compared|relative to|less|minus|share of|number of)\b|[%/÷]", re.IGNORECASE
)


@rule(
    "metrics-defined-by-aim",
    needs="metrics",
    severity="warning",
    help="say what is counted; the direction belongs under `target`",
)
def defined_by_aim(deal: Deal) -> Iterator[Hit]:
    """The definition of a metric says what is counted, and not that it should be better.

    ## Why
    "Improved availability" can be true or false, and has no figure. Two people who count it count two things.

    ## Bad
    ```yaml
    metrics:
      - name: Availability
        definition: improved availability of devices
    ```

    ## Good
    ```yaml
    metrics:
      - name: Availability
        definition: hours in which a device answers, divided by the hours of the month
    ```

    ## When to waive
    When the name alone defines the figure.
    """
    for metric in deal.each("metrics"):
        text = metric.text("definition")
        if _AIM.match(text) and not _COUNTED.search(text):
            yield Hit(
                metric.below("definition"), f'"{brief(text)}" is an aim, and does not say what is counted'
            )


@rule(
    "metrics-baseline-old",
    severity="warning",
    needs="metrics",
    help="measure it again",
)
def baseline_old(deal: Deal) -> Iterator[Hit]:
    """A baseline is at most two years old when the deal begins.

    ## Why
    A figure from years ago tells where a business was, not where it starts from. The target looks
    reached before anyone has worked for it, or out of reach for good.

    ## Bad
    ```yaml
    deal:
      title: Clinic monitoring
      date: 2027-01-18
    metrics:
      - name: Adherence
        baseline:
          value: 58%
          as_of: 2016-12-31
    ```

    ## Good
    ```yaml
    deal:
      title: Clinic monitoring
      date: 2027-01-18
    metrics:
      - name: Adherence
        baseline:
          value: 58%
          as_of: 2026-12-31
    ```

    ## When to waive
    When the figure is counted seldom, such as a census.
    """
    written = day_of_paper(deal)
    for metric in deal.each("metrics"):
        measured = day(deal, metric, "baseline.as_of")
        if written and measured and (written - measured).days > 731:
            yield Hit(
                metric.below("baseline.as_of"), f'the baseline of "{brief(metric.name, 30)}" is of {measured}'
            )
