"""Writers: each makes a file from the Document, and reads nothing else. The suffix of the output chooses.

.docx        termsheet.word
.pdf         the same, by LibreOffice
.html        termsheet.writers.html
.md          termsheet.writers.markdown
.txt         termsheet.writers.text
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from termsheet.document import Document
from termsheet.errors import WriteError

if TYPE_CHECKING:
    from termsheet.word.options import Options

SUFFIXES = (".docx", ".pdf", ".html", ".md", ".txt")


def known(suffix: str) -> None:
    """Raise a WriteError where no writer makes files of this suffix."""
    if suffix not in SUFFIXES:
        raise WriteError(f"there is no writer for `{suffix or 'a name without an ending'}`",
                         help=f"end the output in {', '.join(SUFFIXES)}")  # fmt: skip


def write(document: Document, suffix: str, options: Options | None = None) -> bytes:
    """The bytes of the document in the format of a suffix. The `options` are those of Word.

    Of a PDF, they are those of the Word file that `termsheet.word.office` makes it of.
    """
    if suffix in (".docx", ".pdf"):
        from termsheet.word.options import Options
        from termsheet.word.writer import write as write_word

        return write_word(document, options or Options())
    if suffix == ".html":
        from termsheet.writers import html

        return html.write(document).encode()
    if suffix == ".md":
        from termsheet.writers import markdown

        return markdown.write(document).encode()
    if suffix == ".txt":
        from termsheet.writers import text

        return text.write(document).encode()
    known(suffix)
    raise AssertionError(suffix)


def read_text(data: bytes, suffix: str) -> str:
    """The text of a written file, as an independent reader sees it."""
    if suffix in (".docx", ".pdf"):
        from termsheet.word.reader import text_of

        return text_of(data)
    if suffix == ".html":
        from termsheet.writers import html_reader

        return html_reader.text_of(data.decode())
    if suffix == ".md":
        from termsheet.writers.markdown import plain

        return plain(data.decode())
    return data.decode()
