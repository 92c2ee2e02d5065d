"""Writing files: the old file or the new one, never half of one."""

from __future__ import annotations

import os
from pathlib import Path

from termsheet.errors import WriteError

_BYTES = getattr(os, "O_BINARY", 0)  # where lines would end otherwise


def put(target: Path, data: bytes) -> None:
    """Write a file beside its target and move it into place. A device or a pipe is written to as it is."""
    name, target = str(target), Path(os.path.realpath(target))  # a link stays a link, and a message says what was named
    if target.is_dir():
        raise WriteError("is a folder", file=name, help="name a file in it")
    if _is_sent(target):
        raise WriteError("is of a round that was sent, and stays as it is", file=name, help="name another file")
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(data)
            return
        handle, temporary = _beside(target)
    except (OSError, ValueError) as error:
        raise WriteError(
            f"cannot be written ({reason(error)})", file=name, help="choose another place for it"
        ) from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, _mode(target))
        os.replace(temporary, target)
    except OSError as error:
        remedy = "what stood there before is untouched; if it is open in another program, close it there"
        raise WriteError(f"cannot be written ({reason(error)})", file=name, help=remedy) from error
    finally:
        temporary.unlink(missing_ok=True)


def _beside(target: Path) -> tuple[int, Path]:
    """A new file beside the target, open to be written, which nobody else may read; `tempfile` takes long to import."""
    name = target.parent / f".termsheet-{os.urandom(8).hex()}.tmp"
    return os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BYTES, 0o600), name


def _is_sent(target: Path) -> bool:
    """Whether a file stands, or would stand, among those of a round: `deal.sent/2/`."""
    home = target.parent
    return home.name.isdecimal() and home.parent.suffix == ".sent" and (home / "round.json").is_file()


def takes(target: Path) -> None:
    """Raise WriteError where `put` could write nothing there, before what is to be written is made."""
    place = Path(os.path.realpath(target))
    if place.is_dir():
        raise WriteError("is a folder", file=str(target), help="name a file in it")
    if _is_sent(place):
        raise WriteError("is of a round that was sent, and stays as it is", file=str(target), help="name another file")
    if not place.parent.is_dir():
        why = "its folder does not exist"
    elif not os.access(place.parent, os.W_OK):
        why = "permission denied"
    else:
        return
    raise WriteError(f"cannot be written ({why})", file=str(target), help="choose another place for it")


def _mode(target: Path) -> int:
    """The mode of the file that is replaced, or of any new file."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def reason(error: OSError | ValueError) -> str:
    """Why a file cannot be read or written, in a few words."""
    if isinstance(error, FileNotFoundError):
        return "its folder does not exist"
    return (getattr(error, "strerror", None) or str(error)).lower()
