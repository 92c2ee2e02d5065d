"""Rounds: what of a deal was sent, kept as it was, so that what moves can be told from what was moved.

    deal.yaml
    deal.sent/
    ├── 1/                  a round, never written again
    │   ├── round.json      its number, day and form, whom it went to, and the hash of each file beside it
    │   ├── draft.docx      the paper that went out
    │   ├── deal.yaml       the deal as it was
    │   ├── document.json   the paper as data
    │   └── library.json    the clauses and forms that it was made from, each by its hash
    ├── library/            their texts, each once: `built-in/clauses/ip/foreground.3f2a9c1d52b0.md`
    └── lock.json           what `termsheet upgrade` has accepted since the last round

Modules:

    store.py        the rounds of a deal, read and written
    library.py      the texts of the library: as they are now, and as a round or the lock has them
    lock.py         what holds a deal to the texts of its last round, or to those accepted since
    sending.py      `termsheet send`
    newer.py        `termsheet outdated` and `termsheet upgrade`
    moves.py        `termsheet rounds`: terms and positions from round to round
    telling.py      how that is shown
    columns.py      a table in plain text
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_SUFFIXES = (".yaml", ".yml", ".json")


def folder(deal_path: str | Path) -> Path:
    """The folder of a deal's rounds: `deal.sent` beside `deal.yaml`."""
    from pathlib import Path  # a paper without rounds does without

    return Path(home(deal_path))


def home(deal_path: str | Path) -> str:
    """The same as a text."""
    place, name = os.path.split(deal_path)
    name = "" if name == "." else name  # it is no deal, as whoever reads it will say
    stem, suffix = os.path.splitext(name)
    return os.path.join(place, f"{stem if suffix.lower() in _SUFFIXES else name}.sent")
