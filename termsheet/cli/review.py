"""`termsheet review`."""

from __future__ import annotations

import click

from termsheet.cli.common import by_configuration, judged_by
from termsheet.cli.tools import refuse_both, write


@click.command()
@click.argument("returned", metavar="RETURNED", type=click.Path())
@click.argument("deal", metavar="DEAL", type=click.Path())
@click.option("--sent", metavar="FILE", type=click.Path(),
              help="The draft that was sent, if it is neither a round of the deal nor the deal as it is.")  # fmt: skip
@click.option("--format", "style", type=click.Choice(["table", "markdown", "json", "html"]), default="table",
              show_default=True, help="How it is shown.")  # fmt: skip
@click.option("-o", "--output", metavar="FILE", help="The file to write, instead of the screen.")
@click.option("--accept", multiple=True, metavar="PATH",
              help="Take the change of this value into DEAL. May be repeated.")  # fmt: skip
@click.option("--provisions", multiple=True, metavar="NUMBER|all",
              help="Take the words of this issue, which no field can hold, into DEAL. May be repeated.")  # fmt: skip
@judged_by
@by_configuration
def review(
    returned: str,
    deal: str,
    sent: str | None,
    style: str,
    output: str | None,
    accept: tuple[str, ...],
    provisions: tuple[str, ...],
    playbook: str | None,
    side: str | None,
    config: str | None,
    isolated: bool,
) -> int:
    """List everything that was changed in RETURNED, a mark-up of a paper that was made of DEAL.

    Tracked and untracked changes, comments, and what was added, deleted or moved, in the order of the paper, each with
    its clause, its path, the words before and after, who and when. Changed values are judged by the rules, and by a
    playbook where one is named. Exit code: 0 nothing was changed, 1 something was, 2 it is unreadable or not of DEAL;
    with --accept or --provisions: 0 all that was asked for was taken, 1 something was not.
    """
    refuse_both(config, isolated)
    from termsheet import source
    from termsheet.cli.tools import settings
    from termsheet.errors import LoadError, TermsheetError
    from termsheet.review import review as reviewing
    from termsheet.review import shown
    from termsheet.revise import revise
    from termsheet.source.reading import decode, read_bytes
    from termsheet.standing import Choice

    if deal == "-":
        raise LoadError("a deal from standard input has no rounds", help="name its file")
    whole = decode(read_bytes(deal, deal), deal)
    held = settings([deal], config, isolated)
    choice = Choice(playbook or "", side or "", "neutral" if side else "")
    made = reviewing.review(
        returned, source.parse(whole, deal), deal, held and held(deal), sent or "", choice
    )
    after = None
    if accept:
        if made.pulled is None:
            raise TermsheetError(made.remark or "no value can be read back", file=returned,
                                 help="change the deal by hand")  # fmt: skip
        after = reviewing.accepted(made.pulled, accept, made.issues)
    taken = None
    if provisions:
        from termsheet.review.provisions import provided

        taken = provided(made, after or source.parse(whole, deal), deal, held and held(deal), provisions)
        after = taken.source
    make = {"table": shown.table, "markdown": shown.markdown, "json": shown.as_json, "html": shown.html}[
        style
    ]
    asked = bool(accept or provisions)
    if output:
        write(output, make(made), [deal, returned])
    elif not asked or style != "table":
        click.echo(make(made), nl=False)
    if after is not None and after.text != whole.removeprefix("\ufeff"):
        revise(deal, (("\ufeff" if whole.startswith("\ufeff") else "") + after.text).encode())
        told = ", ".join(dict.fromkeys((*accept, *(taken.told if taken else ()))))
        click.echo(f"wrote {deal}: {told}", err=True)
    for line in taken.refused if taken else ():
        click.echo(f"termsheet: {line}", err=True)
    if not asked:
        return int(bool(made.issues))
    if style == "table":
        click.echo(shown.left(made, accept, taken.issues if taken else ()), nl=False)
    return int(taken is not None and taken.failed)
