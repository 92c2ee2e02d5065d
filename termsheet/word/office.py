"""LibreOffice, where it is installed: a Word file as PDF, and the pages on which its headings stand."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from termsheet.document import GONE, Document
from termsheet.errors import WriteError
from termsheet.immutable import replace
from termsheet.word.marks import bookmark
from termsheet.word.options import Options
from termsheet.word.writer import write

_SECONDS = 180
_NAMES = ("soffice", "libreoffice")
_ELSEWHERE = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)
# Tagged, with headings as bookmarks and the title in the window: PDF/UA.
_ASKED = ("PDFUACompliance", "ExportBookmarksToPDFDestination")
_FILTER = "pdf:writer_pdf_Export:" + json.dumps({name: {"type": "boolean", "value": "true"} for name in _ASKED})


def pdf(data: bytes) -> bytes:
    """A Word file as PDF. Raises WriteError where LibreOffice is not installed, or cannot do it."""
    program = _program()
    with tempfile.TemporaryDirectory() as folder:
        paper = Path(folder, "paper.docx")
        paper.write_bytes(data)
        profile = Path(folder, "profile").as_uri()
        command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--convert-to", _FILTER,
                   "--outdir", folder, str(paper)]  # fmt: skip
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)
            return paper.with_suffix(".pdf").read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            raise WriteError(f"LibreOffice ({program}) could not make the PDF: {error}",
                             help="write .docx, and save it as PDF in Word") from error  # fmt: skip


def pages(document: Document, options: Options) -> Mapping[str, str]:
    """The page of each heading of an agreement by its id, as LibreOffice sets it: what its contents print.

    The contents are a section of their own, so that their numbers move nothing. Raises WriteError as `pdf` does.
    """
    if not document.words.contents:
        raise WriteError(f"the form `{document.form}` has no table of contents whose pages could be counted",
                         help="leave out --paginate")  # fmt: skip
    first = next(block.id for block in document.blocks())
    try:
        from pypdf import PdfReader
    except ImportError:
        raise WriteError("page numbers for the contents need the package `pypdf`",
                         help="install it with `pip install 'termsheet[pages]'`") from None  # fmt: skip
    unbound = write(document, replace(options, bound=False, notes=(), bookmarked=(first,)))
    read = PdfReader(BytesIO(pdf(unbound)))
    places = {name.strip("/"): read.get_destination_page_number(place) or 0
              for name, place in read.named_destinations.items()}  # fmt: skip
    begins = places[_destination(first)]
    return {clause.id: str(places[_destination(clause.id)] - begins + 1)
            for clause in document.clauses() if clause.label and clause.revision not in GONE}  # fmt: skip


def _destination(key: str) -> str:
    """What LibreOffice calls the bookmark of a block in a PDF, where it spells the underscore by its code."""
    return bookmark(key).replace("_", "5F")


def _program() -> str:
    found = next(filter(None, (*map(shutil.which, _NAMES), *filter(os.path.exists, _ELSEWHERE))), None)
    if not found:
        manager = "`brew install --cask libreoffice`" if sys.platform == "darwin" else "from libreoffice.org"
        if sys.platform == "linux":
            manager = "`apt install libreoffice-writer-nogui`, or its like"
        raise WriteError("the pages are set by LibreOffice, and there is none on this machine",
                         help=f"install it ({manager}), or write .docx and let Word do it")  # fmt: skip
    return found
