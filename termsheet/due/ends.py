"""When a deal begins and ends, the last day to speak before it goes on, and what comes after the end."""

from __future__ import annotations

from datetime import date

from termsheet.deal import Deal
from termsheet.due import words
from termsheet.due.book import Book, Item
from termsheet.due.words import all_of, or_all
from termsheet.immutable import replace
from termsheet.rules.times import may_go_on, renewed_to
from termsheet.values.calendar import add, last_day
from termsheet.values.duration import Duration

_DAY = Duration(1, "day")
_GROUNDS = {
    "convenience": "at will",
    "breach": "for breach",
    "payment": "for late payment",
    "insolvency": "for insolvency",
    "change-of-control": "for a change of control",
    "performance": "for poor performance",
    "key-person": "for the loss of a key person",
    "force-majeure": "after a long event beyond control",
    "compliance": "for a breach of the rules of conduct",
    "challenge": "for a challenge to rights",
    "event": "because of an event",
}


def term(book: Book, deal: Deal) -> None:
    """The start, the minimum, the last day of each term, the notice before it, and the first day to leave."""
    everybody = all_of(deal)
    book.at(deal, "term.effective", Item("term", "the deal takes effect", everybody))
    least = deal.parsed("term.minimum", "duration")
    if least and book.start and (last := last_day(book.start, least, holidays=deal.holidays)):
        item = Item("exit", "last day on which nobody may leave at will", everybody)
        book.on(deal, "term.minimum", last, words.term(book.start, least, last), item)
    if book.is_over:
        book.on(deal, "term", book.end, "as told for this run", Item("end", "the deal ends", everybody))
    elif not book.ends:
        _no_end(book, deal)
    for number, end in enumerate(() if book.is_over else book.ends):
        item = Item("end", _what_then(book, deal, number), everybody)
        path = "term.renewal.for" if number else "term.ends" if deal.text("term.ends") else "term.initial"
        book.on(deal, path, end, _how_it_ends(book, deal, number), item, number + 1)
        _notice(book, deal, number)
    for right in deal.each("exit.rights"):
        ground, notice = _GROUNDS.get(right.text("ground"), "early"), right.parsed("notice", "duration")
        what = f"first day to leave {ground}"
        what += f", with notice of {words.length(notice)}" if notice and notice.number else ""
        book.at(right, "after", Item("exit", what, or_all(deal, right, "by")))


def _notice(book: Book, deal: Deal, number: int) -> None:
    """The last day to speak before a term ends."""
    end = book.ends[number]
    notice, last = deal.parsed("term.renewal.notice", "duration"), _last_to_speak(deal, end)
    if notice and last:
        objects = deal.text("term.renewal.kind") in ("automatic", "performance")
        what = "last day to object to the renewal" if objects else "last day to say whether to renew"
        how = f"{words.length(notice)} before end {end}"
        book.on(deal, "term.renewal.notice", last, how, Item("notice", what, all_of(deal)), number + 1)


def _last_to_speak(deal: Deal, end: date) -> date | None:
    notice = deal.parsed("term.renewal.notice", "duration")
    if notice is None or not notice.number or deal.text("term.renewal.kind") == "no-renewal":
        return None
    return add(end, notice, before=True, holidays=deal.holidays)


def _what_then(book: Book, deal: Deal, number: int) -> str:
    """What happens on the last day of a term: the first, or a renewed one."""
    if not may_go_on(deal):
        return "the deal ends"
    length, later = deal.parsed("term.renewal.for", "duration"), renewed_to(deal, book.ends[0], number + 1)
    span = f" for {words.length(length)}" if length and length.number else ""
    span += f", to {later}" if span and later else ""
    last = _last_to_speak(deal, book.ends[number])
    unless = f"the last day to object was {last}" if last and last < deal.as_of else "unless a party objects"
    then = {
        "automatic": f"it renews{span}, {unless}",
        "performance": f"it renews{span}, if the condition is met",
        "by-consent": f"it may be renewed by consent{span}",
    }.get(deal.text("term.renewal.kind"), f"it may be renewed{span}")
    per = {"country": " (counted for each country)", "order": " (counted for each order)"}
    name = "the renewed term ends" if number else "the first term ends"
    return f"{name}; {then}{per.get(deal.text('term.per'), '')}"


def _how_it_ends(book: Book, deal: Deal, number: int) -> str:
    written, end = deal.parsed("term.ends", "when"), book.ends[number]
    if written and not number:
        return words.counted(deal, written)
    length = deal.parsed("term.renewal.for", "duration") if number else None
    length = length or deal.parsed("term.initial", "duration")
    start = add(book.ends[0], _DAY) if number else book.start
    if length is None or start is None:
        return ""
    return words.term(start, replace(length, number=length.number * max(1, number)), end)


def _no_end(book: Book, deal: Deal) -> None:
    """Why the deal has no last day yet."""
    item = Item("end", "the deal ends", all_of(deal))
    if deal.text("term.ends"):
        book.at(deal, "term.ends", item)
    elif deal.text("term.initial"):
        begins = deal.get("term.effective")
        text = " ".join(deal.text("term.effective").split()) if begins else ""
        when = deal.parsed("term.effective", "when")
        why = f"{deal.text('term.initial')} from effective"
        reason, root = (
            words.why_not(deal, when, f"{why} ({text})") if when else (f"{why}: no day is known", "")
        )
        book.no_day(deal, "term.initial", item, reason, root)


def after_the_end(book: Book, deal: Deal) -> None:
    """The wind-down, the handover, the last account, and what goes on after the end."""
    everybody = all_of(deal)
    exit = deal.get("exit")
    for node, key, kind, what, who in (
        (exit, "wind_down.length", "wind-down", "the wind-down ends", everybody),
        (exit, "wind_down.sell_off", "wind-down", "last day to sell stock", everybody),
        (exit, "transition.length", "handover", "help in handing over ends", "transition.by"),
        (exit, "final_account", "account", "the last account is made", everybody),
        (exit, "post_mortem", "review", "the parties look back together", everybody),
        (exit, "non_disparagement", "survival", "the ban on speaking ill of another ends", everybody),
        (deal.get("data"), "returns", "data", "data is returned or deleted", everybody),
    ):
        if node:
            book.after_end(node, key, Item(kind, what, who))
    for effect in deal.each("exit.effects"):
        rule = effect.text("rule")
        subject = effect.text("what")
        whose = Item("handover", f"{subject}: {rule}" if rule else subject, or_all(deal, effect, "by"))
        book.after_end(effect, "within", whose)
        book.after_end(effect, "tail", whose._replace(what=f"last day of effect: {subject}"))
    for survival in deal.each("exit.survives"):
        book.after_end(survival, "lasts", Item("survival", f"{survival.name}: end", everybody))
