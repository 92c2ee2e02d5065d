"""Mark papers up in LibreOffice by program, at random, and see what `termsheet review` tells of it.

    python -m tests.markup [--changes 300] [--seed 1] [--untouched] [--keep FOLDER]

Each paper is opened in LibreOffice and edited as a person does it (`tests/uno_markup.py`): words, values, paragraphs,
items, rows and clauses, with tracking on and off by turns. Some are saved as .odt on the way. What was
planted is known from what LibreOffice itself shows, and what belongs to it from the document. Every planted change must
be told, with its clause, number, paths, words, author and day, and nothing else.
"""

from __future__ import annotations

import argparse
import html
import json
import random
import re
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from difflib import SequenceMatcher
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from termsheet import source
from termsheet.assemble import assemble
from termsheet.document import Document, Paragraph, Value, shown
from termsheet.immutable import immutable, replace
from termsheet.review.issues import ADDED, CHANGED, DELETED, MOVED, Issue
from termsheet.review.review import Review, review
from termsheet.wellformed import checked
from termsheet.word.options import Options
from termsheet.word.writer import write

try:
    from redlines.office import python_with_uno
except ImportError:  # run as `python -m tests.markup`
    from tests.redlines.office import python_with_uno

HERE = Path(__file__).parent
EXAMPLES = HERE.parent / "examples"
NAMES = ("telehealth-alliance", "gruendach-empfehlung", "pfas-catalyst-license", "storage-venture", "heat-pump-referral")
FORMS, THEMES = ("term-sheet", "agreement"), ("modern", "classic")
WHO = ("Anna", "Berg")
PHRASES = ("save for what the law demands", "in good faith and at its own cost", "unless the other party has said no")


class Crashed(RuntimeError):
    """LibreOffice has crashed, or did not do what it was asked to."""


class Office:
    """LibreOffice, ready to be asked (see `tests/uno_markup.py`)."""

    def __init__(self, profile: Path) -> None:
        self.profile = profile
        self.start()

    def start(self) -> None:
        command = [python_with_uno() or "", str(HERE / "uno_markup.py"), str(self.profile)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self("author", *WHO)

    def __call__(self, *request: Any) -> Any:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps([str(one) if isinstance(one, Path) else one for one in request]) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        if "failed" in answer:
            raise Crashed(f"{request}: {answer['failed']}")
        return answer["done"]

    def again(self) -> None:
        """Start it anew after it has crashed."""
        self.process.kill()
        self.process.wait()
        self.start()

    def close(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(60)


@immutable
class Planted:
    """A change that was made: what it is called, and what must be told of it."""

    what: str
    kind: str
    tracked: bool
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    whole: bool = False
    clause: str = ""
    label: str = ""
    paths: frozenset[str] | None = None
    words: tuple[str, str] = ("", "")


@dataclass
class Outcome:
    """What became of it all."""

    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    invented: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def add(self, where: str, planted: list[Planted], made: Review, back: Path) -> None:
        """Hold what was told against what was planted, as far as LibreOffice has written it."""
        left = [*made.issues]
        for one in planted:
            if not written(one, back):
                self.lost.append(f"{where}: {one}")
                left = [issue for issue in left if issue.kind != CHANGED or not near(one, issue)]
                continue
            name = f"{one.what}, {'tracked' if one.tracked else 'not tracked'}"
            self.planted[name] += 1
            issue = next((issue for issue in left if told(one, issue)), None)
            if issue is None:
                self.missed.append(f"{where}: {one}")
                continue
            self.found[name] += 1
            left.remove(issue)
            self.wrong += [f"{where}: {name}: {fault}: {one} / {issue}" for fault in faults(one, issue)]
        self.invented += [f"{where}: {issue}" for issue in left]

    def table(self) -> str:
        rows = [f"{'change':<34}{'planted':>9}{'found':>8}"]
        rows += [f"{name:<34}{self.planted[name]:>9}{self.found[name]:>8}" for name in sorted(self.planted)]
        rows += [f"{'all':<34}{self.planted.total():>9}{self.found.total():>8}",
                 f"not written by LibreOffice as they were made, and left out: {len(self.lost)}",
                 f"invented: {len(self.invented)}; told with a wrong clause, path, author or day: {len(self.wrong)}"]  # fmt: skip
        return "\n".join(rows)


def plain(text: str) -> str:
    """Words without what editors change by themselves; not the product's own."""
    text = text.replace("\u200b", "").replace("\ufffc", "").replace("\u00ad", "").replace("\u2011", "-")
    text = re.sub("[–—]", "-", re.sub("[“”„]", '"', re.sub("[’‘‚]", "'", text)))
    return " ".join(text.split())


def written(one: Planted, back: Path) -> bool:
    """Whether the file has the tracked change of words at all: LibreOffice 7.4 misplaces some of those in a content
    control that begins with them, and forgets where they are on the way through .odt."""
    if not one.tracked or one.kind != CHANGED:
        return True
    with zipfile.ZipFile(back) as archive:
        text = archive.read("word/document.xml").decode()
    said = {html.unescape(words) for words in re.findall(r"<w:(?:t|delText)(?: [^<>]*)?>([^<>]*)</w:(?:t|delText)>", text)}
    gone = {html.unescape(words) for words in re.findall(r"<w:delText(?: [^<>]*)?>([^<>]*)</w:delText>", text)}
    old, new = one.words
    return (not old or old in gone) and (not new or new in said)


def near(one: Planted, issue: Issue) -> bool:
    """Whether an issue is about the paragraph of a change."""
    return max(SequenceMatcher(None, one.before[0], text).ratio() for text in (issue.before, issue.after)) > 0.6


def told(one: Planted, issue: Issue) -> bool:
    """Whether an issue tells a planted change."""
    if one.kind != issue.kind or one.tracked != issue.tracked:
        return False
    if one.kind == MOVED:
        return plain(issue.before) in {plain(text) for text in one.before}
    return plain(issue.before) == plain("\n".join(one.before)) and plain(issue.after) == plain("\n".join(one.after))


def faults(one: Planted, issue: Issue) -> Iterator[str]:
    """What is told of it and is not so."""
    if one.clause and issue.place.clause != one.clause:
        yield f"clause {issue.place.clause}, not {one.clause}"
    if one.label and not issue.place.number.endswith(one.label.rstrip(".")):
        yield f"number {issue.place.number}, not {one.label}"
    if one.paths is not None and set(issue.paths) != one.paths:
        yield f"paths {issue.paths}, not {sorted(one.paths)}"
    if one.whole and not issue.whole:
        yield "not told as a clause"
    if one.tracked:
        days = {(date.today() + timedelta(days=step)).isoformat() for step in (-1, 0, 1)}
        if issue.who != " ".join(WHO) or issue.when[:10] not in days:
            yield f"by {issue.who!r} on {issue.when!r}"
    elif issue.who:
        yield f"by {issue.who!r}"


@cache
def deal_of(name: str) -> Any:
    return checked(source.read(str(EXAMPLES / f"{name}.yaml")))[0]


@cache
def paper_of(name: str, form: str, theme: str) -> tuple[bytes, Document]:
    """The paper of an example, and what it was written from."""
    made = assemble(deal_of(name), form, draft=True)
    document = replace(made.document, theme=theme)
    return write(document, Options(digest=made.digest)), document


class Known:
    """What the document says of the words of its paragraphs: clause, and values with their places."""

    def __init__(self, document: Document) -> None:
        self.clauses: dict[str, set[str]] = {}
        self.values: dict[str, list[tuple[int, int, str, str]]] = {}
        for clause in document.clauses():
            self.clauses.setdefault(plain(clause.title), set()).add(clause.id)
            for block in clause.blocks:
                for inlines in ([block.inlines] if isinstance(block, Paragraph) else [cell for row in block.rows for cell in row.cells]):
                    key = plain(shown(inlines))
                    self.clauses.setdefault(key, set()).add(clause.id)
                    if key not in self.values:
                        self.values[key] = [*self._spans(inlines)]

    def _spans(self, inlines: Any) -> Iterator[tuple[int, int, str, str]]:
        at = 0
        for inline in inlines:
            words = shown((inline,))
            if isinstance(inline, Value):
                yield at, at + len(words), inline.path, words
            at += len(words)

    def clause(self, text: str) -> str:
        found = self.clauses.get(plain(text), set())
        return next(iter(found)) if len(found) == 1 else ""


class Planter:
    """Plants changes in a paper that is open."""

    def __init__(self, office: Office, paragraphs: list[dict[str, Any]], document: Document, rng: random.Random) -> None:
        self.office, self.paragraphs, self.document, self.rng = office, paragraphs, document, rng
        self.known = Known(document)
        self.texts = Counter(plain(one["text"]) for one in paragraphs)
        self.taken: set[int] = {at for at, one in enumerate(paragraphs) if one["index"] or one["style"].startswith("Contents")}
        self.tracked = False
        self.serial = 0
        self.outer = next((one["table"] for one in paragraphs if one["style"] == "Heading 2" and one["table"]), "")

    ways = ("replace", "insert", "delete", "value", "paragraph in", "paragraph out", "item in", "item out", "item moved",
            "row in", "row out", "clause in", "clause out", "clause moved")  # fmt: skip

    def plant(self, way: str) -> Planted | None:
        """Plant one change; None where the paper has no place for it."""
        self.tracked = self.rng.random() < 0.5
        self.office("track", self.tracked)
        made = getattr(self, "_" + way.replace(" ", "_"))()
        return made and replace(made, what=way)

    def _free(self, first: int, last: int | None = None) -> bool:
        last = first if last is None else last
        return not any(at in self.taken for at in range(first - 1, last + 2))

    def _take(self, first: int, last: int) -> None:
        self.taken.update(range(first - 1, last + 2))

    def _some(self, fits: Any) -> int | None:
        places = [at for at in range(4, len(self.paragraphs) - 3) if self._free(at) and fits(at, self.paragraphs[at])]
        return self.rng.choice(places) if places else None

    def _says(self, at: int) -> str:
        text: str = self.paragraphs[at]["text"]
        return text

    def _one(self, at: int) -> bool:
        """Whether it says enough to be known again, and is the only one."""
        text = plain(self._says(at))
        return len(text.split()) > 5 and self.texts[text] == 1

    def _same_cell(self, one: int, other: int) -> bool:
        first, second = self.paragraphs[one], self.paragraphs[other]
        return (first["table"], first["cell"]) == (second["table"], second["cell"])

    def _made(self, at: int, kind: str, before: tuple[str, ...] = (), after: tuple[str, ...] = (), **more: Any) -> Planted:
        return Planted("", kind, self.tracked, before, after, clause=self.known.clause(self._says(at)),
                       label=self.paragraphs[at]["label"], **more)  # fmt: skip

    # -- words

    def _edit(self, way: str, at: int, start: int, end: int, new: str) -> Planted:
        text = self._says(at)
        word = text[start:end]
        self._take(at, at)
        self.office("insert" if way == "insert" else "type", at, word, new)
        after = text[:end] + new + text[end:] if way == "insert" else text[:start] + new + text[end:]
        spans = self.known.values.get(plain(text), []) if plain(text) in self.known.clauses else None
        # Places count the signs of the document; LibreOffice shows the same, sign by sign.
        paths = None
        if spans is not None:
            paths = frozenset(path for low, high, path, _ in spans if (low < end < high if way == "insert" else low < end and high > start))
        if spans and way == "insert" and any(high == end for _, high, _, _ in spans):
            paths = None  # at the end of a value it may stand in it or behind it
        return self._made(at, CHANGED, (text,), (after,), paths=paths, words=("" if way == "insert" else word, new))

    def _word(self, way: str) -> Planted | None:
        at = self._some(lambda at, one: self._one(at) and re.search(r"[^\W\d]{4,}", one["text"]))
        if at is None:
            return None
        text = self._says(at)
        matches = [match for match in re.finditer(r"(?<![\w\u00a0.])[^\W\d]{4,}(?![\w\u00a0])", text) if text.index(match[0]) == match.start()]
        if not matches:
            return None
        match = self.rng.choice(matches)
        self.serial += 1
        new = {"replace": f"otherwise{self.serial}", "insert": f" {self.rng.choice(PHRASES)}", "delete": ""}[way]
        return self._edit(way, at, match.start(), match.end(), new)

    def _replace(self) -> Planted | None:
        return self._word("replace")

    def _insert(self) -> Planted | None:
        return self._word("insert")

    def _delete(self) -> Planted | None:
        return self._word("delete")

    def _value(self) -> Planted | None:
        def spots(at: int) -> list[tuple[int, int]]:
            text = self._says(at)
            return [(low + token.start(), low + token.end()) for low, _, _, words in self.known.values.get(plain(text), ())
                    for token in re.finditer(r"\d{1,3}|[^\W\d]{4,}", words)
                    if text[low:].startswith(words) and text.find(token[0]) == low + token.start()]  # fmt: skip

        at = self._some(lambda at, one: self.texts[plain(one["text"])] == 1 and spots(at))
        if at is None:
            return None
        start, end = self.rng.choice(spots(at))
        word = self._says(at)[start:end]
        return self._edit("value", at, start, end, str(int(word) + 1) if word.isdigit() else f"{word}en")

    # -- paragraphs and items

    def _in(self, item: bool) -> Planted | None:
        at = self._some(lambda at, one: self._one(at) and one["label"].startswith("(") == item and "Heading" not in one["style"]
                        and not one["style"].startswith(("Title", "Subtitle", "Cover", "Signature", "Table")))  # fmt: skip
        if at is None:
            return None
        self.serial += 1
        words = f"New words number {self.serial}, which nobody has said before, {self.rng.choice(PHRASES)}."
        self._take(at, at)
        self.office("paragraph_in", at, words)
        return replace(self._made(at, ADDED, (), (words,)), label="")

    def _paragraph_in(self) -> Planted | None:
        return self._in(False)

    def _item_in(self) -> Planted | None:
        return self._in(True)

    def _out(self, item: bool) -> Planted | None:
        at = self._some(lambda at, one: self._one(at) and one["label"].startswith("(") == item and "Heading" not in one["style"]
                        and self._same_cell(at, at + 1) and not one["style"].startswith("Table"))  # fmt: skip
        if at is None:
            return None
        self._take(at, at)
        self.office("paragraphs_out", at, at)
        return self._made(at, DELETED, (self._says(at),))

    def _paragraph_out(self) -> Planted | None:
        return self._out(False)

    def _item_out(self) -> Planted | None:
        return self._out(True)

    def _item_moved(self) -> Planted | None:
        def fits(at: int, one: dict[str, Any]) -> bool:
            others = self.paragraphs[at + 1 : at + 3]
            return (one["label"].startswith("(") and self._free(at, at + 2) and self._one(at) and self._one(at + 1)
                    and all(other["style"] == one["style"] for other in others[:1])
                    and self._same_cell(at, at + 1) and self._same_cell(at, at + 2))  # fmt: skip

        at = self._some(fits)
        if at is None:
            return None
        self._take(at, at + 2)
        if self.rng.random() < 0.5:
            self.office("move", at, at, at + 2)
        else:
            self.office("up", at + 1)
        return replace(self._made(at, MOVED, (self._says(at), self._says(at + 1))), label="")

    # -- rows

    def _row(self, at: int) -> list[int]:
        """The paragraphs of the row in which one stands."""
        one = self.paragraphs[at]
        row = re.sub("[A-Z]", "", one["cell"])
        return [other for other, two in enumerate(self.paragraphs) if two["table"] == one["table"] and re.sub("[A-Z]", "", two["cell"]) == row]

    def _in_row(self, at: int, one: dict[str, Any]) -> bool:
        row = self._row(at) if one["style"].startswith("Table Text") and one["cell"].startswith("A") and one["table"] != self.outer else []
        return bool(row) and self._free(row[0], row[-1]) and len(row) == len({self.paragraphs[place]["cell"] for place in row})

    def _row_in(self) -> Planted | None:
        at = self._some(self._in_row)
        if at is None:
            return None
        row = self._row(at)
        self._take(row[0], row[-1])
        self.serial += 1
        words = [f"Cell {self.serial} {place} of a new row" for place in range(len(row))]
        self.office("row_in", at, words)
        return replace(self._made(at, ADDED, (), tuple(words)), label="", clause="")

    def _row_out(self) -> Planted | None:
        at = self._some(lambda at, one: self._in_row(at, one) and self.texts["\n".join(map(plain, map(self._says, self._row(at))))] == 0
                        and one["rows"] > 2 and not one["cell"].endswith("A1"))  # fmt: skip
        if at is None:
            return None
        row = self._row(at)
        self._take(row[0], row[-1])
        self.office("row_out", at, at)
        return replace(self._made(at, DELETED, tuple(filter(None, map(self._says, row)))), label="", clause="")

    # -- clauses

    def _clauses(self) -> list[tuple[int, int]]:
        """The first and last paragraph of each clause: below a heading of an agreement, or in rows of a term sheet."""
        style = "Heading 2" if self.outer else "Heading 1"
        heads = [at for at, one in enumerate(self.paragraphs) if one["style"] == style and one["label"] and at not in self.taken]
        found = []
        for at, after in pairwise(heads):
            inner = range(at, after)
            if self.outer:
                rows = {(one["table"], re.sub("[A-Z]", "", one["cell"])) for one in (self.paragraphs[place] for place in inner)}
                whole = len(rows) == 1 and self.paragraphs[at]["table"] == self.paragraphs[after]["table"]
            else:
                whole = all(not self.paragraphs[place]["table"] and "Heading" not in self.paragraphs[place]["style"] for place in inner[1:])
            if whole and self._free(at, after - 1) and self.texts[plain(self._says(at))] <= 2:
                found.append((at, after - 1))
        return found

    def _clause_out(self) -> Planted | None:
        places = self._clauses()
        if not places:
            return None
        first, last = self.rng.choice(places)
        self._take(first, last)
        self.office("row_out" if self.outer else "paragraphs_out", first, last)
        said = tuple(self._says(at) for at in range(first, last + 1) if self._says(at))
        return replace(self._made(first, DELETED, said, whole=True), clause=self.known.clause(said[1]))

    def _clause_in(self) -> Planted | None:
        places = self._clauses()
        if not places:
            return None
        first, last = self.rng.choice(places)
        self._take(first, last)
        self.serial += 1
        words = [f"Audit {self.serial} of everything", f"Each party opens all of its books to the other in week {self.serial}."]
        if self.outer:
            self.office("row_in", first, words)
        else:
            self.office("clause_in", last, words, ["Heading 1", self.paragraphs[first + 1]["style"]])
        return Planted("", ADDED, self.tracked, (), tuple(words), whole=True)

    def _clause_moved(self) -> Planted | None:
        places = self._clauses()
        if len(places) < 2:
            return None
        first, last = self.rng.choice(places)
        # Over more than it is itself: else it is what stood between that was moved.
        goals = [goal for goal, _ in places if self.paragraphs[goal]["table"] == self.paragraphs[first]["table"]
                 and min(abs(goal - first), abs(goal - last)) > 2 * (last - first) + 4]  # fmt: skip
        if not goals:
            return None
        goal = self.rng.choice(goals)
        self._take(first, last)
        self._take(goal - 1, goal)
        self.office("row_moved" if self.outer else "move", first, last, goal)
        said = tuple(self._says(at) for at in range(first, last + 1) if self._says(at))
        return replace(self._made(first, MOVED, ("\n".join(said),), whole=True), clause=self.known.clause(said[1]))


def reviewed(name: str, returned: Path) -> Review:
    deal = EXAMPLES / f"{name}.yaml"
    return review(str(returned), source.read(str(deal)), str(deal))


def marked_up(office: Office, folder: Path, name: str, form: str, theme: str, seed: str, ways: list[str], *,
              odt: bool = False, look: bool = False) -> tuple[list[Planted], Path]:  # fmt: skip
    """A paper that was marked up: what was planted, and the file that came back."""
    while True:
        done: list[str] = []
        try:
            return _marked_up(office, folder, (name, form, theme), seed, ways, done, odt=odt, look=look)
        except Crashed as error:  # that is its own fault: the same paper again, without the change at which it happened
            print(f"LibreOffice crashed at {done[-1:]}: {error}", file=sys.stderr)
            office.again()
            ways = [way for place, way in enumerate(ways) if place != len(done) - 1]
            if not done:
                raise


def _marked_up(office: Office, folder: Path, paper: tuple[str, str, str], seed: str, ways: list[str], done: list[str], *,
               odt: bool, look: bool) -> tuple[list[Planted], Path]:  # fmt: skip
    data, document = paper_of(*paper)
    sent, back = folder / "sent.docx", folder / f"back-{seed}.docx"
    sent.write_bytes(data)
    planter = Planter(office, office("open", sent), document, random.Random(seed))
    planted = []
    if look:
        office("look")
    for way in ways:
        done.append(way)
        made = planter.plant(way)
        planted += [made] if made else []
    first = folder / "way.odt" if odt else back
    office("save", first)
    office("close")
    if odt:
        office("open", first)
        office("save", back)
        office("close")
    return planted, back


def papers() -> Iterator[tuple[str, str, str]]:
    """The examples in both forms and both themes, in turn, for ever."""
    while True:
        for theme in THEMES:
            for form in FORMS:
                for name in NAMES:
                    yield name, form, theme


def run(changes: int, seed: int, folder: Path, each: int = 12, say: Any = print) -> Outcome:
    """Plant so many changes, and hold what is told against them."""
    outcome = Outcome()
    office = Office(folder / "profile")
    try:
        for number, (name, form, theme) in enumerate(papers()):
            if outcome.planted.total() >= changes:
                break
            rng = random.Random(f"{seed} {number}")
            ways = [Planter.ways[(number * each + place) % len(Planter.ways)] for place in range(each)]
            rng.shuffle(ways)
            odt = number % 4 == 3
            where = f"{number} {name} {form} {theme}{' odt' if odt else ''}"
            planted, back = marked_up(office, folder, name, form, theme, f"{seed} {number}", ways, odt=odt, look=number % 5 == 2)
            outcome.add(where, planted, reviewed(name, back), back)
            say(f"{where}: {len(planted)} planted, {len(outcome.missed)} missed and {len(outcome.invented)} invented so far")
    finally:
        office.close()
    return outcome


def untouched(folder: Path, say: Any = print) -> list[str]:
    """What is told of papers in which nothing was changed: as they are, with another look, and by way of .odt."""
    found = []
    office = Office(folder / "profile")
    try:
        for number, (name, form, theme) in enumerate(papers()):
            if number == len(NAMES) * len(FORMS) * len(THEMES):
                break
            for look, odt in ((False, False), (True, False), (False, True), (True, True)):
                _, back = marked_up(office, folder, name, form, theme, "0", [], odt=odt, look=look)
                told = [f"{name} {form} {theme} look={look} odt={odt}: {issue}" for issue in reviewed(name, back).issues]
                say(f"{name} {form} {theme} look={look} odt={odt}: {len(told)}")
                found += told
    finally:
        office.close()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--changes", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="keep the papers in this folder")
    parser.add_argument("--untouched", action="store_true", help="papers in which nothing was changed, instead")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.keep or Path(temporary)
        folder.mkdir(exist_ok=True, parents=True)
        if asked.untouched:
            told = untouched(folder)
            print("\n".join([*told, f"{len(told)} issues in papers that nobody changed"]))
            sys.exit(bool(told))
        outcome = run(asked.changes, asked.seed, folder)
    for title, lines in (("lost", outcome.lost), ("missed", outcome.missed), ("invented", outcome.invented), ("wrong", outcome.wrong)):
        for line in lines:
            print(f"{title}: {line}")
    print(outcome.table())
    sys.exit(bool(outcome.missed or outcome.invented or outcome.wrong))


if __name__ == "__main__":
    main()
