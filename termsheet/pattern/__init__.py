"""Regular expressions that are compiled where they are first used: a run needs few of all that the rules know.

To compile those few is still a sixth of a lint, so what Python makes of them is kept, as numbers, in
`schemas/patterns.prepared.txt` (`termsheet.pattern.build`). A Python that would make something else compiles them.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, cast


def pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """The same as `re.compile`, later."""
    return cast("re.Pattern[str]", _Later(text, int(flags)))


class _Later:
    """Stands for a pattern; what is asked of it once is at hand from then on."""

    def __init__(self, text: str, flags: int) -> None:
        self.__dict__["_what"] = (text, flags)

    def __getattr__(self, name: str) -> Any:
        compiled = self.__dict__.get("_compiled")
        if compiled is None:
            compiled = self.__dict__["_compiled"] = prepared(*self._what) or re.compile(*self._what)
        found = self.__dict__[name] = getattr(compiled, name)
        return found


def prepared(text: str, flags: int) -> re.Pattern[str] | None:
    """The pattern from what is kept of it; None where nothing is, or nothing that this Python would make."""
    found = _kept().get(title(text, flags))
    if found is None:
        return None
    import _sre  # type: ignore[import-not-found]
    import json

    try:
        flags, groups, names, indices, code = json.loads(found.decode())
        numbers = memoryview(bytes.fromhex(code)).cast("I").tolist()
        return cast("re.Pattern[str]", _sre.compile(text, flags, numbers, groups, names, tuple(indices)))
    except (RuntimeError, TypeError, ValueError):
        return None


@cache
def _kept() -> dict[bytes, bytes]:
    """What is kept for this Python: by title, JSON that is read where it is wanted."""
    try:
        with open(place(), "rb") as opened:
            first, *lines = opened.read().splitlines()
        return dict(line.split(b"\t", 1) for line in lines) if machine() in first.decode().split("\t") else {}
    except (OSError, ValueError):
        return {}


def title(text: str, flags: int) -> bytes:
    """The flags and text of a pattern, on a line."""
    return f"{flags} {text!a}".encode()


def place() -> str:
    """The file in which they are kept. Its first line tells for which compilers."""
    from termsheet import data

    return f"{data.place('schemas')}/patterns.prepared.txt"


def machine() -> str:
    """What the numbers depend on: the version of the compiler of patterns, and how bytes are ordered."""
    import _sre
    import sys

    return f"{_sre.MAGIC}-{sys.byteorder}"
