"""Immutable values: what `dataclass(frozen=True)` makes, at a tenth of its cost when a process begins.

    @immutable
    class Text:
        text: str
        strong: bool = False

A value is made by the names of its fields or in their order, equals another of its class with the same fields, and
cannot be changed. A process that runs for a fifth of a second cannot spend a tenth of it on making classes: nothing is
written for one of which few values are made.
"""

from __future__ import annotations

from operator import attrgetter
from typing import Any, Never, TypeVar, dataclass_transform

_T = TypeVar("_T")
_new, _put = object.__new__, object.__setattr__
_SEVERAL = 24


@dataclass_transform(frozen_default=True)
def immutable(cls: type[_T]) -> type[_T]:
    """A class of immutable values. Its fields are those of its base and its annotations, with their defaults.

    What a class defines itself stays: one whose values are told apart by identity says `__eq__ = object.__eq__`.
    """
    own = vars(cls)
    kind: Any = cls
    kind._fields = (*getattr(cls, "_fields", ()), *cls.__annotations__)
    kind._parts = attrgetter("__class__", *kind._fields)
    for name, method in ("__init__", _first(cls)), *_METHODS:
        if own.get(name) is None:
            setattr(cls, name, method)
    if kind.__eq__ is object.__eq__:
        kind.__hash__ = object.__hash__
    return cls


def is_immutable(kind: Any) -> bool:
    """Whether a class is one of immutable values."""
    return getattr(kind, "__setattr__", None) is _unchanged


def fields(kind: Any) -> tuple[str, ...]:
    """The names of the fields of an immutable class, in their order."""
    return kind._fields  # type: ignore[no-any-return]


def replace(value: _T, **changes: Any) -> _T:
    """The value with other fields. Raises TypeError for a field that its class does not have."""
    kind: Any = type(value)
    held, made = value.__dict__, _new(kind)
    for name in kind._fields:
        _put(made, name, changes.pop(name) if name in changes else held[name])
    if changes:
        raise TypeError(f"{kind.__name__} has no field {', '.join(changes)}")
    return made  # type: ignore[no-any-return]


def as_dict(value: Any) -> dict[str, Any]:
    """The fields of a value by their names; what stands in them stays as it is."""
    return {name: getattr(value, name) for name in value._fields}


def _first(kind: Any) -> Any:
    """`__init__` of a class until several values are made of it, and where it is called wrongly: see `_written`."""
    names: tuple[str, ...] = kind._fields
    every = {*names}
    defaults = {name: getattr(kind, name) for name in names if hasattr(kind, name)}
    made = 0

    def __init__(self: Any, *given: Any, **named: Any) -> None:
        nonlocal made
        made += 1
        values = {**defaults, **dict(zip(names, given, strict=False)), **named}
        twice = named and not named.keys().isdisjoint(names[: len(given)])
        if made > _SEVERAL or values.keys() != every or len(given) > len(names) or twice:
            _written(kind)(self, *given, **named)
        else:
            self.__dict__.update(values)

    return __init__


def _written(kind: Any) -> Any:
    """`__init__` as one would write it, which is fast, and tells what it is called wrongly with; and takes its time."""
    held = {"_put": _put}
    names, body = [], []
    for name in kind._fields:
        if hasattr(kind, name):
            held[f"_{name}"] = getattr(kind, name)
            names.append(f"{name}=_{name}")
        else:
            names.append(name)
        body.append(f" _put(self, {name!r}, {name})\n")
    exec(f"def __init__(self, {', '.join(names)}):\n{''.join(body) or ' pass'}", held)
    kind.__init__ = held["__init__"]
    return kind.__init__


def _equal(self: Any, other: Any) -> bool:
    return other.__class__ is self.__class__ and self._parts(self) == other._parts(other)


def _hash(self: Any) -> int:
    return hash(self._parts(self))


def _told(self: Any) -> str:
    return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in self._fields)})"


def _unchanged(self: Any, name: str, *value: Any) -> Never:
    raise AttributeError(f"{type(self).__name__} is immutable: `{name}` cannot be set or deleted")


_METHODS = (("__eq__", _equal), ("__hash__", _hash), ("__repr__", _told),
            ("__setattr__", _unchanged), ("__delattr__", _unchanged))  # fmt: skip
