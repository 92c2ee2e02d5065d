"""What is judged at a path: by this, beside its file and rule, a finding is known from one run to the next."""

from __future__ import annotations

from functools import reduce
from operator import getitem

from termsheet.deal import Deal
from termsheet.source import Source


def evidence(path: str, deal: Deal, source: Source) -> str:
    """What was judged, as written but for white space: the value, or the values right below it.

    Nothing for what is missing, and for a section that holds more than values. A single value may stand where a list is
    meant.
    """
    route, marks = deal.route_of(path), source.marks
    there = source.nearest(route)
    if (alone := marks[there].scalar) is not None:
        return _plain(alone)
    if there != route:
        return ""
    value = reduce(getitem, there, source.data)
    keys = value if isinstance(value, dict) else range(len(value))
    below = [(key, marks[(*there, key)].scalar) for key in keys]
    texts = [_named(key, text) for key, text in below if text is not None]
    return ", ".join(texts) if len(texts) == len(below) else ""


def _named(key: str | int, text: str) -> str:
    return f"{key}: {_plain(text)}" if isinstance(key, str) else _plain(text)


def _plain(text: str) -> str:
    words = " ".join(text.split())
    if words.isascii():
        return words
    from unicodedata import normalize

    return normalize("NFC", words)
