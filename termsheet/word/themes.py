"""The looks that a paper can have, and the sheets that it is printed on."""

from __future__ import annotations

from functools import cached_property

from termsheet.errors import WriteError
from termsheet.immutable import immutable
from termsheet.word.measure import Ruler


@immutable
class Theme:
    """A house look. Sizes are half-points, leading is 240ths of a line, colours are RRGGBB.

    Only fonts that have a metric-compatible free clone are used, so that pages break alike everywhere; a house has its
    own. The title of a cover is larger than the text by `title_growth`, in capitals with `title_caps`, and stands in
    from both sides by `cover_inset`.
    """

    font: str
    family: str
    panose: str
    size: int
    leading: int
    ink: str
    rule: str
    band: str
    grey: str = "595959"
    blank: str = "FFF2CC"
    blank_rule: str = "D6B656"
    notice: str = "FFFBEF"
    link: str = "1F4E79"
    title_growth: int = 12
    title_caps: bool = True
    cover_inset: int = 850

    @cached_property
    def ruler(self) -> Ruler:
        """Measures the text."""
        return Ruler(self.family, self.size / 2)

    @cached_property
    def data_ruler(self) -> Ruler:
        """Measures the text of tables of data, which is a little smaller."""
        return Ruler(self.family, self.data_size / 2)

    @property
    def data_size(self) -> int:
        """The size of tables of data."""
        return self.size - 2


@immutable
class Sheet:
    """A size of paper and its margins, in twips (1/1440 inch)."""

    width: int
    height: int
    left: int = 1440
    right: int = 1440
    top: int = 1588
    bottom: int = 1440
    header: int = 709
    footer: int = 624

    @property
    def measure(self) -> int:
        """The width of the text."""
        return self.width - self.left - self.right


THEMES = {
    "modern": Theme(
        font="Arial",
        family="swiss",
        panose="020B0604020202020204",
        size=20,
        leading=264,
        ink="1F2A44",
        rule="9AA3B2",
        band="EEF1F5",
    ),
    "classic": Theme(
        font="Times New Roman",
        family="roman",
        panose="02020603050405020304",
        size=22,
        leading=259,
        ink="000000",
        rule="7F7F7F",
        band="F2F2F2",
        link="000000",
    ),
}

SHEETS = {"a4": Sheet(11906, 16838), "letter": Sheet(12240, 15840)}


def theme(name: str) -> Theme:
    """The theme of that name. Raises WriteError where there is none."""
    if name not in THEMES:
        raise WriteError(f"there is no theme {name!r}", help=f"choose one of: {', '.join(THEMES)}")
    return THEMES[name]


def sheet(paper: str) -> Sheet:
    """The sheet of that name, "a4" or "letter". Raises WriteError where there is none."""
    if paper.lower() not in SHEETS:
        raise WriteError(f"there is no paper {paper!r}", help=f"choose one of: {', '.join(SHEETS)}")
    return SHEETS[paper.lower()]
