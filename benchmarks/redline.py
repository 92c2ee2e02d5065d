"""Redlines of pairs of deals, beside other comparers, in one run: `python benchmarks/redline.py [PAIRS]`.

Each pair is a deal and the same deal after a few changes; the papers are compared without content controls, since the
others cannot take them. For each comparer: how many revision marks and how many characters are marked, how many of its
files the two validators accept, whether accepting gives the new paper and rejecting the old (by code that knows nothing
of any of them), and the time. termsheet compares what it knows of both papers, the others two Word files.
"""

from __future__ import annotations

import io
import re
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import ooxml_integrity
import openxml_audit

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from redlines import accepted, bare, body, paragraphs, rejected
from test_redline import BY, PLAIN, papers

from termsheet.compare.merged import merged
from termsheet.document import Document
from termsheet.word.writer import write

_MARK = re.compile(rb"<w:(?:ins|del|moveFrom|moveTo|pPrChange|rPrChange|numberingChange) ")
_WORDS = re.compile(rb"<w:(?:ins|moveTo) [^>]*>.*?</w:(?:ins|moveTo)>|<w:delText[^>]*>[^<]*</w:delText>", re.S)

Comparer = Callable[[Document, Document, bytes, bytes], bytes]


@dataclass
class Score:
    """What one comparer has made of the pairs."""

    marks: list[int] = field(default_factory=list)
    letters: list[int] = field(default_factory=list)
    valid: int = 0
    new: int = 0
    old: int = 0
    failed: int = 0
    seconds: list[float] = field(default_factory=list)


def ours(old: Document, new: Document, before: bytes, after: bytes) -> bytes:
    """termsheet redline."""
    return write(merged(old, new), BY)


def trackdiff(old: Document, new: Document, before: bytes, after: bytes) -> bytes:
    """docx-trackdiff."""
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder, name) for name in ("old.docx", "new.docx", "red.docx")]
        files[0].write_bytes(before)
        files[1].write_bytes(after)
        subprocess.run([str(Path(sys.executable).with_name("docx-trackdiff")), *map(str, files)], check=True,
                       capture_output=True)  # fmt: skip
        return files[2].read_bytes()


def redlines(engine: str) -> Comparer:
    """An engine of python-redlines."""
    import python_redlines

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made = getattr(python_redlines, engine)()

    def compare(old: Document, new: Document, before: bytes, after: bytes) -> bytes:
        found: bytes = made.run_redline("Anna Berg", before, after)[0]
        return found

    return compare


def judged(score: Score, data: bytes, before: bytes, after: bytes) -> None:
    """Count what a redline marks, and prove what it says."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        text = archive.read("word/document.xml")
    score.marks.append(len(_MARK.findall(text)))
    score.letters.append(sum(len(re.sub(rb"<[^>]+>", b"", piece)) for piece in _WORDS.findall(text)))
    with tempfile.NamedTemporaryFile(suffix=".docx") as file:
        file.write(data)
        file.flush()
        sound = not openxml_audit.OpenXmlValidator().validate(file.name).errors
        score.valid += sound and not [one for one in ooxml_integrity.check(file.name) if one.severity != "info"]
    for name, settle, wanted in (("new", accepted, after), ("old", rejected, before)):
        try:
            same = _same(settle(data), body(wanted))
        except (AssertionError, AttributeError, TypeError):
            same = False
        setattr(score, name, getattr(score, name) + same)


def _same(one: object, other: object) -> bool:
    """The same words in the same order: what a comparer makes of styles is not asked."""
    found, wanted = ([words.strip() for _, words in bare(paragraphs(side)) if words.strip()] for side in (one, other))  # type: ignore[arg-type]
    return found == wanted


def main(pairs: int) -> None:
    """Print a table."""
    comparers: dict[str, Comparer] = {"termsheet": ours, "docx-trackdiff": trackdiff}
    for name, engine in (("docxodus", "DocxodusEngine"), ("Open-XML-PowerTools", "XmlPowerToolsEngine")):
        comparers[name] = redlines(engine)
    scores = {name: Score() for name in comparers}
    for seed in range(pairs):
        old, new = papers(seed)
        before, after = write(old, PLAIN), write(new, PLAIN)
        for name, compare in comparers.items():
            begun = time.perf_counter()
            try:
                data = compare(old, new, before, after)
            except Exception:
                scores[name].failed += 1
                continue
            scores[name].seconds.append(time.perf_counter() - begun)
            judged(scores[name], data, before, after)
    print(f"{pairs} pairs\n\n| comparer | marks | characters marked | valid | accept = new | reject = old | seconds |")
    print("|---|---|---|---|---|---|---|")
    for name, score in scores.items():
        done = pairs - score.failed
        print(f"| {name} | {statistics.median(score.marks or [0]):.0f} | {statistics.median(score.letters or [0]):.0f} "
              f"| {score.valid}/{done} | {score.new}/{done} | {score.old}/{done} "
              f"| {statistics.median(score.seconds or [0]):.2f} |")  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
