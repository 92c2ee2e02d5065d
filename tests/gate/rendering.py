"""Papers laid out by LibreOffice: several files in one call, because starting it takes longer than a page.

Whatever was laid out once in a run is there for all of its processes, whichever of them the tests are given to.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

_PDF = 'pdf:writer_pdf_Export:{"ExportBookmarksToPDFDestination":{"type":"boolean","value":"true"}}'
_FILTERS = {"pdf": _PDF, "txt": "txt:Text"}
_DAY = 24 * 60 * 60


@lru_cache(maxsize=1)
def _room() -> Path:
    """Where all that a run lays out is kept. One that several processes share goes with the next run of another day."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID")
    if not run:
        folder = Path(tempfile.mkdtemp(prefix="gate-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        return folder
    folder = Path(tempfile.gettempdir(), f"gate-{run}")
    folder.mkdir(exist_ok=True)
    for old in folder.parent.glob("gate-*"):
        if time.time() - old.stat().st_mtime > _DAY:
            shutil.rmtree(old, ignore_errors=True)
    return folder


@contextmanager
def _alone(name: str) -> Iterator[None]:
    """One process at a time does what has that name."""
    try:
        import fcntl
    except ImportError:  # Windows, where nothing is shared
        yield
        return
    with (_room() / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def converted(files: Mapping[str, bytes], kind: str) -> dict[str, Path]:
    """Each file by its name as `pdf` or `txt`, made in one call of LibreOffice."""
    keys = {name: hashlib.sha256(data).hexdigest()[:24] for name, data in files.items()}
    made = {name: _room() / f"{key}.{kind}" for name, key in keys.items()}
    with _alone(hashlib.sha256("".join(sorted(keys.values())).encode()).hexdigest()[:24]):
        missing = {keys[name]: data for name, data in files.items() if not made[name].exists()}
        if missing:
            _convert(missing, kind)
    lost = [name for name, path in made.items() if not path.exists()]
    assert not lost, f"LibreOffice did not convert {lost}"
    return made


def _convert(files: Mapping[str, bytes], kind: str) -> None:
    with tempfile.TemporaryDirectory(dir=_room()) as folder:
        papers = [Path(folder, f"{key}.docx") for key in files]
        for paper, data in zip(papers, files.values(), strict=True):
            paper.write_bytes(data)
        profile = f"-env:UserInstallation=file://{_room()}/profile-{os.getpid()}"
        command = ["soffice", profile, "--headless", "--convert-to", _FILTERS[kind], "--outdir", folder, *map(str, papers)]
        subprocess.run(command, check=True, capture_output=True, timeout=60 + 60 * len(files))
        for paper in papers:
            if paper.with_suffix(f".{kind}").exists():
                paper.with_suffix(f".{kind}").replace(_room() / f"{paper.stem}.{kind}")


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
