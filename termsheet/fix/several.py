"""Several words or ids written on one line where each is an entry of its own: `scale, adjust and exit`."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from termsheet.fix.site import Site
from termsheet.fix.spelling import same
from termsheet.fix.written import in_braces
from termsheet.pattern import pattern
from termsheet.splice import Edit, line_break

_BETWEEN = pattern(r"\s*[,;&+]\s*(?:and\s+)?|\s+and\s+", re.IGNORECASE)


def several(site: Site, text: str, known: Collection[str]) -> Edit | None:
    """The entries in lines of their own, where every part of the text is a known word, and none comes twice."""
    items = [same(part, known) for part in _BETWEEN.split(text.strip())]
    if len(items) < 2 or not all(items) or len(set(items)) < len(items):
        return None
    return _listed(site, items)


def _listed(site: Site, items: Sequence[str]) -> Edit | None:
    mark, text = site.read.marks[site.route], site.read.text
    if not mark.plain or in_braces(site.read, site.route) or text[slice(*mark.value)] != mark.scalar:
        return None
    line, column = site.read.position((mark.key or mark.value).start)
    nl = line_break(text)
    if mark.key is None:  # an entry becomes several
        margin = site.read.line(line)[: column - 1]
        return Edit(*mark.value, f"{nl}{margin}".join(items)) if re.fullmatch(r" *- +", margin) else None
    if not re.fullmatch(r":[ \t]+", text[mark.key.end : mark.value.start]):
        return None
    entries = "".join(f"{nl}{' ' * (column + 1)}- {item}" for item in items)
    return Edit(mark.key.end + 1, mark.value.end, entries)
