"""Fixes are tried on a copy: one counts if its finding goes and no error or warning comes, save what it had hidden."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from termsheet import source
from termsheet.errors import LoadError
from termsheet.finding import Finding
from termsheet.fix.remedies import Fix, remedies
from termsheet.fix.repair import repair
from termsheet.lint import FileReport
from termsheet.source import Source
from termsheet.splice import Edit, apart, moved, splice

Check = Callable[[Source], FileReport]
Place = tuple[str, int]

_FORM = "schema-value-form"
_ROUNDS = 10
_CONSEQUENCES = 12  # how often what a fix brings to light is fixed with it


@dataclass(frozen=True)
class Dropped:
    """A fix that was not made, and why."""

    fix: Fix
    reason: str


@dataclass(frozen=True)
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
        state, more, dropped = _settle(state, state.fixes)
        done += more
        if not more:
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


def _settle(state: _State, fixes: list[Fix]) -> tuple[_State, list[Fix], list[Dropped]]:
    """Make all fixes at once; where that does not do, find those that do by halves."""
    fixes = _separate(fixes)
    if not fixes:
        return state, [], []
    tried = _try(state, fixes)
    if not isinstance(tried, str):
        return *tried, []
    if len(fixes) == 1:
        return state, [], [Dropped(fixes[0], tried)]
    half = len(fixes) // 2
    first, done, dropped = _settle(state, fixes[:half])
    rest = {_name(fix) for fix in fixes[half:]}
    second, more, also = _settle(first, [fix for fix in first.fixes if _name(fix) in rest])
    return second, done + more, dropped + also


def _try(state: _State, fixes: list[Fix]) -> tuple[_State, list[Fix]] | str:
    """The state after the fixes and after those that they call for, or why they cannot be made."""
    here, done, todo = state, list[Fix](), fixes
    before = Counter(map(state.place, state.findings))
    wanted = Counter(state.place(fix.finding) for fix in fixes)
    for _ in range(_CONSEQUENCES):
        edits = [edit for fix in todo for edit in fix.edits]
        try:
            there = here.spliced(edits)
        except LoadError as error:
            return f"then {error.message}"
        before, wanted = _moved(before, edits), _moved(wanted, edits)
        done += todo
        before += _uncovered(there, done) - before
        fresh = Counter(map(there.place, there.findings)) - before
        if not fresh:
            return _stays(there, before - wanted) or (there, done)
        todo = _separate(fix for fix in there.fixes if there.place(fix.finding) in fresh)
        if not todo:
            found = next(item for item in there.findings if there.place(item) in fresh)
            return f"then {found.message} [{found.rule}]"
        here = there
    return "it calls for too many others"


def _uncovered(state: _State, done: list[Fix]) -> Counter[Place]:
    """What rules find in values that are now written in form: it was there, and could not be seen.

    The form changes and the value does not, so a finding on it says nothing against the fix. It does where a word or a
    key was guessed: there it may show that the guess was wrong.
    """
    paths = {fix.finding.path for fix in done if fix.finding.rule == _FORM}
    return Counter(
        state.place(item)
        for item in state.findings
        if item.path in paths and not item.rule.startswith("schema-")
    )


def _stays(state: _State, left: Counter[Place]) -> str:
    """What speaks against a state in which only `left` should be found."""
    if state.report.crashed:
        return f"then {state.report.crashed[0]}"
    still = [item for item in state.findings if state.place(item) not in left]
    return f"it does not help: {still[0].message} [{still[0].rule}]" if still else ""


def _moved(places: Counter[Place], edits: list[Edit]) -> Counter[Place]:
    """The places as they stand after the edits."""
    after: Counter[Place] = Counter()
    for (rule, at), count in places.items():
        after[rule, moved(at, edits)] += count
    return after


def _separate(fixes: Iterable[Fix]) -> list[Fix]:
    """The fixes that do not get in each other's way, the first ones first."""
    chosen: list[Fix] = []
    edits: list[Edit] = []
    for fix in fixes:
        if apart([*edits, *fix.edits]):
            chosen.append(fix)
            edits += fix.edits
    return chosen


def _name(fix: Fix) -> tuple[str, str, str, str]:
    return fix.finding.rule, fix.finding.path, fix.was, fix.now
