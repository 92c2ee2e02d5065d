"""`termsheet config`."""

from __future__ import annotations

from typing import Any

import click

from termsheet.cli.common import STAGES, configured


@click.group()
def config() -> None:
    """Tell how a deal is checked: the settings of `.termsheet.yaml` and of the command line."""


@config.command()
@click.argument("file", metavar="FILE")
@click.option("--format", "style", type=click.Choice(["table", "json"]), default="table", show_default=True,
              help="How the settings are shown.")  # fmt: skip
@click.option("--stage", type=click.Choice(STAGES), help="As for `lint`.")
@configured
def show(file: str, style: str, isolated: bool, config: str | None, **asked: Any) -> int:
    """Show every setting that holds for a deal, and where each comes from.

    FILE is a deal, or the place of one; it need not be there.
    """
    if config and isolated:
        raise click.UsageError("--config names a configuration, and --isolated says to read none")
    import json

    from termsheet import settings

    found = settings.settings_for(file, config, isolated, **asked)
    if style == "json":
        click.echo(json.dumps({"file": file, **settings.record(found)}, indent=2, ensure_ascii=False))
    else:
        click.echo(f"{file}\n\n{settings.table(found)}", nl=False)
    return 0


@config.command()
def schema() -> int:
    """Print the JSON Schema of `.termsheet.yaml`, for editors."""
    from termsheet import data

    click.echo((data.folder("schemas") / "config.schema.json").read_text(encoding="utf-8"), nl=False)
    return 0
