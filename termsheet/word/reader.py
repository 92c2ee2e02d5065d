"""A Word file read back as text, by the words that a reader would see and not by how they were written."""

from __future__ import annotations

import pyexpat as expat  # what `xml.parsers.expat` is, without its packages
from typing import NoReturn

from termsheet.errors import TermsheetError
from termsheet.pattern import pattern
from termsheet.word.zipped import unzipped

_BODY = "word/document.xml"
_BYTES = "latin-1"  # a byte is read as a letter: only the words that are found are decoded
# A text, the end of a paragraph, and what Word spells as elements of their own; a tab with attributes is a tab stop.
_SEEN = pattern(
    r"<(?:w:t(?:\s[^>]*)?(?<!/)>([^<]*)|"
    r"(/w:p(?=\s*>)|w:p(?=\s[^>]*/>|/>)|w:tab(?=\s*/?>)|w:(?:br|cr|noBreakHyphen|softHyphen)\b))"
)
_SPELT = {
    "": "",
    "/w:p": "\n",
    "w:p": "\n",
    "w:tab": "\t",
    "w:br": "\n",
    "w:cr": "\n",
    "w:noBreakHyphen": "\u2011".encode().decode(_BYTES),
    "w:softHyphen": "\u00ad".encode().decode(_BYTES),
}
_FALLBACK = pattern(r"<(/?)mc:Fallback(?:\s[^>]*)?(?<!/)>")
_LARGEST = 64 * 1024 * 1024


def text_of(data: bytes) -> str:
    """All text of a .docx file: the body, then headers and footers, a line for each paragraph.

    Fields give the result that they show; automatic numbers are not text. Raises TermsheetError for what is
    not a Word file, is far too large, or declares a document type, as only an attack does.
    """
    try:
        parts = dict(unzipped(data, _holds_text, _LARGEST))
        if _BODY not in parts:
            raise TermsheetError(f"this is not a Word file: it has no {_BODY}")
        names = sorted(parts, key=lambda name: (name != _BODY, name))
        return "".join([_text(parts[name], name) for name in names])
    except ValueError as error:
        raise TermsheetError(f"this is not a Word file: {error}") from error


def _holds_text(name: str) -> bool:
    return name == _BODY or (name.startswith(("word/header", "word/footer")) and name.endswith(".xml"))


def _text(content: bytes, name: str) -> str:
    """Text within w:t, and what Word spells as elements of its own."""
    _judge(content, name)
    text = content.decode(_BYTES)
    if "<mc:Fallback" in text:
        text = _first_choice(text)
    found = "".join([words or _SPELT[sign] for words, sign in _SEEN.findall(text)]).encode(_BYTES).decode()
    if "&" not in found:
        return found
    from html import unescape

    return unescape(found)


def _judge(content: bytes, name: str) -> None:
    """Refuse what is not well-formed, or declares a document type."""

    def refuse(*declaration: object) -> NoReturn:
        raise TermsheetError(f"{name} of this Word file declares a document type, which Word never does")

    parser = expat.ParserCreate("utf-8", namespace_separator=" ")
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise TermsheetError(f"{name} of this Word file is not well-formed: {error}") from error


def _first_choice(text: str) -> str:
    """Without what stands there for programs that do not know the first choice."""
    kept, place, depth = [], 0, 0
    for tag in _FALLBACK.finditer(text):
        if not depth:
            kept.append(text[place : tag.start()])
        depth += -1 if tag[1] else 1
        place = tag.end()
    return "".join((*kept, text[place:]))
