"""A clause of the library: one file, one subject. Front matter in YAML, then the text of each variant."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from termsheet import source
from termsheet.errors import LibraryError
from termsheet.immutable import immutable
from termsheet.library import prepared, schemas
from termsheet.library.given import Given
from termsheet.paths import shown
from termsheet.pattern import pattern
from termsheet.source import Shape, Source

_HEADING = pattern(r"\n## ([a-z0-9-]+)(?: \(([a-z-]+)\))?[ \t]*(?=\n|\Z)")
_FILE = pattern(r"---\r?\n(.*?\n)---[ \t]*\r?\n(.*)", re.DOTALL)
_END = pattern(r"\n---[ \t]*\r?\n")  # of the front matter
_FRONT = Shape("start with `title:`")
DEFINES = pattern(r'\*\*"([A-Z][^"{}]+)"\*\*')
DEFAULT = "default"
NONE = "none"  # the text of a clause for a deal that says that there is none
SCHEDULE = "schedule"  # the text of a clause at the end of a paper
OTHERWISE = "otherwise"


@immutable
class ClauseSource:
    """A clause as its file says it.

    `reads` are the paths that must be there (without them the clause is left out). `each` names a list: the clause then
    speaks once for each entry for which `where` holds. `variants` maps each variant to its condition, `texts` maps
    (variant, form) to the text; the form is empty for the text that serves every form. A text for the form `schedule`
    stands at the end of a paper that has schedules; the variant `none` speaks where the deal says `none`. `positions`
    are what a side may want of it; `termsheet.positions` compiles them, and no print sees them. `foreign` are the texts
    that nobody has put into `language` yet. `files` are those that it comes from, `front` is all of its front matter.
    """

    id: str
    file: str
    title: str
    subject: str
    types: tuple[str, ...]
    binding: bool
    reads: tuple[str, ...]
    each: str
    where: str
    when: str
    variants: Mapping[str, str]
    texts: Mapping[tuple[str, str], str]
    term: str = ""
    plurals: tuple[str, ...] = ()
    schedule: str = ""
    positions: Sequence[Given] = ()
    language: str = "en"
    foreign: frozenset[tuple[str, str]] = frozenset()
    files: tuple[str, ...] = ()
    front: Mapping[str, Any] = {}

    @cached_property
    def defines(self) -> frozenset[str]:
        """The terms that its texts define in words of their own: **"Deadlock"**."""
        if isinstance(self.texts, prepared.Texts):
            return frozenset(self.texts.entry.defines)
        return frozenset(term for text in self.texts.values() for term in DEFINES.findall(text))

    @cached_property
    def content(self) -> bytes:
        """All of its texts, by variant and form."""
        return "\0".join(f"{self.id}\0{self.texts[key]}" for key in sorted(self.texts)).encode()

    @cached_property
    def answers_none(self) -> bool:
        """Whether it has words for a deal that says `none`."""
        return any(variant == NONE for variant, _ in self.texts)

    def has(self, variant: str, form: str) -> bool:
        """Whether it has a text of its own for a variant in a form."""
        return (variant, form) in self.texts

    def in_own_words(self, variant: str, form: str) -> bool:
        """Whether the text of a variant in a form is in the language of the clause."""
        key = (variant, form) if (variant, form) in self.texts else (variant, "")
        return key not in self.foreign

    def text(self, variant: str, form: str) -> str:
        """The text of a variant in a form."""
        found = self.texts.get((variant, form), self.texts.get((variant, "")))
        if found is None:
            raise LibraryError(
                f"has no text for its variant `{variant}`",
                file=shown(self.file),
                help=f"add a heading `## {variant}`",
            )
        return found


def parse(text: str, name: str, file: str) -> ClauseSource:
    """A clause from the text of its file."""
    front, body = taken_apart(text, file)
    schemas.validate(front, "clause")
    return made(front.data, texts_of(body), name, (file,), positions_of(front))


def taken_apart(text: str, file: str) -> tuple[Source, str]:
    """The front matter of a clause's file (with the lines of the file), and the text below it."""
    match = _FILE.match(text)
    if not match:
        raise LibraryError("does not begin with its front matter", file=file, line=1,
                           help="put `---`, the YAML, and `---` before the text")  # fmt: skip
    return source.parse(f"\n{match[1]}", file, _FRONT), match[2]


def body_of(text: str) -> str:
    """The text below the front matter of a file that is known to have one."""
    end = _END.search(text, 4)
    return text[end.end() :] if end else ""


def made(
    page: Mapping[str, Any],
    texts: Mapping[tuple[str, str], str],
    name: str,
    files: tuple[str, ...],
    positions: Sequence[Given] = (),
    language: str = "en",
    foreign: frozenset[tuple[str, str]] = frozenset(),
) -> ClauseSource:
    """A clause from its front matter and its texts. `files` are those that it comes from, the last word last."""
    named = {variant: "" for variant, _ in texts if variant != NONE or NONE in page.get("variants", ())}
    variants = page.get("variants") or named
    missing = [variant for variant in variants if variant not in named]
    if missing or set(variants) < named.keys():
        raise LibraryError("does not have one text for each of its variants", file=shown(files[-1]),
                           help=f"give each of {', '.join(variants)} a heading `## name`")  # fmt: skip
    return ClauseSource(
        id=name,
        file=files[-1],
        title=page["title"],
        subject=page.get("subject", name),
        types=tuple(page.get("types", ())),
        binding=bool(page.get("binding", False)),
        reads=tuple(page.get("reads", ())),
        each=page.get("each", ""),
        where=page.get("where", ""),
        when=page.get("when", ""),
        variants=variants,
        texts=texts,
        term=page.get("term", ""),
        plurals=plurals_of(page),
        schedule=page.get("schedule", ""),
        positions=positions,
        language=language,
        foreign=foreign,
        files=files,
        front=page,
    )


def positions_of(front: Source) -> tuple[Given, ...]:
    """The positions of a front matter, as they are given."""
    count = len(front.data.get("positions", ()))
    return tuple(Given(front.data["positions"][index], front, ("positions", index)) for index in range(count))


def plurals_of(page: Mapping[str, Any]) -> tuple[str, ...]:
    """The plural of a defined term, or all the other forms that a use of it may have."""
    given = page.get("plural", [f"{page['term']}s"] if "term" in page else [])
    return (given,) if isinstance(given, str) else tuple(given)


def texts_of(body: str) -> dict[tuple[str, str], str]:
    """The text below each heading, after what stands above the first one: macros that all of them use.

    All of it is the default variant where there is no heading.
    """
    body = f"\n{body}"
    headings = list(_HEADING.finditer(body))
    if not headings:
        return {(DEFAULT, ""): body.strip() + "\n"}
    ends = [heading.start() for heading in headings[1:]] + [len(body)]
    head = body[: headings[0].start()].strip()
    return {
        (heading[1], heading[2] or ""): f"{head}\n{body[heading.end() : end].strip()}\n".lstrip()
        for heading, end in zip(headings, ends, strict=True)
    }
