"""The house's way of writing numbers and money in a paper, and its look."""

from __future__ import annotations

from typing import NamedTuple


class Style(NamedTuple):
    """`numbers` are `digits` ("90 days") or `words-and-digits` ("ninety (90) days"), for times and percentages;
    `money` goes by its `code` ("EUR 50,000") or its `symbol` ("€50,000"). `theme` is `modern` or `classic`."""

    numbers: str = "digits"
    money: str = "code"
    theme: str = "modern"
