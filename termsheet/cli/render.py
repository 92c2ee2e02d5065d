"""`termsheet render`."""

from __future__ import annotations

import click

from termsheet.cli.common import STAGES, by_configuration, refuse_both


@click.command()
@click.argument("deal", metavar="DEAL", type=click.Path())
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(),
    help="The file to write: .docx, .html, .md or .txt. Without it, text on the screen.",
)
@click.option("--form", "form_name", default="term-sheet", show_default=True, help="The form of the paper.")
@click.option("--stage", type=click.Choice(STAGES),
              help="Judge the deal as if it were at this stage, whatever the file says.")  # fmt: skip
@click.option(
    "--draft", is_flag=True, help="Render all the same: open points as brackets, with a list on page one."
)
@by_configuration
@click.option("-q", "--quiet", is_flag=True, help="Do not tell what was left out.")
def render(
    deal: str,
    output: str | None,
    form_name: str,
    stage: str | None,
    draft: bool,
    config: str | None,
    isolated: bool,
    quiet: bool,
) -> int:
    """Render a deal as a paper: a Word term sheet, a page of HTML, Markdown or text.

    A deal with errors at its stage, or with open points, is refused; --draft renders it as a draft.
    Exit code: 0 written, 1 refused, 2 something could not be read or written.
    """
    from termsheet import render as renderer

    refuse_both(config, isolated)
    made = renderer.render(
        deal, output, form=form_name, stage=stage, draft=draft, config=config, isolated=isolated
    )
    if output in (None, "-"):
        click.echo(made.data.decode(), nl=False)
    if not quiet:
        for line in made.remarks():
            click.echo(line, err=True)
    return 0
