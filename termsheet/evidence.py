"""What a finding found: by this, beside its file, rule and path, it is known from one run to the next."""

from __future__ import annotations

from functools import reduce
from operator import getitem
from unicodedata import normalize

from termsheet.finding import Finding
from termsheet.lint import FileReport


def evidence(finding: Finding, file: FileReport) -> str:
    """What was judged, as written but for white space: the value, or the values right below it.

    Nothing for what is missing, and for a section that holds more than values. A single value may stand where a list is
    meant.
    """
    route, marks = file.deal.route_of(finding.path), file.source.marks
    there = file.source.nearest(route)
    if (alone := marks[there].scalar) is not None:
        return _plain(alone)
    if there != route:
        return ""
    value = reduce(getitem, there, file.source.data)
    keys = value if isinstance(value, dict) else range(len(value))
    below = [(key, marks[(*there, key)].scalar) for key in keys]
    texts = [_named(key, text) for key, text in below if text is not None]
    return ", ".join(texts) if len(texts) == len(below) else ""


def _named(key: str | int, text: str) -> str:
    return f"{key}: {_plain(text)}" if isinstance(key, str) else _plain(text)


def _plain(text: str) -> str:
    return normalize("NFC", " ".join(text.split()))
