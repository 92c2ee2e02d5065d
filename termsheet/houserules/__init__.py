"""House rules: what a legal team wants of its deals, as YAML and without Python.

    for rule in houserules.load([Path("house-rules")]): ...     # beside the built-in ones

    files.py        from a file to rules; every mistake is a sentence with its place
    language.py     the language of conditions (parsing, expression, comparing, quantities, printing)
    walking.py      every entry of the list of an `each:`
    examples.py     `termsheet rules test`

Jinja is imported here, and this package only where a house rule is configured.
"""

from __future__ import annotations

from termsheet.houserules.files import HouseRule, load

__all__ = ["HouseRule", "load"]
