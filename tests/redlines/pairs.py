"""Pairs of deals and of their papers: a deal, and the same deal after a few changes, by a seed."""

from __future__ import annotations

import io
import json
import random
import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from termsheet import source
from termsheet.assemble import assemble
from termsheet.document import Document
from termsheet.errors import TermsheetError
from termsheet.immutable import replace
from termsheet.wellformed import checked

EXAMPLES = Path(__file__).parents[2] / "examples"


@cache
def paper(text: str, form: str) -> Document:
    """The paper of a deal, as a draft."""
    return assemble(checked(source.parse(text, "deal.yaml"))[0], form, draft=True).document


@cache
def papers(seed: int) -> tuple[Document, Document, tuple[str, ...]]:
    """The papers of a pair of deals, and what was changed. A change that no paper can be made of is passed over.

    Ten deals of nine types and two languages take turns, then the forms, and the themes beside them.
    """
    form = "agreement" if seed // 10 % 2 else "term-sheet"
    for turn in range(20):
        old, new, said = pair(seed + 1000 * turn)
        try:
            made = paper(old, form), paper(new, form)
        except TermsheetError:
            continue
        theme = "classic" if seed % 3 else "modern"
        return replace(made[0], theme=theme), replace(made[1], theme=theme), tuple(said)
    raise AssertionError(f"no pair for {seed}")


@cache
def _data(name: str) -> str:
    return json.dumps(YAML(typ="safe", pure=True).load((EXAMPLES / f"{name}.yaml").read_text("utf-8")), default=str)


def names() -> list[str]:
    return sorted(path.stem for path in EXAMPLES.glob("*.yaml"))


def pair(seed: int) -> tuple[str, str, list[str]]:
    """A deal and the same deal after a few changes, as text; and what was changed."""
    luck = random.Random(seed)
    name = names()[seed % len(names())]
    old = json.loads(_data(name))
    new, done = json.loads(_data(name)), []
    for _ in range(luck.randint(1, 6)):
        change = luck.choice((_prose, _figure, _day, _less, _more, _order, _section, _rename))
        said = change(new, luck)
        if said:
            done.append(said)
    if luck.random() < 0.3:
        old, new = new, old
    return _text(old), _text(new), done


def _text(deal: Any) -> str:
    """As YAML, where `none` and `open` are the words and no text."""
    found = io.StringIO()
    YAML(typ="safe", pure=True).dump(deal, found)
    return found.getvalue()


def _leaves(value: Any, path: str = "") -> Iterator[tuple[Any, Any, str]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inner:
        if not path and key in ("internal", "deal", "schema", "parties", "people", "clauses"):
            continue
        below = f"{path}.{key}"
        if isinstance(item, dict | list):
            yield from _leaves(item, below)
        else:
            yield value, key, below


def _lists(value: Any, path: str = "") -> Iterator[tuple[list[Any], str]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inner:
        if not path and key in ("internal", "deal", "schema", "parties", "people", "clauses"):
            continue
        if isinstance(item, list) and len(item) > 1:
            yield item, f"{path}.{key}"
        yield from _lists(item, f"{path}.{key}")


def _prose(deal: Any, luck: random.Random) -> str:
    found = [(at, key, path) for at, key, path in _leaves(deal) if isinstance(at[key], str) and at[key].count(" ") > 4]
    at, key, path = luck.choice(found)
    words = at[key].split(" ")
    place = luck.randrange(len(words))
    words[place : place + luck.randint(0, 2)] = luck.sample(["without", "delay", "its", "reasonable", "care", "twice"], luck.randint(0, 3))
    at[key] = " ".join(words) or "nothing"
    return f"prose at {path}"


def _figure(deal: Any, luck: random.Random) -> str:
    found = [(at, key, path) for at, key, path in _leaves(deal) if isinstance(at[key], str) and re.fullmatch(r"[A-Z]{3} [\d,]+|\d+ (?:days|months|years)|\d+%", at[key])]
    if not found:
        return ""
    at, key, path = luck.choice(found)
    at[key] = re.sub(r"\d[\d,]*", lambda match: str(int(match[0].replace(",", "")) + luck.randint(1, 40)), at[key], count=1)
    return f"figure at {path}"


def _day(deal: Any, luck: random.Random) -> str:
    found = [(at, key, path) for at, key, path in _leaves(deal) if isinstance(at[key], str) and re.fullmatch(r"\d{4}-\d\d-\d\d", at[key])]
    if not found:
        return ""
    at, key, path = luck.choice(found)
    at[key] = (date.fromisoformat(at[key]) + timedelta(days=luck.randint(1, 300))).isoformat()
    return f"day at {path}"


def _less(deal: Any, luck: random.Random) -> str:
    items, path = luck.choice(list(_lists(deal)))
    items.pop(luck.randrange(len(items)))
    return f"item taken from {path}"


def _more(deal: Any, luck: random.Random) -> str:
    found = [(items, path) for items, path in _lists(deal) if all(isinstance(item, str) and " " in item for item in items)]
    if not found:
        return ""
    items, path = luck.choice(found)
    items.insert(luck.randrange(len(items) + 1), luck.choice(["care of the displays", "a yearly visit to the site", "help by telephone"]))
    return f"item added to {path}"


def _order(deal: Any, luck: random.Random) -> str:
    items, path = luck.choice(list(_lists(deal)))
    luck.shuffle(items)
    return f"order of {path}"


def _section(deal: Any, luck: random.Random) -> str:
    found = [key for key in deal if key in ("publicity", "insurance", "risks", "review", "contributions", "force_majeure", "resources", "warranties", "communication", "exclusivity")]
    if not found:
        return ""
    key = luck.choice(found)
    del deal[key]
    return f"section {key}"

def _rename(deal: Any, luck: random.Random) -> str:
    party = luck.choice(deal["parties"])
    party["name"] = luck.choice((f"{party['name']} (Holding)", f"Neue {party['name']}", "Valdemar & Sons plc"))
    return f"name of {party['id']}"
