"""`termsheet redline`."""

from __future__ import annotations

import click

from termsheet.cli.common import STAGES, WORDS, by_configuration, handed_on, looked
from termsheet.cli.tools import refuse_both


@click.command()
@click.argument("old", metavar="OLD|DEAL", type=click.Path())
@click.argument("new", metavar="[NEW]", required=False, type=click.Path())
@click.option("--from", "since", metavar="REV|sent:N",
              help="Compare the one deal with what it was: in a revision of git, or as it was sent.")  # fmt: skip
@click.option("-o", "--output", metavar="FILE", type=click.Path(), required=True,
              help="The file to write: .docx with tracked changes, or .html.")  # fmt: skip
@click.option("--author", default="termsheet", show_default=True, metavar="NAME", type=WORDS,
              help="Whose changes they are.")
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="When they were made.  [default: today]")
@click.option("--form", "form_name", metavar="NAME",
              help="The form of the paper: term-sheet, agreement, or one of the house.  "
                   "[default: that of the round, or term-sheet]")  # fmt: skip
@looked
@click.option("--stage", type=click.Choice(STAGES), help="Judge the new deal as if it were at this stage.")
@click.option("--draft", is_flag=True, help="Compare all the same where the new deal has errors or open points.")
@handed_on
@by_configuration
def redline(
    old: str,
    new: str | None,
    since: str | None,
    output: str,
    author: str,
    day: object,
    form_name: str | None,
    theme: str | None,
    paper: str | None,
    reference: str | None,
    stage: str | None,
    draft: bool,
    paginate: bool,
    track_changes: bool,
    protect: str | None,
    config: str | None,
    isolated: bool,
) -> int:
    """Compare the papers of two deals: a Word file in which every change is tracked, whole words and whole figures.

    OLD and NEW are deals; or one DEAL is compared with what it was. Accepting all gives the new paper, rejecting all
    the old. A round is compared in its own form and look.
    Exit code: 0 written, 1 refused, 2 something could not be read or written.
    """
    from termsheet.compare.redline import redlined
    from termsheet.compare.sides import form_of, look_told, sides, with_look
    from termsheet.render import Wanted
    from termsheet.word.options import Options

    refuse_both(config, isolated)
    if (new is None) == (since is None):
        raise click.UsageError("name two deals, or one and what it is compared with under --from")
    wanted = Wanted(form=form_of(old, since, form_name), theme=theme or "", paper=paper or "", stage=stage,
                    draft=draft, config=config, isolated=isolated, reference=reference or "", paginate=paginate,
                    word=Options(bound=False, protection=protect or "", tracked=track_changes))  # fmt: skip
    wanted = with_look(old, since, wanted, word=output.lower().endswith(".docx"))
    then, now = sides(old, new, since, wanted)
    count = redlined(then, now, output, wanted, author, f"{day:%Y-%m-%d}" if day else "", [old, new or old])
    marks = f"{count} change{'s' * (count != 1)}" if count else "no change"
    click.echo(f"wrote {output} ({marks} from {then.name} to {now.name})", err=True)
    if told := look_told(old, since, wanted, now):
        click.echo(told, err=True)
    if then.document.form != now.document.form:
        click.echo(f"{then.name} was sent as {then.document.form}, and is compared with {now.document.form}: nearly "
                   "all is marked; leave out --form to compare like with like", err=True)  # fmt: skip
    return 0
