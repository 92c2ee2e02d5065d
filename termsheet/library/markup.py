"""The Markdown of clauses as pieces: paragraphs and list items, and what their words are.

A clause uses little of Markdown: paragraphs, lists with `-`, bold words, straight quotation marks. What is written in
no other way is read here, at a tenth of what a parser of all Markdown costs; whatever may mean anything else goes to
that parser (`termsheet.library.markdown`), and the tests hold both to the same pieces.
"""

from __future__ import annotations

from typing import NamedTuple

from termsheet.pattern import pattern

Span = tuple[str, str]  # what it is (TEXT or one of the others), and its words or the target of a link
TEXT, STRONG, STRONG_END, EMPHASIS, EMPHASIS_END, LINK, SPACE, BREAK = (
    "text", "strong", "/strong", "emphasis", "/emphasis", "link", "space", "break",
)  # fmt: skip

# What is not read here: escapes, code, links, HTML, entities, any white space but blanks and new lines; besides, blanks
# before a new line, and more than two asterisks.
_UNSURE = pattern(
    r"[\\`_\[\]<&\x00\t\x0b-\r\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"
)
_BREAK = pattern(r"[^\s] +\n")
_MARKER = pattern(r"[-+~]|\*(?!\*[^\s*])|\d+[.)](?:\s|$)")  # a line that may be no words
# Around a word, before the sign that closes, and what stands around the whole, are signs that leave no doubt.
_STRONG = pattern(
    r"(?:\*\*(?=[\w\ue000])|(?<![^\s(])\*\*(?=[^\s*]))([^*]+)(?:(?<=[\w\ue001])\*\*|(?<=[^\s*])\*\*(?![^\s.,;:)]))"
)
_QUOTED = pattern(r'(?<![^\s(])(\*\*|)"(?=[\w\ue000])([^"*]+)(?<=[\w\ue001])"\1(?![^\s.,;:)])')
_NAME = pattern(r"\{#([a-z0-9-]+)\}\s*$")
_APOSTROPHE = pattern(r"(?<=[\w\ue001])'")


class Piece(NamedTuple):
    """A paragraph, or one of a list item.

    `level` counts the lists around it, `goes_on` says that its item has begun before it. `name` is what it is called,
    where its words end with `{#name}`, and is none of them.
    """

    level: int
    goes_on: bool
    name: str
    spans: list[Span]


def pieces(text: str, quotes: str) -> list[Piece]:
    """The pieces of a text. `quotes` are the quotation marks of the language: “”‘’."""
    found = plain(text, quotes)
    if found is None:
        from termsheet.library import markdown

        found = markdown.pieces(text, quotes)
    return found


def plain(text: str, quotes: str) -> list[Piece] | None:
    """The pieces of a text that is written as most clauses are, or None where it may be anything else."""
    if _UNSURE.search(text) or "***" in text or (" \n" in text and _BREAK.search(text)):
        return None
    made: list[Piece] = []
    level, goes_on = 0, False
    lines: list[str] = []
    for line in (*text.split("\n"), ""):
        words = line.lstrip(" ")
        indent = len(line) - len(words)
        item = words.startswith("- ")
        if lines and (item or not words):
            content, name = parted("\n".join(lines))
            spans = _spans(content, quotes)
            if spans is None:
                return None
            made.append(Piece(level, goes_on, name, spans))
            lines, goes_on = [], level > 0
        if item:
            if indent % 2 or indent > 2 * level:
                return None
            level, goes_on, words = indent // 2 + 1, False, words[2:]
        elif words and not lines and indent < 2 * level:
            level = indent // 2
            goes_on = level > 0
        if words:
            if words[0] == " " or _MARKER.match(words):
                return None
            lines.append(words)
        elif item:
            return None
    return made


def parted(content: str) -> tuple[str, str]:
    """The words of a piece, and the name that they end with, or nothing."""
    name = _NAME.search(content)
    return (content[: name.start()].rstrip(" "), name[1]) if name else (content.rstrip(" "), "")


def _spans(content: str, quotes: str) -> list[Span] | None:
    """The words of a piece, or None."""
    if '"' in content or "'" in content:
        content = _APOSTROPHE.sub("’", _QUOTED.sub(rf"\1{quotes[0]}\2{quotes[1]}\1", content))
        if '"' in content or "'" in content:
            return None
    if "*" not in content:
        return _lines(content)
    if "{#" in content:  # it may be a name within bold words
        return None
    spans: list[Span] = []
    for order, words in enumerate(_STRONG.split(content)):
        if order % 2:
            spans += [(STRONG, ""), *_lines(words), (STRONG_END, "")]
        elif "*" in words:
            return None
        else:
            spans += _lines(words)
    return spans


def _lines(words: str) -> list[Span]:
    if "\n" not in words:
        return [(TEXT, words)] if words else []
    spans: list[Span] = []
    for order, line in enumerate(words.split("\n")):
        spans += [(SPACE, "")] * (order > 0) + [(TEXT, line)] * (line != "")
    return spans
