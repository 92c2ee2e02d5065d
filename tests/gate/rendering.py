"""Papers laid out by LibreOffice: many files in one call, because starting it takes longer than a page."""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

_PDF = 'pdf:writer_pdf_Export:{"ExportBookmarksToPDFDestination":{"type":"boolean","value":"true"}}'
_FILTERS = {"pdf": _PDF, "txt": "txt:Text"}


@lru_cache(maxsize=1)
def _room() -> tempfile.TemporaryDirectory[str]:
    """Where all of a run is laid out; it goes when the run ends."""
    return tempfile.TemporaryDirectory(prefix="gate-")


def converted(files: Mapping[str, bytes], kind: str) -> dict[str, Path]:
    """Each file by its name as `pdf` or `txt`, made in one call of LibreOffice."""
    folder = Path(tempfile.mkdtemp(dir=_room().name))
    for name, data in files.items():
        (folder / f"{name}.docx").write_bytes(data)
    profile = f"-env:UserInstallation=file://{_room().name}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", _FILTERS[kind], "--outdir", str(folder)]
    subprocess.run([*command, *(str(folder / f"{name}.docx") for name in files)],
                   check=True, capture_output=True, timeout=60 + 30 * len(files))  # fmt: skip
    made = {name: folder / f"{name}.{kind}" for name in files}
    missing = [name for name, path in made.items() if not path.exists()]
    assert not missing, f"LibreOffice did not convert {missing}"
    return made


@lru_cache(maxsize=1)
def version() -> str:
    """The version of LibreOffice, as "7.4"; empty where it is not installed."""
    try:
        said = subprocess.run(["soffice", "--version"], check=True, capture_output=True, text=True, timeout=60).stdout
    except (OSError, subprocess.SubprocessError):
        return ""
    found = re.search(r"LibreOffice (\d+\.\d+)", said)
    return found[1] if found else ""


def spoken(pdf: Path, *options: str) -> str:
    """What poppler reads from a PDF."""
    return subprocess.run(["pdftotext", *options, str(pdf), "-"], check=True, capture_output=True, text=True).stdout
