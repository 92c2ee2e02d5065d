"""Objectives: each with a day, an owner and a measure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from termsheet.deal import Deal, Node
from termsheet.rules.rule import COUNTED, Hit, brief, called, missing, rule, said, sides, unclear, unsaid
from termsheet.rules.times import day
from termsheet.values.measure import parse
from termsheet.values.money import NUMBER


@rule(
    "objectives-loose",
    needs="objectives",
    severity="warning",
    help="say by when it is to be reached, and who answers for it",
)
def loose(deal: Deal) -> Iterator[Hit]:
    """Each objective has a date and an owner.

    ## Why
    The article "Why Strategic Partnerships Fail and How to Succeed" asks for objectives that are specific,
    measurable and bound to a time. One without a date is a wish, and one without an owner is somebody else's.
    The date and the owner of a metric that shows the objective will do.

    ## Bad
    ```yaml
    objectives:
      - text: Grow in Ireland.
    ```

    ## Good
    ```yaml
    objectives:
      - text: Sell devices to 40 clinics in Ireland.
        due: 2027-12-31
        owner: acme
    ```

    ## When to waive
    For an aim that stays the same for as long as the deal runs.
    """
    nouns = {"due": "date", "owner": "owner"}
    shows = {"due": "target.by", "owner": "owner"}
    for entry in deal.each("objectives"):
        metrics = _metrics_of(deal, entry)
        lacking = [
            key for key in unsaid(entry, nouns) if not any(said(metric, shows[key]) for metric in metrics)
        ]
        if lacking and not unclear(entry, "metric"):
            words = " and no ".join(nouns[key] for key in lacking)
            stub = "\n".join(f"{key}: open" for key in lacking)
            yield missing(entry, lacking[0], f'"{brief(entry.name)}" has no {words}', stub)


@rule(
    "objectives-not-measured",
    needs=("objectives", "metrics"),
    severity="warning",
    help="name its `metric`, or the `key_results` that show it",
)
def not_measured(deal: Deal) -> Iterator[Hit]:
    """Where objectives are tied to metrics, none is left out.

    ## Why
    The articles ask for indicators that serve the shared goals. An objective that no figure shows is met or
    missed as each side likes. The rule speaks only where at least one objective has its metric. An objective that
    holds a number and a day shows by itself whether it is met.

    ## Bad
    ```yaml
    objectives:
      - text: Sell devices to 40 clinics in Ireland.
        metric: live
      - text: Become the best-known brand.
    metrics:
      - id: live
        name: Clinics live
    ```

    ## Good
    ```yaml
    objectives:
      - text: Sell devices to 40 clinics in Ireland.
        metric: live
      - text: Become the best-known brand.
        key_results:
          - 70% of doctors name it first
    metrics:
      - id: live
        name: Clinics live
    ```

    ## When to waive
    For an aim that is settled by looking, such as a licence that is granted.
    """
    if unclear(deal, "metrics") or any(unclear(metric, "objective") for metric in deal.each("metrics")):
        return
    entries = deal.each("objectives")
    tied = [said(entry, "metric") or bool(_metrics_of(deal, entry)) for entry in entries]
    for entry, is_tied in zip(entries, tied, strict=True):
        counted = COUNTED.search(entry.text("text")) and said(entry, "due")
        if any(tied) and not is_tied and not counted and not said(entry, "key_results"):
            yield missing(entry, "metric", f'no metric shows "{brief(entry.name)}"', "metric: open")


@rule(
    "objectives-metric-differs",
    needs=("objectives", "metrics"),
    severity="warning",
    help="bring the figure of the objective and the target of its metric into line",
)
def metric_differs(deal: Deal) -> Iterator[Hit]:
    """An objective names the same figure as the target of its metric.

    ## Why
    The objective is what people remember, and the target is what the review reads. The rule compares them
    where the objective names one figure in the unit of its metric and both are due on the same day, or one of
    them has none.

    ## Bad
    ```yaml
    objectives:
      - text: Sell devices to 40 clinics in Ireland.
        metric: live
    metrics:
      - id: live
        name: Clinics live
        target:
          value: 60 clinics
    ```

    ## Good
    ```yaml
    objectives:
      - text: Sell devices to 60 clinics in Ireland.
        metric: live
    metrics:
      - id: live
        name: Clinics live
        target:
          value: 60 clinics
    ```

    ## When to waive
    When the objective speaks of a part of what the metric counts.
    """
    metrics = {metric.text("id"): metric for metric in deal.each("metrics") if metric.text("id")}
    for entry in deal.each("objectives"):
        metric = metrics.get(entry.text("metric"))
        aim = metric.parsed("target.value", "measure") if metric else None
        days = {day(deal, entry, "due"), day(deal, metric, "target.by")} - {None} if metric else set()
        if metric is None or aim is None or len(days) > 1 or (not aim.unit and not aim.rate):
            continue
        if (aim.unit or "%").lower() not in entry.text("text").lower():
            continue
        unit = rf"\s+{re.escape(aim.unit)}\b" if aim.unit else r"\s*%"
        told = re.findall(rf"(?<![\d.,])(?:{NUMBER}){unit}", entry.text("text"), re.IGNORECASE)
        if len(told) == 1 and parse(told[0]).number != aim.number:
            shown = f'"{brief(told[0], 20)}", and its metric for {brief(metric.text("target.value"), 20)}'
            yield Hit(metric.below("target.value"), f"the objective asks for {shown}")


@rule(
    "objectives-set-alone",
    severity="warning",
    help="agree on it with the others, and name them as well",
)
def set_alone(deal: Deal) -> Iterator[Hit]:
    """No objective and no metric was set by one party alone.

    ## Why
    The article "Why Strategic Partnerships Fail and How to Succeed" advises to set the objectives together. A
    figure that one side brought along is that side's figure when it is missed. The rule speaks where
    `agreed_by` names one side only.

    ## Bad
    ```yaml
    objectives:
      - text: Sell devices to 40 clinics in Ireland.
        agreed_by: acme
    ```

    ## Good
    ```yaml
    objectives:
      - text: Sell devices to 40 clinics in Ireland.
        agreed_by:
          - acme
          - borealis
    ```

    ## When to waive
    For an aim of one party that the other only takes note of.
    """
    for path in ("objectives", "metrics"):
        for entry in deal.each(path):
            named = {side for word in entry.who("agreed_by") for side in sides(deal, word)}
            if len(named) == 1 and len(deal.party_ids) > 1 and not unclear(entry, "agreed_by"):
                text = f'"{brief(entry.name)}" was set by {brief(called(deal, *named), 24)} alone'
                yield Hit(entry.below("agreed_by"), text)


def _metrics_of(deal: Deal, objective: Node) -> list[Node]:
    """The metrics that show an objective: it names them, or they name it."""
    name, metric_id = objective.text("id"), objective.text("metric")
    return [
        metric
        for metric in deal.each("metrics")
        if (metric_id and metric.text("id") == metric_id) or (name and metric.text("objective") == name)
    ]


@rule(
    "objectives-other-metric",
    severity="error",
    since="sketch",
    needs=("objectives", "metrics"),
    help="let the objective and its metric name each other",
)
def other_metric(deal: Deal) -> Iterator[Hit]:
    """An objective and the metric that shows it name each other.

    ## Why
    An objective that names one metric, while this metric serves another objective, is measured by a
    figure that tells nothing of it. One of the two was changed alone.

    ## Bad
    ```yaml
    objectives:
      - id: grow
        text: Care runs in 60 clinics.
        metric: adherence
      - id: steady
        text: Patients take their readings.
    metrics:
      - id: adherence
        name: Adherence
        objective: steady
    ```

    ## Good
    ```yaml
    objectives:
      - id: grow
        text: Care runs in 60 clinics.
      - id: steady
        text: Patients take their readings.
        metric: adherence
    metrics:
      - id: adherence
        name: Adherence
        objective: steady
    ```

    ## When to waive
    When one metric shows two objectives; then leave `objective` out of the metric.
    """
    metrics = {metric.text("id"): metric for metric in deal.each("metrics") if metric.text("id")}
    for objective in deal.each("objectives"):
        metric = metrics.get(objective.text("metric"))
        serves = metric.text("objective") if metric else ""
        if metric and objective.text("id") and serves and serves != objective.text("id"):
            yield Hit(objective.below("metric"), f'"{brief(metric.name, 40)}" serves another objective')
