"""A form: the parts of a paper, their captions and standing words, and which clauses stand where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from termsheet import data, source
from termsheet.errors import LibraryError
from termsheet.library import schemas

FORMS = ("term-sheet", "agreement")


@dataclass(frozen=True)
class FormPart:
    """A part of the paper and its clauses, in order. `kind` is `terms`, `parties` or `recitals`."""

    id: str
    heading: str
    clauses: tuple[str, ...]
    binding: bool
    kind: str = "terms"


@dataclass(frozen=True)
class Form:
    """A form as its file says it. Captions may hold Jinja.

    `noun` is what it calls a clause ("paragraph"), `paper` what it calls itself ("this term sheet"), `deal` what it
    calls what the parties have agreed ("the deal"). All of a form that `binds` is binding. `leaves` are the paths of a
    deal of which it has nothing to say.
    """

    name: str
    title: str
    subtitle: str
    noun: str
    paper: str
    deal: str
    binds: bool
    leaves: tuple[str, ...]
    intro: tuple[str, ...]
    closing: tuple[str, ...]
    parts: tuple[FormPart, ...]
    leave_out: Mapping[str, list[str]]
    words: Mapping[str, str]
    duty: Mapping[str, Mapping[str, str]]
    furniture: Mapping[str, Any]
    ban: Mapping[str, Mapping[str, str]]


@cache
def form(name: str) -> Form:
    """The form of that name, from `templates/`."""
    path = data.folder("templates") / f"{name}.yaml"
    if not path.is_file():
        raise LibraryError(f"there is no form `{name}`", help=f"use {' or '.join(f'`{known}`' for known in FORMS)}")
    read = source.parse(path.read_text(encoding="utf-8"), str(path))
    schemas.validate(read, "form")
    page = read.data
    parts = tuple(
        FormPart(part["id"], part["heading"], tuple(part["clauses"]), bool(part.get("binding")),
                 part.get("kind", "terms"))
        for part in page["parts"]
    )
    return Form(
        name=page["form"],
        title=page["title"],
        subtitle=page["subtitle"],
        noun=page.get("noun", "paragraph"),
        paper=page.get("paper", f"this {name.replace('-', ' ')}"),
        deal=page.get("deal", "the deal"),
        binds=bool(page.get("binds")),
        leaves=tuple(page.get("leaves", ())),
        intro=tuple(page.get("intro", ())),
        closing=tuple(page.get("closing", ())),
        parts=parts,
        leave_out=page.get("leave_out", {}),
        words=page["words"],
        duty=page["duty"],
        ban=page.get("ban", {}),
        furniture=page["furniture"],
    )
