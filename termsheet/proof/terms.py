"""Defined terms: what is capitalised is defined, and what is defined is used."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from termsheet.document import Term, Value
from termsheet.pattern import pattern
from termsheet.proof.passages import THEIRS, Paper, Passage, Remark

_CAPITAL = pattern(r"[A-Z](?<=\b.)[a-z]+\b")
_CAPITALS = pattern(r"\b[A-Z][a-z]+(?:[ -][A-Z][a-z]+)*\b")
_WORD = pattern(r"\w")
_OPEN = ("\n", "“", "„", "(", "‘")
_WHO = ("people[", "parties[", "third_parties[")
_CAPITALISED = pattern(r"[a-z,;] [A-Z][a-z]+ ")
_INNER = r"(?<=[a-z,;] )((?:[A-Z][a-z]+ ){1,3}(?:%s))\b"


def undefined(paper: Paper) -> Iterator[Remark]:
    """A term that the library defines somewhere, used where this paper has no definition of it."""
    said = [form for form in _missing(paper) if form in paper.undefined]
    missing = _any_of(said)
    for passage in paper.passages if said else ():
        for match in missing.finditer(passage.undefined):
            words = f"“{match[0]}” is a defined term, and nothing here defines it"
            yield passage.remark("undefined", words, wrong=True)


def capitals(paper: Paper) -> Iterator[Remark]:
    """A word with a capital in the middle of a sentence of the library, which is neither defined nor a proper noun."""
    proper = paper.known.get("proper")
    if not proper:
        return
    noun = paper.document.words.paragraph
    capital = [passage for passage in paper.paragraphs
               if not all(_starts(passage, match) for match in _CAPITAL.finditer(passage.undefined))]  # fmt: skip
    text = "\n".join(passage.undefined for passage in capital)
    names = _any_of(name for name in (*proper, noun, f"{noun}s", *_missing(paper)) if name in text)
    for passage in capital:
        own = names.sub(lambda match: THEIRS * len(match[0]), passage.undefined)
        for match in _CAPITALS.finditer(own):
            if " " in match[0] or not _starts(passage, match):
                words = f"“{match[0]}” has a capital, and is neither defined nor a name"
                yield passage.remark("capitals", words)


def _starts(passage: Passage, match: re.Match[str]) -> bool:
    """Whether a sentence, a line, a quotation or a bracket begins there."""
    before = passage.text[: match.start()]
    stop = before[-1:].isspace() and before.rstrip()[-1:] in (".", ":", "!", "?", "–", "/")
    return stop or before.endswith(_OPEN) or not _WORD.search(before)


def _missing(paper: Paper) -> list[str]:
    """The terms that the library defines, in a definition or in a clause, and the paper does not."""
    known = {item.term for item in paper.library.values() if item.term}
    known |= {term for item in paper.library.values() for term in item.defines}
    return [form for term in known if term not in paper.defined for form in paper.forms(term)]


def unused(paper: Paper) -> Iterator[Remark]:
    """A definition that the paper does not need. What parties are called is no definition in this sense."""
    used = {term.text for _, term in paper.terms if not term.defines}
    for term, block in paper.defined.items():
        forms = paper.forms(term)
        if term in paper.called or not used.isdisjoint(forms):
            continue
        use = _any_of(forms)
        near = (passage for passage in paper.passages if any(map(passage.text.__contains__, forms)))
        if not any(use.search(_beside(passage, term)) for passage in near):
            path = _path_of(paper, term)
            yield Remark("unused", f"“{term}” is defined, and nothing uses it", block, path)


def not_defined_by_the_deal(paper: Paper) -> Iterator[Remark]:
    """Words in the manner of a defined term ("Net Sales") that the deal uses and nothing defines."""
    heads = paper.known.get("heads")
    said = [(passage, value) for passage, value in _said(paper) if _CAPITALISED.search(value.shown)]
    if not heads or not said:
        return
    inner = re.compile(_INNER % "|".join(map(re.escape, heads)))
    seen = {form for term in paper.defined for form in paper.forms(term)}
    names = {str(node.value) for node in paper.deal.declared.values()} | paper.called | {*paper.known["proper"]}
    for passage, value in said:
        for phrase in inner.findall(value.shown):
            if phrase in seen or any(phrase in name for name in names):
                continue
            seen.add(phrase)
            words = f"“{phrase}” reads as a defined term, and nothing defines it"
            yield Remark("not-defined", words, passage.id, value.path)


def _said(paper: Paper) -> Iterator[tuple[Passage, Value]]:
    """The texts of the deal, printed as they are written, but for who somebody is: titles are no terms."""
    for passage in paper.passages:
        for inline in passage.inlines:
            if isinstance(inline, Value) and inline.shown == inline.raw and not inline.path.startswith(_WHO):
                yield passage, inline


def _beside(passage: Passage, term: str) -> str:
    """The words of a passage without the place where it defines the term."""
    return "".join(
        THEIRS if isinstance(inline, Term) and inline.defines and inline.text == term else _words(inline)
        for inline in passage.inlines
    )


def _words(inline: object) -> str:
    """The words of an inline; of what has none, a space."""
    return str(getattr(inline, "text", getattr(inline, "shown", " ")))


def _any_of(forms: Iterable[str]) -> re.Pattern[str]:
    """Any of these as whole words; the longest first. Of nothing, what never matches."""
    return re.compile(
        "|".join(rf"\b{re.escape(form)}\b" for form in sorted(forms, key=len, reverse=True)) or r"(?!)"
    )


def _path_of(paper: Paper, term: str) -> str:
    """The path of the deal that gives the term its name, or nothing."""
    entries = (*paper.deal.each("definitions"), *paper.deal.each("commercial.bases"))
    return next((entry.path for entry in entries if term in (entry.text("term"), entry.text("name"))), "")
