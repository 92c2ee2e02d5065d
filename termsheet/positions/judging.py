"""Where a deal stands on the positions of a playbook, seen from one side."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from termsheet.deal import Deal, Node
from termsheet.errors import LibraryError
from termsheet.houserules.expression import ABSENT, STEPS, Frame, Path, TooLong, Truth, is_said
from termsheet.houserules.printing import clean
from termsheet.positions.playbook import Playbook
from termsheet.positions.position import ANSWERS, Answer, Place, Position
from termsheet.rules.rule import brief, listed
from termsheet.standing import Stand, Stands
from termsheet.values.points import Point

_WIDTH = 100  # of what the deal says
_SHOWN = 4  # places
_NOTHING = Answer("", None, ())


def judged(deal: Deal, book: Playbook, us: str) -> Stands:
    """Where a deal stands. Without a side, what asks for one is only counted."""
    made: list[Stand] = []
    sided = unasked = 0
    for position in book.positions:
        if position.types and deal.types and not {*position.types} & {*deal.types}:
            unasked += 1
        elif position.sided and not us:
            sided += 1
        else:
            found = [*_stands(deal, position, us)]
            made += found
            unasked += not found
    name = deal.party_name(us) if us else ""
    return Stands(book.name, us, name, tuple(made), sided, unasked, _misfit(deal, book))


def _misfit(deal: Deal, book: Playbook) -> str:
    if not book.types or not deal.types or {*book.types} & {*deal.types}:
        return ""
    return f"it is written for {listed(book.types, 'or')}, and this deal is {listed(deal.types)}"


def _stands(deal: Deal, position: Position, us: str) -> Iterator[Stand]:
    """A stand for every entry that the position asks of; one where it asks of no list, or of one that is not there.

    A position that asks of some entries of a list (`where`) has no question where there is no list.
    """
    frame = Frame(deal, us=us)
    each = position.page.get("each", "")
    try:
        asked = False
        for stack in position.walk(frame):
            asked = True
            frame.stack = stack
            frame.spend(1)
            if position.where is None or position.where(frame):
                yield _stand(position, frame)
        if each and not asked and position.where is None and not _said(deal, tuple(each.split("."))):
            yield _made(position, "open", each)
    except TooLong:
        text = f"the position `{position.id}` was cut off after {STEPS:,} steps"
        help = "nest fewer any(…) and count(…) in each other"
        raise LibraryError(text, file=position.file, line=position.line, help=help) from None


def _stand(position: Position, frame: Frame) -> Stand:
    """Where the deal stands on it: on the first answer that is true, or on none.

    The question is answered where the deal speaks of a place that the preferred answer reads.
    """
    red = position.answers.get("walk_away")
    said = any(
        _is_answered(path, frame) for path in (position.answers.get("preferred") or red or _NOTHING).reads
    )
    truths = {key: _truth(position.answers.get(key), frame) for key in ANSWERS}
    truth, undecided = truths["walk_away"]
    hit = next((key for key in ANSWERS if truths[key][0]), "")
    unjudged = ""
    if (
        red is not None
        and truth is None
        and (not red.test or any(_is_answered(path, frame) for path in red.reads))
    ):
        unjudged = undecided or (
            "two values cannot be put in order" if red.test else "only a person can tell"
        )
    standing = hit.replace("_", "-") or ("unjudged" if unjudged else "outside" if said else "open")
    decides = position.answers.get(hit) or position.answers.get("preferred") or red
    value = _value(position, frame)
    entry = frame.stack[-1].name if frame.stack else ""
    return _made(position, standing, _place(position, decides, frame), brief(entry), value, unjudged,
                 _entry(frame))  # fmt: skip


def _truth(answer: Answer | None, frame: Frame) -> tuple[Truth, str]:
    """Whether an answer holds, and what left it undecided."""
    if answer is None:
        return False, ""
    if answer.test is None:
        return None, ""
    frame.undecided = ""
    found = answer.test(frame)
    return found, f"nothing can be told of `{frame.undecided}`" if found is None and frame.undecided else ""


def _made(
    position: Position, standing: str, path: str, entry: str = "", value: str = "", unjudged: str = "", at: str = ""
) -> Stand:
    return Stand(
        position.id,
        position.title,
        position.question,
        standing,
        path,
        entry,
        value,
        position.says("preferred"),
        position.says("fallback"),
        position.says("walk_away"),
        position.guidance,
        position.approves,
        unjudged,
        at,
    )


def _place(position: Position, answer: Answer | None, frame: Frame) -> str:
    """The place that decides: the last that the answer reads and the deal speaks of, or the last that it reads.

    A red line that only a person can tell of reads none: its own id stands for a place, so that it can be waived.
    """
    reads = answer.reads if answer else ()
    there = [path for path in reads if _is_answered(path, frame)] or list(reads)
    return there[-1].at(frame) if there else _entry(frame) or position.id


def _entry(frame: Frame) -> str:
    """The path of the entry that the position speaks of; nothing where it speaks of no list."""
    path: str = frame.stack[-1].path if frame.stack else ""
    return path


def _value(position: Position, frame: Frame) -> str:
    """What the deal says there, in its own words; each place by name where there are several.

    A list that was gone through is shown by its entries only where nothing else is to be shown.
    """
    said = [place for place in position.places if _is_answered(place.path, frame, points=True)]
    said = [place for place in said if not place.broad] or [place for place in said if place.broad == "list"]
    shown = [(place.word, _words(place, frame)) for place in said[:_SHOWN]]
    return shown[0][1] if len(shown) == 1 else "; ".join(f"{word}: {text}" for word, text in shown)


def _words(place: Place, frame: Frame) -> str:
    """A value as a message prints it; a text of some length is not cut that short."""
    text = str(place.show(frame))
    if text.endswith("…") and not place.broad:
        whole = _node(place.path, frame).get(".".join(place.path.keys))
        if whole is not None and isinstance(whole.value, str):
            return clean(whole.value, _WIDTH)
    return text


def _node(path: Path, frame: Frame) -> Node:
    return frame.deal if path.up is None else frame.stack[-1 - path.up]


def _is_answered(path: Path, frame: Frame, *, points: bool = False) -> bool:
    """Whether the deal speaks of a place. `open` is no answer, though it is shown."""
    return _said(_node(path, frame), path.keys, points=points)


def _said(node: Node, keys: tuple[str, ...], *, points: bool = False) -> bool:
    value: Any = node.value
    for key in keys:
        if isinstance(value, Point):
            break
        value = value.get(key, ABSENT) if isinstance(value, dict) else ABSENT
    if isinstance(value, Point):
        return points or value.kind != "open"
    return is_said(value)
