"""Which files of a folder are deals, and which file configures them."""

from __future__ import annotations

import os
import re
from typing import NoReturn

from termsheet.errors import ConfigError, LoadError
from termsheet.pattern import pattern
from termsheet.source.loading import parse
from termsheet.source.reading import UTF16, decode, read_bytes

# A deal whose first lines are too simple to hide a `deal:` inside a text needs no parsing to be known.
_SURELY_DEAL = pattern(
    r"""\ufeff?(?:(?:[ \t]*#.*|---[ \t]*|[\w-]+[ \t]*:[^"'{\[|>\n]*|\r)?\n)*deal[ \t]*:\s"""
)
_MAYBE_DEAL = pattern(r"""^\ufeff?(?:---[ \t]+)?[ \t]*(?:(?:deal|"deal"|'deal')\s*:|\{)""", re.MULTILINE)
_NAMED = pattern(r"(^|\.)deal\.ya?ml$")
CONFIGURATION = ".termsheet.yaml"

_DEAL_LINE = pattern(r"^\ufeff?deal\s*:", re.MULTILINE)


def is_deal(path: str) -> bool:
    """Whether a YAML file is a deal, or a broken one; a file that may not be read counts, to be reported."""
    if _NAMED.search(os.path.basename(path)):
        return True  # who calls a file a deal wants it checked, be it broken
    try:
        raw = read_bytes(path, path)
    except LoadError as error:
        return isinstance(error.__cause__, PermissionError)
    # In UTF-16 it will be refused, but not silently skipped.
    encoding = "utf-16" if raw.startswith(UTF16) else "utf-8"
    text = raw.decode(encoding, "replace")
    if _SURELY_DEAL.match(text):
        return True
    if not _MAYBE_DEAL.search(text):
        return False
    try:
        return "deal" in parse(decode(raw, path), path).data
    except LoadError:
        return _DEAL_LINE.search(text) is not None


def deal_files(folder: str) -> list[str]:
    """The deals below a folder, sorted, without hidden folders and without what was sent of a deal.

    Raises LoadError for an unreadable folder.
    """
    return [path for path in _yaml_files(folder) if os.path.isfile(path) and is_deal(path)]


def deals_below(folder: str) -> list[str]:
    """The same of a folder that was named for its deals. Raises LoadError where it holds none."""
    below = deal_files(folder)
    if not below:
        raise LoadError("holds no deal", file=folder, help="a deal is a YAML file with a `deal:` key at its top")
    return below


def lost_links(folder: str) -> list[str]:
    """The links below a folder that are called deals and lead nowhere."""
    return [
        path
        for path in _yaml_files(folder)
        if _NAMED.search(os.path.basename(path)) and not os.path.exists(path)
    ]


def _yaml_files(folder: str) -> list[str]:

    def unreadable(error: OSError) -> NoReturn:
        where = str(error.filename)
        raise LoadError("the folder cannot be read", file=where, help="check its name and rights") from error

    found = []
    for parent, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = [name for name in folders if not name.startswith(".") and not _sent(parent, name)]
        found += [os.path.join(parent, name) for name in names if name.lower().endswith((".yaml", ".yml"))]
    return sorted(found)


def _sent(parent: str, name: str) -> bool:
    """Whether a folder holds the rounds of a deal (termsheet.rounds): what was sent is judged no more."""
    return name.endswith(".sent") and os.path.isdir(os.path.join(parent, name, "library", "built-in"))


def configuration(path: str) -> str | None:
    """The nearest `.termsheet.yaml` in the folder of a file or above it, as far as the repository goes (`.git`)."""
    folder = os.path.abspath(path if os.path.isdir(path) else os.path.dirname(path))
    while True:
        found = os.path.join(folder, CONFIGURATION)
        if os.path.lexists(found):
            return found
        other = found.removesuffix("yaml") + "yml"
        if os.path.lexists(other):
            raise ConfigError(
                "a configuration is not read from here", file=other, help=f"name it `{CONFIGURATION}`"
            )
        above = os.path.dirname(folder)
        if above == folder or os.path.lexists(os.path.join(folder, ".git")):
            return None
        folder = above
