"""The legal terms: law, forum, secrecy, publicity, assignment, liability.

Between units of one company (`internal: true` for every party) law, forum, liability and assignment are not
asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from termsheet.deal import Deal
from termsheet.pattern import pattern
from termsheet.rules.data import country
from termsheet.rules.rule import (
    Hit,
    brief,
    by_type,
    called,
    limits,
    listed,
    missing,
    one_company,
    rule,
    said,
    sides,
    unclear,
)
from termsheet.values.duration import Duration

_COMPETITION = pattern(r"competition|anti-?trust|cartel", re.IGNORECASE)
_FRAUD = pattern(
    r"fraud|deceit|intent|deliberate|wil?lful|misconduct|bad faith|mandatory|(?:cannot|can not|may not|must not) be"
    r"|forbid|not (?:allow|let|permit)",
    re.IGNORECASE,
)
_USUAL = ("relationship", "entire_agreement", "amendments", "notices")


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
    if not said(deal, "legal") and not one_company(deal):
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
    if unclear(deal, "exit.survives") or any(_SECRET.search(entry.text("what")) for entry in survives):
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


@rule(
    "legal-nda-loose",
    needs="legal.confidentiality",
    severity="error",
    help="name the agreement under `papers`, with its parties, its date or the day by which it is signed",
)
def nda_loose(deal: Deal) -> Iterator[Hit]:
    """Where secrecy rests on another agreement, that is named, has a date, and binds the same parties.

    ## Why
    "The existing NDA" may be one of three, may have run out, or may be between two of the parties only. One that is
    still to be signed protects nothing until then, and without a day it is never signed.

    ## Bad
    ```yaml
    legal:
      confidentiality:
        - mode: existing-nda
          binds: each
    ```

    ## Good
    ```yaml
    papers:
      - id: nda
        title: Mutual non-disclosure agreement
        kind: nda
        between: each
        date: 2026-11-04
    legal:
      confidentiality:
        - mode: existing-nda
          paper: nda
          binds: each
    ```

    ## When to waive
    Never; one line under `papers` settles it.
    """
    papers = {paper.text("id"): paper for paper in deal.each("papers")}
    for entry in deal.each("legal.confidentiality"):
        follows = entry.text("mode") == "nda-to-follow"
        if entry.text("mode") not in ("existing-nda", "nda-to-follow") or unclear(entry, "paper"):
            continue
        paper = papers.get(entry.text("paper"))
        if paper is None:
            if not any(other.text("kind") == "nda" for other in papers.values()) and not unclear(
                deal, "papers"
            ):
                text = "secrecy rests on an agreement that the deal does not name"
                yield missing(entry, "paper", text, "paper: open")
            continue
        name = brief(paper.name, 34)
        if not said(paper, "due" if follows else "date"):
            text = f'secrecy waits for "{name}", which has no day' if follows else f'"{name}" has no date'
            yield missing(paper, "due" if follows else "date", text)
            continue
        between = [] if unclear(paper, "between") else paper.who("between")
        out = [party for party in entry.who("binds") if party in deal.party_ids and party not in between]
        if between and out:
            yield Hit(
                paper.below("between"), f'secrecy rests on "{name}", which does not bind {called(deal, *out)}'
            )


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
    if not said(deal, "legal.governing_law.law") and not one_company(deal):
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
    if one_company(deal) or said(deal, "legal.forum.courts") or unclear(deal, "disputes.ladder"):
        return
    steps = deal.each("disputes.ladder")
    if not any(step.text("step") == "arbitration" or unclear(step, "step") for step in steps):
        path = "legal.forum.courts" if said(deal, "legal.forum") else "legal.forum"
        yield missing(deal, path, "the deal does not say which courts or arbitrators decide")


@rule(
    "legal-no-publicity",
    needs="legal",
    severity="warning",
    types=by_type(note="referral pilot"),
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
    "legal-publicity-one-sided",
    needs="legal.publicity",
    severity="warning",
    help="let each party need the consent of the others, and say within how many days they answer",
)
def publicity_one_sided(deal: Deal) -> Iterator[Hit]:
    """No party alone may speak in public without the consent of another.

    ## Why
    The side that may speak freely chooses the day, the words and the logo. The other reads of its own partnership in
    the paper, and may not answer.

    ## Bad
    ```yaml
    legal:
      publicity:
        by: acme
    ```

    ## Good
    ```yaml
    legal:
      publicity:
        by: acme
        needs: borealis
        within: 5 business days
    ```

    ## When to waive
    When the other side's part is a matter of public record anyway.
    """
    if unclear(deal, "legal.publicity.by") or deal.point("legal.publicity.needs"):
        return
    speakers = deal.who("legal.publicity.by") or deal.party_ids
    consent = {side for word in deal.who("legal.publicity.needs") for side in sides(deal, word)}
    free = [party for party in deal.party_ids if party in speakers and not consent - {party}]
    if free and len(free) < len(deal.party_ids):
        path = "legal.publicity.needs" if consent else "legal.publicity.by"
        yield Hit(path, f"{called(deal, *free)} may speak in public without anyone's consent")


@rule(
    "legal-no-assignment",
    needs="legal",
    severity="warning",
    types=by_type(note="co-marketing pilot"),
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
    When the deal ends before anyone could; in a pilot it is a note.
    """
    if not said(deal, "legal.assignment") and not one_company(deal):
        yield missing(deal, "legal.assignment", "the deal does not say whether a party may pass it on")


@rule(
    "legal-assignment-one-sided",
    needs="legal.assignment",
    severity="warning",
    types=by_type(note="licensing reseller"),
    help="let each party need the consent of the others, or name what needs none under `except`",
)
def assignment_one_sided(deal: Deal) -> Iterator[Hit]:
    """Not one side alone needs consent to pass the deal on.

    ## Why
    The side that is free to pass the deal on may hand its part to a rival of the other, which is bound to stay. Where
    a sale of the business is the reason, an exception for that is enough.

    ## Bad
    ```yaml
    legal:
      assignment:
        - by: acme
          needs: borealis
    ```

    ## Good
    ```yaml
    legal:
      assignment:
        - by: each
          needs: each
    ```

    ## When to waive
    When only one side does the work, and the other only pays.
    """
    entries = deal.each("legal.assignment")
    if unclear(deal, "legal.assignment") or any(
        unclear(entry, key) for entry in entries for key in ("by", "needs")
    ):
        return
    limited = ("for", "if", "unless", "territory", "starts", "until")
    if any(said(entry, key) for entry in entries for key in limited) or not all(
        said(entry, "by") for entry in entries
    ):
        return
    bound = {
        side
        for entry in entries
        if said(entry, "needs")
        for word in entry.who("by")
        for side in sides(deal, word)
    }
    if bound and len(bound) < len(deal.party_ids):
        needs = "needs" if len(bound) == 1 else "need"
        names = called(deal, *(party for party in deal.party_ids if party in bound))
        yield Hit(entries[0].below("by"), f"only {names} {needs} consent to pass the deal on")


@rule(
    "legal-no-liability",
    needs="legal",
    severity="warning",
    help="give the cap and what it does not touch; or `none`; or, under `later`, the principle",
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
    if not said(deal, "legal.liability") and not one_company(deal):
        yield missing(deal, "legal.liability", "the deal takes no position on liability")


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
    That may be priced; it should not be overlooked. A cap that is left for `later` is counted.

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
    caps += [cap for cap in deal.each("legal.liability") if said(cap, "later")]
    if any(unclear(cap, "protects") or not said(cap, "protects") for cap in caps):
        return
    safe = {side for cap in caps for word in cap.who("protects") for side in sides(deal, word)}
    if safe and len(safe) < len(deal.party_ids):
        names = listed(brief(called(deal, party), 30) for party in deal.party_ids if party in safe)
        yield Hit(caps[0].below("protects"), f"the cap protects only {names}")


@rule(
    "legal-cap-no-exceptions",
    needs="legal.liability",
    yields="legal-cap-empty",
    severity="warning",
    help="list under `uncapped` what no cap touches: fraud and wilful misconduct at least",
)
def cap_no_exceptions(deal: Deal) -> Iterator[Hit]:
    """A cap on liability says what it does not touch, fraud above all.

    ## Why
    Most laws let nobody limit liability for fraud or intent, and some strike down the whole cap that tries.
    The list also settles what else stays open, such as secrecy or payment. In a paper in English, the list is
    read for fraud, intent or what the law forbids to limit.

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
    english = deal.text("deal.language")[:2] in ("", "en")
    for cap in deal.each("legal.liability"):
        if not cap.plain("cap") and not cap.plain("of"):
            continue
        if not said(cap, "uncapped"):
            text = "the cap has no exceptions, not even fraud"
            yield missing(cap, "uncapped", text, "uncapped:\n  - fraud\n  - wilful misconduct")
        elif english and not (unclear(cap, "uncapped") or any(map(_FRAUD.search, cap.plain("uncapped")))):
            yield Hit(cap.below("uncapped"), "the exceptions of the cap leave out fraud")


@rule(
    "legal-cap-empty",
    needs="legal.liability",
    severity="warning",
    help="take it out of the list, or name the breaches that are meant",
)
def cap_empty(deal: Deal) -> Iterator[Hit]:
    """What a cap does not touch leaves something that it does.

    ## Why
    A cap that does not count for "any breach of this agreement" counts for nothing. It is a slip that the side which
    relies on the cap finds out in court.

    ## Bad
    ```yaml
    legal:
      liability:
        - protects: each
          cap: EUR 500,000
          uncapped:
            - fraud
            - any breach of this agreement
    ```

    ## Good
    ```yaml
    legal:
      liability:
        - protects: each
          cap: EUR 500,000
          uncapped:
            - fraud
            - breach of the duty of confidentiality
    ```

    ## When to waive
    Never; leave the cap out instead.
    """
    for cap in deal.each("legal.liability"):
        for text in cap.plain("uncapped") or () if said(cap, "cap") or said(cap, "of") else ():
            if isinstance(text, str) and _ANY_BREACH.fullmatch(" ".join(text.split())):
                yield Hit(
                    cap.below("uncapped"), f'the cap touches nothing, since "{brief(text)}" is not capped'
                )


_ANY_BREACH = pattern(
    r"(?:any |all |every |each |a )?(?:material |other )?(?:breach(?:es)?|violations?|non-performance) (?:of|under)"
    r" (?:this |the )?(?:agreement|deal|contract|term sheet)(?: by .+)?"
    r"|(?:any|all|every) (?:loss(?:es)?|claims?|damages?)",
    re.IGNORECASE,
)


@rule(
    "legal-cap-two-measures",
    needs="legal.liability",
    severity="warning",
    help="say `greater: yes` or `greater: no`, or keep one of the two",
)
def cap_two_measures(deal: Deal) -> Iterator[Hit]:
    """A cap that is both a sum and taken from fees says which of them counts.

    ## Why
    "EUR 500,000 or the fees of the last twelve months" is two caps. In the first month the second is nearly nothing,
    in the third year it may be the larger.

    ## Bad
    ```yaml
    legal:
      liability:
        - protects: each
          cap: EUR 500,000
          of: the fees paid in the last 12 months
          uncapped:
            - fraud
    ```

    ## Good
    ```yaml
    legal:
      liability:
        - protects: each
          cap: EUR 500,000
          of: the fees paid in the last 12 months
          greater: yes
          uncapped:
            - fraud
    ```

    ## When to waive
    Never.
    """
    for cap in deal.each("legal.liability"):
        if said(cap, "cap") and said(cap, "of") and not said(cap, "greater"):
            text = "the cap is a sum and taken from fees, and nothing says which counts"
            yield missing(cap, "greater", text, "greater: open")


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
    held: dict[tuple[str, ...], tuple[Any, ...]] = {}
    for cap in deal.each("legal.liability"):
        money = cap.parsed("cap", "money")
        for party in cap.who("protects") if money else ():
            mine = (money.amount, money.currency or deal.text("deal.currency"), money.per)
            if held.setdefault((party, *limits(cap)), mine) != mine:
                yield Hit(
                    cap.below("cap"), f"{called(deal, party)} is protected by two caps of different sums"
                )
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
    givers = {side for entry in entries for word in entry.who("by") for side in sides(deal, word) or [word]}
    told = all(said(entry, "by") and not unclear(entry, "by") for entry in entries)
    clear = told and not unclear(deal, "legal.indemnities") and givers <= {*deal.party_ids}
    others = "the other" if len(deal.party_ids) == 2 else "the others"
    if clear and len(givers) == 1 and len(deal.party_ids) > 1:
        yield Hit(entries[0].below("by"), f"only {called(deal, *givers)} holds {others} harmless")


@rule(
    "legal-insurance-no-sum",
    needs="legal.insurance",
    severity="note",
    help="say for how much it is taken out",
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
            kind = entry.text("kind")
            noun = f'the insurance for "{brief(kind, 40)}"' if kind else "an insurance"
            yield missing(entry, "sum", f"{noun} has no sum", "sum: open")


@rule(
    "legal-partnership-in-law",
    needs="legal.relationship",
    severity="warning",
    help="write `independent`, unless the parties want to answer for each other's debts",
)
def partnership_in_law(deal: Deal) -> Iterator[Hit]:
    """Parties that form no venture are not partners in law.

    ## Why
    Partners in law may bind each other, answer for each other's debts, owe each other loyalty and are taxed together.
    Most who call each other partners want none of that. Where a venture is formed, its form decides.

    ## Bad
    ```yaml
    legal:
      relationship: partnership
    ```

    ## Good
    ```yaml
    legal:
      relationship: independent
    ```

    ## When to waive
    When a partnership in law is what the parties want.
    """
    if deal.text("legal.relationship") == "partnership" and not said(deal, "venture"):
        yield Hit("legal.relationship", "the parties are partners in law, and answer for each other's debts")


@rule(
    "legal-trade-secrets-end",
    needs=("legal.confidentiality", "grants"),
    severity="note",
    help="say under `trade_secrets` how long know-how is kept secret, such as `indefinite`",
)
def trade_secrets_end(deal: Deal) -> Iterator[Hit]:
    """Know-how that is licensed is kept secret for longer than a few years.

    ## Why
    A duty of secrecy that ends after three years frees what was shown for good, and a secret that the owner lets go is
    none any more. Where secret know-how, recipes or source code are handed over, it has a longer time of its own.

    ## Bad
    ```yaml
    grants:
      - kind: licence
        from: acme
        to: borealis
        what: the know-how of the coating process
    legal:
      confidentiality:
        - mode: this-paper
          binds: each
          lasts: 3 years
    ```

    ## Good
    ```yaml
    grants:
      - kind: licence
        from: acme
        to: borealis
        what: the know-how of the coating process
    legal:
      confidentiality:
        - mode: this-paper
          binds: each
          lasts: 3 years
          trade_secrets: indefinite
    ```

    ## When to waive
    There is nothing to waive: it is a note, shown only on request.
    """
    secret = any(
        _KNOW_HOW.search(grant.text("what")) or said(grant, "know_how") for grant in deal.each("grants")
    )
    for entry in deal.each("legal.confidentiality") if secret else ():
        length = entry.parsed("lasts", "duration")
        if length and length.unit and not length.word and not said(entry, "trade_secrets"):
            text = f"secret know-how is licensed, and is free after {entry.text('lasts')}"
            yield missing(entry, "trade_secrets", text, "trade_secrets: open")
            return


_KNOW_HOW = pattern(
    r"\b(?:know-how|trade secrets?|source code|recipes?|formulas?|formulae)\b", re.IGNORECASE
)


@rule(
    "legal-two-secrecy-periods",
    needs="legal.confidentiality",
    severity="error",
    since="sketch",
    help="keep one length, or say under `covers` what each is for",
)
def two_secrecy(deal: Deal) -> Iterator[Hit]:
    """No party is bound to one secrecy for two lengths of time.

    ## Why
    A duty of three years beside one of five is a duty of three years, says who wants to talk. What `exit.survives`
    says of secrecy counts as well.

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
    held: dict[tuple[str, ...], tuple[Any, str]] = {}
    for entry in deal.each("legal.confidentiality"):
        lasts = entry.parsed("lasts", "duration")
        if lasts is None or any(unclear(entry, key) for key in ("covers", "mode")):
            continue
        mine = ((lasts.word, round(Duration(lasts.number, lasts.unit).days)), entry.text("lasts"))
        covers = " ".join(entry.text("covers").lower().split())
        for party in entry.who("binds"):
            other = held.setdefault((party, entry.text("mode"), covers, *limits(entry)), mine)
            if other[0] != mine[0]:
                name = brief(called(deal, party), 30)
                yield Hit(
                    entry.below("lasts"), f"{name} keeps the same secrets for {other[1]} and for {mine[1]}"
                )
                break
    lengths = {
        entry.text("lasts").removeprefix("term + ") for entry in deal.each("legal.confidentiality")
    } - {""}
    for entry in deal.each("exit.survives"):
        lasts = entry.text("lasts").removeprefix("term + ")
        if _SECRECY.fullmatch(entry.text("what").strip()) and lasts and lengths and lasts not in lengths:
            text = f"secrecy lasts {entry.text('lasts')} here, and {listed(sorted(lengths), 'or')} in the legal terms"
            yield Hit(entry.below("lasts"), text)


@rule(
    "legal-competitors-no-antitrust",
    needs=("rationale.competitors", "legal"),
    severity="warning",
    help="say under `legal.antitrust` what may not be talked about, and who sees sensitive figures",
)
def competitors_no_antitrust(deal: Deal) -> Iterator[Hit]:
    """Parties that compete say how they keep to competition law.

    ## Why
    An article on failing partnerships notes that allies may be rivals. Prices, customers and plans that
    rivals tell each other are the usual start of a cartel case, whatever the partnership was for. The rule
    speaks where `rationale.competitors` is yes.

    ## Bad
    ```yaml
    rationale:
      competitors: true
    legal:
      governing_law:
        law: the law of Ireland
    ```

    ## Good
    ```yaml
    rationale:
      competitors: true
    legal:
      governing_law:
        law: the law of Ireland
      antitrust: prices and customers are not discussed; sales figures go to a clean team of two
    ```

    ## When to waive
    When a protocol between the parties settles it; name it under `papers`.
    """
    told = any(_COMPETITION.search(entry.text("subject")) for entry in deal.each("legal.compliance"))
    if deal.plain("rationale.competitors") is True and not said(deal, "legal.antitrust") and not told:
        yield missing(deal, "legal.antitrust", "the parties compete, with no line on competition law")


@rule(
    "legal-listed-company",
    needs=("parties", "legal.publicity"),
    severity="warning",
    help="say what it may disclose without consent, and how the others hear of it first",
)
def listed_company(deal: Deal) -> Iterator[Hit]:
    """Where a party's shares are listed, the deal says what that party may have to disclose.

    ## Why
    A listed company must publish what moves its price, often within the day and whatever it has promised.
    Without a line, it breaks either the deal or the rules of its exchange.

    ## Bad
    ```yaml
    parties:
      - id: acme
        public: true
      - id: borealis
    legal:
      publicity:
        needs: each
    ```

    ## Good
    ```yaml
    parties:
      - id: acme
        public: true
      - id: borealis
    legal:
      publicity:
        needs: each
        listed_company: Acme may disclose what its exchange demands, and shows Borealis the text first
    ```

    ## When to waive
    When the deal is too small to move the price.
    """
    listed_ones = [party.text("id") for party in deal.each("parties") if party.plain("public") is True]
    if listed_ones and not said(deal, "legal.publicity.listed_company"):
        text = f"what {called(deal, *listed_ones)}, being listed, may disclose is not said"
        yield missing(deal, "legal.publicity.listed_company", text)


@rule(
    "legal-no-cisg",
    needs=("parties", "supply", "legal.governing_law"),
    severity="note",
    help="write `cisg: excluded` or `cisg: applies`",
)
def no_cisg(deal: Deal) -> Iterator[Hit]:
    """A sale of goods across a border says whether the UN sales convention applies.

    ## Why
    The convention of 1980 is part of the law of most trading countries, and governs a sale across a border
    unless it is excluded. Who names "the law of Germany" has chosen it, mostly without knowing. The rule
    speaks where goods are supplied between countries of Europe that it can tell apart.

    ## Bad
    ```yaml
    parties:
      - id: acme
        jurisdiction: Germany
      - id: borealis
        jurisdiction: Ireland
    supply:
      lead_time: 5 business days
    legal:
      governing_law:
        law: the law of Germany
    ```

    ## Good
    ```yaml
    parties:
      - id: acme
        jurisdiction: Germany
      - id: borealis
        jurisdiction: Ireland
    supply:
      lead_time: 5 business days
    legal:
      governing_law:
        law: the law of Germany
        cisg: excluded
    ```

    ## When to waive
    Write `cisg: not-relevant` rather than a waiver.
    """
    countries = {country(party.text("jurisdiction")) for party in deal.each("parties")} - {""}
    if len(countries) > 1 and not said(deal, "legal.governing_law.cisg"):
        text = "goods cross a border, and the UN sales convention is neither chosen nor excluded"
        yield missing(deal, "legal.governing_law.cisg", text, "cisg: open")


_SECRECY = pattern(
    r"(?:the )?(?:dut(?:y|ies) of )?(?:confidentiality|secrecy)(?: dut(?:y|ies))?", re.IGNORECASE
)
_SECRET = pattern(r"\b(?:secre\w+|confidential\w*)\b", re.IGNORECASE)


@rule(
    "legal-no-warranties",
    severity="note",
    needs="legal",
    types=by_type(warning="licensing joint-venture"),
    help="state what each party warrants, or `disclaims`; `none` where nothing is",
)
def no_warranties(deal: Deal) -> Iterator[Hit]:
    """The deal says what each party stands behind, or that it promises nothing.

    ## Why
    Without a word on it, the law of sale or of services puts in warranties of its own, and which ones
    they are depends on the country.

    ## Bad
    ```yaml
    legal:
      governing_law: open
    ```

    ## Good
    ```yaml
    warranties:
      - by: acme
        that: the monitors bear the CE mark
    ```

    ## When to waive
    When the definitive agreement is to settle it and nobody minds what it says.
    """
    if not said(deal, "warranties"):
        yield missing(deal, "warranties", "no party gives or disclaims a warranty")


_PLACE = pattern(r"[A-ZÀ-Þ][\w'’-]+")


@rule(
    "legal-law-and-courts-apart",
    needs=("legal.governing_law.law", "legal.forum.courts", "parties"),
    severity="note",
    help="choose the courts of the country whose law governs, or say in a note why not",
)
def law_and_courts_apart(deal: Deal) -> Iterator[Hit]:
    """The courts that decide know the law that governs.

    ## Why
    A court that applies the law of another country needs experts to tell it, and is not bound by what the
    courts of that country have said. It is found where the law is that of one party's country and the courts
    are those of another's.

    ## Bad
    ```yaml
    parties:
      - id: acme
        jurisdiction: Germany
        address: Lindenstraße 1, 80337 München
      - id: borealis
        jurisdiction: Ireland
        address: 1 Quay Street, Dublin
    legal:
      governing_law:
        law: the law of Ireland
      forum:
        courts: the courts of München
    ```

    ## Good
    ```yaml
    parties:
      - id: acme
        jurisdiction: Germany
        address: Lindenstraße 1, 80337 München
      - id: borealis
        jurisdiction: Ireland
        address: 1 Quay Street, Dublin
    legal:
      governing_law:
        law: the law of Ireland
      forum:
        courts: the courts of Dublin
    ```

    ## When to waive
    When the assets against which a judgment would be enforced are there.
    """
    law = {*_PLACE.findall(deal.text("legal.governing_law.law"))}
    courts = {*_PLACE.findall(deal.text("legal.forum.courts"))}
    homes = []
    for party in deal.each("parties"):
        country = {*_PLACE.findall(party.text("jurisdiction"))}
        homes.append(
            (bool(law & country), bool(courts & (country | {*_PLACE.findall(party.text("address"))})))
        )
    governed = [here for here, _ in homes]
    judged = [here for _, here in homes]
    if any(governed) and any(judged) and not any(here and there for here, there in homes):
        names = (brief(deal.text(f"legal.{key}"), 34) for key in ("forum.courts", "governing_law.law"))
        yield Hit("legal.forum.courts", "{} decide under {}".format(*names))


@rule(
    "legal-no-usual-terms",
    severity="warning",
    since="signature",
    needs="legal",
    help="add the line: `relationship`, `entire_agreement`, `amendments`, `notices.methods`",
)
def no_usual_terms(deal: Deal) -> Iterator[Hit]:
    """A paper that is to be signed has the usual closing terms: relationship, entire agreement, amendments, notices.

    ## Why
    Each is one line, and each has decided cases: a partnership that nobody meant to form, a promise in
    an e-mail, a change by telephone, a notice to the wrong address.

    ## Bad
    ```yaml
    legal:
      relationship: independent
    ```

    ## Good
    ```yaml
    legal:
      relationship: independent
      entire_agreement: true
      amendments: in writing, signed by both parties
      notices:
        methods:
          - email
    ```

    ## When to waive
    When the definitive agreement follows and this paper does not bind.
    """
    lacking = [key for key in _USUAL if not said(deal, f"legal.{key}")]
    if lacking and deal.text("deal.binding") != "nothing":
        text = f"the closing terms lack {listed(f'`{key}`' for key in lacking)}"
        yield Hit(f"legal.{lacking[0]}", text, "\n".join(f"{key}: open" for key in lacking))


@rule(
    "legal-super-cap-lower",
    severity="error",
    since="sketch",
    needs="legal.liability",
    help="raise it above the general cap",
)
def super_cap_lower(deal: Deal) -> Iterator[Hit]:
    """A higher cap is higher than the cap.

    ## Why
    A cap for special matters below the general one lowers what it was meant to raise: two figures have
    changed places.

    ## Bad
    ```yaml
    legal:
      liability:
        - protects: each
          cap: EUR 500,000
          uncapped:
            - fraud
          super_caps:
            - for_what: breach of data protection duties
              cap: EUR 200,000
    ```

    ## Good
    ```yaml
    legal:
      liability:
        - protects: each
          cap: EUR 500,000
          uncapped:
            - fraud
          super_caps:
            - for_what: breach of data protection duties
              cap: EUR 2,000,000
    ```

    ## When to waive
    When a lower cap for these matters is meant, and the paper says so.
    """
    for entry in deal.each("legal.liability"):
        general = entry.parsed("cap", "money")
        for extra in entry.each("super_caps"):
            cap = extra.parsed("cap", "money")
            if general and cap and general.currency == cap.currency and cap.amount < general.amount:
                yield Hit(
                    extra.below("cap"),
                    f'the higher cap for "{brief(extra.name, 30)}" is below the general cap',
                )
