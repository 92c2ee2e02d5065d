"""Disputes: the steps by which a disagreement is settled."""

from __future__ import annotations

from collections.abc import Iterator

from termsheet.deal import Deal, Node
from termsheet.rules.rule import Hit, by_type, listed, missing, rule, said, unclear, unsaid

_MATRIX = by_type(error="strategic-alliance joint-venture co-development", note="pilot")


@rule(
    "disputes-missing",
    severity="warning",
    types=_MATRIX,
    help="name the steps in order, such as managers, executives, mediation",
)
def no_ladder(deal: Deal) -> Iterator[Hit]:
    """The deal has steps by which a disagreement is settled.

    ## Why
    Only 32 % of the 202 public partnership contracts that we counted have any step before a court. A ladder
    gives the people who know the work the first word, and puts a time on each step so that none can be used
    to stall.

    ## Bad
    ```yaml
    legal:
      forum:
        courts: the courts of Dublin
    ```

    ## Good
    ```yaml
    disputes:
      ladder:
        - step: managers
          within: 10 business days
        - step: executives
          within: 20 business days
        - step: mediation
          rules: CEDR Model Mediation Procedure
    ```

    ## When to waive
    For a deal so small that a call between the managers is all it is worth.
    """
    if not said(deal, "disputes"):
        yield missing(deal, "disputes", "the deal does not say how a disagreement is settled")
    elif not said(deal, "disputes.ladder"):
        yield missing(deal, "disputes.ladder", "the disputes section has no steps")


@rule(
    "disputes-no-mediation",
    needs="disputes.ladder",
    severity="warning",
    types=_MATRIX,
    help="put mediation before the court or arbitration step",
)
def no_mediation(deal: Deal) -> Iterator[Hit]:
    """Mediation comes before a court or arbitration.

    ## Why
    The article "Why Strategic Partnerships Fail and How to Succeed" advises mediation before litigation,
    which saved one client 50,000 dollars in fees in 2024. Only 13 % of the 202 public partnership contracts
    that we counted mention it. A partnership rarely survives a judgment.

    ## Bad
    ```yaml
    disputes:
      ladder:
        - step: executives
        - step: court
    ```

    ## Good
    ```yaml
    disputes:
      ladder:
        - step: executives
        - step: mediation
          rules: ICC Mediation Rules
        - step: court
    ```

    ## When to waive
    When the claims are plain debts, or an expert decides the technical ones.
    """
    for step in deal.each("disputes.ladder"):
        if unclear(step, "step") or step.text("step") == "mediation":
            return
        if step.text("step") in ("court", "arbitration"):
            yield Hit(step.path, f"no mediation comes before the {step.text('step')} step")
            return


@rule(
    "disputes-arbitration-incomplete",
    needs="disputes.ladder",
    severity="error",
    help="name the rules, the seat and the number of arbitrators",
)
def arbitration_incomplete(deal: Deal) -> Iterator[Hit]:
    """Arbitration has rules, a seat and a number of arbitrators.

    ## Why
    An arbitration clause that does not name its rules or seat may fail, and the parties are in court about
    whether they must be in court. The seat decides which courts help and which may set the award aside.

    ## Bad
    ```yaml
    disputes:
      ladder:
        - step: arbitration
          rules: ICC Rules of Arbitration
    ```

    ## Good
    ```yaml
    disputes:
      ladder:
        - step: arbitration
          rules: ICC Rules of Arbitration
          seat: Vienna
          arbitrators: 1
    ```

    ## When to waive
    When the chosen rules fix the number by the amount in dispute, and that is wanted.
    """
    for step in deal.each("disputes.ladder"):
        lacking = unsaid(step, ("rules", "seat", "arbitrators")) if step.text("step") == "arbitration" else []
        if lacking:
            words = ("number of arbitrators" if key == "arbitrators" else key for key in lacking)
            stub = "\n".join(f"{key}: open" for key in lacking)
            yield missing(step, lacking[0], f"the arbitration has no {listed(words, 'or')}", stub)


@rule(
    "disputes-court-and-arbitration",
    needs="disputes.ladder",
    since="sketch",
    severity="error",
    help="keep one of them, or say under `matters` which of them is for what",
)
def court_and_arbitration(deal: Deal) -> Iterator[Hit]:
    """The ladder does not end both in court and in arbitration for the same matters.

    ## Why
    Both are meant to be the last word. A clause that offers both gives the side that gains by delay two
    proceedings instead of one, and some courts hold that such a clause means nothing.

    ## Bad
    ```yaml
    disputes:
      ladder:
        - step: arbitration
        - step: court
    ```

    ## Good
    ```yaml
    disputes:
      ladder:
        - step: arbitration
        - step: court
          matters: payment of undisputed invoices
    ```

    ## When to waive
    When the court step is for urgent relief only; write it under `urgent_relief` instead.
    """
    final = [step for step in deal.each("disputes.ladder") if step.text("step") in ("court", "arbitration")]
    if len({step.text("step") for step in final}) == 2 and not any(_limited(step) for step in final):
        yield Hit(final[-1].path, "the ladder ends both in court and in arbitration")


def _limited(step: Node) -> bool:
    return any(said(step, key) for key in ("matters", "if", "unless", "for"))


@rule(
    "disputes-two-forums",
    needs=("legal.forum.courts", "disputes.ladder"),
    severity="error",
    since="sketch",
    help="drop the courts or the arbitration, or say under `matters` which is for what",
)
def two_forums(deal: Deal) -> Iterator[Hit]:
    """The deal does not name both courts and arbitration as the place where it is decided.

    ## Why
    A forum clause for the courts beside a ladder that ends in arbitration gives two places for one claim, and
    a first year of litigation about which.

    ## Bad
    ```yaml
    legal:
      forum:
        courts: the courts of Dublin
        exclusive: true
    disputes:
      ladder:
        - step: arbitration
    ```

    ## Good
    ```yaml
    legal:
      forum:
        courts: the courts of Dublin
    disputes:
      ladder:
        - step: arbitration
          matters: the price of the devices
    ```

    ## When to waive
    When the courts are named only to help the arbitration; say so under `urgent_relief`.
    """
    steps = [step for step in deal.each("disputes.ladder") if step.text("step") in ("arbitration", "court")]
    kinds = {step.text("step") for step in steps}
    if kinds == {"arbitration"} and not any(_limited(step) for step in steps):
        text = "the courts are to decide, and the ladder ends in arbitration"
        if deal.plain("legal.forum.exclusive") is True or not said(deal, "disputes.urgent_relief"):
            yield Hit("legal.forum", text)
