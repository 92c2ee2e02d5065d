"""The numbers of a Word file, counted as Word counts them: they stand nowhere in its text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from termsheet.numbering import letters, roman
from termsheet.returned.package import Package

_DEEPEST = 9  # levels of a list in Word


@dataclass
class _Level:
    format: str = "decimal"
    text: str = ""
    start: int = 1


@dataclass
class _List:
    levels: dict[int, _Level] = field(default_factory=dict)


@dataclass
class _Style:
    based: str = ""
    number: str = ""
    level: int | None = None


class Numbers:
    """Counts the paragraphs of a file, asked for each in its order."""

    def __init__(self, package: Package) -> None:
        self._abstract: dict[str, _List] = {}
        self._lists: dict[str, str] = {}
        self._styles: dict[str, _Style] = {}
        self._counts: dict[str, list[int]] = {}
        if "word/numbering.xml" in package.names:
            _Lists(self._abstract, self._lists).read(package)
        if "word/styles.xml" in package.names:
            _Styles(self._styles).read(package)

    def label(self, style: str, number: str = "", level: int | None = None) -> str:
        """The number of the next paragraph, of a style or numbered by hand; nothing where it has none."""
        if not number:
            number, level = self._of_style(style)
        abstract = self._lists.get(number, "")
        found = self._abstract.get(abstract)
        if found is None or number == "0":
            return ""
        depth = min(level or 0, _DEEPEST - 1)
        counts = self._counts.setdefault(abstract, [0] * _DEEPEST)
        own = found.levels.get(depth, _Level())
        counts[depth] = counts[depth] + 1 if counts[depth] else own.start
        counts[depth + 1 :] = [0] * (_DEEPEST - depth - 1)

        def printed(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            level = found.levels.get(place, _Level())
            return _number(counts[place] or level.start, level.format)

        return re.sub(r"%([1-9])", printed, own.text)

    def _of_style(self, name: str) -> tuple[str, int]:
        level: int | None = None
        for _ in range(_DEEPEST):
            style = self._styles.get(name)
            if style is None:
                break
            level = style.level if level is None else level
            if style.number:
                return style.number, level or 0
            name = style.based
        return "", 0


def _number(count: int, form: str) -> str:
    if form == "none":
        return ""
    if form.endswith("Letter"):
        word = letters(count)
        return word.upper() if form.startswith("upper") else word
    if form.endswith("Roman"):
        word = roman(count)
        return word.upper() if form.startswith("upper") else word
    return str(count)


class _Lists:
    def __init__(self, abstract: dict[str, _List], lists: dict[str, str]) -> None:
        self.abstract, self.lists = abstract, lists
        self.current, self.level, self.number = _List(), _Level(), ""

    def read(self, package: Package) -> None:
        package.walk("word/numbering.xml", self._start)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        value = attributes.get("w val", "")
        if tag == "w abstractNum":
            self.current = self.abstract.setdefault(attributes.get("w abstractNumId", ""), _List())
        elif tag == "w lvl":
            self.level = self.current.levels.setdefault(_whole(attributes.get("w ilvl", "0")), _Level())
        elif tag == "w start":
            self.level.start = _whole(value)
        elif tag == "w numFmt":
            self.level.format = value
        elif tag == "w lvlText":
            self.level.text = value
        elif tag == "w num":
            self.number, self.level = attributes.get("w numId", ""), _Level()
        elif tag == "w abstractNumId" and self.number:
            self.lists[self.number] = value


class _Styles:
    def __init__(self, styles: dict[str, _Style]) -> None:
        self.styles = styles
        self.current = _Style()

    def read(self, package: Package) -> None:
        package.walk("word/styles.xml", self._start)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        value = attributes.get("w val", "")
        if tag == "w style":
            self.current = self.styles.setdefault(attributes.get("w styleId", ""), _Style())
        elif tag == "w basedOn":
            self.current.based = value
        elif tag == "w numId":
            self.current.number = value
        elif tag == "w ilvl":
            self.current.level = _whole(value)


def _whole(value: str) -> int:
    return int(value) if re.fullmatch(r"\d{1,4}", value) else 0
