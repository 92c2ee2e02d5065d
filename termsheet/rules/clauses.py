"""The deal's choices over the clauses: each names a clause, and a variant, that the library has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from termsheet import data
from termsheet.deal import Deal
from termsheet.rules.rule import Hit, rule
from termsheet.schema.messages import closest


@cache
def _variants() -> dict[str, tuple[str, ...]]:
    """The clauses of the library, each with its variants, read off the files without rendering them."""
    folder = data.folder("clauses")
    return {
        ".".join(path.relative_to(folder).with_suffix("").parts): tuple(
            dict.fromkeys(re.findall(r"^## ([a-z0-9-]+)", path.read_text(encoding="utf-8"), re.MULTILINE))
        )
        for path in folder.rglob("*.md")
    }


def _named(deal: Deal) -> Iterator[tuple[str, str]]:
    """Every place that names a clause, with the name."""
    for key in ("add", "binding", "not_binding"):
        for name in deal.plain(f"clauses.{key}") or ():
            if isinstance(name, str):
                yield f"clauses.{key}", name
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
    for path, name in _named(deal):
        if name not in _variants():
            near = [known for known in _variants() if name in known.split(".")]
            meant = near[0] if near else closest(name, list(_variants()))
            hint = f"; did you mean `{meant}`?" if meant else ""
            yield Hit(path, f"no clause has the id `{name}`{hint}")


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
        variants = _variants().get(entry.text("clause"))
        wish = entry.text("variant")
        if variants is not None and wish and wish not in variants:
            known = ", ".join(f"`{name}`" for name in variants) or "only one"
            yield Hit(f"{entry.path}.variant", f"the clause has no variant `{wish}`; it has {known}")
