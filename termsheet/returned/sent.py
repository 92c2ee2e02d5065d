"""The paper that a returned file answers, known by its digest: a round that was sent, or the deal as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termsheet import source
from termsheet.document import Document
from termsheet.errors import TermsheetError
from termsheet.immutable import immutable
from termsheet.library.shelves import Shelves, shelves
from termsheet.pattern import pattern
from termsheet.returned.package import Package, opened
from termsheet.returned.values import Bound, values
from termsheet.rounds.lock import lock
from termsheet.rounds.store import Round, rounds
from termsheet.rules.rule import listed
from termsheet.source.words import show
from termsheet.wellformed import checked

if TYPE_CHECKING:
    from termsheet.deal import Deal
    from termsheet.settings import Settings

_PARTY = pattern(r"parties\[([^\]]+)\]\.name")
_GIVE = "give the draft that was sent with `--sent FILE`"


@immutable
class Sent:
    """What was sent: the values in the file, the paper and the deal as they were, and what to call it."""

    values: Bound
    document: Document
    deal: Deal
    called: str


def sent(returned: Bound, name: str, path: str, deal: Deal, settings: Settings | None, explicit: str = "") -> Sent:
    """The paper that a file answers. Raises TermsheetError where it answers another, or nobody can tell which."""
    if returned.bare:
        raise TermsheetError("none of its values is bound: it is a redline, was rendered with `--plain`, or unwrapped",
                             file=name, help="carry the changes over by hand")  # fmt: skip
    kept = rounds(path)
    if explicit:
        return _explicit(returned, name, explicit, path, kept, deal, settings)
    for one in reversed(kept):
        if one.digest == returned.digest or not returned.digest:
            return _round(one, sure=bool(returned.digest))
    if returned.digest:
        now = _anew(returned.digest, path, deal, settings)
        if now:
            return now
    _refuse_other(returned, name, deal)
    if not returned.digest:
        raise TermsheetError("the file no longer says which paper it answers", file=name, help=_GIVE)
    since = "none of the rounds that are kept" if kept else "not the deal as it is now"
    raise TermsheetError(f"it answers {since}, but another text of this deal", file=name, help=_GIVE)


def _explicit(returned: Bound, name: str, explicit: str, path: str, kept: tuple[Round, ...], deal: Deal,
              settings: Settings | None) -> Sent:  # fmt: skip
    read = values(opened(explicit))
    if read.bare:
        raise TermsheetError("none of its values is bound", file=explicit, help="give the draft as it was sent")
    if read.digest and returned.digest and read.digest != returned.digest:
        raise TermsheetError(f"it does not answer `{explicit}`, but another paper", file=name, help=_GIVE)
    _refuse_other(returned, name, deal)
    found = next((_round(one) for one in reversed(kept) if one.digest == read.digest), None)
    found = found or _anew(read.digest, path, deal, settings) or _as_it_is(path, deal, settings)
    return Sent(read, found.document, found.deal, explicit)


def _round(one: Round, *, sure: bool = True) -> Sent:
    deal, _ = checked(source.parse(one.deal, f"{one.folder}/deal.yaml"))
    read = values(Package(one.draft, f"{one.folder}/draft.docx"))
    return Sent(read, one.document, deal, f"round {one.number}{'' if sure else ', the last one'}")


def _anew(digest: str, path: str, deal: Deal, settings: Settings | None) -> Sent | None:
    """The paper of the deal as it is, if the digest is of that."""
    from termsheet import forms

    for texts in dict.fromkeys((stock(path, deal), shelves(deal.house))):
        for name in forms.names(deal.house.templates):
            found = _assembled(deal, settings, name, texts, digest)
            if found:
                return found
    return None


def stock(path: str, deal: Deal) -> Shelves:
    """The texts that the paper of a deal is made from: those of the round that is out, else those of today."""
    held = lock(path)
    return held.shelves if held else shelves(deal.house)


def _as_it_is(path: str, deal: Deal, settings: Settings | None) -> Sent:
    """The term sheet of the deal as it is, to tell where values stand."""
    found = _assembled(deal, settings, "term-sheet", stock(path, deal), "")
    assert found is not None
    return found


def _assembled(deal: Deal, settings: Settings | None, form: str, texts: Shelves, digest: str) -> Sent | None:
    """The paper of the deal in a form; None where it has another digest than the one that is wanted."""
    from termsheet.assemble import assemble
    from termsheet.word.options import Options
    from termsheet.word.writer import write

    made = assemble(deal, form, draft=True, style=settings.style if settings else None, house=texts)
    if digest and digest != made.digest:
        return None
    data = write(made.document, Options(digest=made.digest))
    return Sent(values(Package(data, "the draft")), made.document, deal, "the deal as it is")


def _refuse_other(returned: Bound, name: str, deal: Deal) -> None:
    """Refuse a file whose parties are none of this deal's."""
    theirs = {match[1]: text for key, text in returned.store.items()
              if (match := _PARTY.fullmatch(key.path))}  # fmt: skip
    if theirs and deal.party_ids and not set(theirs) & set(deal.party_ids):
        whose = listed([show(text) for text in list(theirs.values())[:3]])
        ours = listed([deal.party_name(party) for party in deal.party_ids[:3]])
        raise TermsheetError(f"it is of another deal: its parties are {whose}, and those of this deal {ours}",
                             file=name, help="name the deal that it was made of")  # fmt: skip

