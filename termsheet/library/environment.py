"""The sandbox in which clauses and conditions run; what they may call stands in `termsheet.library.callables`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import jinja2
from jinja2.exceptions import SecurityError

from termsheet.errors import LibraryError
from termsheet.library.callables import FILTERS as OWN_FILTERS
from termsheet.library.callables import TESTS, choose
from termsheet.library.optional import written_out
from termsheet.library.sandbox import MAX_OUTPUT, MAX_STEPS, Sandbox, bounded_range

FILTERS = ("length", "selectattr", "rejectattr", "select", "reject", "map", "first", "last", "unique")


@cache
def environment() -> Sandbox:
    """The environment of the library: strict, with our own filters and few of Jinja's."""
    made = Sandbox(undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False,
                   comment_start_string="{##", comment_end_string="##}")  # fmt: skip  # `{#name}` names a paragraph
    made.filters = {name: made.filters[name] for name in FILTERS}
    made.filters |= OWN_FILTERS
    made.tests = {
        name: made.tests[name]
        for name in ("defined", "equalto", "in", "ne", "eq", "==", "!=", "true", "false")
    }
    made.tests |= TESTS
    made.globals = {"range": bounded_range, "choose": choose}
    return made


@cache
def _template(text: str, clause: str) -> jinja2.Template:
    """A text, compiled once: compiling takes longer than rendering."""
    return environment().from_string(written_out(text, environment(), clause))


@cache
def _condition(text: str) -> Callable[..., Any]:
    return environment().compile_expression(text, undefined_to_none=False)


def holds(condition: str, context: Mapping[str, Any], clause: str) -> bool:
    """Whether a condition over the deal holds; an empty one does."""
    environment().left = MAX_STEPS
    try:
        return not condition or bool(_condition(condition)(**context))
    except (jinja2.TemplateError, TypeError, ValueError, LookupError, ArithmeticError, RecursionError) as error:
        raise LibraryError(f"clause {clause} has a condition that cannot be read: {error}") from error


def run(text: str, context: dict[str, Any], clause: str) -> str:
    """The text of a clause, rendered; every failure says which clause it was."""
    size, pieces = 0, []
    environment().left = MAX_STEPS
    try:
        template = _template(text, clause)
        for piece in template.root_render_func(template.new_context(context)):
            size += len(piece)
            if size > MAX_OUTPUT:
                raise LibraryError(f"clause {clause} grows beyond {MAX_OUTPUT:,} characters")
            pieces.append(piece)
    except jinja2.TemplateSyntaxError as error:
        raise LibraryError(
            f"clause {clause} is not well-formed Jinja: {error.message} (line {error.lineno} of the variant)"
        ) from error
    except jinja2.UndefinedError as error:
        raise LibraryError(f"clause {clause} uses a name that is not there: {error.message}") from error
    except (SecurityError, jinja2.TemplateError, TypeError, ValueError, LookupError, ArithmeticError,
            RecursionError, MemoryError) as error:  # fmt: skip
        raise LibraryError(f"clause {clause} cannot be rendered: {str(error) or 'it takes too much memory'}") from error
    return "".join(pieces)
