"""`termsheet render`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from termsheet.cli.common import STAGES, by_configuration, for_word, judged_by, looked
from termsheet.cli.tools import refuse_both, watched
from termsheet.cli.workers import executor, spread

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from termsheet.portfolio.papers import Planned
    from termsheet.render import Wanted

_OWN = "neutral"  # where a side is named and no playbook, the clauses' own positions
_SUFFIXES = ("docx", "pdf", "html", "md", "txt")
_WORTH = 12  # papers from which on a second process pays for its start
_MANY = 4  # papers from which on one wants to know how far it is


@click.command()
@click.argument("deals", metavar="DEAL...", nargs=-1, required=True, type=click.Path())
@click.option("-o", "--output", metavar="FILE|FOLDER", type=click.Path(),
              help="The file to write: .docx, .pdf, .html, .md or .txt. Without it, text on the screen. "
                   "Of a folder or several deals, the folder for their papers.")  # fmt: skip
@click.option("--format", "kind", type=click.Choice(_SUFFIXES),
              help="The kind of files that go into a folder.  [default: docx]")  # fmt: skip
@click.option("--form", "form_name", default="term-sheet", show_default=True, metavar="NAME",
              help="The form of the paper: term-sheet, agreement, or one of the house.")  # fmt: skip
@looked
@click.option("--stage", type=click.Choice(STAGES),
              help="Judge the deal as if it were at this stage, whatever the file says.")  # fmt: skip
@click.option("--draft", is_flag=True, help="Render all the same: open points as brackets, with a list on page one.")
@click.option("--internal", is_flag=True,
              help="For the own side only: findings, positions and notes as comments. Not to be sent.")  # fmt: skip
@judged_by
@for_word
@by_configuration
@spread
@click.option("-q", "--quiet", is_flag=True, help="Do not tell what was left out.")
def render(
    deals: tuple[str, ...],
    output: str | None,
    kind: str | None,
    form_name: str,
    reference: str | None,
    theme: str | None,
    paper: str | None,
    stage: str | None,
    draft: bool,
    internal: bool,
    playbook: str | None,
    side: str | None,
    plain: bool,
    paginate: bool,
    track_changes: bool,
    protect: str | None,
    author: str,
    config: str | None,
    isolated: bool,
    jobs: int | None,
    dask: str | None,
    quiet: bool,
) -> int:
    """Render a deal as a paper: a term sheet or an agreement, as Word, PDF, HTML, Markdown or text.

    DEAL is a file, several, or a folder (every deal below it); each paper of several is named as its deal.
    A deal with errors at its stage, or with open points, is refused; --draft renders it as a draft.
    Exit code: 0 written, 1 refused, 2 something could not be read or written.
    """
    from termsheet.render import Wanted
    from termsheet.render import render as rendered
    from termsheet.standing import Choice
    from termsheet.word.options import Options

    refuse_both(config, isolated)
    if (playbook or side) and not internal:
        raise click.UsageError("--playbook and --side are for the notes of --internal")
    if reference and (theme or paper):
        raise click.UsageError("--reference brings its own look and sheet: leave out --theme and --paper")
    word = Options(bound=not plain, protection=protect or "", tracked=track_changes, author=author)
    choice = Choice(playbook or "", side or "", _OWN if side else "")
    wanted = Wanted(form_name, theme or "", paper or "", stage, draft, config, isolated, internal, choice, word,
                    paginate, reference or "")  # fmt: skip
    if len(deals) > 1 or os.path.isdir(deals[0]) or (output or "").endswith(("/", os.sep)):
        plans = _planned(deals, output, kind)
        with executor(jobs, dask, len(plans), worth=_WORTH) as workers:
            return _render_all(plans, wanted, workers, quiet)
    if kind:
        raise click.UsageError("--format is for a folder of papers; of one, the ending of the output tells its kind")
    made = rendered(deals[0], output, wanted)
    if output in (None, "-"):
        click.echo(made.data.decode(), nl=False)
    if not quiet:
        for line in made.remarks():
            click.echo(line, err=True)
    return 0


def _planned(deals: tuple[str, ...], output: str | None, kind: str | None) -> list[Planned]:
    """The deals and their files. Raises a usage error where there is no folder for them."""
    from termsheet.portfolio.papers import planned

    if "-" in deals:
        raise click.UsageError("standard input is one deal: render it by itself")
    if output in (None, "-"):
        raise click.UsageError("the papers of several deals go into a folder: name it with -o")
    if not os.path.isdir(output) and (os.path.exists(output) or output.lower().endswith(
        tuple(f".{suffix}" for suffix in _SUFFIXES)
    )):  # fmt: skip
        raise click.UsageError(f"the papers of several deals go into a folder, and {output} is a file")
    return planned(deals, output, f".{kind or _SUFFIXES[0]}")


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
            click.echo(f"{draft.state} {draft.deal}: {draft.told[0]}", err=True)
    if not quiet:
        folder = os.path.commonpath([os.path.dirname(plan.output) or "." for plan in plans])
        remarked = sum(1 for draft in made if draft.state == WRITTEN and draft.told)
        rest = [f"{states.count(state)} {state}" for state in (REFUSED, FAILED) if state in states]
        line = ", ".join((f"wrote {plural(states.count(WRITTEN), 'paper')} to {folder}", *rest))
        click.echo(line + _remarked(remarked), err=True)
    return 2 if FAILED in states else 1 if REFUSED in states else 0


def _remarked(count: int) -> str:
    return f"; there is more to know of {count} of them: render each by itself" if count else ""
