"""`python -m termsheet`, and the `termsheet` command. The one place where errors become words and exit codes."""

from __future__ import annotations

import contextlib
import os
import sys


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    import click

    from termsheet.cli import cli
    from termsheet.errors import TermsheetError

    _speak_utf8()
    try:
        code = cli.main(args=arguments, prog_name="termsheet", standalone_mode=False)
    except click.exceptions.Exit as leave:
        code = leave.exit_code
    except click.ClickException as error:
        error.show()
        code = 2
    except click.Abort:
        click.echo("stopped", err=True)
        code = 130
    except TermsheetError as error:
        click.echo(f"termsheet: {error}", err=True)
        code = error.exit_code
    except OSError as error:  # a name that the system refuses, or an output that is full
        code = _complain(error)
    _let_go()
    sys.exit(code)


def _complain(error: OSError) -> int:
    name = f"{str(error.filename)[:80]}: " if error.filename else ""
    with contextlib.suppress(OSError):
        sys.stderr.write(
            f"termsheet: {name}{(error.strerror or str(error)).lower()}; check the name and the rights\n"
        )
    return 2


def _let_go() -> None:
    """What is left in the buffer of a stream that fails goes nowhere, so that Python does not fail on it once more."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            with contextlib.suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _speak_utf8() -> None:
    """Never fail on a console that cannot show a character."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")


if __name__ == "__main__":
    main()
