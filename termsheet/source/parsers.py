"""The two parsers: libyaml where it is installed, and ruamel's own, which alone reports errors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


class SyntaxFault(Exception):
    """The parser gave up; its error is the cause."""


Events = Iterator[Any]


def libyaml(text: str) -> Events:
    try:
        from ruamel.yaml.cyaml import CParser  # type: ignore[attr-defined]
    except ImportError:
        raise SyntaxFault from None
    try:
        parser = CParser(text)
        while (event := parser.get_event()) is not None:
            yield event
    except Exception as error:
        raise SyntaxFault from error


def pure(text: str) -> Events:
    from ruamel.yaml import YAML

    try:
        yield from YAML(typ="safe", pure=True).parse(text)
    except Exception as error:  # ruamel fails in its own ways on some broken input
        raise SyntaxFault from error
