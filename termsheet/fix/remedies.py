"""For each finding on form the edits that mend it, where there is one right answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from termsheet.finding import Finding
from termsheet.fix import ids, shapes, traps, words
from termsheet.fix.site import Site
from termsheet.fix.spelling import bare
from termsheet.immutable import immutable
from termsheet.schema.check import Problem
from termsheet.source import Source
from termsheet.splice import Edit
from termsheet.wellformed import malformed, told, trapped

_REMEDIES: dict[str, Callable[[Site], Edit | Iterable[Edit | None] | None]] = {
    "additionalProperties": words.key,
    "enum": words.word,
    "x-word": words.point,
    "x-form": shapes.form,
    "type": shapes.kind,
    "x-ref": ids.reference,
    "x-id": ids.ill_formed,
}
_KNOWN = ("schema-unknown-key", "schema-unknown-word", "schema-unknown-id")


@immutable
class Fix:
    """What mends a finding: the edits, and what stands at the first of them before and after."""

    finding: Finding
    edits: tuple[Edit, ...]
    was: str
    now: str

    @property
    def respells(self) -> bool:
        """Whether a known word or key now differs in case only, or in what joins its parts: none other is meant."""
        return self.finding.rule in _KNOWN and bare(self.was) == bare(self.now)

    @property
    def change(self) -> str:
        """The change in words."""
        if self.was and self.now.strip("- "):
            return f"`{self.was}` → `{self.now}`"
        return self.finding.message


def remedies(read: Source) -> list[Fix]:
    """Every fix of a source, traps first."""
    deal, problems = malformed(read)
    cut = [(trapped(deal, read, trap), traps.whole(read, trap)) for trap in read.traps]
    found = [_fix(read, finding, (edit,)) for finding, edit in cut if edit]
    for problem in problems:
        if problem.route in read.marks and not traps.caught(read, problem.route):
            edits = _edits(Site(read, deal, problem.route, problem.params), problem)
            found += [_fix(read, told(deal, read, problem), edits)] if edits else []
    return found


def _edits(site: Site, problem: Problem) -> tuple[Edit, ...]:
    """All edits of a fix; none where one of them cannot be made."""
    remedy = _REMEDIES.get(problem.keyword)
    made = remedy(site) if remedy else None
    edits = (made,) if isinstance(made, Edit) else tuple(made or ())
    return tuple(edit for edit in edits if edit) if None not in edits else ()


def _fix(read: Source, finding: Finding, edits: tuple[Edit, ...]) -> Fix:
    was, now = read.text[edits[0].start : edits[0].end], edits[0].text
    return Fix(finding, edits, " ".join(was.split()), " ".join(now.split()))
