"""The two sides of a comparison: deals as files, as a revision of git has them, or as a round was sent."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from termsheet import source
from termsheet.deal import Deal
from termsheet.document import Document
from termsheet.errors import Refused, TermsheetError
from termsheet.immutable import immutable, replace
from termsheet.render import Wanted, composed, settings_of
from termsheet.settings import Settings
from termsheet.source import Source
from termsheet.wellformed import checked

if TYPE_CHECKING:
    from termsheet.rounds.store import Round

SENT = "sent:"


@immutable
class Side:
    """A deal and its paper, and what a message calls it."""

    name: str
    deal: Deal
    source: Source
    document: Document
    settings: Settings | None = None


def sides(old: str, new: str | None, since: str | None, wanted: Wanted) -> tuple[Side, Side]:
    """The old and the new: two deals, or one deal `since` a revision of git or a round (`sent:2`).

    The old is never refused: where no paper can be made of it, a draft is. Raises what reading and rendering raise.
    """
    if since is not None:
        return _since(old, since, wanted), _file(old, wanted)
    assert new is not None
    return _was(source.read(old), old, wanted), _file(new, wanted)


def form_of(path: str, since: str | None, form: str | None) -> str:
    """The form to compare in: the one that is asked for, else that of the round, else the term sheet."""
    if form:
        return form
    sent = _sent(path, since)
    return sent.form if sent else "term-sheet"


def with_look(path: str, since: str | None, wanted: Wanted, *, word: bool) -> Wanted:
    """What is wanted, in the look of the round that is compared with, unless another is asked for."""
    from termsheet.rounds import look

    sent = _sent(path, since)
    return look.kept(wanted, sent, word=word) if sent else wanted


def look_told(path: str, since: str | None, wanted: Wanted, new: Side) -> str:
    """How the redline looks other than the round that is compared with, or nothing."""
    from termsheet.rounds import look

    sent = _sent(path, since)
    return look.told(sent, wanted, new.document) if sent else ""


def _file(path: str, wanted: Wanted) -> Side:
    return _composed(source.read(path), path, wanted)


def _was(read: Source, path: str, wanted: Wanted) -> Side:
    try:
        return _composed(read, path, wanted)
    except Refused:
        return _composed(read, path, replace(wanted, draft=True))


def _sent(path: str, since: str | None) -> Round | None:
    """The round that is compared with, where it is one."""
    return _round(path, since) if since is not None and since.startswith(SENT) else None


def _round(path: str, since: str) -> Round:
    from termsheet.rounds import store

    wish = since.removeprefix(SENT)
    every = store.rounds(path)
    found = next((one for one in every if str(one.number) == wish or (wish == "last" and one is every[-1])), None)
    if found is None:
        if not every:
            source.read(path)
            raise TermsheetError("no round of it was sent", file=path, help="`termsheet send` freezes the first")
        known = ", ".join(f"{SENT}{one.number}" for one in every)
        raise TermsheetError(f"there is no round `{wish}`", file=path, help=f"name one of: {known}")
    return found


def _since(path: str, since: str, wanted: Wanted) -> Side:
    found = _sent(path, since)
    if found is None:
        return _was(_revision(path, since), path, wanted)
    read = source.parse(found.deal, f"{Path(path).name} as it was sent in round {found.number}")
    sent = found.document
    document = replace(sent, theme=wanted.theme or sent.theme, paper=wanted.paper or sent.paper)
    return Side(f"round {found.number}", checked(read)[0], read, document, settings_of(path, wanted))


def _composed(read: Source, path: str, wanted: Wanted) -> Side:
    settings = settings_of(path, wanted)
    report, made, _ = composed(read, path, settings, wanted)
    return Side(read.name, report.deal, read, made.document, settings)


def _revision(path: str, revision: str) -> Source:
    """The deal as a revision of git has it."""
    file = Path(path)
    if revision.startswith("-"):
        raise TermsheetError(f"`{revision}` is no revision", file=path, help="name a commit, a branch or a tag")
    command = ["git", "-C", str(file.parent), "show", f"{revision}:./{file.name}"]
    try:
        found = subprocess.run(command, capture_output=True, check=True)
    except FileNotFoundError:
        raise TermsheetError("a revision is read by git, and there is none on this machine", file=path,
                             help="install git, or name two files") from None  # fmt: skip
    except subprocess.CalledProcessError as error:
        why = error.stderr.decode("utf-8", "replace").strip().partition("\n")[0].removeprefix("fatal: ")
        raise TermsheetError(f"cannot be read at `{revision}` ({why})", file=path,
                             help="name a commit, a branch or a tag that holds the deal") from None  # fmt: skip
    return source.parse(found.stdout.decode("utf-8", "replace"), f"{path}@{revision}")
