"""Variants: for every deal exactly one of them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from termsheet.library.checks.check import Hit, check
from termsheet.library.checks.stock import Stock, formula_of, line_of
from termsheet.library.clause import OTHERWISE, ClauseSource
from termsheet.library.logic import Formula, is_plain, no, possible
from termsheet.library.shelf import Page


def _facts(clause: ClauseSource) -> list[Formula]:
    """What holds wherever the clause is in."""
    facts: list[Formula] = [("given", path) for path in clause.reads]
    return [*facts, formula_of(clause.when), formula_of(clause.front.get("where", ""), clause.each)]


def _conditions(clause: ClauseSource) -> dict[str, Formula]:
    return {
        name: formula_of(text, clause.each) for name, text in clause.variants.items() if text != OTHERWISE
    }


def _chosen(stock: Stock) -> Iterator[tuple[Page, ClauseSource]]:
    """The clauses whose variants a page sets."""
    for page in stock.english():
        if page.front.data.get("variants"):
            yield page, stock.clauses[page.file.id]


@check("clause-no-otherwise", severity="error", help="let one variant say `otherwise`")
def no_otherwise(stock: Stock) -> Iterator[Hit]:
    """One variant fits where no other does.

    ## Why
    A deal that none of the conditions fits cannot be rendered.

    ## Bad
    ```yaml
    variants:
      fixed: term.ends
      rolling: term.initial
    ```

    ## Good
    ```yaml
    variants:
      fixed: term.ends
      rolling: otherwise
    ```
    """
    for page, clause in _chosen(stock):
        conditions = _conditions(clause)
        if OTHERWISE in clause.variants.values() or any(formula is True for formula in conditions.values()):
            continue
        if possible([*_facts(clause), *map(no, conditions.values())]):
            yield Hit(
                page.name, line_of(page.front, ("variants",)), "no variant says `otherwise`", "variants"
            )


@check("clause-variants-overlap", severity="error", help="let the condition of one leave out the other")
def overlap(stock: Stock) -> Iterator[Hit]:
    """No deal fits two variants.

    ## Why
    A deal that fits two cannot be rendered.

    ## Bad
    ```yaml
    variants:
      fixed: term.ends
      long: term.ends and term.minimum
      rolling: otherwise
    ```

    ## Good
    ```yaml
    variants:
      fixed: term.ends and not term.minimum
      long: term.ends and term.minimum
      rolling: otherwise
    ```
    """
    for page, clause in _chosen(stock):
        facts = _facts(clause)
        for (one, first), (other, second) in combinations(_conditions(clause).items(), 2):
            same = clause.variants[one] == clause.variants[other]
            known = all(is_plain(formula) for formula in (*facts, first, second))
            if same or (known and possible([*facts, first, second])):
                line = line_of(page.front, ("variants", other))
                yield Hit(page.name, line, f"a deal may fit both `{one}` and `{other}`", other)


@check("clause-variant-unreachable", help="take the variant out, or change its condition")
def unreachable(stock: Stock) -> Iterator[Hit]:
    """Every variant fits some deal.

    ## Why
    A text that no deal can have is never read again, and goes wrong unseen.

    ## Bad
    ```yaml
    when: term.ends
    variants:
      fixed: term.ends
      rolling: otherwise
    ```

    ## Good
    ```yaml
    when: term.ends or term.initial
    variants:
      fixed: term.ends
      rolling: otherwise
    ```
    """
    for page, clause in _chosen(stock):
        facts, conditions = _facts(clause), _conditions(clause)
        cases = dict(conditions)
        for name, text in clause.variants.items():
            if text == OTHERWISE:
                cases[name] = ("and", *map(no, conditions.values())) if conditions else True
        for name, formula in cases.items():
            if not possible([*facts, formula]):
                line = line_of(page.front, ("variants", name))
                yield Hit(page.name, line, f"no deal fits the variant `{name}`", name)
