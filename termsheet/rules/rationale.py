"""Why: the reason for the deal, what success is for each party, and the objectives."""

from __future__ import annotations

from collections.abc import Iterator

from termsheet.deal import Deal
from termsheet.rules.rule import Hit, by_type, called, missing, rule, said, unclear


@rule("rationale-no-why", severity="warning", help="say in a sentence why the parties do this together")
def no_why(deal: Deal) -> Iterator[Hit]:
    """The deal says why the parties work together.

    ## Why
    The article "Why Strategic Partnerships Fail and How to Succeed" asks to begin with a clear reason, and to
    say what success is for each side. When a case arises that the paper did not foresee, the stated purpose
    is what people and judges read the other terms by.

    ## Bad
    ```yaml
    rationale:
      vision: Every clinic sees its patients' data in one place.
    ```

    ## Good
    ```yaml
    rationale:
      why: Acme has devices and no clinics; Borealis has clinics and no devices.
    ```

    ## When to waive
    For a plain sale or licence where the price says it all.
    """
    if not said(deal, "rationale"):
        yield missing(deal, "rationale", "the deal does not say why the parties work together")
    elif not said(deal, "rationale.why"):
        yield missing(deal, "rationale.why", "the deal does not say why the parties work together")


@rule(
    "rationale-no-success",
    needs="rationale",
    severity="warning",
    types=by_type(note="licensing referral reseller pilot"),
    help="say for each party what success would be, or what it wants",
)
def no_success(deal: Deal) -> Iterator[Hit]:
    """The deal says what success is for each party, or what each wants.

    ## Why
    The article "Why Strategic Partnerships Fail and How to Succeed" holds that 65 % of partnerships fall
    short because the goals did not match. Goals that stand side by side can be compared; goals in two heads
    cannot.

    ## Bad
    ```yaml
    rationale:
      why: To bring monitoring to rural clinics.
      success:
        acme: 200 clinics use the devices by the end of year two
    ```

    ## Good
    ```yaml
    rationale:
      why: To bring monitoring to rural clinics.
      success:
        acme: 200 clinics use the devices by the end of year two
        borealis: Fewer readmissions in its clinics
    ```

    ## When to waive
    When a party does not want its goals on paper; a sentence under `internal` may hold them.
    """
    if unclear(deal, "rationale.success") or unclear(deal, "rationale.goals"):
        return
    if not said(deal, "rationale.success") and not said(deal, "rationale.goals"):
        yield missing(deal, "rationale.success", "the deal does not say what success is for each party")
        return
    named = {*(deal.plain("rationale.success") or ()), *(deal.plain("rationale.goals") or ())}
    for party in deal.party_ids:
        if party not in named:
            yield missing(
                deal,
                f"rationale.success.{party}",
                f"the deal does not say what success is for {called(deal, party)}",
            )


@rule(
    "rationale-no-objectives",
    severity="warning",
    types=by_type(note="licensing referral reseller pilot"),
    help="name the objectives, each with its metric, date and owner",
)
def no_objectives(deal: Deal) -> Iterator[Hit]:
    """The deal has objectives.

    ## Why
    The article "Why Strategic Partnerships Fail and How to Succeed" describes a term sheet as the paper that
    outlines objectives and contributions, and wants each objective to be specific, measurable, achievable,
    relevant and dated. Metrics without an objective measure something, but nobody knows what for.

    ## Bad
    ```yaml
    metrics:
      - name: Devices sold
    ```

    ## Good
    ```yaml
    objectives:
      - text: Raise device sales through the clinics by a fifth within six months.
        metric: devices-sold
    metrics:
      - id: devices-sold
        name: Devices sold
    ```

    ## When to waive
    For a licence or referral deal that only sets a price for what comes.
    """
    if not said(deal, "objectives"):
        yield missing(deal, "objectives", "the deal has no objectives")
