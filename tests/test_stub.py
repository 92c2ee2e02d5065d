"""Stubs: the YAML of what is missing, put where it belongs, and nothing else changed."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from conftest import EXAMPLES, ROOT

from termsheet import schema, source
from termsheet.complete import complete, complete_all, names
from termsheet.errors import TermsheetError
from termsheet.insert import Misfit
from termsheet.lint import lint_source
from termsheet.outline import keys_of, outline
from termsheet.rules import RULES
from termsheet.source import Route, Source
from termsheet.stubs import Paste
from termsheet.wellformed import checked

TYPES = schema.deal_schema()["$defs"]["deal"]["properties"]["type"]["enum"]
SECTIONS = [name for name in schema.deal_schema()["properties"] if name not in ("schema", "deal")]
DEAL = "deal:\n  title: X\n\nparties:\n  - id: acme\n    name: Acme\n  - id: bora\n    name: Bora\n"
check = partial(lint_source, rules=RULES)


def parsed(text: str) -> Source:
    return source.parse(text, "d.deal.yaml")


def with_stub(text: str, path: str) -> str:
    return complete(parsed(text), path).read.text


def malformed(text: str) -> list[str]:
    return [found.message for found in checked(parsed(text))[1]]


def is_kept(old: str, new: str) -> bool:
    """Whether every line of the old text stands in the new one, in its order."""
    lines = iter(new.splitlines(keepends=True))
    return all(any(line == other for other in lines) for line in old.splitlines(keepends=True))


def without(read: Source, route: Route) -> str:
    """The text without the lines of a key."""
    mark = read.marks[route]
    assert mark.key is not None
    start = read.text.rindex("\n", 0, mark.key.start) + 1
    end = read.text.find("\n", mark.value.end) + 1
    return read.text[:start] + read.text[end or len(read.text) :]


# --- where it is put ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_what_is_taken_out_is_put_back_where_it_stood(path: Path) -> None:
    whole = parsed(path.read_text(encoding="utf-8"))
    tried: set[tuple[str, ...]] = set()  # each key once, whatever the entry
    for route, mark in whole.marks.items():
        shape = tuple(key for key in route if isinstance(key, str))
        if (
            mark.key is None
            or not is_tried(shape)
            or shape in tried
            or "x-keys" in schema.at(route[:-1])
            or route[-1] == "id"
        ):
            continue
        column = whole.position(mark.key.start)[1] - 1
        line = whole.text[mark.key.start - column : mark.key.start]
        siblings = [key for key in whole.marks if key[:-1] == route[:-1] and len(key) == len(route)]
        if line.strip() or len(siblings) < 2 or route[0] in ("deal", "parties", "people"):
            continue
        cut = without(whole, route)
        place = checked(parsed(cut))[0].path_of(route[:-1])
        new = with_stub(cut, f"{place}.{route[-1]}".lstrip("."))
        tried.add(shape)
        assert is_kept(cut, new), route
        assert set(malformed(new)) <= set(malformed(cut)), route
        order = list(_at(whole, route[:-1]))
        wanted = list(schema.at(route[:-1])["properties"])
        if sorted(order, key=wanted.index) == order:
            assert list(_at(parsed(new), route[:-1])) == order, route
    assert len(tried) > 30


def is_tried(shape: tuple[str, ...]) -> bool:
    """Every section, and some of the keys below."""
    return len(shape) == 1 or (len(shape) == 2 and crc32(shape[1].encode()) % 5 == 0)


def _at(read: Source, route: Route) -> Any:
    data = read.data
    for key in route:
        data = data[key]
    return data


@pytest.mark.parametrize("end", ["", "\n", "\n\n"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_every_section_can_be_put_into_a_short_deal(ends: str, end: str) -> None:
    for name in SECTIONS:
        text = DEAL.rstrip("\n").replace("\n", ends) + end.replace("\n", ends)
        if name != "parties":
            new = with_stub(text, name)
            assert is_kept(text, new) or end == ""
            assert new.startswith(text.rstrip("\r\n"))
            assert not malformed(new) or name == "waivers", (name, malformed(new))
            assert ends == "\n" or "\n" not in new.replace("\r\n", "")
            assert new.endswith(ends) == bool(end)


def test_every_path_of_the_vocabulary_has_yaml_that_is_well_formed() -> None:
    for name in SECTIONS:
        record = schema.at((name,)) if schema.at((name,)).get("type") != "array" else schema.at((name, 0))
        for key in record.get("properties", {}):
            yaml = outline(f"{name}.{key}", ["acme", "bora"])
            assert yaml.startswith(f"{key}:"), (name, key)
            if schema.at((name,)).get("type") == "object":
                assert not malformed(with_stub(DEAL, f"{name}.{key}")), (name, key)


def test_sections_stand_in_the_order_of_the_vocabulary_whatever_order_they_come_in() -> None:
    text = "deal:\n  title: X\n"
    for name in ("exit", "scope", "parties", "term", "ip", "legal"):
        text = with_stub(text, name)
    assert list(parsed(text).data) == ["deal", "parties", "scope", "ip", "legal", "term", "exit"]
    assert text.count("\n\n") == 6
    assert "\n\n\n" not in text


PLACES = [
    ("below its parent, in its column", "exit:\n    effects: none\n", "exit.final_account",
     "exit:\n    effects: none\n    final_account: open  # how soon the last account is made, such as: 3 months, or 10 business days\n"),
    ("after the comments under its neighbour", "term:\n  initial: 2 years\n    # or 3?\n  # about renewal\n  renewal: none\n", "term.ends",
     "term:\n  initial: 2 years\n    # or 3?\n  ends: open  # or the day on which it ends, such as: 2027-03-31, or 60 days after signature\n"
     "  # about renewal\n  renewal: none\n"),
    ("before the first key", "term:\n  initial: 2 years\n", "term.effective",
     "term:\n  effective: open  # such as: last-signature\n  initial: 2 years\n"),
    ("under a key that is empty", "exit: # later\nterm: none\n", "exit.wind_down.length",
     "exit: # later\n  wind_down:\n    length: open  # such as: 3 months\nterm: none\n"),
    ("in place of nothing", "term:\n  initial:\n", "term.initial", "term:\n  initial: open  # such as: 2 years\n"),
    ("in place of empty braces", "legal: {}\nterm: none\n", "legal.forum",
     "legal:\n  forum:\n    courts: open  # such as: the courts of Dublin\nterm: none\n"),
    ("in braces", "term: {initial: 2 years} # t\n", "term.effective", "term: {initial: 2 years, effective: open} # t\n"),
    ("in an entry", "metrics:\n  - name: Leads\n    source: CRM\n\n  - name: Sales\n", "metrics[leads].owner",
     "metrics:\n  - name: Leads\n    owner: open  # a party or a person\n    source: CRM\n\n  - name: Sales\n"),
    ("in the only entry", "metrics:\n- name: Leads\n", "metrics.owner", "metrics:\n- name: Leads\n  owner: open  # a party or a person\n"),
    ("after a block of text", "scope:\n  summary: |\n    One\n\n    Two\n\n  out: none\n", "scope.in",
     "scope:\n  summary: |\n    One\n\n    Two\n  in: open  # a list of what is covered\n\n  out: none\n"),
]  # fmt: skip


@pytest.mark.parametrize(("case", "wrong", "path", "whole"), PLACES, ids=[case[0] for case in PLACES])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_where_it_is_put(case: str, wrong: str, path: str, whole: str, ends: str) -> None:
    assert with_stub((DEAL + wrong).replace("\n", ends), path) == (DEAL + whole).replace("\n", ends)


def test_it_is_indented_as_the_file_is() -> None:
    text = "deal:\n    title: X\nparties:\n- id: acme\n  name: A\n- id: bora\n  name: B\n"
    new = with_stub(text, "exit")
    assert "exit:\n    rights:\n    - ground: breach\n      by: open" in new
    assert "\n    wind_down:\n        length: open" in new
    assert not malformed(new)


def test_it_is_filled_with_the_parties_and_brings_the_people_that_it_names() -> None:
    new = with_stub(DEAL, "governance")
    assert "- person: bora-sponsor" in new
    assert "- id: bora-sponsor\n    party: bora" in new
    assert not malformed(new)
    declared = DEAL + "people:\n  - id: acme-manager\n    party: acme\n    name: Ann\n"
    assert with_stub(declared, "governance").count("acme-manager") == 2


# --- what is refused ---------------------------------------------------------------------------------------

REFUSED = [
    ("exit", "exit:\n  effects: none\n", "d.deal.yaml:9:1: `exit` is there already; nothing was changed"),
    ("exit", "exit: open\n", "d.deal.yaml:9:1: `exit` is there already; nothing was changed"),
    ("exit.wind_down", "exit: open\n", "d.deal.yaml:9:1: `exit` says `open`; take that out first"),
    ("exit.wind_down", "exit: in 30 days\n", "d.deal.yaml:9:1: `exit` says `in 30 days`; take that out first"),
    ("exit.wind_donw", "", "`wind_donw` is not a key of `exit`; did you mean `exit.wind_down`?"),
    ("due", "", "`due` is not a key of a deal; name the section that is meant: "
     "`conditions.due`, `papers.due`, `objectives.due`, `contributions.due`, `responsibilities.due`, `rights.due` and 1 more"),
    ("wind_down", "", "`wind_down` is not a key of a deal; did you mean `exit.wind_down`?"),
    ("exit.wind_down.weeks", "", "`weeks` is not a key of `exit.wind_down`; use one of `length`, `live_work`, `sell_off`"),
    ("metrics.owner", "", "d.deal.yaml:1:1: `metrics` has no entry yet; put in the list first: `termsheet stub metrics`"),
    ("metrics.owner", "metrics:\n  - name: Leads\n  - name: Sales\n",
     "d.deal.yaml:9:1: `metrics` is a list; name the entry, such as `metrics[leads].owner`"),
    ("metrics[lead].owner", "metrics:\n  - name: Leads\n  - name: Sales\n",
     "d.deal.yaml:9:1: no entry of `metrics` is called `lead`; did you mean `leads`?"),
    ("exit", "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("path", "text", "sentence"), REFUSED)
def test_what_is_refused(path: str, text: str, sentence: str) -> None:
    if not sentence:
        return
    with pytest.raises(TermsheetError) as caught:
        with_stub(DEAL + text, path)
    assert str(caught.value) == sentence


def test_more_than_a_line_is_not_put_into_braces() -> None:
    with pytest.raises(Misfit, match="`exit` stands in braces"):
        with_stub(DEAL + "exit: {effects: none}\n", "exit.wind_down")


def test_no_path_is_no_key() -> None:
    for path in ("", ".", "[x]", "deal.yaml", "exit..wind_donw"):
        with pytest.raises(TermsheetError, match="is not a key of"):
            keys_of(path)


# --- all that is missing -----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("stage", ["term-sheet", "signature"])
def test_from_three_lines_to_a_deal_of_open_points(kind: str, stage: str) -> None:
    text = f"deal:\n  title: X\n  type: {kind}\n"
    made = complete_all(parsed(text), partial(lint_source, rules=RULES, stage=stage))
    assert is_kept(text, made.read.text)
    assert not made.refused
    found = lint_source(made.read, RULES).findings
    assert [(item.rule, item.path) for item in found if item.severity != "note"] == []
    again = complete_all(made.read, check)
    assert (again.read.text, again.pasted) == (made.read.text, ())


@pytest.mark.parametrize(
    "path", [ROOT / "examples" / "broken" / "deal.yaml", *sorted((ROOT / "tests" / "precision").glob("*.deal.yaml"))],
    ids=lambda path: path.name,
)  # fmt: skip
def test_every_stub_of_a_flawed_deal_fits(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    made = complete_all(parsed(text), check)
    assert is_kept(text, made.read.text)
    assert not made.refused
    before, after = (lint_source(parsed(words), RULES).findings for words in (text, made.read.text))
    assert {item.message for item in after if item.rule.startswith("schema-")} <= {
        item.message for item in before
    }
    assert not [item.rule for item in after if item.pastes and item.severity != "note"]


# --- on the command line -----------------------------------------------------------------------------------


@pytest.fixture
def deal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "deal.yaml"
    path.write_bytes(DEAL.encode())
    return path


def test_it_is_written_into_the_file(run_cli: Any, deal: Path) -> None:
    deal.write_bytes(b"\xef\xbb\xbf" + DEAL.encode())
    deal.chmod(0o600)
    assert run_cli("stub", "exit.wind_down", "deal.yaml") == (0, "", "deal.yaml: put in `exit.wind_down`\n")
    assert deal.read_bytes().startswith(
        b"\xef\xbb\xbf" + DEAL.encode() + b"\nexit:\n  wind_down:\n    length: open"
    )
    assert deal.stat().st_mode & 0o777 == 0o600
    assert os.listdir() == ["deal.yaml"]
    code, out, err = run_cli("stub", "exit", "deal.yaml")
    assert (code, out) == (2, "")
    assert err == "termsheet: deal.yaml:10:1: `exit` is there already; nothing was changed\n"


def test_it_is_printed(run_cli: Any, deal: Path) -> None:
    assert run_cli("stub", "exit.wind_down")[1].startswith(
        "wind_down:\n  length: open  # such as: 3 months\n"
    )
    assert "first-party:" in run_cli("stub", "rationale")[1]
    assert "acme:" in run_cli("stub", "--print", "rationale", "deal.yaml")[1]
    assert deal.read_bytes() == DEAL.encode()


def test_standard_input_goes_to_standard_output(run_cli: Any) -> None:
    code, out, err = run_cli("stub", "term", "-", stdin=DEAL.encode())
    assert (code, err) == (0, "<stdin>: put in `term`\n")
    assert out.startswith(DEAL + "\nterm:\n")


def test_all_that_is_missing(run_cli: Any, deal: Path) -> None:
    code, _, err = run_cli("stub", "--missing", "deal.yaml")
    assert code == 0
    assert err.startswith("deal.yaml: put in ")
    assert "`exit`" in err
    assert run_cli("lint", "deal.yaml")[0] == 0
    assert run_cli("stub", "--missing", "deal.yaml") == (0, "", "deal.yaml: no finding has a stub\n")


def test_what_was_put_in_is_named(run_cli: Any, deal: Path) -> None:
    deal.write_text(DEAL + "exit:\nresponsibilities:\n  - activity: sell\n    lead: acme\n")
    assert run_cli("stub", "exit.transition", "deal.yaml")[2] == "deal.yaml: put in `exit.transition`\n"
    assert names(Paste("responsibilities", "- activity: answer questions\n  lead: open")) == [
        "responsibilities[answer-questions]"
    ]
    assert names(Paste("grants[licence]", "field: open\nterritory: open")) == [
        "grants[licence].field",
        "grants[licence].territory",
    ]
    assert names(Paste("", "exit:\n  wind_down:\n    length: open\n    live_work: open")) == [
        "exit.wind_down"
    ]


def test_a_key_with_nothing_behind_it_is_filled() -> None:
    assert with_stub(DEAL + "exit:\nterm:\n  initial: 1 year\n", "exit.wind_down").startswith(
        DEAL + "exit:\n  wind_down:\n    length: open"
    )


def test_an_entry_to_which_others_refer_has_an_id() -> None:
    assert outline("papers").startswith("papers:\n  - id: a-name\n    title: open")
    assert "  - party: open\n    role: open  # one of: controller" in outline("data.roles")


def test_what_the_configuration_leaves_out_is_not_put_in(run_cli: Any, deal: Path) -> None:
    Path(".termsheet.yaml").write_text("ignore: [exit, term]\n")
    assert run_cli("stub", "--missing", "-q", "deal.yaml") == (0, "", "")
    assert "\nlegal:" in deal.read_text()
    assert "\nexit:" not in deal.read_text()
    run_cli("stub", "--missing", "--isolated", "-o", "whole.yaml", "deal.yaml")
    assert "\nexit:" not in deal.read_text()
    assert "\nexit:" in Path("whole.yaml").read_text()


def test_what_the_baseline_holds_is_not_put_in(run_cli: Any, deal: Path) -> None:
    run_cli("lint", "--baseline", "known.yaml", "--write-baseline", "deal.yaml")
    err = run_cli("stub", "--missing", "--baseline", "known.yaml", "deal.yaml")[2]
    assert err == "deal.yaml: no finding has a stub\n"


def test_a_read_only_deal_gets_one_sentence(run_cli: Any, deal: Path) -> None:
    deal.chmod(0o444)
    code, _, err = run_cli("stub", "exit", "deal.yaml")
    assert (code, err) == (
        2,
        "termsheet: deal.yaml: is read-only, and was not changed; make it writable first\n",
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "give PATH, PATH and DEAL, or --missing and DEAL"),
        (("--missing", "exit", "deal.yaml"), "give PATH, PATH and DEAL, or --missing and DEAL"),
        (("deal.yaml", "exit"), "such as: termsheet stub exit deal.yaml"),
        (("deal.yaml",), "such as: termsheet stub exit deal.yaml"),
        (("exit", "none.yaml"), "none.yaml: there is no such file; check its name and folder"),
    ],
)
def test_what_cannot_be_meant_gets_a_sentence(
    run_cli: Any, deal: Path, arguments: tuple[str, ...], words: str
) -> None:
    code, _, err = run_cli("stub", *arguments)
    assert code == 2
    assert words in err
