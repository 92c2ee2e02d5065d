"""What a clause sees of the deal: values that print as tokens and keep their path.

    Record      a section or an entry: `exit.wind_down`
    Series      a list: `metrics`
    Leaf        a value, printed as a token that is resolved only after the Markdown is parsed
    OpenPoint   `open` or `withheld`: whatever is asked of it, it prints one bracket
    Absent      a key that the schema knows and the deal does not give: false, empty, and an error where it is printed
    Nothing     `none`: absent, because the deal says so

Names of the deal's own keys win over everything: internals begin with an underscore, which the sandbox hides.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from termsheet.deal import Deal
from termsheet.document import Inline, Open, Value, shown
from termsheet.errors import LibraryError
from termsheet.pattern import pattern
from termsheet.schema import child
from termsheet.schema.check import Route
from termsheet.values.points import Point
from termsheet.wording import PLAIN, Wording

START, END = "\ue000", "\ue001"
_LAST = pattern(r"\[([^\]]*)\]$")  # the entry that a path ends with
TOKEN = pattern(f"{START}(\\d+){END}")


class Printer:
    """Keeps what was printed: each token in the text of a clause stands for inlines of the Document."""

    _found: ClassVar[tuple[dict[str, Any], dict[tuple[int, str | int], dict[str, Any]]]] = ({}, {})

    def __init__(self, deal: Deal, wording: Wording) -> None:
        self.deal = deal
        self.wording = wording
        self.tokens: list[tuple[Inline, ...]] = []
        self.used: set[Route] = set()
        self.clause = ""
        self._below = self._known(deal.schema)
        self._paths: dict[Route, str] = {}

    @classmethod
    def _known(cls, schema: dict[str, Any]) -> dict[tuple[int, str | int], dict[str, Any]]:
        """What was found below the places of a schema: most deals share one."""
        if cls._found[0] is not schema:
            cls._found = (schema, {})
        return cls._found[1]

    def path(self, route: Route) -> str:
        """The path of a route."""
        found = self._paths.get(route)
        if found is None:
            last = route[-1]
            named = len(route) == 1 or isinstance(last, int)
            found = self.deal.path_of(route) if named else f"{self.path(route[:-1])}.{last}"
            self._paths[route] = found
        return found

    def below(self, schema: dict[str, Any], key: str | int) -> dict[str, Any] | None:
        """The schema of what stands under a key, or at any place of a list; None where there is no such thing."""
        place = (id(schema), 0 if isinstance(key, int) else key)
        found = self._below.get(place)
        if found is None:
            found = child(schema, key, self.deal.schema)
            if isinstance(key, str) and schema.get("properties", {}).get(key, {}).get("x-internal"):
                found = None  # what is private does not exist for a clause
            if found is not None:
                self._below[place] = found
        return found

    def token(self, *inlines: Inline) -> str:
        """A token that stands for these inlines."""
        self.tokens.append(inlines)
        return f"{START}{len(self.tokens) - 1}{END}"

    def view(self, value: Any, route: Route, schema: dict[str, Any]) -> Any:
        """What a clause sees of a value. The schema is the one that is meant, and refers to no other."""
        self.used.add(route)
        if isinstance(value, Point):
            return (
                OpenPoint(self, value, route)
                if value.kind in ("open", "withheld")
                else Nothing(self, route, schema)
            )
        if isinstance(value, dict):
            return Record(self, value, route, schema)
        if isinstance(value, list):
            return Series(self, value, route, schema)
        return Leaf(self, value, route, schema)

    @contextmanager
    def figures(self) -> Iterator[None]:
        """While a table is printed: its figures stand in digits, whatever the house writes in its text."""
        kept, self.wording = self.wording, self.wording.in_digits()
        try:
            yield
        finally:
            self.wording = kept

    def read(self, text: str) -> str:
        """Text as it is read once its tokens are resolved."""
        return TOKEN.sub(lambda match: shown(self.tokens[int(match[1])]), text)

    def unnamed(self, word: str) -> str | None:
        """The bracket for a person or party whose own name is still open, or None where there is a name."""
        found = self.deal.declared.get(word)
        if found is None or not isinstance(found.value, Point):
            return None
        return str(OpenPoint(self, found.value, found.route))

    def root(self, name: str) -> Any:
        """What a clause sees under a top-level key of the deal."""
        schema = child(self.deal.schema, name, self.deal.schema)
        if schema is None:
            raise LibraryError(f"clause {self.clause} reads `{name}`, which is not a key of a deal")
        if name not in self.deal.value:
            return Absent(self, (name,), schema)
        return self.view(self.deal.value[name], (name,), schema)


class _View:
    __slots__ = ("_printer", "_route", "_schema")

    def __init__(self, printer: Printer, route: Route, schema: dict[str, Any]) -> None:
        self._printer = printer
        self._route = route
        self._schema = schema

    @property
    def _path(self) -> str:
        return self._printer.path(self._route)

    def _below(self, key: str | int) -> tuple[Route, dict[str, Any]]:
        """The route and the schema of what stands, or may stand, under a key."""
        schema = self._printer.below(self._schema, key)
        route = (*self._route, key)
        if schema is None:
            name = ".".join(str(part) for part in route if isinstance(part, str))
            raise LibraryError(
                f"clause {self._printer.clause} reads `{name}`, which the schema does not have"
            )
        return route, schema

    def __str__(self) -> str:
        raise LibraryError(
            f"clause {self._printer.clause} prints `{self._path}`, which is not a single value; "
            "name a key of it, or use the filter `list`"
        )


class Record(_View):
    """A section or an entry. A key gives the view of what stands there."""

    __slots__ = ("_kept", "_value")

    def __init__(self, printer: Printer, value: dict[str, Any], route: Route, schema: dict[str, Any]) -> None:
        super().__init__(printer, route, schema)
        self._value = value
        self._kept: dict[str, Any] = {}  # the views that were asked for

    def __getitem__(self, key: Any) -> Any:
        found = self._kept.get(key)
        if found is None:
            key = key._value if isinstance(key, Leaf) else key  # `goals[party.id]`
            route, schema = self._below(key)
            if key not in self._value:
                return Absent(self._printer, route, schema)
            found = self._kept[key] = self._printer.view(self._value[key], route, schema)
        return found

    def __bool__(self) -> bool:
        return bool(self._value)

    def __iter__(self) -> Iterator[Any]:
        """The entries of a map by party: its values, each with the party as `_key`."""
        return iter([self[key] for key in self._value])

    def __len__(self) -> int:
        return len(self._value)


class Series(_View):
    """A list."""

    __slots__ = ("_kept", "_shared", "_value")

    def __init__(self, printer: Printer, value: list[Any], route: Route, schema: dict[str, Any]) -> None:
        super().__init__(printer, route, schema)
        self._value = value
        self._shared = [index for index, item in enumerate(value) if not _is_unprinted(item)]
        self._kept: dict[int, Any] = {}

    def __iter__(self) -> Iterator[Any]:
        return iter([self[place] for place in range(len(self._shared))])

    def __getitem__(self, place: int) -> Any:
        index = self._shared[place]
        found = self._kept.get(index)
        if found is None:
            found = self._kept[index] = self._entry(index, self._value[index])
        return found

    def _entry(self, index: int, value: Any) -> Any:
        if self._schema.get("x-form") == "who" and not isinstance(value, Point):
            return self._printer.view(value, (*self._route, index), _WHO)
        return self._printer.view(value, *self._below(index))

    def __str__(self) -> str:
        if self._schema.get("x-form") == "who":
            parts = [str(item) for item in self]
            return self._printer.wording.series(parts, shown=[self._printer.read(part) for part in parts])
        return super().__str__()

    def __len__(self) -> int:
        return len(self._shared)

    def __contains__(self, word: object) -> bool:
        return word in self._value


_WHO = {"x-form": "who"}
_NONE = Point("none")


def _is_unprinted(item: Any) -> bool:
    """An entry that is not printed: its author marks it as not to be shared, or says that there is none."""
    return item.get("shared") is False if isinstance(item, dict) else item == _NONE


class Leaf(_View):
    """A single value. Compared by what the file says, printed as the paper says it."""

    __slots__ = ("_capital", "_case", "_value")

    def __init__(
        self,
        printer: Printer,
        value: Any,
        route: Route,
        schema: dict[str, Any],
        capital: bool = False,
        case: str = PLAIN,
    ) -> None:
        super().__init__(printer, route, schema)
        self._value = value
        self._capital = capital
        self._case = case

    def _as(self, *, capital: bool | None = None, case: str = "") -> Leaf:
        """The same value for another place in the sentence."""
        return Leaf(self._printer, self._value, self._route, self._schema,
                    self._capital if capital is None else capital, case or self._case)  # fmt: skip

    @property
    def _form(self) -> str:
        return "enum" if "enum" in self._schema else str(self._schema.get("x-form", "text"))

    def _shown(self, form: str) -> str:
        raw = self._value
        if isinstance(raw, bool):
            raise LibraryError(
                f"clause {self._printer.clause} prints `{self._path}`, which is yes or no; ask for it with `if`"
            )
        text = self._printer.wording.shown(str(raw), form, self._case)
        return text[:1].upper() + text[1:] if self._capital else text

    def __str__(self) -> str:
        form, raw = self._form, str(self._value)
        unnamed = self._printer.unnamed(raw) if form in ("who", "ref") else None
        return unnamed or self._printer.token(Value(self._path, raw, self._shown(form)))

    def __bool__(self) -> bool:
        return bool(self._value)

    def __eq__(self, other: object) -> bool:
        return bool(self._value == (other._value if isinstance(other, Leaf) else other))

    def __hash__(self) -> int:
        return hash(self._value)


class OpenPoint(_View):
    """A point that is open or withheld: true, of one entry, and the same bracket whatever is asked of it."""

    __slots__ = ("_point",)

    def __init__(self, printer: Printer, point: Point, route: Route) -> None:
        super().__init__(printer, route, {})
        self._point = point

    def __getitem__(self, key: object) -> OpenPoint:
        return self

    def __iter__(self) -> Iterator[OpenPoint]:
        return iter((self,))

    def __len__(self) -> int:
        return 1

    def __bool__(self) -> bool:
        return True

    def _inline(self) -> Open:
        withheld = self._point.kind == "withheld"
        what = self._printer.wording.words["withheld"] if withheld else f"● {self._what()}"
        return Open(self._path, f"[{what}]", withheld)

    def _what(self) -> str:
        """What is open, in the author's words, or the last words of the path."""
        keys = [key.replace("_", " ") for key in self._route if isinstance(key, str)]
        return self._point.what or (" – ".join(keys[-2:]) if len(keys) > 1 else keys[0])

    def __str__(self) -> str:
        return self._printer.token(self._inline())


class Absent(_View):
    """Nothing, where something may stand: false and empty."""

    __slots__ = ()

    def __getitem__(self, key: str | int) -> Any:
        return Absent(self._printer, *self._below(key))

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def __bool__(self) -> bool:
        return False

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Absent)

    def __hash__(self) -> int:
        return 0

    def __contains__(self, word: object) -> bool:
        return False

    def __str__(self) -> str:
        raise LibraryError(
            f"clause {self._printer.clause} prints `{self._path}`, which the deal does not give; guard it with `if`"
        )


class Nothing(Absent):
    """Absent, because the deal says that there is none."""

    __slots__ = ()

    __hash__ = Absent.__hash__


def at(view: Any, path: str) -> Any:
    """What a clause sees at a path below a view."""
    for key in path.split("."):
        view = view[key]
    return view


def entry_key(entry: Any) -> str:
    """The key of an entry, as its path names it."""
    match = _LAST.search(entry._path) if isinstance(entry, Record | OpenPoint | Leaf) else None
    return match[1] if match else "entry"
