"""The clauses that a deal is made of: those of termsheet, with those of the house on top, in the deal's language.

A folder of clauses holds `ip/foreground.md`, whose id is `ip.foreground`, and beside it `ip/foreground.de.md`, which
says the same in German. By its id, a clause of a later folder replaces that of an earlier one; with `extends: true` in
its front matter it changes it.

    library()                                   the built-in clauses, by id
    library((Path("house/clauses"),), "de-AT")  with those of the house on top, in German as far as there are texts
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from termsheet import data
from termsheet.config import shown
from termsheet.errors import LibraryError, TermsheetError
from termsheet.library import schemas
from termsheet.library.clause import (
    DEFAULT,
    OTHERWISE,
    ClauseSource,
    made,
    positions_of,
    taken_apart,
    texts_of,
)
from termsheet.library.given import Given
from termsheet.library.shelves import Folder, listed
from termsheet.source import Source
from termsheet.source.reading import decode, read_bytes

BASE = "en"
_NAME = re.compile(r"(?P<name>[a-z0-9-]+)(?:\.(?P<language>[a-z]{2,3}))?\.md")
_SPOKEN = ("title", "term", "plural", "schedule")  # what a translation says in its front matter
Texts = Mapping[tuple[str, str], str]


class File(NamedTuple):
    """A file of a folder of clauses. `stamp` changes when the file does."""

    path: Path
    id: str
    language: str
    stamp: tuple[int, int]


@dataclass(frozen=True)
class Page:
    """A file as it was read: its front matter, and the texts below it."""

    file: File
    text: str
    front: Source
    texts: Texts

    @property
    def name(self) -> str:
        """What messages call it."""
        return shown(self.file.path)

    @property
    def extends(self) -> bool:
        """Whether it only changes the clause of its id."""
        return bool(self.front.data.get("extends"))


@dataclass(frozen=True)
class Sheet:
    """A clause as it comes about, one folder on top of the other; `words` and `spoken` are its translation."""

    data: Mapping[str, Any]
    texts: Texts
    files: tuple[str, ...]
    positions: tuple[Given, ...] = ()
    words: Mapping[str, Any] = field(default_factory=dict)
    spoken: Texts = field(default_factory=dict)


OnError = Callable[[TermsheetError], None]


def _fail(error: TermsheetError) -> None:
    raise error


def language_of(tag: str) -> str:
    """The language of the texts that serve a deal: `de` for one in `de-AT`."""
    return tag.partition("-")[0].lower() or BASE


def library(folders: tuple[Path, ...] = (), language: str = BASE) -> Mapping[str, ClauseSource]:
    """Every clause by id. Files are read once, until they change. Raises LibraryError."""
    return shelved((data.folder("clauses"), *folders), language)


def shelved(folders: tuple[Folder, ...], language: str = BASE) -> Mapping[str, ClauseSource]:
    """Every clause of these folders by id, each folder on top of those before it. Raises LibraryError."""
    ours = data.folder("clauses")
    every = (_built_in(ours) if folder == ours else files(folder) for folder in folders)
    return _library(tuple(every), language_of(language))


@lru_cache(maxsize=16)
def _library(folders: tuple[tuple[File, ...], ...], language: str) -> Mapping[str, ClauseSource]:
    return MappingProxyType(dict(composed(folders, language)))


@cache
def _built_in(folder: Path) -> tuple[File, ...]:
    return files(folder)


def stamp(path: Path) -> tuple[int, int]:
    """What changes when a file does."""
    state = path.stat()
    return state.st_mtime_ns, state.st_size


def files(folder: Folder) -> tuple[File, ...]:
    """The clauses of a folder, each before its translations."""
    found = []
    for name, path in listed(folder, "**/*.md"):
        *above, own = name.split("/")
        match = _NAME.fullmatch(own)
        if not match or any(part.startswith(".") for part in above):
            continue  # a README is no clause
        id = ".".join((*above, match["name"]))
        found.append(File(path, id, match["language"] or BASE, stamp(path)))
    return tuple(sorted(found, key=lambda file: (file.id, file.language != BASE, file.language)))


@lru_cache(maxsize=2048)
def read(file: File) -> Page:
    """A file, read and checked against its schema. Raises LibraryError or LoadError."""
    name = shown(file.path)
    text = decode(read_bytes(str(file.path), name), name)
    front, body = taken_apart(text, name)
    extends = front.data.get("extends") is True
    schemas.validate(front, "clause" if file.language == BASE else "translation", partly=extends)
    if extends and not body.strip():
        return Page(file, text, front, {})
    return Page(file, text, front, texts_of(body))


def composed(
    folders: Sequence[Sequence[File]], language: str, failed: OnError = _fail
) -> Iterator[tuple[str, ClauseSource]]:
    """The clauses of the folders, each on top of those before it. `failed` is told of what cannot be read."""
    sheets: dict[str, Sheet] = {}
    for folder in folders:
        for file in folder:
            if file.language not in (BASE, language):
                continue
            try:
                page = read(file)
                sheets[file.id] = _laid(sheets.get(file.id), page)
            except TermsheetError as error:
                failed(error)
    for id, sheet in sheets.items():
        try:
            yield id, _clause(id, sheet, language)
        except TermsheetError as error:
            failed(error)


def _laid(below: Sheet | None, page: Page) -> Sheet:
    """What comes of a clause when a page is laid on top of what was there."""
    if page.file.language != BASE:
        if below is None:
            raise astray(page)
        return replace(below, words={**below.words, **page.front.data}, spoken={**below.spoken, **page.texts})
    if not page.extends:
        return Sheet(page.front.data, page.texts, (str(page.file.path),), positions_of(page.front))
    if below is None:
        raise LibraryError(f"extends the clause `{page.file.id}`, which is not there", file=page.name,
                           help="give it the id of a clause, or leave out `extends`")  # fmt: skip
    own = page.front.data
    spoken = {key: text for key, text in below.spoken.items() if key not in page.texts}
    return Sheet(
        _extended(below.data, own, page.texts),
        {**below.texts, **page.texts},
        (*below.files, str(page.file.path)),
        _added(below.positions, positions_of(page.front)),
        {} if "title" in own else below.words,
        spoken,
    )


def astray(page: Page) -> LibraryError:
    """The error of a translation of nothing."""
    beside = f"{page.file.id.rpartition('.')[2]}.md"
    return LibraryError(
        "translates a clause that is not there", file=page.name, help=f"put it beside `{beside}`"
    )


def _extended(below: Mapping[str, Any], own: Mapping[str, Any], texts: Texts) -> dict[str, Any]:
    """The front matter of a clause with what a page on top of it says."""
    made: dict[str, Any] = {**below, **own}
    del made["extends"]
    if "variants" in own:
        # What had one wording and no condition fits where none of the new ones does.
        made["variants"] = {**below.get("variants", {DEFAULT: OTHERWISE}), **own["variants"]}
    return made


def _added(below: tuple[Given, ...], own: tuple[Given, ...]) -> tuple[Given, ...]:
    """Positions with those of a page on top: by its id, one replaces another."""
    return tuple({given.value["id"]: given for given in (*below, *own)}.values())


def _clause(id: str, sheet: Sheet, language: str) -> ClauseSource:
    """A clause, in the language as far as there are texts."""
    spoken = {key: text for key, text in sheet.spoken.items() if key in sheet.texts}
    said = {**sheet.data, **{key: word for key, word in sheet.words.items() if key in _SPOKEN}}
    if "term" in sheet.words and "plural" not in sheet.words:
        said.pop("plural", None)
    if "title" in sheet.words and "schedule" not in sheet.words:
        said.pop("schedule", None)
    clause = made(said, {**sheet.texts, **spoken}, id, sheet.files, sheet.positions)
    foreign = set() if language == BASE else set(sheet.texts) - (set(spoken) if sheet.words else set())
    return replace(clause, language=language, foreign=frozenset(foreign))
