"""`termsheet diff`."""

from __future__ import annotations

import click

from termsheet.cli.common import by_configuration, judged_by
from termsheet.cli.tools import refuse_both, write


@click.command()
@click.argument("old", metavar="OLD|DEAL", type=click.Path())
@click.argument("new", metavar="[NEW]", required=False, type=click.Path())
@click.option("--from", "since", metavar="REV|sent:N",
              help="Compare the one deal with what it was: in a revision of git, or as it was sent.")  # fmt: skip
@click.option("--form", "form_name", metavar="NAME",
              help="The form whose clauses are named.  [default: that of the round, or term-sheet]")  # fmt: skip
@click.option("--format", "style", type=click.Choice(["text", "markdown", "json"]), default="text", show_default=True,
              help="How it is shown.")  # fmt: skip
@click.option("-o", "--output", metavar="FILE", help="The file to write, instead of the screen.")
@judged_by
@by_configuration
def diff(
    old: str,
    new: str | None,
    since: str | None,
    form_name: str | None,
    style: str,
    output: str | None,
    playbook: str | None,
    side: str | None,
    config: str | None,
    isolated: bool,
) -> int:
    """Tell what has changed between two deals in business terms: value by value, with its clause.

    OLD and NEW are deals; or one DEAL is compared with what it was. With a playbook, it tells from which position to
    which. What is private is never shown. Exit code: 0 nothing has changed, 1 something has, 2 it cannot be told.
    """
    from termsheet.compare import shown, terms
    from termsheet.compare.sides import form_of, sides
    from termsheet.render import Wanted
    from termsheet.standing import Choice

    refuse_both(config, isolated)
    if (new is None) == (since is None):
        raise click.UsageError("name two deals, or one and what it is compared with under --from")
    wanted = Wanted(form=form_of(old, since, form_name), draft=True, config=config, isolated=isolated)
    then, now = sides(old, new, since, wanted)
    moved = terms.moved(then, now)
    stands = terms.positions(then, now, Choice(playbook or "", side or "", "neutral" if side else ""))
    make = {"text": shown.text, "markdown": shown.markdown, "json": shown.as_json}[style]
    made = make(then, now, moved, stands)
    if output:
        write(output, made, [name for name in (old, new) if name])
    else:
        click.echo(made, nl=False)
    return 1 if moved or stands else 0
