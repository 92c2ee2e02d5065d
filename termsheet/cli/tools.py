"""What several commands do: what arguments name, what is shown, what is written. Click comes only where it must."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from operator import length_hint
from typing import TYPE_CHECKING, NoReturn, TypeVar

if TYPE_CHECKING:
    from termsheet.settings import Settings

_T = TypeVar("_T")
_MANY = 20  # files from which on it is worth while to show how far one is


def misuse(sentence: str) -> NoReturn:
    """Raise a usage error."""
    import click

    raise click.UsageError(sentence)


def show(text: str | bytes, *, err: bool = False) -> None:
    """Show text as it is, on standard output or standard error; bytes go out as they are."""
    if sys.platform == "win32":  # whose consoles click knows
        import click

        click.echo(text, nl=False, err=err, color=True)
        return
    stream = sys.stderr if err else sys.stdout
    if isinstance(text, bytes):
        stream.flush()
        stream.buffer.write(text)
    else:
        stream.write(text)
    stream.flush()


def tell(line: str) -> None:
    """Show a line on standard error."""
    show(f"{line}\n", err=True)


def files(paths: tuple[str, ...]) -> list[str]:
    """Every deal file that the arguments name, folders taken as the deals below them."""
    from termsheet import source

    files: list[str] = []
    for path in paths:
        if path != "-" and os.path.isdir(path):
            for lost in source.lost_links(path):
                tell(f"termsheet: {lost}: is a link that leads nowhere, and is passed over")
            files += source.deals_below(path)
        else:
            files.append(path)
    return list(dict.fromkeys(files))


def refuse_both(config: str | None, isolated: bool) -> None:
    """Raise a usage error where a configuration is named and none is to be read."""
    if config and isolated:
        misuse("--config names a configuration, and --isolated says to read none")


def settings(
    names: list[str],
    config: str | None = None,
    isolated: bool = False,
    *,
    select: tuple[str, ...] = (),
    ignore: tuple[str, ...] = (),
    house: tuple[str, ...] = (),
    baseline: str | None = None,
) -> Callable[[str], Settings] | None:
    """What tells the settings of a file; None where no configuration and no option says anything of these files.

    House rules alone need no settings: `checklist` has them.
    """
    refuse_both(config, isolated)
    from termsheet.portfolio.reports import Asked, in_force

    asked = Asked(config=config, isolated=isolated, select=select, ignore=ignore, baseline=baseline, house=house)
    return in_force(names, asked)


def coloured(wish: bool | None) -> bool:
    """Whether to colour: as wished, else on a terminal that is not told otherwise (`NO_COLOR`, `TERM=dumb`)."""
    if wish is not None:
        return wish
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") != "0":
        return True
    return sys.stdout is not None and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


@contextmanager
def watched(
    items: Iterable[_T], count: int = 0, *, hidden: bool, label: str = "checking", many: int = _MANY
) -> Iterator[Iterable[_T]]:
    """The items, to go through; where they are many and someone looks on, standard error tells how far one is.

    How many they are need only be said of what has no length.
    """
    count = count or length_hint(items)
    if hidden or count < many or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield items
        return
    import click

    with click.progressbar(items, length=count, label=label, file=sys.stderr) as bar:
        yield bar


def write(target: str, text: str, inputs: Iterable[str]) -> None:
    """Write a report to a file: the old one or the new one, never half of one, and never over what was read."""
    from pathlib import Path

    from termsheet.errors import WriteError
    from termsheet.put import put

    path = Path(target)
    if path.exists() and any(os.path.exists(name) and path.samefile(name) for name in inputs):
        raise WriteError("is one of the deals themselves", file=target, help="name another file")
    put(path, text.encode("utf-8", "replace"))
