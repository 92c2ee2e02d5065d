"""The signatures: two blocks across, each of them whole on one page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from termsheet.document import Signature, SignatureLine, Words, shown
from termsheet.word import tables
from termsheet.word.inlines import runs
from termsheet.word.markup import paragraph, run, tab
from termsheet.word.opening import body
from termsheet.word.paper import Paper
from termsheet.word.paragraph_styles import SIGNATURE_GAP, SIGNATURE_TAB, signature_width

_ACROSS = 2
_NOTHING = paragraph("SignatureText")


def signatures(paper: Paper) -> str:
    """The heading, the closing words and the blocks."""
    document, block_width = paper.document, signature_width(paper.sheet)
    signed = document.signatures
    found = paragraph("SignatureHeading", run(document.words.signatures)) if signed else ""
    plain = "BodyLead" if signed else "BodyText"
    found += "".join(body(block, paper, plain) for block in document.closing)
    groups = _groups(signed)
    return found + paragraph("SignatureGap").join(
        _pair(group, document.words, paper, block_width) for group in groups
    )


def _groups(signed: Sequence[Signature]) -> Iterator[Sequence[Signature]]:
    """Two across; in a redline, a block that came or went stands alone."""
    for revised, some in groupby(signed, lambda one: bool(one.revision)):
        blocks, across = [*some], 1 if revised else _ACROSS
        yield from (blocks[start : start + across] for start in range(0, len(blocks), across))


def _pair(group: Sequence[Signature], words: Words, paper: Paper, block_width: int) -> str:
    """One table for the pair, so that their lines stand level. What follows it lets the next pair go."""
    widths = (block_width, SIGNATURE_GAP, block_width)
    leads = [_lead(signature, paper) for signature in group]
    lines = [_lines(signature, words, paper) for signature in group]
    mark = paper.revisions.row(group[0].revision)
    rows = (_across(leads, widths, mark), _across(lines, widths, mark))
    caption = f"{words.signatures}: {', '.join(shown(signature.party) for signature in group)}"
    return tables.table("SignatureTable", widths, rows, caption=caption, headed=False)


def _across(contents: Sequence[str], widths: tuple[int, int, int], mark: str) -> str:
    left, right = (*contents, _NOTHING)[:_ACROSS]
    return tables.row("".join(map(tables.cell, widths, (left, _NOTHING, right))), mark=mark)


def _lead(signature: Signature, paper: Paper) -> str:
    lead = paragraph("SignatureText", run(signature.lead)) if signature.lead else ""
    return lead + paragraph("SignatureParty", paper.around(signature.id, runs(signature.party, paper)))


def _lines(signature: Signature, words: Words, paper: Paper) -> str:
    if words.signature.endswith(":"):
        line = paragraph("SignatureBy", _field(SignatureLine(words.signature), paper))
    else:
        line = paragraph("SignatureRule") + paragraph("SignatureCaption", run(words.signature))
    return line + "".join(paragraph("SignatureField", _field(field, paper)) for field in signature.lines)


def _field(line: SignatureLine, paper: Paper) -> str:
    """A label, and what is given, or a line to write on."""
    label = line.label if line.label.endswith(":") else f"{line.label}:"
    broad = paper.theme.ruler.width(label) >= SIGNATURE_TAB
    if line.inlines:
        return run(f"{label} " if broad else label) + ("" if broad else tab()) + runs(line.inlines, paper)
    return run(label) + tab() + ("" if broad else tab())
