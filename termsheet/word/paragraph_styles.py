"""The paragraph styles, in the order in which a reader of the paper meets them.

Toggle properties (bold) of a paragraph style and of a character style within it cancel out in Word. So only
those paragraph styles are bold that hold plain words: headings, bands, titles of columns.
"""

from __future__ import annotations

from termsheet.word.clause_styles import clause_styles, schedule_styles
from termsheet.word.fit import NUMBER_INSET
from termsheet.word.numbering import BODY
from termsheet.word.properties import characters, edge, items, layout, stop, style
from termsheet.word.term_styles import term_styles
from termsheet.word.themes import Sheet, Theme

OPEN_POINT_INDENT = 1560
SIGNATURE_GAP = 480
SIGNATURE_TAB = 1020


def paragraph_styles(theme: Theme, sheet: Sheet, layout_name: str) -> str:
    """All paragraph styles of a layout."""
    body = term_styles(theme) if layout_name == "columns" else clause_styles(theme, sheet)
    found = _front(theme) + body + schedule_styles(theme) + _tables(theme)
    return found + _signatures(theme, sheet, own_page=layout_name == "clauses") + _furniture(theme, sheet)


def signature_width(sheet: Sheet) -> int:
    """The width of one of two signature blocks that stand side by side."""
    return (sheet.measure - SIGNATURE_GAP) // 2


def _front(theme: Theme) -> str:
    title = characters(bold=True, color=theme.ink, tracking=10, kerning=28, size=theme.size + 12)
    subtitle = characters(color=theme.ink, size=theme.size + 4)
    centred = layout(keep_next=True, before=0, after=60, line=240, align="center")
    lower = layout(keep_next=True, before=0, after=220, line=240, align="center")
    return (
        style("BodyText", "Body Text", layout(align="both"), priority=1)
        + style("BodyLead", "Body Text Lead", layout(keep_next=True), based="BodyText", priority=1)
        + items("BodyItem", "Body Item", (BODY, 1), align="both")
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


def _tables(theme: Theme) -> str:
    """For tables of data; Spacer keeps a table from being the last thing in a cell, Tail in the paper."""
    cell = layout(before=40, after=40, line=250)
    right = layout(left=0, right=NUMBER_INSET, align="right")
    head = layout(keep_next=True, before=50, after=50, line=240)
    small = characters(size=theme.data_size)
    bold = characters(bold=True, color=theme.ink, size=theme.size - 3)
    spacer = layout(before=0, after=0, line=120, exact=True)
    tail = layout(before=0, after=0, line=20, exact=True) + characters(size=2)
    return (
        style("TableText", "Table Text", cell + small)
        + style("TableNumber", "Table Number", right, based="TableText")
        + style("TableHeading", "Table Heading", head + bold, following="TableText")
        + style("TableHeadingRight", "Table Heading Right", right, based="TableHeading")
        + style("Spacer", "Spacer", spacer)
        + style("Tail", "Tail", tail)
    )


def _signatures(theme: Theme, sheet: Sheet, own_page: bool) -> str:
    """Every one keeps to the next, so that a block stays whole; the Spacer after it lets go."""
    tabs = (stop(SIGNATURE_TAB), stop(signature_width(sheet), "right", "underscore"))
    line = edge("bottom", theme.ink, size=6)
    heading = layout(
        keep_next=True, keep_lines=True, new_page=own_page, numbered=(BODY, 0), before=0 if own_page else 440,
        after=140, line=240, outline=None if own_page else 0,
    ) + characters(bold=True, caps=True, color=theme.ink, tracking=8)  # fmt: skip
    text = layout(keep_next=True, keep_lines=True, before=0, after=30, line=250)
    rule = layout(keep_next=True, border=line, before=520, after=0, line=120, exact=True)
    gap = layout(before=0, after=0, line=480, exact=True)
    caption = layout(keep_next=True, before=30, after=40, line=240)
    field = layout(
        keep_next=True, keep_lines=True, tabs=tabs, before=100, after=40, line=240,
        left=SIGNATURE_TAB, hanging=SIGNATURE_TAB,
    )  # fmt: skip
    small = characters(color=theme.grey, size=theme.size - 4)
    return (
        style("SignatureHeading", "Signature Heading", heading, following="BodyText")
        + style("SignatureText", "Signature Text", text)
        + style("SignatureParty", "Signature Party", characters(bold=True), based="SignatureText")
        + style("SignatureGap", "Signature Gap", gap)
        + style("SignatureRule", "Signature Rule", rule)
        + style("SignatureCaption", "Signature Caption", caption + small)
        + style("SignatureField", "Signature Field", field)
        + style("SignatureBy", "Signature By", layout(before=520, after=40), based="SignatureField")
    )


def _furniture(theme: Theme, sheet: Sheet) -> str:
    tabs = (stop(sheet.measure, "right"),)
    grey = characters(color=theme.grey, size=theme.size - 4)
    rule = edge("top", theme.rule, space=6)
    header = layout(tabs=tabs, after=0, line=240)
    footer = layout(border=rule, tabs=tabs, after=0, line=240)
    comment = layout(after=60, line=240) + characters(size=20)
    return (
        style("Header", "header", header + grey, priority=99)
        + style("Footer", "footer", footer + grey, priority=99)
        + style("CommentText", "annotation text", comment, priority=99)
    )
