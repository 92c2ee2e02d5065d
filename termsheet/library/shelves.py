"""The folders that a paper is made from: those of termsheet with those of a house on top, or what was frozen of them.

    shelves(house).clauses          the folders of clauses, the built-in one first
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from termsheet import data
from termsheet.house import House


class Frozen(NamedTuple):
    """The files of a folder as they were: each by its path in that folder, and where it stands now."""

    files: tuple[tuple[str, Path], ...]


Folder = Path | Frozen


class Shelves(NamedTuple):
    """Folders of clauses and of forms; of two that say something of one clause or form, the later wins."""

    clauses: tuple[Folder, ...]
    templates: tuple[Folder, ...]


def shelves(house: House) -> Shelves:
    """The built-in folders, with those of a house on top."""
    return Shelves(
        (data.folder("clauses"), *house.clauses), (data.folder("templates"), *house.templates)
    )


def listed(folder: Folder, pattern: str) -> list[tuple[str, Path]]:
    """The files of a folder by their path in it, in its order; what was frozen is all of the kind asked for."""
    if isinstance(folder, Frozen):
        return sorted(folder.files)
    return sorted((path.relative_to(folder).as_posix(), path) for path in folder.glob(pattern))
