"""Deals of anything that the schema accepts, by chance, for the tests that hold for every deal."""

from __future__ import annotations

import json
import random
from typing import Any

from termsheet import source
from termsheet.schema import deal_schema, resolve
from termsheet.values import FORMS
from termsheet.wellformed import checked

Json = dict[str, Any]

WORDS = {
    "date": ["2027-01-31", "2028-02-29", "2017-06-30", "9999-12-31"],
    "when": ["2027-03-31", "end", "60 days after signature", "1 month before end", "quarter end", "effective",
             "launch", "2 years after end", "10 business days after notice"],
    "duration": ["3 months", "90 days", "immediately", "indefinite", "term", "term + 2 years", "10 business days",
                 "999999 years", "0 days"],
    "cadence": ["monthly", "quarterly", "every 2 weeks", "yearly"],
    "money": ["EUR 50,000", "0", "1.50", "JPY 900000000000", "USD 12.5 million"],
    "rate": ["0%", "50%", "100%", "12.5%", "250%"],
    "measure": ["40 clinics", ">= 73%", "EUR 5", "0", "4.2 of 5", "3 people", "10 hours per month"],
    "currency": ["EUR", "JPY"],
    "language": ["en-GB", "en-US"],
    "id": ["acme", "leads", "x-1"],
    "ref": ["acme", "borealis", "ada", "leads", "launch", "nobody"],
    "who": ["acme", "borealis", "each", "all", "jointly", "ada", "board"],
}  # fmt: skip
TEXTS = ["run the pilot in 6 clinics", "as needed", "Acme and Borealis may agree", "60 clinics by 2028", "x", "  ",
         "Ireland", "\u202eturned", "Асme", "the parties will negotiate", "net revenue", "a" * 300]  # fmt: skip


def fit(form: str, words: list[str]) -> list[str]:
    """Those of the words that the form takes."""
    good = []
    for word in words:
        try:
            if form in FORMS:
                FORMS[form].parse(word)
            good.append(word)
        except ValueError:
            continue
    assert good, form
    return good


GOOD = {form: fit(form, words) for form, words in WORDS.items()}


def value(schema: Json, draw: random.Random, depth: int = 0, ids: bool = True) -> Any:
    """A value that the schema accepts, more often small than large; now and then a Point."""
    schema = resolve(schema, deal_schema())
    if depth and draw.random() < 0.06:
        return draw.choice(["open", "none", "withheld"])
    if "enum" in schema:
        return draw.choice(schema["enum"])
    kind, form = schema.get("type"), schema.get("x-form", "")
    if form == "who":
        words = GOOD["who"]
        return (
            draw.choice(words)
            if draw.random() < 0.6
            else draw.sample(words[:2] + words[5:], draw.randint(0, 3))
        )
    if kind == "boolean":
        return draw.random() < 0.5
    if kind == "integer":
        return draw.choice([0, 1, 2, 3, 1000])
    if kind == "array":
        return [value(schema["items"], draw, depth + 1, ids) for _ in range(draw.choice([0, 1, 1, 2, 3]))]
    if kind == "object":
        if "x-keys" in schema:
            return {
                key: value(schema["additionalProperties"], draw, depth + 1, ids)
                for key in draw.sample(["acme", "borealis"], draw.randint(0, 2))
            }
        share = draw.choice([0.1, 0.4, 0.8])
        required = schema.get("required", ())
        return {
            key: value(inner, draw, depth + 1, ids)
            for key, inner in schema["properties"].items()
            if (draw.random() < share or key in required)
            and key not in ("waivers", "schema", "" if ids else "id")
        }
    return draw.choice(GOOD[form]) if form else draw.choice(TEXTS)


def any_deal(seed: int, ids: bool = True) -> Json:
    """A deal with two parties, and every other section as chance wills."""
    draw = random.Random(seed)
    deal: Json = value(deal_schema(), draw, ids=ids)
    deal["deal"] = value(deal_schema()["properties"]["deal"], draw, 1, ids)
    if not isinstance(deal["deal"], dict):
        deal["deal"] = {"title": "A deal"}
    deal["parties"] = [
        {"id": "acme", "name": "Acme Devices GmbH"},
        {"id": "borealis", "name": "Borealis Ltd"},
    ]
    deal["people"] = [{"id": "ada", "party": "acme", "name": "Ada Weber"}]
    deal.setdefault("events", [{"id": "launch", "name": "Launch"}])
    return deal


def dumped(deal: Any) -> str:
    """The deal as YAML, every text quoted."""
    return json.dumps(deal, ensure_ascii=True)


def well_formed_deal(seed: int) -> Json:
    """Such a deal without what only the relations of its parts make malformed, such as a reference to nobody."""
    deal = any_deal(seed)
    deal = {key: deal[key] for key in ("parties", "people", "events", "deal")} | deal  # the second of two ids is told
    deal.pop("clauses", None)  # what it calls for is not there
    for _ in range(30):
        read = source.parse(dumped(deal), "any.deal.yaml")
        judged, malformed = checked(read)
        if not malformed:
            return deal
        routes = {judged.route_of(finding.path) for finding in malformed}
        for route in sorted(routes, key=lambda route: [str(key).rjust(9) for key in route], reverse=True):
            _take_out(deal, route)  # the last entries of a list first
    raise AssertionError(f"seed {seed} stays malformed: {malformed[0].path}: {malformed[0].message}")


def _take_out(deal: Json, route: tuple[Any, ...]) -> None:
    *above, last = route
    holder: Any = deal
    for key in above:
        try:
            holder = holder[key]
        except (KeyError, IndexError, TypeError):
            return
    if isinstance(holder, dict):
        holder.pop(last, None)
    elif isinstance(holder, list) and isinstance(last, int) and last < len(holder):
        del holder[last]
    else:
        _take_out(deal, tuple(above))
