"""Exit: who may leave, with how much notice, and what happens then."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from termsheet.deal import Deal, Node
from termsheet.pattern import pattern
from termsheet.rules.rule import (
    Hit,
    brief,
    by_type,
    called,
    hidden,
    listed,
    missing,
    rule,
    said,
    sides,
    unclear,
    unsaid,
)
from termsheet.rules.times import (
    before,
    day,
    end,
    end_of_promises,
    end_of_term,
    may_go_on,
    moment,
    over_before_paper,
)
from termsheet.values import FORMS, FormError
from termsheet.values.duration import Duration

_MONTH, _DAYS_OF_MONTHS = 31, 3
_LIMITS = ("what", "if", "unless", "for", "after", "territory", "ends_for")
_WITHIN = pattern(
    r"\bwithin (\d+ (?:business |working |calendar )?(?:day|week|month|year)s?)\b", re.IGNORECASE
)
_GROUNDS = {
    "convenience": "at will",
    "breach": "for breach",
    "payment": "for non-payment",
    "event": "on an event",
    "change-of-control": "on a change of control",
    "performance": "for missed targets",
    "key-person": "when a key person leaves",
    "force-majeure": "for force majeure",
    "insolvency": "on insolvency",
    "compliance": "for a breach of rules of conduct",
    "challenge": "when its rights are contested",
}
_MORE_GROUNDS = {
    "insolvency": "on insolvency",
    "compliance": "for a breach of the rules of conduct",
    "challenge": "when a right is contested",
}
_AT_ONCE = ("breach", "insolvency", "compliance", "challenge")
_SALE = pattern(
    r"(?<!quality )\bcontrols?\b|\bacqui(?:re|red|sition)|\btake-?over\b|\btaken over\b|\b(?:is|being|be) sold\b",
    re.IGNORECASE,
)


@rule(
    "exit-missing",
    severity="error",
    help="say who may leave, on what notice, and what happens to the work, customers and IP",
)
def no_exit(deal: Deal) -> Iterator[Hit]:
    """The deal says how it ends.

    ## Why
    The article "Why Strategic Partnerships Fail and How to Succeed" names exit among the four key elements,
    and asks for clauses that let a partnership dissolve with grace, because messy ends damage brands. ISO
    44001 has the exit strategy discussed before the partner is chosen.

    ## Bad
    ```yaml
    term:
      initial: 2 years
    ```

    ## Good
    ```yaml
    exit:
      rights:
        - ground: breach
          by: each
          cure: 30 days
      wind_down:
        length: 3 months
    ```

    ## When to waive
    For a single exchange that is over when it is done.
    """
    if not said(deal, "exit"):
        yield missing(deal, "exit", "the deal does not say how it ends")


@rule(
    "exit-no-right",
    needs="exit",
    severity="error",
    help="give a right to end the deal for breach, at will, or both",
)
def no_right(deal: Deal) -> Iterator[Hit]:
    """A party may leave: at will, or for breach.

    ## Why
    94 % of the 202 public partnership contracts that we counted have a termination clause, and 39 % one at
    will. Without either, a party that is let down must ask a court whether the breach was grave enough.

    ## Bad
    ```yaml
    exit:
      rights:
        - ground: insolvency
          by: each
    ```

    ## Good
    ```yaml
    exit:
      rights:
        - ground: breach
          by: each
          cure: 30 days
        - ground: convenience
          by: each
          notice: 90 days
    ```

    ## When to waive
    When the law gives a right that the parties know and want.
    """
    rights = deal.each("exit.rights")
    known = any(
        right.text("ground") in ("breach", "convenience") or unclear(right, "ground") for right in rights
    )
    if not known and not unclear(deal, "exit.rights"):
        yield missing(deal, "exit.rights", "no party may leave, neither at will nor for breach")


@rule(
    "exit-breach-no-cure",
    needs="exit.rights",
    severity="warning",
    help="say how long the other has to put it right",
)
def breach_no_cure(deal: Deal) -> Iterator[Hit]:
    """A right to leave for breach gives time to put it right.

    ## Why
    Without it, a late report ends a partnership, or a court finds that it should not have. "A breach
    without a cure" was among the defects that we found in real contracts.

    ## Bad
    ```yaml
    exit:
      rights:
        - ground: breach
          by: each
          notice: immediately
    ```

    ## Good
    ```yaml
    exit:
      rights:
        - ground: breach
          by: each
          notice: immediately
          cure: 30 days
    ```

    ## When to waive
    When only a breach that cannot be put right counts, and `what` says so.
    """
    for right in deal.each("exit.rights"):
        if right.text("ground") == "breach" and not said(right, "cure"):
            text = f"{_holder(deal, right)} may leave for breach, and the other gets no time to put it right"
            yield missing(right, "cure", text, "cure: open")


@rule(
    "exit-no-notice",
    needs="exit.rights",
    severity="warning",
    help="say how much notice is given (`immediately` is an answer), or take the ground out",
)
def no_notice(deal: Deal) -> Iterator[Hit]:
    """A right to leave says with how much notice.

    ## Why
    Without a length, the deal may end tomorrow, or after a "reasonable" time that a judge finds. For
    insolvency, and where there is a time to put a breach right, none is asked for.

    ## Bad
    ```yaml
    exit:
      rights:
        - ground: convenience
          by: each
    ```

    ## Good
    ```yaml
    exit:
      rights:
        - ground: convenience
          by: each
          notice: 90 days
    ```

    ## When to waive
    When the law fixes a length that may not be changed.
    """
    for right in deal.each("exit.rights"):
        ground = right.text("ground")
        if not ground or ground in _AT_ONCE or _has_own_time(deal, ground):
            continue
        if not said(right, "notice") and not said(right, "cure"):
            text = f"{_holder(deal, right)} may leave {_GROUNDS[ground]}, with no notice stated"
            yield missing(right, "notice", text, "notice: open")


def _has_own_time(deal: Deal, ground: str) -> bool:
    return ground == "force-majeure" and said(deal, "force_majeure.exit_after")


@rule(
    "exit-no-holder",
    needs="exit.rights",
    severity="warning",
    help="name who may leave on this ground, one party or `each`; or take the ground out",
)
def no_holder(deal: Deal) -> Iterator[Hit]:
    """A right to leave says whose it is.

    ## Why
    "On insolvency the deal may be ended": by whom? Rights to leave are often one-way in real agreements, so
    silence does not mean both.

    ## Bad
    ```yaml
    exit:
      rights:
        - ground: convenience
          notice: 90 days
    ```

    ## Good
    ```yaml
    exit:
      rights:
        - ground: convenience
          by: each
          notice: 90 days
    ```

    ## When to waive
    Never; `by: each` is five letters longer.
    """
    for right in deal.each("exit.rights"):
        if not said(right, "by"):
            text = f"the right to leave {_GROUNDS.get(right.text('ground'), '')}".rstrip()
            yield missing(right, "by", f"{text} does not say whose it is", "by: open")


@rule(
    "exit-one-sided",
    needs="exit.rights",
    severity="warning",
    help="give the right to every party, or say in a waiver why not",
)
def one_sided(deal: Deal) -> Iterator[Hit]:
    """A right to leave at will is not for one side only.

    ## Why
    A party that may always leave can ask for new terms at any time; the other has invested and may not. The
    article "Why Strategic Partnerships Fail and How to Succeed" names unbalanced expectations among the
    causes of failure. In a licensing deal the licensee alone may give its licence back: that is usual, and the
    licensor's own remedies are minimums and diligence.

    ## Bad
    ```yaml
    exit:
      rights:
        - ground: convenience
          by: acme
          notice: 30 days
    ```

    ## Good
    ```yaml
    exit:
      rights:
        - ground: convenience
          by: acme
          notice: 30 days
        - ground: convenience
          by: borealis
          notice: 90 days
    ```

    ## When to waive
    When one side alone invests, and the price reflects it.
    """
    yield from _one_sided(deal, "convenience", "at will")


@rule(
    "exit-notice-unequal",
    needs="exit.rights",
    severity="warning",
    help="give both the same notice, or one that lies nearer to the other's",
)
def notice_unequal(deal: Deal) -> Iterator[Hit]:
    """Who may leave at will gives a notice like that of the other.

    ## Why
    A side that may leave within days, facing one that is bound for half a year, has a deal for as long as it
    likes. The rule speaks where one notice is more than three times the other and the two are more than a
    month apart.

    ## Bad
    ```yaml
    exit:
      rights:
        - ground: convenience
          by: acme
          notice: immediately
        - ground: convenience
          by: borealis
          notice: 6 months
    ```

    ## Good
    ```yaml
    exit:
      rights:
        - ground: convenience
          by: acme
          notice: 3 months
        - ground: convenience
          by: borealis
          notice: 6 months
    ```

    ## When to waive
    When one side alone has stock, staff or customers that hang on the deal.
    """
    rights = [right for right in deal.each("exit.rights") if right.text("ground") == "convenience"]
    if any(said(right, key) for right in rights for key in _LIMITS if key != "after"):
        return
    timed = [(right, notice) for right in rights if (notice := right.parsed("notice", "duration"))]
    if len(timed) < 2 or any(notice.word not in ("", "immediately") for _, notice in timed):
        return
    (quick, least), (slow, most) = (end(timed, key=lambda pair: float(pair[1].days)) for end in (min, max))
    if said(quick, "after") and quick.plain("after") != slow.plain("after"):
        return  # who may leave sooner has to wait for it
    if most.days > 3 * least.days and most.days - least.days > _MONTH and quick.who("by") != slow.who("by"):
        first, second = (brief(called(deal, *right.who("by")), 20) for right in (quick, slow))
        soon = "at once" if not least.days else f"after {quick.text('notice')}"
        yield Hit(
            quick.below("notice"), f"{first} may leave {soon}, {second} only after {slow.text('notice')}"
        )


@rule(
    "exit-two-times",
    needs="exit.effects",
    severity="error",
    since="sketch",
    help="keep one of the two times",
)
def two_times(deal: Deal) -> Iterator[Hit]:
    """What happens at the end has one time.

    ## Why
    A sign that must be gone within ten days in one line and may stay for thirty in the next will be argued
    over on day eleven. The time of an effect is compared with the words of its own rule and, for brands, with
    `stop_use` of the grants.

    ## Bad
    ```yaml
    exit:
      effects:
        - what: brand
          rule: Use stops within 30 days.
          within: 10 days
    ```

    ## Good
    ```yaml
    exit:
      effects:
        - what: brand
          rule: Use stops.
          within: 30 days
    ```

    ## When to waive
    When the two times are for two things, and the rule says which.
    """
    for effect in deal.each("exit.effects"):
        within = effect.parsed("within", "duration")
        told = [effect.text("rule")[slice(*match.span(1))] for match in _WITHIN.finditer(effect.text("rule"))]
        if effect.text("what") == "brand":
            told += [grant.text("stop_use") for grant in deal.each("grants") if grant.text("kind") == "brand"]
        for words in told if within else ():
            other = _length(words)
            if other and abs(other.days - within.days) > _DAYS_OF_MONTHS:
                noun = effect.text("what") or "effect"
                text = f"what becomes of the {noun} has two times: {effect.text('within')} and {words}"
                yield Hit(effect.below("within"), text)
                break


def _length(words: str) -> Duration | None:
    try:
        found: Duration = FORMS["duration"].parse(words)
    except FormError:
        return None
    return found


@rule(
    "exit-ground-one-sided",
    needs="exit.rights",
    severity="note",
    types=by_type(warning="strategic-alliance joint-venture co-development"),
    help="give the right to every party, or say in a waiver why not",
)
def ground_one_sided(deal: Deal) -> Iterator[Hit]:
    """A right to leave for breach, on insolvency or on a change of control is not for one side only.

    ## Why
    Each side can break the deal, fail or be sold. A draft that lets one of them leave on that ground, and keeps the
    other in, was mostly written by the one. Where the sides are unlike, as in a licence, it may be meant.

    ## Bad
    ```yaml
    exit:
      rights:
        - ground: insolvency
          by: acme
    ```

    ## Good
    ```yaml
    exit:
      rights:
        - ground: insolvency
          by: each
    ```

    ## When to waive
    When the other side cannot come into that position, such as a public body.
    """
    words = {
        "breach": "for breach",
        "insolvency": "on insolvency",
        "change-of-control": "on a change of control",
    }
    for ground, how in words.items():
        yield from _one_sided(deal, ground, how)


def _one_sided(deal: Deal, ground: str, how: str) -> Iterator[Hit]:
    rights = [right for right in deal.each("exit.rights") if right.text("ground") == ground]
    if (
        not rights
        or unclear(deal, "exit.rights")
        or any(unclear(right, "by") or not said(right, "by") for right in rights)
    ):
        return
    free = {side for right in rights for word in right.who("by") for side in sides(deal, word)}
    if free and len(free) < len(deal.party_ids):
        if ground == "convenience" and _is_licensee(deal, free):
            return
        names = listed(brief(called(deal, party), 30) for party in deal.party_ids if party in free)
        yield Hit(rights[0].below("by"), f"only {names} may leave {how}")


def _is_licensee(deal: Deal, leavers: set[str]) -> bool:
    """Whether, in a licensing deal, those who may leave hold a licence of all the others and give them none."""
    if "licensing" not in deal.types:
        return False
    pairs = {
        (giver, holder)
        for grant in deal.each("grants")
        if grant.text("kind") == "licence"
        for giver, holder in product(grant.who("from"), grant.who("to"))
    }
    others = set(deal.party_ids) - leavers
    return all(
        (other, leaver) in pairs and (leaver, other) not in pairs
        for other, leaver in product(others, leavers)
    )


@rule(
    "exit-before-minimum",
    needs=("term.minimum", "exit.rights"),
    severity="error",
    since="sketch",
    help="let the right begin when the minimum term is over, or shorten that term",
)
def before_minimum(deal: Deal) -> Iterator[Hit]:
    """No right to leave at will is used before the minimum term is over.

    ## Why
    `term.minimum` is the time in which nobody may leave at will. A right that says when it begins, and begins
    earlier, contradicts it. A right that does not say so begins when the minimum is over.

    ## Bad
    ```yaml
    term:
      effective: 2027-01-01
      minimum: 3 years
    exit:
      rights:
        - ground: convenience
          by: each
          after: 1 year after effective
          notice: 60 days
    ```

    ## Good
    ```yaml
    term:
      effective: 2027-01-01
      minimum: 3 years
    exit:
      rights:
        - ground: convenience
          by: each
          after: 3 years after effective
          notice: 60 days
    ```

    ## When to waive
    Never.
    """
    least = deal.parsed("term.minimum", "duration")
    for right in deal.each("exit.rights"):
        if right.text("ground") != "convenience" or not said(right, "after") or not least or not least.unit:
            continue
        if first_leave(right) < least.days:
            text = f"nobody may leave at will for {deal.text('term.minimum')}, and this right begins earlier"
            yield Hit(right.below("after"), text)


def first_leave(right: Node) -> float:
    """After how many days of the deal a right may have ended it, at the earliest; without end where unknown."""
    notice = right.parsed("notice", "duration")
    length = notice.days if notice and notice.unit else 0.0
    if not said(right, "after"):
        return length
    after = right.parsed("after", "when")
    if after is None or after.offset is None or after.before or after.event not in ("effective", "signature"):
        return float("inf")
    return float(after.offset.days + length)


@rule(
    "exit-no-wind-down",
    needs="exit",
    severity="error",
    types=by_type(warning="co-marketing referral pilot"),
    help="say how long the wind-down takes and what happens to work in hand",
)
def no_wind_down(deal: Deal) -> Iterator[Hit]:
    """The end has a time in which the work is brought to its close.

    ## Why
    Customers are mid-contract and tickets open on the day the deal ends. The article "Why Strategic
    Partnerships Fail and How to Succeed" asks for clauses of graceful dissolution; 18 % of the 202 public
    partnership contracts that we counted have words of winding down.

    ## Bad
    ```yaml
    exit:
      rights:
        - ground: convenience
          by: each
          notice: 90 days
    ```

    ## Good
    ```yaml
    exit:
      rights:
        - ground: convenience
          by: each
          notice: 90 days
      wind_down:
        length: 3 months
        live_work: Installations that were ordered are finished.
    ```

    ## When to waive
    Write `wind_down: none` where nothing is left to wind down.
    """
    if not said(deal, "exit.wind_down"):
        yield missing(deal, "exit.wind_down", "the exit has no wind-down")


@rule(
    "exit-no-effects",
    needs="exit",
    severity="warning",
    help="say what happens to customers, licences, brands and data",
)
def no_effects(deal: Deal) -> Iterator[Hit]:
    """The exit says what becomes of customers, licences, brands and data.

    ## Why
    42 % of the 202 public partnership contracts that we counted settle what is owed after the end. Shared
    customers belong to whoever calls them first, and brands stay on websites for years, unless a line says
    otherwise. A brand licence, a licence, personal data, things on loan, goods bought for resale and orders under
    the deal each ask for their own line. A pilot in which there is none of these leaves nothing behind.

    ## Bad
    ```yaml
    grants:
      - kind: brand
        from: acme
        to: borealis
    exit:
      effects:
        - what: customers
          rule: Each keeps the customers with whom it has a contract.
    ```

    ## Good
    ```yaml
    grants:
      - kind: brand
        from: acme
        to: borealis
    exit:
      effects:
        - what: customers
          rule: Each keeps the customers with whom it has a contract.
        - what: brand
          rule: Use stops; printed matter may be used up.
          within: 30 days
    ```

    ## When to waive
    When the end leaves nothing behind, write `effects: none`.
    """
    if not said(deal, "exit.effects"):
        there = [
            {"brand": "brands", "assets": "goods on loan"}.get(what, what) for what in _left_behind(deal)
        ]
        if there or [*deal.types] != ["pilot"]:
            what = listed(["customers", *there])
            yield missing(deal, "exit.effects", f"the exit does not say what becomes of {what}")
        return
    effects = deal.each("exit.effects")
    if unclear(deal, "exit.effects") or any(unclear(effect, "what") for effect in effects):
        return
    settled = {effect.text("what") for effect in effects}
    left = [
        what
        for what in _left_behind(deal)
        if what not in settled
        and not (what in ("licences", "brand") and settled & {"ip", "licences"})
        and not (what == "assets" and "stock" in settled)
    ]
    if left:
        nouns = listed(_LEFT.get(what, f"the {what}") for what in left)
        stub = "\n".join(f"- what: {what}\n  rule: open" for what in left)
        yield missing(deal, "exit.effects", f"the exit does not say what becomes of {nouns}", stub)


_LEFT = {"brand": "the brands", "assets": "the goods on loan"}
_LENT = pattern(r"\bon loan\b|\b(?:lent|loaned|borrowed)\b", re.IGNORECASE)


def _left_behind(deal: Deal) -> Iterator[str]:
    """What the deal itself shows will be left at the end, and is not settled where it is granted."""
    grants = [
        grant for grant in deal.each("grants") if not said(grant, "stop_use") and not said(grant, "perpetual")
    ]
    kinds = {grant.text("kind") for grant in grants}
    if kinds & {"licence", "licence-back"}:
        yield "licences"
    if "brand" in kinds:
        yield "brand"
    if any(_LENT.search(entry.text("what")) for entry in deal.each("contributions")):
        yield "assets"
    if said(deal, "supply") and "appointment" in kinds and not said(deal, "exit.wind_down.sell_off"):
        yield "stock"
    framed = deal.text("deal.structure") == "master-and-orders"
    if framed and not any(said(deal, path) for path in ("orders.survive_end", "exit.wind_down.live_work")):
        yield "orders"
    if (deal.plain("data.personal") is True or "data" in kinds) and not any(
        said(deal, path) for path in ("data.returns", "data.agreement")
    ):
        yield "data"


def _holder(deal: Deal, right: Node) -> str:
    holders = right.who("by")
    return brief(called(deal, holders[0]), 24) if len(holders) == 1 else "a party"


@rule(
    "exit-no-change-of-control",
    needs="exit.rights",
    severity="warning",
    types=by_type(note="co-marketing pilot referral"),
    help="say whether a party may leave when the other is sold",
)
def no_change_of_control(deal: Deal) -> Iterator[Hit]:
    """The deal says what happens when a party is sold.

    ## Why
    The buyer may be a rival. Nobody signs with a rival; without a word on it, the partner may wake up as
    one's partner.

    ## Bad
    ```yaml
    exit:
      rights:
        - ground: breach
          by: each
          cure: 30 days
    ```

    ## Good
    ```yaml
    exit:
      rights:
        - ground: breach
          by: each
          cure: 30 days
        - ground: change-of-control
          by: each
          notice: 60 days
    ```

    ## When to waive
    When the parties considered it, and a sale changes nothing.
    """
    rights, passed_on = deal.each("exit.rights"), deal.each("legal.assignment")
    grounds = {right.text("ground") for right in rights}
    vague = [unclear(right, "ground") for right in rights] + [unclear(entry, "except") for entry in passed_on]
    if "change-of-control" in grounds or unclear(deal, "exit.rights") or any(vague) or not _for_sale(deal):
        return
    told = [right.text("what") for right in rights] + [str(entry.plain("except")) for entry in passed_on]
    told += [entry.text("title") for entry in deal.each("provisions")]
    if not any(_SALE.search(text) for text in told):
        stub = "- ground: change-of-control\n  by: open\n  notice: open"
        yield missing(deal, "exit.rights", "the deal does not say what happens when a party is sold", stub)


def _for_sale(deal: Deal) -> bool:
    """Whether a party is one that can be sold: no individual, and no unit of a company that all share."""
    parties = deal.each("parties")
    return not parties or any(
        party.plain("internal") is not True and party.plain("person") is not True for party in parties
    )


@rule(
    "exit-two-cures",
    needs="exit.rights",
    severity="error",
    since="sketch",
    help="keep one time, or say in `what` which breach has which",
)
def two_cures(deal: Deal) -> Iterator[Hit]:
    """One ground to leave has one notice, and one time to put it right.

    ## Why
    Thirty days in one line and sixty in another: the deal ends in between, or it does not. Rights that are
    limited by `what`, `if`, `after` and the like are passed over.

    ## Bad
    ```yaml
    exit:
      rights:
        - ground: breach
          by: each
          cure: 30 days
        - ground: breach
          by: acme
          cure: 60 days
    ```

    ## Good
    ```yaml
    exit:
      rights:
        - ground: breach
          by: each
          cure: 30 days
        - ground: breach
          by: acme
          what: a late delivery
          cure: 60 days
    ```

    ## When to waive
    Never.
    """
    held: dict[tuple[str, str, str], Duration] = {}
    for right in deal.each("exit.rights"):
        ground = right.text("ground")
        if not ground or any(said(right, key) for key in (*_LIMITS, "starts", "until", "improvement")):
            continue
        for party, key in product(right.who("by"), ("cure", "notice")):
            length = right.parsed(key, "duration")
            if length and held.setdefault((ground, party, key), length).days != length.days:
                whose = f"{brief(called(deal, party), 24)} may leave {_GROUNDS[ground]}"
                noun = "times to put it right" if key == "cure" else "lengths of notice"
                yield Hit(right.below(key), f"{whose}, with two {noun}")
                break


@rule(
    "exit-grant-outlives-deal",
    needs=("exit", "term", "grants"),
    severity="warning",
    help="let the grant end with the deal, or say in `exit.effects` what becomes of it",
)
def grant_outlives(deal: Deal) -> Iterator[Hit]:
    """A right given for the deal does not outlive it by accident.

    ## Why
    A licence that ends on a day after the deal's last one goes on without the duties that paid for it. Where
    that is meant, the effects of the end say so, or the grant itself does: `6 months after end` is no accident.

    ## Bad
    ```yaml
    term:
      effective: 2027-01-01
      initial: 12 months
    exit:
      wind_down:
        length: 3 months
    grants:
      - kind: licence
        from: acme
        to: borealis
        what: the device software
        ends: 2030-12-31
    ```

    ## Good
    ```yaml
    term:
      effective: 2027-01-01
      initial: 12 months
    exit:
      wind_down:
        length: 3 months
    grants:
      - kind: licence
        from: acme
        to: borealis
        what: the device software
        ends: 2027-12-31
    ```

    ## When to waive
    When it was paid for once and for all.
    """
    effects = deal.each("exit.effects")
    settled = {effect.text("what") for effect in effects} & {"licences", "ip", "brand", "data"}
    vague = hidden(deal, "exit.effects") or any(unclear(effect, "what") for effect in effects)
    lengths = [deal.parsed(f"exit.wind_down.{key}", "duration") for key in ("length", "sell_off")]
    vague = vague or any(hidden(deal, f"exit.wind_down.{key}") for key in ("length", "sell_off"))
    if may_go_on(deal) or settled or vague:
        return
    ends = [end(deal), *(end(deal).after(length) for length in lengths if length)]
    for grant in deal.each("grants"):
        for key in ("ends", "until"):
            when, last = grant.parsed(key, "when"), moment(deal, grant, key)
            if last and when.event != "end" and all(before(over, last) for over in ends):
                yield Hit(grant.below(key), f"the grant ends {last.at}, after the deal is over")
                break


# "The others' data is returned" tells nothing of the others themselves.
_OTHERS = pattern(r"\b(?:leav\w+|remain\w*|withdraw\w*|others(?!['’]))\b", re.IGNORECASE)


@rule(
    "exit-others-not-told",
    needs=("exit.rights", "parties"),
    severity="warning",
    help="say under `ends_for` whether the deal ends for all, or goes on among the others",
)
def others_not_told(deal: Deal) -> Iterator[Hit]:
    """Where there are three parties or more, the deal says whether it goes on when one of them leaves.

    ## Why
    "A party may end the deal": for itself, or for all? The two that want to go on need what the third brought,
    and under some laws a notice by one ends the contract of all.

    ## Bad
    ```yaml
    parties:
      - id: acme
      - id: borealis
      - id: corvus
    exit:
      rights:
        - ground: convenience
          by: each
          notice: 90 days
    ```

    ## Good
    ```yaml
    parties:
      - id: acme
      - id: borealis
      - id: corvus
    exit:
      rights:
        - ground: convenience
          by: each
          notice: 90 days
          ends_for: the party that leaves; the others go on
    ```

    ## When to waive
    When the constitution of a joint venture company settles it.
    """
    rights = [
        right for right in deal.each("exit.rights") if right.text("ground") in ("convenience", "breach")
    ]
    if (
        len(deal.party_ids) < 3
        or not rights
        or unclear(deal, "exit.rights")
        or said(deal, "venture.withdrawal")
    ):
        return
    told = [effect.text("rule") for effect in deal.each("exit.effects")]
    if not any(said(right, "ends_for") for right in rights) and not any(map(_OTHERS.search, told)):
        text = "the deal does not say whether it goes on when one of the parties leaves"
        yield missing(rights[0], "ends_for", text, "ends_for: open")


@rule(
    "exit-performance-no-improvement",
    needs="exit.rights",
    severity="warning",
    help="say under `improvement` which plan is tried first, and for how long",
)
def performance_no_improvement(deal: Deal) -> Iterator[Hit]:
    """A right to leave for poor results gives time to improve them first.

    ## Why
    The article "5 Key Questions About Throwaway Partnerships" turns against discarding a partner that does not
    perform. Months of onboarding are lost over one bad quarter that a plan of sixty days might have mended.
    A time to put it right (`cure`) will do.

    ## Bad
    ```yaml
    exit:
      rights:
        - ground: performance
          by: each
          what: fewer than 10 clinics are live
          notice: 60 days
    ```

    ## Good
    ```yaml
    exit:
      rights:
        - ground: performance
          by: each
          what: fewer than 10 clinics are live
          notice: 60 days
          improvement:
            periods: 2
            plan: 60 days
    ```

    ## When to waive
    When the target was one that had to be reached once, on a day.
    """
    for right in deal.each("exit.rights"):
        if right.text("ground") == "performance" and len(unsaid(right, ("improvement", "cure"))) == 2:
            text = f"{_holder(deal, right)} may leave for poor results, and the other gets no time to improve"
            yield missing(right, "improvement", text, "improvement:\n  plan: open")


@rule(
    "exit-dependency-no-plan",
    needs="exit.continuity",
    severity="warning",
    help="say under `continuity.plan` how it goes on without the other",
)
def dependency_no_plan(deal: Deal) -> Iterator[Hit]:
    """A party that depends on the other has a plan for going on without it.

    ## Why
    The articles tell of companies that would not be in business without their partners. A dependence that the
    deal itself calls high, and no plan, leaves the party to the terms that the other offers at the end.

    ## Bad
    ```yaml
    exit:
      continuity:
        dependency: high
        of: borealis
    ```

    ## Good
    ```yaml
    exit:
      continuity:
        dependency: high
        of: borealis
        plan: devices of a second maker are tested once a year
    ```

    ## When to waive
    When the plan is kept from the other side.
    """
    if deal.text("exit.continuity.dependency") == "high" and not said(deal, "exit.continuity.plan"):
        yield missing(
            deal, "exit.continuity.plan", "a party depends on the other, and has no plan", "plan: open"
        )


@rule(
    "exit-no-survival",
    severity="warning",
    needs="exit",
    types=by_type(note="co-marketing referral reseller pilot"),
    help="list what goes on, and for how long; `none` where nothing does",
)
def no_survival(deal: Deal) -> Iterator[Hit]:
    """The deal says what goes on after its end.

    ## Why
    Confidentiality, liability, and money already earned are meant to outlive the deal, and other terms
    are not. The law guesses when the paper is silent.

    ## Bad
    ```yaml
    exit:
      wind_down:
        length: 3 months
    ```

    ## Good
    ```yaml
    exit:
      wind_down:
        length: 3 months
      survives:
        - what: confidentiality
          lasts: 3 years
    ```

    ## When to waive
    When each clause that outlives the deal says so itself.
    """
    if not said(deal, "exit.survives"):
        yield missing(
            deal,
            "exit.survives",
            "the deal does not say what goes on after its end",
            "survives:\n  - what: open  # such as: confidentiality\n    lasts: open",
        )


@rule(
    "exit-right-too-late",
    severity="error",
    needs=("exit.rights", "term"),
    help="let it open earlier",
)
def right_too_late(deal: Deal) -> Iterator[Hit]:
    """A right to leave may be used before the deal is over.

    ## Why
    A right that opens after the last day is no right. It was written for a longer term.

    ## Bad
    ```yaml
    term:
      effective: 2027-01-01
      initial: 12 months
    exit:
      rights:
        - by: each
          ground: convenience
          after: 2028-06-30
          notice: 60 days
    ```

    ## Good
    ```yaml
    term:
      effective: 2027-01-01
      initial: 12 months
    exit:
      rights:
        - by: each
          ground: convenience
          after: 2027-06-30
          notice: 60 days
    ```

    ## When to waive
    Never.
    """
    last = end_of_promises(deal)
    for entry in deal.each("exit.rights"):
        opens = day(deal, entry, "after")
        if last and opens and opens > last and not over_before_paper(deal):
            yield Hit(
                entry.below("after"),
                f"this right to leave opens on {opens}, after the end on {end_of_term(deal)}",
            )
