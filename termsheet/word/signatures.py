"""The signatures: two blocks across, each of them whole on one page."""

from __future__ import annotations

from collections.abc import Sequence

from termsheet.document import Document, Signature, SignatureLine, Words, shown
from termsheet.word import tables
from termsheet.word.inlines import runs
from termsheet.word.marks import Marks
from termsheet.word.markup import paragraph, run, tab
from termsheet.word.measure import width
from termsheet.word.opening import body
from termsheet.word.paragraph_styles import SIGNATURE_GAP, SIGNATURE_TAB

_ACROSS = 2
_NOTHING = paragraph("SignatureText")


def signatures(document: Document, marks: Marks, block_width: int) -> str:
    """The heading, the closing words and the blocks."""
    signed = document.signatures
    found = paragraph("SignatureHeading", run(document.words.signatures)) if signed else ""
    plain = "BodyLead" if signed else "BodyText"
    found += "".join(body(block, marks, plain) for block in document.closing)
    groups = (signed[start : start + _ACROSS] for start in range(0, len(signed), _ACROSS))
    return found + (paragraph("Spacer") * 2).join(
        _pair(group, document.words, marks, block_width) for group in groups
    )


def _pair(group: Sequence[Signature], words: Words, marks: Marks, block_width: int) -> str:
    """One table for the pair, so that their lines stand level. What follows it lets the next pair go."""
    widths = (block_width, SIGNATURE_GAP, block_width)
    leads = [_lead(signature, marks) for signature in group]
    lines = [_lines(signature, words, marks) for signature in group]
    rows = (_across(leads, widths), _across(lines, widths))
    caption = f"{words.signatures}: {', '.join(shown(signature.party) for signature in group)}"
    return tables.table("SignatureTable", widths, rows, caption=caption, headed=False)


def _across(contents: Sequence[str], widths: tuple[int, int, int]) -> str:
    left, right = (*contents, _NOTHING)[:_ACROSS]
    return tables.row("".join(map(tables.cell, widths, (left, _NOTHING, right))))


def _lead(signature: Signature, marks: Marks) -> str:
    party = runs(signature.party, marks, "PartyName")
    lead = paragraph("SignatureText", run(signature.lead)) if signature.lead else ""
    return lead + paragraph("SignatureText", marks.around(signature.id, party))


def _lines(signature: Signature, words: Words, marks: Marks) -> str:
    line = paragraph("SignatureRule") + paragraph("SignatureCaption", run(words.signature))
    return line + "".join(paragraph("SignatureField", _field(field, marks)) for field in signature.lines)


def _field(line: SignatureLine, marks: Marks) -> str:
    """A label, and what is given, or a line to write on."""
    label = line.label if line.label.endswith(":") else f"{line.label}:"
    broad = width(label) >= SIGNATURE_TAB
    if line.inlines:
        return run(f"{label} " if broad else label) + ("" if broad else tab()) + runs(line.inlines, marks)
    return run(label) + tab() + ("" if broad else tab())
