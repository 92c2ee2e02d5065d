"""What of a deal has a day, area by area, in the order of the checklist."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from termsheet.deal import Deal, Node
from termsheet.due import ends, words
from termsheet.due.book import Book, Item
from termsheet.due.words import all_of, or_all
from termsheet.rules.places import places
from termsheet.rules.times import event, moment
from termsheet.values.calendar import ENDS
from termsheet.values.points import Point

_BARS = {
    "exclusive": "exclusivity",
    "sole": "sole position",
    "category": "exclusivity in the category",
    "non-compete": "non-compete",
    "no-shop": "no-shop",
    "non-solicit-staff": "non-solicitation of staff",
    "non-solicit-customers": "non-solicitation of customers",
}
_GRANTS = {
    "licence": "licence",
    "brand": "brand licence",
    "appointment": "appointment",
    "data": "right to data",
    "access": "access",
    "licence-back": "licence back",
}
_OPTIONS = {
    "first-refusal": "right of first refusal",
    "first-offer": "right of first offer",
    "first-negotiation": "right of first negotiation",
    "purchase": "option to buy",
    "put": "put option",
    "call": "call option",
    "renewal": "option to renew",
}


def collect(deal: Deal, until: date | None = None) -> Book:
    """Every date and deadline that a deal implies, and what has no day yet."""
    book = Book(deal, until)
    for area in _AREAS:
        area(book, deal)
    return book


def _process(book: Book, deal: Deal) -> None:
    everybody = all_of(deal)
    book.at(deal, "process.workshop", Item("process", "the plan is checked", everybody))
    book.at(deal, "process.kpi_workshop", Item("process", "the metrics are agreed", everybody))
    book.at(deal, "process.definitive_by", Item("process", "the full agreement is to be signed", everybody))
    book.at(deal, "process.expires", Item("process", "this paper lapses", everybody))
    book.at(deal, "process.long_stop", Item("process", "last day to meet the conditions", everybody))
    good_faith = Item("process", "the duty to negotiate in good faith ends", everybody)
    book.after(deal, "process.good_faith", event(deal, "last-signature"), "last signature", good_faith)
    for paper in deal.each("papers"):
        if paper.text("status") != "signed":
            book.at(
                paper, "due", Item("paper", f"{paper.name} is to be signed", or_all(deal, paper, "between"))
            )
    for condition in deal.each("conditions"):
        book.at(condition, "due", Item("condition", condition.name, "by"))
    for happens in deal.each("events"):
        book.at(happens, "expected", Item("event", happens.name))


def _plan(book: Book, deal: Deal) -> None:
    for name in ("first", "breakeven"):
        what = "the first return is expected" if name == "first" else "the effort has paid for itself"
        book.at(deal, f"rationale.return_expected.{name}", Item("return", what))
    for objective in deal.each("objectives"):
        book.at(objective, "due", Item("objective", objective.name, "owner"))
    for contribution in deal.each("contributions"):
        book.series(contribution, Item("contribution", contribution.name, "by", "to"))
    for duty in deal.each("responsibilities"):
        book.series(duty, Item("duty", duty.name, "lead"))
    for right in deal.each("rights"):
        book.at(right, "due", Item("right", f"last day to {right.name}", "holder"))
    for phase in deal.each("work_plan.phases"):
        book.at(phase, "start", Item("phase", f"{phase.name}: start", "owner"))
        book.at(phase, "end", Item("phase", f"{phase.name}: end", "owner"))
        _milestones(book, phase)
    for place in filter(None, (deal.get("scaling"), deal.get("pilot"))):
        _milestones(book, place)
    for training in deal.each("enablement.training"):
        book.at(training, "due", Item("training", training.name, "by", "to"))
    for deliverable in deal.each("marketing.deliverables"):
        number = deliverable.plain("quantity")
        many = f"{number} × " if isinstance(number, int) and number > 1 else ""
        book.series(deliverable, Item("deliverable", f"{many}{deliverable.name}", "by"))


def _milestones(book: Book, node: Node) -> None:
    for milestone in node.each("milestones"):
        book.at(milestone, "due", Item("milestone", milestone.name, "owner"))


def _metrics(book: Book, deal: Deal) -> None:
    for metric in deal.each("metrics"):
        name = metric.name
        if not metric.text("baseline.value"):
            book.at(metric, "baseline.as_of", Item("baseline", f"{name}: where it stands", "owner"))
        for step in metric.each("ramp"):
            what = f"{name}: {step.text('value')}, a step on the way"
            book.at(step, "by", Item("target", what, words.names(deal, metric, "owner")))
        goal = metric.text("target.value") or "the target"
        book.at(metric, "target.by", Item("target", f"{name}: {goal}", "owner"))
        book.series(metric, Item("measure", name, "owner", routine=True), due="")


def _reviews(book: Book, deal: Deal) -> None:
    review = deal.get("review")
    if review is None or not isinstance(review.value, dict):
        return
    item = Item("review", "review of results", or_all(deal, review, "attended_by"))
    days: list[date] = []
    if review.has("next"):
        first = book.at(review, "first", item) if review.has("first") else None
        days = [first] if first else []
    days += book.series(review, item, due="next" if review.has("next") else "first")
    often = " ".join(review.text("every").split())
    figures = Item("figures", "figures for the review of {day}", all_of(deal))
    book.around(review, "data_before", days, figures, often, before=True)
    decision = Item("decision", "decision after the review of {day}", item.who)
    book.around(review, "decide_within", days, decision, often)
    for key, what in (
        ("operational", "figures, at working level"),
        ("data", "review of data"),
        ("resources", "review of resources"),
        ("strategy", "review of the direction"),
        ("hypothesis", "test of the shared belief"),
        ("health.every", "check of the relationship"),
    ):
        book.series(review, Item("meeting", what, item.who, routine=True), due="", every=key)


def _reports(book: Book, deal: Deal) -> None:
    for report in deal.each("reports"):
        what = report.text("form") or report.text("shows") or "report"
        book.series(report, Item("report", what, "by", "to"))


def _meetings(book: Book, deal: Deal) -> None:
    for body in deal.each("governance.bodies"):
        who = words.names(deal, body, "members") or tuple(
            deal.party_name(party) for party in body.plain("seats") or ()
        )
        book.series(body, Item("meeting", body.name, who, routine=True), due="", every="meets")
    everybody = all_of(deal)
    for contact in deal.each("communication.cadence"):
        book.series(contact, Item("meeting", contact.name, everybody, routine=True), due="")
    for activity in deal.each("communication.activities"):
        book.series(activity, Item("meeting", activity.name, everybody, routine=True), due="")
    for path, what in (
        ("communication.dashboard.refresh", "the dashboard is brought up to date"),
        ("rationale.hypothesis.revisit", "the shared belief is looked at again"),
        ("innovation.sprints", "time set aside for new ideas"),
        ("lessons.every", "lessons are written down"),
    ):
        node, key = _parent(deal, path)
        if node:
            book.series(node, Item("meeting", what, everybody, routine=True), due="", every=key)
    selection = deal.get("internal.selection")
    if selection:
        item = Item("meeting", "the choice of partner is looked at again", routine=True, private=True)
        book.series(selection, item, due="", every="revisit")


def _pilot(book: Book, deal: Deal) -> None:
    pilot = deal.get("pilot")
    if pilot is None:
        return
    book.at(pilot, "start", Item("pilot", "the pilot begins", all_of(deal)))
    book.at(pilot, "end", Item("pilot", "the pilot ends", all_of(deal)))
    book.at(pilot, "decision.due", Item("pilot", "decision on the pilot", or_all(deal, pilot, "decision.by")))


def _money(book: Book, deal: Deal) -> None:
    for payment in deal.each("commercial.payments"):
        what = payment.text("what") or payment.text("kind").replace("-", " ") or "payment"
        whose = Item("payment", what, words.names(deal, payment, "from"), words.names(deal, payment, "to"))
        amount, trigger = _amount(deal, payment), payment.text("trigger")
        once = payment.text("kind") in ("milestone", "success-fee")
        schedule, when = payment.each("schedule"), payment.parsed("due", "when")
        whole = whose._replace(what=f"{amount}: {what}" if amount else what)
        if when and when.event in ENDS and not payment.has("every") and (trigger or once):
            what_then = f"once this is so: {trigger}" if trigger else "nothing says of which"
            book.no_day(payment, "due", whole, f"{payment.text('due')}: {what_then}")
        elif not schedule or payment.has("due") or payment.has("every"):
            book.series(payment, whole)
        for instalment in schedule:
            part = _amount(deal, instalment) or "an instalment"
            book.at(instalment, "due", whose._replace(what=f"{part}: {what}"))
        book.after_end(payment, "tail", whose._replace(what=f"last day of the tail: {what}"))
        book.lasts(payment, "lasts", whose._replace(what=f"last day of the stream: {what}"))
    for funding in deal.each("venture.funding"):
        amount = _amount(deal, funding) or "money"
        book.at(funding, "due", Item("payment", f"{amount} into the venture", "by"))
    transfer = deal.get("venture.transfer")
    if transfer:
        book.lasts(transfer, "lock_in", Item("venture", "the ban on sales of shares ends", all_of(deal)))


def _rights(book: Book, deal: Deal) -> None:
    for grant in deal.each("grants"):
        noun = _GRANTS.get(grant.text("kind"), "right")
        what = grant.text("what")
        whose = Item("grant", f"{noun} ends: {what}" if what else f"{noun} ends", "from", "to")
        over = book.at(grant, "ends", whose)
        stop = Item("grant", f"last day of use: {what}" if what else "last day of use", "to")
        if not grant.has("ends") or (over and over == book.end):
            book.after_end(grant, "stop_use", stop)
        else:
            book.after(grant, "stop_use", over, "the right ends on", stop)
        for aim in grant.each("diligence"):
            book.at(aim, "by", Item("duty", aim.name, words.names(deal, grant, "to")))
    for right in deal.each("ip.rights"):
        where = right.text("country")
        what = f"expiry: {right.name}" + f" ({where})" * bool(where)
        book.at(right, "expires", Item("right", what, "owner"))
    for bar in deal.each("exclusivity"):
        noun, covers = _BARS.get(bar.text("kind"), "exclusivity"), bar.text("covers")
        kind = "no-shop" if bar.text("kind") == "no-shop" else "exclusivity"
        book.at(bar, "ends", Item(kind, f"{noun} ends: {covers}" if covers else f"{noun} ends", "binds"))
    for option in deal.each("options"):
        _option(book, option)


def _option(book: Book, option: Node) -> None:
    noun, over = _OPTIONS.get(option.text("kind"), "option"), option.text("over")
    words_of = f"{noun}: {over}" if over else noun
    whose = Item("option", f"{words_of} (opens)", "holder", "grantor")
    opens = moment(book.deal, option, "opens")
    book.at(option, "opens", whose)
    closes = whose._replace(what=f"{words_of} (last day)")
    if opens:
        book.after(option, "within", opens, "the option opens on", closes)
    elif option.text("kind") in ("purchase", "put", "call") and not option.has("opens"):
        book.lasts(option, "within", closes)


def _secrecy(book: Book, deal: Deal) -> None:
    for duty in deal.each("legal.confidentiality"):
        item = Item("secrecy", "the duty of confidentiality ends", or_all(deal, duty, "binds"))
        length = duty.parsed("lasts", "duration")
        starts = moment(deal, duty, "starts")
        if length and length.word == "term":
            book.after_end(duty, "lasts", item)
        elif starts:
            book.after(duty, "lasts", starts, "the duty begins on", item)
        elif duty.text("mode") == "nda-to-follow":
            book.lasts(duty, "lasts", item)
        else:
            book.after(duty, "lasts", event(deal, "last-signature"), "last signature", item)
    for warranty in deal.each("warranties"):
        book.lasts(warranty, "lasts", Item("warranty", f"warranty ends: {warranty.text('that')}", "by"))


def _limits(book: Book, deal: Deal) -> None:
    """From when and until when an entry holds, whatever entry it is."""
    for route, value, schema in places(deal):
        if isinstance(value, dict) and "x-declares" in schema and ("starts" in value or "until" in value):
            node = Node(deal, route, value)
            book.at(node, "starts", Item("limit", f"{node.name}: holds from this day"))
            book.at(node, "until", Item("limit", f"{node.name}: holds until this day"))


def _points(book: Book, deal: Deal) -> None:
    for route, value, _ in places(deal):
        if isinstance(value, Point) and value.kind == "open" and value.by:
            book.settle(route, value)


def _waivers(book: Book, deal: Deal) -> None:
    for waiver in deal.each("waivers"):
        what = f"the waiver of `{waiver.text('rule')}` runs out"
        book.at(waiver, "until", Item("waiver", what, private=True))


def _amount(deal: Deal, node: Node) -> str:
    """An amount with its currency, and for each what."""
    text, currency = " ".join(node.text("amount").split()), deal.text("deal.currency")
    return (
        f"{currency} {text}" if text and currency and text[:1].isdigit() and not text[-1:].isalpha() else text
    )


def _parent(deal: Deal, path: str) -> tuple[Node | None, str]:
    above, _, key = path.rpartition(".")
    return deal.get(above), key


_AREAS: tuple[Callable[[Book, Deal], None], ...] = (
    _process,
    _plan,
    _metrics,
    _reviews,
    _reports,
    _meetings,
    _pilot,
    _money,
    _rights,
    _secrecy,
    ends.term,
    ends.after_the_end,
    _limits,
    _points,
    _waivers,
)
