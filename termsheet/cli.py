"""The command line. A command parses, calls, prints and returns a code; what it needs is imported when it runs."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from termsheet import __version__

TYPES = ["strategic-alliance", "joint-venture", "licensing", "co-marketing", "referral", "reseller", "integration",
         "co-development", "pilot"]  # fmt: skip
CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(context_settings=CONTEXT)
@click.version_option(__version__, prog_name="termsheet")
def cli() -> None:
    """Agreements as code: check a deal's terms, and render them as a term sheet.

    A deal is a YAML file. termsheet is a drafting aid; it is not a lawyer and gives no legal advice.
    """


@cli.command()
@click.argument("paths", nargs=-1, required=True, metavar="DEAL...")
@click.option("--format", "style", type=click.Choice(["full", "concise", "json"]), default="full", show_default=True,
              help="How findings are shown.")  # fmt: skip
@click.option("--stage", type=click.Choice(["sketch", "term-sheet", "signature"]),
              help="Check as if the deal were at this stage, whatever the file says.")  # fmt: skip
@click.option("--fail-on", type=click.Choice(["note", "warning", "error"]), default="warning", show_default=True,
              help="The least severity that makes the exit code 1.")  # fmt: skip
@click.option("--show", type=click.Choice(["notes"]), help="Show notes as well.")
@click.option("--stdin-filename", default="<stdin>", help="The name to report for standard input (`-`).")
@click.option(
    "--colour/--no-colour",
    "--color/--no-color",
    default=None,
    help="Colour, or none (default: on a terminal).",
)
def lint(
    paths: tuple[str, ...],
    style: str,
    stage: str | None,
    fail_on: str,
    show: str | None,
    stdin_filename: str,
    colour: bool | None,
) -> int:
    """Check deals for what is missing, vague, one-sided or contradictory.

    DEAL is a file, a folder (every deal below it), or `-` for standard input.
    Exit code: 0 clean, 1 findings, 2 something could not be read or done.
    """
    from termsheet import lint as linter
    from termsheet import report
    from termsheet.rules import RULES

    found = linter.lint(_files(paths), RULES, stage=stage, stdin_name=stdin_filename)
    text = report.render(found, style, fail_on=fail_on, notes=show == "notes", colour=_coloured(colour))
    click.echo(text, nl=False, color=True)
    return found.exit_code(fail_on)


@cli.command()
@click.argument("deal", metavar="DEAL")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    help="The file to write: .docx, .md or .txt. Without it, text on the screen.",
)
@click.option("--form", "form_name", default="term-sheet", show_default=True, help="The form of the paper.")
@click.option("--stage", type=click.Choice(["sketch", "term-sheet", "signature"]),
              help="Judge the deal as if it were at this stage, whatever the file says.")  # fmt: skip
@click.option(
    "--draft", is_flag=True, help="Render all the same: open points as brackets, with a list on page one."
)
@click.option("-q", "--quiet", is_flag=True, help="Do not tell what was left out.")
def render(deal: str, output: str | None, form_name: str, stage: str | None, draft: bool, quiet: bool) -> int:
    """Render a deal as a paper: a Word term sheet, Markdown or text.

    A deal with errors at its stage, or with open points, is refused; --draft renders it as a draft.
    Exit code: 0 written, 1 refused, 2 something could not be read or written.
    """
    from termsheet import render as renderer

    made = renderer.render(deal, output, form=form_name, stage=stage, draft=draft)
    if output in (None, "-"):
        click.echo(made.data.decode(), nl=False)
    if not quiet:
        for line in made.remarks():
            click.echo(line, err=True)
    return 0


@cli.command()
@click.argument("slug", metavar="RULE")
def explain(slug: str) -> int:
    """Tell what a rule checks, why, how a deal does it wrong and right, and when to waive it."""
    from termsheet import pages
    from termsheet.rules import RULES

    click.echo(pages.page(slug, RULES), nl=False)
    return 0


@cli.command()
@click.option("--area", help="Only the rules of an area, such as exit.")
@click.option(
    "--type", "kind", type=click.Choice(TYPES), help="Severities for this type of deal, such as licensing."
)
@click.option(
    "--severity", type=click.Choice(["note", "warning", "error"]), help="Only the rules of a severity."
)
@click.option(
    "--format",
    "style",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="How they are shown.",
)
def rules(area: str | None, kind: str | None, severity: str | None, style: str) -> int:
    """List the rules: slug, severity, the stage from which each speaks, and what it checks."""
    from termsheet import pages
    from termsheet.rules import RULES

    click.echo(pages.listing(RULES, area=area, kind=kind, severity=severity, style=style), nl=False)
    return 0


def _files(paths: tuple[str, ...]) -> list[str]:
    """Every deal file that the arguments name, folders taken as the deals below them."""
    from termsheet import source
    from termsheet.errors import LoadError

    files: list[str] = []
    for path in paths:
        if path != "-" and Path(path).is_dir():
            below = source.deal_files(path)
            if not below:
                raise LoadError(
                    "holds no deal", file=path, help="a deal is a YAML file with a `deal:` key at its top"
                )
            files += below
        else:
            files.append(path)
    return list(dict.fromkeys(files))


def _coloured(wish: bool | None) -> bool:
    """Whether to colour: as wished, else on a terminal that is not told otherwise (`NO_COLOR`, `TERM=dumb`)."""
    if wish is not None:
        return wish
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") != "0":
        return True
    return sys.stdout is not None and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
