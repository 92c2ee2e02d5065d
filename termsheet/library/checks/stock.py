"""The library as its checks see it: the files that are checked, and all that is in force beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

import jinja2

from termsheet import data, forms
from termsheet.errors import LibraryError, TermsheetError
from termsheet.house import House
from termsheet.immutable import immutable
from termsheet.library import shelf, walking
from termsheet.library.clause import OTHERWISE, ClauseSource, taken_apart
from termsheet.library.formpage import clauses_of
from termsheet.library.logic import Formula, no
from termsheet.library.reading import Reading
from termsheet.library.shelf import BASE, Page, astray, composed, files
from termsheet.paths import shown
from termsheet.source import Source

_HEADING = re.compile(r"^## ([a-z0-9-]+)(?: \(([a-z-]+)\))?[ \t]*$", re.MULTILINE)
_SECTION = ("term-sheet", "agreement")


class FormPage(NamedTuple):
    """A file of a form: its name, the file, and what it holds."""

    name: str
    file: str
    read: Source
    checked: bool


@immutable
class Text:
    """A text of a clause, as a page has it, with what is known where it is printed."""

    clause: ClauseSource
    page: Page
    variant: str
    form: str
    facts: tuple[Formula, ...]

    @property
    def words(self) -> str:
        """The text itself."""
        return self.page.texts[(self.variant, self.form)]

    @property
    def reading(self) -> Reading | None:
        """What it does with a deal; None where it is no well-formed Jinja."""
        return self._read if isinstance(self._read, Reading) else None

    @property
    def fault(self) -> tuple[str, int] | None:
        """Why it is not well formed, and on which of its lines, if it is not."""
        return None if isinstance(self._read, Reading) else self._read

    @cached_property
    def _read(self) -> Reading | tuple[str, int]:
        forms = [self.form] if self.form else self._forms()
        try:
            return walking.reading(
                self.words, each=self.clause.each, form=forms[0] if len(forms) == 1 else "", facts=self.facts
            )
        except jinja2.TemplateSyntaxError as error:
            return error.message or "it is not Jinja", error.lineno
        except RecursionError:
            return "it is nested too deep", 1
        except LibraryError as error:
            return error.message.removeprefix("clause  has "), 1

    def _forms(self) -> list[str]:
        """The forms that a text without a form of its own serves."""
        return [form for form in _SECTION if (self.variant, form) not in self.clause.texts]

    def line(self, number: int) -> int:
        """The line of the file on which a line of the text stands."""
        head, start = _spot(self.page, self.variant, self.form)
        if number <= head:
            return number + _first_line(self.page.text, _body(self.page)) - 1
        return start + number - head - 1


def _body(page: Page) -> int:
    return len(page.text) - len(taken_apart(page.text, page.name)[1])


def _spot(page: Page, variant: str, form: str) -> tuple[int, int]:
    """How many lines of a text stand above the first heading of its file, and the line of the first of the others."""
    body = _body(page)
    for heading in _HEADING.finditer(page.text, body):
        if (heading[1], heading[2] or "") == (variant, form):
            end = _HEADING.search(page.text, heading.end())
            own = page.text[heading.end() : end.start() if end else None].strip()
            head = page.texts[(variant, form)].removesuffix(f"{own}\n").count("\n")
            return head, _first_line(page.text, heading.end())
    return 0, _first_line(page.text, body)


def _first_line(text: str, place: int) -> int:
    """The line of the first word from a place on."""
    place += len(text[place:]) - len(text[place:].lstrip())
    return text.count("\n", 0, place) + 1


@dataclass
class Stock:
    """The pages that are checked; `clauses` and `owners` (which page has which text) are all that is in force."""

    clauses: Mapping[str, ClauseSource]
    pages: tuple[Page, ...]
    owners: Mapping[tuple[str, str, str], Page]
    forms: tuple[FormPage, ...]
    standing: Mapping[str, frozenset[str]]  # by form, the clauses in it
    words: str  # those with which values are printed
    broken: frozenset[str]  # clauses that cannot be read
    built_in: frozenset[str]

    @cached_property
    def every(self) -> tuple[Text, ...]:
        """Every English text that is in force."""
        return tuple(
            Text(self.clauses[id], page, variant, form, self._facts(self.clauses[id], variant))
            for (id, variant, form), page in self.owners.items()
            if id in self.clauses
        )

    @cached_property
    def texts(self) -> tuple[Text, ...]:
        """The English texts of the pages that are checked."""
        checked = {page.name for page in self.pages}
        return tuple(text for text in self.every if text.page.name in checked)

    def english(self) -> Iterator[Page]:
        """The pages that are checked, without translations."""
        for page in self.pages:
            if page.file.language == BASE and page.file.id in self.clauses:
                yield page

    def translations(self) -> Iterator[Page]:
        """The translations that are checked."""
        for page in self.pages:
            if page.file.language != BASE and page.file.id in self.clauses:
                yield page

    def conditions(self, page: Page) -> Iterator[tuple[str, Formula, Reading, int]]:
        """The conditions that a page gives itself: their text, formula, reading and line."""
        clause = self.clauses[page.file.id]
        own = page.front.data
        asked: list[tuple[str, str, tuple[str, ...]]] = (
            [(own["when"], "", ("when",))] if "when" in own else []
        )
        asked += [(own["where"], clause.each, ("where",))] if "where" in own else []
        asked += [(text, clause.each, ("variants", name)) for name, text in own.get("variants", {}).items()
                  if text != OTHERWISE]  # fmt: skip
        for text, each, route in asked:
            try:
                formula, found = walking.condition(text, each=each)
            except jinja2.TemplateSyntaxError:
                continue
            yield text, formula, found, line_of(page.front, route)

    def _facts(self, clause: ClauseSource, variant: str) -> tuple[Formula, ...]:
        """What holds where a variant is printed."""
        if variant not in clause.variants:
            return ()  # it speaks where the deal says that there is none
        facts: list[Formula] = [("given", path) for path in clause.reads]
        if clause.each:
            facts += [("is", clause.each), ("given", f"{clause.each}[0]")]
            facts.append(formula_of(clause.front.get("where", ""), clause.each))
        facts.append(formula_of(clause.when))
        if clause.variants[variant] != OTHERWISE:
            return (*facts, formula_of(clause.variants[variant], clause.each))
        others = [formula_of(text, clause.each) for text in clause.variants.values() if text != OTHERWISE]
        return (*facts, *(no(other) for other in others))


@cache
def formula_of(text: str, each: str = "") -> Formula:
    """A condition as a formula; one that is not well formed is like any other."""
    try:
        return walking.condition(text, each=each)[0]
    except jinja2.TemplateSyntaxError:
        return ("other", text)


def line_of(read: Source, route: tuple[str | int, ...]) -> int:
    """The line of a key or entry in a file of YAML, or of its nearest parent that is there."""
    mark = read.marks[read.nearest(route)]
    return read.position((mark.key or mark.value).start)[0] if read.nearest(route) else 1


def take(house: House, checked: Sequence[Path], failed: list[TermsheetError]) -> Stock:
    """The library of a house, of which the files below some folders (or files) are checked."""
    folders = (files(data.folder("clauses")), *map(files, house.clauses))
    clauses = dict(composed(folders, BASE, failed.append))
    pages: list[Page] = []
    broken: set[str] = set()
    owners: dict[tuple[str, str, str], Page] = {}
    for file in (file for folder in folders for file in folder):
        try:
            page = shelf.read(file)
        except TermsheetError as error:
            broken.add(file.id)
            if file.language != BASE:
                failed.append(error)
            continue
        if file.language != BASE and file.id not in {*clauses, *broken}:
            failed.append(astray(page))
        if _is_below(file.path, checked):
            pages.append(page)
        if file.language == BASE:
            if not page.extends:
                owners = {key: owner for key, owner in owners.items() if key[0] != file.id}
            owners |= {(file.id, variant, form): page for variant, form in page.texts}
    found, standing = _forms(house, checked, failed)
    words = (data.folder("templates") / "words.yaml").read_text(encoding="utf-8")
    built_in = frozenset(shown(file.path) for file in folders[0])
    return Stock(clauses, tuple(pages), owners, found, standing, words, frozenset(broken), built_in)


def _forms(
    house: House, checked: Sequence[Path], failed: list[TermsheetError]
) -> tuple[tuple[FormPage, ...], dict[str, frozenset[str]]]:
    found: list[FormPage] = []
    standing: dict[str, frozenset[str]] = {}
    for name in forms.names(house.templates):
        try:
            page, paths = forms.page_of(name, house.templates)
        except TermsheetError as error:
            failed.append(error)
            continue
        standing[name] = frozenset(clauses_of(page))
        for path in (*paths, *forms.translations(name, house.templates)):
            try:
                read = forms.read_page(path)
            except TermsheetError as error:
                failed.append(error)
            else:
                found.append(FormPage(name, shown(path), read, _is_below(path, checked)))
    return tuple(found), standing


def _is_below(path: str, folders: Sequence[Path]) -> bool:
    return any(Path(path).resolve().is_relative_to(folder.resolve()) for folder in folders)
