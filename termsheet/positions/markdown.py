"""Where a deal stands, as a table in Markdown, for the own side's notes."""

from __future__ import annotations

from termsheet.positions.table import PRIVATE, Row, label
from termsheet.report.escape import markdown
from termsheet.standing import Stands

_HEADS = ("Clause", "Question", "Where we stand", "Ours", "Fallback", "Walk-away", "Approves")


def render(title: str, stands: Stands, found: list[Row]) -> str:
    """The page."""
    lines = [f"# {markdown(title)}", "", f"{markdown(stands.heading())}. {PRIVATE}", ""]
    lines += [f"| {' | '.join(_HEADS)} |", f"|{'---|' * len(_HEADS)}"]
    for stand, line in found:
        place = f"{label(stand)}" + (f", line {line}" if line else "")
        said = "; ".join(filter(None, (stand.value, stand.unjudged)))
        about = f"{stand.title}: {stand.entry}" if stand.entry else stand.title
        where = f"**{markdown(place)}**" + (f"<br>{markdown(said)}" if said else "")
        cells = [markdown(about), markdown(stand.question), where,
                 *(markdown(text) or "–" for text in (stand.preferred, stand.fallback, stand.walk_away,
                                                     stand.approves))]  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join([*lines, "", markdown(stands.summary())]) + "\n"
