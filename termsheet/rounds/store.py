"""The rounds of a deal on the disk: each a folder that is written at once, and never again.

    for round in rounds("deal.yaml"):
        round.number, round.sent_on, round.draft, round.document
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from termsheet.digests import sha256
from termsheet.errors import TermsheetError, WriteError
from termsheet.immutable import immutable
from termsheet.put import put, reason
from termsheet.rounds import folder

if TYPE_CHECKING:
    from termsheet.document import Document

RECORD = "round.json"
DRAFT, DEAL, DOCUMENT, LIBRARY = "draft.docx", "deal.yaml", "document.json", "library.json"
_ASIDE = ".termsheet-*.tmp"  # as `put` and `freeze` name what is not yet in its place
_OLD = 60 * 60  # seconds; no send takes so long
_AS_THEY_ARE = "# What was sent is kept byte for byte.\n* -text\n"
_RESTORE = "take it back out of your version control"


@immutable
class Sent:
    """What a round says of itself. `options` are those of the rendering that are not the default."""

    form: str
    sent_on: date
    theme: str = ""
    paper: str = ""
    to: str = ""
    note: str = ""
    digest: str = ""
    termsheet: str = ""
    options: Mapping[str, Any] = {}


@immutable
class Round:
    """A round. Its files are read when they are asked for, and only as they were frozen: TermsheetError otherwise."""

    number: int
    folder: Path
    said: Sent
    hashes: Mapping[str, str]

    __eq__ = object.__eq__

    @property
    def sent_on(self) -> date:
        """The day on which it was sent."""
        return self.said.sent_on

    @property
    def form(self) -> str:
        """The form of its paper."""
        return self.said.form

    @property
    def digest(self) -> str:
        """What tells deal, library and form apart from others, as the Word file says it."""
        return self.said.digest

    @property
    def options(self) -> Mapping[str, Any]:
        """How its paper was rendered, where that is not the default."""
        return self.said.options

    @cached_property
    def draft(self) -> bytes:
        """The Word file that went out."""
        return self._read(DRAFT)

    @cached_property
    def deal(self) -> str:
        """The text of the deal as it was."""
        return self._read(DEAL).decode("utf-8")

    @cached_property
    def document(self) -> Document:
        """The paper as data, equal to the one that was written."""
        from termsheet import frozen

        return frozen.loads(self._read(DOCUMENT).decode("utf-8"), str(self.folder / DOCUMENT))

    @cached_property
    def library(self) -> Mapping[str, str]:
        """The hash of every text of the library that it was made from, by its place in it."""
        found: Mapping[str, str] = json.loads(self._read(LIBRARY))
        return found

    def _read(self, name: str) -> bytes:
        return unchanged(self.folder / name, self.hashes[name], f"round {self.number}")


def rounds(deal_path: str | Path) -> tuple[Round, ...]:
    """The rounds of a deal, in their order. Raises TermsheetError where one cannot be read."""
    home = folder(deal_path)
    try:
        names = [entry.name for entry in os.scandir(home)]
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except OSError as error:
        raise TermsheetError(f"the rounds cannot be read ({reason(error)})", file=str(home),
                             help="ask for the right to read them") from error  # fmt: skip
    numbers = sorted(int(name) for name in names if name.isascii() and name.isdigit() and name[0] != "0")
    return tuple(_round(home / str(number), number) for number in numbers)


def last(deal_path: str | Path) -> Round | None:
    """The round that is out, or None where none is."""
    found = rounds(deal_path)
    return found[-1] if found else None


def freeze(deal_path: str | Path, number: int, said: Sent, files: Mapping[str, bytes]) -> Round:
    """Write a round: all of it, or nothing. `files` are those beside its record. Raises WriteError."""
    home = folder(deal_path)
    target = home / str(number)
    hashes = {name: hashed(data) for name, data in files.items()}
    record = {"round": number, **_record(said), "files": hashes}
    made = {RECORD: as_json(record), **files}
    prepare(home)
    tidy(home)
    try:
        aside = Path(tempfile.mkdtemp(dir=home, prefix=".termsheet-", suffix=".tmp"))
    except OSError as error:
        raise _unwritten(target, error) from error
    try:
        for name, data in made.items():
            put(aside / name, data)
        os.chmod(aside, home.stat().st_mode & 0o777)
        if target.exists():
            raise _there(target)
        os.rename(aside, target)
    except OSError as error:
        raise (_there(target) if target.exists() else _unwritten(target, error)) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return _round(target, number)


def prepare(home: Path) -> None:
    """The folder of the rounds; what stands in it is kept from being changed by a version control."""
    try:
        home.mkdir(exist_ok=True)
    except OSError as error:
        raise _unwritten(home, error) from error
    if not (home / ".gitattributes").exists():
        put(home / ".gitattributes", _AS_THEY_ARE.encode())


def tidy(home: Path) -> None:
    """Remove what sends that were killed have left behind; what is young may be that of one that is running."""
    for left in [*home.glob(_ASIDE), *(home / "library").rglob(_ASIDE)]:
        try:
            if time.time() - left.lstat().st_mtime < _OLD:
                continue
            if left.is_dir() and not left.is_symlink():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink()
        except OSError:  # another send was faster, or it may not be removed: it does no harm
            continue


def as_json(data: Any) -> bytes:
    """Data as it is kept: readable, and one line for each of its keys."""
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def hashed(data: bytes) -> str:
    """The hash by which a text is known."""
    return sha256(data)


def unchanged(file: Path, digest: str, whose: str) -> bytes:
    """What a frozen file holds. Raises TermsheetError where it is gone, or is not what it was."""
    try:
        data = file.read_bytes()
    except FileNotFoundError as error:
        raise TermsheetError(f"a file of {whose} is gone", file=str(file), help=_RESTORE) from error
    except OSError as error:
        raise TermsheetError(f"a file of {whose} cannot be read ({reason(error)})", file=str(file),
                             help=_RESTORE) from error  # fmt: skip
    if hashed(data) != digest:
        raise TermsheetError(f"a file of {whose} is not what was frozen", file=str(file), help=_RESTORE)
    return data


def _record(said: Sent) -> dict[str, Any]:
    return {**vars(said), "sent_on": said.sent_on.isoformat(), "options": dict(said.options)}


def _round(where: Path, number: int) -> Round:
    file = where / RECORD
    try:
        record = json.loads(file.read_bytes())
        if record.pop("round") != number:
            raise ValueError("it says another number")
        hashes = record.pop("files")
        if set(hashes) < {DRAFT, DEAL, DOCUMENT, LIBRARY}:
            raise ValueError("it lacks a file")
        said = Sent(**{**record, "sent_on": date.fromisoformat(record["sent_on"])})
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise TermsheetError(f"round {number} cannot be read", file=str(file), help=_RESTORE) from error
    return Round(number, where, said, hashes)


def _there(target: Path) -> WriteError:
    return WriteError("this round was sent already, and is never written again", file=str(target),
                      help="send once more for the next")  # fmt: skip


def _unwritten(target: Path, error: OSError) -> WriteError:
    return WriteError(f"the round cannot be written ({reason(error)})", file=str(target),
                      help="choose a folder that may be written to")  # fmt: skip
