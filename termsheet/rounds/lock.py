"""The lock: a deal with a round out is rendered from the texts of that round, until newer ones are accepted.

    held = lock("deal.yaml")
    assemble(deal, form, house=held.shelves if held else house)
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from termsheet import forms
from termsheet.deal import Deal
from termsheet.errors import LibraryError, TermsheetError
from termsheet.finding import Finding
from termsheet.house import House
from termsheet.immutable import immutable
from termsheet.library.shelves import Shelves
from termsheet.put import put, reason
from termsheet.rounds import folder, library, store

FILE = "lock.json"


@immutable
class Lock:
    """What holds a deal: the round that is out, the hash of each text by its place, and whether some were accepted."""

    round: store.Round
    manifest: Mapping[str, str]
    upgraded: bool = False

    __eq__ = object.__eq__

    @property
    def home(self) -> Path:
        """The folder of the rounds."""
        return self.round.folder.parent

    @cached_property
    def shelves(self) -> Shelves:
        """The texts. Raises TermsheetError where one is not what was frozen."""
        return library.frozen(self.home, self.manifest)

    def check(self, form: str, house: House) -> None:
        """Raise LibraryError for a form that came into the library after the round."""
        if form in forms.named(self.shelves.templates) or form not in forms.names(house.templates):
            return
        raise LibraryError(f"the form `{form}` is newer than round {self.round.number}, which holds the deal",
                           help=f"accept it: `termsheet upgrade DEAL form:{form}`")  # fmt: skip

    def answers(self, finding: Finding, deal: Deal) -> bool:
        """Whether a finding is that today's library lacks what it has: the paper is not made from that of today."""
        if finding.rule == "clauses-no-variant":
            return True  # `assemble` tells it of the texts that hold the deal
        node = deal.get_route(deal.route_of(finding.path)) if finding.rule == "clauses-unknown" else None
        return node is not None and node.value in set(map(library.item_of, self.manifest))

    def remark(self, house: House) -> str:
        """What is said of it after a paper was rendered; nothing where the library of today is what holds the deal."""
        with suppress(LibraryError):
            if self.manifest == library.manifest_of(library.current(house)):
                return ""
        whose = f"of round {self.round.number}{', and those accepted since' * self.upgraded}"
        return f"rendered with the clauses {whose}; the library has changed since: see `termsheet outdated`"


def lock(deal_path: str | Path) -> Lock | None:
    """The lock of a deal, or None where no round is out. Raises TermsheetError where it cannot be read."""
    if str(deal_path) == "-":
        return None
    last = store.last(deal_path)
    if last is None:
        return None
    accepted = _accepted(last)
    return Lock(last, last.library if accepted is None else accepted, accepted is not None)


def accept(held: Lock, texts: Mapping[str, bytes]) -> None:
    """Hold the deal to these texts from now on, until its next round."""
    manifest = library.keep(held.home, texts)
    put(held.home / FILE, store.as_json({"round": held.round.number, "library": manifest}))


def release(deal_path: str | Path) -> None:
    """A round that was sent holds what was accepted before it: nothing is to be accepted any more."""
    with suppress(OSError):  # one of an earlier round says nothing
        (folder(deal_path) / FILE).unlink(missing_ok=True)


def _accepted(last: store.Round) -> dict[str, str] | None:
    """What was accepted since the last round, or None."""
    file = last.folder.parent / FILE
    try:
        said = json.loads(file.read_bytes())
        if said["round"] != last.number:
            return None
        return {str(place): str(digest) for place, digest in said["library"].items()}
    except FileNotFoundError:
        return None
    except OSError as error:
        raise TermsheetError(f"cannot be read ({reason(error)})", file=str(file),
                             help="ask for the right to read it") from error  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise TermsheetError("does not say which clauses were accepted", file=str(file),
                             help="delete it, and upgrade again") from error  # fmt: skip
