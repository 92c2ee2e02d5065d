"""The folders that a paper is made from: those of termsheet with those of a house on top, or what was frozen of them.

    shelves(house).clauses          the folders of clauses, the built-in one first
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import NamedTuple

from termsheet import data
from termsheet.house import House


class Frozen(NamedTuple):
    """The files of a folder as they were: each by its path in that folder, and where it stands now."""

    files: tuple[tuple[str, str], ...]


Folder = str | os.PathLike[str] | Frozen


class Shelves(NamedTuple):
    """Folders of clauses and of forms; of two that say something of one clause or form, the later wins."""

    clauses: tuple[Folder, ...]
    templates: tuple[Folder, ...]


def shelves(house: House) -> Shelves:
    """The built-in folders, with those of a house on top."""
    return Shelves(
        (data.place("clauses"), *house.clauses), (data.place("templates"), *house.templates)
    )


def listed(folder: Folder, pattern: str) -> list[tuple[str, str]]:
    """The files of a folder by their path in it, in its order; what was frozen is all of the kind asked for."""
    if isinstance(folder, Frozen):
        return sorted(folder.files)
    deep, ending = pattern.startswith("**/"), pattern.removeprefix("**/").removeprefix("*")
    home = os.fspath(folder)
    return sorted((name, os.path.join(home, name)) for name in _names(home, "", ending, deep))


def _names(folder: str, above: str, ending: str, deep: bool) -> Iterator[str]:
    """The names of the files in a folder, and below it; no link to a folder is followed."""
    try:
        entries = [*os.scandir(folder)]
    except OSError:  # as of a folder that is not there
        return
    for entry in entries:
        if entry.name.endswith(ending):
            yield above + entry.name
        if deep and entry.is_dir(follow_symlinks=False):
            yield from _names(entry.path, f"{above}{entry.name}/", ending, deep)
