"""What `termsheet lint` does. Nothing here imports click before it has to: a hook runs on every commit."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from datetime import date
from typing import TYPE_CHECKING

from termsheet import report
from termsheet.cli.tools import coloured, files, misuse, settings, show, tell, watched, write
from termsheet.immutable import immutable
from termsheet.portfolio.reports import WORTH, Asked, checklist, reports, together

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from termsheet.outcome import FileReport, Report
    from termsheet.settings import Settings
    from termsheet.source import Source

    Holds = Callable[[str], Settings] | None

_ANEW = "--no-cache"


@immutable
class Wish:
    """What the arguments of the command say, each as `termsheet lint --help` tells it."""

    paths: tuple[str, ...]
    style: str = "full"
    output: str | None = None
    stage: str | None = None
    as_of: date | None = None
    fail_on: str = "warning"
    config: str | None = None
    isolated: bool = False
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    baseline: str | None = None
    house: tuple[str, ...] = ()
    playbook: str | None = None
    side: str | None = None
    fix: bool = False
    diff: bool = False
    write_baseline: bool = False
    prune: bool = False
    show: tuple[str, ...] = ()
    statistics: bool = False
    cache: bool = True
    jobs: int | None = None
    dask: str | None = None
    quiet: bool = False
    stdin_filename: str = "<stdin>"
    colour: bool | None = None

    @property
    def target(self) -> str | None:
        """The file that the report is written to, or None for standard output."""
        return None if self.output in (None, "-") else self.output

    def asked(self) -> Asked:
        """What is asked of every deal."""
        return Asked(
            self.stage, self.as_of, self.config, self.isolated, self.select, self.ignore, self.baseline, self.house,
            self.playbook or "", self.side or "", self.stdin_filename, self.cache,
        )  # fmt: skip

    def view(self) -> report.View:
        """How the report is wanted."""
        return report.View(
            fail_on=self.fail_on,
            notes="notes" in self.show or self.fail_on == "note",  # what fails is shown
            baseline="baseline" in self.show,
            colour=bool(self.colour) if self.target else coloured(self.colour),
            quiet=self.quiet,
            statistics=self.statistics,
        )


def simple(words: list[str]) -> Wish | None:
    """What is asked where it is little but files, as a hook does: click would have nothing to parse."""
    paths = tuple(word for word in words if word != _ANEW)
    if not paths or any(path.startswith("-") for path in paths):
        return None
    return Wish(paths, cache=_ANEW not in words)


def run(wish: Wish) -> int:
    """Check deals, show what is found, and give the exit code."""
    if wish.statistics and not wish.target and wish.style not in report.FOR_PEOPLE:
        misuse(f"`--statistics` would spoil a report as {wish.style}: add `--output`, "
               f"or use one of the formats {', '.join(report.FOR_PEOPLE)}.")  # fmt: skip
    deals = files(wish.paths)
    named = [wish.stdin_filename if name == "-" else name for name in deals]
    holds = settings(named, wish.config, wish.isolated, select=wish.select, ignore=wish.ignore,
                     baseline=wish.baseline, house=wish.house)  # fmt: skip
    _tell_early(wish, named, holds)
    fixed: list[str] = []
    if wish.fix or wish.diff:
        from termsheet.cli import fixing

        rules, check = checklist(wish.house), _check(wish, holds)
        if wish.diff:
            return fixing.show(deals, check, wish.stdin_filename, wish.target, wish.quiet)
        found, fixed = fixing.fix(deals, check, len(rules), wish.stdin_filename)
    else:
        found = _found(deals, wish)
    if wish.side and found.files and not any(file.stands or file.crashed for file in found.files):
        misuse("`--side` reads a playbook from a side, and none is named; add `--playbook`")
    if holds or wish.write_baseline or wish.prune:
        found = _compared(found, holds, wish)
    _shown(found, wish, deals, fixed)
    return found.exit_code(wish.fail_on)


def _tell_early(wish: Wish, named: list[str], holds: Holds) -> None:
    """Tell what is wrong with the configuration, the house rules or the playbook before anything is read."""
    folders = [path for path in wish.paths if os.path.isdir(path)]
    if holds and folders and not wish.isolated and not wish.quiet:
        from termsheet.settings import idle

        for line in idle(named, folders, wish.config):
            tell(f"termsheet: {line}")
    if wish.house:
        checklist(wish.house)
    if wish.playbook:
        from termsheet.positions.playbook import load

        load(wish.playbook)


def _check(wish: Wish, holds: Holds) -> Callable[[Source], FileReport]:
    """What judges a deal that is being fixed."""
    from termsheet.lint import lint_source
    from termsheet.standing import Choice

    rules, choice = checklist(wish.house), Choice(wish.playbook or "", wish.side or "")

    def check(read: Source) -> FileReport:
        held = holds(read.name) if holds else None
        return lint_source(read, rules, stage=wish.stage, as_of=wish.as_of, settings=held, choice=choice)

    return check


def _found(deals: list[str], wish: Wish) -> Report:
    asked = wish.asked()
    with ExitStack() as held:
        workers = None
        if wish.jobs or wish.dask or len(deals) >= WORTH:
            from termsheet.cli.workers import executor

            workers = held.enter_context(executor(wish.jobs, wish.dask, len(deals), worth=WORTH))
        hidden = wish.quiet or not (wish.target or sys.stdout.isatty())
        made = reports(deals, asked, executor=workers)
        return together(held.enter_context(watched(made, len(deals), hidden=hidden)), asked)


def _shown(found: Report, wish: Wish, deals: list[str], fixed: list[str]) -> None:
    """Write the report to its file, or show it; what was fixed is told beside it."""
    view = wish.view()
    text = report.render(found, wish.style, view)
    if wish.target:
        if wish.style in ("full", "concise"):  # the fixes belong to the report, and their count to its last lines
            text = "".join(f"{line}\n" for line in fixed) + "\n" * bool(fixed) + text
            fixed = fixed[-1:]
        write(wish.target, text, deals)
        text = report.closing(found, view)
    if fixed and not wish.quiet:
        tell("\n".join(fixed))
    # A report for other tools is UTF-8, whatever the terminal speaks.
    plain = wish.target or wish.style in ("full", "concise")
    show(text if plain else text.encode("utf-8", "replace"), err=wish.fix and "-" in wish.paths)


def _compared(found: Report, holds: Holds, wish: Wish) -> Report:
    """The report less what stands in the baselines of its files, once these are written or pruned as asked."""

    def where(name: str) -> Path | None:
        return holds(name).baseline if holds else None

    if not any(where(file.name) for file in found.files):
        if found.files and (wish.write_baseline or wish.prune):
            misuse("no baseline is named; name one with --baseline, or in the configuration")
        return found
    from termsheet import baseline

    if wish.write_baseline and wish.prune:
        misuse("--write-baseline writes it anew, and --prune only takes out; choose one")
    done: list[str] = []
    if wish.write_baseline:
        done = baseline.write(found, where, wish.fail_on)
    elif wish.prune:
        done = baseline.prune(found, where)
    found, remarks = baseline.compare(found, where)
    for line in (*done, *remarks):
        tell(line)
    return found
