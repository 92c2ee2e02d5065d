"""Signature: what must be there on the day the paper is signed."""

from __future__ import annotations

from collections.abc import Iterator

from termsheet.deal import Deal
from termsheet.rules.deal import open_points
from termsheet.rules.rule import Hit, brief, missing, rule, said, unsaid


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
    its drafts, and times such as "60 days after signature" are checked against it.

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
    if not said(deal, "deal.date"):
        yield missing(deal, "deal.date", "the paper has no date")


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
