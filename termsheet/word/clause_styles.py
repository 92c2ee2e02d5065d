"""The paragraph styles of an agreement: its cover, its contents, its clauses and its schedules."""

from __future__ import annotations

from termsheet.word.numbering import CLAUSES, FIRST_FLUSH, FIRST_ITEM, PARTIES, RECITALS, SCHEDULES, STEP
from termsheet.word.properties import characters, edge, items, layout, stop, style
from termsheet.word.themes import Sheet, Theme

TITLE_TRACKING = 20
_CONTENTS_INDENT = 1300  # as wide as "Schedule 10"


def clause_styles(theme: Theme, sheet: Sheet) -> str:
    """The styles of the cover, the contents, the parties, the background and the clauses."""
    capitals = characters(bold=True, caps=True, color=theme.ink, tracking=6)
    front = layout(keep_next=True, keep_lines=True, before=280, after=140)
    clause = layout(keep_next=True, keep_lines=True, numbered=(CLAUSES, 0), before=280, after=140, outline=0)
    return (
        style("Heading1", "heading 1", clause + capitals, following="Clause2", priority=9)
        + style("FrontHeading", "Front Heading", front + capitals, following="BodyText", priority=9)
        + style("Clause2", "Clause 2", layout(numbered=(CLAUSES, 1), align="both"), priority=10)
        + style("ClauseText", "Clause Text", layout(left=STEP, align="both"), priority=10)
        + style("Definition", "Definition", layout(left=STEP, align="both"), priority=10)
        + items("ClauseItem", "Clause Item", (CLAUSES, FIRST_ITEM), align="both", priority=10)
        + style("Parties", "Parties", layout(numbered=(PARTIES, 0), align="both"), priority=11)
        + style("Recitals", "Recitals", layout(numbered=(RECITALS, 0), align="both"), priority=11)
        + _cover(theme)
        + _contents(theme, sheet)
    )


def schedule_styles(theme: Theme) -> str:
    """The styles of the schedules, which every layout may have."""
    capitals = characters(bold=True, caps=True, color=theme.ink, tracking=6)
    heading = layout(
        keep_next=True, keep_lines=True, new_page=True, numbered=(SCHEDULES, 0), before=0, after=280,
        align="center", outline=0,
    )  # fmt: skip
    return (
        style("ScheduleHeading", "Schedule Heading", heading + capitals, following="ScheduleParagraph", priority=12)
        + style("ScheduleParagraph", "Schedule Paragraph", layout(numbered=(SCHEDULES, 1), align="both"), priority=12)
        + style("ScheduleText", "Schedule Text", layout(align="both"), priority=12)
        + items("ScheduleItem", "Schedule Item", (SCHEDULES, FIRST_ITEM), flush=FIRST_FLUSH, align="both", priority=12)
    )


def _cover(theme: Theme) -> str:
    """The title stands between two rules: Word joins the borders of neighbours that are alike."""
    rules = "".join(edge(side, theme.ink, size=12, space=18) for side in ("top", "bottom"))
    between = layout(border=rules, left=theme.cover_inset, right=theme.cover_inset, before=0, after=0,
                     line=288, align="center")  # fmt: skip
    title = characters(bold=True, caps=theme.title_caps, color=theme.ink, tracking=TITLE_TRACKING,
                       size=theme.size + theme.title_growth)  # fmt: skip
    below = characters(color=theme.ink, size=theme.size + 4)
    small = characters(bold=True, color=theme.ink, tracking=6, size=theme.size - 4)
    name = characters(bold=True, size=theme.size + 2)

    def centred(before: int, after: int) -> str:
        return layout(before=before, after=after, align="center")

    return (
        style("CoverLegend", "Cover Legend", layout(before=0, after=20, line=240, align="right") + small, priority=16)
        + style("CoverDate", "Cover Date", centred(1800, 700), priority=16)
        + style("CoverTitle", "Cover Title", between + title, following="CoverSubtitle", priority=16)
        + style("CoverSubtitle", "Cover Subtitle", between + below, priority=16)
        + style("CoverText", "Cover Text", centred(240, 120), priority=16)
        + style("CoverBetween", "Cover Between", centred(840, 120), based="CoverText", priority=16)
        + style("CoverParty", "Cover Party", centred(60, 60) + name, priority=16)
        + style("CoverRole", "Cover Role", centred(0, 120), priority=16)
    )


def _contents(theme: Theme, sheet: Sheet) -> str:
    """One level for clauses and schedules alike, so that the titles of both stand below each other."""
    heading = layout(keep_next=True, before=0, after=240, align="center")
    large = characters(bold=True, caps=True, color=theme.ink, tracking=6, size=theme.size + 2)
    stops = (stop(_CONTENTS_INDENT), stop(sheet.measure, "right", "dot"))
    entry = layout(tabs=stops, after=40, line=240, left=_CONTENTS_INDENT, hanging=_CONTENTS_INDENT)
    return style("TOCHeading", "TOC Heading", heading + large, priority=39) + style(
        "TOC1", "toc 1", entry, priority=39
    )
