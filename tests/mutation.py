"""Damage a clean deal in every small way that a slip of the pen would, and see what the linter notices.

Each key down to the second level is deleted in turn; each number, date and reference is damaged in turn. A damage
is noticed where it brings a finding at error or warning that the whole deal does not have. What is not noticed is
either a miss to mend or has its reason in `tests/mutation.yaml`.

    python -m tests.mutation [--all] FILE...     the share noticed, and each miss (`--all`: also those with a reason)
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from ruamel.yaml import YAML

from termsheet import source
from termsheet.deal import Deal
from termsheet.lint import lint_source
from termsheet.rules import RULES
from termsheet.schema import child, deal_schema, resolve
from termsheet.source import Route, Source
from termsheet.wellformed import checked

TODAY = date(2027, 1, 25)  # the examples are of January 2027
REASONS = Path(__file__).parent / "mutation.yaml"
NUMBERS = ("money", "rate", "measure", "duration", "cadence")


@dataclass(frozen=True)
class Damage:
    """One damaged deal: where, how (`deleted`, `halved` …), and the whole text."""

    path: str
    how: str
    text: str


def damages(text: str) -> Iterator[Damage]:
    """Every damage to a deal that is clean."""
    whole = source.parse(text, "whole.deal.yaml")
    deal, found = checked(whole)
    assert not found
    for route in whole.marks:
        path = deal.path_of(route)
        if not route or path.startswith(("internal", "waivers")):
            continue
        if isinstance(route[-1], str) and sum(isinstance(key, str) for key in route) <= 2:
            yield Damage(path, "deleted", _without(whole, route))
        for how, words in _damaged(whole, deal, route):
            span = whole.marks[route].value
            yield Damage(path, how, text[: span.start] + words + text[span.end :])


class Outcome(NamedTuple):
    """A damage, the findings at error or warning that it brings, and the notes."""

    damage: Damage
    grave: list[str]
    notes: list[str]


def outcomes(text: str) -> Iterator[Outcome]:
    """Every damage to a deal, and what it brings."""
    before = _found(text)
    for damage in damages(text):
        new = _found(damage.text) - before
        grave = [f"{rule}: {message}" for severity, rule, message in new if severity != "note"]
        yield Outcome(
            damage, grave, [f"{rule}: {message}" for severity, rule, message in new if severity == "note"]
        )


def reason(damage: Damage, kind: str = "silent") -> str:
    """Why it is right that a damage brings no finding (`silent`), or two (`also`); nothing where no reason is given."""
    return next((str(row["reason"]) for row in reasons()[kind] if _fits(damage, row)), "")


def stale(kind: str, told: list[Damage]) -> list[str]:
    """The shapes that no damage of these needs any more."""
    return [
        path
        for row in reasons()[kind]
        for path in row["paths"]
        if not any(_fits(damage, row | {"paths": [path]}) for damage in told)
    ]


@cache
def reasons() -> dict[str, list[dict[str, Any]]]:
    """The reasons of `tests/mutation.yaml`."""
    return dict(YAML(typ="safe").load(REASONS))


def _fits(damage: Damage, row: dict[str, Any]) -> bool:
    return damage.how in row["how"] and any(fnmatchcase(_shape(damage.path), path) for path in row["paths"])


def _shape(path: str) -> str:
    """A path without the names of entries."""
    return re.sub(r"\[[^\]]*\]", "", path)


def _found(text: str) -> Counter[tuple[str, str, str]]:
    report = lint_source(source.parse(text, "damaged.deal.yaml"), RULES, stage="signature", as_of=TODAY)
    assert not report.crashed, report.crashed
    return Counter((finding.severity, finding.rule, finding.message) for finding in report.findings)


def _without(whole: Source, route: Route) -> str:
    """The text without a key: its lines, or, where it shares its first line with a dash, all but the dash."""
    mark = whole.marks[route]
    assert mark.key is not None
    _, column = whole.position(mark.key.start)
    first = mark.key.start - column + 1
    lead = whole.text[first : mark.key.start]
    last = whole.text.find("\n", mark.value.end)
    last = len(whole.text) if last < 0 else last + 1
    if not lead.strip():
        return whole.text[:first] + whole.text[last:]
    rest = whole.text[last:]  # `- key: value`: the next key of the entry moves up to the dash
    indent = " " * len(lead)
    if rest.startswith(indent) and rest[len(indent) : len(indent) + 1] not in " -#\n":
        return whole.text[: mark.key.start] + rest[len(indent) :]
    return whole.text[: mark.key.start] + "{}\n" + rest


def _damaged(whole: Source, deal: Deal, route: Route) -> Iterator[tuple[str, str]]:
    """The ways to damage the scalar at a route, and the words instead."""
    mark = whole.marks[route]
    words = mark.scalar
    schema = _schema(route)
    if words is None or schema is None:
        return
    form = schema.get("x-form", "")
    figure = re.search(r"(?<![\w-])\d[\d,]*(?:\.\d+)?", words)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", words):
        year = int(words[:4])
        yield "ten years later", f"{year + 10}{words[4:].replace('02-29', '02-28')}"
        yield "ten years earlier", f"{year - 10}{words[4:].replace('02-29', '02-28')}"
    elif figure and (form in NUMBERS or form == "when" or schema.get("type") == "integer"):
        number = float(figure[0].replace(",", ""))
        put = lambda value: _quoted(words[: figure.start()] + value + words[figure.end() :])  # noqa: E731
        if number:
            yield "halved", put(f"{number / 2:g}" if number < 1_000_000 else f"{number / 2:.0f}")
        yield "negated", put("-" + figure[0])
    elif form in ("ref", "who") or (form == "" and _item_of_who(route)):
        others = _others(deal, words)
        if words in deal.party_ids:
            yield "another party", next(party for party in deal.party_ids if party != words)
        elif others:
            yield "another entry", others[0]
        if words not in ("each", "all", "jointly"):
            yield "nobody", "nobody-here"


def _others(deal: Deal, word: str) -> list[str]:
    """Other entries of the list in which an id is declared; of people, those of another party first."""
    for value in deal.value.values():
        lists = [value, *(value.values() if isinstance(value, dict) else ())]
        for items in lists:
            entries = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
            of = {item["id"]: item.get("party") for item in entries if "id" in item}
            if word in of:
                return sorted(
                    (other for other in of if other != word), key=lambda other: of[other] == of[word]
                )
    return []


def _schema(route: Route) -> dict[str, Any] | None:
    root = deal_schema()
    schema: dict[str, Any] | None = root
    for key in route:
        schema = child(schema, key, root) if schema else None
    return resolve(schema, root) if schema else None


def _item_of_who(route: Route) -> bool:
    return isinstance(route[-1], int) and (_schema(route[:-1]) or {}).get("x-form") == "who"


def _quoted(words: str) -> str:
    return f'"{words}"' if re.match(r"[>=<\-*&!%@`]", words) else words


def main(args: list[str]) -> None:
    """Print the share noticed, each miss, and each damage that more than one finding tells of."""
    everything = "--all" in args
    for name in [arg for arg in args if arg != "--all"]:
        tried = [*outcomes(Path(name).read_text(encoding="utf-8"))]
        missed = [outcome for outcome in tried if not outcome.grave]
        noted = [outcome for outcome in missed if outcome.notes]
        left = [
            outcome for outcome in missed if everything or (not outcome.notes and not reason(outcome.damage))
        ]
        print(f"{name}: of {len(tried)} damages {len(tried) - len(missed)} are found at error or warning "
              f"({1 - len(missed) / len(tried):.0%}), {len(noted)} in a note, {len(left)} listed below")  # fmt: skip
        for outcome in left:
            print(f"  {outcome.damage.how:18} {outcome.damage.path}")
        for outcome in tried:
            if len(outcome.grave) > 1:
                print(f"  {outcome.damage.how:18} {outcome.damage.path}", *outcome.grave, sep="\n      ")


if __name__ == "__main__":
    main(sys.argv[1:])
