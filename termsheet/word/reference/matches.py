"""Which style of a house stands for which of ours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from termsheet.word.reference.archive import W
from termsheet.word.reference.lists import Level, Lists
from termsheet.word.reference.looks import Styles, plain
from termsheet.word.reference.roles import CHARACTERS, KEPT, NUMBERED, PARAGRAPHS, STRUCTURAL

_OURS = {"columns": ("Term Text", "Term Item 1"), "clauses": ("Clause 2", "Clause Item 1")}
_LIST = ("Clause2", "ClauseItem1", "ClauseItem2", "ClauseItem3")
_ALSO = {"Heading2": "Heading1", "TermParagraph": "Clause2", "TermItem1": "ClauseItem1", "TermItem2": "ClauseItem2",
         "TermItem3": "ClauseItem3", "BodyItem1": "ClauseItem1", "BodyItem2": "ClauseItem2",
         "BodyItem3": "ClauseItem3"}  # fmt: skip
_ITEMS = {"1": "lowerLetter", "2": "lowerRoman", "3": "upperLetter"}
_ONLY_NUMBERED = re.compile(r"(heading|überschrift|titre)\d")


class Match(NamedTuple):
    """A style of the house. It is `whole` where it is one of ours by name, so that all of its look is meant."""

    key: str
    whole: bool = False
    level: Level | None = None


@dataclass
class Matches:
    """What was found for the styles of one layout."""

    native: bool
    found: dict[str, Match] = field(default_factory=dict)
    asked: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def get(self, key: str) -> Match | None:
        """The style of the house that stands for one of ours."""
        return self.found.get(key)


def same(key: str, level: Level) -> bool:
    """Whether a level of a house counts and prints as ours does, but for the dot after 1 and 1.1."""
    key = _ALSO.get(key, key)
    if key in ("Heading1", "ScheduleParagraph"):
        return level.format == "decimal" and level.text in ("{}", "{}.")
    if key == "Clause2":
        return level.format == "decimal" and re.fullmatch(r"%\d\.\{\}\.?", level.text) is not None
    if key == "Parties":
        return (level.format, level.text) == ("decimal", "({})")
    form = "upperLetter" if key == "Recitals" else _ITEMS.get(key[-1:], "")
    return (level.format, level.text) == (form, "({})")


class Matcher:
    """Looks through the styles of a house."""

    def __init__(self, styles: Styles, lists: Lists) -> None:
        self._styles = styles
        self._lists = lists

    def matches(self, ours: Styles, layout: str) -> Matches:
        """For each of our styles that of the house, where there is one."""
        found = Matches(all(self._styles.find(name) for name in _OURS[layout]))
        for key, style in ours.by_id.items():
            kind = style.get(f"{W}type", "paragraph")
            own = self._styles.find(ours.name(key), kind)
            custom = style.get(f"{W}customStyle") == "1"
            if own and key not in STRUCTURAL and kind != "table" and (custom or found.native):
                whole = found.native or key not in KEPT
                found.found[key] = Match(own, whole, self.level(own) if kind == "paragraph" else None)
        for key, others in PARAGRAPHS.items():
            self._add(found, ours, key, self._first(self._candidates(ours, key, others)), others)
        for key, others in CHARACTERS.items():
            named = (self._styles.find(name, "character") for name in (ours.name(key), *others))
            self._add(found, ours, key, next(filter(None, named), ""), others)
        if layout == "columns":
            self._headings_of_columns(found, ours)
        else:
            self._clauses(found, ours)
        self._schedules(found, ours)
        return found

    def level(self, key: str) -> Level | None:
        """The level of the list that a style of the house belongs to."""
        place = self._lists.of(self._styles.chain(key))
        return self._lists.level(*place) if place else None

    def _add(self, found: Matches, ours: Styles, key: str, theirs: str, asked: Iterable[str]) -> None:
        if key not in ours.by_id:
            return
        found.asked[key] = (ours.name(key), *asked)
        if theirs and key not in found.found:
            found.found[key] = Match(theirs, False, self.level(theirs))

    def _candidates(self, ours: Styles, key: str, others: Iterable[str]) -> Iterator[str]:
        """The styles of the house by these names. A heading that is not numbered is none for a paragraph that is."""
        for name in (ours.name(key) if key in ours.by_id else key, *others):
            theirs = self._styles.find(name)
            heading = key in NUMBERED and key != "Heading1" and _ONLY_NUMBERED.fullmatch(plain(name))
            stock = key == "BodyText" and theirs and self._stock(theirs)
            if theirs and not stock and not (heading and self.level(theirs) is None):
                yield theirs

    def _stock(self, theirs: str) -> bool:
        """Whether a "Body Text" is the one that comes with Word, which the house has never touched."""
        style = self._styles.by_id[theirs]
        shape, look = style.find(f"{W}pPr"), style.find(f"{W}rPr")
        said = self._styles.reader.paragraph(shape)
        return look is None and said == {"spacing": {"after": "120"}}

    @staticmethod
    def _first(candidates: Iterator[str]) -> str:
        return next(candidates, "")

    def _heading(self, ours: Styles) -> str:
        """The style of "1.": of those that a house has, one that is numbered."""
        found = list(self._candidates(ours, "Heading1", NUMBERED["Heading1"]))
        levels = [(theirs, self.level(theirs)) for theirs in found]
        alike = [theirs for theirs, level in levels if level and same("Heading1", level)]
        numbered = [theirs for theirs, level in levels if level]
        return next(iter([*alike, *numbered, *found]), "")

    def _headings_of_columns(self, found: Matches, ours: Styles) -> None:
        """Bands and headings at left look like the headings of the house."""
        heading = self._heading(ours)
        for key in ("Heading1", "PartBinding", "Heading2"):
            self._add(found, ours, key, heading, NUMBERED["Heading1"])

    def _clauses(self, found: Matches, ours: Styles) -> None:
        """The list of the clauses: by name, then by the list behind the heading, then by other names."""
        heading = self._heading(ours)
        self._add(found, ours, "Heading1", heading, NUMBERED["Heading1"])
        place = self._lists.of(self._styles.chain(heading)) if heading else None
        used = {heading}
        for order, key in enumerate(_LIST, 1):
            known = found.get(key)
            theirs = known.key if known else self._by_list(key, place, used)
            if not theirs:
                named = (other for other in self._candidates(ours, key, NUMBERED[key]) if other not in used)
                theirs = self._first(named)
            if not theirs and place and place[1] + order < 9:
                linked = self._lists.style_at(place[0], place[1] + order)
                theirs = linked if linked in self._styles.by_id and linked not in used else ""
            used.add(theirs)
            self._add(found, ours, key, theirs, NUMBERED[key])

    def _by_list(self, key: str, place: tuple[str, int] | None, used: set[str]) -> str:
        for depth in range(place[1] + 1, 9) if place else ():
            assert place
            level, linked = self._lists.level(place[0], depth), self._lists.style_at(place[0], depth)
            if level and same(key, level) and linked in self._styles.by_id and linked not in used:
                return linked
        return ""

    def _schedules(self, found: Matches, ours: Styles) -> None:
        keys = ("ScheduleParagraph", "ScheduleItem1", "ScheduleItem2", "ScheduleItem3")
        used = {match.key for match in found.found.values()}
        for key in keys:
            named = (other for other in self._candidates(ours, key, NUMBERED[key]) if other not in used)
            self._add(found, ours, key, self._first(named), NUMBERED[key])
