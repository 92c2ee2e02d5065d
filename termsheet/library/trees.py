"""What Jinja makes of a text, as plain data that JSON can hold; `termsheet.library.evaluate` runs it without Jinja.

A body is a list of pieces: a text is printed as it stands, and a list is a statement. The body of a macro may be a
number, its place among those of the file. Of an expression, a text is a name and the keys below it ("exit.notice"),
and a list is an operation.

    ["=", expression]                                       its value is printed
    ["if", expression, body, [[expression, body], …], body]
    ["for", name, expression, condition or null, body, body where there is none]
    ["macro", name, [name, …], body]
    ["set", name, expression]
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from jinja2 import nodes

Tree = Any


class Unknown(Exception):
    """A text asks more of Jinja than a tree can say: it is left to Jinja."""


def body_of(template: nodes.Template) -> list[Tree]:
    """The body of a text. Raises Unknown."""
    top = [part for part in template.body if isinstance(part, nodes.Macro)]
    if len(top) < sum(1 for _ in template.find_all(nodes.Macro)):
        raise Unknown("a macro that is not at the top")
    return _body(template.body)


def expression_of(template: nodes.Template) -> Tree:
    """The one expression of a text that is nothing but `{{ … }}`. Raises Unknown."""
    output = template.body[0]
    if len(template.body) != 1 or not isinstance(output, nodes.Output) or len(output.nodes) != 1:
        raise Unknown("not one expression")
    return _expression(output.nodes[0])


def _body(statements: Sequence[nodes.Node]) -> list[Tree]:
    made: list[Tree] = []
    for statement in statements:
        if isinstance(statement, nodes.Output):
            made += [node.data if isinstance(node, nodes.TemplateData) else ["=", _expression(node)]
                     for node in statement.nodes]  # fmt: skip
        else:
            made.append(_statement(statement))
    return made


def _statement(node: nodes.Node) -> Tree:
    if isinstance(node, nodes.If):
        others = [[_expression(other.test), _body(other.body)] for other in node.elif_]
        return ["if", _expression(node.test), _body(node.body), others, _body(node.else_)]
    if isinstance(node, nodes.For) and isinstance(node.target, nodes.Name) and not node.recursive:
        if any(part.find(nodes.Assign) or isinstance(part, nodes.Assign) for part in node.body):
            raise Unknown("what is set in a loop has rules of its own")
        condition = node.test and _expression(node.test)
        return ["for", node.target.name, _expression(node.iter), condition, _body(node.body), _body(node.else_)]
    if isinstance(node, nodes.Macro) and not node.defaults:
        if any(found.name in ("caller", "varargs", "kwargs") for found in node.find_all(nodes.Name)):
            raise Unknown("a macro that asks for what it was not given")
        return ["macro", node.name, [argument.name for argument in node.args], _body(node.body)]
    if isinstance(node, nodes.Assign) and isinstance(node.target, nodes.Name):
        return ["set", node.target.name, _expression(node.node)]
    raise Unknown(type(node).__name__)


def _expression(node: nodes.Node) -> Tree:
    made = _MAKERS.get(type(node))
    if made is None:
        raise Unknown(type(node).__name__)
    return made(node)


def _constant(node: nodes.Const) -> Tree:
    if node.value is not None and not isinstance(node.value, (str, int, float, bool)):
        raise Unknown("a constant of another kind")
    return ["c", node.value]


def _key(node: nodes.Getattr) -> Tree:
    if node.attr.startswith("_"):
        raise Unknown("a key that the sandbox hides")
    below = _expression(node.node)
    return f"{below}.{node.attr}" if isinstance(below, str) else [".", below, node.attr]


def _given(node: nodes.Call | nodes.Filter | nodes.Test) -> list[Tree]:
    """The arguments, by place and by name."""
    if node.dyn_args is not None or node.dyn_kwargs is not None:
        raise Unknown("arguments that are not written out")
    return [[*map(_expression, node.args)], {str(pair.key): _expression(pair.value) for pair in node.kwargs}]


def _conditional(node: nodes.CondExpr) -> Tree:
    if node.expr2 is None:
        raise Unknown("an `if` without its `else`")
    return ["?", _expression(node.test), _expression(node.expr1), _expression(node.expr2)]


_MAKERS: dict[type, Callable[[Any], Tree]] = {
    nodes.Name: lambda node: node.name,
    nodes.Const: _constant,
    nodes.Getattr: _key,
    nodes.Getitem: lambda node: ["[", _expression(node.node), _expression(node.arg)],
    nodes.Call: lambda node: ["(", _expression(node.node), *_given(node)],
    nodes.Filter: lambda node: ["|", node.name, _expression(node.node), *_given(node)],
    nodes.Test: lambda node: ["is", node.name, _expression(node.node), *_given(node)],
    nodes.Compare: lambda node: ["<", _expression(node.expr), [[part.op, _expression(part.expr)] for part in node.ops]],
    nodes.And: lambda node: ["and", _expression(node.left), _expression(node.right)],
    nodes.Or: lambda node: ["or", _expression(node.left), _expression(node.right)],
    nodes.Not: lambda node: ["not", _expression(node.node)],
    nodes.CondExpr: _conditional,
    nodes.Concat: lambda node: ["~", [*map(_expression, node.nodes)]],
    nodes.List: lambda node: ["l", [*map(_expression, node.items)]],
    nodes.Dict: lambda node: ["d", [[_expression(pair.key), _expression(pair.value)] for pair in node.items]],
}
