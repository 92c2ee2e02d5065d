"""Objectives: each with a day, an owner and a measure."""

from __future__ import annotations

from collections.abc import Iterator

from termsheet.deal import Deal
from termsheet.rules.rule import Hit, brief, called, missing, rule, said, sides, unclear, unsaid


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
