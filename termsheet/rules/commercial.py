"""The money: who pays what to whom, of what, when, and in which currency."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from termsheet.deal import Deal, Node, once
from termsheet.pattern import pattern
from termsheet.rules.places import places
from termsheet.rules.rule import (
    Hit,
    brief,
    by_type,
    called,
    listed,
    missing,
    rule,
    said,
    sides,
    unclear,
    unsaid,
)
from termsheet.values import FORMS, FormError

_CHANNEL = by_type(error="referral reseller")
_RESALE = pattern(
    r"\b(?:re-?sales?|re-?sell\w*|retail|end[- ](?:users?|customers?)|consumers?)\b", re.IGNORECASE
)
_BELOW = pattern(
    r"\b(?:re-?)?(?:sell|offer|advertise)\b.*\b(?:below|under|for less than|at less than|lower than)\b.*\bprices?\b",
    re.IGNORECASE,
)  # a ban on it is a lowest price
_FREE = pattern(
    r"\b(?:recommend|suggest|indicativ|maxim|non-binding|at most|up to|no more)", re.IGNORECASE
)
_PRICE_LIST = pattern(r"\bprice[- ](?:list|book)|\blist prices?\b", re.IGNORECASE)
_PERIODS = ("week", "month", "quarter", "year")


@rule(
    "commercial-missing",
    severity="error",
    help="say who pays what to whom; or `none_due: true` where no money passes",
)
def no_money(deal: Deal) -> Iterator[Hit]:
    """The deal says something about money: payments, prices, costs, or that none is due.

    ## Why
    The article "Why Strategic Partnerships Fail and How to Succeed" tells of a deal without a clear clause on
    the sharing of revenue, and of disputes that took months. Of the 202 public partnership contracts that we
    counted, 48 % share revenue or profit. Where no money passes, that is worth a line too.

    ## Bad
    ```yaml
    commercial:
      model: Both gain from more clinics.
    ```

    ## Good
    ```yaml
    commercial:
      none_due: true
    ```

    ## When to waive
    When another agreement between the parties settles the money; name it under `papers`.
    """
    told = any(said(deal, f"commercial.{key}") for key in ("payments", "prices", "costs", "minimums"))
    elsewhere = said(deal, "venture.funding") or ("pilot" in deal.types and said(deal, "pilot.fee"))
    none_due = said(deal, "commercial.none_due") and deal.plain("commercial.none_due") is not False
    if told or elsewhere or none_due or deal.point("commercial"):
        return
    path = "commercial.payments" if said(deal, "commercial") else "commercial"
    yield missing(deal, path, "the deal says nothing about money")


@rule(
    "commercial-payment-no-parties",
    needs="commercial.payments",
    severity="error",
    help="name who pays as `from` and who is paid as `to`",
)
def payment_no_parties(deal: Deal) -> Iterator[Hit]:
    """Each payment says who pays and who is paid.

    ## Why
    "The parties share the fees" leaves open who collects from whom. The payer and the payee decide who
    invoices, who bears the risk that the customer does not pay, and who owes the tax. Where `shares` are
    given, they name who is paid.

    ## Bad
    ```yaml
    commercial:
      payments:
        - kind: royalty
          rate: 5%
          from: borealis
    ```

    ## Good
    ```yaml
    commercial:
      payments:
        - kind: royalty
          rate: 5%
          from: borealis
          to: acme
    ```

    ## When to waive
    When an account that both hold is paid from; name it as a third party instead.
    """
    for payment in deal.each("commercial.payments"):
        lacking = unsaid(payment, ("from",) if said(payment, "shares") else ("from", "to"))
        if lacking:
            noun = listed(({"from": "payer", "to": "payee"}[key] for key in lacking), "or")
            stub = "\n".join(f"{key}: open" for key in lacking)
            yield missing(payment, lacking[0], f"{_called(deal, payment)} has no {noun}", stub)


@rule(
    "commercial-payment-no-amount",
    needs="commercial.payments",
    severity="error",
    help="give an amount, a rate, shares, tiers or instalments, or name the annex with the prices",
)
def payment_no_amount(deal: Deal) -> Iterator[Hit]:
    """Each payment has an amount, or a way to work it out.

    ## Why
    A price that is left to be agreed is a common reason why courts find that no contract was made. An
    amount, a rate with its base, shares, tiers or instalments each do, and so does a list of prices. What is
    reimbursed costs what it costs.

    ## Bad
    ```yaml
    commercial:
      payments:
        - kind: fee
          what: integration work
          from: borealis
          to: acme
    ```

    ## Good
    ```yaml
    commercial:
      payments:
        - kind: fee
          what: integration work
          from: borealis
          to: acme
          amount: EUR 40,000
    ```

    ## When to waive
    When the price is found by a method that another paper describes.
    """
    for payment in deal.each("commercial.payments"):
        listed_prices = payment.text("kind") in ("price", "fee") and said(deal, "commercial.prices")
        if not listed_prices and payment.text("kind") != "reimbursement" and not _measured(payment):
            yield missing(payment, "amount", f"{_called(deal, payment)} has no amount, rate or shares")


def _measured(payment: Node) -> bool:
    """Whether anything says how much a payment is."""
    if any(said(payment, key) for key in ("amount", "rate", "shares", "price_list")):
        return True
    return any(
        unclear(payment, key) or any(said(step, "amount") or said(step, "rate") for step in payment.each(key))
        for key in ("tiers", "schedule")
    )


@rule(
    "commercial-rate-no-base",
    needs="commercial.payments",
    severity="error",
    help="define the sum under `commercial.bases` and name it as `base`",
)
def rate_no_base(deal: Deal) -> Iterator[Hit]:
    """Each rate or share says of which sum it is taken.

    ## Why
    20 % of what: list price, invoiced revenue, cash received, before or after tax, refunds and the shop's
    commission? The base is worth as much argument as the rate. Defined once under `commercial.bases`, all
    streams can use it.

    ## Bad
    ```yaml
    commercial:
      payments:
        - kind: revenue-share
          from: borealis
          to: acme
          rate: 20%
    ```

    ## Good
    ```yaml
    commercial:
      bases:
        - id: net-revenue
          name: Net Revenue
          of: sums received from clinics for the service
          less:
            - taxes
            - refunds
      payments:
        - kind: revenue-share
          from: borealis
          to: acme
          rate: 20%
          base: net-revenue
    ```

    ## When to waive
    For a rate of interest, or a share in a company.
    """
    for payment in deal.each("commercial.payments"):
        rated = (
            said(payment, "rate")
            or said(payment, "shares")
            or any(said(tier, "rate") for tier in payment.each("tiers"))
        )
        if rated and not said(payment, "base") and payment.text("kind") not in ("equity", "loan"):
            yield missing(
                payment, "base", f"{_called(deal, payment)} does not say of which sum it is a share"
            )


@rule(
    "commercial-payment-no-due",
    needs="commercial.payments",
    severity="error",
    help="say when it is paid, such as `30 days after invoice`",
)
def payment_no_due(deal: Deal) -> Iterator[Hit]:
    """Each payment says when it is due.

    ## Why
    Without a day, the law of the place sets one, and late interest starts at a time that nobody planned.
    What makes a sum fall due (`trigger`) and how often it is settled (`every`) do not yet say when it is
    paid.

    ## Bad
    ```yaml
    commercial:
      payments:
        - kind: commission
          from: acme
          to: borealis
          rate: 10%
          every: quarterly
    ```

    ## Good
    ```yaml
    commercial:
      payments:
        - kind: commission
          from: acme
          to: borealis
          rate: 10%
          every: quarterly
          due: 30 days after quarter end
    ```

    ## When to waive
    When general payment terms between the parties already apply.
    """
    for payment in deal.each("commercial.payments"):
        if not said(payment, "due") and not said(payment, "schedule"):
            yield missing(payment, "due", f"{_called(deal, payment)} has no due date")


@rule(
    "commercial-no-currency",
    severity="error",
    help="name the currency of all amounts once, as `deal.currency`",
)
def no_currency(deal: Deal) -> Iterator[Hit]:
    """Each amount has a currency: its own, or that of the deal.

    ## Why
    Between parties of two countries, 40,000 may mean two sums. One line at the top settles it for the whole
    paper.

    ## Bad
    ```yaml
    pilot:
      fee: 40,000
    ```

    ## Good
    ```yaml
    deal:
      title: Clinic pilot
      currency: EUR
    pilot:
      fee: 40,000
    ```

    ## When to waive
    Never where money passes.
    """
    if said(deal, "deal.currency"):
        return
    bare = [
        value
        for _, value, schema in places(deal)
        if schema.get("x-form") == "money" and isinstance(value, str) and _lacks_currency(value)
    ]
    if bare:
        text = f"`{brief(min(bare, key=lambda amount: (-len(amount), amount)), 20)}` has no currency"
        yield missing(deal, "deal.currency", f"{text}, and neither has the deal")


def _lacks_currency(text: str) -> bool:
    try:
        return not FORMS["money"].parse(text).currency
    except FormError:
        return False


@rule("commercial-shares-not-100", since="sketch", severity="error", help="let the shares add up to 100%")
def shares_not_100(deal: Deal) -> Iterator[Hit]:
    """Shares by party add up to 100 %.

    ## Why
    Shares that make 95 % leave a rest that nobody owns; shares that make 110 % promise it twice. Numbers
    that do not reconcile are among the defects that we found in real contracts.

    ## Bad
    ```yaml
    commercial:
      costs:
        - what: the joint stand at the fair
          shares:
            acme: 60%
            borealis: 50%
    ```

    ## Good
    ```yaml
    commercial:
      costs:
        - what: the joint stand at the fair
          shares:
            acme: 60%
            borealis: 40%
    ```

    ## When to waive
    When the rest goes to someone who is not a party; say who in the entry's text.
    """
    for route, value, schema in places(deal):
        is_shares = route and route[-1] == "shares" and schema.get("x-keys") == "party"
        if is_shares and isinstance(value, dict) and value:
            total = _total(value.values())
            if total is not None and total != 100:
                yield Hit(deal.path_of(route), f"the shares add up to {total.normalize():f}%, not to 100%")


def _total(shares: object) -> Decimal | None:
    """The sum of the shares; None where one is a Point. Thirds written as 33.3% are let pass."""
    total = Decimal(0)
    values = list(shares) if hasattr(shares, "__iter__") else []
    for share in values:
        if not isinstance(share, str):
            return None
        try:
            total += FORMS["rate"].parse(share).percent
        except FormError:
            return None
    return Decimal(100) if abs(total - 100) <= Decimal("0.1") and len(values) > 2 else total


@rule(
    "commercial-commission-no-qualifies",
    needs="commercial.payments",
    severity="off",
    types=_CHANNEL,
    help="say what a lead must be to earn it, and which leads do not count",
)
def commission_no_qualifies(deal: Deal) -> Iterator[Hit]:
    """A commission says what earns it, where the deal is a referral or reseller deal.

    ## Why
    A name on a list, a meeting, an order, an order that is paid: each is a referral to somebody. Practice
    wants the qualified referral defined, customers already in the pipeline left out, and a time to accept
    or refuse it. Said once, it holds for each commission between the same two.

    ## Bad
    ```yaml
    deal:
      title: Clinic referrals
      type: referral
    commercial:
      payments:
        - kind: commission
          from: acme
          to: borealis
          rate: 10%
    ```

    ## Good
    ```yaml
    deal:
      title: Clinic referrals
      type: referral
    commercial:
      payments:
        - kind: commission
          from: acme
          to: borealis
          rate: 10%
          qualifies: a clinic that was not in Acme's pipeline and orders within 12 months
    ```

    ## When to waive
    When a partner programme of the payer defines it; name the programme in `what`.
    """
    earned = {_way(payment) for payment in _commissions(deal) if said(payment, "qualifies")}
    for payment in _commissions(deal):
        if not said(payment, "qualifies") and _way(payment) not in earned:
            yield missing(payment, "qualifies", f"{_called(deal, payment)} does not say what earns it")


def _way(payment: Node) -> tuple[str, ...]:
    return (*sorted(payment.who("from")), "to", *sorted(payment.who("to")))


@rule(
    "commercial-commission-no-tail",
    needs="commercial.payments",
    severity="off",
    types=by_type(warning="referral reseller"),
    help="say for how long it is still paid after the end, and when it is paid back",
)
def commission_no_tail(deal: Deal) -> Iterator[Hit]:
    """A commission says what becomes of it after the end, and when it is paid back.

    ## Why
    Without a tail, the payer can end the deal the day before the order. Without a clawback, the commission
    stays though the customer returned the goods. Practice knows tails of 60 to 180 days. What `exit.effects`
    says of payments, or a commission that `lasts` without end, stands for a tail.

    ## Bad
    ```yaml
    deal:
      title: Clinic referrals
      type: referral
    commercial:
      payments:
        - kind: commission
          from: acme
          to: borealis
          rate: 10%
          tail: 90 days
    ```

    ## Good
    ```yaml
    deal:
      title: Clinic referrals
      type: referral
    commercial:
      payments:
        - kind: commission
          from: acme
          to: borealis
          rate: 10%
          tail: 90 days
          clawback: if the clinic is refunded within 6 months
    ```

    ## When to waive
    Write `none` where there is no tail or no clawback, rather than a waiver.
    """
    effects = deal.each("exit.effects")
    settled = unclear(deal, "exit.effects") or any(effect.text("what") == "payments" for effect in effects)
    for payment in _commissions(deal):
        lasting = settled or payment.text("lasts") == "indefinite"
        lacking = unsaid(payment, ("clawback",) if lasting else ("tail", "clawback"))
        if lacking:
            stub = "\n".join(f"{key}: open" for key in lacking)
            yield missing(
                payment, lacking[0], f"{_called(deal, payment)} has no {' and no '.join(lacking)}", stub
            )


def _commissions(deal: Deal) -> list[Node]:
    """The commissions between parties. What a payee hands on to its own people is its own affair."""
    return [
        payment
        for payment in deal.each("commercial.payments")
        if payment.text("kind") == "commission"
        and (not payment.who("to") or any(sides(deal, word) for word in payment.who("to")))
    ]


@once
def _like_it(deal: Deal) -> Counter[tuple[str, ...]]:
    """How many payments are of one kind and from the same payers."""
    payments = deal.each("commercial.payments")
    return Counter((payment.text("kind"), *payment.who("from")) for payment in payments)


def _called(deal: Deal, payment: Node) -> str:
    """What a message calls a payment: its kind and payers, or what it is for where they have several of a kind."""
    kind, payers = payment.text("kind"), payment.who("from")
    noun = f"the {kind.replace('-', ' ') or 'payment'}"
    if payment.text("what") and _like_it(deal)[kind, *payers] > 1:
        return f'{noun} "{brief(payment.text("what"), 30)}"'
    return f"{noun} from {brief(called(deal, *payers), 24)}" if payers else noun


@rule(
    "commercial-no-audit",
    needs="commercial.payments",
    severity="warning",
    types=by_type(note="pilot co-marketing"),
    help="say under `records.open_to` who may look into the books",
)
def no_audit(deal: Deal) -> Iterator[Hit]:
    """Where a payment is worked out from the payer's own figures, the payee may look into them.

    ## Why
    A royalty, commission or share of revenue is what the payer says it is. Half of the 202 public
    partnership contracts that we counted give the payee a right to look into the books. A sum that is fixed
    needs no check.

    ## Bad
    ```yaml
    commercial:
      payments:
        - kind: royalty
          from: borealis
          to: acme
          rate: 5%
    ```

    ## Good
    ```yaml
    commercial:
      payments:
        - kind: royalty
          from: borealis
          to: acme
          rate: 5%
      records:
        open_to: acme
    ```

    ## When to waive
    When both read the figures in one system.
    """
    path = "commercial.records.open_to"
    readers = [side for word in deal.who(path) for side in sides(deal, word) or [""]]
    if any(said(deal, f"commercial.records.{key}") for key in ("auditor", "notice", "times")) and not readers:
        return
    if unclear(deal, path) or "" in readers:
        return
    for payment in deal.each("commercial.payments"):
        if not _reported(payment):
            continue
        noun = _called(deal, payment)
        if not readers:
            yield missing(deal, path, f"nobody may check the figures of {noun}")
            return
        payees = [side for word in payment.who("to") for side in sides(deal, word)]
        blind = [side for side in payees if side not in readers]
        if blind:
            yield Hit(path, f"{brief(called(deal, *blind), 20)} may not check the figures of {noun}")
            return


def _reported(payment: Node) -> bool:
    """Whether the payer alone knows how much is due, and it is not a fixed sum."""
    if payment.text("kind") not in ("royalty", "commission", "revenue-share", "profit-share"):
        return False
    amount = payment.parsed("amount", "money")
    if amount is None or any(said(payment, key) for key in ("rate", "shares", "tiers")):
        return True
    per = amount.per or payment.text("per")
    return per not in _PERIODS if per else payment.text("kind") == "commission"


@rule(
    "commercial-minimum-no-consequence",
    needs="commercial.minimums",
    severity="warning",
    help="say what happens if it is not reached",
)
def minimum_no_consequence(deal: Deal) -> Iterator[Hit]:
    """A minimum says what happens if it is missed.

    ## Why
    A minimum without a consequence is a hope. Damages for a sale that was not made are hard to prove; a
    payment, a loss of exclusivity or a right to leave is not. An exclusivity that names the minimum in its
    `kept_if` lapses with it.

    ## Bad
    ```yaml
    commercial:
      minimums:
        - by: borealis
          measure: net purchases
          amount: EUR 300,000
    ```

    ## Good
    ```yaml
    commercial:
      minimums:
        - by: borealis
          measure: net purchases
          amount: EUR 300,000
          if_missed: the appointment becomes non-exclusive
    ```

    ## When to waive
    When a right to leave refers to it.
    """
    held = deal.each("exclusivity")
    if any(unclear(entry, "kept_if") for entry in held):
        return
    kept = {name for entry in held for name in entry.plain("kept_if") or ()}
    for entry in deal.each("commercial.minimums"):
        if not said(entry, "if_missed") and entry.text("id") not in kept:
            yield missing(
                entry,
                "if_missed",
                f"nothing follows if the minimum of {_who(deal, entry)} is missed",
                "if_missed: open",
            )


@rule(
    "commercial-cost-no-cap",
    needs="commercial.costs",
    severity="warning",
    help="say up to how much, or write `none`",
)
def cost_no_cap(deal: Deal) -> Iterator[Hit]:
    """A shared cost has a cap.

    ## Why
    Who shares a cost without a cap shares the other's decisions to spend. With a cap and a rule for the
    overrun, each knows the most that it can lose. A cost is shared by `shares`, or where several bear it;
    where `each` bears its own, nothing is shared.

    ## Bad
    ```yaml
    commercial:
      costs:
        - what: the joint stand at the fair
          shares:
            acme: 60%
            borealis: 40%
    ```

    ## Good
    ```yaml
    commercial:
      costs:
        - what: the joint stand at the fair
          shares:
            acme: 60%
            borealis: 40%
          cap: EUR 20,000
    ```

    ## When to waive
    When a budget elsewhere limits it, such as that of the campaign.
    """
    for entry in deal.each("commercial.costs"):
        if _shared(entry) and not said(entry, "cap"):
            yield missing(entry, "cap", f'the shared cost "{brief(entry.name)}" has no cap', "cap: open")


@rule(
    "commercial-price-at-will",
    needs="commercial.prices",
    severity="warning",
    help="give notice of a change, and let the old price hold for orders and offers in hand",
)
def price_at_will(deal: Deal) -> Iterator[Hit]:
    """No party changes a price at any time it likes.

    ## Why
    A reseller that has quoted for a year's supply, and buys at a price that may rise tomorrow, carries the
    difference. The prices that a reseller sets for its own customers are its own affair.

    ## Bad
    ```yaml
    commercial:
      prices:
        - item: monitors
          amount: EUR 120
          set_by: acme
          change: at any time
    ```

    ## Good
    ```yaml
    commercial:
      prices:
        - item: monitors
          amount: EUR 120
          set_by: acme
          change: once a year, on 90 days' notice; orders in hand keep the old price
    ```

    ## When to waive
    When the others may leave, or cancel their orders, before the new price counts.
    """
    resellers = {
        word
        for grant in deal.each("grants")
        if grant.text("kind") == "appointment"
        for word in grant.who("to")
    }
    for price in deal.each("commercial.prices"):
        text, setters = price.text("change"), set(price.who("set_by"))
        free = len(setters) == 1 and not setters & resellers
        if free and _AT_WILL.search(text) and not re.search(r"\d", text) and not said(price, "protection"):
            item = brief(price.text("item") or "its goods", 30)
            name = brief(called(deal, *setters), 24)
            yield Hit(price.below("change"), f'{name} may change the price of "{item}" at will')


_AT_WILL = pattern(
    r"\bat (?:any time|(?:its|their) (?:sole |own |absolute )?discretion|will)\b|\bwithout (?:prior )?notice\b"
    r"|\b(?:from time to time|whenever)\b|\bas (?:it|they) (?:likes?|wish(?:es)?|sees? fit)\b",
    re.IGNORECASE,
)


@rule(
    "commercial-two-prices",
    needs=("commercial.prices", "commercial.payments"),
    severity="error",
    since="sketch",
    help="let the rate and the discount make 100% together, or keep one of them",
)
def two_prices(deal: Deal) -> Iterator[Hit]:
    """The discount off a list and the share of it that is paid make up the list.

    ## Why
    A discount of 38% and a price of 65% of the same list are two prices. The buyer will have ordered at the
    lower, and the seller invoiced the higher.

    ## Bad
    ```yaml
    commercial:
      bases:
        - id: list-price
          name: List Price
          of: the prices in the price list
      payments:
        - kind: price
          from: borealis
          to: acme
          rate: 65%
          base: list-price
      prices:
        - item: monitors
          discount: 38%
          per: unit, off the List Price
    ```

    ## Good
    ```yaml
    commercial:
      bases:
        - id: list-price
          name: List Price
          of: the prices in the price list
      payments:
        - kind: price
          from: borealis
          to: acme
          rate: 62%
          base: list-price
      prices:
        - item: monitors
          discount: 38%
          per: unit, off the List Price
    ```

    ## When to waive
    When the two are for different goods; say so with `for`.
    """
    names = {base.text("id"): base.text("name") for base in deal.each("commercial.bases")}
    paid = [
        (payment, rate.percent)
        for payment in deal.each("commercial.payments")
        if (payment.text("kind") == "price" or "price" in payment.text("what").casefold())
        and (rate := payment.parsed("rate", "rate"))
        and names.get(payment.text("base"))
    ]
    for price in deal.each("commercial.prices") if len(paid) == 1 else ():
        (payment, share), discount = paid[0], price.parsed("discount", "rate")
        name = names[payment.text("base")]
        told = f"{price.text('item')} {price.text('per')}".casefold()
        apart = any(said(entry, key) for entry in (payment, price) for key in ("for", "if", "territory"))
        if discount and name.casefold() in told and not apart and discount.percent + share != 100:
            rest = 100 - discount.percent
            text = f"{brief(name, 24)} less {discount.percent:f}% is {rest:f}%, and {share:f}% of it is to be paid"
            yield Hit(price.below("discount"), f"the {text}")


@rule(
    "commercial-tiers-no-period",
    needs="commercial.payments",
    severity="warning",
    help="say over what time they are counted, such as `per: year`",
)
def tiers_no_period(deal: Deal) -> Iterator[Hit]:
    """Tiers say over what time the volume is counted.

    ## Why
    "Above 1,000 units" in a month, in a year, or since the deal began: the better rate comes in the first
    week, each spring, or once. Where the payment is settled in a rhythm (`every`), or is `per` something,
    that time is taken.

    ## Bad
    ```yaml
    commercial:
      bases:
        - id: net-revenue
          name: Net Revenue
          of: sums received from clinics
      payments:
        - kind: royalty
          from: borealis
          to: acme
          base: net-revenue
          tiers:
            - over: EUR 0
              rate: 5%
            - over: EUR 100,000
              rate: 4%
    ```

    ## Good
    ```yaml
    commercial:
      bases:
        - id: net-revenue
          name: Net Revenue
          of: sums received from clinics
      payments:
        - kind: royalty
          from: borealis
          to: acme
          base: net-revenue
          per: year
          tiers:
            - over: EUR 0
              rate: 5%
            - over: EUR 100,000
              rate: 4%
    ```

    ## When to waive
    When each tier is for the size of a single order, and `trigger` says so.
    """
    bases = {base.text("id"): base for base in deal.each("commercial.bases")}
    for payment in deal.each("commercial.payments"):
        tiers = payment.each("tiers")
        if len(tiers) < 2 or said(payment, "per") or said(payment, "every"):
            continue
        words = [payment.text(key) for key in ("what", "trigger", "example")]
        words += [tier.text("over") for tier in tiers]
        base = bases.get(payment.text("base"))
        words += [base.text(key) for key in ("name", "of")] if base else []
        if not _PERIOD.search(" ".join(words)):
            text = f"{_called(deal, payment)} does not say over what time its tiers count"
            yield missing(payment, "per", text, "per: open")


_PERIOD = pattern(
    r"\b(?:month|quarter|year|annual|yearly|monthly|quarterly|total|cumulative|lifetime|(?:per|each|single)"
    r" (?:order|unit|sale|deal))",
    re.IGNORECASE,
)


@rule(
    "commercial-minimum-other-currency",
    needs=("commercial.minimums", "deal.currency"),
    severity="warning",
    help="state it in the currency that is paid, or say under a base how it is converted",
)
def minimum_other_currency(deal: Deal) -> Iterator[Hit]:
    """A minimum is stated in a currency that is paid.

    ## Why
    A minimum in yen of purchases in dollars is reached or missed by the rate of exchange, and nobody says
    which day's.

    ## Bad
    ```yaml
    deal:
      title: Clinic distribution
      currency: EUR
    commercial:
      minimums:
        - by: borealis
          measure: net purchases
          amount: USD 300,000
    ```

    ## Good
    ```yaml
    deal:
      title: Clinic distribution
      currency: EUR
    commercial:
      minimums:
        - by: borealis
          measure: net purchases
          amount: EUR 300,000
    ```

    ## When to waive
    When what is counted is sold in that currency, to others than the parties.
    """
    paid = {deal.text("deal.currency")}
    for payment in deal.each("commercial.payments"):
        amounts = [payment, *payment.each("tiers"), *payment.each("schedule")]
        paid |= {money.currency for entry in amounts if (money := entry.parsed("amount", "money"))}
    if any(said(base, "conversion") for base in deal.each("commercial.bases")):
        return
    for entry in deal.each("commercial.minimums"):
        least = entry.parsed("amount", "measure")
        if least and least.money and least.money.currency not in paid:
            yield Hit(
                entry.below("amount"),
                f"the minimum of {_who(deal, entry)} is in {least.money.currency}, in which nothing is paid",
            )


@rule(
    "commercial-clawback-open-ended",
    needs="commercial.payments",
    severity="off",
    types=by_type(warning="referral reseller"),
    help="say until when it may be asked back, such as `within 6 months of the sale`",
)
def clawback_open_ended(deal: Deal) -> Iterator[Hit]:
    """A commission may be asked back until a certain day only.

    ## Why
    Who has paid its own people out of a commission cannot hold it ready for ever, and cannot close its books
    while all of it may be asked back.

    ## Bad
    ```yaml
    deal:
      title: Clinic referrals
      type: referral
    commercial:
      payments:
        - kind: commission
          from: acme
          to: borealis
          rate: 10%
          clawback: at any time, if the clinic does not pay
    ```

    ## Good
    ```yaml
    deal:
      title: Clinic referrals
      type: referral
    commercial:
      payments:
        - kind: commission
          from: acme
          to: borealis
          rate: 10%
          clawback: within 6 months, if the clinic does not pay
    ```

    ## When to waive
    When the commission is paid only once nothing can be refunded.
    """
    for payment in _commissions(deal):
        text = payment.text("clawback")
        if re.search(r"\bat any time\b|\bwhenever\b|\bwithout limit\b", text, re.IGNORECASE):
            yield Hit(payment.below("clawback"), f"{_called(deal, payment)} may be asked back without end")


@rule(
    "commercial-two-attributions",
    needs="commercial.payments",
    severity="error",
    since="sketch",
    help="keep one of the two times",
)
def two_attributions(deal: Deal) -> Iterator[Hit]:
    """A sale counts for a commission for one length of time after the introduction.

    ## Why
    A customer that was introduced in January and buys in September earns a commission under a time of twelve
    months, and none under one of six.

    ## Bad
    ```yaml
    commercial:
      payments:
        - kind: commission
          from: acme
          to: borealis
          rate: 10%
          qualifies: a clinic that orders within 6 months of the introduction
          attribution: 12 months
    ```

    ## Good
    ```yaml
    commercial:
      payments:
        - kind: commission
          from: acme
          to: borealis
          rate: 10%
          qualifies: a clinic that orders within 12 months of the introduction
          attribution: 12 months
    ```

    ## When to waive
    When the first is for the first order and the second for those that follow; say so in `qualifies`.
    """
    for payment in deal.each("commercial.payments"):
        lasts, told = payment.parsed("attribution", "duration"), _COUNTS.search(payment.text("qualifies"))
        if lasts and told:
            other = FORMS["duration"].parse(told[1])
            if abs(lasts.days - other.days) > _DAYS_OF_MONTHS:
                text = f"a sale counts for {payment.text('attribution')} here, and for {told[1]} to qualify"
                yield Hit(payment.below("attribution"), text)


_DAYS_OF_MONTHS = 3
_COUNTS = pattern(
    r"\bwithin (\d{1,4} (?:days?|weeks?|months?|years?)) (?:of|after|from) (?:the |its |their )?"
    r"(?:introduction|referral|registration)\b",
    re.IGNORECASE,
)


@rule(
    "commercial-tail-denied",
    needs=("commercial.payments", "exit.effects"),
    severity="error",
    since="sketch",
    help="say in one of the two places until when it is paid",
)
def tail_denied(deal: Deal) -> Iterator[Hit]:
    """A commission that is paid on after the end does not end with the deal.

    ## Why
    Two lines that contradict each other about the sum for which most referral deals go to court. Each side
    will plead the one that suits it.

    ## Bad
    ```yaml
    commercial:
      payments:
        - kind: commission
          from: acme
          to: borealis
          rate: 10%
          tail: 90 days
    exit:
      effects:
        - what: payments
          rule: Commission ends on the day of termination.
    ```

    ## Good
    ```yaml
    commercial:
      payments:
        - kind: commission
          from: acme
          to: borealis
          rate: 10%
          tail: 90 days
    exit:
      effects:
        - what: payments
          rule: Commission is paid for 90 days after the end.
    ```

    ## When to waive
    Never.
    """
    stopped = any(
        effect.text("what") == "payments" and _STOPS.fullmatch(effect.text("rule").strip())
        for effect in deal.each("exit.effects")
    )
    for payment in _commissions(deal) if stopped else ():
        key = "tail" if payment.text("tail") else "lasts"
        length = payment.parsed(key, "duration")
        if length and length.days and (key == "tail" or length.word):
            text = f"{_called(deal, payment)} goes on after the end, and stops with it"
            yield Hit(payment.below(key), text)


_STOPS = pattern(
    r"(?:all |any |the |every )?commissions? (?:payments? )?(?:ends?|stops?|ceases?|lapses?)"
    r" (?:on|with|at|upon) (?:the )?(?:day|date|end|termination|expiry|exit)(?: (?:of|on) [\w ]+)?\.?"
    r"|no (?:further |more )?commission (?:is|will be) (?:paid|due|owed) after (?:the )?(?:end|termination|expiry)\.?",
    re.IGNORECASE,
)


@rule(
    "commercial-no-taxes",
    needs="commercial.payments",
    severity="off",
    types=by_type(note="licensing referral reseller"),
    help="say whether prices include tax, who bears duty, and what is withheld",
)
def no_taxes(deal: Deal) -> Iterator[Hit]:
    """The deal says who bears tax on what is paid.

    ## Why
    A price with or without value added tax differs by a fifth, and tax withheld at the border comes off what
    the payee counted on. Duty on goods falls on whoever is the importer.

    ## Bad
    ```yaml
    deal:
      title: Clinic distribution
      type: reseller
    commercial:
      payments:
        - kind: price
          from: borealis
          to: acme
          amount: EUR 120
    ```

    ## Good
    ```yaml
    deal:
      title: Clinic distribution
      type: reseller
    commercial:
      payments:
        - kind: price
          from: borealis
          to: acme
          amount: EUR 120
      taxes: prices are without value added tax, which is added; Borealis pays import duty
    ```

    ## When to waive
    There is nothing to waive: it is a note, shown only on request.
    """
    if not said(deal, "commercial.taxes"):
        yield missing(deal, "commercial.taxes", "the deal does not say who bears tax on the payments")


@rule(
    "commercial-interest-no-rate",
    needs="commercial.late_interest",
    severity="note",
    help="give a rate, or name the law or the published rate from which it is taken",
)
def interest_no_rate(deal: Deal) -> Iterator[Hit]:
    """Interest on late payment has a rate.

    ## Why
    "At the usual rate" is proved by an expert. A figure, a statute or a published rate is read off.

    ## Bad
    ```yaml
    commercial:
      late_interest: at the usual rate of the bank
    ```

    ## Good
    ```yaml
    commercial:
      late_interest: 8% a year above the base rate of the European Central Bank
    ```

    ## When to waive
    There is nothing to waive: it is a note, shown only on request.
    """
    text = deal.text("commercial.late_interest")
    if text and not _RATE_SOURCE.search(text):
        yield Hit("commercial.late_interest", f'"{brief(text)}" is no rate of interest')


_RATE_SOURCE = pattern(
    r"\d|\b(?:statut|law|legal|act\b|code\b|directive|base rate|prime|central bank|reserve bank|reference rate"
    r"|euribor|sofr|sonia|none\b|no interest)",
    re.IGNORECASE,
)


def _shared(cost: Node) -> bool:
    """Whether several bear a cost together."""
    shares, bearers = cost.plain("shares"), cost.plain("borne_by")
    if isinstance(shares, dict):
        rates = (cost.parsed(f"shares.{party}", "rate") for party in shares)
        return len([rate for rate in rates if rate is None or rate.percent]) > 1
    return bearers in ("jointly", "all") or (isinstance(bearers, list) and len(bearers) > 1)


@rule(
    "commercial-none-due-denied",
    needs="commercial.none_due",
    severity="error",
    since="sketch",
    help="take out `none_due`, or the payments",
)
def none_due_denied(deal: Deal) -> Iterator[Hit]:
    """Where no money passes between the parties, there are no payments between them.

    ## Why
    Two entries that contradict each other: each side will plead the one that suits it. What a party pays to
    somebody else is no contradiction.

    ## Bad
    ```yaml
    commercial:
      none_due: true
      payments:
        - kind: fee
          from: acme
          to: borealis
          amount: EUR 40,000
    ```

    ## Good
    ```yaml
    commercial:
      payments:
        - kind: fee
          from: acme
          to: borealis
          amount: EUR 40,000
    ```

    ## When to waive
    Never.
    """
    if deal.plain("commercial.none_due") is not True:
        return
    fee = deal.parsed("pilot.fee", "money")
    if any(_between(deal, payment) for payment in deal.each("commercial.payments")):
        yield Hit("commercial.none_due", "no money is said to be due, and yet there are payments")
    elif fee and fee.amount:
        yield Hit("commercial.none_due", "no money is said to be due, and yet the pilot has a fee")


def _between(deal: Deal, payment: Node) -> bool:
    """Whether a payment may be one between the parties: nobody else pays it or gets it."""
    ends = [payment.who(key) for key in ("from", "to")]
    return all(not names or any(sides(deal, name) for name in names) for names in ends)


@rule(
    "commercial-pays-itself",
    severity="error",
    since="sketch",
    help="name another payer or payee",
)
def pays_itself(deal: Deal) -> Iterator[Hit]:
    """No party pays itself.

    ## Why
    A party that stands on both sides of a payment was copied from the line above. The rule looks at security,
    grants, indemnities, exclusivity, options and data as well.

    ## Bad
    ```yaml
    commercial:
      payments:
        - kind: fee
          from: acme
          to: acme
          amount: EUR 40,000
    ```

    ## Good
    ```yaml
    commercial:
      payments:
        - kind: fee
          from: acme
          to: borealis
          amount: EUR 40,000
    ```

    ## When to waive
    Never.
    """
    pairs = (
        ("commercial.payments", "from", "to"),
        ("commercial.security", "by", "to"),
        ("commercial.most_favoured", "by", "holder"),
        ("grants", "from", "to"),
        ("legal.indemnities", "by", "to"),
        ("legal.liquidated_damages", "by", "to"),
        ("exclusivity", "binds", "benefits"),
        ("options", "grantor", "holder"),
        ("data.sharing", "from", "to"),
        ("data.roles", "party", "behalf"),
    )
    for path, giver, taker in pairs if len(deal.party_ids) > 1 else ():
        for entry in deal.each(path):
            given, taken = entry.who(giver), entry.who(taker)
            if given == taken and len(given) == 1 < len(deal.party_ids):
                yield Hit(entry.below(taker), f"{called(deal, *given)} stands on both sides")


@rule(
    "commercial-resale-price",
    needs="grants",
    severity="warning",
    help="let the reseller set it, or call it a recommended or a highest price",
)
def resale_price(deal: Deal) -> Iterator[Hit]:
    """Who appoints a reseller does not set its resale prices.

    ## Why
    A fixed or lowest resale price is among the gravest breaches of competition law that two companies at
    different levels can commit: in the European Union the exemption for such deals is then lost as a whole
    (Regulation (EU) 2022/720, article 4). A recommended or a highest price is free. A ban on selling below a
    price is a lowest price, whatever it is called.

    ## Bad
    ```yaml
    grants:
      - kind: appointment
        from: acme
        to: borealis
        what: resale of the devices
    commercial:
      prices:
        - item: resale of a device to clinics
          amount: EUR 120
          set_by: acme
    ```

    ## Good
    ```yaml
    grants:
      - kind: appointment
        from: acme
        to: borealis
        what: resale of the devices
    commercial:
      prices:
        - item: resale of a device to clinics
          set_by: borealis
    ```

    ## When to waive
    When the one appointed is a true agent, who sells in the name and at the risk of the other.
    """
    grants = [grant for grant in deal.each("grants") if grant.text("kind") == "appointment"]
    givers, holders = ({side for grant in grants for side in grant.who(key)} for key in ("from", "to"))
    for price in deal.each("commercial.prices"):
        item = price.text("item")
        setters = {side for word in price.who("set_by") for side in sides(deal, word)}
        free = _FREE.search(f"{item} {price.text('change')}")
        resale = _RESALE.search(item) or _to_customers(deal, item)
        if resale and not free and setters and setters <= givers - holders:
            who = brief(called(deal, *sorted(setters)), 24)
            yield Hit(price.below("set_by"), f'{who} sets the price of "{brief(item)}"')
    for ban in deal.each("restrictions"):
        bound = {side for word in ban.who("binds") for side in sides(deal, word)}
        if bound and bound <= holders - givers and _BELOW.search(ban.text("must_not")):
            text = f"{brief(called(deal, *sorted(bound)), 30)} is bound to a lowest resale price"
            yield Hit(ban.below("must_not"), text)


def _to_customers(deal: Deal, item: str) -> bool:
    """Whether a price is said to be that to those whom the scope names as customers."""
    told = " ".join(word for word in deal.plain("scope.customers") or () if isinstance(word, str)).lower()
    buyers = re.search(r"\bto ([\w-]{4,})$", item.lower())
    return bool(buyers and buyers[1] in re.findall(r"[\w-]+", told))


@rule(
    "commercial-share-no-example",
    needs="commercial.payments",
    severity="note",
    help="work it out once in figures, under `example`",
)
def share_no_example(deal: Deal) -> Iterator[Hit]:
    """A share that takes some working out comes with a worked example.

    ## Why
    Deductions and tiers are read in two ways: is the share taken before the refunds, and does the higher rate
    hold for all or for the rest? Three figures under it settle what three paragraphs do not. The rule speaks
    where the base has deductions, or the rate has tiers.

    ## Bad
    ```yaml
    commercial:
      bases:
        - id: net-revenue
          name: Net Revenue
          of: sums received from clinics
          less:
            - refunds
      payments:
        - kind: revenue-share
          from: borealis
          to: acme
          rate: 20%
          base: net-revenue
    ```

    ## Good
    ```yaml
    commercial:
      bases:
        - id: net-revenue
          name: Net Revenue
          of: sums received from clinics
          less:
            - refunds
      payments:
        - kind: revenue-share
          from: borealis
          to: acme
          rate: 20%
          base: net-revenue
          example: EUR 1,000 are received and EUR 100 refunded. Acme gets 20% of EUR 900, EUR 180.
    ```

    ## When to waive
    When an annex holds the example.
    """
    reduced = {base.text("id") for base in deal.each("commercial.bases") if base.plain("less")} - {""}
    for payment in deal.each("commercial.payments"):
        worked_out = payment.text("base") in reduced or len(payment.each("tiers")) > 1
        if worked_out and not said(payment, "example"):
            yield missing(
                payment, "example", f"{_called(deal, payment)} has no worked example", "example: open"
            )


def _who(deal: Deal, entry: Node) -> str:
    bound = entry.who("by")
    return brief(called(deal, *bound), 30) if bound else "a party"


@rule(
    "commercial-instalments-not-sum",
    needs="commercial.payments",
    severity="error",
    since="sketch",
    help="let the instalments add up to the amount",
)
def instalments_not_sum(deal: Deal) -> Iterator[Hit]:
    """The instalments of a payment add up to its amount.

    ## Why
    The payer will pay the instalments and the payee will claim the amount. Numbers that do not reconcile
    are among the defects that we found in real contracts. A payment that recurs is passed over.

    ## Bad
    ```yaml
    commercial:
      payments:
        - kind: fee
          from: acme
          to: borealis
          amount: EUR 40,000
          schedule:
            - due: signature
              amount: EUR 20,000
            - due: 2027-12-31
              amount: EUR 15,000
    ```

    ## Good
    ```yaml
    commercial:
      payments:
        - kind: fee
          from: acme
          to: borealis
          amount: EUR 40,000
          schedule:
            - due: signature
              amount: EUR 25,000
            - due: 2027-12-31
              amount: EUR 15,000
    ```

    ## When to waive
    Never.
    """
    for payment in deal.each("commercial.payments"):
        whole = payment.parsed("amount", "money")
        parts = [part.parsed("amount", "money") for part in payment.each("schedule")]
        if whole is None or whole.per or said(payment, "per") or said(payment, "every"):
            continue
        if not parts or unclear(payment, "schedule") or not all(parts):
            continue
        currencies = {money.currency or deal.text("deal.currency") for money in (whole, *parts)}
        total = sum(money.amount for money in parts)
        if len(currencies) == 1 and total != whole.amount:
            text = f"the instalments add up to {total:,f}, not to {whole.amount:,f}"
            yield Hit(payment.below("schedule"), text)


@rule(
    "commercial-tiers-turn-back",
    needs="commercial.payments",
    severity="warning",
    help="let the rates only rise or only fall, or say in `example` that it is meant so",
)
def tiers_turn_back(deal: Deal) -> Iterator[Hit]:
    """The rates of the tiers rise, or fall, and do not do both; no tier begins where another does.

    ## Why
    Rates that rise with volume reward the seller, and rates that fall reward the buyer. Rates that do both
    are mostly two figures that changed places in the third draft.

    ## Bad
    ```yaml
    commercial:
      payments:
        - kind: royalty
          from: borealis
          to: acme
          tiers:
            - over: EUR 0
              rate: 6%
            - over: EUR 1,000,000
              rate: 4%
            - over: EUR 5,000,000
              rate: 8%
    ```

    ## Good
    ```yaml
    commercial:
      payments:
        - kind: royalty
          from: borealis
          to: acme
          tiers:
            - over: EUR 0
              rate: 4%
            - over: EUR 1,000,000
              rate: 6%
            - over: EUR 5,000,000
              rate: 8%
    ```

    ## When to waive
    When the middle is meant to be cheaper, such as for the ramp of a plant.
    """
    for payment in deal.each("commercial.payments"):
        tiers = [
            (tier.parsed("over", "measure"), tier.parsed("rate", "rate")) for tier in payment.each("tiers")
        ]
        if unclear(payment, "tiers") or not all(over and rate for over, rate in tiers):
            continue
        steps = [over.number for over, _ in tiers]
        rates = [rate.percent for _, rate in sorted(tiers, key=lambda tier: tier[0].number)]
        path = payment.below("tiers")
        if len({*steps}) < len(steps):
            yield Hit(path, f"two tiers of {_called(deal, payment)} begin at the same volume")
        elif rates not in (sorted(rates), sorted(rates, reverse=True)):
            shown = listed(f"{rate.normalize():f}%" for rate in rates)
            yield Hit(path, f"the rates of {_called(deal, payment)} turn back: {shown}")


@rule(
    "commercial-payees-no-split",
    needs="commercial.payments",
    severity="warning",
    help="write a payment for each of them, or give their `shares`",
)
def payees_no_split(deal: Deal) -> Iterator[Hit]:
    """A sum that several parties pay or get is split between them.

    ## Why
    Without a split, each payer owes the whole under some laws and half under others, and each payee may
    claim it all or wait for the other.

    ## Bad
    ```yaml
    parties:
      - id: acme
      - id: borealis
      - id: corvus
    commercial:
      payments:
        - kind: fee
          from:
            - acme
            - borealis
          to: corvus
          amount: EUR 40,000
    ```

    ## Good
    ```yaml
    parties:
      - id: acme
      - id: borealis
      - id: corvus
    commercial:
      payments:
        - kind: fee
          from: acme
          to: corvus
          amount: EUR 25,000
        - kind: fee
          from: borealis
          to: corvus
          amount: EUR 15,000
    ```

    ## When to waive
    When they are liable together and settle it between them; say so in `what`.
    """
    for payment in deal.each("commercial.payments"):
        for key in ("from", "to"):
            named = payment.plain(key)
            if isinstance(named, list) and len(payment.who(key)) > 1 and not said(payment, "shares"):
                does = "paid by" if key == "from" else "paid to"
                noun = f"the {payment.text('kind').replace('-', ' ') or 'payment'}"
                names = brief(called(deal, *payment.who(key)), 38)
                yield Hit(payment.below(key), f"{noun} is {does} {names}, in no stated shares")


@rule(
    "commercial-milestone-by-calendar",
    needs="commercial.payments",
    severity="warning",
    help="say under `trigger` what must be reached first",
)
def milestone_by_calendar(deal: Deal) -> Iterator[Hit]:
    """A payment for a milestone waits for the milestone.

    ## Why
    A payment that is called a milestone and falls due on a day of the calendar is owed on that day, whether
    or not anything was reached. The payer has read the name, and the payee the date.

    ## Bad
    ```yaml
    commercial:
      payments:
        - kind: milestone
          what: sales milestone
          from: acme
          to: borealis
          amount: EUR 40,000
          due: 60 days after year end
    ```

    ## Good
    ```yaml
    commercial:
      payments:
        - kind: milestone
          what: sales milestone
          from: acme
          to: borealis
          amount: EUR 40,000
          trigger: net sales of a year are above EUR 1,000,000 for the first time
          due: 60 days after year end
    ```

    ## When to waive
    When the sum is an instalment; then call it a fee with a `schedule`.
    """
    for payment in deal.each("commercial.payments"):
        due = payment.parsed("due", "when")
        named = any(said(payment, key) for key in ("trigger", "if", "qualifies", "proof", "tiers"))
        if payment.text("kind") not in ("milestone", "success-fee") or due is None or named:
            continue
        if due.date or due.event in ("month end", "quarter end", "year end"):
            text = f"{_called(deal, payment)} falls due whatever is reached"
            yield missing(payment, "trigger", text, "trigger: open")


_PATENT = pattern(r"\bpatents?\b", re.IGNORECASE)


@rule(
    "commercial-royalty-after-patent",
    needs=("commercial.payments", "grants"),
    severity="warning",
    help="say for how long it is paid as `lasts`, or what it falls to when the patents end, under `reductions`",
)
def royalty_after_patent(deal: Deal) -> Iterator[Hit]:
    """A royalty for the use of patents says for how long it is paid.

    ## Why
    In the United States a royalty for use after a patent has ended cannot be enforced (Brulotte v Thys,
    1964; Kimble v Marvel, 2015), and competition law looks at it elsewhere. Practice pays until the last
    patent ends, or for some years from the first sale, and less where only know-how is left.

    ## Bad
    ```yaml
    commercial:
      payments:
        - kind: royalty
          from: borealis
          to: acme
          rate: 5%
    grants:
      - kind: licence
        from: acme
        to: borealis
        what: the sensor patents
    ```

    ## Good
    ```yaml
    commercial:
      payments:
        - kind: royalty
          from: borealis
          to: acme
          rate: 5%
          reductions:
            - if: the last patent of a country has ended
              to: 2%
    grants:
      - kind: licence
        from: acme
        to: borealis
        what: the sensor patents
    ```

    ## When to waive
    When the deal ends before the first patent does.
    """
    patents = {
        right.text("id")
        for right in deal.each("ip.rights")
        if right.text("kind") in ("patent", "application", "utility-model")
    }
    licences = [
        (grant.who("from"), grant.who("to"))
        for grant in deal.each("grants")
        if grant.text("kind") == "licence"
        and (patents & {*(grant.plain("over") or ())} or _PATENT.search(grant.text("what")))
    ]
    for payment in deal.each("commercial.payments"):
        told = any(said(payment, key) for key in ("lasts", "until", "reductions"))
        if (
            payment.text("kind") == "royalty"
            and (payment.who("to"), payment.who("from")) in licences
            and not told
        ):
            text = f"{_called(deal, payment)} does not end or fall with the patents"
            yield missing(payment, "lasts", text, "lasts: open")


_EDGELESS = pattern(
    r"""\bother\ (?:\w+\ ){0,2}?(?:deductions?|costs?|expenses?|charges?|items?|amounts?|sums?|fees?)\b
    | \b(?:reasonable|appropriate|similar|etc|and\ so\ on|and\ the\ like)\b""",
    re.IGNORECASE | re.VERBOSE,
)


@rule(
    "commercial-base-open",
    needs="commercial.bases",
    severity="warning",
    help="list each kind of deduction, or give it a cap, such as `costs of payment of up to 2%`",
)
def base_open(deal: Deal) -> Iterator[Hit]:
    """What is taken off a base is listed, and is not the payer's own cost.

    ## Why
    The party that keeps the books decides what an "other deduction" is, and its own costs are what it says
    they are. A rate of 35 % of little is little. A deduction with a figure is passed over.

    ## Bad
    ```yaml
    commercial:
      bases:
        - name: Net Revenue
          of: sums received from clinics
          less:
            - taxes
            - other reasonable deductions
    ```

    ## Good
    ```yaml
    commercial:
      bases:
        - name: Net Revenue
          of: sums received from clinics
          less:
            - taxes
            - costs of payment of up to 2%
    ```

    ## When to waive
    When an accounting standard settles it; name the standard in the deduction.
    """
    names = [
        party.text(key) for party in deal.each("parties") for key in ("short", "name") if party.text(key)
    ]
    own = re.compile(
        rf"\b(?:costs|expenses|overheads?)\s+(?:of|incurred\s+by)\s+(?:{'|'.join(map(re.escape, names))})"
    )
    for base in deal.each("commercial.bases"):
        for index, item in enumerate(base.plain("less") or ()):
            if not isinstance(item, str) or re.search(r"\d|\b(?:consider|deem)", item):
                continue
            if _EDGELESS.search(item) or (names and own.search(item)):
                path = deal.path_of((*base.route, "less", index))
                yield Hit(path, f'"{brief(item)}" is a deduction without an edge')


_CURRENCIES = {
    country: code
    for code, countries in {
        "EUR": "Austria, Belgium, Croatia, Cyprus, Estonia, Finland, France, Germany, Greece, Ireland, Italy, Latvia, "
        "Lithuania, Luxembourg, Malta, Netherlands, the Netherlands, Portugal, Slovakia, Slovenia, Spain",
        "USD": "United States, the United States, USA",
        "GBP": "United Kingdom, the United Kingdom, England, Scotland, Wales",
        "JPY": "Japan",
        "KRW": "South Korea, Korea, Republic of Korea",
        "CNY": "China",
        "INR": "India",
        "SGD": "Singapore",
        "MYR": "Malaysia",
        "AUD": "Australia",
        "NZD": "New Zealand",
        "CAD": "Canada",
        "BRL": "Brazil",
        "MXN": "Mexico",
        "ZAR": "South Africa",
        "CHF": "Switzerland, Liechtenstein",
        "SEK": "Sweden",
        "NOK": "Norway",
        "DKK": "Denmark",
        "PLN": "Poland",
        "CZK": "Czechia, Czech Republic",
        "HUF": "Hungary",
        "RON": "Romania",
    }.items()
    for country in countries.split(", ")
}


@rule(
    "commercial-base-no-conversion",
    needs=("commercial.bases", "scope.territory", "deal.currency"),
    severity="note",
    types=by_type(warning="licensing"),
    help="say under `conversion` at which rate and of which day other currencies are converted",
)
def base_no_conversion(deal: Deal) -> Iterator[Hit]:
    """A base of a royalty, commission or share that is counted in another currency says how it is converted.

    ## Why
    Between the day of the sale and the day of the payment a currency may move by more than the royalty is
    worth. The rule knows the currencies of some forty countries, and looks at the territory of the scope.

    ## Bad
    ```yaml
    deal:
      title: Sensor licence
      type: licensing
      currency: EUR
    scope:
      territory:
        - Japan
    commercial:
      bases:
        - id: net-sales
          name: Net Sales
          of: sums invoiced for sensors
      payments:
        - kind: royalty
          rate: 5%
          base: net-sales
    ```

    ## Good
    ```yaml
    deal:
      title: Sensor licence
      type: licensing
      currency: EUR
    scope:
      territory:
        - Japan
    commercial:
      bases:
        - id: net-sales
          name: Net Sales
          of: sums invoiced for sensors
          conversion: at the European Central Bank's rate of the last day of the quarter
      payments:
        - kind: royalty
          rate: 5%
          base: net-sales
    ```

    ## When to waive
    When all customers pay in the deal's currency.
    """
    own = deal.text("deal.currency")
    used = {
        payment.text("base")
        for payment in deal.each("commercial.payments")
        if payment.text("kind") in ("royalty", "commission", "revenue-share", "profit-share")
    }
    for base in deal.each("commercial.bases"):
        for country in deal.plain("scope.territory") or ():
            code = _CURRENCIES.get(country) if isinstance(country, str) else None
            listed_price = _PRICE_LIST.search(base.text("of"))  # a list has a currency of its own
            if (
                base.text("id") in used
                and code
                and code != own
                and not (listed_price or said(base, "conversion"))
            ):
                text = f'nothing converts "{brief(base.name, 24)}" from {code} ({country}) to {own}'
                yield missing(base, "conversion", text, "conversion: open")
                break


@rule(
    "commercial-base-unused",
    severity="warning",
    needs="commercial.bases",
    help="refer to it as the `base` of a payment, or take it out",
)
def base_unused(deal: Deal) -> Iterator[Hit]:
    """A sum that is defined for shares and rates is used by one.

    ## Why
    A definition of net revenue that no payment refers to is the rest of a payment that was taken out,
    or of one that names its base in other words.

    ## Bad
    ```yaml
    commercial:
      bases:
        - id: net
          name: Net Revenue
          of: fees received from clinics
      prices:
        - item: monitored care
          amount: EUR 24
    ```

    ## Good
    ```yaml
    commercial:
      bases:
        - id: net
          name: Net Revenue
          of: fees received from clinics
      payments:
        - kind: revenue-share
          from: acme
          to: borealis
          base: net
          rate: 30%
          due: 30 days after quarter end
    ```

    ## When to waive
    When the term is used in a text, such as a provision.
    """
    payments, bases = deal.each("commercial.payments"), deal.each("commercial.bases")
    if unclear(deal, "commercial.payments") or unclear(deal, "commercial.bases"):
        return
    if not payments:
        yield missing(deal, "commercial.payments", "sums are defined, and no payment is taken of them")
        return
    used = {payment.text("base") for payment in payments}
    told = " ".join(value for _, value, _ in places(deal) if isinstance(value, str))
    for base in bases:
        if base.text("id") not in used and told.count(base.text("name")) < 2:
            yield Hit(base.path, f'"{brief(base.name)}" is defined, and no payment is taken of it')
