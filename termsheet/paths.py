"""Paths as messages name them."""

from __future__ import annotations

import os


def shown(file: str | os.PathLike[str]) -> str:
    """A file as messages name it: from the folder where we are, or in full where that is shorter."""
    try:
        return min(os.path.relpath(file), os.fspath(file), key=len)
    except ValueError:  # on another drive
        return os.fspath(file)
