"""Put YAML into a deal file at the place where it belongs, and leave every other byte as it was.

A key stands after the key that precedes it in the vocabulary, in the column of its neighbours; an entry stands last in
its list. The layout follows the file: its line breaks, how far it indents, and whether blank lines part its sections.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from termsheet import schema, source
from termsheet.deal import Deal
from termsheet.errors import LoadError, TermsheetError
from termsheet.finding import Paste
from termsheet.pattern import pattern
from termsheet.source import Route, Source
from termsheet.splice import Edit, line_break, splice

_EMPTY: tuple[Any, ...] = (None, {}, [])
_LINE = pattern(r"[^\r\n]*(?:\r\n?|\n)?")


class Misfit(TermsheetError):
    """YAML that cannot stand where it is to be put."""


def insert(read: Source, deal: Deal, paste: Paste) -> Source:
    """The source with YAML pasted where `termsheet.stubs` says. Raises Misfit, and then nothing is changed."""
    route = deal.route_of(paste.under) if paste.under else ()
    if paste.instead:  # the key itself is the last of the route
        route = route[:-1]
    return _inserted(read, route, paste.yaml.splitlines())


def _inserted(read: Source, route: Route, lines: list[str]) -> Source:
    for block in _blocks(lines):
        name = block[0].partition(":")[0]
        there = value_at(read, (*route, name))
        if (
            isinstance(there, dict) and there and len(block) > 1
        ):  # what it lacks goes below the key that is there
            read = _inserted(read, (*route, name), _dedented(block[1:]))
        elif there in _EMPTY:
            read = _put(read, route, block)
    return read


def _put(read: Source, route: Route, block: list[str]) -> Source:
    try:
        made = source.parse(splice(read.text, _add(read, route, block)), read.name)
    except LoadError:
        made = None
    if made is None or not _keeps(read.data, made.data):
        raise _misfit(read, route, "is written in a way that YAML cannot be put into")
    return made


def _dedented(block: list[str]) -> list[str]:
    depth = min(len(line) - len(line.lstrip()) for line in block)
    return [line[depth:] for line in block]


def _blocks(lines: list[str]) -> Iterator[list[str]]:
    """The lines of each key or entry, at the left margin."""
    block: list[str] = []
    for line in lines:
        if block and not line.startswith(" "):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _add(read: Source, route: Route, block: list[str]) -> list[Edit]:
    value = value_at(read, route)
    if isinstance(value, dict) and block[0].partition(":")[0] in value:
        return _fill(read, (*route, block[0].partition(":")[0]), block)
    if re.match(r"(?:[&!]\S*\s+)*[\[{]", read.text[slice(*read.marks[route].value)]):
        return [_in_braces(read, route, block)]
    if isinstance(value, list) and value and block[0].startswith("- "):
        last = read.marks[(*route, len(value) - 1)].value
        column = read.position(_dash(read, last.start))[1] - 1
        return [_lines_after(read, last.end, column, _laid_out(read, block, column))]
    if not isinstance(value, dict) or not value or block[0].startswith("- "):
        raise _misfit(read, route, "does not hold what such YAML can join")
    return [_key(read, route, list(value), block)]


def _key(read: Source, route: Route, there: list[str], block: list[str]) -> Edit:
    """A key after the one that precedes it in the vocabulary; else before the first, or after it beside a dash."""
    name = block[0].partition(":")[0]
    order = list(schema.at(route).get("properties", {}))
    ranks = {key: order.index(key) for key in there if key in order}
    rank = order.index(name) if name in order else len(order)
    before = [key for key in ranks if ranks[key] < rank]
    first = read.marks[(*route, there[0])].key
    assert first is not None
    column = read.position(first.start)[1] - 1
    lines = _laid_out(read, block, column)
    if before or rank == len(order):
        last = max(before, key=lambda key: ranks[key]) if before else there[-1]
        return _lines_after(
            read, read.marks[(*route, last)].value.end, column, lines, apart=_parted(read, route)
        )
    if read.text[first.start - column : first.start].strip():
        return _lines_after(read, read.marks[(*route, there[0])].value.end, column, lines)
    nl = line_break(read.text)
    start = first.start - column
    return Edit(start, start, "".join(line + nl for line in lines) + nl * _parted(read, route))


def _lines_after(read: Source, end: int, column: int, lines: list[str], *, apart: bool = False) -> Edit:
    """Lines below a node that ends at `end`, and below the comments that are indented under its key."""
    text, nl = read.text, line_break(read.text)
    at = _next_line(text, end)
    ahead = at
    while ahead < len(text):
        line = _LINE.match(text, ahead)
        assert line is not None
        words = line[0].strip()
        if words and not (words.startswith("#") and len(line[0]) - len(line[0].lstrip(" ")) > column):
            break
        ahead = line.end()
        at = ahead if words else at
    new = "".join(line + nl for line in lines)
    if at == len(text) and not text.endswith(("\n", "\r")):
        new = nl + new.removesuffix(nl)
    following = _LINE.match(text, at)
    follows = following is not None and bool(following[0].strip())
    return Edit(at, at, nl * apart + new + nl * (apart and follows))


def _next_line(text: str, offset: int) -> int:
    line = _LINE.match(text, offset)
    assert line is not None
    return line.end()


def _fill(read: Source, route: Route, block: list[str]) -> list[Edit]:
    """What stands below a key that is there, and empty."""
    mark = read.marks[route]
    assert mark.key is not None
    colon = read.text.index(":", mark.key.end) + 1
    end = max(colon, mark.value.end)
    rest = re.compile(r"[^\r\n]*").match(read.text, end)
    assert rest is not None
    value, _, comment = block[0].partition(":")[2].partition("  #")
    tail = f"{value}  #{comment}" if comment and "#" not in rest[0] else value
    column = read.position(mark.key.start)[1] - 1
    nl = line_break(read.text)
    below = "".join(nl + line for line in _laid_out(read, block, column)[1:])
    if rest[0].strip() and not rest[0].strip().startswith("#"):
        raise _misfit(read, route, "stands in braces")
    if rest.end() == end:
        return [Edit(colon, end, tail.rstrip() + below)]
    edits = [Edit(colon, end, tail.rstrip())]
    return [*edits, Edit(rest.end(), rest.end(), below)] if below else edits


def _in_braces(read: Source, route: Route, block: list[str]) -> Edit:
    value = value_at(read, route)
    if len(block) > 1 or not isinstance(value, dict) or not value:
        raise _misfit(read, route, "stands in braces")
    end = read.marks[(*route, list(value)[-1])].value.end
    return Edit(end, end, ", " + block[0].partition("  #")[0])


def _laid_out(read: Source, block: list[str], column: int) -> list[str]:
    """The lines from a column on, indented as the file indents."""
    step, dash = _steps(read)
    above: list[tuple[int, int, bool]] = []
    lines = []
    for line in block:
        old, is_entry = len(line) - len(line.lstrip()), line.lstrip().startswith("- ")
        while above and above[-1][0] >= old:
            above.pop()
        new = column
        if above:
            depth, placed, in_entry = above[-1]
            new = placed + 2 * in_entry
            new += 0 if in_entry and old - depth == 2 else dash if is_entry else step
        above.append((old, new, is_entry))
        lines.append(" " * new + line.lstrip())
    return lines


def _steps(read: Source) -> tuple[int, int]:
    """By how much the file indents a key under its key, and a dash under its key."""
    keys: Counter[int] = Counter()
    dashes: Counter[int] = Counter()
    for route, mark in read.marks.items():
        above = read.marks[route[:-1]].key if route else None
        if above is None:
            continue
        line, column = read.position(above.start)
        if mark.key is not None and isinstance(route[-2], str):
            inner = read.position(mark.key.start)
            keys[inner[1] - column] += inner[0] > line
        elif isinstance(route[-1], int) and mark.key is None:
            inner = read.position(_dash(read, mark.value.start))
            dashes[inner[1] - column] += inner[0] > line and inner[1] >= column
    return (_usual(keys, least=1) or 2), _usual(dashes, least=0) if dashes.total() else 2


def _dash(read: Source, start: int) -> int:
    """The dash before an entry that starts there."""
    at = start
    while (at := read.text.rfind("-", 0, at)) >= 0:
        column = read.position(at)[1]
        if not read.text[at - column + 1 : at].strip(" -"):
            break
    return max(at, 0)


def _usual(counts: Counter[int], least: int) -> int:
    return next((size for size, count in counts.most_common() if count and least <= size <= 8), 0)


def _parted(read: Source, route: Route) -> bool:
    """Whether blank lines part the sections of the file; a deal of one section is no evidence against it."""
    if route:
        return False
    starts = sorted(mark.key.start for keys, mark in read.marks.items() if len(keys) == 1 and mark.key)
    blank = [_blank_above(read, read.position(start)[0]) for start in starts[1:]]
    return not blank or 2 * sum(blank) >= len(blank)


def _blank_above(read: Source, line: int) -> bool:
    """Whether a blank line stands above a line and its own comments."""
    line -= 1
    while read.line(line).lstrip().startswith("#"):
        line -= 1
    return line > 0 and not read.line(line).strip()


def _keeps(old: Any, new: Any) -> bool:
    """Whether all that was there still is, and says the same."""
    if old in _EMPTY:
        return True
    if isinstance(old, dict):
        return isinstance(new, dict) and all(key in new and _keeps(old[key], new[key]) for key in old)
    if isinstance(old, list):
        return isinstance(new, list) and len(new) >= len(old) and all(map(_keeps, old, new))
    return type(old) is type(new) and bool(old == new or old != old)


def value_at(read: Source, route: Route) -> Any:
    """What stands at a route in the data as it was read, or None."""
    value = read.data
    for key in route:
        try:
            value = value[key]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _misfit(read: Source, route: Route, why: str) -> Misfit:
    line, column = read.position(read.marks[read.nearest(route)].value.start)
    name = "".join(f"[{key + 1}]" if isinstance(key, int) else f".{key}" for key in route).lstrip(".")
    return Misfit(f"{f'`{name}`' if name else 'the deal'} {why}", file=read.name, line=line, column=column,
                  help="paste the stub by hand, as `--print` shows it")  # fmt: skip
