"""`termsheet outdated`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from termsheet.cli.common import by_configuration
from termsheet.cli.tools import files, settings

if TYPE_CHECKING:
    from termsheet.rounds.newer import Held, Newer


@click.command()
@click.argument("paths", nargs=-1, metavar="[DEAL|FOLDER]...", type=click.Path())
@click.option("--format", "style", type=click.Choice(["table", "json"]), default="table", show_default=True,
              help="How they are shown.")  # fmt: skip
@by_configuration
def outdated(paths: tuple[str, ...], style: str, config: str | None, isolated: bool) -> int:
    """List the clauses and forms of which the library has newer versions than deals with a round out.

    What has changed: the text of a clause, or the conditions under which it is in; and, by its version, whether its
    legal meaning did (major). Without an argument, the deals of this folder.
    Exit code: 0 nothing is newer, 1 something is, 2 something could not be read.
    """
    import json

    from termsheet import source
    from termsheet.errors import TermsheetError
    from termsheet.rounds import folder
    from termsheet.rounds.newer import held

    names = files(paths or (".",))
    holds = settings(names, config, isolated)
    found: list[Held] = []
    failed = False
    for name in names:
        try:
            if not folder(name).is_dir():
                if name in paths:
                    source.read(name)  # no round is out of what is no deal, and that is no answer
                continue
            deal = held(name, holds(name) if holds else None)
        except TermsheetError as error:
            click.echo(f"termsheet: {error}", err=True)
            failed = True
            continue
        if deal:
            found.append(deal)
    if style == "json":
        click.echo(json.dumps({"deals": list(map(_page, found))}, ensure_ascii=False, indent=2))
    else:
        for deal in found:
            click.echo(_table(deal))
        if not found and not failed:
            click.echo("no round is out")
    return 2 if failed else int(any(deal.newer for deal in found))


def _table(deal: Held) -> str:
    from termsheet.rounds.columns import table

    out = deal.lock.round
    head = f"{deal.name}: round {out.number} of {out.sent_on}, "
    if not deal.newer:
        return f"{head}nothing is newer"
    rows = [[newer.item, newer.was or "–", newer.now or "–", said(newer), "yes" if newer.printed else "no"]
            for newer in deal.newer]  # fmt: skip
    lines = table(["clause", "held", "now", "what has changed", "in the paper"], rows)
    remedy = f"`termsheet upgrade {deal.name}` shows what they change, and accepts them"
    return "\n".join([f"{head}{len(rows)} newer", *(f"  {line}" for line in lines), f"  {remedy}"])


def said(newer: Newer) -> str:
    """What has changed, in words."""
    return ", ".join((*newer.changes, *["legal meaning (major)"] * newer.major))


def _page(deal: Held) -> dict[str, Any]:
    out = deal.lock.round
    newer = [{"item": item.item, "changes": list(item.changes), "held": item.was, "now": item.now,
              "since": item.since, "major": item.major, "in_paper": item.printed} for item in deal.newer]  # fmt: skip
    return {"deal": deal.name, "round": out.number, "sent_on": out.sent_on.isoformat(), "form": out.form,
            "upgraded": deal.lock.upgraded, "newer": newer}  # fmt: skip
