"""Damage a file by chance: in its bytes, its lines, its tokens, or the tree of its data."""

from __future__ import annotations

import io
import json
import random
import re
import zipfile
from typing import Any

from ruamel.yaml import YAML

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
# What has a meaning in YAML, Jinja, XML, paths or terminals.
ODD = [
    "", " ", "\t", "\n", "\r", "\r\n", "\n\n", ":", ": ", " #", "- ", "-", "?", "? ", "&a ", "*a", "!", "!!str ", "!!python/name:os ",
    "|", ">", "|+\n", "%YAML 1.1\n", "---\n", "...\n", "'", '"', "\\", "{", "}", "[", "]", ",", "{{", "}}", "{%", "%}", "{#", "{##",
    "<<: *a\n", "~", "null", "open", "none", "withheld", "yes", "0x1F", "1e400", ".nan", "-.inf", "0o17", "1_000", "12:30", "2027-02-30",
    "9999-12-31", "0 days", "999999999999 years", "\ufeff", "\x00", "\x1b[31m", "\x7f", "\x85", "\u2028", "\u202e", "\u200b", "\u00ad",
    "\ud800", "\U0001f600", "e\u0301", "é", "Ａ", "А", "ﬁ", "../", "C:\\", "&lt;", "<w:p>", "]]>", "&", "<", "$", "`", "[x](#y)", "**", "_", "%s",
    "{0}", "a" * 300, "9" * 50,
]  # fmt: skip
ODD_VALUES = [None, True, False, 0, -1, 10**30, 1.5, "", " ", "open", "none", [], {}, [[]], [None], {"a": {}}, "x" * 200,
              *(text for text in ODD if text.strip())]  # fmt: skip


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The file with one damage or a few, of one kind."""
    for _ in range(chance.choice((1, 1, 1, 2, 4, 12))):
        data = chance.choice((_bytes, _lines, _tokens, _tokens, _odd, _tree))(data, chance)
    return data


def _bytes(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    to = min(len(data), at + chance.choice((0, 1, 1, 2, 20)))
    return data[:at] + chance.randbytes(chance.choice((0, 1, 1, 3))) + data[to:]


def _lines(data: bytes, chance: random.Random) -> bytes:
    lines = data.splitlines(keepends=True)
    if not lines:
        return data
    at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    how = chance.randrange(6)
    if how == 0:
        del lines[at : at + chance.choice((1, 1, 5))]
    elif how == 1:
        lines.insert(other, lines[at])
    elif how == 2:
        lines[at], lines[other] = lines[other], lines[at]
    elif how == 3:
        lines[at] = b" " * chance.choice((1, 2, 4)) + lines[at]
    elif how == 4:
        lines[at] = lines[at].lstrip() if chance.random() < 0.5 else lines[at].rstrip()
    else:
        return b"".join(lines[:at])
    return b"".join(lines)


def _tokens(data: bytes, chance: random.Random) -> bytes:
    tokens = _TOKEN.findall(data.decode("utf-8", "surrogateescape"))
    if not tokens:
        return data
    at, other = chance.randrange(len(tokens)), chance.randrange(len(tokens))
    how = chance.randrange(3)
    if how == 0:
        del tokens[at]
    elif how == 1:
        tokens[at] = tokens[other]
    else:
        tokens.insert(at, tokens[other])
    return "".join(tokens).encode("utf-8", "surrogateescape")


def _odd(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    to = min(len(data), at + chance.choice((0, 0, 1, 8)))
    return data[:at] + chance.choice(ODD).encode("utf-8", "surrogatepass") + data[to:]


def _tree(data: bytes, chance: random.Random) -> bytes:
    """The data with one value replaced, taken out, or put somewhere else; then as JSON, which is YAML."""
    try:
        tree: Any = YAML(typ="safe", pure=True).load(data.decode())
        text = json.dumps(tree, default=str)
    except Exception:  # it was damaged before
        return data
    tree = json.loads(text)
    places = [*_places(tree)]
    if not places:
        return data
    holder, key = chance.choice(places)
    how = chance.randrange(4)
    if how == 0:
        del holder[key]
    elif how == 1:
        other, its = chance.choice(places)
        holder[key] = json.loads(json.dumps(other[its]))
    else:
        holder[key] = chance.choice(ODD_VALUES)
    return json.dumps(tree, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")


def _places(tree: Any) -> list[tuple[Any, Any]]:
    keys = tree if isinstance(tree, dict) else range(len(tree)) if isinstance(tree, list) else ()
    return [place for key in keys for place in ((tree, key), *_places(tree[key]))]


def zip_damaged(data: bytes, chance: random.Random) -> bytes:
    """A Word file with its bytes damaged; or more often one of its parts, the zip around it whole."""
    if chance.random() < 0.2:
        return damaged(data, chance)
    archive = zipfile.ZipFile(io.BytesIO(data))
    names = archive.namelist()
    target = chance.choice([name for name in names if name.endswith((".xml", ".rels"))])
    if chance.random() < 0.6:
        target = chance.choice([name for name in names if "document" in name or "customXml" in name])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in names:
            content = archive.read(name)
            if name == target:
                how = chance.randrange(8)
                if how == 0:
                    continue
                content = xml_damaged(content, chance) if how < 6 else damaged(content, chance)
            made.writestr(name, content)
    return out.getvalue()


_TAG = re.compile(rb"<[^<>]*>|[^<>]+")


def xml_damaged(content: bytes, chance: random.Random) -> bytes:
    """XML with an element, its words or an attribute taken out, doubled or changed, mostly still well-formed."""
    pieces = _TAG.findall(content)
    for _ in range(chance.choice((1, 1, 3, 10))):
        if not pieces:
            break
        at = chance.randrange(len(pieces))
        how = chance.randrange(6)
        if how == 0 and (end := _closing(pieces, at)):
            del pieces[at:end]
        elif how == 1 and (end := _closing(pieces, at)):
            pieces[at:at] = pieces[at:end]
        elif how == 2 and (end := _closing(pieces, at)):
            cut = pieces[at:end]
            del pieces[at:end]
            to = chance.randrange(len(pieces) + 1)
            pieces[to:to] = cut
        elif how == 3 and not pieces[at].startswith(b"<"):
            odd = chance.choice(ODD).encode("utf-8", "replace")
            pieces[at] = odd.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b"\x00", b"")
        elif how == 4:
            pieces[at] = re.sub(rb'"([^"]*)"', lambda found: b'"' + chance.choice((b"", b"-1", b"x", b"9" * 30, found[1] * 2)) + b'"',
                                pieces[at], count=1)  # fmt: skip
        elif how == 5 and (end := _closing(pieces, at)):
            wrap = chance.choice((b"w:ins", b"w:del", b"w:moveFrom", b"w:sdt", b"w:sdtContent", b"w:tbl", b"w:p", b"w:r", b"w:smartTag"))
            pieces[at:end] = [b"<" + wrap + b' w:id="9" w:author="A">', *pieces[at:end], b"</" + wrap + b">"]
    return b"".join(pieces)


def _closing(pieces: list[bytes], at: int) -> int:
    """Where the element that opens at a place is over; 0 where none opens there, or it is all but everything."""
    tag = pieces[at]
    if not tag.startswith(b"<") or tag.startswith((b"</", b"<?", b"<!")):
        return 0
    depth = 0
    for end in range(at, min(len(pieces), at + 400)):
        piece = pieces[end]
        if piece.startswith(b"</"):
            depth -= 1
        elif piece.startswith(b"<") and not piece.startswith((b"<?", b"<!")) and not piece.endswith(b"/>"):
            depth += 1
        if depth == 0:
            return end + 1
    return 0
