"""Kill every command that writes, at any moment: there is the old file or the new one, and never half of one.

    python -m tests.fuzz.kills --times 200

Each command is first run to its end, which tells how long it takes and what it leaves; then again and again from the
same start, and killed (SIGKILL): once before each of the steps in which it opens, renames, makes or deletes something
on the disk, and `--times` times after a time by chance. Exit code: 0 nothing was lost, 1 something was.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
Files = dict[str, bytes]
EXAMPLE = ROOT / "examples" / "picking-robot-pilot.yaml"
_WRONG = (("  date: 2027-02-22", "  date: 22 February 2027"), ("  currency: JPY", "  Currency: jpy"))


class Start:
    """Where each command starts: a folder in which all that it needs was made once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copy(EXAMPLE, folder / "deal.yaml")
        text = (folder / "deal.yaml").read_text(encoding="utf-8")
        for right, wrong in _WRONG:
            assert right in text, right
            text = text.replace(right, wrong, 1)
        (folder / "wrong.yaml").write_text(text, encoding="utf-8")
        (folder / "out.docx").write_bytes(b"old")
        (folder / "form.yaml").write_bytes(b"deal: {title: T, type: pilot}\n# kept\n")
        self._house("It is so.")
        run(folder, "send", "deal.yaml", "--on", "2027-01-15", "--form", "term-sheet")
        self._house("It is otherwise.")
        self._returned()

    def _house(self, words: str) -> None:
        (self.folder / "house" / "own").mkdir(parents=True, exist_ok=True)
        (self.folder / ".termsheet.yaml").write_bytes(b"clauses: house\n")
        front = "---\ntitle: Own\nsubject: own\nstatus: draft\nsource: own\nsince: \"1\"\n---\n\n"
        (self.folder / "house" / "own" / "new.md").write_text(front + words + "\n", encoding="utf-8")

    def _returned(self) -> None:
        """The draft that was sent, with another title in it."""
        import zipfile

        with zipfile.ZipFile(self.folder / "deal.sent" / "1" / "draft.docx") as sent, \
                zipfile.ZipFile(self.folder / "back.docx", "w", zipfile.ZIP_DEFLATED) as back:  # fmt: skip
            for name in sent.namelist():
                content = sent.read(name)
                if name == "word/document.xml" or name.startswith("customXml/item"):
                    content = content.replace(b"Japan", b"Nippon")
                back.writestr(name, content)


COMMANDS: dict[str, list[str]] = {
    "lint --fix": ["lint", "--fix", "wrong.yaml"],
    "pull --write": ["pull", "back.docx", "deal.yaml", "--write"],
    "review --accept": ["review", "back.docx", "deal.yaml", "--accept", "parties[suzukaze].jurisdiction"],
    "upgrade": ["upgrade", "deal.yaml", "--yes"],
    "render -o": ["render", "deal.yaml", "--draft", "-o", "out.docx"],
    "send": ["send", "deal.yaml", "--again", "--on", "2027-01-20"],
    "stub": ["stub", "--missing", "form.yaml"],
    "new": ["new", "new.yaml", "--type", "pilot", "--no-input"],
    "baseline": ["lint", "wrong.yaml", "--baseline", "base.yaml", "--write-baseline"],
}


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[bytes]:
    """A command, run to its end."""
    return subprocess.run(_words(command), cwd=folder, capture_output=True, env=_ENVIRONMENT, check=False)


def _words(command: tuple[str, ...] | list[str]) -> list[str]:
    return [sys.executable, "-m", "termsheet", *command]


_ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(Path(tempfile.gettempdir()) / "termsheet-kills")}


def files(folder: Path) -> Files:
    """Every file below a folder but for what a killed process leaves aside, which is called so."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(part.startswith(".termsheet-") for part in path.relative_to(folder).parts)
    }


Ends = tuple[Counter[str], list[str]]
_LAST = """
import os, signal, sys
left = int(sys.argv.pop(1))
def hook(event, given):
    global left
    writes = event == "open" and isinstance(given[2], int) and given[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    if writes or event in ("os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.chmod", "os.truncate", "os.link"):
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(hook)
from termsheet.__main__ import main
main(sys.argv[1:])
"""


def at_each_step(name: str, start: Path, most: int = 100) -> Ends:
    """Kill a command before each step that it takes on the disk, one after the other."""
    ends, lost = Counter[str](), list[str]()
    with _whole(name, start) as (folder, before, after):
        for step in range(1, most):
            command = [sys.executable, "-c", _LAST, str(step), *COMMANDS[name]]
            shutil.copytree(start, folder)
            done = subprocess.run(command, cwd=folder, env=_ENVIRONMENT, capture_output=True, check=False)
            if done.returncode >= 0:
                shutil.rmtree(folder)
                break  # it was over before
            _judge(name, folder, before, after, ends, lost)
    return ends, lost


def by_chance(name: str, start: Path, times: int, chance: random.Random) -> Ends:
    """Kill a command `times` times, each after a time by chance."""
    ends, lost = Counter[str](), list[str]()
    with _whole(name, start) as (folder, before, after):
        shutil.copytree(start, folder)
        begun = time.monotonic()
        run(folder, *COMMANDS[name])
        length = time.monotonic() - begun
        shutil.rmtree(folder)
        for _ in range(times):
            shutil.copytree(start, folder)
            process = subprocess.Popen(_words(COMMANDS[name]), cwd=folder, env=_ENVIRONMENT,
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
            time.sleep(length * chance.uniform(0.3, 1.05))
            process.kill()
            process.wait()
            _judge(name, folder, before, after, ends, lost)
    return ends, lost


@contextmanager
def _whole(name: str, start: Path) -> Iterator[tuple[Path, Files, Files]]:
    """A folder to be killed in, what stands in it before, and what the command leaves when it is not killed."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "whole"
        shutil.copytree(start, folder)
        run(folder, *COMMANDS[name])
        before, after = files(start), files(folder)
        assert after != before, f"{name} wrote nothing"
        yield Path(made) / "killed", before, after


def _judge(name: str, folder: Path, before: Files, after: Files, ends: Counter[str], lost: list[str]) -> None:
    found = files(folder)
    ends["new" if found == after else "old" if found == before else "some files new"] += 1
    for file in {*before, *found}:
        if found.get(file) not in (before.get(file), after.get(file)):
            lost.append(f"{name}: {file} is neither the old nor the new one")
    lost += _usable(name, folder)
    shutil.rmtree(folder)


def _usable(name: str, folder: Path) -> list[str]:
    """What a round is, it is as a whole; and the command can be given again."""
    check: Callable[[], subprocess.CompletedProcess[bytes]] | None = None
    if name in ("send", "upgrade"):
        check = lambda: run(folder, "rounds", "deal.yaml")  # noqa: E731
    return [f"{name}: {done.stderr.decode()}"] if check and (done := check()).returncode != 0 else []


def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m tests.fuzz.kills", description=__doc__)
    asked.add_argument("--times", type=int, default=50)
    asked.add_argument("--seed", type=int, default=int(time.time()))
    asked.add_argument("--command", choices=COMMANDS, action="append")
    given = asked.parse_args()
    chance, lost = random.Random(given.seed), list[str]()
    with tempfile.TemporaryDirectory() as folder:
        start = Start(Path(folder)).folder
        for name in given.command or COMMANDS:
            for how, (ends, its) in (("at each step", at_each_step(name, start)),
                                     ("by chance", by_chance(name, start, given.times, chance))):  # fmt: skip
                lost += its
                told = ", ".join(f"{count} {end}" for end, count in sorted(ends.items()))
                print(f"{name:16} {how:13} {ends.total():4} kills: {told}; {len(its)} lost", flush=True)
    print(*lost, sep="\n")
    return int(bool(lost))


if __name__ == "__main__":
    sys.exit(main())
