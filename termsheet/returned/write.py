"""Changes put into the YAML at their places: no comment moves, and no byte outside a value changes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

from termsheet import source
from termsheet.errors import LoadError
from termsheet.fix.written import in_braces
from termsheet.pattern import pattern
from termsheet.source import Route, Source
from termsheet.splice import Edit, splice
from termsheet.values.points import WORDS

_WORD = pattern(r"\S+")
_PLAIN = pattern(r"[^\W_](?:[^\n:#\"'\\]|:(?=\S)|(?<=\S)#|['\"\\])*(?<![\s:])")
_UNPRINTABLE = pattern("[^\n\t\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def written(read: Source, route: Route, new: str) -> Source | None:
    """The source with a value changed, in the least that says it; None where it is written in a way that is shared."""
    for edits in _ways(read, route, new):
        try:
            made = source.parse(splice(read.text, edits), read.name)
        except (LoadError, ValueError):
            continue
        if _says(made, read, route, new):
            return made
    return None


def _ways(read: Source, route: Route, new: str) -> Iterator[list[Edit]]:
    """The edits to be tried: some words, what stands between the quotes, and the whole."""
    mark = read.marks.get(route)
    if mark is None:
        return
    start, end = mark.value
    text = read.text[start:end]
    braces = in_braces(read, route)
    if mark.scalar is not None and text:
        some = _words(text, start, mark.scalar, new)
        if some:
            yield some
        if text[:1] == text[-1:] == "'" and "\n" not in new:
            yield [Edit(start, end, "'" + new.replace("'", "''") + "'")]
        if text[:1] == text[-1:] == '"':
            yield [Edit(start, end, quoted(new))]
    after = mark.key.end if mark.key is not None and mark.scalar is None else start
    colon = read.text.find(":", after, start + 1) + 1 if after < start else 0
    lead = " " if colon and not read.text[colon:start].strip() else ""
    begin = colon if lead else start
    lead = lead or (" " if start == end and read.text[start - 1 : start] in (":", "-") else "")
    if _plainly(new, flow=braces) and not (mark.scalar is not None and text.startswith(('"', "'"))):
        yield [Edit(begin, end, lead + new)]
    yield [Edit(begin, end, lead + quoted(new))]


def _words(text: str, start: int, old: str, new: str) -> list[Edit]:
    """The edits of single words, where the text of the file holds just the words of the value."""
    body = re.match(r"[|>][^\n]*\n", text)
    at = body.end() if body else 1 if text[:1] in "\"'" else 0
    end = len(text) - (1 if not body and at else 0)
    there, was, now = [*_WORD.finditer(text, at, end)], old.split(), new.split()
    if [match[0] for match in there] != was or not was or not now or _lines(old) != _lines(new):
        return []
    edits: list[Edit] = []
    for kind, low, high, first, last in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        words = " ".join(now[first:last])
        if kind == "replace":
            edits.append(Edit(start + there[low].start(), start + there[high - 1].end(), words))
        elif kind == "insert" and low:
            place = start + there[low - 1].end()
            edits.append(Edit(place, place, f" {words}"))
        elif kind == "insert":
            place = start + there[0].start()
            edits.append(Edit(place, place, f"{words} "))
        elif kind == "delete" and low:
            edits.append(Edit(start + there[low - 1].end(), start + there[high - 1].end(), ""))
        elif kind == "delete":
            edits.append(Edit(start + there[0].start(), start + there[high].start(), ""))
    return edits


def _lines(text: str) -> int:
    """How many lines a text has: words can be changed one by one only where that stays."""
    return text.strip().count("\n")


def _plainly(text: str, *, flow: bool) -> bool:
    """Whether a text can stand without quotes and be read as itself."""
    return (
        text not in WORDS and len(text) < 200 and bool(_PLAIN.fullmatch(text)) and not _UNPRINTABLE.search(text)
        and not (flow and set(text) & set(",[]{}")) and " #" not in text and ": " not in text
    )  # fmt: skip


def quoted(text: str) -> str:
    """A text in double quotes, as YAML reads it."""
    made = json.dumps(text, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", made.replace("\x7f", "\\x7f"))


def _says(made: Source, read: Source, route: Route, new: str) -> bool:
    """Whether the file says the new value at its place, and all that it said before everywhere else."""
    mark = made.marks.get(route)
    if mark is None or mark.scalar is None or mark.scalar.rstrip("\n") != new.rstrip("\n"):
        return False
    if mark.plain and new in WORDS:
        return False
    return bool(_without(made.data, route) == _without(read.data, route)) and len(made.traps) <= len(read.traps)


def _without(data: Any, route: Route) -> Any:
    """The data with nothing at a route."""
    if not route:
        return None
    key, rest = route[0], route[1:]
    if isinstance(data, dict):
        return {name: _without(item, rest) if name == key else item for name, item in data.items()}
    if isinstance(data, list):
        return [_without(item, rest) if index == key else item for index, item in enumerate(data)]
    return data
