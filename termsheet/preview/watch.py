"""What changes when a file or a folder does."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

Stamps = dict[str, tuple[int, int]]


def stamps(paths: Iterable[str]) -> Stamps:
    """When each file, or each file below a folder, was last written, and its size; nothing where there is none."""
    found: Stamps = {}
    for path in paths:
        for file in _files(path):
            try:
                state = os.stat(file)
            except OSError:
                continue
            found[file] = state.st_mtime_ns, state.st_size
    return found


def _files(path: str) -> Iterator[str]:
    if not os.path.isdir(path):
        yield path
        return
    for folder, _, names in os.walk(path):
        yield from (os.path.join(folder, name) for name in names)
