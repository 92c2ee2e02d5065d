"""Edit a deal as its author does with an editor: type behind a key, add lines, take lines out.

A path counts the entries of lists from 1: `parties.2.name`.
"""

from __future__ import annotations

from typing import Any

from termsheet import source
from termsheet.source import Mark, Route


def edited(text: str, step: dict[str, Any]) -> str:
    """The deal after the edits of a step: `cut: [path]`, `write: {path: value}`, `add: {path: lines}`."""
    for path in step.get("cut", []):
        text = cut(text, path)
    for path, value in step.get("write", {}).items():
        text = write(text, path, value)
    for path, lines in step.get("add", {}).items():
        text = add(text, path, lines)
    return text


def write(text: str, path: str, value: str | list[str]) -> str:
    """The deal with a value typed behind a key, in place of what stands there; a list below it, a dash a line."""
    marks = source.parse(text, "deal.yaml").marks
    mark = marks[_route(path)]
    if isinstance(value, str):
        assert mark.scalar is not None, f"{path} is not one value"
        return text[: mark.value.start].rstrip(" ") + f" {value}" + text[mark.value.end :]
    dash = marks.get((*_route(path), 0), mark)
    assert dash.scalar == "", f"{path} is not blank"
    margin = f"\n{' ' * (_column(text, mark.key.start) + 2)}- "  # type: ignore[union-attr]
    first = " " if dash is not mark else margin
    return text[: dash.value.start] + first + margin.join(value) + text[dash.value.end :]


def cut(text: str, path: str) -> str:
    """The deal without the lines of what stands at a path, and without the comment above them."""
    start = text.rindex("\n", 0, min((mark.key or mark.value).start for mark in _within(text, path).values()))
    while text[text.rindex("\n", 0, start) : start].strip().startswith("#"):
        start = text.rindex("\n", 0, start)
    return text[:start] + text[_end(text, path) :]


def add(text: str, path: str, lines: str) -> str:
    """The deal with lines added below what stands at a path, as deep as that; at the end where the path is empty."""
    if not path:
        return f"{text}\n{lines}"
    child = next(mark for route, mark in _within(text, path).items() if len(route) == len(_route(path)) + 1)
    depth = _column(text, child.key.start) if child.key else _column(text, child.value.start) - 2
    added = "".join(f"\n{' ' * depth}{line}" for line in lines.splitlines())
    return text[: _end(text, path)] + added + text[_end(text, path) :]


def _route(path: str) -> Route:
    return tuple(int(key) - 1 if key.isdigit() else key for key in path.split("."))


def _within(text: str, path: str) -> dict[Route, Mark]:
    route = _route(path)
    marks = source.parse(text, "deal.yaml").marks
    return {other: mark for other, mark in marks.items() if other[: len(route)] == route}


def _end(text: str, path: str) -> int:
    return text.find("\n", max(mark.value.end for mark in _within(text, path).values()))


def _column(text: str, offset: int) -> int:
    return offset - text.rindex("\n", 0, offset) - 1
