"""The checks of the library: one function each, declared once, with its page.

check.py       how a check is declared             stock.py        the library as checks see it
form.py        what is not well formed             terms.py        defined terms
keys.py        what a clause reads of a deal       references.py   references to other clauses
variants.py    exactly one for each deal           style.py        how a clause reads
paragraphs.py  names of paragraphs                 shelves.py      the library as a whole
translations.py  other languages                   usage.py        words that a clause does without
run.py         from hits to a report
"""

from __future__ import annotations

import inspect
from importlib import import_module

from termsheet.library.checks.check import Check

MODULES = (
    "form",
    "keys",
    "variants",
    "references",
    "terms",
    "style",
    "paragraphs",
    "shelves",
    "translations",
)
CHECKS: tuple[Check, ...] = tuple(
    item
    for name in MODULES
    for item in vars(import_module(f"termsheet.library.checks.{name}")).values()
    if isinstance(item, Check)
)


def pages() -> dict[str, str]:
    """The page of each check, by its slug."""
    return {item.slug: _page(item) for item in CHECKS}


def _page(item: Check) -> str:
    head = f"{item.severity}; a check of `termsheet clauses check`\nremedy: {item.help}\n"
    return f"{item.slug}\n{'=' * len(item.slug)}\n\n{head}\n{inspect.cleandoc(item.page)}\n"


def docs() -> str:
    """The page of the docs that lists all checks."""
    sections = [_section(item) for item in CHECKS]
    lead = (
        "# Checks of the library\n\n"
        f"{len(CHECKS)} checks that `termsheet clauses check` runs on clauses and forms. "
        "`termsheet explain CHECK` shows a page.\n\n"
    )
    return lead + "\n".join(sections)


def _section(item: Check) -> str:
    text = inspect.cleandoc(item.page).replace("## ", "### ")
    return f"## {item.slug}\n\n{item.severity}. Remedy: {item.help}.\n\n{text}\n"
