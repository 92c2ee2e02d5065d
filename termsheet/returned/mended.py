"""The XML of a paper as LibreOffice 7 meant it, where it writes a tracked change in a bound value wrongly.

Such a change cuts the content control in pieces. Each change then ends within the control in which it did not begin,
which is not well-formed, and behind the words of each piece stands once more all that the control holds, instead of the
words of the first piece. No other editor writes that. The pieces are put together again, and the words as they were.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

_SIGN = re.compile(rb"<w:sdtContent></w:(?:ins|del|moveFrom|moveTo)>")
_CROSSED = re.compile(
    rb"<w:(ins|del|moveFrom|moveTo)\b[^<>]*>(<w:sdt>(?:(?!<w:sdt(?:Content)?>).)*<w:sdtContent>)</w:\1>", re.DOTALL
)
_PIECES = re.compile(rb"(?:<w:sdt>(?:(?!</?w:sdt>).)*</w:sdt>){2,}", re.DOTALL)
_PIECE = re.compile(rb"<w:sdt>((?:(?!</w:sdtPr>).)*</w:sdtPr>)<w:sdtContent>(.*?)</w:sdtContent></w:sdt>", re.DOTALL)
_BOUND = re.compile(rb'w:xpath="([^"]*)"')
_WORDS = re.compile(rb"(<w:(t|delText)(?: [^<>]*)?>)([^<>]*)(</w:\2>)")


def mended(content: bytes) -> bytes:
    """The content of a part, with that fault put right; all else as it is."""
    if not _SIGN.search(content):
        return content
    return _PIECES.sub(_joined, _CROSSED.sub(rb"\2", content))


def _joined(found: re.Match[bytes]) -> bytes:
    pieces = [(match[1], match[2]) for match in _PIECE.finditer(found[0])]
    if b"".join(_control(*piece) for piece in pieces) != found[0]:
        return found[0]
    return b"".join(_put_together(path, [*group]) for path, group in groupby(pieces, lambda piece: _path(piece[0])))


def _path(properties: bytes) -> bytes:
    bound = _BOUND.search(properties)
    return bound[1] if bound else b""


def _control(properties: bytes, body: bytes) -> bytes:
    return b"<w:sdt>" + properties + b"<w:sdtContent>" + body + b"</w:sdtContent></w:sdt>"


def _put_together(path: bytes, pieces: list[tuple[bytes, bytes]]) -> bytes:
    """One control of all its pieces, where each says the whole once more."""
    said = [[match[3] for match in _WORDS.finditer(body)] for _, body in pieces]
    whole = b"".join(said[0])
    own = [words[:-1] for words in said[1:]]
    rest = b"".join(b"".join(words) for words in own)
    if not path or not whole or not own or not whole.endswith(rest) or any(words[-1:] != [whole] for words in said[1:]):
        return b"".join(_control(*piece) for piece in pieces)
    first = pieces[0][1]
    bodies = [_retold(first, _cut([*said[0]], len(rest))), *(_retold(piece[1], [*words, b""])
              for piece, words in zip(pieces[1:], own, strict=True))]  # fmt: skip
    return _control(pieces[0][0], b"".join(bodies))


def _cut(words: list[bytes], size: int) -> list[bytes]:
    """The words without so much of their end."""
    made: list[bytes] = []
    for word in reversed(words):
        gone = min(size, len(word))
        size -= gone
        made.insert(0, word[: len(word) - gone])
    return made


def _retold(body: bytes, words: list[bytes]) -> bytes:
    told: Iterator[bytes] = iter(words)
    return _WORDS.sub(lambda match: match[1] + next(told) + match[4], body)
