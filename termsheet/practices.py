"""What the sources of the project advise, and what answers it: the map, checked, and its page for readers.

`python -m termsheet.practices` writes docs/practices.md from docs/practices.yaml. A rule that was planned and is
there now is first marked as a rule in the map.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML

from termsheet import data
from termsheet.rules import RULES
from termsheet.schema import child, deal_schema, resolve

DOCS = Path(__file__).resolve().parent.parent / "docs"
KINDS = ("rule", "field", "clause", "command", "planned", "refused")

_SLUGS = {rule.slug: rule for rule in RULES}
_PLANNED = re.compile(r"(?m)^    answered_by: planned\n    name: (.+)$")
_TOP = """\
# What the sources advise, and how termsheet holds you to it

termsheet grew out of five articles on partnerships, and out of what lawyers ask of a term sheet. This page goes
through their advice point by point, in our own words; figures are those of the articles. A rule finds what is missing
or wrong, and `termsheet explain RULE` tells more. A field is a place to write the point down, and
nothing insists on it. A clause says it, a command does it. What is planned or left out is said as well.

"""


@dataclass(frozen=True)
class Practice:
    """One piece of advice, and what answers it."""

    row: str
    article: str
    practice: str
    answered_by: str
    name: str = ""
    code: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Map:
    """The titles of the sources, and every practice."""

    articles: dict[str, str]
    practices: tuple[Practice, ...]


def read(text: str) -> Map:
    """The map, from its YAML."""
    page = YAML(typ="safe", pure=True).load(text)
    return Map(dict(page["articles"]), tuple(Practice(**row) for row in page["practices"]))


def problem(practice: Practice) -> str:
    """What is wrong with a row, or nothing."""
    name = practice.name
    match practice.answered_by:
        case "rule":
            return "" if name in _SLUGS else f"there is no rule `{name}`"
        case "planned":
            return f"`{name}` is there now: run `python -m termsheet.practices`" if name in _SLUGS else ""
        case "field":
            return "" if _field(name) is not None else f"there is no field `{name}`"
        case "clause":
            return "" if _clause(name).is_file() else f"there is no clause `{name}`"
        case "command":
            from termsheet.cli import cli

            return "" if name in cli.commands else f"there is no command `{name}`"
        case "refused":
            return "" if practice.reason else "a reason is missing"
    return f"`{practice.answered_by}` is no kind of answer"


def page(practices: Map) -> str:
    """The page for readers."""
    counts = {kind: sum(row.answered_by == kind for row in practices.practices) for kind in KINDS}
    words = ("by a rule", "by a field", "by a clause", "by a command", "planned as a rule", "left out")
    text = _TOP + f"Of {len(practices.practices)} points, "
    text += ", ".join(f"{counts[kind]} are {'' if kind in KINDS[4:] else 'answered '}{word}"
                      for kind, word in zip(KINDS, words, strict=True)) + ".\n"  # fmt: skip
    for article, title in practices.articles.items():
        text += f"\n## {title}\n\n| The advice | What termsheet does |\n|---|---|\n"
        for row in practices.practices:
            if row.article == article:
                text += f"| {row.practice} | {_answer(row)} |\n"
    return text


def promoted(text: str) -> str:
    """The map with every planned rule that is there now marked as a rule."""
    return _PLANNED.sub(
        lambda found: found[0].replace("planned", "rule", 1) if found[1] in _SLUGS else found[0], text
    )


def _answer(row: Practice) -> str:
    match row.answered_by:
        case "rule":
            return f"the rule `{row.name}` ({_SLUGS[row.name].severity})"
        case "field" if _is_private(row.name):
            return f"a field for the own side only, `{row.name}`"
        case "field":
            return f"a field, `{row.name}`"
        case "clause":
            title = re.search(r"(?m)^title: (.+)$", _clause(row.name).read_text(encoding="utf-8"))
            return f"the clause “{title[1] if title else row.name}”, `{row.name}`"
        case "command":
            return f"the command `termsheet {row.name}`"
        case "planned":
            return f"planned: a rule `{row.name}`"
    return f"left out: {row.reason}"


def _clause(name: str) -> Path:
    return data.folder("clauses") / f"{name.replace('.', '/')}.md"


def _field(path: str) -> list[dict[str, object]] | None:
    """The schema of each step of a path, lists passed through, or None where it leads nowhere."""
    root = deal_schema()
    schema, steps = root, []
    for key in path.split("."):
        schema = resolve(schema, root)
        while "items" in schema:
            schema = resolve(schema["items"], root)
        inner = child(schema, key, root) if key in schema.get("properties", {}) else None
        if inner is None:
            return None
        steps.append(schema["properties"][key])
        schema = inner
    return steps


def _is_private(path: str) -> bool:
    return any(step.get("x-internal") for step in _field(path) or ())


def main() -> None:
    """Bring the map up to date and write the page."""
    source = DOCS / "practices.yaml"
    text = promoted(source.read_text(encoding="utf-8"))
    source.write_text(text, encoding="utf-8")
    (DOCS / "practices.md").write_text(page(read(text)), encoding="utf-8")


if __name__ == "__main__":
    main()
