"""The library as it was read beforehand says what Jinja says: every text, every condition, on every deal at hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT

from termsheet import assemble, data, source
from termsheet.errors import LibraryError
from termsheet.house import House
from termsheet.library import build, environment, evaluate, prepared, running, shelf, trees
from termsheet.lint import lint_source
from termsheet.rules import RULES

DEALS = [*sorted((ROOT / "examples").glob("*.yaml")), *sorted((ROOT / "tests" / "precision").glob("*.deal.yaml"))]


@pytest.fixture
def unprepared(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A function after which nothing is known beforehand."""

    def forget() -> None:
        monkeypatch.setattr(prepared, "_file", lambda: ({}, {}, {}))
        _clear()

    yield forget
    _clear()


def _clear() -> None:
    for cached in (prepared._entry, prepared.condition, prepared._caption, shelf.read, shelf._library):
        cached.cache_clear()


def test_the_file_is_that_of_the_library() -> None:
    """`python -m termsheet.library.build` writes it anew."""
    assert (data.folder("schemas") / prepared.FILE).read_text(encoding="utf-8") == build.built()


def test_every_text_is_prepared() -> None:
    for language in ("en", "de"):
        for clause in shelf.library((), language).values():
            for key in clause.texts:
                assert prepared.program(clause.texts[key]) is not None, (clause.id, key)


@pytest.mark.parametrize("path", DEALS, ids=lambda path: path.stem)
def test_papers_are_the_same_both_ways(path: Path, unprepared: Any) -> None:
    def papers() -> list[assemble.Assembly]:
        deal = lint_source(source.read(str(path)), RULES).deal
        return [assemble.assemble(deal, form, draft=True) for form in ("term-sheet", "agreement")]

    quick = papers()
    unprepared()
    assert papers() == quick


def test_a_clause_of_a_house_is_read_by_jinja(tmp_path: Path) -> None:
    ours = (data.folder("clauses") / "confidentiality.md").read_bytes()
    (tmp_path / "confidentiality.md").write_bytes(ours.replace(b"\n---\n", b"\n---\nBefore. ", 1))
    house = shelf.library((tmp_path,))["confidentiality"]
    assert all(prepared.program(text) is None for text in house.texts.values())
    assert House((tmp_path,), ()).clauses == (tmp_path,)


def test_what_is_broken_is_as_if_it_were_not_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / prepared.FILE).write_text("{half a")
    place = data.place
    monkeypatch.setattr(data, "place", lambda name: str(tmp_path) if name == "schemas" else place(name))
    prepared._file.cache_clear()
    try:
        assert prepared._file() == ({}, {}, {})
    finally:
        prepared._file.cache_clear()


TEXTS = [
    "{% for item in items if item.n > 1 %}{{ item.n }}{% if not loop.last %}, {% endif %}{% else %}none{% endfor %}",
    "{% for item in [] %}x{% else %}none{% endfor %}",
    "{% for item in items %}{{ loop.index }}/{{ loop.length }}{% if loop.nextitem is defined %}…{% endif %}{% endfor %}",
    "{% macro twice(word, other) %}{{ word }}{{ word }}{% if other is defined %}{{ other }}{% endif %}{% endmacro %}"
    "{{ twice('a') }}{{ twice('a', 'b') }}{{ twice(word='c') }}{{ twice('d', other=word) }}",
    "{% set kept = items|selectattr('n', 'equalto', 2)|list('or') %}{{ items|map(attribute='n')|first }}",
    "{{ 'a' ~ 1 ~ word }}{{ items|rejectattr('n')|first is defined }}{{ [1, 2]|length }}{{ {'a': 1}.a }}",
    "{{ 'yes' if 1 < 2 <= 2 and not 3 in [1] else 'no' }}{{ word or 'b' }}{{ 0 or word }}{{ items[0].n }}",
    "{% if word == 'x' %}1{% elif word == 'w' %}2{% else %}3{% endif %}{% if none_of_it is defined %}4{% endif %}",
    "{{ items|select('in', items)|map('length')|first }}{{ items|last }}{{ [0, 1]|select|first }}",
]
BROKEN = ["{{ nowhere }}", "{{ nowhere.at.all }}", "{% if nowhere %}1{% endif %}", "{{ word() }}", "{{ word.key }}",
          "{% macro one(a) %}{{ a }}{% endmacro %}{{ one() }}", "{{ one(1) }}", "{{ [1]|first|length }}",
          "{% macro one(a) %}{{ a }}{% endmacro %}{{ one(1, 2) }}", "{{ [][1] }}", "{{ 1 < word }}"]  # fmt: skip


def _both(text: str, context: dict[str, Any]) -> tuple[str, str]:
    tree = trees.body_of(environment.environment().parse(text))
    program = evaluate.Program(tree, [], prepared._words())
    ways: list[str] = []
    for way in (lambda: running.run(text, context, "x"), lambda: environment.run(text, context, "x")):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(prepared, "program", lambda _: program)
            try:
                ways.append(way())
            except LibraryError:
                ways.append("an error")
    return ways[0], ways[1]


@pytest.mark.parametrize("text", TEXTS + BROKEN)
def test_a_text_both_ways(text: str) -> None:
    quick, jinja = _both(text, {"items": [{"n": 1}, {"n": 2}, {"n": 3}], "word": "w"})
    assert quick == jinja
    assert (quick == "an error") == (text in BROKEN)


@pytest.mark.parametrize(
    "text",
    ["{% for a, b in items %}{% endfor %}", "{{ word._hidden }}",
     "{% for a in items %}{% set b = a %}{% endfor %}", "{% if word %}{% macro a() %}{% endmacro %}{% endif %}",
     "{% macro a(b=1) %}{% endmacro %}", "{{ word(*items) }}", "{{ 1 if word }}", "{{ items[1:] }}",
     "{% macro a() %}{{ caller() }}{% endmacro %}", "{{ 1 + 1 }}", "{% with a = 1 %}{% endwith %}"],
)  # fmt: skip
def test_what_a_tree_cannot_say_is_left_to_jinja(text: str) -> None:
    with pytest.raises(trees.Unknown):
        trees.body_of(environment.environment().parse(text))
    assert build._body(text, "x") is None


def test_what_only_jinja_knows_is_left_to_it() -> None:
    assert build._condition("word is defined") is not None
    assert build._body("{{ items|unique|first }}", "x") is None
