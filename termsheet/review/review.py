"""Review: what came back, against what was sent and by what the own side wants."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from termsheet.document import Document
from termsheet.errors import Refused, TermsheetError
from termsheet.immutable import immutable
from termsheet.returned.package import Package, opened
from termsheet.returned.pull import Pulled, pull
from termsheet.returned.sent import sent, stock
from termsheet.returned.values import values
from termsheet.review.issues import (
    CHANGED,
    DELETED,
    Found,
    Issue,
    Judged,
    Opened,
    Proposal,
    found,
    passages_of,
)
from termsheet.review.lines import Place, SentLine, lines
from termsheet.review.own import own, settled
from termsheet.review.paper import Mark, Paper, alike, read
from termsheet.source import Source
from termsheet.wellformed import checked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from termsheet.deal import Deal
    from termsheet.settings import Settings
    from termsheet.standing import Choice

_LEAST = 0.3  # share of what was sent that must be found again


@dataclass
class Review:
    """All that came back. `answers` is what to call what was sent, `pulled` what the values say, where they are bound.

    `positions` and `findings` are those that no single issue explains. `heading` names the playbook that judged.
    `own` are the marks of a redline of one's own, which lead to what was sent and are no issues.
    `document` is what was sent, `now` how each of its clauses reads as it came back.
    """

    returned: str
    answers: str
    issues: list[Issue]
    share: float
    title: str = ""
    pulled: Pulled | None = None
    remark: str = ""
    positions: list[Judged] = field(default_factory=list)
    findings: list[Opened] = field(default_factory=list)
    heading: str = ""
    own: list[Mark] = field(default_factory=list)
    document: Document | None = None
    now: dict[str, list[tuple[str, str, bool]]] = field(default_factory=dict)


@immutable
class _Sent:
    document: Document
    paper: Paper
    called: str
    own: frozenset[Mark] = frozenset()


def review(
    returned: str, source: Source, path: str, settings: Settings | None = None, explicit: str = "",
    choice: Choice | None = None,
) -> Review:  # fmt: skip
    """Review a file. `path` is where the deal is kept, `explicit` names the draft that was sent.

    Raises TermsheetError for a file that cannot be read or is none of this deal's, and Refused for a deal that is not
    well formed.
    """
    package = opened(returned)
    paper = read(package)
    if not paper.passages:
        raise package.error("the file holds no text", "ask for it to be sent again")
    deal, malformed = checked(source)
    deal.house = settings.house if settings else deal.house
    if malformed:
        first = malformed[0]
        raise Refused(
            f"{source.name}:{first.line}: the deal is not well formed ({first.message}); mend it first"
        )
    answered, there, made = _answered(package, paper, path, deal, settings, explicit)
    if made.share < _LEAST:
        raise TermsheetError(
            f"this is not a mark-up of {answered.called}: {made.share:.0%} of its text is found in it", file=returned,
            help="name the deal that it was made of, or give the draft that was sent with `--sent FILE`")  # fmt: skip
    title = " – ".join(filter(None, (answered.document.title, answered.document.subtitle)))
    result = Review(returned, answered.called, made.issues, made.share, title,
                    own=sorted(answered.own), document=answered.document, now=made.now)  # fmt: skip
    try:
        result.pulled = pull(returned, source, path, settings, explicit)
    except TermsheetError as error:
        result.remark = f"values are not read back: {error.message}"
    if result.pulled:
        _proposed(result, result.pulled, there, deal)
    if choice is not None:
        from termsheet.review.judged import judged

        judged(result, deal, source, settings, choice, answered.document)
    for number, issue in enumerate(result.issues, 1):
        issue.number = number
    if result.issues and answered.called != "the deal as it is":
        _settled(result, path, deal, settings)
    return result


def _settled(result: Review, path: str, deal: Deal, settings: Settings | None) -> None:
    """Tell which issues the deal has taken up since it was sent, where a paper can be made of it."""
    from termsheet.assemble import assemble
    from termsheet.review.provisions import agreed

    assert result.document is not None
    style = settings.style if settings else None
    try:
        made = assemble(deal, result.document.form, draft=True, style=style, house=stock(path, deal))
    except TermsheetError:
        return
    agreed(result, made.document)


def _answered(
    package: Package, paper: Paper, path: str, deal: Deal, settings: Settings | None, explicit: str
) -> tuple[_Sent, list[SentLine], Found]:
    """What was sent, its lines, and what differs from it: of several papers, the one with which most is shared."""
    best: tuple[_Sent, list[SentLine], Found] | None = None
    for one in _candidates(package, paper, path, deal, settings, explicit):
        there = lines(one.document, passages_of(one.paper))
        back = read(package, one.own) if one.own else paper
        made = found(there, back, list(one.paper.comments.values()))
        if best is None or made.share > best[2].share:
            best = one, there, made
        if made.share > 0.99:
            break
    assert best is not None
    return best


def _candidates(
    package: Package, returned: Paper, path: str, deal: Deal, settings: Settings | None, explicit: str
) -> Iterator[_Sent]:
    """What may have been sent: known by the digest, else the last round, else the deal as it is in each form."""
    from termsheet import forms
    from termsheet.assemble import assemble
    from termsheet.rounds.store import last

    bound = values(package)
    file = opened(explicit) if explicit else None
    paper = read(file) if file else None
    if not bound.bare and (bound.digest or not explicit):
        known = sent(bound, package.name, path, deal, settings, explicit)
        yield _Sent(known.document, paper or _written(known.document), known.called)
        return
    redline = _redlined(package, returned, path, deal, settings, paper, explicit)
    if redline is not None:
        yield redline
        return
    round = last(path)
    if round is not None:
        yield _Sent(round.document, paper or _written(round.document), explicit or f"round {round.number}")
        if not explicit:
            return
    style = settings.style if settings else None
    texts = stock(path, deal)
    for name in forms.names(deal.house.templates):
        document = assemble(deal, name, draft=True, style=style, house=texts).document
        yield _Sent(document, paper or _written(document), explicit or "the deal as it is")


def _redlined(
    package: Package, returned: Paper, path: str, deal: Deal, settings: Settings | None, paper: Paper | None,
    explicit: str,
) -> _Sent | None:  # fmt: skip
    """What a redline of one's own leads to, if the file is one: the paper from which it is not away but by others."""
    ways = settled(package, returned)
    if not ways:
        return None
    best: tuple[int, _Sent] | None = None
    for document, called in _later(path, deal, settings):
        there = paper or _written(document)
        made = own(ways, returned, there)
        if made and (best is None or made.apart < best[0]):
            best = made.apart, _Sent(document, there, explicit or called, made.marks)
        if explicit:
            break
    return best[1] if best else None


def _later(path: str, deal: Deal, settings: Settings | None) -> Iterator[tuple[Document, str]]:
    """The papers to which a redline may lead: the rounds, the last one first, and the deal as it is."""
    from termsheet.assemble import assemble
    from termsheet.rounds.store import rounds

    kept = rounds(path)
    for one in reversed(kept):
        yield one.document, f"round {one.number}"
    style = settings.style if settings else None
    if kept:
        try:
            made = assemble(deal, kept[-1].form, draft=True, style=style, house=stock(path, deal))
        except TermsheetError:
            return
        yield made.document, "the deal as it is"


def _written(document: Document) -> Paper:
    """A paper as it went out. Its text is the same whatever was asked for its look."""
    from termsheet.word.options import Options
    from termsheet.word.writer import write

    return read(Package(write(document, Options(bound=False)), "the draft"))


def _proposed(result: Review, pulled: Pulled, there: list[SentLine], deal: Deal) -> None:
    """Tell at each issue which values it changes; a value that changed out of sight is an issue of its own."""
    from termsheet.returned.wanted import place

    aims: dict[str, str] = {}
    for line in there:
        for one in line.values:
            if one.path not in aims:
                aim = place(deal, one.path)
                aims[one.path] = aim.path if aim else one.path
    told: list[tuple[Proposal, Place, str, str]] = [
        *((Proposal(one.path, one.old, one.new), Place(one.where.number, one.where.title), one.was, one.typed)
          for one in pulled.changes),
        *((Proposal(one.path, one.says, " / ".join(said.typed for said in one.said), one.reason),
           Place(one.where.number, one.where.title), one.was, one.said[0].typed) for one in pulled.conflicts),
        *((Proposal(one.path, one.was, one.typed, one.reason), Place(one.where.number, one.where.title), one.was,
           one.typed) for one in pulled.unclear),
    ]  # fmt: skip
    for proposal, where, was, typed in told:
        seen = False
        for issue in result.issues:
            if issue.kind == CHANGED and proposal.path in {aims.get(path, path) for path in issue.paths}:
                issue.proposals.append(proposal)
                seen = True
        if not seen and not any(
            typed and typed in issue.after and issue.kind == CHANGED for issue in result.issues
        ):
            if alike(was, typed):
                continue
            clause = next((line.place for line in there if line.place.number == where.number and where.number
                           and line.place.title == where.title), where)  # fmt: skip
            issue = Issue(CHANGED, False, clause, was, typed, paths=(proposal.path,),
                          where="in the bound value of the file", proposals=[proposal])  # fmt: skip
            result.issues.append(issue)
        elif not seen:
            for issue in result.issues:
                if issue.kind == CHANGED and typed and typed in issue.after:
                    issue.proposals.append(proposal)
                    issue.paths = (*issue.paths, *(() if proposal.path in issue.paths else (proposal.path,)))
                    break


def accepted(pulled: Pulled, paths: tuple[str, ...], issues: Sequence[Issue] = ()) -> Source:
    """The deal with the chosen changes made. Raises TermsheetError for a path that did not change."""
    from termsheet.returned.write import written

    known = {change.path: change for change in pulled.changes}
    barred = {one.path: one.reason for one in pulled.conflicts} | {
        one.path: one.reason for one in pulled.unclear
    }
    made = pulled.before
    for path in dict.fromkeys(paths):
        if path not in known:
            _refuse_gone(pulled, path, issues)
            why = f"cannot be taken over: {barred[path]}" if path in barred else "did not come back changed"
            names = ", ".join(known) or "none"
            raise TermsheetError(
                f"`{path}` {why}", file=pulled.returned, help=f"changes that can be taken: {names}"
            )
        after = written(made, known[path].route, known[path].new)
        if after is None:
            raise TermsheetError(f"`{path}` is written in a way that cannot be changed here", file=pulled.before.name,
                                 help="change it in the deal")  # fmt: skip
        made = after
    wrong = checked(made)[1]
    if wrong:
        raise TermsheetError(f"the deal would not be well formed: {wrong[0].message}", file=pulled.before.name,
                             help="accept the changes that belong together")  # fmt: skip
    return made


def _refuse_gone(pulled: Pulled, path: str, issues: Sequence[Issue]) -> None:
    """Refuse a value that went with its words, and tell with which issue it can be taken."""
    if path not in {gone for gone, _ in pulled.merged.gone}:
        return
    holders = [issue for issue in issues if path in issue.paths and issue.kind in (DELETED, CHANGED)]
    whole = any(issue.whole and issue.kind == DELETED for issue in holders)
    went = "its clause was deleted" if whole else "it was deleted, or unbound"
    numbers = " ".join(f"--provisions {issue.number}" for issue in holders)
    way = f"take the deletion with `{numbers}`" if numbers else "change the deal by hand"
    raise TermsheetError(f"`{path}` is no longer in the text: {went}", file=pulled.returned, help=way)
