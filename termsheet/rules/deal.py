"""The paper itself: its title, its type, and what it leaves open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from termsheet.deal import Deal, Node
from termsheet.immutable import replace
from termsheet.pattern import pattern
from termsheet.rules import ip
from termsheet.rules.places import places
from termsheet.rules.rule import Hit, brief, by_type, listed, missing, rule, said, unclear, unsaid
from termsheet.rules.times import day_of_paper
from termsheet.values import FormError, dates
from termsheet.values.points import Point

_WORDS = pattern(
    r"tb[acd]|xxx+|\?+|\.\.\.|…|[●•_ ]+|to be (?:agreed|decided|determined|confirmed|defined|negotiated|completed)"
    r"(?: (?:later|by the parties|in good faith))?",
    re.IGNORECASE,
)
_BRACKET = pattern(
    r"\[\s*(?:[●•_. …?]+|tb[acd]|xx+|(?:insert|enter|fill in|name of|date of|to be)\b[^\]]*"
    r"|(?:amount|date|name|company|party|number|address|country|percentage|price)(?: name| [a-z0-9])?)\s*\]"
    r"|<(?:insert|enter|fill in|name of|date of)\b[^>]*>|\{\{[^}]*\}\}",
    re.IGNORECASE,
)
_NONE = pattern(r"n/a|n\.a\.?|not applicable", re.IGNORECASE)
_HINT = pattern(r"[\[<{?_●•…]|\.\.\.|xxx|tb[acd]|todo|fixme|lorem|to be", re.IGNORECASE)
_INSIDE = pattern(
    r"\bTBD\b|\bTB[AC]\b(?! [A-Z])|\bTODO\b|\bFIXME\b|\bxxx+\b|\bXXXX+\b|\?{2,}|_{3,}|(?i:\blorem ipsum\b)"
    r"|(?<!Article )(?<!Chapter )(?<!Title )(?<!Part )(?<!Annex )(?<!Volume )\bXXX\b"
)


@rule("deal-no-title", severity="error", help="give the deal a title that both sides will recognise")
def no_title(deal: Deal) -> Iterator[Hit]:
    """The deal has a title.

    ## Why
    The paper, its file and every later amendment are known by the title. All of the 202 public partnership
    contracts that we counted have one. A paper without a name is hard to refer to and easy to mix up.

    ## Bad
    ```yaml
    deal:
      type: pilot
    ```

    ## Good
    ```yaml
    deal:
      title: Clinic monitoring pilot
      type: pilot
    ```

    ## When to waive
    Never for a paper that is meant to leave the house.
    """
    if not said(deal, "deal.title"):
        yield missing(deal, "deal.title", "the deal has no title")


@rule(
    "deal-no-type",
    severity="error",
    help="say what kind of deal it mainly is; further kinds go under `deal.also`",
)
def no_type(deal: Deal) -> Iterator[Hit]:
    """The deal says what kind of partnership it is.

    ## Why
    What a paper must hold depends on its kind: a referral deal needs a commission with a tail, a joint
    venture needs a board. The article "Why Strategic Partnerships Fail and How to Succeed" advises to choose
    the structure from the goals. Without a type, the rules that differ by type can only be applied at their
    usual severity.

    ## Bad
    ```yaml
    deal:
      title: Clinic monitoring
    ```

    ## Good
    ```yaml
    deal:
      title: Clinic monitoring
      type: co-development
      also:
        - reseller
    ```

    ## When to waive
    When the parties have not yet chosen between two structures; say so in `deal.type_reason`.
    """
    if not said(deal, "deal.type"):
        yield missing(deal, "deal.type", "the deal does not say what kind of deal it is")


@rule(
    "deal-open-point", severity="note", help="settle it before signature, or say who settles it and by when"
)
def open_point(deal: Deal) -> Iterator[Hit]:
    """No point is left `open`, still to be agreed.

    ## Why
    An open point is honest, and a term sheet may have some. It should be short work to see all of them,
    whose turn each is, and which one holds up the signature. At the stage of signature each is an error.

    ## Bad
    ```yaml
    term:
      effective: open
    ```

    ## Good
    ```yaml
    term:
      effective: 2027-01-01
    ```

    ## When to waive
    There is nothing to waive: it is a note, shown only on request.
    """
    if deal.stage != "signature":
        yield from open_points(deal)


@rule(
    "deal-order-prevails",
    needs="orders.precedence",
    severity="note",
    types=by_type(warning="referral reseller"),
    help="let the agreement win, save where an order names the paragraph that it changes",
)
def order_prevails(deal: Deal) -> Iterator[Hit]:
    """A single order does not win over the agreement under which it is made.

    ## Why
    Orders are written by people who buy, on a form with terms on its back. Where the order wins, each of them
    may change liability, warranty or price, and nobody who negotiated the agreement sees it.

    ## Bad
    ```yaml
    deal:
      title: Clinic distribution
      type: reseller
    orders:
      precedence:
        - the order
        - this agreement
    ```

    ## Good
    ```yaml
    deal:
      title: Clinic distribution
      type: reseller
    orders:
      precedence:
        - this agreement
        - the order
    ```

    ## When to waive
    When orders are negotiated and signed like the agreement itself.
    """
    ranks = [text for text in deal.plain("orders.precedence") or () if isinstance(text, str)]
    first = [next((at for at, text in enumerate(ranks) if word.search(text)), None) for word in _RANKED]
    if first[0] is not None and first[1] is not None and first[0] < first[1]:
        yield Hit("orders.precedence", f'"{brief(ranks[first[0]])}" wins over "{brief(ranks[first[1]])}"')


_RANKED = (pattern(r"\borders?\b", re.I), pattern(r"\b(?:agreement|contract|term sheet)\b", re.I))


@rule(
    "deal-placeholder",
    severity="error",
    help="write the term; or the word `open`, so that it is counted and printed as open",
)
def placeholder(deal: Deal) -> Iterator[Hit]:
    """No text is a placeholder or holds one, such as TBD, "to be agreed", "n/a" or an empty bracket.

    ## Why
    Text like this looks filled in to a program and to a reader in a hurry, and reaches the signed paper.
    Unfilled brackets are among the defects that we found in real, signed contracts. The word `open` says
    the same, and is listed on page one of a draft and refused in a final paper.

    ## Bad
    ```yaml
    ip:
      improvements: to be agreed
    ```

    ## Good
    ```yaml
    ip:
      improvements:
        open:
          who: acme
          by: second meeting
    ```

    ## When to waive
    When the words are truly part of the term, such as the name of a product in brackets.
    """
    for route, value, schema in places(deal):
        if isinstance(value, str) and schema.get("type") == "string" and "x-form" not in schema:
            nothing = _NONE.fullmatch(value.strip())
            if not nothing and not is_placeholder(value):
                continue
            if nothing:
                help = "write `none` if there is none, or take it out"
                yield Hit(deal.path_of(route), f"`{value.strip()}` would be printed as text", help=help)
                continue
            inside = _INSIDE.search(value) or _BRACKET.search(value)
            held = inside[0] if inside else value
            yield Hit(deal.path_of(route), f"`{brief(held)}` is a placeholder, not a term")


@rule(
    "deal-type-mismatch",
    needs="deal.type",
    severity="warning",
    help="correct the type, or name the further kind under `deal.also`",
)
def type_mismatch(deal: Deal) -> Iterator[Hit]:
    """The type fits what the deal holds.

    ## Why
    The type decides which rules hold, and how strictly. A venture under another name is not asked for its way
    out of a deadlock, and a licence that licenses nothing is something else.

    ## Bad
    ```yaml
    deal:
      title: Clinic monitoring
      type: strategic-alliance
    venture:
      form: company
    ```

    ## Good
    ```yaml
    deal:
      title: Clinic monitoring
      type: strategic-alliance
      also:
        - joint-venture
    venture:
      form: company
    ```

    ## When to waive
    When the licence is in another paper that `papers` names.
    """
    if unclear(deal, "deal.also"):
        return
    formed = any(deal.plain(f"venture.{key}") for key in ("form", "entity", "shares"))
    if formed and "joint-venture" not in deal.types:
        yield Hit("deal.type", f"a venture is formed, and the type is `{deal.text('deal.type')}`")
    kinds = {grant.text("kind") for grant in deal.each("grants")}
    granted = kinds - {"appointment"} or unclear(deal, "grants")
    if "licensing" in deal.types and not granted:
        stub = "- kind: licence\n  from: open\n  to: open\n  what: open\n  field: open\n  territory: open\n  ends: open"
        hit = missing(deal, "grants", "the type is `licensing`, and no licence is given", stub)
        yield replace(hit,
            help="say under `grants` what is licensed, to whom and for how long; or correct the type"
        )


def is_placeholder(text: str) -> bool:
    """Whether a text is a placeholder, or holds one."""
    if not _HINT.search(text):
        return False
    return bool(_WORDS.fullmatch(text.strip().rstrip(".!")) or _BRACKET.search(text) or _INSIDE.search(text))


def open_points(deal: Deal) -> Iterator[Hit]:
    """Every open point of what the other side may see, but for those that are an error of their own."""
    grave = ip.foreground_to_be_agreed.severity_for(deal.types) == "error"
    told = {hit.path for hit in ip.foreground_to_be_agreed.check(deal)} if grave else set()
    for route, value, _ in places(deal):
        if isinstance(value, Point) and value.kind == "open" and (path := deal.path_of(route)) not in told:
            what = brief(value.what, 70) if value.what else f"`{brief(path, 70)}`"
            turn = [f"for {value.who}"] * bool(value.who) + [f"by {value.by}"] * bool(value.by)
            late = ", and that day has passed" if _is_past(value.by, deal.as_of) else ""
            yield Hit(path, f"still open: {what}", help=f"it is {' '.join(turn)}{late}" if turn else "")


def _is_past(day: str, today: date) -> bool:
    try:
        return dates.parse(day) < today
    except FormError:
        return False


@rule("deal-entry-incomplete", severity="error", help="complete the entry, or take it out")
def entry_incomplete(deal: Deal) -> Iterator[Hit]:
    """Every entry of a list says what makes it one: a contribution who brings what, a right whose it is.

    ## Why
    Half an entry reads as if something had been agreed, and nobody can be held to it. The words that an entry
    cannot do without stand in the vocabulary, `schemas/deal.vocabulary.yaml`, under `says`.

    ## Bad
    ```yaml
    contributions:
      - what: two engineers for 640 hours
    ```

    ## Good
    ```yaml
    contributions:
      - by: acme
        what: two engineers for 640 hours
    ```

    ## When to waive
    Write `open` for what is not settled yet, rather than a waiver.
    """
    for route, value, schema in places(deal):
        node = deal.get_route(route) if isinstance(value, dict) and "x-says" in schema else None
        wanted = schema["x-says"] if node else ()
        lacking = [
            keys
            for keys in wanted
            if node and len(unsaid(node, keys.split(" or "))) == len(keys.split(" or "))
        ]
        if node and lacking:
            words = " nor ".join(schema["x-says"][key] for key in lacking[:2])
            keys = listed(f"`{key.replace(' or ', '` or `')}`" for key in lacking)
            yield Hit(
                node.below(lacking[0].partition(" ")[0]),
                f"{_called(node)} does not say {words}",
                stub="\n".join(f"{key.partition(' ')[0]}: open" for key in lacking),
                help=f"add {keys}, or take the entry out",
            )


def _called(node: Node) -> str:
    """What a message calls an entry that may lack its name."""
    return node.name if node.name == node.path else f'"{brief(node.name)}"'


@rule(
    "deal-orders-not-said",
    severity="warning",
    help="say under `orders` in what form an order is made and which paper wins",
)
def orders_not_said(deal: Deal) -> Iterator[Hit]:
    """A deal that governs orders says how one is made and which paper wins.

    ## Why
    Under a master agreement the same matter is settled in two papers. Where they differ, the order of
    precedence decides, and without one a court does.

    ## Bad
    ```yaml
    deal:
      title: Clinic monitoring
      structure: master-and-orders
    ```

    ## Good
    ```yaml
    deal:
      title: Clinic monitoring
      structure: master-and-orders
    orders:
      form: in writing, on the form in the annex
      precedence:
        - the deal
        - the order
    ```

    ## When to waive
    When the form of orders is left to the definitive agreement.
    """
    governs = deal.text("deal.structure") == "master-and-orders" and not deal.point("orders")
    if governs and not said(deal, "orders.precedence"):
        text = "orders are made under the deal, and nothing says which paper wins"
        stub = "precedence: open" if said(deal, "orders") else "form: open\nprecedence: open"
        yield missing(deal, "orders.precedence", text, stub)


@rule(
    "deal-paper-no-day",
    yields="legal-nda-loose",
    severity="warning",
    needs="papers",
    help="give `status`, with `date` where it is signed and `due` where it is not",
)
def paper_no_day(deal: Deal) -> Iterator[Hit]:
    """Another agreement that the deal leans on is signed on a day, or to be signed by one.

    ## Why
    A deal that leans on an agreement which is never signed leans on nothing. Confidentiality and data
    protection are the usual cases. Where the full agreement has a day under `process`, another paper is taken to
    be signed with it; one on secrecy is needed sooner.

    ## Bad
    ```yaml
    papers:
      - title: Data protection agreement
        kind: data-processing
        status: to-be-signed
    ```

    ## Good
    ```yaml
    papers:
      - title: Data protection agreement
        kind: data-processing
        status: to-be-signed
        due: 2027-05-14
    ```

    ## When to waive
    When the agreement is in force and nobody knows its date any more.
    """
    written, with_it = day_of_paper(deal), said(deal, "process.definitive_by")
    for paper in deal.each("papers"):
        together = with_it and paper.text("kind") != "nda"
        name, signed = brief(paper.name), paper.parsed("date", "date")
        if written and signed and signed > written and paper.text("status") == "signed":
            yield Hit(paper.below("date"), f'"{name}" is signed, and its date is after that of this paper')
        if paper.text("status") == "signed" and not said(paper, "date"):
            yield Hit(paper.below("date"), f'"{name}" is signed, and has no date')
        elif paper.text("status") == "to-be-signed" and not said(paper, "due") and not together:
            yield Hit(paper.below("due"), f'"{name}" is to be signed, and nothing says by when')
        elif not said(paper, "status") and not said(paper, "date") and not said(paper, "due"):
            yield Hit(paper.below("status"), f'nothing says whether "{name}" is signed')


@rule(
    "deal-named-twice",
    severity="error",
    since="sketch",
    help="name each once",
)
def named_twice(deal: Deal) -> Iterator[Hit]:
    """Nobody is named twice in one list.

    ## Why
    A committee with the same person twice has one member fewer than was meant; the second name was to
    be another.

    ## Bad
    ```yaml
    responsibilities:
      - activity: train the clinics
        lead: acme
        support:
          - borealis
          - borealis
    ```

    ## Good
    ```yaml
    responsibilities:
      - activity: train the clinics
        lead: acme
        support:
          - borealis
    ```

    ## When to waive
    Never.
    """
    for route, value, schema in places(deal):
        if schema.get("x-form") == "who" and isinstance(value, list):
            names = [word for word in value if isinstance(word, str)]
            twice = next((word for word in names if names.count(word) > 1), "")
            node = deal.get_route(route)
            if twice and node:
                declared = deal.declared.get(twice)
                yield Hit(
                    node.path, f"{brief(declared.value) if declared else twice} is named twice in one list"
                )
