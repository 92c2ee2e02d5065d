"""What holds for every deal: no rule crashes, what is taken out is missed, and the order of keys tells nothing."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest
from conftest import ROOT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from termsheet import source
from termsheet.lint import lint_source
from termsheet.rules import RULES
from termsheet.schema import deal_schema, resolve
from termsheet.values import FORMS

EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
Json = dict[str, Any]

# --- a deal of anything that the schema accepts -------------------------------------------------------------

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
    import json

    return json.dumps(deal, ensure_ascii=True)


def findings(text: str, name: str = "any.deal.yaml") -> list[Any]:
    report = lint_source(source.parse(text, name), RULES, stage="signature", as_of=date(2027, 1, 25))
    assert report.crashed == ()
    return list(report.findings)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 10**9))
def test_no_deal_crashes_a_rule(seed: int) -> None:
    for finding in findings(dumped(any_deal(seed))):
        assert finding.message
        assert len(finding.message) <= 400
        assert "\n" not in finding.message
        assert finding.line >= 1


# --- what is taken out is missed ----------------------------------------------------------------------------

# The areas whose rules speak of a section, where they are not called by its name.
AREA = {
    "people": ("schema", "governance"),
    "papers": ("schema", "legal", "data"),
    "third_parties": ("schema",),
    "events": ("schema",),
    "objectives": ("rationale",),
    "work_plan": ("plan",),
    "grants": ("ip", "exclusivity", "contributions"),
    "warranties": ("legal",),
    "force_majeure": ("risk",),
    "risks": ("risk",),
    "process": ("binding",),
    "costs_of_paper": ("binding",),
    "signoff": ("signature",),
    "exclusivity": ("exclusivity", "binding", "schema"),
    "rights": ("exclusivity",),
    "deal": ("deal", "schema"),
    "marketing": ("marketing", "data", "commercial"),
    "orders": ("deal",),
    "commercial": ("commercial", "schema"),
}
# Sections that a good deal may do without, and that nothing else in the example leans on.
OPTIONAL = {
    *("schema", "internal", "annexes", "definitions", "rights", "restrictions", "lessons", "scaling"),
    *("benefits", "clauses", "conditions", "enablement", "innovation", "options", "provisions", "reports"),
}
SAID_TWICE = {
    ("eco-distribution", "exclusivity"),  # the appointments say as well that they are exclusive
    ("pfas-catalyst-license", "exclusivity"),  # so does the main license
    ("pfas-catalyst-license", "reports"),  # the figures come before each review as well
    ("picking-robot-pilot", "commercial"),  # the fee stands under the pilot as well
    ("storage-venture", "reports"),  # so do they here, and the owners have a right to information
    ("foam-box-codevelopment", "supply"),  # the contributions say who delivers the foam, and when
    ("freight-emissions-integration", "communication"),  # the board meets every month
    ("freight-emissions-integration", "marketing"),  # the flows of data say as well how leads pass
    ("heat-pump-referral", "exclusivity"),  # the rights say as well that others may be named
    ("heat-pump-referral", "marketing"),  # the flows of data say as well how leads pass
}


def sections() -> list[Any]:
    return [
        pytest.param(path, key, id=f"{path.stem}: {key}")
        for path in EXAMPLES
        for key in YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
        if key not in OPTIONAL and (path.stem, key) not in SAID_TWICE
    ]


@pytest.mark.parametrize(("path", "key"), sections())
def test_a_section_that_is_taken_out_is_missed(path: Any, key: str) -> None:
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    start = next(index for index, line in enumerate(lines) if line.startswith(f"{key}:"))
    end = next((i for i in range(start + 1, len(lines)) if lines[i][0] not in " #-\n"), len(lines))
    found = findings("".join(lines[:start] + lines[end:]))
    areas = AREA.get(key, (key,))
    assert [finding for finding in found if finding.rule.partition("-")[0] in areas], [
        finding.rule for finding in found
    ]


# --- the order of keys ---------------------------------------------------------------------------------------


def shuffled(data: Any, draw: random.Random) -> Any:
    """The same data, the keys of its maps in another order."""
    if isinstance(data, dict):
        keys = list(data)
        draw.shuffle(keys)
        return {key: shuffled(data[key], draw) for key in keys}
    return [shuffled(item, draw) for item in data] if isinstance(data, list) else data


BROKEN = [
    *EXAMPLES,
    ROOT / "examples" / "broken" / "deal.yaml",
    *sorted((ROOT / "tests" / "precision").glob("*.yaml")),
]


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_findings_do_not_depend_on_the_order_of_keys(path: Any) -> None:
    data = source.parse(path.read_text(encoding="utf-8"), path.name).data
    told = {
        tuple(sorted((f.rule, f.path, f.severity, f.message) for f in findings(dumped(shuffled(data, draw)))))
        for draw in [random.Random(seed) for seed in range(4)]
    }
    first, *others = [set(found) for found in told]
    assert [first ^ other for other in others] == []


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 10**9))
def test_findings_of_any_deal_do_not_depend_on_the_order_of_keys(seed: int) -> None:
    deal = any_deal(seed, ids=False)  # of two that declare one id, the second in the file is told
    draw = random.Random(seed)
    told = [{(f.rule, f.path, f.message) for f in findings(dumped(shuffled(deal, draw)))} for _ in range(2)]
    assert told[0] ^ told[1] == set()
