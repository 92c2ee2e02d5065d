"""What `termsheet render` does. Nothing here imports click before it has to: a paper is made in a fifth of a second."""

from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING

from termsheet.cli.tools import misuse, refuse_both, show, tell, watched
from termsheet.immutable import immutable

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from termsheet.portfolio.papers import Planned
    from termsheet.render import Wanted

SUFFIXES = ("docx", "pdf", "html", "md", "txt")
FORM = "term-sheet"
_OWN = "neutral"  # where a side is named and no playbook, the clauses' own positions
_WORTH = 12  # papers from which on a second process pays for its start
_OBJECTS = 200_000  # more than a paper is made of: to look for circles among them takes a twentieth of it
_MANY = 4  # papers from which on one wants to know how far it is


@immutable
class Wish:
    """What the arguments of the command say, each as `termsheet render --help` tells it."""

    deals: tuple[str, ...]
    output: str | None = None
    kind: str | None = None
    form_name: str = FORM
    reference: str | None = None
    theme: str | None = None
    paper: str | None = None
    stage: str | None = None
    draft: bool = False
    internal: bool = False
    playbook: str | None = None
    side: str | None = None
    plain: bool = False
    paginate: bool = False
    track_changes: bool = False
    protect: str | None = None
    author: str = ""
    config: str | None = None
    isolated: bool = False
    jobs: int | None = None
    dask: str | None = None
    quiet: bool = False

    def wanted(self) -> Wanted:
        """How the papers are wanted. Raises a usage error where that cannot be."""
        from termsheet.render import Wanted
        from termsheet.standing import Choice
        from termsheet.word.options import Options

        refuse_both(self.config, self.isolated)
        if (self.playbook or self.side) and not self.internal:
            misuse("--playbook and --side are for the notes of --internal")
        if self.reference and (self.theme or self.paper):
            misuse("--reference brings its own look and sheet: leave out --theme and --paper")
        word = Options(bound=not self.plain, protection=self.protect or "", tracked=self.track_changes,
                       author=self.author)  # fmt: skip
        choice = Choice(self.playbook or "", self.side or "", _OWN if self.side else "")
        return Wanted(self.form_name, self.theme or "", self.paper or "", self.stage, self.draft, self.config,
                      self.isolated, self.internal, choice, word, self.paginate, self.reference or "")  # fmt: skip


def simple(words: list[str]) -> Wish | None:
    """What is asked where it is little but a deal and the file for its paper: click would have nothing to parse."""
    match [word for word in words if word not in ("-q", "--draft")]:
        case [deal, "-o", output] | ["-o", output, deal]:
            if deal.startswith("-") or output.startswith("-") or output.endswith(("/", os.sep)) or os.path.isdir(deal):
                return None
            return Wish((deal,), output, draft="--draft" in words, quiet="-q" in words)
        case _:
            return None


def run(wish: Wish) -> int:
    """Render one deal or many, and give the exit code."""
    gc.set_threshold(_OBJECTS, 20, 20)
    wanted = wish.wanted()
    output = wish.output
    if len(wish.deals) > 1 or os.path.isdir(wish.deals[0]) or (output or "").endswith(("/", os.sep)):
        from termsheet.cli.workers import executor

        plans = _planned(wish)
        with executor(wish.jobs, wish.dask, len(plans), worth=_WORTH) as workers:
            return _render_all(plans, wanted, workers, wish.quiet)
    if wish.kind:
        misuse("--format is for a folder of papers; of one, the ending of the output tells its kind")
    from termsheet.render import render

    made = render(wish.deals[0], output, wanted)
    if output in (None, "-"):
        show(made.data.decode())
    if not wish.quiet:
        for line in made.remarks():
            tell(line)
    return 0


def _planned(wish: Wish) -> list[Planned]:
    """The deals and their files. Raises a usage error where there is no folder for them."""
    from termsheet.portfolio.papers import planned

    output = wish.output
    if "-" in wish.deals:
        misuse("standard input is one deal: render it by itself")
    if output is None or output == "-":
        misuse("the papers of several deals go into a folder: name it with -o")
    if not os.path.isdir(output) and (os.path.exists(output) or output.lower().endswith(
        tuple(f".{suffix}" for suffix in SUFFIXES)
    )):  # fmt: skip
        misuse(f"the papers of several deals go into a folder, and {output} is a file")
    return planned(wish.deals, output, f".{wish.kind or SUFFIXES[0]}")


def _render_all(plans: list[Planned], wanted: Wanted, workers: Executor | None, quiet: bool) -> int:
    """Render what is planned, and tell in the end what came of it."""
    from termsheet.portfolio.papers import FAILED, REFUSED, WRITTEN, drafts
    from termsheet.report.verdict import plural

    coming = drafts(plans, wanted, executor=workers)
    with watched(coming, len(plans), hidden=quiet, label="rendering", many=_MANY) as bar:
        made = [*bar]
    states = [draft.state for draft in made]
    for draft in made:
        if draft.state != WRITTEN:
            tell(f"{draft.state} {draft.deal}: {draft.told[0]}")
    if not quiet:
        folder = os.path.commonpath([os.path.dirname(plan.output) or "." for plan in plans])
        remarked = sum(1 for draft in made if draft.state == WRITTEN and draft.told)
        rest = [f"{states.count(state)} {state}" for state in (REFUSED, FAILED) if state in states]
        line = ", ".join((f"wrote {plural(states.count(WRITTEN), 'paper')} to {folder}", *rest))
        tell(line + _remarked(remarked))
    return 2 if FAILED in states else 1 if REFUSED in states else 0


def _remarked(count: int) -> str:
    return f"; there is more to know of {count} of them: render each by itself" if count else ""
