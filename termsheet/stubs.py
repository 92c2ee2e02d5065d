"""The YAML to paste where something is missing, from `templates/stubs.yaml`.

The page holds every section once, in block style, with `open` where the author has to decide. `{a}` and `{b}` are the
ids of the first two parties; a list entry that holds `{p}` is repeated for every party.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from termsheet import data

_DEFAULT_PARTIES = ("first-party", "second-party")


def stub(path: str, parties: Sequence[str] = ()) -> str:
    """The YAML for a path, its last key first. Names of entries in the path (`[leads]`) are passed over.

    Where the page has no such path, an `open` key is made for it.
    """
    keys = re.sub(r"\[[^\]]*\]", "", path).split(".")
    lines = _page()
    for key in keys:
        lines = _below(lines, key)
    if not lines:
        return f"{keys[-1]}: open"
    return _filled("\n".join(_dedent(lines)), [*parties, *_DEFAULT_PARTIES[len(parties) :]])


@cache
def _page() -> list[str]:
    text = (data.folder("templates") / "stubs.yaml").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def _below(lines: list[str], key: str) -> list[str]:
    """The block of the first line at any depth below that has this key: depth-first along the path."""
    for index, line in enumerate(lines):
        match = re.match(rf"(\s*(?:- )?){re.escape(key)}:", line)
        if match:
            return [" " * len(match[1]) + line[len(match[1]) :], *_indented(lines[index + 1 :], len(match[1]))]
    return []


def _indented(lines: list[str], depth: int) -> list[str]:
    block = []
    for line in lines:
        if len(line) - len(line.lstrip()) <= depth:
            break
        block.append(line)
    return block


def _dedent(lines: list[str]) -> list[str]:
    depth = len(lines[0]) - len(lines[0].lstrip())
    return [line[depth:] for line in lines]


def _filled(text: str, parties: Sequence[str]) -> str:
    text = re.sub(r"^( *)- .*\n?(?:\1 +.*\n?)*", lambda match: _repeated(match[0], parties), text, flags=re.MULTILINE)
    return text.replace("{a}", parties[0]).replace("{b}", parties[1])


def _repeated(entry: str, parties: Sequence[str]) -> str:
    if "{p}" not in entry:
        return entry
    entry = entry.rstrip("\n")
    return "\n".join(entry.replace("{p}", party) for party in parties) + "\n"
