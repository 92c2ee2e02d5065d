"""How a style looks in the end: what it says itself, on top of what it is based on and of the defaults of its file.

A look is plain data, and only what is known of each property is read, so that nothing else of a house's file can come
along. Lengths are twips; both `w:jc` and `w:ind` are read in the older words (`left`, not `start`).
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from lxml import etree

from termsheet.word.reference.archive import A, W

Values = dict[str, str]
Properties = dict[str, Values]

TOGGLES = ("b", "i", "caps", "smallCaps")
RUN = ("rFonts", *TOGGLES, "color", "spacing", "kern", "sz", "u", "shd")
SIDES = ("top", "left", "bottom", "right", "between")
BORDERS = tuple(f"pBdr/{side}" for side in SIDES)
PARAGRAPH = ("keepNext", "keepLines", *BORDERS, "shd", "spacing", "ind", "contextualSpacing", "jc")

_NO_BORDER = {"val": "nil"}
_PLAIN: tuple[Properties, Properties] = (
    {
        "keepNext": {"val": "0"}, "keepLines": {"val": "0"}, **dict.fromkeys(BORDERS, _NO_BORDER),
        "spacing": {"before": "0", "after": "0", "line": "240", "lineRule": "auto"}, "tabs": {},
        "shd": {"fill": "auto"}, "ind": {"left": "0", "right": "0", "first": "0"}, "contextualSpacing": {"val": "0"},
        "jc": {"val": "left"},
    },
    {
        "rFonts": {"val": "Times New Roman"}, **{toggle: {"val": "0"} for toggle in TOGGLES}, "color": {"val": "auto"},
        "spacing": {"val": "0"}, "kern": {"val": "0"}, "sz": {"val": "20"}, "u": {"val": "none"},
        "shd": {"fill": "auto"},
    },
)  # fmt: skip
_ORDER = (
    "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "suppressLineNumbers",
    "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct",
    "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing",
    "mirrorIndents", "suppressOverlap", "jc", "textDirection", "textAlignment", "textboxTightWrap",
    "outlineLvl",
)  # fmt: skip
_RUN_ORDER = (
    "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow",
    "emboss", "imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern",
    "position", "sz", "szCs", "highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs",
    "em", "lang",
)  # fmt: skip
_STYLE_ORDER = (
    "name", "aliases", "basedOn", "next", "link", "autoRedefine", "hidden", "uiPriority", "semiHidden",
    "unhideWhenUsed", "qFormat", "locked", "personal", "personalCompose", "personalReply", "rsid", "pPr", "rPr",
    "tblPr", "trPr", "tcPr", "tblStylePr",
)  # fmt: skip
_ALIGNED = {"start": "left", "end": "right", "left": "left", "right": "right", "center": "center", "both": "both",
            "distribute": "both"}  # fmt: skip
_LINES = ("single", "thick", "double", "dotted", "dashed", "dotDash", "dotDotDash", "triple", "thinThickSmallGap",
          "thickThinSmallGap", "wave", "dashSmallGap", "hairline")  # fmt: skip
_FACE = re.compile(r"[^<>&\"'\\\x00-\x1f]{1,60}")
_COLOUR = re.compile(r"[0-9A-Fa-f]{6}")
_FARTHEST = 31680  # 22 inches, the most that Word knows
_DEEPEST = 40
_THEMED = {"dark1": "dk1", "text1": "dk1", "light1": "lt1", "background1": "lt1", "dark2": "dk2", "text2": "dk2",
           "light2": "lt2", "background2": "lt2", "hyperlink": "hlink", "followedHyperlink": "folHlink"}  # fmt: skip


class Look(NamedTuple):
    """The properties of paragraphs and those of runs, each with its values."""

    paragraph: Properties
    run: Properties


class Colours(NamedTuple):
    """What the theme part says: colours by name, the fonts of headings and of text, and whether it is Word's own."""

    named: Mapping[str, str]
    major: str
    minor: str
    stock: bool

    def of(self, name: str) -> str:
        """The colour that a style calls by a name of the theme; empty where there is none."""
        return self.named.get(_THEMED.get(name, name), "")


def theme_of(root: Any) -> Colours:
    """The colours and fonts of a theme part, which a file need not have."""
    if root is None:
        return Colours({}, "", "", True)
    scheme = next(root.iter(f"{A}clrScheme"), None)
    named: dict[str, str] = {}
    for entry in scheme if scheme is not None else ():
        value = next((child.get("lastClr") or child.get("val", "") for child in entry), "")
        if _COLOUR.fullmatch(value):
            named[etree.QName(entry).localname] = value.upper()
    stock = scheme is None or scheme.get("name", "").lower().startswith("office")
    return Colours(named, _theme_face(root, "majorFont"), _theme_face(root, "minorFont"), stock)


def _theme_face(root: Any, kind: str) -> str:
    for font in root.iter(f"{A}{kind}"):
        latin = font.find(f"{A}latin")
        return face(latin.get("typeface", "")) if latin is not None else ""
    return ""


def face(name: str) -> str:
    """The name of a font, or nothing where it is none."""
    return name.strip() if _FACE.fullmatch(name.strip()) and not name.startswith("+") else ""


class Reader:
    """Reads the properties of one file, with the fonts and colours of its theme."""

    def __init__(self, theme: Colours) -> None:
        self._theme = theme

    def run(self, found: Any) -> Properties:
        """What a w:rPr says."""
        said: Properties = {}
        for child in found if found is not None else ():
            name = etree.QName(child).localname
            if name == "rFonts":
                said |= {"rFonts": {"val": font}} if (font := self._font(child)) else {}
            elif name in TOGGLES:
                said[name] = {"val": _on(child)}
            elif name == "color":
                said[name] = {"val": self.colour(child, "val", "themeColor")}
            elif name in ("spacing", "kern", "sz") and (number := whole(child.get(f"{W}val"))):
                said[name] = {"val": number}
            elif name == "u":
                said[name] = {"val": "none" if child.get(f"{W}val", "none") == "none" else "single"}
            elif name == "shd":
                said[name] = {"fill": self.colour(child, "fill", "themeFill")}
        return said

    def _font(self, fonts: Any) -> str:
        for script in ("ascii", "hAnsi"):
            themed = fonts.get(f"{W}{script}Theme", "")
            if themed:
                named = self._theme.major if themed.startswith("major") else self._theme.minor
                if named:
                    return named
            if named := face(fonts.get(f"{W}{script}", "")):
                return named
        return ""

    def paragraph(self, found: Any) -> Properties:
        """What a w:pPr says; its numbering apart."""
        said: Properties = {}
        for child in found if found is not None else ():
            name = etree.QName(child).localname
            if name in ("keepNext", "keepLines", "contextualSpacing"):
                said[name] = {"val": _on(child)}
            elif name == "pBdr":
                said |= {f"pBdr/{side}": line for side, line in self._borders(child) if side in SIDES}
            elif name == "shd":
                said[name] = {"fill": self.colour(child, "fill", "themeFill")}
            elif name == "spacing":
                said[name] = _spacing(child)
            elif name == "ind":
                said[name] = indent(child)
            elif name == "tabs":
                said[name] = dict(_tabs(child))
            elif name == "jc":
                said[name] = {"val": _ALIGNED.get(child.get(f"{W}val", ""), "left")}
        return said

    def _borders(self, box: Any) -> Iterator[tuple[str, Values]]:
        for side in box:
            kind = side.get(f"{W}val", "nil")
            name = _ALIGNED.get(etree.QName(side).localname, etree.QName(side).localname)
            if kind in ("nil", "none"):
                yield name, _NO_BORDER
                continue
            size, space = whole(side.get(f"{W}sz")) or "4", whole(side.get(f"{W}space")) or "0"
            yield name, {
                "val": kind if kind in _LINES else "single",
                "sz": str(min(max(int(size), 2), 96)),
                "space": str(min(max(int(space), 0), 31)),
                "color": self.colour(side, "color", "themeColor"),
            }

    def border(self, side: Any) -> Values:
        """One line of a table's borders."""
        return next(value for _, value in self._borders([side]))

    def colour(self, found: Any, attribute: str, themed: str) -> str:
        """A colour as RRGGBB, or `auto`."""
        value = str(found.get(f"{W}{attribute}", "auto"))
        if _COLOUR.fullmatch(value):
            return value.upper()
        return self._theme.of(found.get(f"{W}{themed}", "")) or "auto"


def _on(found: Any) -> str:
    return "0" if found.get(f"{W}val", "1") in ("0", "false", "off", "none") else "1"


def whole(value: str | None) -> str:
    """A length as a whole number within what Word knows, or nothing where it is none."""
    try:
        number = round(float(value)) if value else None
    except (ValueError, OverflowError):
        return ""
    return "" if number is None else str(min(max(number, -_FARTHEST), _FARTHEST))


def _spacing(found: Any) -> Values:
    said = {name: number for name in ("before", "after", "line") if (number := whole(found.get(f"{W}{name}")))}
    for name in ("before", "after"):
        if found.get(f"{W}{name}Autospacing", "0") in ("1", "true", "on"):
            said[name] = "280"
        if said.get(name, "").startswith("-"):
            said[name] = "0"
    if "line" in said:
        rule = found.get(f"{W}lineRule", "auto")
        said["lineRule"] = rule if rule in ("auto", "exact", "atLeast") else "auto"
        if int(said["line"]) <= 0:
            del said["line"], said["lineRule"]
    return said


def indent(found: Any) -> Values:
    """An indent; `first` is what the first line has more, negative where it hangs."""
    said: Values = {}
    for ours, names in (("left", ("left", "start")), ("right", ("right", "end"))):
        for name in names:
            said |= {ours: number} if (number := whole(found.get(f"{W}{name}"))) else {}
    if number := whole(found.get(f"{W}hanging")):
        said["first"] = str(-int(number))
    elif number := whole(found.get(f"{W}firstLine")):
        said["first"] = number
    return said


def _tabs(found: Any) -> Iterator[tuple[str, str]]:
    for tab in found:
        position = whole(tab.get(f"{W}pos"))
        kind = tab.get(f"{W}val", "left")
        kind = {"start": "left", "end": "right", "num": "left"}.get(kind, kind)
        if position and kind in ("left", "right", "center", "decimal", "clear", "bar"):
            yield position, kind


def over(lower: Properties, upper: Properties) -> Properties:
    """What holds where one says something and another, above it, something else."""
    found = dict(lower)
    for name, values in upper.items():
        found[name] = {**found.get(name, {}), **values} if name in ("spacing", "ind", "tabs") else values
    return found


def complete(look: Look) -> Look:
    """The look with what Word does where nothing is said."""
    return Look(*(over(plain, said) for plain, said in zip(_PLAIN, look, strict=True)))


class Styles:
    """The styles of a file: found by name, and resolved."""

    def __init__(self, root: Any, theme: Colours, numbered: Numbered | None = None) -> None:
        self.root = root
        self.reader = Reader(theme)
        self._numbered = numbered
        self.by_id: dict[str, Any] = {style.get(f"{W}styleId", ""): style for style in root.iter(f"{W}style")}
        self._by_name: dict[tuple[str, str], str] = {}
        for key, style in self.by_id.items():
            for name in names(style):
                self._by_name.setdefault((style.get(f"{W}type", "paragraph"), plain(name)), key)

    def find(self, name: str, kind: str = "paragraph") -> str:
        """The id of the style of that name, however it is spelt, or nothing."""
        return self._by_name.get((kind, plain(name)), "")

    def name(self, key: str) -> str:
        """The name of a style."""
        return next(names(self.by_id[key]), key) if key in self.by_id else ""

    def default(self, kind: str) -> str:
        """The id of the style that holds where none is named."""
        for key, style in self.by_id.items():
            if style.get(f"{W}type") == kind and style.get(f"{W}default") in ("1", "true", "on"):
                return key
        return self.find("Normal") if kind == "paragraph" else ""

    def chain(self, key: str) -> list[Any]:
        """The style with all that it is based on, from the first."""
        found: list[Any] = []
        while key in self.by_id and len(found) < _DEEPEST and self.by_id[key] not in found:
            found.append(self.by_id[key])
            based = found[-1].find(f"{W}basedOn")
            key = based.get(f"{W}val", "") if based is not None else ""
        return found[::-1]

    def defaults(self) -> Look:
        """What holds before any style speaks."""
        paragraph = self.root.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr")
        run = self.root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        return complete(Look(self.reader.paragraph(paragraph), self.reader.run(run)))

    def look(self, key: str, *, own: bool = True) -> Look:
        """The look of a style; without its `own` properties, what it inherits."""
        paragraph, run = self.defaults()
        chain = self.chain(key)
        for style in chain if own else chain[:-1]:
            said = style.find(f"{W}pPr")
            if self._numbered:
                paragraph = over(paragraph, self._numbered.properties(style, said))
            paragraph = over(paragraph, self.reader.paragraph(said))
            run = over(run, self.reader.run(style.find(f"{W}rPr")))
        return Look(paragraph, run)


class Numbered:
    """What a list gives to the paragraphs of a style."""

    def properties(self, style: Any, said: Any) -> Properties:
        """The indent of the level of a style that has one of its own."""
        raise NotImplementedError


def names(style: Any) -> Iterator[str]:
    """The name of a style, and the others by which it is known."""
    for tag in ("name", "aliases"):
        found = style.find(f"{W}{tag}")
        if found is not None:
            yield from filter(None, found.get(f"{W}val", "").split(","))


def plain(name: str) -> str:
    """A name of a style as it is compared: "Level_1", "level 1" and "Level1" are one."""
    return re.sub(r"[\s_.\-–]+", "", name).casefold()


_TABLE = ("tblPr", "trPr", "tcPr", "tblStylePr")
_NOT_OURS = re.compile(r"theme|rsid", re.IGNORECASE)


def copy_table(made: Any, chain: list[Any]) -> None:
    """The borders, cells and shades of a table style; of what it is based on, whatever it does not say itself.

    Colours by name of a theme that is not ours, and marks of edits, stay behind.
    """
    for tag in _TABLE:
        source = next((link for link in reversed(chain) if link.find(f"{W}{tag}") is not None), None)
        for old in made.findall(f"{W}{tag}") if source is not None else ():
            made.remove(old)
        for found in source.iterfind(f"{W}{tag}") if source is not None else ():
            copied = copy.deepcopy(found)
            for element in copied.iter():
                for attribute in list(element.attrib):
                    if _NOT_OURS.search(etree.QName(attribute).localname):
                        del element.attrib[attribute]
            made.append(copied)


# --- writing ------------------------------------------------------------------------------------------------


def put_look(style: Any, wanted: Look, inherited: Look, *, tabs: bool = False) -> None:
    """Make a style say what it must say to have that look, given what it inherits. What else it says stays.

    The tab stops are replaced only where that is asked for: ours have leaders, and belong to what is written.
    """
    known = (*PARAGRAPH, "tabs") if tabs else PARAGRAPH
    paragraph = list(_paragraph_elements(wanted.paragraph, inherited.paragraph, known))
    run = list(_run_elements(wanted.run, inherited.run))
    _replace(style, "pPr", _ORDER, {name.partition("/")[0] for name in known}, paragraph)
    _replace(style, "rPr", _RUN_ORDER, {*RUN, "bCs", "iCs", "szCs"}, run)


def put_run(holder: Any, said: Properties) -> None:
    """What is said of runs, at the end of an element that may say something of them, such as the level of a list."""
    for found in holder.findall(f"{W}rPr"):
        holder.remove(found)
    if said:
        elements = sorted(_run_elements(said, {}), key=lambda child: _rank(child, _RUN_ORDER))
        holder.append(_made("rPr", {}, elements))


def _replace(style: Any, tag: str, order: tuple[str, ...], known: set[str], elements: list[Any]) -> None:
    holder = style.find(f"{W}{tag}")
    if holder is None:
        if not elements:
            return
        holder = etree.Element(f"{W}{tag}")
        place = _STYLE_ORDER.index(tag)
        later = [n for n, child in enumerate(style) if _rank(child, _STYLE_ORDER) > place]
        style.insert(later[0] if later else len(style), holder)
    kept = [child for child in holder if etree.QName(child).localname not in known]
    for child in list(holder):
        holder.remove(child)
    holder.extend(sorted([*kept, *elements], key=lambda child: _rank(child, order)))
    if not len(holder):
        style.remove(holder)


def _rank(child: Any, order: tuple[str, ...]) -> int:
    name = etree.QName(child).localname
    return order.index(name) if name in order else len(order)


def _made(tag: str, values: Mapping[str, str], children: Iterable[Any] = ()) -> Any:
    element = etree.Element(f"{W}{tag}", {f"{W}{name}": value for name, value in values.items()})
    element.extend(children)
    return element


def _run_elements(wanted: Properties, inherited: Properties) -> Iterator[Any]:
    for name in RUN:
        values = wanted.get(name)
        if values is None or values == inherited.get(name):
            continue
        if name == "rFonts":
            yield _made(name, dict.fromkeys(("ascii", "hAnsi", "eastAsia", "cs"), values["val"]))
        elif name in TOGGLES:
            for tag in (name, f"{name}Cs") if name in ("b", "i") else (name,):
                yield _made(tag, {} if values["val"] == "1" else {"val": "0"})
        elif name == "sz":
            yield from (_made(tag, values) for tag in ("sz", "szCs"))
        elif name == "shd":
            yield _made(name, {"val": "clear", "color": "auto", **values})
        else:
            yield _made(name, values)


def _paragraph_elements(wanted: Properties, inherited: Properties, known: Iterable[str]) -> Iterator[Any]:
    if any(wanted.get(side) != inherited.get(side) for side in BORDERS):
        sides = [(side, wanted.get(f"pBdr/{side}", _NO_BORDER)) for side in SIDES]
        lines = [_made(side, line) for side, line in sides
                 if line != _NO_BORDER or inherited.get(f"pBdr/{side}", _NO_BORDER) != _NO_BORDER]  # fmt: skip
        yield _made("pBdr", {}, lines)
    for name in known:
        values = wanted.get(name)
        if name in BORDERS or values is None or values == inherited.get(name):
            continue
        if name == "spacing":
            changed = {key: value for key, value in values.items() if value != inherited.get(name, {}).get(key)}
            if changed.keys() & {"line", "lineRule"}:
                changed |= {"line": values["line"], "lineRule": values["lineRule"]}
            yield _made(name, changed)
        elif name == "ind":
            yield _made(name, indent_values(values))
        elif name == "tabs":
            stops = [(at, kind) for at, kind in values.items() if inherited.get(name, {}).get(at) != kind]
            gone = [(at, "clear") for at in inherited.get(name, {}) if at not in values]
            stops = sorted([*stops, *gone], key=lambda entry: int(entry[0]))
            if stops:
                yield _made(name, {}, [_made("tab", {"val": kind, "pos": at}) for at, kind in stops])
        elif name == "shd":
            yield _made(name, {"val": "clear", "color": "auto", **values})
        elif name in ("keepNext", "keepLines", "contextualSpacing"):
            yield _made(name, {} if values["val"] == "1" else {"val": "0"})
        else:
            yield _made(name, values)


def indent_values(values: Values) -> Values:
    """An indent as the attributes of w:ind."""
    first = int(values.get("first", "0"))
    shape = {"left": values.get("left", "0"), "right": values.get("right", "0")}
    return shape | ({"firstLine": str(first)} if first > 0 else {"hanging": str(-first)})
