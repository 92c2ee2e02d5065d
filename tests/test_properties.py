"""What holds for every deal: no rule crashes, what is taken out is missed, and the order of keys tells nothing."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest
from conftest import ROOT
from fuzz.generated import any_deal, dumped
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from termsheet import source
from termsheet.lint import lint_source
from termsheet.rules import RULES

EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))


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
