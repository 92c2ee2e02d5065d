"""Accept and reject by LibreOffice, driven by its own interface: see `uno_settler.py`."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path


@cache
def python_with_uno() -> str | None:
    """A Python that can drive LibreOffice, where there is one."""
    for name in (sys.executable, "/usr/bin/python3", "python3") if shutil.which("soffice") else ():
        found = shutil.which(name)
        if found and not subprocess.run([found, "-c", "import uno"], capture_output=True).returncode:
            return found
    return None


class Office:
    """One LibreOffice for many papers, with its files in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        command = [python_with_uno() or "", str(Path(__file__).with_name("uno_settler.py")), str(folder / "profile")]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)

    def lines(self, data: bytes, how: str = "") -> list[str]:
        """The text that LibreOffice shows, with its own numbers, after `accept` or `reject`; empty lines left out."""
        paper, text = self._folder / "settled.docx", self._folder / "settled.txt"
        paper.write_bytes(data)
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps([str(paper), how, str(text)]) + "\n")
        self._process.stdin.flush()
        before, after = json.loads(self._process.stdout.readline())
        assert bool(before) == bool(how), "nothing is tracked, or something is that should not be"
        assert after == 0, "a change is neither accepted nor rejected"
        return [line.strip() for line in text.read_text("utf-8").split("\n") if line.strip()]

    def close(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait(60)
