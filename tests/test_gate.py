"""The gate: every paper is free of findings, and every defect that is planted in one is found."""

from __future__ import annotations

import pytest
from gate.bench import Bench, spoilt
from gate.defects import DEFECTS, Defect
from gate.judges import VALIDATORS, judged, validated
from gate.papers import EVERY, PAPERS, Paper
from gate.samples import SAMPLES, samples
from gate.semantics import CHECKS, findings

pytestmark = pytest.mark.xdist_group("gate")  # one worker writes every paper, once
PLANTED = [(defect, on) for defect in DEFECTS for on in defect.on]


def named(paper: Paper) -> str:
    return paper.name


@pytest.mark.parametrize("paper", EVERY, ids=named)
def test_a_paper_has_no_finding(paper: Paper) -> None:
    assert findings(paper.data) == []


@pytest.mark.parametrize("paper", PAPERS, ids=named)
def test_validators_find_nothing(paper: Paper) -> None:
    pytest.importorskip("openxml_audit")
    pytest.importorskip("ooxml_integrity")
    assert validated(paper.data) == []


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_good(name: str) -> None:
    pytest.importorskip("openxml_audit")
    pytest.importorskip("ooxml_integrity")
    assert judged(samples()[name]) == []


@pytest.mark.parametrize(("defect", "on"), PLANTED, ids=[f"{defect.name}-{on}" for defect, on in PLANTED])
def test_a_defect_is_found(defect: Defect, on: str) -> None:
    """By the judge that it names; the sample itself has no finding, so what is found is the defect."""
    if defect.by in VALIDATORS:
        pytest.importorskip("openxml_audit")
        pytest.importorskip("ooxml_integrity")
    good = samples()[on]
    bad = defect.plant(good)
    assert bad != good
    assert any(found.startswith(f"{defect.by}: ") for found in judged(bad, defect.by))


def test_every_check_has_a_defect() -> None:
    assert set(CHECKS) | {"package", "audit"} <= {defect.by for defect in DEFECTS}


def test_a_change_of_nothing_gives_the_same_bytes() -> None:
    """So that a defect that changes nothing cannot pass for one that is found."""
    good = samples()["term-sheet"]

    def look(file: Bench) -> None:
        assert file.all("//w:p")

    assert spoilt(good, look) == good


def test_what_is_no_archive_is_told() -> None:
    assert findings(b"PK") == ["package: no archive: File is not a zip file"]
