"""Where a deal stands on the positions of a playbook, and which playbook and side that is judged by.

    stands = Choice(playbook="licensor", side="acme")(deal, source, settings)     # None where no playbook is named

What judges is in `termsheet.positions`; it is imported only where a playbook is named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from termsheet.immutable import immutable

if TYPE_CHECKING:
    from termsheet.deal import Deal
    from termsheet.positions.playbook import Playbook
    from termsheet.settings import Settings
    from termsheet.source import Source

STANDINGS = ("walk-away", "unjudged", "outside", "open", "fallback", "preferred")
"""The gravest first. `outside`: answered, on no position; `open`: not answered; `unjudged`: nobody can tell."""


@immutable
class Stand:
    """Where a deal stands on one position.

    `entry` is the entry of a list that it speaks of, `value` what the deal says there, `path` the place that decides.
    `unjudged` is why nobody can tell whether the red line is crossed; the standing may be a good one all the same.
    `at` is the place of the entry: several may be called alike.
    """

    position: str
    title: str
    question: str
    standing: str
    path: str
    entry: str = ""
    value: str = ""
    preferred: str = ""
    fallback: str = ""
    walk_away: str = ""
    guidance: str = ""
    approves: str = ""
    unjudged: str = ""
    at: str = ""


@immutable
class Stands:
    """Where a deal stands: by which playbook, for whom (an id, or nobody), and what was not judged.

    `sided` counts the positions that need a side where none is taken, `unasked` those that the deal gives no cause for.
    `misfit` is the sentence on a playbook that is for other types of deal.
    """

    playbook: str
    us: str
    name: str
    stands: tuple[Stand, ...]
    sided: int = 0
    unasked: int = 0
    misfit: str = ""

    def counts(self) -> Counter[str]:
        """How many positions there are of each standing; an undecided red line counts beside a good standing too."""
        return Counter(stand.standing for stand in self.stands)

    def heading(self) -> str:
        """Which playbook it is, and for whom."""
        return f"playbook {self.playbook}{f', for {self.name}' if self.us else ''}"

    def summary(self) -> str:
        """What a last line says of it."""
        counts = self.counts()
        found = [f"{counts[word]} {word}" for word in reversed(STANDINGS) if counts[word]]
        words = f"{self.heading()}: {', '.join(found) or 'nothing judged'}"
        beside = sum(bool(stand.unjudged) and stand.standing != "unjudged" for stand in self.stands)
        if beside:
            words += f"; {beside} more red line{'s' * (beside > 1)} unjudged"
        if self.sided:
            need = "positions need" if self.sided > 1 else "position needs"
            words += f"; {self.sided} {need} a side, and none is taken (`--side PARTY`)"
        return words + (f"; {self.misfit}" if self.misfit else "")


@immutable
class Choice:
    """Which playbook and which side are asked for; where none are, the deal and its configuration say.

    `otherwise` is the playbook where nobody names one.
    """

    playbook: str = ""
    side: str = ""
    otherwise: str = ""

    def book(self, deal: Deal, source: Source, settings: Settings | None) -> Playbook | None:
        """The playbook that holds for a deal, if one does. Raises a sentence where it cannot be read."""
        named, held = deal.text("internal.playbook"), settings and settings.playbook
        if not (self.playbook or named or held or self.otherwise):
            return None
        from termsheet.positions import playbook

        house = settings.clauses if settings else ()
        if named and not self.playbook:
            return playbook.named(named, source, deal.route_of("internal.playbook"), house)
        return playbook.load(self.playbook or str(held or self.otherwise), house)

    def __call__(self, deal: Deal, source: Source, settings: Settings | None) -> Stands | None:
        """Where a deal stands, or None where no playbook holds for it."""
        book = self.book(deal, source, settings)
        if book is None:
            return None
        from termsheet.positions import judging, sides

        return judging.judged(deal, book, sides.taken(deal, self.side, source.name))


def found_again(states: Sequence[Sequence[Stand]]) -> list[dict[tuple[str, str, str], Stand]]:
    """The stands of several states of a deal, each by what it is known by in the others.

    That is its position and the name of its entry; where several entries of one state bear that name, their place too.
    """
    counts = [Counter((stand.position, stand.entry) for stand in stands) for stands in states]
    shared = {name for count in counts for name, times in count.items() if times > 1}
    return [
        {(stand.position, stand.entry, stand.at if (stand.position, stand.entry) in shared else ""): stand
         for stand in stands}
        for stands in states
    ]  # fmt: skip
