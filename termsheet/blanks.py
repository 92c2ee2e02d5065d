"""The blank form of a section: its stub with nothing filled in, as `termsheet new` writes it.

A section that still stands like that is as good as absent, although its form names the parties: it has one
finding, and not one for each of its blanks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from termsheet import source, stubs
from termsheet.immutable import immutable
from termsheet.pattern import pattern
from termsheet.schema.normalise import Json, normalise
from termsheet.source import Source

_TOGETHER = {"people", "governance"}  # the form of one names the entries of the other
_LINE = pattern(r"(?P<head> *(?:- )?)(?P<key>[\w-]+):(?: (?P<value>[^#\s][^#]*?))?(?: +# (?P<hint>.*))?")


@immutable
class Line:
    """A line of a form: what stands before its key (indentation and dash), its value if any, and the stub's hint."""

    head: str
    key: str
    value: str
    hint: str

    def __str__(self) -> str:
        return f"{self.head}{self.key}: {self.value}".rstrip()


def form(section: str, parties: Sequence[str] = ()) -> Iterator[Line]:
    """The lines of a section's stub, for these parties, each `open` taken out."""
    inside = 0  # the depth of an `open:` whose parts are passed over
    for text in stubs.stub(section, parties).splitlines():
        found = _LINE.fullmatch(text)
        assert found, text
        head, key, value, hint = (found[name] or "" for name in ("head", "key", "value", "hint"))
        if inside and len(head) > inside:
            continue
        inside = len(head) if key == "open" else 0
        if not inside:
            yield Line(head, key, "" if value == "open" else value, hint)


def untouched(deal_source: Source, data: Json, root: Json) -> set[str]:
    """The sections of a normalised deal that stand as their form, with nothing filled in."""
    parties = [entry.get("id") for entry in _entries(data.get("parties"))]
    ids = [name for name in parties if isinstance(name, str)]
    found = {
        key
        for key, value in data.items()
        if key in root["properties"]
        and _holds_blank(deal_source.data[key])
        and value == _bare(key, ids, root).get(key)
    }
    return found if found >= _TOGETHER else found - _TOGETHER


def _bare(section: str, parties: Sequence[str], root: Json) -> Json:
    text = "\n".join(str(line) for line in form(section, parties))
    bare: Json = normalise(source.parse(text, section), root)
    return bare


def _entries(value: Any) -> list[Json]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _holds_blank(value: Any) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return value is None or any(map(_holds_blank, inner))
