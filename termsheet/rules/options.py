"""Options: rights to come in later."""

from __future__ import annotations

from collections.abc import Iterator

from termsheet.deal import Deal
from termsheet.rules.rule import Hit, missing, rule, said


@rule(
    "options-no-time",
    needs="options",
    severity="note",
    help="say within which time the option must be used",
)
def no_time(deal: Deal) -> Iterator[Hit]:
    """An option says how long it stays open.

    ## Why
    A right of first refusal without days stops a sale: no buyer waits for an answer that may never come.

    ## Bad
    ```yaml
    options:
      - kind: first-refusal
        holder: acme
        over: the home devices
    ```

    ## Good
    ```yaml
    options:
      - kind: first-refusal
        holder: acme
        over: the home devices
        within: 30 days
    ```

    ## When to waive
    When the option may be used at any time until the end, and `until` says so.
    """
    for option in deal.each("options"):
        if not any(said(option, key) for key in ("within", "until")):
            kind = option.text("kind").replace("-", " ")
            noun = f"right of {kind}" if kind.startswith("first ") else f"{kind} option".strip()
            yield missing(option, "within", f"the {noun} does not say how long it stays open")
