"""Send: a paper is rendered as `render` does it, and frozen as a round with all that it was made from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from termsheet import __version__, frozen
from termsheet.errors import Refused, WriteError
from termsheet.house import NO_HOUSE
from termsheet.immutable import immutable
from termsheet.put import put, takes
from termsheet.render import Rendered, Wanted, locked, rendered, settings_of
from termsheet.rounds import folder, library, look, store
from termsheet.rounds.lock import release
from termsheet.rounds.store import Round, Sent
from termsheet.source.reading import read_bytes

_PAPER = ".docx"


@immutable
class Letter:
    """What is said of a round that is sent: on which day, to whom, and a note for the own side.

    `again` sends a paper that is that of the last round, and `copy` names a file that gets the paper too.
    """

    on: date
    to: str = ""
    note: str = ""
    again: bool = False
    copy: str = ""


@immutable
class Sending:
    """A round that was sent, and what its author should know of it."""

    round: Round
    made: Rendered
    copy: str = ""
    before: Round | None = None
    look: str = ""

    def remarks(self) -> Iterator[str]:
        """Which round it is, where it is kept, and what `render` would say."""
        points = len(self.made.document.open_points)
        still = f", {points} open point{'s' * (points != 1)}" if points else ""
        yield f"round {self.round.number} is out: {self.round.folder / store.DRAFT} ({self.made.counted()}{still})"
        if self.before and self.round.sent_on < self.before.sent_on:
            yield (f"it is dated {self.round.sent_on}, before round {self.before.number} of {self.before.sent_on}: "
                   "if that is wrong, delete its folder and send it once more")  # fmt: skip
        if self.look:
            yield self.look
        if self.copy:
            yield f"wrote {self.copy}"
        yield from self.made.remarks()


def send(path: str, wanted: Wanted, letter: Letter) -> Sending:
    """Render a deal and freeze it as its next round, in the look of the last.

    Raises as `render` does, and Refused where nothing has changed.
    """
    if path == "-":
        raise WriteError("a round is kept beside the file of its deal", help="name the file")
    if letter.copy and Path(letter.copy).suffix.lower() != _PAPER:
        raise WriteError("what is sent is a Word file", file=letter.copy, help="end the copy in .docx")
    text = read_bytes(path, path)
    if letter.copy and Path(letter.copy).exists() and Path(letter.copy).samefile(path):
        raise WriteError("is the deal itself", file=letter.copy, help="name another file")
    if letter.copy:
        takes(Path(letter.copy))  # a round that is out cannot be called back for want of a copy
    home = folder(path)
    held = locked(path)
    before = held.round if held else None
    wanted = look.kept(wanted, before) if before else wanted
    made = rendered(path, _PAPER, wanted)
    options = _options(wanted)
    if before and not letter.again and before.document == made.document and dict(before.options) == options:
        raise Refused(f"{path} is not sent: its paper is that of round {before.number}, word for word; "
                      "change the deal, or send it once more with `--again`")  # fmt: skip
    if text != read_bytes(path, path):
        raise WriteError("was changed while it was sent", file=path, help="send it once more")
    settings = settings_of(path, wanted)
    texts = None if held else library.current(settings.house if settings else NO_HOUSE)
    manifest = held.manifest if held else library.keep(home, texts or {})
    said = Sent(
        form=wanted.form,
        sent_on=letter.on,
        theme=made.document.theme,
        paper=made.document.paper,
        to=letter.to,
        note=letter.note,
        digest=made.digest,
        termsheet=__version__,
        options=options,
    )
    files = {
        store.DRAFT: made.data,
        store.DEAL: text,
        store.DOCUMENT: frozen.dumps(made.document).encode(),
        store.LIBRARY: store.as_json(dict(manifest)),
    }
    sent = store.freeze(path, before.number + 1 if before else 1, said, files)
    release(path)
    if letter.copy:
        put(Path(letter.copy), made.data)
    told = look.told(before, wanted, made.document) if before else ""
    return Sending(sent, made, letter.copy, before, told)


def _options(wanted: Wanted) -> dict[str, Any]:
    """How a paper is rendered, where that is not the default; by the names of the options."""
    word = wanted.word
    given = {
        "theme": wanted.theme,
        "paper": wanted.paper,
        "stage": wanted.stage,
        "draft": wanted.draft,
        "plain": not word.bound,
        "paginate": wanted.paginate,
        "reference": wanted.reference,
        "track-changes": word.tracked,
        "protect": word.protection,
        "author": word.author,
    }
    return {name: value for name, value in given.items() if value}
