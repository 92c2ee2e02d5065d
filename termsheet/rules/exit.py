"""Exit: who may leave, with how much notice, and what happens then."""

from __future__ import annotations

import re
from collections.abc import Iterator

from termsheet.deal import Deal, Node
from termsheet.rules.rule import Hit, brief, by_type, called, listed, missing, rule, said, sides, unclear
from termsheet.rules.times import day, end_of_term, may_go_on
from termsheet.values import FORMS, FormError
from termsheet.values.calendar import add
from termsheet.values.duration import Duration

_MONTH, _DAYS_OF_MONTHS = 31, 3
_LIMITS = ("what", "if", "unless", "for", "after", "territory", "ends_for")
_WITHIN = re.compile(
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
}


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
            yield missing(
                right,
                "cure",
                f"the right to leave{_by(deal, right)} for breach gives no time to put it right",
                "cure: open",
            )


@rule(
    "exit-no-notice",
    needs="exit.rights",
    severity="warning",
    help="say how much notice is given; `immediately` is an answer",
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
        if (
            ground in _GROUNDS
            and not any(said(right, key) for key in ("notice", "cure"))
            and not _has_own_time(deal, ground)
        ):
            if ground == "breach":
                continue  # the missing cure is told already
            yield missing(
                right,
                "notice",
                f"the right to leave{_by(deal, right)} {_GROUNDS[ground]} has no notice",
                "notice: open",
            )


def _has_own_time(deal: Deal, ground: str) -> bool:
    return ground == "force-majeure" and said(deal, "force_majeure.exit_after")


@rule(
    "exit-no-holder",
    needs="exit.rights",
    severity="warning",
    help="name who may leave on this ground: one party, or `each`",
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
            ground = _GROUNDS.get(right.text("ground"), right.text("ground").replace("-", " "))
            yield missing(
                right, "by", f"nobody is named for the right to leave {ground}".rstrip(), "by: open"
            )


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
    causes of failure.

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
    rights = [right for right in deal.each("exit.rights") if right.text("ground") == "convenience"]
    if (
        not rights
        or unclear(deal, "exit.rights")
        or any(unclear(right, "by") or not said(right, "by") for right in rights)
    ):
        return
    free = {side for right in rights for word in right.who("by") for side in sides(deal, word)}
    if free and len(free) < len(deal.party_ids):
        names = listed(brief(called(deal, party), 30) for party in deal.party_ids if party in free)
        yield Hit(rights[0].below("by"), f"only {names} may leave at will")


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
    if any(said(right, key) for right in rights for key in _LIMITS):
        return
    timed = [(right, notice) for right in rights if (notice := right.parsed("notice", "duration"))]
    if len(timed) < 2 or any(notice.word not in ("", "immediately") for _, notice in timed):
        return
    (quick, least), (slow, most) = (end(timed, key=lambda pair: float(pair[1].days)) for end in (min, max))
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
    "exit-no-wind-down",
    needs="exit",
    severity="error",
    types={"pilot": "warning"},
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
    otherwise. A brand licence, a licence, personal data, goods bought for resale and orders under the deal
    each ask for their own line.

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
        yield missing(
            deal, "exit.effects", "the exit does not say what becomes of customers, licences, brands and data"
        )
        return
    effects = deal.each("exit.effects")
    if unclear(deal, "exit.effects") or any(unclear(effect, "what") for effect in effects):
        return
    settled = {effect.text("what") for effect in effects}
    for what in _left_behind(deal):
        if what not in settled and not (what in ("licences", "brand") and settled & {"ip", "licences"}):
            noun = "the brands" if what == "brand" else f"the {what}"
            yield missing(
                deal,
                "exit.effects",
                f"the exit does not say what becomes of {noun}",
                f"- what: {what}\n  rule: open",
            )


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
    if said(deal, "supply") and "appointment" in kinds and not said(deal, "exit.wind_down.sell_off"):
        yield "stock"
    framed = deal.text("deal.structure") == "master-and-orders"
    if framed and not any(said(deal, path) for path in ("orders.survive_end", "exit.wind_down.live_work")):
        yield "orders"
    if (deal.plain("data.personal") is True or "data" in kinds) and not any(
        said(deal, path) for path in ("data.returns", "data.agreement")
    ):
        yield "data"


def _by(deal: Deal, right: Node) -> str:
    holders = right.who("by")
    return f" of {brief(called(deal, holders[0]), 24)}" if len(holders) == 1 else ""


@rule(
    "exit-no-change-of-control",
    needs="exit.rights",
    severity="warning",
    types=by_type(note="co-marketing pilot"),
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
    if unclear(deal, "exit.rights"):
        return
    rights = deal.each("exit.rights")
    if any(right.text("ground") == "change-of-control" or unclear(right, "ground") for right in rights):
        return
    told = [str(entry.plain("except") or "") for entry in deal.each("legal.assignment")]
    if not any("control" in text.lower() for text in told):
        stub = "- ground: change-of-control\n  by: open\n  notice: open"
        yield missing(deal, "exit.rights", "the deal does not say what happens when a party is sold", stub)


@rule(
    "exit-two-cures",
    needs="exit.rights",
    severity="error",
    since="sketch",
    help="keep one time, or say in `what` which breach has which",
)
def two_cures(deal: Deal) -> Iterator[Hit]:
    """One ground to leave has one time to put it right.

    ## Why
    Thirty days in one line and sixty in another: the deal ends in between, or it does not.

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
    held: dict[tuple[str, str, str], str] = {}
    for right in deal.each("exit.rights"):
        if any(said(right, key) for key in _LIMITS):
            continue
        for party in right.who("by"):
            for key in ("cure", "notice"):
                text = right.text(key)
                if text and held.setdefault((right.text("ground"), party, key), text) != text:
                    noun = "time to put a breach right" if key == "cure" else "notice"
                    yield Hit(
                        right.below(key), f"the same right of {called(deal, party)} has a second {noun}"
                    )
                    return


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
    that is meant, the effects of the end say so.

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
    over = end_of_term(deal)
    length = deal.parsed("exit.wind_down.length", "duration")
    over = add(over, length) or over if over and length else over
    settled = {effect.text("what") for effect in deal.each("exit.effects")} & {"licences", "ip", "brand"}
    if over is None or may_go_on(deal) or settled:
        return
    for grant in deal.each("grants"):
        last = day(deal, grant, "ends")
        if last and last > over:
            yield Hit(grant.below("ends"), f"the grant ends on {last}, and the deal by {over}")
