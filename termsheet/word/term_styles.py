"""The paragraph styles of the two columns: a band for each part, the headings at left, the text at right."""

from __future__ import annotations

from termsheet.word.numbering import CLAUSES, FIRST_FLUSH, FIRST_ITEM
from termsheet.word.properties import characters, edge, items, layout, style
from termsheet.word.themes import Theme

# The same above headings, text and items, so that the first lines of a row stand level; and nothing below, so that
# the gap is one and the same within a row and between two rows of a clause.
_TOP = 70
_BAND_INSET = 108  # as far as the text of a cell is from its edge


def term_styles(theme: Theme) -> str:
    """The styles of the bands and of the table of terms."""
    heading = layout(keep_next=False, keep_lines=True, numbered=(CLAUSES, 0), before=_TOP, after=0, outline=1)
    bold = characters(bold=True, color=theme.ink)
    small = characters(bold=True, color=theme.ink, tracking=4, size=theme.size - 3)
    column = layout(keep_next=True, before=50, after=0, line=240)
    return (
        style("Heading1", "heading 1", _band(theme, theme.band, theme.ink), following="TermText", priority=9)
        + style("PartBinding", "Part Heading Binding", _band(theme, theme.ink, "FFFFFF"), based="Heading1",
                following="TermText", priority=9)
        + style("Heading2", "heading 2", heading + bold, following="TermText", priority=9)
        + style("TermText", "Term Text", layout(before=_TOP, after=0))
        + style("TermParagraph", "Term Paragraph", layout(numbered=(CLAUSES, 1), before=_TOP, after=0))
        + items("TermItem", "Term Item", (CLAUSES, FIRST_ITEM), flush=FIRST_FLUSH, before=_TOP, after=0)
        + style("ColumnHeading", "Column Heading", column + small)
    )  # fmt: skip


def _band(theme: Theme, fill: str, ink: str) -> str:
    """A paragraph that looks like a row: its borders carry the shading out to the edges of the table.

    It stands outside the table, because Word's navigation pane leaves out the headings within one.
    """
    sides = (("top", 3), ("left", 5), ("bottom", 3), ("right", 5))
    border = "".join(edge(side, fill, space=space) for side, space in sides)
    shape = layout(
        keep_next=True, keep_lines=True, border=border, shade=fill, before=260, after=60, line=240,
        left=_BAND_INSET, right=_BAND_INSET, outline=0,
    )  # fmt: skip
    return shape + characters(bold=True, caps=True, color=ink, tracking=8)
