"""Globs as `.gitignore` knows them: without a slash, a name in any folder; a folder stands for all that is in it.

    Glob("signed/**").matches("signed/acme.deal.yaml")

A path is followed with every place of it that may be reached, step by step, so that no glob takes long to judge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from termsheet.pattern import pattern

_STEPS = pattern(r"(?:\*\*/)+|\*{2,}|\*|\?|\[[!^]?\]?[^\]]*\]|.", re.DOTALL)


class Glob:
    """A glob, ready to be matched. Raises `re.error` where brackets hold what is no range."""

    def __init__(self, glob: str) -> None:
        body = glob.removeprefix("./").rstrip("/")
        body = body.removeprefix("/") if "/" in body else f"**/{body}"
        self._steps = tuple(map(_step, _STEPS.findall(body)))

    def matches(self, path: str) -> bool:
        """Whether it is for a file, named with `/`."""
        reached = {0}
        for step in self._steps:
            reached = {*_after(step, reached, path)}
        return any(at == len(path) or path[at] == "/" for at in reached)


def _step(step: str) -> str | re.Pattern[str]:
    """A step of any length as `**/`, `**` or `*`; else what one character has to match."""
    if step[0] == "*":
        return "**/" if step[-1] == "/" else step[:2]
    if step == "?":
        return re.compile("[^/]", re.DOTALL)
    if len(step) > 1:  # one of several characters
        inner = re.sub(r"([\\\[\]^&~|])", r"\\\1", step[2:-1] if step[1] in "!^" else step[1:-1])
        return re.compile(f"[^/{inner}]" if step[1] in "!^" else f"[{inner}]", re.DOTALL)
    return re.compile(re.escape(step), re.DOTALL)


def _after(step: str | re.Pattern[str], reached: set[int], path: str) -> Iterator[int]:
    """Where a path may be after a step, from where it may be before it."""
    if isinstance(step, re.Pattern):
        yield from (at + 1 for at in reached if at < len(path) and step.match(path, at))
        return
    if not reached:
        return
    yield from reached
    is_in = False
    for at in range(min(reached), len(path)):
        is_in = step != "*" or at in reached or (is_in and path[at - 1] != "/")
        if is_in and (path[at] == "/" if step == "**/" else step == "**" or path[at] != "/"):
            yield at + 1
