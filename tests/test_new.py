"""`termsheet new` and `termsheet schema`: a form that loads, whose findings are its blanks, and what goes with it."""

from __future__ import annotations

import json
import os
import re
import select
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner
from conftest import ROOT
from editing import write

from termsheet import blanks, source, start
from termsheet.cli.common import TYPES
from termsheet.cli.group import cli
from termsheet.lint import lint_source
from termsheet.outcome import FileReport
from termsheet.rules import RULES
from termsheet.start import form
from termsheet.start.answers import (
    Answers,
    Party,
    company_form,
    party_ids,
    read_language,
    read_law,
    read_party,
)
from termsheet.wellformed import checked

ACME = Party("Acme Devices GmbH", "Acme", "a limited liability company", "Germany")
BOREALIS = Party("Borealis Health Ltd", "Borealis", "a private limited company", "Ireland")
CORVUS = Party("Corvus ASA", "", "a public limited company", "Norway")
TITLE = "Clinic monitoring alliance"


def linted(text: str) -> FileReport:
    return lint_source(source.parse(text, "deal.yaml"), RULES)


def told(text: str) -> list[str]:
    return [
        f"{finding.line} {finding.rule}" for finding in linted(text).findings if finding.severity != "note"
    ]


def section_lines(text: str) -> dict[str, int]:
    """The line of each section."""
    found = (re.match(r"([a-z_]+):", line) for line in text.splitlines())
    return {match[1]: number for number, match in enumerate(found, 1) if match}


# The form


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("parties", [(ACME, BOREALIS), (ACME, BOREALIS, CORVUS)], ids=["two", "three"])
def test_the_findings_of_a_new_deal_are_its_open_sections(kind: str, parties: tuple[Party, ...]) -> None:
    text = form.deal(Answers(kind, TITLE, parties, "EUR", "en-GB"))
    report = linted(text)
    found = [finding for finding in report.findings if finding.severity != "note"]
    assert report.reached == "sketch"
    assert [finding.line for finding in found] == sorted(finding.line for finding in found)
    lines = section_lines(text)
    starts = [*lines.values(), len(text)]
    inside = {
        name: [finding.rule for finding in found if line <= finding.line < after]
        for (name, line), after in zip(lines.items(), starts[1:], strict=True)
    }
    assert inside.pop("schema") == inside.pop("parties") == []
    assert inside.pop("deal") == ["binding-not-stated"]
    assert inside.pop("people") == []  # told with governance, which names them
    assert ("warranties" in inside) == (kind in ("licensing", "joint-venture"))
    assert inside.pop("warranties", []) == []  # told once `legal` says something
    assert {name: len(rules) for name, rules in inside.items()} == dict.fromkeys(inside, 1)
    assert not any(
        finding.pastes for finding in found if finding.line > lines["parties"] and "." in finding.path
    )


@pytest.mark.parametrize("kind", TYPES)
def test_every_section_that_is_asked_for_is_in_the_form(kind: str) -> None:
    bare = {line.partition(" ")[2] for line in told(f"deal:\n  title: X\n  type: {kind}\n")}
    fresh = {line.partition(" ")[2] for line in told(form.deal(Answers(kind, "X")))}
    assert fresh == bare


@pytest.mark.parametrize("kind", TYPES)
def test_a_new_deal_is_well_formed_for_other_validators(kind: str) -> None:
    published = json.loads((ROOT / "schemas" / "deal.schema.json").read_text(encoding="utf-8"))
    read = source.parse(form.deal(Answers(kind, "", (ACME, BOREALIS))), "deal.yaml")
    assert [
        error.message for error in jsonschema.Draft202012Validator(published).iter_errors(read.data)
    ] == []
    assert read.traps == ()


def test_every_key_has_its_meaning_above_it_once() -> None:
    text = form.deal(Answers("co-marketing", TITLE, (ACME, BOREALIS)))
    lines = text.splitlines()
    assert max(map(len, lines)) <= 120
    read = source.parse(text, "deal.yaml")
    told: set[tuple[str, ...]] = {("schema",)}
    for route, mark in read.marks.items():
        names = tuple(key for key in route if isinstance(key, str))
        if mark.key and form._meaning(names)[0]:
            above = lines[read.position(mark.key.start)[0] - 2]
            assert above.lstrip().startswith("# ") is (names not in told), names
            told.add(names)
    assert "      # How much. Such as: EUR 40,000; or instead of it `rate: 20%` with a `base`" in lines
    assert "      # Who may. Such as: acme, or each" in lines


def test_what_is_known_stands_in_the_form() -> None:
    answers = Answers(
        "reseller", "Lumen: cameras", (ACME, BOREALIS), "EUR", "de-DE", "the law of Ireland", "We sell."
    )
    data = source.parse(form.deal(answers), "deal.yaml").data
    assert data["deal"] == {"title": "Lumen: cameras", "type": "reseller", "binding": None, "currency": "EUR",
                            "language": "de-DE", "date": None}  # fmt: skip
    assert [party["id"] for party in data["parties"]] == ["acme", "borealis"]
    assert data["parties"][1]["jurisdiction"] == "Ireland"
    assert data["scope"]["summary"] == "We sell."
    assert data["legal"]["governing_law"] == {"law": "the law of Ireland"}
    assert list(data) == [key for key in form._vocabulary()["deal-file"] if key in data]


def test_a_party_that_was_not_named_stays_blank() -> None:
    text = form.deal(Answers("pilot", "X", (ACME,)))
    assert [party["id"] for party in source.parse(text, "d").data["parties"]] == ["acme", "second-party"]
    assert "schema" not in str([finding.rule for finding in linted(text).findings])


TEXTS = ["a: b", "#1", "a #b", "yes", "null", "~", "12", "007", "- x", "[x", "{y}", "*z", "&z", "!t", "|", ">", "%", "@a",
         "`b`", "'q'", '"q"', "a\\b", 'say "hi"', "two\nlines", "tab\there", "bell\x07", "?", "? x", "a:", "Ægir ✓ 日本",
         "שלום", "x" * 500, "2027-01-01", "e\u0301", "\ufeffx", "a\u2028b"]  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_any_text_comes_back_as_it_was_said(text: str) -> None:
    deal, found = checked(
        source.parse(form.deal(Answers("pilot", text, (Party(text), BOREALIS))), "deal.yaml")
    )
    assert found == []
    assert deal.text("deal.title") == " ".join(form._NOT_YAML.sub(" ", text).split())


@pytest.mark.parametrize("word", ["open", "withheld"])
def test_a_word_may_answer(word: str) -> None:
    deal, _ = checked(source.parse(form.deal(Answers("pilot", word, currency=word)), "deal.yaml"))
    assert deal.point("deal.title") == deal.point("deal.currency") == word


# A form that is being filled in


def test_a_section_that_was_touched_tells_of_each_blank_that_matters() -> None:
    text = form.deal(Answers("co-marketing", TITLE, (ACME, BOREALIS)))
    assert sum(" exit-" in line for line in told(text)) == 1
    text = write(text, "exit.rights.1.by", "each")
    rules = [line.partition(" ")[2] for line in told(text)]
    assert {"exit-breach-no-cure", "exit-no-wind-down", "exit-no-holder"} <= set(rules)
    assert "exit-missing" not in rules


def test_people_who_are_named_are_not_overlooked() -> None:
    """Governance names the people by their ids: once they have names, it says who runs the deal."""
    text = form.deal(Answers("pilot", TITLE, (ACME, BOREALIS)))
    for number, name in enumerate(("A. Huber", "C. Walsh", "G. Moser", "N. Byrne"), 1):
        text = write(text, f"people.{number}.name", name)
    assert not [line for line in told(text) if "governance" in line or "schema" in line]
    text = write(
        form.deal(Answers("pilot", TITLE, (ACME, BOREALIS))), "governance.decisions.1.matter", "budget"
    )
    assert [line.partition(" ")[2] for line in told(text)].count(
        "deal-entry-incomplete"
    ) == 5  # four names, one body


def test_blank_entries_at_the_end_of_a_list_are_absent() -> None:
    text = form.deal(Answers("pilot", TITLE, (ACME, BOREALIS)))
    text = write(text, "scope.in", ["sensors"])
    assert "scope-missing" not in str(told(text))
    assert "schema" not in str(told(text.replace("    - sensors\n", "    - sensors\n    -\n")))


@pytest.mark.parametrize(
    "section", ["scope", "exit", "disputes", "contributions", "ip", "review", "resources"]
)
def test_a_blank_section_in_a_complete_deal_is_one_finding(section: str) -> None:
    complete = (ROOT / "tests" / "rules" / "deals" / "complete.deal.yaml").read_text(encoding="utf-8")
    ids = checked(source.parse(complete, "d"))[0].party_ids
    blank = "\n".join(map(str, blanks.form(section, ids)))
    text = re.sub(rf"(?ms)^{section}:.*?(?=^\S|\Z)", lambda _: f"{blank}\n\n", complete)
    assert text != complete
    (finding,) = linted(text).findings
    assert finding.line == section_lines(text)[section]
    assert finding.pastes == ()


def test_a_section_without_a_blank_says_what_it_says() -> None:
    ladder = "disputes:\n  ladder:\n    - step: managers\n    - step: executives\n    - step: mediation\n"
    deal, _ = checked(source.parse(f"deal:\n  title: X\n{ladder}", "d"))
    assert len(deal.each("disputes.ladder")) == 3


def test_blanks_under_a_key_that_nobody_knows() -> None:
    text = "deal:\n  title: X\nmy key:\n  a: 1\n  b:\n'x.[y]':\n  - c:\n  - 1\n7:\n  - a:\n    b: 1\n"
    assert [finding.rule for finding in checked(source.parse(text, "d"))[1]] == ["schema-unknown-key"] * 3


# Names


@pytest.mark.parametrize(
    ("names", "ids"),
    [
        (["Acme Devices GmbH", "Borealis Ltd."], ["acme-devices", "borealis"]),
        (["Acme", "ACME Inc."], ["acme", "acme-2"]),
        (["Łódź & Søn ApS", "Müller AG"], ["lodz-and-son", "muller"]),
        (["日本電気株式会社", "Ромашка"], ["first-party", "second-party"]),
        (["Ромашка", "Acme", "日本電気", "ΑΒΓ"], ["first-party", "acme", "party-3", "party-4"]),
        (["3M Company", "Each", "Null Ltd"], ["party-3m-company", "party-each", "party-null"]),
        (["Acme", "Acme Manager Ltd"], ["acme", "acme-manager-2"]),
        (["D'Arcy S.A.", "GmbH"], ["darcy", "gmbh"]),
        (["Second Party"], ["second-party", "second-party-2"]),
        (["", "Acme"], ["first-party", "acme"]),
        ([], ["first-party", "second-party"]),
    ],
)
def test_ids_are_made_from_names(names: list[str], ids: list[str]) -> None:
    made = party_ids([Party(name) for name in names])
    assert made == ids
    text = form.deal(Answers("co-marketing", "X", tuple(Party(name) for name in names)))
    assert [finding.rule for finding in linted(text).findings if finding.rule.startswith("schema-")] == []


def test_what_the_name_of_a_company_tells() -> None:
    assert company_form("Acme Devices GmbH") == ("GmbH", "a limited liability company")
    assert company_form("Glowwell, Inc.") == ("Inc.", "a corporation")
    assert company_form("Kanga Pty Ltd") == ("Pty Ltd", "a proprietary company")
    assert company_form("GmbH") == company_form("Acme") == ("", "")


def test_answers_are_read_as_they_are_meant() -> None:
    assert read_party("A GmbH; A") == Party("A GmbH", "A")
    assert read_law("Ireland") == "the law of Ireland"
    assert read_law("Irish law") == "Irish law"
    assert read_law("open") == "open"
    assert read_language("EN_gb") == "en-GB"


# The command


def new(run_cli: Any, *arguments: str) -> tuple[int, str, str]:
    result: tuple[int, str, str] = run_cli("new", *arguments)
    return result


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, which is the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_without_a_terminal_nothing_is_asked(run_cli: Any, folder: Path) -> None:
    code, out, err = new(
        run_cli, "--type", "pilot", "--party", "Acme GmbH", "--party", "B Ltd", "--law", "Ireland"
    )
    assert (code, out) == (0, "")
    assert "wrote deal.yaml, a form of 21 sections" in err
    assert "next: fill it in, and run `termsheet lint deal.yaml`" in err
    assert "law: the law of Ireland\n" in (folder / "deal.yaml").read_text(encoding="utf-8")
    assert {path.name for path in folder.iterdir()} == {"deal.yaml", "deal.schema.json"}
    assert run_cli("lint", "deal.yaml")[0] == 1


REFUSED = [
    (["--type", "co-marketting"], "`co-marketting` is not a type of deal; did you mean `co-marketing`?"),
    (["--type", "merger"], "`merger` is not a type of deal; use one of strategic-alliance, joint-venture,"),
    ([], "the type of the deal is not said; give `--type`, one of strategic-alliance,"),
    (
        ["--type", "pilot", "no/deal.yaml"],
        "cannot be written (its folder does not exist); make the folder no first",
    ),
    (
        ["--type", "pilot", "there.yaml"],
        "there.yaml: is there already; name another file, or write over it with",
    ),
    (["--type", "pilot", "sub"], "sub: is a folder; name a file in it, such as"),
    (["pilot"], "pilot: is a type, not a file; write `--type pilot`"),
    (["--type", "pilot", "deal.txt"], "deal.txt: does not end in .yaml; name it deal.txt.yaml"),
    (
        ["--type", "pilot", "--currency", "euro"],
        "`euro` is not a currency code of three capital letters; write a",
    ),
    (["--type", "pilot", "--language", "English"], "`English` "),
    (
        ["--type", "pilot", "--party", " ; A"],
        "is not a party; write its name, or `name; short name; legal form;",
    ),
]


@pytest.mark.parametrize(("arguments", "sentence"), REFUSED, ids=[case[1][:30] for case in REFUSED])
def test_what_is_refused_is_one_sentence(
    run_cli: Any, folder: Path, arguments: list[str], sentence: str
) -> None:
    (folder / "there.yaml").write_text("mine")
    (folder / "sub").mkdir()
    code, out, err = new(run_cli, *arguments)
    assert (code, out) == (2, "")
    assert sentence in err
    assert err.count("\n") == 1
    assert {path.name for path in folder.iterdir()} == {"there.yaml", "sub"}
    assert (folder / "there.yaml").read_text() == "mine"


def test_a_folder_that_cannot_be_written(run_cli: Any, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    code, _, err = new(run_cli, "--type", "pilot")
    assert code == 2
    assert "deal.yaml: cannot be written (its folder is read-only); choose another place for it" in err


def test_force_writes_over_what_is_there(run_cli: Any, folder: Path) -> None:
    (folder / "deal.yaml").write_text("mine")
    assert new(run_cli, "--type", "pilot", "--force", "--no-schema")[0] == 0
    text = (folder / "deal.yaml").read_text(encoding="utf-8")
    assert text.startswith("# A pilot deal, to be filled in")
    assert [path.name for path in folder.iterdir()] == ["deal.yaml"]


def test_a_dash_prints_the_form(run_cli: Any, folder: Path) -> None:
    code, out, err = new(run_cli, "--type", "pilot", "--party", "Łódź ApS", "-")
    assert (code, err) == (0, "")
    assert "name: Łódź ApS" in out
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("kind", TYPES)
def test_every_type_is_written_and_linted(run_cli: Any, folder: Path, kind: str) -> None:
    assert new(run_cli, "--type", kind, "--no-schema", f"{kind}.deal.yaml")[0] == 0
    code, out, _ = run_cli("lint", "--format", "json", ".")
    report = json.loads(out)
    assert code == 1
    assert report["files"][0]["reached"] == "sketch"
    assert 15 <= report["files"][0]["blocking"]["term-sheet"] <= 30
    draft = run_cli("render", "--draft", f"{kind}.deal.yaml", "-o", "draft.txt")
    assert draft[0] == 0, draft


# The schema beside it


def test_the_modeline_names_the_schema_that_is_near(
    run_cli: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "deals" / "2027").mkdir(parents=True)
    new(run_cli, "--type", "pilot", "deals/2027/a.yaml")
    assert (folder / "deals" / "2027" / "deal.schema.json").exists()
    (folder / "deals" / "2027" / "deal.schema.json").unlink()
    (folder / "schemas").mkdir()
    assert run_cli("schema", "-o", "schemas/deal.schema.json")[0] == 0
    new(run_cli, "--type", "pilot", "deals/2027/b.yaml")
    first = (folder / "deals" / "2027" / "b.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=../../schemas/deal.schema.json"
    assert not (folder / "deals" / "2027" / "deal.schema.json").exists()
    monkeypatch.chdir("deals")
    new(run_cli, "--type", "pilot", "c.yaml")
    assert (
        (folder / "deals" / "c.yaml").read_text(encoding="utf-8").startswith(first.replace("../../", "../"))
    )


def test_the_search_for_a_schema_ends_with_the_repository(folder: Path) -> None:
    (folder / "deal.schema.json").write_text("{}")
    (folder / "repo" / ".git").mkdir(parents=True)
    assert start.near_schema(folder / "repo") == ""
    assert start.near_schema(folder) == "deal.schema.json"


def test_schema_prints_what_is_published(run_cli: Any, folder: Path) -> None:
    for name in ("deal", "clause", "form"):
        code, out, _ = run_cli("schema", name)
        assert code == 0
        assert out == (ROOT / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")
    assert json.loads(run_cli("schema", "--strict")[1])["required"] == ["deal"]
    code, out, _ = run_cli("schema", "--list")
    assert [line.split()[0] for line in out.splitlines()][:1] == ["deal"]
    assert "The front matter of a clause" in out
    code, _, err = run_cli("schema", "claus")
    assert (code, err) == (2, "termsheet: there is no schema `claus`; did you mean `clause`?\n")
    assert run_cli("schema", "clause", "--strict")[0] == 2
    code, _, err = run_cli("schema", "-o", "no/x.json")
    assert (code, err.count("\n")) == (2, 1)


# Asked on a terminal


ANSWERS = ["4", TITLE, "Acme Devices GmbH", "Acme", "", "Germany", "Borealis Health Ltd", "", "-", "Ireland", "",
           "euro", "", "", "Ireland", "We sell: together."]  # fmt: skip


def ask(monkeypatch: pytest.MonkeyPatch, answers: list[str], *arguments: str) -> Any:
    monkeypatch.setattr("termsheet.start.on_terminal", lambda: True)
    typed = "".join(f"{answer}\n" for answer in answers)
    return CliRunner().invoke(cli, ["new", *arguments], input=typed, standalone_mode=False)


def test_the_questions(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result = ask(monkeypatch, ANSWERS)
    assert result.exception is None, result.output
    assert "`euro` is not a currency code" in result.output
    data = source.read("deal.yaml").data
    assert data["deal"] == {"title": TITLE, "type": "co-marketing", "binding": None, "currency": "EUR",
                            "language": "en-GB", "date": None}  # fmt: skip
    assert [(party["name"], party["short"], party["form"]) for party in data["parties"]] == [
        ("Acme Devices GmbH", "Acme", "a limited liability company"),
        ("Borealis Health Ltd", "Borealis Health", None),
    ]
    assert data["scope"]["summary"] == "We sell: together."
    assert not Path("deal.yaml.answers").exists()


def test_no_third_party_is_asked_for_where_there_is_no_second(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = ask(monkeypatch, ["4", TITLE, "Acme Devices GmbH", "", "", "", "", "", "", "", ""])
    assert result.exception is None, result.output
    assert "Third party" not in result.output
    assert len(source.read("deal.yaml").data["parties"]) == 2


@pytest.mark.parametrize("stop", range(1, len(ANSWERS)))
def test_whoever_stops_goes_on_from_there(folder: Path, monkeypatch: pytest.MonkeyPatch, stop: int) -> None:
    stopped = ask(monkeypatch, ANSWERS[:stop])  # the input ends, as with Ctrl-D
    assert type(stopped.exception).__name__ == "Abort"
    assert "your answers are kept in deal.yaml.answers; the same command goes on from there" in stopped.output
    assert [path.name for path in folder.iterdir()] == ["deal.yaml.answers"]
    again = ask(monkeypatch, ANSWERS[stop:])
    assert again.exception is None, again.output
    assert "going on with the answers in deal.yaml.answers; delete it to begin anew" in again.output
    ask(monkeypatch, ANSWERS, "other.yaml")
    assert Path("deal.yaml").read_text("utf-8").replace("deal.yaml", "other.yaml") == Path(
        "other.yaml"
    ).read_text("utf-8")


def test_what_the_options_say_is_not_asked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result = ask(monkeypatch, ["a limited company", "Norway", "A"], "--type", "pilot", "--title", "X", "--currency",
                 "NOK", "--language", "en-GB", "--law", "Norway", "--party", "Fjell; Fjell",
                 "--party", "B; B; a limited company; Sweden")  # fmt: skip
    assert result.exception is None, result.output
    assert source.read("deal.yaml").data["scope"]["summary"] == "A"
    assert source.read("deal.yaml").data["parties"][0]["jurisdiction"] == "Norway"


@pytest.mark.parametrize("kept", ["{", "", "[]", '{"type": 5}', "[" * 100_000], ids=lambda kept: kept[:12])
def test_answers_that_cannot_be_read(
    run_cli: Any, folder: Path, monkeypatch: pytest.MonkeyPatch, kept: str
) -> None:
    Path("deal.yaml.answers").write_text(kept)
    monkeypatch.setattr("termsheet.start.on_terminal", lambda: True)
    code, _, err = new(run_cli)
    assert code == 2
    assert "deal.yaml.answers: holds no answers that can be read; delete it to begin anew" in err


def test_a_kept_answer_that_is_none_is_asked_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = {"type": "pillot", "title": "X", "currency": "banana", "language": "EN-gb"}
    Path("deal.yaml.answers").write_text(json.dumps(kept))
    result = ask(monkeypatch, ["pilot", "", "", "NOK", "", ""])
    assert result.exception is None, result.output
    deal = source.read("deal.yaml").data["deal"]
    assert (deal["type"], deal["currency"], deal["language"]) == ("pilot", "NOK", "en-GB")


@pytest.mark.skipif(sys.platform != "linux", reason="a name that is no Unicode")
def test_a_file_whose_name_is_no_unicode(run_cli: Any, folder: Path) -> None:
    name = os.fsdecode(b"a\xff.yaml")
    assert run_cli("new", name, "--type", "pilot", "--no-input")[0] == 0
    assert run_cli("lint", name)[0] == 1


@pytest.mark.skipif(os.name != "posix", reason="a terminal of POSIX")
def test_ctrl_c_on_a_real_terminal(tmp_path: Path) -> None:
    for _ in range(6):  # a loaded machine may swallow the end of what was said
        if _typed(tmp_path, ["9", "Sensors", "\x03"]).endswith("stopped"):
            break
        (tmp_path / "deal.yaml.answers").unlink(missing_ok=True)
    assert json.loads((tmp_path / "deal.yaml.answers").read_text()) == {"type": "pilot", "title": "Sensors"}
    said = _typed(tmp_path, ["Acme AG", *[""] * 9])
    assert "wrote deal.yaml, a form of 21 sections" in said
    assert "title: Sensors\n" in (tmp_path / "deal.yaml").read_text()


def _typed(folder: Path, answers: list[str]) -> str:
    """What `termsheet new` says on a terminal where each answer is typed once it has asked."""
    import pty

    ours, theirs = pty.openpty()
    program = subprocess.Popen([sys.executable, "-m", "termsheet", "new"], cwd=folder, stdin=theirs, stdout=theirs,
                               stderr=theirs, start_new_session=True, preexec_fn=_own_terminal,
                               env={**os.environ, "PYTHONPATH": str(ROOT)})  # fmt: skip
    os.close(theirs)
    said, answers, deadline = "", list(answers), time.monotonic() + 60
    while time.monotonic() < deadline:
        if select.select([ours], [], [], 0.1)[0]:
            try:
                more = os.read(ours, 4096)
            except OSError:  # the other end was closed
                break
            if not more:
                break
            said += more.decode()
        if answers and re.search(r": $|\]: $", said.rpartition("\n")[2]):
            answer = answers.pop(0)
            os.write(ours, (answer if answer == "\x03" else f"{answer}\n").encode())
            said += "\n"
    os.close(ours)
    program.kill()  # only where it still waits for an answer
    program.wait()
    return said.strip()


def _own_terminal() -> None:
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


# Completion in a shell


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("termsheet ne", ["new"]),
        ("termsheet new --type co-", ["co-marketing", "co-development"]),
        ("termsheet explain exit-no-wind", ["exit-no-wind-down"]),
        ("termsheet rules --type p", ["pilot"]),
        ("termsheet schema cl", ["clause"]),
    ],
)
def test_a_shell_completes(line: str, words: list[str]) -> None:
    environment = {**os.environ, "COMP_WORDS": line, "COMP_CWORD": str(line.count(" ")),
                   "_TERMSHEET_COMPLETE": "bash_complete", "PYTHONPATH": str(ROOT)}  # fmt: skip
    run = subprocess.run(
        [sys.executable, "-m", "termsheet"], env=environment, capture_output=True, text=True, check=False
    )
    assert run.stdout.split() == [f"plain,{word}" for word in words]


def test_files_are_completed_where_a_deal_is_wanted() -> None:
    for command in ("lint", "render", "new"):
        parameter = cli.commands.get(command) or cli.get_command(None, command)  # type: ignore[arg-type]
        assert parameter is not None
        argument = next(item for item in parameter.params if item.param_type_name == "argument")
        assert argument.type.name == "path"


def test_each_type_is_told_in_a_few_words(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = ask(monkeypatch, ANSWERS).output
    for kind in TYPES:
        assert re.search(rf"^  \d  {kind} +\w+( [\w,]+)+$", output, re.MULTILINE), kind
