"""The styles of the paper: all of its typography, so that a house can restyle it in one place."""

from __future__ import annotations

from termsheet.word.markup import HEAD, SPACES, quoted
from termsheet.word.paragraph_styles import paragraph_styles
from termsheet.word.properties import characters, edge, layout, style
from termsheet.word.themes import Sheet, Theme

_RIGHT_TO_LEFT = ("ar", "fa", "he", "ur", "yi")
_EAST_ASIAN = ("ja", "ko", "zh")

# Word's own other styles stay out of the gallery.
_LATENT = (
    '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1"'
    ' w:defUnhideWhenUsed="1" w:defQFormat="0" w:count="376"/>'
)
_HIDDEN = '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/>'


def styles_xml(theme: Theme, sheet: Sheet, language: str, layout_name: str) -> str:
    """The part word/styles.xml."""
    run = characters(font=theme.font, size=theme.size, language=_language(language))
    paragraph = layout(widows=True, after=140, line=theme.leading)
    defaults = f"<w:rPrDefault>{run}</w:rPrDefault><w:pPrDefault>{paragraph}</w:pPrDefault>"
    styles = _bases() + paragraph_styles(theme, sheet, layout_name) + _character_styles(theme) + _table_styles(theme)
    return f"{HEAD}<w:styles {SPACES}><w:docDefaults>{defaults}</w:docDefaults>{_LATENT}{styles}</w:styles>"


def _language(language: str) -> str:
    """The scripts that Word sets apart have their language in attributes of their own."""
    main = language.replace("_", "-")
    short = main.split("-")[0].lower()
    east = main if short in _EAST_ASIAN else "en-US"
    right_to_left = main if short in _RIGHT_TO_LEFT else "ar-SA"
    return f"<w:lang w:val={quoted(main)} w:eastAsia={quoted(east)} w:bidi={quoted(right_to_left)}/>"


def _bases() -> str:
    return (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        f'<w:uiPriority w:val="0"/><w:qFormat/>{layout(widows=True)}</w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        f'<w:name w:val="Default Paragraph Font"/>{_HIDDEN}</w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        f'{_HIDDEN}<w:tblPr><w:tblInd w:w="0" w:type="dxa"/>{_padding(0, 108)}</w:tblPr></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        f"{_HIDDEN}</w:style>"
    )


def _character_styles(theme: Theme) -> str:
    link = characters(color=theme.link, underline=True)
    looks = (
        ("Strong", "Strong", characters(bold=True)),
        ("Emphasis", "Emphasis", characters(italic=True)),
        ("StrongEmphasis", "Strong Emphasis", characters(bold=True, italic=True)),
        ("DefinedTerm", "Defined Term", characters(bold=True)),
        ("Blank", "Blank", characters(shade=theme.blank)),
        ("HeaderLegend", "Header Legend", characters(bold=True)),
        ("OpenPointOwner", "Open Point Owner", characters(italic=True, color=theme.grey)),
        ("Hyperlink", "Hyperlink", link),
        ("CommentReference", "annotation reference", characters(size=16)),
    )
    base = "DefaultParagraphFont"
    return "".join(style(key, name, look, kind="character", based=base) for key, name, look in looks)


def _table_styles(theme: Theme) -> str:
    ruled = edge("bottom", theme.ink, size=8) + edge("insideH", theme.rule)
    head = f"<w:tcBorders>{edge('bottom', theme.ink, size=6)}</w:tcBorders>"
    first = f'<w:tblStylePr w:type="firstRow"><w:tblPr/><w:tcPr>{head}</w:tcPr></w:tblStylePr>'
    light = f"<w:tcBorders>{edge('bottom', theme.ink, size=4)}</w:tcBorders>"
    shaded = f'<w:shd w:val="clear" w:color="auto" w:fill="{theme.band}"/>'
    data_first = f'<w:tblStylePr w:type="firstRow"><w:tblPr/><w:tcPr>{light}{shaded}</w:tcPr></w:tblStylePr>'
    data = edge("top", theme.ink) + edge("bottom", theme.rule) + edge("insideH", theme.rule)
    return (
        _table("TermTable", "Term Sheet Table", ruled, _padding(28, 108, 90), first)
        + _table("DataTable", "Data Table", data, _padding(14, 100), data_first)
        + _table("SignatureTable", "Signature Table", "", _padding(0, 0), "")
    )


def _table(key: str, name: str, borders: str, padding: str, conditional: str) -> str:
    lined = f"<w:tblBorders>{borders}</w:tblBorders>" if borders else ""
    properties = f"<w:tblPr>{lined}{padding}</w:tblPr>{conditional}"
    return style(key, name, properties, kind="table", based="TableNormal", priority=59)


def _padding(upright: int, level: int, below: int | None = None) -> str:
    bottom = upright if below is None else below
    sides = (("top", upright), ("left", level), ("bottom", bottom), ("right", level))
    found = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in sides)
    return f"<w:tblCellMar>{found}</w:tblCellMar>"
