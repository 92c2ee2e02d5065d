"""Paragraphs and their names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from termsheet.library.checks.check import Hit, check
from termsheet.library.checks.stock import Stock
from termsheet.library.prose import Block, blocks

_NAMED = re.compile(r"\{#[a-z0-9-]+\}\s*$")
_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)


@check("clause-unnamed-paragraph", help="put a name at its end, such as `{#notice}`")
def unnamed(stock: Stock) -> Iterator[Hit]:
    """Of several paragraphs, each has a name.

    ## Why
    References and comparisons know a paragraph by its name. Without one it is known by its turn, and an insertion makes
    another paragraph of it. An item, and what stands in a loop, takes the name of its entry.

    ## Bad
    ```markdown
    The term begins at once.

    It ends after a year. {#end}
    ```

    ## Good
    ```markdown
    The term begins at once. {#start}

    It ends after a year. {#end}
    ```
    """
    for text in stock.texts:
        found = [
            block for block in blocks(text.words) if not block.item and not block.repeated and _speaks(block)
        ]
        if len({block.place for block in found}) > 1:
            for block in found:
                if not _NAMED.search(block.text):
                    yield Hit(text.page.name, text.line(block.line), "a paragraph without a name")


def _speaks(block: Block) -> bool:
    return bool(re.search(r"\w", _JINJA.sub("", block.text)))
