"""A short run of the fuzzing in `tests/fuzz`, what it has found before, and what goes in comes out."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from fuzz.damage import damaged, zip_damaged
from fuzz.generated import dumped, well_formed_deal
from fuzz.targets import TARGETS, deals, nothing_is_lost
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from termsheet import source, writers
from termsheet.assemble import assemble
from termsheet.wellformed import checked

CORPUS = Path(__file__).parent / "fuzz" / "corpus"
TIMES = {"loader": 60, "lint": 12, "fix": 8, "paper": 2, "docx": 2, "reader": 30, "look": 3, "clause": 2, "rules": 8, "config": 6, "playbook": 6}
FOUND = [pytest.param(path.parent.name, path, id=f"{path.parent.name}: {path.name}") for path in sorted(CORPUS.glob("*/*"))]


@pytest.mark.parametrize("name", TARGETS)
def test_what_must_hold_holds_of_some_inputs_by_chance(name: str) -> None:
    for seed in range(TIMES[name]):
        TARGETS[name].check(TARGETS[name].make(random.Random(f"{name} {seed}")))


@pytest.mark.parametrize(("name", "path"), FOUND)
def test_what_was_found_is_found_no_more(name: str, path: Path) -> None:
    TARGETS[name].check(path.read_bytes())


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_in_a_sentence(data: bytes) -> None:
    TARGETS["loader"].check(data)


@pytest.mark.parametrize("form", ["term-sheet", "agreement"])
def test_what_goes_in_comes_out(form: str) -> None:
    """Of deals by chance: every text of a field that the paper uses is in the Word file, by a reader of its own."""
    looked = 0
    for seed in range(12):
        deal, _ = checked(source.parse(dumped(well_formed_deal(seed)), "any.deal.yaml"))
        made = assemble(deal, form, draft=True)
        looked += nothing_is_lost(deal, made, writers.write(made.document, ".docx"))
    assert looked > 500


def test_a_lost_word_would_be_found() -> None:
    deal, _ = checked(source.parse(deals()[0].decode(), "deal.yaml"))
    made = assemble(deal, draft=True)
    other, _ = checked(source.parse(deals()[0].decode().replace("the", "their"), "deal.yaml"))
    with pytest.raises(AssertionError):
        nothing_is_lost(deal, made, writers.write(assemble(other, draft=True).document, ".docx"))


def test_damage_is_of_every_kind() -> None:
    chance = random.Random(1)
    made = {damaged(deals()[0], chance) for _ in range(100)}
    assert len(made) > 90
    draft = writers.write(assemble(checked(source.parse(deals()[0].decode(), "d"))[0], draft=True).document, ".docx")
    assert len({zip_damaged(draft, chance) for _ in range(10)}) > 5
