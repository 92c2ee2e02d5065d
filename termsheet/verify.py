"""Check a written file against the Document: everything that it shows is in the text, and nothing else was left in."""

from __future__ import annotations

from collections.abc import Iterator

from termsheet.document import Block, Document, Open, Table, Value, block_inlines, shown
from termsheet.errors import WriteError
from termsheet.pattern import pattern

_TAGS = ("{{", "}}", "{%", "%}", "{#", "\ue000", "\ue001")
_PLACEHOLDER = pattern(r"\[●[^\]]*\]")


def verify(document: Document, text: str, *, interleaved: bool = False) -> None:
    """Raise a WriteError where the text of a file has lost a word of the document, or holds a tag or placeholder.

    `text` is what an independent reader takes from the file; where it is `interleaved`, the cells of a table stand side
    by side in it, so that their words are looked for one by one.
    """
    read, place = _squeezed(text), 0
    for block in document.blocks():
        words = _squeezed(shown(tuple(block_inlines(block))))
        found = read.find(words, place)  # blocks mostly follow each other as in the document
        if found >= 0:
            place = found + len(words)
        else:
            _look_for(block, read, interleaved)
    tags, placeholders = [tag for tag in _TAGS if tag in read], _PLACEHOLDER.findall(read)
    if not tags and not placeholders:
        return
    listed = {_squeezed(inline.shown) for inline in document.inlines() if isinstance(inline, Open)}
    theirs = {_squeezed(inline.shown) for inline in document.inlines() if isinstance(inline, Value)}
    theirs |= {*listed, *map(_squeezed, _captions(document))}
    for tag in tags:
        if not any(tag in words for words in theirs):
            raise WriteError(
                f"the written file still holds the tag `{tag}`",
                help="please report this as a defect of the clause library",
            )
    for placeholder in placeholders:
        if not any(placeholder in words for words in theirs) and not (interleaved and listed):
            raise WriteError(
                f"the written file holds a placeholder that the draft does not list: {placeholder}",
                help="please report this as a defect of the clause library",
            )


def _look_for(block: Block, read: str, interleaved: bool) -> None:
    """Raise a WriteError where words of a block are nowhere in what was read."""
    for inline in block_inlines(block):
        words = shown((inline,))
        pieces = words.split() if interleaved and isinstance(block, Table) else [words]
        if any(_squeezed(piece) not in read for piece in pieces):
            raise WriteError(
                f"the written file has lost “{words[:60]}” of {block.id}",
                help="please report this as a defect of termsheet",
            )


def _captions(document: Document) -> Iterator[str]:
    """What the deal may have said outside the paragraphs: titles, headings, header and footer."""
    yield from (document.title, document.subtitle, *document.furniture.first_left)
    yield from (document.furniture.left, document.furniture.right, document.furniture.footer)
    yield from (clause.title for clause in document.clauses())
    yield from (shown(signature.party) for signature in document.signatures)


def _squeezed(text: str) -> str:
    """Without white space, and as it was typed: writers wrap lines, break cells, and set hyphens and apostrophes."""
    return "".join(text.split()).replace("\u2011", "-").replace("’", "'")
