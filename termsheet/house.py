"""Where a house keeps what it adds to termsheet: its clauses and its forms."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class House(NamedTuple):
    """The folders of a house; of two that say something of one clause or form, the later wins."""

    clauses: tuple[Path, ...] = ()
    templates: tuple[Path, ...] = ()


NO_HOUSE = House()
