"""A Document as JSON and back: every word, number and id of a paper as data, so that it can be kept and compared.

    text = frozen.dumps(document)
    frozen.loads(text) == document

A field is left out only where it is empty and may be, so that a later default changes no old paper. An inline or a
block says what it `is`. What is read is held to the types of `termsheet.document`: an unknown key or a value of another
type is one sentence.
"""

from __future__ import annotations

import json
import types
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from termsheet.document import Document
from termsheet.errors import TermsheetError
from termsheet.immutable import fields, is_immutable

_IS = "is"
_MISSING = object()
_WIDTH = 160  # what is no longer stands on one line


def dumps(document: Document) -> str:
    """A Document as JSON. What is short stands on one line, so that two papers can be read side by side."""
    return _lines(_plain(document, Document), "") + "\n"


def loads(text: str, name: str = "document.json") -> Document:
    """The Document that a text holds. Raises TermsheetError."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _wrong(name, "is not JSON") from error
    made = _made(data, Document, name, "document")
    assert isinstance(made, Document)
    return made


def _lines(data: Any, indent: str) -> str:
    """JSON, broken into lines only where it is long."""
    line = json.dumps(data, ensure_ascii=False)
    if len(line) <= _WIDTH or not isinstance(data, dict | list):
        return line
    below = f"{indent} "
    if isinstance(data, dict):
        inner = [
            f"{json.dumps(key, ensure_ascii=False)}: {_lines(value, below)}" for key, value in data.items()
        ]
    else:
        inner = [_lines(value, below) for value in data]
    start, end = "{}" if isinstance(data, dict) else "[]"
    return f"{start}\n{below}" + f",\n{below}".join(inner) + f"\n{indent}{end}"


@cache
def _hints(kind: Any) -> dict[str, tuple[Any, Any]]:
    """The fields of a class of the Document, each with its default and its type."""
    hints = get_type_hints(kind)
    return {name: (getattr(kind, name, _MISSING), hints[name]) for name in fields(kind)}


def _choices(kind: Any) -> tuple[Any, ...]:
    """The types of a union, and that of anything else alone."""
    return get_args(kind) if get_origin(kind) in (Union, types.UnionType) else (kind,)


def _tagged(kind: Any) -> bool:
    """Whether a value has to say which of several classes it is of."""
    return sum(map(is_immutable, _choices(kind))) > 1


def _plain(value: Any, kind: Any) -> Any:
    own: Any = type(value)
    if is_immutable(own):
        made = {_IS: own.__name__.lower()} if _tagged(kind) else {}
        for name, (default, hint) in _hints(own).items():
            inner = getattr(value, name)
            if inner or inner != default:
                made[name] = _plain(inner, hint)
        return made
    if isinstance(value, tuple):
        return [_plain(item, get_args(kind)[0]) for item in value]
    return value


def _made(data: Any, kind: Any, name: str, where: str) -> Any:
    choices = _choices(kind)
    if data is None and type(None) in choices:
        return None
    if get_origin(kind) is tuple:
        if not isinstance(data, list):
            raise _wrong(name, f"`{where}` is no list")
        inner = get_args(kind)[0]
        return tuple(_made(item, inner, name, f"{where}[{order}]") for order, item in enumerate(data))
    classes = {
        choice.__name__.lower(): choice
        for choice in choices
        if is_immutable(choice)
    }
    if not classes:
        if not any(type(data) is choice for choice in choices):
            raise _wrong(name, f"`{where}` is of another type")
        return data
    if not isinstance(data, dict):
        raise _wrong(name, f"`{where}` has no keys")
    rest = dict(data)
    made = classes.get(rest.pop(_IS, "")) if len(classes) > 1 else next(iter(classes.values()))
    if made is None:
        raise _wrong(name, f"`{where}` does not say which of {', '.join(classes)} it is")
    return _object(rest, made, name, where)


def _object(data: dict[str, Any], kind: Any, name: str, where: str) -> Any:
    known = _hints(kind)
    unknown = next((key for key in data if key not in known), None)
    if unknown is not None:
        raise _wrong(name, f"`{where}` has an unknown key `{unknown}`")
    given = {}
    for key, (default, hint) in known.items():
        if key in data:
            given[key] = _made(data[key], hint, name, f"{where}.{key}")
        elif default is _MISSING:
            raise _wrong(name, f"`{where}` lacks `{key}`")
    return kind(**given)


def _wrong(name: str, what: str) -> TermsheetError:
    return TermsheetError(f"is no paper as it was frozen: {what}", file=name,
                          help="take the file back out of your version control")  # fmt: skip
