"""`termsheet clauses list`, `show` and `diff`: the library as people look at it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from conftest import EXAMPLES, ROOT

from termsheet.house import NO_HOUSE
from termsheet.library.changes import compared
from termsheet.library.exhibit import clause_of, reads
from termsheet.library.shelf import library

TITLE = library()["scope.statement"].title
STATEMENT = ROOT / "clauses" / "scope" / "statement.md"


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a changed clause, an extended one and one of its own."""
    (tmp_path / ".git").mkdir()
    (tmp_path / ".termsheet.yaml").write_text("clauses: own\n")
    files = {
        "scope/statement.md": STATEMENT.read_text(encoding="utf-8").replace(f"title: {TITLE}", "title: What it covers", 1),
        "scope/territory.md": "---\nextends: true\nnegotiable: true\n---\n",
        "house/green.md": "---\ntitle: Green\nsubject: green\ntypes: [licensing]\nbinding: true\nsource: own\n---\n\nGreen. {#g}\n",
    }  # fmt: skip
    for name, text in files.items():
        path = tmp_path / "own" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


# --- list


def test_the_clauses_are_listed(run_cli: Any) -> None:
    code, out, _ = run_cli("clauses", "list", "--isolated")
    assert code == 0
    assert out.splitlines()[0].split() == ["clause", "title", "binds", "variants", "types"]
    assert re.search(r"^legal\.governing-law +\S.* yes", out, re.MULTILINE)
    assert out.rstrip().endswith(f"{len(library())} clauses")


def test_the_list_is_filtered(house: Path, run_cli: Any) -> None:
    def listed(*options: str) -> list[str]:
        return [
            entry["id"] for entry in json.loads(run_cli("clauses", "list", "--format", "json", *options)[1])
        ]

    every = listed()
    assert every == sorted(every)
    assert {"house.green", "scope.territory"} < set(every)
    assert all(id.startswith("scope.") for id in listed("--area", "scope"))
    assert "house.green" not in listed("--type", "pilot")
    assert "house.green" in listed("--type", "licensing")
    assert set(listed("--binding")) | set(listed("--not-binding")) == set(every)
    assert "house.green" in listed("--binding")
    assert "scope.territory" in listed("--negotiable")
    assert "house.green" in listed("--not-negotiable")
    code, _, err = run_cli("clauses", "list", "--area", "exits")
    assert code == 2
    assert "there is no area `exits`; use one of" in err


def test_the_house_has_its_mark(house: Path, run_cli: Any) -> None:
    _, out, _ = run_cli("clauses", "list", "--area", "scope")
    assert "scope.statement *" in out
    assert "What it covers" in out
    assert "2 of the house (*)" in out
    entry = json.loads(run_cli("clauses", "list", "--area", "house", "--format", "json")[1])[0]
    assert entry["house"] is True
    assert entry["forms"] == []
    assert entry["files"] == ["own/house/green.md"]


# --- show


def test_a_clause_is_shown_with_what_it_reads_and_filled(run_cli: Any) -> None:
    code, out, _ = run_cli("clauses", "show", "scope.territory", "--isolated")
    assert code == 0
    assert out.startswith("scope.territory  ")
    assert "scope.territory" in re.search(r"reads: +(.*)", out)[1]  # type: ignore[index]
    assert re.search(r"term-sheet, filled from \S+\.yaml", out)


def test_every_clause_can_be_shown() -> None:
    for clause in library().values():
        assert reads(clause) >= set(clause.reads)


def test_a_variant_that_no_example_calls_for_is_shown_as_it_stands(house: Path, run_cli: Any) -> None:
    _, out, _ = run_cli("clauses", "show", "house.green")
    assert "no example calls for it\n\n  Green. {#g}" in out
    assert "types:    licensing" in out


def test_a_clause_is_filled_from_a_deal(run_cli: Any) -> None:
    deal = str(EXAMPLES[0])
    code, out, _ = run_cli("clauses", "show", "scope.territory", "--deal", deal)
    assert code == 0
    assert f"filled from {deal}" in out
    assert "no example" not in out


def test_a_deal_that_does_not_call_for_a_clause_says_why(tmp_path: Path, run_cli: Any) -> None:
    deal = tmp_path / "deal.yaml"
    deal.write_text("deal: {title: A, type: pilot}\nparties:\n  - {id: a, name: A}\n  - {id: b, name: B}\n")
    code, _, err = run_cli("clauses", "show", "exit.rights", "--deal", str(deal))
    assert code == 2
    assert "has no `exit.rights`; the deal does not give `exit.rights`" in err
    deal.write_text("deal: {titel: A}\n")
    code, _, err = run_cli("clauses", "show", "exit.rights", "--deal", str(deal))
    assert code == 2
    assert "`titel` is not a key of `deal`" in err


@pytest.mark.parametrize("command", ["show", "diff"])
def test_a_misspelt_id_names_the_nearest(run_cli: Any, command: str) -> None:
    code, _, err = run_cli("clauses", command, "scope.teritory", "--isolated")
    assert code == 2
    assert "no clause has the id `scope.teritory`; did you mean `scope.territory`?" in err


# --- diff


def test_a_house_clause_differs_word_by_word(house: Path, run_cli: Any) -> None:
    code, out, _ = run_cli("clauses", "diff", "scope.statement")
    assert code == 1
    assert (
        out
        == f"scope.statement: built-in → own/scope/statement.md\n\ntitle: [-{TITLE}-]{{+What it covers+}}\n"
    )
    code, out, _ = run_cli("clauses", "diff", "scope.territory")
    assert (code, "negotiable: {+true+}" in out) == (1, True)


def test_what_cannot_be_compared_is_said(house: Path, run_cli: Any) -> None:
    code, _, err = run_cli("clauses", "diff", "term.initial")
    assert code == 2
    assert (
        "the house has no clause `term.initial` of its own; name an older version of it with `--from REVISION`"
        in err
    )
    code, _, err = run_cli("clauses", "diff", "house.green")
    assert (code, "termsheet has no clause `house.green` to compare with" in err) == (2, True)


def test_words_that_change_are_marked() -> None:
    from termsheet.immutable import replace

    clause = clause_of("scope.statement", NO_HOUSE)
    (key, text), *_ = clause.texts.items()
    old = replace(clause, texts={key: "One here.\n\nTwo parties meet and talk.\n\nThree.\n"})
    new = replace(
        clause,
        texts={key: "One here.\n\nTwo parties meet at once and talk.\n\nThree.\n", ("new", ""): "New.\n"},
    )
    assert text
    head = f"## {key[0]}"
    assert compared(old, new) == (
        f"{head}\n\n…\n\nTwo parties meet {{+at once +}}and talk.\n\n…\n\n## new\n\n{{+New.+}}\n"
    )
    assert "\x1b[32mat once \x1b[0m" in compared(old, new, colour=True)
    other = replace(clause, texts={key: "Nothing of the kind is said any more by anyone.\n"})
    assert compared(old, other).count("[-") == 3  # paragraph by paragraph
    assert compared(old, old) == ""


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_a_clause_is_compared_with_a_revision(house: Path, run_cli: Any) -> None:
    def git(*arguments: str) -> None:
        command = ["git", "-c", "user.name=t", "-c", "user.email=t@example.com", *arguments]
        subprocess.run(command, check=True, capture_output=True, cwd=house)

    (house / ".git").rmdir()
    git("init", "-q")
    git("add", "-A")
    git("commit", "-qm", "one")
    assert run_cli("clauses", "diff", "house.green", "--from", "HEAD")[0] == 0
    path = house / "own" / "house" / "green.md"
    path.write_text(path.read_text().replace("Green. {#g}", "Very green. {#g}"))
    code, out, _ = run_cli("clauses", "diff", "house.green", "--from", "HEAD")
    assert code == 1
    assert "house.green: HEAD → own/house/green.md" in out
    (house / "own" / "scope" / "territory.md").write_text("---\nextends: true\nnegotiable: false\n---\n")
    _, out, _ = run_cli("clauses", "diff", "scope.territory", "--from", "HEAD")
    assert out.endswith("negotiable: [-true-]{+false+}\n")
    for revision in ("nowhere", "--output=x"):
        code, _, err = run_cli("clauses", "diff", "house.green", f"--from={revision}")
        assert code == 2, err
