"""What the bound values of a Word file say: in the store, and in the text, as if every tracked change were accepted.

A control is known by the path of its binding, which editors keep; where it was lost, by the name that Word shows above
it. Prefixes may have other names, and what an editor made of tags and attributes does not matter.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from termsheet.pattern import pattern
from termsheet.returned.package import Package
from termsheet.word.controls import DIGEST, SPACE, STORE, path_of

MOST_VALUES = 20_000
LONGEST = 200_000

_ITEM = pattern(r"customXml/item\d{1,4}\.xml", re.IGNORECASE)
_STEP = pattern(r"(?:[^/:\[\]]+:)?([A-Za-z_][\w.-]*)(?:\[(\d{1,5})\])?", re.ASCII)
_FALLBACK = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"
_GONE = ("w del", "w moveFrom")
_SPELT = {"w tab": "\t", "w br": "\n", "w cr": "\n", "w noBreakHyphen": "-"}


class Key(NamedTuple):
    """A bound value: its path, and which of the ways in which the path is shown (from 1)."""

    path: str
    way: int = 1


@dataclass
class Control:
    """A control of the text: what it shows, or that all it showed is deleted or left to be typed.

    `marked` is what it shows and what is tracked as deleted, one behind the other, as LibreOffice stores it.
    """

    key: Key | None = None
    alias: str = ""
    text: str = ""
    deleted: bool = False
    empty: bool = False
    marked: str = ""


@dataclass
class Bound:
    """The values of a file. `loose` are controls whose binding an editor has dropped."""

    digest: str = ""
    stored: bool = False
    store: dict[Key, str] = field(default_factory=dict)
    shown: dict[Key, list[Control]] = field(default_factory=lambda: defaultdict(list))
    loose: list[Control] = field(default_factory=list)

    @property
    def bare(self) -> bool:
        """Whether nothing in the file is bound."""
        return not self.stored and not self.shown and not self.loose


def values(package: Package) -> Bound:
    """Read the values of a file. Raises TermsheetError for what is beyond all bounds."""
    bound = Bound()
    for name in sorted(filter(_ITEM.fullmatch, package.names))[:100]:
        _Store(package, name, bound).read()
    _Text(package, bound).read()
    return bound


class _Store:
    """One part of custom XML; of another's, nothing is kept."""

    def __init__(self, package: Package, name: str, bound: Bound) -> None:
        self.package, self.name, self.bound = package, name, bound
        self.depth = 0
        self.ours = False
        self.element = ""
        self.words: list[str] = []
        self.found: list[tuple[str, str]] = []

    def read(self) -> None:
        self.package.walk(self.name, self._start, self._end, self._words)
        if not self.ours:
            return
        if self.bound.stored:
            raise self.package.error("the file holds the values of two papers", "ask for each in its own file")
        self.bound.stored = True
        ways: dict[str, int] = defaultdict(int)
        for element, text in self.found:
            if element == DIGEST:
                self.bound.digest = text.strip()
                continue
            ways[element] += 1
            self.bound.store[Key(_path(element), ways[element])] = text

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth == 1:
            self.ours = tag == f"{SPACE} deal"
        elif self.depth == 2 and self.ours:
            space, _, self.element = tag.rpartition(" ")
            self.words = []
            if space != SPACE:
                self.element = ""

    def _end(self, tag: str) -> None:
        if self.depth == 2 and self.ours and self.element:
            self.found.append((self.element, _bounded("".join(self.words), self.package)))
            _few(len(self.found), self.package)
        self.depth -= 1

    def _words(self, text: str) -> None:
        if self.ours and self.depth >= 2:
            self.words.append(text)


class _Text:
    """The text of the paper, and what stands in its controls."""

    def __init__(self, package: Package, bound: Bound) -> None:
        self.package, self.bound = package, bound
        self.inside: list[str] = []
        self.controls: list[tuple[Control, list[str], list[str]]] = []
        self.count = self.gone = self.hidden = 0

    def read(self) -> None:
        self.package.walk(self.package.main, self._start, self._end, self._words)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        above = self.inside[-1] if self.inside else ""
        self.inside.append(tag)
        self.gone += tag in _GONE
        self.hidden += tag == _FALLBACK
        if tag == "w sdt":
            self.count += 1
            _few(self.count, self.package)
            self.controls.append((Control(), [], []))
        elif not self.controls:
            return
        elif above == "w sdtPr":
            self._property(tag, attributes)
        elif above == "w r" and tag in _SPELT:
            self._said(_SPELT[tag])

    def _property(self, tag: str, attributes: dict[str, str]) -> None:
        control = self.controls[-1][0]
        if tag == "w dataBinding":
            control.key = _key(attributes)
        elif tag == "w alias":
            control.alias = attributes.get("w val", "")
        elif tag == "w showingPlcHdr":
            control.empty = attributes.get("w val", "1") not in ("0", "false", "off")

    def _end(self, tag: str) -> None:
        self.inside.pop()
        self.gone -= tag in _GONE
        self.hidden -= tag == _FALLBACK
        if tag == "w p" and self.controls:
            self._said("\n")
        if tag == "w sdt":
            control, words, marked = self.controls.pop()
            control.text = _bounded("".join(words), self.package).strip("\n")
            control.marked = _bounded("".join(marked), self.package).strip("\n") if control.deleted else ""
            control.deleted = control.deleted and not control.text.strip()
            if control.key:
                self.bound.shown[control.key].append(control)
            elif control.alias:
                self.bound.loose.append(control)

    def _words(self, text: str) -> None:
        if self.controls and self.inside[-1] in ("w t", "w delText"):
            if self.inside[-1] == "w delText" or self.gone:
                self.controls[-1][0].deleted = True
                self.controls[-1][2].append("" if self.hidden else text)
            else:
                self._said(text)

    def _said(self, text: str) -> None:
        if not self.gone and not self.hidden:
            for control, words, marked in self.controls[-3:]:  # a control within another is of both
                words.append("" if control.empty else text)
                marked.append("" if control.empty else text)


def _key(attributes: dict[str, str]) -> Key | None:
    """What a control is bound to, if it is bound to our values."""
    mappings, store = attributes.get("w prefixMappings", ""), attributes.get("w storeItemID", "")
    if SPACE not in mappings and store.upper() != STORE:
        return None
    steps = attributes.get("w xpath", "").strip("/").split("/")
    found = [_STEP.fullmatch(step.strip()) for step in steps]
    if len(found) != 2 or found[0] is None or found[1] is None or found[0][1] != "deal":
        return None
    return Key(_path(found[1][1]), int(found[1][2] or 1))


def _path(element: str) -> str:
    """The path of an element; of one that we never write, its own name."""
    try:
        return path_of(element)
    except (ValueError, OverflowError):
        return element


def _few(count: int, package: Package) -> None:
    if count > MOST_VALUES:
        raise package.error(f"the file has more than {MOST_VALUES:,} values", "no draft has so many: ask who sent it")


def _bounded(text: str, package: Package) -> str:
    if len(text) > LONGEST:
        raise package.error(f"a value of the file is longer than {LONGEST:,} characters", "ask who sent it")
    return text
