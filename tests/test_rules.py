"""The rules: their pages are executed, their cases are data, and what they tell to paste can be pasted."""

from __future__ import annotations

import re
from datetime import date
from inspect import cleandoc
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml_cases
from ruamel.yaml import YAML

from termsheet import data, source
from termsheet.deal import STAGES
from termsheet.finding import SEVERITIES, Finding
from termsheet.immutable import replace
from termsheet.lint import lint_source
from termsheet.rules import AREAS, RULES
from termsheet.rules.rule import Rule
from termsheet.schema import deal_schema
from termsheet.stubs import Paste, stub
from termsheet.wellformed import checked

HERE = Path(__file__).parent / "rules"
COMPLETE = (HERE / "deals" / "complete.deal.yaml").read_text(encoding="utf-8")
BY_SLUG = {rule.slug: rule for rule in RULES}
TYPES: list[str] = deal_schema()["$defs"]["deal"]["properties"]["type"]["enum"]
AS_OF = date(2027, 1, 15)  # the day on which every deal here is judged
SIX_AREAS = ("scope", "responsibilities", "metrics", "review", "ip", "exit")

DEAL = "deal:\n  title: An example\n"
PARTIES = """\
parties:
  - id: acme
    name: Acme Devices GmbH
    form: a limited liability company
    jurisdiction: Germany
  - id: borealis
    name: Borealis Health Ltd
    form: a private limited company
    jurisdiction: Ireland
"""

each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.slug)


# --- the pages --------------------------------------------------------------------------------------------


class Page(NamedTuple):
    """A rule's page, taken apart."""

    first: str
    headings: list[str]
    bad: str
    good: str


def page(rule: Rule) -> Page:
    """The first line, the headings, and both examples."""
    text = cleandoc(rule.page)
    examples = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    assert len(examples) == 2, f"{rule.slug} has {len(examples)} examples"
    return Page(text.splitlines()[0], re.findall(r"^## (.+)$", text, re.MULTILINE), *examples)


def whole(example: str) -> str:
    """An example as a deal of its own: with a title, and with parties where it names none."""
    return (example if re.search("^deal:", example, re.MULTILINE) else DEAL + example) + (
        "" if re.search("^parties:", example, re.MULTILINE) else PARTIES
    )


def findings(text: str, *rules: Rule, stage: str | None = None, as_of: date | None = None) -> list[Finding]:
    """What the rules find in a deal; what is malformed in it is among that."""
    report = lint_source(
        source.parse(text, "test.deal.yaml"), rules or RULES, stage=stage, as_of=as_of or AS_OF
    )
    assert not report.crashed
    return [*report.findings]


def grave(text: str, **options: Any) -> list[Finding]:
    """The findings that are not notes."""
    return [finding for finding in findings(text, **options) if finding.severity != "note"]


def errors(text: str, *, alone: bool) -> list[Finding]:
    """The errors of a deal, without what one would paste, in which each leans on the finding before it."""
    report = lint_source(
        source.parse(text, "test.deal.yaml"), RULES, stage="signature", as_of=AS_OF, errors_only=alone
    )
    return [replace(finding, pastes=()) for finding in report.findings if finding.severity == "error"]


@each_rule
def test_errors_alone_are_those_of_the_whole_report(rule: Rule) -> None:
    text = whole(page(rule).bad)
    assert errors(text, alone=True) == errors(text, alone=False)
    told = findings(text, stage="signature")
    waived = text + "waivers:\n" + "".join(
        f"  - rule: {finding.rule}\n    path: {finding.path}\n    reason: it is meant so\n"
        for finding in told if finding.path and not finding.rule.startswith("schema-")
    ) + "  - rule: nobody-knows\n    path: deal\n    reason: it is meant so\n"  # fmt: skip
    assert errors(waived, alone=True) == errors(waived, alone=False)
    assert any(finding.waived for finding in errors(waived, alone=True)) == any(
        finding.severity == "error" for finding in told
    )


@each_rule
def test_page_has_every_section(rule: Rule) -> None:
    assert page(rule).headings == ["Why", "Bad", "Good", "When to waive"]
    assert page(rule).first.endswith(".")
    assert "##" not in page(rule).first


@each_rule
def test_bad_example_is_found(rule: Rule) -> None:
    found = findings(whole(page(rule).bad), rule, stage=rule.since)
    assert {finding.rule for finding in found} == {rule.slug}


@each_rule
def test_good_example_is_clean(rule: Rule) -> None:
    assert findings(whole(page(rule).good), rule, stage=rule.since) == []


@each_rule
def test_message_states_the_defect_in_one_short_line(rule: Rule) -> None:
    for finding in findings(whole(page(rule).bad), rule, stage=rule.since):
        words = finding.message
        assert len(words) <= 90
        assert "\n" not in words
        assert words[0] in '`"' or words[0].islower() or words.startswith(("Acme", "Borealis"))
        assert not re.search(r"\[\d+\]|\.$", words)
        assert "\n" not in finding.help


@each_rule
def test_remedy_of_a_bad_example_can_be_pasted(rule: Rule) -> None:
    text = whole(page(rule).bad)
    for _ in range(3):
        found = [finding for finding in findings(text, rule, stage=rule.since) if finding.pastes]
        for finding in found[:1]:
            for paste in finding.pastes:
                text = pasted(text, paste)
    assert not [
        finding
        for finding in findings(text, rule, stage=rule.since)
        if finding.pastes or finding.rule != rule.slug
    ]


# --- the declarations -------------------------------------------------------------------------------------


def test_slugs_are_unique() -> None:
    assert len(BY_SLUG) == len(RULES)


@each_rule
def test_declaration_is_well_formed(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)+", rule.slug)
    assert rule.since in STAGES
    assert {rule.severity, *rule.types.values()} <= {*SEVERITIES, "off"}
    assert set(rule.types) <= set(TYPES)
    assert rule.help
    assert "\n" not in rule.help
    assert not rule.help.endswith(".")


def test_area_is_the_module() -> None:
    for area in AREAS:
        for item in vars(area).values():
            if isinstance(item, Rule):
                assert item.area == area.__name__.rpartition(".")[2]


def test_referral_and_reseller_share_a_column() -> None:
    apart = {  # who resells has stock and customers of its own
        "responsibilities-no-customer-support",
        "supply-missing",
        "scope-no-exclusions",
        "data-no-model-training",
        "legal-no-publicity",
        "legal-assignment-one-sided",
        "exit-no-wind-down",
        "exit-no-change-of-control",
    }
    for rule in RULES:
        if rule.slug not in apart:
            assert rule.severity_for(["referral"]) == rule.severity_for(["reseller"]), rule.slug


@pytest.mark.parametrize("row", yaml_cases.load("severity"), ids=lambda row: row["rules"][0])
def test_severity_by_type_is_as_decided(row: dict[str, Any]) -> None:
    words = {"E": "error", "W": "warning", "n": "note", "-": "off"}
    kinds = [kind for kind in TYPES if kind != "reseller"]
    for slug in row["rules"]:
        found = [BY_SLUG[slug].severity_for([kind]) for kind in kinds]
        assert found == [words[letter] for letter in row["by_type"].split()], slug


# --- cases ------------------------------------------------------------------------------------------------


def cases() -> list[Any]:
    """Every case of `rules/<slug>.yaml`: a deal, where the rule finds something in it, and how grave that is."""
    found = []
    for file in sorted(HERE.glob("*.yaml")):
        for case in YAML(typ="safe").load(file):
            found.append(pytest.param(file.stem, case, id=f"{file.stem}: {case['case']}"))
    return found


@pytest.mark.parametrize(("slug", "case"), cases())
def test_case(slug: str, case: dict[str, Any]) -> None:
    text, rule = whole(case["deal"]), BY_SLUG[slug]
    stage = None if "\n  stage:" in text else rule.since
    as_of = case.get("as_of")
    found = findings(text, rule, *(BY_SLUG[better] for better in rule.yields), stage=stage, as_of=as_of)
    found = [finding for finding in found if finding.rule not in rule.yields]
    assert [(finding.rule, finding.path) for finding in found] == [(slug, path) for path in case["finds"]]
    assert [finding.message for finding in found if len(finding.message) > 90] == []
    if "severity" in case:
        assert {finding.severity for finding in found} == {case["severity"]}


def test_business_days_are_compared_where_the_holidays_are_known() -> None:
    text = (
        "papers:\n  - title: Data terms\n    status: to-be-signed\n    due: 5 business days after effective\n"
    )
    read = source.parse(whole(text + "term:\n  effective: 2026-12-22\n"), "test.deal.yaml")
    rule, christmas = BY_SLUG["dates-paper-overdue"], frozenset({date(2026, 12, 25)})
    for as_of, holidays, found in (
        (date(2026, 12, 30), None, 0),
        (date(2026, 12, 30), frozenset(), 1),
        (date(2026, 12, 30), christmas, 0),
        (date(2026, 12, 31), christmas, 1),
    ):
        report = lint_source(read, [rule], stage="signature", as_of=as_of, holidays=holidays)
        assert len(report.findings) == found


# --- one cause, one finding -------------------------------------------------------------------------------


def section(name: str) -> re.Pattern[str]:
    return re.compile(rf"^{name}:.*\n(?:[ #].*\n)*", re.MULTILINE)


def test_complete_deal_is_clean_at_every_stage() -> None:
    assert [f"{finding.rule} {finding.path}" for finding in findings(COMPLETE)] == []


SECTIONS = [
    *("rationale", "objectives", "scope", "contributions", "responsibilities", "work_plan", "resources"),
    *(
        "governance",
        "communication",
        "metrics",
        "review",
        "pilot",
        "commercial",
        "ip",
        "exclusivity",
        "legal",
        "disputes",
    ),
    *("force_majeure", "term", "exit", "process", "costs_of_paper", "signoff", "risks", "warranties"),
]


@pytest.mark.parametrize("name", SECTIONS)
@pytest.mark.parametrize("instead", ["", "{}:\n", "{}: {{}}\n", "{}: oops\n"])
def test_one_absent_section_is_one_finding(name: str, instead: str) -> None:
    text = section(name).sub(instead.format(name), COMPLETE)
    assert text != COMPLETE
    found = findings(text)
    assert len(found) == 1, [finding.message for finding in found]
    if instead != "{}: oops\n" and instead != "{}: {{}}\n":
        assert found[0].pastes
        mended = text
        for paste in found[0].pastes:
            mended = pasted(mended, paste)
        assert grave(mended, stage="term-sheet") == []


@pytest.mark.parametrize(
    "name", [name for name in SECTIONS if name not in ("process", "signoff", "rationale")]
)
@pytest.mark.parametrize("word", ["open", "none", "withheld"])
def test_a_point_says_enough(name: str, word: str) -> None:
    text = section(name).sub(f"{name}: {word}\n", COMPLETE)
    assert [finding.rule for finding in grave(text, stage="term-sheet")] == []


def test_what_two_rules_bring_is_written_once() -> None:
    text = DEAL + PARTIES + "governance:\n  change_control:\n    by: all\n"
    found = findings(text, *(BY_SLUG[f"governance-no-{role}"] for role in ("manager", "sponsor")))
    assert [[paste.under for paste in finding.pastes] for finding in found] == [
        ["governance", ""],
        ["governance", "people"],
    ]
    for finding in found:
        for paste in finding.pastes:
            text = pasted(text, paste)
    left = {finding.rule for finding in grave(text)}
    assert not [slug for slug in left if slug.startswith(("schema-", "governance-"))]


def test_every_stub_of_the_page_is_well_formed() -> None:
    page = (data.folder("templates") / "stubs.yaml").read_text("utf-8")
    sections = re.findall(r"^([a-z_]+):", page, re.MULTILINE)
    text = "\n".join(stub(key, ["acme", "borealis", "corvus"]) for key in sections)
    assert "{" not in text
    assert [finding.rule for finding in findings(text) if finding.rule.startswith("schema-")] == []


@pytest.mark.parametrize(("stage", "slug"), [(None, "deal"), ("signature", "signature")])
def test_an_open_point_is_told_once_at_the_stage_that_is_asked_for(stage: str | None, slug: str) -> None:
    found = findings(DEAL + PARTIES + "term: open\n", stage=stage)
    assert [finding.rule for finding in found if finding.path == "term"] == [f"{slug}-open-point"]


def test_a_person_who_is_not_declared_is_told_once() -> None:
    text = COMPLETE.replace("    - person: brian\n", "    - person: brain\n")
    assert [finding.rule for finding in findings(text)] == ["schema-unknown-id"]


# --- from nothing to a term sheet -------------------------------------------------------------------------


def pasted(text: str, paste: Paste) -> str:
    """The deal with a stub pasted in, as a person would do it by hand."""
    if not paste.under:
        return text.rstrip("\n") + "\n" + paste.yaml + "\n"
    parsed = source.parse(text, "test.deal.yaml")
    route = checked(parsed)[0].route_of(paste.under)
    lines = text.splitlines()
    if paste.instead:
        at = parsed.position(parsed.marks[route].key.start)  # type: ignore[union-attr]
        rest = paste.yaml.splitlines()
        return (
            "\n".join([*lines[: at[0] - 1], *(" " * (at[1] - 1) + line for line in rest), *lines[at[0] :]])
            + "\n"
        )
    value: Any = parsed.data
    for key in route:
        value = value[key]
    if isinstance(value, list):
        start = parsed.marks[(*route, 0)].value.start
        start = text.rindex("-", 0, start)
    else:
        start = parsed.marks[(*route, next(iter(value)))].key.start  # type: ignore[union-attr]
    depth = parsed.position(start)[1] - 1
    last = parsed.position(parsed.marks[route].value.end)[0]
    inserted = [" " * depth + line for line in paste.yaml.splitlines()]
    return "\n".join([*lines[:last], *inserted, *lines[last:]]) + "\n"


@pytest.mark.parametrize("kind", TYPES)
def test_from_two_lines_to_a_term_sheet_by_pasting(kind: str) -> None:
    text = f"deal:\n  title: Clinic monitoring\n  type: {kind}\n"
    first = grave(text)
    for area in SIX_AREAS:
        assert any(finding.pastes for finding in first if finding.rule.startswith(f"{area}-")), area
    for _ in range(4):
        for finding in grave(text):
            assert finding.pastes, finding
            for paste in finding.pastes:
                text = pasted(text, paste)
    assert [(finding.rule, finding.path, finding.message) for finding in grave(text)] == []
