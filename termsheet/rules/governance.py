"""Governance: who stands behind the deal and who runs it, on each side."""

from __future__ import annotations

from collections.abc import Iterator

from termsheet.deal import Deal
from termsheet.rules.rule import (
    Hit,
    brief,
    by_type,
    called,
    listed,
    missing,
    parties_without,
    rule,
    said,
    unclear,
    unsaid,
)


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
    The article "Why Strategic Partnerships Fail and How to Succeed" advises a partnership manager who
    oversees the daily work and speaks for the side; the article "5 Key Questions About Throwaway
    Partnerships" says that growth takes dedicated professionals. With a manager on one side only, the other
    side has nobody to call.

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


@rule(
    "governance-no-change-control",
    needs="governance",
    severity="warning",
    types=by_type(note="licensing referral reseller pilot"),
    help="say who may agree a change, and in what form",
)
def no_change_control(deal: Deal) -> Iterator[Hit]:
    """The deal says how it is changed.

    ## Why
    Every partnership changes. Where nothing says how, an e-mail between two friendly managers has moved the
    price, or has not; courts have found both.

    ## Bad
    ```yaml
    governance:
      model: hybrid
    ```

    ## Good
    ```yaml
    governance:
      model: hybrid
      change_control:
        by: all
        how: in writing, signed by both managers
    ```

    ## When to waive
    When `legal.amendments` of another paper covers this one.
    """
    if not said(deal, "governance.change_control") and not said(deal, "legal.amendments"):
        yield missing(deal, "governance.change_control", "the deal does not say how it is changed")


@rule(
    "governance-unilateral-change",
    needs="governance.change_control",
    severity="error",
    help="give notice of the change, and let the others leave or refuse",
)
def unilateral_change(deal: Deal) -> Iterator[Hit]:
    """No party changes the terms alone, with nothing that the others may do.

    ## Why
    A party that may rewrite the deal has promised nothing. Some laws strike such a term out; a price that
    rises on notice, with a right to leave, stands.

    ## Bad
    ```yaml
    governance:
      change_control:
        unilateral:
          - who: acme
            what: the commission
    ```

    ## Good
    ```yaml
    governance:
      change_control:
        unilateral:
          - who: acme
            what: the commission
            notice: 90 days
            effect: Borealis may leave before the change holds
    ```

    ## When to waive
    For a list that the law makes one party keep, such as safety rules.
    """
    for entry in deal.each("governance.change_control.unilateral"):
        keys = ("effect",) if "notice" in entry.text("what").lower() else ("notice", "effect")
        lacking = unsaid(entry, keys)
        if lacking:
            words = {"notice": "no notice", "effect": "no way out"}
            how = listed(words[key] for key in lacking)
            text = f'"{brief(entry.text("what"), 30)}" may be changed alone, with {how}'
            yield missing(entry, lacking[0], text, "\n".join(f"{key}: open" for key in lacking))
    alone = deal.who("governance.change_control.by")
    if len(alone) == 1 and alone[0] in deal.party_ids and len(deal.party_ids) > 1:
        yield Hit("governance.change_control.by", f"{called(deal, *alone)} may change the deal alone")


@rule(
    "governance-body-no-rules",
    needs="governance.bodies",
    severity="warning",
    types=by_type(note="licensing co-marketing referral reseller pilot"),
    help="say who must be there, how it votes, and what happens in a tie",
)
def body_no_rules(deal: Deal) -> Iterator[Hit]:
    """A committee has a quorum, a way to vote, and a rule for a tie.

    ## Why
    A committee of equal numbers is made for ties. Without a quorum, either side can stop it by staying away.

    ## Bad
    ```yaml
    governance:
      bodies:
        - name: Steering committee
    ```

    ## Good
    ```yaml
    governance:
      bodies:
        - name: Steering committee
          quorum: one from each party
          votes: one vote for each party, unanimous
          tie: the matter goes to the sponsors
    ```

    ## When to waive
    For a body that only advises.
    """
    for body in deal.each("governance.bodies"):
        lacking = unsaid(body, ("quorum", "votes", "tie"))
        if lacking:
            words = {"quorum": "no quorum", "votes": "no way to vote", "tie": "no rule for a tie"}
            text = f'"{brief(body.name, 30)}" has {listed(words[key] for key in lacking)}'
            yield missing(body, lacking[0], text, "\n".join(f"{key}: open" for key in lacking))


@rule(
    "governance-manager-of-no-party",
    needs=("governance", "parties"),
    severity="error",
    help="name the party that the person belongs to, or another person",
)
def manager_of_no_party(deal: Deal) -> Iterator[Hit]:
    """Each manager and sponsor belongs to a party.

    ## Why
    A manager who belongs to nobody, or to a third party, speaks for nobody. Neither side knows whom the
    person's word binds.

    ## Bad
    ```yaml
    people:
      - id: ada
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
    governance:
      managers:
        - person: ada
    ```

    ## When to waive
    For a manager whom both sides hire, as in a venture.
    """
    people = {person.text("id"): person for person in deal.each("people")}
    for key in ("managers", "sponsors"):
        for entry in deal.each(f"governance.{key}"):
            person = people.get(entry.text("person"))
            if person is None or unclear(person, "party"):
                continue
            if not said(person, "party"):
                text = f'"{brief(person.name, 30)}" is of the {key}, and belongs to no party'
                yield missing(person, "party", text, "party: open")
            elif not set(person.who("party")) & set(deal.party_ids):
                yield Hit(entry.below("person"), f'"{brief(person.name, 30)}" belongs to none of the parties')
