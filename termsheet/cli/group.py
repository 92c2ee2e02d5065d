"""The commands: one module a command, named as the command, imported when it is called."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from termsheet import __version__

COMMANDS = (
    "new", "lint", "stub", "render", "preview", "redline", "diff", "send", "rounds", "outdated", "upgrade",
    "pull", "review", "positions", "due", "explain", "rules", "clauses", "config", "schema", "git-textconv",
)  # fmt: skip
CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class Commands(click.Group):
    """The commands, in the order of `COMMANDS`, each imported when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command of a name, or None where there is none."""
        if name not in COMMANDS:
            return None
        module = name.replace("-", "_")
        command: click.Command = getattr(import_module(f"termsheet.cli.{module}"), module)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the arguments name; for a misspelt one, the error names the nearest."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from termsheet.schema.messages import closest

            meant = closest(args[0], COMMANDS)
            hint = f"did you mean `{meant}`?" if meant else f"use one of {', '.join(COMMANDS)}"
            ctx.fail(f"there is no command `{args[0]}`; {hint}")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. Where the reader of a pipe has gone, the report is not delivered, and that is said."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            from termsheet.errors import WriteError

            raise WriteError("the output was not read to its end") from error


@click.group(cls=Commands, context_settings=CONTEXT)
@click.version_option(__version__, prog_name="termsheet")
def cli() -> None:
    """Agreements as code: check a deal's terms, and render them as a term sheet.

    A deal is a YAML file. termsheet is a drafting aid; it is not a lawyer and gives no legal advice.
    """
