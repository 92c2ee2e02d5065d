"""House rules: what conditions are, what mistakes are told, what cannot be reached, and what is cut off."""

from __future__ import annotations

import contextlib
import json
import re
import subprocess
import sys
import time
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml_cases
from conftest import EXAMPLES, ROOT
from test_imports import _foreign, _imported

from termsheet import houserules, source
from termsheet.errors import TermsheetError
from termsheet.houserules import examples
from termsheet.houserules.expression import STEPS, Frame, TooLong
from termsheet.houserules.files import HouseRule
from termsheet.houserules.language import Fault, Language
from termsheet.lint import lint_source
from termsheet.outcome import FileReport
from termsheet.rules import RULES
from termsheet.schema import deal_schema, resolve
from termsheet.wellformed import checked

SHIPPED = ROOT / "examples" / "house-rules"
COMPLETE = (ROOT / "tests" / "rules" / "deals" / "complete.deal.yaml").read_text(encoding="utf-8")
BASE = {
    "rule": "house-x",
    "severity": "error",
    "wrong_if": "not exit",
    "message": "the deal has no exit",
    "help": "write one",
}


@pytest.fixture
def made(tmp_path: Path) -> Any:
    """A rule from its keys; each value is written as it stands."""

    def make(**keys: str | None) -> HouseRule:
        file = tmp_path / "rule.yaml"
        file.write_text(text(**keys), encoding="utf-8")
        return houserules.load([file])[0]

    return make


def text(**keys: str | None) -> str:
    """The file of a rule; a key that is None is left out, a condition is a block."""
    given = {**BASE, **keys}
    return "".join(f"{key}: {value}\n" for key, value in given.items() if value is not None)


def block(value: str) -> str:
    """A value as YAML that means just that."""
    return json.dumps(value, ensure_ascii=False)


def linted(deal: str, *rules: HouseRule, stage: str | None = None) -> FileReport:
    return lint_source(source.parse(deal, "deal.yaml"), rules, stage=stage)


# --- what conditions are ----------------------------------------------------------------------------------

TRUTHS = {True: "wrong", False: "fine", None: "undecided"}


@pytest.mark.parametrize(
    ("deal", "condition", "expected"),
    [
        pytest.param(case["deal"], condition, expected, id=condition)
        for case in yaml_cases.load("conditions")
        for condition, expected in case["conditions"].items()
    ],
)
def test_condition(deal: str, condition: str, expected: str) -> None:
    normal, found = checked(source.parse(deal, "deal.yaml"))
    assert [finding.message for finding in found] == []
    try:
        test = Language().condition(condition)
    except Fault:
        assert expected == "mistake"
        return
    assert TRUTHS[test(Frame(normal))] == expected


def leaves() -> list[tuple[list[str], str, str, dict[str, Any]]]:
    """Every place of a deal that can be read: the lists around it, its own words, its path, and its schema."""
    root = deal_schema()
    found: list[tuple[list[str], str, str, dict[str, Any]]] = []

    def walk(schema: dict[str, Any], lists: list[str], words: str, path: str, depth: int) -> None:
        schema = resolve(schema, root)
        found.append((lists, words, path, schema))
        if depth > 7:
            return
        if schema.get("type") == "array":
            walk(schema["items"], [*lists, words], "it", path, depth + 1)
        for key, inner in schema.get("properties", {}).items():
            if key not in ("if", "unless", "for", "territory", "starts", "until", "note", "id"):
                walk(inner, lists, f"{words}.{key}", f"{path}.{key}", depth + 1)

    for name, schema in root["properties"].items():
        walk(schema, [], name, name, 0)
    return found


QUESTIONS = {
    "duration": ['{} < "30 days"', 'days({}) + days("1 day") != "5 years"'],
    "cadence": ['{} > "monthly"'],
    "money": ["{} > 5", '{} * 2 == "EUR 7"'],
    "rate": ['{} >= "3%"'],
    "measure": ['{} < "20%"', "{} > 3"],
    "when": ['{} > "2027-01-01"', "{} < term.ends"],
    "date": ['{} > "2027-01-01"'],
    "who": ['"acme" in {}', '{} == "each"'],
}


def test_every_place_of_a_deal_can_be_read_compared_and_printed() -> None:
    deals = [checked(source.parse(path.read_text("utf-8"), path.name))[0] for path in EXAMPLES]
    deals += [
        checked(source.parse(COMPLETE, "complete"))[0],
        checked(source.parse(re.sub(r"(?m)(: |- )(?!.*: )[^\s|>\[{].*$", r"\1open", COMPLETE), "open"))[0],
    ]
    asked = 0
    for lists, words, path, schema in leaves():
        with contextlib.suppress(Fault):  # what is private is not printed
            message = Language().message("{{ " + path + " }}")
            assert all(0 < len(message(Frame(deal))) <= 200 for deal in deals), path
        form = "text" if "enum" in schema else schema.get("x-form", schema.get("type"))
        for question in ["said({})", "{} is open", "not {}", *QUESTIONS.get(str(form), [])]:
            condition = question.format(words)
            for name in reversed(lists):
                condition = f"any({name}, {condition})"
            test = Language().condition(condition)
            for deal in deals:
                assert test(Frame(deal)) in (True, False, None), condition
            asked += 1
    assert asked > 3000


def test_the_first_rule_of_the_page_is_a_rule(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "house-rules.md").read_text("utf-8")
    rule, shown = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    (tmp_path / "exit.yaml").write_text(rule + shown, encoding="utf-8")
    [found] = houserules.load([tmp_path])
    assert examples.tried(found).failures == ()
    readme = (ROOT / "README.md").read_text("utf-8")
    [short] = re.findall(r"```yaml\n(rule:.*?)```", readme, re.DOTALL)
    (tmp_path / "exit.yaml").write_text(short, encoding="utf-8")
    assert houserules.load([tmp_path])[0].slug == found.slug


def test_every_condition_of_the_page_can_be_read() -> None:
    page = (ROOT / "docs" / "house-rules.md").read_text("utf-8").partition("**Comparing.**")[2]
    cells = re.findall(r"`([^`\n]+)`", "".join(re.findall(r"(?m)^\|.*", page)))
    asked = [
        cell
        for cell in cells
        if re.search(r"[=<>(.]| in ", cell) and not re.match(r'days\("90 days"\)|money', cell)
    ]
    assert len(asked) > 22
    for condition in asked:
        ways = [f"any({name}, {condition}{more})" for name in ("exit.rights", "commercial.payments", "exclusivity", "metrics")
                for more in ("", " > 5", ' > "EUR 5"')]  # fmt: skip
        assert any(readable(way) for way in ways), condition


def readable(condition: str) -> bool:
    try:
        return bool(Language().condition(condition))
    except Fault:
        return False


PLACES = [
    "exit", "it", "outer", "it.notice", "it.by", "it.amount", "it.name", "deal.type", "deal.title",
    "exit.rights", "exit.rights.notice", "term.ends", "metrics", "it.target.value", "rationale.success",
    "it.shares", "deal.also", "deal.confidential", "internal", "it.due", "review.every", "it.ground",
    "supply", "commercial.payments.amount", '"90 days"', '"EUR 5"', '"x"', '"2027-01-01"', '"20%"', "5",
    "-3", "1e999", "true", '[it,"x"]', "none", "99999999999999999999",
]  # fmt: skip
LISTS = [
    "exit.rights", "metrics", "parties", "commercial.payments", "commercial.costs", "it.shares", "people",
    "responsibilities",
]  # fmt: skip
SCRAPS = (
    "(", ")", "[", "]", ",", ".", "|", "and", "or", "not", "in", "is", "if", "else", "==", "<", "any(",
    "said(",
)  # fmt: skip


def anything(random: Random, depth: int) -> str:
    """A condition such as nobody would write."""
    pick = random.choice
    if depth == 0 or random.random() < 0.3:
        return pick(PLACES)
    inner = [anything(random, depth - 1) for _ in range(3)]
    return pick(
        [
            f"({inner[0]} {pick(['==', '!=', '<', '<=', '>', '>=', 'in'])} {inner[1]})",
            f"({inner[0]} {pick(['and', 'or', 'not_in', '+', '-', '*', '/', '~']).replace('_', ' ')} {inner[1]})",
            f"(not {inner[0]})",
            f"{pick(['any', 'all', 'count', 'sum'])}({pick(LISTS)}, {inner[0]})",
            f"{pick(['any', 'all', 'count', 'sum'])}({pick(LISTS)}, {inner[0]})",
            f"{pick(['said', 'days', 'money', 'count', 'after'])}({inner[0]})",
            f"({inner[0]} if {inner[1]} else {inner[2]})",
            f'{pick(["mentions", "like"])}({inner[0]}, "a*")',
            " ".join(random.sample([*PLACES, *SCRAPS], 5)),
        ]
    )


def test_whatever_is_asked_is_answered_or_refused() -> None:
    random = Random(4)
    deals = [checked(source.parse(text, "deal.yaml"))[0] for text in (COMPLETE, EXIT)]
    answered = 0
    for _ in range(6000):
        condition = anything(random, 4)
        for ask, given in (("condition", condition), ("message", "{{ " + condition + " }}")):
            try:
                run = getattr(Language(), ask)(given)
            except Fault:
                continue
            for deal in deals:
                found = run(Frame(deal))
                assert isinstance(found, str) if ask == "message" else found in (True, False, None), condition
            answered += 1
    assert answered > 500


# --- mistakes ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", yaml_cases.load("rule-mistakes"), ids=lambda case: case["says"][:60])
def test_a_mistake_is_one_sentence_with_its_place(
    case: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    given = {"wrong_if": block(case["wrong_if"])} if "wrong_if" in case else case.get("rule", {})
    Path("rule.yaml").write_text(case["file"] if "file" in case else text(**given), encoding="utf-8")
    with pytest.raises(TermsheetError) as error:
        houserules.load([Path("rule.yaml")])
    sentence = str(error.value)
    assert case["says"] in sentence
    assert sentence.startswith("rule.yaml")
    assert "\n" not in sentence
    assert error.value.help
    assert error.value.exit_code == 2
    assert error.value.line or case.get("file") == ""


def test_two_rules_of_one_name(tmp_path: Path) -> None:
    one, other = tmp_path / "a.yaml", tmp_path / "b.yml"
    one.write_text(text())
    other.write_text(text())
    with pytest.raises(TermsheetError, match=r"b\.yml:1: the rule `house-x` stands in .*a\.yaml:1 already"):
        houserules.load([tmp_path])
    assert len(houserules.load([one, tmp_path / "." / "a.yaml"])) == 1


def test_a_folder_gives_every_rule_below_it_and_a_folder_without_rules_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a" / ".hidden").mkdir(parents=True)
    (tmp_path / "a" / "one.yaml").write_text("- " + text().replace("\n", "\n  "))
    (tmp_path / "a" / ".hidden" / "two.yaml").write_text("not a rule")
    (tmp_path / "three.yml").write_bytes(
        b"\xef\xbb\xbf" + text(rule="house-y").replace("\n", "\r\n").encode()
    )
    assert [rule.slug for rule in houserules.load([tmp_path])] == ["house-x", "house-y"]
    (tmp_path / "empty").mkdir()
    with pytest.raises(TermsheetError, match="holds no house rule; a house rule is a YAML file in it"):
        houserules.load([tmp_path / "empty"])
    with pytest.raises(TermsheetError, match=r"nope\.yaml: there is no such file"):
        houserules.load([tmp_path / "nope.yaml"])


def test_the_schema_of_rules_knows_the_types_of_deals() -> None:
    schema = json.loads((ROOT / "schemas" / "rule.schema.json").read_text("utf-8"))["$defs"]["types"]
    kinds = deal_schema()["$defs"]["deal"]["properties"]["type"]["enum"]
    assert schema["items"]["enum"] == kinds
    assert list(schema["properties"]) == kinds


# --- what cannot be reached, and what is cut off ----------------------------------------------------------

ATTACKS = [
    '"".__class__',
    '"".__class__.__mro__[1].__subclasses__()',
    "exit.__class__",
    'exit["__class__"]',
    'exit|attr("__class__")',
    'any(exit.rights, it["__class__"])',
    "any(exit.rights, it.__class__.__init__.__globals__)",
    "any.__globals__",
    "said.__self__",
    '"{0.__class__}".format(exit)',
    '"%s" % exit',
    'exit|format("x")',
    "self._TemplateReference__context",
    "cycler.__init__.__globals__.os",
    "lipsum.__globals__",
    "namespace()",
    "config",
    "request",
    "range(3)",
    "dict(a=1)",
    'joiner("x")',
    "deal.title.upper()",
    "deal.title.format",
    'open("/etc/passwd")',
    '__import__("os")',
    'exit|map("attr", "x")',
    "exit()",
    "[exit][0]",
    '{"a": exit}',
    "(exit)()",
    "exit.rights.__len__()",
    '"a" * 1000000000 == deal.title',
    "[exit] * 1000000000",
    "2 ** 9999999999 > count(parties)",
    "count(parties) ** count(parties) > 1",
    "count(parties) % 2 == 1",
    "count(parties) // 2 == 1",
    "count(range(1000000000)) > 1",
    'deal.title|replace("a", "b")',
    'deal.title is matching("(a+)+$")',
    "like(deal.title, deal.title)",
    "mentions(deal.title, deal.title)",
    "(" * 900 + "exit" + ")" * 900,
    "not " * 450 + "exit",
    "-" * 1900 + "1 < count(parties)",
    "exit" + ".a" * 900,
    "exit" + " and exit" * 200,
    "exit or " * 5000 + "exit",
    "[" * 500 + "]" * 500,
    "any(exit.rights, " * 70 + "it" + ")" * 70,
    "1" + "+1" * 900 + " == count(parties)",
    '"' + "a" * 1_000_000 + '" == deal.title',
    "9" * 5000 + " == count(parties)",
]


@pytest.mark.parametrize("condition", ATTACKS, ids=lambda condition: condition[:40])
def test_what_is_not_there_cannot_be_reached(made: Any, condition: str) -> None:
    start = time.perf_counter()
    with pytest.raises(TermsheetError) as error:
        made(wrong_if=block(condition))
    assert str(error.value).count("\n") == 0
    assert len(str(error.value)) < 600
    with pytest.raises(TermsheetError):
        made(message=block("x {{ " + condition + " }}"))
    assert time.perf_counter() - start < 2


def many(number: int) -> str:
    """A deal with many metrics."""
    entries = "".join(
        f"  - {{name: Metric {order} aaaa, target: {{value: {order}, by: {order} days after signature}}}}\n"
        for order in range(number)
    )
    return "deal: {title: T, type: pilot}\nmetrics:\n" + entries


ENDLESS = [
    'any(metrics, any(metrics, any(metrics, it.name == "b")))',
    'all(metrics, count(metrics, count(metrics, it.name == "b") > 5) == 0)',
    "any(metrics, any(metrics, any(metrics, said(it.name) and not said(outer.name))))",
    "any(metrics, any(metrics, it.target.by > outer.target.by and it.target.by < outer.target.by))",
    'any(metrics, any(metrics.name, like(it, "*a*a*a*a*b")))',
    'any(metrics, any(metrics, mentions(it.name, "a a", "aaaaa", "aaaaaa")))',
    'any(metrics, any(metrics, "b" in metrics.name))',
    'any(metrics, any(metrics, it.name in ["a", "b", "c", "d", "e", "f"]))',
    "any(metrics, sum(metrics, count(metrics)) < 0)",
]


@pytest.mark.parametrize("condition", ENDLESS)
def test_what_does_not_end_is_cut_off(made: Any, condition: str) -> None:
    rule = made(wrong_if=block(condition))
    start = time.perf_counter()
    report = linted(many(1500), rule)
    assert time.perf_counter() - start < 10  # about one second; a machine may be slow
    [crash] = report.crashed
    assert "rule.yaml:1: the rule `house-x` was cut off after 1,000,000 steps; nest fewer any(…)" in crash
    assert "deal.yaml" in crash


@pytest.mark.parametrize(
    "condition",
    [
        'mentions(scope.summary, "a a a a a a a a a a a a a a a a a a a a a a a a b")',
        'like(scope.summary, "*a*a*a*a*a*a*a*a*b")',
        'like(scope.summary, "' + "*a" * 500 + '")',
        'any(scope.in, scope.summary == "x")',
        'any(scope.in, it == "x" or "ab" in scope.summary or scope.summary != scope.summary)',
    ],
    ids=lambda condition: condition[:40],
)
def test_a_long_text_takes_no_longer_than_a_long_list(made: Any, condition: str) -> None:
    deal = (
        "deal: {title: T, type: pilot}\nscope:\n  summary: "
        + "a " * 1_500_000
        + "\n  in:\n"
        + "    - b\n" * 2000
    )
    read = source.parse(deal, "deal.yaml")
    rule = made(wrong_if=block(condition))
    normal, _ = checked(read)
    start = time.perf_counter()
    with pytest.raises(TermsheetError, match="was cut off after"):
        [*rule.judge(normal)]
    assert time.perf_counter() - start < 10


def test_the_budget_is_one_for_all_entries_of_each(made: Any) -> None:
    rule = made(each="metrics", wrong_if=block('any(metrics, it.name == "b")'))
    assert "was cut off" in linted(many(1500), rule).crashed[0]
    assert linted(many(200), rule).crashed == ()


def test_steps_are_the_same_on_every_machine() -> None:
    deal, _ = checked(source.parse(many(50), "deal.yaml"))
    test = Language().condition('any(metrics, any(metrics, it.name == "b"))')
    frames = [Frame(deal), Frame(deal)]
    for frame in frames:
        test(frame)
    assert frames[0].left == frames[1].left < STEPS
    exact = Frame(deal, STEPS - frames[0].left)
    assert test(exact) is False
    with pytest.raises(TooLong):
        test(Frame(deal, STEPS - frames[0].left - 1))


def test_a_rule_that_is_cut_off_does_not_stop_the_others(run_cli: Any, tmp_path: Path) -> None:
    (tmp_path / "rule.yaml").write_text(text(wrong_if=block(ENDLESS[0])))
    (tmp_path / "deal.yaml").write_text(many(1500))
    code, out, _ = run_cli("lint", "--rules", str(tmp_path / "rule.yaml"), str(tmp_path / "deal.yaml"))
    assert code == 2
    assert "error: " + str(tmp_path / "rule.yaml") + ":1: the rule `house-x` was cut off" in out
    assert "error[scope-missing]" in out


# --- what a finding is ------------------------------------------------------------------------------------

EXIT = """\
deal: {title: T, type: licensing, currency: EUR}
parties:
  - {id: acme, name: Acme Devices, short: Acme}
  - {id: bora, name: Bora}
people:
  - {id: jane, name: Jane Doe, party: acme}
work_plan:
  phases:
    - name: Build
      end: 2027-06-30
      milestones:
        - {name: Alpha, due: 2027-05-01}
        - {name: Beta, due: 2027-08-01}
exit:
  rights:
    - {by: acme, ground: convenience, notice: 30 days}
    - {by: bora, ground: convenience, notice: open}
    - {by: [acme, bora], ground: breach, notice: 5 days}
"""


def test_a_finding_names_entry_line_and_value(made: Any) -> None:
    rule = made(
        each="exit.rights",
        wrong_if=block('it.ground == "convenience" and it.notice < "90 days"'),
        message=block("{{ it.by }} may leave on {{ it.notice }}"),
    )
    [finding] = linted(EXIT, rule).findings
    assert (finding.path, finding.line) == ("exit.rights[convenience-acme].notice", 16)
    assert finding.message == "Acme may leave on 30 days"
    assert finding.help == "write one"
    assert (finding.severity, finding.rule, finding.since) == ("error", "house-x", "term-sheet")


@pytest.mark.parametrize(
    ("keys", "path"),
    [
        ({}, "exit.transition"),
        ({"path": "exit"}, "exit"),
        ({"wrong_if": "any(exit.rights, it.notice < \"90 days\")"}, "exit.rights"),
        ({"wrong_if": '"breach" in exit.rights.ground'}, "exit.rights"),
        ({"wrong_if": "not ip and count(parties) == 2"}, "parties"),
        ({"each": "exit.rights", "wrong_if": 'it.notice < "9 days" and exit'}, "exit.rights[breach-acme-bora].notice"),
        ({"each": "exit.rights", "wrong_if": 'it.notice < "9 days"', "path": "it"}, "exit.rights[breach-acme-bora]"),
        ({"each": "exit.rights", "wrong_if": 'any(parties, outer.notice < "9 days")'}, "exit.rights[breach-acme-bora].notice"),
        ({"each": "work_plan.phases.milestones", "wrong_if": "it.due > outer.end"}, "work_plan.phases[build].milestones[beta].due"),
        ({"each": "parties", "wrong_if": "not any(people, it.party == outer.id)", "path": "people"}, "people"),
    ],
)  # fmt: skip
def test_where_a_finding_points(made: Any, keys: dict[str, str], path: str) -> None:
    keys = {"wrong_if": 'not said("exit.transition")', **keys}
    rule = made(**(keys | {"wrong_if": block(keys["wrong_if"])}))
    assert [finding.path for finding in linted(EXIT, rule).findings] == [path]


@pytest.mark.parametrize(
    ("message", "printed"),
    [
        (
            "{{ exit.rights }}",
            "convenience, convenience and breach",
        ),
        ("{{ parties }}", "Acme Devices and Bora"),
        ("{{ exit.rights.notice }}", "30 days, open and 5 days"),
        ("{{ people.party }}", "Acme"),
        ("{{ deal.type }} {{ deal.title }}", "licensing T"),
        ("{{ deal.version }}|{{ deal.id }}", "nothing|nothing"),
        ("{{ count(parties) }} parties", "2 parties"),
        ('{{ money("EUR 1234567.5") * 2 }}', "EUR 2,469,135"),
        ("{{ deal.confidential }}", "nothing"),
        ('{{ "one" if count(parties) == 1 else "many" }}', "many"),
        ('{{ "a" ~ deal.title }}', "aT"),
        ("{{ '{{ exit }}' }}", "{{ exit }}"),
        ("plain", "plain"),
    ],
)
def test_what_a_message_prints(made: Any, message: str, printed: str) -> None:
    rule = made(wrong_if="count(parties) == 2", message=block(message))
    assert [finding.message for finding in linted(EXIT, rule).findings] == [printed]


@pytest.mark.parametrize(
    ("title", "printed"),
    [
        ("{{ exit.__class__ }}", "{{ exit.__class__ }}"),
        ("a\\e[31mred\\x07", "a [31mred"),
        ("two\\nlines", "two lines"),
        ("Zürich – ‮abc", "Zürich – abc"),
        ("x" * 5000, "x" * 39 + "…"),
    ],
)
def test_a_value_is_only_words(made: Any, title: str, printed: str) -> None:
    rule = made(wrong_if=block("said(deal.title)"), message=block("{{ deal.title }}"))
    report = linted(f'deal: {{title: "{title}", type: pilot}}\n', rule)
    assert [finding.message for finding in report.findings if finding.rule == "house-x"] == [printed]


def test_a_message_has_an_end(made: Any) -> None:
    rule = made(wrong_if=block("said(deal.title)"), message=block("{{ deal.title }} " * 40))
    [finding] = linted(f"deal: {{title: '{'word ' * 200}', type: pilot}}\n", rule).findings
    assert len(finding.message) <= 200


def test_types_as_a_list_and_as_a_map(made: Any) -> None:
    deal = "deal: {title: T, type: TYPE}\n"
    only = made(types="[licensing, pilot]")
    graded = made(types="{licensing: note, pilot: off}")
    for kind, found, grade in [
        ("licensing", ["error"], ["note"]),
        ("pilot", ["error"], []),
        ("referral", [], ["error"]),
    ]:
        assert [finding.severity for finding in linted(deal.replace("TYPE", kind), only).findings] == found
        assert [finding.severity for finding in linted(deal.replace("TYPE", kind), graded).findings] == grade
    assert linted("deal: {title: T}\n", only).findings == ()
    assert only.severity_for(["referral"]) == "off"


def test_needs_and_since(made: Any) -> None:
    rule = made(wrong_if=block("not said(exit.transition)"), needs="[exit]", since="signature")
    assert linted("deal: {title: T, type: pilot}\n", rule, stage="signature").findings == ()
    assert linted(EXIT, rule).findings == ()
    assert len(linted(EXIT, rule).later) == 1
    assert len(linted(EXIT, rule, stage="signature").findings) == 1


def test_a_stub_is_pasted_where_something_is_missing(made: Any) -> None:
    stub = "|\n  wind_down:\n    length: open\n"
    rule = made(wrong_if=block("not said(exit.wind_down)"), stub=stub)
    [finding] = linted(EXIT, rule).findings
    assert [(paste.under, paste.yaml) for paste in finding.pastes] == [("exit", "wind_down:\n  length: open")]
    short = made(wrong_if=block("exit.wind_down.length"), path="exit.wind_down", stub=stub)
    [finding] = linted(EXIT + "  wind_down: {length: 5 days}\n", short).findings
    assert finding.pastes == ()


def test_a_house_rule_is_waived_like_any_other(made: Any) -> None:
    waiver = "waivers: [{rule: house-x, path: exit.transition, reason: agreed by the board}]\n"
    rule = made(wrong_if=block("not said(exit.transition)"))
    [finding] = linted(EXIT + waiver, rule).findings
    assert finding.waived == "agreed by the board"


def test_what_is_malformed_is_told_once(made: Any) -> None:
    rule = made(each="exit.rights", wrong_if=block('not said(it.notice) or it.notice < "9 days"'))
    found = linted(EXIT.replace("notice: 30 days", "notice: soon"), rule).findings
    assert [finding.rule for finding in found] == ["schema-value-form", "house-x"]


# --- the commands -----------------------------------------------------------------------------------------


def test_the_rules_that_are_shipped_pass(run_cli: Any) -> None:
    code, out, _ = run_cli("rules", "test", str(SHIPPED))
    assert code == 0, out
    assert out.endswith("3 rules, 9 examples: all as they should be\n")


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        ({"wrong_if": "not said(exit.wind_down)", "stub": "wind_down: {length: open}"}, ""),
        ({"wrong_if": "not said(exit.wind_down)", "stub": "wind_down: {lenght: open}"}, "`lenght` is not a key of `exit.wind_down`"),
        ({"each": "exit.rights", "wrong_if": "not said(it.notice)", "stub": "notice: 90 days"}, ""),
        ({"each": "exit.rights", "wrong_if": "not said(it.notice)", "stub": "notice: 90 dayz"}, "`90 dayz` has no unit of time"),
        ({"wrong_if": "count(exit.survives) == 0", "path": "exit.survives", "stub": "- {what: open}"}, ""),
        ({"wrong_if": "count(exit.survives) == 0", "path": "exit.survives", "stub": "- {wat: open}"}, "`wat` is not a key of an entry"),
    ],
)  # fmt: skip
def test_a_stub_fits_where_it_is_pasted(made: Any, keys: dict[str, str], line: str) -> None:
    bad = block("exit: {rights: [{by: each, ground: breach}]}")
    good = block(
        "exit: {rights: [{by: each, ground: breach, notice: 5 days}], wind_down: open, survives: open}"
    )
    rule = made(**{key: block(value) for key, value in keys.items()}, bad=bad, good=good)
    failures = examples.tried(rule).failures
    assert len(failures) == bool(line)
    assert not line or failures[0].startswith(f"bad example: the stub is not well formed: {line}")


FAILING = [
    ({"bad": "exit: {}"}, "there is no good example"),
    ({"good": "exit: {}"}, "there is no bad example"),
    ({"bad": "exit: open", "good": "exit: open"}, "bad example: nothing is found, because nothing can be told of `exit`: it is missing, or `open`"),
    ({"bad": "exit: {wind_down: {length: 5 days}}", "good": "exit: open"}, "bad example: nothing is found, because the condition is false"),
    ({"bad": "ip: open", "good": "ip: open"}, "good example: `exit` is found: the deal has no exit"),
    ({"bad": "ip: open", "good": "exit: {rigths: []}"}, "good example: line 1: `rigths` is not a key of `exit`; did you mean `rights`?"),
    ({"bad": "exit: {", "good": "exit: open"}, "bad example: line 1: "),
    ({"bad": "ip: open", "good": "exit: open", "needs": "[ip]"}, "bad example: nothing is found, because the rule needs `ip`"),
    ({"bad": "deal: {title: T, type: pilot}", "good": "exit: open", "types": "[licensing]"}, "bad example: nothing is found, because the rule is not for a deal of type pilot"),
    ({"bad": "ip: open", "good": "exit: open", "each": "exit.rights", "wrong_if": "it"}, "bad example: nothing is found, because the list of `each` has no entry"),
    ({"bad": "exit: {wind_down: {length: 3 months}}", "good": "exit: open", "wrong_if": 'exit.wind_down.length < "90 days"'}, "bad example: nothing is found, because two values cannot be put in order for certain"),
]  # fmt: skip


@pytest.mark.parametrize(("keys", "line"), FAILING, ids=[case[1][:60] for case in FAILING])
def test_an_example_that_is_not_as_it_should_be(
    run_cli: Any, tmp_path: Path, keys: dict[str, str], line: str
) -> None:
    keys = {key: value if key in ("needs", "types") else block(value) for key, value in keys.items()}
    (tmp_path / "rule.yaml").write_text(text(**keys), encoding="utf-8")
    code, out, _ = run_cli("rules", "test", str(tmp_path))
    assert code == 1
    assert f"FAIL  house-x  {tmp_path / 'rule.yaml'}:1\n" in out
    assert f"      {line}" in out
    assert out.endswith("1 failed\n")


def test_rules_test_cannot_do_its_work(run_cli: Any, tmp_path: Path) -> None:
    code, _, err = run_cli("rules", "test")
    assert code == 2
    assert "no house rule is named; name a file or a folder" in err
    (tmp_path / "rule.yaml").write_text(text(wrong_if="exit.x"))
    code, _, err = run_cli("rules", "test", str(tmp_path / "rule.yaml"))
    assert code == 2
    assert "rule.yaml:3:11: `exit` has no key `x`" in err
    endless = text(wrong_if=block(ENDLESS[0]), good="open", bad="|\n  " + many(1500).replace("\n", "\n  "))
    (tmp_path / "rule.yaml").write_text(endless)
    code, out, _ = run_cli("rules", "test", str(tmp_path / "rule.yaml"))
    assert code == 2
    assert "was cut off" in out


def test_rules_is_still_the_list(run_cli: Any) -> None:
    code, out, _ = run_cli("rules")
    assert code == 0
    assert out.endswith(f"{len(RULES)} rules\n")
    code, out, _ = run_cli("rules", "--area", "exit", "--rules", str(SHIPPED))
    assert code == 0
    assert "exit-short-notice" in out
    assert "notice of … is shorter than the 90 days that operations need (house rule)" in out
    code, out, _ = run_cli("rules", "--rules", str(SHIPPED), "--format", "json")
    assert {"rule", "area", "severity", "page"} <= set(json.loads(out)[-1])
    code, out, _ = run_cli("rules", "--rules", str(SHIPPED), "test")
    assert code == 0
    assert run_cli("rules", "tset")[0] == 2


def test_explain_shows_the_page(run_cli: Any) -> None:
    code, out, _ = run_cli("explain", "exit-short-notice", "--rules", str(SHIPPED))
    assert code == 0
    for part in (
        "error, note for pilot",
        "## Why",
        "## Bad\n```yaml\nexit:",
        "## Good",
        "## When to waive",
        "legal.yaml:",
    ):
        assert part in out
    assert run_cli("explain", "exit-short-notice")[0] == 2


def test_lint_runs_them_like_its_own(run_cli: Any, tmp_path: Path) -> None:
    deal = str(EXAMPLES[-1])
    code, out, _ = run_cli("lint", "--rules", str(SHIPPED), deal)
    assert code == 1
    assert (
        "warning[legal-law-not-on-list]: the law of the State of Colorado is not on our list of laws" in out
    )
    assert f"{len(RULES) + 3} rules on 1 deal" in out
    (tmp_path / "rule.yaml").write_text(text(rule="Bad Name"))
    code, out, err = run_cli("lint", "--rules", str(tmp_path / "rule.yaml"), deal)
    assert (code, out) == (2, "")
    assert err.startswith("termsheet: ")
    assert "`Bad Name` cannot name a rule" in err


def test_jinja_is_imported_only_with_a_house_rule() -> None:
    deal = str(EXAMPLES[0])
    assert "jinja2" not in _foreign(_imported("lint", deal))
    run = subprocess.run(
        [sys.executable, "-m", "termsheet", "lint", "--rules", str(SHIPPED), deal],
        capture_output=True,
        cwd=ROOT,
    )
    assert run.returncode in (0, 1)
    assert {"jinja2"} < _foreign_with_rules(deal)


def _foreign_with_rules(deal: str) -> set[str]:
    found = _imported("lint", "--rules", str(SHIPPED), deal)
    assert not {"termsheet.library", "termsheet.assemble", "docx", "jsonschema"} & found
    return _foreign(found)
