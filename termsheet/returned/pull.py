"""Pull: what came back in a Word file, as changes of the deal that it was made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termsheet.deal import Deal
from termsheet.document import Open, Value
from termsheet.errors import Refused, TermsheetError
from termsheet.immutable import immutable
from termsheet.library.shelves import Shelves
from termsheet.returned.merge import Changed, Conflict, Merged, Unclear, merged
from termsheet.returned.package import opened
from termsheet.returned.sent import Sent, sent, stock
from termsheet.returned.typed import Reader
from termsheet.returned.values import values
from termsheet.returned.wanted import place
from termsheet.returned.write import written
from termsheet.source import Source
from termsheet.wellformed import checked
from termsheet.wording import Wording, wording

if TYPE_CHECKING:
    from termsheet.settings import Settings

_SHARED = "is shared with another place, or written in a way that cannot be changed here: change it in the deal"


@immutable
class Pulled:
    """What came back. `before` is the deal as it is, `after` with every change that can be made.

    `shows` is what the paper will show for each change, by its path.
    """

    returned: str
    answers: str
    before: Source
    after: Source
    merged: Merged
    shows: dict[str, str]

    @property
    def changes(self) -> list[Changed]:
        """The changes that can be made."""
        return self.merged.changes

    @property
    def conflicts(self) -> list[Conflict]:
        """The values of which two things are said."""
        return self.merged.conflicts

    @property
    def unclear(self) -> list[Unclear]:
        """What cannot be understood, or cannot be written."""
        return self.merged.unclear


def pull(returned: str, read: Source, path: str, settings: Settings | None = None, explicit: str = "") -> Pulled:
    """Read what came back. `path` is where the deal is kept, `explicit` names the draft that was sent.

    Raises TermsheetError for a file that cannot be read or answers another deal, and Refused for a deal that is not
    well formed.
    """
    bound = values(opened(returned))
    deal, malformed = checked(read)
    deal.house = settings.house if settings else deal.house
    if malformed:
        first = malformed[0]
        raise Refused(f"{read.name}:{first.line}: the deal is not well formed ({first.message}); mend it first")
    paper = sent(bound, returned, path, deal, settings, explicit)
    reader = Reader(paper.deal, _wording(paper.deal, stock(path, deal), settings), curly="’" in read.text)
    found = merged(bound, paper, deal, reader)
    found.changes.sort(key=lambda change: read.marks[read.nearest(change.route)].value)
    after = _applied(read, found)
    shown = _shown(after, paper, path, settings) if found.changes or found.gone else None
    now = checked(after)[0]
    if shown is not None:
        _without_settled(found, shown, now)
    return Pulled(returned, paper.called, read, after, found, _shows(found, shown or {}, now))


def _wording(deal: Deal, texts: Shelves, settings: Settings | None) -> Wording:
    language = deal.text("deal.language") or "en-GB"

    def called(word: str) -> str:
        node = deal.declared.get(word)
        if node is None or not isinstance(node.value, str):
            return word
        return made.body(node.value) if node.route[:2] == ("governance", "bodies") else node.value

    style = settings.style if settings else None
    made = wording(language, deal.text("deal.currency"), called, style, texts.templates)
    return made


def _applied(read: Source, found: Merged) -> Source:
    """The source with every change that can be made; the others are told as what cannot be written."""
    made, kept = _spliced(read, found)
    if kept and checked(made)[1]:  # one of them makes the deal malformed: which one is it?
        made, kept = _one_by_one(read, found)
    found.changes = kept
    return made


def _spliced(read: Source, found: Merged) -> tuple[Source, list[Changed]]:
    made, kept = read, []
    for change in found.changes:
        after = written(made, change.route, change.new)
        if after is None:
            found.unclear.append(_unwritten(change, _SHARED))
        else:
            made = after
            kept.append(change)
    return made, kept


def _one_by_one(read: Source, found: Merged) -> tuple[Source, list[Changed]]:
    made, kept = read, []
    for change in found.changes:
        after = written(made, change.route, change.new)
        if after is None:
            continue
        wrong = checked(after)[1]
        if wrong:
            found.unclear.append(_unwritten(change, f"would make the deal malformed: {wrong[0].message}"))
        else:
            made = after
            kept.append(change)
    return made, kept


def _unwritten(change: Changed, reason: str) -> Unclear:
    return Unclear(change.path, change.route, change.where, change.was, change.typed, reason)


def _shown(after: Source, paper: Sent, path: str, settings: Settings | None) -> dict[str, str] | None:
    """What the paper shows of each value once the changes are made; None where none can be made then."""
    from termsheet.assemble import assemble

    deal, _ = checked(after)
    deal.house = settings.house if settings else deal.house
    style = settings.style if settings else None
    try:
        texts = stock(path, deal)
        document = assemble(deal, paper.document.form, draft=True, style=style, house=texts).document
    except TermsheetError:
        return None
    shown: dict[str, str] = {}
    for inline in document.inlines():
        if isinstance(inline, Value | Open):
            shown.setdefault(inline.path, inline.shown)
    return shown


def _shows(found: Merged, shown: dict[str, str], deal: Deal) -> dict[str, str]:
    """What the paper will show for each change."""
    paths = {change.path: deal.path_of(change.route) for change in found.changes}
    return {path: shown[now] for path, now in paths.items() if now in shown}


def _without_settled(found: Merged, shown: dict[str, str], deal: Deal) -> None:
    """A value that is gone, and that the paper of the deal shows no more either, is settled."""
    aims = {aim.path if (aim := place(deal, path)) else path for path in shown}
    found.settled += [path for path, _ in found.gone if path not in aims]
    found.gone = [(path, where) for path, where in found.gone if path in aims]
