"""The .docx file round the parts: its properties, and a zip that is the same wherever it is made."""

from __future__ import annotations

from collections.abc import Mapping

from termsheet.document import Document
from termsheet.word.markup import HEAD, escape
from termsheet.word.zipped import zipped

_FIRST = "[Content_Types].xml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"


def pack(parts: Mapping[str, str | bytes]) -> bytes:
    """The parts as a zip: sorted, without times, owners or anything else of the machine."""
    names = sorted(parts, key=lambda name: (name != _FIRST, name))
    contents = ((name, parts[name]) for name in names)
    return zipped({name: content.encode() if isinstance(content, str) else content for name, content in contents})


def properties(document: Document, author: str = "") -> str:
    """The part docProps/core.xml. It names no time, and no author unless one is given."""
    title = " – ".join(filter(None, (document.title, document.subtitle)))
    entries = (
        ("dc:title", title),
        ("dc:subject", document.subject),
        ("dc:creator", author),
        ("cp:keywords", "; ".join(document.keywords)),
        ("dc:language", document.language.replace("_", "-")),
    )
    found = "".join(f"<{tag}>{escape(text)}</{tag}>" for tag, text in entries if text)
    spaces = f'xmlns:cp="{_PACKAGE}" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    return f"{HEAD}<cp:coreProperties {spaces}>{found}</cp:coreProperties>"
