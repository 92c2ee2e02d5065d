"""A paper of each of many deals."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

from termsheet.errors import Refused, TermsheetError, WriteError, advised
from termsheet.portfolio.spread import chunks, is_here, over
from termsheet.printable import printable

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from termsheet.render import Wanted

WRITTEN, REFUSED, FAILED = "written", "refused", "failed"
_LARGEST = 25  # deals to a chunk of papers
_TURNS = 16  # as many chunks at least, so that workers come out even


class Draft(NamedTuple):
    """What came of one deal: its `state` is written, refused or failed.

    `told` is why, in one line; of what was written, what the author should know of it.
    """

    deal: str
    output: str
    state: str
    told: tuple[str, ...] = ()


class Planned(NamedTuple):
    """A deal, and the file that its paper is written to."""

    deal: str
    output: str


def render(
    paths: Iterable[str], out: str, wanted: Wanted | None = None, *, suffix: str = ".docx",
    executor: Executor | None = None,
) -> Iterator[Draft]:  # fmt: skip
    """Render deals, and every deal below folders, to files of a kind in the folder `out`; one after the other.

    One that cannot be rendered does not stop the others. Raises TermsheetError, before anything is written, where two
    deals would be one file, or none could be as it is wanted.
    """
    return drafts(planned(paths, out, suffix), wanted, executor=executor)


def planned(paths: Iterable[str], out: str, suffix: str = ".docx") -> list[Planned]:
    """Each deal, and its file: named as the deal is below its folder, or as the deal itself. Raises TermsheetError."""
    from termsheet import source

    found: dict[str, str] = {}
    for path in map(str, paths):
        if os.path.isdir(path):
            for deal in source.deals_below(path):
                found.setdefault(deal, os.path.relpath(deal, path))
        else:
            found.setdefault(path, os.path.basename(path))
    plans = [Planned(deal, os.path.join(out, os.path.splitext(name)[0] + suffix)) for deal, name in found.items()]
    taken: dict[str, Planned] = {}
    for plan in plans:
        # Some systems take names for one that differ in case, or in how an accent is spelt.
        other = taken.setdefault(normalize("NFC", plan.output).casefold(), plan)
        if other is not plan and not _same(other.deal, plan.deal):
            raise WriteError(f"would be the paper of two deals: {other.deal} and {plan.deal}", file=plan.output,
                             help="name the folder above them, or rename one")  # fmt: skip
    return [*taken.values()]


def _same(one: str, other: str) -> bool:
    try:
        return os.path.samefile(one, other)
    except OSError:
        return one == other


def drafts(
    plans: Sequence[Planned], wanted: Wanted | None = None, *, executor: Executor | None = None
) -> Iterator[Draft]:
    """Render what is planned, in its order, as it comes.

    Raises WriteError where none could be as it is wanted, or the folder for all of them cannot be made.
    """
    from termsheet.render import Wanted, fits

    wanted = wanted or Wanted()
    for suffix in {os.path.splitext(plan.output)[1] for plan in plans}:
        fits(suffix, wanted)
    if plans:
        _make(os.path.commonpath([os.path.dirname(os.path.abspath(plan.output)) for plan in plans]))
    size = min(_LARGEST, max(1, len(plans) // _TURNS))
    work = partial(_drafts, wanted=wanted, home=os.getcwd())
    return chain.from_iterable(over(work, chunks(plans, size), executor))


def _drafts(plans: Sequence[Planned], *, wanted: Wanted, home: str) -> list[Draft]:
    return [_draft(plan, wanted, home) for plan in plans]


def _draft(plan: Planned, wanted: Wanted, home: str) -> Draft:
    """What comes of one deal. Whatever goes wrong with it is told, and goes no further."""
    from pathlib import Path

    from termsheet.put import put, reason
    from termsheet.render import rendered

    deal, output, wanted = _from(home, plan, wanted)
    try:
        made = rendered(deal, os.path.splitext(output)[1], wanted)
        _make(os.path.dirname(output))
        put(Path(output), made.data)
    except Refused as error:
        return Draft(*plan, REFUSED, (error.brief,))
    except TermsheetError as error:
        return Draft(*plan, FAILED, (" ".join(_why(error, deal).split("\n")),))
    except OSError as error:
        return Draft(*plan, FAILED, (f"{error.filename or output}: {reason(error)}; check the name and the rights",))
    except Exception as error:  # a defect is told of the deal that brought it out, and the others go on
        return Draft(*plan, FAILED, (f"{type(error).__name__}: {error}; please report this as a defect of termsheet",))
    return Draft(*plan, WRITTEN, tuple(made.remarks()))


def _why(error: TermsheetError, deal: str) -> str:
    """What went wrong with a deal: its own name, which stands before it, is not told again."""
    if error.file != deal:
        return str(error)
    line = f"line {error.line}: " if error.line else ""
    return printable(advised(f"{line}{error.message}", error.help))


def _make(folder: str) -> None:
    try:
        os.makedirs(folder or ".", exist_ok=True)
    except OSError as error:
        from termsheet.put import reason

        raise WriteError(f"the folder cannot be made ({reason(error)})", file=folder,
                         help="choose another place for it") from error  # fmt: skip


def _from(home: str, plan: Planned, wanted: Wanted) -> tuple[str, str, Wanted]:
    """The same from where this runs: a worker that stands elsewhere needs the whole way to each file."""
    if is_here(home):
        return *plan, wanted
    from termsheet.immutable import replace

    def whole(path: str) -> str:
        return os.path.join(home, path)

    wanted = replace(wanted, config=wanted.config and whole(wanted.config),
                     reference=wanted.reference and whole(wanted.reference))  # fmt: skip
    return whole(plan.deal), whole(plan.output), wanted
