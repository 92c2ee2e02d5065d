"""Objectives: each with a day, an owner and a measure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from termsheet.deal import Deal
from termsheet.rules.rule import Hit, brief, missing, rule, said, unsaid
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
    """Each objective has a day and an owner.

    ## Why
    The article "Why Strategic Partnerships Fail and How to Succeed" asks for objectives that are specific,
    measurable and bound to a time. One without a day is a wish, and one without an owner is somebody else's.

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
    nouns = {"due": "day", "owner": "owner"}
    for entry in deal.each("objectives"):
        lacking = unsaid(entry, nouns)
        if lacking:
            words = " and no ".join(nouns[key] for key in lacking)
            stub = "\n".join(f"{key}: open" for key in lacking)
            yield missing(entry, lacking[0], f'"{brief(entry.name)}" has no {words}', stub)


@rule(
    "objectives-not-measured",
    needs=("objectives", "metrics"),
    severity="warning",
    help="name its metric, or say as which key result it shows",
)
def not_measured(deal: Deal) -> Iterator[Hit]:
    """Where objectives are tied to metrics, none is left out.

    ## Why
    The articles ask for indicators that serve the shared goals. An objective that no figure shows is met or
    missed as each side likes. The rule speaks only where at least one objective has its metric.

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
    named = {metric.text("objective") for metric in deal.each("metrics")} - {""}
    entries = deal.each("objectives")
    tied = [said(entry, "metric") or entry.text("id") in named for entry in entries]
    for entry, is_tied in zip(entries, tied, strict=True):
        if any(tied) and not is_tied and not said(entry, "key_results"):
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
        unit = rf"\s+{re.escape(aim.unit)}\b" if aim.unit else r"\s*%"
        told = re.findall(rf"(?<![\d.,])(?:{NUMBER}){unit}", entry.text("text"), re.IGNORECASE)
        if len(told) == 1 and parse(told[0]).number != aim.number:
            shown = f'"{brief(told[0], 20)}", and its metric for {brief(metric.text("target.value"), 20)}'
            yield Hit(entry.below("text"), f"the objective asks for {shown}")
