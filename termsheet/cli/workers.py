"""Work on many deals at a time: the options `--jobs` and `--dask`, and the executor that they ask for.

    @spread
    def command(…, jobs, dask):
        with executor(jobs, dask, len(deals), worth=50) as workers:   # None: the work is done here
            portfolio.…(deals, executor=workers)
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from termsheet import __version__
from termsheet.errors import TermsheetError

if TYPE_CHECKING:
    from concurrent.futures import Executor

_MOST = 61  # processes that Windows can wait for at once
_PATIENCE = "10s"  # for the scheduler of a cluster to answer


def spread(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that say who does the work."""
    for option in (
        click.option("--dask", metavar="ADDRESS",
                     help="Have it done by the workers of a Dask cluster, such as tcp://10.0.0.5:8786."),
        click.option("-j", "--jobs", type=click.IntRange(1, _MOST), metavar="N",
                     help="Work on N deals at a time.  [default: as many as there are cores, where deals are many]"),
    ):  # fmt: skip
        command = option(command)
    return command


@contextmanager
def executor(jobs: int | None, dask: str | None, deals: int, *, worth: int) -> Iterator[Executor | None]:
    """The executor that the options ask for; None where the deals are best gone through here, one by one.

    Without an option, there is one from `worth` deals on, if there is a second core. Whatever is left of the work when
    the block ends is called off. Raises a usage error, or TermsheetError where there are no workers or they are lost.
    """
    if jobs and dask:
        raise click.UsageError("--jobs is for this machine, and --dask for a cluster: choose one")
    if dask:
        with _cluster(dask) as pool:
            yield pool
        return
    count = min(jobs or (cores() if deals >= worth else 1), max(deals, 1), _MOST)
    if count == 1:
        yield None
        return
    try:
        from concurrent.futures import BrokenExecutor, ProcessPoolExecutor

        pool = ProcessPoolExecutor(count)
    except (ImportError, NotImplementedError, OSError) as error:  # a system that knows no shared locks
        if jobs:
            raise TermsheetError(f"processes cannot be shared out here ({error})", help="leave out --jobs") from error
        yield None
        return
    try:
        yield pool
    except BrokenExecutor as error:
        raise TermsheetError("a worker ended before its work was done",
                             help="run it again with `--jobs 1`") from error  # fmt: skip
    finally:
        pool.shutdown(cancel_futures=True)


def cores() -> int:
    """How many cores this process may use."""
    usable = getattr(os, "sched_getaffinity", None)
    return len(usable(0)) if usable else os.cpu_count() or 1


@contextmanager
def _cluster(address: str) -> Iterator[Executor]:
    """The workers of a Dask cluster that runs already."""
    try:
        from distributed import Client
        from distributed.client import FutureCancelledError
        from distributed.scheduler import KilledWorker
    except ImportError as error:
        raise TermsheetError("--dask needs the package `distributed`, which is not installed here",
                             help="install it: pip install 'termsheet[dask]'") from error  # fmt: skip
    try:
        client: Any = Client(address, timeout=_PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, RuntimeError, AssertionError) as error:  # an odd scheme fails in odd ways
        remedy = "give the address that it names when it starts, such as tcp://10.0.0.5:8786"
        raise TermsheetError(f"no Dask scheduler answers at {address}", help=remedy) from error
    try:
        _same_version(client, address)
        yield client.get_executor(pure=False)  # a deal that has changed is another, though its name is the same
    except (FutureCancelledError, KilledWorker) as error:
        raise TermsheetError(f"the Dask cluster at {address} gave up the work before it was done",
                             help="look at its log, and run it again") from error  # fmt: skip
    finally:
        client.close()  # what is left is called off with it


def _same_version(client: Any, address: str) -> None:
    """Raise TermsheetError where the workers of a cluster would not do what is done here."""
    try:
        found = set(client.run(version).values())
    except ModuleNotFoundError:
        found = {"none"}
    if not found:
        raise TermsheetError(f"the Dask cluster at {address} has no worker", help="start one: `dask worker`")
    if found != {__version__}:
        told = ", ".join(sorted(found))
        raise TermsheetError(f"the Dask workers at {address} have another termsheet: {told}, and here {__version__}",
                             help="install the same on each") from None  # fmt: skip


def version() -> str:
    """The version of termsheet, where this runs."""
    return __version__
