"""Run a text of the library from its tree (`termsheet.library.trees`), without Jinja.

It does what Jinja does with the same text, to the letter: the tests run every clause both ways. Trees come with
termsheet; what a house writes is never run here, but in the sandbox (`termsheet.library.environment`).

What is read is made into functions when it is first needed: of a clause with twenty macros, a deal calls for three.
"""

from __future__ import annotations

import json
import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from termsheet.library.view import Absent, Nothing, OpenPoint, Record

Tree = Any
Scope = dict[str, Any]
Value = Callable[[Scope], Any]
Run = Callable[[Scope, list[str]], None]
Step = str | Run  # a text is printed as it stands

_VIEWS = frozenset((Record, Absent, Nothing, OpenPoint))
_read = json.JSONDecoder().raw_decode
MOST_PIECES = 1_000_000


class UnknownName(Exception):
    """A text asks for a name that is not there."""


class Undefined:
    """What stands for a name that is not there: nothing can be done with it but ask whether it is defined."""

    __slots__ = ("_message",)

    def __init__(self, message: str) -> None:
        self._message = message

    def _fail(self, *given: object, **named: object) -> Any:
        raise UnknownName(self._message)

    __str__ = __bool__ = __iter__ = __len__ = __eq__ = __ne__ = __hash__ = __contains__ = _fail
    __getitem__ = __call__ = __getattr__ = __lt__ = __gt__ = __le__ = __ge__ = _fail


class Loop:
    """What a loop knows of its turn."""

    __slots__ = ("_items", "index0")

    def __init__(self, items: Sequence[Any]) -> None:
        self._items = items
        self.index0 = 0

    @property
    def index(self) -> int:
        return self.index0 + 1

    @property
    def length(self) -> int:
        return len(self._items)

    @property
    def first(self) -> bool:
        return self.index0 == 0

    @property
    def last(self) -> bool:
        return self.index0 == len(self._items) - 1

    @property
    def previtem(self) -> Any:
        return self._items[self.index0 - 1] if self.index0 else Undefined("there is no previous item")

    @property
    def nextitem(self) -> Any:
        return Undefined("there is no next item") if self.last else self._items[self.index0 + 1]


def tree_of(told: bytes) -> Any:
    """What a piece of the prepared file says: JSON that is known to be UTF-8 and to begin at once."""
    return _read(told.decode())[0]


class Program:
    """A text that can be run. `macros` are those of its file, as JSON; `words` has what it may call, by name."""

    def __init__(self, body: Sequence[Tree], macros: Sequence[bytes], words: Words) -> None:
        self._maker = _Maker(macros, words)
        self._body = body
        self._steps: list[Step] | None = None

    def pieces(self, context: Mapping[str, Any]) -> Iterator[str]:
        """What it prints, piece by piece."""
        if self._steps is None:
            self._steps = self._maker.steps(self._body)
        scope = {**self._maker.words.globals, **context}
        for step in self._steps:
            if isinstance(step, str):
                yield step
                continue
            out: list[str] = []
            step(scope, out)
            yield "".join(out)


class Words:
    """The filters, tests and globals by name."""

    def __init__(
        self, filters: Mapping[str, Any], tests: Mapping[str, Any], globals: Mapping[str, Any]
    ) -> None:
        self.filters = {**_FILTERS, **filters}
        self.tests = {**_TESTS, **tests}
        self.globals = globals


def expression(tree: Tree, words: Words) -> Callable[[Mapping[str, Any]], Any]:
    """What gives the value of an expression in a context."""
    value = _Maker((), words).value(tree)
    return lambda context: value({**words.globals, **context})


class _Maker:
    """Makes functions of trees."""

    def __init__(self, macros: Sequence[bytes], words: Words) -> None:
        self.macros = macros
        self.words = words

    # -- statements

    def steps(self, body: Sequence[Tree]) -> list[Step]:
        return [self.step(piece) for piece in body]

    def later(self, body: Sequence[Tree] | int) -> Run:
        """The steps of a body, made when it is first run. A number is that of a macro of the file."""
        if body == []:
            return _nothing
        steps: list[Step] = []

        def run(scope: Scope, out: list[str]) -> None:
            if not steps:
                steps.extend(self.steps(tree_of(self.macros[body]) if isinstance(body, int) else body))
            for step in steps:
                if isinstance(step, str):
                    out.append(step)
                else:
                    step(scope, out)

        return run

    def step(self, piece: Tree) -> Step:
        if isinstance(piece, str):
            return piece
        return _STATEMENTS[piece[0]](self, *piece[1:])

    def _printed(self, tree: Tree) -> Run:
        value = self.value(tree)
        return lambda scope, out: out.append(str(value(scope)))

    def _if(self, test: Tree, body: Sequence[Tree], others: Sequence[Tree], otherwise: Sequence[Tree]) -> Run:
        condition, run = self.value(test), self.later(body)
        if not others and not otherwise:
            return lambda scope, out: run(scope, out) if condition(scope) else None
        last = self.later(otherwise)
        more = [(self.value(other), self.later(inner)) for other, inner in others]

        def step(scope: Scope, out: list[str]) -> None:
            if condition(scope):
                return run(scope, out)
            for other, inner in more:
                if other(scope):
                    return inner(scope, out)
            return last(scope, out)

        return step

    def _for(
        self, name: str, items: Tree, condition: Tree, body: Sequence[Tree], otherwise: Sequence[Tree]
    ) -> Run:
        value, run, none = self.value(items), self.later(body), self.later(otherwise)
        fits = None if condition is None else self.value(condition)

        def step(scope: Scope, out: list[str]) -> None:
            inner = dict(scope)
            found = value(scope)
            if fits is None:
                kept = [*found]
            else:
                kept = []
                for item in found:
                    inner[name] = item
                    if fits(inner):
                        kept.append(item)
            if not kept:
                return none(scope, out)
            inner["loop"] = loop = Loop(kept)
            for place, item in enumerate(kept):
                loop.index0 = place
                inner[name] = item
                run(inner, out)
                if len(out) > MOST_PIECES:
                    raise MemoryError("it grows without end")
            return None

        return step

    def _macro(self, name: str, names: Sequence[str], body: Sequence[Tree] | int) -> Run:
        run = self.later(body)

        def step(scope: Scope, out: list[str]) -> None:
            def macro(*given: Any, **named: Any) -> str:
                if len(given) > len(names) or (named and not named.keys() <= set(names[len(given) :])):
                    raise TypeError(f"macro {name!r} takes not more than {len(names)} argument(s)")
                inner = dict(scope)
                inner.update(zip(names, given, strict=False))
                for missing in names[len(given) :]:
                    inner[missing] = named.get(missing, _MISSING)
                    if inner[missing] is _MISSING:
                        inner[missing] = Undefined(f"parameter {missing!r} was not provided")
                pieces: list[str] = []
                run(inner, pieces)
                return "".join(pieces)

            scope[name] = macro

        return step

    def _set(self, name: str, tree: Tree) -> Run:
        value = self.value(tree)

        def step(scope: Scope, out: list[str]) -> None:
            scope[name] = value(scope)

        return step

    # -- expressions

    def value(self, tree: Tree) -> Value:
        if isinstance(tree, str):
            return _path(tree)
        return _EXPRESSIONS[tree[0]](self, *tree[1:])

    def _constant(self, constant: Any) -> Value:
        return lambda scope: constant

    def _key(self, tree: Tree, name: str) -> Value:
        value = self.value(tree)
        return lambda scope: key(value(scope), name)

    def _place(self, tree: Tree, place: Tree) -> Value:
        value, where = self.value(tree), self.value(place)
        return lambda scope: item(value(scope), where(scope))

    def _call(self, tree: Tree, given: Sequence[Tree], named: Mapping[str, Tree]) -> Value:
        value, arguments, names = self.value(tree), self._all(given), self._named(named)
        if not names and len(arguments) == 1:
            argument = arguments[0]
            return lambda scope: value(scope)(argument(scope))
        return lambda scope: value(scope)(
            *[argument(scope) for argument in arguments], **{name: inner(scope) for name, inner in names}
        )

    def _filter(self, name: str, tree: Tree, given: Sequence[Tree], named: Mapping[str, Tree]) -> Value:
        value, arguments, names = self.value(tree), self._all(given), self._named(named)
        function = self.words.filters[name]
        if function in _WITH_WORDS:
            words = self.words
            return lambda scope: function(
                words, value(scope), *[argument(scope) for argument in arguments],
                **{name: inner(scope) for name, inner in names}
            )  # fmt: skip
        if not arguments and not names:
            return lambda scope: function(value(scope))
        return lambda scope: function(
            value(scope), *[argument(scope) for argument in arguments], **{name: inner(scope) for name, inner in names}
        )

    def _test(self, name: str, tree: Tree, given: Sequence[Tree], named: Mapping[str, Tree]) -> Value:
        value, arguments = self.value(tree), self._all(given)
        function = self.words.tests[name]
        if not arguments:
            return lambda scope: function(value(scope))
        return lambda scope: function(value(scope), *[argument(scope) for argument in arguments])

    def _compare(self, tree: Tree, operations: Sequence[Tree]) -> Value:
        value = self.value(tree)
        parts = [(_OPERATORS[name], self.value(other)) for name, other in operations]
        if len(parts) == 1:
            function, right = parts[0]
            return lambda scope: function(value(scope), right(scope))

        def compared(scope: Scope) -> Any:
            left = value(scope)
            result: Any = True
            for function, other in parts:
                right = other(scope)
                result = function(left, right)
                if not result:
                    return result
                left = right
            return result

        return compared

    def _and(self, left: Tree, right: Tree) -> Value:
        one, other = self.value(left), self.value(right)
        return lambda scope: one(scope) and other(scope)

    def _or(self, left: Tree, right: Tree) -> Value:
        one, other = self.value(left), self.value(right)
        return lambda scope: one(scope) or other(scope)

    def _not(self, tree: Tree) -> Value:
        value = self.value(tree)
        return lambda scope: not value(scope)

    def _conditional(self, test: Tree, tree: Tree, otherwise: Tree) -> Value:
        condition, one, other = self.value(test), self.value(tree), self.value(otherwise)
        return lambda scope: one(scope) if condition(scope) else other(scope)

    def _joined(self, trees: Sequence[Tree]) -> Value:
        values = self._all(trees)
        return lambda scope: "".join([str(value(scope)) for value in values])

    def _list(self, trees: Sequence[Tree]) -> Value:
        values = self._all(trees)
        return lambda scope: [value(scope) for value in values]

    def _dict(self, pairs: Sequence[Tree]) -> Value:
        values = [(self.value(name), self.value(tree)) for name, tree in pairs]
        return lambda scope: {name(scope): value(scope) for name, value in values}

    def _all(self, trees: Iterable[Tree]) -> list[Value]:
        return [self.value(tree) for tree in trees]

    def _named(self, trees: Mapping[str, Tree]) -> list[tuple[str, Value]]:
        return [(name, self.value(tree)) for name, tree in trees.items()]


def _nothing(scope: Scope, out: list[str]) -> None:
    """The step of a body without any."""


_MISSING = object()
_STATEMENTS: Mapping[str, Callable[..., Run]] = {
    "=": _Maker._printed, "if": _Maker._if, "for": _Maker._for, "macro": _Maker._macro, "set": _Maker._set,
}  # fmt: skip
_EXPRESSIONS: Mapping[str, Callable[..., Value]] = {
    "c": _Maker._constant, ".": _Maker._key, "[": _Maker._place, "(": _Maker._call, "|": _Maker._filter,
    "is": _Maker._test, "<": _Maker._compare, "and": _Maker._and, "or": _Maker._or, "not": _Maker._not,
    "?": _Maker._conditional, "~": _Maker._joined, "l": _Maker._list, "d": _Maker._dict,
}  # fmt: skip
_OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "eq": operator.eq, "ne": operator.ne, "gt": operator.gt, "gteq": operator.ge, "lt": operator.lt,
    "lteq": operator.le, "in": lambda one, many: one in many, "notin": lambda one, many: one not in many,
}  # fmt: skip


@lru_cache(maxsize=4096)
def _path(words: str) -> Value:
    """A name, or a name and the keys below it."""
    name, *keys = words.split(".")

    undefined = Undefined(f"{name!r} is undefined")
    if not keys:
        return lambda scope: scope.get(name, undefined)
    if len(keys) == 1:
        only = keys[0]

        def below(scope: Scope) -> Any:
            holder = scope.get(name, undefined)
            return holder[only] if type(holder) in _VIEWS else key(holder, only)

        return below

    def far_below(scope: Scope) -> Any:
        value = scope.get(name, undefined)
        for below in keys:
            value = value[below] if type(value) in _VIEWS else key(value, below)
        return value

    return far_below


def key(holder: Any, name: str) -> Any:
    """What stands under a key; of what is no view of the deal, what Jinja would find."""
    if isinstance(holder, (Record, Absent, OpenPoint)):
        return holder[name]
    if isinstance(holder, Loop):
        return getattr(holder, name)
    if isinstance(holder, Undefined):
        return holder._fail()
    from termsheet.library.environment import environment

    return _own(environment().getattr(holder, name))


def item(holder: Any, place: Any) -> Any:
    """What stands at a place or under a key."""
    try:
        return holder[place]
    except (AttributeError, TypeError, LookupError):
        from termsheet.library.environment import environment

        return _own(environment().getitem(holder, place))


def _own(found: Any) -> Any:
    """What Jinja found; what it did not find is undefined here as well."""
    missing = type(found).__name__ == "StrictUndefined"
    return Undefined(str(found._undefined_message)) if missing else found


# -- the filters and tests of Jinja that clauses use


def _far(holder: Any, path: str) -> Any:
    for name in str(path).split("."):
        holder = item(holder, int(name) if name.isdigit() else name)
    return holder


def _chosen(words: Words, items: Any, wanted: bool, path: str | None, rest: Sequence[Any]) -> Iterator[Any]:
    function = words.tests[rest[0]] if rest else bool
    for entry in items:
        value = entry if path is None else _far(entry, path)
        if bool(function(value, *rest[1:])) is wanted:
            yield entry


def _select(words: Words, items: Any, *rest: Any) -> Iterator[Any]:
    return _chosen(words, items, True, None, rest)


def _reject(words: Words, items: Any, *rest: Any) -> Iterator[Any]:
    return _chosen(words, items, False, None, rest)


def _selectattr(words: Words, items: Any, path: str, *rest: Any) -> Iterator[Any]:
    return _chosen(words, items, True, path, rest)


def _rejectattr(words: Words, items: Any, path: str, *rest: Any) -> Iterator[Any]:
    return _chosen(words, items, False, path, rest)


def _map(words: Words, items: Any, *rest: Any, **named: Any) -> Iterator[Any]:
    if "attribute" in named:
        return (_far(entry, named["attribute"]) for entry in items)
    function = words.filters[rest[0]]
    return (function(entry, *rest[1:], **named) for entry in items)


def _first(items: Any) -> Any:
    return next(iter(items), Undefined("No first item, sequence was empty."))


def _last(items: Any) -> Any:
    return next(iter(reversed(items)), Undefined("No last item, sequence was empty."))


def _defined(value: Any) -> bool:
    return not isinstance(value, Undefined)


_WITH_WORDS = (_select, _reject, _selectattr, _rejectattr, _map)
_FILTERS: dict[str, Any] = {
    "length": len, "select": _select, "reject": _reject, "selectattr": _selectattr, "rejectattr": _rejectattr,
    "map": _map, "first": _first, "last": _last,
}  # fmt: skip
_TESTS: dict[str, Any] = {
    "defined": _defined, "equalto": operator.eq, "eq": operator.eq, "==": operator.eq, "ne": operator.ne,
    "!=": operator.ne, "in": _OPERATORS["in"], "true": lambda value: value is True,
    "false": lambda value: value is False,
}  # fmt: skip
