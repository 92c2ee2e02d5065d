"""Many deals at a time, on any executor of `concurrent.futures`: threads, processes, or the workers of a Dask cluster.

    report = lint(["a.deal.yaml", "b.deal.yaml"], Asked(stage="signature"))

    for draft in render(["deals"], "out"):                      here, one by one
        print(draft.deal, draft.output, draft.state)

    with ProcessPoolExecutor() as pool:                         on every core
        drafts = [*render(["deals"], "out", executor=pool)]

    drafts = [*render(["deals"], "out", executor=Client("tcp://10.0.0.5:8786").get_executor(pure=False))]

What an executor is handed are chunks of paths and the folder that they start from; what it gives back are plain values.
Workers elsewhere must see the same files under the same paths.

    reports.py   the report on each deal, and the one on all
    papers.py    a paper of each deal
    spread.py    chunks, and where they are worked on
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from termsheet.portfolio.papers import Draft, render
    from termsheet.portfolio.reports import Asked, lint

__all__ = ["Asked", "Draft", "lint", "render"]

_HOMES = {"Asked": "reports", "lint": "reports", "Draft": "papers", "render": "papers"}


def __getattr__(name: str) -> Any:
    """The names of this package, each imported when it is asked for: a lint needs nothing of rendering."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
