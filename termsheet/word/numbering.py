"""The numbered lists of the paper, and the proof that Word will count as the document says.

Numbers in the paper are live: each level belongs to a style, so that a paragraph carries only its style. The
document knows its numbers beforehand; were Word to count otherwise, references would lie, so that is refused.

The list of the clauses has the levels 1., 1.1, (a), (i) and (A) in both layouts, with other styles and indents.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache

from termsheet.document import Block, Clause, Document, Paragraph
from termsheet.errors import WriteError
from termsheet.immutable import immutable, replace
from termsheet.word.markup import HEAD, SPACES, quoted

CLAUSES, BODY, PARTIES, RECITALS, SCHEDULES = 1, 2, 3, 4, 5

FIRST_ITEM = 2  # the level of (a) in the list of clauses, below those of 1. and 1.1
DEEPEST = 3
FIRST_FLUSH = FIRST_ITEM + DEEPEST
STEP = 720  # from one level of an agreement to the next
TERM_STEP = 454  # in the narrower column of a term sheet

_ITEMS = (("lowerLetter", "({})"), ("lowerRoman", "({})"), ("upperLetter", "({})"))


@immutable
class _Level:
    """A level: how it counts and what it prints round its number ("{}"), its style, its indent."""

    format: str
    text: str
    style: str
    left: int
    hanging: int


def numbering_xml(layout: str, schedule: str) -> str:
    """The part word/numbering.xml. `schedule` is the pattern of the label of a schedule ("Schedule {}")."""
    lists = dict(_lists(layout, schedule))
    made = "".join(_list(number, levels) for number, levels in lists.items())
    used = "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in lists)
    return f"{HEAD}<w:numbering {SPACES}>{made}{used}</w:numbering>"


@cache
def counted(layout: str) -> Mapping[str, tuple[int, int]]:
    """The list and the level that number the paragraphs of a style, for each style that has numbers."""
    return {level.style: (number, depth) for number, levels in _lists(layout, "") for depth, level in enumerate(levels)}


def _lists(layout: str, schedule: str) -> Iterator[tuple[int, list[_Level]]]:
    # The signature heading counts nothing: it stands at level 0 so that what follows it starts again at (a).
    body = [_Level("none", "", "SignatureHeading", 0, 0), *_items("BodyItem", *_stairs(0, 567))]
    if layout == "columns":
        indents = ((1078, 454), (1645, 567), (2099, 454))
        heading = _Level("decimal", "{}.", "Heading2", 425, 425)
        paragraph = _Level("decimal", "%1.{}", "TermParagraph", 624, 624)
        yield CLAUSES, [heading, paragraph, *_items("TermItem", *indents), *_flush("TermItem", TERM_STEP)]
        yield BODY, body
    else:
        heading = _Level("decimal", "{}.", "Heading1", STEP, STEP)
        paragraph = _Level("decimal", "%1.{}", "Clause2", STEP, STEP)
        yield CLAUSES, [heading, paragraph, *_items("ClauseItem", *_stairs(STEP, STEP))]
        yield BODY, body
        yield PARTIES, [_Level("decimal", "({})", "Parties", STEP, STEP)]
        yield RECITALS, [_Level("upperLetter", "({})", "Recitals", STEP, STEP)]
    heading = _Level("decimal", schedule, "ScheduleHeading", 0, 0)
    paragraph = _Level("decimal", "{}.", "ScheduleParagraph", STEP, STEP)
    items = _items("ScheduleItem", *_stairs(STEP, STEP))
    yield SCHEDULES, [heading, paragraph, *items, *_flush("ScheduleItem", STEP)]


def _stairs(first: int, step: int) -> tuple[tuple[int, int], ...]:
    return tuple((first + depth * step, step) for depth in range(1, DEEPEST + 1))


def _items(style: str, *indents: tuple[int, int]) -> list[_Level]:
    return [_Level(form, text, f"{style}{depth}", *indent)
            for depth, ((form, text), indent) in enumerate(zip(_ITEMS, indents, strict=True), 1)]  # fmt: skip


def _flush(style: str, step: int) -> list[_Level]:
    """Items of a clause without numbered paragraphs, which stand flush with its text: levels of their own."""
    return [replace(level, style=f"{level.style}Flush") for level in _items(style, *_stairs(0, step))]


def _list(number: int, levels: Iterable[_Level]) -> str:
    key = f"1A2B3C{number:02}"
    return (
        f'<w:abstractNum w:abstractNumId="{number}"><w:nsid w:val="{key}"/>'
        f'<w:multiLevelType w:val="multilevel"/><w:tmpl w:val="{key[::-1]}"/>'
        f"{''.join(itertools.starmap(_level, enumerate(levels)))}</w:abstractNum>"
    )


def _level(depth: int, level: _Level) -> str:
    """A level without an indent has its number on a line of its own, or none."""
    shape = f'<w:tabs><w:tab w:val="num" w:pos="{level.left}"/></w:tabs>' if level.hanging else ""
    suffix = "" if level.hanging else '<w:suff w:val="nothing"/>'
    text = level.text.replace("{}", f"%{depth + 1}", 1)
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{level.format}"/>'
        f'<w:pStyle w:val="{level.style}"/>{suffix}<w:lvlText w:val={quoted(text)}/><w:lvlJc w:val="left"/>'
        f'<w:pPr>{shape}<w:ind w:left="{level.left}" w:hanging="{level.hanging}"/></w:pPr></w:lvl>'
    )


def check(document: Document) -> None:
    """Raises WriteError where Word would print another number than the document has."""
    _check_items("", document.intro)
    count, front = 0, {"parties": 0, "recitals": 0}
    for part in document.parts:
        for clause in part.clauses:
            if part.kind in front:
                front[part.kind] = _check_front(clause.blocks, part.kind, front[part.kind])
                continue
            count += 1
            _agree(clause, f"{count}.", f"{count}")
            _check_items(clause.number, clause.blocks)
    for order, schedule in enumerate(document.schedules, 1):
        label = document.words.schedule.replace("{}", str(order), 1)
        _agree(schedule, label, label)
        _check_schedule(schedule)
    _check_items("", document.closing)


def _check_front(blocks: Iterable[Block], kind: str, count: int) -> int:
    for block in blocks:
        if isinstance(block, Paragraph):
            count += 1
            label = f"({count})" if kind == "parties" else f"({_letters(count).upper()})"
            _agree(block, label, label)
    return count


def _check_schedule(schedule: Clause) -> None:
    """The words between the schedule and its paragraph are those of the form, whatever they are."""
    items: list[Paragraph] = []
    count, prefix = 0, schedule.number
    for block in schedule.blocks:
        if isinstance(block, Paragraph) and block.level == 0 and block.label:
            _check_items(prefix, items)
            count, items, prefix = count + 1, [], block.number
            _agree(block, f"{count}.", block.number)
            if not (block.number.startswith(schedule.number) and block.number.endswith(str(count))):
                raise _disagreement(block, block.label, f"{schedule.number} … {count}")
        elif isinstance(block, Paragraph):
            items.append(block)
    _check_items(prefix, items)


def _check_items(prefix: str, blocks: Iterable[Block]) -> None:
    counts = [0, 0, 0]
    clause, paragraph = prefix, 0
    for item in blocks:
        if not isinstance(item, Paragraph):
            continue
        if not 0 <= item.level <= DEEPEST:
            raise WriteError(f"{item.id!r} has level {item.level}, and the deepest is {DEEPEST}")
        if item.level == 0 and item.label:
            paragraph, counts = paragraph + 1, [0, 0, 0]
            prefix = f"{clause}.{paragraph}"
            _agree(item, prefix, prefix)
        if item.level == 0 or not (prefix or item.label):  # outside the clauses, a number need not be known
            continue
        counts[item.level - 1] += 1
        counts[item.level :] = [0] * (DEEPEST - item.level)
        labels = [f"({_COUNTERS[level](count)})" for level, count in enumerate(counts) if count]
        _agree(item, labels[-1], prefix + "".join(labels))


def _agree(block: Clause | Paragraph, label: str, number: str) -> None:
    if (block.label, block.number) != (label, number):
        raise _disagreement(block, label, number)


def _disagreement(block: Clause | Paragraph, label: str, number: str) -> WriteError:
    has = f"{block.label!r} and {block.number!r}"
    return WriteError(f"{block.id!r} is numbered {has}, but Word would count {label!r} and {number!r}")


_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def _letters(count: int) -> str:
    """As Word counts: a … z, aa, bb … zz, aaa."""
    return chr(97 + (count - 1) % 26) * ((count - 1) // 26 + 1)


def _roman(count: int) -> str:
    found = ""
    for value, sign in _ROMAN:
        found += sign * (count // value)
        count %= value
    return found


_COUNTERS: tuple[Callable[[int], str], ...] = (_letters, _roman, lambda count: _letters(count).upper())
