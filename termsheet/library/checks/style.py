"""How a clause reads: plain, short, neutral, and with somebody who acts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from termsheet.library.checks import usage
from termsheet.library.checks.check import Hit, check
from termsheet.library.checks.stock import Stock, Text
from termsheet.library.logic import atoms, possible
from termsheet.library.prose import long_sentences
from termsheet.library.reading import Shown, Words, flat

MOST_WORDS = 40
ALL_BINDS = ("agreement", "schedule")  # in these, "shall" is always right
_OTHER_PARTY = re.compile(
    r"\b(?:the other party|(?:both|either|neither) (?:of the )?part(?:y|ies)|the two parties|the other side)\b",
    re.IGNORECASE,
)
_STATES = "met|reached|fulfilled|satisfied|bound|made|used|raised|brought|exercised|claimed"  # of conditions and claims
_PASSIVE = re.compile(
    rf"\b(?:shall|must|(?:is|are) to) be (?!(?:{_STATES})\b)"
    r"(?:\w+ly )?(\w+(?:ed|en|wn|pt|id|ld|nt|ght)|done|put|set|kept|told|given|shown)\b(?! by\b)",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"\b(?:what|how|if|unless|where|when|which|that|until|before|after|whether)\b[^.;:]*$", re.IGNORECASE
)
_SHALL = re.compile(r"\bshall\b", re.IGNORECASE)
_MUST = re.compile(r"\bpart(?:y|ies) must\b", re.IGNORECASE)
_WRONG = {
    "agreement": re.compile(r"\bthis term sheet\b|\bthis paragraph\b|\bparagraphs?\s+$", re.IGNORECASE),
    "term-sheet": re.compile(r"\bthis agreement\b|\bthis clause\b", re.IGNORECASE),
}
_OWN = {"agreement": "an agreement", "term-sheet": "a term sheet"}


def _said(stock: Stock) -> Iterator[tuple[Text, Words]]:
    for text in stock.texts:
        if text.reading is not None:
            for words in text.reading.words:
                yield text, words


def _hit(text: Text, words: Words, match: re.Match[str], message: str, help: str = "") -> Hit:
    line = text.line(words.line + words.text.count("\n", 0, match.start()))
    return Hit(text.page.name, line, message, match[0], help)


def _listed(stock: Stock, kind: str, what: str) -> Iterator[Hit]:
    for text, words in _said(stock):
        for match in usage.pattern(kind).finditer(words.text):
            word = " ".join(match[0].split())
            instead = usage.words(kind)[word.lower()]
            help = "leave it out" if instead == "~" else f"write: {instead}"
            yield _hit(text, words, match, f"`{word}` is {what}", help)


@check("clause-long-sentence", help="make two sentences of it, or a list")
def long_sentence(stock: Stock) -> Iterator[Hit]:
    """A sentence has at most 40 words.

    ## Why
    Nobody keeps more in mind. Each value counts as one word, and what stands in a condition counts as well.

    ## Bad
    A sentence that goes on, with one condition after the other, until its reader has forgotten who was to do what for
    whom and by when, so that it must be read a second time, and a third, before anyone can say what it means.

    ## Good
    One idea a sentence.
    """
    for text in stock.texts:
        for words, line in long_sentences(text.reading, MOST_WORDS, text.facts) if text.reading else ():
            yield Hit(text.page.name, text.line(line), f"a sentence of up to {words} words")


@check("clause-archaism", help="write it in plain words")
def archaism(stock: Stock) -> Iterator[Hit]:
    """A clause has no words that only contracts use.

    ## Why
    They add nothing, and people who are not lawyers stumble over them.

    ## Bad
    ```markdown
    The fees are paid pursuant to the terms hereof. {#fees}
    ```

    ## Good
    ```markdown
    The fees are paid under this term sheet. {#fees}
    ```
    """
    return _listed(stock, "archaisms", "old legal usage")


@check("clause-doublet", help="write one of the words")
def doublet(stock: Stock) -> Iterator[Hit]:
    """One word is enough where two say the same.

    ## Why
    A reader looks for the difference between the two, and a court may find one.

    ## Bad
    ```markdown
    The licence is null and void. {#void}
    ```

    ## Good
    ```markdown
    The licence is void. {#void}
    ```
    """
    return _listed(stock, "doublets", "said twice")


@check("clause-gendered", help="name the role, or write `it` or `they`")
def gendered(stock: Stock) -> Iterator[Hit]:
    """A clause speaks of roles, not of men and women.

    ## Why
    Nobody knows who will hold the office.

    ## Bad
    ```markdown
    The chairman has a casting vote. {#chair}
    ```

    ## Good
    ```markdown
    The chair has a casting vote. {#chair}
    ```
    """
    return _listed(stock, "gendered", "gendered")


@check("clause-two-parties", help="write `each other party`, `the others` or `no party`, or say who")
def two_parties(stock: Stock) -> Iterator[Hit]:
    """A clause is right for two parties and for five.

    ## Why
    A deal may have three parties, and then there is no "other party".

    ## Bad
    ```markdown
    A party tells the other party at once. {#tell}
    ```

    ## Good
    ```markdown
    A party tells the others at once. {#tell}
    ```
    """
    for text, words in _said(stock):
        for match in _OTHER_PARTY.finditer(words.text):
            if any("parties" in str(atom) for fact in words.facts for atom in atoms(fact)):
                continue  # it asks how many there are
            yield _hit(text, words, match, f"`{' '.join(match[0].split())}`: there may be three parties")


@check("clause-no-actor", help="say who: `{{ duty(who) }} deliver it`")
def no_actor(stock: Stock) -> Iterator[Hit]:
    """A duty has somebody who is to fulfil it.

    ## Why
    What "shall be delivered" is delivered by nobody.

    ## Bad
    ```markdown
    The report must be delivered within 5 days. {#report}
    ```

    ## Good
    ```markdown
    {{ duty(entry.by) }} deliver the report within 5 days. {#report}
    ```
    """
    for text, words in _said(stock):
        for match in _PASSIVE.finditer(words.text):
            if not _ASIDE.search(words.text[: match.start()]):
                yield _hit(text, words, match, f"`{' '.join(match[0].split())}` names nobody who is to do it")


@check("clause-bare-duty", help="write `{{ duty(who) }}`, which says `shall` where the paragraph binds")
def bare_duty(stock: Stock) -> Iterator[Hit]:
    """A duty is written with `duty()`.

    ## Why
    In a paragraph that does not bind, "shall" says that it does.

    ## Bad
    ```markdown
    Each party shall keep its records. {#records}
    ```

    ## Good
    ```markdown
    {{ duty("each") }} keep its records. {#records}
    ```
    """
    for text, words in _said(stock):
        if text.form in ALL_BINDS:
            continue
        passive = [match.span() for match in _PASSIVE.finditer(words.text)]
        musts = (
            match for match in _MUST.finditer(words.text) if not _ASIDE.search(words.text[: match.start()])
        )
        for match in (*_SHALL.finditer(words.text), *musts):
            if not any(start <= match.end() <= end for start, end in passive):
                yield _hit(text, words, match, f"`{match[0]}` is a duty without `duty()`")
    for text in (text for text in stock.texts if text.form not in ALL_BINDS):
        before = None
        for piece in flat(text.reading.pieces) if text.reading else ():
            if isinstance(piece, Words):
                must = re.match(r" must\b", piece.text)
                if must and before is not None and _is_who(before):
                    yield _hit(text, piece, must, "`must` is a duty without `duty()`")
            before = piece if isinstance(piece, Shown) else None


def _is_who(piece: Shown) -> bool:
    return piece.place is not None and (piece.place.schema or {}).get("x-form") == "who"


@check("clause-wrong-form", severity="error",
       help="write `{{ paper }}` and `{{ noun }}`, or give the form a text of its own")  # fmt: skip
def wrong_form(stock: Stock) -> Iterator[Hit]:
    """A text calls the paper what the form calls it.

    ## Why
    An agreement that says "this term sheet" speaks of another paper.

    ## Bad
    A text for the form `agreement` that says:
    ```
    This term sheet ends when all parties agree. {#end}
    ```

    ## Good
    ```
    This agreement ends when all parties agree. {#end}
    ```
    """
    for text, words in _said(stock):
        for form, pattern in _WRONG.items():
            if not _serves(stock, text, form):
                continue
            for match in pattern.finditer(words.text):
                if possible([*words.facts, ("equals", "form", form)]):
                    said = " ".join(match[0].split())
                    yield _hit(text, words, match, f"`{said}` is printed in {_OWN[form]}")


def _serves(stock: Stock, text: Text, form: str) -> bool:
    """Whether a text is printed in a form."""
    if text.form:
        return text.form == form
    there = text.clause.id in stock.standing.get(form, ()) or text.clause.term
    return bool(there) and form in stock.standing and (text.variant, form) not in text.clause.texts
