"""Where a deal stands on the positions of a playbook. These rules run only where a playbook is named."""

from __future__ import annotations

from collections.abc import Iterator

from termsheet.deal import Deal
from termsheet.rules.rule import Hit, Rule, brief, rule
from termsheet.standing import Stand

AREA = "position"
_WIDTH = 200


@rule(
    "position-walk-away", severity="error", since="sketch", help="change it, or have it approved and waive it"
)
def walk_away(deal: Deal) -> Iterator[Hit]:
    """The deal does not cross a red line of the playbook.

    ## Why
    A red line is drawn in calm, so that nobody has to find it at three in the morning. Whoever crosses it decides
    for the house, and that is for the role that the position names.

    ## Bad
    ```yaml
    internal:
      us: acme
      playbook: neutral
    legal:
      confidentiality:
        - mode: this-paper
          binds: acme
          lasts: 3 years
    ```

    ## Good
    ```yaml
    internal:
      us: acme
      playbook: neutral
    legal:
      confidentiality:
        - mode: this-paper
          binds: each
          covers: what one party shows another in confidence
          lasts: 3 years
          trade_secrets: indefinite
          return: 30 days
    ```

    ## When to waive
    When the role that must approve has approved: name it, and the day, in the reason.
    """
    for stand in deal.stands:
        if stand.standing == "walk-away":
            yield _hit(stand, f"{_value(stand)} is past the red line ({stand.walk_away})")


@rule(
    "position-unjudged",
    severity="warning",
    help="read it against the red line, and waive it with what was found",
)
def unjudged(deal: Deal) -> Iterator[Hit]:
    """Every red line of the playbook is judged: none is passed over because it cannot be.

    ## Why
    A condition is silent where a value is `withheld`, in another currency, or in words. A red line that nobody looked
    at is not kept. So it is told until a person has looked.

    ## Bad
    ```yaml
    internal:
      us: acme
      playbook: neutral
    term:
      effective: 2027-01-01
      initial: withheld
    ```

    ## Good
    ```yaml
    internal:
      us: acme
      playbook: neutral
    term:
      effective: 2027-01-01
      initial: 2 years
    ```

    ## When to waive
    When somebody has read the deal against the red line: name who, and the day.
    """
    for stand in deal.stands:
        if stand.unjudged:
            line = f"whether the red line is crossed cannot be told ({brief(stand.walk_away, 60)}): {stand.unjudged}"
            yield _hit(stand, line, ours=False)


@rule("position-outside", severity="warning", help="change it, or have it approved and waive it")
def outside(deal: Deal) -> Iterator[Hit]:
    """What the deal says is on a position of the playbook: a preferred one or a fallback.

    ## Why
    An answer that no position foresees may be fine. Nobody in the house has said so yet.

    ## Bad
    ```yaml
    internal:
      us: acme
      playbook: neutral
    term:
      effective: 2027-01-01
      initial: 8 years
    ```

    ## Good
    ```yaml
    internal:
      us: acme
      playbook: neutral
    term:
      effective: 2027-01-01
      initial: 3 years
    ```

    ## When to waive
    When the role that must approve has approved. Where it happens often, the playbook lacks a fallback.
    """
    for stand in deal.stands:
        if stand.standing == "outside":
            yield _hit(stand, f"{_value(stand)} is on no position of ours")


@rule("position-fallback", severity="note", help="have it approved")
def fallback(deal: Deal) -> Iterator[Hit]:
    """What the deal says is the preferred position of the playbook, not its fallback.

    ## Why
    A fallback is given, and ought to be given for something. The list of them is what a negotiation has cost so far.

    ## Bad
    ```yaml
    internal:
      us: acme
      playbook: neutral
    term:
      effective: 2027-01-01
      initial: 1 year
    ```

    ## Good
    ```yaml
    internal:
      us: acme
      playbook: neutral
    term:
      effective: 2027-01-01
      initial: 3 years
    ```

    ## When to waive
    When it is approved and need not be seen again.
    """
    for stand in deal.stands:
        if stand.standing == "fallback":
            yield _hit(stand, f"{_value(stand)} is the fallback ({stand.fallback})")


@rule("position-open", severity="note", help="propose what is preferred")
def open_(deal: Deal) -> Iterator[Hit]:
    """The deal says something on every question of the playbook.

    ## Why
    What the paper leaves open, the law or the stronger side fills in. The playbook knows what to ask for.

    ## Bad
    ```yaml
    internal:
      us: acme
      playbook: neutral
    legal:
      governing_law:
        law: open
    ```

    ## Good
    ```yaml
    internal:
      us: acme
      playbook: neutral
    legal:
      governing_law:
        law: Ireland
    ```

    ## When to waive
    When the deal is better off without the question.
    """
    for stand in deal.stands:
        if stand.standing == "open":
            yield _hit(stand, "nothing is said")


def _value(stand: Stand) -> str:
    return f'"{stand.value}"' if stand.value else "what the deal says"


def _hit(stand: Stand, words: str, *, ours: bool = True) -> Hit:
    """A hit: the clause, where it stands and what ours is; then who must approve, and the guidance."""
    name = f"{stand.title} ({stand.position})"
    wanted = f"; ours: {stand.preferred}" if ours and stand.preferred else ""
    entry = f" for {stand.entry}" if stand.entry else ""
    grave = stand.standing not in ("open", "preferred") or stand.unjudged
    approval = f"{stand.approves} must approve" if stand.approves and grave else ""
    help = ". ".join(filter(None, (approval, stand.guidance.rstrip("."))))
    return Hit(stand.path, brief(f"{name}{entry}: {words}{wanted}", _WIDTH), help=help)


POSITIONS: tuple[Rule, ...] = tuple(item for item in vars().values() if isinstance(item, Rule))
