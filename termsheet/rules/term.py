"""Term: when the deal starts, how long it runs, and what then."""

from __future__ import annotations

from collections.abc import Iterator

from termsheet.deal import Deal, Node
from termsheet.rules.rule import Hit, by_type, missing, parties_without, rule, said
from termsheet.rules.times import end_of_term, start_of_term
from termsheet.values.calendar import add, last_day

_LONGEST_NOTICE, _YEAR = 93, 366
_SLACK = 3  # months differ by so many days


@rule(
    "term-missing",
    severity="error",
    help="say when the deal takes effect, how long it runs, and what happens then",
)
def no_term(deal: Deal) -> Iterator[Hit]:
    """The deal says when it starts and how long it runs.

    ## Why
    75 % of the 202 public partnership contracts that we counted give the effective date, and 68 % the end.
    The term drives notice, exclusivity, licences and the last payment.

    ## Bad
    ```yaml
    review:
      every: quarterly
    ```

    ## Good
    ```yaml
    term:
      effective: signature
      initial: 2 years
    ```

    ## When to waive
    For a single exchange that is over when it is done.
    """
    if not said(deal, "term"):
        yield missing(deal, "term", "the deal does not say when it starts and how long it runs")


@rule(
    "term-no-start",
    needs="term",
    severity="error",
    help="give the effective date, or the event that brings it, such as `signature`",
)
def no_start(deal: Deal) -> Iterator[Hit]:
    """The term has a beginning.

    ## Why
    A term of two years ends on no day at all if it begins on none. Parties often sign on different days,
    and start work on a third.

    ## Bad
    ```yaml
    term:
      initial: 2 years
    ```

    ## Good
    ```yaml
    term:
      effective: last-signature
      initial: 2 years
    ```

    ## When to waive
    Never; `effective: open` says that it is still to be agreed.
    """
    if not said(deal, "term.effective"):
        yield missing(deal, "term.effective", "the term has no beginning")


@rule(
    "term-no-length",
    needs="term",
    severity="error",
    help="give the length as `initial`, or the last day as `ends`",
)
def no_length(deal: Deal) -> Iterator[Hit]:
    """The term has a length or an end.

    ## Why
    A deal without an end is, in many laws, one that either side may end on reasonable notice, and nobody
    knows what is reasonable until a judge says so. `indefinite` is an answer, and needs an exit at will.

    ## Bad
    ```yaml
    term:
      effective: 2027-01-01
    ```

    ## Good
    ```yaml
    term:
      effective: 2027-01-01
      initial: 2 years
    ```

    ## When to waive
    When each order has a term of its own and the deal only frames them.
    """
    if not said(deal, "term.initial") and not said(deal, "term.ends"):
        yield missing(deal, "term.initial", "the term has neither a length nor an end")


@rule(
    "term-renewal-no-notice",
    needs="term.renewal",
    yields="pilot-renews",
    severity="warning",
    help="say how long before the end a party may object",
)
def renewal_no_notice(deal: Deal) -> Iterator[Hit]:
    """Automatic renewal has a notice by which a party can stop it.

    ## Why
    A third of the 202 public partnership contracts that we counted renew, but only 21 % say how to stop it.
    Without a notice, the deal renews for ever, or the last day before the end is early enough.

    ## Bad
    ```yaml
    term:
      effective: 2027-01-01
      initial: 2 years
      renewal:
        kind: automatic
        for: 1 year
    ```

    ## Good
    ```yaml
    term:
      effective: 2027-01-01
      initial: 2 years
      renewal:
        kind: automatic
        for: 1 year
        notice: 60 days
    ```

    ## When to waive
    When either party may leave at will on short notice anyway.
    """
    if deal.text("term.renewal.kind") == "automatic" and not said(deal, "term.renewal.notice"):
        yield missing(
            deal,
            "term.renewal.notice",
            "the deal renews by itself, with no notice to stop it",
            "notice: open",
        )


@rule(
    "term-notice-too-long",
    needs="term",
    severity="error",
    help="shorten the notice, or lengthen the term",
)
def notice_too_long(deal: Deal) -> Iterator[Hit]:
    """No notice is longer than the first term.

    ## Why
    Notice that outlasts the term cannot be given in time: an automatic renewal cannot be stopped, and a
    right to leave is an empty one.

    ## Bad
    ```yaml
    term:
      initial: 6 months
    exit:
      rights:
        - ground: convenience
          by: each
          notice: 12 months
    ```

    ## Good
    ```yaml
    term:
      initial: 24 months
    exit:
      rights:
        - ground: convenience
          by: each
          notice: 12 months
    ```

    ## When to waive
    Where the deal is renewed without end, and the notice is meant for later terms.
    """
    initial = deal.text("term.initial")
    length = f" of {initial}" if initial else f", which ends on {end_of_term(deal)}"
    places = [(deal, "term.renewal.notice"), *((right, "notice") for right in deal.each("exit.rights"))]
    for node, key in places:
        if _outlasts(deal, node, key):
            text = f"the notice of {node.text(key)} outlasts the first term{length}"
            yield Hit(node.below(key), text)


def _outlasts(deal: Deal, node: Node, key: str) -> bool:
    """Whether a notice is longer than the first term, by more than months differ."""
    notice, initial = node.parsed(key, "duration"), deal.parsed("term.initial", "duration")
    if notice is None or not notice.unit or (initial and not initial.unit):
        return False
    start, end = start_of_term(deal), end_of_term(deal)
    days = initial.days if initial else (end - start).days + 1 if start and end else None
    return days is not None and bool(notice.days > days + _SLACK)


def _renews_itself(deal: Deal) -> bool:
    """Whether the deal is renewed unless somebody objects."""
    return deal.text("term.renewal.kind") in ("automatic", "performance") or not deal.has("term.renewal.kind")


@rule(
    "term-renewal-notice-long",
    needs="term.renewal.notice",
    severity="warning",
    help="let 90 days or less do",
)
def renewal_notice_long(deal: Deal) -> Iterator[Hit]:
    """Notice against a renewal is not due more than 90 days, or a sixth of the renewal, before the end.

    ## Why
    A window that closes half a year before the end is missed, and the deal runs on for a term that nobody
    wanted. Practice knows 30 to 90 days, and up to a sixth of a renewal that is for years. Where the renewal needs
    consent, nothing runs on.

    ## Bad
    ```yaml
    term:
      initial: 2 years
      renewal:
        kind: automatic
        for: 1 year
        notice: 6 months
    ```

    ## Good
    ```yaml
    term:
      initial: 2 years
      renewal:
        kind: automatic
        for: 1 year
        notice: 60 days
    ```

    ## When to waive
    When stock, staff or a plant need the longer time, and both sides gain from it.
    """
    notice = deal.parsed("term.renewal.notice", "duration")
    if not _renews_itself(deal) or _outlasts(deal, deal, "term.renewal.notice"):
        return
    again = deal.parsed("term.renewal.for", "duration")
    sixth = again.days / 6 + 1 if again and again.unit else 0
    if notice and notice.unit and notice.days > max(_LONGEST_NOTICE, sixth):
        text = f"notice against a renewal is due {deal.text('term.renewal.notice')} before the end"
        yield Hit("term.renewal.notice", text)


@rule(
    "term-renewal-long",
    needs="term.renewal",
    severity="warning",
    help="renew for 12 months or less at a time, or only by consent",
)
def renewal_long(deal: Deal) -> Iterator[Hit]:
    """A deal that renews itself does so for 12 months at most.

    ## Why
    An automatic renewal binds for as long as it lasts, because somebody forgot a day. In some countries the
    law limits it. It binds nobody who may leave at will.

    ## Bad
    ```yaml
    term:
      initial: 2 years
      renewal:
        kind: automatic
        for: 3 years
        notice: 60 days
    ```

    ## Good
    ```yaml
    term:
      initial: 2 years
      renewal:
        kind: automatic
        for: 1 year
        notice: 60 days
    ```

    ## When to waive
    When an investment of one side needs the longer time to pay.
    """
    at = "term.renewal.for" if deal.text("term.renewal.for") != "term" else "term.initial"
    length = deal.parsed(at, "duration")
    if length is None or length.days <= _YEAR or deal.text("term.renewal.kind") != "automatic":
        return
    if parties_without(deal, "exit.rights", "by", lambda right: right.text("ground") == "convenience"):
        span = "without end" if length.word else f"for {deal.text(at)} at a time"
        yield Hit("term.renewal.for", f"the deal renews itself {span}")


@rule(
    "term-renewal-window-passed",
    needs=("term.renewal.notice", "deal.date"),
    severity="error",
    help="set a later end, a shorter notice, or a renewal by consent",
)
def window_passed(deal: Deal) -> Iterator[Hit]:
    """The last day for notice against a renewal is not past when the paper is written.

    ## Why
    Where the window closed before the paper's own date, the deal renews itself whatever the parties want.

    ## Bad
    ```yaml
    deal:
      title: Clinic monitoring
      date: 2027-12-15
    term:
      effective: 2027-01-01
      initial: 12 months
      renewal:
        kind: automatic
        for: 1 year
        notice: 60 days
    ```

    ## Good
    ```yaml
    deal:
      title: Clinic monitoring
      date: 2027-01-15
    term:
      effective: 2027-01-01
      initial: 12 months
      renewal:
        kind: automatic
        for: 1 year
        notice: 60 days
    ```

    ## When to waive
    When the first renewal is wanted anyway.
    """
    written, end = deal.parsed("deal.date", "date"), end_of_term(deal)
    notice = deal.parsed("term.renewal.notice", "duration")
    outlasts = _outlasts(deal, deal, "term.renewal.notice")
    if written and end and end >= written and notice and _renews_itself(deal) and not outlasts:
        last = add(end, notice, before=True)
        if last and last < written:
            yield Hit(
                "term.renewal.notice", f"the last day for notice was {last}, before the date of this paper"
            )


@rule(
    "term-two-ends",
    needs=("term.initial", "term.ends"),
    severity="error",
    since="sketch",
    help="keep one of the two, or let them agree",
)
def two_ends(deal: Deal) -> Iterator[Hit]:
    """The length of the term and its last day agree.

    ## Why
    Two ends for one deal are two deals. Twelve months from 1 January end on 31 December.

    ## Bad
    ```yaml
    term:
      effective: 2027-01-01
      initial: 12 months
      ends: 2028-12-31
    ```

    ## Good
    ```yaml
    term:
      effective: 2027-01-01
      initial: 12 months
      ends: 2027-12-31
    ```

    ## When to waive
    Never.
    """
    start, length = start_of_term(deal), deal.parsed("term.initial", "duration")
    written = deal.parsed("term.ends", "when")
    counted = last_day(start, length) if start and length else None
    if counted and written and written.date and not 0 <= (written.date - counted).days <= 1:
        yield Hit("term.ends", f"the term ends on {written.date}, but its length makes that {counted}")


@rule(
    "term-renewal-denied",
    needs="term.renewal",
    severity="error",
    since="sketch",
    help="choose a kind of renewal, or leave out its length, notice and condition",
)
def renewal_denied(deal: Deal) -> Iterator[Hit]:
    """A deal that is not renewed has no terms of renewal.

    ## Why
    "No renewal" beside "renewed for one year each time" lets each side read the half that suits it.

    ## Bad
    ```yaml
    term:
      initial: 2 years
      renewal:
        kind: no-renewal
        for: 1 year
    ```

    ## Good
    ```yaml
    term:
      initial: 2 years
      renewal:
        kind: no-renewal
    ```

    ## When to waive
    Never.
    """
    if deal.text("term.renewal.kind") == "no-renewal":
        for key in ("for", "notice", "only_if"):
            if deal.plain(f"term.renewal.{key}"):
                yield Hit(f"term.renewal.{key}", f"there is no renewal, and yet its `{key}` is stated")
                return


@rule(
    "term-no-renewal",
    severity="note",
    needs="term",
    types=by_type(off="pilot"),
    help="say under `renewal` how it is renewed, or `no-renewal`",
)
def no_renewal(deal: Deal) -> Iterator[Hit]:
    """The deal says what happens when its first term ends.

    ## Why
    Many deals go on by habit after the last day, on terms that nobody can name. One line says whether
    they renew, and how.

    ## Bad
    ```yaml
    term:
      effective: 2027-01-01
      initial: 12 months
    ```

    ## Good
    ```yaml
    term:
      effective: 2027-01-01
      initial: 12 months
      renewal:
        kind: no-renewal
    ```

    ## When to waive
    When the deal is for one campaign or project that is over when it is over.
    """
    if said(deal, "term.initial") and not said(deal, "term.renewal"):
        yield missing(
            deal,
            "term.renewal",
            "the deal does not say what happens when its first term ends",
            "renewal: open",
        )
