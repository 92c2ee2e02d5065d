"""How the terms of a deal moved from round to round, and where that leaves a side on the positions of a playbook."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from termsheet import private, source
from termsheet.deal import Deal
from termsheet.errors import ConfigError
from termsheet.immutable import immutable
from termsheet.rounds import store
from termsheet.settings import Settings
from termsheet.source import Source
from termsheet.standing import Choice, Stand, Stands, found_again
from termsheet.values.points import Point
from termsheet.wellformed import checked

CONCEDED, GAINED, SETTLED, REOPENED = "conceded", "gained", "settled", "reopened"
_RANKS = {"walk-away": 0, "outside": 1, "fallback": 2, "preferred": 3}  # what is open or unjudged has none


class Stop(NamedTuple):
    """A state of the deal: a round (`number`), or as the file is now (0)."""

    number: int
    sent_on: date | None
    form: str
    to: str
    note: str
    source: Source
    deal: Deal

    @property
    def name(self) -> str:
        """What a table calls it."""
        return f"round {self.number}" if self.number else "now"


class Term(NamedTuple):
    """A place of the deal, and what stands there at each stop (None: nothing)."""

    path: str
    values: tuple[str | None, ...]

    @property
    def moved(self) -> bool:
        """Whether it is not the same at every stop."""
        return len(set(self.values)) > 1


class Position(NamedTuple):
    """A position of a playbook, and where the deal stood on it at each stop (None: the deal gave no cause for it)."""

    stand: Stand
    standings: tuple[str | None, ...]

    @property
    def verdict(self) -> str:
        """What became of it from the first stop to the last: CONCEDED, GAINED, SETTLED, REOPENED, or nothing."""
        before, after = self.standings[0], self.standings[-1]
        if before is None or after is None:
            return ""  # the deal gives no cause for it any more, or did not at first
        first, last = _RANKS.get(before), _RANKS.get(after)
        if first is None or last is None:
            return "" if first is last else SETTLED if first is None else REOPENED
        return CONCEDED if last < first else GAINED if last > first else ""


@immutable
class Moves:
    """The stops of a deal, its terms, and its positions where a playbook was named; `book` says which and whose."""

    name: str
    title: str
    stops: tuple[Stop, ...]
    terms: tuple[Term, ...]
    positions: tuple[Position, ...] = ()
    book: str = ""

    def counts(self) -> dict[str, int]:
        """How many positions were conceded, gained, settled and reopened."""
        verdicts = [position.verdict for position in self.positions]
        return {word: verdicts.count(word) for word in (CONCEDED, GAINED, SETTLED, REOPENED)}


def moves(path: str, settings: Settings | None = None, choice: Choice | None = None) -> Moves:
    """What moved in a deal. Raises ConfigError where no round is out."""
    stops = tuple(_stops(path))
    if not stops:
        source.read(path)
        raise ConfigError("no round of it was sent", file=path, help="`termsheet send` freezes the first")
    said = [_values(stop.deal) for stop in stops]
    places = dict.fromkeys(place for values in reversed(said) for place in values)
    terms = tuple(Term(place, tuple(values.get(place) for values in said)) for place in places)
    title = stops[-1].deal.text("deal.title") or path
    stands = [choice(stop.deal, stop.source, settings) for stop in stops] if choice else []
    if not stands or stands[-1] is None:
        return Moves(path, title, stops, terms)
    return Moves(path, title, stops, terms, tuple(_positions(stands)), stands[-1].heading())


def _stops(path: str) -> Iterator[Stop]:
    """The rounds, and the file as it is now where that is not the last of them."""
    text = ""
    for sent in store.rounds(path):
        read = source.parse(sent.deal, path)
        text, said = read.text, sent.said
        yield Stop(sent.number, sent.sent_on, sent.form, said.to, said.note, read, checked(read)[0])
    if text and Path(path).is_file():
        read = source.read(path)
        if read.text != text:
            yield Stop(0, None, "", "", "", read, checked(read)[0])


def _values(deal: Deal) -> dict[str, str]:
    """Every value of a deal that is not private, by its path."""
    public = Deal(private.public(deal), deal.schema)
    return dict(_leaves(public, public.value, ()))


def _leaves(deal: Deal, value: Any, route: tuple[str | int, ...]) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _leaves(deal, item, (*route, key))
    elif isinstance(value, list) and any(isinstance(item, dict | list) for item in value):
        for index, item in enumerate(value):
            yield from _leaves(deal, item, (*route, index))
    else:
        items = value if isinstance(value, list) else [value]
        yield deal.path_of(route), ", ".join(map(_word, items))


def _word(value: Any) -> str:
    if isinstance(value, Point):
        return f"{value.kind} ({value.what})" if value.what else value.kind
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else " ".join(str(value).split())


def _positions(stands: list[Stands | None]) -> Iterator[Position]:
    found = found_again([at.stands if at else () for at in stands])
    for key in dict.fromkeys(key for at in reversed(found) for key in at):
        last = next(at[key] for at in reversed(found) if key in at)
        yield Position(last, tuple(at[key].standing if key in at else None for at in found))
