"""Exit: who may leave, with how much notice, and what happens then."""

from __future__ import annotations

from collections.abc import Iterator

from termsheet.deal import Deal
from termsheet.rules.rule import Hit, missing, rule


@rule("exit-missing", severity="error", help="say who may leave, on what notice, and what happens to the work, customers and IP")
def no_exit(deal: Deal) -> Iterator[Hit]:
    """The deal does not say how it ends."""
    if not deal.has("exit"):
        yield missing(deal, "exit", "the deal does not say how it ends")


@rule("exit-no-wind-down", needs="exit", severity="error", types={"pilot": "warning"},
      help="say how long the wind-down takes and what happens to work in hand")  # fmt: skip
def no_wind_down(deal: Deal) -> Iterator[Hit]:
    """An exit without a wind-down."""
    if not deal.has("exit.wind_down"):
        yield missing(deal, "exit.wind_down", "the exit has no wind-down")
