"""Our styles and lists, made to look like those of a house.

Our ids and names stay, and what holds the paper together stays: lists, outline levels, what keeps to what, page breaks.
A style says only what differs from what it inherits, so that the paper can still be restyled in one place.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from lxml import etree

from termsheet.word.reference.archive import W
from termsheet.word.reference.colours import AUTO, WHITE, contrast
from termsheet.word.reference.lists import Level
from termsheet.word.reference.looks import (
    BORDERS,
    PARAGRAPH,
    RUN,
    Look,
    Properties,
    Styles,
    Values,
    copy_table,
    indent_values,
    over,
    put_look,
    put_run,
)
from termsheet.word.reference.matches import Match, Matches, same
from termsheet.word.reference.roles import COVER, HEADINGS, KEPT, LABELS, TEXTS
from termsheet.word.themes import Theme

_FACE = tuple(name for name in RUN if name not in ("sz", "shd"))
_TEXT = (*RUN, *BORDERS, "p:shd", "p:spacing", "ind", "contextualSpacing", "jc")
_WHOLE = (*RUN, *PARAGRAPH, "p:shd", "p:spacing")
_KEYS = {
    **dict.fromkeys(KEPT, RUN),
    "TOC1": (*RUN, "p:spacing"),
    "TOCHeading": (*RUN, "p:spacing", "jc"),
    "Header": RUN,
    "Footer": RUN,
}
_COLUMNS = {
    "Heading1": (*_FACE, "sz"),
    "PartBinding": (*(name for name in _FACE if name != "color"), "sz"),
    "Heading2": ("rFonts", "i", "color"),
}
_DOTTED = ("Heading1", "Clause2", "Heading2", "TermParagraph", "ScheduleParagraph")
_LARGEST_BAND = 8  # half-points above the text
_LIGHTEST = 2.5
_LONGEST_NUMBER = 6


class Restyling:
    """One set of our styles on its way to the look of a house.

    `carried` are the styles of its header and footer, where those come along with their tab stops.
    """

    def __init__(self, ours: Styles, house: Styles, found: Matches, theme: Theme, carried: Collection[str]) -> None:
        self.ours = ours
        self._house = house
        self._found = found
        self._theme = theme
        self._carried = carried

    def restyle(self, layout: str, body: str) -> None:
        """All styles. `body` is the style of the house whose look every other starts from."""
        self._defaults(self._house.look(body))
        for key, style in list(self.ours.by_id.items()):
            match, kind = self._found.get(key), style.get(f"{W}type")
            if match and kind == "character":
                self._character(style, match)
            elif match and kind == "paragraph":
                self._paragraph(key, match, layout)
        self._follow(layout)
        self._tables()

    def _defaults(self, body: Look) -> None:
        """The document starts from the text of the house, so that whatever has no style there follows it."""
        spacing = self.ours.root.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr/{W}spacing")
        for name in ("after", "line", "lineRule"):
            spacing.set(f"{W}{name}", body.paragraph["spacing"][name])
        colour = body.run["color"]["val"]
        if colour != AUTO and contrast(colour, WHITE) >= _LIGHTEST:
            normal = self.ours.by_id["Normal"]
            inherited = self.ours.look("Normal", own=False)
            put_look(normal, inherited._replace(run=inherited.run | {"color": {"val": colour}}), inherited)

    def _paragraph(self, key: str, match: Match, layout: str) -> None:
        theirs = self._house.look(match.key)
        columns = layout == "columns" and not match.whole
        carried = key in self._carried
        keys = _COLUMNS[key] if columns and key in _COLUMNS else _KEYS.get(key, _TEXT)
        keys = _WHOLE if match.whole or carried else keys
        if self._numbered(key):
            keys = tuple(name for name in keys if name != "ind")
        run = dict(theirs.run)
        if columns and key in _COLUMNS:
            largest = self._theme.size + _LARGEST_BAND
            run["sz"] = {"val": str(min(int(run["sz"]["val"]), largest))}
        if key == "TableHeading" and not self._found.native and not self._legible(run, self._theme.band):
            self._dark_heads()
        elif theirs.paragraph["shd"]["fill"] == AUTO or "p:shd" not in keys:
            run = self._readable(key, run)
        self._put(key, theirs._replace(run=run), keys, tabs=carried or (match.whole and key in ("Header", "Footer")))

    def _numbered(self, key: str) -> bool:
        return self.ours.by_id[key].find(f"{W}pPr/{W}numPr") is not None

    def _legible(self, run: Properties, ground: str) -> bool:
        colour = run["color"]["val"]
        return colour == AUTO or contrast(colour, ground) >= _LIGHTEST

    def _readable(self, key: str, run: Properties) -> Properties:
        """White headings stand on a ground of the house that we may not have."""
        ground = self._theme.band if key == "Heading1" else WHITE
        return run if self._legible(run, ground) else run | {"color": {"val": self._theme.ink}}

    def _dark_heads(self) -> None:
        """Tables whose headings are white have dark heads."""
        for shade in self.ours.by_id["DataTable"].iterfind(f"{W}tblStylePr/{W}tcPr/{W}shd"):
            shade.set(f"{W}fill", self._theme.ink)

    def _put(self, key: str, theirs: Look, keys: Iterable[str], *, tabs: bool = False) -> None:
        """Give one of our styles these properties of a look, beside those that it keeps."""
        style = self.ours.by_id[key]
        inherited = self.ours.look(key, own=False)
        said = Look(self.ours.reader.paragraph(style.find(f"{W}pPr")), self.ours.reader.run(style.find(f"{W}rPr")))
        wanted = Look(*(over(lower, upper) for lower, upper in zip(inherited, said, strict=True)))
        paragraph, run = dict(wanted.paragraph), dict(wanted.run)
        for name in keys:
            known = name.removeprefix("p:")
            if name in RUN:
                run[name] = theirs.run[name]
            elif known in ("keepNext", "keepLines"):
                paragraph[known] = {"val": max(paragraph[known]["val"], theirs.paragraph[known]["val"])}
            elif known in theirs.paragraph:
                paragraph[known] = theirs.paragraph[known]
        if tabs:
            paragraph["tabs"] = theirs.paragraph["tabs"]
        put_look(style, Look(paragraph, run), inherited, tabs=tabs)

    def _character(self, style: Any, match: Match) -> None:
        """What the style itself says: the rest comes from the paragraph."""
        said: Properties = {}
        for link in self._house.chain(match.key):
            said = over(said, self._house.reader.run(link.find(f"{W}rPr")))
        said.pop("sz", None)
        if said and self._legible({"color": {"val": AUTO}} | said, WHITE):
            put_run(style, said)

    def _tables(self) -> None:
        """Tables that the house has restyled under our names."""
        for key, style in self.ours.by_id.items():
            if style.get(f"{W}type") == "table" and style.get(f"{W}customStyle") == "1":
                theirs = self._house.find(self.ours.name(key), "table")
                if theirs:
                    copy_table(style, self._house.chain(theirs)[-1:])

    def _follow(self, layout: str) -> None:
        """What has no style in the house looks like its neighbours."""
        found, look = self._found, self.ours.look
        if found.get("Heading1"):
            heading = look("Heading1")
            for key in HEADINGS:
                if key in self.ours.by_id and not found.get(key):
                    colour = self._readable("", heading.run) if layout == "columns" else heading.run
                    sized = ("sz",) if layout == "clauses" and key != "TOCHeading" else ()
                    self._put(key, heading._replace(run=colour), (*_FACE, *sized))
        if found.get("BodyText"):
            for key in TEXTS:
                if key in self.ours.by_id and not found.get(key):
                    source = self._model(key)
                    self._put(key, look(source), ("p:spacing", "jc", *(RUN if source != "BodyText" else ())))
        title = found.get("CoverTitle") or found.get("Title")
        if title and "CoverTitle" in self.ours.by_id and not found.native:
            self._align_cover(self._house.look(title.key).paragraph["jc"])

    def _model(self, key: str) -> str:
        """Paragraphs of schedules are set like those of the clauses."""
        model = key.replace("ScheduleParagraph", "Clause2").replace("ScheduleItem", "ClauseItem").removesuffix("Flush")
        return model if model != key and self._found.get(model) else "BodyText"

    def _align_cover(self, side: Values) -> None:
        """A house whose titles stand at left has the whole cover so."""
        if side["val"] in ("center", "both"):
            return
        for key in COVER:
            if not (match := self._found.get(key)) or not match.whole:
                look = self.ours.look(key)
                flush = look.paragraph | {"jc": side, "ind": {"left": "0", "right": "0", "first": "0"}}
                self._put(key, look._replace(paragraph=flush), ("jc", "ind"))


def relist(root: Any, house: Styles, ours: Styles, found: Matches, layout: str) -> None:
    """Our lists with the indents and the number looks of the house, where its numbers are ours."""
    levels = {level.find(f"{W}pStyle").get(f"{W}val"): level for level in root.iter(f"{W}lvl")}
    for key, level in levels.items():
        match = found.get(key)
        if match is None or match.level is None:
            continue
        alike = same(key, match.level)
        if alike:
            _look(level, match.level, dotted=key in _DOTTED)
        cell = layout == "columns" and not match.whole and not key.startswith("Schedule")
        if not cell and (alike or len(match.level.sample) <= _LONGEST_NUMBER):
            _move(level, house.look(match.key).paragraph["ind"], match.level)
    _align(levels, ours, found)


def _look(level: Any, theirs: Level, *, dotted: bool) -> None:
    put_run(level, theirs.run)
    text = level.find(f"{W}lvlText")
    if dotted and theirs.text.endswith(".") != text.get(f"{W}val").endswith("."):
        bare = text.get(f"{W}val").removesuffix(".")
        text.set(f"{W}val", f"{bare}." if theirs.text.endswith(".") else bare)


def _move(level: Any, moved: Values, theirs: Level) -> None:
    """Where number and words stand. With a space after the number, no tab stop is needed."""
    first, left = int(moved["first"]), int(moved["left"])
    shape = level.find(f"{W}pPr")
    for child in list(shape):
        shape.remove(child)
    for found in level.findall(f"{W}suff"):
        level.remove(found)
    if theirs.suffix in ("space", "nothing"):
        suffix = etree.Element(f"{W}suff", {f"{W}val": theirs.suffix})
        level.insert(list(level).index(level.find(f"{W}lvlText")), suffix)
    else:
        after = int(theirs.tab) if theirs.tab else 0
        stop = left if first < 0 else after if after > left + first else left + first + 720
        tabs = etree.SubElement(shape, f"{W}tabs")
        etree.SubElement(tabs, f"{W}tab", {f"{W}val": "num", f"{W}pos": str(stop)})
    etree.SubElement(shape, f"{W}ind", {f"{W}{name}": value for name, value in indent_values(moved).items()
                                        if name != "right" or value != "0"})  # fmt: skip
    if theirs.side in ("left", "right", "center", "start", "end"):
        side = {"start": "left", "end": "right"}.get(theirs.side, theirs.side)
        level.find(f"{W}lvlJc").set(f"{W}val", side)


def _align(levels: dict[str, Any], ours: Styles, found: Matches) -> None:
    """What has no number stands below the words of what has one, and schedules are set like clauses."""
    if found.get("Clause2") and "Clause2" in levels:
        left = levels["Clause2"].find(f"{W}pPr/{W}ind").get(f"{W}left")
        for key in ("ClauseText", "Definition"):
            if key in ours.by_id and not found.get(key):
                ours.by_id[key].find(f"{W}pPr/{W}ind").set(f"{W}left", left)
    pairs = [("ScheduleParagraph", "Clause2"), *((f"ScheduleItem{n}", f"ClauseItem{n}") for n in (1, 2, 3))]
    for key, model in pairs:
        if key in levels and model in levels and found.get(model) and not found.get(key):
            theirs, mine = levels[model].find(f"{W}pPr"), levels[key].find(f"{W}pPr")
            for child in list(mine):
                mine.remove(child)
            mine.extend(etree.fromstring(etree.tostring(child)) for child in theirs)


def other_numbers(found: Matches) -> list[tuple[str, str]]:
    """The numbers of the house that are not those of the form, each with ours."""
    said: dict[str, str] = {}
    for key, match in found.found.items():
        if key in LABELS and match.level and match.level.sample and not same(key, match.level):
            said.setdefault(match.level.sample, LABELS[key])
    return list(said.items())


def unmatched(found: Matches, keys: Iterable[str]) -> list[str]:
    """Those of our styles for which the house has none."""
    return [key for key in keys if key in found.asked and not found.get(key)]
