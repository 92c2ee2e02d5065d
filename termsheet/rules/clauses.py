"""The deal's choices over the clauses: each names a clause, and a variant, that the library has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from termsheet import data
from termsheet.deal import Deal
from termsheet.rules.rule import Hit, brief, listed, rule
from termsheet.schema.messages import closest

if TYPE_CHECKING:
    from pathlib import Path


def _variants(deal: Deal) -> dict[str, tuple[str, ...]]:
    """The clauses that the deal may name, each with its variants, read off the files without rendering them."""
    known = _of(data.folder("clauses"))
    for folder in deal.house.clauses:
        for name, (variants, extends) in _of(folder).items():
            more = known[name][0] if extends and name in known else ()
            known = {**known, name: (tuple(dict.fromkeys((*more, *variants))), False)}
    return {name: variants for name, (variants, _) in known.items()}


@cache
def _of(folder: Path) -> dict[str, tuple[tuple[str, ...], bool]]:
    """The clauses of a folder, each with its variants and whether it only extends one. Translations are none."""
    found = {}
    for path in sorted(folder.rglob("*.md")):
        if "." in path.stem:
            continue
        text = path.read_text(encoding="utf-8")
        name = ".".join(path.relative_to(folder).with_suffix("").parts)
        variants = tuple(dict.fromkeys(re.findall(r"^## ([a-z0-9-]+)", text, re.MULTILINE)))
        found[name] = variants, bool(re.search(r"^extends:[ \t]*true\b", text, re.MULTILINE))
    return found


def _named(deal: Deal) -> Iterator[tuple[str, str]]:
    """Every place that names a clause, with the name."""
    for key in ("add", "binding", "not_binding"):
        for node in deal.each(f"clauses.{key}"):
            if isinstance(node.value, str):
                yield node.path, node.value
    for key in ("use", "omit"):
        for entry in deal.each(f"clauses.{key}"):
            if entry.text("clause"):
                yield f"{entry.path}.clause", entry.text("clause")
    for entry in deal.each("provisions"):
        if entry.text("after"):
            yield f"{entry.path}.after", entry.text("after")


@rule(
    "clauses-unknown",
    severity="error",
    since="sketch",
    help="name the clause by its id, such as `exclusivity.position`: its path under `clauses/`",
)
def unknown(deal: Deal) -> Iterator[Hit]:
    """A choice over the clauses names a clause that the library has.

    ## Why
    A misspelt clause is passed over in silence: its author believes that it binds, or that it is out.

    ## Bad
    ```yaml
    clauses:
      binding:
        - exclusivity
    ```

    ## Good
    ```yaml
    clauses:
      binding:
        - exclusivity.position
    ```

    ## When to waive
    Never: an id that is not there chooses nothing.
    """
    own = {entry.path.replace("[", ".").rstrip("]") for entry in deal.each("provisions")}
    for path, name in _named(deal):
        if name not in _variants(deal) and name not in own:
            yield Hit(path, _hint(name, _variants(deal)))


def _hint(name: str, ids: Iterable[str]) -> str:
    group = [known for known in ids if known.startswith(f"{name}.")]
    if group:
        return f"`{name}` is a group of clauses; name one of them, such as `{group[0]}`"
    near = [known for known in ids if known.endswith(f".{name}")]
    meant = near[0] if near else closest(name, list(ids))
    hint = f"; did you mean `{meant}`?" if meant else ""
    return f"no clause has the id `{brief(name, 30)}`{hint}"


@rule(
    "clauses-no-variant",
    needs="clauses",
    severity="error",
    since="sketch",
    help="name a variant that the clause has",
)
def no_variant(deal: Deal) -> Iterator[Hit]:
    """A choice of variant names one that the clause has.

    ## Why
    A variant that is not there cannot be printed, and the draft fails.

    ## Bad
    ```yaml
    clauses:
      use:
        - clause: status.effect
          variant: everything
    ```

    ## Good
    ```yaml
    clauses:
      use:
        - clause: status.effect
          variant: all
    ```

    ## When to waive
    Never.
    """
    for entry in deal.each("clauses.use"):
        variants = _variants(deal).get(entry.text("clause"))
        wish = entry.text("variant")
        if variants is not None and wish and wish not in variants:
            known = listed((f"`{name}`" for name in variants), "or") if variants else ""
            text = f"`{entry.text('clause')}` has no variant `{brief(wish, 30)}`"
            remedy = f"name {known}" if known else "take it out: the clause has only one wording"
            yield Hit(f"{entry.path}.variant", text, help=remedy)
