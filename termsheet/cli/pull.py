"""`termsheet pull`."""

from __future__ import annotations

import click

from termsheet.cli.common import by_configuration
from termsheet.cli.tools import refuse_both, settings


@click.command()
@click.argument("returned", metavar="RETURNED", type=click.Path())
@click.argument("deal", metavar="DEAL", type=click.Path())
@click.option("--write", "wanted", is_flag=True, help="Write the changes into DEAL; conflicts are left to its author.")
@click.option("--sent", metavar="FILE", type=click.Path(),
              help="The draft that was sent, if it is neither a round of the deal nor the deal as it is.")  # fmt: skip
@click.option("--format", "style", type=click.Choice(["text", "json", "markdown"]), default="text", show_default=True,
              help="How it is told.")  # fmt: skip
@by_configuration
@click.option("-q", "--quiet", is_flag=True, help="Tell nothing where there is nothing to tell.")
def pull(
    returned: str,
    deal: str,
    wanted: bool,
    sent: str | None,
    style: str,
    config: str | None,
    isolated: bool,
    quiet: bool,
) -> int:
    """Read back what was changed in RETURNED, a Word file that was made of DEAL.

    Values are compared three ways: what was sent, what the file holds and what its text shows, as if every tracked
    change were accepted. Each change is told with its line, its path and its clause.
    Exit code: 0 no value is left to settle, 1 changes, conflicts or values that are gone, 2 something could not be read
    or written.
    """
    refuse_both(config, isolated)
    from termsheet import source
    from termsheet.errors import LoadError
    from termsheet.returned import report
    from termsheet.returned.pull import pull as pulled
    from termsheet.revise import revise
    from termsheet.source.reading import decode, read_bytes

    if deal == "-":
        raise LoadError("a deal from standard input has no rounds", help="name its file")
    whole = decode(read_bytes(deal, deal), deal)
    bom = "\ufeff" if whole.startswith("\ufeff") else ""
    held = settings([deal], config, isolated)
    made = pulled(returned, source.parse(whole, deal), deal, held and held(deal), sent or "")
    written = wanted and made.after.text != made.before.text
    if written:
        revise(deal, (bom + made.after.text).encode())
    told = {"text": report.text, "json": report.as_json, "markdown": report.page}[style](made, written)
    left = bool(made.conflicts or made.unclear or made.merged.gone or (made.changes and not written))
    if not quiet or left or written:
        click.echo(told, nl=False)
    return int(left)
