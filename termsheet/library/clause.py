"""A clause of the library: one file, one subject. Front matter in YAML, then the text of each variant."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from termsheet import data, source
from termsheet.errors import LibraryError
from termsheet.library import schemas
from termsheet.library.given import Given

_HEADING = re.compile(r"^## ([a-z0-9-]+)(?: \(([a-z-]+)\))?[ \t]*$", re.MULTILINE)
DEFAULT = "default"


@dataclass(frozen=True)
class ClauseSource:
    """A clause as its file says it.

    `reads` are the paths that must be there (without them the clause is left out), `optional` those that it may use.
    `each` names a list: the clause then speaks once for each entry. `variants` maps each variant to its condition,
    `texts` maps (variant, form) to the text; the form is empty for the text that serves every form. `positions`
    are what a side may want of it, as its file gives them; `termsheet.positions` compiles them, and no print sees them.
    """

    id: str
    file: str
    title: str
    subject: str
    types: tuple[str, ...]
    binding: bool
    reads: tuple[str, ...]
    optional: tuple[str, ...]
    each: str
    when: str
    variants: Mapping[str, str]
    texts: Mapping[tuple[str, str], str]
    term: str = ""
    plural: str = ""
    positions: tuple[Given, ...] = ()

    def text(self, variant: str, form: str) -> str:
        """The text of a variant in a form."""
        found = self.texts.get((variant, form), self.texts.get((variant, "")))
        if found is None:
            raise LibraryError(
                f"has no text for its variant `{variant}`",
                file=self.file,
                help=f"add a heading `## {variant}`",
            )
        return found


@cache
def library() -> dict[str, ClauseSource]:
    """Every clause of the built-in library, by id."""
    return read_folder(data.folder("clauses"))


def read_folder(folder: Path) -> dict[str, ClauseSource]:
    """Every clause below a folder, by id. The id is the path: `ip/foreground.md` is `ip.foreground`."""
    clauses = {}
    for path in sorted(folder.rglob("*.md")):
        name = ".".join(path.relative_to(folder).with_suffix("").parts)
        clauses[name] = parse(path.read_text(encoding="utf-8"), name, str(path))
    return clauses


def parse(text: str, name: str, file: str) -> ClauseSource:
    """A clause from the text of its file."""
    match = re.match(r"---\r?\n(.*?\n)---\r?\n(.*)", text, re.DOTALL)
    if not match:
        raise LibraryError("does not begin with its front matter", file=file, line=1,
                           help="put `---`, the YAML, and `---` before the text")  # fmt: skip
    front = source.parse(match[1], file)
    schemas.validate(front, "clause", first_line=2)
    page: dict[str, Any] = front.data
    texts = _texts(match[2])
    variants = page.get("variants") or {variant: "" for variant, _ in texts}
    missing = [variant for variant in variants if not any(variant == name for name, _ in texts)]
    if missing or set(variants) < {variant for variant, _ in texts}:
        raise LibraryError("does not have one text for each of its variants", file=file,
                           help=f"give each of {', '.join(variants)} a heading `## name`")  # fmt: skip
    return ClauseSource(
        id=name,
        file=file,
        title=page["title"],
        subject=page.get("subject", name),
        types=tuple(page.get("types", ())),
        binding=bool(page.get("binding", False)),
        reads=tuple(page.get("reads", ())),
        optional=tuple(page.get("optional", ())),
        each=page.get("each", ""),
        when=page.get("when", ""),
        variants=variants,
        texts=texts,
        term=page.get("term", ""),
        plural=page.get("plural", ""),
        positions=tuple(
            Given(given, front, ("positions", index), 2)
            for index, given in enumerate(page.get("positions", ()))
        ),
    )


def _texts(body: str) -> dict[tuple[str, str], str]:
    """The text below each heading; all of it is the default variant where there is no heading."""
    headings = list(_HEADING.finditer(body))
    if not headings:
        return {(DEFAULT, ""): body.strip() + "\n"}
    ends = [heading.start() for heading in headings[1:]] + [len(body)]
    return {
        (heading[1], heading[2] or ""): body[heading.end() : end].strip() + "\n"
        for heading, end in zip(headings, ends, strict=True)
    }
