"""`termsheet schema`."""

from __future__ import annotations

import click


def _known(ctx: click.Context, param: click.Parameter, word: str) -> list[str]:
    from termsheet import schema as schemas

    return [name for name in schemas.names() if name.startswith(word)]


@click.command()
@click.argument("name", default="deal", metavar="[NAME]", shell_complete=_known)
@click.option(
    "-o", "--output", metavar="FILE", type=click.Path(), help="The file to write (default: the screen)."
)
@click.option(
    "--strict", is_flag=True, help="The schema by which termsheet itself checks a deal that it has read."
)
@click.option("--list", "listing", is_flag=True, help="List the schemas that there are.")
def schema(name: str, output: str | None, strict: bool, listing: bool) -> int:
    """Print a JSON Schema: that of a deal, for editors and other tools, or of another file (see --list)."""
    from termsheet import schema as schemas

    if listing:
        width = max(map(len, schemas.names()))
        for known in schemas.names():
            click.echo(f"{known:<{width}}  {schemas.title(known)}")
        return 0
    text = schemas.text(name, strict=strict)
    if output in (None, "-"):
        click.echo(text.encode(), nl=False)
        return 0
    from pathlib import Path

    from termsheet.put import put

    put(Path(output), text.encode())
    click.echo(f"wrote {output}", err=True)
    return 0
