"""The look of a round: what was asked for in one holds in the next, until something else is asked for."""

from __future__ import annotations

from pathlib import Path

from termsheet.document import Document
from termsheet.errors import ConfigError
from termsheet.immutable import replace
from termsheet.render import Wanted
from termsheet.rounds.store import Round


def kept(wanted: Wanted, before: Round, *, word: bool = True) -> Wanted:
    """What is wanted, in the look and on the sheet that were asked for in a round, unless others are asked for now.

    What nobody asked for follows the house and the deal, as ever, and the look of a file is for `word` alone. Raises
    ConfigError where that file is no longer there.
    """
    theme, paper, reference = (str(before.options.get(key) or "") for key in ("theme", "paper", "reference"))
    reference = reference if word else ""
    if wanted.reference or (reference and (wanted.theme or wanted.paper)):
        return wanted
    if reference and not Path(reference).exists():
        raise ConfigError(f"round {before.number} has its look from this file, and it is not there", file=reference,
                          help="name it with `--reference`, or another look with `--theme`")  # fmt: skip
    return replace(wanted, theme=wanted.theme or theme, paper=wanted.paper or paper, reference=reference)


def told(before: Round, wanted: Wanted, now: Document) -> str:
    """How a paper looks other than that of a round, or nothing."""
    was = str(before.options.get("reference") or "")
    then = _named(was, before.said.theme or before.document.theme, before.said.paper or before.document.paper)
    looks = _named(wanted.reference, now.theme, now.paper)
    return f"its look is {looks}; that of round {before.number} was {then}" if looks != then else ""


def _named(reference: str, theme: str, paper: str) -> str:
    return f"that of {reference}" if reference else f"{theme} on {paper}"
