"""Where a house keeps what it adds to termsheet: its clauses and its forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termsheet.immutable import immutable

if TYPE_CHECKING:
    from pathlib import Path


@immutable
class House:
    """The folders of a house; of two that say something of one clause or form, the later wins."""

    clauses: tuple[Path, ...] = ()
    templates: tuple[Path, ...] = ()


NO_HOUSE = House()
