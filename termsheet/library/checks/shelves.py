"""The library as a whole: one clause a subject, each in a form, with its source and its positions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from termsheet.library.checks.check import Hit, check
from termsheet.library.checks.stock import Stock, line_of
from termsheet.schema.messages import closest


@check("clause-same-subject", severity="error", help="make one clause of them, or say what each is about")
def same_subject(stock: Stock) -> Iterator[Hit]:
    """A subject has one clause.

    ## Why
    Two clauses on one subject contradict each other sooner or later.

    ## Bad
    Two clauses with `subject: payments`.

    ## Good
    One with `subject: payments`, one with `subject: late payment`.
    """
    first: dict[str, str] = {}
    pages = {page.file.id: page for page in stock.english()}
    for clause in stock.clauses.values():
        other = first.setdefault(clause.subject, clause.id)
        page = pages.get(clause.id) or (pages.get(other) if other != clause.id else None)
        if other != clause.id and page is not None:
            rival = other if page.file.id == clause.id else clause.id
            yield Hit(
                page.name,
                line_of(page.front, ("subject",)),
                f"`{rival}` has the same subject",
                clause.subject,
            )


@check("clause-no-source", help="say where the wording comes from; `own` is yours")
def no_source(stock: Stock) -> Iterator[Hit]:
    """A clause says where its wording comes from.

    ## Why
    Text of a published form may be under a licence, and whoever changes the clause should know what it follows.

    ## Bad
    No `source` in the front matter.

    ## Good
    ```yaml
    source: own
    ```
    """
    for page in stock.english():
        if not page.extends and not page.front.data.get("source"):
            yield Hit(page.name, 1, "the clause does not say where its wording comes from")


@check("clause-no-positions", help="write `positions`, or say `negotiable: false`")
def no_positions(stock: Stock) -> Iterator[Hit]:
    """A clause that is marked as negotiable has positions, and one that is marked as not negotiable has none.

    ## Why
    Who negotiates it should know what the house prefers and where it stops.

    ## Bad
    ```yaml
    negotiable: true
    ```
    and no `positions`.

    ## Good
    Positions: see docs/clauses.md.
    """
    for page in stock.english():
        own, front = page.front.data, stock.clauses[page.file.id].front
        if "negotiable" not in own:
            continue
        line = line_of(page.front, ("negotiable",))
        if own["negotiable"] and not front.get("positions"):
            yield Hit(page.name, line, "the clause is negotiable and has no positions", "negotiable")
        if not own["negotiable"] and front.get("positions"):
            yield Hit(page.name, line, "the clause has positions and is marked as not negotiable", "negotiable",
                      help="take one of the two out")  # fmt: skip


@check("clause-in-no-form", help="put its id where it belongs in a form")
def in_no_form(stock: Stock) -> Iterator[Hit]:
    """A clause stands in a form.

    ## Why
    What no form names is in no paper, unless a deal adds it. A house's clause may live by that, and is only noted.

    ## Bad
    A file `clauses/term/minimum.md`, and no `term.minimum` in `templates/`.

    ## Good
    ```yaml
    clauses: [term.initial, term.minimum]
    ```
    """
    standing = {id for ids in stock.standing.values() for id in ids}
    for page in stock.english():
        clause = stock.clauses[page.file.id]
        if clause.id not in standing and not clause.term and not page.extends:
            grave = "" if page.name in stock.built_in else "note"
            yield Hit(page.name, 1, f"no form names `{clause.id}`", severity=grave)


@check("clause-unknown-in-form", severity="error", help="name a clause by its id, such as `scope.territory`")
def unknown_in_form(stock: Stock) -> Iterator[Hit]:
    """A form names clauses that there are.

    ## Why
    A form with a clause that is not there cannot be rendered.

    ## Bad
    ```yaml
    clauses: [scope.teritory]
    ```

    ## Good
    ```yaml
    clauses: [scope.territory]
    ```
    """
    for form in stock.forms:
        if not form.checked:
            continue
        for id, route in _named(form.read.data):
            if id not in stock.clauses and id not in stock.broken:
                meant = closest(id, list(stock.clauses))
                hint = f"; did you mean `{meant}`?" if meant else ""
                yield Hit(form.file, line_of(form.read, route), f"there is no clause `{id}`{hint}", id)


def _named(page: dict[str, Any]) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    """Every clause that a file of a form names, with its place."""
    for key in ("intro", "closing", "without"):
        for index, id in enumerate(page.get(key, ())):
            yield id, (key, index)
    for place, part in enumerate(page.get("parts", ())):
        for index, id in enumerate(part["clauses"]):
            yield id, ("parts", place, "clauses", index)
    for kind, ids in page.get("leave_out", {}).items():
        for index, id in enumerate(ids):
            yield id, ("leave_out", kind, index)
    for index, entry in enumerate(page.get("add", ())):
        yield entry["clause"], ("add", index, "clause")
