"""The money: who pays what to whom, of what, when, and in which currency."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from termsheet.deal import Deal, Node
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
    elsewhere = said(deal, "venture.funding") or said(deal, "pilot.fee")
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
    invoices, who bears the risk that the customer does not pay, and who owes the tax.

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
        lacking = unsaid(payment, ("from", "to"))
        if lacking:
            noun = listed(({"from": "payer", "to": "payee"}[key] for key in lacking), "or")
            stub = "\n".join(f"{key}: open" for key in lacking)
            yield missing(payment, lacking[0], f"{_called(deal, payment)} has no {noun}", stub)


@rule(
    "commercial-payment-no-amount",
    needs="commercial.payments",
    severity="error",
    help="give an amount, a rate, shares, tiers or a schedule",
)
def payment_no_amount(deal: Deal) -> Iterator[Hit]:
    """Each payment has an amount, or a way to work it out.

    ## Why
    A price that is left to be agreed is a common reason why courts find that no contract was made. An
    amount, a rate with its base, shares, tiers or instalments each do.

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
    When the price list of an annex gives it; name the annex in `what`.
    """
    for payment in deal.each("commercial.payments"):
        if len(unsaid(payment, ("amount", "rate", "shares", "tiers", "schedule"))) == 5:
            yield missing(payment, "amount", f"{_called(deal, payment)} has no amount, rate or shares")


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
    for place in places(deal):
        if (
            place.schema.get("x-form") == "money"
            and isinstance(place.value, str)
            and _lacks_currency(place.value)
        ):
            yield missing(
                deal, "deal.currency", f"`{brief(place.value, 20)}` has no currency, and neither has the deal"
            )
            return


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
    or refuse it.

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
    for payment in _commissions(deal):
        if not said(payment, "qualifies"):
            yield missing(payment, "qualifies", f"{_called(deal, payment)} does not say what earns it")


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


def _called(deal: Deal, payment: Node) -> str:
    """What a message calls a payment: its kind and payer; its kind and purpose where there are several such."""
    kind, payer = payment.text("kind"), payment.who("from")
    noun = f"the {kind.replace('-', ' ') or 'payment'}"
    same = [
        other
        for other in deal.each("commercial.payments")
        if other.text("kind") == kind and other.who("from") == payer
    ]
    if len(same) > 1 and payment.text("what"):
        return f'{noun} "{brief(payment.text("what"), 24)}"'
    return f"{noun} from {brief(called(deal, payer[0]), 24)}" if payer else noun


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
    partnership contracts that we counted give the payee a right to look into the books.

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
    reported = ("royalty", "commission", "revenue-share", "profit-share")
    opened = said(deal, "commercial.records.open_to")
    may = {side for word in deal.who("commercial.records.open_to") for side in sides(deal, word)}
    if opened and (not may or unclear(deal, "commercial.records.open_to")):
        return
    for payment in deal.each("commercial.payments"):
        payees = [side for word in payment.who("to") for side in sides(deal, word)]
        blind = [side for side in payees if side not in may]
        if payment.text("kind") in reported and (blind or not opened):
            noun = _called(deal, payment)
            if opened:
                text = f"{brief(called(deal, *blind), 20)} may not check the figures of {noun}"
                yield Hit("commercial.records.open_to", text)
            else:
                yield missing(deal, "commercial.records.open_to", f"nobody may check the figures of {noun}")
            return


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
    payment, a loss of exclusivity or a right to leave is not.

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
    for entry in deal.each("commercial.minimums"):
        if not said(entry, "if_missed"):
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
    overrun, each knows the most that it can lose.

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
        if said(entry, "shares") and not said(entry, "cap"):
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


_AT_WILL = re.compile(
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


_PERIOD = re.compile(
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
_COUNTS = re.compile(
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


_STOPS = re.compile(
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


_RATE_SOURCE = re.compile(
    r"\d|\b(?:statut|law|legal|act\b|code\b|directive|base rate|prime|central bank|reserve bank|reference rate"
    r"|euribor|sofr|sonia|none\b|no interest)",
    re.IGNORECASE,
)


@rule(
    "commercial-none-due-denied",
    needs="commercial.none_due",
    severity="error",
    since="sketch",
    help="take out `none_due`, or the payments",
)
def none_due_denied(deal: Deal) -> Iterator[Hit]:
    """Where no money passes, there are no payments.

    ## Why
    Two entries that contradict each other: each side will plead the one that suits it.

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
    if deal.plain("commercial.none_due") is True and deal.each("commercial.payments"):
        yield Hit("commercial.none_due", "no money is said to be due, and yet there are payments")


@rule(
    "commercial-pays-itself",
    severity="error",
    since="sketch",
    help="name another payer or payee",
)
def pays_itself(deal: Deal) -> Iterator[Hit]:
    """No party pays itself.

    ## Why
    A party that stands on both sides of a payment was copied from the line above. The rule looks at grants,
    indemnities and options as well.

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
        ("grants", "from", "to"),
        ("legal.indemnities", "by", "to"),
        ("legal.liquidated_damages", "by", "to"),
        ("exclusivity", "binds", "benefits"),
        ("options", "grantor", "holder"),
        ("data.sharing", "from", "to"),
    )
    for path, giver, taker in pairs:
        for entry in deal.each(path):
            given, taken = entry.who(giver), entry.who(taker)
            if len(given) == 1 and given == taken:
                yield Hit(entry.below(taker), f"{called(deal, *given)} stands on both sides")


def _who(deal: Deal, entry: Node) -> str:
    bound = entry.who("by")
    return brief(called(deal, *bound), 30) if bound else "a party"
