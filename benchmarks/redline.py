"""Redlines of pairs of deals, beside other comparers: `python -m benchmarks.redline [--pairs 200] [--sample 24]`.

Each pair is a deal and the same deal after a few changes; the papers are compared without content controls, since the
others cannot take them. All pairs are for the comparers that run in Python, a sample of them for those of .NET too,
which take many seconds each. For each comparer: how many revision marks and how many characters are marked, how many
words and figures are cut in two, how many of its files the two validators accept, whether accepting gives the new paper
and rejecting the old (by code that knows nothing of any of them, and in the sample by LibreOffice with the numbers that
it counts), and the time of processors. termsheet compares what it knows of both papers, the others two Word files.

docx-redline asks for a Python newer than 3.11 and runs on it all the same: `pip install --ignore-requires-python
docx-redline`. Where a comparer is not installed, it is left out.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import re
import statistics
import sys
import tempfile
import time
import warnings
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from itertools import pairwise
from pathlib import Path
from typing import Any
from unittest import mock

import ooxml_integrity
from lxml import etree

from benchmarks.harness import ROOT, keep, kept, machine, put, table, told
from termsheet.compare.merged import merged
from termsheet.document import Document
from termsheet.word.writer import write
from tests.redlines import accepted, bare, body, paragraphs, rejected
from tests.redlines.office import Office, python_with_uno
from tests.redlines.pairs import papers
from tests.redlines.settled import W
from tests.redlines.tried import BY, PLAIN, validator

NAME = "redline"
OURS, TRACKDIFF, REDLINE = "termsheet", "docx-trackdiff", "docx-redline"
NET = {"python-redlines, docxodus": "DocxodusEngine", "python-redlines, Open-XML-PowerTools": "XmlPowerToolsEngine"}

_MARK = re.compile(rb"<w:(?:ins|del|moveFrom|moveTo|pPrChange|rPrChange|numberingChange) ")
_WHOLE = {f"{W}ins": "new", f"{W}moveTo": "new", f"{W}del": "old", f"{W}moveFrom": "old"}

Comparer = Callable[[Document, Document, bytes, bytes], bytes]


@dataclass
class Score:
    """What one comparer has made of the pairs."""

    marks: list[int] = field(default_factory=list)
    letters: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    cut: int = 0
    valid: int = 0
    new: int = 0
    old: int = 0
    office_new: int = 0
    office_old: int = 0
    failed: int = 0

    def figures(self) -> dict[str, Any]:
        """As they are kept."""
        made = {"marks": _middle(self.marks), "letters": _middle(self.letters), "seconds": _middle(self.seconds)}
        rest = {name: value for name, value in vars(self).items() if not isinstance(value, list)}
        return {**made, **rest, "files": len(self.marks)}


def _middle(values: list[int] | list[float]) -> float:
    return round(statistics.median(values or [0]), 3)


def ours(old: Document, new: Document, before: bytes, after: bytes) -> bytes:
    """termsheet redline."""
    return write(merged(old, new), BY)


def trackdiff(old: Document, new: Document, before: bytes, after: bytes) -> bytes:
    """docx-trackdiff, which has no interface but its command."""
    from docx_trackdiff.compare import main as run

    def compare(*files: str) -> None:
        with mock.patch.object(sys, "argv", ["docx-trackdiff", *files]), contextlib.redirect_stdout(io.StringIO()):
            run()

    return _by_files(compare, before, after)


def redline(old: Document, new: Document, before: bytes, after: bytes) -> bytes:
    """docx-redline."""
    from docx_redline.editing.compare import redline_files

    return _by_files(redline_files, before, after)


def _by_files(compare: Callable[[str, str, str], object], before: bytes, after: bytes) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder, name) for name in ("old.docx", "new.docx", "red.docx")]
        files[0].write_bytes(before)
        files[1].write_bytes(after)
        compare(*map(str, files))
        return files[2].read_bytes()


def engine(name: str) -> Comparer:
    """An engine of python-redlines."""
    import python_redlines

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made = getattr(python_redlines, name)()

    def compare(old: Document, new: Document, before: bytes, after: bytes) -> bytes:
        found: bytes = made.run_redline("Anna Berg", before, after)[0]
        return found

    return compare


def judged(score: Score, data: bytes, before: bytes, after: bytes, office: Office | None) -> None:
    """Count what a redline marks, and prove what it says."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        text = archive.read("word/document.xml")
    score.marks.append(len(_MARK.findall(text)))
    letters = 0
    for pieces in _pieces(etree.fromstring(text)):
        letters += sum(len(words) for words, kind in pieces if kind)
        score.cut += sum(_cuts([piece for piece in pieces if piece[1] != other]) for other in ("old", "new"))
    score.letters.append(letters)
    with tempfile.NamedTemporaryFile(suffix=".docx") as file:
        file.write(data)
        file.flush()
        sound = not validator().validate(file.name).errors
        score.valid += sound and not [one for one in ooxml_integrity.check(file.name) if one.severity != "info"]
    for name, how, settle, wanted in (("new", "accept", accepted, after), ("old", "reject", rejected, before)):
        with contextlib.suppress(AssertionError, AttributeError, TypeError):
            vars(score)[name] += _same(settle(data), body(wanted))
        if office:
            with contextlib.suppress(AssertionError):
                settled = office.lines(data, how if before != after else "")  # where nothing differs, nothing is marked
                vars(score)[f"office_{name}"] += settled == office.lines(wanted)


def _pieces(root: etree._Element) -> Iterator[list[tuple[str, str]]]:
    """The words of each paragraph, and of which paper they are where they are not of both."""
    for paragraph in root.iter(f"{W}p"):
        found = []
        for text in paragraph.iter(f"{W}t", f"{W}delText"):
            above = (_WHOLE.get(one.tag, "") for one in text.iterancestors())
            found.append((text.text or "", next(filter(None, above), "")))
        yield found


def _cuts(pieces: list[tuple[str, str]]) -> int:
    """How often a mark begins or ends within a word or a figure."""
    found = 0
    for (one, kind), (other, next_kind) in pairwise(pieces):
        found += kind != next_kind and bool(re.search(r"\w$", one) and re.match(r"\w", other))
    return found


def _same(one: object, other: object) -> bool:
    """The same words in the same order: what a comparer makes of styles is not asked."""
    found, wanted = ([words.strip() for _, words in bare(paragraphs(side)) if words.strip()] for side in (one, other))  # type: ignore[arg-type]
    return found == wanted


def _spent() -> float:
    """The time of processors, of this process and of the children that have ended."""
    times = os.times()
    return time.process_time() + times.children_user + times.children_system


def compared(comparers: Mapping[str, Comparer], seeds: list[int], office: Office | None) -> Iterator[dict[str, Any]]:
    """Each comparer's figures after each of the pairs of those seeds."""
    scores = {name: Score() for name in comparers}
    for place, seed in enumerate(seeds, 1):
        old, new, _ = papers(seed)
        before, after = write(old, PLAIN), write(new, PLAIN)
        for name, compare in comparers.items():
            begun = _spent()
            try:
                data = compare(old, new, before, after)
            except Exception:
                scores[name].failed += 1
                continue
            scores[name].seconds.append(_spent() - begun)
            judged(scores[name], data, before, after, office)
        print(f"  {seed}", end="", file=sys.stderr, flush=True)
        figures = {name: score.figures() for name, score in scores.items()}
        yield {"pairs": place, "seeds": seeds[:place], "office": bool(office), "comparers": figures}


def versions() -> dict[str, str]:
    """The comparers that are installed."""
    found = {}
    for name in (TRACKDIFF, REDLINE, "python-redlines"):
        with contextlib.suppress(PackageNotFoundError):
            found[name] = version(name)
    return found


def tables(result: Mapping[str, Any]) -> str:
    """Both tables, with a sentence on each."""
    every, some, known = result["every"], result["sample"], result["versions"]
    what = "medians of marks, characters and seconds of processor time, and the sum of words cut"
    more = "of them, with the comparers that run on .NET, and accepted and rejected by LibreOffice too"
    return (
        f"{every['pairs']} pairs ({what}):\n\n{_table(every, known)}\n\n"
        f"{some['pairs']} {more}:\n\n{_table(some, known)}\n\n{told(result)}"
    )


def _table(part: Mapping[str, Any], versions: Mapping[str, str]) -> str:
    office = part["office"]
    head = ["", "marks", "characters marked", "words cut", "valid", "accept = new", "reject = old"]
    head += ["LibreOffice accepts", "LibreOffice rejects"] * office + ["seconds"]
    rows = []
    for name, one in part["comparers"].items():
        package, dash, rest = name.partition(", ")
        shown = f"{package} {versions[package]}{dash}{rest}" if package in versions else name
        row = [shown, f"{one['marks']:.0f}", f"{one['letters']:.0f}", str(one["cut"])]
        counts = ["valid", "new", "old", *["office_new", "office_old"] * office]
        rows.append([*row, *(f"{one[count]}/{part['pairs']}" for count in counts), f"{one['seconds']:.3f}"])
    return table(head, rows)


def pages(result: Mapping[str, Any]) -> None:
    """Write the tables of a result into the page of the benchmarks; that of the sample also into that on comparing."""
    if "every" in result and "sample" in result:
        put(ROOT / "benchmarks" / "README.md", "redlines", tables(result))
        put(ROOT / "docs" / "compare.md", "redlines", _table(result["sample"], result["versions"]))


def main() -> None:
    """Run, print, and keep the result unless it is of few pairs: after each pair, so that a run can be ended early."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition(":")[0])
    asked.add_argument("--pairs", type=int, default=200)
    asked.add_argument("--sample", type=int, default=24)
    asked.add_argument("--part", choices=("every", "sample"), help="run only this, and keep it with what is there")
    given = asked.parse_args()
    on, known = machine(), versions()
    quick = {OURS: ours, TRACKDIFF: trackdiff, REDLINE: redline}
    quick = {name: compare for name, compare in quick.items() if name in known or name == OURS}
    slow = {name: engine(one) for name, one in NET.items() if "python-redlines" in known}
    step = max(given.pairs // max(given.sample, 1), 1)
    # Deals take turns by tens: a step that shares nothing with ten takes all of them.
    sample = [place * step + place % 10 * (step % 2 == 0) for place in range(given.sample)]
    sample = [seed % given.pairs for seed in sample]
    parts: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder)) if python_with_uno() and given.part != "every" else None
        runs = [("every", quick, list(range(given.pairs)), None), ("sample", quick | slow, sample, office)]
        for part, comparers, seeds, settles in runs:
            for figures in compared(comparers, seeds, settles) if given.part in (None, part) else ():
                parts[part] = figures
                if given.pairs >= 100:
                    keep(NAME, {**(kept(NAME) or {}), "machine": on, "versions": known, **parts})
        if office:
            office.close()
    print("", *(_table(part, known) for part in parts.values()), sep="\n\n")


if __name__ == "__main__":
    main()
