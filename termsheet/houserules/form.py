"""The form of a file of house rules: YAML, as the schema has it; every mistake is a sentence with its place."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from termsheet import data, source
from termsheet.errors import LibraryError, LoadError
from termsheet.pattern import pattern
from termsheet.rules.rule import brief
from termsheet.schema import check, messages
from termsheet.schema.check import Problem
from termsheet.schema.messages import closest
from termsheet.source import Route, Shape, Source

Json = dict[str, Any]

SHAPE = Shape("start with `rule:` and its name, or with `- rule:` for the first of several", lists=True)
_LOOSE = pattern(r"\s*(?:- )?([a-z_]+):\s+(\{\{|[\"'`{\[])")
_BLOCKS = ("wrong_if", "message", "stub", "bad", "good", "why", "waive")
_OTHERWISE = {"when": "wrong_if", "if": "wrong_if", "condition": "wrong_if", "slug": "rule", "name": "rule",
              "id": "rule", "needed": "needs", "stage": "since", "remedy": "help", "text": "message"}  # fmt: skip


def read(name: str) -> Source:
    """A file of house rules, as data with places."""
    try:
        found = source.read(name, shape=SHAPE)
    except LoadError as error:
        raise _explained(error, name) from None
    for trap in found.traps:
        fail(found, trap.route, trap.message, trap.help)
    return found


def _explained(error: LoadError, name: str) -> LoadError:
    """YAML reads a brace or a quote at the start of a text as its own: then the remedy is a block."""
    try:
        text = Path(name).read_text(encoding="utf-8").splitlines()[error.line - 1] if error.line else ""
    except (OSError, ValueError, IndexError):
        return error
    loose = _LOOSE.match(text)
    if not loose or loose[1] not in _BLOCKS:
        return error
    help = f"write `{loose[1]}: |`, and the text on the next line, further in"
    return LoadError(f"YAML takes the `{loose[2]}` for its own", file=error.file, line=error.line,
                     column=loose.start(2) + 1, help=help)  # fmt: skip


def pages(found: Source) -> list[tuple[Route, Json]]:
    """The rules of a file as it gives them, each well formed, and where each stands."""
    given = found.data if isinstance(found.data, list) else [found.data]
    if not given:
        fail(found, (), "the file holds no rule", SHAPE.start)
    made: list[tuple[Route, Json]] = []
    for index, page in enumerate(given):
        route: Route = (index,) if isinstance(found.data, list) else ()
        if not isinstance(page, dict):
            fail(found, route, "a rule is a section with keys of its own", SHAPE.start)
        _refuse(found, route, page)
        made.append((route, page))
    return made


def _refuse(found: Source, route: Route, page: Json) -> None:
    """Raise a sentence for the first thing that is not as the schema wants it."""
    for problem in check.errors(page, schema()):
        if problem.keyword == "x-word":
            continue  # `open` and its like mean nothing here
        on_key = problem.keyword == "additionalProperties"
        fail(found, (*route, *problem.route), *_words(problem), on_key=on_key)


def _words(problem: Problem) -> tuple[str, str]:
    """Sentence and remedy for what the schema refuses, in one line."""
    params, path = problem.params, [part for part in problem.route if isinstance(part, str)]
    if problem.keyword == "required":
        about = schema()["properties"][params["key"]]["description"].rstrip(".")
        return f"the rule has no `{params['key']}`", f"add `{params['key']}:`, {about[:1].lower()}{about[1:]}"
    if problem.keyword == "additionalProperties":
        return _unknown_key(
            params["key"], params["known"], "a type of deal" if len(path) > 1 else "a key of a house rule"
        )
    words = messages.message(problem)
    if params.get("value", "") is None:
        return f"`{'.'.join(path)}` is empty", "write it, or leave the key out"
    if problem.keyword == "enum":
        return words.text.replace("a value of an entry of `types`", "a type of deal"), words.help
    if path[0] in _BLOCKS:
        return words.text, f"write `{path[0]}: |`, and the text on the next line, further in"
    return (
        words.text,
        "write each on a line of its own, after `- `" if "a list" in words.text else "write it as a text",
    )


def _unknown_key(key: str, known: list[str], what: str) -> tuple[str, str]:
    meant = _OTHERWISE.get(key) if "rule" in known else ""
    meant = meant or closest(key, known)
    if meant:
        return f"`{brief(key)}` is not {what}; did you mean `{meant}`?", f"write `{meant}:`"
    return f"`{brief(key)}` is not {what}", f"use one of {', '.join(known)}"


@cache
def schema() -> Json:
    """The schema of a house rule."""
    text = (data.folder("schemas") / "rule.schema.json").read_text(encoding="utf-8")
    found: Json = json.loads(text)
    return found


def fail(
    found: Source, route: Route, message: str, help: str, line: int = 0, on_key: bool = False
) -> NoReturn:
    """Raise a sentence at a place; `line` counts within a text that stands as a block."""
    mark = found.marks[found.nearest(route)]
    in_value = route in found.marks and mark.scalar is not None and not on_key
    start = (mark.value if in_value or mark.key is None else mark.key).start
    at, column = found.position(start)
    if line and found.text[start : start + 1] == "|":
        at, column = at + line, 0
    raise LibraryError(message, file=found.name, line=at, column=column, help=help)
