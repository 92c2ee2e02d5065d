"""Governance: who stands behind the deal and who runs it, on each side."""

from __future__ import annotations

from collections.abc import Iterator

from termsheet.deal import Deal
from termsheet.rules.rule import Hit, by_type, called, missing, parties_without, rule, said


@rule(
    "governance-missing",
    severity="error",
    types=by_type(warning="licensing referral reseller"),
    help="name for each side the person who runs the partnership and the executive who stands behind it",
)
def no_governance(deal: Deal) -> Iterator[Hit]:
    """The deal says who decides and who runs it.

    ## Why
    The articles ask for a sponsor and a manager on each side; without them, nobody can decide between two
    meetings. Of the 202 public partnership contracts that we counted, only 28 % name a committee or a
    regular meeting.

    ## Bad
    ```yaml
    communication:
      minutes: 3 business days
    ```

    ## Good
    ```yaml
    people:
      - id: ada
        party: acme
        name: Ada Weber
    governance:
      managers:
        - person: ada
    ```

    ## When to waive
    For a licence or referral deal that runs by itself.
    """
    if not said(deal, "governance"):
        yield missing(deal, "governance", "the deal does not say who runs it", also=[("people", "")])


@rule(
    "governance-no-manager",
    needs="governance",
    severity="error",
    types=by_type(warning="licensing referral reseller"),
    help="name the person on each side who runs the partnership from day to day",
)
def no_manager(deal: Deal) -> Iterator[Hit]:
    """Each party has a partnership manager.

    ## Why
    The article "Mastering Strategic Partnerships" advises a partnership manager who oversees the daily work
    and speaks for the side; the article "5 Key Questions About Throwaway Partnerships" says that growth
    takes dedicated professionals. With a manager on one side only, the other side has nobody to call.

    ## Bad
    ```yaml
    people:
      - id: ada
        party: acme
        name: Ada Weber
    governance:
      managers:
        - person: ada
    ```

    ## Good
    ```yaml
    people:
      - id: ada
        party: acme
        name: Ada Weber
      - id: brian
        party: borealis
        name: Brian Doyle
    governance:
      managers:
        - person: ada
        - person: brian
    ```

    ## When to waive
    When one manager is meant to serve both sides; say who pays.
    """
    yield from _absent(deal, "managers", "manager", "partnership manager")


@rule(
    "governance-no-sponsor",
    needs="governance",
    severity="warning",
    types=by_type(
        error="strategic-alliance joint-venture co-development", note="licensing referral reseller"
    ),
    help="name the executive on each side who stands behind the deal",
)
def no_sponsor(deal: Deal) -> Iterator[Hit]:
    """Each party has an executive sponsor.

    ## Why
    An article that likens failing partnerships to the IT outage of 2024 counts the lack of an executive
    sponsor among the causes of failure. ISO 44001 asks for a senior executive on each side. Without one,
    the partnership loses to the next project when budgets are cut.

    ## Bad
    ```yaml
    governance:
      model: hybrid
    ```

    ## Good
    ```yaml
    people:
      - id: cara
        party: acme
        name: Cara Lind
        title: Chief Operating Officer
      - id: dan
        party: borealis
        name: Dan Byrne
        title: Chief Executive
    governance:
      sponsors:
        - person: cara
        - person: dan
    ```

    ## When to waive
    For a small party whose owner is its manager as well.
    """
    yield from _absent(deal, "sponsors", "sponsor", "executive sponsor")


def _absent(deal: Deal, key: str, role: str, noun: str) -> Iterator[Hit]:
    """The parties for whom nobody is named, with the YAML that declares a person and gives the role."""
    sides = parties_without(deal, f"governance.{key}", "person")
    if sides:
        given = "\n".join(f"- person: {side}-{role}" for side in sides)
        declared = "\n".join(
            f"- id: {side}-{role}\n  party: {side}\n  name: open\n  title: open" for side in sides
        )
        text = f"no {noun} is named for {called(deal, *sides)}"
        yield missing(deal, f"governance.{key}", text, given, also=[("people", declared)])
