"""The legal terms: law, forum, secrecy, publicity, assignment, liability.

Between units of one company (`internal: true` for every party) law, forum and liability are not asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from termsheet.deal import Deal
from termsheet.rules.rule import Hit, brief, by_type, called, listed, missing, rule, said, sides, unclear

_SECRECY = re.compile(r"\b(?:secre\w+|confidential\w*)\b", re.IGNORECASE)


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


@rule(
    "legal-secrecy-one-sided",
    needs="legal.confidentiality",
    severity="warning",
    help="bind each party, or say in a waiver why only one of them learns secrets",
)
def secrecy_one_sided(deal: Deal) -> Iterator[Hit]:
    """A duty of secrecy does not bind one side only.

    ## Why
    Both sides learn something: the one the plans and prices, the other the customers and the figures. What a
    party learns without a duty it may use and tell. A signed agreement on secrecy counts as well.

    ## Bad
    ```yaml
    legal:
      confidentiality:
        - mode: this-paper
          binds: borealis
          lasts: 3 years
    ```

    ## Good
    ```yaml
    legal:
      confidentiality:
        - mode: this-paper
          binds: each
          lasts: 3 years
    ```

    ## When to waive
    When one side alone shows anything that is secret.
    """
    entries = deal.each("legal.confidentiality")
    elsewhere = any(paper.text("kind") == "nda" for paper in deal.each("papers"))
    if elsewhere or any(unclear(deal, path) for path in ("legal.confidentiality", "papers")):
        return
    if any(unclear(entry, "binds") or not said(entry, "binds") for entry in entries):
        return
    bound = {side for entry in entries for word in entry.who("binds") for side in sides(deal, word)}
    free = [party for party in deal.party_ids if party not in bound]
    if bound and free:
        are = "is" if len(free) == 1 else "are"
        yield Hit(entries[0].below("binds"), f"{called(deal, *free)} {are} bound to no secrecy")


@rule(
    "legal-secrecy-no-length",
    needs="legal.confidentiality",
    severity="warning",
    help="say for how long, such as `3 years` or `term + 2 years`; trade secrets may be kept for longer",
)
def secrecy_no_length(deal: Deal) -> Iterator[Hit]:
    """A duty of secrecy says how long it lasts.

    ## Why
    Without a length, one side reads "for as long as the deal runs" and the other "for ever". Some laws hold a
    duty without an end to be void, others let it be ended on notice.

    ## Bad
    ```yaml
    legal:
      confidentiality:
        - mode: this-paper
          binds: each
    ```

    ## Good
    ```yaml
    legal:
      confidentiality:
        - mode: this-paper
          binds: each
          lasts: 3 years
    ```

    ## When to waive
    Write `lasts: indefinite` where no end is wanted, rather than a waiver.
    """
    survives = deal.each("exit.survives")
    if unclear(deal, "exit.survives") or any(_SECRECY.search(entry.text("what")) for entry in survives):
        return
    for entry in deal.each("legal.confidentiality"):
        if entry.text("mode") == "this-paper" and not said(entry, "lasts") and not said(entry, "until"):
            yield missing(entry, "lasts", "the duty of secrecy has no length", "lasts: open")


@rule(
    "legal-no-compliance",
    needs="legal",
    severity="off",
    types=by_type(note="referral reseller"),
    help="say who keeps which rule of conduct, such as anti-bribery, and how soon a breach is reported",
)
def no_compliance(deal: Deal) -> Iterator[Hit]:
    """Who sells or introduces for another keeps to rules of conduct.

    ## Why
    The OECD's report on foreign bribery of 2014 found go-betweens, such as agents and distributors, in three of
    four cases; the company for which they worked was punished. Sanctions and export rules follow the goods.

    ## Bad
    ```yaml
    deal:
      title: Clinic distribution
      type: reseller
    legal:
      governing_law:
        law: the law of Ireland
    ```

    ## Good
    ```yaml
    deal:
      title: Clinic distribution
      type: reseller
    legal:
      governing_law:
        law: the law of Ireland
      compliance:
        - subject: anti-bribery and sanctions
          binds: each
          notify: 2 business days
    ```

    ## When to waive
    There is nothing to waive: it is a note, shown only on request.
    """
    if not said(deal, "legal.compliance"):
        stub = "- subject: open\n  binds: open\n  notify: open"
        yield missing(deal, "legal.compliance", "the deal has no line on bribery, sanctions or export", stub)


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


@rule(
    "legal-cap-one-sided",
    needs="legal.liability",
    severity="warning",
    help="let the cap protect each party, or give the other its own",
)
def cap_one_sided(deal: Deal) -> Iterator[Hit]:
    """A cap on liability does not protect one side only.

    ## Why
    A party whose liability is capped, facing one whose is not, has moved the risk of the deal to the other.
    That may be priced; it should not be overlooked.

    ## Bad
    ```yaml
    legal:
      liability:
        - protects: acme
          cap: EUR 500,000
    ```

    ## Good
    ```yaml
    legal:
      liability:
        - protects: each
          cap: EUR 500,000
    ```

    ## When to waive
    When the other side performs nothing that could cause loss.
    """
    caps = [cap for cap in deal.each("legal.liability") if said(cap, "cap") or said(cap, "of")]
    if not caps or unclear(deal, "legal.liability"):
        return
    if any(unclear(cap, "protects") or not said(cap, "protects") for cap in caps):
        return
    safe = {side for cap in caps for word in cap.who("protects") for side in sides(deal, word)}
    if safe and len(safe) < len(deal.party_ids):
        names = listed(brief(called(deal, party), 30) for party in deal.party_ids if party in safe)
        yield Hit(caps[0].below("protects"), f"the cap protects only {names}")


@rule(
    "legal-cap-no-exceptions",
    needs="legal.liability",
    severity="warning",
    help="list under `uncapped` what no cap touches: fraud and wilful misconduct at least",
)
def cap_no_exceptions(deal: Deal) -> Iterator[Hit]:
    """A cap on liability says what it does not touch.

    ## Why
    Most laws let nobody limit liability for fraud or intent, and some strike down the whole cap that tries.
    The list also settles what else stays open, such as secrecy or payment.

    ## Bad
    ```yaml
    legal:
      liability:
        - protects: each
          cap: EUR 500,000
    ```

    ## Good
    ```yaml
    legal:
      liability:
        - protects: each
          cap: EUR 500,000
          uncapped:
            - fraud
            - wilful misconduct
    ```

    ## When to waive
    When the governing law writes the exceptions into every cap.
    """
    for cap in deal.each("legal.liability"):
        if said(cap, "cap") and not said(cap, "uncapped"):
            yield missing(
                cap,
                "uncapped",
                "the cap has no exceptions, not even fraud",
                "uncapped:\n  - fraud\n  - wilful misconduct",
            )


@rule(
    "legal-two-caps",
    needs="legal.liability",
    severity="error",
    since="sketch",
    help="keep one of them, or use `super_caps` for the matters that have their own",
)
def two_caps(deal: Deal) -> Iterator[Hit]:
    """No party is protected by two caps of different sums.

    ## Why
    Two sums for one loss are a dispute about which of them was meant.

    ## Bad
    ```yaml
    legal:
      liability:
        - protects: each
          cap: EUR 500,000
        - protects: acme
          cap: EUR 300,000
    ```

    ## Good
    ```yaml
    legal:
      liability:
        - protects: each
          cap: EUR 500,000
          super_caps:
            - for_what: loss of data
              cap: EUR 900,000
    ```

    ## When to waive
    When each is limited to another part of the deal by `for` or `if`.
    """
    held: dict[str, str] = {}
    for cap in deal.each("legal.liability"):
        if any(said(cap, key) for key in ("for", "if", "unless", "territory", "starts", "until")):
            continue
        for party in cap.who("protects") if cap.text("cap") else ():
            if held.setdefault(party, cap.text("cap")) != cap.text("cap"):
                yield Hit(cap.below("cap"), f"{called(deal, party)} is protected by two caps")
                break


@rule(
    "legal-indemnity-one-way",
    needs="legal.indemnities",
    severity="note",
    help="let each party hold the other harmless for what it brings",
)
def indemnity_one_way(deal: Deal) -> Iterator[Hit]:
    """Indemnities do not run one way only.

    ## Why
    Each side brings something that may infringe the rights of others. An indemnity from one side alone is
    often a draft that the other has not answered yet.

    ## Bad
    ```yaml
    legal:
      indemnities:
        - by: acme
          to: borealis
          for_what: claims that the devices infringe the rights of others
    ```

    ## Good
    ```yaml
    legal:
      indemnities:
        - by: each
          to: each
          for_what: claims that what it brings infringes the rights of others
    ```

    ## When to waive
    When one side alone delivers something.
    """
    entries = deal.each("legal.indemnities")
    givers = {side for entry in entries for word in entry.who("by") for side in sides(deal, word)}
    clear = not unclear(deal, "legal.indemnities") and not any(unclear(entry, "by") for entry in entries)
    if clear and len(givers) == 1 and len(deal.party_ids) > 1:
        yield Hit(entries[0].below("by"), f"only {called(deal, *givers)} holds the others harmless")


@rule(
    "legal-insurance-no-sum",
    needs="legal.insurance",
    severity="note",
    help="say for how much",
)
def insurance_no_sum(deal: Deal) -> Iterator[Hit]:
    """An insurance has a sum.

    ## Why
    "Adequate cover" is whatever the policy says. A sum can be checked against a certificate.

    ## Bad
    ```yaml
    legal:
      insurance:
        - by: acme
          kind: product liability
    ```

    ## Good
    ```yaml
    legal:
      insurance:
        - by: acme
          kind: product liability
          sum: EUR 5,000,000
    ```

    ## When to waive
    When the law fixes the sum.
    """
    for entry in deal.each("legal.insurance"):
        if not said(entry, "sum"):
            yield missing(
                entry,
                "sum",
                f'the insurance against "{brief(entry.text("kind") or "loss", 30)}" has no sum',
                "sum: open",
            )


@rule(
    "legal-two-secrecy-periods",
    needs="legal.confidentiality",
    severity="error",
    since="sketch",
    help="keep one length, or say which of the two is for what",
)
def two_secrecy(deal: Deal) -> Iterator[Hit]:
    """No party is bound to one secrecy for two lengths of time.

    ## Why
    A duty of three years beside one of five is a duty of three years, says who wants to talk.

    ## Bad
    ```yaml
    legal:
      confidentiality:
        - mode: this-paper
          binds: each
          lasts: 3 years
        - mode: this-paper
          binds: acme
          lasts: 5 years
    ```

    ## Good
    ```yaml
    legal:
      confidentiality:
        - mode: this-paper
          binds: each
          lasts: 3 years
          trade_secrets: 5 years
    ```

    ## When to waive
    When each covers something else, and `covers` says what.
    """
    held: dict[str, str] = {}
    for entry in deal.each("legal.confidentiality"):
        if any(said(entry, key) for key in ("covers", "for", "if", "unless", "starts", "until")):
            continue
        for party in entry.who("binds") if entry.text("lasts") else ():
            if held.setdefault(party, entry.text("lasts")) != entry.text("lasts"):
                yield Hit(entry.below("lasts"), f"{called(deal, party)} keeps the same secrets for two times")
                break
