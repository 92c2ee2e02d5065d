"""Values in another form than the vocabulary's, and of another type than the schema's."""

from __future__ import annotations

import re

from termsheet import schema
from termsheet.fix import numbers, words
from termsheet.fix.forms import right
from termsheet.fix.several import several
from termsheet.fix.site import Site
from termsheet.fix.spelling import meant
from termsheet.fix.written import bare_edit, in_braces, quoted_edit, value_edit
from termsheet.pattern import pattern
from termsheet.schema.messages import LATER, NO
from termsheet.source.syntax import NO_SPACE
from termsheet.splice import Edit, line_break
from termsheet.values.points import WORDS

_YES_NO = {"yes": "yes", "y": "yes", "true": "true", "no": "no", "n": "no", "false": "false"}
_SEVERAL = pattern(r"[,;/&+\r\n]|\band\b|\bor\b", re.IGNORECASE)


def form(site: Site) -> Edit | None:
    """A date, an amount and their like in the form of the vocabulary."""
    value, currency = str(site.params["value"]), site.deal.text("deal.currency")
    if value.lower() in WORDS:
        return words.point(site)
    own = currency if re.fullmatch(r"[A-Z]{3}", currency) else ""
    found = right(site.params["form"], value, own)
    return value_edit(site.read, site.route, found) if found else None


def kind(site: Site) -> Edit | None:
    """A value of the wrong type."""
    value, wanted = site.params["value"], site.params["wanted"]
    if isinstance(value, dict) and wanted == "string":
        return _colon(site)
    text = site.read.marks[site.route].scalar
    if text is None or value is None:
        return None
    if text.lower() in WORDS:
        return words.point(site)
    if wanted == "boolean":
        said = _YES_NO.get(text.lower())
        return bare_edit(site.read, site.route, said) if said else None
    if wanted == "integer":
        number = numbers.whole(text)
        return bare_edit(site.read, site.route, str(number)) if number is not None else None
    if wanted == "array":
        return _entry(site, text)
    return _space(site, text) if wanted == "object" else None


def _colon(site: Site) -> Edit | None:
    """An entry such as `Phase one: live classes`, which YAML takes for a key and its value, in quotes."""
    (key, value), *more = site.params["value"].items() or [("", None)]
    if more or not isinstance(value, str) or meant(key, words.keys()):
        return None
    mark, span = site.read.marks[(*site.route, key)], site.read.marks[site.route].value
    if not mark.plain or mark.key is None or (mark.key.start, mark.value.end) != span:
        return None
    return None if in_braces(site.read, (*site.route, key)) else quoted_edit(site.read, span)


def _entry(site: Site, text: str) -> Edit | None:
    """One text where a list is wanted: the one entry of a list. What may be several is left alone."""
    mark = site.read.marks[site.route]
    items = schema.resolve(site.params["schema"].get("items", {}), schema.deal_schema())
    if "enum" in items and (listed := several(site, text, list(map(str, items["enum"])))):
        return listed
    if "properties" in items or _SEVERAL.search(text) or text.lower() in (*NO, *LATER):
        return None
    if mark.key is None or in_braces(site.read, site.route) or not bare_edit(site.read, site.route, text):
        return None
    gap = site.read.text[mark.key.end : mark.value.start]
    if not re.fullmatch(r":[ \t]+", gap):
        return None
    _, column = site.read.position(mark.key.start)
    return Edit(mark.key.end + 1, mark.value.start, f"{line_break(site.read.text)}{' ' * (column + 1)}- ")


def _space(site: Site, text: str) -> Edit | None:
    """`title:Acme` where keys are wanted: the space after the colon is missing."""
    value = site.read.marks[site.route].value
    colon = NO_SPACE.match(text)
    if not colon or colon[0][:-1] not in site.params["schema"].get("properties", {}):
        return None
    at = value.start + colon.end()
    return Edit(at, at, " ") if site.read.text[slice(*value)] == text else None
