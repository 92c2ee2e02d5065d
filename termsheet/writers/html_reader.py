"""The text of an HTML page, as an independent reader takes it from the file."""

from __future__ import annotations

from html.parser import HTMLParser

_UNREAD = {"head", "style", "script"}
_INLINE = {"a", "bdi", "dfn", "em", "mark", "span", "strong"}


def text_of(page: str) -> str:
    """The words of the body. The end of every block is the end of a line."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return "".join(reader.pieces)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unread += tag in _UNREAD
        if tag == "br":
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._unread -= tag in _UNREAD
        if tag not in _INLINE and not self._unread:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self.pieces.append(data)
