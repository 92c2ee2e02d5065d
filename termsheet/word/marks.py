"""Bookmarks and what points to them.

Only what is referred to gets a bookmark. A reference to something numbered is made of REF fields, so that
Word computes the number again when the lawyer edits the paper; to anything else it is a link.

"12(a)" is two fields, one for each of its labels: Word's own switch for the full number (w) would keep the
dot of "12." and print "12.(a)", while the switch for the label alone (n) drops it. "Schedule 1, paragraph 2" is two
fields with words between them.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence

from termsheet.document import GONE, Block, Change, Clause, Document, Paragraph, Ref
from termsheet.errors import WriteError
from termsheet.immutable import immutable
from termsheet.pattern import pattern
from termsheet.word.markup import field, run

_UNSAFE = pattern(r"[^A-Za-z0-9]+")
_LONGEST = 40  # characters that Word allows in the name of a bookmark


# The id of a block that carries a label, and what a reference prints of it; or no id, and words that it prints.
_Step = tuple[str, str]


@immutable
class _Place:
    """Where a reference leads: the labels that make up the number, from the clause down."""

    steps: tuple[_Step, ...] = ()

    @property
    def number(self) -> str:
        return "".join(label for _, label in self.steps)


class Marks:
    """The bookmarks of one document while it is written. Each is set once, at the first block of its id."""

    def __init__(self, document: Document, also: Sequence[str] = ()) -> None:
        self._places = dict(_places(document))
        inlines = [inline.inline if isinstance(inline, Change) else inline for inline in document.inlines()]
        targets = [inline.target for inline in inlines if isinstance(inline, Ref)]
        targets += [point.target for point in document.open_points if point.number]
        jumps = {point.target for point in document.open_points if not point.number}
        if document.words.contents:
            jumps |= {clause.id for clause in document.clauses() if clause.label and clause.revision not in GONE}
        jumps.update(also)
        pointed = jumps & self._places.keys()
        for target in self._places.keys() & targets:
            pointed.update(key for key, _ in self._places[target].steps or ((target, ""),) if key)
        self._names = {key: bookmark(key) for key in pointed}
        self._set: set[str] = set()

    def around(self, key: str, runs: str) -> str:
        """The runs of the block with that id, bookmarked where something points to it."""
        if key not in self._names or key in self._set:
            return runs
        number = len(self._set)
        self._set.add(key)
        start = f'<w:bookmarkStart w:id="{number}" w:name="{self._names[key]}"/>'
        return f'{start}{runs}<w:bookmarkEnd w:id="{number}"/>'

    def knows(self, target: str) -> bool:
        """Whether the paper has such a block."""
        return target in self._places

    def reference(self, target: str, shown: str, style: str = "") -> str:
        """A live reference. Raises WriteError where it leads nowhere, or shows the wrong number."""
        if target not in self._places:
            raise WriteError(f"a reference leads to {target!r}, which is not in the paper")
        place = self._places[target]
        if not place.steps and shown:
            return self.jump(target, shown, style)
        if shown != place.number or not shown:
            raise WriteError(
                f"the reference to {target!r} shows {shown!r}, but its number is {place.number!r}"
            )
        return "".join(
            field(f"REF {self._names[key]} \\n \\h", label, style) if key else run(label, style)
            for key, label in place.steps
        )

    def changed(self, target: str, shown: str, style: str = "") -> str:
        """A reference that a redline puts in or takes out: live where it leads to where it led, or else plain words."""
        place = self._places.get(target)
        if place is None or not place.steps or place.number != shown:
            return run(shown, style)
        return self.reference(target, shown, style)

    def name(self, target: str) -> str:
        """The bookmark of a block that something points to."""
        return self._names[target]

    def jump(self, target: str, shown: str, style: str = "") -> str:
        """Words that lead to a block."""
        words = run(shown, style)
        return f'<w:hyperlink w:anchor="{self._names[target]}" w:history="1">{words}</w:hyperlink>'


def _places(document: Document) -> Iterator[tuple[str, _Place]]:
    yield from _within(document.intro, ())
    for part in document.parts:
        yield part.id, _Place()
        for clause in part.clauses:
            yield from _clause(clause)
    for schedule in document.schedules:
        yield from _clause(schedule, (schedule.id, schedule.number))
    yield from _within(document.closing, ())
    for signature in document.signatures:
        yield signature.id, _Place()


def _clause(clause: Clause, *above: _Step) -> Iterator[tuple[str, _Place]]:
    steps = ((clause.id, clause.number),) if clause.number else ()
    yield clause.id, _Place(steps)
    yield from _within(clause.blocks, steps, *above)


def _within(
    blocks: Sequence[Block], clause: tuple[_Step, ...], *above: _Step
) -> Iterator[tuple[str, _Place]]:
    """What has no label of its own is found under the number of its clause, or of the paragraph above it.

    A reference to a paragraph of a schedule prints the schedule, `above`, and the words that lead from it.
    """
    items: tuple[_Step, ...] = ()
    for block in blocks:
        if isinstance(block, Paragraph):
            if block.label and not block.level:
                clause, items = (*_between(block, *above), (block.id, block.label.rstrip("."))), ()
            elif block.label:
                items = (*items[: block.level - 1], (block.id, block.label))
            yield block.id, _Place((*clause, *items) if block.level and block.label else clause)
            continue
        yield block.id, _Place(clause)
        for row in block.rows:
            yield row.id, _Place(clause)


def _between(block: Paragraph, *above: _Step) -> Iterator[_Step]:
    for step in above:
        yield step
        yield "", block.number.removeprefix(step[1]).removesuffix(block.label.rstrip("."))


def bookmark(key: str) -> str:
    """The hidden name of a block that Word accepts, unique through its checksum, and the same in every draft."""
    checksum = f"_{zlib.crc32(key.encode()):08x}"
    readable = _UNSAFE.sub("_", key)
    return f"_Ref_{readable}"[: _LONGEST - len(checksum)] + checksum
