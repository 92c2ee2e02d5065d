"""`python -m termsheet`, and the `termsheet` command. The one place where errors become words and exit codes."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress

from termsheet.errors import TermsheetError, WriteError


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    gc.set_threshold(50_000, 20, 20)  # little is left in circles, and looking for them takes a twelfth of a run
    _speak_utf8()
    simple = True
    try:
        code = _simple(given)
        simple = code is not None
        if code is None:
            code = _command(arguments)
    except KeyboardInterrupt:
        code = _complain("stopped", 130)
    except BrokenPipeError:
        error = WriteError("the output was not read to its end")
        code = _complain(f"termsheet: {error}", error.exit_code)
    except TermsheetError as error:
        code = _complain(f"termsheet: {error}", error.exit_code)
    except OSError as error:  # a name that the system refuses, or an output that is full
        name = f"{str(error.filename)[:80]}: " if error.filename else ""
        why = (error.strerror or str(error)).lower()
        code = _complain(f"termsheet: {name}{why}; check the name and the rights", 2)
    _let_go()
    if arguments is None and (simple or given[:1] == ["render"]) and _is_alone():
        os._exit(code)  # nothing is left to be closed, and to take all modules apart is a fifth of a run
    sys.exit(code)


def _is_alone() -> bool:
    """Whether no worker is left that waits for a word, and nobody who measures."""
    workers = {"multiprocessing", "distributed"} & sys.modules.keys()
    return not workers and not sys.gettrace() and not sys.getprofile()


def _simple(given: list[str]) -> int | None:
    """The exit code of `lint` and `render` where they are asked for so little that click has nothing to parse."""
    command = given[0] if len(given) > 1 and sys.platform != "win32" else ""  # where click knows what `*` stands for
    if command == "lint":
        from termsheet.cli import linting

        lint = linting.simple(given[1:])
        return linting.run(lint) if lint else None
    if command == "render":
        from termsheet.cli import rendering

        render = rendering.simple(given[1:])
        return rendering.run(render) if render else None
    return None


def _command(arguments: list[str] | None) -> int:
    import click

    from termsheet.cli.group import cli

    try:
        return int(cli.main(args=arguments, prog_name="termsheet", standalone_mode=False) or 0)
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except click.ClickException as error:
        error.show()
        return 2
    except click.Abort:
        return _complain("stopped", 130)


def _complain(sentence: str, code: int) -> int:
    from termsheet.cli.tools import tell

    with suppress(OSError):
        tell(sentence)
    return code


def _let_go() -> None:
    """What is left in the buffer of a stream that fails goes nowhere, so that Python does not fail on it once more."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            with suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _speak_utf8() -> None:
    """Never fail on a console that cannot show a character."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")


if __name__ == "__main__":
    main()
