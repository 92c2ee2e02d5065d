"""A house's own look: a Word file whose styles, lists, page set-up, header and footer are mapped onto our paper.

    reference = read("house.docx")            what the file says
    fitted = reference.fitted(document)       what of it one paper takes, and what it does not

The body of the file is never taken. Nothing of this package is imported unless a reference is given.
"""

from __future__ import annotations

from termsheet.word.reference.fitted import Fitted
from termsheet.word.reference.house import Reference, read

__all__ = ["Fitted", "Reference", "read"]
