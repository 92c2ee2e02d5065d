"""What a plain scalar means in the YAML 1.2 core schema."""

from __future__ import annotations

from typing import Any

from termsheet.pattern import pattern
from termsheet.source.words import show

_WORDS: dict[str, Any] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), float("inf")),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}
_INTEGER = pattern(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = pattern(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NUMBER_START = frozenset("0123456789+-.")
_LONGEST_NUMBER = 1000  # Python refuses to print whole numbers of more than 4300 digits


def resolve(text: str) -> Any:
    """The value of a plain scalar in the YAML 1.2 core schema."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _NUMBER_START or len(text) > _LONGEST_NUMBER:
        return text
    if _INTEGER.fullmatch(text):
        base = {"0o": 8, "0x": 16}.get(text[:2], 10)
        return int(text, base)
    return float(text) if _FLOAT.fullmatch(text) else text


CORE = "tag:yaml.org,2002:"
_TYPES: dict[str, tuple[type, ...]] = {
    CORE + "int": (int,),
    CORE + "float": (float, int),
    CORE + "bool": (bool,),
    CORE + "null": (type(None),),
}


def tagged(text: str, tag: str) -> Any:
    """The value of a scalar with a tag. Raises ValueError where the tag is not one for it."""
    if tag in ("!", CORE + "str"):
        return text
    if tag not in _TYPES:
        raise ValueError("is not supported")
    value = resolve(text)
    if type(value) not in _TYPES[tag]:
        raise ValueError(f"does not fit `{show(text)}`")
    return float(value) if tag == CORE + "float" else value
