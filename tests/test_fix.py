"""Fixes: of a thousand damaged deals each becomes what it was, or stays as it is; never a byte more."""

from __future__ import annotations

import os
import random
import re
import shutil
import stat
import subprocess
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml_cases
from conftest import EXAMPLES, ROOT
from damage import Damage, damages, disjoint, made

from termsheet import source
from termsheet.errors import LoadError
from termsheet.fix import Mended, mend
from termsheet.fix.forms import right
from termsheet.fix.spelling import meant
from termsheet.lint import lint_source
from termsheet.rules import RULES

WHOLE = [*EXAMPLES, ROOT / "tests" / "rules" / "deals" / "complete.deal.yaml"]
FLAWED = sorted((ROOT / "tests" / "precision").glob("*.deal.yaml"))
ON_FORM, WITH_RULES, IN_FLAWED = 190, 32, 12  # damaged files of each deal

ONLY = tuple(rule for rule in RULES if rule.slug == "risk-no-mitigation")
HEAD = "deal:\n  title: Clinic monitoring\n  type: pilot\n  currency: USD\n"


def mended(text: str, rules: Any = RULES) -> Mended:
    return mend(text, "d.deal.yaml", partial(lint_source, rules=rules))


def findings(text: str, rules: Any = RULES) -> Counter[str]:
    """How often each rule has an error or a warning that counts at the stage of the deal."""
    report = lint_source(source.parse(text, "d.deal.yaml"), rules)
    return Counter(found.rule for found in report.findings if found.severity != "note")


def places(text: str) -> Counter[tuple[str, str]]:
    """How often each rule finds something at a path."""
    report = lint_source(source.parse(text, "d.deal.yaml"), RULES)
    return Counter((found.rule, found.path) for found in (*report.findings, *report.later))


def files(path: Path, count: int, most: int) -> list[list[Damage]]:
    """The damages of so many files: every kind in turn, up to `most` sure ones in one file, any other alone."""
    chance = random.Random(f"{path.name} {count}")
    kinds: dict[str, list[Damage]] = {}
    for damage in damages(text_of(path, count), chance):
        kinds.setdefault(damage.how, []).append(damage)
    for some in kinds.values():
        chance.shuffle(some)
    found: list[list[Damage]] = []
    while len(found) < count:
        for some in kinds.values():
            first = some[len(found) % len(some)]
            also = [damage for kind in kinds.values() for damage in chance.sample(kind, 1) if damage.sure]
            chance.shuffle(also)
            found.append(disjoint([first, *also], chance.randint(1, most) if first.sure else 1))
    return found[:count]


def text_of(path: Path, count: int) -> str:
    """The deal; in one of the two runs with the line breaks of Windows."""
    text = path.read_bytes().decode()
    return text.replace("\n", "\r\n") if count == WITH_RULES else text


# --- a thousand damaged files ------------------------------------------------------------------------------


@pytest.mark.parametrize("path", WHOLE, ids=lambda path: path.name)
def test_what_was_damaged_in_form_becomes_what_it_was(path: Path) -> None:
    text, left = text_of(path, ON_FORM), 0
    for damage in files(path, ON_FORM, most=3):
        wrong, whole = made(text, damage)
        try:
            fixed = mended(wrong, rules=()).text
        except LoadError:
            fixed = wrong  # it could not be read, and is left alone
        if fixed == wrong and not damage[0].sure:
            left += 1
            continue
        assert fixed == whole, damage
    assert left < ON_FORM / 10


@pytest.mark.parametrize("path", WHOLE, ids=lambda path: path.name)
def test_a_fix_brings_no_finding_of_any_rule(path: Path) -> None:
    text = text_of(path, WITH_RULES)
    for damage in files(path, WITH_RULES, most=4):
        wrong, whole = made(text, damage)
        try:
            result = mended(wrong)
        except LoadError:
            assert not damage[0].sure
            continue
        if result.text == wrong and not damage[0].sure:
            continue
        assert result.text == whole or result.dropped, damage
        if whole != text and _reads(wrong):
            assert not findings(result.text) - findings(wrong)


@pytest.mark.parametrize("path", FLAWED, ids=lambda path: path.name)
def test_in_a_deal_with_flaws_a_fix_is_made_or_its_reason_is_told(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for damage in files(path, IN_FLAWED, most=1):
        wrong, whole = made(text, damage)
        try:
            result = mended(wrong)
        except LoadError:
            continue
        assert result.text in (wrong, whole), damage
        if result.text == wrong:
            assert result.dropped or not damage[0].sure, damage
            assert all(" [" in dropped.reason for dropped in result.dropped)
        elif _reads(wrong):
            hidden = {path for rule, path in places(wrong) if rule == "schema-value-form"}
            seen = {rule for rule, path in places(result.text) if path in hidden}
            gone = findings(wrong) - findings(result.text)
            assert gone
            # A respelling is made whatever it wakes: what it wakes was there before the damage.
            respelt = {"schema-unknown-key", "schema-unknown-word"} & {*gone}
            assert respelt or {*(findings(result.text) - findings(wrong))} <= seen


def _reads(text: str) -> bool:
    try:
        source.parse(text, "d.deal.yaml")
    except LoadError:
        return False
    return True


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_a_hundred_damages_of_one_file_are_mended_at_once(path: Path) -> None:
    text, chance = path.read_text(encoding="utf-8"), random.Random(3)
    some = [damage for damage in damages(text, chance) if damage.sure and " only" not in damage.how]
    chance.shuffle(some)
    wrong, whole = made(text, disjoint([damage for damage in some if "comma" not in damage.how], 100))
    assert mended(wrong).text == whole


def test_over_a_thousand_files_are_damaged() -> None:
    assert len(WHOLE) * (ON_FORM + WITH_RULES) + len(FLAWED) * IN_FLAWED > 1000


@pytest.mark.parametrize(
    "path", [*WHOLE, *FLAWED, ROOT / "examples" / "broken" / "deal.yaml"], ids=lambda path: path.name
)
def test_fixing_twice_is_fixing_once(path: Path) -> None:
    once = mended(path.read_bytes().decode())
    again = mended(once.text)
    assert again.text == once.text
    assert not again.done
    assert path in FLAWED or path.parent.name == "broken" or once.text == path.read_bytes().decode()


def test_nonsense_crashes_nothing() -> None:
    chance = random.Random(11)
    text = EXAMPLES[0].read_text(encoding="utf-8")[:6000]
    for _ in range(120):
        cut = list(text)
        for _ in range(chance.randint(1, 12)):
            cut[chance.randrange(len(cut))] = chance.choice("\n :-#'\"{}[],&*%€0a")
        try:
            result = mended("".join(cut), rules=())
        except LoadError:
            continue
        assert not _reads("".join(cut)) or not findings(result.text, ()) - findings("".join(cut), ())


# --- what has one right answer, and what has not -----------------------------------------------------------


@pytest.mark.parametrize(("form", "text", "currency", "wanted"), yaml_cases.load("fixes"))
def test_a_value_is_put_in_form_where_it_can_be_read_in_one_way(
    form: str, text: str, currency: str, wanted: str
) -> None:
    assert right(form, text, currency) == wanted


@pytest.mark.parametrize(
    ("word", "known", "wanted"),
    [
        ("teritory", ["territory", "title"], "territory"),
        ("Wind-Down", ["wind_down"], "wind_down"),
        ("comarketing", ["co-marketing", "pilot"], "co-marketing"),
        ("metrcis", ["metrics", "review"], "metrics"),
        ("phase-3", ["phase-1"], ""),  # a digit is no slip
        ("ixternal", ["internal", "external"], ""),  # two are near
        ("marriage", ["licensing", "pilot"], ""),
        ("frm", ["for", "form", "from"], ""),
        ("cpa", ["cap"], ""),  # too short to tell
        ("ab-c", ["a-bc", "abc"], ""),
        ("word", [], ""),
    ],
)
def test_a_misspelt_word_is_known_where_only_one_can_be_meant(
    word: str, known: list[str], wanted: str
) -> None:
    assert meant(word, known) == wanted


TWO = "parties:\n  - id: acme\n    name: Acme Devices GmbH\n  - id: bora\n    name: Bora\n"
FIXED = [
    ("a key", "scope:\n  teritory: # where\n    - Ireland\n", "scope:\n  territory: # where\n    - Ireland\n"),
    ("a key in quotes", 'scope:\n  "teritory":\n    - Ireland\n', 'scope:\n  "territory":\n    - Ireland\n'),
    ("a value below the key", "marketing:\n  budgte: €5,000 # all\n", "marketing:\n  budget: EUR 5,000 # all\n"),
    ("a listed word in quotes", "risks:\n  - text: x\n    impact: 'HIGH'\n", "risks:\n  - text: x\n    impact: 'high'\n"),
    ("money in braces", "marketing: {budget: €5,000}\n", 'marketing: {budget: "EUR 5,000"}\n'),
    ("a threshold", "metrics:\n  - name: x\n    target:\n      value: >= 4.2 of 5\n",
     'metrics:\n  - name: x\n    target:\n      value: ">= 4.2 of 5"\n'),
    ("a word above blanks", "pilot: none\n  # When.\n  start:\n  limits:\n    -\n\n# Money.\ncommercial:\n",
     "pilot: none\n\n# Money.\ncommercial:\n"),
    ("a text with a colon", "rationale:\n  why: We do this: growth # so far\n", 'rationale:\n  why: "We do this: growth" # so far\n'),
    ("a text with a colon and quotes", 'rationale:\n  why: The "why": growth\n', "rationale:\n  why: 'The \"why\": growth'\n"),
    ("a colon in a list", "scope:\n  in:\n    - Phase 1: webinars\n", 'scope:\n  in:\n    - "Phase 1: webinars"\n'),
    ("no space after a colon", "scope:\n  summary:all of it\n", "scope:\n  summary: all of it\n"),
    ("a comma in braces", "people:\n  - {id: ann, party: acme, name: Ann, Ph.D.}\n",
     'people:\n  - {id: ann, party: acme, name: "Ann, Ph.D."}\n'),
    ("one entry of a list", "scope:\n  territory: Ireland # all\n", "scope:\n  territory:\n    - Ireland # all\n"),
    ("words on one line", "review:\n  outcomes:\n    - scale, adjust and Exit # all\n",
     "review:\n  outcomes:\n    - scale\n    - adjust\n    - exit # all\n"),
    ("words in place of a list", "review:\n  outcomes: scale, exit\n", "review:\n  outcomes:\n    - scale\n    - exit\n"),
    ("ids on one line", TWO + "review:\n  attended_by: acme, Bora\n", TWO + "review:\n  attended_by:\n    - acme\n    - bora\n"),
    ("a name in place of an id", TWO + "review:\n  attended_by: Acme Devices GmbH\n", TWO + "review:\n  attended_by: acme\n"),
    ("an event", "term:\n  effective: 30 days after signatrue\n", "term:\n  effective: 30 days after signature\n"),
    ("everyone", "parties:\n  - id: a\n    name: A\nreview:\n  attended_by: Each\n",
     "parties:\n  - id: a\n    name: A\nreview:\n  attended_by: each\n"),
    ("none", "exit: None\n", "exit: none\n"),
    ("several", "scope:\n  sumary: x\n  teritory:\n    - y\nterm:\n  initial: two years\n",
     "scope:\n  summary: x\n  territory:\n    - y\nterm:\n  initial: 2 years\n"),
]  # fmt: skip

ALONE = [
    ("a key that is there already", "scope:\n  territory:\n    - x\n  teritory:\n    - y\n"),
    ("two keys that mean one", "scope:\n  teritory:\n    - x\n  territry:\n    - y\n"),
    ("a key of another place", "date: 2027-01-31\n"),
    ("a day or a month", "process:\n  expires: 03/04/2027\n"),
    ("a fraction or a percentage", "metrics:\n  - name: x\ncommercial:\n  payments:\n    - kind: fee\n      rate: 0.12\n"),
    ("a dollar of another deal", "marketing:\n  budget: £5 or so\n"),
    ("a text or a word", 'exit: "None"\n'),
    ("a key or a text", "people:\n  - {id: ann, party: acme, name: Ann, title}\n"),
    ("an address or a comment", "legal:\n  amendments: in writing #2\n"),
    ("several entries", "scope:\n  territory: Ireland, France\n"),
    ("words and others on one line", "review:\n  outcomes:\n    - scale, continue\n"),
    ("a name of two people", TWO + "people:\n  - id: a\n    party: acme\n    name: Ann\n  - id: b\n    party: bora\n    name: Ann\n"
     "review:\n  attended_by: Ann\n"),
    ("nothing yet", "scope:\n  territory: tbd\n"),
    ("an entry with keys", "scope:\n  in:\n    - name: webinars\n"),
    ("an alias", "scope:\n  summary: &a x\n  products: *a\n"),
    ("an escape", 'process:\n  expires: "31\\u002e01.2027"\n'),
    ("a text of two lines", "process:\n  expires: 31 January\n    2027\n"),
]  # fmt: skip


@pytest.mark.parametrize(("case", "wrong", "whole"), FIXED, ids=[case[0] for case in FIXED])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_what_is_fixed(case: str, wrong: str, whole: str, ends: str) -> None:
    result = mended((HEAD + wrong).replace("\n", ends), rules=())
    assert result.text == (HEAD + whole).replace("\n", ends)
    assert result.done


@pytest.mark.parametrize(("case", "wrong"), ALONE, ids=[case[0] for case in ALONE])
def test_what_is_left_alone(case: str, wrong: str) -> None:
    assert mended(HEAD + wrong, rules=()).text == HEAD + wrong


PARTIES = "parties:\n  - id: {a}\n    name: Acme\n  - id: bora\n    name: Bora\n"
RESPONSIBLE = (
    "responsibilities:\n  - activity: sell\n    lead: {a}\nventure:\n  shares:\n    {a}: 50%\n    bora: 50%\n"
)


@pytest.mark.parametrize("wrong", ["Acme_GmbH", "ACME-GMBH", "Acme  GmbH", '"Acme GmbH"'])
def test_an_id_is_written_anew_wherever_it_stands(wrong: str) -> None:
    text = HEAD + PARTIES + RESPONSIBLE
    whole = text.replace("{a}", '"acme-gmbh"' if wrong[0] == '"' else "acme-gmbh")
    assert mended(text.replace("{a}", wrong), rules=()).text == whole


@pytest.mark.parametrize("wrong", ["Müller AG", "1st-party", "Bora", "each", "Acme & Co"])
def test_an_id_that_has_no_one_form_is_left_alone(wrong: str) -> None:
    text = (HEAD + PARTIES + RESPONSIBLE).replace("{a}", wrong)
    assert mended(text, rules=()).text == text


def test_an_id_is_left_alone_where_a_reference_does_not_resolve() -> None:
    text = (HEAD + PARTIES + RESPONSIBLE).replace("{a}", "Acme") + "reports:\n  - by: nobody\n    to: bora\n"
    result = mended(text, rules=())
    assert result.text == text
    assert "no party, person, body or third party has the id `nobody`" in result.dropped[0].reason


def test_whom_a_misspelt_id_means_is_not_guessed() -> None:
    text = (HEAD + PARTIES + RESPONSIBLE).replace("{a}", "acme") + "reports:\n  - by: amce\n    to: bora\n"
    assert mended(text, rules=()).text == text


def test_a_fix_that_would_bring_a_finding_is_dropped_and_the_others_are_made() -> None:
    text = HEAD + "process:\n  expires: 2027-06-30\n  definitve_by: 2027-07-31\nscope:\n  sumary: all of it\n"
    result = mended(text)
    assert result.text == text.replace("sumary", "summary")
    (dropped,) = result.dropped
    assert dropped.fix.change == "`definitve_by` → `definitive_by`"
    assert dropped.reason.startswith("then ")
    assert not findings(result.text) - findings(text)


def test_a_value_is_written_in_form_though_a_finding_on_it_comes_to_light() -> None:
    text = HEAD + "pilot:\n  start: 2027-04-01\n  end: 31 January 2027\n"
    result = mended(text)
    assert result.text == text.replace("31 January 2027", "2027-01-31")
    assert not result.dropped
    assert ("dates-out-of-order", "pilot.end") in places(result.text) - places(text)


@pytest.mark.parametrize(
    ("wrong", "right", "woken"),
    [
        ("pilot:\n  start: 2027-04-01\n  END: 2027-01-31\n", "end:", ("dates-out-of-order", "pilot.end")),
        ("process:\n  expires: 2027-06-30\n  Definitive-By: 2027-07-31\n", "definitive_by:",
         ("binding-expiry-before-agreement", "process.expires")),
        ("Pilot:\n  start: 2027-04-01\n  end: soon\n", "pilot:", ("schema-unknown-id", "pilot.end")),
    ],
)  # fmt: skip
def test_a_respelling_is_made_whatever_it_wakes(wrong: str, right: str, woken: tuple[str, str]) -> None:
    text = HEAD + wrong
    result = mended(text)
    assert result.text == re.sub(re.escape(right.replace("_", "-")), right, text, flags=re.IGNORECASE)
    assert result.text != text
    assert not result.dropped
    assert woken in places(result.text) - places(text)


def test_a_respelling_does_not_let_a_guess_through() -> None:
    text = HEAD + "process:\n  Expires: 2027-06-30\n  definitve_by: 2027-07-31\n"
    result = mended(text)
    assert result.text == text.replace("Expires", "expires")
    assert [dropped.fix.change for dropped in result.dropped] == ["`definitve_by` → `definitive_by`"]


def test_many_fixes_need_few_checks_though_some_of_them_are_dropped() -> None:
    text = HEAD + "risks:\n" + "".join(
        f"  - text: risk {number}\n    imapct: high\n    likelihod: low\n" for number in range(200)
    ) + "scope:\n  sumary: all of it\n"  # fmt: skip
    checks = 0

    def check(read: source.Source) -> Any:
        nonlocal checks
        checks += 1
        return lint_source(read, ONLY)

    result = mend(text, "d.deal.yaml", check)
    assert result.text == text.replace("sumary", "summary").replace("likelihod", "likelihood")
    assert {item.fix.change for item in result.dropped} == {"`imapct` → `impact`"}
    assert len(result.dropped) == 200
    assert checks < 12


def test_a_fix_that_brings_a_note_is_made() -> None:
    text = HEAD + TWO + "legal:\n  liability: Open\n"
    assert mended(text).text == text.replace("Open", "open")


def test_quotes_that_make_a_value_of_the_wrong_kind_are_no_fix() -> None:
    with pytest.raises(LoadError, match="a text holds a colon"):
        mended(HEAD + "exit: rights: each\n")


# --- on the command line -----------------------------------------------------------------------------------

WRONG = HEAD + "scope:\n  sumary: all of it # so far\nterm:\n  initial: two years\n"
RIGHT = HEAD + "scope:\n  summary: all of it # so far\nterm:\n  initial: 2 years\n"


@pytest.fixture
def deal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "deal.yaml"
    path.write_bytes(WRONG.encode())
    return path


def test_fix_writes_the_file_and_reports_what_remains(run_cli: Any, deal: Path) -> None:
    code, out, err = run_cli("lint", "--fix", "--format", "concise", "deal.yaml")
    assert deal.read_bytes() == RIGHT.encode()
    assert code == 1
    assert "schema-" not in out
    assert "error[exit-missing]" in out
    assert err.splitlines() == [
        "deal.yaml:6:3: fixed[schema-unknown-key] `sumary` → `summary`",
        "deal.yaml:8:12: fixed[schema-value-form] `two years` → `2 years`",
        "2 fixed in 1 file",
    ]
    assert run_cli("lint", "--fix", "deal.yaml")[2] == "nothing fixed\n"
    assert os.listdir() == ["deal.yaml"]


def test_several_files_are_counted_and_one_that_cannot_be_read_stops_none(run_cli: Any, deal: Path) -> None:
    Path("bad.yaml").write_text("deal: [")
    Path("also.deal.yaml").write_bytes(WRONG.encode())
    code, out, err = run_cli("lint", "--fix", "bad.yaml", "deal.yaml", "also.deal.yaml")
    assert (code, err.splitlines()[-1]) == (2, "4 fixed in 2 files")
    assert "bad.yaml:1:8: a bracket above is never closed" in out
    assert Path("bad.yaml").read_text() == "deal: ["


def test_the_mark_of_utf8_the_line_breaks_and_the_mode_stay(run_cli: Any, deal: Path) -> None:
    deal.write_bytes(b"\xef\xbb\xbf" + WRONG.replace("\n", "\r\n").encode())
    deal.chmod(0o640)
    run_cli("lint", "--fix", "deal.yaml")
    assert deal.read_bytes() == b"\xef\xbb\xbf" + RIGHT.replace("\n", "\r\n").encode()
    assert stat.S_IMODE(deal.stat().st_mode) == 0o640


def test_a_link_stays_a_link(run_cli: Any, deal: Path) -> None:
    link = Path("link.deal.yaml")
    link.symlink_to(deal)
    run_cli("lint", "--fix", "link.deal.yaml")
    assert link.is_symlink()
    assert deal.read_bytes() == RIGHT.encode()


def test_a_read_only_file_gets_one_sentence(run_cli: Any, deal: Path) -> None:
    deal.chmod(0o444)
    code, out, err = run_cli("lint", "--fix", "--format", "concise", "deal.yaml")
    assert code == 2
    assert out.count("deal.yaml: is read-only, and was not changed; make it writable first") == 1
    assert "schema-unknown-key" in out
    assert "1 file could not be written" in out
    assert err == "nothing fixed\n"
    assert deal.read_bytes() == WRONG.encode()


def test_what_cannot_be_written_leaves_the_old_file(
    run_cli: Any, deal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", fail)
    code, out, _ = run_cli("lint", "--fix", "deal.yaml")
    assert (code, deal.read_bytes()) == (2, WRONG.encode())
    assert "cannot be written (no space left on device)" in out
    assert os.listdir() == ["deal.yaml"]


def test_standard_input_is_fixed_to_standard_output(run_cli: Any) -> None:
    code, out, err = run_cli("lint", "--fix", "-", stdin=b"\xef\xbb\xbf" + WRONG.encode())
    assert (code, out) == (1, "\ufeff" + RIGHT)
    assert "2 fixed in 1 file" in err
    assert "error[exit-missing]" in err
    assert run_cli("lint", "--fix", "-", stdin=RIGHT.encode())[1] == RIGHT


def test_diff_writes_nothing_and_says_by_its_code_whether_there_is_something(
    run_cli: Any, deal: Path
) -> None:
    code, out, err = run_cli("lint", "--fix", "--diff", "deal.yaml")
    assert (code, deal.read_bytes()) == (1, WRONG.encode())
    assert out.splitlines()[:2] == ["--- deal.yaml", "+++ deal.yaml"]
    assert "+  summary: all of it # so far\n" in out
    assert err.startswith("deal.yaml:6:3: would fix[schema-unknown-key] ")
    assert err.endswith("2 to fix in 1 file\n")
    deal.write_bytes(RIGHT.encode())
    assert run_cli("lint", "--diff", "deal.yaml") == (0, "", "nothing to fix\n")
    assert run_cli("lint", "--diff", "deal.yaml", "none.yaml")[0] == 2


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
@pytest.mark.parametrize("end", ["\n", ""])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_the_diff_can_be_applied(run_cli: Any, deal: Path, ends: str, end: str) -> None:
    deal.write_bytes((WRONG.rstrip("\n") + end).replace("\n", ends).encode())
    _, out, _ = run_cli("lint", "--diff", "deal.yaml")
    subprocess.run(["git", "apply", "-p0", "-"], input=out.encode(), check=True)
    assert deal.read_bytes() == (RIGHT.rstrip("\n") + end).replace("\n", ends).encode()


def test_why_a_fix_was_not_made_is_told(run_cli: Any, deal: Path) -> None:
    text = HEAD + "process:\n  expires: 2027-06-30\n  definitve_by: 2027-07-31\n"
    deal.write_text(text)
    _, _, err = run_cli("lint", "--fix", "deal.yaml")
    first, last = err.splitlines()
    assert first.startswith(
        "deal.yaml:7:3: not fixed[schema-unknown-key] `definitve_by` → `definitive_by`: then "
    )
    assert last == "nothing fixed, 1 not fixed because of what would be found then"
    assert deal.read_text() == text


def test_the_fixes_are_part_of_the_report_that_goes_to_a_file(run_cli: Any, deal: Path) -> None:
    _, out, err = run_cli("lint", "--fix", "-o", "report.txt", "deal.yaml")
    assert err == "2 fixed in 1 file\n"
    assert re.match(r"\d+ errors, ", out)
    assert (
        Path("report.txt")
        .read_text(encoding="utf-8")
        .startswith("deal.yaml:6:3: fixed[schema-unknown-key] `sumary` → `summary`\n")
    )


def test_a_quiet_fix_shows_nothing_but_findings(run_cli: Any, deal: Path) -> None:
    assert run_cli("lint", "--fix", "-q", "deal.yaml")[2] == ""
    assert deal.read_bytes() == RIGHT.encode()


def test_a_diff_goes_to_a_file(run_cli: Any, deal: Path) -> None:
    assert run_cli("lint", "--diff", "-q", "-o", "fixes.diff", "deal.yaml") == (1, "", "")
    assert Path("fixes.diff").read_text(encoding="utf-8").startswith("--- deal.yaml\n+++ deal.yaml\n")
    assert deal.read_bytes() == WRONG.encode()


def test_json_stays_json(run_cli: Any, deal: Path) -> None:
    import json

    report = json.loads(run_cli("lint", "--fix", "--format", "json", "deal.yaml")[1])
    assert not [found for found in report["findings"] if found["rule"].startswith("schema-")]
