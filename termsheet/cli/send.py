"""`termsheet send`."""

from __future__ import annotations

from datetime import date

import click

from termsheet.cli.common import STAGES, WORDS, by_configuration, for_word, looked
from termsheet.cli.days import Day
from termsheet.cli.tools import refuse_both


@click.command()
@click.argument("deal", metavar="DEAL", type=click.Path())
@click.option("--to", default="", metavar="NAME", type=WORDS, help="Whom it goes to.")
@click.option("--note", default="", metavar="TEXT", type=WORDS, help="A note for the own side; it is in no paper.")
@click.option("--on", type=Day(), help="The day on which it goes out.  [default: today]")
@click.option("--again", is_flag=True, help="Send it though the paper is that of the last round.")
@click.option("-o", "--output", metavar="FILE", type=click.Path(), help="A file that gets the paper too (.docx).")
@click.option("--form", "form_name", default=None, metavar="NAME",
              help="The form of the paper.  [default: that of the last round, or term-sheet]")  # fmt: skip
@looked
@click.option("--stage", type=click.Choice(STAGES),
              help="Judge the deal as if it were at this stage, whatever the file says.")  # fmt: skip
@click.option("--draft", is_flag=True, help="Send all the same: open points as brackets, with a list on page one.")
@click.option("--internal", is_flag=True, hidden=True)
@for_word
@by_configuration
@click.option("-q", "--quiet", is_flag=True, help="Do not tell what was left out.")
def send(
    deal: str,
    to: str,
    note: str,
    on: date | None,
    again: bool,
    output: str | None,
    form_name: str | None,
    reference: str | None,
    theme: str | None,
    paper: str | None,
    stage: str | None,
    draft: bool,
    internal: bool,
    plain: bool,
    paginate: bool,
    track_changes: bool,
    protect: str | None,
    author: str,
    config: str | None,
    isolated: bool,
    quiet: bool,
) -> int:
    """Render a deal as a Word file and freeze it as a round, with all that it was made from.

    A round is kept under `deal.sent/N/`, beside the deal. Until `termsheet upgrade` accepts newer clauses, the deal is
    rendered from those of its last round; form and look are of that round too, until an option says otherwise.
    The folder is for the own side: only the paper in it is to be sent.
    Exit code: 0 frozen, 1 refused, 2 something could not be read or written.
    """
    from termsheet.render import Wanted
    from termsheet.rounds.sending import Letter
    from termsheet.rounds.sending import send as sent
    from termsheet.rounds.store import last
    from termsheet.word.options import Options

    refuse_both(config, isolated)
    if internal:
        raise click.UsageError("a round goes out, and --internal is for the own side only; "
                               "render that paper with `termsheet render --internal`")  # fmt: skip
    if reference and (theme or paper):
        raise click.UsageError("--reference brings its own look and sheet: leave out --theme and --paper")
    if form_name is None:
        before = last(deal) if deal != "-" else None
        form_name = before.form if before else "term-sheet"
    word = Options(bound=not plain, protection=protect or "", tracked=track_changes, author=author)
    wanted = Wanted(form_name, theme or "", paper or "", stage, draft, config, isolated, word=word,
                    paginate=paginate, reference=reference or "")  # fmt: skip
    made = sent(deal, wanted, Letter(on or date.today(), to, note, again, output or ""))
    for line in made.remarks():
        click.echo(line, err=True)
        if quiet:
            break
    return 0
