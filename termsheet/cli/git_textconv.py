"""`termsheet git-textconv`."""

from __future__ import annotations

import click


@click.command("git-textconv")
@click.argument("file", metavar="FILE", type=click.Path())
def git_textconv(file: str) -> int:
    """Print a Word file as text, with its numbers, for `git diff` and `git log -p`.

    Say `*.docx diff=word` in .gitattributes, and once: git config diff.word.textconv "termsheet git-textconv".
    Exit code: 0 printed, 2 it cannot be read.
    """
    from termsheet.returned.package import opened
    from termsheet.returned.readable import readable

    click.echo(readable(opened(file)), nl=False)
    return 0
