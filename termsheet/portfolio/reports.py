"""The report on each of many deals.

What is asked travels as plain values, and what is found comes back without the deal itself, so that memory does not
grow with the text of a portfolio. An unchanged deal is not judged again: its report is kept (`termsheet.cache`) under
the bytes of the file, the library, the configuration and the day.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cache, cached_property, lru_cache, partial
from itertools import chain
from time import time_ns
from typing import TYPE_CHECKING, Any

from termsheet import source
from termsheet.cache import Cache, contents, key, stamp, state
from termsheet.errors import LoadError, TermsheetError
from termsheet.finding import Finding, Paste
from termsheet.immutable import as_dict, fields, immutable, replace
from termsheet.outcome import FileReport, Report
from termsheet.portfolio.spread import chunks, is_here, over
from termsheet.source import Source

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from termsheet.deal import Deal
    from termsheet.rules.rule import Rule
    from termsheet.settings import Settings

CHUNK = 10  # deals that a worker is sent at a time: enough to make the way there worth it
WORTH = 60  # deals from which on a second process makes up for its start


@immutable
class Asked:
    """What a run asks of every deal, in values that any process can be sent.

    `config` is the file of a configuration, `house` are files or folders of house rules; `keep` says to keep
    reports. `home` is the folder that relative names start from (empty: where we are), `run` the process and
    the time at which the run began.
    """

    stage: str | None = None
    as_of: date | None = None
    config: str | None = None
    isolated: bool = False
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    baseline: str | None = None
    house: tuple[str, ...] = ()
    playbook: str = ""
    side: str = ""
    stdin_name: str = "<stdin>"
    keep: bool = False
    home: str = ""
    run: tuple[int, int] = (0, 0)


def lint(paths: Sequence[str], asked: Asked | None = None, *, executor: Executor | None = None) -> Report:
    """Lint every deal; one that cannot be read does not stop the others.

    Raises ConfigError where a configuration cannot be followed, and what the executor raises where its workers are
    lost.
    """
    asked = asked or Asked()
    return together(reports(paths, asked, executor=executor), asked)


def reports(
    paths: Sequence[str], asked: Asked, *, executor: Executor | None = None
) -> Iterator[FileReport | TermsheetError]:
    """The report on each deal, or why it cannot be read, in the order of the paths and as it comes."""
    asked = replace(asked, as_of=asked.as_of or date.today(), home=os.getcwd(), run=(os.getpid(), time_ns()))
    here = executor is None or "-" in paths
    parts = chunks(paths, 1 if here else CHUNK)
    return chain.from_iterable(over(partial(_judged, asked=asked), parts, None if here else executor))


def together(found: Iterable[FileReport | TermsheetError], asked: Asked) -> Report:
    """What was found, as one report."""
    files: list[FileReport] = []
    errors: list[TermsheetError] = []
    for one in found:
        if isinstance(one, FileReport):
            files.append(one)
        else:
            errors.append(one)
    ran = max((file.ran for file in files), default=0) or len(checklist(asked.house))
    return Report(tuple(files), tuple(errors), ran)


def in_force(names: Iterable[str], asked: Asked) -> Callable[[str], Settings] | None:
    """What tells the settings of a file; None where no configuration and no option says anything of these files.

    House rules alone need no settings.
    """
    if not (asked.config or asked.select or asked.ignore or asked.baseline):
        folders = {name if os.path.isdir(name) else os.path.dirname(name): name for name in names}
        if asked.isolated or not any(map(source.configuration, folders.values())):
            return None
    from termsheet.settings import settings_for

    def held(name: str) -> Settings:
        return settings_for(name, asked.config, asked.isolated, select=asked.select, ignore=asked.ignore,
                            baseline=asked.baseline, house=asked.house)  # fmt: skip

    return cache(held)


class Again:
    """What a report was made from, made again where it is wanted."""

    def __init__(self, name: str, asked: Asked, on_positions: bool) -> None:
        self.name = name
        self.asked = asked
        self.on_positions = on_positions

    @cached_property
    def source(self) -> Source:
        """The file, read again."""
        raw = source.read_bytes(_whole(self.name, self.asked), self.name)
        return source.parse(source.decode(raw, self.name), self.name)

    @cached_property
    def deal(self) -> Deal:
        """The deal in it."""
        from termsheet.wellformed import checked

        return checked(self.source)[0]

    @property
    def rules(self) -> Sequence[Rule]:
        """The rules that ran."""
        run = _run(self.asked)
        held = run.held(self.name)
        rules = held.rules if held else run.rules
        if not self.on_positions:
            return rules
        from termsheet.rules.position import POSITIONS

        return (*rules, *(held.positions if held else POSITIONS))


def _judged(paths: Iterable[str], *, asked: Asked) -> list[FileReport | TermsheetError]:
    """The report on each of some deals, or why it cannot be read: what a worker does."""
    run = _run(asked)
    found: list[FileReport | TermsheetError] = []
    for path in paths:
        try:
            found.append(run.judge(path))
        except LoadError as error:
            found.append(error)
    return found


@lru_cache(maxsize=1)
def _run(asked: Asked) -> _Run:
    if asked.run[0] != os.getpid():  # a worker may have done other runs, of what the same files said before
        from termsheet.settings import forget

        forget()
    return _Run(asked)


class _Run:
    """What the deals of one run have in common: worked out once, in each process."""

    def __init__(self, asked: Asked) -> None:
        self.told = asked
        self.asked = asked = _from_here(asked)
        self.shelf = Cache.of("lint", str(asked.as_of)) if asked.keep else None
        self._holding: dict[str, Callable[[str], Settings] | None] = {}
        self._stamps: dict[int, tuple[Settings, str]] = {}

    def judge(self, path: str) -> FileReport:
        """The report on one deal: the one that was kept, or a new one. Raises LoadError."""
        asked, shelf = self.asked, self.shelf
        name = asked.stdin_name if path == "-" else path
        raw = source.read_bytes(_whole(path, asked), name)
        held = self.held(name)
        mark = key(self._stamp_of(held), raw) if shelf else ""
        if shelf and (kept := shelf.get(mark)) is not None:
            return _from_text(kept, name, Again(name, self.told, False))
        from termsheet.lint import lint_source
        from termsheet.standing import Choice

        read = source.parse(source.decode(raw, name), name)
        made = lint_source(read, () if held else self.rules, stage=asked.stage, as_of=asked.as_of, settings=held,
                           choice=Choice(asked.playbook, asked.side))  # fmt: skip
        if shelf and not made.crashed and not made.stands:  # a playbook lies beside the deal, and may change
            shelf.put(mark, _to_text(made))
        return made if path == "-" else replace(made, origin=Again(name, self.told, bool(made.stands)))

    @cached_property
    def rules(self) -> Sequence[Rule]:
        """The built-in rules, and those of the command line."""
        return checklist(self.asked.house)

    def held(self, name: str) -> Settings | None:
        """The settings that hold for a file, or None where `rules` do."""
        place = _whole(name, self.asked)
        folder = os.path.dirname(place)
        if folder not in self._holding:
            self._holding[folder] = in_force([place], self.asked)
        holding = self._holding[folder]
        return holding and holding(place)

    # What a kept report depends on, beside the bytes of the deal.

    @cached_property
    def _stamp(self) -> str:
        """A stamp of the library and of what is asked."""
        from termsheet import data

        package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
        beside = [data.place(name) for name in ("schemas", "clauses", "templates")]
        own = [package, *(folder for folder in beside if not folder.startswith(package + os.sep))]
        asked = replace(self.asked, stdin_name="", home="", run=(0, 0))
        return stamp(state(own), _installed(), asked, contents(asked.house))

    def _stamp_of(self, held: Settings | None) -> str:
        """The same with the settings, and with what the files hold that they name."""
        if held is None:
            return self._stamp
        known = self._stamps.get(id(held))
        if known is None:
            named = map(str, (*held.house_rules, *held.clauses))
            made = stamp(self._stamp, held.said, held.stage, sorted(held.off), contents(named))
            known = self._stamps[id(held)] = (held, made)
        return known[1]


def checklist(house: tuple[str, ...] = ()) -> tuple[Rule, ...]:
    """The built-in rules, and those of files and folders of house rules. Raises LibraryError where one is no rule."""
    from termsheet.rules import RULES

    return (*RULES, *_house_rules(house, contents(house))) if house else RULES


@lru_cache(maxsize=1)
def _house_rules(house: tuple[str, ...], stamp: str) -> tuple[Rule, ...]:
    """Read once, until they change."""
    from pathlib import Path

    from termsheet import houserules  # brings Jinja with it

    return tuple(houserules.load(map(Path, house)))


def _from_here(asked: Asked) -> Asked:
    """The same from where this runs: a worker that stands elsewhere needs the whole way to each file."""
    if is_here(asked.home):
        return replace(asked, home="")
    return replace(asked,
        config=asked.config and _whole(asked.config, asked),
        baseline=asked.baseline and _whole(asked.baseline, asked),
        house=tuple(_whole(path, asked) for path in asked.house),
    )


def _whole(path: str, asked: Asked) -> str:
    return path if path == "-" else os.path.join(asked.home, path)


def _installed() -> list[int]:
    """When anything was last installed or taken away, for each folder that packages are in."""
    import sys

    folders = (path for path in sys.path if path.endswith("-packages"))
    return [sys.hexversion, *(os.stat(path).st_mtime_ns for path in folders if os.path.isdir(path))]


# Reports as text: a JSON list of the values of a report, findings as lists too, without the name of the file.

_LEFT_OUT = ("name", "origin", "crashed", "baseline", "stands")
_FIELDS = tuple(name for name in fields(FileReport) if name not in _LEFT_OUT)
_OF_FINDING = fields(Finding)[1:]


def _to_text(report: FileReport) -> str:
    import json

    values: dict[str, Any] = {name: getattr(report, name) for name in _FIELDS}
    for name in ("findings", "later"):
        values[name] = [[getattr(item, field) for field in _OF_FINDING] for item in values[name]]
    values["off"] = sorted(report.off)
    return json.dumps(values, ensure_ascii=False, default=lambda paste: (*as_dict(paste).values(),))


def _from_text(text: str, name: str, origin: Again) -> FileReport:
    import json

    values = json.loads(text)
    for kind in ("findings", "later"):
        values[kind] = tuple(_finding(name, dict(zip(_OF_FINDING, item, strict=True))) for item in values[kind])
    values["lines"] = {int(line): said for line, said in values["lines"].items()}
    values["off"] = frozenset(values["off"])
    return FileReport(name=name, origin=origin, **values)


def _finding(name: str, values: dict[str, Any]) -> Finding:
    values["pastes"] = tuple(Paste(*paste) for paste in values["pastes"])
    return Finding(file=name, **values)
