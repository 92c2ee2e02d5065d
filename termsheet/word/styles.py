"""The styles of the paper: all of its typography, so that a house can restyle it in one place.

Toggle properties (bold, italic) of a paragraph style and of a character style within it cancel out in Word. So
only those paragraph styles are bold that hold plain words: headings, bands, column titles.
"""

from __future__ import annotations

from termsheet.word.markup import HEAD, SPACES, quoted
from termsheet.word.numbering import BODY, TERMS
from termsheet.word.properties import characters, edge, layout, stop
from termsheet.word.themes import Sheet, Theme

OPEN_POINT_INDENT = 1500
SIGNATURE_GAP = 420
SIGNATURE_TAB = 794

_RTL_LANGUAGES = ("ar", "fa", "he", "ur", "yi")
_EAST_ASIAN_LANGUAGES = ("ja", "ko", "zh")


def styles_xml(theme: Theme, sheet: Sheet, language: str) -> str:
    """The part word/styles.xml."""
    run = characters(font=theme.font, size=theme.size, language=_language(language))
    defaults = (
        f"<w:docDefaults><w:rPrDefault>{run}</w:rPrDefault>"
        f"<w:pPrDefault>{layout(after=140, line=theme.leading)}</w:pPrDefault></w:docDefaults>"
    )
    # Word's own other styles stay out of the style gallery.
    latent = (
        '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1"'
        ' w:defUnhideWhenUsed="1" w:defQFormat="0" w:count="376"/>'
    )
    groups = (_defaults(), _front(theme), _terms(theme), _data(theme), _closing(theme, sheet))
    styles = "".join(groups) + _furniture(theme, sheet) + _characters(theme) + _tables(theme)
    return f"{HEAD}<w:styles {SPACES}>{defaults}{latent}{styles}</w:styles>"


def _language(language: str) -> str:
    """A script that Word sets apart has its language in an attribute of its own."""
    main = language.replace("_", "-")
    short = main.split("-")[0].lower()
    east = main if short in _EAST_ASIAN_LANGUAGES else "ja-JP"
    bidi = main if short in _RTL_LANGUAGES else "ar-SA"
    return f'<w:lang w:val={quoted(main)} w:eastAsia={quoted(east)} w:bidi={quoted(bidi)}/>'


def _style(
    style: str,
    name: str,
    properties: str = "",
    *,
    kind: str = "paragraph",
    based: str = "Normal",
    following: str = "",
    priority: int = 20,
    custom: bool = True,
    shown: bool = True,
) -> str:
    return (
        f'<w:style w:type="{kind}"{" w:customStyle=%s1%s" % (chr(34), chr(34)) if custom else ""}'
        f' w:styleId="{style}"><w:name w:val="{name}"/>'
        + (f'<w:basedOn w:val="{based}"/>' if based else "")
        + (f'<w:next w:val="{following}"/>' if following else "")
        + f'<w:uiPriority w:val="{priority}"/>'
        + ("<w:qFormat/>" if shown else "")
        + f"{properties}</w:style>"
    )


def _defaults() -> str:
    hidden = '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/>'
    sides = (("top", 0), ("left", 108), ("bottom", 0), ("right", 108))
    return (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        f'<w:uiPriority w:val="0"/><w:qFormat/>{layout(widows=True)}</w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        f'<w:name w:val="Default Paragraph Font"/>{hidden}</w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        f'{hidden}<w:tblPr><w:tblInd w:w="0" w:type="dxa"/>{_margins(sides)}</w:tblPr></w:style>'
        f'<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>{hidden}</w:style>'
    )


def _front(theme: Theme) -> str:
    title = characters(bold=True, color=theme.ink, tracking=10, kerning=28, size=theme.size + 12)
    subtitle = characters(color=theme.ink, size=theme.size + 4)
    sides = ("top", "left", "bottom", "right")
    box = "".join(edge(side, theme.blank_rule, space=6) for side in sides)
    inset = {"left": 120 + OPEN_POINT_INDENT, "right": 120, "hanging": OPEN_POINT_INDENT}
    boxed = {"border": box, "shade": theme.notice, "line": 250, **inset}
    small = characters(size=theme.size - 2)
    heading = characters(bold=True, caps=True, color=theme.ink, tracking=8, size=theme.size - 2)
    one_line = {"line": 240, "align": "center", "keep_next": True}
    return "".join(
        (
            _style("BodyText", "Body Text", layout(align="both"), priority=1, custom=False),
            _style("BodyLead", "Body Text Keep", layout(keep_next=True), based="BodyText", priority=1),
            *(_style(f"BodyItem{n}", f"Body Item {n}", layout(numbered=(BODY, n), align="both")) for n in _LEVELS),
            _style("Title", "Title", layout(before=0, after=60, **one_line) + title, following="Subtitle",
                   priority=10, custom=False),
            _style("Subtitle", "Subtitle", layout(after=220, **one_line) + subtitle, following="BodyText",
                   priority=11, custom=False),
            _style("OpenPoint", "Open Point", layout(keep_lines=True, before=0, after=40, **boxed) + small),
            _style("OpenPointsHeading", "Open Points Heading",
                   layout(keep_next=True, before=200, after=40, **boxed) + heading, following="OpenPoint"),
        )
    )  # fmt: skip
