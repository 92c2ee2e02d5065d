"""The .docx file round the parts: its properties, and a zip that is the same wherever it is made."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from termsheet.document import Document
from termsheet.word.markup import HEAD, escape

_FIRST = "[Content_Types].xml"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"


def pack(parts: Mapping[str, str | bytes]) -> bytes:
    """The parts as a zip: sorted, without times, owners or anything else of the machine."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in sorted(parts, key=lambda name: (name != _FIRST, name)):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = _UNIX
            entry.external_attr = 0o600 << 16
            content = parts[name]
            archive.writestr(entry, content.encode() if isinstance(content, str) else content)
    return buffer.getvalue()


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
