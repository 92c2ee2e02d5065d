"""No silent loss: killed, out of disk, in a folder that is read-only or with its output in use, the old file is there or the new."""

from __future__ import annotations

import errno
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fuzz.kills import COMMANDS, Start, at_each_step, by_chance, files

from termsheet.put import put

posix = pytest.mark.skipif(os.name != "posix", reason="signals and limits are of POSIX")


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Start(tmp_path_factory.mktemp("start")).folder


@posix
@pytest.mark.parametrize("name", ["lint --fix", "new"])
def test_killed_at_each_step_on_the_disk_nothing_is_lost(start: Path, name: str) -> None:
    ends, lost = at_each_step(name, start)
    assert lost == []
    assert ends["old"] >= 3
    assert ends["new"] >= 1


@posix
@pytest.mark.parametrize("name", ["pull --write", "render -o", "send", "upgrade"])
def test_killed_at_any_moment_nothing_is_lost(start: Path, name: str) -> None:
    ends, lost = by_chance(name, start, 1, random.Random(name))
    assert lost == []
    assert ends.total() == 1


_FULL = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
sys.dont_write_bytecode = True
from termsheet.__main__ import main
main(sys.argv[1:])
"""


@posix
@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in ("review --accept", "stub")])
def test_where_the_disk_is_full_the_old_file_stays(start: Path, tmp_path: Path, name: str) -> None:
    import shutil

    folder = tmp_path / "full"
    shutil.copytree(start, folder)
    before = files(folder)
    command = [sys.executable, "-c", _FULL, *COMMANDS[name]]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, encoding="utf-8",
                          env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})  # fmt: skip
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    assert "cannot be written" in done.stdout + done.stderr
    assert {file: data for file, data in files(folder).items() if file in before} == before
    assert list(folder.rglob(".termsheet-*")) == [] or name == "send"


@pytest.mark.parametrize("step", ["fsync", "chmod", "replace"])
@pytest.mark.parametrize("fault", [errno.ENOSPC, errno.EIO, errno.EACCES, errno.EBUSY])
def test_whichever_step_fails_the_old_file_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, fault: int
) -> None:
    from termsheet.errors import WriteError

    def fail(*_: Any, **__: Any) -> None:
        raise OSError(fault, os.strerror(fault))

    target = tmp_path / "deal.yaml"
    target.write_bytes(b"old")
    monkeypatch.setattr(os, step, fail)  # as where the output is open in another program, on Windows
    with pytest.raises(WriteError, match="what stood there before is untouched"):
        put(target, b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["deal.yaml"]
    assert target.read_bytes() == b"old"


@pytest.fixture
def read_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder in which nothing can be made, also for who may do anything."""
    import tempfile

    folder = tmp_path / "read-only"
    folder.mkdir()

    def refuse(*_: Any, **__: Any) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("termsheet.put._beside", refuse)
    monkeypatch.setattr(tempfile, "mkdtemp", refuse)
    return folder


@pytest.mark.parametrize("name", ["lint --fix", "render -o", "send", "new", "baseline", "upgrade", "stub"])
def test_in_a_folder_that_is_read_only_one_sentence_is_said(
    start: Path, read_only: Path, run_cli: Any, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    import shutil

    shutil.copytree(start, read_only, dirs_exist_ok=True)
    before = files(read_only)
    monkeypatch.chdir(read_only)
    code, out, err = run_cli(*COMMANDS[name])
    assert code == 2
    assert "cannot be" in err + out
    assert "Traceback" not in err + out
    assert files(read_only) == before
