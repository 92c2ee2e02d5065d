"""How a check of the library is declared: once, above a plain function of the stock.

@check("clause-no-source", help="say where the wording comes from; `own` is yours")
def no_source(stock):
    \"\"\"The page of the check: what, why, and a bad and a good clause.\"\"\"
    for page in stock.pages: ...
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

from termsheet.immutable import immutable

if TYPE_CHECKING:
    from termsheet.library.checks.stock import Stock


class Hit(NamedTuple):
    """What a check found: in which file and line, in which words, and what of the line is meant (`mark`).

    `help` and `severity` replace those of the check.
    """

    file: str
    line: int
    text: str
    mark: str = ""
    help: str = ""
    severity: str = ""


Function = Callable[["Stock"], Iterable[Hit]]


@immutable
class Check:
    """A check: its slug, its function, how grave a hit is, and the remedy."""

    slug: str
    function: Function
    severity: str
    help: str

    @property
    def page(self) -> str:
        """The check's page."""
        return self.function.__doc__ or ""


def check(slug: str, *, help: str, severity: str = "warning") -> Callable[[Function], Check]:
    """Declare the function below as a check."""

    def declare(function: Function) -> Check:
        return Check(slug, function, severity, help)

    return declare
