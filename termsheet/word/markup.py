"""The small words of WordprocessingML: properties in the order that the schema wants, and safe text.

Text is never trusted: what XML cannot carry is refused, what Word spells in its own way (tab, line break,
non-breaking hyphen) is spelt so, and right-to-left script gets runs of its own.
"""

from __future__ import annotations

from termsheet.errors import WriteError
from termsheet.pattern import pattern
from termsheet.typography import typeset

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = f'xmlns:w="{W}" xmlns:r="{R}"'

_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
_FORBIDDEN = pattern(f"[{_CONTROLS}]")
_RTL = "\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_SPELT = {
    "\t": "<w:tab/>",
    "\n": "<w:br/>",
    "\r": "<w:br/>",
    "\r\n": "<w:br/>",
    "\u2011": "<w:noBreakHyphen/>",
    "\u00ad": "<w:softHyphen/>",
}
_SPECIAL = pattern(f"[{_CONTROLS}&<>\t\n\r\u2011\u00ad{_RTL}]")  # what does not stand in a file as it is
_BREAKS = pattern("[\t\n\r]+")
_SPELT_PIECE = pattern("(\r\n|[\t\n\r\u2011\u00ad])")
_FIELD_MARKS = tuple(f'<w:fldChar w:fldCharType="{kind}"/>' for kind in ("begin", "separate", "end"))
# Right-to-left words with the spaces, digits and signs between them.
_RTL_PIECE = pattern(rf"([{_RTL}]+(?:[\W\d_]+[{_RTL}]+)*)")


def escape(text: str) -> str:
    """Text as it stands between tags. Raises WriteError where it holds what XML 1.0 cannot carry."""
    if not _SPECIAL.search(text):
        return text
    forbidden = _FORBIDDEN.search(text)
    if forbidden:
        code = f"U+{ord(forbidden[0]):04X}"
        start = max(forbidden.start() - 20, 0)
        near = text[start : start + 40]
        raise WriteError(f"a Word file cannot carry the character {code} in {near!r}", help="take it out")
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def quoted(text: str) -> str:
    """Text as the value of an attribute, with its quotation marks."""
    if not _SPECIAL.search(text) and '"' not in text:
        return f'"{text}"'
    flat = _BREAKS.sub(" ", text)
    return f'"{escape(flat).replace(chr(34), "&quot;")}"'


def run(text: str, style: str = "") -> str:
    """The text as runs in that character style."""
    if not text:
        return ""
    text = typeset(text)
    if not _SPECIAL.search(text):
        return _run(f'<w:t xml:space="preserve">{text}</w:t>', style)
    pieces = _RTL_PIECE.split(text)
    return "".join(_run(_spelt(piece), style, rtl="<w:rtl/>" * (n % 2)) for n, piece in enumerate(pieces) if piece)


def line_break() -> str:
    """A new line within a paragraph."""
    return "<w:r><w:br/></w:r>"


def tab(style: str = "") -> str:
    """A jump to the next tab stop."""
    return _run("<w:tab/>", style)


def field(code: str, shown: str, style: str = "") -> str:
    """A field that Word can compute again, with the result that it shows until then."""
    instruction = _run(f'<w:instrText xml:space="preserve"> {escape(code)} </w:instrText>', style)
    start, middle, end = (_run(mark, style) for mark in _FIELD_MARKS)
    return start + instruction + middle + run(shown, style) + end


def paragraph(
    style: str, runs: str = "", *, keep_next: bool = False, mark: str = "", section: str = "", was: str = ""
) -> str:
    """A paragraph in that style. It can keep to the next, which no style can know, and end a section.

    In a redline, `mark` tells what has happened to it as a whole, and `was` in which style it was.
    """
    kept = "<w:keepNext/>" if keep_next else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{kept}{mark}{section}{was}</w:pPr>{runs}</w:p>'


def _run(content: str, style: str, rtl: str = "") -> str:
    if not style and not rtl:
        return f"<w:r>{content}</w:r>"
    named = f'<w:rStyle w:val="{style}"/>' if style else ""
    return f"<w:r><w:rPr>{named}{rtl}</w:rPr>{content}</w:r>"


def _spelt(text: str) -> str:
    pieces = (piece for piece in _SPELT_PIECE.split(text) if piece)
    return "".join(_SPELT.get(p) or f'<w:t xml:space="preserve">{escape(p)}</w:t>' for p in pieces)
