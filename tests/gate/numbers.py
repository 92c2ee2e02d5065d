"""What Word counts: the number of every paragraph, from numbering.xml and styles.xml alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from lxml import etree

from .package import Package, W

_ROMAN = ("M", 1000), ("CM", 900), ("D", 500), ("CD", 400), ("C", 100), ("XC", 90), ("L", 50), ("XL", 40), ("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1)  # fmt: skip


def value(element: etree._Element | None, path: str, default: str = "") -> str:
    """The w:val of a child, by a path such as "pPr/numPr/numId"."""
    found = element.find("/".join(W + step for step in path.split("/"))) if element is not None else None
    return default if found is None else found.get(f"{W}val", default)


def counted(form: str, count: int) -> str:
    """A count as Word prints it: 28 is bb, and no format prints 0 or less."""
    if form in ("none", "bullet"):
        return ""
    if form == "decimal":
        return str(count)
    if form == "decimalZero":
        return f"{count:02}"
    if form in ("lowerLetter", "upperLetter"):
        turns, letter = divmod(count - 1, 26)
        word = "abcdefghijklmnopqrstuvwxyz"[letter] * (turns + 1)
        return word.upper() if form == "upperLetter" else word
    if form in ("lowerRoman", "upperRoman"):
        word, left = "", count
        for sign, worth in _ROMAN:
            word += sign * (left // worth)
            left %= worth
        return word.lower() if form == "lowerRoman" else word
    raise ValueError(f"the number format {form} is not known")


@dataclass(frozen=True)
class Level:
    """One level of a list."""

    form: str
    text: str
    start: int
    style: str
    legal: bool
    restart: int | None

    def shows(self) -> set[int]:
        return {int(digit) - 1 for digit in re.findall(r"%(\d)", self.text)}


@dataclass(frozen=True)
class Number:
    """The number of a paragraph: its own label, and those of the levels above it, each with what it was counted."""

    label: str
    level: int
    list: str
    chain: tuple[tuple[int, str, bool], ...]
    unsure: bool = False

    @property
    def own(self) -> str:
        """As a reference with the switch n has it."""
        return self.label.removesuffix(".")

    @property
    def whole(self) -> str:
        """As a reference with the switch w has it."""
        return _joined(self.chain)

    def seen_from(self, other: Number | None) -> str:
        """As a reference with the switch r has it, in a paragraph with that other number."""
        if other is None or other.list != self.list:
            return self.whole
        shared = 0
        for mine, theirs in zip(self.chain[:-1], other.chain, strict=False):
            if mine != theirs:
                break
            shared += 1
        return _joined(self.chain[shared:])


def _joined(chain: tuple[tuple[int, str, bool], ...]) -> str:
    made = ""
    for _, label, whole in chain:
        made = label if whole else made + label
    return made.removesuffix(".")


@dataclass
class Lists:
    """The lists of a paper and how far each has counted."""

    package: Package
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)

    @cached_property
    def styles(self) -> dict[str, etree._Element]:
        root = self.package.only("styles")
        return {one.get(f"{W}styleId", ""): one for one in root.iter(f"{W}style")} if root is not None else {}

    @cached_property
    def abstract(self) -> dict[str, dict[int, Level]]:
        root = self.package.only("numbering")
        found = root.findall(f"{W}abstractNum") if root is not None else []
        return {one.get(f"{W}abstractNumId", ""): _levels(one) for one in found}

    @cached_property
    def nums(self) -> dict[str, etree._Element]:
        root = self.package.only("numbering")
        return {one.get(f"{W}numId", ""): one for one in root.findall(f"{W}num")} if root is not None else {}

    def chain(self, style: str) -> Iterator[etree._Element]:
        """A style and those that it is based on."""
        seen: set[str] = set()
        while style in self.styles and style not in seen:
            seen.add(style)
            yield self.styles[style]
            style = value(self.styles[style], "basedOn")

    def place(self, paragraph: etree._Element) -> tuple[str, int] | None:
        """The list and the level of a paragraph: its own, or those of its style."""
        own = paragraph.find(f"{W}pPr/{W}numPr")
        if own is not None:
            number = value(own, "numId")
            return None if number in ("", "0") else (number, int(value(own, "ilvl", "0")))
        for style in self.chain(value(paragraph, "pPr/pStyle", "Normal")):
            if (number := value(style, "pPr/numPr/numId")) == "0":
                return None
            if number:
                return number, self._level(style, number)
        return None

    def _level(self, style: etree._Element, number: str) -> int:
        """The level that points back to the style goes before the one that the style names."""
        levels = self.abstract.get(value(self.nums.get(number), "abstractNumId"), {})
        key = style.get(f"{W}styleId")
        linked = [level for level, one in levels.items() if one.style == key]
        return linked[0] if linked else int(value(style, "pPr/numPr/ilvl", "0"))

    def next(self, paragraph: etree._Element) -> Number | None:
        """Counts the next paragraph of the paper; None where it has no number."""
        place = self.place(paragraph)
        if place is None or place[0] not in self.nums:
            return None
        number, level = place
        key = value(self.nums[number], "abstractNumId")
        levels = self.abstract.get(key, {})
        if level not in levels:
            return None
        counts = self._counts.setdefault(key, {})
        self._begin(number, counts)
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [one for one in counts if one > level]:
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or (restart and level < restart):
                del counts[deeper]
        chain = tuple((counts[one], _label(levels, one, counts), bool(levels[one].shows() - {one}))
                      for one in range(level + 1) if one in counts and one in levels)  # fmt: skip
        unsure = any(one not in counts for one in levels[level].shows())
        return Number(_label(levels, level, counts), level, key, chain, unsure)

    def _begin(self, number: str, counts: dict[int, int]) -> None:
        if number in self._begun:
            return
        self._begun.add(number)
        for one in self.nums[number].findall(f"{W}lvlOverride"):
            if start := value(one, "startOverride"):
                counts[int(one.get(f"{W}ilvl", "0"))] = int(start) - 1


def _levels(abstract: etree._Element) -> dict[int, Level]:
    found = {}
    for one in abstract.findall(f"{W}lvl"):
        legal = one.find(f"{W}isLgl") is not None
        restart = value(one, "lvlRestart")
        found[int(one.get(f"{W}ilvl", "0"))] = Level(
            value(one, "numFmt", "decimal"), value(one, "lvlText"), int(value(one, "start", "0")), value(one, "pStyle"),
            legal, int(restart) if restart else None)  # fmt: skip
    return found


def _label(levels: dict[int, Level], level: int, counts: dict[int, int]) -> str:
    def shown(found: re.Match[str]) -> str:
        other = int(found[1]) - 1
        form = "decimal" if levels[level].legal and other != level else levels[other].form
        return counted(form, counts.get(other, levels[other].start))

    return re.sub(r"%(\d)", shown, levels[level].text) if levels[level].form != "none" else ""


@lru_cache(maxsize=2)
def numbers(package: Package) -> dict[etree._Element, Number]:
    """The number of every numbered paragraph of the body, in order."""
    lists = Lists(package)
    found = {}
    for paragraph in package.body.iter(f"{W}p"):
        if (number := lists.next(paragraph)) is not None:
            found[paragraph] = number
    return found


def check_lists(package: Package) -> Iterator[str]:
    """Every list and style that is used is defined, and a numbered style and its level point to each other."""
    lists = Lists(package)
    for number, one in lists.nums.items():
        if value(one, "abstractNumId") not in lists.abstract:
            yield f"the list {number} is made from {value(one, 'abstractNumId')}, which is not defined"
    for key, style in lists.styles.items():
        number = value(style, "pPr/numPr/numId")
        if number in ("", "0"):
            continue
        if number not in lists.nums:
            yield f"the style {key} is numbered by the list {number}, which is not defined"
            continue
        levels = lists.abstract.get(value(lists.nums[number], "abstractNumId"), {})
        level = [at for at, one in levels.items() if one.style == key]
        named = value(style, "pPr/numPr/ilvl")
        if len(level) != 1 or (named and int(named) != level[0]):
            yield f"the style {key} stands at level {named or level}, which does not point back to it"
    for key, levels in lists.abstract.items():
        for level, one in levels.items():
            if one.style and one.style not in lists.styles:
                yield f"level {level} of the list {key} belongs to the style {one.style}, which is not defined"
            elif one.style and not value(lists.styles[one.style], "pPr/numPr/numId"):
                yield f"level {level} of the list {key} belongs to the style {one.style}, which has no number"
            if any(other not in levels or other > level for other in one.shows()):
                yield f"level {level} of the list {key} shows the number of a level that is not above it"
    for paragraph in package.body.iter(f"{W}p"):
        place = lists.place(paragraph)
        if place and place[0] not in lists.nums:
            yield f"a paragraph is numbered by the list {place[0]}, which is not defined"
    for paragraph, number in numbers(package).items():
        if number.unsure:
            yield f"“{_start(paragraph)}” shows the number of a level that has not been counted yet"


def _start(paragraph: etree._Element) -> str:
    return "".join(one.text or "" for one in paragraph.iter(f"{W}t"))[:40]
