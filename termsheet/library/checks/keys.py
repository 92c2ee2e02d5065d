"""What a clause reads of a deal: keys that there are, and that are there where they are printed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from termsheet.library.checks.check import Hit, check
from termsheet.library.checks.stock import Stock, Text, line_of
from termsheet.library.logic import either, follows
from termsheet.library.places import Place, place_of, plain
from termsheet.library.reading import Print, Reading
from termsheet.rules.rule import listed
from termsheet.schema import deal_schema, resolve


def _readings(stock: Stock) -> Iterator[tuple[str, Reading, Any]]:
    """Every reading of the pages that are checked: its file, and what gives the line of one of its lines."""
    for text in stock.texts:
        if text.reading is not None:
            yield text.page.name, text.reading, text.line
    for page in stock.english():
        for _, _, found, line in stock.conditions(page):
            yield page.name, found, lambda _, line=line: line


@check("clause-unknown-key", severity="error",
       help="use a key of `schemas/deal.vocabulary.yaml`, or a name of docs/clauses.md")  # fmt: skip
def unknown_key(stock: Stock) -> Iterator[Hit]:
    """What a clause reads is a key of a deal, and what it calls is there.

    ## Why
    A misspelt key stops the draft, or is never there.

    ## Bad
    ```markdown
    It ends on {{ term.end_date }}. {#end}
    ```

    ## Good
    ```markdown
    It ends on {{ term.ends or "a day to be agreed" }}. {#end}
    ```
    """
    for file, reading, line in _readings(stock):
        for found in reading.reads:
            if not found.known:
                yield Hit(file, line(found.line), f"a deal has no key `{found.path}` there", found.path)
        for name, number in reading.unknown:
            yield Hit(
                file,
                line(number),
                f"`{name}` is neither a key of a deal nor a name that a clause may use",
                name,
            )
    for page in stock.english():
        own = page.front.data
        paths: list[tuple[str, tuple[str | int, ...]]]
        paths = [(path, ("reads", index)) for index, path in enumerate(own.get("reads", ()))]
        paths += [(own["each"], ("each",))] if own.get("each") else []
        for path, route in paths:
            if place_of(path) is None:
                yield Hit(page.name, line_of(page.front, route), f"a deal has no key `{path}`", path)


@check("clause-unknown-word", severity="error", help="use one of the words of the key")
def unknown_word(stock: Stock) -> Iterator[Hit]:
    """A key is compared with words that it may have.

    ## Why
    A condition over a word that the key never has does not come true.

    ## Bad
    ```markdown
    {% if term.renewal.kind == "automatical" %}It renews.{% endif %}
    ```

    ## Good
    ```markdown
    {% if term.renewal.kind == "automatic" %}It renews.{% endif %}
    ```
    """
    for file, reading, line in _readings(stock):
        for path, word, words, number in reading.compared:
            known = listed((f"`{one}`" for one in words), "or")
            yield Hit(file, line(number), f"`{path}` is never `{word}`", word, help=f"use {known}")


@check("clause-unguarded-value", severity="error",
       help="put it in an `if`, give it an `or`, or name it under `reads`")  # fmt: skip
def unguarded_value(stock: Stock) -> Iterator[Hit]:
    """What is printed is there: it stands under `reads`, or in a condition that asks for it.

    ## Why
    A deal that does not give the key cannot be rendered.

    ## Bad
    ```markdown
    It ends on {{ term.ends }}. {#end}
    ```

    ## Good
    ```markdown
    {% if term.ends %}
    It ends on {{ term.ends }}. {#end}
    {% endif %}
    ```
    """
    for text, found in _prints(stock):
        if found.listed or found.place.path in (text.reading.always if text.reading else ()):
            continue
        if not follows(("given", found.place.path), found.facts):
            path = plain(found.place.path)
            yield Hit(text.page.name, text.line(found.line), f"`{path}` is printed where it may be absent",
                      path.rpartition(".")[2])  # fmt: skip


@check("clause-not-printable", severity="error",
       help="name a key of it, use the filter `list`, or ask for it with `if`")  # fmt: skip
def not_printable(stock: Stock) -> Iterator[Hit]:
    """What is printed is a single value: no section, no list without `list`, and no yes or no.

    ## Why
    Nobody can tell how a section or a yes reads in a sentence; the draft stops.

    ## Bad
    ```markdown
    Territory: {{ scope.territory }}. {#territory}
    ```

    ## Good
    ```markdown
    Territory: {{ scope.territory | list }}. {#territory}
    ```
    """
    for text, found in _prints(stock):
        kind = _kind(found)
        if kind:
            path = plain(found.place.path)
            yield Hit(text.page.name, text.line(found.line), f"`{path}` is {kind}, and is printed",
                      path.rpartition(".")[2])  # fmt: skip


def _prints(stock: Stock) -> Iterator[tuple[Text, Print]]:
    for text in stock.texts:
        for found in text.reading.prints if text.reading else ():
            if found.place.schema is not None:
                yield text, found


def _kind(found: Print) -> str:
    """What keeps a place from being printed, or nothing."""
    place: Place = found.place
    schema = resolve(place.schema or {}, deal_schema())
    kind = schema.get("type")
    if found.listed or schema.get("x-form") == "who":
        return ""
    if kind == "array":
        return "a list"
    if kind == "object":
        return "a section"
    if kind == "boolean":
        told = either(("equals", place.path, True), ("equals", place.path, False))
        return "" if follows(("not", told), found.facts) else "yes or no"
    return ""


@check("clause-reads-unused", help="take it out of `reads`, or print it")
def reads_unused(stock: Stock) -> Iterator[Hit]:
    """What a clause must have is what it reads.

    ## Why
    A clause is left out of a deal that does not give what stands under `reads`, even where it has no need of it.

    ## Bad
    ```yaml
    reads: [commercial]      # in a clause on the term
    ```

    ## Good
    ```yaml
    reads: [term]
    ```
    """
    for page in stock.english():
        clause = stock.clauses[page.file.id]
        mine = [text for text in stock.every if text.clause.id == page.file.id]
        if not page.front.data.get("reads") or any(text.reading is None for text in mine):
            continue
        paths = {path for text in mine if text.reading for path in text.reading.paths()}
        paths |= {
            path for owner in [page] for _, _, found, _ in stock.conditions(owner) for path in found.paths()
        }
        paths |= {clause.each} if clause.each else set()
        for index, path in enumerate(page.front.data["reads"]):
            if place_of(path) and not any(_related(path, other) for other in paths):
                yield Hit(page.name, line_of(page.front, ("reads", index)), f"`{path}` is not read", path)


def _related(one: str, other: str) -> bool:
    return one == other or one.startswith(f"{other}.") or other.startswith(f"{one}.")


@check("clause-optional-declared", help="take the line out")
def optional_declared(stock: Stock) -> Iterator[Hit]:
    """What a clause uses where it is there is read off its text, and is not declared.

    ## Why
    A second list of the same keys is one more thing to keep right.

    ## Bad
    ```yaml
    optional: [term.minimum]
    ```

    ## Good
    No such line.
    """
    for page in stock.english():
        if "optional" in page.front.data:
            yield Hit(
                page.name, line_of(page.front, ("optional",)), "`optional` is read off the text", "optional"
            )
