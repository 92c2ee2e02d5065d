"""One command for all benchmarks: `python -m benchmarks [NAME...] [--quick]`.

Without a name it runs them all; `pages` measures nothing and writes the tables and charts anew from what is kept under
`benchmarks/results/`. `--quick` takes few turns, prints, and keeps nothing.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from importlib import import_module

from benchmarks import harness

# The name, its module, what it is called with, and what with --quick.
BENCHMARKS: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "lint": ("lint", (), ("--quick",)),
    "profile": ("steps", (), ("--quick",)),
    "render": ("render", (), ("--quick",)),
    "word": ("word", (), ()),
    "redline": ("redline", ("--pairs", "12", "--sample", "1"), ("--pairs", "3", "--sample", "1")),
}
PAGES = ("lint", "redline", "render", "steps")  # modules with a function `pages` that takes what is kept


def main() -> int:
    """Run what is named, each in a process of its own; the code is 1 where one has failed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"{', '.join(BENCHMARKS)}, or pages (default: all)")
    parser.add_argument("--quick", action="store_true", help="few turns; keep nothing")
    asked = parser.parse_args()
    unknown = {*asked.names} - {*BENCHMARKS, "pages"}
    if unknown:
        parser.error(f"there is no benchmark {', '.join(sorted(unknown))}")
    failed = 0
    for name in [one for one in asked.names or BENCHMARKS if one != "pages"]:
        module, usual, quick = BENCHMARKS[name]
        command = [sys.executable, "-m", f"benchmarks.{module}", *(quick if asked.quick else usual)]
        print(f"== {name}", flush=True)
        failed |= subprocess.run(command, env=harness.environment(), cwd=harness.ROOT).returncode != 0
    if not asked.quick:
        pages()
    return int(failed)


def pages() -> None:
    """Write the tables and charts anew from what is kept."""
    for name in PAGES:
        module = import_module(f"benchmarks.{name}")
        kept = harness.kept(module.NAME)
        if kept:
            module.pages(kept)
    harness.write_targets()


if __name__ == "__main__":
    sys.exit(main())
