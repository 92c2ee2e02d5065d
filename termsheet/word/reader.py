"""A Word file read back as text, by the words that a reader would see and not by how they were written."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import NoReturn
from xml.parsers import expat

from termsheet.errors import TermsheetError

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_FALLBACK = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"
_SPELT = {
    f"{_W} tab": "\t",
    f"{_W} br": "\n",
    f"{_W} cr": "\n",
    f"{_W} noBreakHyphen": "\u2011",
    f"{_W} softHyphen": "\u00ad",
}
_LARGEST = 64 * 1024 * 1024


def text_of(data: bytes) -> str:
    """All text of a .docx file: the body, then headers and footers, a line for each paragraph.

    Fields give the result that they show; automatic numbers are not text. Raises TermsheetError for what is
    not a Word file, is far too large, or declares a document type, as only an attack does.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [name for name in archive.namelist() if _holds_text(name)]
            if "word/document.xml" not in names:
                raise TermsheetError("this is not a Word file: it has no word/document.xml")
            names.sort(key=lambda name: (name != "word/document.xml", name))
            return "".join(_text(_content(archive, name), name) for name in names)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError,
            LookupError) as error:  # fmt: skip
        raise TermsheetError(f"this is not a Word file: {error}") from error


def _holds_text(name: str) -> bool:
    return name == "word/document.xml" or (
        name.startswith(("word/header", "word/footer")) and name.endswith(".xml")
    )


def _content(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        content = part.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise TermsheetError(f"{name} of this Word file is larger than {_LARGEST} bytes")
    return content


def _text(content: bytes, name: str) -> str:
    """Text within w:t, and what Word spells as elements of its own."""
    found: list[str] = []
    inside: list[str] = []
    hidden = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal hidden
        hidden += tag == _FALLBACK
        inside.append(tag)
        # In properties, w:tab is a tab stop and not a tab.
        if tag in _SPELT and not hidden and inside[-2:-1] == [f"{_W} r"]:
            found.append(_SPELT[tag])

    def end(tag: str) -> None:
        nonlocal hidden
        inside.pop()
        if tag == f"{_W} p" and not hidden:
            found.append("\n")
        hidden -= tag == _FALLBACK

    def words(text: str) -> None:
        if inside[-1] == f"{_W} t" and not hidden:
            found.append(text)

    def refuse(*declaration: object) -> NoReturn:
        raise TermsheetError(f"{name} of this Word file declares a document type, which Word never does")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = words
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise TermsheetError(f"{name} of this Word file is not well-formed: {error}") from error
    return "".join(found)
