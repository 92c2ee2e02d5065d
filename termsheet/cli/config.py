"""`termsheet config`."""

from __future__ import annotations

from typing import Any

import click

from termsheet.cli.common import STAGES, configured
from termsheet.cli.tools import files, refuse_both


@click.group()
def config() -> None:
    """Tell how a deal is checked: the settings of `.termsheet.yaml` and of the command line."""


@config.command()
@click.argument("paths", nargs=-1, required=True, metavar="DEAL...", type=click.Path())
@click.option("--format", "style", type=click.Choice(["table", "json"]), default="table", show_default=True,
              help="How the settings are shown.")  # fmt: skip
@click.option("--stage", type=click.Choice(STAGES), help="As for `lint`.")
@configured
def show(paths: tuple[str, ...], style: str, isolated: bool, config: str | None, **asked: Any) -> int:
    """Show every setting that holds for deals, and where each comes from.

    DEAL is a file, which need not be there, or a folder (every deal below it). Deals for which the same holds stand
    together.
    """
    refuse_both(config, isolated)
    import json

    from termsheet import settings

    found = {file: settings.settings_for(file, config, isolated, **asked) for file in files(paths)}
    if style == "json":
        said = [{"file": file, **settings.record(held)} for file, held in found.items()]
        click.echo(json.dumps(said, indent=2, ensure_ascii=False).encode("utf-8", "replace"))
        return 0
    alike: dict[int, list[str]] = {}
    for file, held in found.items():
        alike.setdefault(id(held), []).append(file)
    blocks = ["\n".join([*names, "", settings.table(found[names[0]])]) for names in alike.values()]
    click.echo("\n".join(blocks), nl=False)
    return 0


@config.command()
def schema() -> int:
    """Print the JSON Schema of `.termsheet.yaml`, for editors."""
    from termsheet import data

    click.echo((data.folder("schemas") / "config.schema.json").read_text(encoding="utf-8"), nl=False)
    return 0
