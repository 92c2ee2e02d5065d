"""The configuration: where it is found, what holds for a file, what is refused and in which words."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import jsonschema
import pytest
from conftest import EXAMPLES, ROOT
from test_imports import _imported

from termsheet import config, source
from termsheet.errors import ConfigError
from termsheet.immutable import replace
from termsheet.lint import lint_source
from termsheet.rules import RULES
from termsheet.rules.rule import Rule
from termsheet.settings import Settings, settings_for
from termsheet.style import Style

DEAL = "deal: {title: X, type: pilot}\n"
TITLED = "rule: {}\nseverity: error\nwrong_if: said(deal.title)\nmessage: it has a title\nhelp: take it out\n"
SCHEMA = json.loads((ROOT / "schemas" / "config.schema.json").read_text(encoding="utf-8"))
BY_SLUG = {rule.slug: rule for rule in RULES}

Tree = Callable[..., Path]


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tree:
    """Files in a repository of their own, from which the test runs."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)

    def make(**files: str) -> Path:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path

    return make


def on(settings: Settings) -> set[str]:
    return {rule.slug for rule in settings.rules}


def area(*names: str) -> set[str]:
    return {rule.slug for rule in RULES if rule.area in names}


# --- where it is found ------------------------------------------------------------------------------------


def test_the_nearest_file_wins_and_is_not_merged_with_those_above(tree: Tree) -> None:
    tree(**{".termsheet.yaml": "ignore: exit", "a/.termsheet.yaml": "ignore: ip", "a/b/x.yaml": DEAL})
    assert on(settings_for("a/b/x.yaml")) == set(BY_SLUG) - area("ip")
    assert on(settings_for("x.yaml")) == set(BY_SLUG) - area("exit")


def test_an_empty_file_is_a_configuration_that_sets_nothing(tree: Tree) -> None:
    tree(
        **{
            ".termsheet.yaml": "ignore: exit",
            "a/.termsheet.yaml": "# nothing here\n---\n\n",
            "b/.termsheet.yaml": "",
        }
    )
    assert on(settings_for("a/x.yaml")) == on(settings_for("b/x.yaml")) == set(BY_SLUG)


def test_nothing_is_looked_for_above_the_repository(tmp_path: Path) -> None:
    (tmp_path / ".termsheet.yaml").write_text("ignore: exit")
    inner = tmp_path / "repository" / "deals"
    inner.mkdir(parents=True)
    assert source.configuration(str(inner / "x.yaml")) == str(tmp_path / ".termsheet.yaml")
    (tmp_path / "repository" / ".git").write_text("gitdir: elsewhere")  # as in a worktree
    assert source.configuration(str(inner / "x.yaml")) is None
    (tmp_path / "repository" / ".termsheet.yaml").write_text("ignore: ip")
    assert source.configuration(str(inner / "x.yaml")) == str(tmp_path / "repository" / ".termsheet.yaml")


def test_a_misnamed_file_is_not_passed_over(tree: Tree, run_cli: Any) -> None:
    tree(**{".termsheet.yml": "ignore: exit", "x.yaml": DEAL})
    code, _, err = run_cli("lint", "x.yaml")
    assert code == 2
    assert ".termsheet.yml: a configuration is not read from here; name it `.termsheet.yaml`" in err


def test_a_thousand_files_read_it_once(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    tree(**{".termsheet.yaml": "extends: base.yaml", "base.yaml": "ignore: exit"})
    read: list[Path] = []
    checked = config.checked
    monkeypatch.setattr(config, "checked", lambda file, kind: read.append(file) or checked(file, kind))
    found = {id(settings_for(f"deals/{number}.deal.yaml")) for number in range(1000)}
    assert [path.name for path in read] == [".termsheet.yaml", "base.yaml"]
    assert len(found) == 1


def test_a_file_that_changes_is_read_again(tree: Tree) -> None:
    root = tree(**{".termsheet.yaml": "extends: base.yaml", "base.yaml": "ignore: exit"})
    assert on(settings_for("x.yaml")) == set(BY_SLUG) - area("exit")
    (root / "base.yaml").write_text("ignore: metrics")
    assert on(settings_for("x.yaml")) == set(BY_SLUG) - area("metrics")


def test_lint_without_a_configuration_imports_nothing_of_it(tree: Tree) -> None:
    modules = _imported("lint", str(EXAMPLES[0]))
    assert not {"termsheet.settings", "termsheet.config", "termsheet.baseline", "json"} & modules
    root = tree(**{".termsheet.yaml": "ignore: exit", "x.yaml": DEAL})
    assert "termsheet.settings" in _imported("lint", str(root / "x.yaml"))


def test_standard_input_is_configured_by_the_name_that_it_is_given(tree: Tree, run_cli: Any) -> None:
    tree(**{"a/.termsheet.yaml": "select: exit-missing"})
    arguments = ("lint", "--format", "concise", "-")
    assert "exit-missing" in run_cli(*arguments, "--stdin-filename", "a/x.yaml", stdin=DEAL.encode())[1]
    assert "1 of" in run_cli(*arguments, "--stdin-filename", "a/x.yaml", stdin=DEAL.encode())[1]
    assert "1 of" not in run_cli(*arguments, stdin=DEAL.encode())[1]


# --- what holds -------------------------------------------------------------------------------------------

CHOICES = [
    ("select: exit", area("exit")),
    ("select: [exit, ip-missing]", area("exit") | {"ip-missing"}),
    ("ignore: [exit, ip-missing]", set(BY_SLUG) - area("exit") - {"ip-missing"}),
    ("select: exit\nignore: exit-missing", area("exit") - {"exit-missing"}),
    ("select: exit-missing\nignore: exit", {"exit-missing"}),  # the slug wins over its area
    ("select: exit-missing\nignore: all", {"exit-missing"}),
    ("ignore: all", set()),
    ("severity: {exit-missing: off}", set(BY_SLUG) - {"exit-missing"}),
    ("select: [exit]\nseverity: {ip-missing: error}", area("exit")),  # a severity switches nothing on
    ("ignore:\nselect:\nseverity:\npaths:\n", set(BY_SLUG)),  # keys that say nothing
]


@pytest.mark.parametrize(("text", "rules"), CHOICES, ids=[text for text, _ in CHOICES])
def test_which_rules_run(tree: Tree, text: str, rules: set[str]) -> None:
    tree(**{".termsheet.yaml": text})
    settings = settings_for("x.yaml")
    assert on(settings) == rules
    assert settings.off == set(BY_SLUG) - rules


def test_a_severity_replaces_that_of_every_type(tree: Tree) -> None:
    slug = next(rule.slug for rule in RULES if {"off", "warning"} <= set(rule.types.values()))
    tree(**{".termsheet.yaml": f"severity:\n  {slug}: error\n"})
    rule = next(rule for rule in settings_for("x.yaml").rules if rule.slug == slug)
    assert {rule.severity_for([kind]) for kind in BY_SLUG[slug].types} == {"error"}


LATER = [
    ("ignore: exit", "ignore: ip", set(BY_SLUG) - area("exit", "ip")),
    ("ignore: exit", "select: all", set(BY_SLUG)),  # select starts anew
    ("select: exit", "ignore: exit-missing", area("exit") - {"exit-missing"}),
    ("severity: {exit-missing: off}", "severity: {exit-missing: note}", set(BY_SLUG)),
    ("severity: {exit-missing: off}", "select: exit", area("exit")),
    ("severity: {exit-missing: off}", "select: ip", area("ip")),
    ("select: exit-missing", "ignore: exit", set()),  # the later word, slug or not
]


@pytest.mark.parametrize(("first", "second", "rules"), LATER, ids=[f"{one} / {two}" for one, two, _ in LATER])
def test_of_two_layers_the_later_wins(tree: Tree, first: str, second: str, rules: set[str]) -> None:
    tree(**{".termsheet.yaml": f"extends: base.yaml\n{second}\n", "base.yaml": first})
    assert on(settings_for("x.yaml")) == rules
    tree(**{".termsheet.yaml": f"{first}\npaths:\n  - match: x.yaml\n    {second}\n"})
    assert on(settings_for("x.yaml")) == rules
    tree(**{".termsheet.yaml": first})
    if not second.startswith("severity"):
        key, _, names = second.partition(": ")
        assert on(settings_for("x.yaml", **{key: (names,)})) == rules


def test_what_adds_up_and_what_is_replaced(tree: Tree) -> None:
    root = tree(
        **{
            ".termsheet.yaml": "extends: house/base.yaml\nclauses: own\nholidays: [Ireland]\nbaseline: b.yaml\n"
            "paths:\n  - match: a/**\n    playbook: house/other.yaml\n    holidays: [2026-12-24, England]\n",
            "house/base.yaml": "clauses: clauses\ntemplates: [clauses]\nplaybook: base.yaml\nholidays: France\n"
            "stage: sketch\nbaseline: c.yaml",
            "house/other.yaml": "",
            "house/clauses/x.md": "",
            "own/x.md": "",
        }
    )
    settings = settings_for("x.yaml")
    assert settings.clauses == (root / "house" / "clauses", root / "own")
    assert settings.templates == (root / "house" / "clauses",)
    assert settings.playbook == root / "house" / "base.yaml"
    assert settings.holidays == {"Ireland"}
    assert settings.stage == "sketch"
    assert settings.baseline == root / "b.yaml"
    settings = settings_for("a/b/x.yaml")
    assert settings.playbook == root / "house" / "other.yaml"
    assert settings.holidays == {date(2026, 12, 24), "England"}


def test_the_command_line_wins(tree: Tree, run_cli: Any) -> None:
    tree(
        **{
            ".termsheet.yaml": "ignore: exit\nbaseline: none.yaml",
            "other.yaml": "select: ip-missing",
            "x.yaml": DEAL,
        }
    )

    def found(*arguments: str) -> tuple[set[str], int]:
        report = json.loads(run_cli("lint", "--format", "json", "x.yaml", *arguments)[1])
        return {finding["rule"] for finding in report["findings"]}, report["summary"]["rules_run"]

    everything, count = found("--isolated")
    assert count == len(RULES)
    assert found("--config", "other.yaml") == ({"ip-missing"}, 1)
    assert found("--select", "exit,ip-missing", "--select", "scope", "--isolated") == (
        everything & (area("exit", "scope") | {"ip-missing"}),
        len(area("exit", "scope")) + 1,
    )
    assert found("--isolated", "--ignore", "exit, ip", "--ignore", "scope-missing") == (
        everything - area("exit", "ip") - {"scope-missing"},
        len(RULES) - len(area("exit", "ip")) - 1,
    )
    code, _, err = run_cli("lint", "x.yaml", "--isolated", "--config", "other.yaml")
    assert code == 2
    assert "--isolated" in err


STAGES = [("", "", "term-sheet"), ("sketch", "", "sketch"), ("sketch", "signature", "signature"),
          ("signature", "sketch", "signature"), ("term-sheet", "open", "term-sheet")]  # fmt: skip


@pytest.mark.parametrize(("held", "own", "judged"), STAGES)
def test_a_deal_is_held_to_a_stage_at_least(tree: Tree, held: str, own: str, judged: str) -> None:
    tree(**{".termsheet.yaml": f"stage: {held}"})
    deal = source.parse(f"deal: {{title: X, type: pilot, stage: {own}}}", "x.yaml")
    assert lint_source(deal, RULES, settings=settings_for("x.yaml")).stage == judged
    assert lint_source(deal, RULES, stage="sketch", settings=settings_for("x.yaml")).stage == "sketch"


# --- paths ------------------------------------------------------------------------------------------------

GLOBS = [
    ("*.pilot.yaml", ["a.pilot.yaml", "x/y/b.pilot.yaml"], ["pilot.yaml", "a.pilot.yml"]),
    ("signed/", ["signed/a.yaml", "signed/b/c.yaml", "x/signed/a.yaml"], ["signed.yaml", "unsigned/a.yaml"]),
    ("signed/**", ["signed/a.yaml", "signed/b/c.yaml"], ["x/signed/a.yaml", "signed"]),
    ("/signed", ["signed/a.yaml", "signed"], ["x/signed/a.yaml"]),
    ("./a/*.yaml", ["a/b.yaml"], ["a/b/c.yaml", "x/a/b.yaml"]),
    ("a/**/z.yaml", ["a/z.yaml", "a/b/c/z.yaml"], ["a/bz.yaml"]),
    ("**/z.yaml", ["z.yaml", "a/b/z.yaml"], ["az.yaml"]),
    ("a?c.yaml", ["abc.yaml"], ["ac.yaml", "abbc.yaml"]),
    ("[a-c]x.yaml", ["bx.yaml"], ["dx.yaml", "-x.yaml"]),
    ("[!a-c]x.yaml", ["dx.yaml"], ["bx.yaml"]),
    ("a.b+(c).yaml", ["a.b+(c).yaml"], ["aXb+(c).yaml"]),
    ("caf\u00e9/*", ["cafe\u0301/a.yaml", "caf\u00e9/a.yaml"], ["cafe/a.yaml"]),
    ("Übersee/**", ["Übersee/a.yaml"], ["übersee/a.yaml"]),
    ("[x.yaml", ["[x.yaml"], ["x.yaml"]),
    ("a/**", ["a/b", "a/b/c", "a/.b"], ["a", "ab"]),
    ("a/**b", ["a/b", "a/x/yb", "a/b/c"], ["a/bc", "b"]),
    ("**/a/**/b.yaml", ["a/b.yaml", "x/a/y/z/b.yaml"], ["xa/b.yaml", "a/xb.yaml"]),
    ("a*/*b", ["a/b", "ax/yb", "a/b/c"], ["a/x/b", "ab"]),
    ("a***b", ["ab", "a/b", "ax/y/zb"], ["a/bc"]),
    ("**/**/**/z.yaml", ["z.yaml", "a/z.yaml", "a/b/c/d/z.yaml"], ["az.yaml"]),
    ("*a" * 100, ["a" * 100, "x/" + "ba" * 110], ["a" * 99, "a" * 230 + "b"]),
    ("*" * 300 + "x", ["x", "a/b/x"], ["a" * 200]),
    ("**/" * 100 + "x", ["x", "a/" * 60 + "x"], ["a/" * 60 + "b"]),
]  # fmt: skip


@pytest.mark.parametrize(("glob", "yes", "no"), GLOBS, ids=[case[0] for case in GLOBS])
def test_globs(tree: Tree, glob: str, yes: list[str], no: list[str]) -> None:
    tree(**{".termsheet.yaml": f"paths:\n  - match: {json.dumps(glob)}\n    select: exit-missing\n"})
    assert {name: len(settings_for(name).rules) == 1 for name in yes + no} == {
        **dict.fromkeys(yes, True),
        **dict.fromkeys(no, False),
    }


def test_one_entry_for_several_globs_and_of_two_entries_the_later(tree: Tree) -> None:
    tree(
        **{
            ".termsheet.yaml": "paths:\n  - match: [a/, b/]\n    select: exit\n  - match: b/\n    select: ip\n",
        }
    )
    assert on(settings_for("a/x.yaml")) == area("exit")
    assert on(settings_for("b/x.yaml")) == area("ip")
    assert on(settings_for("c/x.yaml")) == set(BY_SLUG)


def test_an_entry_for_no_deal_of_a_whole_folder_is_told(tree: Tree, run_cli: Any) -> None:
    entries = (
        "paths:\n  - match: deals/**\n    stage: sketch\n  - match: [signd/**, old/]\n    stage: signature\n"
    )
    clauses = "  - match: house/**\n    ignore: clause-doublet\n"
    tree(**{
        ".termsheet.yaml": f"extends: base.yaml\n{entries}{clauses}",
        "base.yaml": "paths: [{match: archive/**, stage: sketch}]",
        "deals/x.yaml": DEAL,
    })  # fmt: skip
    line = "termsheet: .termsheet.yaml:5: `match: signd/**, old/` is for none of these deals\n"
    assert run_cli("lint", ".")[2] == line
    assert run_cli("lint", ".", "--config", ".termsheet.yaml")[2] == line
    for words in (("deals",), ("deals/x.yaml",), (".", "-q"), (".", "--isolated")):
        assert run_cli("lint", *words)[2] == ""


def test_globs_are_below_the_file_that_extends(tree: Tree) -> None:
    tree(
        **{
            ".termsheet.yaml": "extends: house/base.yaml",
            "house/base.yaml": "paths: [{match: deals/**, select: ip}]",
        }
    )
    assert on(settings_for("deals/x.yaml")) == area("ip")


# --- what is refused --------------------------------------------------------------------------------------

WRONG = [
    ("ignor: [exit]", "1:1: `ignor` is not a key of the configuration; did you mean `ignore`? use one of extends, "),
    ("ignore: [exit-no-winddown]", "1: no rule or area is called `exit-no-winddown`; did you mean `exit-no-wind-down`? "
     "`termsheet rules` lists them all"),
    ("select:\n  - exit\n  - metricks", "3: no rule or area is called `metricks`; did you mean `metrics`?"),
    ("severity:\n  exit-no-wind-down: eror", "2:22: `eror` is not a value of `severity.exit-no-wind-down`; did you mean "
     "`error`? use one of note, warning, error, off"),
    ("severity:\n  exit-missing:", "2:16: `severity.exit-missing` is empty; use one of note"),
    ("stag: sketch", "1:1: `stag` is not a key of the configuration; did you mean `stage`?"),
    ("severity:\n  exit-no-wind-don: error", "2: no rule is called `exit-no-wind-don`; did you mean"),
    ("severity:\n  exit: error", "2: `exit` is an area, and a severity is that of a rule; name its rules"),
    ("severity: error", "1:11: `severity` should be keys of its own; write it on lines of its own below"),
    ("ignore: {exit: true}", "1:1: `ignore` should be text or a list; "),
    ("ignore: [schema-unknown-key]", "1: `schema-unknown-key` cannot be set: it is no rule, and always speaks"),
    ("ignore: [clause-malformed]", "1: `clause-malformed` cannot be set: it is no rule, and always speaks"),
    ("ignore: [clause-doublett]", "1: no rule or area is called `clause-doublett`; did you mean `clause-doublet`?"),
    ("select: [clause-doublet]", "1: `clause-doublet` is a check of clauses, which is set under `ignore` or `severity`"),
    ("ignore: [waiver-unused]", "1: `waiver-unused` cannot be set: it is no rule, and always speaks"),
    ("select: []", "1:1: `select` names no rule; name rules or areas, or leave it out"),
    ("stage: [sketch]", "1:1: `stage` should be one word; use one of sketch, term-sheet, signature"),
    ("stage: signed", "1:8: `signed` is not a value of `stage`"),
    ("paths: [{ignore: exit}]", "1:9: an entry of `paths` has no `match`; add `match:`"),
    ("paths:\n  - match: a/\n    baseline: b.yaml", "3:5: `baseline` is not a key of an entry of `paths`"),
    ("paths:\n  - match: a\\b", "2:12: `a\\b` is not a glob; write it with `/`, such as `signed/**`"),
    ("paths:\n  - match: '[z-a]'", "2:12: `[z-a]` is not a glob; write brackets as in `[a-z]`"),
    ("paths:\n  - match: []", "2:5: `match` names no file"),
    ("paths:\n  - match: a/\n    ignore: [exitt]", "3: no rule or area is called `exitt`; did you mean `exit`?"),
    ("extends: strikt", "1: no preset is called `strikt`; did you mean `strict`? use essentials, strict, "
     "term-sheet-only, or a file with its ending"),
    ("ignore: exit\nextends: ../no/base.yaml", "2: there is no file `../no/base.yaml`; it is looked for at "),
    (f"ignore: exit\nextends: {'a' * 3000}.yaml", f"2: `{'a' * 47}…` cannot be looked for: file name too long; check "),
    ('extends: "a\\0b.yaml"', "1:10: the character U+0000 cannot stand in the configuration; leave the escape out"),
    ("extends: .termsheet.yaml", "1: the configuration extends itself: .termsheet.yaml → .termsheet.yaml; take one "),
    ("rules: house", "1: there is no file or folder `house`; it is looked for at house"),
    ("clauses: x.yaml", "1: there is no folder `x.yaml`"),
    ("templates: [.git, no]", "1: there is no folder `no`"),
    ("playbook: .git", "1: there is no file `.git`"),
    ("paths:\n  - match: never\n    playbook: no.yaml", "3: there is no file `no.yaml`"),
    ("holidays: [England, 2026-02-30]", "1: `2026-02-30` is not a day of the calendar; write a date such as 2026-12-24"),
    ("holidays: 2026", "1:11: `holidays` should be text or a list; put a number in quotes if it is a name"),
    ("ignore: [exit", "1:9: the bracket `[` is opened here and never closed"),
    ("- exit", "1:1: the file holds a list where keys and values are wanted; start with a key, such as `ignore:`"),
    ("ignore: exit\nignore: ip", "2:1: the key `ignore` is given twice, first in line 1"),
    ("ignore: exit #ip", "1:9: `#ip` is dropped, because ` #` starts a comment"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "sentence"), WRONG, ids=[text for text, _ in WRONG])
@pytest.mark.parametrize("command", [("lint", "x.yaml", "x.yaml"), ("config", "show", "x.yaml")])
def test_what_cannot_be_followed_is_one_sentence(
    tree: Tree, run_cli: Any, text: str, sentence: str, command: tuple[str, ...]
) -> None:
    tree(**{".termsheet.yaml": text, "x.yaml": DEAL})
    code, out, err = run_cli(*command)
    assert code == 2
    assert err.startswith(f"termsheet: .termsheet.yaml:{sentence}")
    assert err.count("\n") == 1
    assert out == ""


@pytest.mark.parametrize("command", ["lint", "due", "render"])
def test_a_place_that_is_not_known_is_told_where_it_is_named(tree: Tree, run_cli: Any, command: str) -> None:
    tree(**{".termsheet.yaml": "ignore: exit\nholidays:\n  - England\n  - Atlantis\n", "x.yaml": DEAL})
    code, _, err = run_cli(command, "x.yaml")
    assert code == 2
    assert err.startswith("termsheet: .termsheet.yaml:4: no place is called `Atlantis`; name a country, ")


def test_a_cycle_of_three(tree: Tree) -> None:
    tree(
        **{
            ".termsheet.yaml": "extends: a.yaml",
            "a.yaml": "extends: [strict, b.yaml]",
            "b.yaml": "extends: ./a.yaml",
        }
    )
    with pytest.raises(ConfigError) as refused:
        settings_for("x.yaml")
    assert str(refused.value) == (
        "b.yaml:1: the configuration extends itself: a.yaml → b.yaml → a.yaml; take one `extends` out"
    )


def test_a_cycle_by_a_link(tree: Tree) -> None:
    tree(**{".termsheet.yaml": "extends: again/.termsheet.yaml"})
    Path("again").symlink_to(".")
    with pytest.raises(ConfigError, match=r"extends itself: \.termsheet\.yaml → again.\.termsheet\.yaml"):
        settings_for("x.yaml")


@pytest.mark.parametrize("extends", ["{}.yaml", "[{}.yaml, ./{}.yaml]"], ids=["a chain", "twice each"])
def test_files_that_extend_one_another_without_end(tree: Tree, extends: str) -> None:
    chain = {
        f"c{number}.yaml": f"extends: {extends.replace('{}', f'c{number + 1}')}" for number in range(120)
    }
    tree(**{".termsheet.yaml": "extends: c0.yaml", **chain, "c120.yaml": "ignore: exit"})
    with pytest.raises(ConfigError, match="extends more than 100 files"):
        settings_for("x.yaml")


def test_a_wrong_name_in_what_is_extended_is_told_there(tree: Tree) -> None:
    tree(**{".termsheet.yaml": "extends: a/b.yaml", "a/b.yaml": "\n\nignore: [exot]"})
    with pytest.raises(ConfigError) as refused:
        settings_for("x.yaml")
    assert str(refused.value).startswith(f"{Path('a/b.yaml')}:3: no rule or area is called `exot`")


def test_an_unknown_rule_on_the_command_line(tree: Tree, run_cli: Any) -> None:
    tree(**{"x.yaml": DEAL})
    code, _, err = run_cli("lint", "x.yaml", "--ignore", "exit-missin")
    assert code == 2
    assert err.startswith(
        "termsheet: --ignore: no rule or area is called `exit-missin`; did you mean `exit-missing`?"
    )


def test_a_check_of_clauses_is_not_switched_off_on_the_command_line(tree: Tree, run_cli: Any) -> None:
    tree(**{"x.yaml": DEAL, ".termsheet.yaml": "ignore: clause-doublet"})
    code, _, err = run_cli("lint", "x.yaml", "--ignore", "clause-doublet")
    assert code == 2
    assert err.startswith("termsheet: --ignore: `clause-doublet` is a check of clauses")
    assert run_cli("lint", "x.yaml", "-q")[2] == ""


@pytest.mark.parametrize("command", ["lint", "stub --missing", "due", "render --draft", "positions"])
def test_every_command_takes_a_configuration_or_none(tree: Tree, run_cli: Any, command: str) -> None:
    tree(**{"x.yaml": DEAL, ".termsheet.yaml": "ignor: exit", "other.yaml": "holidays: [2026-12-24]"})
    words = [*command.split(), "x.yaml", "-o", "out.txt"]
    for options in (("--isolated",), ("--config", "other.yaml")):
        _, _, err = run_cli(*words, *options)
        assert ".termsheet.yaml" not in err
        assert Path("out.txt").exists()
        Path("out.txt").unlink()
    assert run_cli(*words)[0] == 2
    code, _, err = run_cli(*words, "--config", "other.yaml", "--isolated")
    assert code == 2
    assert "--config names a configuration, and --isolated says to read none" in err


def test_completion_knows_the_house_rules_of_the_configuration(tree: Tree, run_cli: Any) -> None:
    from termsheet.cli.common import complete_rules

    def completed(word: str, *house: str) -> list[str]:
        return complete_rules(SimpleNamespace(params={"house": house}), None, word)

    tree(
        **{
            ".termsheet.yaml": "rules: house.yaml",
            "house.yaml": TITLED.format("exit-house"),
            "other.yaml": TITLED.format("exit-other"),
        }
    )
    assert "exit-house" in completed("exit-h")
    assert {"exit-house", "exit-other", "exit-missing"} <= {*completed("exit-", "other.yaml")}
    tree(**{".termsheet.yaml": "rules: nowhere.yaml"})
    assert "exit-missing" in completed("exit-m")


def test_a_configuration_that_is_not_there(tree: Tree, run_cli: Any) -> None:
    tree(**{"x.yaml": DEAL})
    code, _, err = run_cli("lint", "x.yaml", "--config", "no.yaml")
    assert code == 2
    assert err == "termsheet: no.yaml: there is no such file; check its name and folder\n"


# --- lint and render --------------------------------------------------------------------------------------


def test_a_severity_counts_and_a_rule_that_is_off_is_not_counted_as_run(tree: Tree, run_cli: Any) -> None:
    tree(
        **{
            ".termsheet.yaml": "select: [exit-missing, ip-missing]\nseverity: {exit-missing: note}",
            "x.yaml": DEAL,
        }
    )
    code, out, _ = run_cli("lint", "--format", "concise", "--show", "notes", "x.yaml")
    assert code == 1
    assert "note[exit-missing]" in out
    assert f"1 error, 0 warnings, 1 note  ·  2 of {len(RULES)} rules on 1 deal" in out
    tree(**{".termsheet.yaml": "select: exit-missing\nseverity: {exit-missing: note}"})
    assert run_cli("lint", "x.yaml")[0] == 0


def test_the_verdict_says_so_where_fewer_rules_ran_on_one_deal(tree: Tree, run_cli: Any) -> None:
    tree(**{".termsheet.yaml": "paths: [{match: y.yaml, ignore: exit}]", "x.yaml": DEAL, "y.yaml": DEAL})
    _, out, _ = run_cli("lint", "x.yaml", "y.yaml")
    assert f"{len(RULES) - len(area('exit'))} to {len(RULES)} of {len(RULES)} rules on 2 deals" in out
    _, out, _ = run_cli("lint", "--isolated", "x.yaml", "y.yaml")
    assert f"·  {len(RULES)} rules on 2 deals" in out


def test_a_waiver_of_a_rule_that_is_off_is_neither_unknown_nor_unused(tree: Tree, run_cli: Any) -> None:
    deal = DEAL + "waivers: [{rule: exit-missing, path: exit, reason: a pilot of one day}]\n"
    tree(**{".termsheet.yaml": "ignore: exit", "x.yaml": deal})
    _, out, _ = run_cli("lint", "--format", "concise", "x.yaml")
    assert "waiver" not in out
    tree(**{"x.yaml": deal.replace("exit-missing", "exit-absent")})
    assert "waiver-unknown-rule" in run_cli("lint", "--format", "concise", "x.yaml")[1]


def test_render_judges_a_deal_as_lint_does(tree: Tree, run_cli: Any) -> None:
    text = EXAMPLES[0].read_text(encoding="utf-8")
    assert "\nscope:\n" in text
    without = re.sub(r"(?ms)^scope:\n.*?(?=^\w)", "", text)
    tree(**{"x.yaml": without})
    code, _, err = run_cli("render", "x.yaml")
    assert code == 1
    slugs = set(re.findall(r"\[([a-z-]+)\]", err))
    assert "scope-missing" in slugs
    tree(**{".termsheet.yaml": f"ignore: [{', '.join(slugs)}]"})
    assert run_cli("render", "x.yaml")[0] == 0


def _house(check: Any, **changes: Any) -> Rule:
    given = {"slug": "house-no-code-name", "check": check, "needs": (), "types": {}, **changes}
    return replace(BY_SLUG["exit-missing"], **given)


def test_house_rules_run_and_can_be_named(tree: Tree, run_cli: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from termsheet.rules.rule import Hit

    loaded: list[Path] = []

    def load(paths: Iterable[Path]) -> tuple[Rule, ...]:
        loaded.extend(paths)
        return (_house(lambda deal: [Hit("deal", "the deal has no code name")], severity="error"),)

    monkeypatch.setitem(sys.modules, "termsheet.houserules", SimpleNamespace(load=load))
    base = "extends: [essentials]\nrules: house/rules.yaml\n"
    root = tree(**{".termsheet.yaml": base, "house/rules.yaml": "", "x.yaml": DEAL})
    _, out, _ = run_cli("lint", "--format", "concise", "x.yaml")
    assert "error[house-no-code-name] the deal has no code name" in out
    assert loaded == [root / "house" / "rules.yaml"]
    tree(**{".termsheet.yaml": f"{base}severity: {{house-no-code-name: note}}\n"})
    assert "error[house" not in run_cli("lint", "--format", "concise", "x.yaml")[1]
    tree(**{".termsheet.yaml": f"{base}paths: [{{match: y.yaml, select: exit, ignore: house}}]"})
    assert "house-no-code-name" not in on(settings_for("y.yaml"))
    assert "house-no-code-name" in on(settings_for("x.yaml"))
    tree(**{".termsheet.yaml": f"{base}ignore: house-no-code-nam"})
    assert "did you mean `house-no-code-name`?" in run_cli("lint", "x.yaml")[2]


def test_house_rules_of_the_command_line_join_those_of_the_configuration(tree: Tree, run_cli: Any) -> None:
    tree(**{".termsheet.yaml": "rules: of-all.yaml\npaths: [{match: b.yaml, rules: of-one.yaml}]\n", "a.yaml": DEAL,
            **{f"{name}.yaml": TITLED.format(f"exit-{name}") for name in ("of-all", "of-one", "asked")}})  # fmt: skip
    code, out, _ = run_cli("lint", "a.yaml", "--rules", "asked.yaml", "--select", "exit-asked", "-q")
    assert (code, out.count("[exit-")) == (1, 1)
    assert "error[exit-asked]" in out
    out = run_cli("lint", "a.yaml", "--rules", "asked.yaml", "--format", "concise")[1]
    assert re.findall(r"\[(exit-(?:asked|of-\w+))\]", out) == ["exit-of-all", "exit-asked"]
    assert f"{len(RULES) + 2} of {len(RULES) + 3} rules on 1 deal" in out
    assert "[exit-asked]" in run_cli("lint", "a.yaml", "--rules", "asked.yaml", "--ignore", "ip")[1]


def test_rules_and_explain_know_the_house_rules_of_the_configuration(tree: Tree, run_cli: Any) -> None:
    tree(**{".termsheet.yaml": "ignore: [exti]\nrules: a.yaml\npaths: [{match: x, rules: b.yaml}]\n",
            **{f"{name}.yaml": TITLED.format(f"exit-{name}") for name in "abc"}})  # fmt: skip
    for slug in ("exit-a", "exit-b"):
        assert "take it out" in run_cli("explain", slug)[1]
        assert slug in run_cli("rules", "--area", "exit")[1]
    assert "exit-c" in run_cli("rules", "--area", "exit", "--rules", "c.yaml")[1]
    assert run_cli("rules", "--rules", "a.yaml")[1].count("exit-a ") == 1
    assert run_cli("explain", "exit-c")[0] == 2


def test_house_rules_of_the_command_line_run_beside_a_configuration(tree: Tree, run_cli: Any) -> None:
    rule = "rule: exit-house\nseverity: error\nwrong_if: not exit\nmessage: no end\nhelp: add it\n"
    tree(**{".termsheet.yaml": "ignore: wording\nrules: own.yaml", "own.yaml": rule.replace("house", "own"),
            "more/rule.yaml": rule, "x.yaml": DEAL})  # fmt: skip

    def found(*options: str) -> list[str]:
        out = run_cli("lint", "x.yaml", "--rules", "more", "--format", "concise", *options)[1]
        return re.findall(r"\[(exit-house|exit-own)\]", out)

    assert sorted(found()) == ["exit-house", "exit-own"]
    assert found("--isolated") == found("--isolated", "--select", "exit") == ["exit-house"]
    assert found("--isolated", "--select", "ip") == found("--isolated", "--ignore", "exit-house") == []
    code, _, err = run_cli("lint", "x.yaml", "--rules", "none.yaml")
    assert (code, err.count("\n")) == (2, 1)
    assert "none.yaml: there is no such file" in err


# --- presets ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", config.presets())
def test_every_preset_can_be_followed(tree: Tree, name: str) -> None:
    tree(**{".termsheet.yaml": f"extends: {name}"})
    assert settings_for("x.yaml").files == (f"preset {name}", ".termsheet.yaml")


def test_essentials_are_the_parties_and_the_six_areas(tree: Tree) -> None:
    tree(**{".termsheet.yaml": "extends: essentials"})
    wanted = ("deal", "parties", "scope", "responsibilities", "metrics", "review", "ip", "exit")
    assert on(settings_for("x.yaml")) == area(*wanted)


def test_term_sheet_only_leaves_out_what_speaks_at_signature(tree: Tree) -> None:
    tree(**{".termsheet.yaml": "extends: term-sheet-only"})
    assert settings_for("x.yaml").off == {rule.slug for rule in RULES if rule.since == "signature"}


def test_strict_counts_every_note_but_where_a_rule_is_silent_in_some_types(tree: Tree) -> None:
    tree(**{".termsheet.yaml": "extends: strict"})
    raised = {
        rule.slug
        for rule in settings_for("x.yaml").rules
        if rule.severity == "warning" and BY_SLUG[rule.slug].severity == "note"
    }
    assert raised == {
        rule.slug
        for rule in RULES
        if rule.severity == "note" and not {"off", "error"} & set(rule.types.values())
    }
    assert not settings_for("x.yaml").off


# --- config show ------------------------------------------------------------------------------------------

SHOWN = """\
deals/x.yaml

extends    term-sheet-only                              .termsheet.yaml:1
stage      signature                                    .termsheet.yaml:9 for `deals/**`
select     every rule                                   default
           legal-no-usual-terms                         preset term-sheet-only:5
           exit                                         .termsheet.yaml:3
           ip                                           command line
severity   metrics-missing: error                       .termsheet.yaml:5
rules      none                                         default
clauses    those of termsheet                           default
templates  those of termsheet                           default
playbook   none                                         default
holidays   England                                      .termsheet.yaml:6
style      numbers: digits, money: code, theme: modern  default
reference  none                                         default
baseline   b.yaml                                       .termsheet.yaml:7
"""


def test_config_show(tree: Tree, run_cli: Any) -> None:
    tree(
        **{
            ".termsheet.yaml": "extends: term-sheet-only\nignore:\n  - exit\nseverity:\n  metrics-missing: error\n"
            "holidays: England\nbaseline: b.yaml\npaths:\n  - {match: deals/**, stage: signature}\n"
        }
    )
    code, out, _ = run_cli("config", "show", "deals/x.yaml", "--ignore", "ip")
    assert code == 0
    lines = [line for line in out.splitlines() if not re.search(r" (?:signature|dates)-", line)]
    assert lines[:-2] == SHOWN.splitlines()
    off = settings_for("deals/x.yaml", ignore=("ip",)).off
    assert lines[-1] == f"{len(RULES) - len(off)} rules run, {len(off)} are switched off"
    code, out, _ = run_cli("config", "show", "deals/x.yaml", "--format", "json", "--stage", "sketch")
    [shown] = json.loads(out)
    assert set(shown) == {"file", "files", "settings", "rules_run", "rules_off"}
    assert shown["files"] == ["preset term-sheet-only", ".termsheet.yaml"]
    by_key = {setting["key"]: setting for setting in shown["settings"]}
    assert by_key["stage"] == {
        "key": "stage", "value": "sketch", "from": "command line", "file": None, "line": None, "match": None,
    }  # fmt: skip
    assert (by_key["baseline"]["file"], by_key["baseline"]["line"]) == (".termsheet.yaml", 7)
    assert by_key["playbook"]["from"] == "default"


def test_config_show_of_a_folder_puts_deals_of_like_settings_together(tree: Tree, run_cli: Any) -> None:
    tree(**{".termsheet.yaml": "severity: {exit-missing: off}\npaths: [{match: signed, stage: signature}]\n",
            "a.yaml": DEAL, "b.yaml": DEAL, "signed/c.yaml": DEAL})  # fmt: skip
    code, out, _ = run_cli("config", "show", ".")
    assert code == 0
    assert out.startswith("./a.yaml\n./b.yaml\n\nextends ")
    assert f"{len(RULES) - 1} rules run, 1 is switched off\n\n./signed/c.yaml\n\nextends " in out
    out = run_cli("config", "show", "b.yaml", "signed", "--format", "json")[1]
    assert [one["file"] for one in json.loads(out)] == ["b.yaml", "signed/c.yaml"]


@pytest.mark.parametrize("command", ["lint", "due"])
def test_holidays_that_are_not_known_are_told_with_their_line(tree: Tree, run_cli: Any, command: str) -> None:
    tree(**{".termsheet.yaml": "holidays:\n  - 2026-12-24\n  - 24.12.2027\n", "a.yaml": DEAL})
    code, _, err = run_cli(command, "a.yaml")
    assert (code, err.count("\n")) == (2, 1)
    assert err.startswith("termsheet: .termsheet.yaml:3: `24.12.2027` ")


def test_config_show_without_a_configuration(tree: Tree, run_cli: Any) -> None:
    tree()
    code, out, _ = run_cli("config", "show", "x.yaml")
    assert code == 0
    assert out.count("  default\n") == 13
    assert out.endswith(f"\n{len(RULES)} rules run\n")


def test_config_schema(run_cli: Any) -> None:
    code, out, _ = run_cli("config", "schema")
    assert code == 0
    assert json.loads(out) == SCHEMA


# --- the schema and the page ------------------------------------------------------------------------------

PAGE = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")


def test_the_page_names_every_key_and_preset() -> None:
    for key in (*SCHEMA["properties"], "match"):
        assert f"| `{key}` |" in PAGE, key
    for name in config.presets():
        assert f"| `{name}` |" in PAGE, name


def test_the_example_of_the_page_can_be_followed(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "termsheet.houserules", SimpleNamespace(load=lambda paths: ()))
    example = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)[0]
    tree(
        **{
            ".termsheet.yaml": example,
            "house/rules.yaml": "",
            "house/clauses/x.md": "",
            "house/playbook.yaml": "",
            "house/paper.dotx": "",
        }
    )
    settings = settings_for("signed/x.yaml")
    assert settings.stage == "signature"
    assert settings.off
    judge = jsonschema.Draft202012Validator(SCHEMA)
    assert judge.is_valid(source.parse(example, "x").data)
    keys = set(source.parse(example, "x").data)
    assert keys >= set(SCHEMA["properties"]) - {"select", "stage", "templates"}


def test_the_judge_agrees_on_what_is_wrong() -> None:
    judge = jsonschema.Draft202012Validator(SCHEMA)
    words = ("is not a key", "is not a value", "should be", "has no `match`", "is empty")
    for text, sentence in WRONG:
        if any(word in sentence for word in words):
            assert not judge.is_valid(source.parse(text, "x").data), text


def test_config_runs_as_a_command_of_its_own(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "termsheet", "config", "show", str(tmp_path / "x.yaml")],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "rules run" in run.stdout


def test_style_is_taken_word_by_word(tree: Tree) -> None:
    tree(
        **{
            ".termsheet.yaml": "style: {numbers: words-and-digits, money: symbol}\n"
            "paths:\n  - {match: deals/**, style: {money: code}}\n"
        }
    )
    assert settings_for("deals/x.yaml").style == Style("words-and-digits", "code")
    assert settings_for("x.yaml").style == Style("words-and-digits", "symbol")


def test_an_unknown_style_is_told(tree: Tree) -> None:
    tree(**{".termsheet.yaml": "style: {numbers: roman}\n"})
    with pytest.raises(ConfigError, match=r"`roman` is not a value of `style.numbers`"):
        settings_for("x.yaml")
