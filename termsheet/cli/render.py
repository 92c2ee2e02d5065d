"""`termsheet render`."""

from __future__ import annotations

from typing import Any

import click

from termsheet.cli.common import STAGES, by_configuration, for_word, judged_by, looked
from termsheet.cli.rendering import FORM, SUFFIXES
from termsheet.cli.workers import spread


@click.command()
@click.argument("deals", metavar="DEAL...", nargs=-1, required=True, type=click.Path())
@click.option("-o", "--output", metavar="FILE|FOLDER", type=click.Path(),
              help="The file to write: .docx, .pdf, .html, .md or .txt. Without it, text on the screen. "
                   "Of a folder or several deals, the folder for their papers.")  # fmt: skip
@click.option("--format", "kind", type=click.Choice(SUFFIXES),
              help="The kind of files that go into a folder.  [default: docx]")  # fmt: skip
@click.option("--form", "form_name", default=FORM, show_default=True, metavar="NAME",
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
def render(**wish: Any) -> int:
    """Render a deal as a paper: a term sheet or an agreement, as Word, PDF, HTML, Markdown or text.

    DEAL is a file, several, or a folder (every deal below it); each paper of several is named as its deal.
    A deal with errors at its stage, or with open points, is refused; --draft renders it as a draft.
    Exit code: 0 written, 1 refused, 2 something could not be read or written.
    """
    from termsheet.cli.rendering import Wish, run

    return run(Wish(**wish))
