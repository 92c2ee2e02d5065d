"""The pages: each slug has one, the examples of those without a rule are executed, and the docs are up to date."""

from __future__ import annotations

import re

import pytest
from conftest import ROOT
from test_rules import whole

from termsheet import pages, source
from termsheet.lint import lint_source
from termsheet.rules import RULES
from termsheet.schema.messages import SLUGS

OTHERS = sorted(pages.others())


def test_every_slug_that_can_be_found_has_a_page() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "termsheet").rglob("*.py"))
    used = set(re.findall(r'"((?:schema|waiver)-[a-z]+(?:-[a-z]+)*)"', code)) | set(SLUGS.values())
    assert used == set(OTHERS)


@pytest.mark.parametrize("slug", OTHERS)
def test_examples_of_a_page_without_a_rule(slug: str) -> None:
    bad, good = re.findall(r"```yaml\n(.*?)```", pages.others()[slug], re.DOTALL)
    found = {finding.rule for finding in lint_source(source.parse(whole(bad), "bad"), RULES).findings}
    assert slug in found
    found = {finding.rule for finding in lint_source(source.parse(whole(good), "good"), RULES).findings}
    assert slug not in found


@pytest.mark.parametrize("slug", OTHERS)
def test_a_page_without_a_rule_is_shown(slug: str) -> None:
    assert pages.page(slug, RULES).startswith(slug + "\n=")


def test_a_page_names_the_clause_that_prints_what_is_missing() -> None:
    assert "printed by: exit.wind-down" in pages.page("exit-no-wind-down", RULES)
    assert "printed by: ip.foreground" in pages.page("ip-no-foreground", RULES)


def test_the_docs_are_what_the_rules_say() -> None:
    """`python -m termsheet.pages` writes them."""
    made = pages.docs(RULES)
    there = {path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs" / "rules").glob("*.md")}
    assert there == {name for name in made if "/" in name}
    for name, text in made.items():
        assert (ROOT / "docs" / name).read_text(encoding="utf-8") == text, name


def test_the_table_shows_the_severity_of_each_type() -> None:
    row = next(line for line in pages.docs(RULES)["rules.md"].splitlines() if "[venture-missing]" in line)
    signs = [sign.strip() for sign in row.split("|")[3:-1]]
    rule = next(rule for rule in RULES if rule.slug == "venture-missing")
    assert signs[1] == {"error": "●", "warning": "◐"}[rule.severity_for(["joint-venture"])]
    assert signs[2] == "–"
