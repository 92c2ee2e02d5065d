"""The clauses that a deal is made of: those of termsheet, with those of the house on top, in the deal's language.

A folder of clauses holds `ip/foreground.md`, whose id is `ip.foreground`, and beside it `ip/foreground.de.md`, which
says the same in German. By its id, a clause of a later folder replaces that of an earlier one; with `extends: true` in
its front matter it changes it.

    library()                                   the built-in clauses, by id
    library((Path("house/clauses"),), "de-AT")  with those of the house on top, in German as far as there are texts
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from termsheet import data
from termsheet.errors import LibraryError, TermsheetError
from termsheet.immutable import immutable, replace
from termsheet.library import prepared, schemas
from termsheet.library.clause import (
    DEFAULT,
    OTHERWISE,
    ClauseSource,
    body_of,
    made,
    positions_of,
    taken_apart,
    texts_of,
)
from termsheet.library.given import Given
from termsheet.library.prepared import Entry
from termsheet.library.prepared import Texts as Known
from termsheet.library.shelves import Folder, listed
from termsheet.paths import shown
from termsheet.pattern import pattern
from termsheet.source import Source
from termsheet.source.reading import MAX_BYTES, decode, read_bytes

BASE = "en"
_NAME = pattern(r"(?P<name>[a-z0-9-]+)(?:\.(?P<language>[a-z]{2,3}))?\.md")
_SPOKEN = ("title", "term", "plural", "schedule")  # what a translation says in its front matter
Texts = Mapping[tuple[str, str], str]


class File(NamedTuple):
    """A file of a folder of clauses. `stamp` changes when the file does."""

    path: str
    id: str
    language: str
    stamp: tuple[int, int]


class Page:
    """A file as it was read: its front matter (`data`), and the texts below it.

    What the library was read for beforehand is not read again, until somebody asks where it stands (`front`).
    """

    def __init__(self, file: File, text: str, entry: Entry | None = None) -> None:
        self.file = file
        self.text = text
        self._entry = entry

    @property
    def name(self) -> str:
        """What messages call it."""
        return shown(self.file.path)

    @cached_property
    def _apart(self) -> tuple[Source, str]:
        front, body = taken_apart(self.text, self.name)
        schemas.validate(front, "clause" if self.file.language == BASE else "translation",
                         partly=front.data.get("extends") is True)  # fmt: skip
        return front, body

    @property
    def front(self) -> Source:
        """The front matter, with the place of everything in it."""
        return self._apart[0]

    @property
    def data(self) -> Mapping[str, Any]:
        """What the front matter says."""
        found: Mapping[str, Any] = self._entry.front if self._entry else self.front.data
        return found

    @cached_property
    def texts(self) -> Texts:
        """The texts by variant and form."""
        if self._entry:
            return Known(self._entry, lambda: texts_of(body_of(self.text)))
        body = self._apart[1]
        return {} if self.data.get("extends") is True and not body.strip() else texts_of(body)

    @property
    def positions(self) -> tuple[Given, ...]:
        """The positions that it gives."""
        return positions_of(self.front) if "positions" in self.data else ()

    @property
    def extends(self) -> bool:
        """Whether it only changes the clause of its id."""
        return bool(self.data.get("extends"))


@immutable
class Sheet:
    """A clause as it comes about, one folder on top of the other; `words` and `spoken` are its translation."""

    data: Mapping[str, Any]
    texts: Texts
    files: tuple[str, ...]
    pages: tuple[Page, ...] = ()
    words: Mapping[str, Any] = {}
    spoken: Texts = {}


OnError = Callable[[TermsheetError], None]


def _fail(error: TermsheetError) -> None:
    raise error


def language_of(tag: str) -> str:
    """The language of the texts that serve a deal: `de` for one in `de-AT`."""
    return tag.partition("-")[0].lower() or BASE


def library(folders: tuple[Folder, ...] = (), language: str = BASE) -> Mapping[str, ClauseSource]:
    """Every clause by id. Files are read once, until they change. Raises LibraryError."""
    return shelved((data.place("clauses"), *folders), language)


def shelved(folders: tuple[Folder, ...], language: str = BASE) -> Mapping[str, ClauseSource]:
    """Every clause of these folders by id, each folder on top of those before it. Raises LibraryError."""
    ours = data.place("clauses")
    every = (_built_in(ours) if folder == ours else files(folder) for folder in folders)
    return _library(tuple(every), language_of(language))


@lru_cache(maxsize=16)
def _library(folders: tuple[tuple[File, ...], ...], language: str) -> Mapping[str, ClauseSource]:
    return MappingProxyType(dict(composed(folders, language)))


@cache
def _built_in(folder: str) -> tuple[File, ...]:
    return files(folder)


def stamp(path: str | os.PathLike[str]) -> tuple[int, int]:
    """What changes when a file does."""
    state = os.stat(path)
    return state.st_mtime_ns, state.st_size


def files(folder: Folder) -> tuple[File, ...]:
    """The clauses of a folder, each before its translations."""
    found = []
    for name, path in listed(folder, "**/*.md"):
        above, part, own = name.rpartition("/")
        match = _NAME.fullmatch(own)
        if match and "/." not in f"/{above}":  # a README is no clause
            id = f"{above}{part}{match['name']}".replace("/", ".")
            found.append(File(path, id, match["language"] or BASE, stamp(path)))
    return tuple(sorted(found, key=lambda file: (file.id, file.language != BASE, file.language)))


@lru_cache(maxsize=2048)
def read(file: File) -> Page:
    """A file, read and checked against its schema. Raises LibraryError or LoadError."""
    return _known(file) or parsed(file)


def _known(file: File) -> Page | None:
    """A file, if it is one that the library was read for beforehand."""
    if file.stamp[1] > MAX_BYTES:
        return None
    try:
        with open(file.path, "rb", buffering=0) as opened:
            raw = opened.read(file.stamp[1] + 1)
    except (OSError, ValueError):  # which `parsed` tells of
        return None
    known = prepared.entry(raw)
    return Page(file, raw.decode(), known) if known else None


def parsed(file: File) -> Page:
    """A file, read whatever is known of it beforehand. Raises LibraryError or LoadError."""
    name = shown(file.path)
    return _checked(Page(file, decode(read_bytes(file.path, name), name)))


def _checked(page: Page) -> Page:
    """The page, once all of it has been taken apart."""
    assert page.texts is not None
    return page


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
        return replace(below, words={**below.words, **page.data}, spoken={**below.spoken, **page.texts})
    if not page.extends:
        return Sheet(page.data, page.texts, (page.file.path,), (page,))
    if below is None:
        raise LibraryError(f"extends the clause `{page.file.id}`, which is not there", file=page.name,
                           help="give it the id of a clause, or leave out `extends`")  # fmt: skip
    own = page.data
    spoken = {key: text for key, text in below.spoken.items() if key not in page.texts}
    return Sheet(
        _extended(below.data, own, page.texts),
        {**below.texts, **page.texts},
        (*below.files, page.file.path),
        (*below.pages, page),
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


class Positions(Sequence[Given]):
    """The positions that pages give, one page on top of the other, taken from them when they are asked for."""

    def __init__(self, pages: tuple[Page, ...]) -> None:
        self._pages = pages

    @cached_property
    def _all(self) -> tuple[Given, ...]:
        """By its id, one replaces another."""
        every = (given for page in self._pages for given in page.positions)
        if len(self._pages) == 1:
            return tuple(every)
        return tuple({given.value["id"]: given for given in every}.values())

    def __getitem__(self, place: Any) -> Any:
        return self._all[place]

    def __len__(self) -> int:
        return len(self._all)


def _clause(id: str, sheet: Sheet, language: str) -> ClauseSource:
    """A clause, in the language as far as there are texts."""
    spoken = {key: text for key, text in sheet.spoken.items() if key in sheet.texts}
    texts = {**sheet.texts, **spoken} if spoken else sheet.texts
    said = {**sheet.data, **{key: word for key, word in sheet.words.items() if key in _SPOKEN}}
    if "term" in sheet.words and "plural" not in sheet.words:
        said.pop("plural", None)
    if "title" in sheet.words and "schedule" not in sheet.words:
        said.pop("schedule", None)
    foreign = set() if language == BASE else set(sheet.texts) - (set(spoken) if sheet.words else set())
    return made(said, texts, id, sheet.files, Positions(sheet.pages), language, frozenset(foreign))
