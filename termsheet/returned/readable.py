"""A Word file as text that can be compared line by line: a line for each paragraph, with its number.

What is tracked stands in it as it is marked: `[-30-]{+45+} days`. Short cells of a table stand side by side.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from termsheet.returned.numbers import Numbers
from termsheet.returned.package import Package

_SPELT = {"w tab": "\t", "w br": " ", "w cr": " ", "w noBreakHyphen": "-"}
_MARKS = {"w ins": ("{+", "+}"), "w moveTo": ("{+", "+}"), "w del": ("[-", "-]"), "w moveFrom": ("[-", "-]")}
_FALLBACK = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"
_WORDS = ("w t", "w delText")


def readable(package: Package) -> str:
    """The text of the main part."""
    reader = _Reader(Numbers(package))
    package.walk(package.main, reader.start, reader.end, reader.words)
    return "\n".join(line.rstrip() for line in reader.lines) + "\n"


@dataclass
class _Paragraph:
    style: str = ""
    number: str = ""
    level: int | None = None
    words: list[str] = field(default_factory=list)


class _Reader:
    def __init__(self, numbers: Numbers) -> None:
        self.numbers = numbers
        self.lines: list[str] = []
        self.inside: list[str] = []
        self.paragraphs: list[_Paragraph] = []
        self.rows: list[list[list[str]]] = []
        self.hidden = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        above = self.inside[-1] if self.inside else ""
        self.inside.append(tag)
        self.hidden += tag == _FALLBACK
        if tag == "w p":
            self.paragraphs.append(_Paragraph())
        elif tag == "w tr":
            self.rows.append([])
        elif tag == "w tc" and self.rows:
            self.rows[-1].append([])
        if not self.paragraphs or self.hidden:
            return
        paragraph, value = self.paragraphs[-1], attributes.get("w val", "")
        if tag in _MARKS and above != "w rPr":
            paragraph.words.append(_MARKS[tag][0])
        elif above == "w pPr" and tag == "w pStyle" and "w pPrChange" not in self.inside:
            paragraph.style = value
        elif above == "w numPr" and tag == "w numId":
            paragraph.number = value
        elif above == "w numPr" and tag == "w ilvl" and value.isdigit():
            paragraph.level = int(value)
        elif above == "w r" and tag in _SPELT:
            paragraph.words.append(_SPELT[tag])

    def end(self, tag: str) -> None:
        self.inside.pop()
        if tag in _MARKS and self.paragraphs and self.inside[-1:] != ["w rPr"] and not self.hidden:
            self.paragraphs[-1].words.append(_MARKS[tag][1])
        self.hidden -= tag == _FALLBACK
        if tag == "w p" and self.paragraphs:
            self._line(self.paragraphs.pop())
        elif tag == "w tr" and self.rows:
            self._row([cell for cell in self.rows.pop() if cell])

    def words(self, text: str) -> None:
        if self.paragraphs and not self.hidden and self.inside[-1] in _WORDS:
            self.paragraphs[-1].words.append(text)

    def _line(self, paragraph: _Paragraph) -> None:
        words = "".join(paragraph.words).replace("+}{+", "").replace("-][-", "")
        label = self.numbers.label(paragraph.style, paragraph.number, paragraph.level)
        self._put(f"{label}\t{words}" if label else words)

    def _row(self, cells: list[list[str]]) -> None:
        """Cells of a line each stand side by side, others one below the other."""
        if all(len(cell) == 1 for cell in cells):
            self._put(" | ".join(cell[0] for cell in cells))
            return
        for line in (line for cell in cells for line in cell):
            self._put(line)

    def _put(self, line: str) -> None:
        lines = self.rows[-1][-1] if self.rows and self.rows[-1] else self.lines
        if line.strip():
            lines.append(line)
