"""Which clause a place of the deal concerns: the one that shows the most of what lies there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from termsheet.document import Clause, Document, Open, Value, block_inlines
from termsheet.finding import Finding
from termsheet.pattern import pattern

NOWHERE = ""
_STEP = pattern(r"\[[^\]]*\]|[^.\[\]]+")
_OF_THE_WHOLE = ("deal",)  # what a deal says of itself belongs to no clause, unless one shows that very word

_Steps = tuple[str, ...]


def beside(document: Document, findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """The findings by the id of their clause; under `NOWHERE` those that concern none."""
    listed = list(findings)
    clauses = nearest(document, [finding.path for finding in listed])
    found: dict[str, list[Finding]] = {}
    for finding in listed:
        found.setdefault(clauses[finding.path], []).append(finding)
    return found


def nearest(document: Document, paths: Iterable[str]) -> dict[str, str]:
    """The id of the clause that each path concerns, or `NOWHERE`.

    Nearest is the clause that shows a value of the path itself, or of its nearest ancestor. Of several, it is the one
    that shows the most of what lies there, or else the first in the paper.
    """
    shown = {clause.id: frozenset(_paths(clause)) for clause in document.clauses()}
    return {path: _nearest(_steps(path), shown) for path in dict.fromkeys(paths)}


def _nearest(wanted: _Steps, shown: dict[str, frozenset[_Steps]]) -> str:
    for length in range(len(wanted), 0, -1):
        if length == 1 < len(wanted) and wanted[0] in _OF_THE_WHOLE:
            break
        counts = {id: sum(path[:length] == wanted[:length] for path in paths) for id, paths in shown.items()}
        nearest = max(counts, key=lambda id: counts[id], default=NOWHERE)
        if nearest and counts[nearest]:
            return nearest
    return NOWHERE


def _paths(clause: Clause) -> Iterator[_Steps]:
    for block in clause.blocks:
        for inline in block_inlines(block):
            if isinstance(inline, Value | Open):
                yield _steps(inline.path)


def _steps(path: str) -> _Steps:
    return tuple(_STEP.findall(path))
