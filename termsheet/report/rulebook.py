"""What a report tells of a rule: in a sentence, with its reason, and its page."""

from __future__ import annotations

import inspect
import re
from typing import NamedTuple

from termsheet.finding import SEVERITIES
from termsheet.rules.rule import Rule

# What is found without a rule of the checklist: the deal is malformed, or a waiver cannot hold.
OTHERS = {
    "schema-comma-split": "A comma cuts a text in pieces.",
    "schema-duplicate-id": "An id is given once.",
    "schema-forbidden-character": "Every character can stand in a Word document.",
    "schema-hash-comment": "A `#` in a text is not the start of a comment.",
    "schema-id-form": "An id is a short word in lower case.",
    "schema-id-reserved": "An id is not a word with a meaning of its own.",
    "schema-missing-key": "A key without which the others mean nothing is there.",
    "schema-unknown-id": "What is referred to is there.",
    "schema-unknown-key": "A key is one of the format.",
    "schema-unknown-word": "A value is one of the words that are allowed there.",
    "schema-value-form": "A date, a length of time, an amount or the like is written in its form.",
    "schema-word-as-text": "A word such as `open` or `none` stands in place of a value.",
    "schema-wrong-type": "A section, a list or a text stands where one is wanted.",
    "waiver-expired": "A waiver has not run out.",
    "waiver-no-path": "A waiver names the path of what it accepts.",
    "waiver-no-reason": "A waiver gives its reason.",
    "waiver-of-schema": "What is malformed is not waived.",
    "waiver-unknown-rule": "A waiver names a rule that there is.",
    "waiver-unused": "A waiver accepts something that is found.",
}


class Entry(NamedTuple):
    """A rule as it is shown: its slug, what it checks in a sentence, that and why, its page, and how grave it is."""

    slug: str
    short: str
    full: str
    page: str
    severity: str
    tags: tuple[str, ...]


def entry(slug: str, rule: Rule | None) -> Entry:
    """What there is to tell of a slug: by its rule, or by what is known of it without one."""
    if rule is None and slug.startswith("clause-"):
        return _check(slug)
    if rule is None:
        short = OTHERS.get(slug, f"`{slug}` holds.")
        severity = "warning" if slug in ("waiver-expired", "waiver-unused") else "error"
        return Entry(slug, short, short, short, severity, (slug.partition("-")[0],))
    page = inspect.cleandoc(rule.page)
    short = _line(re.split(r"\n\s*\n", page, maxsplit=1)[0])
    why = re.search(r"^## Why\n(.*?)(?=^## |\Z)", page, re.DOTALL | re.MULTILINE)
    full = f"{short} {_line(why[1])}" if why else short
    tags = tuple(dict.fromkeys((rule.area, rule.since)))
    return Entry(slug, short, full, f"{page}\n\n## Remedy\n{rule.help}\n", _severity(rule), tags)


def _check(slug: str) -> Entry:
    """What there is to tell of a check of the library."""
    from termsheet.library.checks import CHECKS

    found = next(item for item in CHECKS if item.slug == slug)
    page = inspect.cleandoc(found.page)
    short = _line(page.partition("\n\n")[0])
    why = _line(page.partition("## Why\n")[2].partition("\n## ")[0])
    return Entry(
        slug, short, f"{short} {why}", f"{page}\n\n## Remedy\n{found.help}\n", found.severity, ("clause",)
    )


def _severity(rule: Rule) -> str:
    """How grave the rule is in most deals; where it is silent there, how grave it can be."""
    if rule.severity in SEVERITIES:
        return rule.severity
    return max(
        (word for word in rule.types.values() if word in SEVERITIES), key=SEVERITIES.index, default="none"
    )


def _line(text: str) -> str:
    return " ".join(text.split())
