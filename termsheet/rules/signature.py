"""Signature: what must be there on the day the paper is signed."""

from __future__ import annotations

from collections.abc import Iterator

from termsheet.deal import Deal
from termsheet.rules.deal import open_points
from termsheet.rules.rule import Hit, brief, listed, missing, rule, said, unsaid
from termsheet.rules.times import day_of_paper, start_of_term


@rule(
    "signature-no-signatory",
    needs="parties",
    since="signature",
    severity="error",
    help="name who signs for the party, with title or office",
)
def no_signatory(deal: Deal) -> Iterator[Hit]:
    """Each party names who signs for it, with title or office.

    ## Why
    The signature block prints the name and the office, by which the other side can look up whether that
    person may bind the company. A signature by somebody without authority may bind nobody.

    ## Bad
    ```yaml
    parties:
      - id: acme
        name: Acme Devices GmbH
        signatories:
          - name: Ada Weber
    ```

    ## Good
    ```yaml
    parties:
      - id: acme
        name: Acme Devices GmbH
        signatories:
          - name: Ada Weber
            title: Managing Director
    ```

    ## When to waive
    When the other side fills in its own block by hand.
    """
    for party in deal.each("parties"):
        if not said(party, "signatories"):
            yield missing(party, "signatories", f"nobody is named to sign for {brief(party.name)}")
        for signatory in party.each("signatories"):
            lacking = unsaid(signatory, ["name"] if party.plain("person") is True else ["name", "title"])
            if lacking:
                text = f"a signatory of {brief(party.name)} has no {' and no '.join(lacking)}"
                yield missing(signatory, lacking[0], text, "\n".join(f"{key}: open" for key in lacking))


@rule(
    "signature-no-notice-address",
    needs="parties",
    since="signature",
    severity="warning",
    help="give the postal or e-mail address for notices",
)
def no_notice_address(deal: Deal) -> Iterator[Hit]:
    """Each party says where notices reach it.

    ## Why
    A notice of breach or of exit counts from the day on which it arrives, and it must arrive somewhere. The
    registered address is often a mailbox that nobody opens.

    ## Bad
    ```yaml
    parties:
      - id: acme
        name: Acme Devices GmbH
        notices:
          attention: the legal department
    ```

    ## Good
    ```yaml
    parties:
      - id: acme
        name: Acme Devices GmbH
        notices:
          attention: the legal department
          email: legal@acme.example
    ```

    ## When to waive
    Between units of one company none is asked for.
    """
    for party in deal.each("parties"):
        if (
            party.plain("internal") is not True
            and not said(party, "notices.address")
            and not said(party, "notices.email")
        ):
            path = "notices.email" if said(party, "notices") else "notices"
            yield missing(party, path, f"{brief(party.name)} has no address for notices")


@rule("signature-no-date", since="signature", severity="warning", help="give the date of the paper")
def no_date(deal: Deal) -> Iterator[Hit]:
    """The paper has a date.

    ## Why
    91 % of the 202 public partnership contracts that we counted have one. It tells the signed paper from
    its drafts, and times such as "60 days after signature" are checked against it. The dates of all
    signatories will do.

    ## Bad
    ```yaml
    deal:
      title: Clinic monitoring
    ```

    ## Good
    ```yaml
    deal:
      title: Clinic monitoring
      date: 2027-01-15
    ```

    ## When to waive
    When each signatory writes the date by hand, and the last one counts.
    """
    signing = [party.each("signatories") for party in deal.each("parties")]
    dated = signing and all(entries and all(said(entry, "date") for entry in entries) for entries in signing)
    if not said(deal, "deal.date") and not dated:
        yield missing(deal, "deal.date", "the paper has no date")


@rule(
    "signature-annex-to-follow",
    needs="annexes",
    since="signature",
    severity="warning",
    help="attach it before anyone signs, or say what holds until it is there",
)
def annex_to_follow(deal: Deal) -> Iterator[Hit]:
    """Every annex is there when the paper is signed.

    ## Why
    An annex that follows is a part of the deal that nobody has agreed to: the price list, the plan or the
    specification on which the rest leans.

    ## Bad
    ```yaml
    annexes:
      - title: Price list
        status: to-follow
    ```

    ## Good
    ```yaml
    annexes:
      - title: Price list
        status: attached
    ```

    ## When to waive
    When the deal says who settles the annex, and by when, if the parties do not.
    """
    for annex in deal.each("annexes"):
        if annex.text("status") == "to-follow":
            yield Hit(
                annex.below("status"), f'"{brief(annex.name)}" is to follow, and part of what is signed'
            )


@rule(
    "signature-no-legal-sign-off",
    since="signature",
    severity="error",
    help="name the lawyer who approved the paper, and the date",
)
def no_legal_sign_off(deal: Deal) -> Iterator[Hit]:
    """A lawyer has approved the paper.

    ## Why
    The article "Why Strategic Partnerships Fail and How to Succeed" advises to involve counsel early and to
    finish with legal sign-off. This program finds gaps; it is no lawyer.

    ## Bad
    ```yaml
    people:
      - id: eva
        party: acme
        name: Eva Roth
    signoff:
      legal:
        - person: eva
    ```

    ## Good
    ```yaml
    people:
      - id: eva
        party: acme
        name: Eva Roth
    signoff:
      legal:
        - person: eva
          date: 2027-01-10
    ```

    ## When to waive
    When the house lets a deal of this size go without one; name the policy.
    """
    if not said(deal, "signoff.legal"):
        yield missing(deal, "signoff.legal", "no lawyer has approved the paper")
        return
    for entry in deal.each("signoff.legal"):
        for key in unsaid(entry, ("person", "date"))[:1]:
            noun = "name" if key == "person" else "date"
            yield missing(entry, key, f"the legal sign-off has no {noun}")


@rule(
    "signature-open-point",
    since="signature",
    severity="error",
    help="settle it, or write `none` or `withheld`",
)
def open_point(deal: Deal) -> Iterator[Hit]:
    """Nothing is still open.

    ## Why
    A signed paper with an open point is an agreement to agree: it may bind nobody on that point, and may
    cast doubt on the rest.

    ## Bad
    ```yaml
    term:
      effective: open
      initial: 2 years
    ```

    ## Good
    ```yaml
    term:
      effective: signature
      initial: 2 years
    ```

    ## When to waive
    When the parties mean to sign with the point open and know what follows from it.
    """
    yield from open_points(deal)


@rule(
    "signature-party-not-registered",
    severity="warning",
    since="signature",
    needs="parties",
    help="add `registration` and `address` as the register has them",
)
def not_registered(deal: Deal) -> Iterator[Hit]:
    """A company has its number in the register, and its address.

    ## Why
    A name can be shared by several companies, and changes. The number and the seat say which of them is
    bound. Of an individual, `parties-not-identified` asks for the address.

    ## Bad
    ```yaml
    parties:
      - id: acme
        name: Acme Devices GmbH
    ```

    ## Good
    ```yaml
    parties:
      - id: acme
        name: Acme Devices GmbH
        registration: HRB 123456
        address: Lindenallee 1, 20095 Hamburg, Germany
    ```

    ## When to waive
    When the party is a public body that stands in no register.
    """
    for party in deal.each("parties"):
        nouns = {"registration": "no number in the register", "address": "no address"}
        lacking = unsaid(party, nouns) if party.plain("person") is not True else []
        if lacking:
            words = listed(nouns[key] for key in lacking)
            yield Hit(party.below(lacking[0]), f"{brief(party.name)} has {words}")


@rule(
    "signature-sign-off-day",
    severity="warning",
    needs="signoff.legal",
    help="have the paper looked at again, or correct the day",
)
def sign_off_day(deal: Deal) -> Iterator[Hit]:
    """A lawyer's approval is of the paper as it stands: of the last year, and before the deal takes effect.

    ## Why
    An approval that is older than the draft by years was given to another text, and one after the start and the
    date of the paper comes too late.

    ## Bad
    ```yaml
    deal:
      title: Clinic monitoring
      date: 2027-01-18
    people:
      - id: hanna
        party: acme
        name: Hanna Wirth
    signoff:
      legal:
        - person: hanna
          date: 2017-01-15
    ```

    ## Good
    ```yaml
    deal:
      title: Clinic monitoring
      date: 2027-01-18
    people:
      - id: hanna
        party: acme
        name: Hanna Wirth
    signoff:
      legal:
        - person: hanna
          date: 2027-01-15
    ```

    ## When to waive
    When the approval is of a template that has not changed.
    """
    written, start = day_of_paper(deal), start_of_term(deal)
    for entry in deal.each("signoff.legal") if written else ():
        approved = entry.parsed("date", "date")
        if approved and written and (written - approved).days > 366:
            yield Hit(
                entry.below("date"), f"the paper was approved on {approved}, more than a year before its date"
            )
        elif approved and start and approved > max(start, written or start):
            yield Hit(
                entry.below("date"), f"the paper was approved on {approved}, after it took effect on {start}"
            )
