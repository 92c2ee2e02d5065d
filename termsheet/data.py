"""Where the data of the library stands: `schemas/`, `clauses/`, `templates/` and `examples/`.

In a wheel they are carried inside the package as `_data/`; in a checkout they are folders at the top level.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """The folder of that name, in a wheel or in a checkout."""
    packed = _PACKAGE / "_data" / name
    return packed if packed.is_dir() else _PACKAGE.parent / name
