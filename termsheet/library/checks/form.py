"""What is not well formed, so that nothing else can be said of it."""

from __future__ import annotations

from collections.abc import Iterator

import jinja2

from termsheet.library.checks.check import Hit, check
from termsheet.library.checks.stock import Stock, line_of
from termsheet.library.clause import OTHERWISE
from termsheet.library.environment import environment


@check("clause-malformed", severity="error", help="see docs/clauses.md for the grammar")
def malformed(stock: Stock) -> Iterator[Hit]:
    """A clause and a form are well formed: front matter as its schema has it, a text for each variant, and sound Jinja.

    ## Why
    Nothing else can be said of it, and no deal that calls for it can be rendered.

    ## Bad
    ```markdown
    {% if term.ends %}It ends on {{ term.ends }}.
    ```

    ## Good
    ```markdown
    {% if term.ends %}It ends on {{ term.ends }}.{% endif %}
    ```
    """
    for text in stock.texts:
        if text.fault is not None:
            message, line = text.fault
            yield Hit(text.page.name, text.line(line), f"the text is not well formed: {message}")
    for page in stock.english():
        own = page.front.data
        asked: dict[tuple[str, ...], str] = {(key,): own.get(key, "") for key in ("when", "where")}
        asked |= {
            ("variants", name): text for name, text in own.get("variants", {}).items() if text != OTHERWISE
        }
        for route, condition in asked.items():
            found = _fault("{% if " + condition + " %}{% endif %}") if condition else None
            if found is not None:
                yield Hit(page.name, line_of(page.front, route), f"the condition is not well formed: {found.message}",
                          condition)  # fmt: skip


def _fault(text: str) -> jinja2.TemplateSyntaxError | None:
    try:
        environment().parse(text)
    except jinja2.TemplateSyntaxError as error:
        return error
    return None
