"""How a rule is declared: once, above a plain function of the deal.

@rule("exit-no-wind-down", needs="exit", since="term-sheet", severity="error",
      types=by_type(warning="pilot"),
          help="say how long the wind-down takes and what happens to work in hand")
def no_wind_down(deal):
    \"\"\"The page of the rule: what, why (with its source), bad and good examples, when to waive.\"\"\"
    if not said(deal, "exit.wind_down"):
        yield missing(deal, "exit.wind_down", "the exit has no wind-down")
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Self

from termsheet.deal import Deal, Node, once
from termsheet.finding import SEVERITIES
from termsheet.immutable import immutable, replace
from termsheet.pattern import pattern
from termsheet.values.points import Point

_WIDTH = 90  # of a message


@immutable
class Hit:
    """What a rule found: where, in which words, and, for an absence, the path of the stub to paste.

    `stub` is a path of the stub page (`exit.wind_down`), or YAML itself, as it stands below the hit's parent.
    `help` replaces the rule's own remedy. `parties` says for whom a stub is filled in (else for every party).
    `also` holds further stubs that the first one leans on, each as a path and YAML (empty: the page's own).
    """

    path: str
    text: str
    stub: str = ""
    help: str = ""
    parties: tuple[str, ...] = ()
    also: tuple[tuple[str, str], ...] = ()


Check = Callable[[Deal], Iterable[Hit]]

COUNTED = pattern(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty"
    r"|seventy|eighty|ninety|hundred|thousand|million|half|third|quarter|fifth|tenth)\b",
    re.IGNORECASE,
)  # a number in words or figures


@immutable
class Rule:
    """A rule: its slug, how grave a hit is (by type of deal), from which stage it speaks, what it needs.

    `yields` names rules that tell the cause better: where one of them has spoken of the same entry, this rule is
    silent.
    """

    slug: str
    check: Check
    severity: str
    since: str
    needs: tuple[str, ...]
    types: Mapping[str, str]
    help: str
    yields: tuple[str, ...]

    __eq__ = object.__eq__

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.slug}>"

    def graded(self, severity: str) -> Self:
        """The same rule with another severity, whatever the type of the deal."""
        return replace(self, severity=severity, types={})

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
        if not self.types:
            return self.severity
        ranks = [self.types.get(kind, self.severity) for kind in types] or [self.severity]
        return max(ranks, key=lambda word: SEVERITIES.index(word) if word in SEVERITIES else -1)

    def applies(self, deal: Deal) -> bool:
        """Whether what it needs is there, and well formed."""
        there = _said(deal)
        for path in self.needs:
            if path not in there:
                there[path] = _there(deal, path)
            if not there[path]:
                return False
        return True


def rule(
    slug: str,
    *,
    severity: str,
    help: str,
    since: str = "term-sheet",
    needs: str | tuple[str, ...] = (),
    types: Mapping[str, str] | None = None,
    yields: str | tuple[str, ...] = (),
) -> Callable[[Check], Rule]:
    """Declare the function below as a rule. `types` gives the severity by type (`off` silences it)."""
    wanted = (needs,) if isinstance(needs, str) else needs
    better = (yields,) if isinstance(yields, str) else yields

    def declare(check: Check) -> Rule:
        return Rule(slug, check, severity, since, wanted, types or {}, help, better)

    return declare


def missing(
    node: Node,
    path: str,
    text: str,
    stub: str = "",
    *,
    parties: Iterable[str] = (),
    also: Iterable[tuple[str, str]] = (),
) -> Hit:
    """An absence below a node, with the stub to paste. The stub page is read without the names of entries."""
    return Hit(node.below(path), text, stub or node.below(path), parties=tuple(parties), also=tuple(also))


def by_type(**severities: str) -> dict[str, str]:
    """Severities by type, for `rule(types=…)`: `by_type(note="licensing referral", off="pilot")`."""
    return {kind: severity for severity, kinds in severities.items() for kind in kinds.split()}


def said(node: Node, path: str) -> bool:
    """Whether the deal says anything at a path: a value, or a Point there or above it. Empty says nothing."""
    value = node.value
    for key in path.split("."):
        if isinstance(value, Point):
            return True
        if not isinstance(value, dict) or key not in value:
            return False
        value = value[key]
    return isinstance(value, Point) or (value.strip() if isinstance(value, str) else value) not in (
        "",
        [],
        {},
    )


def unsaid(node: Node, paths: Iterable[str]) -> list[str]:
    """Those of the paths at which the deal says nothing."""
    return [path for path in paths if not said(node, path)]


def unclear(node: Node, path: str) -> bool:
    """Whether a Point stands at a path, above it, or in the list there: then nothing can be told from it."""
    value = node.value
    for key in path.split("."):
        if not isinstance(value, dict) or key not in value:
            return isinstance(value, Point)
        value = value[key]
    return any(isinstance(item, Point) for item in (value if isinstance(value, list) else [value]))


def hidden(node: Node, path: str) -> bool:
    """Whether something may stand at a path that is not shown yet: a Point that is not `none`, there or above it."""
    value = node.value
    for key in path.split("."):
        if isinstance(value, Point):
            break
        if not isinstance(value, dict) or key not in value:
            return False
        value = value[key]
    items = value if isinstance(value, list) else [value]
    return any(isinstance(item, Point) and item.kind != "none" for item in items)


def parties_without(
    deal: Deal, path: str, key: str, counts: Callable[[Node], bool] = lambda entry: True
) -> list[str]:
    """The parties that no entry of a list names under a key; none where a Point or a gap leaves that unclear."""
    entries = deal.each(path)
    if unclear(deal, path) or any(unclear(entry, key) or not said(entry, key) for entry in entries):
        return []
    named = {
        side for entry in entries if counts(entry) for word in entry.who(key) for side in sides(deal, word)
    }
    return [party for party in deal.party_ids if party not in named]


def sides(deal: Deal, word: str) -> list[str]:
    """The parties that an id may stand for: itself, or the party of a person (all where that cannot be told)."""
    if word in deal.party_ids:
        return [word]
    people = {person.text("id"): person for person in deal.each("people")}
    nameless = any(not party.text("id") for party in deal.each("parties"))
    if nameless or (word not in deal.declared and word not in people and (not people or "" in people)):
        return deal.party_ids
    if word not in people:
        return []
    if unclear(people[word], "party") or not said(people[word], "party"):
        return deal.party_ids
    return [party for party in people[word].who("party") if party in deal.party_ids]


def limits(entry: Node) -> tuple[str, ...]:
    """What an entry is limited to. Entries with other limits, or unclear ones, do not contradict each other."""
    keys = ("for", "territory", "if", "unless", "starts", "until")
    return tuple(entry.path if unclear(entry, key) else str(entry.plain(key)) for key in keys)


def one_company(deal: Deal) -> bool:
    """Whether the parties are units of one company, which have neither rights nor debts between them."""
    parties = deal.each("parties")
    return bool(parties) and all(party.plain("internal") is True for party in parties)


def listed(words: Iterable[str], last: str = "and") -> str:
    """Words as people list them: `a`, `a and b`, `a, b and c`."""
    *first, final = [*words]
    return f"{', '.join(first)} {last} {final}" if first else final


def brief(text: str, width: int = 40) -> str:
    """A name short enough for a message."""
    text = " ".join(text.split())
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"


def quoted(name: str, rest: str) -> str:
    """A name in quotes and what a message says of it; the name gives way where both are too long."""
    return f'"{brief(name, max(12, _WIDTH - 2 - len(rest)))}"{rest}'


def _there(deal: Deal, path: str) -> bool:
    return deal.plain(path) not in (None, "", [], {})


@once
def _said(deal: Deal) -> dict[str, bool]:
    """What rules need, and whether it is there: many need the same."""
    return {}


def called(deal: Deal, *parties: str) -> str:
    """What a message calls parties."""
    return listed(brief(deal.party_name(party), max(12, 40 // len(parties))) for party in parties)
