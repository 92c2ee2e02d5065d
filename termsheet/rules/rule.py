"""How a rule is declared: once, above a plain function of the deal.

    @rule("exit-no-wind-down", needs="exit", since="term-sheet", severity="error", types={"pilot": "note"},
          help="say how long the wind-down takes and what happens to work in hand")
    def no_wind_down(deal):
        \"\"\"The page of the rule: what, why (with its source), bad and good examples, when to waive.\"\"\"
        if not deal.has("exit.wind_down"):
            yield missing(deal, "exit.wind_down", "the exit has no wind-down")
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from termsheet.deal import Deal, Node
from termsheet.values.points import Point

SEVERITIES = ("note", "warning", "error")


class Hit(NamedTuple):
    """What a rule found: where, in which words, and, for an absence, the path of the stub to paste.

    `stub` is a path of the stub page (`exit.wind_down`), or YAML itself. `help` replaces the rule's own remedy.
    """

    path: str
    text: str
    stub: str = ""
    help: str = ""


Check = Callable[[Deal], Iterable[Hit]]


@dataclass(frozen=True)
class Rule:
    """A rule: its slug, how grave a hit is (by type of deal), from which stage it speaks, and what it needs."""

    slug: str
    check: Check = field(repr=False)
    severity: str
    since: str
    needs: tuple[str, ...]
    types: Mapping[str, str]
    help: str

    @property
    def page(self) -> str:
        """The rule's page."""
        return self.check.__doc__ or ""

    @property
    def area(self) -> str:
        """The area that it belongs to: what stands before the first hyphen of its slug."""
        return self.slug.partition("-")[0]

    def severity_for(self, types: Iterable[str]) -> str:
        """How grave a hit is in a deal of these types: the gravest of them, or `off`."""
        ranks = [self.types.get(kind, self.severity) for kind in types] or [self.severity]
        return max(ranks, key=lambda word: SEVERITIES.index(word) if word in SEVERITIES else -1)

    def applies(self, deal: Deal) -> bool:
        """Whether what it needs is there, and well formed."""
        return all(_there(deal, path) for path in self.needs)


def rule(
    slug: str,
    *,
    severity: str,
    help: str,
    since: str = "term-sheet",
    needs: str | tuple[str, ...] = (),
    types: Mapping[str, str] | None = None,
) -> Callable[[Check], Rule]:
    """Declare the function below as a rule. `types` lifts or lowers the severity by type (`off` silences it)."""
    wanted = (needs,) if isinstance(needs, str) else needs

    def declare(check: Check) -> Rule:
        return Rule(slug, check, severity, since, wanted, types or {}, help)

    return declare


def missing(node: Node, path: str, text: str, stub: str = "") -> Hit:
    """An absence below a node, with the stub to paste. The stub page is read without the names of entries."""
    return Hit(node.below(path), text, stub or node.below(path))


def _there(deal: Deal, path: str) -> bool:
    node = deal.get(path)
    return node is not None and not isinstance(node.value, Point)
