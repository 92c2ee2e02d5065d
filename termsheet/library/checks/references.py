"""References from one clause to another: to one that is there, wherever it is printed."""

from __future__ import annotations

from collections.abc import Iterator

from termsheet.library.checks.check import Hit, check
from termsheet.library.checks.stock import Stock, Text, formula_of
from termsheet.library.clause import ClauseSource
from termsheet.library.logic import both, follows
from termsheet.library.reading import Reference
from termsheet.schema.messages import closest


@check(
    "clause-dangling-reference", severity="error", help="name a clause by its id, such as `scope.territory`"
)
def dangling(stock: Stock) -> Iterator[Hit]:
    """A reference names a clause that the library has.

    ## Why
    `ref` of a clause that is not there stops the draft, and `included` of one is never true.

    ## Bad
    ```markdown
    It ends under {{ ref("exit.right") }}. {#end}
    ```

    ## Good
    ```markdown
    {% if included("exit.rights") %}It ends under {{ ref("exit.rights") }}.{% endif %}
    ```
    """
    for text, found in _references(stock):
        id = found.clause.partition("/")[0]
        if id not in stock.clauses and id not in stock.broken:
            meant = closest(id, list(stock.clauses))
            hint = f"; did you mean `{meant}`?" if meant else ""
            yield Hit(text.page.name, text.line(found.line), f"there is no clause `{id}`{hint}", id)


@check("clause-unguarded-reference", severity="error", help='put it in `{% if included("id") %}…{% endif %}`')
def unguarded(stock: Stock) -> Iterator[Hit]:
    """A reference to a clause that some papers lack stands in a condition that asks whether it is in.

    ## Why
    A deal that does not call for the other clause cannot be rendered.

    ## Bad
    ```markdown
    It ends under {{ ref("exit.rights") }}. {#end}
    ```

    ## Good
    ```markdown
    {% if included("exit.rights") %}It ends under {{ ref("exit.rights") }}.{% endif %} {#end}
    ```
    """
    for text, found in _references(stock):
        id = found.clause.partition("/")[0]
        target = stock.clauses.get(id)
        if target is None or found.way == "included" or id == text.clause.id or not _may_lack(target):
            continue
        if not follows(("in", id), found.facts) and not _comes_along(target, text, found):
            yield Hit(text.page.name, text.line(found.line), f"`{id}` is not in every paper", id,
                      help=f'put it in `{{% if included("{id}") %}}…{{% endif %}}`')  # fmt: skip


def _references(stock: Stock) -> Iterator[tuple[Text, Reference]]:
    for text in stock.texts:
        for found in text.reading.references if text.reading else ():
            yield text, found


def _may_lack(clause: ClauseSource) -> bool:
    return bool(clause.reads or clause.when or clause.types or clause.each)


def _comes_along(target: ClauseSource, text: Text, found: Reference) -> bool:
    """Whether the other clause is in wherever this one is."""
    if target.types and not set(text.clause.types or ["all"]) <= set(target.types):
        return False
    if target.front.get("where"):
        return False
    wanted = both(*(("given", path) for path in target.reads), formula_of(target.when),
                  ("is", target.each) if target.each else True)  # fmt: skip
    return follows(wanted, [*text.facts, *found.facts])
