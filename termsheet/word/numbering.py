"""The numbered lists of the paper, and the proof that Word will count as the document says.

Numbers in the paper are live: each level belongs to a style, so that a paragraph carries only its style. The
document knows its numbers beforehand; were Word to count otherwise, references would lie, so that is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from termsheet.document import Clause, Document, Paragraph
from termsheet.errors import WriteError
from termsheet.word.markup import HEAD, SPACES

TERMS, BODY = 1, 2

FIRST_ITEM = 2  # the level of (a) in the list of terms, below those of 1. and 1.1
DEEPEST = 3

_FORMATS = ("lowerLetter", "lowerRoman", "upperLetter")
_PARAGRAPH_INDENT = 624  # as wide as "12.10"
_TERM_INDENTS = ((1078, 454), (1645, 567), (2099, 454))
_BODY_INDENTS = ((567, 567), (1134, 567), (1701, 567))


def numbering_xml() -> str:
    """The part word/numbering.xml."""
    terms = _level(0, "decimal", "%1.", "Heading2", 425, 425)
    terms += _level(1, "decimal", "%1.%2", "TermParagraph", _PARAGRAPH_INDENT, _PARAGRAPH_INDENT)
    terms += _items("TermItem", _TERM_INDENTS, FIRST_ITEM)
    # The signature heading counts nothing: it stands at level 0 so that what follows it starts again at (a).
    body = _level(0, "none", "", "SignatureHeading", 0, 0) + _items("BodyItem", _BODY_INDENTS, 1)
    lists = _list(TERMS, "1A2B3C01", terms) + _list(BODY, "1A2B3C02", body)
    used = "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in (TERMS, BODY))
    return f"{HEAD}<w:numbering {SPACES}>{lists}{used}</w:numbering>"


def check(document: Document) -> None:
    """Raises WriteError where Word would print another number than the document has."""
    _check_items("", document.intro)
    for count, clause in enumerate(document.clauses(), 1):
        if (clause.label, clause.number) != (f"{count}.", f"{count}"):
            raise _disagreement(clause, f"{count}.", f"{count}")
        _check_items(clause.number, (block for block in clause.blocks if isinstance(block, Paragraph)))
    _check_items("", document.closing)


def _check_items(prefix: str, paragraphs: Iterable[Paragraph]) -> None:
    counts = [0, 0, 0]
    clause, paragraph = prefix, 0
    for item in paragraphs:
        if not 0 <= item.level <= DEEPEST:
            raise WriteError(f"{item.id!r} has level {item.level}, and the deepest is {DEEPEST}")
        if item.level == 0 and item.label:
            paragraph, counts = paragraph + 1, [0, 0, 0]
            prefix = f"{clause}.{paragraph}"
            if (item.label, item.number) != (prefix, prefix):
                raise _disagreement(item, prefix, prefix)
        if item.level == 0 or not (prefix or item.label):  # outside the clauses, a number need not be known
            continue
        counts[item.level - 1] += 1
        counts[item.level :] = [0] * (DEEPEST - item.level)
        labels = [f"({_COUNTERS[level](count)})" for level, count in enumerate(counts) if count]
        number = prefix + "".join(labels)
        if (item.label, item.number) != (labels[-1], number):
            raise _disagreement(item, labels[-1], number)


def _disagreement(block: Clause | Paragraph, label: str, number: str) -> WriteError:
    has = f"{block.label!r} and {block.number!r}"
    return WriteError(f"{block.id!r} is numbered {has}, but Word would count {label!r} and {number!r}")


_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def _letters(count: int) -> str:
    """As Word counts: a … z, aa, bb … zz, aaa."""
    return chr(97 + (count - 1) % 26) * ((count - 1) // 26 + 1)


def _roman(count: int) -> str:
    found = ""
    for value, sign in _ROMAN:
        found += sign * (count // value)
        count %= value
    return found


_COUNTERS: tuple[Callable[[int], str], ...] = (_letters, _roman, lambda count: _letters(count).upper())


def _items(style: str, indents: tuple[tuple[int, int], ...], first: int) -> str:
    levels = enumerate(zip(_FORMATS, indents, strict=True))
    return "".join(_level(first + n, form, f"(%{first + n + 1})", f"{style}{n + 1}", *indent)
                   for n, (form, indent) in levels)  # fmt: skip


def _level(level: int, form: str, text: str, style: str, left: int, hanging: int) -> str:
    shape = f'<w:tabs><w:tab w:val="num" w:pos="{left}"/></w:tabs>' if text else ""
    suffix = "" if text else '<w:suff w:val="nothing"/>'
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:pStyle w:val="{style}"/>'
        f'{suffix}<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr>{shape}<w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr></w:lvl>'
    )


def _list(number: int, key: str, levels: str) -> str:
    return (
        f'<w:abstractNum w:abstractNumId="{number}"><w:nsid w:val="{key}"/>'
        f'<w:multiLevelType w:val="multilevel"/><w:tmpl w:val="{key[::-1]}"/>{levels}</w:abstractNum>'
    )
