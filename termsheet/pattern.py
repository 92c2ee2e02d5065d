"""Regular expressions that are compiled where they are first used: a run needs few of all that the rules know."""

from __future__ import annotations

import re
from typing import Any, cast


def pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """The same as `re.compile`, later."""
    return cast("re.Pattern[str]", _Later(text, flags))


class _Later:
    """Stands for a pattern; what is asked of it once is at hand from then on."""

    def __init__(self, text: str, flags: int) -> None:
        self.__dict__["_what"] = (text, flags)

    def __getattr__(self, name: str) -> Any:
        compiled = self.__dict__.get("_compiled")
        if compiled is None:
            compiled = self.__dict__["_compiled"] = re.compile(*self._what)
        found = self.__dict__[name] = getattr(compiled, name)
        return found
