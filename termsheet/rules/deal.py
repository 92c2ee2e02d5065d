"""The paper itself: its title, its type, and what it leaves open."""

from __future__ import annotations

import re
from collections.abc import Iterator

from termsheet.deal import Deal
from termsheet.rules.places import places
from termsheet.rules.rule import Hit, brief, by_type, missing, rule, said
from termsheet.values.points import Point

_WORDS = re.compile(
    r"tb[acd]|xxx+|\?+|\.\.\.|…|[●•_ ]+|to be (?:agreed|decided|determined|confirmed|defined|negotiated|completed)"
    r"(?: (?:later|by the parties|in good faith))?",
    re.IGNORECASE,
)
_BRACKET = re.compile(
    r"\[\s*(?:[●•_. …?]+|tb[acd]|xx+|(?:insert|enter|fill in|name of|date of|to be)\b[^\]]*"
    r"|(?:amount|date|name|company|party|number|address|country|percentage|price)(?: name| [a-z0-9])?)\s*\]"
    r"|<(?:insert|enter|fill in|name of|date of)\b[^>]*>|\{\{[^}]*\}\}",
    re.IGNORECASE,
)
_HINT = re.compile(r"[\[<{?_●•…]|\.\.\.|xxx|tb[acd]|todo|fixme|lorem|to be", re.IGNORECASE)
_INSIDE = re.compile(
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
    """A point is marked `open`, still to be agreed.

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


_RANKED = (re.compile(r"\borders?\b", re.I), re.compile(r"\b(?:agreement|contract|term sheet)\b", re.I))


@rule(
    "deal-placeholder",
    severity="error",
    help="write the term; or the word `open`, so that it is counted and printed as open",
)
def placeholder(deal: Deal) -> Iterator[Hit]:
    """No text is a placeholder or holds one, such as TBD, "to be agreed", "???" or an empty bracket.

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
        if (
            isinstance(value, str)
            and schema.get("type") == "string"
            and "x-form" not in schema
            and is_placeholder(value)
        ):
            inside = _INSIDE.search(value) or _BRACKET.search(value)
            held = inside[0] if inside else value
            yield Hit(deal.path_of(route), f"`{brief(held)}` is a placeholder, not a term")


def is_placeholder(text: str) -> bool:
    """Whether a text is a placeholder, or holds one."""
    if not _HINT.search(text):
        return False
    return bool(_WORDS.fullmatch(text.strip().rstrip(".!")) or _BRACKET.search(text) or _INSIDE.search(text))


def open_points(deal: Deal) -> Iterator[Hit]:
    """Every open point of what the other side may see."""
    for route, value, _ in places(deal):
        if isinstance(value, Point) and value.kind == "open":
            path = deal.path_of(route)
            what = brief(value.what, 70) if value.what else f"`{brief(path, 70)}`"
            turn = [f"for {value.who}"] * bool(value.who) + [f"by {value.by}"] * bool(value.by)
            yield Hit(path, f"still open: {what}", help=f"it is {' '.join(turn)}" if turn else "")
