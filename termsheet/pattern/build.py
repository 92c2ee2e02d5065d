"""Keep what Python makes of the patterns: `python -m termsheet.pattern.build`, after any change of one.

A pattern that is not kept as it stands in the code is compiled when it is used. Run by another version of Python that
makes the same of all of them, it adds this version to those for which they are kept.
"""

from __future__ import annotations

import gc
import json
import pkgutil
from array import array
from importlib import import_module
from pathlib import Path
from re import _compiler, _parser  # type: ignore[attr-defined]
from typing import Any

import termsheet
from termsheet.pattern import _Later, machine, place, title


def known() -> list[tuple[str, int]]:
    """The text and flags of every pattern in the package."""
    for module in pkgutil.walk_packages(termsheet.__path__, "termsheet."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    return sorted({made._what for made in gc.get_objects() if type(made) is _Later})


def numbers(text: str, flags: int) -> list[Any]:
    """What `re.compile` makes of a pattern, as what `_sre.compile` takes."""
    parsed = _parser.parse(text, flags)
    code = _compiler._code(parsed, flags)
    names = parsed.state.groupdict
    indices: list[str | None] = [None] * parsed.state.groups
    for name, index in names.items():
        indices[index] = name
    return [flags | parsed.state.flags, parsed.state.groups - 1, names, indices, array("I", code).tobytes().hex()]


def lines() -> list[str]:
    """The file without its first line: a pattern a line."""
    return [f"{title(*what).decode()}\t{json.dumps(numbers(*what))}" for what in known()]


def main() -> None:
    """Write the file."""
    file = Path(place())
    machines, *kept = file.read_text(encoding="utf-8").splitlines() if file.exists() else [""]
    made = lines()
    same = {*machines.split("\t")} - {""} if kept == made else set[str]()
    file.write_text("\n".join(["\t".join(sorted(same | {machine()})), *made, ""]), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
