"""The lists of a house: how each level counts, what it prints round its number, and where its words stand."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from termsheet.word.reference.archive import W
from termsheet.word.reference.looks import Numbered, Properties, Reader, Values, indent, whole

_FORMATS = {"decimal": "1", "decimalZero": "01", "upperRoman": "I", "lowerRoman": "i", "upperLetter": "A",
            "lowerLetter": "a", "bullet": "•", "none": "", "ordinal": "1st", "cardinalText": "One",
            "ordinalText": "First"}  # fmt: skip
_LEVELS = 9
_DEEPEST = 8


class Level(NamedTuple):
    """A level of a list. `text` has `{}` for its own number and `%1` for that of another level."""

    format: str
    text: str
    sample: str
    suffix: str
    side: str
    indent: Values
    tab: str
    run: Properties


class Lists(Numbered):
    """The part numbering.xml of a file, which it need not have."""

    def __init__(self, root: Any, reader: Reader) -> None:
        self._reader = reader
        self._abstract: dict[str, Any] = {}
        self._list: dict[str, Any] = {}
        self._linked: dict[str, str] = {}
        self._of_style: dict[str, tuple[str, int]] = {}
        self.styles: dict[str, Any] = {}
        for found in root.iter(f"{W}abstractNum") if root is not None else ():
            self._abstract[found.get(f"{W}abstractNumId", "")] = found
            if (link := _value(found, "styleLink")) is not None:
                self._linked[link] = found.get(f"{W}abstractNumId", "")
        for found in root.iter(f"{W}num") if root is not None else ():
            self._list[found.get(f"{W}numId", "")] = found
        for number in self._list:
            for depth in range(_LEVELS):
                found = self._raw(number, depth)
                if found is not None and (style := _value(found, "pStyle")):
                    self._of_style.setdefault(style, (number, depth))

    def properties(self, style: Any, said: Any) -> Properties:
        """The indent of the level that a style names, on which its own indent stands."""
        place = self.place(style)
        if place is None or (level := self.level(*place)) is None:
            return {}
        return {"ind": {"first": "0", **level.indent}} if level.indent else {}

    def place(self, style: Any) -> tuple[str, int] | None:
        """The list and the level of a style that has one of its own."""
        key = style.get(f"{W}styleId", "")
        numbered = style.find(f"{W}pPr/{W}numPr")
        if numbered is None:
            return self._of_style.get(key)
        number = _value(numbered, "numId")
        if number == "0":
            return None
        depth = _value(numbered, "ilvl")
        linked = self._of_style.get(key)
        if number is None or number not in self._list:
            return linked
        if depth is None and linked and linked[0] == number:
            return linked
        for place in range(_LEVELS) if depth is None else ():
            found = self._raw(number, place)
            if found is not None and _value(found, "pStyle") == key:
                return number, place
        return number, int(depth) if depth and depth.isdigit() and int(depth) < _LEVELS else 0

    def of(self, chain: list[Any]) -> tuple[str, int] | None:
        """The list and the level of a style with all that it is based on."""
        for style in reversed(chain):
            numbered = style.find(f"{W}pPr/{W}numPr")
            if (place := self.place(style)) is not None:
                return place
            if numbered is not None:
                return None
        return None

    def style_at(self, number: str, depth: int) -> str:
        """The id of the style that belongs to a level."""
        found = self._raw(number, depth)
        return (_value(found, "pStyle") or "") if found is not None else ""

    def level(self, number: str, depth: int) -> Level | None:
        """A level of a list, or None where there is none."""
        found = self._raw(number, depth)
        if found is None:
            return None
        text = (_value(found, "lvlText") or "")[:60]
        own = f"%{depth + 1}"
        counted = _value(found, "numFmt") or "decimal"
        stops = [whole(tab.get(f"{W}pos")) for tab in found.iterfind(f"{W}pPr/{W}tabs/{W}tab")]
        moved = found.find(f"{W}pPr/{W}ind")
        return Level(
            counted,
            text.replace(own, "{}"),
            "•" if counted == "bullet" else self._sample(number, text),
            _value(found, "suff") or "tab",
            _value(found, "lvlJc") or "left",
            indent(moved) if moved is not None else {},
            next(filter(None, stops), ""),
            self._reader.run(found.find(f"{W}rPr")),
        )

    def _sample(self, number: str, text: str) -> str:
        def counted(found: re.Match[str]) -> str:
            level = self._raw(number, int(found[1]) - 1)
            form = (_value(level, "numFmt") or "decimal") if level is not None else "decimal"
            return _FORMATS.get(form, "1")

        return re.sub(r"%([1-9])", counted, text)

    def _raw(self, number: str, depth: int) -> Any:
        """The w:lvl of a level: that of the list itself before that of the list it is made from."""
        entry = self._list.get(number)
        if entry is None:
            return None
        for override in entry.iterfind(f"{W}lvlOverride"):
            if override.get(f"{W}ilvl") == str(depth) and (found := override.find(f"{W}lvl")) is not None:
                return found
        abstract = self._abstract.get(_value(entry, "abstractNumId") or "")
        for _ in range(_DEEPEST):
            link = _value(abstract, "numStyleLink") if abstract is not None else None
            if link is None:
                break
            abstract = self._abstract.get(self._linked.get(link, ""))
        for found in abstract.iterfind(f"{W}lvl") if abstract is not None else ():
            if found.get(f"{W}ilvl") == str(depth):
                return found
        return None


def _value(holder: Any, tag: str) -> str | None:
    found = holder.find(f"{W}{tag}")
    return None if found is None else str(found.get(f"{W}val", ""))


