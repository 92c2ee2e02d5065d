"""Try the redlines of many pairs of deals: `python -m tests.redlines --pairs 200 [--first 0] [--without-office]`."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

from .office import Office, python_with_uno
from .pairs import papers
from .tried import tried


def main() -> int:
    """Print the pairs that fail, and how many do not."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--pairs", type=int, default=200)
    asked.add_argument("--first", type=int, default=0)
    asked.add_argument("--without-office", action="store_true")
    given = asked.parse_args()
    wrong, kinds = 0, Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder)) if python_with_uno() and not given.without_office else None
        for seed in range(given.first, given.first + given.pairs):
            old, new, said = papers(seed)
            kinds.update([new.form, new.theme, new.language, *{change.split(" ")[0] for change in said}])
            faults = list(tried(old, new, office))
            wrong += bool(faults)
            if faults:
                print(f"{seed} ({new.form}, {', '.join(said)})", *faults, sep="\n    ", flush=True)
        if office:
            office.close()
    print(", ".join(f"{count} {kind}" for kind, count in kinds.most_common()))
    print(f"{given.pairs} pairs, {wrong} with faults, {'with' if office else 'without'} LibreOffice")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
