"""What a file is called in a repository: seen from its top folder, with forward slashes, on every system."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path, PureWindowsPath
from urllib.parse import quote


def relative(name: str) -> str:
    """The file as seen from the top of the repository, or from here where there is none.

    A file that lies elsewhere keeps its name, and so does what is no file, such as `<stdin>`.
    """
    return _inside(name) or _slashes(name)


def uri(name: str) -> tuple[str, bool]:
    """The same as a URI, and whether it is relative to the top of the repository."""
    inside = name if _is_label(name) else _inside(name)
    if inside:
        return quote(os.fsencode(inside)), True
    return (PureWindowsPath(name) if _is_windows(name) else Path(os.path.abspath(name))).as_uri(), False


def _inside(name: str) -> str:
    """The path below the top folder; empty where the file lies elsewhere."""
    if _is_label(name) or _is_windows(name):
        return ""
    folder, last = os.path.split(os.path.abspath(_slashes(name)))
    whole = os.path.join(os.path.realpath(folder), last)  # a link keeps its own name
    try:
        path = os.path.relpath(whole, _top(os.getcwd()))
    except ValueError:  # another drive
        return ""
    return "" if path.split(os.sep)[0] == os.pardir else path.replace(os.sep, "/")


def _is_label(name: str) -> bool:
    return name.startswith("<") and name.endswith(">")


def _is_windows(name: str) -> bool:
    """Whether it is a whole path of Windows on another system."""
    return os.sep == "/" and PureWindowsPath(name).is_absolute() and not os.path.lexists(name)


def _slashes(name: str) -> str:
    """Backslashes as slashes, but for one that stands in the name of a file on a system that allows it."""
    return name if os.sep == "/" and os.path.lexists(name) else name.replace("\\", "/")


@cache
def _top(folder: str) -> str:
    here = Path(os.path.realpath(folder))
    return str(next((parent for parent in (here, *here.parents) if (parent / ".git").exists()), here))
