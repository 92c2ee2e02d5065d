"""The sandbox of clauses: Jinja that can neither reach out of a clause, nor run on, nor grow without bound.

A clause may come from somebody else. What it may call is in `environment.py`; here is what bounds it:

    steps     rounds of its loops, and calls of its macros, together
    letters   of what it prints, and of every text that it puts together on the way
    numbers   small ones, of which no power is taken
    lists     none within a list; no method of a text makes another

The bounds are compiled into the clause, so that they cost next to nothing, and what reads a clause does not see them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from jinja2 import nodes
from jinja2.exceptions import SecurityError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

from termsheet.library.view import Absent, OpenPoint, Record

MAX_OUTPUT = 1_000_000  # characters of one clause
MAX_RANGE = 1_000
MAX_STEPS = 200_000  # of one text
_TOO_DEEP = "it is nested too deep"
_OF_A_TEXT = ("startswith", "endswith", "lower", "upper")


class Sandbox(ImmutableSandboxedEnvironment):
    """The environment of the library. `left` are the steps that are left of the text that is rendered."""

    intercepted_binops = frozenset(["*", "**", "%", "+"])
    left = MAX_STEPS

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Arithmetic on numbers only: `'a' * 10**8` is refused."""
        if (
            not all(isinstance(side, int) and abs(side) <= MAX_OUTPUT for side in (left, right))
            or operator == "**"
        ):
            raise SecurityError(f"`{operator}` is for small numbers only")
        return super().call_binop(context, operator, left, right)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A key of the deal where the object is a view of it."""
        if isinstance(obj, (Record, Absent, OpenPoint)) and not attribute.startswith("_"):
            return obj[attribute]
        return super().getattr(obj, attribute)

    def wrap_str_format(self, value: Any) -> None:
        """None: there is no `format`, of which Jinja thinks as safe."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Of a text nothing that makes a longer one, such as `ljust` and `format`."""
        if isinstance(obj, str) and attr not in _OF_A_TEXT:
            return False
        return super().is_safe_attribute(obj, attr, value)

    def _parse(self, source: str, *rest: Any) -> nodes.Template:
        try:
            return super()._parse(source, *rest)
        except RecursionError:
            raise TemplateSyntaxError(_TOO_DEEP, 1) from None

    def _generate(self, source: nodes.Template, *rest: Any, **more: Any) -> str:
        return str(super()._generate(_BOUNDS.visit(source), *rest, **more))

    def spend(self, steps: int = 1) -> str:
        """Pay for steps; prints nothing."""
        self.left -= steps
        if self.left < 0:
            raise SecurityError(f"it takes more than {MAX_STEPS:,} steps")
        return ""

    def counted(self, items: Any) -> list[Any]:
        """What a loop goes through, paid for."""
        found = [*items]
        self.spend(1 + len(found))
        return found

    def joined(self, *parts: Any) -> str:
        """What `~` makes of its parts."""
        text = "".join(map(str, parts))
        if len(text) > MAX_OUTPUT:
            raise SecurityError(f"`~` makes a text of more than {MAX_OUTPUT:,} characters")
        return text

    def gathered(self, *items: Any) -> list[Any]:
        """A list that is written out."""
        if any(isinstance(item, (list, tuple, dict)) for item in items):
            raise SecurityError("a list within a list is refused")
        return [*items]

    def mapped(self, *items: Any) -> dict[Any, Any]:
        """A map that is written out: keys and values in turn."""
        self.gathered(*items)
        return dict(zip(items[::2], items[1::2], strict=True))


class _Bounds(NodeTransformer):
    """Puts the bounds into the tree of a text."""

    def visit_For(self, node: nodes.For) -> nodes.For:
        if node.recursive:
            raise SecurityError("a loop that calls itself is refused")
        self.generic_visit(node)
        node.iter = _call("counted", [node.iter])
        return node

    def visit_Macro(self, node: nodes.Macro) -> nodes.Macro:
        self.generic_visit(node)
        node.body.insert(0, nodes.Output([_call("spend", [])]))
        return node

    def visit_Block(self, node: nodes.Block) -> nodes.Block:
        raise SecurityError("`block` is refused")

    def visit_Concat(self, node: nodes.Concat) -> nodes.Call:
        self.generic_visit(node)
        return _call("joined", node.nodes)

    def visit_List(self, node: nodes.List) -> nodes.Expr:
        self.generic_visit(node)
        if all(isinstance(item, nodes.Const) for item in node.items):
            return node
        return _call("gathered", node.items)

    def visit_Tuple(self, node: nodes.Tuple) -> nodes.Expr:
        if node.ctx != "load":
            return node
        self.generic_visit(node)
        return _call("gathered", node.items)

    def visit_Dict(self, node: nodes.Dict) -> nodes.Expr:
        self.generic_visit(node)
        return _call("mapped", [item for pair in node.items for item in (pair.key, pair.value)])


def _call(name: str, given: Iterable[Any]) -> nodes.Call:
    return nodes.Call(nodes.EnvironmentAttribute(name), [*given], [], None, None)


_BOUNDS = _Bounds()


def bounded_range(*bounds: int) -> range:
    """Jinja's `range`, of no more than can be gone through."""
    made = range(*bounds)
    if len(made) > MAX_RANGE:
        raise SecurityError(f"a range of more than {MAX_RANGE} is refused")
    return made
