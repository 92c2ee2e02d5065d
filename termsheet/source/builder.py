"""From the events of a parser to data, marks and traps."""

from __future__ import annotations

from typing import Any, NoReturn

from termsheet.errors import LoadError
from termsheet.immutable import replace
from termsheet.pattern import pattern
from termsheet.source.model import DEAL, Mark, Route, Shape, Span, Trap
from termsheet.source.parsers import Events, SyntaxFault
from termsheet.source.scalars import CORE, resolve, tagged
from termsheet.source.syntax import NO_SPACE, SPACE, example
from termsheet.source.words import position, quoted, show

MAX_NODES = 200_000
MAX_DEPTH = 50

_NOT_XML = pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_HASH = pattern(r"[ \t]+(#(?!termsheet:)[^\s#=-](?:[^\r\n]*?(?=[ \t]#[ \t])|[^\r\n]*))")
_COLON = pattern(r"(?:\s|(?<=\s)#[^\r\n]*+)*+:")
_CUT_AMOUNT = pattern(r"[0-9]{3}(?![0-9])")


class Builder:
    """Makes data, marks and traps from events; one builder a parse."""

    def __init__(self, text: str, name: str, events: Events, shape: Shape = DEAL) -> None:
        self.shape = shape
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
        line, column = position(self.text, offset)
        raise LoadError(message, file=self.name, line=line, column=column, help=help)

    def document(self) -> None:
        next(self.events)
        event = next(self.events)
        if _kind(event) == "StreamEndEvent":
            raise LoadError("the file is empty", file=self.name, help=self.shape.start)
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
        if kind == "MappingStartEvent" or (kind == "SequenceStartEvent" and self.shape.lists):
            return
        if kind == "ScalarEvent" and not event.value and not event.style:
            raise LoadError("the file is empty", file=self.name, help=self.shape.start)
        if kind == "ScalarEvent" and (no_space := NO_SPACE.match(self.text, event.start_mark.index)):
            self.fail(no_space.end() - 1, *SPACE)
        what = "a list" if kind == "SequenceStartEvent" else "a text"
        self.fail(
            event.start_mark.index,
            f"the file holds {what} where keys and values are wanted",
            self.shape.start,
        )

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
        untagged = text if style else resolve(text)
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
            return tagged(text, tag)
        except ValueError as error:
            self._fail_tag(event, tag, str(error))

    def _refuse_tag(self, event: Any, kind: str) -> None:
        if event.tag not in (None, "!", CORE + kind):
            self._fail_tag(event, event.tag, "is not supported")

    def _fail_tag(self, event: Any, tag: str, why: str) -> NoReturn:
        name = show(tag.replace(CORE, "!!", 1))
        help = f"leave the tag out, or put the text in quotes if it begins with `{name[0]}`"
        self.fail(event.start_mark.index, f"the tag `{name}` {why}", help)

    def _anchor(self, event: Any, route: Route, value: Any) -> None:
        if event.anchor is not None:
            self._refuse_half_an_anchor(event)
            self.anchors[event.anchor] = (route, value)

    def _refuse_half_an_anchor(self, event: Any) -> None:
        """An anchor may hold a colon, at which libyaml ends it: what follows would count as the value."""
        name = f"&{event.anchor}"
        if self.text.startswith(":", self.text.index(name, event.start_mark.index) + len(name)):
            raise SyntaxFault

    def _alias(self, event: Any, route: Route, key: Span | None) -> Any:
        place = Span(event.start_mark.index, event.end_mark.index)
        name = show(event.anchor, 24)
        if event.anchor not in self.anchors:
            help = f"if it is a text, put it in quotes, e.g. {example(self.text, place.start)}"
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
                line, _ = position(self.text, seen[key])
                message = f"the key `{show(key)}` is given twice, first in line {line}"
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
        if event.tag is not None and event.tag != CORE + "str":
            self._fail_tag(event, event.tag, "is not supported")
        if self.text[start - 1 : start] == "?":  # both parsers would drop it
            self.fail(start - 1, "a text in brackets begins with `?`", "put the text in quotes")
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
        name = show(str(route[-1]), 40)
        help = 'write key and value, e.g. {name: Acme}; put a text with a comma in quotes, e.g. "Acme, Inc."'
        self.traps.append(Trap("schema-comma-split", at, f"`{name}` stands in braces without a value", help))

    def _comma(self, route: Route, cut: _Cut, end: int) -> None:
        assert cut.start is not None
        span = Span(cut.start, end)
        whole = self.text[cut.start : end]
        message = f"a comma in `{show(whole)}` cuts the text in pieces"
        help = "put the whole text in quotes, e.g. " + quoted(whole, '"Acme, Inc."')
        if cut.trap is None:
            cut.trap = len(self.traps)
            self.traps.append(Trap("schema-comma-split", route, message, help, span))
        else:  # `{name: Acme, Inc., Ltd.}` is one mistake
            self.traps[cut.trap] = replace(self.traps[cut.trap], message=message, help=help, whole=span)

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
        message = f"`{show(lost[1], 40)}` is dropped, because ` #` starts a comment"
        whole = quoted(self.text[start : lost.end()], '"12 Main St #200"')
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
