"""The paper while it is written: its bookmarks, its content controls and the comments of one side.

Every part of the writer asks it for what goes round the words of a block.
"""

from __future__ import annotations

from termsheet.document import Document, Open, Table, Value
from termsheet.word.comments import Comments
from termsheet.word.controls import Controls
from termsheet.word.fit import Fit
from termsheet.word.marks import Marks
from termsheet.word.numbering import counted
from termsheet.word.options import Options
from termsheet.word.revisions import Revisions
from termsheet.word.themes import Sheet, Theme, sheet, theme


class Paper:
    """One Word file in the making. Raises WriteError for a theme or a paper that does not exist."""

    def __init__(self, document: Document, options: Options) -> None:
        self.document = document
        self.options = options
        self.house = options.reference.fitted(document) if options.reference else None
        self.theme: Theme = self.house.theme if self.house else theme(document.theme)
        self.sheet: Sheet = self.house.sheet if self.house else sheet(document.paper)
        self.marks = Marks(document, options.bookmarked)
        self.controls = Controls(options.bound)
        self.comments = Comments(options.notes)
        lists = {} if self.house else counted(document.layout)
        self.revisions = Revisions(options.revised, lists, moves=document.layout == "clauses")
        self._fits: dict[str, Fit] = {}

    def around(self, key: str, runs: str) -> str:
        """The runs of the block with that id: bookmarked where something points to it, with the comments on it."""
        return self.comments.around(key, self.marks.around(key, runs))

    def fit(self, data: Table) -> Fit:
        """How a table fits a width."""
        if data.id not in self._fits:
            self._fits[data.id] = Fit(data, self.theme.data_ruler)
        return self._fits[data.id]

    def bound(self, inline: Value | Open, runs: str, style: str) -> str:
        """The runs of words of the deal, so that what is typed over them in Word can be read back."""
        return self.controls.around(inline.path, inline.shown, runs, style)
