"""Read a deal: text, then events, then data with the place of every key and value."""

from __future__ import annotations

import re
from collections.abc import Callable

from termsheet.errors import LoadError
from termsheet.pattern import pattern
from termsheet.source.builder import Builder
from termsheet.source.comments import comments
from termsheet.source.model import DEAL, Shape, Source
from termsheet.source.parsers import Events, SyntaxFault, libyaml, pure
from termsheet.source.reading import decode, read_bytes, refuse_characters, refuse_size
from termsheet.source.syntax import explain
from termsheet.source.words import position

# Line breaks and marks of YAML 1.1 that libyaml 0.1 still honours.
_NOT_FOR_LIBYAML = pattern("[\x85\u2028\u2029\ufeff]")

_CONFLICT = pattern(r"^(<{7}|>{7})(?= |\r?$)", re.MULTILINE)  # no YAML that can be read has one


def read(path: str, stdin_name: str = "<stdin>", shape: Shape = DEAL) -> Source:
    """Read a deal; `-` is standard input. Raises LoadError, one sentence, for whatever is not a deal file."""
    name = stdin_name if path == "-" else path
    return parse(decode(read_bytes(path, name), name), name, shape)


def parse(text: str, name: str, shape: Shape = DEAL) -> Source:
    """Parse the text of a deal. Raises LoadError where it is not one map of plain YAML data.

    `shape` is for other files that are written in the same way.
    """
    text = text.removeprefix("\ufeff")
    refuse_size(len(text), name)
    refuse_characters(text, name)
    try:
        return _parsed(text, name, shape)
    except LoadError as error:
        mark = _CONFLICT.search(text)
        if mark is None:
            raise
        line, column = position(text, mark.start())
        raise LoadError(
            f"a merge left its mark here (`{mark[1]}`)",
            file=name,
            line=line,
            column=column,
            help="keep what holds of the two sides, and take out the lines with `<<<<<<<`, `=======` and `>>>>>>>`",
        ) from error


def _parsed(text: str, name: str, shape: Shape) -> Source:
    builder = None if _NOT_FOR_LIBYAML.search(text) else _build(text, name, libyaml, shape)
    builder = builder or _build(text, name, pure, shape)
    assert builder is not None  # the pure parser reports what it cannot parse
    found = comments(text, builder.marks)
    return Source(name, text, builder.data, builder.marks, tuple(builder.traps), found)


def _build(text: str, name: str, parser: Callable[[str], Events], shape: Shape) -> Builder | None:
    builder = Builder(text, name, parser(text), shape)
    try:
        builder.document()
    except SyntaxFault as error:
        if parser is libyaml:
            return None
        offset, message, help = explain(error.__cause__, text)
        builder.fail(offset, message, help)
    return builder
