"""Text as itself in Markdown and in XML, on one line where a table wants it."""

from __future__ import annotations

import re

from termsheet.pattern import pattern

_CODE = pattern(r"(`[^`|]+`)")
_MARKUP = pattern(r"[\\`*_\[\]~]")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;"}
_MENTION = pattern(r"(?<![\w.])@(?=\w)")
_NOT_XML = pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def markdown(text: str) -> str:
    """A text on one line, with nothing in it that Markdown, HTML or a table could take for markup.

    Words in backticks stay code; nobody is notified because a deal holds an `@`.
    """
    parts = _CODE.split(_line(text))
    return "".join(part if index % 2 else _plain(part) for index, part in enumerate(parts))


def code(text: str) -> str:
    """A text as code, on one line and safe in a table."""
    text = _line(text)
    return f"`{text}`" if _CODE.fullmatch(f"`{text}`") else _plain(text)


def xml(text: str) -> str:
    """A text without the characters that XML does not allow; `\ufffd` stands for each."""
    return _NOT_XML.sub("\ufffd", text)


def _line(text: str) -> str:
    return " ".join(xml(text).split())


def _plain(text: str) -> str:
    text = _MENTION.sub("@\u200b", _MARKUP.sub(r"\\\g<0>", text))
    return re.sub(r"[&<>|]", lambda match: _ENTITIES[match[0]], text)
