"""Keep what this version of Python makes of the patterns: `python -m termsheet.pattern.build`, after any change of one.

A pattern that is not kept, or not as it stands in the code, is compiled when it is used.
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
from termsheet.pattern import _Later, _name, place

_OTHERS = ("__main__", "build", "dask")  # what runs when it is imported, or needs what may not be there


def known() -> list[tuple[str, int]]:
    """The text and flags of every pattern in the package."""
    for module in pkgutil.walk_packages(termsheet.__path__, "termsheet."):
        if module.name.rpartition(".")[2] not in _OTHERS:
            import_module(module.name)
    return sorted({made._what for made in gc.get_objects() if type(made) is _Later})


def kept(text: str, flags: int) -> list[Any]:
    """What `re.compile` makes of a pattern, as what `_sre.compile` takes."""
    parsed = _parser.parse(text, flags)
    code = _compiler._code(parsed, flags)
    names = parsed.state.groupdict
    indices: list[str | None] = [None] * parsed.state.groups
    for name, index in names.items():
        indices[index] = name
    return [flags | parsed.state.flags, parsed.state.groups - 1, names, indices, array("I", code).tobytes().hex()]


def text() -> str:
    """The file for this version of Python: a pattern a line."""
    return "".join(f"{_name(*what)}\t{json.dumps(kept(*what))}\n" for what in known())


if __name__ == "__main__":
    kept_in = Path(place())
    kept_in.parent.mkdir(exist_ok=True)
    kept_in.write_text(text(), encoding="utf-8", newline="\n")
