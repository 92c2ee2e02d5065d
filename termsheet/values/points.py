"""The words that may stand where a term is missing on purpose."""

from __future__ import annotations

from typing import NamedTuple

WORDS = ("open", "withheld", "none")
KEYS = ("what", "who", "by")


class Point(NamedTuple):
    """A place where a term would stand.

    `kind` is `open` (still to be agreed), `withheld` (agreed, not shown), `none` (considered, and there is none) or
    `malformed` (something stands there that the schema refuses; rules pass over it, so that one cause gives one
    finding). `what`, `who` and `by` say what is open, whose turn it is and until when; `odd` are keys beside
    these, which the schema refuses.
    """

    kind: str
    what: str = ""
    who: str = ""
    by: str = ""
    odd: tuple[str, ...] = ()
