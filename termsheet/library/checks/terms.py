"""Defined terms: each is defined once, and used."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from termsheet.library.checks import usage
from termsheet.library.checks.check import Hit, check
from termsheet.library.checks.stock import Stock, line_of
from termsheet.paths import shown

_DEFINED = re.compile(r"\*\*[\"“]([^\"“”*{}]+)[\"”]\*\*")
_RUN = r"[A-Z][a-z]+(?:[- ][A-Z][a-z]+)*"
_SAID = re.compile(
    rf"\b(?:the|an?|any|each|every|all|no|its|their|such|this|these|that|those) ({_RUN})\b"
    r"|(?<=[a-z,] )([A-Z][a-z]+(?: [A-Z][a-z]+)+)\b"
)


def _definitions(stock: Stock) -> Iterator[tuple[str, str, str, int]]:
    """Every term with the clause, the file and the line that define it."""
    for clause in stock.clauses.values():
        if clause.term:
            yield clause.term, clause.id, shown(Path(clause.file)), 0
    for text in stock.every:
        for match in _DEFINED.finditer(text.words):
            line = text.line(text.words.count("\n", 0, match.start()) + 1)
            yield match[1], text.clause.id, text.page.name, line


def _forms(stock: Stock, term: str) -> list[str]:
    """The forms of a term."""
    plurals = [form for clause in stock.clauses.values() if clause.term == term for form in clause.plurals]
    return [term, *(plurals or [f"{term}s"])]


@check("clause-undefined-term", severity="error",
       help='define it as `**"Term"** means …`, or write it without a capital letter')  # fmt: skip
def undefined(stock: Stock) -> Iterator[Hit]:
    """A word with a capital letter that reads as a defined term is one.

    ## Why
    A capital letter tells the reader to look for a definition. Where there is none, the word means what anyone likes.

    ## Bad
    ```markdown
    The seller delivers the Products within a month.
    ```

    ## Good
    ```markdown
    The seller delivers the products within a month.
    ```
    """
    known = {form for term, *_ in _definitions(stock) for form in _forms(stock, term)}
    names = usage.names()
    for text in stock.texts:
        for words in text.reading.words if text.reading else ():
            flat = re.sub(r"\s", " ", words.text)
            for match in _SAID.finditer(flat):
                term = match[1] or match[2]
                if (
                    term in known
                    or any(term.startswith(f"{form} ") for form in known)
                    or names & {*term.split()}
                ):
                    continue
                line = text.line(words.line + words.text.count("\n", 0, match.start()))
                yield Hit(text.page.name, line, f"`{term}` is not defined", term)


@check("clause-unused-term", help="take the definition out, or use the term")
def unused(stock: Stock) -> Iterator[Hit]:
    """A term that is defined is used in another sentence.

    ## Why
    A definition that nothing uses makes the reader look for a rule that is not there.

    ## Bad
    ```markdown
    **"Net Revenue"** means what is left after discounts. {#revenue}
    ```

    ## Good
    ```markdown
    **"Net Revenue"** means what is left after discounts. {#revenue}

    The fee is a tenth of Net Revenue. {#fee}
    ```
    """
    checked = {page.name for page in stock.pages}
    defining = {(id, text.variant) for text in stock.every for id in [text.clause.id] if text.clause.term}
    said = [(text.clause, _DEFINED.sub("", text.words)) for text in stock.every]
    captions = " ".join(page.read.text for page in stock.forms) + stock.words
    for term, id, file, line in _definitions(stock):
        if file not in checked:
            continue
        pattern = re.compile("|".join(rf"\b{re.escape(form)}\b" for form in _forms(stock, term)))
        used = any(pattern.search(words) for clause, words in said
                   if not (clause.id == id and any(id == one for one, _ in defining)))  # fmt: skip
        if not used and not pattern.search(captions):
            where = line or _term_line(stock, file)
            yield Hit(file, where, f"`{term}` is defined and never used", term)


@check("clause-term-twice", severity="error", help="keep one of the definitions")
def twice(stock: Stock) -> Iterator[Hit]:
    """A term is defined by one clause.

    ## Why
    Where two clauses define a term, they will differ one day, and nobody can tell which of them holds.

    ## Bad
    ```markdown
    **"Fees"** means what the customer pays. {#fees}
    ```
    where the clause `commercial.fees` has `term: Fees` in its front matter.

    ## Good
    One of the two.
    """
    first: dict[str, str] = {}
    checked = {page.name for page in stock.pages}
    for term, id, file, line in _definitions(stock):
        other = first.setdefault(term, id)
        if other != id and file in checked:
            yield Hit(
                file, line or _term_line(stock, file), f"`{term}` is defined by `{other}` as well", term
            )


def _term_line(stock: Stock, file: str) -> int:
    return next((line_of(page.front, ("term",)) for page in stock.pages if page.name == file), 1)
