"""The deal on the desk: read, judged and drawn anew whenever something that it was made of has changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Lock

from termsheet import assemble, settings, source
from termsheet.errors import TermsheetError
from termsheet.immutable import immutable, replace
from termsheet.lint import lint_source
from termsheet.outcome import FileReport, Report
from termsheet.preview import page
from termsheet.preview.page import Page
from termsheet.preview.watch import Stamps, stamps
from termsheet.render import Rendered, locked
from termsheet.report import View
from termsheet.report.verdict import lines
from termsheet.rounds import folder
from termsheet.rules import RULES
from termsheet.settings import Settings
from termsheet.standing import Choice

_MALFORMED = "schema-"
_NAMES_FILES = ("rules", "playbook")


@immutable
class Wanted:
    """Which deal, in which form and theme (empty: that of the form), by which configuration."""

    deal: str
    form: str = "term-sheet"
    theme: str = ""
    config: str | None = None
    isolated: bool = False


class Desk:
    """The page of a deal, as the files are now. May be asked by several threads."""

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._lock = Lock()
        self._watched: tuple[str, ...] = ()
        self._seen: Stamps | None = None
        self._page = Page("", "", "")

    def page(self) -> Page:
        """The page, drawn anew where a file has changed."""
        with self._lock:
            now = stamps((*self._watched, *self._always()))
            if now != self._seen:
                self._draw(now)
            return self._page

    def _draw(self, before: Stamps) -> None:
        """What is written while the page is drawn has changed once more, and is drawn next time."""
        settings.forget()
        held: Settings | None = None
        blamed: tuple[str, ...] = ()
        try:
            held = self._settings()
            self._page = self._drawn(held)
        except TermsheetError as error:
            blamed = (error.file,) if error.file else ()
            self._page = page.failure(self._wanted.deal, str(error))
        except Exception as error:  # a defect of termsheet ends no preview: the next change may be free of it
            sentence = f"the paper cannot be drawn ({type(error).__name__}: {error}); please report this as a defect"
            self._page = page.failure(self._wanted.deal, sentence)
        if held is not None or not self._watched:
            self._watched = tuple(_read_by(held))
        self._watched = tuple(dict.fromkeys((*self._watched, *blamed)))
        after = stamps((*self._watched, *self._always()))
        self._seen = after | {path: stamp for path, stamp in before.items() if path in after}

    def _always(self) -> Iterator[str]:
        yield self._wanted.deal
        yield str(folder(self._wanted.deal))
        if self._wanted.isolated:
            return
        with suppress(TermsheetError):
            if file := self._wanted.config or source.configuration(self._wanted.deal):
                yield file

    def _settings(self) -> Settings:
        wanted = self._wanted
        return settings.settings_for(wanted.deal, wanted.config, wanted.isolated)

    def _drawn(self, held: Settings) -> Page:
        name = self._wanted.deal
        report = lint_source(source.read(name), RULES, settings=held, choice=Choice())
        findings = [finding for finding in report.findings if not finding.waived]
        malformed = [finding for finding in findings if finding.rule.startswith(_MALFORMED)]
        if malformed:
            return page.failure(name, "the deal is not well formed, and is not drawn", malformed)
        round = locked(name)
        stock = round.shelves if round else held.house
        made = assemble.assemble(report.deal, self._wanted.form, draft=True, style=held.style, house=stock)
        document = replace(made.document, theme=self._wanted.theme or made.document.theme)
        drawn = Rendered(document, b"", None, made.left_out, made.unused, made.foreign, made.remarks,
                         locked=round.remark(held.house) if round else "")  # fmt: skip
        return page.paper(document, name, _verdict(report), findings, (*report.crashed, *drawn.remarks()))


def _verdict(report: FileReport) -> str:
    """What was found, and how far the deal is."""
    return "; ".join(lines(Report((report,), (), len(report.rules)), View(notes=True)))


def _read_by(held: Settings | None) -> Iterable[str]:
    """The files and folders that a configuration reads, and its own."""
    if held is None:
        return
    yield from held.files
    yield from map(str, (*held.clauses, *held.templates))
    for setting in held.said:
        if setting.key in _NAMES_FILES and setting.origin.file:
            yield str(Path(setting.origin.file).parent / setting.value)
