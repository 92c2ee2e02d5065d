"""What several commands share: their options, and what the arguments name."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

TYPES = ["strategic-alliance", "joint-venture", "licensing", "co-marketing", "referral", "reseller", "integration",
         "co-development", "pilot"]  # fmt: skip
STAGES = ["sketch", "term-sheet", "signature"]
SEVERITIES = ["note", "warning", "error"]


def complete_types(ctx: Any, param: Any, word: str) -> list[str]:
    """The types of deal that begin with a word, for a shell."""
    return [name for name in TYPES if name.startswith(word)]


def complete_rules(ctx: Any, param: Any, word: str) -> list[str]:
    """The rules that begin with a word, for a shell."""
    from termsheet.rules import RULES

    return [rule.slug for rule in RULES if rule.slug.startswith(word)]


def files(paths: tuple[str, ...]) -> list[str]:
    """Every deal file that the arguments name, folders taken as the deals below them."""
    from termsheet import source
    from termsheet.errors import LoadError

    files: list[str] = []
    for path in paths:
        if path != "-" and Path(path).is_dir():
            below = source.deal_files(path)
            if not below:
                raise LoadError(
                    "holds no deal", file=path, help="a deal is a YAML file with a `deal:` key at its top"
                )
            files += below
        else:
            files.append(path)
    return list(dict.fromkeys(files))


def coloured(wish: bool | None) -> bool:
    """Whether to colour: as wished, else on a terminal that is not told otherwise (`NO_COLOR`, `TERM=dumb`)."""
    if wish is not None:
        return wish
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") != "0":
        return True
    return sys.stdout is not None and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
