"""Governance: who stands behind the deal and who runs it, on each side."""

from __future__ import annotations

from collections.abc import Iterator

from termsheet.deal import Deal, Node
from termsheet.rules.rule import (
    Hit,
    brief,
    by_type,
    called,
    listed,
    missing,
    parties_without,
    quoted,
    rule,
    said,
    sides,
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
    side has nobody to call. An individual runs its own side.

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
    the partnership loses to the next project when budgets are cut. An individual needs none.

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
    """The parties for whom nobody is named, with the YAML that declares a person and gives the role.

    While somebody who is named belongs to no party, `governance-manager-of-no-party` speaks instead.
    """
    if any(entry.path.startswith(f"governance.{key}") for entry, _ in _strays(deal)):
        return
    alone = [party.text("id") for party in deal.each("parties") if party.plain("person") is True]
    lacking = parties_without(deal, f"governance.{key}", "person")
    idle = [party for party in lacking if party not in alone]
    if idle:
        given = "\n".join(f"- person: {party}-{role}" for party in idle)
        declared = "\n".join(
            f"- id: {party}-{role}\n  party: {party}\n  name: open\n  title: open" for party in idle
        )
        text = f"no {noun} is named for {called(deal, *idle)}"
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
            rest = f" may be changed by one party alone, with {how}"
            text = quoted(entry.text("what"), rest) if entry.text("what") else f"a term{rest}"
            yield missing(entry, lacking[0], text, "\n".join(f"{key}: open" for key in lacking))
    path = "governance.change_control.by"
    ends = [sides(deal, word) for word in deal.who(path)]
    alone = {side for end in ends for side in end}
    if len(alone) == 1 and all(ends) and not unclear(deal, path) and len(deal.party_ids) > 1:
        yield Hit(path, f"{called(deal, *alone)} may change the deal alone")


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
    The majority may stand under `governance.decisions`, and a tie may be left to `governance.escalation` or
    to the deadlock rule of a venture.

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
        lacking = [key for key in unsaid(body, ("quorum", "votes", "tie")) if not _elsewhere(deal, body, key)]
        if lacking:
            words = {"quorum": "no quorum", "votes": "no way to vote", "tie": "no rule for a tie"}
            text = f'"{brief(body.name, 30)}" has {listed(words[key] for key in lacking)}'
            yield missing(body, lacking[0], text, "\n".join(f"{key}: open" for key in lacking))


def _elsewhere(deal: Deal, body: Node, key: str) -> bool:
    """Whether the deal says in another place how a body votes, or what follows a tie."""
    name = body.text("id")
    if key == "votes":
        decisions = [
            entry for entry in deal.each("governance.decisions") if name and name in entry.who("body")
        ]
        return any(said(entry, "majority") for entry in decisions)
    of_venture = bool(name) and deal.text("venture.board") == name and said(deal, "venture.deadlock")
    return key == "tie" and (of_venture or said(deal, "governance.escalation"))


@rule(
    "governance-manager-of-no-party",
    needs=("governance", "parties"),
    severity="error",
    help="name the party that the person belongs to, or another person",
)
def manager_of_no_party(deal: Deal) -> Iterator[Hit]:
    """Each manager and sponsor belongs to a party.

    ## Why
    A manager who belongs to a third party speaks for nobody. Neither side knows whom the
    person's word binds.

    ## Bad
    ```yaml
    third_parties:
      - id: corvus
        name: Corvus Advisers
    people:
      - id: ada
        party: corvus
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
    told: set[str] = set()
    for entry, person in _strays(deal):
        if person.path not in told and said(person, "party"):  # else the entry of the person lacks it
            told.add(person.path)
            role = "manager" if entry.path.startswith("governance.managers") else "sponsor"
            text = f'the {role} "{brief(person.name, 30)}" belongs to none of the parties'
            yield Hit(entry.below("person"), text)


@rule(
    "governance-no-decisions",
    needs="governance",
    severity="note",
    types=by_type(
        warning="strategic-alliance joint-venture co-development", off="licensing referral reseller"
    ),
    help="say who decides what (budget, scope, price, publicity), and within how many days",
)
def no_decisions(deal: Deal) -> Iterator[Hit]:
    """The deal says who decides what, and how fast.

    ## Why
    The articles praise partners that decide quickly, and tell of slow decisions and missed deadlines. Without
    a list, each matter first has to find the person who may settle it. A committee, or a manager with an
    authority, will do; a matter that is listed has somebody who decides it, and a time.

    ## Bad
    ```yaml
    governance:
      decisions:
        - matter: budget above EUR 20,000
          body: each
    ```

    ## Good
    ```yaml
    governance:
      decisions:
        - matter: budget above EUR 20,000
          body: each
          within: 5 business days
    ```

    ## When to waive
    When everything takes a signature of both sides anyway.
    """
    paths = ("governance.decisions", "governance.bodies", "venture.board", "venture.reserved_matters")
    managers = deal.each("governance.managers")
    told = any(said(deal, path) for path in paths) or any(said(entry, "authority") for entry in managers)
    if not told and not unclear(deal, "governance.managers"):
        yield missing(deal, "governance.decisions", "the deal does not say who decides what")
    nouns = {"body": "nobody who decides it", "within": "no time in which to decide"}
    for entry in deal.each("governance.decisions"):
        lacking = unsaid(entry, nouns)
        if lacking:
            text = quoted(entry.name, f" has {listed(nouns[key] for key in lacking)}")
            yield missing(entry, lacking[0], text, "\n".join(f"{key}: open" for key in lacking))


@rule(
    "governance-no-deputy",
    needs="governance",
    severity="note",
    types=by_type(
        warning="strategic-alliance joint-venture co-development",
        off="licensing co-marketing referral reseller pilot",
    ),
    help="name a deputy, or say under `key_people` what happens when the person leaves",
)
def no_deputy(deal: Deal) -> Iterator[Hit]:
    """Managers and sponsors have a deputy, or the deal says what happens when one leaves.

    ## Why
    The article "Partnerships. What moves the needle?" says that a partnership may be dissolved from inside
    one's own team. When the person goes who carried the deal, the other side has nobody to call. A second
    manager of the same side counts as a deputy.

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
    governance:
      managers:
        - person: ada
      key_people:
        - person: ada
          notice: 1 month
          on_leaving: Acme names a successor whom Borealis may refuse once
    ```

    ## When to waive
    For a deal that is over before anybody is likely to leave.
    """
    key_people = deal.each("governance.key_people")
    told = said(deal, "governance.replacement") or unclear(deal, "governance.key_people")
    if told or any(unclear(entry, "person") for entry in key_people):
        return
    safe = {entry.text("person") for entry in key_people if said(entry, "on_leaving")}
    alone: list[str] = []
    for key in ("managers", "sponsors"):
        entries = deal.each(f"governance.{key}")
        served = [tuple(sides(deal, entry.text("person"))) for entry in entries]
        for entry, side in zip(entries, served, strict=True):
            person = entry.text("person")
            if person and person not in safe and not said(entry, "deputy") and served.count(side) == 1:
                alone.append(person)
    if alone:
        alone = list(dict.fromkeys(alone))
        who = listed(_named(deal, person) for person in alone)
        who = who if len(alone) <= 2 else f"{len(alone)} managers and sponsors"
        stub = "\n".join(f"- person: {person}\n  on_leaving: open" for person in alone)
        yield missing(deal, "governance.key_people", f"no deputy is named for {who}", stub)


def _named(deal: Deal, person: str) -> str:
    name = deal.declared[person].value if person in deal.declared else person
    return brief(name if isinstance(name, str) else person, 24)


def _strays(deal: Deal) -> Iterator[tuple[Node, Node]]:
    """The managers and sponsors who belong to none of the parties, each with its person."""
    people = {person.text("id"): person for person in deal.each("people")}
    for key in ("managers", "sponsors"):
        for entry in deal.each(f"governance.{key}"):
            person = people.get(entry.text("person"))
            if person is not None and not sides(deal, person.text("id")):
                yield entry, person
