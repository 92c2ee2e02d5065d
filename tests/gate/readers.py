"""Readers that others use: what they take from a .docx is what a recipient's tools will see."""

from __future__ import annotations

import html
import io
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator

from termsheet.document import Document, Paragraph, block_inlines, shown


def pandoc(data: bytes) -> str:
    """The text by pandoc: as HTML, because its plain text sets the cells of a table side by side."""
    command = ["pandoc", "--from", "docx", "--to", "html", "--standalone", "--wrap", "none"]
    made = subprocess.run(command, input=data, check=True, capture_output=True).stdout.decode()
    return html.unescape(re.sub(r"<[^>]*>", "", made))


def mammoth(data: bytes) -> str:
    """Plain text by mammoth."""
    import mammoth

    return mammoth.extract_raw_text(io.BytesIO(data)).value


def docx2python(data: bytes) -> str:
    """Plain text by docx2python, of the body, headers and footers."""
    from docx2python import docx2python

    with docx2python(io.BytesIO(data)) as read:
        return read.text


READERS: dict[str, Callable[[bytes], str]] = {"pandoc": pandoc, "mammoth": mammoth, "docx2python": docx2python}
has_pandoc = shutil.which("pandoc") is not None


def lost(document: Document, text: str) -> list[str]:
    """The paragraphs and cells of a Document, with their values, terms and references, that a text does not have."""
    read = _squeezed(text)
    return [passage for passage in passages(document) if _squeezed(passage) not in read]


def passages(document: Document) -> Iterator[str]:
    """What a paper says: title, headings, paragraphs, cells and signatures."""
    yield document.title
    for clause in document.clauses():
        if clause.label:  # parties and recitals have no headings
            yield clause.title
    for block in document.blocks():
        if isinstance(block, Paragraph):
            yield shown(block.inlines)
        else:
            yield from (shown(cell) for row in block.rows for cell in row.cells)
            yield from (column.title for column in block.columns)
    for signature in document.signatures:
        yield shown(signature.party)
        yield from (shown(line.inlines) for line in signature.lines)


def count(document: Document) -> int:
    """How many inlines the blocks have."""
    return sum(1 for block in document.blocks() for _ in block_inlines(block))


def _squeezed(text: str) -> str:
    """Without spaces; without hyphens, of which docx2python leaves out those that do not break; apostrophes alike."""
    return re.sub(r"[\s\u00ad\u2011-]+", "", text).replace("’", "'")
