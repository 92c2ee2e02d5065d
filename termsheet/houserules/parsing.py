"""From text to a tree, by Jinja's own parser; no longer and no deeper than can be judged."""

from __future__ import annotations

from jinja2 import Environment, TemplateError, nodes
from jinja2.parser import Parser

from termsheet.houserules.expression import Fault
from termsheet.rules.rule import brief

_LONGEST = 2_000
_DEEPEST = 60
_ENVIRONMENT = Environment(autoescape=False)
_INSTEAD = {
    "assign": "compare with `==`",
    "comma": 'write a number without commas, or an amount in quotes, such as "EUR 250,000"',
}
_WRITE = "write `and`, `or`, `not`; put texts in quotes, and close every bracket"


def condition(text: str) -> nodes.Node:
    """The tree of a condition."""
    _refuse_length(text, "condition")
    if text.lstrip().startswith("{{"):
        raise Fault("a condition is not written in `{{ … }}`", "leave the braces out")
    try:
        parser = Parser(_ENVIRONMENT, text, state="variable")
        tree = parser.parse_expression()
        rest = parser.stream.current
    except (TemplateError, RecursionError, ValueError) as error:
        raise _fault(error, "condition") from None
    if not parser.stream.eos:
        help = _INSTEAD.get(rest.type, _WRITE)
        raise Fault(f"`{brief(str(rest.value))}` is not expected in the condition", help, rest.lineno)
    _refuse_depth(tree, "condition")
    return tree


def message(text: str) -> list[nodes.Node]:
    """The parts of a message: text, and what is printed."""
    _refuse_length(text, "message")
    try:
        tree = _ENVIRONMENT.parse(text)
    except (TemplateError, RecursionError, ValueError) as error:
        raise _fault(error, "message") from None
    _refuse_depth(tree, "message")
    parts: list[nodes.Node] = []
    for statement in tree.body:
        if not isinstance(statement, nodes.Output):
            help = "print values with `{{ … }}`, and leave out the rest"
            raise Fault("a message holds `{% … %}`", help, statement.lineno)
        parts += statement.nodes
    return parts


def size(node: nodes.Node) -> int:
    """How many parts a tree has: what it costs to judge it once."""
    return 1 + sum(map(size, node.iter_child_nodes()))


def _refuse_length(text: str, what: str) -> None:
    if len(text) > _LONGEST:
        raise Fault(f"the {what} is longer than {_LONGEST:,} characters", "make two rules of it")


def _refuse_depth(tree: nodes.Node, what: str) -> None:
    level = [tree]
    for _ in range(_DEEPEST):
        level = [inner for node in level for inner in node.iter_child_nodes()]
        if not level:
            return
    raise Fault(f"the {what} is nested too deep", "make two rules of it")


def _fault(error: Exception, what: str) -> Fault:
    if isinstance(error, RecursionError):
        return Fault(f"the {what} is nested too deep", "make two rules of it")
    said = brief(str(getattr(error, "message", None) or error), 80)
    said = "it ends too early" if "end of template" in said else said
    return Fault(f"the {what} cannot be read ({said})", _WRITE, getattr(error, "lineno", None) or 1)
