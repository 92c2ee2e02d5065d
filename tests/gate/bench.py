"""Where a good file is spoilt: its parts can be edited, and only what was edited is written anew."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from .package import R, W

SPACES = {
    "w": W.strip("{}"),
    "r": R.strip("{}"),
    "v": "urn:schemas-microsoft-com:vml",
    "ct": "http://schemas.openxmlformats.org/package/2006/content-types",
    "pr": "http://schemas.openxmlformats.org/package/2006/relationships",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
DOCUMENT = "word/document.xml"


@dataclass
class Bench:
    """A file on the bench."""

    parts: dict[str, bytes]
    _trees: dict[str, etree._Element] = field(default_factory=dict)

    def tree(self, part: str = DOCUMENT) -> etree._Element:
        """The XML of a part, to be edited in place."""
        if part not in self._trees:
            self._trees[part] = etree.fromstring(self.parts[part])
        return self._trees[part]

    def all(self, path: str, part: str = DOCUMENT) -> list[etree._Element]:
        """What an XPath finds, at least one: a file that lacks what is to be spoilt proves nothing."""
        found = self.tree(part).xpath(path, namespaces=SPACES)
        if not found:
            raise LookupError(f"{part} has nothing at {path}")
        return found

    def one(self, path: str, part: str = DOCUMENT) -> etree._Element:
        return self.all(path, part)[0]

    def body(self) -> etree._Element:
        return self.one("/w:document/w:body")

    def saved(self, data: bytes) -> bytes:
        """The bytes of the file; those of the original where nothing was changed."""
        parts = dict(self.parts)
        for name, tree in self._trees.items():
            if name in parts and _plain(tree) != _plain(etree.fromstring(self.parts[name])):
                parts[name] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
        if parts == taken_apart(data):
            return data
        return packed(parts)


def taken_apart(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return buffer.getvalue()


def spoilt(data: bytes, change: Callable[[Bench], None]) -> bytes:
    """The file with one change."""
    bench = Bench(taken_apart(data))
    change(bench)
    return bench.saved(data)


def _plain(tree: etree._Element) -> bytes:
    return etree.tostring(tree)


def made(xml: str) -> etree._Element:
    """An element, given as its source with the usual prefixes."""
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in SPACES.items())
    return etree.fromstring(f"<root {spaces}>{xml}</root>")[0]


def put_out(element: etree._Element) -> None:
    """Takes an element away, and keeps what follows it."""
    element.getparent().remove(element)
