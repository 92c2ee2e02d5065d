"""The list of the clauses: what each is about, where it stands and where it comes from."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from termsheet import data, forms
from termsheet.errors import TermsheetError
from termsheet.house import House
from termsheet.immutable import immutable
from termsheet.library.clause import ClauseSource
from termsheet.library.shelf import library
from termsheet.paths import shown


@immutable
class Entry:
    """A clause as it is listed. `forms` are those that it stands in, `house` tells whether a house has a say in it."""

    clause: ClauseSource
    binding: bool
    forms: tuple[str, ...]
    house: bool

    @property
    def area(self) -> str:
        """What stands before the first dot of its id."""
        return self.clause.id.partition(".")[0]

    @property
    def negotiable(self) -> bool:
        """Whether it has positions, or says that it needs them."""
        return bool(self.clause.front.get("negotiable", self.clause.front.get("positions")))


def entries(
    house: House,
    *,
    kind: str | None = None,
    area: str | None = None,
    binding: bool | None = None,
    negotiable: bool | None = None,
) -> list[Entry]:
    """The clauses that fit, by their ids."""
    every = list(_entries(house))
    areas = sorted({entry.area for entry in every})
    if area is not None and area not in areas:
        raise TermsheetError(f"there is no area `{area}`", help=f"use one of {', '.join(areas)}")
    return [
        entry
        for entry in every
        if (kind is None or not entry.clause.types or kind in entry.clause.types)
        and area in (None, entry.area)
        and binding in (None, entry.binding)
        and negotiable in (None, entry.negotiable)
    ]


def _entries(house: House) -> Iterator[Entry]:
    every = {name: forms.form(name, house.templates) for name in forms.names(house.templates)}
    ours = str(data.folder("clauses"))
    for clause in sorted(library(house.clauses).values(), key=lambda clause: clause.id):
        standing = tuple(name for name, form in every.items() if clause.id in form.named)
        binding = clause.binding or clause.id in _binding(every["term-sheet"])
        yield Entry(clause, binding, standing, any(not file.startswith(ours) for file in clause.files))


def _binding(form: forms.Form) -> set[str]:
    return {name for part in form.parts if part.binding for name in part.clauses}


def table(found: Sequence[Entry]) -> str:
    """The clauses one a line: id, title, whether it binds in a term sheet, how many variants, and the house's mark."""
    rows = [("clause", "title", "binds", "variants", "types")]
    rows += [
        (
            entry.clause.id + " *" * entry.house,
            entry.clause.title,
            "yes" if entry.binding else "",
            str(len(entry.clause.variants)) if len(entry.clause.variants) > 1 else "",
            ", ".join(entry.clause.types),
        )
        for entry in found
    ]
    wide = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "  ".join(f"{cell:<{width}}" for cell, width in zip(row, wide, strict=True)).rstrip() for row in rows
    ]
    count = f"{len(found)} clause{'s' * (len(found) != 1)}"
    own = sum(entry.house for entry in found)
    return "\n".join([*lines, count + (f", {own} of the house (*)" if own else "")]) + "\n"


def record(found: Sequence[Entry]) -> str:
    """The clauses as JSON."""
    return json.dumps([_row(entry) for entry in found], indent=2, ensure_ascii=False) + "\n"


def _row(entry: Entry) -> Mapping[str, Any]:
    clause = entry.clause
    return {
        "id": clause.id,
        "title": clause.title,
        "subject": clause.subject,
        "types": list(clause.types),
        "binding": entry.binding,
        "negotiable": entry.negotiable,
        "variants": dict(clause.variants),
        "reads": list(clause.reads),
        "forms": list(entry.forms),
        "term": clause.term or None,
        "files": [shown(Path(file)) for file in clause.files],
        "house": entry.house,
        "source": clause.front.get("source"),
        "since": clause.front.get("since"),
    }
