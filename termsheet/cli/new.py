"""`termsheet new`."""

from __future__ import annotations

import click

from termsheet.cli.common import TYPES, WORDS, complete_types


@click.command()
@click.argument("file", default="deal.yaml", metavar="[FILE]", type=click.Path())
@click.option(
    "--type", "kind", metavar="TYPE", shell_complete=complete_types, help=f"One of {', '.join(TYPES)}."
)
@click.option("--title", default="", type=WORDS, help="What the deal is called.")
@click.option("--party", "parties", multiple=True, metavar="NAME", type=WORDS,
              help="A party, once for each: its registered name; with semicolons also its short name, legal form "
              "and country, as in \"Acme Devices GmbH; Acme; a limited liability company; Germany\".")  # fmt: skip
@click.option("--currency", default="", help="The currency of the deal, such as EUR.")
@click.option("--language", default="", help="The language of the paper, such as en-GB.")
@click.option("--law", default="", help='The governing law, such as "the law of Ireland".')
@click.option("--about", default="", help="What the parties will do together, in one sentence.")
@click.option("--no-input", is_flag=True, help="Ask nothing (nothing is asked without a terminal either).")
@click.option("--no-schema", is_flag=True,
              help="Name no schema in the deal, and write none beside it (editors use it for completion).")  # fmt: skip
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def new(
    file: str,
    kind: str | None,
    title: str,
    parties: tuple[str, ...],
    currency: str,
    language: str,
    law: str,
    about: str,
    no_input: bool,
    no_schema: bool,
    force: bool,
) -> int:
    """Start a deal: FILE (deal.yaml) becomes a form with a blank for all that such a deal has to say.

    On a terminal, what the options do not say is asked; Ctrl-C keeps the answers so far in FILE.answers, and the
    same command goes on from there. `termsheet lint FILE` then tells what is still to be filled in.
    """
    from termsheet import start

    given = start.given(TYPES, kind, title, parties, currency, language, law, about)
    made = start.new(
        file, given, TYPES, ask=not no_input and start.on_terminal(), schema=not no_schema, force=force
    )
    if file == "-":
        click.echo(made.text.encode(), nl=False)
    for line in made.remarks():
        click.echo(line, err=True)
    return 0
