"""Venture: the form, the money, the shares, what needs both, and the way out of a deadlock."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from termsheet.deal import Deal
from termsheet.pattern import pattern
from termsheet.rules.exit import first_leave
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
from termsheet.rules.wording import texts
from termsheet.values import FORMS, FormError
from termsheet.values.money import Rate

_ROUNDING = Decimal("0.1")  # thirds written as 33.3% are let pass
_SETTLES = ("expert", "arbitration", "court")


@rule(
    "venture-missing",
    severity="off",
    types=by_type(error="joint-venture"),
    help="say what is formed, who holds how much, who pays in, and what happens when the owners disagree",
)
def no_venture(deal: Deal) -> Iterator[Hit]:
    """A joint venture says what is formed.

    ## Why
    A joint venture is a company to some, a partnership in law to others, and a contract to a third. Which of them it
    is decides who is liable, who is taxed, and who may sell.

    ## Bad
    ```yaml
    deal:
      title: Clinic venture
      type: joint-venture
    ```

    ## Good
    ```yaml
    deal:
      title: Clinic venture
      type: joint-venture
    venture:
      form: contractual
    ```

    ## When to waive
    When a shareholders' agreement settles it; name it under `papers`.
    """
    if not said(deal, "venture"):
        yield missing(deal, "venture", "the deal does not say what venture is formed")


@rule(
    "venture-no-form",
    needs="venture",
    severity="error",
    help="choose `company`, `partnership` or `contractual`",
)
def no_form(deal: Deal) -> Iterator[Hit]:
    """A venture has a form.

    ## Why
    Where the form is not chosen, the law may choose a partnership, in which each party answers for all debts.

    ## Bad
    ```yaml
    venture:
      purpose: monitoring in clinics
    ```

    ## Good
    ```yaml
    venture:
      form: company
      purpose: monitoring in clinics
    ```

    ## When to waive
    Never.
    """
    if not said(deal, "venture.form"):
        yield missing(deal, "venture.form", "the venture has no form")


@rule(
    "venture-no-shares",
    needs="venture",
    severity="error",
    help="say who holds how much",
)
def no_shares(deal: Deal) -> Iterator[Hit]:
    """A venture says who holds how much.

    ## Why
    The shares decide votes, profit and loss. Where they are silent, some laws give each owner the same, whatever it
    paid in. A venture by contract has none, and `cap_table` says it as well.

    ## Bad
    ```yaml
    venture:
      form: company
      purpose: monitoring in clinics
    ```

    ## Good
    ```yaml
    venture:
      form: company
      purpose: monitoring in clinics
      shares:
        acme: 60%
        borealis: 40%
    ```

    ## When to waive
    When a table of shares in an annex says it.
    """
    told = said(deal, "venture.shares") or said(deal, "venture.cap_table")
    if not told and not _has_no_shares(deal):
        yield missing(deal, "venture.shares", "the venture does not say who holds how much")


def _has_no_shares(deal: Deal) -> bool:
    """Whether the venture is one by contract, or may be."""
    return deal.text("venture.form") == "contractual" or unclear(deal, "venture.form")


@rule(
    "venture-no-funding",
    needs="venture",
    severity="error",
    help="say who pays in how much, and when",
)
def no_funding(deal: Deal) -> Iterator[Hit]:
    """A venture says who pays in what, and when.

    ## Why
    A venture without money is an intention. What each pays in, when, and what happens to who does not pay belong in
    the first paper. Cash under `contributions`, with its sum, says it as well.

    ## Bad
    ```yaml
    venture:
      form: company
      purpose: monitoring in clinics
      funding:
        - by: acme
          form: in-kind
    ```

    ## Good
    ```yaml
    venture:
      form: company
      purpose: monitoring in clinics
      funding:
        - by: acme
          amount: EUR 600,000
          due: signature
    ```

    ## When to waive
    When it is funded by customers alone from the first day; write `none`.
    """
    if not said(deal, "venture.funding"):
        if not any(
            entry.text("kind") == "cash" and said(entry, "value") for entry in deal.each("contributions")
        ):
            yield missing(deal, "venture.funding", "the venture does not say who pays in what")
        return
    nouns = {"amount": "sum"} if said(deal, "venture.calls") else {"amount": "sum", "due": "day"}
    for entry in deal.each("venture.funding"):
        lacking = unsaid(entry, nouns)
        if lacking:
            whose = called(deal, *entry.who("by")) if entry.who("by") else "a party"
            text = f"what {brief(whose, 30)} pays in has no {listed((nouns[key] for key in lacking), 'or')}"
            yield missing(entry, lacking[0], text, "\n".join(f"{key}: open" for key in lacking))
    shares = deal.plain("venture.shares")
    idle = [
        party
        for party in parties_without(deal, "venture.funding", "by")
        if isinstance(shares, dict) and party in shares
    ]
    if idle:
        text = f"{called(deal, *idle)} {'holds' if len(idle) == 1 else 'hold'} a share and pays in nothing"
        yield missing(deal, "venture.funding", text, parties=idle)


@rule(
    "venture-no-reserved-matters",
    needs="venture",
    severity="error",
    help="list what needs more than a simple majority",
)
def no_reserved(deal: Deal) -> Iterator[Hit]:
    """A venture lists the matters that need more than a simple majority.

    ## Why
    Without a list, the majority may sell the business, change its purpose and set its own pay. It is the first thing
    that a minority owner's lawyer asks for.

    ## Bad
    ```yaml
    venture:
      form: company
      purpose: monitoring in clinics
    ```

    ## Good
    ```yaml
    venture:
      form: company
      purpose: monitoring in clinics
      reserved_matters:
        - matter: sale of the business
          majority: unanimous
    ```

    ## When to waive
    When every decision of the owners is unanimous anyway.
    """
    if not said(deal, "venture.reserved_matters"):
        text = "the venture does not list what a simple majority may not decide"
        yield missing(deal, "venture.reserved_matters", text)


@rule(
    "venture-no-deadlock",
    needs="venture",
    severity="error",
    types=by_type(
        warning="strategic-alliance licensing co-marketing referral reseller integration co-development pilot"
    ),
    help="say what happens when the owners cannot agree",
)
def no_deadlock(deal: Deal) -> Iterator[Hit]:
    """A venture says how a deadlock is broken.

    ## Why
    Two owners with equal votes and no way out leave a court to wind the venture up. Talks are no way out: what
    settles it when they fail is an expert, arbitration, a sale between the owners, or the end of the venture.

    ## Bad
    ```yaml
    venture:
      form: company
      purpose: monitoring in clinics
      deadlock:
        steps:
          - step: executives
            within: 30 days
    ```

    ## Good
    ```yaml
    venture:
      form: company
      purpose: monitoring in clinics
      deadlock:
        steps:
          - step: executives
            within: 30 days
        final:
          - buy-sell
    ```

    ## When to waive
    When one owner decides in the end.
    """
    if not said(deal, "venture.deadlock.steps") and not said(deal, "venture.deadlock.final"):
        yield missing(deal, "venture.deadlock", "the venture does not say how a deadlock is broken")
        return
    steps = deal.each("venture.deadlock.steps")
    settled = any(step.text("step") in _SETTLES or unclear(step, "step") for step in steps)
    if (
        not said(deal, "venture.deadlock.final")
        and not settled
        and not unclear(deal, "venture.deadlock.steps")
    ):
        yield missing(deal, "venture.deadlock.final", "nothing breaks a deadlock when the talks have failed")


@rule(
    "venture-no-transfer",
    needs="venture",
    severity="warning",
    help="say who may sell, to whom, and who may buy first",
)
def no_transfer(deal: Deal) -> Iterator[Hit]:
    """A venture says who may sell its share.

    ## Why
    An owner chose this partner and no other. Without a rule on transfer, the share may go to a rival, or can never
    be sold at all. In a venture by contract, `legal.assignment` says who may pass its part on.

    ## Bad
    ```yaml
    venture:
      form: company
      purpose: monitoring in clinics
    ```

    ## Good
    ```yaml
    venture:
      form: company
      purpose: monitoring in clinics
      transfer:
        preemption: the others may buy first, at the price offered
    ```

    ## When to waive
    When the law of the form forbids transfer.
    """
    if not said(deal, "venture.transfer") and not _has_no_shares(deal):
        yield missing(deal, "venture.transfer", "the venture does not say who may sell its share")


@rule(
    "venture-no-tag-drag",
    needs="venture.transfer",
    severity="note",
    help="say who may buy first (`preemption`), sell along (`tag`), or be made to sell along (`drag`)",
)
def no_tag_drag(deal: Deal) -> Iterator[Hit]:
    """The rules on transfer say who may buy first, sell along, or be made to sell along.

    ## Why
    Without a right to sell along, a small owner is left with a stranger; without a right to take the others along,
    a large one finds no buyer for the whole. A period in which nobody may sell only puts the question off.

    ## Bad
    ```yaml
    venture:
      form: company
      transfer:
        lock_in: 3 years
        preemption: the others may buy first, at the price offered
    ```

    ## Good
    ```yaml
    venture:
      form: company
      transfer:
        lock_in: 3 years
        preemption: the others may buy first, at the price offered
        tag: an owner of less than a third may sell along on the same terms
        drag: none
    ```

    ## When to waive
    There is nothing to waive: it is a note, shown only on request.
    """
    nouns = {"preemption": "buy first", "tag": "sell along", "drag": "take the others along"}
    lacking = unsaid(deal, (f"venture.transfer.{key}" for key in nouns))
    if lacking:
        keys = [path.rpartition(".")[2] for path in lacking]
        text = f"the rules on transfer do not say who may {listed((nouns[key] for key in keys), 'or')}"
        stub = "\n".join(f"{key}: open" for key in keys)
        yield missing(deal, "venture.transfer", text, stub)


@rule(
    "venture-contribution-no-value",
    needs=("venture.entity", "contributions"),
    severity="warning",
    types=by_type(error="joint-venture"),
    help="agree a value, and say who set it or how (`valued_by`)",
)
def contribution_no_value(deal: Deal) -> Iterator[Hit]:
    """What is brought into a venture has a value, and somebody who set it.

    ## Why
    A licence, a site or machines that are brought in pay for a share, as money does. A value that one side wrote
    down alone is the first thing that is disputed when shares change hands; many company laws want a report on it,
    and let the owner make up the difference. What is valued under `venture.funding` is not asked for again.

    ## Bad
    ```yaml
    third_parties:
      - id: newco
        name: Clinic Monitoring Ltd (to be formed)
        relation: venture
    contributions:
      - by: acme
        to: newco
        kind: premises
        what: the workshop in Cork
    venture:
      form: company
      entity: newco
    ```

    ## Good
    ```yaml
    third_parties:
      - id: newco
        name: Clinic Monitoring Ltd (to be formed)
        relation: venture
    contributions:
      - by: acme
        to: newco
        kind: premises
        what: the workshop in Cork
        value: EUR 400,000
        valued_by: a sworn surveyor whom both choose
    venture:
      form: company
      entity: newco
    ```

    ## When to waive
    When it is lent or licensed at a price of its own, and pays for no share.
    """
    entity, form = deal.text("venture.entity"), deal.text("venture.form")
    in_kind = {entry.text("by") for entry in deal.each("venture.funding") if entry.text("form") == "in-kind"}
    for entry in deal.each("contributions"):
        if entity not in entry.who("to") or entry.text("kind") == "cash" or form == "contractual":
            continue
        lacking = unsaid(entry, ("value", "valued_by"))
        if "value" in lacking and in_kind & set(entry.who("by")):
            continue  # its sum is asked for, or given, there
        if lacking:
            noun = "has no value" if "value" in lacking else "has a value, and nothing says who set it"
            stub = "\n".join(f"{key}: open" for key in lacking)
            yield missing(entry, lacking[0], f'"{brief(entry.text("what"))}" {noun}', stub)


@rule(
    "venture-reserved-matter-loose",
    needs="venture.reserved_matters",
    severity="warning",
    help="give the majority that it needs, and the sum from which it counts (`over`)",
)
def reserved_matter_loose(deal: Deal) -> Iterator[Hit]:
    """A reserved matter has a majority, and a measure where its words have none.

    ## Why
    A list of reserved matters says what needs more than the usual majority; without the figure, nobody can tell what
    is needed. And "a major contract" is one of EUR 50,000 to one owner and of five millions to the other.

    ## Bad
    ```yaml
    venture:
      form: company
      reserved_matters:
        - matter: any major contract
          majority: unanimous
        - matter: sale of the business
    ```

    ## Good
    ```yaml
    venture:
      form: company
      reserved_matters:
        - matter: any contract
          over: EUR 250,000
          majority: unanimous
        - matter: sale of the business
          majority: 75% of the votes
    ```

    ## When to waive
    When the articles of the venture fix one majority for all of them.
    """
    for entry in deal.each("venture.reserved_matters"):
        name = brief(entry.text("matter"), 30)
        vague = _LARGE.search(entry.text("matter"))
        lacking = [] if said(entry, "majority") else ["majority"]
        lacking += (
            ["over"]
            if vague and not said(entry, "over") and not re.search(r"\d", entry.text("matter"))
            else []
        )
        if lacking:
            nouns = {"majority": "no majority", "over": "no sum from which it counts"}
            stub = "\n".join(f"{key}: open" for key in lacking)
            text = f'"{name}" is reserved, with {listed(nouns[key] for key in lacking)}'
            yield missing(entry, lacking[0], text, stub)


_LARGE = pattern(r"\b(?:major|material|significant|substantial|large|important|key)\b", re.IGNORECASE)


@rule(
    "venture-calls-no-consequence",
    needs="venture.calls",
    severity="warning",
    help="say what happens to who does not pay, such as dilution at a fixed ratio or a loan by the others",
)
def calls_no_consequence(deal: Deal) -> Iterator[Hit]:
    """A call for more money says what happens to who does not pay.

    ## Why
    The call comes when things go badly, and it is then that an owner cannot or will not pay. Without a rule, those
    who pay carry the venture for the one who does not, and nobody's share changes.

    ## Bad
    ```yaml
    venture:
      form: company
      calls: the board may call EUR 2,000,000 more
    ```

    ## Good
    ```yaml
    venture:
      form: company
      calls: the board may call EUR 2,000,000 more
      dilution: the others may pay instead, for new shares at nominal value
    ```

    ## When to waive
    When nobody need answer a call.
    """
    if not any(said(deal, f"venture.{key}") for key in ("dilution", "default")):
        text = "more money may be called, and nothing follows for who does not pay"
        yield missing(deal, "venture.dilution", text)


@rule(
    "venture-no-merger-control",
    needs="venture",
    severity="off",
    types=by_type(warning="joint-venture"),
    help="say which clearances are needed, or why none is, and make them a condition",
)
def no_merger_control(deal: Deal) -> Iterator[Hit]:
    """A venture with a company or partnership of its own says which merger clearances it needs.

    ## Why
    In the European Union, China, Korea and many other places a joint venture that works as a business of its own may
    be a merger in law. To begin before the clearance is an offence with heavy fines, and what was done is void. It
    is enough to write that no threshold is reached.

    ## Bad
    ```yaml
    deal:
      title: Clinic venture
      type: joint-venture
    venture:
      form: company
      purpose: monitoring in clinics
    ```

    ## Good
    ```yaml
    deal:
      title: Clinic venture
      type: joint-venture
    venture:
      form: company
      purpose: monitoring in clinics
      merger_control: none is needed; the parties' turnover is below every threshold
    ```

    ## When to waive
    Write `merger_control: none` rather than a waiver.
    """
    said_elsewhere = [entry.text("text") for entry in deal.each("conditions")] + [
        deal.text("legal.antitrust")
    ]
    if (
        deal.text("venture.form") not in ("company", "partnership")
        or said(deal, "venture.merger_control")
        or unclear(deal, "conditions")
        or any(_CLEARANCE.search(text) for text in said_elsewhere)
    ):
        return
    yield missing(deal, "venture.merger_control", "the deal does not say whether merger clearance is needed")


_CLEARANCE = pattern(
    r"\b(?:merger|antitrust|anti-trust|cartel|concentration)\b|\bcompetition (?:authorit|law|act|commission)"
    r"|\bclearances?\b",
    re.IGNORECASE,
)


@rule(
    "venture-no-board",
    needs="venture",
    severity="warning",
    help="name the body that runs it (`board`) and give it seats, a quorum and a way to vote",
)
def no_board(deal: Deal) -> Iterator[Hit]:
    """A venture with a company or partnership of its own says who runs it.

    ## Why
    Whoever appoints the board runs the venture, whatever the shares say. A law that lets the majority appoint all of
    it leaves the other owner with money in and no voice.

    ## Bad
    ```yaml
    venture:
      form: company
      purpose: monitoring in clinics
    ```

    ## Good
    ```yaml
    governance:
      bodies:
        - id: board
          name: Board
          seats:
            acme: 2
            borealis: 2
    venture:
      form: company
      purpose: monitoring in clinics
      board: board
    ```

    ## When to waive
    When the owners decide everything themselves.
    """
    if deal.text("venture.form") in ("company", "partnership") and not said(deal, "venture.board"):
        yield missing(deal, "venture.board", "the deal does not say who runs the venture")


@rule(
    "venture-thin",
    needs="venture",
    severity="note",
    help="settle each of them now or in the owners' agreement; `none` is an answer",
)
def thin(deal: Deal) -> Iterator[Hit]:
    """A venture with a company or partnership of its own settles profit, information, default and its end.

    ## Why
    They are what every agreement between owners settles: how profit is paid out, what each owner may see, what
    happens to an owner in breach, and how the venture is wound up. A first paper that names them in a line each
    saves a round of drafts.

    ## Bad
    ```yaml
    venture:
      form: company
      dividends: half of the profit of each year
    ```

    ## Good
    ```yaml
    venture:
      form: company
      dividends: half of the profit of each year
      information: monthly accounts, within 15 days
      default:
        - what: a call that is not paid within 60 days
          consequence: the others may buy the share
      dissolution: what is left goes to the owners by share
    ```

    ## When to waive
    There is nothing to waive: it is a note, shown only on request.
    """
    if deal.text("venture.form") not in ("company", "partnership"):
        return
    words = {
        "profit": ("dividends",),
        "information": ("information", "accounts"),
        "default": ("default",),
        "its end": ("dissolution", "withdrawal"),
    }
    lacking = [
        noun
        for noun, keys in words.items()
        if len(unsaid(deal, (f"venture.{key}" for key in keys))) == len(keys)
    ]
    if lacking:
        stub = "\n".join(f"{words[noun][0]}: open" for noun in lacking)
        yield missing(deal, "venture", f"the venture does not settle {listed(lacking, 'or')}", stub)


@rule(
    "venture-no-valuation",
    needs="venture",
    severity="warning",
    help="say who finds the value and how (`venture.valuation`), such as an expert named by a chamber",
)
def no_valuation(deal: Deal) -> Iterator[Hit]:
    """A price of "fair value" has somebody who finds it.

    ## Why
    The leaver's fair value and the buyer's are two figures. Who values, by which method, and whether a discount for a
    small share counts, is settled while nobody knows yet who will sell.

    ## Bad
    ```yaml
    venture:
      form: company
    exit:
      effects:
        - what: shares
          rule: the others may buy the leaver's share at fair value
    ```

    ## Good
    ```yaml
    venture:
      form: company
      valuation: an auditor named by the chamber of commerce, without a discount for a small share
    exit:
      effects:
        - what: shares
          rule: the others may buy the leaver's share at fair value
    ```

    ## When to waive
    When the shares are listed, and the market gives the price.
    """
    if said(deal, "venture.valuation"):
        return
    for route, text in texts(deal):
        found = _VALUE.search(text) if route[0] in ("venture", "exit", "options") else None
        if found and not _VALUER.search(text):
            yield missing(
                deal, "venture.valuation", f'the price is "{found[0]}", and nothing says who finds it'
            )
            return


_VALUE = pattern(r"\b(?:fair|market)(?: market)? (?:value|price)\b", re.IGNORECASE)
_VALUER = pattern(
    r"\b(?:auditors?|experts?|valuers?|appraisers?|surveyors?|quoted|listed|index)\b", re.IGNORECASE
)


@rule(
    "venture-form-denied",
    needs="venture.form",
    severity="error",
    since="sketch",
    help="let `legal.relationship` agree with the form of the venture",
)
def form_denied(deal: Deal) -> Iterator[Hit]:
    """The form of the venture and what the parties are to each other in law agree.

    ## Why
    Owners of a company answer for no more than they put in; partners answer for each other's debts. A paper that
    says both lets a creditor choose.

    ## Bad
    ```yaml
    venture:
      form: company
    legal:
      relationship: partnership
    ```

    ## Good
    ```yaml
    venture:
      form: company
    legal:
      relationship: company
    ```

    ## When to waive
    Never.
    """
    form, relation = deal.text("venture.form"), deal.text("legal.relationship")
    allowed = {
        "company": ("company", "independent"),
        "partnership": ("partnership",),
        "contractual": ("independent",),
    }
    if form and relation and relation not in allowed.get(form, (relation,)):
        text = f"the venture is {_FORMS[form]}, and yet the parties are {_RELATIONS[relation]}"
        yield Hit("legal.relationship", text)


_FORMS = {"company": "a company", "partnership": "a partnership", "contractual": "a contract only"}
_RELATIONS = {
    "company": "owners of a company",
    "partnership": "partners in law",
    "independent": "independent of each other",
}


@rule(
    "venture-lock-in-denied",
    needs=("venture.transfer.lock_in", "exit.rights"),
    severity="warning",
    help="let the right to leave begin after the lock-in, or say what the lock-in is for",
)
def lock_in_denied(deal: Deal) -> Iterator[Hit]:
    """No owner may leave at will while nobody may sell.

    ## Why
    "Nobody sells for five years" beside "each may leave after one year" cannot both be meant: the leaver's share has
    to go somewhere, or the venture ends.

    ## Bad
    ```yaml
    venture:
      form: company
      transfer:
        lock_in: 5 years
    exit:
      rights:
        - ground: convenience
          by: each
          notice: 6 months
    ```

    ## Good
    ```yaml
    venture:
      form: company
      transfer:
        lock_in: 5 years
    exit:
      rights:
        - ground: convenience
          by: each
          after: 5 years after effective
          notice: 6 months
    ```

    ## When to waive
    When leaving ends a contract, and the share stays where it is.
    """
    locked = deal.parsed("venture.transfer.lock_in", "duration")
    for right in deal.each("exit.rights"):
        if (
            right.text("ground") == "convenience"
            and locked
            and locked.unit
            and first_leave(right) < locked.days
        ):
            text = f"a party may leave at will, though nobody may sell for {deal.text('venture.transfer.lock_in')}"
            yield Hit(right.path, text)


@rule(
    "venture-cap-table-not-100",
    needs="venture.cap_table",
    severity="error",
    since="sketch",
    help="let what the owners hold after the deal add up to 100%",
)
def cap_table_not_100(deal: Deal) -> Iterator[Hit]:
    """What the owners hold after the deal adds up to 100 %, of the whole or of each class.

    ## Why
    A table that makes 95 % has an owner whom it does not name; one that makes 110 % gives some shares twice.

    ## Bad
    ```yaml
    venture:
      form: company
      cap_table:
        - holder: Acme
          after: 60%
        - holder: Borealis
          after: 45%
    ```

    ## Good
    ```yaml
    venture:
      form: company
      cap_table:
        - holder: Acme
          after: 60%
        - holder: Borealis
          after: 40%
    ```

    ## When to waive
    When small holders are left out; say so in the reason.
    """
    held = _held(deal)
    if held and not (_is_whole(held) or _by_class(held)):
        total = sum((share for _, _, share in held), Decimal(0))
        text = f"what is held after the deal adds up to {total.normalize():f}%, not to 100%"
        yield Hit("venture.cap_table", text)


@rule(
    "venture-shares-denied",
    needs=("venture.cap_table", "venture.shares"),
    severity="error",
    since="sketch",
    help="let `shares` and `cap_table` agree",
)
def shares_denied(deal: Deal) -> Iterator[Hit]:
    """The shares of the owners and the table of who holds what say the same.

    ## Why
    Votes, profit and the price of a share hang on the figure. Where a paper gives two, each owner takes the larger.

    ## Bad
    ```yaml
    parties:
      - id: acme
        name: Acme Devices GmbH
        short: Acme
      - id: borealis
        name: Borealis Health Ltd
        short: Borealis
    venture:
      form: company
      shares:
        acme: 60%
        borealis: 40%
      cap_table:
        - holder: Acme
          after: 55%
        - holder: Borealis
          after: 45%
    ```

    ## Good
    ```yaml
    parties:
      - id: acme
        name: Acme Devices GmbH
        short: Acme
      - id: borealis
        name: Borealis Health Ltd
        short: Borealis
    venture:
      form: company
      shares:
        acme: 60%
        borealis: 40%
      cap_table:
        - holder: Acme
          after: 60%
        - holder: Borealis
          after: 40%
    ```

    ## When to waive
    When the two speak of different days, and the paper says of which.
    """
    held, shares = _held(deal), deal.plain("venture.shares")
    if not held or not _is_whole(held) or not isinstance(shares, dict):
        return
    for party in deal.each("parties"):
        name = party.text("id")
        names = {word.casefold() for word in (name, party.text("short"), party.text("name")) if word}
        found = [share for holder, _, share in held if holder in names]
        after, share = sum(found, Decimal(0)), _percent(shares.get(name))
        if found and share is not None and abs(after - share) > _ROUNDING:
            text = (
                f"{called(deal, name)} holds {shares[name]} here, and {after.normalize():f}% by `cap_table`"
            )
            yield Hit(f"venture.shares.{name}", text)


def _held(deal: Deal) -> list[tuple[str, str, Decimal]]:
    """Holder, class and share after the deal; nothing where an entry does not say it."""
    held = []
    for entry in deal.each("venture.cap_table"):
        share = _percent(entry.plain("after"))
        if share is None or not entry.text("holder"):
            return []
        held.append((entry.text("holder").casefold(), entry.text("class").casefold(), share))
    return held


def _percent(value: Any) -> Decimal | None:
    try:
        rate: Rate = FORMS["rate"].parse(value)
    except (FormError, TypeError, AttributeError):
        return None
    return rate.percent


def _is_whole(held: list[tuple[str, str, Decimal]]) -> bool:
    return abs(sum((share for _, _, share in held), Decimal(-100))) <= _ROUNDING


def _by_class(held: list[tuple[str, str, Decimal]]) -> bool:
    """Whether the shares are those of each class."""
    classes = {kind for _, kind, _ in held}
    return all(_is_whole([entry for entry in held if entry[1] == kind]) for kind in classes)
