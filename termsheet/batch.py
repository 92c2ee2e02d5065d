"""Many deals: each is judged by itself, here, by the cores of this machine or by the workers of a cluster.

    report = lint(paths, Asked(stage="signature"))
    report = lint(paths, Asked(), executor=ProcessPoolExecutor(2))      # or any other executor of concurrent.futures

What is asked travels as plain values, and what is found comes back without the deal itself, so that memory does not
grow with the text of a portfolio. An unchanged deal is not judged again: its report is kept (`termsheet.cache`) under
the bytes of the file, the library, the configuration and the day.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from termsheet import source
from termsheet.cache import Cache, contents, key, stamp, state
from termsheet.errors import LoadError, TermsheetError
from termsheet.finding import Finding
from termsheet.lint import FileReport, Report, lint_source
from termsheet.source import Source
from termsheet.stubs import Paste

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from termsheet.deal import Deal
    from termsheet.rules.rule import Rule
    from termsheet.settings import Settings

CHUNK = 25  # deals that a worker is sent at a time: enough to forget the way there
WORTH = 60  # deals from which on a second process makes up for its start


class Asked(NamedTuple):
    """What a run asks of every deal, in values that any process can be sent.

    `config` is the file of a configuration, `house` are files or folders of house rules; `keep` says to keep reports.
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


def lint(
    paths: Sequence[str],
    asked: Asked,
    *,
    executor: Executor | None = None,
    watch: Callable[[int], object] = lambda done: None,
) -> Report:
    """Lint every deal; one that cannot be read does not stop the others. The reports come in the order of the paths.

    `watch` is told how many deals are done, each time that some are. Raises ConfigError where a configuration cannot
    be followed, and what the executor raises where its workers are lost.
    """
    asked = asked._replace(as_of=asked.as_of or date.today())
    files: list[FileReport] = []
    errors: list[TermsheetError] = []
    for found in _chunks(paths, asked, executor):
        files += [one for one in found if isinstance(one, FileReport)]
        errors += [one for one in found if isinstance(one, TermsheetError)]
        watch(len(found))
    ran = max((file.ran for file in files), default=0) or len(_rules(asked.house))
    return Report(tuple(files), tuple(errors), ran)


def in_force(
    names: Iterable[str],
    *,
    config: str | None = None,
    isolated: bool = False,
    select: tuple[str, ...] = (),
    ignore: tuple[str, ...] = (),
    house: tuple[str, ...] = (),
    baseline: str | None = None,
) -> Callable[[str], Settings] | None:
    """What tells the settings of a file; None where no configuration and no option says anything of these files.

    House rules alone need no settings.
    """
    if not (config or select or ignore or baseline) and (isolated or not any(map(source.configuration, names))):
        return None
    from termsheet.settings import settings_for

    def held(name: str) -> Settings:
        return settings_for(name, config, isolated, select=select, ignore=ignore, baseline=baseline, house=house)

    return cache(held)


@dataclass(frozen=True)
class Again:
    """What a report was made from, made again where it is wanted."""

    name: str
    asked: Asked
    on_positions: bool

    @cached_property
    def source(self) -> Source:
        """The file, read again."""
        return source.read(self.name)

    @cached_property
    def deal(self) -> Deal:
        """The deal in it."""
        from termsheet.wellformed import checked

        return checked(self.source)[0]

    @property
    def rules(self) -> Sequence[Rule]:
        """The rules that ran."""
        held = _held(self.asked, self.name)
        rules = held.rules if held else _rules(self.asked.house)
        if not self.on_positions:
            return rules
        from termsheet.rules.position import POSITIONS

        return (*rules, *(held.positions if held else POSITIONS))


def _chunks(
    paths: Sequence[str], asked: Asked, executor: Executor | None
) -> Iterator[list[FileReport | TermsheetError]]:
    if executor is None or "-" in paths:
        yield from (judge([path], asked) for path in paths)
        return
    chunks = [list(paths[start : start + CHUNK]) for start in range(0, len(paths), CHUNK)]
    yield from executor.map(judge, chunks, [asked] * len(chunks))


def judge(paths: Iterable[str], asked: Asked) -> list[FileReport | TermsheetError]:
    """The report on each of some deals, or why it cannot be read. This is what a worker does."""
    found: list[FileReport | TermsheetError] = []
    for path in paths:
        try:
            found.append(_judged(path, asked))
        except LoadError as error:
            found.append(error)
    return found


def _judged(path: str, asked: Asked) -> FileReport:
    name = asked.stdin_name if path == "-" else path
    raw = source.read_bytes(path, name)
    held = _held(asked, name)
    shelf = _shelf(asked) if asked.keep else None
    mark = key(stamp(_stamp(asked), held and _stamp_of(held)), raw) if shelf else ""
    if shelf and (kept := shelf.get(mark)) is not None:
        return _from_text(kept, name, asked)
    read = source.parse(source.decode(raw, name), name)
    from termsheet.standing import Choice

    choice = Choice(asked.playbook, asked.side)
    report = lint_source(read, () if held else _rules(asked.house), stage=asked.stage, as_of=asked.as_of,
                         settings=held, choice=choice)  # fmt: skip
    if shelf and not report.crashed and not report.stands:  # a playbook lies beside the deal, and may change
        shelf.put(mark, _to_text(report))
    return report if path == "-" else replace(report, origin=Again(name, asked, bool(report.stands)))


@cache
def _rules(house: tuple[str, ...]) -> Sequence[Rule]:
    from termsheet.rules import RULES

    if not house:
        return RULES
    from pathlib import Path

    from termsheet import houserules  # brings Jinja with it

    return (*RULES, *houserules.load(map(Path, house)))


def _held(asked: Asked, name: str) -> Settings | None:
    """The settings that hold for a file, or None where the built-in rules and those of the command line do."""
    holds = _in_force_below(asked, os.path.dirname(name))
    return holds and holds(name)


@cache
def _in_force_below(asked: Asked, folder: str) -> Callable[[str], Settings] | None:
    return in_force([os.path.join(folder, "deal.yaml")], config=asked.config, isolated=asked.isolated,
                    select=asked.select, ignore=asked.ignore, baseline=asked.baseline, house=asked.house)  # fmt: skip


# What a kept report depends on, beside the bytes of the deal.


@cache
def _shelf(asked: Asked) -> Cache | None:
    return Cache.of("lint", str(asked.as_of))


@cache
def _stamp(asked: Asked) -> str:
    """A stamp of the library and of what is asked."""
    from termsheet import data

    package = os.path.dirname(os.path.abspath(__file__))
    folders = [package, *(str(data.folder(name)) for name in ("schemas", "clauses", "templates"))]
    own = [folder for folder in folders if folder == package or not folder.startswith(package + os.sep)]
    return stamp(state(own), _installed(), asked._replace(stdin_name=""), contents(asked.house))


def _installed() -> list[int]:
    """When anything was last installed or taken away, for each folder that packages are in."""
    import sys

    folders = (path for path in sys.path if path.endswith("-packages"))
    return [sys.hexversion, *(os.stat(path).st_mtime_ns for path in folders if os.path.isdir(path))]


def _stamp_of(held: Settings) -> str:
    """A stamp of the settings, and of what the files hold that they name."""
    known = _STAMPS.get(id(held))
    if known is None or known[0] is not held:
        named = map(str, (*held.house_rules, *held.clauses))
        known = _STAMPS[id(held)] = (held, stamp(held.said, held.stage, sorted(held.off), contents(named)))
    return known[1]


_STAMPS: dict[int, tuple[Settings, str]] = {}


# Reports as text: a JSON list of the values of a report, findings as lists too, without the name of the file.

_LEFT_OUT = ("name", "origin", "crashed", "baseline", "stands")
_FIELDS = tuple(field.name for field in fields(FileReport) if field.name not in _LEFT_OUT)
_OF_FINDING = tuple(field.name for field in fields(Finding) if field.name != "file")


def _to_text(report: FileReport) -> str:
    import json

    values: dict[str, Any] = {name: getattr(report, name) for name in _FIELDS}
    for name in ("findings", "later"):
        values[name] = [[getattr(item, field) for field in _OF_FINDING] for item in values[name]]
    return json.dumps(values | {"off": sorted(report.off)}, ensure_ascii=False)


def _from_text(text: str, name: str, asked: Asked) -> FileReport:
    import json

    values = json.loads(text)
    for kind in ("findings", "later"):
        values[kind] = tuple(_finding(name, dict(zip(_OF_FINDING, item, strict=True))) for item in values[kind])
    values["lines"] = {int(line): said for line, said in values["lines"].items()}
    values["off"] = frozenset(values["off"])
    return FileReport(name=name, origin=Again(name, asked, False), **values)


def _finding(name: str, values: dict[str, Any]) -> Finding:
    values["pastes"] = tuple(Paste(*paste) for paste in values["pastes"])
    return Finding(file=name, **values)
