"""Two Documents as one, in which every change is marked.

The merged paper has the structure of the new one, its numbers, furniture and form; what only the old one has stands
where it stood. What has moved stands at both places. Accepting every mark gives the new paper, rejecting them the old.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

from termsheet.compare.words import alike, compared, unbound, whole
from termsheet.document import (
    DELETED,
    GONE,
    INSERTED,
    MOVED_FROM,
    MOVED_TO,
    WAS,
    Block,
    Change,
    Clause,
    Cover,
    CoverParty,
    Document,
    Inline,
    Paragraph,
    Part,
    Row,
    Signature,
    SignatureLine,
    Standing,
    Table,
    Text,
    Value,
    printed,
    shown,
)
from termsheet.immutable import replace
from termsheet.pattern import pattern

_T = TypeVar("_T", Clause, Paragraph, Table, Block, Part, Row, Signature)
_COUNT = pattern(r"-\d+$")
_WORD = pattern(r"\w[\w,.’'-]*\w|\w")
_ENDING = pattern(r"[;,.](?: \w+)?$")  # of an item of a list, which changes with its place


def merged(old: Document, new: Document) -> Document:
    """One paper of two. Nothing in it is bound to a deal."""
    moved = _moved([clause.id for clause in old.clauses()], [clause.id for clause in new.clauses()])
    return replace(
        new,
        revised=_standing(old.standing, new.standing),
        cover=_cover(old.cover, new.cover) if old.cover and new.cover else new.cover,
        intro=_paragraphs(old.intro, new.intro),
        parts=tuple(_parts(old, new, moved)),
        schedules=tuple(_clauses(old.schedules, new.schedules, frozenset())),
        closing=_paragraphs(old.closing, new.closing),
        signatures=tuple(_signatures(old.signatures, new.signatures)),
        open_points=(),
    )


def changes(paper: Document) -> int:
    """How many changes a merged paper marks in its text, its headings and what stands around it."""
    page = paper.standing
    lines = [page.title, page.subtitle, page.date, page.right, page.footer, *(line.inlines for line in page.legend)]
    heads = [part.revised for part in paper.parts] + [clause.revised for clause in paper.clauses()]
    around = (inline for line in (*lines, *heads) for inline in line)
    return sum(isinstance(inline, Change) for inline in (*around, *paper.inlines()))


def _standing(old: Standing, new: Standing) -> Standing | None:
    """What stands around the text, with its changes; nothing where there are none."""
    if old == new:
        return None
    lines = {name: compared(getattr(old, name), getattr(new, name))
             for name in ("draft", "title", "subtitle", "date", "left", "right", "footer")}  # fmt: skip
    then, now = old.legend, new.legend
    if len(then) == len(now):  # the same lines, whatever they say
        then = tuple(replace(line, id=after.id) for line, after in zip(then, now, strict=True))
    return Standing(**lines, legend=_paragraphs(then, now))


def _cover(old: Cover, new: Cover) -> Cover:
    """The parties of the front page by the place in the deal from which their names come."""
    before, after = ([_named(party) for party in cover.parties] for cover in (old, new))
    parties: list[CoverParty] = []
    for tag, start, end, low, high in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        then, now = old.parties[start:end], new.parties[low:high]
        if tag == "equal":
            parties += [CoverParty(compared(one.name, other.name), compared(one.role, other.role))
                        for one, other in zip(then, now, strict=True)]  # fmt: skip
            continue
        parties += [CoverParty(whole(party.name, DELETED), whole(party.role, DELETED)) for party in then]
        parties += [CoverParty(whole(party.name, INSERTED), whole(party.role, INSERTED)) for party in now]
    return replace(new, parties=tuple(parties))


def _named(party: CoverParty) -> str:
    return next((inline.path for inline in party.name if isinstance(inline, Value)), shown(party.name))


def _paragraphs(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    return tuple(block for block in _blocks(old, new) if isinstance(block, Paragraph))


def _moved(old: Sequence[str], new: Sequence[str]) -> frozenset[str]:
    """The ids that both have, and not in the same order: as few as explain it."""
    common = set(old) & set(new)
    before, after = [id for id in old if id in common], [id for id in new if id in common]
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    stayed = {before[start + place] for start, _, size in matcher.get_matching_blocks() for place in range(size)}
    return frozenset(common - stayed)


def _parts(old: Document, new: Document, moved: frozenset[str]) -> Iterator[Part]:
    """The parts by their ids; a clause that is in another part now has moved."""
    home = {clause.id: part.id for part in new.parts for clause in part.clauses}
    moved |= {clause.id for part in old.parts for clause in part.clauses if home.get(clause.id, part.id) != part.id}
    for kind, then, now in _paired(old.parts, new.parts):
        if then is None and now is not None:
            yield _part(replace(now, clauses=()), now, moved, kind)
        elif now is None and then is not None:
            yield _part(then, replace(then, clauses=()), moved, kind)
        elif then is not None and now is not None:
            yield _part(then, now, moved, "")


def _part(old: Part, new: Part, moved: frozenset[str], kind: str) -> Part:
    heading = (Text(new.heading),)
    revised = whole(heading, kind) if kind else compared((Text(_unlettered(old.heading, new)),), heading)
    same = not kind and revised == unbound(heading)
    return replace(new, clauses=tuple(_clauses(old.clauses, new.clauses, moved)), revision=kind,
                   revised=() if same or not new.heading else revised)  # fmt: skip


def _unlettered(heading: str, new: Part) -> str:
    """The heading of the old part with the letter of the new: a letter that has changed is no change."""
    tail = heading.partition(" – ")[2]
    head, dash, own = new.heading.partition(" – ")
    return f"{head}{dash}{tail}" if tail and own else heading


def _clauses(old: Sequence[Clause], new: Sequence[Clause], moved: frozenset[str]) -> Iterator[Clause]:
    """The clauses of a part. One that has moved stands whole at both places."""
    for kind, before, after in _paired(old, new, moved):
        if after is None and before is not None:
            yield _clause(before, kind)
        elif before is None and after is not None:
            yield _clause(after, kind)
        elif before is not None and after is not None:
            heading = compared(before.heading, after.heading)
            yield replace(after, blocks=tuple(_carried(_blocks(before.blocks, after.blocks))), before=before,
                          revised=() if heading == unbound(after.heading) else heading)  # fmt: skip


def _clause(clause: Clause, kind: str) -> Clause:
    """A clause that is there, or not there, as a whole."""
    blocks = tuple(_block(block, kind) for block in clause.blocks)
    return replace(clause, id=_id(clause.id, kind), blocks=blocks, revision=kind,
                   revised=whole(clause.heading, kind))  # fmt: skip


def _blocks(old: Sequence[Block], new: Sequence[Block]) -> Iterator[Block]:
    for kind, then, now in _paired(old, new, like=_words):
        if now is None and then is not None:
            yield _block(then, kind)
        elif then is None and now is not None:
            yield _block(now, kind)
        elif then is not None and now is not None:
            yield from _compared(then, now)


def _carried(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks of a clause, where a paragraph that went and came again with the same words has moved."""
    found = list(blocks)
    went = {_said(block): place for place, block in enumerate(found) if block.revision == DELETED and _said(block)}
    came = {_said(block): place for place, block in enumerate(found) if block.revision == INSERTED}
    for words in went.keys() & came.keys():
        old, new = found[went[words]], found[came[words]]
        if isinstance(old, Paragraph) and isinstance(new, Paragraph):
            found[went[words]] = replace(old, id=f"{WAS}{new.id}", revision=MOVED_FROM, inlines=_now(old, MOVED_FROM))
            found[came[words]] = replace(new, revision=MOVED_TO, inlines=_now(new, MOVED_TO))
    yield from found


def _said(block: Block) -> str:
    """All that a paragraph which came or went says, but for what ends it in a list."""
    if not isinstance(block, Paragraph):
        return ""
    return _ENDING.sub("", printed(block.inlines))


def _now(block: Paragraph, kind: str) -> tuple[Inline, ...]:
    return tuple(Change(one.inline, kind) if isinstance(one, Change) else one for one in block.inlines)


def _compared(old: Block, new: Block) -> Iterator[Block]:
    """A block that both have. What has become another kind of block is taken out and put in."""
    if isinstance(old, Paragraph) and isinstance(new, Paragraph):
        yield replace(new, inlines=compared(old.inlines, new.inlines), was=old.id)
    elif isinstance(old, Table) and isinstance(new, Table) and old.columns == new.columns:
        made = []
        for kind, then, now in _paired(old.rows, new.rows, like=_cells):
            if now is None and then is not None:
                made.append(_row(then, kind))
            elif then is None and now is not None:
                made.append(_row(now, kind))
            elif then is not None and now is not None:
                cells = zip(then.cells, now.cells, strict=True)
                made.append(replace(now, cells=tuple(compared(before, after) for before, after in cells)))
        yield replace(new, rows=tuple(made))
    else:
        yield _block(old, DELETED)
        yield _block(new, INSERTED)


def _block(block: Block, kind: str) -> Block:
    id = _id(block.id, kind)
    if isinstance(block, Table):
        return replace(block, id=id, revision=kind, rows=tuple(_row(row, kind) for row in block.rows))
    return replace(block, id=id, revision=kind, inlines=whole(block.inlines, kind))


def _row(row: Row, kind: str) -> Row:
    return replace(row, id=_id(row.id, kind), revision=kind, cells=tuple(whole(cell, kind) for cell in row.cells))


def _id(id: str, kind: str) -> str:
    return f"{WAS}{id}" if kind in GONE else id


def _signatures(old: Sequence[Signature], new: Sequence[Signature]) -> Iterator[Signature]:
    for kind, then, now in _paired(old, new):
        if now is None and then is not None:
            yield _signed(then, kind)
        elif then is None and now is not None:
            yield _signed(now, kind)
        elif then is not None and now is not None:
            lines = {line.label: line.inlines for line in then.lines}
            yield replace(now, party=compared(then.party, now.party),
                          lines=tuple(SignatureLine(line.label, compared(lines.get(line.label, ()), line.inlines))
                                      for line in now.lines))  # fmt: skip


def _signed(signature: Signature, kind: str) -> Signature:
    lines = tuple(SignatureLine(line.label, whole(line.inlines, kind)) for line in signature.lines)
    party = whole(signature.party, kind)
    return replace(signature, id=_id(signature.id, kind), revision=kind, party=party, lines=lines)


def _words(block: Block) -> list[str]:
    """The words by which a paragraph is known again, whose id comes from what it said. A table has its id."""
    return _WORD.findall(shown(block.inlines)) if isinstance(block, Paragraph) else []


def _cells(row: Row) -> list[str]:
    return [word for cell in row.cells for word in _WORD.findall(shown(cell))]


def _paired(
    old: Sequence[_T], new: Sequence[_T], moved: frozenset[str] = frozenset(),
    like: Callable[[_T], list[str]] = lambda item: [],
) -> Iterator[tuple[str, _T | None, _T | None]]:  # fmt: skip
    """Both sequences as one, by their ids: what has happened, the old, the new (one may be None).

    Where some went and others came, those that are `like` each other are the same. An id that only counts ("each-3")
    is no name: such items are known by what they say.
    """
    counted = _counted({item.id for item in (*old, *new)})
    before, after = ([_key(item, counted, like) for item in items] for items in (old, new))
    before = [f"{WAS}{key}" if item.id in moved else key for key, item in zip(before, old, strict=True)]
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, start, end, low, high in matcher.get_opcodes():
        if tag == "equal":
            for then, now in zip(old[start:end], new[low:high], strict=True):
                yield "", then, now
            continue
        yield from _told(old[start:end], new[low:high], moved, like)


def _counted(ids: set[str]) -> dict[str, str]:
    """The ids that differ from others only by a count, each with what they have in common."""
    found: dict[str, str] = {}
    for id in ids:
        base = _COUNT.sub("", id)
        if base != id and base in ids:
            found |= {id: base, base: base}
    return found


def _key(item: _T, counted: dict[str, str], like: Callable[[_T], list[str]]) -> str:
    words = " ".join(like(item)) if item.id in counted else ""
    return f"{counted[item.id]} {words}" if words else item.id


def _told(
    old: Sequence[_T], new: Sequence[_T], moved: frozenset[str], like: Callable[[_T], list[str]]
) -> Iterator[tuple[str, _T | None, _T | None]]:
    """What went and what came between two that stayed."""
    first, last = 0, 0
    for order, item in enumerate(new):
        same = next((place for place in range(first, len(old)) if alike(like(old[place]), like(item))), None)
        if same is None and item.id not in moved:
            same = next((place for place in range(first, len(old)) if old[place].id == item.id), None)
            if same is not None and any(alike(like(old[place]), like(other))
                                        for place in range(first, same + 1) for other in new[order + 1 :]):  # fmt: skip
                same = None
        if same is not None:
            yield from _other(old[first:same], new[last:order], moved)
            yield "", old[same], item
            first, last = same + 1, order + 1
    yield from _other(old[first:], new[last:], moved)


def _other(old: Sequence[_T], new: Sequence[_T], moved: frozenset[str]) -> Iterator[tuple[str, _T | None, _T | None]]:
    """What went, and then what came in its place."""
    for item in old:
        yield (MOVED_FROM if item.id in moved else DELETED), item, None
    for item in new:
        yield (MOVED_TO if item.id in moved else INSERTED), None, item
