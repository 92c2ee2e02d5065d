"""The library as it was read beforehand: front matter, and each text as a tree (`termsheet.library.trees`).

`schemas/library.prepared.jsonl` is made of the clauses and forms by `python -m termsheet.library.build`: first the
conditions and captions, then a line for each clause. A line holds for a file of exactly the content that it was made
of, so that a clause which has changed since, or that of a house, is read as ever. It is data and no code.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from functools import cache, cached_property, lru_cache
from typing import Any

from termsheet import data
from termsheet.digests import blake2b
from termsheet.library import callables
from termsheet.library.evaluate import Program, Words, expression, tree_of

FILE = "library.prepared.jsonl"
_BYTES = 16  # of the hash of a file
_DIGITS = 2 * _BYTES

Key = tuple[str, str]
Context = Mapping[str, Any]


class Script(str):
    """A text that knows its own tree."""

    __slots__ = ("_entry", "_key", "_program")
    _entry: Entry
    _key: Key
    _program: Program | None

    @property
    def program(self) -> Program:
        """The text, ready to run."""
        if self._program is None:
            self._program = self._entry.program(self._key)
        return self._program


class Entry:
    """What is known of a file of one content: its front matter, which texts it has, and the terms that it defines.

    The trees of its texts, and of the macros that they share, are read when they are run.
    """

    def __init__(self, told: bytes) -> None:
        head, _, self._trees = told.partition(b"\t")
        self.front, keys, self.defines = tree_of(head)
        self.keys: list[Key] = [(variant, form) for variant, form in keys]

    @cached_property
    def _apart(self) -> list[bytes]:
        return self._trees.split(b"\t")

    def program(self, key: Key) -> Program:
        """A text, ready to run."""
        place, count = self.keys.index(key), len(self.keys)
        return Program(tree_of(self._apart[place]), self._apart[count:], _words())


class Texts(Mapping[Key, str]):
    """The texts of a file by variant and form, taken from it when one is asked for."""

    def __init__(self, entry: Entry, taken: Callable[[], Mapping[Key, str]]) -> None:
        self.entry = entry
        self._taken = taken
        self._made: dict[Key, Script] = {}

    def __getitem__(self, key: Key) -> str:
        if not self._made:
            for place, text in self._taken().items():
                script = self._made[place] = Script(text)
                script._entry, script._key, script._program = self.entry, place, None
        return self._made[key]

    def __iter__(self) -> Iterator[Key]:
        return iter(self.entry.keys)

    def __len__(self) -> int:
        return len(self.entry.keys)

    def __contains__(self, key: object) -> bool:
        return key in self.entry.keys


@cache
def _words() -> Words:
    from termsheet.library.callables import choose

    return Words(callables.FILTERS, callables.TESTS, {"choose": choose})


@cache
def _file() -> tuple[Mapping[str, Any], Mapping[str, Any], Mapping[bytes, bytes]]:
    """The conditions, the captions, and the line of each file by its hash."""
    try:
        with open(os.path.join(data.place("schemas"), FILE), "rb") as file:
            first, *lines = file
        conditions, captions = tree_of(first)
    except (OSError, ValueError):  # it saves time and nothing else
        return {}, {}, {}
    return conditions, captions, {line[:_DIGITS]: line for line in lines}


def digest(raw: bytes) -> bytes:
    """The hash by which a file is known, whichever way its lines end."""
    return blake2b(raw.replace(b"\r\n", b"\n"), _BYTES).encode()


def entry(raw: bytes) -> Entry | None:
    """What is known of a file of this content."""
    return _entry(digest(raw))


@lru_cache(maxsize=1024)
def _entry(known: bytes) -> Entry | None:
    line = _file()[2].get(known)
    if line is None:
        return None
    return Entry(line[_DIGITS + 1 :])


def page(raw: bytes) -> Any:
    """What a YAML file of the library says, or None where it is not known."""
    line = _file()[2].get(digest(raw))
    return None if line is None else tree_of(line[_DIGITS + 1 :])


@lru_cache(maxsize=1024)
def condition(text: str) -> Callable[[Context], Any] | None:
    """A condition, ready to run, if it is one of the library."""
    tree = _file()[0].get(text)
    return None if tree is None else expression(tree, _words())


def program(text: str) -> Program | None:
    """A text, ready to run, if it is one of the library."""
    return text.program if isinstance(text, Script) else _caption(text)


@lru_cache(maxsize=1024)
def _caption(text: str) -> Program | None:
    tree = _file()[1].get(text)
    return None if tree is None else Program(tree, (), _words())
