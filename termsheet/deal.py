"""A deal as rules and clauses see it: nodes that know their path.

A path names entries by id or natural key (`metrics[joint-leads].target.by`), never by index, so that waivers,
baselines and rounds survive an insertion. A route is the same way by keys and indices, as the loader knows it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

from termsheet.house import NO_HOUSE
from termsheet.pattern import pattern
from termsheet.schema import child, deal_schema, resolve
from termsheet.schema.check import Route
from termsheet.values import FORMS, FormError
from termsheet.values.points import Point

if TYPE_CHECKING:
    from termsheet.standing import Stand

_T = TypeVar("_T")
Json = dict[str, Any]
STAGES = ("sketch", "term-sheet", "signature")
_STEP = pattern(r"\[([^\]]*)\]|([^.\[]+)")
_NO_LETTER = pattern(r"[\W_]+")
_NOTHING = object()  # where nothing stands, as None may stand somewhere


class Node:
    """A place in the deal: its value, its path, and what lies below it."""

    __slots__ = ("_root", "route", "value")

    def __init__(self, root: Deal, route: Route, value: Any) -> None:
        self._root = root
        self.route = route
        self.value = value

    def get(self, path: str) -> Node | None:
        """What lies at a path below this node (keys with dots between), or None where nothing does."""
        value = self._at(path)
        return None if value is _NOTHING else Node(self._root, (*self.route, *path.split(".")), value)

    def _at(self, path: str) -> Any:
        """The value at a path, or `_NOTHING`: rules ask for thousands, and few want more than the value."""
        value = self.value
        if "." not in path:
            return value.get(path, _NOTHING) if isinstance(value, dict) else _NOTHING
        for key in path.split("."):
            if not isinstance(value, dict):
                return _NOTHING
            value = value.get(key, _NOTHING)
        return value

    def has(self, path: str) -> bool:
        """Whether anything stands there, `open`, `withheld` and `none` included."""
        return self._at(path) is not _NOTHING

    def plain(self, path: str) -> Any:
        """The value there, or None where nothing or only a Point stands."""
        value = self._at(path)
        return None if value is _NOTHING or isinstance(value, Point) else value

    def text(self, path: str) -> str:
        """The text there, or nothing."""
        value = self._at(path)
        return value if isinstance(value, str) else ""

    def point(self, path: str) -> str:
        """The kind of the Point there (`open`, `withheld`, `none`, `malformed`), or nothing."""
        value = self._at(path)
        return value.kind if isinstance(value, Point) else ""

    def each(self, path: str) -> list[Node]:
        """The entries of the list there that are not Points."""
        items = self._at(path)
        if not isinstance(items, list):
            return []
        route = (*self.route, *path.split("."))
        return [
            Node(self._root, (*route, index), item)
            for index, item in enumerate(items)
            if not isinstance(item, Point)
        ]

    def who(self, path: str) -> list[str]:
        """The ids there, one or many; `each`, `all` and `jointly` stand for every party."""
        value = self.plain(path)
        ids = value if isinstance(value, list) else [value] if isinstance(value, str) else []
        if any(word in ("each", "all", "jointly") for word in ids):
            return self._root.party_ids
        return [word for word in ids if isinstance(word, str)]

    def parsed(self, path: str, form: str) -> Any:
        """The value there as a `Duration`, `When`, `Money` …, or None where there is none of that form."""
        text = self.text(path)
        if not text:
            return None
        try:
            return FORMS[form].parse(text)
        except FormError:
            return None

    @property
    def path(self) -> str:
        """The path of this node, as people and waivers name it."""
        return self._root.path_of(self.route)

    def below(self, path: str) -> str:
        """The path of something below this node, whether it is there or not."""
        return f"{self.path}.{path}" if self.route else path

    @property
    def name(self) -> str:
        """What a message calls this entry: its name, or what stands first in it."""
        return self._root.name_of(self.route, self.value)


class Deal(Node):
    """A whole deal, normalised. What is malformed in it stands as a Point of kind `malformed`.

    `as_of` is the day on which it is judged, `holidays` the days that are no business days (None: nobody has said),
    `days` the days of events that are told for this run and stand in no file, `house` whose clauses it may name.
    `stands` is where it stands on the positions of a playbook, if one is named.
    """

    __slots__ = (
        "_declared",
        "_names",
        "as_of",
        "days",
        "holidays",
        "house",
        "judged_at",
        "kept",
        "schema",
        "stands",
    )

    def __init__(self, data: Json, schema: Json | None = None) -> None:
        super().__init__(self, (), data)
        self.judged_at = ""
        self.kept: dict[Any, Any] = {}  # see `once`
        self.as_of = date.today()
        self.holidays: frozenset[date] | None = None
        self.days: Mapping[str, date] = {}
        self.stands: tuple[Stand, ...] = ()
        self.house = NO_HOUSE
        self.schema = schema or deal_schema()
        self._declared: dict[str, Node] | None = None
        self._names: dict[int, tuple[Any, list[str], dict[str, int]]] = {}

    @property
    def stage(self) -> str:
        """The stage at which the deal is judged: the one asked for, the one that the file names, or `term-sheet`."""
        return self.judged_at or self.text("deal.stage") or "term-sheet"

    @property
    def types(self) -> list[str]:
        """The type of the deal and the further types that it names."""
        further = self.plain("deal.also")
        first = self.text("deal.type")
        return [first] * bool(first) + [word for word in further or () if isinstance(word, str)]

    @property
    def party_ids(self) -> list[str]:
        """The ids of the parties, in their order."""
        return [*_party_ids(self)]

    def points(self, kind: str) -> list[str]:
        """The paths of every Point of a kind, but for what is private."""
        private = {name for name, page in self.schema["properties"].items() if page.get("x-internal")}
        return [self.path_of(route) for route in _points(self.value, (), kind) if route[0] not in private]

    @property
    def declared(self) -> dict[str, Node]:
        """What each id of the deal is called: the node of its short name, name, title or first words."""
        if self._declared is None:
            self._declared = {}
            _declare(self, self._declared)
        return self._declared

    def party_name(self, party: str) -> str:
        """What a message calls a party: its short name, its name, or its id; a third party likewise."""
        for node in (*self.each("parties"), *self.each("third_parties")):
            if node.text("id") == party:
                return node.text("short") or node.text("name") or party
        return party

    def path_of(self, route: Route) -> str:
        """The path of a route, entries named by id or natural key."""
        words, value, schema = "", self.value, self.schema
        for key in route:
            inner = child(schema, key, self.schema) if schema else None
            if isinstance(key, int):
                words += f"[{self._entry_name(value, key, inner or {})}]"
            else:
                words += f".{key}" if words else key
            value, schema = _below(value, key), inner or {}
        return words

    def route_of(self, path: str) -> Route:
        """The route of a path, as far as it can be followed; what is not there is kept as keys."""
        route: Route = ()
        for step in _STEP.findall(path):
            route = (*route, self._index(route, step[0])) if step[0] else (*route, step[1])
        return route

    def get_route(self, route: Route) -> Node | None:
        """The node at a route, or None where nothing stands there."""
        value: Any = self.value
        for key in route:
            value = _below(value, key)
        return None if value is None else Node(self, route, value)

    def _index(self, route: Route, name: str) -> int:
        value, schema = self.value, self.schema
        for key in route:
            value, schema = _below(value, key), child(schema, key, self.schema) or {}
        items = value if isinstance(value, list) else []
        item_schema = child(schema, 0, self.schema) or {}
        return self._entry_names(items, item_schema)[1].get(name, len(items))

    def _entry_name(self, items: Any, index: int, schema: Json) -> str:
        names = self._entry_names(items, schema)[0] if isinstance(items, list) else []
        return names[index] if index < len(names) else str(index + 1)

    def _entry_names(self, items: list[Any], schema: Json) -> tuple[list[str], dict[str, int]]:
        """What each entry of a list is called, and where a name stands first. Worked out once a list.

        A second entry of the same name gets a number.
        """
        kept = self._names.get(id(items))
        if kept is None or kept[0] is not items or len(kept[1]) != len(items):
            seen: dict[str, int] = {}
            names = []
            for order, item in enumerate(items, start=1):
                name = entry_key(item, schema)
                seen[name] = seen.get(name, 0) + 1
                names.append(str(order) if not name else name if seen[name] == 1 else f"{name}-{seen[name]}")
            places = {name: index for index, name in reversed([*enumerate(names)])}
            kept = self._names[id(items)] = (items, names, places)
        return kept[1:]

    def name_of(self, route: Route, value: Any) -> str:
        """What a message calls the entry at a route."""
        schema: Json | None = self.schema
        for key in route:
            schema = child(schema or {}, key, self.schema)
        for key in ("name", "title", *resolve(schema or {}, self.schema).get("x-key", ())):
            text = value.get(key) if isinstance(value, dict) else None
            if isinstance(text, str):
                return text
        if isinstance(value, dict) and isinstance(value.get("id"), str):
            return str(value["id"])
        return self.path_of(route)


def once(work: Callable[[Deal], _T]) -> Callable[[Deal], _T]:
    """Work that several rules lean on, done once a deal: by a function of the deal as it stands when it is judged."""

    @wraps(work)
    def kept(deal: Deal) -> _T:
        if work not in deal.kept:
            deal.kept[work] = work(deal)
        found: _T = deal.kept[work]
        return found

    return kept


@once
def _party_ids(deal: Deal) -> list[str]:
    return [party.text("id") for party in deal.each("parties") if party.text("id")]


def _points(value: Any, route: Route, kind: str) -> list[Route]:
    if isinstance(value, Point):
        return [route] if value.kind == kind else []
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for key, item in inner for found in _points(item, (*route, key), kind)]


_NAMING = ("short", "name", "title", "text", "activity", "what")


def _declare(node: Node, declared: dict[str, Node]) -> None:
    """Collect what every entry with an id is called, depth first."""
    items = node.value.items() if isinstance(node.value, dict) else enumerate(node.value)
    properties = {} if node.route else node._root.schema["properties"]
    for key, value in items:
        private = isinstance(value, dict) and value.get("shared") is False
        if private or properties.get(key, {}).get("x-internal"):
            continue  # what is private is called by no name
        inner = Node(node._root, (*node.route, key), value)
        if isinstance(value, dict | list):
            _declare(inner, declared)
    if isinstance(node.value, dict) and isinstance(node.value.get("id"), str) and node.route:
        name = next((found for key in _NAMING if (found := node.get(key)) is not None), None)
        if name is not None:
            declared[node.value["id"]] = name


def entry_key(item: Any, schema: Json) -> str:
    """The id of an entry, or its natural key made into a slug, or nothing."""
    if isinstance(item, str):
        return slug(item)
    if not isinstance(item, dict):
        return ""
    if isinstance(item.get("id"), str):
        return str(item["id"])
    parts = [item.get(key) for key in schema.get("x-key", ())]
    words = [
        " ".join(part) if isinstance(part, list) and all(isinstance(word, str) for word in part) else part
        for part in parts
    ]
    return "-".join(filter(None, (slug(word) for word in words if isinstance(word, str))))


def slug(text: str) -> str:
    """Text made into a name of letters, digits and hyphens, at most 40 characters, cut between words."""
    words = _NO_LETTER.sub("-", text.lower()).strip("-")
    if len(words) <= 40:
        return words
    return words[:41].rsplit("-", 1)[0] if "-" in words[:41] else words[:40]


def _below(value: Any, key: str | int) -> Any:
    try:
        return value[key]
    except (KeyError, IndexError, TypeError):
        return None
