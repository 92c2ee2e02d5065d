"""Objectives: each with a day, an owner and a measure."""

from __future__ import annotations

from collections.abc import Iterator

from termsheet.deal import Deal, Node
from termsheet.rules.rule import Hit, brief, missing, rule, said, unclear, unsaid


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
    if unclear(deal, "metrics") or any(unclear(metric, "objective") for metric in deal.each("metrics")):
        return
    entries = deal.each("objectives")
    tied = [said(entry, "metric") or bool(_metrics_of(deal, entry)) for entry in entries]
    for entry, is_tied in zip(entries, tied, strict=True):
        if any(tied) and not is_tied and not said(entry, "key_results"):
            yield missing(entry, "metric", f'no metric shows "{brief(entry.name)}"', "metric: open")


def _metrics_of(deal: Deal, objective: Node) -> list[Node]:
    """The metrics that show an objective: it names them, or they name it."""
    name, metric_id = objective.text("id"), objective.text("metric")
    return [
        metric
        for metric in deal.each("metrics")
        if (metric_id and metric.text("id") == metric_id) or (name and metric.text("objective") == name)
    ]
