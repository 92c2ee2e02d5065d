"""All of Markdown, by a parser of it. What clauses of termsheet use of it is read without (`markup`)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from termsheet.library.markup import (
    BREAK,
    EMPHASIS,
    EMPHASIS_END,
    LINK,
    SPACE,
    STRONG,
    STRONG_END,
    TEXT,
    Piece,
    Span,
    parted,
)

_SPANS = {"strong_open": STRONG, "strong_close": STRONG_END, "em_open": EMPHASIS, "em_close": EMPHASIS_END,
          "softbreak": SPACE, "hardbreak": BREAK}  # fmt: skip


@cache
def _markdown(quotes: str) -> MarkdownIt:
    return (
        MarkdownIt("commonmark", {"typographer": True, "html": False, "quotes": quotes})
        .enable("smartquotes")
        .disable(["heading", "lheading", "code", "html_block", "blockquote"])
    )


def pieces(text: str, quotes: str) -> list[Piece]:
    """The pieces of a text."""
    made: list[Piece] = []
    level, item = 0, False
    for token in _markdown(quotes).parse(text):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            level += 1
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            level -= 1
        elif token.type == "list_item_open":
            item = True
        elif token.type == "inline":
            spans = [span for part in token.children or [] if (span := _span(part)) is not None]
            name = parted(token.content)[1]
            made.append(Piece(level, level > 0 and not item, name, [*_unnamed(spans)]))
            item = False
    return made


def _unnamed(spans: list[Span]) -> Iterator[Span]:
    """The spans, without a name at the end of the last words."""
    last = max((place for place, (kind, _) in enumerate(spans) if kind == TEXT), default=-1)
    for place, (kind, words) in enumerate(spans):
        kept = parted(words)[0] if place == last and parted(words)[1] else words
        if kept or kind != TEXT:
            yield kind, kept


def _span(part: Token) -> Span | None:
    if part.type in _SPANS:
        return _SPANS[part.type], ""
    if part.type == "link_open":
        return LINK, str(part.attrGet("href") or "")
    return (TEXT, part.content) if part.content else None
