"""A clause as it is shown: what it reads, its positions, and each of its variants as a deal fills it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import jinja2

from termsheet import assemble, data, forms, source
from termsheet.deal import Deal
from termsheet.document import Clause, Document, Paragraph
from termsheet.errors import LibraryError, TermsheetError
from termsheet.house import House
from termsheet.immutable import immutable
from termsheet.library import walking
from termsheet.library.clause import OTHERWISE, ClauseSource
from termsheet.library.shelf import library
from termsheet.paths import shown
from termsheet.schema.messages import closest
from termsheet.wellformed import checked
from termsheet.writers import text


@immutable
class Filled:
    """Variants in a form, as a deal fills them; without a deal, the text of one as it stands in the file."""

    variants: tuple[str, ...]
    form: str
    words: str
    deal: str = ""


def clause_of(id: str, house: House) -> ClauseSource:
    """The clause of an id. Raises TermsheetError where there is none."""
    every = library(house.clauses)
    if id in every:
        return every[id]
    group = [name for name in every if name.startswith(f"{id}.")]
    meant = group[0] if group else closest(id, list(every))
    hint = f"; did you mean `{meant}`?" if meant else ""
    raise TermsheetError(f"no clause has the id `{id}`{hint}", help="`termsheet clauses list` lists them all")


def shown_in_full(clause: ClauseSource, house: House, deal: str | None = None) -> str:
    """All that there is to show of a clause, filled from a deal's file, or else from the examples of termsheet."""
    lines = [f"{clause.id}  {clause.title}", *_facts(clause), *_positions(clause)]
    for filled in _filled(clause, house, deal):
        head = " and ".join(_named(clause, variant) for variant in filled.variants if len(clause.texts) > 1)
        where = f"filled from {filled.deal}" if filled.deal else "no example calls for it"
        lines += ["", " · ".join(part for part in (head, f"{filled.form}, {where}") if part), ""]
        lines += [f"  {line}".rstrip() for line in filled.words.rstrip().splitlines()]
    return "\n".join(lines) + "\n"


def _named(clause: ClauseSource, variant: str) -> str:
    condition = clause.variants.get(variant, "")
    return f"{variant} ({condition})" if condition and condition != OTHERWISE else variant


def _facts(clause: ClauseSource) -> Iterator[str]:
    front = clause.front
    paths = sorted(reads(clause))
    rows = {
        "subject": clause.subject,
        "types": ", ".join(clause.types),
        "in when": clause.when,
        "each of": clause.each,
        "needs": ", ".join(clause.reads),
        "reads": ", ".join(
            path for path in paths if not any(other.startswith(f"{path}.") for other in paths)
        ),
        "source": str(front.get("source", "")),
        "files": ", ".join(shown(Path(file)) for file in clause.files),
        "note": str(front.get("note", "")),
    }
    for name, value in rows.items():
        if value:
            yield f"  {name + ':':<9} {value}"


def _positions(clause: ClauseSource) -> Iterator[str]:
    positions: Sequence[dict[str, Any]] = [given.value for given in clause.positions]
    for position in positions:
        yield ""
        yield f"  {position['id']}: {position['question']}"
        for key in ("preferred", "fallback", "walk_away"):
            if key in position:
                yield f"    {key.replace('_', ' ') + ':':<10} {position[key]['says']}"
        for key in ("guidance", "approves"):
            if key in position:
                yield f"    {key + ':':<10} {position[key]}"


def reads(clause: ClauseSource) -> set[str]:
    """Every path of a deal that a clause reads, in its texts and conditions."""
    conditions = [text for text in clause.variants.values() if text != OTHERWISE]
    try:
        readings = [walking.reading(words, each=clause.each) for words in clause.texts.values()]
        readings += [walking.condition(text, each=clause.each)[1] for text in (*conditions, clause.when)]
    except (jinja2.TemplateSyntaxError, LibraryError, RecursionError) as error:
        said = getattr(error, "message", "it is nested too deep").removeprefix("clause  ").rstrip(".")
        where = shown(Path(clause.file))
        help = "`termsheet clauses check` tells where"
        raise LibraryError(f"is not well-formed Jinja ({said})", file=where, help=help) from error
    return {path for reading in readings for path in reading.paths()} | set(clause.reads)


def _filled(clause: ClauseSource, house: House, deal: str | None) -> Iterator[Filled]:
    """Each variant in each form, from the first deal that calls for it."""
    deals = [_read(deal)] if deal else [_read(shown(path)) for path in _examples()]
    wanted = list(dict.fromkeys(variant for variant, _ in clause.texts))
    for form in _forms(clause, house):
        found: dict[str, Filled] = {}
        for name, read in deals:
            said = [variant for variant in _variants(read, clause.id, form, house) if variant not in found]
            if said:
                paper = assemble.assemble(read, form, draft=True, house=house).document
                words = "\n".join(map(text.extract, _extract(paper, clause)))
                found |= dict.fromkeys(said, Filled(tuple(said), form, words, name))
            if set(wanted) <= set(found):
                break
        if deal and not found:
            raise TermsheetError(f"the {form.replace('-', ' ')} of this deal has no `{clause.id}`", file=deal,
                                 help=_reason(deals[0][1], clause.id, form, house))  # fmt: skip
        yield from dict.fromkeys(found.values())
        if not deal:
            rest = [variant for variant in wanted if variant not in found]
            yield from (Filled((variant,), form, clause.text(variant, form)) for variant in rest)


def _forms(clause: ClauseSource, house: House) -> list[str]:
    """The forms in which a clause stands; all of them for a definition, or for one that only a deal adds."""
    names = [name for name in forms.names(house.templates) if name in forms.FORMS]
    return [name for name in names if clause.id in forms.form(name, house.templates).named] or names


def _reason(read: Deal, id: str, form: str, house: House) -> str:
    left = dict(assemble.assemble(read, form, draft=True, house=house).left_out)
    return left.get(id, "no form names it: add it under `clauses.add`")


def _variants(read: Deal, id: str, form: str, house: House) -> tuple[str, ...]:
    try:
        return assemble.variants(read, id, form, house)
    except LibraryError:
        return ()  # this clause cannot be filled from this deal; `clauses check` tells why


def _examples() -> list[Path]:
    return sorted(data.folder("examples").glob("*.yaml"))


def _read(path: str) -> tuple[str, Deal]:
    read, found = checked(source.read(path))
    for finding in found:
        if finding.severity == "error":
            raise TermsheetError(
                finding.message, file=path, line=finding.line, column=finding.column, help=finding.help
            )
    return path, read


def _extract(paper: Document, clause: ClauseSource) -> Iterator[Clause]:
    """What a paper says of a clause: the clause itself, or the lines that stand without a number."""
    yield from (found for found in paper.clauses() if found.id == clause.id)
    own = [block for block in (*paper.intro, *paper.closing) if block.id.startswith(f"{clause.id}/")]
    if own:
        yield Clause(clause.id, clause.title, tuple(own), False)
    if clause.term:
        defined = [block for block in paper.blocks()
                   if isinstance(block, Paragraph) and block.id.startswith(f"{clause.id}/")]  # fmt: skip
        yield Clause(clause.id, clause.title, tuple(defined), False)
