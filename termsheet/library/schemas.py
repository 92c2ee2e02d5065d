"""Check the library's own files (front matter of clauses, forms) against their schemas, with our own sentences."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from termsheet import data
from termsheet.errors import LibraryError
from termsheet.schema import check, messages
from termsheet.source import Source


@cache
def schema(name: str) -> dict[str, Any]:
    """The schema of a kind of file: `clause`, `translation` or `form`."""
    text = (data.folder("schemas") / f"{name}.schema.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def validate(source: Source, kind: str, *, partly: bool = False) -> None:
    """Raise a LibraryError for the first thing that is not as the schema wants it.

    A file that only changes another need not have all of its keys (`partly`).
    """
    for problem in check.errors(source.data, schema(kind)):
        if partly and problem.keyword == "required" and len(problem.route) == 1:
            continue
        words = messages.message(problem)
        mark = source.marks[source.nearest(problem.route)]
        line, column = source.position((mark.key or mark.value).start)
        help = words.help.removesuffix("; or write it under `provisions`")  # that is for a deal
        raise LibraryError(words.text, file=source.name, line=line, column=column, help=help)
