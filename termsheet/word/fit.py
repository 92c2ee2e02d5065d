"""How a table of data fits a width: the share of each column, and about how tall it will be."""

from __future__ import annotations

from collections.abc import Sequence

from termsheet.document import Table, printed
from termsheet.word.measure import BOLD, Ruler

_PADDING = 200  # both sides of a cell, in twips
_WIDEST_WORD = 2600
_WIDEST_FIGURE = 1700  # a longer one may break
NUMBER_INSET = 120  # keeps a column that is set flush right off the next
_TOO_TALL = 4  # lines that a broad table would spare


class Fit:
    """What a table needs. It is measured once, and then fitted to one width or another."""

    def __init__(self, data: Table, ruler: Ruler) -> None:
        self._ruler = ruler
        self._texts = [[printed(words) for words in entry.cells] for entry in data.rows]
        self._needs = [self._need(place, column.title, column.numeric) for place, column in enumerate(data.columns)]

    def cramped(self, available: int, broad: int) -> bool:
        """Whether a broad table would cut no words where a narrow one does, or be far less tall."""
        least = sum(least for least, _ in self._needs)
        return least > available or self.height(available) - self.height(broad) >= _TOO_TALL

    def shares(self, available: int) -> list[int]:
        """The widths of the columns: what each needs; of the rest, small wishes are met before great ones."""
        needs = self._needs
        spare = available - sum(least for least, _ in needs)
        if spare < 0:
            scale = available / sum(least for least, _ in needs)
            return _whole([least * scale for least, _ in needs], available)
        widths = [least for least, _ in needs]
        by_wish = sorted(range(len(needs)), key=lambda place: needs[place][1] - needs[place][0])
        for rank, place in enumerate(by_wish):
            least, full = needs[place]
            given = min(full - least, spare / (len(needs) - rank))
            widths[place] += given
            spare -= given
        return _whole([width + spare * width / sum(widths) for width in widths], available)

    def height(self, available: int) -> int:
        """About how many lines of text the table is tall."""
        inner = [width - _PADDING for width in self.shares(available)]
        return 2 + sum(max(map(self._ruler.lines, texts, inner)) for texts in self._texts)

    def _need(self, place: int, title: str, numeric: bool) -> tuple[float, float]:
        """The least width of a column, and the width at which nothing in it wraps."""
        ruler = self._ruler
        texts = [row[place] for row in self._texts]
        most = max(map(ruler.longest_line, texts), default=0.0)
        whole = most if numeric and most <= _WIDEST_FIGURE else 0.0
        words = max(map(ruler.longest_word, texts), default=0.0)
        least = min(max(ruler.longest_word(title) * BOLD, words, whole) * BOLD, _WIDEST_WORD)
        full = max(ruler.longest_line(title), most) * BOLD
        around = _PADDING + NUMBER_INSET * numeric
        return least + around, max(least, full) + around


def _whole(widths: Sequence[float], available: int) -> list[int]:
    whole = [int(width) for width in widths]
    return [*whole[:-1], available - sum(whole[:-1])]
