"""What the sources of the project advise, and what answers it: the map, checked, and its page for readers.

`python -m termsheet.practices` writes docs/practices.md from docs/practices.yaml.
"""

from __future__ import annotations

import re
from pathlib import Path

from ruamel.yaml import YAML

from termsheet import data
from termsheet.immutable import immutable
from termsheet.rules import RULES
from termsheet.schema import child, deal_schema, resolve

DOCS = Path(__file__).resolve().parent.parent / "docs"
KINDS = ("rule", "field", "clause", "command", "refused")

_SLUGS = {rule.slug: rule for rule in RULES}
_TOP = """\
# What the sources advise, and how termsheet holds you to it

termsheet grew out of five articles on partnerships, and out of what lawyers ask of a term sheet. This page goes
through their advice point by point, in our own words; figures are those of the articles. A rule finds what is missing
or wrong, and `termsheet explain RULE` tells more. A field is a place to write the point down, and
nothing insists on it. A clause says it, a command does it. What is left out is said as well, and why.

"""


@immutable
class Practice:
    """One piece of advice, and what answers it: `name`, or several names with commas between."""

    row: str
    article: str
    practice: str
    answered_by: str
    name: str = ""
    code: str = ""
    reason: str = ""

    @property
    def names(self) -> list[str]:
        """What answers it, one by one."""
        return self.name.split(", ")


@immutable
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
    kind = practice.answered_by
    if kind not in KINDS:
        return f"`{kind}` is no kind of answer"
    if kind == "refused":
        return "" if practice.reason else "a reason is missing"
    lost = [name for name in practice.names if not _is_there(kind, name)]
    return f"there is no {kind} `{lost[0]}`" if lost else ""


def _is_there(kind: str, name: str) -> bool:
    match kind:
        case "rule":
            return name in _SLUGS
        case "field":
            return _field(name) is not None
        case "clause":
            return _clause(name).is_file()
    from termsheet.cli.group import COMMANDS

    return name in COMMANDS


def page(practices: Map) -> str:
    """The page for readers."""
    counts = {kind: sum(row.answered_by == kind for row in practices.practices) for kind in KINDS}
    told = ", ".join(f"{count} by a {kind}" for kind, count in counts.items() if kind != "refused")
    text = _TOP + f"Of {len(practices.practices)} points, {told.replace(' by', ' are answered by', 1)}, "
    text += f"and {counts['refused']} are left out.\n"
    for article, title in practices.articles.items():
        text += f"\n## {title}\n\n| The advice | What termsheet does |\n|---|---|\n"
        for row in practices.practices:
            if row.article == article:
                text += f"| {row.practice} | {_answer(row)} |\n"
    return text


def _answer(row: Practice) -> str:
    if row.answered_by == "refused":
        return f"left out: {row.reason}"
    told = "; ".join(_told(row.answered_by, name) for name in row.names)
    return f"{told} ({row.reason})" if row.reason else told


def _told(kind: str, name: str) -> str:
    match kind:
        case "rule":
            severity = _SLUGS[name].severity.replace("off", "for some types of deal")
            return f"the rule `{name}` ({severity})"
        case "field" if _is_private(name):
            return f"a field for the own side only, `{name}`"
        case "field":
            return f"a field, `{name}`"
        case "clause":
            title = re.search(r"(?m)^title: (.+)$", _clause(name).read_text(encoding="utf-8"))
            return f"the clause “{title[1] if title else name}”, `{name}`"
    return f"the command `termsheet {name}`"


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
    """Write the page."""
    practices = read((DOCS / "practices.yaml").read_text(encoding="utf-8"))
    (DOCS / "practices.md").write_text(page(practices), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
