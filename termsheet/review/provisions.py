"""Words that no field can hold, taken into the deal on request: as provisions, and clauses that are left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from termsheet import source
from termsheet.document import Document, Paragraph, Table, shown
from termsheet.errors import TermsheetError
from termsheet.insert import insert
from termsheet.returned.prose import plain
from termsheet.returned.write import quoted, written
from termsheet.review.issues import ADDED, CHANGED, COMMENT, DELETED, MOVED, Issue
from termsheet.splice import Edit, line_break, splice
from termsheet.stubs import paste
from termsheet.wellformed import checked

if TYPE_CHECKING:
    from termsheet.review.review import Review
    from termsheet.settings import Settings
    from termsheet.source import Source

_WORDS = "words that no provision will hold yet"
_ADDITION = {"de": "Ergänzung zu {}"}
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Taken(NamedTuple):
    """The deal with what was taken, what that was, and why the rest was not.

    `issues` are those that were taken, `failed` whether one was not that was asked for.
    """

    source: Source
    told: list[str]
    refused: list[str]
    issues: list[Issue]
    failed: bool


class _Refusal(Exception):
    """Why an issue is not taken."""


class _NotMeant(_Refusal):
    """Why an issue is not among `all` that can be taken."""


def provided(review: Review, read: Source, path: str, settings: Settings | None, numbers: Sequence[str]) -> Taken:
    """The deal with the words of issues, by their numbers or `all`. Raises TermsheetError for one that is not there."""
    taker = _Taker(review, read, path, settings)
    known = {str(issue.number): issue for issue in review.issues}
    for number in numbers:
        if number != "all" and number not in known:
            raise TermsheetError(f"there is no issue {number}", file=review.returned,
                                 help=f"the issues are numbered from 1 to {len(known)}")  # fmt: skip
    chosen = list(known.values()) if "all" in numbers else [known[number] for number in dict.fromkeys(numbers)]
    for issue in chosen:
        taker.take(issue, named=str(issue.number) in numbers)
    return Taken(taker.source, taker.told, taker.refused, taker.issues, taker.failed)


class _Taker:
    def __init__(self, review: Review, read: Source, path: str, settings: Settings | None) -> None:
        self.review, self.source, self.path, self.settings = review, read, path, settings
        self.told: list[str] = []
        self.refused: list[str] = []
        self.issues: list[Issue] = []
        self.failed = False
        self.done: set[str] = set()

    @property
    def document(self) -> Document:
        assert self.review.document is not None
        return self.review.document

    def take(self, issue: Issue, *, named: bool) -> None:
        """Take one issue into the deal, or tell why it is not."""
        before = self.source
        try:
            told = self._taken(issue)
            self._check()
        except (_Refusal, TermsheetError) as error:
            self.source = before
            words = error.message if isinstance(error, TermsheetError) else str(error)
            self.refused.append(f"issue {issue.number} ({issue.clause or issue.kind}) is not taken: {words}")
            self.failed |= not issue.agreed and (named or not isinstance(error, _NotMeant))
        else:
            self.told += told
            self.issues.append(issue)

    def _check(self) -> None:
        """The deal must stay well formed, and make a paper."""
        from termsheet.assemble import assemble
        from termsheet.returned.sent import stock

        deal, wrong = checked(self.source)
        if wrong:
            raise _Refusal(f"the deal would not be well formed: {wrong[0].message}")
        deal.house = self.settings.house if self.settings else deal.house
        assemble(deal, self.document.form, draft=True, house=stock(self.path, deal))

    def _taken(self, issue: Issue) -> list[str]:
        clause = issue.place.clause
        if issue.agreed:
            raise _NotMeant("the deal says so already")
        if issue.kind in (COMMENT, MOVED):
            raise _NotMeant(f"a {'comment' if issue.kind == COMMENT else 'move'} brings no words")
        if issue.proposals and all(not one.reason for one in issue.proposals) and issue.kind == CHANGED:
            raise _NotMeant("its values have a place in the deal: take them with `--accept`")
        if not clause or "/" in clause or clause not in self._clauses():
            raise _Refusal("it stands in no clause")
        if issue.kind == ADDED and (issue.whole or not clause.startswith("provisions.")):
            return [self._added(issue, clause)]
        if clause.startswith("provisions."):
            return [self._rewritten(clause)]
        return self._replaced(issue, clause)

    def _clauses(self) -> dict[str, tuple[str, bool, str]]:
        """The clauses of the paper: their title, whether they bind, and the clause before each."""
        found: dict[str, tuple[str, bool, str]] = {}
        for part in self.document.parts:
            last = ""
            for clause in part.clauses:
                found[clause.id] = clause.title, clause.binding, last
                last = clause.id
        return found

    def _added(self, issue: Issue, clause: str) -> str:
        title, binds, _ = self._clauses()[clause]
        head, _, rest = issue.after.partition("\n")
        if issue.whole and rest:
            name, words = head, rest.split("\n")
        else:
            language = (checked(self.source)[0].text("deal.language") or "en")[:2]
            name, words = _ADDITION.get(language, "More on {}").format(title), issue.after.split("\n")
        return self._provision(name, clause, words, binds)

    def _replaced(self, issue: Issue, clause: str) -> list[str]:
        title, binds, last = self._clauses()[clause]
        if clause in self.done:
            return []
        blocks = [block for one in self.document.clauses() if one.id == clause for block in one.blocks]
        if any(isinstance(block, Table) for block in blocks):
            raise _Refusal("a provision can hold no table")
        words = _paragraphs(self.review.now.get(clause, ()), title)
        told = []
        if words and not (issue.whole and issue.kind == DELETED):
            told.append(self._provision(title, clause, words, binds))
        way = "replaced by the words that came back" if told else "as it came back"
        reason = f"{way}: {self._told_by(issue)}"
        self._put("clauses.omit", f"- clause: {clause}\n  reason: {quoted(reason)}")
        if told:  # it stands where the clause did
            self._retarget(clause, last)
        self.done.add(clause)
        return [*told, f"clauses.omit[{clause}]"]

    def _told_by(self, issue: Issue) -> str:
        """Where a change comes from."""
        who = ", ".join(filter(None, (issue.who, issue.when[:10])))
        return f"{self.review.answers}{f', {who}' if who else ''}"

    def _retarget(self, clause: str, last: str) -> None:
        """The provision that stands for a clause follows the one before it, since the clause itself is left out."""
        at = len(self.source.data["provisions"]) - 1
        route = ("provisions", at, "after")
        if last:
            made = written(self.source, route, last)
            if made is None:
                raise _Refusal("the deal is written in a way that cannot be changed here")
            self.source = made

    def _rewritten(self, clause: str) -> str:
        """A provision that came back in other words."""
        deal, _ = checked(self.source)
        name = f"provisions[{clause.removeprefix('provisions.')}].text"
        route = deal.route_of(name)
        words = _paragraphs(self.review.now.get(clause, ()), self._clauses()[clause][0])
        made = written(self.source, route, "\n\n".join(words)) if words else None
        if made is None:
            raise _Refusal("take it out of the deal by hand")
        self.source = made
        return name

    def _provision(self, title: str, after: str, words: Sequence[str], binds: bool) -> str:
        deal, _ = checked(self.source)
        taken = {entry.text("title").casefold() for entry in deal.each("provisions")}
        name, count = title, 1
        while name.casefold() in taken:
            count += 1
            name = f"{title} ({count})"
        lines = (f"- title: {quoted(name)}", f"after: {after}", f"text: {quoted(_WORDS)}",
                 f"binding: {'yes' if binds else 'no'}")  # fmt: skip
        yaml = "\n  ".join(lines)
        self._put("provisions", yaml)
        self._say("\n\n".join(words))
        deal, _ = checked(self.source)
        return deal.path_of(("provisions", len(self.source.data["provisions"]) - 1))

    def _put(self, path: str, yaml: str) -> None:
        deal, _ = checked(self.source)
        self.source = insert(self.source, deal, paste(deal, path, yaml, written=self.source.marks))

    def _say(self, words: str) -> None:
        """Write the words of the last provision: paragraphs below each other, where YAML can."""
        read = self.source
        route = ("provisions", len(read.data["provisions"]) - 1, "text")
        mark = read.marks[route]
        assert mark.key is not None
        nl, column = line_break(read.text), read.position(mark.key.start)[1] - 1
        block = "|-" + "".join(f"{nl}{' ' * (column + 2)}{line}" if line else nl for line in words.split("\n"))
        for new in (block, quoted(words)) if "\n" in words else (quoted(words),):
            made = source.parse(splice(read.text, [Edit(*mark.value, new)]), read.name)
            if made.data["provisions"][-1]["text"] == words:
                self.source = made
                return
        raise _Refusal("its words cannot be written into the deal")


def _paragraphs(now: Sequence[tuple[str, str, bool]], title: str) -> list[str]:
    """The paragraphs of a clause as it reads now; the items of a list stand behind what introduces them."""
    made: list[str] = []
    count = 0
    for text, _, is_item in now:
        if plain(text) == plain(title) and not made:
            continue
        words = " ".join(text.split())
        count = count + 1 if is_item else 0
        if is_item and made:
            letter = _LETTERS[(count - 1) % 26]
            made[-1] += f" ({letter}) {words}"
        else:
            made.append(words)
    return made


def agreed(review: Review, paper: Document) -> None:
    """Tell of each issue whether the deal as it is says so by now."""
    texts: set[str] = set()
    said: set[str] = set()
    for clause in paper.clauses():
        texts.add(plain(clause.title))
        whole = []
        for block in clause.blocks:
            rows = () if isinstance(block, Paragraph) else block.rows
            cells = [block.inlines] if isinstance(block, Paragraph) else [one for row in rows for one in row.cells]
            whole += [plain(shown(inlines)) for inlines in cells]
        texts.update(whole)
        if clause.id.startswith("provisions."):
            said.add(" ".join(whole))
    for issue in review.issues:
        if issue.kind == ADDED or (issue.kind == CHANGED and not issue.proposals):
            lines = [plain(line) for line in issue.after.split("\n") if line.strip()]
            issue.agreed = all(line in texts or any(line in one for one in said) for line in lines)
        elif issue.kind == DELETED:
            lines = [plain(line) for line in issue.before.split("\n") if line.strip()]
            issue.agreed = not any(line in texts or any(line in one for one in said) for line in lines)
