"""Exclusivity: whether anyone is kept from dealing with others, in what, and until when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

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
    unclear,
    unsaid,
)
from termsheet.rules.times import (
    Moment,
    before,
    day,
    end,
    end_of_promises,
    may_go_on,
    moment,
    over_before_paper,
)
from termsheet.values.duration import Duration

_EARNED = ("while", "if", "unless", "kept_if")
_TWO_YEARS = Duration(2, "year")
_EXCLUSIVE = ("exclusive", "sole")
_NOUNS = {
    "non-solicit-staff": "the ban on hiring staff",
    "non-solicit-customers": "the ban on approaching customers",
    "non-compete": "the non-compete",
    "no-shop": "the no-shop",
    "category": "the category exclusivity",
    "exclusive": "the exclusivity",
    "sole": "the sole right",
}
_BANS = ("non-compete", "non-solicit-staff", "non-solicit-customers")
_AROUND = (
    "no-shop",
    "non-solicit-staff",
    "non-solicit-customers",
)  # they bind around the deal, not in the market


@rule(
    "exclusivity-not-said",
    severity="error",
    help="say who is bound, in what and until when; or write `exclusivity: none`",
)
def not_said(deal: Deal) -> Iterator[Hit]:
    """The deal says whether anyone is kept from dealing with others.

    ## Why
    47 % of the 202 public partnership contracts that we counted hold an exclusive promise, and 32 % a
    non-compete. Silence is read as "none" by one side and as "of course" by the other. The word `none`
    settles it, and so does a grant that says whether it is exclusive.

    ## Bad
    ```yaml
    scope:
      summary: Acme supplies monitoring devices for use in Borealis clinics.
    ```

    ## Good
    ```yaml
    exclusivity: none
    ```

    ## When to waive
    Write `exclusivity: none` rather than a waiver.
    """
    told = (
        unclear(deal, "exclusivity")
        or said(deal, "rights")
        or hidden(deal, "grants")
        or any(entry.text("kind") not in _AROUND for entry in deal.each("exclusivity"))
    )
    if not told and not any(_tells(deal, grant) for grant in deal.each("grants")):
        yield missing(deal, "exclusivity", "the deal does not say whether anyone is bound exclusively")


def _tells(deal: Deal, grant: Node) -> bool:
    """Whether a right says how free the parties are: an appointment, the licence of a licensing deal, or a sole one."""
    main = grant.text("kind") == "appointment" or "licensing" in deal.types
    return said(grant, "exclusivity") and (main or grant.text("exclusivity") in ("exclusive", "sole"))


@rule(
    "exclusivity-no-scope",
    needs="exclusivity",
    severity="error",
    help="say what it covers: products, customers, a field or a territory",
)
def no_scope(deal: Deal) -> Iterator[Hit]:
    """An exclusive promise says what it covers.

    ## Why
    A promise without an edge keeps a party from all of its business, and is the kind that courts and
    competition authorities strike down. A part of the scope or a territory will do as well; "competing
    products" will not, unless the deal defines them.

    ## Bad
    ```yaml
    exclusivity:
      - kind: exclusive
        binds: acme
        ends: end
    ```

    ## Good
    ```yaml
    exclusivity:
      - kind: exclusive
        binds: acme
        covers: monitoring devices for rural clinics
        ends: end
    ```

    ## When to waive
    When the definition of another paper is used; name the paper in `covers`.
    """
    terms = [entry.text("term") for entry in deal.each("definitions")]
    for entry in deal.each("exclusivity"):
        if entry.text("kind") in ("no-shop", "non-solicit-staff", "non-solicit-customers"):
            continue
        if not any(said(entry, key) for key in ("covers", "for", "territory")):
            yield missing(entry, "covers", f"{_called(deal, entry)} does not say what it covers")
        elif _goes_in_a_circle(entry.text("covers")) and not said(entry, "for"):
            words = entry.text("covers").strip().casefold()
            if not any(term.casefold() in words for term in terms if term):
                yield Hit(entry.below("covers"), f"{_called(deal, entry)} does not say what competes")


_COMPETES = frozenset("competing competitive similar rival comparable".split())  # noqa: SIM905
_GENERAL = _COMPETES | frozenset(
    "any all the other and or in with directly indirectly potentially product products goods service services "  # noqa: SIM905
    "software solution solutions offering offerings business businesses activity activities companies".split()
)


def _goes_in_a_circle(text: str) -> bool:
    """Whether a text says no more than that what competes is what competes."""
    words = set(re.findall(r"\w+", text.casefold()))
    return bool(words & _COMPETES) and words <= _GENERAL


@rule(
    "exclusivity-two-territories",
    needs=("grants", "exclusivity"),
    severity="error",
    since="sketch",
    help="let the grant and the exclusivity name the same places",
)
def two_territories(deal: Deal) -> Iterator[Hit]:
    """A grant that is exclusive in a territory is matched by a promise for all of it.

    ## Why
    The grant makes its holder the only one in two countries, and the promise keeps the giver out of one of
    them. In the other, the giver may appoint a rival, or may not; each side has a line that says so.

    ## Bad
    ```yaml
    grants:
      - kind: appointment
        from: acme
        to: borealis
        what: resale of the devices
        exclusivity: exclusive
        territory:
          - Ireland
          - Spain
    exclusivity:
      - kind: exclusive
        binds: acme
        benefits: borealis
        covers: appointing other resellers in Ireland
        ends: end
    ```

    ## Good
    ```yaml
    grants:
      - kind: appointment
        from: acme
        to: borealis
        what: resale of the devices
        exclusivity: exclusive
        territory:
          - Ireland
          - Spain
    exclusivity:
      - kind: exclusive
        binds: acme
        benefits: borealis
        covers: appointing other resellers in Ireland and Spain
        ends: end
    ```

    ## When to waive
    Never; make the grant exclusive only where it is.
    """
    for grant in deal.each("grants"):
        places = [place for place in grant.plain("territory") or () if isinstance(place, str)]
        if grant.text("exclusivity") not in ("exclusive", "sole"):
            continue
        promises = [entry for entry in deal.each("exclusivity") if _promises(entry, grant)]
        named = [_named(entry, places) for entry in promises]
        left = [place for place in places if not any(place in found for found in named)]
        if left and named and all(named):
            key = "territory" if said(promises[0], "territory") else "covers"
            text = f"the exclusivity leaves out {brief(listed(left), 30)}, where the grant is exclusive"
            yield Hit(promises[0].below(key), text)


def _promises(entry: Node, grant: Node) -> bool:
    """Whether an exclusive promise is that of the giver of a grant to its holder."""
    same = entry.who("binds") == grant.who("from") and entry.who("benefits") in ([], grant.who("to"))
    return same and entry.text("kind") in ("exclusive", "sole")


def _named(entry: Node, places: list[str]) -> list[str]:
    """Those of the places that a promise names; none where it rather takes places out."""
    words = [word for word in entry.plain("territory") or () if isinstance(word, str)]
    text = " ".join((entry.text("covers"), *words))
    if re.search(r"\b(?:except|save|other than|but|not|outside|without|excluding)\b", text, re.IGNORECASE):
        return []
    return [place for place in places if re.search(rf"\b{re.escape(place)}\b", text, re.IGNORECASE)]


@rule(
    "exclusivity-accounts-not-named",
    severity="warning",
    help="list them in an annex, or define which customers are meant",
)
def accounts_not_named(deal: Deal) -> Iterator[Hit]:
    """Customers that are kept out of an exclusive right are named.

    ## Why
    "Key accounts" are the customers that both sides want. Where the giver of an exclusive right keeps them
    and nothing says who they are, each large customer that the holder wins may turn out to be one.

    ## Bad
    ```yaml
    grants:
      - kind: appointment
        from: acme
        to: borealis
        what: resale of the devices
        exclusivity: exclusive
        reserved:
          - sales to key accounts
    ```

    ## Good
    ```yaml
    definitions:
      - term: Key Account
        means: the five hospital groups in Annex 2
    grants:
      - kind: appointment
        from: acme
        to: borealis
        what: resale of the devices
        exclusivity: exclusive
        reserved:
          - sales to Key Accounts
    ```

    ## When to waive
    When a list that both sides know is kept elsewhere.
    """
    entries = (*deal.each("grants"), *deal.each("exclusivity"))
    if not any({"exclusive", "sole"} & {entry.text("exclusivity"), entry.text("kind")} for entry in entries):
        return
    known = [entry.text("term") for entry in deal.each("definitions")]
    known += [entry.text(key) for entry in deal.each("annexes") for key in ("title", "kind")]
    kept = [(deal, "scope.out"), *((entry, key) for entry in entries for key in ("reserved", "except"))]
    for node, key in kept:
        for text in node.plain(key) or ():
            found = _ACCOUNTS.search(text) if isinstance(text, str) else None
            if not found or _LISTED.search(text):
                continue
            noun = found[0].casefold().rstrip("s")
            if not any(noun in word.casefold() for word in known):
                yield Hit(node.below(key), f'nothing says who the "{found[0]}" are that are kept back')
                return


_ACCOUNTS = pattern(
    r"\b(?:key|house|national|global|strategic|major|named|large) (?:accounts?|customers?|clients?)\b",
    re.IGNORECASE,
)
_LISTED = pattern(
    r"\b(?:annex|schedule|appendix|list(?:ed)?|such as|over|more than|above|namely)\b|[:(]", re.IGNORECASE
)


@rule(
    "exclusivity-no-end",
    needs="exclusivity",
    severity="error",
    help="say when it ends: a date, `end`, or a time after an event",
)
def no_end(deal: Deal) -> Iterator[Hit]:
    """An exclusive promise says when it ends.

    ## Why
    Nobody can tell whether a promise without an end outlives the deal. Bans on competing and on hiring that
    have no end may be void. That it holds only `while` something is so counts as an end.

    ## Bad
    ```yaml
    exclusivity:
      - kind: non-solicit-staff
        binds: each
    ```

    ## Good
    ```yaml
    exclusivity:
      - kind: non-solicit-staff
        binds: each
        except:
          - answers to public advertisements
        ends: 12 months after end
    ```

    ## When to waive
    When the law of the place sets the longest time and the parties want exactly that.
    """
    for entry in deal.each("exclusivity"):
        if not any(said(entry, key) for key in ("ends", "until", "while")) and not binding_lock_out(
            deal, entry
        ):
            yield missing(entry, "ends", f"{_called(deal, entry)} has no end")


def binding_lock_out(deal: Deal, entry: Node) -> bool:
    """Whether the entry keeps a party from negotiating with others, in a paper that binds."""
    return entry.text("kind") == "no-shop" and deal.text("deal.binding") in ("all", "listed")


def _called(deal: Deal, entry: Node) -> str:
    noun = _NOUNS.get(entry.text("kind"), "the exclusivity")
    bound = entry.who("binds")
    return f"{noun} that binds {brief(called(deal, bound[0]), 24)}" if len(bound) == 1 else noun


@rule(
    "exclusivity-no-minimum",
    needs="commercial",
    severity="note",
    types=by_type(warning="licensing referral reseller"),
    help="promise a minimum under `commercial.minimums`, or a milestone under the grant's `diligence`",
)
def no_minimum(deal: Deal) -> Iterator[Hit]:
    """Exclusivity is earned: who gains from it promises a minimum in return.

    ## Why
    A party that is bound to one partner lives on what that partner does. Practice ties exclusivity to a
    minimum, or to milestones, and lets it lapse where they are missed. A minimum that the bound party
    promises earns nothing. One that holds only `while` something is so, or `if` it is, may be earned by that.

    ## Bad
    ```yaml
    deal:
      title: Clinic distribution
      type: reseller
    commercial:
      model: resale
    exclusivity:
      - kind: exclusive
        binds: acme
        benefits: borealis
        covers: monitors for rural clinics
        ends: end
    ```

    ## Good
    ```yaml
    deal:
      title: Clinic distribution
      type: reseller
    commercial:
      minimums:
        - by: borealis
          measure: net purchases
          amount: EUR 300,000
          if_missed: the exclusivity ends
    exclusivity:
      - kind: exclusive
        binds: acme
        benefits: borealis
        covers: monitors for rural clinics
        ends: end
    ```

    ## When to waive
    When a sum was paid for it.
    """
    earned = any(said(grant, "diligence") for grant in deal.each("grants")) or any(
        said(entry, "kept_if") for entry in deal.each("exclusivity")
    )
    if earned:
        return
    held = [
        entry.who(holder)
        for path, key, holder in (("exclusivity", "kind", "benefits"), ("grants", "exclusivity", "to"))
        for entry in deal.each(path)
        if entry.text(key) in _EXCLUSIVE and len(unsaid(entry, _EARNED)) == len(_EARNED)
    ]
    if not held or deal.point("commercial.minimums"):
        return
    gainers = {*chain(*held)} if all(held) else set()
    minimums = deal.each("commercial.minimums")
    if not any(not gainers or not entry.who("by") or gainers & {*entry.who("by")} for entry in minimums):
        stub = "- by: open\n  measure: open\n  amount: open\n  over: open\n  if_missed: open"
        who = "who gains from it promises no minimum" if minimums else "no minimum is promised for it"
        text = f"exclusivity is given, and {who}"
        yield missing(deal, "commercial.minimums", text, stub)


@rule(
    "exclusivity-denied",
    needs="grants",
    severity="error",
    since="sketch",
    help="say which of the two holds",
)
def denied(deal: Deal) -> Iterator[Hit]:
    """What is exclusive in one place is not open in another.

    ## Why
    `exclusivity: none` beside an exclusive licence, or one right over one thing given both as exclusive and
    as open, are two deals in one paper.

    ## Bad
    ```yaml
    grants:
      - kind: licence
        from: acme
        to: borealis
        what: the device software
        exclusivity: exclusive
    exclusivity: none
    ```

    ## Good
    ```yaml
    grants:
      - kind: licence
        from: acme
        to: borealis
        what: the device software
        exclusivity: non-exclusive
    exclusivity: none
    ```

    ## When to waive
    Never; limit the two entries by `for`, `field` or `territory` instead.
    """
    kept: dict[tuple[str, ...], str] = {}
    for grant in deal.each("grants"):
        kind, right = grant.text("exclusivity"), _right(grant)
        if kind in ("exclusive", "sole") and deal.point("exclusivity") == "none":
            yield Hit(grant.below("exclusivity"), f"the right is {kind}, and yet there is no exclusivity")
        elif kind and right and kept.setdefault(right, kind) != kind:
            yield Hit(grant.below("exclusivity"), f"the same right is {kept[right]} and {kind}")


_EDGES = ("for", "field", "territory", "customers", "acts", "over", "purpose", "volume", "except",
          "starts", "until", "ends", "if", "unless")  # fmt: skip


def _right(grant: Node) -> tuple[str, ...]:
    """What is given, by whom and within which limits; nothing where that is not known."""
    what = " ".join(grant.text("what").lower().split())
    places = ("from", "kind", "what", *_EDGES)
    if not (what or grant.plain("over")) or any(unclear(grant, place) for place in places):
        return ()
    edges = (grant.plain(edge) for edge in _EDGES)
    limits = (str(sorted(edge) if isinstance(edge, list) else edge) for edge in edges)
    return (*sorted(grant.who("from")), grant.text("kind"), what, *limits)


@rule(
    "exclusivity-given-twice",
    needs="grants",
    severity="error",
    since="sketch",
    help="limit each by `territory`, `field` or `for`, or make them non-exclusive",
)
def given_twice(deal: Deal) -> Iterator[Hit]:
    """One exclusive right is given to one holder only.

    ## Why
    Two holders of one exclusive or sole right have been promised the same thing, and the giver is in breach
    to both.

    ## Bad
    ```yaml
    grants:
      - kind: licence
        from: acme
        to: borealis
        what: the device software
        exclusivity: exclusive
      - kind: licence
        from: acme
        to: corvus
        what: the device software
        exclusivity: exclusive
    third_parties:
      - id: corvus
        name: Corvus SA
    ```

    ## Good
    ```yaml
    grants:
      - kind: licence
        from: acme
        to: borealis
        what: the device software
        exclusivity: exclusive
        territory:
          - Ireland
      - kind: licence
        from: acme
        to: corvus
        what: the device software
        exclusivity: exclusive
        territory:
          - Spain
    third_parties:
      - id: corvus
        name: Corvus SA
    ```

    ## When to waive
    Never.
    """
    held: dict[tuple[str, ...], list[str]] = {}
    for grant in deal.each("grants"):
        kind, right, holders = grant.text("exclusivity"), _right(grant), sorted(grant.who("to"))
        if kind not in ("exclusive", "sole") or not right or not holders:
            continue
        if held.setdefault((kind, *right), holders) != holders:
            what = f'"{brief(grant.text("what"))}"' if grant.text("what") else "the same right"
            how = "exclusively" if kind == "exclusive" else "as a sole right"
            yield Hit(grant.below("exclusivity"), f"{what} is given {how} twice")


@rule(
    "exclusivity-outlives-deal",
    needs="exclusivity",
    severity="warning",
    help="let it end with the deal; if it is meant to go on, call it a non-compete and say what is paid for it",
)
def outlives_deal(deal: Deal) -> Iterator[Hit]:
    """An exclusive promise ends with the deal.

    ## Why
    Who deals with one partner only does so for what that partner does. After the end the partner does nothing, and the
    promise is a ban on competing under another name.

    ## Bad
    ```yaml
    exclusivity:
      - kind: category
        binds: acme
        covers: music services
        ends: 24 months after end
    ```

    ## Good
    ```yaml
    exclusivity:
      - kind: category
        binds: acme
        covers: music services
        ends: end
    ```

    ## When to waive
    When stock or campaigns in hand run on for that time.
    """
    over = None if over_before_paper(deal) else end_of_promises(deal)
    for entry in deal.each("exclusivity"):
        when, last = entry.parsed("ends", "when"), day(deal, entry, "ends")
        if when is None or entry.text("kind") not in ("exclusive", "sole", "category"):
            continue
        counted = when.event == "end" and when.offset is not None and when.offset.days > 0 and not when.before
        if counted or (last and over and last > over):
            yield Hit(entry.below("ends"), f"{_called(deal, entry)} goes on after the end of the deal")


@rule(
    "exclusivity-non-compete-long",
    needs="exclusivity",
    severity="warning",
    help="let it end within 24 months of the deal's end",
)
def non_compete_long(deal: Deal) -> Iterator[Hit]:
    """A ban on competing, or on approaching staff or customers, ends within two years of the deal.

    ## Why
    Competition law and the courts of many countries let it stand for a year or two, and strike down the rest
    or all of it. The time is counted from the end of the deal.

    ## Bad
    ```yaml
    exclusivity:
      - kind: non-compete
        binds: acme
        covers: monitors for rural clinics
        ends: 5 years after end
    ```

    ## Good
    ```yaml
    exclusivity:
      - kind: non-compete
        binds: acme
        covers: monitors for rural clinics
        ends: 12 months after end
    ```

    ## When to waive
    For the sale of a business, where the law allows more.
    """
    ends = [Moment("end")] if may_go_on(deal) else [Moment("end"), end(deal)]
    for entry in deal.each("exclusivity"):
        for key in ("ends", "until") if entry.text("kind") in _BANS else ():
            last = moment(deal, entry, key)
            if any(before(over.after(_TWO_YEARS), last) for over in ends):
                yield Hit(entry.below(key), f"{_called(deal, entry)} lasts over 24 months after the end")
                break


@rule(
    "exclusivity-non-solicit-no-exception",
    needs="exclusivity",
    severity="warning",
    help="except those who answer a public advertisement",
)
def non_solicit_exception(deal: Deal) -> Iterator[Hit]:
    """A ban on hiring staff excepts those who answer an advertisement.

    ## Why
    Nobody can keep a stranger from answering. A ban without the exception is broken by accident, and in some
    countries it is an agreement that competition law forbids.

    ## Bad
    ```yaml
    exclusivity:
      - kind: non-solicit-staff
        binds: each
        ends: 12 months after end
    ```

    ## Good
    ```yaml
    exclusivity:
      - kind: non-solicit-staff
        binds: each
        except:
          - answers to public advertisements
        ends: 12 months after end
    ```

    ## When to waive
    When the ban is on approaching staff, and `covers` says that hiring is free.
    """
    for entry in deal.each("exclusivity"):
        if entry.text("kind") == "non-solicit-staff" and not said(entry, "except"):
            stub = "except:\n  - answers to public advertisements"
            yield missing(entry, "except", f"{_called(deal, entry)} has no exceptions", stub)


@rule(
    "exclusivity-kept-by-bound",
    needs=("exclusivity", "commercial.minimums"),
    yields="commercial-pays-itself",
    severity="warning",
    help="name a minimum of those who benefit, or take it out of `kept_if`",
)
def kept_by_bound(deal: Deal) -> Iterator[Hit]:
    """What keeps a bar alive is not in the hands of the party that it binds.

    ## Why
    Exclusivity is earned by the one who has it. Where it lapses if the bound party misses a minimum of its own, that
    party frees itself by doing less than it promised.

    ## Bad
    ```yaml
    commercial:
      minimums:
        - id: supply
          by: acme
          measure: monitors supplied
          amount: 300 monitors
    exclusivity:
      - kind: exclusive
        binds: acme
        benefits: borealis
        kept_if:
          - supply
    ```

    ## Good
    ```yaml
    commercial:
      minimums:
        - id: purchases
          by: borealis
          measure: monitors bought
          amount: 300 monitors
    exclusivity:
      - kind: exclusive
        binds: acme
        benefits: borealis
        kept_if:
          - purchases
    ```

    ## When to waive
    When the other side may choose whether the bar lapses; say so in `if_missed` of the minimum.
    """
    owed = {entry.text("id"): entry.who("by") for entry in deal.each("commercial.minimums")}
    for entry in deal.each("exclusivity"):
        bound = entry.who("binds")
        own = [name for name in entry.plain("kept_if") or () if len(bound) == 1 and owed.get(name) == bound]
        if own:
            text = f"{called(deal, *bound)} frees itself from this by missing its own minimum"
            yield Hit(entry.below("kept_if"), text)
