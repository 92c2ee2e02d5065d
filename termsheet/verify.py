"""Check a written file against the Document: everything that it shows is in the text, and nothing else was left in."""

from __future__ import annotations

import re

from termsheet.document import Document, Open, Ref, Value, block_inlines, shown
from termsheet.errors import WriteError

_LEFT_OVER = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|[\ue000\ue001]")
_PLACEHOLDER = re.compile(r"\[●[^\]]*\]")


def verify(document: Document, text: str) -> None:
    """Raise a WriteError where the text of a file has lost a word of the document, or holds a tag or placeholder.

    `text` is what an independent reader takes from the file.
    """
    read = _squeezed(text)
    for block in document.blocks():
        for inline in block_inlines(block):
            words = inline.shown if isinstance(inline, Value | Open | Ref) else shown((inline,))
            if _squeezed(words) not in read:
                raise WriteError(
                    f"the written file has lost “{words[:60]}” of {block.id}",
                    help="please report this as a defect of termsheet",
                )
    theirs = {_squeezed(inline.shown) for inline in document.inlines() if isinstance(inline, Value)}
    for found in _LEFT_OVER.finditer(read):
        if not any(found[0] in words for words in theirs):
            raise WriteError(
                f"the written file still holds the tag `{found[0]}`",
                help="please report this as a defect of the clause library",
            )
    listed = {_squeezed(inline.shown) for inline in document.inlines() if isinstance(inline, Open)}
    for found in _PLACEHOLDER.finditer(read):
        if found[0] not in listed and not any(found[0] in words for words in theirs):
            raise WriteError(f"the written file holds a placeholder that the draft does not list: {found[0]}",
                             help="please report this as a defect of the clause library")  # fmt: skip


def _squeezed(text: str) -> str:
    """Without white space: writers wrap lines, join words with hard spaces and hyphens, and break cells."""
    return re.sub(r"[\s\u00a0]+", "", text).replace("\u2011", "-")
