"""Where the data of the library stands: `schemas/`, `clauses/`, `templates/` and `examples/`.

In a wheel they are carried inside the package as `_data/`; in a checkout they are folders at the top level.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_PACKAGE = os.path.dirname(os.path.realpath(__file__))


def place(name: str) -> str:
    """The folder of that name, in a wheel or in a checkout."""
    packed = os.path.join(_PACKAGE, "_data", name)
    return packed if os.path.isdir(packed) else os.path.join(os.path.dirname(_PACKAGE), name)


def folder(name: str) -> Path:
    """The same as a path."""
    from pathlib import Path  # a lint of a deal does without

    return Path(place(name))
