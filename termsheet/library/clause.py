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
NONE = "none"  # the text of a clause for a deal that says that there is none
SCHEDULE = "schedule"  # the text of a clause at the end of a paper


@dataclass(frozen=True)
class ClauseSource:
    """A clause as its file says it.

    `reads` are the paths that must be there (without them the clause is left out), `optional` those that it may use.
    `each` names a list: the clause then speaks once for each entry for which `where` holds. `variants` maps each
    variant to its condition, `texts` maps (variant, form) to the text; the form is empty for the text that serves
    every form. A text for the form `schedule` stands at the end of a paper that has schedules; the variant `none`
    speaks where the deal says `none`. `positions` are what a side may want of it, as its file gives them;
    `termsheet.positions` compiles them, and no print sees them.
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
    where: str
    when: str
    variants: Mapping[str, str]
    texts: Mapping[tuple[str, str], str]
    term: str = ""
    plural: str = ""
    schedule: str = ""
    positions: tuple[Given, ...] = ()

    @property
    def answers_none(self) -> bool:
        """Whether it has words for a deal that says `none`."""
        return any(variant == NONE for variant, _ in self.texts)

    def has(self, variant: str, form: str) -> bool:
        """Whether it has a text of its own for a variant in a form."""
        return (variant, form) in self.texts

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
    named = {variant: "" for variant, _ in texts if variant != NONE or NONE in page.get("variants", ())}
    variants = page.get("variants") or named
    missing = [variant for variant in variants if variant not in named]
    if missing or set(variants) < named.keys():
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
        where=page.get("where", ""),
        when=page.get("when", ""),
        variants=variants,
        texts=texts,
        term=page.get("term", ""),
        plural=page.get("plural", ""),
        schedule=page.get("schedule", ""),
        positions=tuple(
            Given(given, front, ("positions", index), 2)
            for index, given in enumerate(page.get("positions", ()))
        ),
    )


def _texts(body: str) -> dict[tuple[str, str], str]:
    """The text below each heading, after what stands above the first one: macros that all of them use.

    All of it is the default variant where there is no heading.
    """
    headings = list(_HEADING.finditer(body))
    if not headings:
        return {(DEFAULT, ""): body.strip() + "\n"}
    ends = [heading.start() for heading in headings[1:]] + [len(body)]
    head = body[: headings[0].start()].strip()
    return {
        (heading[1], heading[2] or ""): f"{head}\n{body[heading.end() : end].strip()}\n".lstrip()
        for heading, end in zip(headings, ends, strict=True)
    }
