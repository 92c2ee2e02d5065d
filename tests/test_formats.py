"""Each format of a report, read by a reader that is not ours: schemas, XML and Markdown parsers, GitHub's own grammar."""

from __future__ import annotations

import importlib
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest
from conftest import EXAMPLES, ROOT
from jsonschema import Draft202012Validator, FormatChecker
from lxml import etree
from markdown_it import MarkdownIt
from ruamel.yaml import YAML

from termsheet import report as reports
from termsheet.immutable import replace
from termsheet.outcome import Report
from termsheet.portfolio import Asked, lint
from termsheet.printable import printable
from termsheet.report import FOR_PEOPLE, FORMATS, View
from termsheet.report.escape import markdown as escaped
from termsheet.report.places import relative, uri
from termsheet.report.rulebook import OTHERS, entry
from termsheet.rules import RULES

DATA = ROOT / "tests" / "data"
SARIF = Draft202012Validator(
    json.loads((DATA / "sarif-2.1.0.schema.json").read_text()), format_checker=FormatChecker()
)
JUNIT = etree.XMLSchema(etree.parse(DATA / "junit-10.xsd"))
PUBLISHED = json.loads((ROOT / "schemas" / "report.schema.json").read_text(encoding="utf-8"))
ALL = View(notes=True)

WAIVED = """\
deal: {title: X, type: pilot}
exit: # termsheet: ignore[exit-no-wind-down] agreed | to <b>stop</b> at once
  rights:
    - {by: each, ground: convenience, notice: 30 days}
waivers:
  - {rule: metrics-missing, path: metrics, reason: a pilot of one day}
  - {rule: exit-missing, path: exit, reason: nothing is missing}
  - {rule: exit-missing, path: exit, reason: nothing is missing}
"""
HOSTILE = """\
deal: {title: "50% | ünï`code` <b>", type: co-marketing}
"a|b`<i>%0A::error::": 1
parties:
  - {id: a, name: "@team | ]]> & <script>"}
  - {id: b, name: "::error file=x::y"}
metrics:
  - {name: "50% | *bold* [x](y) `", owner: c|d, target: {value: 3 leads, by: 2030-01-31}}
  - {name: "bell \\u0007 and \\\\| pipe", owner: a, target: {value: 3 leads, by: 2030-01-31}}
ip: {foreground: [{what: "line\\nbreak, comma: colon", owner: nobody%}]}
"""
NASTY = "50% 'ünï', \"q\" & <b>|:`.deal.yaml" if os.name == "posix" else "50% 'ünï' & ,`.deal.yaml"
BROKEN_LINE = "two\nlines\x01.deal.yaml"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with deals of every kind, in which the tests run."""
    path = tmp_path_factory.mktemp("formats")
    (path / "waived.deal.yaml").write_text(WAIVED, encoding="utf-8")
    (path / NASTY).write_text(HOSTILE, encoding="utf-8", newline="\r\n")
    (path / "syntax.deal.yaml").write_text("deal: {title: [X}\n")
    if os.name == "posix":
        (path / BROKEN_LINE).write_text(HOSTILE, encoding="utf-8")
        (path / os.fsdecode(b"latin-\xe9.deal.yaml")).write_text(HOSTILE, encoding="utf-8")
    before = os.getcwd()
    os.chdir(path)
    yield path
    os.chdir(before)


@pytest.fixture(
    scope="module", params=["clean", "broken", "precision", "unreadable", "waived", "hostile", "nothing"]
)
def report(request: pytest.FixtureRequest, folder: Path) -> Report:
    """The reports on which every format is tried."""
    names = {
        "clean": [str(path) for path in EXAMPLES],
        "broken": [str(ROOT / "examples" / "broken" / "deal.yaml")],
        "precision": [str(path) for path in sorted((ROOT / "tests" / "precision").glob("*.deal.yaml"))],
        "unreadable": ["missing.deal.yaml", "syntax.deal.yaml"],
        "waived": ["waived.deal.yaml"],
        "hostile": sorted(path.name for path in folder.iterdir() if "waived" not in path.name),
        "nothing": [],
    }[request.param]
    found = lint(names)
    if request.param == "hostile":
        crash = f"rule exit-missing failed on {NASTY} (KeyError: '\x02|')"
        found = replace(found,
            files=tuple(replace(file, crashed=(crash,)) for file in found.files)
        )
    return found


def _shown(report: Report, *, notes: bool = False) -> list[Any]:
    return [item for item in report.findings() if not item.waived and (notes or item.severity != "note")]


def _render(report: Report, style: str, view: View = ALL) -> str:
    """The text as a reader gets it, through UTF-8."""
    return reports.render(report, style, view).encode("utf-8", "replace").decode("utf-8")


def _readable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def test_what_is_hostile_gets_into_the_messages(folder: Path) -> None:
    said = " ".join(item.message for item in lint([NASTY]).findings())
    for text in (
        "a|b`<i>%0A::error::",
        "@team | ]]> & <script>",
        "::error file=x::y",
        "*bold* [x](y) `",
        "\x07",
        "\\| ",
    ):
        assert text in said


# What holds for every format


@pytest.mark.parametrize("style", FORMATS)
def test_a_report_is_the_same_every_time_and_ends_with_a_line(report: Report, style: str) -> None:
    text = _render(report, style)
    assert text == _render(report, style)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


@pytest.mark.parametrize("style", FORMATS)
def test_a_format_is_a_module_of_its_name(style: str) -> None:
    module = importlib.import_module(f"termsheet.report.{style}")
    assert module.__doc__
    assert callable(module.render)
    assert f"`{style}`" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("style", sorted({*FORMATS} - {"json"}))
def test_notes_are_shown_on_request_alone(folder: Path, style: str) -> None:
    found = lint([str(ROOT / "examples" / "broken" / "deal.yaml")])
    notes = [item.message for item in found.findings() if item.severity == "note"]
    assert notes
    without, shown = _render(found, style, View()), _render(found, style, ALL)
    assert len(without) < len(shown)
    if style not in ("markdown", "github"):  # which escape
        assert not any(json.dumps(note)[1:-1] in without for note in notes if '"' not in note)


# JSON


def _closed(schema: Any) -> Any:
    """The schema with every object closed, so that nothing is printed that it does not describe."""
    if isinstance(schema, list):
        return [_closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: _closed(value) for key, value in schema.items()}
    return (
        {"additionalProperties": False, **made}
        if "properties" in schema and schema.get("type") == "object"
        else made
    )


def test_json_is_as_its_published_schema_says(report: Report) -> None:
    Draft202012Validator.check_schema(PUBLISHED)
    made = json.loads(_render(report, "json"))
    assert not [error.message for error in Draft202012Validator(_closed(PUBLISHED)).iter_errors(made)]
    assert len(made["findings"]) == len(list(report.findings()))
    marks = [finding["fingerprint"] for finding in made["findings"]]
    assert len(set(marks)) == len(marks)


def test_the_schema_of_json_refuses_what_is_wrong(folder: Path) -> None:
    made = json.loads(_render(lint(["waived.deal.yaml"]), "json"))
    for change in ({"line": 0}, {"severity": "fatal"}, {"waived": ""}, {"fingerprint": "x"}):
        wrong = {**made, "findings": [{**made["findings"][0], **change}]}
        assert not Draft202012Validator(PUBLISHED).is_valid(wrong)


# SARIF


def test_sarif_is_valid(report: Report) -> None:
    log = json.loads(_render(report, "sarif"))
    assert not [f"{error.json_path}: {error.message}" for error in SARIF.iter_errors(log)]
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    assert {rule["id"] for rule in rules} == {result["ruleId"] for result in run["results"]}
    shown = list(report.findings())
    assert len(run["results"]) == len(shown)
    for result, finding in zip(run["results"], shown, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == finding.rule
        assert result["level"] == finding.severity
        assert result["message"]["text"].startswith(_readable(finding.message))
        assert len(result["suppressions"]) == bool(finding.waived)


def test_sarif_places_are_where_the_finding_is(report: Report) -> None:
    """Read as an editor would: the URI leads to a file, and the region lies within it."""
    (run,) = json.loads(_render(report, "sarif"))["runs"]
    for result in run["results"]:
        place = result["locations"][0]["physicalLocation"]
        address, region = place["artifactLocation"], place["region"]
        assert "\\" not in address["uri"]
        parts = urlsplit(address["uri"])
        assert (parts.scheme == "file") == ("uriBaseId" not in address)
        path = Path(os.fsdecode(unquote(parts.path, errors="surrogateescape")))
        line = path.read_text(encoding="utf-8").split("\n")[region["startLine"] - 1]
        assert region["endLine"] == region["startLine"]
        assert 1 <= region["startColumn"] < region["endColumn"] <= len(line) + 2


def test_sarif_tells_what_could_not_be_done(report: Report) -> None:
    (run,) = json.loads(_render(report, "sarif"))["runs"]
    (invocation,) = run["invocations"]
    failed = len(report.errors) + sum(len(file.crashed) for file in report.files)
    assert invocation["executionSuccessful"] == (not failed)
    assert invocation["exitCode"] == report.exit_code("warning")
    assert len(invocation["toolExecutionNotifications"]) == failed
    assert all(item["level"] == "error" for item in invocation["toolExecutionNotifications"])
    for error, told in zip(report.errors, invocation["toolExecutionNotifications"], strict=False):
        (place,) = told["locations"]
        assert place["physicalLocation"].get("region", {}).get("startLine", 0) == error.line
        assert error.message in told["message"]["text"]


def test_sarif_carries_the_page_of_a_rule(folder: Path) -> None:
    (run,) = json.loads(_render(lint(["waived.deal.yaml"]), "sarif"))["runs"]
    rule = next(rule for rule in run["tool"]["driver"]["rules"] if rule["id"] == "exit-no-wind-down")
    assert rule["shortDescription"]["text"] == "The end has a time in which the work is brought to its close."
    assert "mid-contract" in rule["fullDescription"]["text"]
    assert "## When to waive" in rule["help"]["markdown"]
    assert rule["defaultConfiguration"] == {"level": "error"}
    result = next(item for item in run["results"] if item["ruleId"] == "exit-no-wind-down")
    assert "```yaml" in result["message"]["markdown"]
    assert result["locations"][0]["logicalLocations"] == [{"fullyQualifiedName": "exit.wind_down"}]


def test_sarif_suppresses_what_is_waived_or_in_the_baseline(folder: Path) -> None:
    found = lint(["waived.deal.yaml"])
    (file,) = found.files
    aside = next(item for item in file.findings if item.rule == "scope-missing")
    rest = tuple(item for item in file.findings if item is not aside)
    found = replace(found, files=(replace(file, findings=rest, baseline=(aside,)),))
    log = json.loads(_render(found, "sarif"))
    assert SARIF.is_valid(log)
    told = {
        item["ruleId"]: item["suppressions"] for item in log["runs"][0]["results"] if item["suppressions"]
    }
    assert {
        rule: [(item["kind"], item["justification"]) for item in items] for rule, items in told.items()
    } == {
        "exit-no-wind-down": [("inSource", "agreed | to <b>stop</b> at once")],
        "metrics-missing": [("inSource", "a pilot of one day")],
        "scope-missing": [("external", "stands in the baseline")],
    }
    assert sum(item["ruleId"] == "scope-missing" for item in log["runs"][0]["results"]) == 1


def test_what_belongs_to_a_later_stage_is_in_no_report(folder: Path) -> None:
    found = lint(["waived.deal.yaml"], Asked(stage="sketch"))
    later = {item.rule for item in found.files[0].later}
    assert "scope-missing" in later
    for style in FORMATS:
        assert "scope-missing" not in _render(found, style)


def _fingerprints(path: Path) -> dict[str, str]:
    (run,) = json.loads(_render(lint([str(path)]), "sarif"))["runs"]
    return {item["partialFingerprints"]["termsheet/v1"]: item["ruleId"] for item in run["results"]}


def test_a_fingerprint_outlives_lines_words_and_places_but_not_its_evidence(tmp_path: Path) -> None:
    text = (ROOT / "examples" / "broken" / "deal.yaml").read_text(encoding="utf-8")
    deal = tmp_path / "deal.yaml"
    deal.write_text(text, encoding="utf-8")
    before = _fingerprints(deal)
    moved = tmp_path / "else" / "moved.yaml"
    moved.parent.mkdir()
    moved.write_text("# a line\n\n" + text.replace("two years", "two   years"), encoding="utf-8")
    assert _fingerprints(moved) == before
    deal.write_text(text.replace("two years", "three years"), encoding="utf-8")
    changed = _fingerprints(deal)
    assert Counter({**before, **changed}.values()) - Counter(before.values()) == {"schema-value-form": 1}
    found = lint([str(moved)])
    (file,) = found.files
    said = tuple(replace(item, message="other words", help="", line=1) for item in file.findings)
    reworded = replace(found, files=(replace(file, findings=said),))
    for style, key in (("json", "findings"), ("gitlab", "")):
        first, second = (json.loads(_render(item, style)) for item in (found, reworded))
        marks = [[item["fingerprint"] for item in (made[key] if key else made)] for made in (first, second)]
        assert marks[0] == marks[1]


def test_equal_findings_have_fingerprints_of_their_own(folder: Path) -> None:
    found = json.loads(_render(lint(["waived.deal.yaml"]), "json"))["findings"]
    twins = [item for item in found if item["rule"] == "waiver-unused"]
    assert len(twins) == 2
    assert twins[0]["fingerprint"] != twins[1]["fingerprint"]


def test_a_single_value_where_a_list_is_meant_is_evidence(tmp_path: Path) -> None:
    deal = tmp_path / "deal.yaml"
    deal.write_text("deal: {title: X, type: pilot}\nip: {foreground: {what: code, owner: 3}}\nparties: 1\n")
    assert _fingerprints(deal)


def test_every_slug_has_something_to_tell() -> None:
    """What is found without a rule of the checklist is described by hand."""
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "termsheet").rglob("*.py")
                      if path.name != "rulebook.py")  # fmt: skip
    assert set(re.findall(r'"((?:schema|waiver)-[a-z]+(?:-[a-z]+)*)"', sources)) == set(OTHERS)
    for rule in RULES:
        told = entry(rule.slug, rule)
        assert told.severity in ("error", "warning", "note")
        assert len(told.short) <= 150
        assert len(told.full) <= 1000  # what code scanning shows of it


# GitHub


def _commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """The commands of a log, parsed as the runner does it."""
    found = []
    for line in text.split("\n"):
        assert "##[" not in line
        if not line.lstrip().startswith("::"):
            continue
        head, _, data = line.lstrip()[2:].partition("::")
        name, _, properties = head.partition(" ")
        pairs = [item.split("=", 1) for item in properties.split(",") if item]
        found.append((name, {key: _plain(value) for key, value in pairs}, _plain(data)))
    return found


def _plain(text: str) -> str:
    for code, char in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        text = text.replace(code, char)
    return text


def test_github_commands_say_what_was_found(report: Report) -> None:
    commands = _commands(_render(report, "github"))
    shown = _shown(report, notes=True)
    failed = len(report.errors) + sum(len(file.crashed) for file in report.files)
    assert [name for name, _, _ in commands[:failed]] == ["error"] * failed
    assert len(commands) == failed + len(shown)
    for (name, where, text), finding in zip(commands[failed:], shown, strict=True):
        assert name == {"error": "error", "warning": "warning", "note": "notice"}[finding.severity]
        assert where == {"file": _readable(printable(relative(finding.file))), "line": str(finding.line), "col": str(finding.column),
                         "title": finding.rule}  # fmt: skip
        assert text.startswith(_readable(printable(finding.message)))
        assert text.endswith(_readable(finding.help))


def test_github_has_one_line_for_the_log_and_none_where_it_is_to_be_quiet(report: Report) -> None:
    lines = _render(report, "github", View()).splitlines()
    assert [line for line in lines if not line.startswith("::")] == lines[-1:]
    assert not [
        line for line in reports.render(report, "github", View(quiet=True)).splitlines() if line[:2] != "::"
    ]


# GitLab


def test_gitlab_has_what_its_documentation_asks_for(report: Report) -> None:
    entries = json.loads(_render(report, "gitlab"))
    shown = _shown(report, notes=True)
    failed = len(report.errors) + sum(len(file.crashed) for file in report.files)
    assert len(entries) == failed + len(shown)
    for item in entries:
        assert set(item) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert item["severity"] in ("info", "minor", "major", "critical")
        assert not item["location"]["path"].startswith("./")
        assert item["location"]["lines"]["begin"] >= 1
    assert len({item["fingerprint"] for item in entries}) == len(entries)
    for item, finding in zip(entries[failed:], shown, strict=True):
        assert item["check_name"] == finding.rule
        assert item["severity"] == {"note": "info", "warning": "minor", "error": "major"}[finding.severity]
        assert item["location"] == {
            "path": _readable(relative(finding.file)),
            "lines": {"begin": finding.line},
        }
    assert all(item["severity"] == "critical" for item in entries[:failed])


# JUnit


def test_junit_is_valid_and_counts(report: Report) -> None:
    raw = _render(report, "junit").encode()
    tree = ElementTree.fromstring(raw)
    JUNIT.assertValid(etree.fromstring(raw))
    suites = tree.findall("testsuite")
    assert len(suites) == len(report.files) + len(report.errors)
    for suite in suites:
        cases = suite.findall("testcase")
        assert cases
        assert int(suite.get("tests", "")) == len(cases)
        names = [case.get("name") for case in cases]
        assert len(set(names)) == len(names)
    for name, tag in (("failures", "failure"), ("errors", "error")):
        assert (
            int(tree.get(name, ""))
            == len(tree.findall(f".//{tag}"))
            == sum(int(s.get(name, "")) for s in suites)
        )
    assert int(tree.get("tests", "")) == len(tree.findall(".//testcase"))
    grave = [item for item in _shown(report) if item.severity in ("warning", "error")]
    assert len(tree.findall(".//failure")) == len(grave)
    assert len(tree.findall(".//skipped")) == sum(bool(item.waived) for item in report.findings())
    failed = len(report.errors) + sum(len(file.crashed) for file in report.files)
    assert len(tree.findall(".//error")) == failed
    for told, finding in zip(tree.findall(".//failure"), grave, strict=True):
        said = re.sub("[\x00-\x08\x0e-\x1f]", "\ufffd", _readable(finding.message))
        assert told.get("message") == said
        assert f":{finding.line}:{finding.column}: {said}" in (told.text or "")


def test_junit_fails_what_fails_the_run(folder: Path) -> None:
    found = lint([str(ROOT / "examples" / "broken" / "deal.yaml")])
    for threshold in ("error", "warning", "note"):
        tree = ElementTree.fromstring(_render(found, "junit", View(fail_on=threshold, notes=True)))
        kinds = {told.get("type") for told in tree.findall(".//failure")}
        assert (
            kinds
            == {"error", "warning", "note"}
            - {"error": {"warning", "note"}, "warning": {"note"}, "note": set()}[threshold]
        )
        assert len(tree.findall(".//testcase")) == len(list(found.findings()))


# Markdown


def _cells(text: str) -> Iterator[list[str]]:
    """The rows of all tables, from the HTML that is made of it."""
    html = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    for row in re.findall(r"<tr>(.*?)</tr>", html, re.DOTALL):
        cells = re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)
        assert not re.search(r"<(?!/?code>)", "".join(cells)), row
        yield [unescape(re.sub(r"</?code>", "", cell)).replace("\u200b", "") for cell in cells]


def _seen(text: str) -> str:
    """A message as a reader of the table sees it: on one line, code without its backticks."""
    text = re.sub("[\x00-\x08\x0e-\x1f\x7f]", "\ufffd", " ".join(_readable(text).split()))
    return re.sub(r"`([^`|]+)`", r"\1", text)


def test_markdown_shows_every_finding_in_a_row(report: Report) -> None:
    rows = [row for row in _cells(_render(report, "markdown")) if row]
    left = [
        item for file in report.files for item in (*_shown_of(file), *(i for i in file.findings if i.waived))
    ]
    cut = re.search(r"And (\d+) findings? more", _render(report, "markdown"))
    assert len(rows) + (int(cut[1]) if cut else 0) == len(left)
    for row, finding in zip(rows, left, strict=not cut):
        line, severity, rule, what, remedy = row
        assert (int(line), rule) == (finding.line, finding.rule)
        assert severity == ("waived" if finding.waived else finding.severity)
        assert what == _seen(finding.message)
        assert remedy in ("as above", _seen(finding.waived or finding.help))


def _shown_of(file: Any) -> list[Any]:
    return [item for item in file.findings if not item.waived]


def test_markdown_fits_into_a_comment(folder: Path) -> None:
    names = [str(path) for path in sorted((ROOT / "tests" / "precision").glob("*.deal.yaml"))] * 3
    text = _render(lint(names), "markdown", View(notes=True, statistics=True))
    assert len(text) < 65_000
    assert re.search(r"^And \d+ findings more; `termsheet lint` lists them all\.$", text, re.MULTILINE)


def test_markdown_closes_with_the_verdict_and_statistics(folder: Path) -> None:
    text = _render(lint(["waived.deal.yaml"]), "markdown", View(statistics=True))
    assert re.search(r"\n\*\*\d+ errors, .* 2 waived .*\*\*\n$", text)
    assert ["1", "1", "scope-missing"] in list(_cells(text))


@pytest.mark.parametrize("text", ["a | b", "`a|b`", "`x", "\\|", "<b>&amp;", "*a* _b_ [c](d) ~~e~~", "![x](y)", "``a``",
                                  "# no heading", "1. no list", "a\n\n| b |\n", "::error::", "\\`a\\`"])  # fmt: skip
def test_text_in_a_table_means_itself(text: str) -> None:
    (row,) = [row for row in _cells(f"| x |\n|---|\n| {escaped(text)} |\n") if row]
    plain = " ".join(text.split())
    assert row[0].replace("`", "") == plain.replace("`", "")


def test_nobody_is_notified() -> None:
    assert escaped("@team and a@b.com and @x/y") == "@\u200bteam and a@b.com and @\u200bx/y"


# Names


@pytest.mark.parametrize(
    ("name", "shown", "address"),
    [
        ("deals/acme.deal.yaml", "deals/acme.deal.yaml", "deals/acme.deal.yaml"),
        ("./deals/../x y%.yaml", "x y%.yaml", "x%20y%25.yaml"),
        ("deals\\acme.deal.yaml", "deals/acme.deal.yaml", "deals/acme.deal.yaml"),
        ("C:\\deals\\a b.yaml", "C:/deals/a b.yaml", "file:///C:/deals/a%20b.yaml"),
        ("\\\\server\\share\\x.yaml", "//server/share/x.yaml", "file://server/share/x.yaml"),
        ("<stdin>", "<stdin>", "%3Cstdin%3E"),
        ("a:b.yaml", "a:b.yaml", "a%3Ab.yaml"),
        ("straße.yaml", "straße.yaml", "stra%C3%9Fe.yaml"),
    ],
)
@pytest.mark.skipif(os.name != "posix", reason="the names of other systems are tried on POSIX")
def test_names_have_forward_slashes(folder: Path, name: str, shown: str, address: str) -> None:
    assert relative(name) == shown
    assert uri(name) == (address, not address.startswith("file:"))


@pytest.mark.skipif(os.name != "posix", reason="a backslash in a name is of POSIX")
def test_a_backslash_in_the_name_of_a_file_is_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a\\b.yaml").write_text("")
    assert relative("a\\b.yaml") == "a\\b.yaml"
    assert uri("a\\b.yaml") == ("a%5Cb.yaml", True)


def test_names_are_seen_from_the_top_of_the_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "legal" / "deals").mkdir(parents=True)
    deal = tmp_path / "legal" / "deals" / "x.deal.yaml"
    deal.write_text("deal: {title: X}\n")
    monkeypatch.chdir(tmp_path / "legal")
    assert relative("deals/x.deal.yaml") == relative(str(deal)) == "legal/deals/x.deal.yaml"
    assert uri("../../y.yaml")[1] is False


def test_the_yaml_of_the_readme_is_yaml() -> None:
    blocks = re.findall(
        r"^```yaml\n(.*?)^```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
    assert len(blocks) >= 6
    for block in blocks:
        assert isinstance(YAML(typ="safe").load(block), dict)


# The command


def test_a_report_in_a_file_and_its_last_lines_on_the_terminal(run_cli: Any, tmp_path: Path) -> None:
    deal, target = tmp_path / "waived.deal.yaml", tmp_path / "out"
    deal.write_text(WAIVED, encoding="utf-8")
    target.write_text("the old report")
    for style in FORMATS:
        code, direct, _ = run_cli("lint", "--format", style, str(deal))
        assert code == 1
        code, out, _ = run_cli("lint", "--format", style, "--output-file", str(target), str(deal))
        assert code == 1
        assert target.read_bytes() == direct.encode()
        assert len(out.splitlines()) == 2
        assert "rules on 1 deal" in out
        assert "stand between it and `term-sheet`" in out
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "waived.deal.yaml"]
    assert run_cli("lint", "-q", "-o", str(target), str(deal))[1] == ""


def test_a_file_that_cannot_be_written_is_one_sentence(
    run_cli: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deal = tmp_path / "deal.yaml"
    deal.write_text(WAIVED, encoding="utf-8")
    for target, words in (
        (tmp_path / "no" / "out.sarif", "cannot be written (its folder does not exist)"),
        (tmp_path, "is a folder; name a file in it"),
        (tmp_path / "." / "deal.yaml", "is one of the deals themselves; name another file"),
    ):
        code, out, err = run_cli("lint", "--format", "sarif", "-o", str(target), str(deal))
        assert (code, out) == (2, "")
        assert words in err
        assert err.count("\n") == 1
    assert deal.read_text(encoding="utf-8") == WAIVED
    target = tmp_path / "out"
    target.write_text("the old report")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    code, _, err = run_cli("lint", "-o", str(target), str(deal))
    assert code == 2
    assert "cannot be written (no space left on device)" in err
    assert target.read_text() == "the old report"


@pytest.mark.skipif(os.name != "posix", reason="devices are of POSIX")
def test_a_pipe_is_written_to_and_not_replaced(run_cli: Any, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with subprocess.Popen(["cat", str(tmp_path / "pipe")], stdout=subprocess.PIPE) as reader:
        run_cli("lint", "--format", "json", "-o", str(tmp_path / "pipe"), str(EXAMPLES[0]))
        assert reader.stdout is not None
        assert json.load(reader.stdout)["version"] == "1"
    assert (tmp_path / "pipe").is_fifo()


def test_quiet_is_nothing_but_findings(run_cli: Any, tmp_path: Path) -> None:
    deal = tmp_path / "deal.yaml"
    deal.write_text(WAIVED, encoding="utf-8")
    code, out, _ = run_cli("lint", "-q", "--format", "concise", str(deal))
    assert code == 1
    assert all(
        re.match(rf"{re.escape(str(deal))}:\d+:\d+: (error|warning)\[", line) for line in out.splitlines()
    )
    for style in FOR_PEOPLE:
        loud, quiet = (run_cli("lint", *flag, "--format", style, str(deal))[1] for flag in ((), ("-q",)))
        assert "rules on" in loud
        assert "rules on" not in quiet
        assert "waived" not in quiet
        assert run_cli("lint", "-q", "--format", style, *map(str, EXAMPLES))[:2] == (0, "")
    assert "missing.yaml" in run_cli("lint", "-q", str(tmp_path / "missing.yaml"))[1]


@pytest.mark.parametrize("style", FOR_PEOPLE)
def test_statistics_count_by_rule_severity_and_file(run_cli: Any, tmp_path: Path, style: str) -> None:
    for name in ("a.deal.yaml", "b.deal.yaml"):
        (tmp_path / name).write_text(WAIVED, encoding="utf-8")
    (tmp_path / "c.deal.yaml").write_text(EXAMPLES[0].read_text(encoding="utf-8"), encoding="utf-8")
    found = json.loads(run_cli("lint", "--format", "json", str(tmp_path))[1])["findings"]
    counted = [item for item in found if not item["waived"]]
    _, out, _ = run_cli("lint", "--statistics", "--format", style, str(tmp_path))
    rows = {tuple(re.findall(r"[^\s|`]+", line)) for line in out.splitlines()}
    for rule, count in Counter(item["rule"] for item in counted).items():
        deals = len({item["file"] for item in counted if item["rule"] == rule})
        assert (str(count), str(deals), rule) in rows
    for severity, count in Counter(item["severity"] for item in counted).items():
        assert (str(count), severity) in rows
    for name in "abc":
        file = str(tmp_path / f"{name}.deal.yaml")
        reached = "signature" if name == "c" else "nothing"
        assert (str(sum(item["file"] == file for item in counted)), reached, file) in rows
    assert not any(row[-1:] == ("metrics-missing",) for row in rows)


@pytest.mark.parametrize("style", ["full", "concise"])
def test_of_many_deals_the_last_line_tells_how_far_they_are(run_cli: Any, tmp_path: Path, style: str) -> None:
    texts = [EXAMPLES[0].read_text(encoding="utf-8")] * 8 + [WAIVED] + ["deal: {title: X, type: pilot}\n"] * 2
    for number, text in enumerate(texts):
        (tmp_path / f"{number:02}.deal.yaml").write_text(text, encoding="utf-8")
    lines = run_cli("lint", "--format", style, str(tmp_path))[1].splitlines()
    assert lines[-5].endswith(" rules on 11 deals")
    assert [line.rpartition("/")[2].partition(";")[0] for line in lines[-4:]] == [
        "08.deal.yaml: does not yet meet `sketch`", "09.deal.yaml: meets `sketch`", "10.deal.yaml: meets `sketch`",
        "8 deals meet `signature`",
    ]  # fmt: skip
    assert run_cli("lint", "--statistics", "--format", style, str(tmp_path))[1].splitlines()[-4:] == lines[-4:]
    (tmp_path / "00.deal.yaml").unlink()
    assert run_cli("lint", "--format", style, str(tmp_path))[1].endswith("\n7 deals meet `signature`\n")


def test_statistics_never_spoil_a_report_for_a_tool(run_cli: Any, tmp_path: Path) -> None:
    deal = str(ROOT / "examples" / "broken" / "deal.yaml")
    for style in sorted({*FORMATS} - {*FOR_PEOPLE}):
        code, out, err = run_cli("lint", "--statistics", "--format", style, deal)
        assert (code, out) == (2, "")
        assert "`--statistics` would spoil" in err
    _, out, _ = run_cli("lint", "--statistics", "--format", "json", "-o", str(tmp_path / "out"), deal)
    assert "findings  deals  rule" in out
    json.loads((tmp_path / "out").read_text(encoding="utf-8"))


def test_what_fails_is_shown(run_cli: Any) -> None:
    deal = str(ROOT / "examples" / "broken" / "deal.yaml")
    assert "note[" not in run_cli("lint", "--format", "concise", deal)[1]
    assert "note[" in run_cli("lint", "--format", "concise", "--fail-on", "note", deal)[1]


def test_a_file_has_no_colours_unless_they_are_wanted(
    run_cli: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deal, target = str(ROOT / "examples" / "broken" / "deal.yaml"), tmp_path / "out"
    monkeypatch.setenv("FORCE_COLOR", "1")
    run_cli("lint", "-o", str(target), deal)
    assert b"\x1b" not in target.read_bytes()
    run_cli("lint", "--colour", "-o", str(target), deal)
    assert b"\x1b" in target.read_bytes()
    for style in sorted({*FORMATS} - {"full", "concise"}):
        assert "\x1b" not in run_cli("lint", "--colour", "--format", style, deal)[1]


def _run(*arguments: str, **options: Any) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "TERM": "xterm",
        "NO_COLOR": "1",
        **options.pop("env", {}),
    }
    return subprocess.Popen([sys.executable, "-m", "termsheet", *arguments], env=environment, **options)


def test_other_tools_get_utf_8_whatever_the_terminal_speaks(folder: Path) -> None:
    for style in sorted({*FORMATS} - {"full", "concise"}):
        run = _run(
            "lint", "--format", style, NASTY, stdout=subprocess.PIPE, env={"PYTHONIOENCODING": "ascii"}
        )
        out, _ = run.communicate()
        assert "ünï" in out.decode("utf-8") or "%C3%BCn%C3%AF" in out.decode("utf-8")


@pytest.mark.parametrize("style", FORMATS)
@pytest.mark.skipif(os.name != "posix", reason="pipes are of POSIX")
def test_a_reader_that_goes_away_is_one_sentence(style: str) -> None:
    read, written = os.pipe()
    os.close(read)
    deal = str(ROOT / "examples" / "broken" / "deal.yaml")
    run = _run("lint", "--format", style, deal, stdout=written, stderr=subprocess.PIPE)
    os.close(written)
    _, err = run.communicate()
    assert err.decode() == "termsheet: the output was not read to its end\n"
    assert run.returncode == 2


def _on_a_terminal(*arguments: str, cwd: Path, **options: Any) -> str:
    """What stands on a terminal to which standard error, and what else is not redirected, goes."""
    pty = pytest.importorskip("pty")
    master, slave = pty.openpty()
    run = _run(*arguments, cwd=cwd, **{"stdin": slave, "stdout": slave, "stderr": slave, **options})
    os.close(slave)
    seen = b""
    while True:
        try:
            data = os.read(master, 65536)
        except OSError:  # all have let go of it
            break
        if not data:
            break
        seen += data
    run.communicate()
    os.close(master)
    return seen.decode()


@pytest.mark.skipif(os.name != "posix", reason="terminals are of POSIX")
def test_how_far_one_is_shows_on_a_terminal_alone(tmp_path: Path) -> None:
    for number in range(25):
        (tmp_path / f"d{number}.deal.yaml").write_text("deal: {title: X, type: pilot}\n")
    assert "checking" in _on_a_terminal("lint", ".", cwd=tmp_path)
    assert "checking" in _on_a_terminal("lint", "-o", "out", ".", cwd=tmp_path)
    assert "checking" not in _on_a_terminal("lint", "d1.deal.yaml", cwd=tmp_path)
    assert "checking" not in _on_a_terminal("lint", "-q", ".", cwd=tmp_path)
    assert "checking" not in _on_a_terminal(
        "lint", "--stage", "sketch", ".", cwd=tmp_path, stdout=subprocess.PIPE
    )
    assert "checking" not in _on_a_terminal("lint", ".", cwd=tmp_path, stderr=subprocess.DEVNULL)
    assert "checking" not in _on_a_terminal("lint", ".", cwd=tmp_path, env={"TERM": "dumb"})
