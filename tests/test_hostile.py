"""Deals and places that mean harm, or only bad luck: a sentence, a bound, and nothing lost."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import pytest
from conftest import EXAMPLES

from termsheet import source, writers
from termsheet.assemble import assemble
from termsheet.errors import LibraryError
from termsheet.lint import lint_source
from termsheet.rules import RULES
from termsheet.verify import verify
from termsheet.wellformed import checked

PARTIES = "parties:\n  - {id: a, name: Acme, short: NAME}\n  - {id: b, name: Bora}\n"


def rendered(text: str, suffix: str = ".txt") -> str:
    """The text of a draft, read back and verified."""
    deal, found = checked(source.parse(text, "deal.yaml"))
    assert [finding.message for finding in found] == []
    document = assemble(deal, draft=True).document
    read = writers.read_text(writers.write(document, suffix), suffix)
    verify(document, read, interleaved=suffix == ".txt")
    return read


def test_what_is_private_is_called_by_no_name() -> None:
    text = (
        "deal: {title: T, type: pilot}\n"
        "internal: {stakeholders: [{id: secret, name: SENTINEL}]}\n"
        "risks: [{id: hidden, text: SENTINEL, shared: no}]\n"
    )
    deal, _ = checked(source.parse(text, "deal.yaml"))
    assert "SENTINEL" not in [node.value for node in deal.declared.values()]
    _, found = checked(source.parse(text + "term: {effective: on secret}\n", "deal.yaml"))
    assert [finding.rule for finding in found] == ["schema-unknown-id"]


@pytest.mark.parametrize(
    "name", ["*b*", "__x__", "&lt;", "[x](#nowhere)", "```code```", "{{ x }}", "only 'B' \"C\""]
)
def test_the_name_of_a_party_means_itself_wherever_it_stands(name: str) -> None:
    quoted = "'" + name.replace("'", "''") + "'"
    text = "deal: {title: T, type: pilot}\n" + PARTIES.replace("NAME", quoted)
    text += "commercial: {costs: [{what: hosting, shares: {a: 60%, b: 40%}}]}\n"
    sign = ";" if ";" in name else ""  # which parts the items of a list where one holds it
    assert f"{name} 60%{sign} and Bora 40%" in " ".join(rendered(text).split())


@pytest.mark.parametrize(
    "deal",
    [
        "deal: {title: '{{name}} alliance', type: pilot, version: '[● x]'}\n",
        "deal: {title: T, type: pilot}\nprovisions: [{title: 'a {% b', text: c}]\n",
        "deal: {title: T, type: pilot}\nlegal: {governing_law: {open: {what: 'the law [A or {{B}}]'}}}\n",
        "deal: {title: open, type: pilot, date: open, version: open}\nprovisions: [{}]\n",
        "deal: {type: licensing}\n",
        "deal: {title: T, type: pilot}\nscope: {in: [x, none], territory: [none]}\n",
        "deal: {title: T, type: pilot}\ncontributions: [{if: x}]\n",
    ],
)
@pytest.mark.parametrize("suffix", writers.SUFFIXES)
def test_an_odd_deal_is_rendered_as_a_draft(deal: str, suffix: str) -> None:
    assert rendered(deal + PARTIES.replace("NAME", "A"), suffix)


@pytest.mark.parametrize("language", ["fr", "xx", "zh-CN"])
def test_a_language_without_words_is_refused_in_a_sentence(language: str) -> None:
    deal, _ = checked(source.parse(f"deal: {{title: T, type: pilot, language: {language}}}", "deal.yaml"))
    with pytest.raises(LibraryError, match=f"cannot be written in the language `{language}` yet"):
        assemble(deal, draft=True)


@pytest.mark.parametrize("value", ["9" * 5000 + " days", "9" * 400 + " months"])
def test_a_number_without_end_is_a_finding(value: str) -> None:
    _, found = checked(source.parse(f"deal: {{title: T}}\nterm: {{initial: {value}}}", "deal.yaml"))
    assert [finding.rule for finding in found] == ["schema-value-form"]


def test_many_entries_take_time_in_proportion() -> None:
    metrics = "".join(f"  - {{name: Metric {number}}}\n" for number in range(400))
    read = source.parse("deal: {title: T, type: pilot}\nmetrics:\n" + metrics, "deal.yaml")
    start = time.perf_counter()
    report = lint_source(read, RULES)
    assert len(report.findings) > 400
    assert time.perf_counter() - start < 60  # it was cubic, and took minutes


def test_a_person_of_no_party_crashes_no_rule() -> None:
    text = "deal: {title: T, type: pilot}\npeople: [{id: jane, name: J, party: jane}]\n" + PARTIES.replace(
        "NAME", "A"
    )
    text += "exit: {rights: [{by: jane, ground: convenience}]}\n"
    assert lint_source(source.parse(text, "deal.yaml"), RULES).crashed == ()


def test_a_very_long_line_is_cut_in_the_report(run_cli: Any, tmp_path: Path) -> None:
    deal = tmp_path / "deal.yaml"
    deal.write_text(
        "deal: {title: T, type: pilot, " + ", ".join(f"k{number}: 1" for number in range(2000)) + "}\n"
    )
    _, out, _ = run_cli("lint", str(deal))
    assert max(map(len, out.splitlines())) < 2000


def test_the_deal_itself_is_never_overwritten(run_cli: Any, tmp_path: Path) -> None:
    deal = tmp_path / "deal.md"
    deal.write_bytes(EXAMPLES[0].read_bytes())
    code, _, err = run_cli("render", str(deal), "-o", str(deal))
    assert code == 2
    assert "is the deal itself; name another file" in err
    assert deal.read_bytes() == EXAMPLES[0].read_bytes()


@pytest.mark.skipif(os.name != "posix", reason="links are of POSIX")
def test_a_link_stays_a_link(run_cli: Any, tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")
    run_cli("render", str(EXAMPLES[0]), "-o", str(tmp_path / "link.txt"))
    assert (tmp_path / "link.txt").is_symlink()
    assert "TERM SHEET" in (tmp_path / "real.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "command", [["lint", "x" * 300 + ".yaml"], ["render", "NAME", "-o", "x" * 300 + ".docx"]]
)
def test_a_name_that_the_system_refuses(run_cli: Any, command: list[str]) -> None:
    code, out, err = run_cli(*[str(EXAMPLES[0]) if word == "NAME" else word for word in command])
    assert code == 2
    assert "Traceback" not in out + err
    assert "name too long" in (out + err).lower()


@pytest.mark.skipif(os.name != "posix", reason="pipes are of POSIX")
def test_a_pipe_in_a_folder_is_passed_over(run_cli: Any, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.deal.yaml")
    (tmp_path / "deal.yaml").write_text("deal: {title: T, type: pilot}\n")
    code, _, _ = run_cli("lint", str(tmp_path))
    assert code == 1


def test_no_colour_wins(run_cli: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deal = tmp_path / "deal.yaml"
    deal.write_text("deal: {title: T, type: pilot}\n")
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b" in run_cli("lint", str(deal))[1]
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in run_cli("lint", str(deal))[1]
