"""What several commands share: their options, and what the arguments name."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from termsheet.rules.rule import Rule

TYPES = ["strategic-alliance", "joint-venture", "licensing", "co-marketing", "referral", "reseller", "integration",
         "co-development", "pilot"]  # fmt: skip
STAGES = ["sketch", "term-sheet", "signature"]
SEVERITIES = ["note", "warning", "error"]


house_rules = click.option(
    "--rules",
    "house",
    multiple=True,
    metavar="FILE",
    help="House rules, beside the built-in ones: a file or a folder. May be repeated.",
)


def checklist(house: tuple[str, ...] = ()) -> tuple[Rule, ...]:
    """The built-in rules, and those of the house."""
    from termsheet.rules import RULES

    if not house:
        return RULES
    from termsheet import houserules  # brings Jinja with it

    return (*RULES, *houserules.load(map(Path, house)))


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
