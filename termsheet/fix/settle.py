"""Fixes are tried on a copy: one counts if its finding goes and no error or warning comes, save what it had hidden."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cached_property

from termsheet import source
from termsheet.errors import LoadError
from termsheet.finding import Finding
from termsheet.fix.remedies import Fix, remedies
from termsheet.fix.repair import repair
from termsheet.fix.written import entries
from termsheet.immutable import immutable
from termsheet.outcome import FileReport
from termsheet.source import Source
from termsheet.splice import Edit, apart, moved, splice

Check = Callable[[Source], FileReport]
Place = tuple[str, int]

_FORM = "schema-value-form"
_ROUNDS = 10
_FEW = 8  # so many fixes are told apart by halves alone
_CONSEQUENCES = 12  # how often what a fix brings to light is fixed with it


@immutable
class Dropped:
    """A fix that was not made, and why."""

    fix: Fix
    reason: str


@immutable
class Mended:
    """A text after its fixes: the report on it, what was fixed, and what was not."""

    text: str
    report: FileReport
    done: tuple[Fix, ...]
    dropped: tuple[Dropped, ...]


def mend(text: str, name: str, check: Check) -> Mended:
    """Fix what has one right answer. `text` has no BOM. Raises LoadError where it cannot be read as a deal."""
    read, repaired = repair(text, name)
    state = _State(read, check)
    if any(_spoilt(fix, state) for fix in repaired):
        source.parse(text, name)  # raises what kept the text from being read
    done: list[Fix] = []
    dropped: list[Dropped] = []
    for _ in range(_ROUNDS):
        state, sure, dropped = _settle(state, [fix for fix in state.fixes if fix.respells])
        state, more, also = _settle(state, [fix for fix in state.fixes if not fix.respells])
        done += [*sure, *more]
        dropped += also
        if not sure and not more:
            break
    return Mended(state.read.text, state.report, (*repaired, *done), tuple(dropped))


def _spoilt(fix: Fix, state: _State) -> bool:
    """Whether a text that was put in quotes, to be read at all, stands where no text is wanted."""
    line, column = state.read.position(fix.edits[0].start)
    return fix.now.startswith(("'", '"')) and any(
        item.rule.startswith("schema-") and item.line == line and item.column >= column
        for item in state.findings
    )


class _State:
    """A text, and what is found in it."""

    def __init__(self, read: Source, check: Check) -> None:
        self.read = read
        self.check = check

    @cached_property
    def report(self) -> FileReport:
        return self.check(self.read)

    @cached_property
    def findings(self) -> list[Finding]:
        """What speaks against a fix: the errors and warnings of the deal's stage, but for what is waived."""
        return [item for item in self.report.findings if not item.waived and item.severity != "note"]

    @cached_property
    def fixes(self) -> list[Fix]:
        on_form = any(item.rule.startswith("schema-") for item in self.findings)
        return remedies(self.read) if on_form else []

    def place(self, finding: Finding) -> Place:
        """What a finding is known by: its rule, and where it stands."""
        return finding.rule, self.read.offset(finding.line, finding.column)

    def spliced(self, edits: Iterable[Edit]) -> _State:
        return _State(source.parse(splice(self.read.text, edits), self.read.name), self.check)


@immutable
class _Refused:
    """Why fixes cannot be made together; and of some, by their index, what speaks against just them."""

    reason: str
    blamed: dict[int, str] = {}


def _settle(state: _State, fixes: list[Fix]) -> tuple[_State, list[Fix], list[Dropped]]:
    """Make all fixes at once; where that does not do, without those that are to blame, or by halves."""
    fixes = _separate(fixes)
    dropped: list[Dropped] = []
    while fixes:
        tried = _try(state, fixes)
        if not isinstance(tried, _Refused):
            return *tried, dropped
        if len(fixes) == 1:
            return state, [], [*dropped, Dropped(fixes[0], tried.reason)]
        if len(fixes) <= _FEW or not tried.blamed:
            break
        dropped += [Dropped(fixes[at], reason) for at, reason in tried.blamed.items()]
        fixes = [fix for at, fix in enumerate(fixes) if at not in tried.blamed]
    if not fixes:
        return state, [], dropped
    first, done, more = _settle(
        state, fixes[::2]
    )  # of two neighbours one, so that it can be told which is to blame
    rest = {_name(fix) for fix in fixes[1::2]}
    second, also, left = _settle(first, [fix for fix in first.fixes if _name(fix) in rest])
    return second, done + also, [*dropped, *more, *left]


def _try(state: _State, fixes: list[Fix]) -> tuple[_State, list[Fix]] | _Refused:
    """The state after the fixes and after those that they call for, or why they cannot be made."""
    here, done, todo = state, list[Fix](), fixes
    before = Counter(map(state.place, state.findings))
    wanted = Counter(state.place(fix.finding) for fix in fixes)
    starts = [fix.edits[0].start for fix in fixes]
    for _ in range(_CONSEQUENCES):
        edits = [edit for fix in todo for edit in fix.edits]
        try:
            there = here.spliced(edits)
        except LoadError as error:
            return _Refused(f"then {error.message}")
        before, wanted = _moved(before, edits), _moved(wanted, edits)
        to = moved(starts, edits)
        starts = [to[at] for at in starts]
        done = [*done, *todo]
        before += _uncovered(there, done) - before
        fresh = Counter(map(there.place, there.findings)) - before
        if not fresh:
            return _stays(there, before - wanted, starts) or (there, done)
        todo = _separate(fix for fix in there.fixes if there.place(fix.finding) in fresh)
        if not todo:
            found = [item for item in there.findings if there.place(item) in fresh]
            return _refused(there, found, starts, "then")
        here = there
    return _Refused("it calls for too many others")


def _refused(state: _State, found: list[Finding], starts: list[int], why: str) -> _Refused:
    """What is found speaks against the fixes, and above all against the one whose entry of the deal it stands in."""
    fixed, others = entries(state.read, starts), [state.place(item)[1] for item in found]
    holders = Counter(fixed[at] for at in starts)
    held = entries(state.read, others, set(holders))
    reasons = {
        held[at]: f"{why} {item.message} [{item.rule}]"
        for item, at in zip(reversed(found), reversed(others), strict=True)
    }
    blamed = {
        index: reasons[fixed[at]]
        for index, at in enumerate(starts)
        if fixed[at] in reasons and holders[fixed[at]] == 1
    }
    return _Refused(f"{why} {found[0].message} [{found[0].rule}]", blamed)


def _uncovered(state: _State, done: list[Fix]) -> Counter[Place]:
    """What was there before the fixes, and could not be seen.

    Where every fix is a respelling, that is all that is found now: what is meant is certain, whatever it wakes. Where a
    value is now written in form, it is what rules find in that value. Where a word or a key was guessed, a finding may
    show that the guess was wrong.
    """
    if all(fix.respells for fix in done):
        return Counter(map(state.place, state.findings))
    paths = {fix.finding.path for fix in done if fix.finding.rule == _FORM}
    return Counter(
        state.place(item)
        for item in state.findings
        if item.path in paths and not item.rule.startswith("schema-")
    )


def _stays(state: _State, left: Counter[Place], starts: list[int]) -> _Refused | None:
    """What speaks against a state in which only `left` should be found."""
    if state.report.crashed:
        return _Refused(f"then {state.report.crashed[0]}")
    still = [item for item in state.findings if state.place(item) not in left]
    return _refused(state, still, starts, "it does not help:") if still else None


def _moved(places: Counter[Place], edits: list[Edit]) -> Counter[Place]:
    """The places as they stand after the edits."""
    to = moved([at for _, at in places], edits)
    after: Counter[Place] = Counter()
    for (rule, at), count in places.items():
        after[rule, to[at]] += count
    return after


def _separate(fixes: Iterable[Fix]) -> list[Fix]:
    """The fixes that do not get in each other's way, the first ones first."""
    chosen: list[Fix] = []
    edits: list[Edit] = []  # in order
    for fix in fixes:
        fresh = [edit for edit in sorted(set(fix.edits)) if not _among(edit, edits)]
        if apart(fix.edits) and all(_fits(edit, edits) for edit in fresh):
            chosen.append(fix)
            for edit in fresh:
                insort(edits, edit)
    return chosen


def _among(edit: Edit, ordered: list[Edit]) -> bool:
    at = bisect_left(ordered, edit)
    return ordered[at : at + 1] == [edit]


def _fits(edit: Edit, ordered: list[Edit]) -> bool:
    """Whether an edit stands apart from those beside it."""
    at = bisect_left(ordered, edit)
    return apart([*ordered[max(at - 1, 0) : at + 1], edit])


def _name(fix: Fix) -> tuple[str, str, str, str]:
    return fix.finding.rule, fix.finding.path, fix.was, fix.now
