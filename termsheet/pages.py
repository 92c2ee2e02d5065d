"""The pages of the rules, as `termsheet explain` and `termsheet rules` show them, and as the docs hold them.

`python -m termsheet.pages` writes docs/rules.md (every rule with its severity by type of deal), a page an area
below docs/rules/, docs/clause-checks.md, and the presets that name rules. The rules on positions run only where a
playbook is named, and have a page of their own. What no rule finds (a malformed file, a waiver that cannot hold)
has its page in templates/slugs.yaml.
"""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from termsheet import data
from termsheet.errors import TermsheetError
from termsheet.rules.position import AREA, POSITIONS
from termsheet.rules.rule import Rule, listed
from termsheet.schema.messages import closest

if TYPE_CHECKING:
    from termsheet.library.clause import ClauseSource


def page(slug: str, rules: Sequence[Rule]) -> str:
    """The page of a slug: its head, then its text. Raises TermsheetError where nothing is found by that name."""
    rules = (*rules, *POSITIONS)
    found = {rule.slug: rule for rule in rules}.get(slug)
    if found is not None:
        head = f"{_severities(found)}; speaks from stage {found.since}\nremedy: {found.help}\n"
        answers = clauses_for(found)
        if answers:
            head += f"printed by: {', '.join(answers)}\n"
        return f"{slug}\n{'=' * len(slug)}\n\n{head}\n{inspect.cleandoc(found.page)}\n"
    if slug in others():
        return f"{slug}\n{'=' * len(slug)}\n\n{_kind(slug)}\n\n{others()[slug]}"
    if slug in {rule.area for rule in rules}:
        raise TermsheetError(f"`{slug}` is an area", help=f"`termsheet rules --area {slug}` lists its rules")
    checks = _checks(slug)
    if slug in checks:
        return checks[slug]
    meant = closest(slug, [*(rule.slug for rule in rules), *others(), *checks])
    raise TermsheetError(f"no rule is called `{slug}`" + (f"; did you mean `{meant}`?" if meant else ""),
                         help="`termsheet rules` lists them all")  # fmt: skip


def _checks(slug: str) -> dict[str, str]:
    """The pages of the checks of the library, where the slug may be one of them."""
    if not slug.startswith("clause-"):
        return {}
    from termsheet.library.checks import pages  # brings Jinja with it

    return pages()


@cache
def others() -> Mapping[str, str]:
    """The pages of what no rule finds, by slug."""
    from termsheet import source

    text = (data.folder("templates") / "slugs.yaml").read_text(encoding="utf-8")
    pages: dict[str, str] = source.parse(text, "slugs.yaml").data
    return pages


def clauses_for(rule: Rule) -> list[str]:
    """The clauses that print what the rule asks for: those that read the place where its Bad example is found."""
    from termsheet import source
    from termsheet.library.shelf import library
    from termsheet.wellformed import checked

    bad = re.search(r"## Bad\n+```yaml\n(.*?)```", inspect.cleandoc(rule.page), re.DOTALL)
    if not bad:
        return []
    text = bad[1] + ("" if re.search("^parties:", bad[1], re.MULTILINE) else _PARTIES)
    deal, _ = checked(source.parse(text, rule.slug))
    places = {re.sub(r"\[[^\]]*\]", "", hit.path) for hit in rule.check(deal)}
    ranks = {
        clause.id: max((_shared(place, path) for place in places for path in _read(clause)), default=0)
        for clause in library().values()
    }
    best = max(ranks.values(), default=0)
    return [name for name, rank in ranks.items() if rank == best and best][:3]


_PARTIES = "\nparties:\n  - id: acme\n    name: Acme\n  - id: borealis\n    name: Borealis\n"


def _read(clause: ClauseSource) -> list[str]:
    return [*clause.reads, *re.findall(r"[a-z_]+(?:\.[a-z_]+)+", clause.when)]


def _shared(place: str, path: str) -> int:
    """How many steps two paths share, where one lies below the other; else none."""
    one, other = place.split("."), path.split(".")
    short = min(len(one), len(other))
    return short if one[:short] == other[:short] else 0


def _kind(slug: str) -> str:
    return (
        "what is malformed in the file; always an error" if slug.startswith("schema-") else "about a waiver"
    )


def _severities(rule: Rule) -> str:
    kinds: dict[str, list[str]] = {}
    for kind, severity in rule.types.items():
        kinds.setdefault(severity, []).append(kind)
    return rule.severity + "".join(f", {severity} for {listed(those)}" for severity, those in kinds.items())


def listing(
    rules: Sequence[Rule],
    *,
    area: str | None = None,
    kind: str | None = None,
    severity: str | None = None,
    style: str = "table",
) -> str:
    """The rules as a table or as JSON, filtered."""
    if area == AREA:
        rules = POSITIONS
    chosen = [
        (rule, rule.severity_for([kind] if kind else [])) for rule in rules if area in (None, rule.area)
    ]
    known = sorted({*(rule.area for rule in rules), AREA})
    if area is not None and area not in known:
        raise TermsheetError(f"there is no area `{area}`", help=f"use one of {', '.join(known)}")
    chosen = [(rule, grade) for rule, grade in chosen if severity in (None, grade)]
    if style == "json":
        rows = [_row(rule, grade) for rule, grade in chosen]
        return json.dumps(rows, indent=2, ensure_ascii=False) + "\n"
    width = max((len(rule.slug) for rule, _ in chosen), default=0)
    lines = [
        f"{rule.slug:<{width}}  {grade:<7}  {rule.since:<10}  {_summary(rule)}" for rule, grade in chosen
    ]
    return "\n".join([*lines, f"{len(chosen)} rules"]) + "\n"


def _row(rule: Rule, grade: str) -> dict[str, object]:
    return {
        "rule": rule.slug,
        "area": rule.area,
        "severity": grade,
        "types": dict(rule.types),
        "stage": rule.since,
        "summary": _summary(rule),
        "help": rule.help,
        "page": inspect.cleandoc(rule.page),
    }


def _summary(rule: Rule) -> str:
    return inspect.cleandoc(rule.page).split("\n\n")[0].replace("\n", " ")


# --- the pages of the docs --------------------------------------------------------------------------------

DOCS = Path(__file__).resolve().parent.parent / "docs"
TYPES = ("strategic-alliance", "joint-venture", "licensing", "co-marketing", "referral", "reseller", "integration",
         "co-development", "pilot")  # fmt: skip
_SIGNS = {"error": "●", "warning": "◐", "note": "○", "off": "–"}
_TOP = """\
# The rules

{count} rules, each with its severity by type of deal: ● error, ◐ warning, ○ note, – off. A deal of several types takes
the gravest. `termsheet explain RULE` shows a rule's page; `termsheet rules --type TYPE` this table for one type.
A rule speaks from its stage on: `sketch` (what contradicts itself), `term-sheet` (what is missing or vague),
`signature` (what is needed to sign).
"""

_POSITIONS = """\
# Positions

Where a deal stands on the positions of a playbook. These rules run where one is named: see
[playbooks](../playbooks.md). They are configured, waived and reported as all others are, and what they say is for the
own side only.
"""


def docs(rules: Sequence[Rule]) -> dict[str, str]:
    """Every page of the docs that is made from the rules, by its name below docs/."""
    areas: dict[str, list[Rule]] = {}
    for rule in rules:
        areas.setdefault(rule.area, []).append(rule)
    table = _TOP.format(count=len(rules))
    made = {}
    for area, inside in areas.items():
        table += f"\n## [{area}](rules/{area}.md)\n\n| rule | stage | {' | '.join(TYPES)} |\n"
        table += f"|---|---|{':-:|' * len(TYPES)}\n"
        for rule in inside:
            signs = " | ".join(_SIGNS[rule.severity_for([kind])] for kind in TYPES)
            table += f"| [{rule.slug}](rules/{area}.md#{rule.slug}) | {rule.since} | {signs} |\n"
        made[f"rules/{area}.md"] = f"# {area}\n" + "".join(_section(rule) for rule in inside)
    made["rules/malformed.md"] = "# Malformed files, and waivers\n" + "".join(
        f"\n## {slug}\n\n{text.replace('## ', '### ')}" for slug, text in others().items()
    )
    made[f"rules/{AREA}.md"] = _POSITIONS + "".join(map(_section, POSITIONS))
    table += f"\n## [{AREA}, where a playbook is named](rules/{AREA}.md)\n"
    return {"rules.md": table + "\n## [malformed files, and waivers](rules/malformed.md)\n", **made}


def _section(rule: Rule) -> str:
    text = inspect.cleandoc(rule.page).replace("## ", "### ")
    return (
        f"\n## {rule.slug}\n\n{_severities(rule)}; from stage {rule.since}. Remedy: {rule.help}.\n\n{text}\n"
    )


def presets(rules: Sequence[Rule]) -> dict[str, str]:
    """The presets that name rules one by one, by their file name."""
    late = sorted(rule.slug for rule in rules if rule.since == "signature")
    notes = sorted(
        rule.slug
        for rule in rules
        if rule.severity == "note" and not {"off", "error"} & set(rule.types.values())
    )
    return {
        "term-sheet-only.yaml": "# For papers that end as a term sheet: what is asked only of a copy to be signed is "
        "left out.\nignore:\n" + "".join(f"  - {slug}\n" for slug in late),
        "strict.yaml": "# What is a note counts as a warning. Rules that are silent in some types of deal stay as they "
        "are.\nseverity:\n" + "".join(f"  {slug}: warning\n" for slug in notes),
    }


def main() -> None:
    """Write the pages of the docs, and the presets that name rules."""
    from termsheet.library import checks
    from termsheet.rules import RULES

    (DOCS / "clause-checks.md").write_text(checks.docs(), encoding="utf-8", newline="\n")

    for name, text in presets(RULES).items():
        (data.folder("templates") / "presets" / name).write_text(text, encoding="utf-8", newline="\n")
    for name, text in docs(RULES).items():
        (DOCS / name).parent.mkdir(exist_ok=True)
        (DOCS / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
