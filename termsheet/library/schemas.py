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
    """The schema of a kind of file: `clause` or `form`."""
    text = (data.folder("schemas") / f"{name}.schema.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def validate(source: Source, kind: str, first_line: int = 1) -> None:
    """Raise a LibraryError for the first thing that is not as the schema wants it."""
    for problem in check.errors(source.data, schema(kind)):
        words = messages.message(problem)
        mark = source.marks[source.nearest(problem.route)]
        line, column = source.position((mark.key or mark.value).start)
        raise LibraryError(
            words.text, file=source.name, line=line + first_line - 1, column=column, help=words.help
        )
