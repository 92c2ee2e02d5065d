"""`termsheet stub`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from termsheet.cli.common import STAGES

if TYPE_CHECKING:
    from termsheet.complete import Completed
    from termsheet.source import Source


@click.command()
@click.argument("arguments", nargs=-1, metavar="[PATH] [DEAL]")
@click.option(
    "--missing", is_flag=True, help="Every stub that the errors and warnings of DEAL offer; without PATH."
)
@click.option("--print", "only_print", is_flag=True, help="Print the YAML, and write nothing.")
@click.option("--stage", type=click.Choice(STAGES),
              help="With --missing: check as if the deal were at this stage.")  # fmt: skip
def stub(arguments: tuple[str, ...], missing: bool, only_print: bool, stage: str | None) -> int:
    """Put the YAML of a missing section or key into a deal, for its author to fill.

    PATH is written as in a report: exit, exit.wind_down, metrics[leads].baseline. What has to be decided
    stands there as `open`, with a comment. Without DEAL the YAML is printed; where DEAL is `-`, the whole deal
    with the stub in it.
    Exit code: 0 done, 2 it could not be.
    """
    path, deal = _named(arguments, missing)
    from termsheet.complete import complete, complete_all
    from termsheet.outline import outline

    if deal is None:
        click.echo(outline(path))
        return 0
    bom, read = _read(deal)
    if missing:
        from termsheet.lint import lint_source
        from termsheet.rules import RULES

        made = complete_all(read, lambda now: lint_source(now, RULES, stage=stage))
    else:
        made = complete(read, path)
    if only_print:
        _print(made)
    else:
        _write(deal, bom, made)
    _tell(made, only_print)
    return 2 if made.refused else 0


def _named(arguments: tuple[str, ...], missing: bool) -> tuple[str, str | None]:
    if missing and len(arguments) == 1:
        return "", arguments[0]
    if not missing and arguments and arguments[0].lower().endswith((".yaml", ".yml")):
        raise click.UsageError(
            f"name what is missing before the deal, such as: termsheet stub exit {arguments[0]}"
        )
    if not missing and len(arguments) in (1, 2):
        return arguments[0], arguments[1] if len(arguments) == 2 else None
    raise click.UsageError("give PATH, PATH and DEAL, or --missing and DEAL")


def _read(deal: str) -> tuple[str, Source]:
    from termsheet import source
    from termsheet.source.reading import decode, read_bytes

    name = "<stdin>" if deal == "-" else deal
    text = decode(read_bytes(deal, name), name)
    return "\ufeff" * text.startswith("\ufeff"), source.parse(text, name)


def _write(deal: str, bom: str, made: Completed) -> None:
    data = (bom + made.read.text).encode()
    if deal == "-":
        click.echo(data, nl=False)
    elif made.pasted:
        from termsheet.revise import revise

        revise(deal, data)


def _print(made: Completed) -> None:
    for item in made.pasted:
        click.echo(f"# {_name(item.under, item.yaml)}\n" if len(made.pasted) > 1 else "", nl=False)
        click.echo(item.yaml)


def _tell(made: Completed, only_print: bool) -> None:
    for error in made.refused:
        click.echo(f"termsheet: {error}", err=True)
    if not only_print:
        names = ", ".join(f"`{_name(item.under, item.yaml)}`" for item in made.pasted)
        click.echo(
            f"{made.read.name}: " + (f"put in {names}" if names else "no finding has a stub"), err=True
        )


def _name(under: str, yaml: str) -> str:
    key = yaml.partition(":")[0]
    return under if yaml.startswith("- ") or under.endswith(key) else f"{under}.{key}".lstrip(".")
