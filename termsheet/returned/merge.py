"""Three ways: what was sent, what the store of the returned file says, and what its text shows.

A value changed in one of five places is changed. Where two places say two new things, or the deal has moved on since,
that is a conflict, and nobody decides it but the author.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from termsheet.deal import Deal
from termsheet.document import Document, Inline, Open, Paragraph, Value, block_inlines
from termsheet.immutable import immutable
from termsheet.returned.prose import Piece, plain, same
from termsheet.returned.sent import Sent
from termsheet.returned.typed import Reader, Unreadable
from termsheet.returned.values import Bound, Control, Key
from termsheet.returned.wanted import Place, place
from termsheet.source import Route
from termsheet.values import FORMS, FormError
from termsheet.word.controls import readable

STORE, TEXT = "store", "text"


class Where(NamedTuple):
    """Where a value stands in the paper: the number and the title of its clause, and in how many places in all."""

    number: str = ""
    title: str = ""
    places: int = 0

    def __str__(self) -> str:
        return " ".join(filter(None, (self.number, self.title)))


@immutable
class Said:
    """What one way of reading says: the words that were typed, where (`text`, `store`), and how often."""

    typed: str
    where: tuple[str, ...]
    count: int
    value: str | None = None
    reason: str = ""


@immutable
class Changed:
    """A value that came back changed: `old` and `new` as the deal says it, `was` and `typed` as the paper shows it."""

    path: str
    route: Route
    where: Where
    old: str
    new: str
    was: str
    typed: str
    said: tuple[Said, ...]


@immutable
class Conflict:
    """A value of which two things are said. `says` is what the deal says now."""

    path: str
    route: Route
    where: Where
    says: str
    was: str
    reason: str
    said: tuple[Said, ...]


@immutable
class Unclear:
    """What was typed, and why it cannot be written into the deal."""

    path: str
    route: Route
    where: Where
    was: str
    typed: str
    reason: str


@dataclass
class Merged:
    """All that came back. `gone` are values that the text no longer shows, `foreign` those that were never sent."""

    changes: list[Changed] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    unclear: list[Unclear] = field(default_factory=list)
    gone: list[tuple[str, Where]] = field(default_factory=list)
    settled: list[str] = field(default_factory=list)
    foreign: int = 0


class _Candidate(NamedTuple):
    shown: str
    typed: str
    where: str
    piece: Piece | None
    reason: str


def merged(returned: Bound, sent: Sent, deal: Deal, reader: Reader) -> Merged:
    """What changed between what was sent and what came back. `deal` is the deal as it is now."""
    return _Merge(returned, sent, deal, reader).made()


class _Merge:
    def __init__(self, returned: Bound, sent: Sent, deal: Deal, reader: Reader) -> None:
        self.returned, self.sent, self.deal, self.reader = returned, sent, deal, reader
        self.found = Merged()
        self.places = dict(_places(sent.document))
        self.controls = _found_again(returned, sent.values)

    def made(self) -> Merged:
        groups: dict[str, list[Key]] = defaultdict(list)
        aims: dict[str, Place | None] = {}
        for key in self.sent.values.store:
            aim = place(self.sent.deal, key.path)
            name = aim.path if aim else key.path
            groups[name].append(key)
            aims[name] = aim
        fresh: dict[str, str] = {}
        for name, keys in sorted(groups.items(), key=lambda item: not _is_name(aims[item[0]])):
            self.reader.fresh = fresh
            self._group(keys, aims[name], fresh)
        known = set(self.sent.values.store)
        self.found.foreign = len({*self.returned.store, *self.returned.shown} - known)
        return self.found

    def _group(self, keys: list[Key], aim: Place | None, fresh: dict[str, str]) -> None:
        """All that is said of one place of the deal."""
        where = self.places.get(keys[0].path, Where())
        path, route = (aim.path, aim.route) if aim else (keys[0].path, self.deal.route_of(keys[0].path))
        candidates = [found for key in keys for found in self._candidates(key, aim)]
        if not candidates:
            self._gone(keys, path, where)
            return
        was = candidates[0].shown
        pieces = {found.piece for found in candidates if found.piece is not None}
        reasons = [found for found in candidates if found.piece is None]
        raw = (aim.raw or "") if aim else ""
        if not pieces:
            self.found.unclear.append(Unclear(path, route, where, was, reasons[0].typed, reasons[0].reason))
            return
        said = tuple(_said(candidates, raw))
        whole = _joined(raw, pieces)
        assert aim is not None
        if whole is not None and not reasons and _is_alike(raw, whole, aim):
            return
        now = place(self.deal, path)
        says = (now.raw or "") if now else ""
        reason = ""
        if whole is None or reasons:
            reason = "two things are said"
        elif now is None:
            reason = "the deal no longer has it"
        elif _is_alike(says, whole, now):
            self.found.settled.append(path)
            return
        elif not _is_alike(says, raw, now):
            reason = "the deal has moved on since"
        if reason or whole is None or now is None:
            self.found.conflicts.append(Conflict(path, route, where, says, was, reason, said))
            return
        named = [id for id, node in self.deal.declared.items() if node.route == now.route]
        fresh.update(dict.fromkeys(named, whole))
        self.found.changes.append(Changed(path, now.route, where, says, whole, was, candidates[0].typed, said))

    def _candidates(self, key: Key, aim: Place | None) -> Iterator[_Candidate]:
        """Each thing that is said of a value and was not sent."""
        shown = self.sent.values.store[key]
        stored = self.returned.store.get(key)
        if any(stored and found.marked and same(stored, found.marked) for found in self.controls[key]):
            stored = None  # LibreOffice stores what is deleted and what is put in, one behind the other
        texts = [(STORE, stored)] if stored is not None else []
        texts += [(TEXT, "" if found.empty else found.text) for found in self.controls[key] if not found.deleted]
        for where, text in texts:
            if same(text, shown):
                continue
            piece, reason = None, "stands for more than one value: change it in the deal"
            if aim is not None:
                try:
                    piece, reason = self.reader.read(aim, shown, text), ""
                except Unreadable as error:
                    reason = str(error)
            yield _Candidate(shown, text, where, piece, reason)

    def _gone(self, keys: list[Key], path: str, where: Where) -> None:
        """Tell of a value that the text showed, and shows no more."""
        had = any(self.sent.values.shown.get(key) for key in keys)
        if had and all(found.deleted for key in keys for found in self.controls[key]):
            self.found.gone.append((path, where))


def _found_again(returned: Bound, sent: Bound) -> dict[Key, list[Control]]:
    """The controls of the returned text by what they were bound to; without a binding, by their name."""
    found: dict[Key, list[Control]] = defaultdict(list)
    for key, controls in returned.shown.items():
        found[key] += controls
    by_name: dict[str, list[Key]] = defaultdict(list)
    for key in sent.store:
        by_name[readable(key.path)].append(key)
    for control in returned.loose:
        keys = by_name.get(control.alias, [])
        if len({key.path for key in keys}) == 1:
            alike = [key for key in keys if same(sent.store[key], control.text)]
            found[(alike or keys)[0]].append(control)
    return found


def _said(candidates: Iterable[_Candidate], raw: str) -> Iterator[Said]:
    """What is said, once for each words."""
    by: dict[str, list[_Candidate]] = defaultdict(list)
    for found in candidates:
        by[plain(found.typed)].append(found)
    for alike in by.values():
        first = alike[0]
        value = _joined(raw, {first.piece}) if first.piece else None
        wheres = tuple(dict.fromkeys(found.where for found in alike))
        count = sum(found.where == TEXT for found in alike)
        yield Said(first.typed, wheres, count, value, first.reason)


def _joined(raw: str, pieces: Iterable[Piece]) -> str | None:
    """The text with all its pieces changed, or None where two of them change the same words."""
    made, end = raw, len(raw)
    for piece in sorted(set(pieces), reverse=True):
        if piece.end > end:
            return None
        made = made[: piece.start] + piece.text + made[piece.end :]
        end = piece.start if piece.end > piece.start else piece.start - 1
    return made


def _is_alike(one: str, two: str, aim: Place) -> bool:
    """Whether two values of a form say the same."""
    if one == two or (aim.form == "text" and same(one, two)):
        return True
    if aim.form not in FORMS:
        return False
    try:
        return bool(FORMS[aim.form].parse(one) == FORMS[aim.form].parse(two))
    except FormError:
        return False


def _is_name(aim: Place | None) -> bool:
    return aim is not None and aim.form == "text"


# -- where a value stands


def _places(document: Document) -> Iterator[tuple[str, Where]]:
    """Where each value first stands in a clause, or else in what is around them, and in how many places."""
    first: dict[str, Where] = {}
    count: dict[str, int] = defaultdict(int)
    for where, inlines in _stretches(document):
        for inline in inlines:
            if isinstance(inline, Value | Open):
                count[inline.path] += 1
                if not first.setdefault(inline.path, where).number and where.number:
                    first[inline.path] = where
    for path, where in first.items():
        yield path, where._replace(places=count[path])


def _stretches(document: Document) -> Iterator[tuple[Where, Iterable[Inline]]]:
    for clause in document.clauses():
        for block in clause.blocks:
            number = block.number if isinstance(block, Paragraph) else ""
            yield Where(number or clause.number, clause.title), block_inlines(block)
    for party in document.cover.parties if document.cover else ():
        yield Where(title=document.title), (*party.name, *party.role)
    for block in (*document.intro, *document.closing):
        yield Where(title=document.title), block_inlines(block)
    for signature in document.signatures:
        lines = (inline for line in signature.lines for inline in line.inlines)
        yield Where(title=document.words.signatures), (*signature.party, *lines)
