"""The files that configure termsheet, read and taken apart into layers.

A layer is what one file sets, or one entry of its `paths`, or the command line; a later one wins over an earlier one.
Every value keeps the place where it is written, for messages and for `termsheet config show`. What holds for a file is
made of its layers in `termsheet.settings`.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple
from unicodedata import normalize

from termsheet import data, source
from termsheet.errors import ConfigError, LoadError
from termsheet.globs import Glob
from termsheet.immutable import immutable
from termsheet.paths import shown
from termsheet.pattern import pattern
from termsheet.schema import check
from termsheet.schema.check import Problem
from termsheet.schema.messages import closest
from termsheet.source import Route, Source
from termsheet.source.reading import decode, read_bytes
from termsheet.source.words import show

_NOUNS = {"config": "the configuration", "baseline": "a baseline", "playbook": "a playbook"}
_STARTS = {
    "config": "start with a key, such as `ignore:`",
    "baseline": "write it with `termsheet lint --write-baseline`",
    "playbook": "start with `name:`, what the playbook is called",
}
_KINDS = {"object": "keys of its own", "array": "a list", "string": "text"}
_MOST_FILES = 100
_NAME = pattern(r"[\w-]+")
_SAYS_SOMETHING = pattern(r"^(?!\s*(?:#|---|$))", re.MULTILINE)


class Origin(NamedTuple):
    """Where a value comes from: a `file`, a `preset`, the `command line` or the `default`."""

    kind: str
    file: str = ""
    line: int = 0
    match: str = ""

    def __str__(self) -> str:
        place = f"{'preset ' * (self.kind == 'preset')}{self.file}:{self.line}" if self.file else self.kind
        return f"{place} for `{self.match}`" if self.match else place


class Said(NamedTuple):
    """A value, and where it comes from. Of `severity`, the value is the rule and its severity."""

    value: Any
    origin: Origin


@immutable
class Layer:
    """What is set in one place, by key; `folder` is what its paths are relative to, `match` which files it is for.

    `line` is where `match` stands.
    """

    said: Mapping[str, tuple[Said, ...]]
    folder: Path
    file: str
    match: tuple[Glob, ...] = ()
    line: int = 0

    __eq__ = object.__eq__

    def holds_for(self, named: str) -> bool:
        """Whether it is for a file, named as globs see it."""
        return not self.match or any(glob.matches(named) for glob in self.match)


def layers(file: Path) -> Iterator[Layer]:
    """The layers of a configuration, those of what it extends first. Raises ConfigError."""
    return _with_bases(Path(os.path.abspath(file)), (), count(1))


def _with_bases(file: Path, above: tuple[Path, ...], files: Iterator[int]) -> Iterator[Layer]:
    """The layers of a file that those `above` extend; `files` counts how many are read, one as often as it is named."""
    own, *paths = _layers(file, _stamp(file))
    chain = (*above, file)
    for value, origin in own.said.get("extends", ()):
        base = _base(value, origin, own.folder)
        if same := next((one for one in chain if os.path.realpath(one) == os.path.realpath(base)), None):
            way = " → ".join(map(shown, (*chain[chain.index(same) :], base)))
            raise ConfigError(f"the configuration extends itself: {way}", file=origin.file, line=origin.line,
                              help="take one `extends` out")  # fmt: skip
        if next(files) > _MOST_FILES:
            message = f"the configuration extends more than {_MOST_FILES} files, one counted as often as it is named"
            raise ConfigError(
                message, file=origin.file, line=origin.line, help="put what they say in fewer files"
            )
        yield from _with_bases(base, chain, files)
    yield from (own, *paths)


def presets() -> list[str]:
    """The names of the presets that termsheet brings."""
    return sorted(path.stem for path in _presets().glob("*.yaml"))


def playbooks() -> dict[str, Path]:
    """The playbooks that termsheet brings, by name, each with its file."""
    found = {path.stem: path for path in sorted((data.folder("templates") / "playbooks").glob("*.yaml"))}
    return dict(sorted(found.items(), key=lambda item: item[0] != "neutral"))


def checked(file: Path, kind: str) -> Source:
    """The file, read and checked against the schema of its kind. An empty one is as good as `{}`."""
    name = shown(file)
    try:
        text = decode(read_bytes(str(file), name), name)
        read = source.parse(text if _SAYS_SOMETHING.search(text) else "{}", name)
    except LoadError as error:
        help = _STARTS[kind] if "`deal:`" in error.help else error.help
        raise ConfigError(
            error.message, file=name, line=error.line, column=error.column, help=help
        ) from error
    for trap in read.traps:
        raise _error(read, trap.route, trap.message.replace("a Word document", _NOUNS[kind]), trap.help)
    for problem in check.errors(_said(read.data, kind), _schema(kind)):
        if problem.keyword in _SENTENCES:
            raise _error(read, problem.route, *_SENTENCES[problem.keyword](problem, _NOUNS[kind]),
                         on_key=problem.keyword == "additionalProperties")  # fmt: skip
    return read


@cache
def _schema(kind: str) -> dict[str, Any]:
    text = (data.folder("schemas") / f"{kind}.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def _presets() -> Path:
    return data.folder("templates") / "presets"


def _stamp(file: Path) -> tuple[int, int]:
    """What changes when the file does."""
    try:
        state = file.stat()
    except OSError:
        return 0, 0  # reading it will tell
    return state.st_mtime_ns, state.st_size


@cache
def _layers(file: Path, stamp: tuple[int, int]) -> tuple[Layer, ...]:
    """What the file itself sets, then each entry of its `paths`. Read once, until the file changes."""
    read = checked(file, "config")
    kind = "preset" if file.parent == _presets() else "file"
    name = file.stem if kind == "preset" else shown(file)
    values = _said(read.data, "config")
    entries = values.pop("paths", [])
    made = [_layer(read, values, (), file.parent, Origin(kind, name))]
    for index, entry in enumerate(entries):
        match = ", ".join(_listed(entry["match"]))
        made.append(_layer(read, entry, ("paths", index), file.parent, Origin(kind, name, match=match)))
    return tuple(made)


def _layer(read: Source, values: dict[str, Any], route: Route, folder: Path, origin: Origin) -> Layer:
    def said(value: Any, *below: str | int) -> Said:
        return Said(value, origin._replace(line=_position(read, (*route, *below))[0]))

    globs = tuple(_glob(read, (*route, "match"), glob) for glob in _listed(values.get("match", [])))
    made: dict[str, tuple[Said, ...]] = {}
    for key, value in values.items():
        if key == "match":
            continue
        if isinstance(value, dict):
            made[key] = tuple(said((name, word), key, name) for name, word in value.items())
        elif isinstance(value, list):
            made[key] = tuple(said(item, key, index) for index, item in enumerate(value))
        else:
            made[key] = (said(value, key),)
    if values.get("match") == []:
        raise _error(read, (*route, "match"), "`match` names no file", "write a glob, such as `signed/**`")
    if made.get("select") == ():
        raise _error(
            read, (*route, "select"), "`select` names no rule", "name rules or areas, or leave it out"
        )
    line = _position(read, (*route, "match"))[0] if globs else 0
    return Layer(made, folder, origin.file if origin.kind == "file" else f"preset {origin.file}", globs, line)


def _said(values: Any, kind: str) -> Any:
    """The values without keys that say nothing: they are as good as absent."""
    if kind != "config":
        return values
    kept = {key: value for key, value in values.items() if value is not None}
    if isinstance(kept.get("paths"), list):
        kept["paths"] = [
            {key: value for key, value in entry.items() if value is not None}
            if isinstance(entry, dict)
            else entry
            for entry in kept["paths"]
        ]
    return kept


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _base(value: str, origin: Origin, folder: Path) -> Path:
    """The file that `extends` names: a preset, or a path."""
    if _NAME.fullmatch(value):
        if value in presets():
            return _presets() / f"{value}.yaml"
        raise ConfigError(f"no preset is called `{value}`{meant(value, presets())}", file=origin.file, line=origin.line,
                          help=f"use {', '.join(presets())}, or a file with its ending")  # fmt: skip
    return existing(value, origin, folder, "file")


def existing(value: str, origin: Origin, folder: Path, kind: str = "") -> Path:
    """What a value names, relative to a folder; a ConfigError where there is none (but for a `place` to write to)."""
    found = Path(os.path.normpath(folder / value))
    there = {"file": found.is_file, "folder": found.is_dir, "": found.exists}.get(kind)
    try:
        missing = there and not there()
    except OSError as error:  # a name that the system refuses
        reason = (error.strerror or str(error)).lower()
        raise ConfigError(f"`{show(value)}` cannot be looked for: {reason}", file=origin.file, line=origin.line,
                          help="check the name and the rights") from error  # fmt: skip
    if missing:
        raise ConfigError(f"there is no {kind or 'file or folder'} `{value}`", file=origin.file, line=origin.line,
                          help=f"it is looked for at {shown(found)}")  # fmt: skip
    return found


def meant(word: str, known: list[str]) -> str:
    """The end of a sentence on a word that is not known: what was probably meant."""
    found = closest(word, known)
    return f"; did you mean `{found}`?" if found else ""


def _position(read: Source, route: Route, *, on_key: bool = True) -> tuple[int, int]:
    mark = read.marks[read.nearest(route)]
    return read.position((mark.key if mark.key and (on_key or mark.scalar is None) else mark.value).start)


def _error(read: Source, route: Route, message: str, help: str, *, on_key: bool = False) -> ConfigError:
    line, column = _position(read, route, on_key=on_key)
    return ConfigError(message, file=read.name, line=line, column=column, help=help)


# What is wrong with a file, and the remedy: one sentence for each keyword.


def _unknown_key(problem: Problem, whole: str) -> tuple[str, str]:
    key, known = str(problem.params["key"]), list(problem.params["known"])
    return (
        f"`{show(key)}` is not a key of {_place(problem.route[:-1], whole)}{meant(key, known)}",
        f"use one of {', '.join(known)}",
    )


def _wrong_type(problem: Problem, whole: str) -> tuple[str, str]:
    wanted = problem.params["wanted"]
    names = [_KINDS[name] for name in ([wanted] if isinstance(wanted, str) else wanted)]
    text = f"{_place(problem.route, whole)} should be {' or '.join(names)}"
    return (
        text,
        "put a number in quotes if it is a name" if "text" in names else "write it on lines of its own below",
    )


def _unknown_word(problem: Problem, whole: str) -> tuple[str, str]:
    value, allowed = problem.params["value"], [str(word) for word in problem.params["allowed"]]
    if value is None:
        return f"{_place(problem.route, whole)} is empty", f"use one of {', '.join(allowed)}"
    if isinstance(value, dict | list):
        return f"{_place(problem.route, whole)} should be one word", f"use one of {', '.join(allowed)}"
    word = str(value).lower() if isinstance(value, bool) else show(str(value))
    if word in allowed:
        kind, marks = (
            ("text", "in") if isinstance(problem.params["allowed"][0], str) else ("a number", "without")
        )
        return f"{_place(problem.route, whole)} should be {kind}", f"write `{word}` {marks} quotation marks"
    return (
        f"`{word}` is not a value of {_place(problem.route, whole)}{meant(word, allowed)}",
        f"use one of {', '.join(allowed)}",
    )


def _missing_key(problem: Problem, whole: str) -> tuple[str, str]:
    key = problem.params["key"]
    return f"{_place(problem.route[:-1], whole)} has no `{key}`", f"add `{key}:`"


_SENTENCES = {
    "additionalProperties": _unknown_key,
    "type": _wrong_type,
    "enum": _unknown_word,
    "required": _missing_key,
}


def _place(route: Route, whole: str) -> str:
    names = ".".join(show(part) for part in route if isinstance(part, str))
    if not names:
        return whole
    return f"an entry of `{names}`" if isinstance(route[-1], int) else f"`{names}`"


# Which files an entry of `paths` is for.


def _glob(read: Source, route: Route, glob: str) -> Glob:
    if not glob.strip("/ ") or "\\" in glob:
        raise _error(read, route, f"`{show(glob)}` is not a glob", "write it with `/`, such as `signed/**`")
    try:
        return Glob(normalize("NFC", glob))
    except re.error:
        raise _error(read, route, f"`{show(glob)}` is not a glob", "write brackets as in `[a-z]`") from None
