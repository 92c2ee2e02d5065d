"""What two versions of a clause say differently, word by word.

What is taken out stands in `[-…-]`, what is put in in `{+…+}`; on a terminal, in red and green.
"""

from __future__ import annotations

import difflib
import re
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from termsheet import data
from termsheet.errors import TermsheetError
from termsheet.house import House
from termsheet.library.clause import ClauseSource, made, taken_apart, texts_of
from termsheet.library.exhibit import clause_of
from termsheet.library.shelf import library
from termsheet.paths import shown

_TOKEN = re.compile(r"\{[{%#].*?[}%#]\}|\w+|\s+|[^\w\s]", re.DOTALL)
_ALIKE = 0.5  # how much two texts must have in common for their differences to say something
_RED, _GREEN, _PLAIN = "\x1b[31m", "\x1b[32m", "\x1b[0m"


def against_built_in(id: str, house: House) -> tuple[ClauseSource, ClauseSource, str]:
    """A house's clause and that of termsheet, and what the latter is called."""
    own, ours = clause_of(id, house), library().get(id)
    if ours is None:
        raise TermsheetError(f"termsheet has no clause `{id}` to compare with", file=shown(Path(own.file)),
                             help="name an older version of it with `--from REVISION`")  # fmt: skip
    if own.files == ours.files:
        raise TermsheetError(f"the house has no clause `{id}` of its own",
                             help="name an older version of it with `--from REVISION`")  # fmt: skip
    return ours, own, "built-in"


def against_revision(id: str, house: House, revision: str) -> tuple[ClauseSource, ClauseSource, str]:
    """A clause as its file had it at a revision of git, and as it is now."""
    now = clause_of(id, house)
    file = _file(now, house)
    text = _at(file, revision)
    front, body = taken_apart(text, f"{file.name} at {revision}")
    page = dict(front.data)
    if page.pop("extends", False):
        return _page(page, body, now), _page(_own(file, page), _body(file), now), revision
    return made(page, texts_of(body), id, (str(file),)), now, revision


def _page(page: Mapping[str, Any], body: str, now: ClauseSource) -> ClauseSource:
    """What a page says that only changes a clause, as if that were all of it."""
    texts = texts_of(body) if body.strip() else {}
    return made(
        {"title": now.title, **page, "variants": {name: "" for name, _ in texts}}, texts, now.id, now.files
    )


def _own(file: Path, page: Mapping[str, Any]) -> dict[str, Any]:
    front, _ = taken_apart(file.read_text(encoding="utf-8"), str(file))
    return {key: value for key, value in front.data.items() if key != "extends"}


def _body(file: Path) -> str:
    return taken_apart(file.read_text(encoding="utf-8"), str(file))[1]


def _file(clause: ClauseSource, house: House) -> Path:
    name = Path(*clause.id.split(".")).with_suffix(".md")
    for folder in (*reversed(house.clauses), data.folder("clauses")):
        if (folder / name).is_file():
            return folder / name
    raise TermsheetError("the file of the clause is gone", file=shown(Path(clause.file)))


def _at(file: Path, revision: str) -> str:
    """The text of a file at a revision."""
    if revision.startswith("-"):
        raise TermsheetError(f"`{revision}` is no revision", help="name a commit, a tag or a branch")
    try:
        run = subprocess.run(["git", "show", f"{revision}:./{file.name}"], cwd=file.parent, capture_output=True,
                             text=True, encoding="utf-8", check=False)  # fmt: skip
    except OSError as error:
        raise TermsheetError("git cannot be run", help="install git, or leave out `--from`") from error
    if run.returncode:
        raise TermsheetError(f"git has no version of it at `{revision}`", file=shown(file),
                             help=(run.stderr.strip().splitlines() or ["name another revision"])[0])  # fmt: skip
    return run.stdout


def compared(old: ClauseSource, new: ClauseSource, *, colour: bool = False) -> str:
    """The differences between two clauses: of the front matter key by key, of each text word by word."""
    lines = [*_front(old.front, new.front, colour)]
    for key in dict.fromkeys((*old.texts, *new.texts)):
        before, after = old.texts.get(key, ""), new.texts.get(key, "")
        if before != after:
            lines += ["", f"## {key[0]}" + (f" ({key[1]})" if key[1] else ""), ""]
            lines += _words(before.strip(), after.strip(), colour)
    return "\n".join(lines).strip("\n") + "\n" if lines else ""


def paragraphs(before: str, after: str, *, colour: bool = False) -> str:
    """The paragraphs of two texts that differ, word by word, with a line for those that do not."""
    return "\n".join(_words(before, after, colour)).strip("\n")


def _front(old: Mapping[str, Any], new: Mapping[str, Any], colour: bool) -> Iterator[str]:
    for key in dict.fromkeys((*old, *new)):
        before, after = old.get(key), new.get(key)
        if before == after:
            continue
        for name in dict.fromkeys((*_inner(before), *_inner(after))):
            one, other = _inner(before).get(name, ""), _inner(after).get(name, "")
            if one != other:
                yield f"{'.'.join(filter(None, (key, name)))}: {''.join(_marked(one, other, colour))}"


def _inner(value: Any) -> dict[str, str]:
    """A value of the front matter as text; a map or a list of positions by name."""
    if isinstance(value, dict):
        return {name: str(inner) for name, inner in value.items()}
    if isinstance(value, list) and all(isinstance(entry, dict) and "id" in entry for entry in value):
        return {f"{entry['id']}.{name}": inner for entry in value
                for name, inner in _inner({**entry, "id": ""}).items() if name != "id"}  # fmt: skip
    if isinstance(value, list):
        return {"": ", ".join(map(str, value))}
    return {"": "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)}


def _words(before: str, after: str, colour: bool) -> Iterator[str]:
    """The paragraphs that differ, with a line for those that do not."""
    skipped = False
    for paragraph in "".join(_marked(before, after, colour)).split("\n\n"):
        if any(mark in paragraph for mark in ("[-", "{+", _RED, _GREEN)) or _open(paragraph):
            yield from (*(["…", ""] if skipped else []), *paragraph.splitlines(), "")
            skipped = False
        else:
            skipped = True
    if skipped:
        yield "…"


def _open(paragraph: str) -> bool:
    return "-]" in paragraph or "+}" in paragraph


def _marked(before: str, after: str, colour: bool) -> Iterator[str]:
    for one, other in _pieces(_TOKEN.findall(before), _TOKEN.findall(after)):
        if one == other:
            yield one
        else:
            yield _mark(one, _RED, "[-", "-]", colour)
            yield _mark(other, _GREEN, "{+", "+}", colour)


def _pieces(one: list[str], other: list[str]) -> Iterator[tuple[str, str]]:
    """Pieces of both, as pairs. What two changes have in common between them is one with them if it is only space."""
    match = difflib.SequenceMatcher(None, one, other, autojunk=False)
    if match.ratio() < _ALIKE:
        yield "".join(one), "".join(other)
        return
    before = after = ""
    for tag, i, j, k, m in match.get_opcodes():
        left, right = "".join(one[i:j]), "".join(other[k:m])
        if tag != "equal" or (before != after and not left.strip() and "\n" not in left):
            before, after = before + left, after + right
            continue
        yield before, after
        yield left, right
        before = after = ""
    yield before, after


def _mark(text: str, paint: str, start: str, end: str, colour: bool) -> str:
    """The text between marks; where it spans paragraphs, each has its own."""
    if not text:
        return ""
    open_, close = (paint, _PLAIN) if colour else (start, end)
    pieces = re.split(r"(\n{2,})", text)
    return "".join(
        piece if index % 2 or not piece else f"{open_}{piece}{close}" for index, piece in enumerate(pieces)
    )
