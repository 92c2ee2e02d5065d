"""Work in chunks: what an executor is handed, and what a worker has to know of where it was sent from."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Executor

_T = TypeVar("_T")
_R = TypeVar("_R")


def chunks(items: Sequence[_T], size: int) -> Iterator[Sequence[_T]]:
    """The items in their order, so many at a time."""
    return (items[place : place + size] for place in range(0, len(items), size))


def over(work: Callable[[Sequence[_T]], _R], parts: Iterable[Sequence[_T]], executor: Executor | None) -> Iterator[_R]:
    """What becomes of each chunk, in order and as it comes: here, or wherever an executor has it done."""
    return executor.map(work, [*parts]) if executor else map(work, parts)  # Dask takes no iterator


def is_here(home: str) -> bool:
    """Whether this runs in the folder that relative names start from."""
    return os.path.realpath(os.getcwd()) == os.path.realpath(home)
