"""The words that a clause does without, from `templates/usage.yaml`."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from termsheet import data, source
from termsheet.source import Shape


@cache
def _page() -> dict[str, Any]:
    path = data.folder("templates") / "usage.yaml"
    page: dict[str, Any] = source.parse(
        path.read_text(encoding="utf-8"), path.name, Shape("start with a key")
    ).data
    return page


def words(kind: str) -> dict[str, str]:
    """The words of a kind, each with what to write instead."""
    found: dict[str, str] = _page()[kind]
    return found


@cache
def pattern(kind: str) -> re.Pattern[str]:
    """What finds the words of a kind, the longest first."""
    known = sorted(words(kind), key=len, reverse=True)
    inner = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in known)
    return re.compile(rf"(?<![\w/])(?:{inner})(?![\w/])", re.IGNORECASE)


@cache
def names() -> frozenset[str]:
    """Names that begin with a capital letter and are no defined terms."""
    return frozenset(_page()["names"].split())
