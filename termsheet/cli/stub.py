"""`termsheet stub`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from termsheet.cli.common import STAGES, configured
from termsheet.cli.tools import settings, write

if TYPE_CHECKING:
    from termsheet.complete import Completed
    from termsheet.outcome import FileReport
    from termsheet.source import Source


@click.command()
@click.argument("arguments", nargs=-1, metavar="[PATH] [DEAL]")
@click.option(
    "--missing", is_flag=True, help="Every stub that the errors and warnings of DEAL offer; without PATH."
)
@click.option("--print", "only_print", is_flag=True, help="Print the YAML, and write nothing.")
@click.option("--stage", type=click.Choice(STAGES),
              help="With --missing: check as if the deal were at this stage.")  # fmt: skip
@configured
@click.option(
    "-o",
    "--output",
    "--output-file",
    metavar="FILE",
    help="Write the deal with the stub to FILE, and leave DEAL as it is.",
)
@click.option("-q", "--quiet", is_flag=True, help="Do not tell what was put in.")
def stub(
    arguments: tuple[str, ...],
    missing: bool,
    only_print: bool,
    stage: str | None,
    output: str | None,
    quiet: bool,
    **asked: Any,
) -> int:
    """Put the YAML of a missing section or key into a deal, for its author to fill.

    PATH is written as in a report: exit, exit.wind_down, metrics[leads].baseline. What has to be decided
    stands there as `open`, with a comment. Without DEAL the YAML is printed; where DEAL is `-`, the whole deal
    with the stub in it. With --missing the configuration says which rules run, and what is known already.
    Exit code: 0 done, 2 it could not be.
    """
    path, deal = _named(arguments, missing)
    from termsheet.complete import complete, complete_all
    from termsheet.outline import outline

    if deal is None:
        click.echo(outline(path))
        return 0
    bom, read = _read(deal)
    made = complete_all(read, _check(read.name, stage, asked)) if missing else complete(read, path)
    if only_print:
        _print(made)
    elif output and output != "-":
        write(output, bom + made.read.text, [deal])
    else:
        _write(output or deal, bom, made)
    _tell(made, quiet or only_print)
    return 2 if made.refused else 0


def _check(name: str, stage: str | None, asked: dict[str, Any]) -> Callable[[Source], FileReport]:
    """How the deal is checked, by the configuration and by what is asked for; what its baseline holds is set aside."""
    from termsheet.lint import lint_source
    from termsheet.outcome import Report
    from termsheet.rules import RULES

    holds = settings([name], **asked)
    held = holds(name) if holds else None

    def check(read: Source) -> FileReport:
        file = lint_source(read, RULES, stage=stage, settings=held)
        if held is None or held.baseline is None:
            return file
        from termsheet import baseline

        return baseline.compare(Report((file,), (), len(RULES)), lambda _: held.baseline)[0].files[0]

    return check


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
    from termsheet.complete import names

    for item in made.pasted:
        click.echo(f"# {', '.join(names(item))}\n" if len(made.pasted) > 1 else "", nl=False)
        click.echo(item.yaml)


def _tell(made: Completed, silent: bool) -> None:
    from termsheet.complete import names

    for error in made.refused:
        click.echo(f"termsheet: {error}", err=True)
    if not silent:
        put = ", ".join(f"`{name}`" for item in made.pasted for name in names(item))
        click.echo(f"{made.read.name}: " + (f"put in {put}" if put else "no finding has a stub"), err=True)
