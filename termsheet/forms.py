"""A form: the parts of a paper, their captions and standing words, and which clauses stand where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from termsheet import data, source
from termsheet.errors import LibraryError
from termsheet.library import schemas


@dataclass(frozen=True)
class FormPart:
    """A part of the paper and its clauses, in order."""

    id: str
    heading: str
    clauses: tuple[str, ...]
    binding: bool


@dataclass(frozen=True)
class Form:
    """A form as its file says it. Captions may hold Jinja."""

    name: str
    title: str
    subtitle: str
    noun: str
    none: str
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
        raise LibraryError(f"there is no form `{name}`", help="use `term-sheet`")
    read = source.parse(path.read_text(encoding="utf-8"), str(path))
    schemas.validate(read, "form")
    page = read.data
    parts = tuple(
        FormPart(part["id"], part["heading"], tuple(part["clauses"]), bool(part.get("binding")))
        for part in page["parts"]
    )
    return Form(page["form"], page["title"], page["subtitle"], page.get("noun", "paragraph"), page.get("none", ""),
                tuple(page.get("intro", ())), tuple(page.get("closing", ())), parts, page.get("leave_out", {}),
                page["words"], page["duty"], page["furniture"], page.get("ban", {}))  # fmt: skip
