"""What is tried, and what must hold of it: a sentence or a result, and nothing of the author's is lost."""

from __future__ import annotations

import contextlib
import copy
import io
import json
import os
import random
import re
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

from ruamel.yaml import YAML

from termsheet import report, source, writers
from termsheet.assemble import Assembly, assemble
from termsheet.deal import Deal
from termsheet.document import Value
from termsheet.errors import LoadError, TermsheetError
from termsheet.fix import mend
from termsheet.lint import lint_source
from termsheet.outcome import Report
from termsheet.printable import printable
from termsheet.report.view import View
from termsheet.returned.package import Package
from termsheet.returned.values import values
from termsheet.rules import RULES
from termsheet.schema import at
from termsheet.source.builder import Builder
from termsheet.source.loading import _NOT_FOR_LIBYAML
from termsheet.source.parsers import SyntaxFault, libyaml, pure
from termsheet.verify import verify
from termsheet.wellformed import checked
from termsheet.word.reader import text_of

from .damage import damaged, zip_damaged
from .generated import dumped, well_formed_deal

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2027, 1, 25)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Target(NamedTuple):
    """What is tried: `make` gives an input by chance, `check` raises where something that must hold does not."""

    make: Callable[[random.Random], bytes]
    check: Callable[[bytes], None]


# --- what inputs are made of ---------------------------------------------------------------------------------


@cache
def deals() -> list[bytes]:
    """The deals of the repository, large and small."""
    paths = [*(ROOT / "examples").glob("*.yaml"), *(ROOT / "examples" / "broken").glob("*.yaml"),
             *(ROOT / "tests" / "precision").glob("*.yaml")]  # fmt: skip
    return [path.read_bytes() for path in sorted(paths)]


@cache
def texts(pattern: str) -> list[bytes]:
    """The files of the repository that a pattern names."""
    return [path.read_bytes() for path in sorted(ROOT.glob(pattern))]


def _some_deal(chance: random.Random) -> bytes:
    """A deal, or some lines of one, or a few words of YAML: what is short is damaged more thoroughly."""
    data = chance.choice(deals())
    lines = data.splitlines(keepends=True)
    if chance.random() < 0.6:
        starts = [at for at, line in enumerate(lines) if line[:1].isalpha()]
        kept = sorted(chance.sample(starts, min(len(starts), chance.choice((1, 2, 3)))))
        ends = {start: next((at for at in starts if at > start), len(lines)) for start in kept}
        data = b"".join(line for start in kept for line in lines[start : ends[start]])
    if chance.random() < 0.2:
        data = data.replace(b"\n", b"\r\n")
    return damaged(data, chance)


# --- the loader ----------------------------------------------------------------------------------------------


def _loader(data: bytes) -> None:
    """Bytes are data or one sentence; libyaml and ruamel say the same; and so does ruamel's own constructor."""
    try:
        text = source.reading.decode(data, "deal.yaml")
        read = source.parse(text, "deal.yaml")
    except LoadError as error:
        _sentence(error)
        return
    text = text.removeprefix("\ufeff")
    for route, mark in read.marks.items():
        assert 0 <= mark.value.start <= mark.value.end <= len(text), route
    if _NOT_FOR_LIBYAML.search(text) is None:
        theirs, ours = _built(text, libyaml), _built(text, pure)
        if theirs is not None and ours is not None:
            assert _same(theirs[0], ours[0]), f"libyaml {theirs[0]!r:.200} ruamel {ours[0]!r:.200}"
    if not read.traps:
        _like_ruamel(text, read.data)


def _built(text: str, parser: Any) -> tuple[Any, Any] | None:
    builder = Builder(text, "deal.yaml", parser(text))
    try:
        builder.document()
    except SyntaxFault:
        return None
    except LoadError:
        return None
    return builder.data, builder.marks


def _like_ruamel(text: str, data: Any) -> None:
    """Every text, key and list is what ruamel's own constructor makes of it, all scalars being taken as text."""
    yaml = YAML(typ="base", pure=True)
    try:
        theirs = yaml.load(text)
    except Exception:  # it refuses keys given twice and what its own composer does not like
        return
    if isinstance(theirs, dict):
        assert _shape(theirs) == _shape(data), f"{_shape(theirs)!r:.300} {_shape(data)!r:.300}"


def _shape(data: Any) -> Any:
    if isinstance(data, dict):
        return {str(key): _shape(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_shape(value) for value in data]
    return data if isinstance(data, str) and not _NUMBER.fullmatch(data) else "…"


_NUMBER = re.compile(r"[-+.0-9].*|~|null|Null|NULL|true|True|TRUE|false|False|FALSE|", re.DOTALL)


def _same(one: Any, other: Any) -> bool:
    return one == other or json.dumps(one) == json.dumps(other)  # no NaN is another


def _sentence(error: TermsheetError) -> None:
    """One line that can be printed, and that says what to do."""
    said = str(error)
    assert said.isprintable(), said
    assert "; " in said or "? " in said, said
    assert "Traceback" not in said


# --- lint, its reports and its fixes -------------------------------------------------------------------------


def _lint(data: bytes) -> None:
    """No rule crashes, every finding has its place, and every format can say it."""
    try:
        read = source.parse(source.reading.decode(data, "deal.yaml"), "deal.yaml")
    except LoadError as error:
        _sentence(error)
        return
    found = lint_source(read, RULES, stage="signature", as_of=TODAY)
    assert found.crashed == (), found.crashed
    for finding in found.findings:
        assert 1 <= finding.line <= read.text.count("\n") + read.text.count("\r") + 1, finding
        assert finding.message
    whole = Report((found,), (), len(RULES))
    for style in report.FORMATS:
        said = report.render(whole, style, View())
        assert style not in ("full", "concise", "github") or printable(said) == said
    json.loads(report.render(whole, "json", View()))
    ElementTree.fromstring(report.render(whole, "junit", View()))


def _fix(data: bytes) -> None:
    """What is mended parses, keeps every key and comment that it does not replace, and is mended once and for all."""
    try:
        text = source.reading.decode(data, "deal.yaml").removeprefix("\ufeff")
        mended = mend(text, "deal.yaml", _checks)
    except LoadError as error:
        _sentence(error)
        return
    assert source.parse(mended.text, "deal.yaml") is not None
    assert _comments(mended.text) == _comments(text) or any("#" in fix.was for fix in mended.done)
    try:
        before, after = source.parse(text, "deal.yaml").marks, source.parse(mended.text, "deal.yaml").marks
    except LoadError:
        before, after = {}, {}
    if not any(fix.finding.rule in _MOVES for fix in mended.done):
        keys = sum(mark.key is not None for mark in before.values())
        assert sum(mark.key is not None for mark in after.values()) >= keys - len(mended.done)
    assert mend(mended.text, "deal.yaml", _checks).text == mended.text


_MOVES = ("schema-comma-split",)


def _checks(read: Any) -> Any:
    return lint_source(read, RULES, as_of=TODAY)


def _comments(text: str) -> list[str]:
    return re.findall(r"^[ \t]*#[^\r\n]*", text, re.MULTILINE)


# --- render --------------------------------------------------------------------------------------------------


def _paper(data: bytes) -> None:
    """What a deal of any kind says and a form uses stands in its Word file, in both forms, and in every other file."""
    try:
        read = source.parse(source.reading.decode(data, "deal.yaml"), "deal.yaml")
    except LoadError as error:
        _sentence(error)
        return
    deal, malformed = checked(read)
    if malformed:
        return
    before = copy.deepcopy(deal.value)
    for form in ("term-sheet", "agreement"):
        try:
            made = assemble(deal, form, draft=True)
        except TermsheetError as error:
            _sentence(error)
            continue
        written = writers.write(made.document, ".docx")
        verify(made.document, writers.read_text(written, ".docx"))
        nothing_is_lost(deal, made, written)
        for suffix in (".txt", ".md", ".html"):
            text = writers.read_text(writers.write(made.document, suffix), suffix)
            verify(made.document, text, interleaved=suffix == ".txt")
    assert deal.value == before


def nothing_is_lost(deal: Deal, made: Assembly, written: bytes) -> int:
    """Every text of a field that the paper uses is in the Word file, by a reader that knows nothing of termsheet.

    Compared is what the file holds after XML is decoded, white space left out, and apostrophes as they are typed.
    Gives how many texts were looked for.
    """
    read = _plain(" ".join(_runs(written)))
    count = 0
    for inline in made.document.inlines():
        if not isinstance(inline, Value):
            continue
        node = deal.get_route(deal.route_of(inline.path))
        record = at(node.route) if node is not None else {}
        if node is None or not isinstance(node.value, str) or record.get("type") != "string":
            continue
        if "x-form" in record or "enum" in record or at(node.route[:-1]).get("x-form") == "who":
            continue
        count += 1
        typed = _plain(node.value).rstrip(".")
        assert typed in read or typed[:1].upper() + typed[1:] in read, f"{inline.path}: {node.value!r}"
    return count


def _runs(written: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        names = [name for name in archive.namelist() if re.fullmatch(r"word/(document|header\d*|footer\d*)\.xml", name)]
        for name in names:
            for paragraph in ElementTree.fromstring(archive.read(name)).iter(f"{_W}p"):
                yield "".join(_told(paragraph))


def _told(paragraph: ElementTree.Element) -> Iterator[str]:
    for element in paragraph.iter():
        if element.tag == f"{_W}t":
            yield element.text or ""
        elif element.tag in (f"{_W}tab", f"{_W}br"):
            yield " "
        elif element.tag == f"{_W}noBreakHyphen":
            yield "-"


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", text).replace("\u2011", "-").replace("’", "'")


def _some_paper(chance: random.Random) -> bytes:
    """A deal of anything that the schema accepts, or an example that is damaged and may still be well formed."""
    if chance.random() < 0.7:
        return dumped(well_formed_deal(chance.randrange(10**9))).encode()
    return damaged(chance.choice(deals()), chance)


# --- Word files that come back -------------------------------------------------------------------------------


@cache
def _sent() -> tuple[bytes, bytes]:
    """A small deal and the draft that is made of it."""
    deal = (ROOT / "examples" / "picking-robot-pilot.yaml").read_bytes()
    made = assemble(checked(source.parse(deal.decode(), "deal.yaml"))[0], draft=True)
    return deal, writers.write(made.document, ".docx")


def _returned(data: bytes) -> None:
    """A Word file is read back, reviewed and taken for the look of a house: a sentence or a result, and the deal stays."""
    deal, draft = _sent()
    with _folder() as folder:
        Path("deal.yaml").write_bytes(deal)
        Path("sent.docx").write_bytes(draft)
        Path("back.docx").write_bytes(data)
        for command in (
            ["pull", "back.docx", "deal.yaml", "--sent", "sent.docx"],
            ["review", "back.docx", "deal.yaml", "--sent", "sent.docx", "--format", "json"],
            ["git-textconv", "back.docx"],
        ):
            _runs_well(command)
            assert Path("deal.yaml").read_bytes() == deal
        _runs_well(["pull", "back.docx", "deal.yaml", "--sent", "sent.docx", "--write"])
        after = source.read("deal.yaml")
        assert _comments(after.text) == _comments(deal.decode())
        keys = [route for route, mark in source.parse(deal.decode(), "d").marks.items() if mark.key is not None]
        assert [route for route, mark in after.marks.items() if mark.key is not None] == keys
        assert sorted(os.listdir(folder)) == ["back.docx", "deal.yaml", "sent.docx"]


def _reader(data: bytes) -> None:
    """The readers of Word files take any bytes, or refuse them in one sentence."""
    for read in (text_of, lambda whole: values(Package(whole, "back.docx"))):
        with contextlib.suppress(TermsheetError):
            read(data)


def _look(data: bytes) -> None:
    """A Word file that a house names for its look is taken, or refused in one sentence."""
    with _folder():
        Path("deal.yaml").write_bytes(_sent()[0])
        Path("house.docx").write_bytes(data)
        _runs_well(["render", "deal.yaml", "--draft", "--reference", "house.docx", "-o", "out.docx"])


def _some_word_file(chance: random.Random) -> bytes:
    return zip_damaged(_sent()[1], chance)


# --- files of a house, and of others ------------------------------------------------------------------------


def _clause(data: bytes) -> None:
    """A clause from somebody else is checked and rendered, or refused in one sentence."""
    with _folder():
        for name, content in (("deal.yaml", _sent()[0]), ("house/ip/foreground.md", data), ("house/own/new.md", data),
                              (".termsheet.yaml", b"clauses: house\n")):  # fmt: skip
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).write_bytes(content)
        _runs_well(["clauses", "check"])
        _runs_well(["clauses", "show", "own.new"])
        _runs_well(["render", "deal.yaml", "--draft"])


def _rules(data: bytes) -> None:
    """House rules are run, or refused in one sentence."""
    with _folder():
        Path("deal.yaml").write_bytes(_sent()[0])
        Path("rules.yaml").write_bytes(data)
        _runs_well(["rules", "test", "rules.yaml"])
        _runs_well(["lint", "--rules", "rules.yaml", "deal.yaml"])


def _config(data: bytes) -> None:
    """A configuration is followed, or refused in one sentence."""
    with _folder():
        Path("deal.yaml").write_bytes(_sent()[0])
        Path(".termsheet.yaml").write_bytes(data)
        _runs_well(["lint", "deal.yaml"])
        _runs_well(["config", "show", "deal.yaml"])


def _playbook(data: bytes) -> None:
    """A playbook is judged by, or refused in one sentence."""
    with _folder():
        Path("deal.yaml").write_bytes(_sent()[0])
        Path("book.yaml").write_bytes(data)
        _runs_well(["positions", "deal.yaml", "--playbook", "book.yaml", "--side", "suzukaze"])


_CONFIG = b"""extends: term-sheet-only
select: [exit, metrics]
ignore: [wording]
severity:
  exit-no-wind-down: error
stage: sketch
clauses: house
rules: rules
paths:
  - match: signed/**
    stage: signature
style: {}
"""


def _runs_well(command: list[str]) -> None:
    """A command ends with code 0, 1 or 2, and what it says on the way out is no traceback."""
    from termsheet.__main__ import main

    out, err = _Stream(), _Stream()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main(command)
        except SystemExit as leave:
            code = leave.code
    said = err.text()
    assert code in (0, 1, 2), code
    assert "Traceback" not in said + out.text()
    assert " failed on " not in said, said  # a rule that crashed
    if code == 2:
        assert said.strip() or out.text().strip()


class _Stream(io.TextIOWrapper):
    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8")

    def text(self) -> str:
        self.flush()
        return self.buffer.getvalue().decode("utf-8", "replace")  # type: ignore[attr-defined]


@contextlib.contextmanager
def _folder() -> Iterator[str]:
    """A folder of its own to work in."""
    from termsheet.settings import forget

    here = os.getcwd()
    folder = tempfile.mkdtemp()
    os.chdir(folder)
    try:
        forget()
        yield folder
    finally:
        os.chdir(here)
        shutil.rmtree(folder)


def _of(pattern: str) -> Callable[[random.Random], bytes]:
    return lambda chance: damaged(chance.choice(texts(pattern)), chance)


TARGETS = {
    "loader": Target(_some_deal, _loader),
    "lint": Target(_some_deal, _lint),
    "fix": Target(_some_deal, _fix),
    "paper": Target(_some_paper, _paper),
    "docx": Target(_some_word_file, _returned),
    "reader": Target(_some_word_file, _reader),
    "look": Target(_some_word_file, _look),
    "clause": Target(_of("clauses/*/*.md"), _clause),
    "rules": Target(_of("examples/house-rules/*.yaml"), _rules),
    "config": Target(lambda chance: damaged(_CONFIG, chance), _config),
    "playbook": Target(_of("templates/playbooks/*.yaml"), _playbook),
}
