"""Markdown with real numbers, for a pull request or a wiki. Text of the deal is escaped, so that it means itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from termsheet.document import (
    GONE,
    Break,
    Change,
    Clause,
    Document,
    Inline,
    Paragraph,
    Part,
    Signature,
    Table,
    Term,
    Text,
    Value,
    shown,
)
from termsheet.pattern import pattern

BLANK = r"\_\_\_\_\_\_\_\_"
_SPECIAL = pattern(r"([\\`*_\[\]<>|~#&])")
_MARKED = pattern(r"\\([\\`*_\[\]<>|~#&+=.)-])|\*+|<br>")
_LEADING = pattern(r"^(\s*)([-+=]|\d+[.)])(?=\s|$)")


def write(document: Document) -> str:
    """The whole paper as Markdown."""
    lines = [f"# {_escaped(document.title)}", "", f"**{_escaped(document.subtitle)}**", ""]
    heads = [*document.furniture.first_left, document.furniture.right]
    lines += [line for head in filter(None, heads) for line in (f"*{_escaped(head)}*", "")]
    for paragraph in document.intro:
        lines += [_inlines(paragraph.inlines), ""]
    lines += _open_points(document)
    for part in document.parts:
        lines += _part(part)
    ending = [_schedules(document), _signatures(document)]
    for end in ending if document.signatures_last else reversed(ending):
        lines += end
    return "\n".join(lines).rstrip() + "\n"


def _open_points(document: Document) -> Iterator[str]:
    if not document.open_points:
        return
    yield f"## {_escaped(document.words.open_points)}"
    yield ""
    for point in document.open_points:
        whose = f", {_escaped(point.by)}" if point.by else ""
        yield f"- {_escaped(point.what)} ({document.words.paragraph} {_escaped(point.number)}{whose})"
    yield ""


def _part(part: Part) -> Iterator[str]:
    yield f"## {_escaped(part.heading)}"
    yield ""
    for clause in part.clauses:
        yield from _clause(clause)


def _clause(clause: Clause) -> Iterator[str]:
    if clause.label:
        yield f"### {clause.label} {_escaped(clause.title)}"
        yield ""
    yield from _blocks(clause)


def _blocks(clause: Clause) -> Iterator[str]:
    for block in clause.blocks:
        if isinstance(block, Table):
            yield from _table(block)
        else:
            yield from _paragraph(block)
        yield ""


def _paragraph(paragraph: Paragraph) -> Iterator[str]:
    """An item of a list keeps the number that it has in the paper: a bullet would lose it."""
    text = _inlines(paragraph.inlines)
    if not paragraph.level:
        yield f"{_LEADING.sub(_literal, paragraph.label)} {text}" if paragraph.label else text
        return
    indent = "  " * (paragraph.level - 1)
    yield f"{indent}- {paragraph.label} {text}"


def _table(table: Table) -> Iterator[str]:
    yield "| " + " | ".join(_escaped(column.title) for column in table.columns) + " |"
    yield "|" + "|".join(" ---: " if column.numeric else " --- " for column in table.columns) + "|"
    for row in table.rows:
        yield "| " + " | ".join(_inlines(cell).replace("\n", "<br>") for cell in row.cells) + " |"


def _schedules(document: Document) -> Iterator[str]:
    for schedule in document.schedules:
        yield from (f"## {schedule.label} – {_escaped(schedule.title)}", "", *_blocks(schedule))


def _signatures(document: Document) -> Iterator[str]:
    yield from (f"## {_escaped(document.words.signatures)}", "")
    for paragraph in document.closing:
        yield from (_inlines(paragraph.inlines), "")
    for signature in document.signatures:
        yield from _signature(signature, document.words.signature.rstrip(":"))


def _signature(signature: Signature, label: str) -> Iterator[str]:
    yield f"{_escaped(signature.lead)} **{_escaped(shown(signature.party))}**".lstrip()
    yield ""
    for name, value in [(label, ""), *((line.label, shown(line.inlines)) for line in signature.lines)]:
        yield f"- {_escaped(name)}: {_escaped(value) if value else BLANK}"
    yield ""


def _inlines(inlines: tuple[Inline, ...]) -> str:
    text = "".join(map(_inline, inlines)).replace("****", "")  # where bold words follow bold words
    return _LEADING.sub(_literal, text)


def _literal(match: re.Match[str]) -> str:
    """What would begin a list, so that it does not."""
    return f"{match[1]}\\{match[2]}" if len(match[2]) == 1 else f"{match[1]}{match[2][:-1]}\\{match[2][-1]}"


def _inline(inline: Inline) -> str:
    if isinstance(inline, Change):
        return "" if inline.kind in GONE else _inline(inline.inline)
    if isinstance(inline, Break):
        return "<br>"
    if isinstance(inline, Term):
        text, marks = _escaped(inline.text), inline.marks
        return f"{marks[0]}**{text}**{marks[1]}" if inline.defines else text
    if isinstance(inline, Text | Value):
        text = _escaped(inline.text if isinstance(inline, Text) else inline.shown)
        return _wrapped(
            text, "**" if inline.strong else "*" if isinstance(inline, Text) and inline.emphasis else ""
        )
    return _escaped(inline.shown)


def _wrapped(text: str, mark: str) -> str:
    """The mark around the words, not around the spaces at their ends, where Markdown would not see it."""
    words = text.strip()
    return text.replace(words, f"{mark}{words}{mark}", 1) if mark and words else text


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text).replace("\n", "<br>")


def plain(text: str) -> str:
    """The words of a page that this writer made, without its marks."""
    return _MARKED.sub(lambda match: match[1] or "", text)
