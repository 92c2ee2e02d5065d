"""Render: a deal is read, judged, assembled, written and read back before the file is moved into place."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

from termsheet import assemble, source, writers
from termsheet.assemble import Assembly
from termsheet.document import Document
from termsheet.errors import LibraryError, Refused, TermsheetError, WriteError
from termsheet.finding import Finding
from termsheet.house import NO_HOUSE
from termsheet.immutable import immutable, replace
from termsheet.lint import lint_source
from termsheet.outcome import FileReport
from termsheet.proof import Remark
from termsheet.put import put
from termsheet.rules import RULES
from termsheet.select import OMITTED
from termsheet.source import Source
from termsheet.standing import Choice
from termsheet.verify import verify
from termsheet.word.options import Options

if TYPE_CHECKING:
    from termsheet.rounds.lock import Lock
    from termsheet.settings import Settings
    from termsheet.word.reference import Reference

_SHOWN = 10


@immutable
class Rendered:
    """What was written, where, and what the author should know of it.

    `locked` says which round holds its texts, where the library has changed since.
    """

    document: Document
    data: bytes
    output: str | None
    left_out: tuple[tuple[str, str], ...]
    unused: tuple[str, ...]
    foreign: tuple[str, ...] = ()
    proof: tuple[Remark, ...] = ()
    look: tuple[str, ...] = ()
    digest: str = ""
    locked: str = ""

    def counted(self) -> str:
        """How many clauses the paper has, those of its schedules among them."""
        count = sum(1 for _ in self.document.clauses())
        return f"{count} clause{'s' * (count != 1)}"

    def remarks(self) -> Iterator[str]:
        """What the deal gives and the paper does not say, what is still open, and what its proof-reader remarks."""
        if self.output not in (None, "-"):
            points = len(self.document.open_points)
            still = f", {points} open point{'s' * (points != 1)}" if points else ""
            yield f"wrote {self.output} ({self.counted()}{still})"
        if self.locked:
            yield self.locked
        if self.foreign:
            yield f"printed in English, for want of a text in `{self.document.language}`: {', '.join(self.foreign)}"
        for clause, reason in self.left_out:
            if reason.startswith(OMITTED):
                yield f"{clause}: {reason}"
        if self.unused:
            more = f" and {len(self.unused) - _SHOWN} more" if len(self.unused) > _SHOWN else ""
            yield f"in the deal, but not in this form: {', '.join(self.unused[:_SHOWN])}{more}"
        yield from self.look
        for remark in self.proof[:_SHOWN]:
            yield f"read it again: {remark}"
        if len(self.proof) > _SHOWN:
            yield f"and {len(self.proof) - _SHOWN} more to read again"


@immutable
class Wanted:
    """How a paper is to be rendered.

    `form` is its form, `theme` and `paper` its look and its sheet (empty: those of the house and of the deal). `stage`
    is the one at which the deal is judged, `draft` renders it all the same. `config` names a configuration, `isolated`
    reads none. `internal` adds the notes of the own side, by a `choice` of playbook and side. `word` is what is asked
    of a Word file, and `paginate` puts page numbers into its contents. `reference` is the house's Word file whose look
    is taken; the one that a configuration names gives way to a theme or a paper that is asked for.
    """

    form: str = "term-sheet"
    theme: str = ""
    paper: str = ""
    stage: str | None = None
    draft: bool = False
    config: str | None = None
    isolated: bool = False
    internal: bool = False
    choice: Choice = Choice()
    word: Options = Options()
    paginate: bool = False
    reference: str = ""


_USUAL = Wanted()


def render(path: str, output: str | None, wanted: Wanted = _USUAL) -> Rendered:
    """Render one deal to a file, or (without an output) as text; by its configuration, the one named, or none.

    A deal with a round out is made from the clauses of that round. Raises LoadError, LibraryError or WriteError where
    it cannot be done, and Refused where the deal is not fit for it.
    """
    written = None if output == "-" else output
    suffix = os.path.splitext(written)[1].lower().removesuffix(".") if written is not None else ".txt"
    fits(suffix, wanted)
    if written is not None and os.path.exists(written) and path != "-" and os.path.samefile(written, path):
        raise WriteError("is the deal itself", file=written, help="name another file")
    made = rendered(path, suffix, wanted)
    if written is not None:
        put(written, made.data)
    return replace(made, output=output)


def rendered(path: str, suffix: str, wanted: Wanted) -> Rendered:
    """Render one deal as the bytes of a file of that kind, which is not written."""
    read = source.read(path)
    settings = settings_of(path, wanted)
    report, made, held = composed(read, path, settings, wanted)
    document = made.document
    word = replace(wanted.word, digest=made.digest, reference=reference_of(suffix, wanted, settings))
    data = _written(document, suffix, word, wanted, report)
    look = tuple(word.reference.fitted(document).remarks()) if word.reference else ()
    return Rendered(document, data, None, made.left_out, made.unused, made.foreign, made.remarks, look,
                    made.digest, held.remark(settings.house if settings else NO_HOUSE) if held else "")  # fmt: skip


def composed(
    read: Source, path: str, settings: Settings | None, wanted: Wanted
) -> tuple[FileReport, Assembly, Lock | None]:
    """The paper of a deal that was read from `path`, in the look that is wanted; and what holds it, if it is held."""
    choice = wanted.choice if wanted.internal else None
    report = lint_source(read, RULES, stage=wanted.stage, settings=settings, choice=choice,
                         errors_only=not wanted.internal)  # fmt: skip
    if choice and report.crashed:
        raise TermsheetError(report.crashed[0])
    held = locked(path)
    _refuse(report, wanted.draft, held)
    style = settings.style if settings else None
    stock = held.shelves if held else report.deal.house
    if held:
        held.check(wanted.form, report.deal.house)
    made = assemble.assemble(report.deal, wanted.form, draft=wanted.draft, style=style, house=stock)
    _right(made.remarks)
    if made.foreign and not wanted.draft:
        raise _foreign(read.name, made)
    if made.document.open_points and not wanted.draft:
        raise _open(read.name, [point.path for point in made.document.open_points])
    look = replace(made.document, theme=wanted.theme or made.document.theme, paper=wanted.paper or made.document.paper)
    return report, replace(made, document=look), held


def locked(path: str) -> Lock | None:
    """What holds a deal to the texts of its last round, where one is out."""
    from termsheet import rounds

    if path == "-" or not os.path.isdir(rounds.home(path)):
        return None
    from termsheet.rounds.lock import lock

    return lock(path)


def fits(suffix: str, wanted: Wanted) -> None:
    """Raise WriteError where no file of this kind can be as it is wanted, before anything is read."""
    writers.known(suffix)
    if suffix != ".docx" and wanted.internal:
        raise WriteError("the notes of the own side are comments in Word's margin", help="end the output in .docx")
    if suffix not in (".docx", ".pdf") and (
        wanted.paginate or wanted.reference or wanted.word != Options()
    ):
        raise WriteError("the look of a house, pages, controls, protection and tracked changes are matters of Word",
                         help="end the output in .docx")  # fmt: skip


def reference_of(suffix: str, wanted: Wanted, settings: Settings | None) -> Reference | None:
    """The look of a house, where one is asked for or configured."""
    configured = settings.reference if settings and not (wanted.theme or wanted.paper) else None
    path = wanted.reference or (str(configured) if configured else "")
    if not path or suffix not in (".docx", ".pdf"):
        return None
    from termsheet.word.reference import read

    return read(path)


def _written(document: Document, suffix: str, options: Options, wanted: Wanted, report: FileReport) -> bytes:
    """The bytes of a paper, read back before anybody gets them."""
    if wanted.internal:
        from termsheet import internal

        document = internal.marked(document)
        options = replace(options, notes=internal.notes(document, report))
    if suffix == ".pdf":
        options = replace(options, bound=False)
    if wanted.paginate or (suffix == ".pdf" and document.words.contents and _reads_pdf()):
        from termsheet.word import office

        options = replace(options, pages=office.pages(document, options))
    data = writers.write(document, suffix, options)
    verify(document, writers.read_text(data, suffix), interleaved=suffix == ".txt")
    if suffix == ".pdf":
        from termsheet.word import office

        return office.pdf(data)
    return data


def _reads_pdf() -> bool:
    from importlib.util import find_spec

    return find_spec("pypdf") is not None


def settings_of(path: str, wanted: Wanted) -> Settings | None:
    """What a configuration says of the deal, where there is one: it is judged as `lint` judges it."""
    if wanted.isolated or not (wanted.config or source.configuration(path)):
        return None
    from termsheet.settings import settings_for

    return settings_for(path, wanted.config)


def _right(remarks: tuple[Remark, ...]) -> None:
    """A paper that its library makes wrong is not written."""
    wrong = [remark for remark in remarks if remark.wrong]
    if wrong:
        more = f" (and {len(wrong) - 1} more)" if len(wrong) > 1 else ""
        raise LibraryError(f"the paper would be wrong, in {wrong[0]}{more}",
                           help="mend that clause, or leave it out under `clauses.omit`")  # fmt: skip


def _refuse(report: FileReport, draft: bool, held: Lock | None) -> None:
    """A deal is refused where it is malformed; and, but for a draft, where it has errors or open points."""
    errors = [finding for finding in report.findings if finding.severity == "error" and not finding.waived
              and not (held and held.answers(finding, report.deal))]  # fmt: skip
    malformed = [finding for finding in errors if finding.rule.startswith("schema-")]
    name = report.source.name
    if malformed:
        raise _listing(f"{name} is not well formed, and is not rendered", malformed, "mend it first")
    if draft:
        return
    if errors:
        raise _listing(f"{name} has errors at stage `{report.stage}`, and is not rendered", errors,
                       "mend them, or render a draft with `--draft`")  # fmt: skip
    points = report.deal.points("open")
    if points:
        raise _open(name, points)


def _open(name: str, points: list[str]) -> Refused:
    paths = ", ".join(points[:_SHOWN]) + (" …" if len(points) > _SHOWN else "")
    return Refused(
        f"{name} has open points, and is not rendered: {paths}; settle them, or render a draft with `--draft`",
        f"open points: {paths}",
    )


def _foreign(name: str, made: assemble.Assembly) -> Refused:
    return Refused(
        f"{name} is not rendered: there is no text in the language `{made.document.language}` for "
        f"{', '.join(made.foreign)}; translate them, or render a draft with `--draft`, which prints them in English",
        f"no text in `{made.document.language}` for {', '.join(made.foreign)}",
    )


def _listing(head: str, findings: list[Finding], remedy: str) -> Refused:
    lines = [
        f"  {finding.file}:{finding.line}:{finding.column}: [{finding.rule}] {finding.message}"
        for finding in findings
    ]
    more = [f"  and {len(lines) - _SHOWN} more"] if len(lines) > _SHOWN else []
    first = findings[0]
    others = f", and {len(findings) - 1} more" if len(findings) > 1 else ""
    return Refused("\n".join([f"{head}:", *lines[:_SHOWN], *more, remedy]),
                   f"line {first.line}: [{first.rule}] {first.message}{others}")  # fmt: skip
