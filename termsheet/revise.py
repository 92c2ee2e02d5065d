"""Write a changed file over the one that was read."""

from __future__ import annotations

import os
from pathlib import Path

from termsheet.errors import WriteError
from termsheet.put import put


def revise(path: str, data: bytes) -> None:
    """Write the file anew, whole or not at all. Raises WriteError for one that is read-only, and leaves it alone."""
    is_read_only = not os.stat(path).st_mode & 0o222  # root may write it all the same
    if is_read_only or not os.access(path, os.W_OK):
        raise WriteError("is read-only, and was not changed", file=path, help="make it writable first")
    put(Path(path), data)
