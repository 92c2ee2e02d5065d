"""Start a deal: a form with a blank for everything that a deal of its type has to say, each with what it is for.

The sections are those for which the linter asks in an empty deal, in the order of the vocabulary page; their keys
come from the stubs, the comments from the vocabulary. A blank is a key without a value, which counts as absent: so a
new deal is well formed, and has one finding for each section that nobody has filled in.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from termsheet import blanks, data, source
from termsheet.errors import LoadError
from termsheet.lint import lint_source
from termsheet.pattern import pattern
from termsheet.rules import RULES
from termsheet.schema.messages import HOMES
from termsheet.source import Route
from termsheet.start.answers import Answers, party_ids
from termsheet.values import FORMS

_WIDTH = 110
_META = ("about", "key", "declares", "required", "says")  # of a record of the vocabulary
_NOT_YAML = pattern("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")


def deal(answers: Answers, schema: str = "", name: str = "deal.yaml") -> str:
    """The text of a new deal. `schema` is where its schema stands, as seen from it; `name` is what it is called."""
    ids = party_ids(answers.parties)
    parts = [_opening(answers.kind, schema, name), "schema: termsheet/1"]
    known = _known(answers)
    parts += ["\n".join(_section(section, ids, known)) for section in sections(answers.kind)]
    return "\n\n".join(parts) + "\n"


def sections(kind: str) -> list[str]:
    """The sections that a deal of a type needs: those for which the linter asks where they are not there.

    For some it asks only where the legal section is there.
    """
    empty = f"deal:\n  type: {kind}\n"
    asked = {
        paste.yaml.partition(":")[0]
        for text in (empty, f"{empty}legal:\n  amendments: in writing\n")
        for finding in lint_source(source.parse(text, "deal.yaml"), RULES).findings
        if finding.severity != "note"
        for paste in finding.pastes
        if not paste.under
    }
    return [key for key in _vocabulary()["deal-file"] if key in asked or key in ("deal", "parties")]


# What the file says


def _opening(kind: str, schema: str, name: str) -> str:
    modeline = [f"# yaml-language-server: $schema={schema}", "#"] if schema else []
    text = (
        f"A {kind} deal, to be filled in: write behind a key what was agreed. A key or a dash with nothing behind it "
        "counts as not there, and may stay. Where a term is missing on purpose, write `open` (still to be agreed), "
        "`withheld` (agreed, not shown here) or `none` (considered, and there is none). "
        f"`termsheet lint {name}` tells, in the order of this file, what is still to be said."
    )
    return "\n".join([*modeline, *_commented(text)])


def _known(answers: Answers) -> dict[Route, str]:
    """What is known, by the place at which it stands."""
    known: dict[Route, str] = {
        ("deal", "title"): answers.title,
        ("deal", "type"): answers.kind,
        ("deal", "currency"): answers.currency,
        ("deal", "language"): answers.language,
        ("scope", "summary"): answers.about,
        ("legal", "governing_law", "law"): answers.law,
    }
    for index, party in enumerate(answers.parties):
        known |= {("parties", index, key): value for key, value in party._asdict().items()}
    return known


def _section(section: str, ids: Sequence[str], known: Mapping[Route, str]) -> Iterator[str]:
    """A section as a form: above each key what it is for, behind it what is known."""
    lines = list(blanks.form(section, ids))
    read = source.parse("\n".join(map(str, lines)), section)
    routes = {read.position(mark.key.start)[0]: route for route, mark in read.marks.items() if mark.key}
    told: set[Route] = set()
    for number, line in enumerate(lines, 1):
        route = routes[number]
        names = tuple(key for key in route if isinstance(key, str))
        form, about, examples = _meaning(names)
        if form and names not in told:
            margin = " " * (len(line.head) - 2 * line.head.endswith("- "))
            told_of = _comment(line, form, about, examples, ids)
            yield from _commented(told_of + _entry_keys(form, number, lines), margin)
        told.add(names)
        value = known.get(route, "")
        yield f"{line} {scalar(value)}" if value and not line.value else str(line)
        if not line.value and not value and _is_plain_list(form):
            yield " " * (len(line.head) + 2) + "-"


def _comment(line: blanks.Line, form: str, about: str, examples: Sequence[str], ids: Sequence[str]) -> str:
    """What a key is for, the words that it may take, and an example."""
    words = form.partition("one of ")[2]
    if words:
        told = f"`{words.partition(', ')[0]}`" in about
        return about if told else f"{about} {'Any' if form.startswith('list') else 'One'} of: {words}."
    if line.value:
        return about
    if "such as" in line.hint:
        return f"{about} Such as: {line.hint.partition('such as')[2].lstrip(': ')}"
    if "write" in line.hint or "`" in line.hint:
        return f"{about} {line.hint[0].upper()}{line.hint[1:]}."
    if form in ("who", "party"):
        return f"{about} Such as: {ids[0]}{', or each' if 'each' in line.hint else ''}"
    if form in HOMES:
        return f"{about} The id of an entry of `{HOMES[form]}`."
    if form in FORMS and not examples:
        examples = [FORMS[form].example]
    return f"{about} Such as: {', or '.join(examples[:2])}" if examples else about


def _entry_keys(form: str, number: int, lines: Sequence[blanks.Line]) -> str:
    """For a list of entries of which the form shows none: the first keys of an entry."""
    record = form.removeprefix("list of ")
    shown = number < len(lines) and len(lines[number].head) > len(lines[number - 1].head)
    if record == form or record not in _vocabulary() or shown:
        return ""
    keys = [key for key in _vocabulary()[record] if key not in _META and key != "id"]
    return f" `none`, or a list; an entry has {', '.join(f'`{key}:`' for key in keys[:4])}…"


def _commented(text: str, margin: str = "") -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent=f"{margin}# ", subsequent_indent=f"{margin}# ",
                         break_long_words=False, break_on_hyphens=False)  # fmt: skip


@cache
def _vocabulary() -> dict[str, dict[str, str]]:
    page = data.folder("schemas") / "deal.vocabulary.yaml"
    found: dict[str, dict[str, str]] = source.parse(page.read_text(encoding="utf-8"), str(page)).data
    return found


def _meaning(names: Sequence[str]) -> tuple[str, str, list[str]]:
    """The form of a key, what it is for, and examples, by the vocabulary; nothing for the name of a party."""
    record, form, about = "deal-file", "", ""
    for key in names:
        line = _vocabulary().get(record, {}).get(key) or _vocabulary()["entry"].get(key, "")
        form, _, about = line.partition(" — ")
        form = form.removeprefix("private ")
        record = form.removeprefix("list of ")
    about, *examples = about.split(" | ")
    return form, about, examples


def _is_plain_list(form: str) -> bool:
    """Whether what stands there is a list of texts or words, one a line."""
    item = form.removeprefix("list of ")
    return item != form and item not in _vocabulary()


def scalar(text: str) -> str:
    """Text as a YAML value on one line, in quotes only where it would else be read as something else."""
    text = " ".join(_NOT_YAML.sub(" ", text).split())
    try:
        read = source.parse(f"a: {text}\n", "")
        if text and not read.traps and read.data["a"] is not None and read.marks[("a",)].scalar == text:
            return text
    except LoadError:
        pass
    return json.dumps(text, ensure_ascii=False)
