"""Executes the examples of house rules: each `bad` must be found, and nothing may be found in a `good`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from termsheet import source
from termsheet.errors import LoadError, advised
from termsheet.finding import Paste
from termsheet.houserules.files import HouseRule
from termsheet.lint import lint_source
from termsheet.outcome import FileReport
from termsheet.rules.rule import listed
from termsheet.wellformed import checked

_PARTIES = """
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


class Trial(NamedTuple):
    """What the examples of a rule showed: how many there were, what failed, and whether the rule was cut off."""

    rule: HouseRule
    examples: int
    failures: tuple[str, ...]
    crashed: bool = False


def tried(rule: HouseRule) -> Trial:
    """Run the examples of a rule."""
    failures = [f"there is no {kind} example" for kind in ("bad", "good") if not getattr(rule, kind)]
    crashed = False
    for kind, texts in (("bad", rule.bad), ("good", rule.good)):
        for number, text in enumerate(texts, start=1):
            name = f"{kind} example {number}" if len(texts) > 1 else f"{kind} example"
            failure, cut_off = _failure(rule, text, name, kind == "bad")
            failures += [f"{name}: {line}" for line in failure]
            crashed = crashed or cut_off
    return Trial(rule, len(rule.bad) + len(rule.good), tuple(failures), crashed)


def _failure(rule: HouseRule, text: str, name: str, bad: bool) -> tuple[list[str], bool]:
    try:
        report = lint_source(source.parse(whole(text, rule), f"the {name}"), [rule], stage=rule.since)
    except LoadError as error:
        return [f"line {error.line}: {advised(error.message, error.help)}"], False
    if report.crashed:
        return [*report.crashed], True
    mine = [finding for finding in report.findings if finding.rule == rule.slug]
    others = [finding for finding in report.findings if finding.rule != rule.slug]
    lines = [
        f"line {finding.line}: {advised(finding.message, finding.help.splitlines()[0])}" for finding in others
    ]
    if bad and not mine and not lines:
        lines.append(f"nothing is found{_reason(rule, report)}")
    for paste in [paste for finding in mine for paste in finding.pastes][:1]:
        lines += [f"the stub is not well formed: {line}" for line in _malformed(paste, rule)]
    if not bad:
        lines += [f"`{finding.path}` is found: {finding.message}" for finding in mine]
    return lines, False


def _malformed(paste: Paste, rule: HouseRule) -> list[str]:
    """What the schema says of a stub where it is to be pasted."""
    text = paste.yaml
    for key, entry in reversed(re.findall(r"([a-z_]+)(\[[^\]]*\])?", re.sub(r"\.", " ", paste.under))):
        if entry:
            text = "- " + text.replace("\n", "\n  ")
        text = f"{key}:\n" + "".join(f"  {line}\n" for line in text.splitlines())
    _, found = checked(source.parse(whole(text, rule), "the stub"))
    return [advised(finding.message, finding.help.splitlines()[0]) for finding in found]


def _reason(rule: HouseRule, report: FileReport) -> str:
    """Why a rule is silent, as far as that can be told."""
    deal, _ = checked(report.source)
    deal.judged_at = rule.since
    if not rule.applies(deal):
        if rule.only and not {*rule.only} & {*deal.types}:
            return f", because the rule is not for a deal of type {' and '.join(deal.types)}"
        return f", because the rule needs {listed(f'`{path}`' for path in rule.needs)}"
    if rule.severity_for(deal.types) == "off":
        return f", because the rule is off for {' and '.join(deal.types)}"
    verdicts = [*rule.judge(deal)]
    if not verdicts:
        return ", because the list of `each` has no entry"
    undecided = [verdict.undecided for verdict in verdicts if verdict.wrong is None and verdict.undecided]
    if undecided:
        return f", because nothing can be told of `{undecided[0]}`: it is missing, or `open`"
    if any(verdict.wrong is None for verdict in verdicts):
        return ", because two values cannot be put in order for certain, such as 3 months and 90 days"
    return ", because the condition is false"


def whole(example: str, rule: HouseRule) -> str:
    """An example as a deal of its own: with a title and a type, and with parties where it names none."""
    made = example.rstrip() + "\n"
    if not re.search("^deal:", made, re.MULTILINE):
        made += "deal:\n  title: An example\n" + "".join(f"  type: {kind}\n" for kind in rule.only[:1])
    return made if re.search("^parties:", made, re.MULTILINE) else made + _PARTIES.lstrip()


def shown(trials: Sequence[Trial]) -> str:
    """What the trials showed, rule by rule."""
    lines: list[str] = []
    for trial in trials:
        word = "FAIL" if trial.failures else "pass"
        lines.append(f"{word}  {trial.rule.slug}  {trial.rule.file}:{trial.rule.line}")
        lines += [f"      {failure}" for failure in trial.failures]
    failed = sum(bool(trial.failures) for trial in trials)
    rules, examples = len(trials), sum(trial.examples for trial in trials)
    lines.append(f"{_counted(rules, 'rule')}, {_counted(examples, 'example')}: "
                 + (f"{failed} failed" if failed else "all as they should be"))  # fmt: skip
    return "\n".join(lines) + "\n"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
