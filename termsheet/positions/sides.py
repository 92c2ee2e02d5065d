"""Whose side is taken: the party that is asked for, or the deal's own (`internal.us`)."""

from __future__ import annotations

from termsheet.config import meant
from termsheet.deal import Deal
from termsheet.errors import ConfigError
from termsheet.rules.rule import listed


def taken(deal: Deal, asked: str, file: str) -> str:
    """The id of the party, or nothing. A party is asked for by its id, its short name or its name."""
    if not asked:
        return deal.text("internal.us")
    ids = deal.party_ids
    if asked in ids:
        return asked
    names = {
        node.text(key).casefold(): node.text("id")
        for node in deal.each("parties")
        for key in ("name", "short")
        if node.text(key) and node.text("id")
    }
    if asked.casefold() in names:
        return names[asked.casefold()]
    there = f"its parties are {listed(ids)}" if ids else "it names no party"
    raise ConfigError(f"no party is called `{asked}`{meant(asked, [*ids, *names])}", file=file, help=there)
