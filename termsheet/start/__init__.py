"""Start a deal: from what is known of it to a form with a blank for all that it has to say.

answers.py    what is known: how each answer is read, what is offered, the ids of the parties
form.py       the text of the form
interview.py  the questions on a terminal
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from termsheet.errors import TermsheetError, WriteError
from termsheet.start.answers import Answers, Party, given

__all__ = ["Answers", "Made", "Party", "given", "new", "on_terminal"]

SCHEMA = "deal.schema.json"


class Made(NamedTuple):
    """The text of a new deal, where it was written, how many sections it has, and the schema that came with it."""

    text: str
    file: str
    sections: int
    schema: str = ""

    def remarks(self) -> Iterator[str]:
        """What the author should know of it."""
        if self.file == "-":
            return
        yield f"wrote {self.file}, a form of {self.sections} sections"
        if self.schema:
            yield f"wrote {self.schema}, by which editors complete and check it"
        yield f"next: fill it in, and run `termsheet lint {_shown(self.file)}` for what is still to be said"


def on_terminal() -> bool:
    """Whether somebody can be asked."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def new(
    file: str, given: Answers, types: Sequence[str], *, ask: bool, schema: bool = True, force: bool = False
) -> Made:
    """Write a new deal (`-`: only make its text), asking for what is not given where `ask`.

    Raises WriteError, before anything is asked, where it cannot be written.
    """
    from termsheet.put import put
    from termsheet.start import form

    target = Path(file)
    if file != "-":
        _refuse(target, types, force)
    kept = target.with_name(f"{target.name if file != '-' else 'deal.yaml'}.answers")
    if ask:
        from termsheet.start.interview import interview

        given = interview(given, types, kept)
    if not given.kind:
        raise TermsheetError(
            "the type of the deal is not said", help=f"give `--type`, one of {', '.join(types)}"
        )
    near, written = (near_schema(target.parent) or SCHEMA, "") if schema and file != "-" else ("", "")
    text = form.deal(given, near, _shown(file))
    count = len(form.sections(given.kind))
    if file == "-":
        return Made(text, file, count)
    put(target, text.encode("utf-8", "replace"))  # it names its file, whose name may be no Unicode
    if near == SCHEMA and not target.with_name(SCHEMA).is_file():
        from termsheet import schema as schemas

        put(target.with_name(SCHEMA), schemas.text("deal").encode())
        written = str(target.with_name(SCHEMA))
    if ask:
        kept.unlink(missing_ok=True)
    return Made(text, file, count, written)


def _refuse(target: Path, types: Sequence[str], force: bool) -> None:
    """Refuse what cannot be written, before anybody is asked anything."""
    name = str(target)
    if target.is_dir():
        raise WriteError("is a folder", file=name, help=f"name a file in it, such as {target / 'deal.yaml'}")
    if name in types:
        raise WriteError("is a type, not a file", file=name, help=f"write `--type {name}`")
    if target.suffix.lower() not in (".yaml", ".yml"):
        raise WriteError("does not end in .yaml", file=name, help=f"name it {name}.yaml")
    if not target.parent.is_dir():
        raise WriteError("cannot be written (its folder does not exist)", file=name,
                         help=f"make the folder {target.parent} first")  # fmt: skip
    if target.exists() and not force:
        raise WriteError(
            "is there already", file=name, help="name another file, or write over it with `--force`"
        )
    if not os.access(target.parent, os.W_OK):
        raise WriteError("cannot be written (its folder is read-only)", file=name,
                         help="choose another place for it")  # fmt: skip


def _shown(file: str) -> str:
    """A file as it is written in a command."""
    return f'"{file}"' if " " in file else "deal.yaml" if file == "-" else file


def near_schema(folder: Path) -> str:
    """Where the deal's schema stands as seen from a folder, in it or above it in its repository; or nothing."""
    folder = folder.resolve()
    for above in (folder, *folder.parents):
        for place in (above / SCHEMA, above / "schemas" / SCHEMA):
            if place.is_file():
                return Path(os.path.relpath(place, folder)).as_posix()
        if (above / ".git").exists():
            break
    return ""
