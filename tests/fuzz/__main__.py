"""`python -m tests.fuzz`: every target in turn until the time is over; each input that fails is kept in the corpus.

Exit code: 0 nothing was found, 1 something was.
"""

from __future__ import annotations

import argparse
import faulthandler
import random
import sys
import time
import traceback
from collections import Counter
from hashlib import sha256
from pathlib import Path

from .targets import TARGETS

CORPUS = Path(__file__).parent / "corpus"
SLOW = 30  # seconds that no input may take


def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    asked.add_argument("--minutes", type=float, default=10)
    asked.add_argument("--target", choices=TARGETS, action="append")
    asked.add_argument("--seed", type=int, default=int(time.time()))
    asked.add_argument("--keep", type=Path, default=CORPUS, help="where what is found is kept")
    asked.add_argument("--guided", choices=("loader", "docx"), help="led by coverage; needs atheris")
    given = asked.parse_args()
    if given.guided:
        from .guided import run

        return run(given.guided, given.minutes, given.keep)
    names = given.target or [*TARGETS]
    print(f"seed {given.seed}", flush=True)
    tried, found, known = Counter[str](), Counter[str](), set[str]()
    end, seed = time.monotonic() + given.minutes * 60, given.seed
    while time.monotonic() < end:
        for name in names:
            seed += 1
            tried[name] += 1
            if problem := attempt(name, seed, given.keep, known):
                found[name] += 1
                print(problem, flush=True)
    for name in names:
        print(f"{name:10} {tried[name]:8,} tried, {found[name]} found")
    return int(bool(found))


def attempt(name: str, seed: int, keep: Path, known: set[str]) -> str:
    """Try one input. Gives what is wrong, and keeps the input; nothing where all is well, or the fault is known."""
    target, start = TARGETS[name], time.monotonic()
    data = target.make(random.Random(seed))
    faulthandler.dump_traceback_later(SLOW * 10, exit=True)
    try:
        target.check(data)
        if time.monotonic() - start < SLOW:
            return ""
        where = problem = f"{name} took more than {SLOW} seconds"
    except Exception as error:
        where = "".join(traceback.format_tb(error.__traceback__)[-1:])
        problem = "".join(traceback.format_exception(error)[-12:])
    finally:
        faulthandler.cancel_dump_traceback_later()
    if where in known:
        return ""
    known.add(where)
    file = keep / name / sha256(data).hexdigest()[:12]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    return f"{name}, seed {seed}, kept as {file}\n{problem}"


if __name__ == "__main__":
    sys.exit(main())
