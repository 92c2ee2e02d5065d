"""A form as it comes about: the page of one file, and what other files change of it.

A house's form either stands for itself or says `extends: term-sheet` and only what is different:

    extends: term-sheet
    title: Heads of Terms
    headings: {commercial: The deal}
    add:
      - {clause: house.sustainability, after: scope.territory}
    without: [money.records]

A translation (`term-sheet.de.yaml`, beside the form) says its captions, headings and words in another language.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from termsheet.errors import LibraryError

Json = dict[str, Any]
_CHANGES = ("extends", "add", "without", "headings")
_WORDS = ("title", "subtitle", "cover", "noun", "paper", "deal", "words", "duty", "ban", "furniture", "headings")


def changed(page: Mapping[str, Any], own: Mapping[str, Any], file: str) -> Json:
    """The page with what another page says: its keys win, maps of words key by key. Raises LibraryError."""
    made: Json = {
        **page,
        **{key: _laid(page.get(key), value) for key, value in own.items() if key not in _CHANGES},
    }
    made["parts"] = [_headed(part, own.get("headings", {})) for part in made["parts"]]
    unknown = set(own.get("headings", {})) - {part["id"] for part in made["parts"]}
    if unknown:
        known = ", ".join(part["id"] for part in made["parts"])
        raise LibraryError(f"has a heading for the part `{min(unknown)}`, which the form does not have", file=file,
                           help=f"use one of {known}")  # fmt: skip
    for clause in own.get("without", ()):
        made = _mapped(made, clause, (), file)
    for entry in own.get("add", ()):
        made = _added(made, entry, file)
    return made


def translated(page: Mapping[str, Any], own: Mapping[str, Any], file: str) -> Json:
    """The page in the words of a translation. Raises LibraryError where that says more than words."""
    for key in own:
        if key not in _WORDS:
            raise LibraryError(f"is a translation of a form, and `{key}` is not a matter of words", file=file,
                               help=f"use {', '.join(_WORDS)}")  # fmt: skip
    return changed(page, own, file)


def says_words(own: Mapping[str, Any]) -> bool:
    """Whether a page says anything that a translation would have to say again."""
    return any(key in _WORDS for key in own)


def clauses_of(page: Mapping[str, Any]) -> Iterator[str]:
    """Every clause that a form names, in its order."""
    for key, value in page.items():
        if key in ("intro", "closing"):
            yield from value
        elif key == "parts":
            for part in value:
                yield from part["clauses"]


def _laid(below: Any, value: Any) -> Any:
    if isinstance(below, dict) and isinstance(value, dict):
        return {**below, **{key: _laid(below.get(key), inner) for key, inner in value.items()}}
    return value


def _headed(part: Json, headings: Mapping[str, str]) -> Json:
    return {**part, "heading": headings.get(part["id"], part["heading"])}


def _added(page: Json, entry: Mapping[str, str], file: str) -> Json:
    clause = entry["clause"]
    if ("after" in entry) == ("before" in entry):
        raise LibraryError(f"does not say where `{clause}` stands", file=file,
                           help="name a clause of the form under `after:` or under `before:`")  # fmt: skip
    if clause in clauses_of(page):
        raise LibraryError(f"adds `{clause}`, which the form has already", file=file,
                           help="name it under `without` first, or take it out")  # fmt: skip
    if "after" in entry:
        return _mapped(page, entry["after"], (entry["after"], clause), file)
    return _mapped(page, entry["before"], (clause, entry["before"]), file)


def _mapped(page: Json, clause: str, instead: tuple[str, ...], file: str) -> Json:
    """The page with other clauses in the place of one."""
    if clause not in clauses_of(page):
        raise LibraryError(f"names the clause `{clause}`, which the form does not have", file=file,
                           help="name a clause of the form that it extends")  # fmt: skip

    def replaced(clauses: list[str]) -> list[str]:
        return [name for known in clauses for name in (instead if known == clause else (known,))]

    made = {key: replaced(value) if key in ("intro", "closing") else value for key, value in page.items()}
    made["parts"] = [{**part, "clauses": replaced(part["clauses"])} for part in page["parts"]]
    return made
