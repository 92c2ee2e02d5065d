"""Run the texts and conditions of clauses: those that come with termsheet from their trees, any other in the sandbox.

Jinja is imported for the others alone: reading a text of the library with it takes longer than all the rest of a paper.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from termsheet.errors import LibraryError
from termsheet.library import prepared
from termsheet.library.evaluate import UnknownName

MAX_OUTPUT = 1_000_000  # characters of one clause


def holds(condition: str, context: Mapping[str, Any], clause: str) -> bool:
    """Whether a condition over the deal holds; an empty one does."""
    if not condition:
        return True
    expression = prepared.condition(condition)
    if expression is None:
        from termsheet.library import environment

        return environment.holds(condition, context, clause)
    try:
        return bool(expression(context))
    except (UnknownName, TypeError, ValueError, IndexError, KeyError) as error:
        raise LibraryError(f"clause {clause} has a condition that cannot be read: {error}") from error


def run(text: str, context: dict[str, Any], clause: str) -> str:
    """The text of a clause, rendered; every failure says which clause it was."""
    program = prepared.program(text)
    if program is None:
        from termsheet.library import environment

        return environment.run(text, context, clause)
    size, pieces = 0, []
    try:
        for piece in program.pieces(context):
            size += len(piece)
            if size > MAX_OUTPUT:
                raise LibraryError(f"clause {clause} grows beyond {MAX_OUTPUT:,} characters")
            pieces.append(piece)
    except UnknownName as error:
        raise LibraryError(f"clause {clause} uses a name that is not there: {error}") from error
    except (TypeError, ValueError, LookupError, ArithmeticError, RecursionError, MemoryError) as error:
        raise LibraryError(f"clause {clause} cannot be rendered: {error}") from error
    return "".join(pieces)
