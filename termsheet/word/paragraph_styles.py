"""The paragraph styles, in the order in which a reader of the paper meets them.

Toggle properties (bold) of a paragraph style and of a character style within it cancel out in Word. So only
those paragraph styles are bold that hold plain words: headings, bands, titles of columns.
"""

from __future__ import annotations

from termsheet.word.numbering import BODY, FIRST_ITEM, TERMS
from termsheet.word.properties import characters, edge, layout, stop, style
from termsheet.word.themes import Sheet, Theme

OPEN_POINT_INDENT = 1560
SIGNATURE_GAP = 480
SIGNATURE_TAB = 794
_TOP = 70  # the same above headings, text and items, so that the first lines of a row stand level


def paragraph_styles(theme: Theme, sheet: Sheet) -> str:
    """All paragraph styles."""
    body = _front(theme) + _terms(theme) + _tables(theme)
    return body + _signatures(theme, sheet) + _furniture(theme, sheet)


def signature_width(sheet: Sheet) -> int:
    """The width of one of two signature blocks that stand side by side."""
    return (sheet.measure - SIGNATURE_GAP) // 2


def _front(theme: Theme) -> str:
    title = characters(bold=True, color=theme.ink, tracking=10, kerning=28, size=theme.size + 12)
    subtitle = characters(color=theme.ink, size=theme.size + 4)
    centred = layout(keep_next=True, before=0, after=60, line=240, align="center")
    lower = layout(keep_next=True, before=0, after=220, line=240, align="center")
    items = (_item("BodyItem", "Body Item", depth, (BODY, depth), "both") for depth in (1, 2, 3))
    return (
        style("BodyText", "Body Text", layout(align="both"), priority=1)
        + style("BodyLead", "Body Text Lead", layout(keep_next=True), based="BodyText", priority=1)
        + "".join(items)
        + style("Title", "Title", centred + title, following="Subtitle", priority=10)
        + style("Subtitle", "Subtitle", lower + subtitle, following="BodyText", priority=11)
        + _open_points(theme)
    )


def _open_points(theme: Theme) -> str:
    """One box round all of them: Word joins neighbours whose borders and indents are the same."""
    border = "".join(edge(side, theme.blank_rule, space=6) for side in ("top", "left", "bottom", "right"))
    left = 120 + OPEN_POINT_INDENT
    first = layout(
        keep_next=True, border=border, shade=theme.notice, before=200, after=60, line=240,
        left=left, right=120, hanging=OPEN_POINT_INDENT,
    )  # fmt: skip
    entry = layout(
        keep_lines=True, border=border, shade=theme.notice, before=0, after=50, line=250,
        left=left, right=120, hanging=OPEN_POINT_INDENT,
    )  # fmt: skip
    heading = characters(bold=True, caps=True, color=theme.ink, tracking=8, size=theme.size - 2)
    return style("OpenPointsHeading", "Open Points Heading", first + heading, following="OpenPoint") + style(
        "OpenPoint", "Open Point", entry + characters(size=theme.size - 1)
    )


def _terms(theme: Theme) -> str:
    band = layout(keep_next=True, keep_lines=True, before=60, after=60, line=240, outline=0)
    capitals = characters(bold=True, caps=True, color=theme.ink, tracking=8)
    clause = layout(keep_lines=True, numbered=(TERMS, 0), before=_TOP, after=70, outline=1)
    text = layout(before=_TOP, after=80)
    white = characters(color="FFFFFF")
    column = layout(keep_next=True, before=70, after=70, line=240)
    bold = characters(bold=True, color=theme.ink)
    small = characters(bold=True, color=theme.ink, tracking=4, size=theme.size - 3)
    numbered = layout(numbered=(TERMS, 1), before=_TOP, after=60)
    items = (_item("TermItem", "Term Item", depth, (TERMS, FIRST_ITEM + depth - 1), "") for depth in (1, 2, 3))
    return (
        style("Heading1", "heading 1", band + capitals, following="TermText", priority=9)
        + style("PartBinding", "Part Heading Binding", white, based="Heading1", priority=9)
        + style("Heading2", "heading 2", clause + bold, following="TermText", priority=9)
        + style("TermText", "Term Text", text)
        + style("TermParagraph", "Term Paragraph", numbered)
        + "".join(items)
        + style("ColumnHeading", "Column Heading", column + small)
    )


def _item(key: str, name: str, depth: int, numbered: tuple[int, int], align: str) -> str:
    shape = layout(numbered=numbered, before=_TOP, after=40, align=align)
    return style(f"{key}{depth}", f"{name} {depth}", shape)


def _tables(theme: Theme) -> str:
    """For tables of data; Spacer keeps a table from being the last thing in a cell, Tail in the paper."""
    cell = layout(before=40, after=40, line=250)
    right = layout(align="right")
    head = layout(keep_next=True, before=50, after=50, line=240)
    small = characters(size=theme.size - 2)
    bold = characters(bold=True, color=theme.ink, size=theme.size - 3)
    spacer = layout(before=0, after=0, line=120, exact=True)
    tail = layout(before=0, after=0, line=20, exact=True) + characters(size=2)
    return (
        style("TableText", "Table Text", cell + small)
        + style("TableNumber", "Table Number", right, based="TableText")
        + style("TableHeading", "Table Heading", head + bold)
        + style("TableHeadingRight", "Table Heading Right", right, based="TableHeading")
        + style("Spacer", "Spacer", spacer, shown=False)
        + style("Tail", "Tail", tail, shown=False)
    )


def _signatures(theme: Theme, sheet: Sheet) -> str:
    """Every one keeps to the next, so that a block stays whole; the Spacer after it lets go."""
    tabs = (stop(SIGNATURE_TAB), stop(signature_width(sheet), "right", "underscore"))
    line = edge("bottom", theme.ink, size=6)
    heading = layout(keep_next=True, keep_lines=True, numbered=(BODY, 0), before=440, after=140)
    text = layout(keep_next=True, keep_lines=True, before=0, after=30, line=250)
    rule = layout(keep_next=True, border=line, before=520, after=0, line=120, exact=True)
    caption = layout(keep_next=True, before=30, after=40, line=240)
    field = layout(
        keep_next=True, keep_lines=True, tabs=tabs, before=100, after=40, line=240,
        left=SIGNATURE_TAB, hanging=SIGNATURE_TAB,
    )  # fmt: skip
    small = characters(color=theme.grey, size=theme.size - 4)
    return (
        style("SignatureHeading", "Signature Heading", heading, based="Heading1", following="BodyText")
        + style("SignatureText", "Signature Text", text)
        + style("SignatureRule", "Signature Rule", rule, shown=False)
        + style("SignatureCaption", "Signature Caption", caption + small)
        + style("SignatureField", "Signature Field", field)
    )


def _furniture(theme: Theme, sheet: Sheet) -> str:
    tabs = (stop(sheet.measure, "right"),)
    grey = characters(color=theme.grey, size=theme.size - 4)
    rule = edge("top", theme.rule, space=6)
    header = layout(tabs=tabs, after=0, line=240)
    footer = layout(border=rule, tabs=tabs, after=0, line=240)
    return style("Header", "header", header + grey, priority=99, shown=False) + style(
        "Footer", "footer", footer + grey, priority=99, shown=False
    )
