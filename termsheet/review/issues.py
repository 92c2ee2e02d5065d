"""What differs between what was sent and what came back, as a list of issues in the order of the paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from termsheet.review.align import Line, aligned, moved
from termsheet.review.lines import Place, SentLine, touched, unbookmarked
from termsheet.review.paper import Comment, Mark, Paper, Passage, alike, bare, full, renumbered, unlisted

CHANGED, ADDED, DELETED, MOVED, COMMENT = "changed", "added", "deleted", "moved", "comment"
_HEADINGS = ("heading", "berschrift")


class Proposal(NamedTuple):
    """A value that came back changed. `reason` is why it cannot be taken over, where it cannot."""

    path: str
    old: str
    new: str
    reason: str = ""


class Judged(NamedTuple):
    """A position that a change touches: where the deal stood on it, where it stands with the change, who approves."""

    position: str
    title: str
    entry: str
    old: str
    new: str
    approves: str = ""


class Opened(NamedTuple):
    """A finding of the linter that a change opens."""

    rule: str
    path: str
    severity: str
    message: str


@dataclass
class Issue:
    """Something that was changed or said.

    `whole` tells that it is all of a clause. Of a comment, `before` holds the words that it is about, `after` what it
    says. `place` of what was added is the clause after which it stands, or in which.
    `agreed` is where the deal as it is says so by now.
    """

    kind: str
    tracked: bool
    place: Place
    before: str = ""
    after: str = ""
    marks: tuple[Mark, ...] = ()
    paths: tuple[str, ...] = ()
    whole: bool = False
    where: str = ""
    number: int = 0
    proposals: list[Proposal] = field(default_factory=list)
    positions: list[Judged] = field(default_factory=list)
    findings: list[Opened] = field(default_factory=list)
    agreed: bool = False

    @property
    def who(self) -> str:
        """Who made it, where the file says so."""
        return ", ".join(dict.fromkeys(mark.who for mark in self.marks if mark.who))

    @property
    def when(self) -> str:
        """When it was made last, where the file says so."""
        return max((mark.when for mark in self.marks), default="")

    @property
    def clause(self) -> str:
        """The number and title of its clause."""
        return " ".join(filter(None, (self.place.number, self.place.title)))


class Found(NamedTuple):
    """The issues, and the share of what was sent that was found again. `now` is how each clause reads: its paragraphs,
    each with the clause's number and whether it is an item of a list."""

    issues: list[Issue]
    share: float
    now: dict[str, list[tuple[str, str, bool]]] = {}


class _Edit(NamedTuple):
    """One issue of one passage, and where it stands: `at` is the passage that came back, `line` that which was sent."""

    at: float
    issue: Issue
    line: int = -1
    row: int = 0
    heads: bool = False


def found(sent: Sequence[SentLine], paper: Paper, known: Sequence[Comment] = ()) -> Found:
    """Everything that differs. `known` are the comments that were sent."""
    return _Differences(sent, paper, known).found()


class _Differences:
    def __init__(self, sent: Sequence[SentLine], paper: Paper, known: Sequence[Comment]) -> None:
        self.sent, self.paper = sent, paper
        self.known = {(one.mark.who, one.text) for one in known}
        kept = unlisted(paper.passages, (line.text for line in sent))  # contents may still have what is gone
        self.passages = [unbookmarked(passage) for passage in kept]
        self.there = [at for at, passage in enumerate(self.passages) if passage.before]
        old = [Line(one.text, unbookmarked(one.passage).bookmarks, one.passage.row) for one in sent]
        new = [Line(self.passages[at].before, self.passages[at].bookmarks, self.passages[at].row)
               for at in self.there]  # fmt: skip
        pairs = aligned(old, new)
        self.away = {self.there[pair.new]: pair.old for pair in moved(old, new, pairs)}
        self.stays = {self.there[pair.new]: pair.old for pair in pairs}
        self.places = self._places()
        self.titled = Counter(one.place.clause for number, one in enumerate(sent) if self._titles(number))

    def found(self) -> Found:
        edits = [*self._untracked(), *self._tracked()]
        edits.sort(key=lambda edit: edit.at)
        issues = [*self._joined(edits), *self._comments()]
        issues.sort(key=lambda one: one[0])
        return Found([issue for _, issue in issues], self._share(), self._now())

    def _now(self) -> dict[str, list[tuple[str, str, bool]]]:
        items = {passage.style for at, passage in enumerate(self.passages)
                 if at in self.stays and self.places[at].number.endswith(")")}  # fmt: skip
        made: dict[str, list[tuple[str, str, bool]]] = {}
        for at, passage in enumerate(self.passages):
            place = self.places[at]
            if place.clause and passage.after and not any(word in passage.style.lower() for word in _HEADINGS):
                is_item = bool(passage.style) and passage.style in items
                made.setdefault(place.clause, []).append((full(passage.after), place.number, is_item))
        return made

    def _share(self) -> float:
        size = [len(line.text) for line in self.sent]
        same = sum(size[line] for line in {*self.stays.values(), *self.away.values()})
        return same / sum(size) if any(size) else 0.0

    def _places(self) -> list[Place]:
        """Of every passage that came back, its own place, or that of what stands before it."""
        made: list[Place] = []
        place = self.sent[0].place if self.sent else Place()
        for at in range(len(self.passages)):
            if at in self.stays:
                place = self.sent[self.stays[at]].place
            made.append(self.sent[self.away[at]].place if at in self.away else place)
        return made

    def _untracked(self) -> Iterator[_Edit]:
        """What differs between what was sent and what came back, all tracked changes rejected."""
        back = {line: at for at, line in self.stays.items()}
        last = -1.0
        gone = set(range(len(self.sent))) - back.keys() - set(self.away.values())
        for number, line in enumerate(self.sent):
            if number in back:
                last = float(back[number])
            elif number in gone:
                paths = tuple(dict.fromkeys(one.path for one in line.values))
                issue = Issue(DELETED, False, line.place, full(line.text), paths=paths)
                yield _Edit(last + 0.5, issue, number, line.passage.row)
        for at in self.there:
            passage = self.passages[at]
            if at in self.away:
                line = self.sent[self.away[at]]
                after = full(renumbered(passage.before, line.text))
                yield _Edit(at, Issue(MOVED, False, line.place, full(line.text), after,
                                      where=self._after(at)), self.away[at], passage.row)  # fmt: skip
            elif at not in self.stays:
                yield self._came(at, passage.before, tracked=False)
            elif not alike(self.sent[self.stays[at]].text, passage.before):
                line = self.sent[self.stays[at]]
                paths = tuple(touched(line, passage.before))
                after = full(renumbered(passage.before, line.text))
                yield _Edit(at, Issue(CHANGED, False, line.place, full(line.text), after, paths=paths),
                            self.stays[at], passage.row)  # fmt: skip

    def _tracked(self) -> Iterator[_Edit]:
        """What differs between all tracked changes rejected, and all accepted."""
        pairs = self._moves()
        for at, passage in enumerate(self.passages):
            number = self.stays.get(at, self.away.get(at, -1))
            line = self.sent[number] if number >= 0 else None
            marks = tuple(passage.marks)
            if not passage.before and passage.after:
                start = pairs.get(at)
                if start is None:
                    yield self._came(at, passage.after, tracked=True)
                else:
                    was = self._as_sent(start)
                    issue = Issue(MOVED, True, self.places[start], full(was),
                                  full(renumbered(passage.after, was)), marks, where=self._after(at))  # fmt: skip
                    yield _Edit(at, issue, self.stays.get(start, -1), passage.row)
            elif passage.before and not passage.after and at not in pairs.values():
                paths = tuple(dict.fromkeys(one.path for one in line.values)) if line else ()
                yield _Edit(at, Issue(DELETED, True, self.places[at], full(self._as_sent(at)), "", marks, paths),
                            number, passage.row)  # fmt: skip
            elif passage.before and passage.after and bare(passage.before) != bare(passage.after):
                if alike(passage.before, passage.after) and "\n" not in passage.after + passage.before:
                    continue
                paths = tuple(touched(line, passage.after)) if line else ()
                before, after = passage.before, renumbered(passage.after, passage.before)
                if line:
                    before, after = renumbered(before, line.text), renumbered(after, line.text)
                issue = Issue(CHANGED, True, self.places[at], full(before), full(after), marks, paths)
                yield _Edit(at, issue, number, passage.row)
            elif passage.before and passage.after and passage.before.count("\n") != passage.after.count("\n"):
                issue = Issue(
                    CHANGED, True, self.places[at], full(passage.before), full(passage.after), marks
                )
                yield _Edit(at, issue, number, passage.row)

    def _as_sent(self, at: int) -> str:
        """What a passage said before its tracked changes, with the numbers of references as they were sent."""
        number = self.stays.get(at, self.away.get(at, -1))
        before = self.passages[at].before
        return renumbered(before, self.sent[number].text) if number >= 0 else before

    def _moves(self) -> dict[int, int]:
        """What came and what went in tracked changes and says the same: where it is, and where it was."""
        gone = [at for at, one in enumerate(self.passages) if one.before and not one.after]
        came = [at for at, one in enumerate(self.passages) if one.after and not one.before]
        made: dict[int, int] = {}
        for wanted in (True, False):  # those that are marked as moved first
            left: dict[str, list[int]] = {}
            for at in gone:
                if at not in made.values() and (self.passages[at].moved or not wanted):
                    left.setdefault(bare(self.passages[at].before), []).append(at)
            for at in came:
                key = bare(self.passages[at].after)
                marked = self.passages[at].moved
                long = len(key.split()) >= 2 or marked
                if at not in made and long and (marked or not wanted) and left.get(key):
                    made[at] = left[key].pop(0)
        for at, start in list(made.items()):  # a short heading goes with what stands below it
            one, other = at - 1, start - 1
            if (one in came and other in gone and one not in made and other not in made.values()
                    and bare(self.passages[one].after) == bare(self.passages[other].before)):  # fmt: skip
                made[one] = other
        return made

    def _came(self, at: int, text: str, *, tracked: bool) -> _Edit:
        passage = self.passages[at]
        heads = any(word in passage.style.lower() for word in _HEADINGS)
        marks = tuple(passage.marks) if tracked else ()
        where = passage.note or self._after(at)
        return _Edit(at, Issue(ADDED, tracked, self.places[at], "", full(text), marks, whole=heads, where=where),
                     -1, passage.row, heads)  # fmt: skip

    def _after(self, at: int) -> str:
        place = next(
            (self.sent[self.stays[one]].place for one in range(at - 1, -1, -1) if one in self.stays), None
        )
        return f"after {' '.join(filter(None, (place.number, place.title)))}" if place else "at the start"

    def _joined(self, edits: Sequence[_Edit]) -> Iterator[tuple[float, Issue]]:
        """The issues; what came or went together in one clause is one."""
        size = {
            id: sum(1 for _ in group) for id, group in groupby(sorted(one.place.clause for one in self.sent))
        }
        together: list[_Edit] = []
        for edit in edits:
            if together and not self._together(together, edit):
                yield self._one(together, size)
                together = []
            together.append(edit)
        if together:
            yield self._one(together, size)

    def _together(self, edits: list[_Edit], edit: _Edit) -> bool:
        last, first = edits[-1], edits[0]
        one, other = last.issue, edit.issue
        if (one.kind, one.tracked, one.who) != (other.kind, other.tracked, other.who) or one.kind == CHANGED:
            return False
        if any(
            index in self.stays and self.passages[index].after
            for index in range(int(last.at) + 1, int(edit.at))
        ):
            return False
        if one.kind == ADDED:
            return not edit.heads and (first.heads or bool(edit.row and edit.row == last.row))
        if last.line < 0 or edit.line < 0:
            return one.kind == MOVED
        return (
            edit.line == last.line + 1 and one.place.clause == other.place.clause and bool(one.place.clause)
        )

    def _one(self, edits: list[_Edit], size: dict[str, int]) -> tuple[float, Issue]:
        issue = edits[0].issue
        if issue.kind in (DELETED, MOVED):
            lines = size.get(issue.place.clause, 0)
            if issue.kind == DELETED and not any(self._titles(edit.line) for edit in edits):
                lines -= self.titled[issue.place.clause]  # a heading above nothing is no clause
            issue.whole = bool(issue.place.clause) and len(edits) == lines
        if len(edits) > 1:
            issue.before = "\n".join(edit.issue.before for edit in edits if edit.issue.before)
            issue.after = "\n".join(edit.issue.after for edit in edits if edit.issue.after)
            issue.marks = tuple(dict.fromkeys(mark for edit in edits for mark in edit.issue.marks))
            issue.paths = tuple(dict.fromkeys(path for edit in edits for path in edit.issue.paths))
        return edits[0].at, issue

    def _titles(self, number: int) -> bool:
        """Whether a line that was sent is the title of its clause."""
        return number >= 0 and bare(self.sent[number].text) == bare(self.sent[number].place.title)

    def _comments(self) -> Iterator[tuple[float, Issue]]:
        told: set[str] = set()
        for at, passage in enumerate(self.passages):
            for id in passage.comments:
                comment = self.paper.comments.get(id)
                if comment and id not in told:
                    told.add(id)
                    yield from self._comment(at + 0.25, comment, self.places[at], at)
        for id, comment in self.paper.comments.items():
            if id not in told:
                yield from self._comment(float(len(self.passages)), comment, Place(), -1)

    def _comment(
        self, at: float, comment: Comment, place: Place, passage: int
    ) -> Iterator[tuple[float, Issue]]:
        if (comment.mark.who, comment.text) in self.known:
            return
        line = self.sent[self.stays[passage]] if passage in self.stays else None
        about = comment.about.strip()
        paths = [one.path for one in line.values if len(one.shown) > 1 and one.shown in about] if line else []
        yield (
            at,
            Issue(COMMENT, True, place, about, comment.text, (comment.mark,), tuple(dict.fromkeys(paths))),
        )


def passages_of(paper: Paper) -> Sequence[Passage]:
    """The passages that are left once every tracked change is accepted: a paper that is itself sent again."""
    return [passage for passage in paper.passages if passage.after]
