"""LibreOffice and poppler as independent readers of what we write."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from termsheet.document import Document, Paragraph

_LABEL = re.compile(r"\s*(\d+\.\d*|\([a-zA-Z0-9]+\)|(?:Schedule|Anlage) \d+)\s(?! *[A-ZÄ]\w+ \d{4} ?$)")  # "31. März 2027" is a day in a table

needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not installed")


def saved(folder: Path, data: bytes) -> Path:
    path = folder / "paper.docx"
    path.write_bytes(data)
    return path


def converted(path: Path, kind: str, suffix: str) -> Path:
    profile = f"-env:UserInstallation=file://{path.parent}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(path.parent)]
    subprocess.run([*command, str(path)], check=True, capture_output=True, timeout=180)
    return path.with_suffix(suffix)


def pages(path: Path) -> list[str]:
    pdf = converted(path, "pdf", ".pdf")
    command = ["pdftotext", "-layout", str(pdf), "-"]
    found = subprocess.run(command, check=True, capture_output=True, text=True)
    return found.stdout.split("\f")[:-1]


def counted(path: Path) -> list[str]:
    """The number of every numbered paragraph, as LibreOffice itself counts them."""
    found = converted(path, "txt:Text", ".txt").read_text("utf-8-sig").splitlines()
    return [match[1] for line in found if (match := _LABEL.match(f"{line} "))]


def labels(document: Document) -> list[str]:
    """The number of every numbered paragraph, as the document has them; those of the contents come first."""
    made = [clause.label for clause in document.clauses() if clause.label] if document.words.contents else []
    for clause in document.clauses():
        made += [clause.label] if clause.label else []
        made += [block.label for block in clause.blocks if isinstance(block, Paragraph) and block.label]
    return made
