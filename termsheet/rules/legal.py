"""The legal terms: law, forum, secrecy, publicity, assignment, liability.

Between units of one company (`internal: true` for every party) law, forum and liability are not asked for.
"""

from __future__ import annotations

from collections.abc import Iterator

from termsheet.deal import Deal
from termsheet.rules.rule import Hit, missing, rule, said, unclear


@rule(
    "legal-missing",
    severity="error",
    help="settle the law, the courts, secrecy, publicity, liability and assignment",
)
def no_legal(deal: Deal) -> Iterator[Hit]:
    """The deal has legal terms.

    ## Why
    A term sheet is two papers in one: a commercial part that mostly does not bind, and a legal part that
    does. Without the second, not even the promise of secrecy holds while the parties talk.

    ## Bad
    ```yaml
    scope:
      summary: Acme supplies monitoring devices for use in Borealis clinics.
    ```

    ## Good
    ```yaml
    legal:
      governing_law:
        law: the law of Ireland
      forum:
        courts: the courts of Dublin
    ```

    ## When to waive
    When the deal is an order under a master agreement; name it under `papers`.
    """
    if not said(deal, "legal") and _companies(deal):
        yield missing(deal, "legal", "the deal has no legal terms")


@rule(
    "legal-no-confidentiality",
    needs="legal",
    severity="error",
    help="say who keeps what secret and for how long, or name the signed agreement under `papers`",
)
def no_confidentiality(deal: Deal) -> Iterator[Hit]:
    """Secrecy is settled: in this paper, or in a signed agreement that it names.

    ## Why
    The parties show each other plans, prices and customers long before the full agreement is signed. What
    was shown without a duty of secrecy may be used, and an invention that was shown may no longer be
    patented.

    ## Bad
    ```yaml
    legal:
      governing_law:
        law: the law of Ireland
    ```

    ## Good
    ```yaml
    legal:
      governing_law:
        law: the law of Ireland
      confidentiality:
        - mode: this-paper
          binds: each
          lasts: 3 years
    ```

    ## When to waive
    When nothing secret is shown, such as in a public sponsorship.
    """
    papers = deal.each("papers")
    signed = any(paper.text("kind") == "nda" and paper.text("status") != "to-be-signed" for paper in papers)
    if not said(deal, "legal.confidentiality") and not signed and not unclear(deal, "papers"):
        yield missing(deal, "legal.confidentiality", "the deal does not settle secrecy")


@rule("legal-no-governing-law", needs="legal", severity="error", help="name the law that governs the deal")
def no_governing_law(deal: Deal) -> Iterator[Hit]:
    """The governing law is named.

    ## Why
    89 % of the 202 public partnership contracts that we counted name one. Without it, a court first decides
    which law applies, by rules of its own, and the same words may mean two things in two places.

    ## Bad
    ```yaml
    legal:
      forum:
        courts: the courts of Dublin
    ```

    ## Good
    ```yaml
    legal:
      forum:
        courts: the courts of Dublin
      governing_law:
        law: the law of Ireland
    ```

    ## When to waive
    Between public bodies that may not agree to a foreign law; say so in the reason.
    """
    if not said(deal, "legal.governing_law.law") and _companies(deal):
        path = "legal.governing_law.law" if said(deal, "legal.governing_law") else "legal.governing_law"
        yield missing(deal, path, "the deal does not name the governing law")


@rule(
    "legal-no-forum",
    needs="legal",
    severity="error",
    help="name the courts, or end the ladder of disputes with arbitration",
)
def no_forum(deal: Deal) -> Iterator[Hit]:
    """The deal says who decides in the end: courts, or arbitrators.

    ## Why
    Law without a forum starts every dispute with a dispute about where to have it. Either courts or an
    arbitration step in `disputes.ladder` will do.

    ## Bad
    ```yaml
    legal:
      governing_law:
        law: the law of Ireland
    ```

    ## Good
    ```yaml
    legal:
      governing_law:
        law: the law of Ireland
      forum:
        courts: the courts of Dublin
        exclusive: true
    ```

    ## When to waive
    When the parties trust the general rules of jurisdiction, both being in one country.
    """
    if not _companies(deal) or said(deal, "legal.forum.courts") or unclear(deal, "disputes.ladder"):
        return
    steps = deal.each("disputes.ladder")
    if not any(step.text("step") == "arbitration" or unclear(step, "step") for step in steps):
        path = "legal.forum.courts" if said(deal, "legal.forum") else "legal.forum"
        yield missing(deal, path, "the deal does not say which courts or arbitrators decide")


@rule(
    "legal-no-publicity",
    needs="legal",
    severity="warning",
    help="say who may speak of the deal in public, and with whose consent",
)
def no_publicity(deal: Deal) -> Iterator[Hit]:
    """The deal says who may speak of it in public.

    ## Why
    A press release by one side tells rivals, customers and sometimes a stock exchange what the other wanted
    kept quiet. Who may speak, after whose consent, and what silence means, fits in three lines.

    ## Bad
    ```yaml
    legal:
      governing_law:
        law: the law of Ireland
    ```

    ## Good
    ```yaml
    legal:
      governing_law:
        law: the law of Ireland
      publicity:
        needs: each
        within: 5 business days
        silence: refused
    ```

    ## When to waive
    When the duty of secrecy covers the fact of the deal itself.
    """
    if not said(deal, "legal.publicity"):
        yield missing(deal, "legal.publicity", "the deal does not say who may speak of it in public")


@rule(
    "legal-no-assignment",
    needs="legal",
    severity="warning",
    help="say who may pass the deal on, and with whose consent",
)
def no_assignment(deal: Deal) -> Iterator[Hit]:
    """The deal says whether a party may pass it on.

    ## Why
    80 % of the 202 public partnership contracts that we counted settle this. Where nothing is said, many
    laws let a party hand its rights to a rival of the other; a partner is chosen for who it is.

    ## Bad
    ```yaml
    legal:
      governing_law:
        law: the law of Ireland
    ```

    ## Good
    ```yaml
    legal:
      governing_law:
        law: the law of Ireland
      assignment:
        - by: each
          needs: each
          withheld: not-unreasonably
    ```

    ## When to waive
    For a short pilot that ends before anyone could.
    """
    if not said(deal, "legal.assignment"):
        yield missing(deal, "legal.assignment", "the deal does not say whether a party may pass it on")


@rule(
    "legal-no-liability",
    needs="legal",
    severity="warning",
    help="give the cap and what it does not touch; or `none`, or `later` in principle",
)
def no_liability(deal: Deal) -> Iterator[Hit]:
    """The deal takes a position on liability.

    ## Why
    59 % of the 202 public partnership contracts that we counted cap it. Without a word, each side is liable
    for all that the law gives, without limit. A term sheet may leave the figures to the agreement and
    settle the principle.

    ## Bad
    ```yaml
    legal:
      governing_law:
        law: the law of Ireland
    ```

    ## Good
    ```yaml
    legal:
      governing_law:
        law: the law of Ireland
      liability:
        - protects: each
          cap: EUR 500,000
          uncapped:
            - fraud
            - wilful misconduct
    ```

    ## When to waive
    Write `liability: none` where no limit is wanted, rather than a waiver.
    """
    if not said(deal, "legal.liability") and _companies(deal):
        yield missing(deal, "legal.liability", "the deal takes no position on liability")


def _companies(deal: Deal) -> bool:
    """Whether the parties are more than units of one company."""
    parties = deal.each("parties")
    return not parties or any(party.plain("internal") is not True for party in parties)
