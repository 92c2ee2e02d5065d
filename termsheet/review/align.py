"""The passages of two papers against each other: which are the same, and which came, went and moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from termsheet.review.paper import alike, bare

_ALIKE = 0.5  # share of common words from which on two passages are one that was changed
_MOVED = 0.8  # the same for one that stands elsewhere now
_MOST = 40_000  # pairs that are compared one by one
_STEPS = 600_000  # of comparing words


_Step = tuple[str, int, int, int, int]


class Line(NamedTuple):
    """What is aligned: a text, the bookmarks at it, the row of a table that it stands in, and whether it is in one."""

    text: str
    bookmarks: frozenset[str] = frozenset()
    row: int = 0


class Pair(NamedTuple):
    """Two places that are one."""

    old: int
    new: int


def aligned(old: Sequence[Line], new: Sequence[Line]) -> list[Pair]:
    """The places that are the same, in the order of both."""
    keys = [bare(line.text) for line in old], [bare(line.text) for line in new]
    found: list[Pair] = []
    for tag, start, end, low, high in _by_rows(list(steps(*keys)), keys, (old, new)):
        if tag == "equal":
            found += [Pair(start + place, low + place) for place in range(end - start)]
        elif tag == "replace":
            found += _within(old, new, start, end, low, high)
    return found


def _by_rows(made: list[_Step], keys: tuple[Sequence[str], Sequence[str]],
             lines: tuple[Sequence[Line], Sequence[Line]]) -> list[_Step]:  # fmt: skip
    """The steps, in which what came or went in a table begins where a row does, as far as the same words allow it."""
    for place in range(1, len(made) - 1):
        tag, start, end, low, high = made[place]
        before, after = made[place - 1], made[place + 1]
        if tag not in ("delete", "insert") or before[0] != "equal" or after[0] != "equal":
            continue
        side = tag == "insert"
        words, rows = keys[side], lines[side]
        first, last = (low, high) if side else (start, end)
        shift = next((by for by in _shifts(words, first, last, before[2] - before[1], after[2] - after[1])
                      if _starts(rows, first + by)), 0)  # fmt: skip
        made[place - 1] = ("equal", before[1], before[2] + shift, before[3], before[4] + shift)
        made[place] = (tag, start + shift, end + shift, low + shift, high + shift)
        made[place + 1] = ("equal", after[1] + shift, after[2], after[3] + shift, after[4])
    return made


def _shifts(words: Sequence[str], first: int, last: int, up: int, down: int) -> Iterator[int]:
    """By how much a stretch can be shifted so that the same words are left, the least first; none at all before."""
    yield 0
    for by in range(1, up):
        if words[first - by] != words[last - by]:
            break
        yield -by
    for by in range(down - 1):
        if words[first + by] != words[last + by]:
            break
        yield by + 1


def _starts(lines: Sequence[Line], place: int) -> bool:
    """Whether a row of a table starts there; what stands in none starts anywhere."""
    return place == 0 or not lines[place].row or lines[place].row != lines[place - 1].row


def moved(old: Sequence[Line], new: Sequence[Line], pairs: Sequence[Pair]) -> list[Pair]:
    """Places that are the same, and stand elsewhere."""
    there, here = {pair.old for pair in pairs}, {pair.new for pair in pairs}
    gone = [place for place in range(len(old)) if place not in there]
    came = [place for place in range(len(new)) if place not in here]
    found = _just(old, new, gone, came) if len(gone) * len(came) > _MOST else _most_alike(old, new, gone, came)
    return [*found, *_above(old, new, found, set(gone), set(came))]


def _above(old: Sequence[Line], new: Sequence[Line], found: Sequence[Pair], gone: set[int],
           came: set[int]) -> Iterator[Pair]:  # fmt: skip
    """The line above what moved, where it went with it: a heading may be too short to be known by itself."""
    used, taken = {pair.old for pair in found}, {pair.new for pair in found}
    for pair in found:
        one, two = pair.old - 1, pair.new - 1
        if one in gone - used and two in came - taken and bare(old[one].text) == bare(new[two].text):
            yield Pair(one, two)


def _most_alike(old: Sequence[Line], new: Sequence[Line], gone: Sequence[int], came: Sequence[int]) -> list[Pair]:
    found: list[Pair] = []
    scores = sorted(((like(old[one], new[two]), -one, -two) for one in gone for two in came
                     if len(bare(old[one].text).split()) >= 2), reverse=True)  # fmt: skip
    used: set[int] = set()
    taken: set[int] = set()
    for score, one, two in scores:
        if score >= _MOVED and -one not in used and -two not in taken:
            found.append(Pair(-one, -two))
            used.add(-one)
            taken.add(-two)
    return found


def _just(old: Sequence[Line], new: Sequence[Line], gone: list[int], came: list[int]) -> list[Pair]:
    places: dict[str, list[int]] = {}
    for two in came:
        places.setdefault(bare(new[two].text), []).append(two)
    return [Pair(one, places[key].pop(0)) for one in gone
            if places.get(key := bare(old[one].text)) and len(key.split()) >= 2]  # fmt: skip


def steps(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """The steps from one sequence to the other, as difflib has them, within bounds."""
    head = next((place for place, (one, two) in enumerate(zip(old, new, strict=False)) if one != two),
                min(len(old), len(new)))  # fmt: skip
    rest = min(len(old), len(new)) - head
    tail = next((place for place in range(rest) if old[-1 - place] != new[-1 - place]), rest)
    if head:
        yield "equal", 0, head, 0, head
    middle = old[head : len(old) - tail], new[head : len(new) - tail]
    counts = Counter(middle[1])
    if sum(counts[one] for one in middle[0]) > _STEPS // max(1, min(50, len(middle[0]))):
        yield "replace", head, len(old) - tail, head, len(new) - tail
    else:
        for tag, start, end, low, high in SequenceMatcher(None, *middle, autojunk=False).get_opcodes():
            yield tag, start + head, end + head, low + head, high + head
    if tail:
        yield "equal", len(old) - tail, len(old), len(new) - tail, len(new)


def like(one: Line, other: Line) -> float:
    """How much two passages have in common, from 0 to 1."""
    if alike(one.text, other.text):
        return 1.0
    words, others = _counted(one.text), _counted(other.text)
    whole = words.total() + others.total()
    share = 2 * (words & others).total() / whole if whole else 0.0
    if one.bookmarks & other.bookmarks:
        return max(share, 0.9)
    return share


@lru_cache(maxsize=4096)
def _counted(text: str) -> Counter[str]:
    return Counter(bare(text).lower().split())


def _within(
    old: Sequence[Line], new: Sequence[Line], start: int, end: int, low: int, high: int
) -> Iterator[Pair]:
    """What is the same between two that are equal: the pairs, in order, that have the most in common."""
    rows, columns = end - start, high - low
    if rows * columns > _MOST:
        return
    scores = [[like(old[start + one], new[low + two]) for two in range(columns)] for one in range(rows)]
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for one in range(rows - 1, -1, -1):
        for two in range(columns - 1, -1, -1):
            score = scores[one][two]
            both = best[one + 1][two + 1] + score if score >= _ALIKE else 0.0
            best[one][two] = max(best[one + 1][two], best[one][two + 1], both)
    one = two = first = second = 0
    while one < rows and two < columns:
        score = scores[one][two]
        if score >= _ALIKE and best[one][two] == best[one + 1][two + 1] + score:
            yield from _cells(old, new, range(start + first, start + one), range(low + second, low + two))
            yield Pair(start + one, low + two)
            one, two = one + 1, two + 1
            first, second = one, two
        elif best[one][two] == best[one + 1][two]:
            one += 1
        else:
            two += 1
    yield from _cells(old, new, range(start + first, end), range(low + second, high))


def _cells(old: Sequence[Line], new: Sequence[Line], there: range, here: range) -> Iterator[Pair]:
    """Cells of a table that say something else now, and short lines: as many as there were, each in its place."""
    if len(there) != len(here) or not there:
        return
    if all(old[one].row and new[two].row for one, two in zip(there, here, strict=True)):
        yield from (Pair(one, two) for one, two in zip(there, here, strict=True))
