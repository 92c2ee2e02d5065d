"""A form: the parts of a paper, their captions and standing words, and which clauses stand where."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

from termsheet import data, source
from termsheet.errors import LibraryError
from termsheet.immutable import immutable
from termsheet.library import formpage, prepared, schemas
from termsheet.library.shelf import BASE, language_of, stamp
from termsheet.library.shelves import Folder, listed
from termsheet.paths import shown
from termsheet.pattern import pattern
from termsheet.source import Shape, Source
from termsheet.source.reading import decode, read_bytes
from termsheet.wording import Cased

FORMS = ("term-sheet", "agreement")
WORDS = "words"
_NAME = pattern(r"[a-z0-9-]+")
_PAGES = "*.yaml"


@immutable
class FormPart:
    """A part of the paper and its clauses, in order. `kind` is `terms`, `parties` or `recitals`."""

    id: str
    heading: str
    clauses: tuple[str, ...]
    binding: bool
    kind: str = "terms"


@immutable
class Form:
    """A form as its file says it. Captions may hold Jinja.

    `noun` is what it calls a clause ("paragraph"), `paper` what it calls itself ("this term sheet"), `deal` what it
    calls what the parties have agreed ("the deal"). All of a form that `binds` is binding. `leaves` are the paths of a
    deal of which it has nothing to say. `layout`, `cover` and
    `signatures` are those of the Document. `own_words` says that its words
    are in the language asked for.
    """

    name: str
    title: str
    subtitle: str
    layout: str
    cover: Mapping[str, str]
    signatures: str
    noun: str
    paper: Cased
    deal: Cased
    binds: bool
    leaves: tuple[str, ...]
    intro: tuple[str, ...]
    closing: tuple[str, ...]
    parts: tuple[FormPart, ...]
    leave_out: Mapping[str, list[str]]
    words: Mapping[str, str]
    duty: Mapping[str, Mapping[str, str]]
    furniture: Mapping[str, Any]
    ban: Mapping[str, Mapping[str, str]]
    own_words: bool = True
    files: tuple[str, ...] = ()

    @property
    def named(self) -> frozenset[str]:
        """The clauses that it names."""
        return frozenset(
            (*self.intro, *self.closing, *(name for part in self.parts for name in part.clauses))
        )


def form(name: str, folders: tuple[Folder, ...] = (), language: str = BASE) -> Form:
    """The form of that name: that of termsheet, or of a house's folders, in a language as far as there are words."""
    return shelved(name, (data.place("templates"), *folders), language)


def shelved(name: str, folders: tuple[Folder, ...], language: str = BASE) -> Form:
    """The form of that name in these folders, each on top of those before it."""
    stamps = tuple((path, stamp(path)) for folder in folders for _, path in listed(folder, _PAGES))
    return _form(name, folders, language_of(language), language.partition("-")[2].upper(), stamps)


def page_of(name: str, folders: tuple[Folder, ...] = ()) -> tuple[dict[str, Any], list[str]]:
    """What the files of a form make of it, and those files."""
    files: list[str] = []
    return _page(name, (data.place("templates"), *folders), BASE, files)[0], files


def translations(name: str, folders: tuple[Folder, ...] = ()) -> list[str]:
    """The translations of a form, in any language."""
    every = (data.place("templates"), *folders)
    return [path for folder in every for own, path in listed(folder, _PAGES)
            if own.startswith(f"{name}.") and own != f"{name}.yaml" and os.path.isfile(path)]  # fmt: skip


def names(folders: tuple[Folder, ...] = ()) -> list[str]:
    """The names of the forms that there are."""
    return named((data.place("templates"), *folders))


def named(folders: tuple[Folder, ...]) -> list[str]:
    """The names of the forms of these folders."""
    return list(dict.fromkeys(name for folder in folders for name in _own(folder)))


@cache
def _built_in() -> tuple[str, ...]:
    return tuple(name for name in FORMS if os.path.isfile(os.path.join(data.place("templates"), f"{name}.yaml")))


@lru_cache(maxsize=32)
def _form(name: str, folders: tuple[Folder, ...], language: str, region: str, stamps: object) -> Form:
    """The form; read once, until one of its files changes (`stamps`)."""
    files: list[str] = []
    page, own_words = _page(name, folders, language, files)
    if language == BASE:
        page = formpage.changed(page, page.get("regions", {}).get(region, {}), shown(files[-1]))
    parts = tuple(
        FormPart(part["id"], part["heading"], tuple(part["clauses"]), bool(part.get("binding")),
                 part.get("kind", "terms"))
        for part in page["parts"]
    )
    return Form(
        name=page["form"],
        title=page["title"],
        subtitle=page["subtitle"],
        layout=page.get("layout", "columns"),
        cover=page.get("cover", {}),
        signatures=page.get("signatures", "last"),
        noun=page.get("noun", "paragraph"),
        paper=Cased(page.get("paper", f"this {name.replace('-', ' ')}")),
        deal=Cased(page.get("deal", "the deal")),
        binds=bool(page.get("binds")),
        leaves=tuple(page.get("leaves", ())),
        intro=tuple(page.get("intro", ())),
        closing=tuple(page.get("closing", ())),
        parts=parts,
        leave_out=page.get("leave_out", {}),
        words=page["words"],
        duty=page["duty"],
        ban=page.get("ban", {}),
        furniture=page["furniture"],
        own_words=own_words,
        files=tuple(map(shown, files)),
    )


def _page(name: str, folders: tuple[Folder, ...], language: str, files: list[str],
          above: tuple[str, ...] = ()) -> tuple[dict[str, Any], bool]:  # fmt: skip
    """What the files of a form make of it, and whether its words are in the language. Adds the files to `files`."""
    page: dict[str, Any] = {}
    own_words = language == BASE
    for stem, path in _files(name, folders, language):
        own, called = _said(path, stem), shown(path)
        files.append(path)
        if stem != name:
            if not page:
                raise LibraryError(f"translates the form `{name}`, which is not there", file=called)
            page, own_words = formpage.translated(page, own, called), True
        elif "extends" in own:
            if own["extends"] != name or not page:
                page, own_words = _below(own["extends"], called, folders, language, files, (*above, name))
            page = formpage.changed(page, own, called)
            own_words = language == BASE or (own_words and not formpage.says_words(own))
        else:
            page, own_words = own, language == BASE
    if not page:
        known = ", ".join(named(folders))
        raise LibraryError(f"there is no form `{name}`", help=f"use {known}")
    return page, own_words


def _below(name: str, file: str, folders: tuple[Folder, ...], language: str, files: list[str],
           above: tuple[str, ...]) -> tuple[dict[str, Any], bool]:  # fmt: skip
    """The form of another name that a form extends."""
    if name in above:
        raise LibraryError(f"extends itself: {' → '.join((*above, name))}", file=file,
                           help="name a form that stands for itself")  # fmt: skip
    if name not in named(folders):
        raise LibraryError(f"extends the form `{name}`, which is not there", file=file,
                           help=f"use one of {', '.join(named(folders))}")  # fmt: skip
    return _page(name, folders, language, files, above)


def _files(name: str, folders: tuple[Folder, ...], language: str) -> Iterator[tuple[str, str]]:
    """The files of a form, each before its translation, and what each is called without its ending."""
    for folder in folders:
        there = dict(listed(folder, _PAGES))
        for stem in (name, f"{name}.{language}"):
            path = there.get(f"{stem}.yaml")
            if path and os.path.isfile(path) and name in (*FORMS, *_own(folder)):
                yield stem, path


def _own(folder: Folder) -> list[str]:
    """The forms of a folder."""
    if folder == data.place("templates"):
        return [*_built_in()]
    stems = (name.removesuffix(".yaml") for name, _ in listed(folder, _PAGES))
    return sorted(stem for stem in stems if _NAME.fullmatch(stem) and stem != WORDS)


def _said(path: str, stem: str) -> dict[str, Any]:
    """What a file of a form says: it is checked, unless it is known as one of the library."""
    found: dict[str, Any] | None = prepared.page(read_bytes(path, shown(path)))
    return read_page(path, stem).data if found is None else found


def read_page(path: str, stem: str = "") -> Source:
    """A file of a form, or of what changes one, checked against its schema. `stem` is what it was called."""
    name = shown(path)
    read = source.parse(
        decode(read_bytes(path, name), name), name, Shape("start with `form:` or `extends:`")
    )
    called = stem or os.path.splitext(os.path.basename(path))[0]
    schemas.validate(read, "form", partly="extends" in read.data or not _NAME.fullmatch(called))
    return read
