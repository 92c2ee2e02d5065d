"""What the benchmarks share: child processes timed turn by turn, what is kept of a run, and how it is shown.

A command is timed from outside, as whoever waits for it would: wall time, processor time with that of its own children,
and peak memory, as the system tells them at its end. All commands take their turns in one run, each turn beginning with
another one, and a ratio is the median of the ratios within the turns; so what else the machine does counts little.

Children get an environment of their own: no setting of Python is handed on (`PYTHONDONTWRITEBYTECODE` would have each
of them compile everything anew), and caches go to a folder of the run. Each command runs once before it is timed.
"""

from __future__ import annotations

import contextlib
import json
import marshal
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "results"
SPEED = ROOT / "docs" / "speed.md"

# The peak memory of a child is at least that of the process that starts it; so a bare Python starts them all.
_LAUNCHER = """
import marshal, os, sys, time
null = os.open(os.devnull, os.O_RDWR)
actions = [(os.POSIX_SPAWN_DUP2, null, number) for number in (0, 1, 2)]
while True:
    try:
        argv, folder, environment = marshal.load(sys.stdin.buffer)
    except EOFError:
        break
    os.chdir(folder)
    begun = time.perf_counter()
    pid = os.posix_spawn(argv[0], argv, environment, file_actions=actions)
    _, status, used = os.wait4(pid, 0)
    wall = time.perf_counter() - begun
    code = os.waitstatus_to_exitcode(status)
    marshal.dump((wall, used.ru_utime + used.ru_stime, used.ru_maxrss, code), sys.stdout.buffer)
    sys.stdout.buffer.flush()
"""


@dataclass(frozen=True)
class Turn:
    """What one run of a command took: seconds, seconds of processors, and bytes at most."""

    wall: float
    cpu: float
    memory: int


@dataclass(frozen=True)
class Command:
    """A command, and the exit code that shows that it has done its work.

    `before` is done before each run, untimed; `folder` is where it runs, if not in that of the launcher.
    """

    argv: tuple[str, ...]
    code: int = 0
    before: Callable[[], object] | None = None
    folder: str = ""


def script(name: str) -> str:
    """The path of a command that is installed beside this Python."""
    return str(Path(sys.executable).with_name(name))


def environment(caches: str = "") -> dict[str, str]:
    """The environment of children: without any setting of Python or of termsheet, and with a folder for caches."""
    kept = {name: value for name, value in os.environ.items()
            if not name.startswith(("PYTHON", "TERMSHEET_")) and name != "NODE_OPTIONS"}  # fmt: skip
    return kept | ({"XDG_CACHE_HOME": caches} if caches else {})


class Launcher:
    """Starts commands and tells what each took."""

    def __init__(self, folder: Path) -> None:
        self.folder = str(folder)
        self.environment = environment(str(folder / "caches"))
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", _LAUNCHER], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def run(self, command: Command) -> Turn:
        """Run a command once. Raises SystemExit where its exit code is another than was expected."""
        turn, code = self.tried(command)
        if code != command.code:
            shown = " ".join(Path(word).name for word in command.argv[:6])
            raise SystemExit(f"exit code {code} instead of {command.code}: {shown} ...")
        return turn

    def tried(self, command: Command) -> tuple[Turn, int]:
        """Run a command once, whatever its exit code."""
        if command.before:
            command.before()
        assert self._process.stdin
        assert self._process.stdout
        marshal.dump(([*command.argv], command.folder or self.folder, self.environment), self._process.stdin)
        self._process.stdin.flush()
        wall, cpu, memory, code = marshal.load(self._process.stdout)
        return Turn(wall, cpu, memory * (1 if sys.platform == "darwin" else 1024)), code

    def close(self) -> None:
        """Let the process go."""
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()


@contextlib.contextmanager
def launcher() -> Iterator[Launcher]:
    """A launcher with a folder of its own, which is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        made = Launcher(Path(folder))
        try:
            yield made
        finally:
            made.close()


def interleaved(start: Launcher, commands: Mapping[str, Command], turns: int) -> dict[str, list[Turn]]:
    """What each command took in each turn, after a run of each that does not count."""
    for command in commands.values():
        start.run(command)
    names = list(commands)
    spent: dict[str, list[Turn]] = {name: [] for name in names}
    for turn in range(turns):
        first = turn % len(names)
        for name in names[first:] + names[:first]:
            spent[name].append(start.run(commands[name]))
    return spent


def summary(spent: Mapping[str, Sequence[Turn]], ours: str) -> dict[str, Any]:
    """Each command's medians, its most memory, and which part of its time our own command took in the same turns."""
    return {
        name: {
            "wall": round(statistics.median(turn.wall for turn in turns), 5),
            "cpu": round(statistics.median(turn.cpu for turn in turns), 5),
            "memory": max(turn.memory for turn in turns),
            "share_wall": round(ratio(spent[ours], turns, "wall"), 4),
            "share_cpu": round(ratio(spent[ours], turns, "cpu"), 4),
            "turns": [[round(turn.wall, 5), round(turn.cpu, 5)] for turn in turns],
        }
        for name, turns in spent.items()
    }


def ratio(these: Sequence[Turn], those: Sequence[Turn], what: str) -> float:
    """How long these turns took beside those: the median over the turns."""
    pairs = zip(these, those, strict=True)
    found: float = statistics.median(getattr(one, what) / max(getattr(other, what), 1e-6) for one, other in pairs)
    return found


def machine() -> dict[str, Any]:
    """What the figures depend on: size, system and versions, and nothing that names the machine."""
    size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "cores": os.cpu_count() or 1,
        "memory": round(size / 2**30),
        "system": platform.system(),
        "processor": platform.machine(),
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "load": round(os.getloadavg()[0], 1),
    }


def told(kept: Mapping[str, Any]) -> str:
    """A sentence on where and when a result was taken."""
    on = kept["machine"]
    return (f"Taken on {kept['date']} with termsheet {kept['version']} on {on['cores']} cores and {on['memory']} GB "
            f"({on['system']}, {on['processor']}), {on['python']}; the load of the machine was {on['load']} "
            "when it began.")  # fmt: skip


def keep(name: str, figures: dict[str, Any]) -> dict[str, Any]:
    """Keep the result of a run: `figures` with the day, the version, and the machine as it was at the beginning."""
    from termsheet import __version__

    result = {"benchmark": name, "date": date.today().isoformat(), "version": __version__, **figures}
    RESULTS.mkdir(exist_ok=True)
    text = json.dumps(result, indent=1, ensure_ascii=False)
    flat = re.sub(r"\[\s+(-?[\d.]+),\s+(-?[\d.]+)\s+\]", r"[\1, \2]", text)  # a turn on one line
    (RESULTS / f"{name}.json").write_text(flat + "\n", encoding="utf-8")
    return result


def kept(name: str) -> dict[str, Any] | None:
    """The result of the last run that was kept."""
    path = RESULTS / f"{name}.json"
    if not path.exists():
        return None
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def target(what: str, limit: float, wall: float, cpu: float, *, least: bool = False) -> dict[str, Any]:
    """A target of the project beside what was found; at most the limit, or at `least` that."""
    return {"what": what, "limit": limit, "wall": round(wall, 4), "cpu": round(cpu, 4), "least": least}


def write_targets() -> None:
    """Write the targets of every result that is kept into the page on speed."""
    rows = []
    for path in sorted(RESULTS.glob("*.json")):
        for one in json.loads(path.read_text(encoding="utf-8")).get("targets", ()):
            found = (one["wall"], one["cpu"])
            met = min(found) >= one["limit"] if one["least"] else max(found) <= one["limit"]
            sign = "at least" if one["least"] else "at most"
            rows.append((one["what"], f"{sign} {one['limit']:g}", short(one["wall"]), short(one["cpu"]),
                         "yes" if met else "**no**"))  # fmt: skip
    if rows:
        put(SPEED, "targets", table(("", "target", "wall", "processor", "met"), rows))


def short(value: float) -> str:
    """A figure with two digits that count."""
    return f"{value:.0f}" if value >= 20 else f"{value:.1f}" if value >= 2 else f"{value:.2f}"


def milliseconds(seconds: float) -> str:
    """A time in milliseconds, or in seconds where it is long."""
    return f"{seconds * 1000:,.0f} ms" if seconds < 10 else f"{seconds:,.1f} s"


def megabytes(size: int) -> str:
    """A size in megabytes."""
    return f"{size / 2**20:,.0f} MB"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown, with the first column at left and the others at right."""
    lines = [head, ["---", *["--:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def put(page: Path, marker: str, text: str) -> None:
    """Write a text between `<!-- marker -->` and `<!-- end -->` of a page."""
    old = page.read_text(encoding="utf-8")
    parts = re.compile(rf"(<!-- {re.escape(marker)} -->\n).*?(<!-- end -->)", re.S)
    new, count = parts.subn(lambda found: f"{found[1]}\n{text.strip()}\n\n{found[2]}", old)
    if count != 1:
        raise SystemExit(f"{page.name} has no place for `{marker}`, or several")
    if new != old:
        page.write_text(new, encoding="utf-8")


def bars(title: str, rows: Sequence[tuple[str, float, str]], ours: Sequence[str]) -> str:
    """A chart of bars as SVG, of label, value and how it is shown, ours in colour; it reads on light and on dark."""
    width, left, step, top = 760, 210, 30, 46
    most = max(value for _, value, _ in rows)
    room = width - left - 100
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {top + step * len(rows) + 8}" '
        f'width="{width}" role="img" aria-label="{escape(title)}">',
        "<style>text{font:14px system-ui,sans-serif;fill:#24292f}.t{font-weight:600}.o{fill:#1f6feb}.p{fill:#9aa4b0}"
        "@media (prefers-color-scheme:dark){text{fill:#d0d7de}.p{fill:#6e7781}}</style>",
        f'<text class="t" x="8" y="24">{escape(title)}</text>',
    ]
    for place, (label, value, shown) in enumerate(rows):
        y = top + step * place
        long = max(room * value / most, 1.5)
        kind = "o" if label in ours else "p"
        lines += [
            f'<text x="{left - 10}" y="{y + 15}" text-anchor="end">{escape(label)}</text>',
            f'<rect class="{kind}" x="{left}" y="{y}" width="{long:.1f}" height="20" rx="2"/>',
            f'<text x="{left + long + 8:.1f}" y="{y + 15}">{escape(shown)}</text>',
        ]
    return "\n".join([*lines, "</svg>", ""])


def installed(folder: Path, packages: Mapping[str, str], called: str) -> str:
    """The path of node, once packages of npm are in a folder; empty, and said, where that cannot be."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        print(f"left out, for there is no node, or no npm: {called}")
        return ""
    folder.mkdir(parents=True, exist_ok=True)
    asked, begun = folder / "package.json", folder / "wanted.json"
    wanted = json.dumps({"private": True, "dependencies": packages}, indent=1)
    if asked.exists() and asked.read_text(encoding="utf-8") == wanted:
        return node
    begun.write_text(wanted, encoding="utf-8")
    asked.unlink(missing_ok=True)
    words = [f"{name}@{number}" for name, number in packages.items()]
    try:
        subprocess.run([npm, "install", "--prefix", str(folder), "--ignore-scripts", "--no-audit", "--no-fund",
                        "--loglevel=error", *words], cwd=folder, check=True, timeout=240)  # fmt: skip
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        print(f"left out, for npm could not install it ({type(error).__name__}): {called}")
        return ""
    begun.replace(asked)
    return node
