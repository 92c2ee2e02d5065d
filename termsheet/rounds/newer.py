"""What is newer in the library than the texts that hold a deal, and what of it would change the paper."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from termsheet import assemble, forms, source, wording
from termsheet.deal import Deal
from termsheet.document import Block, Document, Inline, Paragraph, Ref, Row, Text, shown
from termsheet.errors import ConfigError, LibraryError
from termsheet.house import NO_HOUSE, House
from termsheet.immutable import immutable, replace
from termsheet.library import changes, shelf
from termsheet.library.clause import ClauseSource
from termsheet.library.shelves import Folder, Shelves, shelves
from termsheet.rounds import library, store
from termsheet.rounds.lock import Lock, lock
from termsheet.schema.messages import closest
from termsheet.settings import Settings
from termsheet.wellformed import checked

NEW, GONE, TEXT, CONDITIONS = "new", "gone", "text", "conditions"
_CONDITIONS = ("title", "subject", "types", "binding", "reads", "each", "where", "when", "variants", "term", "plurals",
               "schedule")  # fmt: skip


class Newer(NamedTuple):
    """A clause, a form or the words of which the library has another version than a deal.

    `item` is the id of the clause, `form:agreement`, or `words`. `changes` says what has changed: NEW, GONE, TEXT (its
    words), CONDITIONS (when it is in, and what it is called). `was` and `now` are the versions in which its words last
    changed; between them, `major` says that its legal meaning did. `printed` says that it is in the paper of the round.
    """

    item: str
    changes: tuple[str, ...]
    was: str = ""
    now: str = ""
    since: str = ""
    major: bool = False
    printed: bool = False


class Changed(NamedTuple):
    """A clause of the paper that would read differently, before and after."""

    clause: str
    title: str
    before: str
    after: str

    def words(self, *, colour: bool = False) -> str:
        """The difference, word by word."""
        return changes.paragraphs(self.before, self.after, colour=colour)


@immutable
class Held:
    """A deal with a round out: what holds it, and what is newer."""

    name: str
    lock: Lock
    deal: Deal
    settings: Settings | None
    newer: tuple[Newer, ...]

    __eq__ = object.__eq__

    def chosen(self, items: Iterable[str]) -> tuple[Newer, ...]:
        """Those that are named, or all of them. Raises ConfigError for one that is not newer."""
        wanted = list(dict.fromkeys(items))
        there = {newer.item: newer for newer in self.newer}
        for item in wanted:
            if item not in there:
                meant = closest(item, list(there))
                help = f"did you mean `{meant}`?" if meant else "`termsheet outdated` lists what is newer"
                raise ConfigError(f"nothing is newer of `{item}`", file=self.name, help=help)
        return tuple(there[item] for item in wanted) or self.newer

    def texts(self, items: Iterable[Newer]) -> dict[str, bytes]:
        """The texts that would hold the deal, were these accepted."""
        now = library.current(self.settings.house if self.settings else NO_HOUSE)
        if {newer.item for newer in items} >= {newer.item for newer in self.newer}:
            return now
        wanted = {newer.item for newer in items}
        kept = library.texts_of(self.lock.home, self.lock.manifest)
        left = {place: text for place, text in kept.items() if library.item_of(place) not in wanted}
        return left | {place: text for place, text in now.items() if library.item_of(place) in wanted}

    def changed(self, texts: Mapping[str, bytes]) -> list[Changed]:
        """What these texts would change in the paper. Raises LibraryError where no paper can be made of them."""
        before, after = self._paper(self.lock.shelves), self._paper(self._shelves(texts))
        return list(_changed(before, after))

    def _paper(self, stock: Shelves) -> Document:
        style = self.settings.style if self.settings else None
        return assemble.assemble(self.deal, self.lock.round.form, draft=True, style=style, house=stock).document

    def _shelves(self, texts: Mapping[str, bytes]) -> Shelves:
        """Shelves of texts of which some are kept already, and the others stand in the library."""
        house = self.settings.house if self.settings else NO_HOUSE
        return library.beside(self.lock.home, library.manifest_of(texts), library.current(house), house)


def held(path: str, settings: Settings | None) -> Held | None:
    """What holds a deal and what is newer, or None where no round is out. Raises LoadError, LibraryError."""
    deal, _ = checked(source.read(path))
    found = lock(path)
    if found is None:
        return None
    house = settings.house if settings else NO_HOUSE
    language = deal.text("deal.language") or "en-GB"
    newer = tuple(_newer(found, house, language))
    return Held(path, found, deal, settings, newer)


def _newer(found: Lock, house: House, language: str) -> Iterator[Newer]:
    texts = library.current(house)
    if found.manifest == library.manifest_of(texts):
        return
    old, new = library.beside(found.home, found.manifest, texts, house), shelves(house)
    printed = _printed(found.round.document)
    yield from _clauses(shelf.shelved(old.clauses, language), shelf.shelved(new.clauses, language), printed)
    yield from _forms(old.templates, new.templates, language, found.round)
    if _words(old.templates, language) != _words(new.templates, language):
        yield Newer(forms.WORDS, (TEXT,), printed=True)


def _printed(document: Document) -> set[str]:
    """The clauses that are in a paper."""
    ids = (*(clause.id for clause in document.clauses()), *(block.id for block in document.blocks()))
    return {id.partition("/")[0] for id in ids}


def _clauses(
    old: Mapping[str, ClauseSource], new: Mapping[str, ClauseSource], printed: set[str]
) -> Iterator[Newer]:
    for id in sorted({*old, *new}):
        before, after = old.get(id), new.get(id)
        if before is None or after is None:
            kind = NEW if before is None else GONE
            yield Newer(id, (kind,), _version(before), _version(after), _since(after), printed=id in printed)
            continue
        texts = {**before.texts} != {**after.texts}
        conditions = any(getattr(before, key) != getattr(after, key) for key in _CONDITIONS)
        kinds = (*[TEXT] * texts, *[CONDITIONS] * conditions)
        if kinds:
            was, is_now = _version(before), _version(after)
            yield Newer(id, kinds, was, is_now, _since(after), _first(is_now) > _first(was), id in printed)


def _version(clause: ClauseSource | None) -> str:
    """The version in which the words of a clause last changed."""
    return str(clause.front.get("changed") or clause.front.get("since") or "") if clause else ""


def _since(clause: ClauseSource | None) -> str:
    return str(clause.front.get("since") or "") if clause else ""


def _first(version: str) -> int:
    """The first number of a version: where it moves, the legal meaning has changed."""
    found = re.match(r"\d+", version)
    return int(found[0]) if found else 0


def _forms(
    old: tuple[Folder, ...], new: tuple[Folder, ...], language: str, round: store.Round
) -> Iterator[Newer]:
    before, after = forms.named(old), forms.named(new)
    for name in sorted({*before, *after}):
        item, printed = library.FORM + name, name == round.form
        if name not in before or name not in after:
            yield Newer(item, (NEW if name in after else GONE,), printed=printed)
        elif _form(name, old, language) != _form(name, new, language):
            yield Newer(item, (TEXT,), printed=printed)


def _form(name: str, folders: tuple[Folder, ...], language: str) -> forms.Form:
    return replace(forms.shelved(name, folders, language), files=())


def _words(folders: tuple[Folder, ...], language: str) -> object:
    try:
        return wording.wording(language, "", str, None, folders).words
    except LibraryError:
        return None  # it has no words of that language


def _changed(before: Document, after: Document) -> Iterator[Changed]:
    old, new = _said(before), _said(after)
    for id in dict.fromkeys((*old, *new)):
        one, other = old.get(id), new.get(id)
        if (one and one.sense) != (other and other.sense):
            title = (other or one or _NOTHING).title
            yield Changed(id, title, one.text if one else "", other.text if other else "")


class _Said(NamedTuple):
    """What a paper says in a clause: `sense` names what a reference leads to, so that numbers may move."""

    title: str
    text: str
    sense: str


_NOTHING = _Said("", "", "")


def _said(document: Document) -> dict[str, _Said]:
    """What each clause of a paper says, and what stands around them."""
    words = (*vars(document.words).values(), *(line.lead for line in document.signatures))
    page = document.furniture
    lines = (*page.first_left, page.left, page.right, page.footer, page.page_of)
    heads = (document.title, document.subtitle, *(part.heading for part in document.parts))
    around = "\n\n".join(dict.fromkeys(filter(None, (*heads, *lines, *words))))
    found = {"": _Said("around the clauses", around, around)}
    for paragraph in (*document.intro, *document.closing):
        id = paragraph.id.partition("/")[0]
        found[id] = _with(found.get(id, _NOTHING), (paragraph,))
    for clause in document.clauses():
        found[clause.id] = _with(_Said(clause.title, clause.title, clause.title), clause.blocks)
    return found


def _with(said: _Said, blocks: Iterable[Block]) -> _Said:
    texts, senses = [said.text], [said.sense]
    for block in blocks:
        rows = (block.inlines,) if isinstance(block, Paragraph) else tuple(map(_joined, block.rows))
        texts += map(shown, rows)
        senses += [shown(tuple(map(_named, row))) for row in rows]
    return _Said(said.title, "\n\n".join(filter(None, texts)), "\n\n".join(filter(None, senses)))


def _joined(row: Row) -> tuple[Inline, ...]:
    """A row of a table as one line."""
    return tuple(inline for cell in row.cells for inline in (Text(" | "), *cell))[1:]


def _named(inline: Inline) -> Inline:
    """A reference by what it leads to."""
    return replace(inline, shown=f"#{inline.target}") if isinstance(inline, Ref) else inline
