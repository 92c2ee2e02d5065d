"""A house's Word file as a package: its parts and what they point to, read with care, for it may come from anyone."""

from __future__ import annotations

import posixpath
import zipfile
from pathlib import Path
from typing import Any, NamedTuple, NoReturn
from urllib.parse import unquote
from xml.parsers import expat

from lxml import etree

from termsheet.errors import WriteError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"

_LARGEST_FILE = 64 * 1024 * 1024
_LARGEST_PART = 32 * 1024 * 1024
_MOST_PARTS = 10_000
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_CHUNK = 1024 * 1024


class Relation(NamedTuple):
    """What a part points to: by which kind of relation, and whether that is outside the file."""

    kind: str
    target: str
    external: bool


class Archive:
    """A .docx or .dotx file. Every defect of it is a WriteError of one sentence."""

    def __init__(self, path: str) -> None:
        self.file = path
        self.name = Path(path).name
        self._package = self._opened()
        self._names = {name.lower(): name for name in self._package.namelist()}
        mains = [found.target for found in self.related("").values() if found.kind == "officeDocument"]
        self.main = next(iter(mains), "word/document.xml")

    def close(self) -> None:
        """Let go of the file."""
        self._package.close()

    def _opened(self) -> zipfile.ZipFile:
        try:
            size = Path(self.file).stat().st_size
            with open(self.file, "rb") as file:
                head = file.read(_CHUNK if size <= _LARGEST_FILE else 8)
                if head.startswith(_OLE):
                    raise self._old_or_locked(head)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise WriteError(f"cannot be read ({reason})", file=self.file, help="name a Word file") from error
        if size > _LARGEST_FILE:
            raise self._too_large("the file")
        try:
            package = zipfile.ZipFile(self.file)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise self._no_word_file() from error
        if len(package.filelist) > _MOST_PARTS:
            raise self._too_large("the list of its parts")
        return package

    def _old_or_locked(self, head: bytes) -> WriteError:
        if "EncryptedPackage".encode("utf-16-le") in head:
            return WriteError("is protected by a password", file=self.file, help="save it in Word without one")
        return WriteError("is a file of an old Word", file=self.file, help="save it in Word as .docx or .dotx")

    def _no_word_file(self) -> WriteError:
        return WriteError("is not a Word file", file=self.file, help="name a .docx or .dotx file")

    def _too_large(self, what: str) -> WriteError:
        return WriteError(f"{what} is too large for the look of a house", file=self.file,
                          help="take out what it holds beside styles, header and footer")  # fmt: skip

    def _damaged(self, part: str) -> WriteError:
        return WriteError(f"its part {part} is damaged", file=self.file, help="open it in Word and save it again")

    def blob(self, part: str) -> bytes | None:
        """The bytes of a part, or None where there is no such part."""
        name = self._names.get(part.lower())
        if name is None:
            return None
        try:
            with self._package.open(name) as opened:
                content = opened.read(_LARGEST_PART + 1)
        except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, EOFError, ValueError, RuntimeError,
                NotImplementedError) as error:  # fmt: skip
            raise self._damaged(part) from error
        except Exception as error:  # zlib and lzma have errors of their own
            raise self._damaged(part) from error
        if len(content) > _LARGEST_PART:
            raise self._too_large(f"its part {part}")
        return content

    def xml(self, part: str) -> Any:
        """The root of a part, or None where there is no such part."""
        content = self.blob(part)
        if content is None:
            return None
        self._refuse_types(content, part)
        parser = etree.XMLParser(
            resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False,
            remove_comments=True, remove_pis=True,
        )  # fmt: skip
        try:
            return etree.fromstring(content, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self._damaged(part) from error

    def _refuse_types(self, content: bytes, part: str) -> None:
        """Before a tree is made of it: whatever declares a document type is an attack."""

        def refuse(*declaration: object) -> NoReturn:
            raise WriteError(f"its part {part} declares a document type, which Word never does", file=self.file,
                             help="name a file that Word has saved")  # fmt: skip

        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = refuse
        parser.EntityDeclHandler = refuse
        try:
            parser.Parse(content, True)
        except (expat.ExpatError, ValueError) as error:
            raise self._damaged(part) from error

    def document(self) -> Any:
        """The root of the document itself, of which only the page set-up is read."""
        root = self.xml(self.main)
        if root is None or etree.QName(root).localname != "document":
            raise self._no_word_file()
        if etree.QName(root).namespace == _STRICT:
            raise WriteError("is a “Strict Open XML” document", file=self.file, help="save it in Word as .docx")
        if root.tag != f"{W}document":
            raise self._no_word_file()
        return root

    def related(self, part: str) -> dict[str, Relation]:
        """What a part points to, by the id of the relation. The package itself is the part without a name."""
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: dict[str, Relation] = {}
        for entry in root.iter(_RELATION) if root is not None else ():
            target, external = entry.get("Target", ""), entry.get("TargetMode") == "External"
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
            found[entry.get("Id", "")] = Relation(entry.get("Type", "").rpartition("/")[2], target, external)
        return found

    def has(self, part: str) -> bool:
        """Whether there is such a part."""
        return part.lower() in self._names
