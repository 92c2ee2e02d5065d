"""Positions: where a deal stands, what playbooks change, what mistakes are told, and that nothing of it leaves."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml_cases
from conftest import EXAMPLES, ROOT
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML
from test_imports import _foreign, _imported
from test_rules import whole

from termsheet import config, data, source
from termsheet.errors import TermsheetError
from termsheet.library import clause
from termsheet.library.shelf import library
from termsheet.lint import lint_source
from termsheet.outcome import Report
from termsheet.portfolio import Asked, lint
from termsheet.positions import judging, opf, playbook, position
from termsheet.report import FORMATS, View, render
from termsheet.rules import RULES
from termsheet.rules.position import POSITIONS
from termsheet.standing import Choice, Stands
from termsheet.wellformed import checked

NAMES = [*config.playbooks()]
DEAL = ROOT / "examples" / "telehealth-alliance.yaml"
SENTINEL = "Sentinel-Quokka-77"


def stood(deal: str, pages: str, us: str = "", folder: Path = Path()) -> Stands:
    """Where a deal stands on the positions of a playbook that has no others."""
    file = folder / "book.yaml"
    file.write_text(pages, encoding="utf-8")
    read, _ = checked(source.parse(deal, "deal.yaml"))
    return judging.judged(read, playbook.load(str(file)), us)


def alone(**positions: Any) -> str:
    """A playbook of these positions only: those of the clauses are dropped."""
    dropped = {name: "off" for name, _ in playbook._of_clauses(library())}
    return json.dumps({"name": "book", "positions": {**dropped, **positions}})


# --- where a deal stands ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        pytest.param(case, expected, id=f"{case['name']} {expected['deal']} {expected.get('side', '')}")
        for case in yaml_cases.load("positions")
        for expected in case["stands"]
    ],
)
def test_where_a_deal_stands(case: dict[str, Any], expected: dict[str, Any], tmp_path: Path) -> None:
    parties = "".join(
        f"  - {{id: {party}, name: {party.title()} Ltd, jurisdiction: Ireland}}\n"
        for party in case.get("parties", ["acme", "borealis"])
    )
    deal = f"deal: {{title: x}}\nparties:\n{parties}{expected['deal']}\n"
    found = stood(deal, alone(**{"term.initial/x": case["position"]}), expected.get("side", ""), tmp_path)
    assert [stand.standing for stand in found.stands] == expected["is"]
    assert found.sided == expected.get("sided", 0)
    for key in ("path", "value", "entry", "unjudged"):
        if key in expected:
            assert getattr(found.stands[0], key) == expected[key]


def test_a_position_that_needs_a_side_is_counted_where_none_is_taken(run_cli: Any, tmp_path: Path) -> None:
    deal = tmp_path / "deal.yaml"
    text = DEAL.read_text(encoding="utf-8")
    deal.write_text(text.replace("  us: pulsara\n", ""), encoding="utf-8")
    code, out, _ = run_cli("lint", str(deal), "--playbook", "neutral")
    assert code == 0
    assert re.search(r"\d+ positions need a side, and none is taken \(`--side PARTY`\)$", out.rstrip())
    code, out, _ = run_cli("lint", str(deal), "--playbook", "neutral", "--side", "Pulsara Devices GmbH")
    assert "playbook neutral, for Pulsara:" in out
    assert "need a side" not in out


@pytest.mark.parametrize("side", ["clinivia", "Clinivia", "CLINIVIA telehealth limited"])
def test_a_side_is_taken_by_id_or_name(run_cli: Any, side: str) -> None:
    _, out, _ = run_cli("positions", str(DEAL), "--side", side, "--format", "json")
    assert json.loads(out)["us"] == "clinivia"


def test_an_unknown_side_or_playbook_is_told_with_what_was_meant(run_cli: Any) -> None:
    code, _, err = run_cli("positions", str(DEAL), "--side", "clinvia")
    assert code == 2
    assert "no party is called `clinvia`; did you mean `clinivia`?" in err
    assert "its parties are pulsara and clinivia" in err
    code, out, err = run_cli("lint", str(DEAL), "--playbook", "neutral", "--side", "clinvia")
    assert code == 2
    assert "did you mean `clinivia`?" in out
    for command in ("lint", "positions"):
        code, _, err = run_cli(command, str(DEAL), "--playbook", "licencer")
        assert code == 2
        assert "no playbook is called `licencer`; did you mean `licensee`?" in err or "`licensor`?" in err
    code, _, err = run_cli("lint", str(DEAL), "--side", "clinivia")
    assert code == 2
    assert "add `--playbook`" in err


def test_a_position_that_takes_too_long_is_cut_off_and_named(tmp_path: Path) -> None:
    rights = "".join(f"  - {{by: acme, ground: event, what: w{number}}}\n" for number in range(150))
    deal = f"deal: {{title: x}}\nparties: [{{id: acme}}]\nexit:\n rights:\n{rights}".replace("  -", "   -")
    condition = "any(exit.rights, any(exit.rights, any(exit.rights, it.ground == outer.what)))"
    with pytest.raises(
        TermsheetError, match=r"the position `term.initial/x` was cut off after 1,000,000 steps"
    ):
        stood(deal, alone(**{"term.initial/x": {"question": "x", "preferred": {"if": condition, "says": "x"}}}),
              folder=tmp_path)  # fmt: skip


# --- playbooks --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", yaml_cases.load("playbook-mistakes"), ids=lambda case: case["says"][:70])
def test_a_mistake_is_one_sentence_with_its_place(
    case: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("book.yaml").write_text(case["file"], encoding="utf-8")
    with pytest.raises(TermsheetError) as error:
        playbook.load("book.yaml")
    sentence = str(error.value)
    assert case["says"] in sentence
    assert sentence.startswith("book.yaml")
    assert "\n" not in sentence
    assert error.value.help
    assert error.value.exit_code == 2


def test_a_wrong_position_of_a_clause_names_the_line_in_its_file(monkeypatch: pytest.MonkeyPatch) -> None:
    text = (
        "---\ntitle: A\nsubject: a\npositions:\n  - id: b\n    question: c\n"
        "    preferred: {if: exit.rigths, says: d}\n---\n\nText.\n"
    )
    made = clause.parse(text, "a.clause", "a.md")
    monkeypatch.setattr(playbook, "library", lambda house: {"a.clause": made})
    playbook._compiled.cache_clear()
    with pytest.raises(
        TermsheetError, match=r"a\.md:7:\d+: `exit` has no key `rigths`; did you mean `rights`\?"
    ):
        playbook.load("neutral")
    twice = clause.parse(text.replace("exit.rigths", "exit.rights").replace("\n---\n\nText", "\n  - {id: b, question: e}"
                         "\n---\n\nText"), "a.clause", "a.md")  # fmt: skip
    monkeypatch.setattr(playbook, "library", lambda house: {"a.clause": twice})
    playbook._compiled.cache_clear()
    with pytest.raises(TermsheetError, match=r"a\.md:8:\d+: the position `b` stands in the clause twice"):
        playbook.load("neutral")
    playbook._compiled.cache_clear()


def test_the_schema_of_a_clause_refuses_what_is_no_position() -> None:
    text = "---\ntitle: A\nsubject: a\npositions:\n  - id: b\n    question: c\n    prefered: {says: d}\n---\nText.\n"
    with pytest.raises(
        TermsheetError, match=r"a\.md:7:\d+: `prefered` is not a key .* did you mean `preferred`\?"
    ):
        clause.parse(text, "a", "a.md")


def test_a_playbook_overrides_drops_adds_and_renames(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(
        "name: base\napprovers: {head of legal: General Counsel}\n"
        "positions:\n  exit.rights/notice: {fallback: off, preferred: {if: said(it.notice), says: any}}\n"
        "  exit.rights/cure: off\n"
        "  exit.rights/mine: {question: q, preferred: {if: exit.rights, says: a}, approves: General Counsel}\n",
        encoding="utf-8",
    )
    (tmp_path / "top.yaml").write_text(
        "name: top\nextends: base.yaml\napprovers: {General Counsel: GC}\n"
        "positions:\n  exit.rights/mine: {guidance: g}\n",
        encoding="utf-8",
    )
    found = {item.id: item for item in playbook.load(str(tmp_path / "top.yaml")).positions}
    neutral = {item.id: item for item in playbook.load("neutral").positions}
    assert "exit.rights/cure" not in found
    notice = found["exit.rights/notice"]
    assert notice.says("preferred") == "any"
    assert "fallback" not in notice.answers
    assert notice.says("walk_away") == neutral["exit.rights/notice"].says("walk_away")
    assert notice.approves == "GC"
    assert neutral["exit.rights/notice"].approves == "head of legal"
    mine = found["exit.rights/mine"]
    assert (mine.title, mine.guidance, mine.approves) == (neutral["exit.rights/notice"].title, "g", "GC")
    assert "head of legal" not in {item.approves for item in found.values()}


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_playbook_is_whole_and_differs_in_what_its_side_cares_for(name: str) -> None:
    book = playbook.load(name)
    assert book.name == name
    assert book.about.endswith(".")
    assert book.version
    given = source.read(str(config.playbooks()[name]), shape=playbook.SHAPE).data
    Draft202012Validator(json.loads((ROOT / "schemas" / "playbook.schema.json").read_text("utf-8"))).validate(
        given
    )
    if name != "neutral":
        assert book.side
        assert book.types
        assert 10 <= len(given["positions"]) <= 25
    for item in book.positions:
        assert item.question.endswith("?"), item.id
        assert item.approves, item.id
        assert len(item.question) <= 90, item.id
        assert all(len(answer.says) <= 80 for answer in item.answers.values()), item.id
        assert not any(answer.says.endswith(".") for answer in item.answers.values()), item.id


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "deal", [*EXAMPLES, *sorted((ROOT / "tests" / "precision").glob("*.yaml"))], ids=lambda path: path.stem
)
def test_a_shipped_playbook_judges_every_deal_from_every_side(name: str, deal: Path) -> None:
    read, _ = checked(source.read(str(deal)))
    book = playbook.load(name)
    for us in ["", *read.party_ids]:
        found = judging.judged(read, book, us)
        assert found.stands
        assert bool(found.sided) is (not us)
        for stand in found.stands:
            assert stand.path
            assert not any(letter in stand.value for letter in "\n\t")


@pytest.mark.parametrize("name", NAMES)
def test_where_nothing_is_said_no_position_is_reached(name: str) -> None:
    """No red line is crossed by a section that is not there, and no `all(…)` is kept by a list without entries."""
    read, _ = checked(source.parse("deal: {title: x}\nparties: [{id: acme}, {id: bora}]\n", "deal.yaml"))
    for us in ("", *read.party_ids):
        stands = judging.judged(read, playbook.load(name), us).stands
        assert {(stand.position, stand.standing) for stand in stands if stand.standing != "open"} == set()


@pytest.mark.parametrize("deal", EXAMPLES, ids=lambda path: path.stem)
def test_no_example_crosses_a_red_line_of_the_clauses(deal: Path) -> None:
    """The examples are sound for every party to them, so a red line that one of them crosses is none."""
    read, _ = checked(source.read(str(deal)))
    for us in ("", *read.party_ids):
        stands = judging.judged(read, playbook.load("neutral"), us).stands
        assert [(us, stand.position) for stand in stands if stand.standing == "walk-away"] == []


def test_the_clauses_of_a_house_bring_their_positions(run_cli: Any, tmp_path: Path) -> None:
    position = "positions:\n  - {id: ID, question: Is it ours?, preferred: {if: said(scope.summary), says: it is}, approves: GC}\n"
    for name, front, id, text in (
        ("own", 'title: Own words\nsubject: own words\nsince: "1"\nsource: own\n', "energy", "\nText.\n"),
        ("exit/rights", "extends: true\n", "notice", ""),
    ):
        file = tmp_path / "clauses" / f"{name}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"---\n{front}{position.replace('ID', id)}---\n{text}", encoding="utf-8")
    settings = tmp_path / ".termsheet.yaml"
    (tmp_path / "book.yaml").write_text(
        "name: book\npositions:\n  own/energy: {guidance: g}\n", encoding="utf-8"
    )
    deal = deal_with(tmp_path, RIGHTS + "scope: {summary: x}\ninternal: {us: acme}\n")
    for book in ("neutral", "book.yaml"):
        settings.write_text(f"clauses: clauses\nplaybook: {book}\n", encoding="utf-8")
        code, out, err = run_cli("positions", str(deal), "--format", "json")
        assert code == 0, err
        found = {item["position"]: item for item in json.loads(out)["positions"]}
        assert (found["own/energy"]["standing"], found["own/energy"]["title"]) == ("preferred", "Own words")
        assert (found["exit.rights/notice"]["question"], found["exit.rights/notice"]["approves"]) == (
            "Is it ours?",
            "GC",
        )
    code, out, err = run_cli("lint", str(deal), "--playbook", str(tmp_path / "book.yaml"), "--isolated")
    assert code == 2
    assert "no clause is called `own`" in out + err


def test_a_playbook_for_other_types_of_deal_says_so(run_cli: Any) -> None:
    _, out, _ = run_cli("positions", str(DEAL), "--playbook", "reseller")
    assert "it is written for reseller, and this deal is strategic-alliance" in " ".join(out.split())


def test_every_position_of_the_library_is_well_formed() -> None:
    """The names of the roles are few, so that a house renames them once."""
    book = playbook.load("neutral")
    assert len(book.positions) >= 30
    assert {item.approves for item in book.positions} <= {
        "head of legal", "head of finance", "head of partnerships", "head of product", "head of sales",
        "head of operations", "head of marketing", "head of security", "managing director",
    }  # fmt: skip


# --- lint -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", POSITIONS, ids=lambda rule: rule.slug)
def test_the_examples_of_the_pages(rule: Any) -> None:
    bad, good = re.findall(r"```yaml\n(.*?)```", re.sub("(?m)^    ", "", rule.page), re.DOTALL)
    places = []
    for text in (bad, good):
        found = lint_source(source.parse(whole(text), "deal.yaml"), RULES, choice=Choice())
        assert not found.crashed
        places.append({finding.path for finding in found.findings if finding.rule == rule.slug})
    assert places[0] - places[1], "the bad example is found, and at that place the good one is not"
    if rule.severity == "error":
        assert not places[1]


def deal_with(tmp_path: Path, text: str, name: str = "deal.yaml") -> Path:
    file = tmp_path / name
    file.write_text(
        "deal: {title: x, type: reseller}\nparties:\n  - {id: acme, name: Acme Ltd}\n  - {id: bora, name: Bora Ltd}\n"
        + text,
        encoding="utf-8",
    )
    return file


RIGHTS = "exit:\n  rights:\n    - {by: each, ground: convenience, notice: 20 days}\n"


def test_a_finding_names_clause_standing_ours_line_approver_and_guidance(tmp_path: Path) -> None:
    deal = deal_with(tmp_path, RIGHTS)
    report = lint([str(deal)], Asked(playbook="neutral", side="acme"))
    found = next(finding for finding in report.files[0].findings if finding.rule == "position-walk-away")
    assert (found.line, found.path) == (7, "exit.rights[convenience-each].notice")
    assert found.message == (
        'Ending the deal early (exit.rights/notice) for convenience: "20 days" is past the red line '
        "(less than 30 days); ours: 90 days or more"
    )
    assert found.help == "head of legal must approve. Long enough to move customers to another provider"
    assert report.exit_code("error") == 1


def test_severity_and_exit_code_follow_the_walk_aways(tmp_path: Path) -> None:
    def code(notice: str, fail_on: str) -> int:
        deal = deal_with(tmp_path, RIGHTS.replace("20 days", notice))
        file = lint_source(source.read(str(deal)), [], choice=Choice("neutral", "acme"))
        return Report((file,), (), 0).exit_code(fail_on)

    assert [code("20 days", level) for level in ("error", "warning", "note")] == [1, 1, 1]
    assert [code("40 days", level) for level in ("error", "warning", "note")] == [0, 1, 1]
    assert [code("60 days", level) for level in ("error", "warning", "note")] == [0, 0, 1]


@pytest.mark.parametrize("style", FORMATS)
def test_every_report_holds_them(style: str, tmp_path: Path) -> None:
    report = lint([str(deal_with(tmp_path, RIGHTS))], Asked(playbook="neutral", side="acme"))
    text = render(report, style, View(notes=True))
    assert "position-walk-away" in text
    if style == "json":
        found = json.loads(text)
        schema = json.loads((ROOT / "schemas" / "report.schema.json").read_text("utf-8"))
        Draft202012Validator(schema).validate(found)
        assert found["files"][0]["playbook"]["standing"]["walk-away"] >= 1
    if style == "sarif":
        assert "red line" in next(
            rule["fullDescription"]["text"]
            for rule in json.loads(text)["runs"][0]["tool"]["driver"]["rules"]
            if rule["id"] == "position-walk-away"
        )


def test_they_are_waived_and_stand_in_a_baseline_like_others(run_cli: Any, tmp_path: Path) -> None:
    waiver = (
        "waivers:\n  - {rule: position-walk-away, path: exit.rights, reason: General Counsel 2027-03-01}\n"
    )
    deal = deal_with(tmp_path, RIGHTS + waiver)
    judged = ("--playbook", "neutral", "--side", "acme")
    _, out, _ = run_cli("lint", str(deal), "--select", "position", *judged)
    assert "waived[position-walk-away]" in out
    assert "0 errors" in out
    # where no playbook is named, nothing is known of the waiver
    _, out, _ = run_cli("lint", str(deal), "--format", "concise")
    assert "waiver-" not in out
    deal = deal_with(tmp_path, RIGHTS)
    baseline = str(tmp_path / "base.yaml")
    run_cli("lint", str(deal), "--baseline", baseline, "--write-baseline", *judged)
    assert 'rule: "position-walk-away"' in Path(baseline).read_text(encoding="utf-8")
    _, out, _ = run_cli("lint", str(deal), "--baseline", baseline)
    assert "baseline-stale" not in out
    code, out, _ = run_cli("lint", str(deal), "--baseline", baseline, *judged)
    assert code == 0, out


def test_the_configuration_names_the_playbook_and_sets_their_severity(run_cli: Any, tmp_path: Path) -> None:
    deal = deal_with(tmp_path, RIGHTS + "internal: {us: acme}\n")
    settings = tmp_path / ".termsheet.yaml"
    for given, code, count in (
        ("playbook: neutral\nselect: position-walk-away", 1, 1),
        ("playbook: neutral\nselect: essentials-none\n", 2, 0),
        ("playbook: book.yaml\nselect: exit-no-wind-down", 1, 1),  # `select` leaves positions alone
        ("playbook: neutral\nignore: all", 0, 0),
        ("playbook: neutral\nselect: position\nseverity: {position-walk-away: off}", 0, 0),
    ):
        (tmp_path / "book.yaml").write_text("name: house\n", encoding="utf-8")
        settings.write_text(given, encoding="utf-8")
        found, out, err = run_cli("lint", str(deal), "--format", "concise", "--fail-on", "error")
        assert (found, out.count("[position-walk-away]")) == (code, count), given + out + err
    settings.write_text("playbook: neutrl", encoding="utf-8")
    code, _, err = run_cli("lint", str(deal))
    assert code == 2
    assert ":1: no playbook is called `neutrl`; did you mean `neutral`?" in err


def test_the_deal_names_its_own_playbook(run_cli: Any, tmp_path: Path) -> None:
    (tmp_path / "house.yaml").write_text("name: house\nextends: supplier\n", encoding="utf-8")
    (tmp_path / ".termsheet.yaml").write_text("playbook: reseller", encoding="utf-8")
    deal = deal_with(tmp_path, RIGHTS + "internal:\n  us: acme\n  playbook: house.yaml\n")
    _, out, _ = run_cli("lint", str(deal))
    assert "playbook house, for Acme Ltd:" in out
    _, out, _ = run_cli("lint", str(deal), "--playbook", "neutral")
    assert "playbook neutral, for Acme Ltd:" in out
    deal = deal_with(tmp_path, RIGHTS + "internal: {us: acme}\n")
    _, out, _ = run_cli("lint", str(deal))
    assert "playbook reseller, for Acme Ltd:" in out
    deal = deal_with(tmp_path, RIGHTS + "internal:\n  playbook: nobodys\n")
    code, out, _ = run_cli("lint", str(deal))
    assert code == 2
    assert "deal.yaml:10:13: no playbook is called `nobodys`" in out or "deal.yaml:9:13" in out


def test_a_red_line_that_only_a_person_can_tell_of_is_waived_one_by_one(run_cli: Any, tmp_path: Path) -> None:
    invariants = [{"id": "one", "statement": "Never one."}, {"id": "two", "statement": "Never two."}]
    book = tmp_path / "their.opf.json"
    book.write_text(json.dumps({"opf_version": "0.3", "floor": {"invariants": invariants}}), encoding="utf-8")
    waiver = "waivers:\n  - {rule: position-unjudged, path: floor/one, reason: read by the General Counsel}\n"
    deal = deal_with(tmp_path, waiver)
    _, out, _ = run_cli(
        "lint", str(deal), "--select", "position", "--playbook", str(book), "--format", "concise"
    )
    assert out.count("warning[position-unjudged]") == 1
    assert "Never two." in out
    assert "waiver-unused" not in out


def test_explain_and_the_list_know_them(run_cli: Any) -> None:
    for rule in POSITIONS:
        code, out, _ = run_cli("explain", rule.slug)
        assert code == 0
        assert "## When to waive" in out
    code, out, _ = run_cli("rules", "--area", "position")
    assert code == 0
    assert out.endswith("5 rules\n")


def test_lint_imports_them_only_with_a_playbook() -> None:
    found = _imported("lint", str(DEAL))
    assert not {"termsheet.positions", "termsheet.rules.position", "jinja2", "termsheet.library"} & found
    found = _imported("lint", str(DEAL), "--playbook", "neutral")
    assert "jinja2" in _foreign(found)
    assert not {"termsheet.assemble", "termsheet.word", "docx", "jsonschema"} & found


# --- the page for the room --------------------------------------------------------------------------------


def columns(monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setenv("COLUMNS", str(width))


@pytest.mark.parametrize("width", [40, 80, 120, 200])
def test_the_table_fits_its_screen(run_cli: Any, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    columns(monkeypatch, width)
    code, out, _ = run_cli("positions", str(DEAL), "--playbook", "licensee", "--side", "clinivia")
    assert max(map(len, out.splitlines())) <= max(width, 60)
    words = " ".join(out.split())
    for part in ("Private: for the own side only", "playbook licensee, for Clinivia", "head of"):
        assert part in words
    assert code in (0, 1)


def test_colour_shows_the_standing_and_no_color_is_obeyed(
    run_cli: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for width in (80, 120):
        columns(monkeypatch, width)
        _, out, _ = run_cli("positions", str(DEAL), "--colour")
        assert "\x1b[32mpreferred\x1b[0m" in out
        _, out, _ = run_cli("positions", str(DEAL))
        assert "\x1b" not in out
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("FORCE_COLOR", "1")
    _, out, _ = run_cli("positions", str(DEAL))
    assert "\x1b" not in out


def test_only_markdown_json_and_a_file(run_cli: Any, tmp_path: Path) -> None:
    deal = deal_with(tmp_path, RIGHTS + "internal: {us: acme}\n")
    code, out, _ = run_cli("positions", str(deal), "--only", "walk-away", "--format", "json")
    assert code == 1
    found = json.loads(out)
    assert found["private"] is True
    assert {item["standing"] for item in found["positions"]} == {"walk-away"}
    assert found["standing"]["open"] > 1
    notice = next(item for item in found["positions"] if item["position"] == "exit.rights/notice")
    assert (notice["line"], notice["value"], notice["approves"]) == (7, "20 days", "head of legal")
    _, out, _ = run_cli("positions", str(deal), "--format", "markdown")
    assert "| Clause | Question | Where we stand |" in out
    assert "**WALK-AWAY, line 7**<br>20 days" in out
    target = tmp_path / "page.txt"
    code, out, err = run_cli("positions", str(deal), "-o", str(target))
    assert (code, out) == (1, "")
    assert "Private" in target.read_text(encoding="utf-8")
    code, _, err = run_cli("positions", str(deal), "-o", str(deal))
    assert code == 2
    code, _, err = run_cli("positions")
    assert code == 2
    assert "name a deal" in err


def test_the_exit_code_is_0_where_no_red_line_is_crossed(run_cli: Any) -> None:
    assert run_cli("positions", str(DEAL))[0] == 0


# --- the Open Playbook Format -----------------------------------------------------------------------------


def test_an_export_is_read_back_as_it_was(run_cli: Any, tmp_path: Path) -> None:
    for name in NAMES:
        file = tmp_path / f"{name}.opf.json"
        code, _, err = run_cli("positions", "--playbook", name, "--export", "opf", "-o", str(file))
        assert (code, err) == (0, f"wrote {file}\n")
        book, back = playbook.load(name), playbook.load(str(file))
        assert [item.page for item in back.positions] == [item.page for item in book.positions]
        assert [(item.id, item.title) for item in back.positions] == [
            (item.id, item.title) for item in book.positions
        ]
        assert (back.name, back.about, back.version, back.side, back.types) == (
            book.name, book.about, book.version, book.side, book.types)  # fmt: skip


def test_an_export_says_in_words_all_that_its_conditions_mean(run_cli: Any) -> None:
    _, out, _ = run_cli(
        "positions", str(DEAL), "--side", "clinivia", "--playbook", "licensee", "--export", "opf"
    )
    made = json.loads(out)
    book = playbook.load("licensee")
    assert made["opf_version"] == "0.3"
    assert made["agreement_type"] == {"id": "licensing", "name": "Licensing"}
    assert made["perspective"]["party"] == "Clinivia"
    assert set(made) >= {
        "baseline",
        "taxonomy",
        "evidence",
        "posture",
        "floor",
        "corpus",
        "compiler",
        "identity",
    }
    assert all(re.fullmatch("[a-z0-9_]+", entry["id"]) for entry in made["taxonomy"]["entries"])
    floor = {item["id"]: item["statement"] for item in made["floor"]["invariants"]}
    for item in book.positions:
        assert item.says("preferred") in made["posture"]["system_prompt"]
        assert item.says("fallback") in made["posture"]["system_prompt"]
        if item.says("walk_away"):
            assert item.says("walk_away") in floor[item.id]
    assert made["identity"] == {"version": "1", **opf.digests(made)}


def test_the_hashes_are_those_of_the_format() -> None:
    """The first of the vectors that the format publishes for its canonical form."""
    document = {
        "opf_version": "0.3",
        "agreement_type": {"id": "conformance-fixture", "name": "Conformance Fixture Agreement"},
        "baseline": {"has_canonical_template": False},
        "taxonomy": {"source": "custom", "entries": []},
        "evidence": {"clauses": [], "clause_library": []},
        "posture": {},
        "floor": {},
        "corpus": {"documents": [], "stats": {}},
        "compiler": {"name": "playbook-engine", "version": "1.0.0", "run_id": "conformance-fixture-run",
                     "generated_at": "2026-01-01T00:00:00Z"},
    }  # fmt: skip
    found = opf.digests(document)
    assert found["content_hash"] == "sha256:7ff0e3eccd1d229b815c8032837384e708106666da380cd5c53fae58621ff40d"
    assert found["section_digests"]["evidence"] == (
        "sha256:7b5b958e7b1a8262a989d0c3fd410d6e3f1c725e3cca313575e4c20b78859809"
    )
    assert found["section_digests"]["floor"] == (
        "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
    )


def test_a_statement_that_was_changed_counts_as_it_stands(run_cli: Any, tmp_path: Path) -> None:
    file = tmp_path / "book.opf.json"
    run_cli("positions", "--export", "opf", "-o", str(file))
    made = json.loads(file.read_text(encoding="utf-8"))
    del made["identity"]
    changed = next(item for item in made["floor"]["invariants"] if item["id"] == "exit.rights/notice")
    changed["statement"] = "Never accept less than a year."
    file.write_text(json.dumps(made), encoding="utf-8")
    found = {item.id: item for item in playbook.load(str(file)).positions}
    assert found["floor/exit-rights-notice"].question == "Never accept less than a year."
    assert found["floor/exit-rights-notice"].answers["walk_away"].test is None


# --- what is private stays home ---------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", ["docx", "md", "txt"])
def test_nothing_of_a_playbook_enters_a_file_that_leaves(run_cli: Any, tmp_path: Path, suffix: str) -> None:
    keys = ("question", "guidance", "approves")
    page = {key: f"{SENTINEL} {key}?" for key in keys}
    page |= {key: {"if": "term.initial", "says": f"{SENTINEL} {key}"} for key in position.ANSWERS}
    (tmp_path / "book.yaml").write_text(
        json.dumps({"name": SENTINEL, "about": SENTINEL, "positions": {"term.initial/x": page}}),
        encoding="utf-8",
    )
    (tmp_path / ".termsheet.yaml").write_text("playbook: book.yaml", encoding="utf-8")
    deal = tmp_path / "deal.yaml"
    text = DEAL.read_text(encoding="utf-8").replace(
        "  us: pulsara\n", "  us: pulsara\n  playbook: book.yaml\n"
    )
    deal.write_text(text, encoding="utf-8")
    _, out, _ = run_cli("lint", str(deal), "--show", "notes")
    assert SENTINEL in out
    target = tmp_path / f"draft.{suffix}"
    code, out, err = run_cli("render", str(deal), "--draft", "-o", str(target))
    assert code == 0, err
    assert SENTINEL not in out + err
    raw = target.read_bytes()
    parts = [raw]
    if suffix == "docx":
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            parts = [package.read(name) for name in package.namelist()]
    words = {item.guidance for item in playbook.load("neutral").positions if item.guidance}
    for part in parts:
        assert SENTINEL.encode() not in part
        assert b"head of legal" not in part
        assert not any(word.encode() in part for word in words)


_FOR_THE_OWN_SIDE = ("positions", "cli", "rounds", "review")


def test_what_renders_imports_no_positions() -> None:
    for path in (ROOT / "termsheet").rglob("*.py"):
        if path.parts[-2] in _FOR_THE_OWN_SIDE or path.name == "standing.py":
            continue
        assert "termsheet.positions" not in re.sub(
            '""".*?"""|`[^`]*`', "", path.read_text("utf-8"), flags=re.DOTALL
        )


# --- the docs ---------------------------------------------------------------------------------------------


def test_the_playbook_of_the_docs_is_one(run_cli: Any, tmp_path: Path) -> None:
    text = (ROOT / "docs" / "playbooks.md").read_text(encoding="utf-8")
    parts = re.findall(r"<!-- playbook -->\n```yaml\n(.*?)```", text, re.DOTALL)
    assert len(parts) == 2
    file = tmp_path / "playbook.yaml"
    file.write_text("\n".join(parts), encoding="utf-8")
    book = playbook.load(str(file))
    base = {item.id: item for item in playbook.load("licensor").positions}
    found = {item.id: item for item in book.positions}
    assert found.keys() - base.keys() == {"money.royalty/our-rate"}
    assert base.keys() - found.keys() == {"exit.rights/first-months"}
    assert "General Counsel" in {item.approves for item in book.positions}
    deal = ROOT / "tests" / "precision" / "licensing.deal.yaml"
    code, out, _ = run_cli("positions", str(deal), "--playbook", str(file), "--side", "nordvik")
    assert code in (0, 1)
    assert "What is our royalty?" in out


def test_the_docs_name_every_playbook_and_key() -> None:
    text = (ROOT / "docs" / "playbooks.md").read_text(encoding="utf-8")
    for name in NAMES:
        assert f"`{name}`" in text
    schema = json.loads((ROOT / "schemas" / "playbook.schema.json").read_text("utf-8"))
    for key in schema["$defs"]["position"]["properties"]:
        assert f"| `{key}` |" in text
    waiver = YAML(typ="safe").load(re.search(r"```yaml\n(waivers:.*?)```", text, re.DOTALL)[1])  # type: ignore[index]
    assert waiver["waivers"][0]["rule"] in {rule.slug for rule in POSITIONS}


def test_a_terminal_that_is_not_utf_8_is_served() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "termsheet", "positions", str(DEAL)],
        capture_output=True,
        check=False,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii", "PATH": ""},
    )
    assert run.returncode == 0, run.stderr
    assert data.folder("templates").exists()
