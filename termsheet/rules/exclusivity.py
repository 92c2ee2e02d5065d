"""Exclusivity: whether anyone is kept from dealing with others, in what, and until when."""

from __future__ import annotations

from collections.abc import Iterator

from termsheet.deal import Deal, Node
from termsheet.rules.rule import Hit, brief, called, missing, rule, said

_NOUNS = {
    "non-solicit-staff": "the ban on hiring staff",
    "non-solicit-customers": "the ban on approaching customers",
    "non-compete": "the non-compete",
    "no-shop": "the no-shop",
    "category": "the category exclusivity",
    "exclusive": "the exclusivity",
    "sole": "the sole right",
}


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
    if not said(deal, "exclusivity") and not any(said(grant, "exclusivity") for grant in deal.each("grants")):
        yield missing(deal, "exclusivity", "the deal does not say whether anyone is bound exclusively")


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
    competition authorities strike down. A part of the scope or a territory will do as well.

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
    for entry in deal.each("exclusivity"):
        if entry.text("kind") not in ("exclusive", "sole", "category", "non-compete"):
            continue
        if not any(said(entry, key) for key in ("covers", "for", "territory")):
            yield missing(entry, "covers", f"{_called(deal, entry)} does not say what it covers")


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
    return f"{noun} of {brief(called(deal, bound[0]), 30)}" if len(bound) == 1 else noun
