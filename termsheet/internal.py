"""The notes that one side keeps on its own draft: comments in Word's margin, at the clauses that they are about.

They hold what is private: findings and waivers, where the deal stands on the playbook, and the notes in the deal file.
Only `render --internal` makes them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from termsheet.beside import nearest
from termsheet.document import Document
from termsheet.immutable import replace
from termsheet.outcome import FileReport
from termsheet.private import private
from termsheet.rules.position import AREA
from termsheet.standing import Stand, Stands
from termsheet.word.options import TITLE, Note

_STEERS = ("us", "playbook")  # under `internal`: who one is and what one judges by, and no note


def notes(document: Document, report: FileReport) -> tuple[Note, ...]:
    """The notes on a paper: one of each kind at a clause. What concerns no clause stands at the title."""
    found = [
        *_findings(report),
        *(_stands(report.stands, document) if report.stands else ()),
        *_private(report),
    ]
    by_path = nearest(document, [path for path, _, _ in found])
    clauses = {clause.id for clause in document.clauses()}
    gathered: dict[tuple[str, str], list[str]] = {}
    for path, author, text in found:
        target = path if path in clauses else by_path[path] or TITLE
        gathered.setdefault((target, author), []).append(text)
    return tuple(Note(target, "\n\n".join(texts), author) for (target, author), texts in gathered.items())


def marked(document: Document) -> Document:
    """The paper with a warning at its head, on every page, that it is not to be sent."""
    warning = document.furniture.internal
    page = document.furniture
    left = " – ".join(filter(None, (warning, page.left)))
    furniture = replace(page, left=left, first_left=(warning, *page.first_left))
    return replace(document, furniture=furniture)


_Found = tuple[str, str, str]  # path or id of the clause, author, text


def _findings(report: FileReport) -> Iterator[_Found]:
    for finding in report.findings:
        if finding.rule.startswith(f"{AREA}-"):
            continue  # the playbook says more of it
        words = f"{finding.severity.capitalize()} [{finding.rule}], line {finding.line}: {finding.message}."
        if finding.waived:
            yield finding.path, "termsheet lint", f"{words}\nAccepted: {finding.waived}"
        else:
            yield finding.path, "termsheet lint", f"{words}\n{_sentence(finding.help)}"


def _stands(stands: Stands, document: Document) -> Iterator[_Found]:
    ids = {clause.id for clause in document.clauses()}
    for stand in stands.stands:
        if stand.standing == "preferred" and not stand.unjudged:
            continue  # there is nothing to win
        clause = stand.position.partition("/")[0]
        place = clause if clause in ids else stand.path
        yield place, f"playbook {stands.playbook}", "\n".join(_position(stand))


def _position(stand: Stand) -> Iterator[str]:
    entry = f", {stand.entry}" if stand.entry else ""
    yield f"{stand.standing.capitalize()}{entry}: {stand.question}"
    for label, text in (("Says", stand.value), ("We want", stand.preferred), ("We accept", stand.fallback),
                        ("We walk away", stand.walk_away), ("Approves", stand.approves),
                        ("Guidance", stand.guidance), ("Nobody can tell", stand.unjudged)):  # fmt: skip
        if text:
            yield f"{label}: {text}"


def _private(report: FileReport) -> Iterator[_Found]:
    """The notes of the deal file; those under `waivers` stand with their findings."""
    for path, value in private(report.deal):
        if path == "internal" and isinstance(value, dict):
            for key, item in value.items():
                if key not in _STEERS:
                    yield path, "deal file", f"{key.replace('_', ' ')}: {_words(item)}"
        elif not path.startswith("waivers"):
            yield path, "deal file", f"{path.rpartition('.')[2].replace('_', ' ')}: {_words(value)}"


def _words(value: Any) -> str:
    """A value of the file on lines of its own: plain words, lists and maps."""
    if isinstance(value, dict):
        return "; ".join(f"{key.replace('_', ' ')}: {_words(item)}" for key, item in value.items())
    if isinstance(value, list):
        return "; ".join(map(_words, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
