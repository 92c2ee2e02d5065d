"""A Word file from somebody else, opened with care: bounded in size and number, and never run or followed.

Whatever is no Word file, or none that Word would write, is refused in one sentence. A part is read only when it is
asked for; nothing is unpacked to the disk, no document type is read and nothing outside the file.
"""

from __future__ import annotations

import io
import os
import stat
import zipfile
import zlib
from collections.abc import Callable
from posixpath import normpath
from typing import NoReturn
from xml.parsers import expat

from termsheet.errors import TermsheetError
from termsheet.pattern import pattern
from termsheet.returned.mended import mended

LARGEST_FILE = 64 * 1024 * 1024
LARGEST_PART = 64 * 1024 * 1024
LARGEST_WHOLE = 128 * 1024 * 1024
MOST_PARTS = 5_000
DEEPEST = 500

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_NAME = "name the Word file that came back"
_DOCX = "ask for it as a Word file (.docx)"
_OFFICE = pattern(r"http://(?:schemas\.openxmlformats\.org|purl\.oclc\.org/ooxml)/\S*/officeDocument")
_WORD = pattern(
    r"http://(?:schemas\.openxmlformats\.org/wordprocessingml/2006/main|purl\.oclc\.org/ooxml/wordprocessingml/main) "
)

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Words = Callable[[str], None]


class Package:
    """The parts of a returned Word file. `main` is the part that holds its text."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self._left = LARGEST_WHOLE
        if len(data) > LARGEST_FILE:
            raise self.error(f"the file is larger than {_megabytes(LARGEST_FILE)}", "ask for it without its pictures")
        if not data.startswith(b"PK"):
            raise self._foreign(data)
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError) as error:
            raise self._broken() from error
        self.names = self._archive.namelist()
        self._refuse_odd()
        self.main = self._main()

    def error(self, message: str, help: str = _DOCX) -> TermsheetError:
        """A sentence about this file."""
        return TermsheetError(message, file=self.name, help=help)

    def read(self, part: str) -> bytes:
        """The content of a part. Raises TermsheetError for one that is too large or cannot be unpacked."""
        most = min(LARGEST_PART, self._left)
        try:
            with self._archive.open(part) as file:
                content = file.read(most + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, KeyError,
                ValueError) as error:  # fmt: skip
            raise self._broken() from error
        if len(content) > most:
            raise self.error(f"`{part}` unpacks to more than {_megabytes(most)}, and was not read",
                             "no paper is so large: ask who sent it")  # fmt: skip
        self._left -= len(content)
        return content

    def walk(self, part: str, start: Start, end: End | None = None, words: Words | None = None) -> None:
        """Go through the XML of a part. Names are `namespace local`, those of WordprocessingML `w local`."""
        depth = 0

        def opened(tag: str, attributes: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            if depth > DEEPEST:
                raise self.error(f"`{part}` is nested deeper than {DEEPEST} levels")
            start(_WORD.sub("w ", tag, count=1), {_WORD.sub("w ", key, count=1): attributes[key] for key in attributes})

        def closed(tag: str) -> None:
            nonlocal depth
            depth -= 1
            if end:
                end(_WORD.sub("w ", tag, count=1))

        def refuse(*declared: object) -> NoReturn:
            raise self.error(f"`{part}` declares a document type, which Word never does", "ask who sent it")

        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler, parser.EndElementHandler = opened, closed
        if words:
            parser.CharacterDataHandler = words
            parser.buffer_text = True
        parser.StartDoctypeDeclHandler = refuse
        parser.EntityDeclHandler = refuse
        try:
            parser.Parse(mended(self.read(part)), True)
        except expat.ExpatError as error:
            raise self.error(f"`{part}` is not well-formed: {error}", "ask for it to be saved again") from error
        except (ValueError, LookupError) as error:  # an encoding that nobody knows
            raise self._broken() from error

    def _refuse_odd(self) -> None:
        entries = self._archive.infolist()
        if len(entries) > MOST_PARTS:
            raise self.error(f"the file has more than {MOST_PARTS:,} parts", "ask who sent it")
        if len(set(self.names)) < len(self.names):
            raise self.error("the file has two parts of one name, which Word never writes", "ask who sent it")
        if any(entry.flag_bits & 1 for entry in entries):
            raise self.error("the file is locked by a password", "ask for it without one")
        if any(name.lower().endswith(("vbaproject.bin", "vbadata.xml")) for name in self.names):
            raise self.error("the file holds macros", "ask for it without them, saved as .docx")
        if "mimetype" in self.names and "content.xml" in self.names:
            raise self.error("this is an OpenDocument file", "save it as a Word file (.docx)")

    def _main(self) -> str:
        """The part that the file names as its document: Word for the web does not always call it the same."""
        found: list[str] = []

        def start(tag: str, attributes: dict[str, str]) -> None:
            if tag.endswith(" Relationship") and _OFFICE.fullmatch(attributes.get("Type", "")):
                found.append(normpath("/" + attributes.get("Target", "")).lstrip("/"))

        if "_rels/.rels" in self.names:
            self.walk("_rels/.rels", start)
        main = next((name for name in (*found, "word/document.xml") if name in self.names), "")
        if not main.startswith("word/"):
            raise self.error("this is not a Word file: it has no word/document.xml")
        return main

    def _broken(self) -> TermsheetError:
        return self.error("the file is damaged, and cannot be unpacked", "ask for it to be sent again")

    def _foreign(self, data: bytes) -> TermsheetError:
        if data.startswith(_OLE):
            if _ENCRYPTED in data[: 1024 * 1024]:
                return self.error("the file is locked by a password", "ask for it without one")
            return self.error("this is a file of old Word (.doc)", "save it as .docx")
        kinds = ((b"%PDF", "a PDF"), (b"{\\rtf", "an RTF file"), (b"<", "a web page or XML"), (b"", "not a Word file"))
        kind = next(kind for head, kind in kinds if data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(head))
        return self.error(f"this is {kind}" if data else "the file is empty")


def opened(path: str) -> Package:
    """Open a returned file. Raises TermsheetError, one sentence, for what cannot be read as one."""
    try:
        if not stat.S_ISREG(os.stat(path).st_mode) and not os.path.isdir(path):  # it may never end, or never begin
            raise TermsheetError("this is a pipe or a device, and no file", file=path, help=_NAME)
        with open(path, "rb") as file:
            return Package(file.read(LARGEST_FILE + 1), path)
    except (OSError, ValueError) as error:
        reason = "there is no such file" if isinstance(error, FileNotFoundError) else (
            f"the file cannot be read ({getattr(error, 'strerror', None) or error})".lower()
        )  # fmt: skip
        raise TermsheetError(reason, file=path, help=_NAME) from error


def _megabytes(size: int) -> str:
    return f"{size // (1024 * 1024)} MB"
