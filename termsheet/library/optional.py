"""Optional words: what stands in `[[ … ]]` is printed only where the deal gives every value that is printed in it.

    The deal may be ended[[, but not before {{ entry.after }}]][[, with notice of {{ entry.notice }}]].

It is written out as a Jinja condition before the clause is compiled. Brackets may stand in brackets: the inner ones
then depend on their own values, and on the outer ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import jinja2
from jinja2 import nodes

from termsheet.errors import LibraryError

_PIECE = re.compile(r"\[\[|\]\]|\{\{.*?\}\}|\{%.*?%\}|\{##.*?##\}", re.DOTALL)


def written_out(text: str, environment: jinja2.Environment, clause: str) -> str:
    """The text with its optional words as Jinja conditions. Raises LibraryError where the brackets do not match."""
    if "[[" not in text and "]]" not in text:
        return text
    stack: list[tuple[list[str], list[str]]] = [([], [])]  # the words so far, and the values printed among them
    place = 0
    for piece in _PIECE.finditer(text):
        words, values = stack[-1]
        words.append(text[place : piece.start()])
        place = piece.end()
        if piece[0] == "[[":
            stack.append(([], []))
        elif piece[0] == "]]":
            stack.pop()
            if not stack:
                raise LibraryError(f"clause {clause} has a `]]` without its `[[`")
            stack[-1][0].append(_condition("".join(words), values, clause))
        else:
            words.append(piece[0])
            if piece[0].startswith("{{"):
                values += _values(environment.parse(piece[0]))
    if len(stack) > 1:
        raise LibraryError(f"clause {clause} has a `[[` without its `]]`")
    return "".join(stack[0][0]) + text[place:]


def _condition(words: str, values: list[str], clause: str) -> str:
    if not values:
        raise LibraryError(
            f"clause {clause} has words in `[[ ]]` that print no value of the deal: {words.strip()[:60]}",
            help="print a value in them, or use `{% if %}`",
        )
    return f"{{%+ if {' and '.join(dict.fromkeys(values))} %}}{words}{{% endif +%}}"


def _values(node: nodes.Node) -> Iterator[str]:
    """The places that an expression prints; what has an `or` or an `if` of its own is never wanting."""
    if isinstance(node, nodes.Or | nodes.CondExpr | nodes.Const):
        return
    place = _place(node)
    if place:
        yield place
    elif isinstance(node, nodes.Call):
        for inner in (*node.args, *(keyword.value for keyword in node.kwargs)):
            yield from _values(inner)
    else:
        for part in node.iter_child_nodes():
            yield from _values(part)


def _place(node: nodes.Node) -> str:
    """A place of the deal as it is written: `entry.notice`, `goals[party.id]`; empty for anything else."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        base = _place(node.node)
        return base and f"{base}.{node.attr}"
    if isinstance(node, nodes.Getitem):
        holder, key = _place(node.node), _place(node.arg)
        return f"{holder}[{key}]" if holder and key else ""
    return ""
