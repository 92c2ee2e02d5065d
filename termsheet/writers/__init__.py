"""Writers: each makes a file from the Document, and reads nothing else. The suffix of the output chooses.

.docx        termsheet.word
.html        termsheet.writers.html
.md          termsheet.writers.markdown
.txt         termsheet.writers.text
"""

from __future__ import annotations

from termsheet.document import Document
from termsheet.errors import WriteError

SUFFIXES = (".docx", ".html", ".md", ".txt")


def known(suffix: str) -> None:
    """Raise a WriteError where no writer makes files of this suffix."""
    if suffix not in SUFFIXES:
        raise WriteError(f"there is no writer for `{suffix or 'a name without an ending'}`",
                         help=f"end the output in {', '.join(SUFFIXES)}")  # fmt: skip


def write(document: Document, suffix: str) -> bytes:
    """The bytes of the document in the format of a suffix."""
    if suffix == ".docx":
        if document.form != "term-sheet":
            raise WriteError(f"there is no Word writer for the form `{document.form}` yet",
                             help="end the output in .md or .txt")  # fmt: skip
        from termsheet.word.writer import write as write_word

        return write_word(document)
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
    if suffix == ".docx":
        from termsheet.word.reader import text_of

        return text_of(data)
    if suffix == ".html":
        from termsheet.writers import html_reader

        return html_reader.text_of(data.decode())
    if suffix == ".md":
        from termsheet.writers.markdown import plain

        return plain(data.decode())
    return data.decode()
