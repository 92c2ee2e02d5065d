"""What a slip of the pen does to a clean deal is noticed, once; where it is not, `mutation.yaml` says why."""

from __future__ import annotations

import pytest
from conftest import ROOT
from mutation import Outcome, outcomes, reason, stale

EXAMPLES = [
    ROOT / "examples" / f"{name}.yaml"
    for name in ("eco-distribution", "telehealth-alliance", "wellness-co-marketing")
]
pytestmark = pytest.mark.xdist_group("mutation")  # one worker tries them all, once
NOTICED = 0.6  # the share found at error or warning, below which something has come undone


@pytest.fixture(scope="module")
def tried() -> dict[str, list[Outcome]]:
    return {path.stem: [*outcomes(path.read_text(encoding="utf-8"))] for path in EXAMPLES}


@pytest.mark.parametrize("name", [path.stem for path in EXAMPLES])
def test_most_damages_are_found(tried: dict[str, list[Outcome]], name: str) -> None:
    grave = sum(bool(outcome.grave) for outcome in tried[name])
    assert grave / len(tried[name]) >= NOTICED


@pytest.mark.parametrize("name", [path.stem for path in EXAMPLES])
def test_silence_has_a_reason(tried: dict[str, list[Outcome]], name: str) -> None:
    silent = [outcome.damage for outcome in tried[name] if not outcome.grave and not outcome.notes]
    assert [f"{damage.path} {damage.how}" for damage in silent if not reason(damage)] == []


@pytest.mark.parametrize("name", [path.stem for path in EXAMPLES])
def test_no_cause_gives_two_findings(tried: dict[str, list[Outcome]], name: str) -> None:
    twice = [outcome for outcome in tried[name] if len(outcome.grave) > 1]
    assert [
        (outcome.damage.path, *outcome.grave) for outcome in twice if not reason(outcome.damage, "also")
    ] == []


def test_no_reason_is_stale(tried: dict[str, list[Outcome]]) -> None:
    every = [outcome for done in tried.values() for outcome in done]
    silent = [outcome.damage for outcome in every if not outcome.grave and not outcome.notes]
    assert stale("silent", silent) == []
    assert stale("also", [outcome.damage for outcome in every if len(outcome.grave) > 1]) == []
