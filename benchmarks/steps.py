"""Where the milliseconds of one cold lint go: `python -m benchmarks profile`, which writes docs/profile.md.

Three kinds of runs take turns: bare Python, the command itself, and the command with clocks around its steps
(`probe.py`); all figures are processor time. What Python imports, and how long each takes, it tells itself
(`-X importtime`), in wall time.
"""

from __future__ import annotations

import marshal
import re
import statistics
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.harness import (
    ROOT,
    SPEED,
    Command,
    Launcher,
    interleaved,
    keep,
    launcher,
    machine,
    put,
    script,
    table,
    told,
)

NAME = "profile"
DEAL = ROOT / "benchmarks" / "deal.yaml"
PAGE = SPEED.with_name("profile.md")
_LINE = re.compile(r"import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)")


def imported(start: Launcher, arguments: tuple[str, ...], turns: int) -> dict[str, dict[str, float]]:
    """The imports of a run by package: how many modules, and how many seconds by Python's own clock (the median)."""
    seen: dict[str, list[float]] = {}
    counts: Counter[str] = Counter()
    for turn in range(turns):
        told_by = subprocess.run([sys.executable, "-X", "importtime", script("termsheet"), *arguments],
                                 env=start.environment, capture_output=True, text=True)  # fmt: skip
        spent: Counter[str] = Counter()
        begun = False
        for took, name in _LINE.findall(told_by.stderr):
            package = _package(name) if begun else "Python's own start"
            spent[package] += int(took)
            counts[package] += not turn
            begun = begun or name == "site"
        for package, took in spent.items():
            seen.setdefault(package, []).append(took / 1e6)
    return {name: {"modules": counts[name], "seconds": statistics.median(times)} for name, times in seen.items()}


def _package(name: str) -> str:
    """The package of a module; of ours the part."""
    top, _, rest = name.partition(".")
    if top == "termsheet":
        part = rest.partition(".")[0]
        return f"termsheet.{part}" if part in _PARTS else "termsheet, other modules"
    if top in ("ruamel", "_ruamel_yaml"):
        return "ruamel.yaml"
    return "standard library" if top in sys.stdlib_module_names else top


_PARTS = {path.name for path in (ROOT / "termsheet").iterdir() if (path / "__init__.py").exists()}


def measured(start: Launcher, turns: int) -> dict[str, Any]:
    """The whole, the floor and the steps, in seconds."""
    arguments = ("lint", "--no-cache", str(DEAL))
    into = Path(start.folder) / "probe"
    kept: list[dict[str, Any]] = []
    commands = {
        "no site": Command((sys.executable, "-S", "-c", "pass")),
        "bare": Command((sys.executable, "-c", "pass")),
        "whole": Command((script("termsheet"), *arguments)),
        "probe": Command((sys.executable, "-P", str(ROOT / "benchmarks" / "probe.py"), str(into), *arguments)),
    }
    collect = lambda: _collect(into, kept)  # noqa: E731
    commands = {name: replace(command, before=collect) for name, command in commands.items()}
    spent = interleaved(start, commands, turns)
    collect()
    kept = kept[1:]  # the first of all is no turn
    return {
        "cpu": {name: statistics.median(turn.cpu for turn in ran) for name, ran in spent.items()},
        "steps": _medians([one["steps"] for one in kept]),
        "rules": _medians([one["rules"] for one in kept]),
        "done": statistics.median(one["done"] for one in kept),
        "imports": imported(start, arguments, max(turns // 3, 1)),
    }


def _collect(path: Path, kept: list[dict[str, Any]]) -> None:
    """Take in what a probe has left."""
    if path.exists():
        kept.append(marshal.loads(path.read_bytes()))
        path.unlink()


def _medians(runs: list[dict[str, float]]) -> dict[str, float]:
    names = dict.fromkeys(name for run in runs for name in run)
    return {name: statistics.median(run.get(name, 0.0) for run in runs) for name in names}


def tables(kept: Mapping[str, Any]) -> dict[str, str]:
    """The tables of a result, by the marker of their place on the page."""
    cpu, steps = kept["cpu"], kept["steps"]
    rules = sum(kept["rules"].values())
    inside = [(name, took) for name, took in steps.items() if name != "imports"]
    rows = [("Python starts", cpu["no site"]), ("`site`: paths and `.pth` files", cpu["bare"] - cpu["no site"]),
            ("imports", steps["imports"])]  # fmt: skip
    inside.append((_RULES, rules))
    rows += [(name, took) for name, took in sorted(inside, key=lambda item: _ORDER.get(item[0], 99))]
    whole = cpu["probe"]
    rows += [("what no clock covers", max(kept["done"] - sum(took for _, took in rows), 0.0)),
             ("Python ends", whole - kept["done"])]  # fmt: skip
    names = {_RULES: f"{_RULES}, the {len(kept['rules'])} that apply"}
    lines = [(names.get(name, name), f"{took * 1000:.1f}", f"{took / whole * 100:.0f} %") for name, took in rows]
    lines.append(("**all**", f"**{whole * 1000:.1f}**", "100 %"))
    slow = sorted(kept["rules"].items(), key=lambda item: -item[1])[:10]
    parts = sorted(kept["imports"].items(), key=lambda item: -item[1]["seconds"])
    return {
        "machine": f"{told(kept)} Without clocks the command took {cpu['whole'] * 1000:.1f} ms.",
        "steps": table(("step", "ms", "of the whole"), lines),
        "imports": table(("package", "modules", "ms"), [
            (name, f"{took['modules']}", f"{took['seconds'] * 1000:.1f}") for name, took in parts]),
        "rules": table(("rule", "ms", "of all rules"), [
            (f"`{slug}`", f"{took * 1000:.2f}", f"{took / rules * 100:.0f} %") for slug, took in slow]),
    }  # fmt: skip


_RULES = "rules"
_ORDER = {name: place for place, name in enumerate((
    "command line, configuration, output", "read the file", "parse the YAML", "load the schema",
    "normalise", "check the schema", "check references", "well formed, the rest", _RULES,
    "findings: order, causes, waivers, stages", "report"))}  # fmt: skip


def pages(kept: Mapping[str, Any]) -> None:
    """Write the tables of a result into its page."""
    for marker, text in tables(kept).items():
        put(PAGE, marker, text)


def main(quick: bool) -> None:
    """Run, print, and keep the result unless it was quick."""
    on = machine()
    with launcher() as start:
        found = {"machine": on, **measured(start, 3 if quick else 21)}
    if quick:
        from termsheet import __version__

        kept = {"date": "this day", "version": __version__, **found}
    else:
        kept = keep(NAME, found)
    print("\n\n".join(tables(kept).values()))


if __name__ == "__main__":
    main("--quick" in sys.argv[1:])
