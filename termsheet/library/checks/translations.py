"""Texts in other languages: all of them, and none older than the English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from os.path import dirname
from typing import Any

from termsheet.library.checks.check import Hit, check
from termsheet.library.checks.stock import FormPage, Stock, line_of


@check("clause-untranslated", severity="error", help="translate it")
def untranslated(stock: Stock) -> Iterator[Hit]:
    """A translation has a text for each text of the clause, and words for those of the form.

    ## Why
    A deal in that language cannot be rendered where a text is missing.

    ## Bad
    `ip/foreground.md` has the variants `maker` and `joint`, `ip/foreground.de.md` only `maker`.

    ## Good
    Both.
    """
    for page in stock.translations():
        clause = stock.clauses[page.file.id]
        for key in clause.texts:
            if (
                key not in page.texts
                and dirname(stock.owners[(clause.id, *key)].file.path) == dirname(page.file.path)
            ):
                yield Hit(page.name, 1, f"there is no text for {_called(*key)}")
        if clause.term and "term" not in page.front.data:
            yield Hit(page.name, 1, f"there is no word for the term `{clause.term}`", help="add `term:`")
        for key in page.texts:
            if key not in clause.texts:
                yield Hit(
                    page.name, 1, f"the English clause has no text for {_called(*key)}", help="take it out"
                )
    for form, base in _form_pages(stock):
        for route in _missing(base.read.data, form.read.data):
            yield Hit(form.file, line_of(form.read, route), f"there are no words for `{'.'.join(route)}`")


def _called(variant: str, form: str) -> str:
    return f"the variant `{variant}`" + (f" in the form `{form}`" if form else "")


def _form_pages(stock: Stock) -> Iterator[tuple[FormPage, FormPage]]:
    """The checked translations of forms, each with the file that it translates."""
    by_file = {page.file: page for page in stock.forms}
    for page in stock.forms:
        base = by_file.get(re.sub(r"\.[a-z]{2,3}\.yaml$", ".yaml", page.file))
        if base is not None and base is not page and page.checked:
            yield page, base


def _missing(base: dict[str, Any], own: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    for key in ("title", "noun", "paper"):
        if key in base and key not in own:
            yield (key,)
    for key in ("words", "duty"):
        for inner in base.get(key, {}):
            if inner not in own.get(key, {}):
                yield (key, inner)
    for part in base.get("parts", ()):
        if part["id"] not in own.get("headings", {}):
            yield ("headings", part["id"])


@check("clause-translation-outdated", help="compare the two, and write the version that it now translates")
def outdated(stock: Stock) -> Iterator[Hit]:
    """A translation is of the clause as it is now.

    ## Why
    A clause that says one thing in English and another in German is two clauses.

    ## Bad
    `changed: "0.2"` in the English clause, `translates: "0.1"` in the German.

    ## Good
    `translates: "0.2"`, once somebody has compared them.
    """
    for page in stock.translations():
        front = stock.clauses[page.file.id].front
        now, then = front.get("changed", front.get("since", "")), page.front.data["translates"]
        if _number(then) < _number(now):
            line = line_of(page.front, ("translates",))
            yield Hit(page.name, line, f"it translates {then}, and the clause is of {now}", then)


def _number(version: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", version)]
