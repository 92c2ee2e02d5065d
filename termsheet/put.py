"""Writing files: the old file or the new one, never half of one."""

from __future__ import annotations

import os
from contextlib import suppress

from termsheet.errors import WriteError

_BYTES = getattr(os, "O_BINARY", 0)  # where lines would end otherwise


def put(target: str | os.PathLike[str], data: bytes) -> None:
    """Write a file beside its target and move it into place. A device or a pipe is written to as it is."""
    name, target = str(target), os.path.realpath(target)  # a link stays a link, and a message says what was named
    if os.path.isdir(target):
        raise WriteError("is a folder", file=name, help="name a file in it")
    if _is_sent(target):
        raise WriteError("is of a round that was sent, and stays as it is", file=name, help="name another file")
    try:
        if os.path.exists(target) and not os.path.isfile(target):
            with open(target, "wb") as file:
                file.write(data)
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
        with suppress(FileNotFoundError):
            os.unlink(temporary)


def _beside(target: str) -> tuple[int, str]:
    """A new file beside the target, open to be written, which nobody else may read; `tempfile` takes long to import."""
    name = os.path.join(os.path.dirname(target), f".termsheet-{os.urandom(8).hex()}.tmp")
    return os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BYTES, 0o600), name


def _is_sent(target: str) -> bool:
    """Whether a file stands, or would stand, among those of a round: `deal.sent/2/`."""
    home = os.path.dirname(target)
    above, number = os.path.split(home)
    return number.isdecimal() and above.endswith(".sent") and os.path.isfile(os.path.join(home, "round.json"))


def takes(target: str | os.PathLike[str]) -> None:
    """Raise WriteError where `put` could write nothing there, before what is to be written is made."""
    place = os.path.realpath(target)
    if os.path.isdir(place):
        raise WriteError("is a folder", file=str(target), help="name a file in it")
    if _is_sent(place):
        raise WriteError("is of a round that was sent, and stays as it is", file=str(target), help="name another file")
    home = os.path.dirname(place)
    if not os.path.isdir(home):
        why = "its folder does not exist"
    elif not os.access(home, os.W_OK):
        why = "permission denied"
    else:
        return
    raise WriteError(f"cannot be written ({why})", file=str(target), help="choose another place for it")


def _mode(target: str) -> int:
    """The mode of the file that is replaced, or of any new file."""
    if os.path.exists(target):
        return os.stat(target).st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def reason(error: OSError | ValueError) -> str:
    """Why a file cannot be read or written, in a few words."""
    if isinstance(error, FileNotFoundError):
        return "its folder does not exist"
    return (getattr(error, "strerror", None) or str(error)).lower()
