"""Texts that are kept from one run to the next, each under a key that is made of all that it depends on.

    cache = Cache.of("lint", "2027-03-01")
    text = cache.get(key(stamp, raw))           # None where there is none, or none that can be trusted
    cache.put(key(stamp, raw), text)

A folder of the user's own (`TERMSHEET_CACHE`, else that of the system) holds a file a text, with a digest before it, so
that one that was cut short or spoilt is as good as none. It holds text and never code. What cannot be read or written
there is passed over: a cache is no reason to fail.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable, Iterator

from termsheet.digests import blake2b

VARIABLE = "TERMSHEET_CACHE"
_OFF = "off"
_SHELVES = 7  # days, or whatever a shelf is for, that are kept
_DIGEST = 32  # hexadecimal digits


def folder() -> str:
    """The folder of the cache, or nothing where none is wanted or can be told."""
    named = os.environ.get(VARIABLE)
    if named:
        return "" if named == _OFF else os.path.abspath(named)
    if sys.platform == "win32":
        above = os.environ.get("LOCALAPPDATA", "")
    elif sys.platform == "darwin":
        above = os.path.expanduser("~/Library/Caches")
    else:
        above = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(above, "termsheet") if os.path.isabs(above) else ""


class Cache:
    """One shelf of the cache: texts that go out of use together, such as those of a day."""

    def __init__(self, place: str) -> None:
        self.place = place
        self._made: set[str] = set()
        self._writes = 0

    @classmethod
    def of(cls, kind: str, shelf: str) -> Cache | None:
        """The shelf of that name; None where there is no cache."""
        top = folder()
        return cls(os.path.join(top, kind, shelf)) if top else None

    def get(self, key: str) -> str | None:
        """The text of a key, or None."""
        try:
            with open(self._file(key), "rb") as file:
                raw = file.read()
        except OSError:
            return None
        mark, text = raw[:_DIGEST], raw[_DIGEST:]
        if mark != _digest(text).encode():
            return None
        return text.decode("utf-8", "surrogatepass")

    def put(self, key: str, text: str) -> None:
        """Keep a text. Two runs that keep one at a time leave one of the two, whole."""
        if self._writes < 0:
            return
        target, raw = self._file(key), text.encode("utf-8", "surrogatepass")
        self._writes += 1
        temporary = f"{target}.{os.getpid()}-{self._writes}.tmp"
        try:
            self._make(os.path.dirname(target))
            handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
            try:
                os.write(handle, _digest(raw).encode() + raw)
            finally:
                os.close(handle)
            os.replace(temporary, target)
        except OSError:
            self._writes = -1  # a full or locked disk is not asked again
            with contextlib.suppress(OSError):
                os.unlink(temporary)

    def _file(self, key: str) -> str:
        return os.path.join(self.place, key[:2], key[2:])

    def _make(self, parent: str) -> None:
        if parent in self._made:
            return
        self._made.add(parent)
        if not os.path.isdir(self.place):
            os.makedirs(self.place, mode=0o700, exist_ok=True)
            _clear(os.path.dirname(self.place), self.place)
        os.makedirs(parent, mode=0o700, exist_ok=True)


def _clear(top: str, but: str) -> None:
    """Take away the shelves that were used longest ago. What is a link is left alone."""
    from shutil import rmtree

    shelves = [entry for entry in os.scandir(top) if entry.is_dir(follow_symlinks=False) and entry.path != but]
    shelves.sort(key=lambda entry: entry.stat(follow_symlinks=False).st_mtime, reverse=True)
    for old in shelves[_SHELVES - 1 :]:
        rmtree(old.path, ignore_errors=True)


def key(stamp: str, raw: bytes) -> str:
    """The key of what is made of a file's bytes, under a stamp of all else that it depends on."""
    return blake2b(raw, 16, bytes.fromhex(stamp))


def stamp(*parts: object) -> str:
    """One short text for many values."""
    return _digest(repr(parts).encode("utf-8", "surrogatepass"))


def contents(paths: Iterable[str]) -> str:
    """A stamp of what files and folders hold, to the byte."""
    found: list[tuple[str, bytes | None]] = []
    for path in paths:
        for file in [entry.path for entry in _below(path)] if os.path.isdir(path) else [path]:
            try:
                with open(file, "rb") as opened:
                    found.append((file, opened.read()))
            except OSError:
                found.append((file, None))
    return stamp(found)


def state(paths: Iterable[str]) -> str:
    """A stamp of files and folders by the size of each file and the time at which it was written."""
    return stamp([
        (entry.path, (told := entry.stat()).st_size, told.st_mtime_ns) for path in paths for entry in _below(path)
    ])  # fmt: skip


def _below(folder: str) -> Iterator[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _below(entry.path)
            else:
                yield entry


def _digest(raw: bytes) -> str:
    return blake2b(raw, _DIGEST // 2)
