"""`termsheet render`."""

from __future__ import annotations

import click

from termsheet.cli.common import STAGES, by_configuration, for_word, judged_by, looked, refuse_both

_OWN = "neutral"  # where a side is named and no playbook, the clauses' own positions


@click.command()
@click.argument("deal", metavar="DEAL", type=click.Path())
@click.option("-o", "--output", metavar="FILE", type=click.Path(),
              help="The file to write: .docx, .pdf, .html, .md or .txt. Without it, text on the screen.")  # fmt: skip
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
@click.option("-q", "--quiet", is_flag=True, help="Do not tell what was left out.")
def render(
    deal: str,
    output: str | None,
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
    quiet: bool,
) -> int:
    """Render a deal as a paper: a term sheet or an agreement, as Word, PDF, HTML, Markdown or text.

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
    made = rendered(deal, output, wanted)
    if output in (None, "-"):
        click.echo(made.data.decode(), nl=False)
    if not quiet:
        for line in made.remarks():
            click.echo(line, err=True)
    return 0
