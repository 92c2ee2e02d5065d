"""What must hold for a redline: each thing that does not is a line."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from difflib import unified_diff
from functools import cache
from pathlib import Path
from typing import Any

import ooxml_integrity
import openxml_audit

from termsheet.compare.merged import merged
from termsheet.document import Document
from termsheet.word.options import Options, Revised
from termsheet.word.writer import write

from .office import Office
from .settled import accepted, around, bare, body, paragraphs, rejected

PLAIN = Options(bound=False)
BY = Options(bound=False, revised=Revised("Anna Berg", "2027-01-15T09:00:00Z"))


@cache
def validator() -> openxml_audit.OpenXmlValidator:
    """One for all: it reads its schemas but once."""
    return openxml_audit.OpenXmlValidator()


def tried(old: Document, new: Document, office: Office | None = None) -> Iterator[str]:
    """Every fault of the redline of two papers."""
    red, papers = write(merged(old, new), BY), {"accept": write(new, PLAIN), "reject": write(old, PLAIN)}
    for how, settle in (("accept", accepted), ("reject", rejected)):
        yield from _differs(f"{how}, text", bare(paragraphs(body(papers[how]))), bare(paragraphs(settle(red))))
        yield from _differs(f"{how}, header and footer", around(papers[how]), around(red, how))
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder, "red.docx"))
        Path(path).write_bytes(red)
        yield from (f"openxml-audit: {error}" for error in validator().validate(path).errors)
        yield from (f"ooxml-integrity: {one}" for one in ooxml_integrity.check(path))
    if office and old != new:
        for how, paper in papers.items():
            yield from _differs(f"{how} by LibreOffice", office.lines(paper), office.lines(red, how))


def _differs(what: str, wanted: list[Any], found: list[Any]) -> Iterator[str]:
    if found != wanted:
        lines = [*unified_diff([str(one) for one in wanted], [str(one) for one in found], lineterm="", n=0)][2:8]
        yield f"{what}: " + " | ".join(line[:160] for line in lines)
