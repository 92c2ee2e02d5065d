"""Deals that put a clause through every combination of what it reads.

For each place of the deal that a clause reads, a covering array: rows that between them hold every pair of values of any
two keys (present, absent, open; each word of a list of words; one, two or more entries; each form of who and when), with
two, three and five parties. `python -m tests.combinations [CLAUSE...]` renders and checks them all and counts; `--show`
prints the different texts of a clause, `--de` takes the clauses that have a German text, in German.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import cycle, islice
from typing import Any

from allpairspy import AllPairs
from jinja2 import nodes

from termsheet import forms, source, writers
from termsheet.assemble import Assembly, assemble
from termsheet.deal import Deal
from termsheet.document import Document, Furniture, Table, shown
from termsheet.immutable import replace
from termsheet.library.clause import ClauseSource
from termsheet.library.environment import environment
from termsheet.library.optional import written_out
from termsheet.library.shelf import BASE, library
from termsheet.schema import at, deal_schema, resolve
from termsheet.wellformed import checked

Json = dict[str, Any]
ABSENT = "\0absent"
SPOKEN = {"en": ("en-GB", "en-US"), "de": ("de-DE", "de-AT")}
PARTIES = ("acme", "bora", "cora", "dova", "elan")
NAMES = {"acme": "Acme Devices GmbH", "bora": "Borealis Oy", "cora": "Corvina Foods SpA", "dova": "Dovetail Inc.",
         "elan": "Élan & Fils SARL"}  # fmt: skip
SHORT = {"acme": "Acme", "bora": "Borealis", "cora": "Corvina", "dova": "Dovetail", "elan": "Élan"}
# Sections that every deal here has, or that say how the paper is made, and are no subject of one clause.
STANDING = ("people", "third_parties", "events", "clauses", "definitions", "provisions", "schema")

WORDS: dict[str, list[str]] = {
    "date": ["2027-01-31"],
    "when": ["2027-03-31", "60 days after signature", "end", "quarter end"],
    "duration": ["90 days", "1 month", "immediately", "indefinite", "10 business days"],
    "cadence": ["monthly", "every 6 months", "twice a year"],
    "money": ["EUR 50,000", "1", "150 USD per hour"],
    "rate": ["12.5%"],
    "measure": ["40 clinics", ">= 73%", "1 user"],
    "currency": ["EUR"],
    "language": ["en-GB"],
    "who": ["acme", "each", "all", "[acme, bora]", "bora"],
    "id": [],
}
# An entry of each kind that others may refer to.
DECLARED: dict[str, tuple[str, Json]] = {
    "scope-part": ("scope.parts", {"id": "home-care", "name": "home care"}),
    "annex": ("annexes", {"id": "price-list", "title": "Price list", "status": "attached"}),
    "paper": ("papers", {"id": "nda", "title": "Mutual non-disclosure agreement", "kind": "nda", "status": "signed"}),
    "base": ("commercial.bases", {"id": "net-revenue", "name": "Net Revenue", "of": "sums received for the product"}),
    "payment": ("commercial.payments", {"id": "fee", "kind": "fee", "from": "bora", "to": "acme", "amount": "EUR 10,000"}),
    "minimum": ("commercial.minimums", {"id": "floor", "by": "bora", "measure": "orders", "amount": "500 devices"}),
    "metric": ("metrics", {"id": "reach", "name": "reach", "target": {"value": "12000 users", "by": "2028-06-30"}}),
    "objective": ("objectives", {"id": "grow", "text": "reach 12,000 users by the end of 2028"}),
    "phase": ("work_plan.phases", {"id": "build", "name": "Build", "start": "2027-02-01", "end": "2027-05-31"}),
    "body": ("governance.bodies", {"id": "steering", "name": "Steering committee"}),
    "ip-right": ("ip.rights", {"id": "patent-one", "kind": "patent", "title": "Folding hinge", "owner": "acme"}),
    "event": ("events", {"id": "launch", "name": "Launch"}),
}
FAULTS = re.compile(
    r"  |\s[,.;:)]|\(\s|\.\.(?!\.)|,,|;;|;\.|,\.|:\.|\.;|\(\)|\bNone\b|\bTrue\b|\bFalse\b|[\ue000\ue001]|\{\{|\}\}|\{%"
    r"|\b(?i:(\w+)) \1\b(?<!that that)(?<!had had)|“”|\band;",
)


def focuses(clause: ClauseSource) -> list[str]:
    """The places of the deal that a clause reads: lists, and the sections of single keys."""
    found: set[str] = set()
    for text in (*clause.texts.values(), *(f"{{% if {c} %}}{{% endif %}}" for c in _conditions(clause))):
        text = re.sub(r"^::: table (\S+)", r"{% if \1 %}{% endif %}", text, flags=re.MULTILINE)
        for path in _chains(environment().parse(written_out(text, environment(), clause.id))):
            found.add(_focus(path))
    for path in (*clause.reads, clause.each):
        found.add(_focus(path))
    return sorted(path for path in found if path)


def _conditions(clause: ClauseSource) -> list[str]:
    return [text for text in (clause.when, *clause.variants.values()) if text and text != "otherwise"]


def _chains(node: nodes.Node) -> Iterator[str]:
    inner: set[int] = set()
    for chain in node.find_all((nodes.Getattr, nodes.Name)):
        keys, part = [], chain
        while isinstance(part, nodes.Getattr):
            keys.append(part.attr)
            part = part.node
            inner.add(id(part))
        if isinstance(part, nodes.Name) and id(chain) not in inner:
            yield ".".join([part.name, *reversed(keys)])


def _focus(path: str) -> str:
    """The list that a path leads to, or the section that holds its last key."""
    if not path:
        return ""
    keys = path.split(".")
    if keys[0] in STANDING or keys[0] not in deal_schema()["properties"]:
        return ""
    for length in range(1, len(keys) + 1):
        found = at(tuple(keys[:length]))
        if found.get("type") == "array" and resolve(found["items"], deal_schema()).get("type") == "object":
            return ".".join(keys[:length])
        if found.get("type") != "object" or "properties" not in found:
            return ".".join(keys[: length - 1]) or keys[0]
    return ".".join(keys)


# --- rows


def texts(key: str) -> list[str]:
    """What an author may write: a phrase, or a sentence with its own full stop."""
    name = key.replace("_", " ")
    return PHRASES.get(key) or [f"the agreed {name}", f"Both teams keep to the {name}, and write it down."]


@cache
def _choices(path: tuple[str, ...], depth: int) -> list[Any]:
    """The values that a key may take, as plain data; deeper ones are fewer."""
    schema = at(tuple(0 if key == "*" else key for key in path))
    made = _values(schema, path, depth)
    return [ABSENT, *made, *(["open"] if depth < 2 else [])]


def _values(schema: Json, path: tuple[str, ...], depth: int) -> list[Any]:
    schema = resolve(schema, deal_schema())
    form = schema.get("x-form", "")
    if "enum" in schema:
        return list(schema["enum"])
    if form == "ref":
        declared = DECLARED.get(schema.get("x-of", ""))
        people = {"person": ["ada"], "party": ["acme", "bora"], "third-party": ["newco"]}
        return [declared[1]["id"]] if declared else people.get(schema.get("x-of", ""), [])
    if form == "who":
        return [word if not word.startswith("[") else ["acme", "bora"] for word in WORDS["who"]]
    kind = schema.get("type")
    if kind == "boolean":
        return [True, False]
    if kind == "integer":
        return [1, 3]
    if kind == "array":
        return _lists(schema, path, depth)
    if kind == "object":
        if "x-keys" in schema:
            inner = _values(schema["additionalProperties"], path, depth + 1)[:1]
            return [{"acme": inner[0], "bora": inner[0]}, {"acme": inner[0]}] if inner else []
        return _sample(path, depth)
    return WORDS[form] if form else texts(path[-1])


def _lists(schema: Json, path: tuple[str, ...], depth: int) -> list[Any]:
    item = resolve(schema["items"], deal_schema())
    if item.get("type") == "object":
        rows = _sample((*path, "*"), depth + 1)
        return [rows[:1], rows[1:3] or rows[:1]] if rows else []
    values = _values(item, path, depth)
    if len(values) < 2:
        return [values] if values else []
    return [values[:1], values[:2], values[:3] if len(values) > 2 else values]


def _sample(path: tuple[str, ...], depth: int) -> list[Json]:
    """A few records: one with every key, one with the first half, one with the rest."""
    if depth > 3:
        return []
    keys = _keys(path)
    whole = {key: values[1] for key in keys if len(values := _choices((*path, key), depth + 1)) > 1
             and values[1] != "open"}  # fmt: skip
    other = {key: values[2] for key in keys if len(values := _choices((*path, key), depth + 1)) > 2
             and values[2] != "open"}  # fmt: skip
    half = list(whole)[: (len(whole) + 1) // 2]
    plain = {key: value for key, value in whole.items() if key not in LIMITS}
    return [row for row in (plain, {key: whole[key] for key in half}, other) if row]


# What has one form of words only: a half sentence, a name, a country.
PHRASES = {
    "if": ["the pilot succeeds"], "unless": ["the board objects"], "while": ["the minimum is reached"],
    "territory": ["Germany", "the Isle of Man", "Trinidad and Tobago"], "per": ["year"],
    "may": ["sell the product under its own name"], "must_not": ["sell the product of a rival"],
    "term": ["Home Kit"],
}  # fmt: skip
# Of what every deal has, only this varies.
KEPT = {
    "deal": ("title", "type", "also", "language", "currency", "stage", "paper_size", "structure", "intent", "refs",
             "history", "type_reason"),
    "parties": ("name", "short", "signatories", "kind", "culture"),
}  # fmt: skip
LIMITS = ("if", "unless", "for", "territory", "starts", "until")


def _keys(path: tuple[str, ...]) -> list[str]:
    schema = at(tuple(0 if key == "*" else key for key in path))
    kept = ("id", "note", *KEPT.get(path[0], ()))
    return [key for key, inner in schema["properties"].items() if key not in kept and not inner.get("x-internal")]


@cache
def rows(focus: str) -> list[Json]:
    """Records that hold every pair of values of any two keys of a place."""
    path = tuple(focus.split("."))
    if at(path).get("type") == "array":
        path = (*path, "*")
    keys = _keys(path)
    parameters = [_choices((*path, key), 1) for key in keys]
    if len(keys) < 2:
        return [{key: value} for key, values in zip(keys, parameters, strict=True) for value in values if value != ABSENT]
    places = [list(range(len(values))) for values in parameters]
    found = [
        {key: values[place] for key, values, place in zip(keys, parameters, chosen, strict=True)
         if values[place] != ABSENT}
        for chosen in AllPairs(places)
    ]  # fmt: skip
    return [row for row in found if row]


def undecided(focus: str) -> Iterator[Json]:
    """For each word of a list of words, an entry of which all else is still open; and for each key, one that says none."""
    path = (*focus.split("."), "*")
    keys = [key for key in _keys(path) if key not in LIMITS]
    for key in keys:
        for word in at(tuple(0 if step == "*" else step for step in (*path, key))).get("enum", ()):
            yield dict.fromkeys(keys, "open") | {key: word}
    yield from ({key: "none"} for key in keys)


def values_at(focus: str) -> Iterator[Any]:
    """What may stand at a place: each row of a section; of a list, its rows by one, two, three and five.

    A row with one key alone comes first for each: what holds where nothing else is said.
    """
    single = {json.dumps({key: row[key]}): {key: row[key]} for row in rows(focus) for key in row}
    if at(tuple(focus.split("."))).get("type") != "array":
        keys = _keys(tuple(focus.split(".")))
        single |= {key: {key: "jointly"} for key in keys if at((*focus.split("."), key)).get("x-form") == "who"}
    made = [*single.values(), *rows(focus)]
    if at(tuple(focus.split("."))).get("type") != "array":
        yield from made
        return
    yield from ([row] for row in single.values())
    yield from ([row] for row in undecided(focus))
    rest, sizes = iter(rows(focus)), cycle((1, 2, 1, 3, 1, 5))
    while batch := list(islice(rest, next(sizes))):
        yield batch


# --- deals


def deals(clause: ClauseSource) -> Iterator[Json]:
    """The deals for one clause, in its language."""
    places = focuses(clause) or [""]
    named = re.findall(r'deal\.type == "([a-z-]+)"', clause.when)
    types = cycle(clause.types or named or ("strategic-alliance", "pilot", "licensing"))
    sizes = cycle((2, 3, 5))
    for focus in places:
        others = [place for place in places if place != focus and not place.startswith(f"{focus}.")]
        for count, value in enumerate(values_at(focus) if focus else [None] * 6):
            deal = base(next(sizes), next(types), count, clause.language)
            for place in others if count % 3 else ():
                fill = rows(place)[count % len(rows(place))]
                put(deal, place, [fill] if at(tuple(place.split("."))).get("type") == "array" else fill)
            if focus:
                put(deal, focus, value)
            yield deal
        if focus:
            yield put(base(next(sizes), next(types), 0, clause.language), focus, "none")
    for path in clause.reads:
        yield put(base(next(sizes), next(types), 0, clause.language), path, "none")


def base(size: int, kind: str, count: int, language: str = BASE) -> Json:
    """A deal with its parties and one entry of each kind that others may refer to."""
    spoken = SPOKEN.get(language, (language,))
    deal: Json = {
        "deal": {"title": "A deal", "type": kind, "currency": "EUR", "language": spoken[count % len(spoken)],
                 "binding": ("listed", "all", "nothing")[count // 2 % 3]},
        "parties": [{"id": key, "name": NAMES[key], "short": SHORT[key], "role": f"role of {SHORT[key]}"}
                    for key in PARTIES[:size]],
        "people": [{"id": "ada", "party": "acme", "name": "Ada Weber", "title": "Head of Alliances"}],
        "third_parties": [{"id": "newco", "name": "NewCo Ltd", "relation": "venture"}],
    }  # fmt: skip
    for place, entry in DECLARED.values():
        put(deal, place, [dict(entry)])
    return deal


def put(deal: Json, place: str, value: Any) -> Json:
    """The deal with a value at a place; the first entry of a list keeps the id by which others refer to it."""
    if place == "deal":
        deal["deal"] |= {"binding": "listed", **value} if isinstance(value, dict) else {}
        return deal
    if place == "parties":
        for party, row in zip(deal["parties"], cycle(value), strict=False) if isinstance(value, list) else ():
            party |= row
        return deal
    *above, last = place.split(".")
    there = deal
    for key in above:
        if not isinstance(there.get(key), dict):
            there[key] = {}
        there = there[key]
    if isinstance(value, list):
        value = _named(place, value)
    elif isinstance(value, dict):
        before = there[last] if isinstance(there.get(last), dict) else {}
        value = dict(value)
        for key in _held(place):  # others refer to an entry of it, whatever the value says of the list
            if isinstance(value.get(key), list):
                value[key] = _named(f"{place}.{key}", value[key])
            elif key in before:
                value[key] = before[key]
    there[last] = value
    return deal


def _named(place: str, entries: list[Json]) -> list[Json]:
    """The entries of a list, the first with the id by which others refer to it."""
    made = [dict(entry) for entry in entries]
    declared = next((entry for spot, entry in DECLARED.values() if spot == place), None)
    if declared and made:
        made[0] = {"id": declared["id"], **made[0]}
    return made


def _held(place: str) -> list[str]:
    """The lists below a place that hold what others refer to."""
    return [spot.removeprefix(f"{place}.") for spot, _ in DECLARED.values()
            if spot.startswith(f"{place}.") and "." not in spot.removeprefix(f"{place}.")]  # fmt: skip


# --- papers


@contextmanager
def heard() -> Iterator[set[tuple[str, str, str]]]:
    """The texts that were printed meanwhile: clause, variant, and the form of the text (empty for every form)."""
    found: set[tuple[str, str, str]] = set()
    say = ClauseSource.text

    def text(clause: ClauseSource, variant: str, form: str) -> str:
        found.add((clause.id, variant, form if (variant, form) in clause.texts else ""))
        return say(clause, variant, form)

    ClauseSource.text = text  # type: ignore[method-assign]
    try:
        yield found
    finally:
        ClauseSource.text = say  # type: ignore[method-assign]


def papers(clause: ClauseSource) -> Iterator[tuple[str, Json, Assembly]]:
    """Each deal of a clause as a paper of that clause alone, in each form that has it."""
    for deal in deals(clause):
        parsed = read(deal)
        for form in ("term-sheet", "agreement"):
            alone = only(form, clause.id, clause.language)
            if alone:
                yield form, deal, assemble(parsed, alone, draft=True)


def read(deal: Json) -> Deal:
    """The deal, which is well formed but for what it says twice."""
    text = re.sub(r'"(open|none)"(?!:)', r"\1", json.dumps(deal, ensure_ascii=False))  # quoted, it is a text
    parsed, found = checked(source.parse(text, "deal.yaml"))
    malformed = [finding for finding in found if finding.rule.startswith("schema-")]
    assert not malformed, [(finding.path, finding.message) for finding in malformed][:3]
    return parsed


@cache
def only(form: str, clause: str, language: str = BASE) -> forms.Form | None:
    """A form with one clause, and the definitions."""
    whole = forms.form(form, language=language)
    if clause in (*whole.intro, *whole.closing):
        return replace(whole, parts=(), intro=(clause,) if clause in whole.intro else (),
                       closing=(clause,) if clause in whole.closing else ())  # fmt: skip
    parts = tuple(replace(part, clauses=tuple(name for name in part.clauses if name in (clause, "definitions")))
                  for part in whole.parts)  # fmt: skip
    if not any(clause in part.clauses for part in parts):
        return None
    return replace(whole, intro=(), closing=(), parts=tuple(part for part in parts if part.clauses))


def faults(made: Assembly) -> Iterator[str]:
    """What no draft should hold: what its proof-reader says of the library's words, and what only shows where values meet."""
    yield from (f"{remark.block}: {remark.check}, {remark.words}" for remark in made.remarks if not remark.path)
    for block in made.document.blocks():
        if not isinstance(block, Table):
            text = shown(block.inlines)
            found = FAULTS.search(text.replace("\n", " "))
            if found:
                yield f"{block.id}: “{found[0]}” in: {text}"


def said(form: str, document: Document) -> str:
    """The paper without what stands around its clauses."""
    bare = replace(document, signatures=(), furniture=Furniture(), open_points=(), subtitle="", title=form,
                   words=replace(document.words, signatures=""))  # fmt: skip
    return re.sub(r"\n\s*\n+", "\n", writers.write(bare, ".txt").decode())


def spoken_in(language: str) -> list[ClauseSource]:
    """The clauses that are put into a language."""
    return [clause for clause in library(language=language).values() if not clause.foreign]


def main(names: list[str]) -> int:
    """Render and check, and count."""
    show = "--show" in names
    wanted = [name for name in names if not name.startswith("--")]
    total, wrong = 0, 0
    for clause in spoken_in("de" if "--de" in names else BASE):
        if clause.term or (wanted and not any(clause.id.startswith(name) for name in wanted)):
            continue
        seen: dict[str, None] = {}
        told: dict[str, None] = {}
        count = 0
        try:
            for form, _deal, made in papers(clause):
                count += 1
                for fault in faults(made):
                    told.setdefault(f"{form}: {fault}")
                if show:
                    seen.setdefault(said(form, made.document))
        except Exception as error:
            told.setdefault(f"{type(error).__name__}: {error}")
        total += count
        wrong += len(told)
        print(f"{clause.id}: {count} papers, {len(told)} faults")
        for line in [*told][: 200 if wanted else 5]:
            print("   ", line)
        for text in [*seen][:40]:
            print(text)
    print(f"{total} papers rendered and checked, {wrong} faults")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
