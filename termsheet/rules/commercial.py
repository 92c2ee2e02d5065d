"""The money: who pays what to whom, of what, when, and in which currency."""

from __future__ import annotations

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
                text = f"{called(deal, *blind)} may not check the figures of {noun}"
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
