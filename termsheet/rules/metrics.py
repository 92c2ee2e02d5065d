"""Metrics: how success is measured, from where, to where, by when and by whom."""

from __future__ import annotations

from collections.abc import Iterator

from termsheet.deal import Deal
from termsheet.rules.rule import Hit, brief, by_type, missing, rule, said, unsaid

_LIGHT = by_type(warning="licensing referral reseller co-development")


@rule(
    "metrics-missing",
    severity="error",
    help="name what will be measured, each with a baseline, a dated target and an owner",
)
def no_metrics(deal: Deal) -> Iterator[Hit]:
    """The deal has metrics.

    ## Why
    The article "Mastering Strategic Partnerships" names metrics among the four key elements. Of the 202
    public partnership contracts that we counted, at most 34 % set any measurable target; the others cannot
    tell whether they worked.

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
    The article "Mastering Strategic Partnerships" advises to set baselines before the launch. Growth of a
    fifth means nothing without the number that it grows from, and after the launch nobody can measure it
    any more. Of the 202 public partnership contracts that we counted, 3 % have one.

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
    The article "Mastering Strategic Partnerships" gives the pattern: so many percent more, within so many
    months. A value without a date is never missed, and a date without a value is never met. The steps of a
    `ramp` count as targets.

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
    for metric in deal.each("metrics"):
        name = brief(metric.name)
        if not said(metric, "target"):
            if not said(metric, "ramp"):
                yield missing(metric, "target", f'"{name}" has no target')
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
    it; `jointly` is an answer.

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
        if not said(metric, "owner"):
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
