"""Fixes: only for what has one right answer, spliced into the file, and only if the deal is better for it.

A fix writes a value or a key in the form of the vocabulary. It never adds to the terms of a deal, nor chooses between
two that may be meant.

    remedies.py   for each finding on form, the edits that mend it
    words.py      keys and words of the vocabulary
    ids.py        ids and what refers to them
    shapes.py     values of another form or type
    several.py    several entries written on one line
    traps.py      a text that a comma cut in pieces
    repair.py     a line that YAML cannot read
    forms.py      dates, times, money … (times.py, sums.py, numbers.py)
    spelling.py   which known word is meant
    written.py    how a value stands in the file, and the edit of it
    settle.py     each fix is tried before it counts
    files.py      files, read and written
"""

from __future__ import annotations

from termsheet.fix.remedies import Fix, remedies
from termsheet.fix.settle import Dropped, Mended, mend

__all__ = ["Dropped", "Fix", "Mended", "mend", "remedies"]
