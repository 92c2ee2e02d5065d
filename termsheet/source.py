"""A deal file as plain data, with the place of every key and value in the text.

The YAML 1.2 core schema and nothing more: no dates, no `yes` that is true, no tags, no merge keys. Events
come from libyaml where it is installed; whatever libyaml refuses is parsed again by ruamel's own parser,
which alone reports errors, because libyaml 0.1 refuses valid YAML such as `{url: http://x}`.
"""

from __future__ import annotations

import os
import re
import sys
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, NoReturn

from termsheet.errors import LoadError

Route = tuple[str | int, ...]
"""The way to a node: `("parties", 0, "name")`. The root is `()`."""

MAX_BYTES = 5_000_000
MAX_NODES = 200_000
MAX_DEPTH = 50


class Span(NamedTuple):
    """A stretch of `Source.text`, in characters; `text[start:end]` is what stands there."""

    start: int
    end: int


class Mark(NamedTuple):
    """Where a node stands, and how it is written.

    `key` is None for list items and the root. `value` includes an anchor or tag, and never the line break
    that follows; an empty value is an empty span right after its colon or dash. `scalar` is the content
    as written ("0012345", "NO"), or None for a map or list; `plain` says that it stands without quotes.
    Of a node that an alias brought in, the value is the alias; below the alias, the key is the alias too.
    """

    key: Span | None
    value: Span
    scalar: str | None
    plain: bool


class Trap(NamedTuple):
    """YAML that is valid and says something else than its author meant."""

    slug: str
    route: Route
    message: str
    help: str


class Comment(NamedTuple):
    """A comment that speaks to termsheet; `line` counts from 1, `text` lacks the `#`."""

    line: int
    text: str


@dataclass(frozen=True)
class Source:
    """A deal file that was read. `text` has no BOM and keeps its line breaks; `data` is plain Python data."""

    name: str
    text: str
    data: Any
    marks: Mapping[Route, Mark]
    traps: tuple[Trap, ...]
    comments: tuple[Comment, ...]

    @cached_property
    def _starts(self) -> list[int]:
        return _line_starts(self.text)

    def position(self, offset: int) -> tuple[int, int]:
        """The line and column of an offset, both from 1, the column in characters."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The text of a line, counted from 1, without its line break; empty where there is no such line."""
        if not 1 <= number <= len(self._starts):
            return ""
        end = self._starts[number] if number < len(self._starts) else len(self.text)
        return self.text[self._starts[number - 1] : end].rstrip("\r\n")

    def nearest(self, route: Route) -> Route:
        """The longest part of `route`, from the root, that exists in the file."""
        while route not in self.marks:
            route = route[:-1]
        return route


def read(path: str, stdin_name: str = "<stdin>") -> Source:
    """Read a deal; `-` is standard input. Raises LoadError, one sentence, for whatever is not a deal file."""
    name = stdin_name if path == "-" else path
    return parse(_decode(_bytes(path, name), name), name)


def parse(text: str, name: str) -> Source:
    """Parse the text of a deal. Raises LoadError where it is not one map of plain YAML data."""
    text = text.removeprefix("\ufeff")
    _refuse_size(len(text), name)
    _refuse_characters(text, name)
    builder = None if _NOT_FOR_LIBYAML.search(text) else _build(text, name, _libyaml)
    builder = builder or _build(text, name, _pure)
    assert builder is not None  # the pure parser reports what it cannot parse
    comments = _comments(text, builder.marks)
    return Source(name, text, builder.data, builder.marks, tuple(builder.traps), comments)


def is_deal(path: str) -> bool:
    """Whether a YAML file is a deal, or a broken one; a file that may not be read counts, to be reported."""
    try:
        raw = _bytes(path, path)
    except LoadError as error:
        return isinstance(error.__cause__, PermissionError)
    # In UTF-16 it will be refused, but not silently skipped.
    encoding = "utf-16" if raw.startswith(_UTF16) else "utf-8"
    text = raw.decode(encoding, "replace")
    if _SURELY_DEAL.match(text):
        return True
    if not _MAYBE_DEAL.search(text):
        return False
    try:
        return "deal" in parse(_decode(raw, path), path).data
    except LoadError:
        return _DEAL_LINE.search(text) is not None


def deal_files(folder: str) -> list[str]:
    """The deals below a folder, sorted, without hidden folders. Raises LoadError for an unreadable folder."""

    def unreadable(error: OSError) -> NoReturn:
        where = str(error.filename)
        raise LoadError("the folder cannot be read", file=where, help="check its name and rights") from error

    found = []
    for parent, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [os.path.join(parent, name) for name in names if name.lower().endswith((".yaml", ".yml"))]
    return sorted(path for path in found if is_deal(path))


# A deal whose first lines are too simple to hide a `deal:` inside a text needs no parsing to be known.
_SURELY_DEAL = re.compile(
    r"""\ufeff?(?:(?:[ \t]*#.*|---[ \t]*|[\w-]+[ \t]*:[^"'{\[|>\n]*|\r)?\n)*deal[ \t]*:\s"""
)
_MAYBE_DEAL = re.compile(r"""^\ufeff?(?:---[ \t]+)?[ \t]*(?:(?:deal|"deal"|'deal')\s*:|\{)""", re.MULTILINE)
_DEAL_LINE = re.compile(r"^\ufeff?deal\s*:", re.MULTILINE)

_GIVE_YAML = "give the deal's .yaml file, saved as UTF-8"
_START = "start with `deal:` and a title below it"

_UTF16 = (b"\xff\xfe", b"\xfe\xff")

# Line breaks and marks of YAML 1.1 that libyaml 0.1 still honours.
_NOT_FOR_LIBYAML = re.compile("[\x85\u2028\u2029\ufeff]")

_NOT_YAML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def _bytes(path: str, name: str) -> bytes:
    try:
        if path == "-":
            return sys.stdin.buffer.read(MAX_BYTES + 1)
        with open(path, "rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise LoadError("there is no such file", file=name, help="check its name and folder") from error
    except IsADirectoryError as error:
        raise LoadError("this is a folder, not a file", file=name, help="name a file in it") from error
    except PermissionError as error:
        raise LoadError("the file may not be read", file=name, help="ask for the right to read it") from error
    except (OSError, ValueError) as error:
        message = f"the file cannot be read ({getattr(error, 'strerror', None) or error})"
        raise LoadError(message, file=_show(name), help="check its name") from error


def _decode(raw: bytes, name: str) -> str:
    _refuse_size(len(raw), name)
    if raw.startswith(b"PK\x03\x04"):
        raise LoadError("this is a Word or zip file, not YAML", file=name, help=_GIVE_YAML)
    if raw.startswith(_UTF16):
        raise LoadError("the file is saved as UTF-16", file=name, help="save it as UTF-8")
    if b"\0" in raw:
        raise LoadError("this is not a text file", file=name, help=_GIVE_YAML)
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        head = raw[: error.start].decode().removeprefix("\ufeff")
        line, column = _position(head, len(head))
        message = f"the byte 0x{raw[error.start]:02X} is not UTF-8"
        raise LoadError(message, file=name, line=line, column=column, help="save the file as UTF-8") from None


def _refuse_size(size: int, name: str) -> None:
    if size > MAX_BYTES:
        message = f"the file is larger than {MAX_BYTES // 1_000_000} MB"
        raise LoadError(message, file=name, help="a deal is text: leave out what is not part of it")


def _refuse_characters(text: str, name: str) -> None:
    bad = _NOT_YAML.search(text)
    if bad is None:
        return
    if bad[0] == "\0":
        raise LoadError("this is not a text file", file=name, help=_GIVE_YAML)
    line, column = _position(text, bad.start())
    message = f"the invisible character U+{ord(bad[0]):04X} is not allowed in YAML"
    raise LoadError(message, file=name, line=line, column=column, help="delete it and type the text again")


def _line_starts(text: str) -> list[int]:
    return [0, *(found.end() for found in re.finditer(r"\r\n?|\n", text))]


def _position(text: str, offset: int) -> tuple[int, int]:
    starts = _line_starts(text[: offset + 1])
    line = bisect_right(starts, offset)
    return line, offset - starts[line - 1] + 1


def _show(text: str, length: int = 48) -> str:
    """A text of the file that is safe in a message: one line, short, printable on any terminal."""
    text = " ".join(text.split())
    if len(text) > length:
        text = text[: length - 1] + "…"
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


def _quoted(text: str, otherwise: str) -> str:
    """The text in quotes, to be copied from a message, or another example where that gets long or odd."""
    text = " ".join(text.split())
    return f'"{text}"' if len(text) <= 60 and text.isprintable() and not set('"\\') & set(text) else otherwise


# Scalars ------------------------------------------------------------------------------------------------

_WORDS: dict[str, Any] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), float("inf")),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}
_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NUMBER_START = frozenset("0123456789+-.")
_LONGEST_NUMBER = 1000  # Python refuses to print whole numbers of more than 4300 digits


def _resolve(text: str) -> Any:
    """The value of a plain scalar in the YAML 1.2 core schema."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _NUMBER_START or len(text) > _LONGEST_NUMBER:
        return text
    if _INTEGER.fullmatch(text):
        base = {"0o": 8, "0x": 16}.get(text[:2], 10)
        return int(text, base)
    return float(text) if _FLOAT.fullmatch(text) else text


_CORE = "tag:yaml.org,2002:"
_TYPES: dict[str, tuple[type, ...]] = {
    _CORE + "int": (int,),
    _CORE + "float": (float, int),
    _CORE + "bool": (bool,),
    _CORE + "null": (type(None),),
}


def _tagged(text: str, tag: str) -> Any:
    """The value of a scalar with a tag. Raises ValueError where the tag is not one for it."""
    if tag in ("!", _CORE + "str"):
        return text
    if tag not in _TYPES:
        raise ValueError("is not supported")
    value = _resolve(text)
    if type(value) not in _TYPES[tag]:
        raise ValueError(f"does not fit `{_show(text)}`")
    return float(value) if tag == _CORE + "float" else value


# Events to data -----------------------------------------------------------------------------------------


class _Syntax(Exception):
    """The parser gave up; its error is the cause."""


Events = Iterator[Any]


def _libyaml(text: str) -> Events:
    try:
        from ruamel.yaml.cyaml import CParser  # type: ignore[attr-defined]
    except ImportError:
        raise _Syntax from None
    try:
        parser = CParser(text)
        while (event := parser.get_event()) is not None:
            yield event
    except Exception as error:
        raise _Syntax from error


def _pure(text: str) -> Events:
    from ruamel.yaml import YAML

    try:
        yield from YAML(typ="safe", pure=True).parse(text)
    except Exception as error:  # ruamel fails in its own ways on some broken input
        raise _Syntax from error


def _build(text: str, name: str, parser: Callable[[str], Events]) -> _Builder | None:
    builder = _Builder(text, name, parser(text))
    try:
        builder.document()
    except _Syntax as error:
        if parser is _libyaml:
            return None
        offset, message, help = _explain(error.__cause__, text)
        builder.fail(offset, message, help)
    return builder


_HASH = re.compile(r"[ \t]+(#(?!termsheet:)[^\s#=-](?:[^\r\n]*?(?=[ \t]#[ \t])|[^\r\n]*))")
_COLON = re.compile(r"(?:\s|(?<=\s)#[^\r\n]*+)*+:")
_CUT_AMOUNT = re.compile(r"[0-9]{3}(?![0-9])")


class _Builder:
    """Makes data, marks and traps from events; one builder a parse."""

    def __init__(self, text: str, name: str, events: Events) -> None:
        self.text = text
        self.name = name
        self.events = events
        self.data: Any = None
        self.marks: dict[Route, Mark] = {}
        self.traps: list[Trap] = []
        self.anchors: dict[str, tuple[Route, Any]] = {}
        self.nodes = 0
        self.end = 0  # where the last node ended

    def fail(self, offset: int, message: str, help: str) -> NoReturn:
        line, column = _position(self.text, offset)
        raise LoadError(message, file=self.name, line=line, column=column, help=help)

    def document(self) -> None:
        next(self.events)
        event = next(self.events)
        if _kind(event) == "StreamEndEvent":
            raise LoadError("the file is empty", file=self.name, help=_START)
        event = next(self.events)
        self._refuse_root(event)
        self.data = self.node(event, (), None)
        next(self.events)
        event = next(self.events)
        if _kind(event) != "StreamEndEvent":
            offset = event.start_mark.index
            self.fail(offset, "a second document starts here", "take out the `---`, or make two files")

    def _refuse_root(self, event: Any) -> None:
        kind = _kind(event)
        if kind == "MappingStartEvent":
            return
        if kind == "ScalarEvent" and not event.value and not event.style:
            raise LoadError("the file is empty", file=self.name, help=_START)
        if kind == "ScalarEvent" and (no_space := _NO_SPACE.match(self.text, event.start_mark.index)):
            self.fail(no_space.end() - 1, *_SPACE)
        what = "a list" if kind == "SequenceStartEvent" else "a text"
        self.fail(event.start_mark.index, f"the file holds {what} where keys and values are wanted", _START)

    def node(self, event: Any, route: Route, key: Span | None) -> Any:
        kind = _kind(event)
        self._bound(route, event.start_mark.index)
        if kind == "ScalarEvent":
            return self._scalar(event, route, key)
        if kind == "AliasEvent":
            return self._alias(event, route, key)
        start = event.start_mark.index
        self.marks[route] = Mark(key, Span(start, start), None, False)  # parents stand before children
        data: Any = {} if kind == "MappingStartEvent" else []
        self._refuse_tag(event, "map" if kind == "MappingStartEvent" else "seq")
        self._anchor(event, route, data)
        last = self._list(data, route) if isinstance(data, list) else self._map(data, route, event.flow_style)
        # The end of a block collection has no width, and stands after blank lines and comments.
        if last.end_mark.index > last.start_mark.index:
            self.end = last.end_mark.index
        self.marks[route] = Mark(key, Span(start, self.end), None, False)
        return data

    def _bound(self, route: Route, offset: int) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            message = f"the deal has more than {MAX_NODES:,} values, aliases written out"
            self.fail(offset, message, "leave out what repeats itself")
        if len(route) > MAX_DEPTH:
            message = f"the deal is nested deeper than {MAX_DEPTH} levels"
            self.fail(offset, message, "close brackets that are open, or flatten the deal")

    def _scalar(self, event: Any, route: Route, key: Span | None) -> Any:
        start, end = event.start_mark.index, event.end_mark.index
        text, style, tag = event.value, event.style, event.tag
        if style in ("|", ">"):
            end = start + len(self.text[start:end].rstrip(" \t\r\n"))
        elif start == end and key is not None:
            start = end = self._after_colon(key.end)
        self.end = end
        self.marks[route] = Mark(key, Span(start, end), text, not style)
        untagged = text if style else _resolve(text)
        value = untagged if tag is None else self._tagged(event, text, tag)
        self._anchor(event, route, value)
        if style == '"':
            self._refuse_in_word(text, route)
        elif not style:
            self._lost_to_hash(start, end, route)
        return value

    def _after_colon(self, offset: int) -> int:
        colon = _COLON.match(self.text, offset)
        return colon.end() if colon else offset

    def _tagged(self, event: Any, text: str, tag: str) -> Any:
        try:
            return _tagged(text, tag)
        except ValueError as error:
            self._fail_tag(event, tag, str(error))

    def _refuse_tag(self, event: Any, kind: str) -> None:
        if event.tag not in (None, "!", _CORE + kind):
            self._fail_tag(event, event.tag, "is not supported")

    def _fail_tag(self, event: Any, tag: str, why: str) -> NoReturn:
        name = _show(tag.replace(_CORE, "!!", 1))
        help = f"leave the tag out, or put the text in quotes if it begins with `{name[0]}`"
        self.fail(event.start_mark.index, f"the tag `{name}` {why}", help)

    def _anchor(self, event: Any, route: Route, value: Any) -> None:
        if event.anchor is not None:
            self.anchors[event.anchor] = (route, value)

    def _alias(self, event: Any, route: Route, key: Span | None) -> Any:
        place = Span(event.start_mark.index, event.end_mark.index)
        name = _show(event.anchor, 24)
        if event.anchor not in self.anchors:
            help = f"if it is a text, put it in quotes, e.g. {_example(self.text, place.start)}"
            self.fail(place.start, f"`*{name}` points to `&{name}`, which does not stand above", help)
        target, value = self.anchors[event.anchor]
        if route[: len(target)] == target:
            self.fail(place.start, f"`*{name}` stands inside what it points to", "write the values out")
        self.nodes -= 1  # `_copy` counts this node again
        data = self._copy(target, value, route, key, place)
        self.end = place.end
        return data

    def _copy(self, old: Route, value: Any, route: Route, key: Span | None, place: Span) -> Any:
        self._bound(route, place.start)
        mark = self.marks[old]
        self.marks[route] = Mark(key, place, mark.scalar, mark.plain)
        if isinstance(value, dict):
            return {k: self._copy((*old, k), v, (*route, k), place, place) for k, v in value.items()}
        if isinstance(value, list):
            return [self._copy((*old, i), v, (*route, i), None, place) for i, v in enumerate(value)]
        return value

    def _map(self, data: dict[str, Any], route: Route, in_braces: bool) -> Any:
        seen: dict[str, int] = {}
        cut = _Cut()
        while _kind(event := next(self.events)) != "MappingEndEvent":
            key, span = self._key(event)
            event = next(self.events)
            child = (*route, key)
            if in_braces and self._cut_off(event, span):
                self._split_key(child, span, cut)
                continue
            if key in seen:
                line, _ = _position(self.text, seen[key])
                message = f"the key `{_show(key)}` is given twice, first in line {line}"
                self.fail(span.start, message, "keep one of the two, or join them")
            seen[key] = span.start
            data[key] = self.node(event, child, span)
            if '"' in self.text[span.start : span.start + 1]:
                self._refuse_in_word(key, child)
            cut = _Cut(child, self.marks[child].value.start if _plain(event) else None)
        return event

    def _key(self, event: Any) -> tuple[str, Span]:
        start = event.start_mark.index
        if _kind(event) == "AliasEvent" or event.anchor is not None:
            message = "a key cannot have an anchor (`&`) or be an alias (`*`)"
            self.fail(start, message, "write the key out, or put it in quotes")
        if _kind(event) != "ScalarEvent":
            self.fail(start, "a map or a list cannot be a key", "put the key in quotes if it is a text")
        if event.tag is not None and event.tag != _CORE + "str":
            self._fail_tag(event, event.tag, "is not supported")
        if event.value == "<<" and not event.style:
            self.fail(start, "merge keys (`<<`) are not supported", "write the keys out")
        return event.value, Span(start, event.end_mark.index)

    def _cut_off(self, event: Any, key: Span) -> bool:
        """Whether a key stands in braces without a colon, as `Inc.` does in `{name: Acme, Inc.}`."""
        if not _plain(event) or event.value or event.start_mark.index != event.end_mark.index:
            return False
        return self._after_colon(key.end) == key.end

    def _split_key(self, route: Route, key: Span, cut: _Cut) -> None:
        at = route
        if route in self.marks and cut.route is not None:
            at = cut.route  # `000` may be cut off twice in one map
        else:
            self.marks.setdefault(route, Mark(key, Span(key.end, key.end), "", True))
        self.end = key.end
        if cut.start is not None:
            self._comma(at, cut, key.end)
            return
        name = _show(str(route[-1]), 40)
        help = 'write key and value, e.g. {name: Acme}; put a text with a comma in quotes, e.g. "Acme, Inc."'
        self.traps.append(Trap("schema-comma-split", at, f"`{name}` stands in braces without a value", help))

    def _comma(self, route: Route, cut: _Cut, end: int) -> None:
        whole = self.text[cut.start : end]
        message = f"a comma in `{_show(whole)}` cuts the text in pieces"
        help = "put the whole text in quotes, e.g. " + _quoted(whole, '"Acme, Inc."')
        if cut.trap is None:
            cut.trap = len(self.traps)
            self.traps.append(Trap("schema-comma-split", route, message, help))
        else:  # `{name: Acme, Inc., Ltd.}` is one mistake
            self.traps[cut.trap] = self.traps[cut.trap]._replace(message=message, help=help)

    def _list(self, data: list[Any], route: Route) -> Any:
        cut = _Cut()
        end = -1
        while _kind(event := next(self.events)) != "SequenceEndEvent":
            child = (*route, len(data))
            data.append(self.node(event, child, None))
            mark = self.marks[child]
            if cut.start is not None and self._cut_amount(end, mark):
                self._comma(child, cut, mark.value.end)
            else:
                cut = _Cut(child, mark.value.start if _plain(event) else None)
            end = mark.value.end
        return event

    def _cut_amount(self, end: int, mark: Mark) -> bool:
        """Whether a list item goes on where a number ended, as `000` does in `[EUR 50,000]`."""
        text, start = self.text, mark.value.start
        adjacent = mark.plain and start == end + 1 and text[end] == "," and text[end - 1].isdigit()
        return adjacent and _CUT_AMOUNT.match(text, start) is not None

    def _lost_to_hash(self, start: int, end: int, route: Route) -> None:
        lost = _HASH.match(self.text, end)
        if lost is None:
            return
        message = f"`{_show(lost[1], 40)}` is dropped, because ` #` starts a comment"
        whole = _quoted(self.text[start : lost.end()], '"12 Main St #200"')
        help = f"put the whole text in quotes, e.g. {whole}, or write a comment with a space, e.g. `# draft`"
        self.traps.append(Trap("schema-hash-comment", route, message, help))

    def _refuse_in_word(self, text: str, route: Route) -> None:
        bad = _NOT_XML.search(text)
        if bad is None:
            return
        message = f"the character U+{ord(bad[0]):04X} cannot stand in a Word document"
        help = 'leave the escape out, or write the character itself, e.g. "Café" and not "Caf\\u00e9"'
        self.traps.append(Trap("schema-forbidden-character", route, message, help))


class _Cut:
    """The text that a comma may be cutting: whose it is, where it starts, and the trap made of it."""

    def __init__(self, route: Route | None = None, start: int | None = None) -> None:
        self.route = route
        self.start = start
        self.trap: int | None = None


def _kind(event: Any) -> str:
    return type(event).__name__


def _plain(event: Any) -> bool:
    return _kind(event) == "ScalarEvent" and not event.style and event.tag is None and event.anchor is None


# Comments -----------------------------------------------------------------------------------------------


def _comments(text: str, marks: Mapping[Route, Mark]) -> tuple[Comment, ...]:
    if "termsheet:" not in text:
        return ()
    texts = sorted(span for mark in marks.values() for span in _text_spans(text, mark))
    starts = [span.start for span in texts]

    def inside(offset: int) -> bool:
        at = bisect_right(starts, offset)
        return at > 0 and offset < texts[at - 1].end

    found = []
    for number, start in enumerate(_line_starts(text), 1):
        line = re.compile(r"[^\r\n]*").match(text, start)
        assert line is not None
        hashes = (hit.start() + start for hit in re.finditer(r"(?:(?<=[ \t])|^)#", line[0]))
        comment = next((offset for offset in hashes if not inside(offset)), line.end())
        if "termsheet:" in text[comment : line.end()]:
            found.append(Comment(number, text[comment + 1 : line.end()].strip()))
    return tuple(found)


def _text_spans(text: str, mark: Mark) -> Iterator[Span]:
    """Where no comment can start: the key and the scalar; of a block scalar, what is below its first line."""
    if mark.key is not None:
        yield mark.key
    if mark.scalar is None:
        return
    start, end = mark.value
    header = re.compile(r"[^\r\n'\"]*[|>][^\r\n]*").match(text, start, end)
    yield Span(header.end(), end) if header and not mark.plain else mark.value


# Syntax errors in plain words ---------------------------------------------------------------------------

_BEGIN = "a text cannot begin with `{char}`"
_IN_QUOTES = "put it in quotes, e.g. {quoted}"
_UNCLOSED = "the bracket `{char}` is opened here and never closed"
_CLOSE = "close it after its last value"

# What ruamel says (context | problem), whether the context is the place to show, our message and help.
_FAULTS: tuple[tuple[str, bool, str, str], ...] = (
    (r"found character '\\t'", False, "a tab stands where YAML wants spaces",
     "indent with spaces, two a level"),
    (r"that cannot start any token|mapping keys are not allowed", False, _BEGIN, _IN_QUOTES),
    (r"while (scanning|parsing) an? (anchor|alias|tag|directive|block scalar)", True, _BEGIN, _IN_QUOTES),
    (r"undefined tag handle", True, "the tag of this value is not supported", _IN_QUOTES),
    (r"while scanning a quoted scalar", True, "the quote `{char}` is opened here and never closed",
     "close it at the end of the text"),
    (r"escape", False, "a backslash in double quotes starts an escape, and this one does not exist",
     r"write `\\` for a backslash, or use single quotes, e.g. 'C:\deals'"),
    (r"expected ',' or '[]}]', but got '<stream end>'", True, _UNCLOSED, _CLOSE),
    (r"expected ',' or '.', but got '[]}]'", False, "this bracket does not close the one that is open",
     "close `[` with `]`, and `{{` with `}}`"),
    (r"expected ',' or", False, "a comma is missing before this",
     "put a comma between the entries, or the text in quotes"),
    (r"content, but found '[]}]'", False, "the bracket `{char}` closes nothing", _IN_QUOTES),
    (r"content, but found '<", False, "a bracket above is never closed", "close every `[` and `{{`"),
    (r"expected the node content", False, "a value is missing before `{char}`",
     "write the value, or put the text in quotes"),
    (r"block mapping \| .*but found '-'", False, "a list item (`- `) stands among keys",
     "give the list a key, or indent it below its key"),
    (r"block collection \| .*but found '\?'", False, "a key stands among list items (`- `)",
     "indent it below its item, or start it further left"),
    (r"sequence entries are not allowed", False, "a list starts on the line of its key",
     "start it on a new line"),
    (r"expected <block end>|<document start>", False, "this line is indented unlike the lines above it",
     "start it in the same column as the key that it belongs with"),
    (r"document end marker", False, "text follows the end of the document (`...`)", "take out the `...`"),
)  # fmt: skip


def _explain(error: Any, text: str) -> tuple[int, str, str]:
    """The place, the message and the remedy for what the parser says."""
    problem = getattr(error, "problem", None)
    if problem is None:
        return 0, "the file is not valid YAML", "check its indentation, brackets and quotes"
    at = error.problem_mark.index if error.problem_mark else 0
    from_ = error.context_mark.index if error.context_mark else at
    if "mapping values are not allowed" in problem:
        return _stray_colon(text, at)
    if "could not find expected ':'" in problem:
        return _no_colon(text, from_)
    if "expected ',' or" in problem and "':'" in problem:
        return _colon_in_brackets(text, from_, at)
    if "escape" in problem:
        at = max(text.rfind("\\", 0, at), 0)
    if "<block end>, but found '<scalar>'" in problem and (stray := _stray_text(text, at)):
        return stray
    said = f"{error.context or ''} | {problem}"
    for pattern, context, message, help in _FAULTS:
        if re.search(pattern, said):
            offset = from_ if context else at
            words = {"char": text[offset : offset + 1], "quoted": _example(text, offset)}
            return offset, message.format(**words).replace("```", "a backtick"), help.format(**words)
    return at, f"the file is not valid YAML ({problem})", "check its indentation, brackets and quotes"


def _example(text: str, offset: int) -> str:
    rest = re.split(r"(?<!^)[\r\n,\]}]|\s#", text[offset : offset + 60])[0].strip()
    return _quoted(rest, '">= 4.2"')


def _above(text: str, offset: int) -> tuple[int, str]:
    """The last line before the line of `offset` that says something: where it starts, and its text."""
    starts = _line_starts(text[:offset])
    for start, end in zip(reversed(starts[:-1]), reversed(starts), strict=False):
        line = text[start:end].rstrip()
        if line.strip() and not line.lstrip().startswith("#"):
            return start + len(line) - len(line.lstrip()), line.strip()
    return offset, ""


_NO_SPACE = re.compile(r"(?:- +)*[\w-]+:(?=[^\s:/])")
_SPACE = ("a space is missing after the colon", "write it with a space, e.g. `name: Acme`")
_IN_TEXT = ("a text holds a colon and a space (`: `)", 'put the text in quotes, e.g. title: "Acme: the deal"')


def _stray_colon(text: str, offset: int) -> tuple[int, str, str]:
    start = _line_starts(text[:offset])[-1]
    if re.search(r":\s", text[start:offset]):
        return offset, *_IN_TEXT
    above, line = _above(text, offset)
    if no_space := _NO_SPACE.match(line):
        return above + no_space.end() - 1, *_SPACE
    first = start + len(text[start:offset]) - len(text[start:offset].lstrip())
    if re.search(r":(\s|$)", line):
        help = "start it in the same column as the line above, or put a text that goes on here in quotes"
        return first, "this line is indented below a line that already has a value", help
    return above, "this line has no colon", "write `key: value`, with a space after the colon"


def _no_colon(text: str, offset: int) -> tuple[int, str, str]:
    if no_space := _NO_SPACE.match(text, offset):
        return no_space.end() - 1, *_SPACE
    message = "this line is neither `key: value` nor part of the text above it"
    return offset, message, "write `key: value`, or indent it further than its key"


def _colon_in_brackets(text: str, opened: int, offset: int) -> tuple[int, str, str]:
    if re.search(r"[\r\n]", text[opened:offset]):
        return opened, _UNCLOSED.format(char=text[opened]), _CLOSE
    return offset, *_IN_TEXT


def _stray_text(text: str, offset: int) -> tuple[int, str, str] | None:
    start = _line_starts(text[:offset])[-1]
    before = text[start:offset].rstrip()
    if before.endswith(("'", '"')):
        help = """put the whole text in quotes, and double those inside it, e.g. 'the party''s right'"""
        return offset, "text follows the closing quote", help
    if before.endswith(("]", "}")):
        return offset, "text follows the closing bracket", "put the whole text in quotes"
    begin = re.search(r"(?:^|\s)([*&!]\S*)$", before)
    if begin is None:
        return None
    at = start + begin.start(1)
    return at, _BEGIN.format(char=text[at]), _IN_QUOTES.format(quoted=_example(text, at))
