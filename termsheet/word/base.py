"""The house base: the parts of a Word file that do not depend on what the paper says.

Made by code, so that every style has its reason and nothing of another program's template comes along.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from termsheet.errors import WriteError
from termsheet.word.markup import HEAD, SPACES, R, quoted
from termsheet.word.numbering import numbering_xml
from termsheet.word.options import PROTECTIONS, Options
from termsheet.word.styles import styles_xml
from termsheet.word.themes import Sheet, Theme

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument"
_WORD = f"{_TYPE}.wordprocessingml"
_COMPATIBILITY = "http://schemas.microsoft.com/office/word"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"

HEADER, FOOTER, FIRST_HEADER, FIRST_FOOTER = "rId6", "rId7", "rId8", "rId9"
EVEN_HEADER, EVEN_FOOTER, COVER_HEADER, COVER_FOOTER = "rIdEvenH", "rIdEvenF", "rIdCoverH", "rIdCoverF"  # of a house

_HYPHENATED = ("de", "fi", "nl")  # where long words would leave gaps

_RELATED = (
    ("styles", "styles.xml"),
    ("numbering", "numbering.xml"),
    ("settings", "settings.xml"),
    ("fontTable", "fontTable.xml"),
    ("theme", "theme/theme1.xml"),
    ("header", "header1.xml"),
    ("footer", "footer1.xml"),
)
_FIRST_PAGE = (("header", "header2.xml"), ("footer", "footer2.xml"))
_COMMENTS = ("comments", "comments.xml")
_VALUES = ("customXml", "../customXml/item1.xml")


@lru_cache(maxsize=32)
def parts(look: Theme, page: Sheet, language: str, layout: str, schedule: str) -> Mapping[str, str]:
    """The parts by name."""
    return {
        "_rels/.rels": _package_relations(),
        "docProps/app.xml": _application(),
        "word/styles.xml": styles_xml(look, page, language, layout),
        "word/numbering.xml": numbering_xml(layout, schedule),
        "word/fontTable.xml": _fonts(look),
        "word/theme/theme1.xml": _drawing_theme(look),
    }


@cache
def relations(*, first_page: bool, comments: bool, values: bool) -> Mapping[str, str]:
    """The parts that name the others: with a header of its own on the first page, comments, the values of the deal."""
    optional = ((first_page, _FIRST_PAGE), (comments, (_COMMENTS,)), (values, (_VALUES,)))
    related = [*_RELATED, *(entry for wanted, entries in optional if wanted for entry in entries)]
    return {
        "[Content_Types].xml": _content_types(related),
        "word/_rels/document.xml.rels": _relations(*((f"{R}/{kind}", target) for kind, target in related)),
    }


def _content_types(related_parts: Sequence[tuple[str, str]]) -> str:
    related = {
        f"/word/{target}": f"{_TYPE}.theme+xml" if kind == "theme" else f"{_WORD}.{kind}+xml"
        for kind, target in related_parts
        if (kind, target) != _VALUES
    }
    if _VALUES in related_parts:
        related["/customXml/itemProps1.xml"] = f"{_TYPE}.customXmlProperties+xml"
    types = {
        "/word/document.xml": f"{_WORD}.document.main+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": f"{_TYPE}.extended-properties+xml",
    } | related
    overrides = "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in types.items())
    return (
        f'{HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _package_relations() -> str:
    return _relations(
        (f"{R}/officeDocument", "word/document.xml"),
        (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        (f"{R}/extended-properties", "docProps/app.xml"),
    )


def _relations(*pairs: tuple[str, str]) -> str:
    found = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(pairs, 1)
    )
    return f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{found}</Relationships>'


def _application() -> str:
    space = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    return f'{HEAD}<Properties xmlns="{space}"><Application>termsheet</Application></Properties>'


def settings(language: str, options: Options) -> str:
    """Word 2013 and later, so that it does not open in compatibility mode. Fields ask for no update.

    Raises WriteError for a protection that does not exist.
    """
    wanted = (
        ("compatibilityMode", 15),
        ("overrideTableStyleFontSizeAndJustification", 1),
        ("enableOpenTypeFeatures", 1),
        ("doNotFlipMirrorIndents", 1),
        ("differentiateMultirowTableHeaders", 1),
        ("useWord2013TrackBottomHyphenation", 0),
    )
    compatible = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="{_COMPATIBILITY}" w:val="{value}"/>'
        for name, value in wanted
    )
    return (
        f'{HEAD}<w:settings {SPACES}><w:zoom w:percent="100"/>{"<w:trackRevisions/>" if options.tracked else ""}'
        f'{_protection(options.protection)}<w:defaultTabStop w:val="720"/>'
        f'{"<w:autoHyphenation/>" if language[:2].lower() in _HYPHENATED else ""}'
        f'<w:characterSpacingControl w:val="doNotCompress"/><w:compat>{compatible}</w:compat>'
        f"<w:themeFontLang w:val={quoted(language.replace('_', '-'))}/>"
        f'<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def _protection(kind: str) -> str:
    """Without a password: it keeps to the rules who wants to, and Word keeps a password weakly."""
    if not kind:
        return ""
    if kind not in PROTECTIONS:
        raise WriteError(f"there is no protection {kind!r}", help=f"choose one of: {', '.join(PROTECTIONS)}")
    return f'<w:documentProtection w:edit="{PROTECTIONS[kind]}" w:enforcement="1"/>'


def _fonts(look: Theme) -> str:
    return (
        f'{HEAD}<w:fonts {SPACES}><w:font w:name="{look.font}"><w:panose1 w:val="{look.panose}"/>'
        f'<w:charset w:val="00"/><w:family w:val="{look.family}"/><w:pitch w:val="variable"/>'
        "</w:font></w:fonts>"
    )


def _drawing_theme(look: Theme) -> str:
    """What Word offers where a user adds colour or a shape by hand."""
    accents = (look.ink, "7A869A", "8C6D3F", "4F6D5B", "6B4C5F", look.rule)
    named = {"dk1": "000000", "lt1": "FFFFFF", "dk2": look.ink, "lt2": look.band}
    named |= {f"accent{n}": value for n, value in enumerate(accents, 1)}
    named |= {"hlink": look.link, "folHlink": "5B4A72"}
    colours = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in named.items())
    face = f'<a:latin typeface="{look.font}"/><a:ea typeface=""/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="9525">{fill}<a:prstDash val="solid"/></a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'{HEAD}<a:theme xmlns:a="{_DRAWING}" name="termsheet"><a:themeElements>'
        f'<a:clrScheme name="termsheet">{colours}</a:clrScheme>'
        f'<a:fontScheme name="termsheet"><a:majorFont>{face}</a:majorFont><a:minorFont>{face}</a:minorFont>'
        f'</a:fontScheme><a:fmtScheme name="termsheet"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{line * 3}</a:lnStyleLst><a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )
